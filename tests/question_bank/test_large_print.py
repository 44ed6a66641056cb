"""Tables of the bank in the largest edition, where a line holds least."""

import re
from pathlib import Path

import pytest

from examgen.bank.load import Bank
from examgen.exam.assemble import assemble
from examgen.exam.blueprint import parse_blueprint
from examgen.exam.roster import copies
from examgen.paper import Heading, Typesetter, render_paper
from examgen.paper.render import lay_out_exercises
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
RULE = re.compile(r"^\s*\|:?-+:?\|", re.MULTILINE)  # below the head of a table
WITH_TABLE = [
    name
    for name in BANK
    if any(
        RULE.search(text)
        for text in (
            BANK[name].stem,
            BANK[name].solution,
            *(part.prompt for part in BANK[name].declaration.parts.values()),
        )
    )
]


@pytest.fixture(scope="module")
def papers():
    return Typesetter()


def test_there_are_tables():
    assert len(WITH_TABLE) > 5


@pytest.mark.parametrize("name", WITH_TABLE)
def test_tables_fit_in_large_print(name, papers):
    """A table that reaches beyond the page is refused."""
    content = f'[exam]\ntitle = "Large"\n[[question]]\nitem = "{name}"\n'
    blueprint = parse_blueprint(Path("large.toml"), content.encode())
    made = assemble(blueprint, BANK, copies(3), seed=1, edition="large")
    for form in made.forms:
        heading = Heading(title="Large")
        assert render_paper(form, heading, papers=papers).startswith(b"%PDF")
        assert lay_out_exercises(form, heading, papers=papers, with_solutions=True).pdf
