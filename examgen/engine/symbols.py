"""Sums and products of symbols, written as a textbook writes them."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any


def total(terms: Iterable[Any]) -> Any:
    """The sum of the terms from the first on (adding no 0, so formulas stay clean); 0 if none."""
    result = None
    for term in terms:
        result = term if result is None else result + term
    return 0 if result is None else result


def product(pixel: Any, weight: Any) -> Any:
    """Pixel times weight, as a textbook writes it: a weight that is a number comes first."""
    return weight * pixel if isinstance(weight, int | Fraction) else pixel * weight
