"""Banks that are installed as packages: found by an entry point, and clashing as any other."""

from importlib.metadata import EntryPoint

import pytest

from examgen.bank import Bank, load
from examgen.errors import ExamgenError

MODEL = """
from examgen import *
class Model(Item):
    H = Int(1, 9)
    stem = "<<H>>"
    y = IntegerEntry(H, marks=1, prompt="?")
    solution = "s"
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Makes a package with an item model, and an entry point with the value given."""

    def made(package, model, value=None):
        home = tmp_path / package
        (home / model).parent.mkdir(parents=True)
        (home / "__init__.py").touch()
        (home / f"{model}.py").write_text(MODEL, encoding="utf-8")
        entries = [EntryPoint("theirs", value or package, "examgen.banks")]
        monkeypatch.setattr(load, "entry_points", lambda group: entries)
        monkeypatch.syspath_prepend(tmp_path)
        return home

    return made


def test_its_item_models_are_in_the_bank(install):
    home = install("bank_of_theirs", "vision/first")
    bank = Bank.with_bundled([])
    assert bank.source("vision/first") == home / "vision" / "first.py"
    assert bank["vision/first"].at(H=3).key("y") == 3
    assert "shapes/layer_cost" in bank


def test_a_name_that_two_banks_have(install):
    install("another_bank", "shapes/layer_cost")
    with pytest.raises(
        ExamgenError, match=r"'shapes/layer_cost' is in two banks: .* and .*another"
    ):
        Bank.with_bundled([])


@pytest.mark.parametrize("value", ["no_such_package", "json.decoder"])
def test_an_entry_point_that_is_no_package(install, value):
    install("empty_bank", "a/b", value)
    with pytest.raises(ExamgenError, match=f"the installed bank 'theirs' is no package: {value}"):
        Bank.with_bundled([])
