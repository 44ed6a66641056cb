"""Rounding and significant figures of exact rationals, half away from zero."""

from fractions import Fraction


def exponent_of(value: Fraction | int) -> int:
    """The exponent e with 10**e <= abs(value) < 10**(e + 1), of a value other than 0."""
    top, bottom = abs(value.numerator), value.denominator
    guess = len(str(top)) - len(str(bottom))
    large = top >= bottom * 10**guess if guess >= 0 else top * 10**-guess >= bottom
    return guess if large else guess - 1


def figures(value: Fraction | int, step: Fraction) -> int:
    """How many significant figures a number has whose last written place is worth `step`."""
    return exponent_of(value / step) + 1 if value else 0


def rounded_to_step(value: Fraction | int, step: Fraction) -> Fraction:
    """The nearest multiple of `step`, half away from zero."""
    top, bottom = abs(value.numerator) * step.denominator, value.denominator * step.numerator
    nearest = (2 * top + bottom) // (2 * bottom) * step
    return -nearest if value < 0 else nearest


def rounded_to_figures(value: Fraction | int, count: int) -> tuple[Fraction, Fraction]:
    """The value to so many significant figures, and the unit of its last figure."""
    if not value:
        return Fraction(0), Fraction(1)
    step = Fraction(10) ** (exponent_of(value) - count + 1)
    nearest = rounded_to_step(value, step)
    if exponent_of(nearest) > exponent_of(value):  # 9.996 to three figures is 10.0
        step *= 10
    return nearest, step


def decimal_text(value: Fraction | int, step: Fraction) -> str:
    """A multiple of a power of ten in digits, with a power of ten where it would be very long."""
    whole = value.numerator * step.denominator // (value.denominator * step.numerator)
    places = -exponent_of(step)
    if not -20 <= places <= 20:
        return f"{whole}e{-places}"
    if places <= 0:
        return str(whole * 10**-places)
    digits = str(abs(whole)).rjust(places + 1, "0")
    return f"{'-' if whole < 0 else ''}{digits[:-places]}.{digits[-places:]}"
