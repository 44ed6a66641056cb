"""What arithmetic costs by hand, counted with pencil and paper."""

from fractions import Fraction

import pytest

from examgen.formula import Symbol, floor, maximum
from examgen.formula.effort import FormulaWork, operation_effort

BY_HAND = [
    ("*", (23, 456), 24),  # 2 digits times 3, 4 steps each
    ("*", (-23, 456), 24),
    ("*", (200, 30), 4),  # 2 times 3, and zeros
    ("*", (100, 457), 1),  # only written
    ("*", (1, 457), 1),
    ("*", (0, 457), 1),
    ("*", (Fraction(2, 3), Fraction(4, 5)), 8),
    ("*", (Fraction(2, 3), 7), 4),  # the denominator stays
    ("+", (7, 995), 6),  # three columns
    ("-", (7, 0), 0),
    ("+", (Fraction(1, 3), Fraction(4, 3)), 2),
    ("+", (Fraction(1, 2), Fraction(1, 3)), 6),  # 2 · 3, then 3 + 2 in the columns of 2 + 10
    ("/", (84, 4), 12),  # two digits of the quotient: each a product and a difference
    ("/", (84, 1), 0),
    ("/", (84, 10), 18),  # cancelled by 2, to the three digits of 42 over 5
    ("/", (7, 3), 1),  # only written as a fraction
    ("//", (85, 4), 12),
    ("%", (85, 4), 12),
    ("**", (12, 2), 16),
    ("**", (3, 3), 8),  # 3 · 3, 9 · 3
    ("maximum", (3, 4, 5), 4),
    ("floor", (Fraction(7, 2),), 2),
    ("absolute", (-3,), 0),
]


@pytest.mark.parametrize(("operation", "operands", "steps"), BY_HAND)
def test_operations(operation, operands, steps):
    assert operation_effort(operation, operands) == steps


@pytest.mark.parametrize("operation", ["*", "+", "//", "**"])
def test_more_digits_are_not_less_work(operation):
    other = 3 if operation == "**" else 37
    steps = [operation_effort(operation, (int("7" * digits), other)) for digits in range(1, 12)]
    assert steps == sorted(steps) and steps[-1] > steps[0]


def test_numbers_too_long_for_python_to_print():
    huge = 7**20_000  # 16,902 digits
    assert operation_effort("*", (huge, 3)) == 4 * 16_903
    assert operation_effort("//", (huge, 10**5000 + 1)) > 10**8


def work(**formulas):
    made = FormulaWork()
    for name, formula in formulas.items():
        made.add(name, (formula,))
    return made


def test_what_is_written_twice_is_worked_out_once():
    a, b = Symbol("a"), Symbol("b")
    values = {a: 23, b: 45}
    product = a * b
    assert work(one=product).efforts(values) == {"one": 16}
    assert work(one=product + product).efforts(values) == {"one": 16 + 8}  # 1035 + 1035
    assert work(one=product + a * b).efforts(values) == {"one": 16 + 8}


def test_what_an_earlier_part_worked_out_is_there():
    a, b = Symbol("a"), Symbol("b")
    product = a * b
    found = work(one=product, two=product + 1, three=a * b).efforts({a: 23, b: 45})
    assert found == {"one": 16, "two": 8, "three": 0}


def test_a_rounded_quotient_is_one_division():
    a, b = Symbol("a"), Symbol("b")
    found = work(one=floor(a / b), two=maximum(a, b)).efforts({a: 85, b: 4})
    assert found == {"one": 12, "two": 2}
