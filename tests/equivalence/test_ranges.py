"""Bounds of formulas: they enclose every value, and are as narrow as is needed."""

import math
import random
from fractions import Fraction

import pytest
from equivalence.independent import evaluator

from examgen.answers import Formula
from examgen.equivalence import Variable
from examgen.equivalence.ranges import ranges

KIND = Formula((Variable("W", 3, 9), Variable("S", -2, 4), Variable("n", 1)))
BOUNDS = {one.name: one for one in KIND.variables}


def bounds(text):
    tree = KIND.tree(KIND.read(text).value)
    domain = {symbol: BOUNDS[symbol.name] for symbol in tree.free_symbols}
    return ranges(tree, domain)[tree]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W + 2*S", (-1, 17)),
        ("W - W", (-6, 6)),
        ("W*S", (-18, 36)),
        ("S^2", (0, 16)),
        ("S^3", (-8, 64)),
        ("S^0", (1, 1)),
        ("n^0", (1, 1)),
        ("W^-2", (Fraction(1, 81), Fraction(1, 9))),
        ("W/n", (0, 9)),
        ("floor(W/2)", (1, 4)),
        ("ceil(W/2)", (2, 5)),
        ("|S|", (0, 4)),
        ("|W - 10|", (1, 7)),
        ("max(S, 1, W - 4)", (1, 5)),
        ("min(S, W)", (-2, 4)),
        ("n", (1, math.inf)),
        ("-n", (-math.inf, -1)),
        ("1/S", (-math.inf, math.inf)),
        ("sqrt(W)", (0, math.inf)),
    ],
)
def test_bounds(text, expected):
    assert bounds(text) == expected


def test_random_values_lie_within_their_bounds():
    rng = random.Random(3)
    names = ["W", "S", "n"]
    for _ in range(400):
        parts = [rng.choice(["W", "S", "n", "3", "2.5", "(S - 1)"]) for _ in range(4)]
        signs = [rng.choice("+-*/") for _ in range(3)]
        inner = parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=True))
        text = rng.choice(["({})", "floor({})", "({})^2", "({})^-3", "|{}|", "max({}, W)"])
        text = text.format(inner)
        low, high = bounds(text)
        value = evaluator(text, names)
        for _ in range(25):
            found = value(rng.randint(3, 9), rng.randint(-2, 4), rng.randint(1, 60))
            assert found is None or low <= found <= high, text
