"""Exact arithmetic on integers and fractions, with bounded results."""

import math
from fractions import Fraction
from typing import Any

from flint import fmpz

Rational = int | Fraction

LARGEST_BITS = 20_000


class Undefined(ArithmeticError):
    """A formula has no exact value of bounded size at these numbers."""


def normal(value: Any) -> Any:
    """The value, an integral fraction as an int; Undefined beyond 20,000 bits."""
    if type(value) is Fraction:
        if bits(value) > LARGEST_BITS:
            raise Undefined("the value is too large")
        return value.numerator if value.denominator == 1 else value
    if type(value) is int and value.bit_length() > LARGEST_BITS:
        raise Undefined("the value is too large")
    return value


def bits(value: Rational) -> int:
    """The size of the larger of numerator and denominator, in bits."""
    if type(value) is int:
        return value.bit_length()
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def divide(dividend: Rational, divisor: Rational) -> Rational:
    """The exact quotient; ZeroDivisionError over 0."""
    if type(dividend) is int and type(divisor) is int:
        whole, rest = divmod(dividend, divisor)
        return Fraction(dividend, divisor) if rest else whole
    return Fraction(dividend) / divisor


def power(base: Rational, exponent: Rational) -> Rational:
    """The exact power; Undefined where it is no rational number or beyond 20,000 bits."""
    if exponent.denominator != 1:
        base = root(base, exponent.denominator)
    times = exponent.numerator
    if times < 0 and base == 0:
        raise Undefined(f"0 to the power of {exponent}")
    # An integer of b bits is at least 2 ** (b - 1).
    if (bits(base) - 1) * abs(times) > LARGEST_BITS:
        raise Undefined("the power is too large")
    if times < 0:
        return Fraction(1) / Fraction(base) ** -times
    return base**times


def root(radicand: Rational, degree: int) -> Rational:
    """The exact root of a number that is not negative; else Undefined."""
    if radicand < 0:
        raise Undefined("root of a negative number")
    return divide(
        _whole_root(radicand.numerator, degree), _whole_root(radicand.denominator, degree)
    )


def _whole_root(radicand: int, degree: int) -> int:
    if radicand <= 1:
        return radicand
    if degree > radicand.bit_length():
        raise Undefined("the root is not a whole number")
    whole = math.isqrt(radicand) if degree == 2 else int(fmpz(radicand).root(degree))
    if whole**degree != radicand:
        raise Undefined("the root is not a whole number")
    return whole
