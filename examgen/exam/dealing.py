"""Dealing: which item each student gets in a question, without replacement."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle

from examgen.bank.load import explain
from examgen.errors import ExamgenError
from examgen.exam.seeds import KeyedPermutation, derive, shuffled
from examgen.items import Item
from examgen.items.effort import effort
from examgen.items.space import Space

_UNEQUAL = "equal work is"

MOST_TRIES = 200_000  # variants of one item model looked at for one question


@dataclass(frozen=True)
class Band:
    """The steps of work, from ``low`` to ``high``, that the items of a question may take."""

    low: int
    high: int

    @classmethod
    def above(cls, low: int, share: Fraction) -> "Band":
        """From an effort to the one that is this share above it."""
        return cls(low, math.floor(low * (1 + share)))

    def __str__(self) -> str:
        return f"{self.low} to {self.high} steps"


@dataclass(frozen=True)
class Source:
    """An item model as a question draws from it: in the space left by narrowing.

    Of items of that space only those are dealt whose effort lies within the ``band``.
    """

    model: type[Item]
    space: Space
    band: Band | None = None

    def refused(self, item: Item) -> str:
        """Why an item is not dealt, "" where it may be."""
        if exclusion := item.excluded():
            return str(exclusion)
        if self.band and not self.band.low <= effort(item) <= self.band.high:
            return f"{_UNEQUAL} {self.band}"
        return ""


@dataclass(frozen=True)
class Dealt:
    """The items of one question in the order of the receivers, and what there is to say of it."""

    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()


def deal(
    sources: Sequence[Source], *, question: str, key: bytes, count: int, repeats: bool
) -> Dealt:
    """Items for ``count`` receivers: the first ones stay the same however many there are.

    Models are dealt evenly, in blocks shuffled by the key; of each model, receivers get distinct
    usable items as long as there are any, then (with ``repeats``) the same ones over again. A
    space of one item is the same for all. Raises `ExamgenError` saying how many there are.
    """
    blocks = range(-(-count // len(sources)))
    orders = (shuffled(derive(key, "models", question, block), len(sources)) for block in blocks)
    turns = [place for order in orders for place in order][:count]
    demand = Counter(turns)
    hands: dict[int, Iterator[Item]] = {}
    notes = []
    for place, source in enumerate(sources):
        if demand[place]:
            walk = _Walk(source, derive(key, "deal", question, source.model.name))
            items = walk.usable(demand[place])
            if note := _shortage(walk, len(items), demand[place], repeats):
                notes.append(note)
            hands[place] = cycle(items)
    return Dealt(tuple(next(hands[place]) for place in turns), tuple(notes))


def broken(item: Item, error: Exception) -> ExamgenError:
    """The error for an item whose author made a mistake, and how to look at it."""
    return ExamgenError(f"{item.name}: {item!r}: {explain(error)}; see: examgen check {item.name}")


class _Walk:
    """The items of a source in the order of a keyed permutation, and why some are not used."""

    def __init__(self, source: Source, key: bytes):
        self.source = source
        self.tried = 0
        self.reasons: Counter[str] = Counter()
        self._permutation = KeyedPermutation(key, source.space.size)

    @property
    def exhausted(self) -> bool:
        """Whether every item of the space was looked at."""
        size: int = self.source.space.size
        return self.tried == size

    def usable(self, count: int) -> list[Item]:
        """Up to ``count`` distinct usable items, fewer when there are no more to be found."""
        found: list[Item] = []
        while len(found) < count and self.tried < min(self.source.space.size, MOST_TRIES):
            item = self.source.model(self.source.space.rank(self._permutation(self.tried)))
            self.tried += 1
            try:
                reason = self.source.refused(item)
            except Exception as error:
                raise broken(item, error) from error
            if reason:
                self.reasons[reason] += 1
            else:
                found.append(item)
        return found


def _shortage(walk: _Walk, found: int, needed: int, repeats: bool) -> str:
    """What to say when there are fewer usable items than receivers; raises unless that is meant."""
    if found >= needed or (found == 1 and walk.source.space.size == 1):
        return ""
    name = walk.source.model.name
    there = f"{name} has {found} usable variant{'' if found == 1 else 's'}"
    if not walk.exhausted:
        there += f" among the first {walk.tried} of {walk.source.space.size} tried"
    elif walk.tried > found:
        there += f" ({walk.tried} before exclusions)"
    if found and repeats:
        often = -(-needed // found)
        return f"{there} for {needed} papers: each is used up to {often} times"
    message = f"{there}, but {needed} {'is' if needed == 1 else 'are'} needed"
    if walk.reasons:
        (reason, times), *_ = sorted(walk.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        message += f"; {times} are excluded because: {reason}"
        if reason.startswith(_UNEQUAL):
            message += ", which an equal_work of this question can widen"
    if found:
        message += "; narrow it less, or allow the same variant twice with repeats = true"
    raise ExamgenError(message)
