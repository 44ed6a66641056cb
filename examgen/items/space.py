"""The space of an item model: the product of its domains, numbered by rank."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from examgen.errors import ExamgenError, nearest
from examgen.items.parameters import Parameter


class Space:
    """All settings of the parameters, legal or not: ``size`` is exact, a rank survives narrowing.

    The last declared parameter varies fastest.
    """

    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        allowed: Mapping[str, Sequence[int]] | None = None,
    ):
        self.parameters = dict(parameters)
        self.allowed = {
            name: (allowed or {}).get(name, range(len(parameter.entries)))
            for name, parameter in self.parameters.items()
        }
        self.size = math.prod(
            len(self.allowed[name]) ** parameter.cells
            for name, parameter in self.parameters.items()
        )

    def narrow(self, wishes: Mapping[str, Any]) -> "Space":
        """The part of this space where each named parameter takes only the values wished for.

        A wish is a value, a list of values, or ``{"low": …, "high": …}``; for an array it holds
        for each entry. Raises `ExamgenError` for an unknown parameter or value.
        """
        allowed: dict[str, Sequence[int]] = dict(self.allowed)
        for name, wish in wishes.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                hint = nearest(name, self.parameters)
                raise ExamgenError(f"no parameter '{name}' (there are: {known}){hint}")
            kept = self.parameters[name].narrowed(wish)
            allowed[name] = [digit for digit in allowed[name] if digit in kept]
            if not allowed[name]:
                raise ExamgenError(f"no value of '{name}' is left")
        return Space(self.parameters, allowed)

    def rank(self, index: int) -> int:
        """The rank in the full space of the ``index``-th setting of this one."""
        digits: list[tuple[int, int]] = []
        for name, parameter in reversed(self.parameters.items()):
            for _ in range(parameter.cells):
                index, digit = divmod(index, len(self.allowed[name]))
                digits.append((self.allowed[name][digit], len(parameter.entries)))
        rank = 0
        for digit, base in reversed(digits):
            rank = rank * base + digit
        return rank

    def extent(self, rank: int) -> Fraction:
        """How large the values of a rank are: 0 where all are the first, 1 where all are the last.

        It is the mean place of the parameters in their domains; those of one value do not count.
        """
        places = []
        for parameter in reversed(self.parameters.values()):
            last = len(parameter.entries) - 1
            for _ in range(parameter.cells):
                rank, digit = divmod(rank, last + 1)
                places += [Fraction(digit, last)] if last else []
        return sum(places, Fraction(0)) / max(len(places), 1)

    def edge(self, stream: Random) -> int:
        """A rank of the full space, drawn so that about half of the values are first or last."""
        rank = 0
        for parameter in self.parameters.values():
            last = len(parameter.entries) - 1
            for _ in range(parameter.cells):
                ends = stream.random() < 0.5
                digit = stream.choice((0, last)) if ends else stream.randint(0, last)
                rank = rank * (last + 1) + digit
        return rank

    def values(self, rank: int) -> dict[str, Any]:
        """The parameter values of a rank in the full space."""
        values = {}
        for name, parameter in reversed(self.parameters.items()):
            rank, digit = divmod(rank, parameter.count)
            values[name] = parameter.value(digit)
        return dict(reversed(values.items()))

    def rank_of(self, values: Mapping[str, Any]) -> int:
        """The rank of these values in the full space; raises `ValueError` outside it."""
        rank = 0
        for name, parameter in self.parameters.items():
            rank = rank * parameter.count + parameter.digit(values[name])
        return rank
