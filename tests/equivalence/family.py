"""A family of formulas of this domain: a key, forms that equal it, and near misses.

Each family says on which whole numbers it is judged (``domain``), and a smaller ``grid`` on which
the tests establish the truth by another evaluator. That the grid proves equality is known of each
family: polynomials agree everywhere if they agree at more values of each name than their degree;
floors of n/S with n linear in the other names repeat with period S in each of them, and the grid
has a whole period for each S of the domain; the maxima are linear between corners on the grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from examgen.equivalence import Variable

Ranges = dict[str, Sequence[int | Fraction]]


@dataclass(frozen=True)
class Family:
    """A key with formulas that equal it and formulas that do not."""

    name: str
    domain: dict[str, tuple[int, int]]
    grid: Ranges
    key: str
    equal: Sequence[str]
    near: Sequence[str]
    integer: bool = True

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The names, as a kind takes them."""
        return tuple(
            Variable(name, low, high, integer=self.integer)
            for name, (low, high) in self.domain.items()
        )


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]
