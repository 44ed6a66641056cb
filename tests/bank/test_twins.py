"""Keys that are equal but for the names of parameters, and those that only look alike."""

from fractions import Fraction

import numpy as np
import pytest

from examgen import FormulaEntry, Int, IntegerEntry, IntVector, Item, VectorEntry, floor
from examgen.bank.twins import formulas_of, same_but_for_names, twins
from examgen.formula import Symbol

A, B, C, D = (Symbol(name, is_integer=True) for name in "ABCD")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (A * B + C, D + C * A, True),
        (A * B + C, A * B - C, False),
        (A**2 * B, A * B**2, True),  # the names exchanged
        (A**2 * B, A**2 * B**2, False),
        ((A - B) / C + 1, (C + B - D) / B, True),  # A − B over C, one added
        (floor((A + 2 * B - C) / D) + 1, floor((D + 2 * A - B) / C + 1), True),
        (floor((A + 2 * B - C) / D) + 1, floor((A + 2 * B - C - 1) / D) + 1, False),
        (A + B, A * B, False),
        (A + 2 * B, 2 * A + B, True),
    ],
)
def test_formulas_but_for_names(first, second, same):
    assert same_but_for_names([first], [second]) is same
    assert same_but_for_names([second], [first]) is same


def test_one_renaming_for_all_entries():
    assert same_but_for_names([A + B, A - B], [C + D, C - D])
    assert same_but_for_names([A + B, A - B], [D + C, D - C])
    assert not same_but_for_names([A + 2 * B, A - B], [C + 2 * D, D - C])


class Row(Item):
    stem = solution = "s"
    x, k = IntVector(3, low=0, high=5), IntVector(2, low=0, high=5)
    y = VectorEntry(lambda item: item.slid(item.k), shape=(2,), prompt="?", marks=3)
    first = IntegerEntry(y[0] + 1, prompt="?", marks=1)

    def slid(self, kernel):
        return [kernel @ self.x[at : at + 2] for at in range(2)]


class Image(Item):
    stem = solution = "s"
    v, w = IntVector(2, low=0, high=5), IntVector(3, low=0, high=5)
    n, m = Int(1, 9), Int(1, 9)
    z = VectorEntry([v[0] * w[0] + v[1] * w[1], w[1] * v[0] + w[2] * v[1]], prompt="?", marks=1)
    area = IntegerEntry(n * m, prompt="?", marks=1)
    side = IntegerEntry(n, prompt="?", marks=1)


class Formula(Item):
    stem = solution = "s"
    n, m = Int(1, 9), Int(1, 9)
    rule = FormulaEntry(n * m, variables=[n, m], prompt="?", marks=1)
    side = IntegerEntry(m, prompt="?", marks=1)


class Numbers(Item):
    stem = solution = "s"
    x = IntVector(3, low=0, high=5)
    y = VectorEntry(lambda item: np.sort(item.x.astype(int)), shape=(3,), prompt="?", marks=1)
    later = IntegerEntry(y[0] + x[0], prompt="?", marks=1)


def test_what_two_models_share():
    (pair,) = twins({"row": Row, "image": Image, "formula": Formula, "numbers": Numbers})
    assert (pair.first, pair.second, pair.parts) == ("row", "image", (("y", "z"),))
    assert pair.shares == (Fraction(3, 4), Fraction(1, 3))


def test_earlier_parts_are_put_in():
    first = formulas_of(Row)["first"][0]
    assert {symbol.name for symbol in first.free_symbols} == {"x[0]", "x[1]", "k[0]", "k[1]"}


def test_a_key_that_does_not_run_on_symbols_is_left_out_with_what_follows():
    assert formulas_of(Numbers) == {}
