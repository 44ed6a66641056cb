"""sympy is a second evaluator of formulas, against which the bank's keys are held."""

from fractions import Fraction

import pytest

from examgen.formula import Entry, Symbol, ceiling, evaluate, floor, maximum, value_by_sympy

x, y, X = Symbol("x", is_integer=True), Symbol("y"), Symbol("X", is_integer=True)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (floor((x - 3) / 4) + 1, 2),
        (ceiling(y * 2) ** 2, 9),
        ((x - Entry(X, (1, 0))) / Entry(X, (0, 1)), Fraction(5, 2)),
        (maximum(x, y) % 5 + x // 2, 8),
    ],
)
def test_two_evaluators_agree(formula, value):
    values = {x: 9, y: Fraction(4, 3), X: ((1, 2), (4, 7))}
    assert value_by_sympy(formula, values) == value
    assert evaluate(formula, values) == value


def test_what_is_undefined_has_no_value():
    assert value_by_sympy(1 / (x - 9), {x: 9}) is None
