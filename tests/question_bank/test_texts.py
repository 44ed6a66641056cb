"""The texts of the bank, filled in: what a proof-reader looks for and a machine can find."""

import re

import pytest

from examgen.bank.load import Bank
from examgen.bank.sample import usable_items
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
MATH = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
NUMBER = re.compile(r"\$(\d+)\$")
THINGS = (
    "bits blocks branches bytes cells channels columns copies filters groups images inputs jumps "
    "kernels layers maps numbers outputs parameters patterns pixels places positions rows samples "
    "steps taps units values weights windows zeros"
)
FAULTS = {
    "one of many": re.compile(rf"(?<![\d.,] )(?<![\d.,])\b1 (?:{'|'.join(THINGS.split())})\b"),
    "space before a sign": re.compile(r"\w\)? [,;:.?)](?![\w.])"),
    "space behind a bracket": re.compile(r"\( "),
    "a word twice": re.compile(r"\b([a-z]+) \1\b"),
    "a sign twice": re.compile(r",,|;;|(?<!\.)\.\.(?!\.)"),
    "Python": re.compile(r"\b(?:None|True|False|Fraction|nan)\b\(?"),
}


def texts(item):
    """Every text of an item in Markdown, by where it stands."""
    wording = Wording(item)
    yield "stem", wording.stem
    yield "solution", wording.solution
    for name, part in item.declaration.parts.items():
        yield name, wording.prompt(part)
        for (wrong, value), text in zip(
            item.wrong_answers(part), wording.feedback(part), strict=True
        ):
            if value is not None:
                yield f"{name}, {wrong.name}", text
        for text, _, _ in wording.options(part):
            yield f"options of {name}", text


def plain(text):
    """The words of a text: without formulas (but for numbers alone), tables and line ends."""
    words = MATH.sub("X", NUMBER.sub(r"\1", text.replace("\u00a0", " ")))
    lines = [line for line in words.splitlines() if not line.lstrip().startswith("|")]
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("name", list(BANK))
def test_texts(name):
    faults = {
        (where, fault, found.group(0))
        for item in usable_items(BANK[name], 12)
        for where, text in texts(item)
        for fault, pattern in FAULTS.items()
        for found in pattern.finditer(plain(text))
    }
    assert not faults
