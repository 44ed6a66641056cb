"""Types as an editor sees them: symbols on the class, values on an item."""

import os
import re
from pathlib import Path

import pytest
from mypy import api

ROOT = Path(__file__).parents[2]
SOURCE = """
from examgen import (
    Canvas, Choice, Fractions, Int, IntegerEntry, IntMatrix, Item, MatrixEntry, figure,
)

class Model(Item):
    H = Int(1, 9)
    K = Choice(3, 5)
    x = Fractions(1, 3, over=4)
    X = IntMatrix(2, 2, low=0, high=3)
    stem = "s"
    solution = "s"
    total = H - K + 1
    y = IntegerEntry(total, prompt="?", marks=1)
    Y = MatrixEntry(X @ X, prompt="?", marks=1)

    def oracle(self):
        reveal_type(self.H)
        reveal_type(self.x)
        reveal_type(self.X)
        reveal_type(self.y)
        reveal_type(self.Y)
        return {"y": len(range(self.H)), "Y": self.X @ self.X}

    @figure
    def drawn(self):
        return Canvas(10, 10).figure("nothing")

reveal_type(Model.H)
reveal_type(Model.X)
reveal_type(Model.y)
reveal_type(Model(0).drawn())
Model(0).H.upper()
IntegerEntry(3, mark=1)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    path = tmp_path_factory.mktemp("typed") / "model.py"
    path.write_text(SOURCE, encoding="utf-8")
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        printed, problem, _ = api.run(
            ["--strict", "--allow-untyped-defs", "--allow-untyped-calls", str(path)]
        )
    finally:
        os.chdir(before)
    assert not problem
    return printed


def test_values_on_an_item_and_symbols_on_the_class(said):
    shown = [
        re.sub(r"\w+\.(?=\w)", "", one) for one in re.findall(r'Revealed type is "(.*)"', said)
    ]
    array = "ndarray[tuple[Any, ...], dtype[Any]]"
    on_the_item = ["int", "Fraction", array, "int", array]
    assert shown == [*on_the_item, "Int", "IntMatrix", "IntegerEntry", "Figure"]


def test_only_the_mistakes_are_told(said):
    told = re.findall(r"error: (.*?)  \[", said)
    assert told == [
        '"int" has no attribute "upper"',
        'Unexpected keyword argument "mark" for "IntegerEntry"; did you mean "marks"?',
    ]
