"""How well a sheet of answers fits each paper: the number of right answers, paper by paper."""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import blake2b

from examgen.answers import Kind, Reading, Value, is_blank
from examgen.exam.record import Form, Packed
from examgen.grading.answer import is_right, kind_of, read

LEAST_MORE = 3  # so many more right answers make another paper fit far better …
LEAST_TIMES = 2  # … if they are at least twice as many
LEAST_BITS = 20  # and together more than luck: a typed answer tells 8 bits, one of 4 options 2
NOTHING = Fraction(0)


@dataclass
class _Column:
    """The keys of a column over all papers, for one answer kind; 12 bytes a paper where it can be.

    Where equality decides, a key is kept as 8 bytes of a digest alone, in order once ``_ordered``.
    """

    kind: Kind
    papers: "dict[Value, array[int]]" = field(default_factory=dict)
    _sorted: "list[tuple[Fraction, Value]]" = field(default_factory=list)
    _digests: "array[int]" = field(default_factory=lambda: array("Q"))
    _places: "array[int]" = field(default_factory=lambda: array("I"))
    _ordered: bool = False

    def add(self, place: int, packed: Packed) -> None:
        """Take up the key of a paper."""
        if self.kind.by_equality:
            self._digests.append(_digest(packed))
            self._places.append(place)
        else:
            self.papers.setdefault(self.kind.unpack(packed), array("I")).append(place)

    def fitting(self, reading: Reading) -> Sequence[int]:
        """The papers (by place) that the answer is right on."""
        if self.kind.by_equality:
            return self._equal(reading.value)
        return [
            place
            for key in self._near(reading.value)
            if is_right(self.kind, reading, key)
            for place in self.papers[key]
        ]

    def _equal(self, value: Value) -> Sequence[int]:
        """The papers whose key has the value's text."""
        if not self._ordered:
            order = sorted(range(len(self._digests)), key=lambda at: self._digests[at])
            self._digests = array("Q", (self._digests[at] for at in order))
            self._places = array("I", (self._places[at] for at in order))
            self._ordered = True
        try:
            wanted = _digest(self.kind.pack(value))
        except (TypeError, ValueError):  # no such value can be a key
            return ()
        start = bisect_left(self._digests, wanted)
        return self._places[start : bisect_right(self._digests, wanted, start)]

    def _near(self, value: Value) -> Iterable[Value]:
        """The keys whose number is near: only these can be right, and judging takes time."""
        number = self.kind.magnitude(value)
        if number is None:
            return self.papers
        if not self._sorted:
            numbered = ((self.kind.magnitude(key) or NOTHING, key) for key in self.papers)
            self._sorted = sorted(numbered, key=lambda entry: entry[0])
        reach = self.kind.reach(value)
        start = bisect_left(self._sorted, number - reach, key=lambda entry: entry[0])
        end = bisect_right(self._sorted, number + reach, key=lambda entry: entry[0])
        return (key for _, key in self._sorted[start:end])


_Hit = list[tuple[int, Sequence[int]]]  # of one answer: bits told, and the papers it is right on


class Fit:
    """The keys of all papers of an exam, side by side; papers are known by their places."""

    def __init__(self) -> None:
        self._columns: dict[str, dict[Kind, _Column]] = {}

    def add(self, place: int, column: str, kind: Kind, packed: Packed) -> None:
        """Take up the key of a part, as packed in the record."""
        if not kind.by_hand:
            kinds = self._columns.setdefault(column, {})
            kinds.setdefault(kind, _Column(kind)).add(place, packed)

    def better(
        self, responses: Mapping[str, str], place: int, *, own: int, decimal_comma: bool
    ) -> tuple[int, int] | None:
        """The paper that the answers fit far better than theirs, where ``own`` are right.

        It is a place, with the number of right answers there.
        """
        needed = max(own + LEAST_MORE, LEAST_TIMES * own)
        if sum(not is_blank(text) for text in responses.values()) < needed:
            return None
        found = self._hits(responses, decimal_comma)
        hits = sorted(found, key=lambda hit: sum(len(places) for _, places in hit))
        counts = _counts(hits, needed)
        most = max(counts.values(), default=0)
        if most < needed:
            return None
        best = max(
            (other for other, count in counts.items() if count == most),
            key=lambda other: (_bits(hits, other), -other),
        )
        return None if _bits(hits, best) - _bits(hits, place) < LEAST_BITS else (best, most)

    def _hits(self, responses: Mapping[str, str], decimal_comma: bool) -> Iterator[_Hit]:
        """For each answer the papers on which it is right."""
        for name, text in responses.items():
            if is_blank(text):
                continue
            hit = []
            for kind, column in self._columns.get(name, {}).items():
                reading = read(kind, text, decimal_comma=decimal_comma)
                if isinstance(reading, Reading):
                    hit.append((kind.bits, column.fitting(reading)))
            yield hit


def _counts(hits: Sequence[_Hit], needed: int) -> Counter[int]:
    """How many answers are right on each paper that has enough of them, and maybe on others.

    A paper with ``needed`` right answers has one among any so many columns that fewer than that
    are left; those that fit the fewest papers, which come first, are taken for that.
    """
    counts: Counter[int] = Counter()
    for left, hit in zip(range(len(hits), 0, -1), hits, strict=True):
        for _, places in hit:
            counts.update(places if left >= needed else counts.keys() & places)
    return counts


def _bits(hits: Iterable[_Hit], place: int) -> int:
    """How many bits the answers tell that are right on a paper."""
    return sum(bits for hit in hits for bits, places in hit if place in places)


def right(responses: Mapping[str, str], form: Form, *, decimal_comma: bool) -> int:
    """How many answers are right on a paper."""
    count = 0
    for part in (part for item in form.items for part in item.parts):
        kind, text = kind_of(part), responses.get(part.column, "")
        if kind.by_hand or is_blank(text):
            continue
        reading = read(kind, text, decimal_comma=decimal_comma)
        if isinstance(reading, Reading):
            count += is_right(kind, reading, kind.unpack(part.key))
    return count


def _digest(packed: Packed) -> int:
    """A number that stands for a packed value, alike in all processes."""
    return int.from_bytes(blake2b(json.dumps(packed).encode(), digest_size=8).digest())
