"""Exact values of random trees, by an evaluator of the fuzzer's own."""

import random
from collections.abc import Mapping
from fractions import Fraction

from examgen.equivalence import Variable
from examgen.formula import (
    Call,
    Difference,
    Expression,
    Negation,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

MOST_BITS = 20_000
Values = Mapping[Symbol, Fraction]


class NoValue(Exception):
    """The tree has no value at the point."""


class Unknown(Exception):
    """The value is too large, or a root: this evaluator cannot tell."""


def value_of(tree: Expression, values: Values) -> Fraction | None:
    """The exact value at a point, None where there is none; raises Unknown."""
    try:
        return _value(tree, values)
    except NoValue:
        return None


def _value(tree: Expression, values: Values) -> Fraction:
    if isinstance(tree, Number):
        return Fraction(tree.value)
    if isinstance(tree, Symbol):
        return values[tree]
    operands = [_value(child, values) for child in tree.children]
    if isinstance(tree, Call):
        return _called(tree.function, operands)
    if isinstance(tree, Negation):
        return -operands[0]
    left, right = operands
    if isinstance(tree, Sum):
        return left + right
    if isinstance(tree, Difference):
        return left - right
    if isinstance(tree, Product):
        return left * right
    if isinstance(tree, Quotient):
        if right == 0:
            raise NoValue
        return left / right
    assert isinstance(tree, Power)
    return _raised(left, right)


def _called(function: str, operands: list[Fraction]) -> Fraction:
    first = operands[0]
    if function == "floor":
        return Fraction(first.numerator // first.denominator)
    if function == "ceiling":
        return Fraction(-(-first.numerator // first.denominator))
    if function == "absolute":
        return first if first >= 0 else -first
    chosen = first
    for other in operands[1:]:
        if (other > chosen) == (function == "maximum"):
            chosen = other
    return chosen


def _raised(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent < 0 and base == 0:
        raise NoValue
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if exponent.denominator != 1 or size * abs(exponent.numerator) > MOST_BITS:
        raise Unknown
    result = Fraction(1)
    if abs(exponent.numerator) > 64:
        return base**exponent.numerator
    for _ in range(abs(exponent.numerator)):
        result *= base
    return 1 / result if exponent < 0 else result


def random_value(rng: random.Random, variable: Variable) -> Fraction:
    """A value of the variable, the ends of its range among the likely ones."""
    reach = rng.choice([5, 5, 50, 50, 10**6])
    low, high = variable.low, variable.high
    if low is None and high is None:
        low, high = -reach, reach
    elif low is None:
        assert high is not None
        low = high - reach
    elif high is None:
        high = low + reach
    assert low is not None
    assert high is not None
    if variable.integer:
        return Fraction(rng.randint(low, high))
    parts = rng.randint(1, 12)
    return Fraction(rng.randint(low * parts, high * parts), parts)
