"""What the README shows works as it stands."""

import re
from pathlib import Path

from examgen.bank import Bank
from examgen.bank.check import prove_named
from examgen.exam.blueprint import read_blueprint
from examgen.exam.draws import draws_of

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_example_item_is_proved(tmp_path):
    (source,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "output_size.py").write_text(source)
    proof = prove_named([tmp_path], "output_size", {"samples": 100, "with_mutants": True})
    assert proof.failures == []
    assert proof.census.usable > 300
    assert len([line for line in source.splitlines() if line.strip()]) <= 15


def test_the_example_blueprint_fits_the_bank(tmp_path):
    (source,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "quiz.toml").write_text(source)
    draws = draws_of(read_blueprint(tmp_path / "quiz.toml"), Bank(ROOT / "question_bank"))
    assert [draw.total for draw in draws] == [8, 7, 7, 6]


def test_the_files_it_names_are_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_make_targets_it_names_are_there():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
