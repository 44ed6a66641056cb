"""Parts typed as more than a number: quantities, intervals, pairs of vectors, sets and lists."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from examgen import answers
from examgen.answers.members import Members, MemberScoring
from examgen.formula import Entry, Expression
from examgen.items.parts import Misconception, Part
from examgen.text import Math


class _Structured(Part):
    """A part whose value is printed in item texts as its answer kind prints it."""

    is_integer = False
    carries = (-(10**9), 10**9)

    def shown(self, value: Any) -> Any:
        return Math(self.kind.tex(value))


class QuantityEntry(Part):
    """A number with its ``unit``, such as ``MB``, ``MiB``, ``MAC``, ``%``, or a count of something.

    The key counts that unit. ``places``, ``digits`` or the tolerances say how precise an answer
    must be, as in a decimal; ``whole`` asks for the exact whole number; without any of them a
    fraction or its rounding is right. ``unit_required``: the student must write a unit, the paper
    prints none; ``other_units``: another unit of the same dimension is as good.
    """

    is_integer = False
    carries = (0, 10**18)

    def __init__(
        self,
        key: Any,
        *,
        unit: str,
        whole: bool = False,
        unit_required: bool = False,
        other_units: bool = True,
        places: int | None = None,
        digits: int | None = None,
        absolute: Fraction | str | None = None,
        relative: Fraction | str | None = None,
        **options: Any,
    ):
        super().__init__(key, **options)
        tolerances = [None if one is None else Fraction(one) for one in (absolute, relative)]
        precise = any(one is not None for one in (places, digits, *tolerances))
        if whole and precise:
            raise ValueError("a whole number has no places, digits or tolerances")
        number: Any = answers.Integer() if whole else answers.Rational()
        if precise:
            number = answers.Decimal(
                places=places, digits=digits, absolute=tolerances[0], relative=tolerances[1]
            )
        self.kind = answers.Quantity(
            unit=unit, number=number, unit_required=unit_required, other_units=other_units
        )

    def same(self, value: Any, other: Any) -> bool:
        return self.kind.match(value, other)


class IntervalEntry(_Structured):
    """An interval: the key is its two ends, or these and their brackets, such as ``(0, 4, "[)")``.

    One of whole numbers (``integers``) is closed, so that its ends belong to it; of other numbers,
    ``ends`` says that it counts whether an end belongs to it. A function gives None for an end
    without bound. In later keys ``low`` and ``high`` are its ends.
    """

    def __init__(self, key: Any, *, integers: bool = True, ends: bool = False, **options: Any):
        super().__init__(key, **options)
        self.is_integer = integers
        self.kind = answers.Interval(integers=integers, ends=ends)

    @property
    def low(self) -> Expression:
        """The left end, as a symbol for later keys."""
        return Entry(self, (0,))

    @property
    def high(self) -> Expression:
        """The right end, as a symbol for later keys."""
        return Entry(self, (1,))


class VectorPairEntry(_Structured):
    """Two vectors with a given outer product: the key is any such pair.

    Its value is one pair for all with that product, so later keys may use only what does not
    depend on how a factor is split. ``lengths`` are needed where the key is a function of the item.
    """

    def __init__(
        self,
        key: Any,
        *,
        lengths: tuple[int, ...] | None = None,
        names: tuple[str, str] = ("u", "v"),
        misconceptions: Sequence[Misconception] = (),
        **options: Any,
    ):
        if "tex" in options:
            raise ValueError("a pair of vectors is printed by its names=(…, …): leave out tex")
        if lengths is None and callable(key):
            raise ValueError("a key that is a function of the item needs lengths=(…, …)")
        lengths = lengths or _lengths(key)
        wrong = [replace(one, edit=_in_a_row(one.edit, lengths)) for one in misconceptions]
        super().__init__(_in_a_row(key, lengths), misconceptions=wrong, **options)
        self.kind = answers.VectorPair(lengths=lengths, names=names)


class _MembersEntry(_Structured):
    """What sets and lists share: members are numbers, or tuples whose numbers have ``names``."""

    of: Callable[..., Members]

    def __init__(
        self,
        key: Any,
        *,
        names: Sequence[str] = (),
        fractions: bool = False,
        scoring: MemberScoring = "right-minus-wrong",
        **options: Any,
    ):
        super().__init__(key, **options)
        entry = answers.Rational() if fractions else answers.Integer()
        self.kind = self.of(names=tuple(names), entry=entry, scoring=scoring)


class SetEntry(_MembersEntry):
    """A set, which may be empty: neither the order of its members nor repetitions count."""

    of = answers.SetOf


class ListEntry(_MembersEntry):
    """A list, the order of whose members counts."""

    of = answers.ListOf


def _lengths(pair: Any) -> tuple[int, ...]:
    return tuple(np.asarray(vector, dtype=object).size for vector in pair)


def _in_a_row(pair: Any, lengths: tuple[int, ...]) -> Any:
    """The expressions of two vectors as one row; a function stays."""
    if callable(pair):
        return pair
    if _lengths(pair) != lengths:
        raise ValueError(f"vectors of {lengths} numbers were expected: give a function for others")
    return np.concatenate([np.asarray(vector, dtype=object) for vector in pair])
