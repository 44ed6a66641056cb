"""The values that the names of a formula may take, and points among them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod

Point = tuple[int | Fraction, ...]  # one value for each variable, in order

_FREE = (7, -3, 2, 11, -5, 1, 13, 0, -1, 4, 17, 3, -8, 5, 23, 6)
_PARTS = (Fraction(0), Fraction(1, 3), Fraction(-2, 5), Fraction(1, 2), Fraction(3, 7))


@dataclass(frozen=True)
class Variable:
    """A name that a formula is written in, and its values: from ``low`` to ``high``, both included.

    None is no bound; ``integer`` says that it takes whole numbers only, and then a ``step`` above 1
    that it takes every so-manieth of them from ``low`` on, such as the odd ones.
    """

    name: str
    low: int | None = None
    high: int | None = None
    integer: bool = True
    step: int = 1

    def __post_init__(self) -> None:
        """Refuse a range without values, and steps that begin nowhere."""
        if self.step < 1 or (self.step > 1 and (self.low is None or not self.integer)):
            raise ValueError(f"the steps of {self.name} must be whole, from a low end on")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"{self.name} has no values from {self.low} to {self.high}")

    @property
    def count(self) -> int | None:
        """How many values it takes; None where they are not finitely many."""
        if not self.integer or self.low is None or self.high is None:
            return None
        return (self.high - self.low) // self.step + 1

    def takes(self, value: int | Fraction) -> bool:
        """Whether a number is one of its values."""
        if (self.low is not None and value < self.low) or (
            self.high is not None and value > self.high
        ):
            return False
        if not self.integer:
            return True
        return value.denominator == 1 and (value - (self.low or 0)) % self.step == 0

    def value(self, number: int) -> int | Fraction:
        """A value of the variable for each number from 0, the ends of its range among the first."""
        if number == 1 and self.low is not None:
            return self.low
        if number == 2 and self.high is not None:
            return self.high - (self.high - (self.low or 0)) % self.step
        wild = _FREE[number % len(_FREE)] + 31 * (number // len(_FREE))
        if self.low is not None and self.high is not None:
            whole = self.low + self.step * (wild % ((self.high - self.low) // self.step + 1))
        elif self.low is not None:
            whole = self.low + self.step * abs(wild)
        else:
            whole = wild if self.high is None else self.high - abs(wild)
        return whole if self.integer else self._between(whole, _PARTS[number % len(_PARTS)])

    def _between(self, whole: int, part: Fraction) -> int | Fraction:
        """A number near a whole one, within the range."""
        value = whole + part if self.takes(whole + part) else whole - part
        return value if self.takes(value) and value.denominator != 1 else whole


@lru_cache(maxsize=1_000)
def points(variables: tuple[Variable, ...], count: int) -> tuple[Point, ...]:
    """So many points of the domain, always the same; each name has an order of its own."""
    return tuple(
        tuple(
            variable.value((number * (2 * place + 1) + place) % 64)
            for place, variable in enumerate(variables)
        )
        for number in range(count)
    )


def grid_size(variables: Sequence[Variable]) -> int | None:
    """How many points the domain has; None where they are not finitely many."""
    counts = [variable.count for variable in variables]
    known = [count for count in counts if count is not None]
    return prod(known) if len(known) == len(counts) else None


def grid(variables: Iterable[Variable]) -> Iterator[Point]:
    """Every point of a finite domain."""
    return product(*(range(v.low or 0, (v.high or 0) + 1, v.step) for v in variables))
