"""Which of a student's own earlier answers a later key may be recomputed from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from examgen.answers import Kind, Value
from examgen.exam.record import Packed, PrintedPart
from examgen.grading.answer import kind_of
from examgen.grading.recompute import Recomputed

MOST_MIXED = 3  # so many earlier answers are tried in all mixtures: 2^3 of them


@dataclass(frozen=True)
class Earlier:
    """An earlier part that a key is computed from, and what the student wrote there (or None)."""

    part: PrintedPart
    value: "Value | None"
    verdict: str
    shown: str = ""

    @cached_property
    def kind(self) -> Kind:
        """Its answer kind."""
        return kind_of(self.part)

    @property
    def differs(self) -> bool:
        """Whether it was answered, readably, and judged anything but right."""
        return self.value is not None and self.verdict != "right"

    @property
    def rounded(self) -> bool:
        """Whether it was judged right though it is not the key: a rounded decimal, an open answer.

        A formula that is written differently is no such answer: it has no number.
        """
        if self.verdict != "right" or self.value == self.kind.unpack(self.part.key):
            return False
        if self.part.open:
            return True
        assert self.value is not None
        return self.kind.magnitude(self.value) is not None

    @cached_property
    def refusal(self) -> str:
        """Why a wrong answer is not carried into later parts; empty when it is."""
        if not (self.differs or self.rounded):
            return ""
        assert self.value is not None
        start = f"{self.told} is not carried forward"
        try:
            self.kind.check_key(self.value)
        except (TypeError, ValueError):
            return f"{start}: asked for was {self.kind.hint()}"
        if self.own is None:
            return f"{start}: the record does not tell what it stands for"
        if self.rounded:
            return ""
        low, high = self.part.low, self.part.high
        if self._trivial:
            return f"{start}: 0 would make what follows trivial"
        if not _within(self.value, low, high):
            return f"{start}: it lies outside {_range(low, high)}"
        return ""

    @property
    def _trivial(self) -> bool:
        """Whether it is 0, all of it, and the key is not; a range that begins at 0 allows that."""
        bounds = (self.part.low, self.part.high)
        if bounds == (None, None) or any(map(_nought, bounds)):
            return False
        return _nought(self.value) and not _nought(self.part.key)

    @property
    def carried(self) -> bool:
        """Whether a later key may be recomputed from it."""
        return (self.differs or self.rounded) and not self.refusal

    @property
    def own(self) -> Packed:
        """What the item model takes in place of the key: for a choice the chosen option's value."""
        assert self.value is not None
        return _declared(self.kind, self.part, self.value)

    @property
    def key(self) -> Packed:
        """The key as the item model takes it."""
        return _declared(self.kind, self.part, self.kind.unpack(self.part.key))

    @property
    def told(self) -> str:
        """Such as ``3.a = 54``."""
        return f"{self.part.column} = {self.shown}"


@dataclass(frozen=True)
class Inputs:
    """One way of replacing earlier keys by the student's answers: ``replaced`` are those."""

    replaced: tuple[Earlier, ...]
    values: Mapping[str, Packed]  # of all earlier parts used, by name

    @property
    def roundings_only(self) -> bool:
        """Whether every answer taken was a right one, written rounded."""
        return all(before.rounded for before in self.replaced)

    @property
    def columns(self) -> str:
        """Such as ``3.a and 3.b``."""
        return " and ".join(before.part.column for before in self.replaced)

    @property
    def told(self) -> str:
        """Such as ``3.a = 54 and 3.b = 7``."""
        return " and ".join(before.told for before in self.replaced)


def inputs(earlier: Sequence[Earlier]) -> list[Inputs]:
    """The ways to try, all own answers first; what is not replaced stays at its key.

    Parts that are right, blank or unreadable stay at their keys, so that a later part is marked
    against the truth there; the last way lets them follow from the own answers too.
    """
    carried = [before for before in earlier if before.carried]
    fixed = {
        before.part.name: before.key
        for before in earlier
        if not before.kind.by_hand and before.key is not None
    }
    ways = [
        Inputs(chosen, fixed | {before.part.name: before.own for before in chosen})
        for chosen in _subsets(carried)
    ]
    if ways and len(fixed) > len(carried):
        ways.append(Inputs(tuple(carried), {before.part.name: before.own for before in carried}))
    return ways


def _subsets(carried: Sequence[Earlier]) -> Iterator[tuple[Earlier, ...]]:
    if len(carried) > MOST_MIXED:
        yield tuple(carried)
    mixed = carried[:MOST_MIXED]
    for size in range(len(mixed), 0, -1):
        yield from combinations(mixed, size)


def checked(kind: Kind, part: PrintedPart, result: Recomputed) -> Recomputed:
    """The same, with a problem where the recomputed key could be no key, as a shape below 1."""
    if result.key is None or kind.lettered:
        return result
    value = response_value(kind, part, result.key)
    if value is None:
        return replace(result, key=None, problem="has no value")
    try:
        kind.check_key(value)
    except (TypeError, ValueError):
        return replace(result, key=None, problem=f"comes out as {kind.show(value)}")
    return result


def response_value(kind: Kind, part: PrintedPart, value: Packed) -> "Value | None":
    """A recomputed value as a response to the part; None without one, or without such an option."""
    if value is None:
        return None
    try:
        return kind.as_printed(value, [option.value for option in part.options])
    except (TypeError, ValueError):
        return None


def _declared(kind: Kind, part: PrintedPart, value: Value) -> Packed:
    """A response as the item model takes it; None where the record does not tell."""
    try:
        return kind.as_declared(value, [option.value for option in part.options])
    except (TypeError, ValueError):
        return None


def _nought(value: Packed) -> bool:
    """Whether a number, packed or not, is 0, or an array nothing but 0; nothing is no 0."""
    if isinstance(value, list | tuple):
        return bool(value) and all(map(_nought, value))
    return value in (0, "0")


def _within(value: Value, low: Packed, high: Packed) -> bool:
    """Whether a value, or each entry of an array, lies from low to high (None: no bound)."""
    if isinstance(value, tuple):
        lows = low if isinstance(low, list) else [low] * len(value)
        highs = high if isinstance(high, list) else [high] * len(value)
        return all(_within(*entry) for entry in zip(value, lows, highs, strict=True))
    if isinstance(value, str):
        return True
    return (low is None or Fraction(low) <= value) and (high is None or value <= Fraction(high))


def _range(low: Packed, high: Packed) -> str:
    return f"{'…' if low is None else low} to {'…' if high is None else high}"
