"""Starters: every example is proved, and a copy of it too; what cannot be made is told."""

import re
from pathlib import Path

import pytest

import examgen
from examgen.bank import Bank
from examgen.bank.check import prove_named
from examgen.bank.starters import new_model, starters
from examgen.errors import ExamgenError
from examgen.grading.examples import failed_examples
from examgen.items.parts import Part
from examgen.resources import bundled

FOLDER = bundled("examples/items")
SOURCES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.py"))}
SAMPLES = {"samples": 15, "with_mutants": True, "try_examples": failed_examples}


@pytest.mark.parametrize("name", SOURCES)
def test_an_example_is_proved(name):
    proof = prove_named([FOLDER], name, SAMPLES)
    assert proof.failures == []
    by_hand = {"essay", "matching", "short_text"}  # their keys cite a source, or have a rubric
    assert (proof.mutants > 0) == (name not in by_hand)
    assert [one for one in proof.advice if "too few for a class" not in one] == []


@pytest.mark.parametrize("name", SOURCES)
def test_an_example_is_short_and_commented(name):
    assert len(SOURCES[name].splitlines()) <= 80
    assert re.search(r"  # ", SOURCES[name])


def test_every_kind_of_part_has_an_example():
    used = set(re.findall(r"^    \w+ = (\w+)\(", "\n".join(SOURCES.values()), re.MULTILINE))
    parts = {
        name
        for name in examgen.__all__
        if isinstance(getattr(examgen, name), type) and issubclass(getattr(examgen, name), Part)
    }
    assert parts - used == {"ListEntry", "TensorEntry"}  # as SetEntry and MatrixEntry


def test_the_list_tells_what_each_is():
    assert list(starters()) == list(SOURCES)
    assert starters()["quantity"].startswith("A quantity with its unit")


@pytest.mark.parametrize("start", ["ordering", "choice", "shapes/layer_cost"])
def test_a_copy_is_named_after_its_file_and_proved(tmp_path, start):
    bank = Bank(bundled("question_bank"))
    path = new_model("my_topic/first_try", start=start, folder=tmp_path, bank=bank)
    assert path == tmp_path / "my_topic" / "first_try.py"
    assert Bank(tmp_path)["my_topic/first_try"].__name__ == "FirstTry"
    assert prove_named([tmp_path], "my_topic/first_try", SAMPLES).failures == []


def test_a_class_never_takes_the_name_of_an_import(tmp_path):
    new_model(
        "choice", start="dependent_parts", folder=tmp_path, bank=Bank(bundled("question_bank"))
    )
    assert Bank(tmp_path)["choice"].__name__ == "ChoiceItem"


@pytest.mark.parametrize(
    ("name", "start", "told"),
    [
        ("Pooling/Sizes", "number", "'Pooling/Sizes' cannot name an item model: write topic/name"),
        ("../up", "number", "cannot name an item model"),
        ("a/there", "number", "there.py is there already"),
        ("shapes/layer_cost", "number", "'shapes/layer_cost' is an item model already, in"),
        ("a/b", "chioce", "there is no example 'chioce'; did you mean 'choice'"),
        ("a/b", "zzz", "examgen examples lists what can be copied"),
    ],
)
def test_what_cannot_be_made(tmp_path, name, start, told):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "there.py").touch()
    with pytest.raises(ExamgenError, match=re.escape(told)):
        new_model(name, start=start, folder=tmp_path, bank=Bank(bundled("question_bank")))
    assert [path.name for path in Path(tmp_path).rglob("*.py")] == ["there.py"]
