"""How well a sheet of answers fits each paper: the number of right answers, paper by paper."""

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from fractions import Fraction
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

from examgen.answers import Kind, Reading, Value, is_blank
from examgen.exam.record import Form, Packed
from examgen.grading.answer import is_right, kind_of, read
from examgen.grading.scratch import database

LEAST_MORE = 3  # so many more right answers make another paper fit far better …
LEAST_TIMES = 2  # … if they are at least twice as many
LEAST_BITS = 20  # and together more than luck: a typed answer tells 8 bits, one of 4 options 2

_Hit = list[tuple[int, "array[int]"]]  # of one answer: bits told, and the papers it is right on


class Fit:
    """The keys of all papers of an exam, side by side on disk; papers are known by their places.

    Where equality decides, a digest stands for a key; other keys are found by their numbers.
    """

    def __init__(self) -> None:
        self._columns: dict[str, dict[Kind, int]] = {}  # ids
        self._keys = database()
        self._keys.execute("CREATE TABLE equal (id INT, digest INT, place INT)")
        self._keys.execute("CREATE TABLE near (id INT, number REAL, key TEXT, place INT)")
        self._indexed = False

    def add(self, place: int, column: str, kind: Kind, packed: Packed) -> None:
        """Take up the key of a part, as packed in the record."""
        if kind.by_hand:
            return
        kinds = self._columns.setdefault(column, {})
        where = kinds.setdefault(kind, sum(map(len, self._columns.values())))
        if kind.by_equality:
            equal = (where, _digest(packed), place)
            self._keys.execute("INSERT INTO equal VALUES (?, ?, ?)", equal)
        else:
            number = _rounded(kind.magnitude(kind.unpack(packed)))
            near = (where, number, json.dumps(packed), place)
            self._keys.execute("INSERT INTO near VALUES (?, ?, ?, ?)", near)

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
        bits = _bits(hits, {place, *(other for other, count in counts.items() if count == most)})
        own_bits = bits.pop(place, 0)
        best = max(bits, key=lambda other: (bits[other], -other), default=place)
        return None if bits[best] - own_bits < LEAST_BITS else (best, most)

    def _hits(self, responses: Mapping[str, str], decimal_comma: bool) -> Iterator[_Hit]:
        """For each answer the papers on which it is right."""
        for name, text in responses.items():
            if is_blank(text):
                continue
            hit = []
            for kind, where in self._columns.get(name, {}).items():
                reading = read(kind, text, decimal_comma=decimal_comma)
                if isinstance(reading, Reading):
                    hit.append((kind.bits, array("I", self._fitting(kind, where, reading))))
            yield hit

    def _fitting(self, kind: Kind, where: int, reading: Reading) -> Iterator[int]:
        """The papers that an answer is right on."""
        if not self._indexed:
            self._keys.execute("CREATE INDEX equals ON equal (id, digest, place)")
            self._keys.execute("CREATE INDEX nears ON near (id, number, key, place)")
            self._indexed = True
        if kind.by_equality:
            yield from self._equal(kind, where, reading.value)
            return
        for key, rows in groupby(self._near(kind, where, reading.value), itemgetter(0)):
            if is_right(kind, reading, kind.unpack(json.loads(key))):
                yield from (place for _, place in rows)

    def _equal(self, kind: Kind, where: int, value: Value) -> Iterator[int]:
        """The papers whose key has the value's text."""
        try:
            wanted = _digest(kind.pack(value))
        except (TypeError, ValueError):  # no such value can be a key
            return
        query = "SELECT place FROM equal WHERE id = ? AND digest = ? ORDER BY place"
        yield from (place for (place,) in self._keys.execute(query, (where, wanted)))

    def _near(self, kind: Kind, where: int, value: Value) -> Iterator[tuple[str, int]]:
        """The keys whose number is near, each with a paper: only these can be right."""
        query, number = "SELECT key, place FROM near WHERE id = ?", kind.magnitude(value)
        order = "ORDER BY number, key, place"
        if number is None:
            yield from self._keys.execute(f"{query} {order}", (where,))
            return
        reach = kind.reach(value)
        low, high = _rounded(number - reach), _rounded(number + reach)
        query = f"{query} AND number BETWEEN ? AND ? {order}"
        yield from self._keys.execute(query, (where, low, high))


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


def _bits(hits: Iterable[_Hit], wanted: Set[int]) -> Counter[int]:
    """How many bits the answers tell that are right on each of some papers."""
    told: Counter[int] = Counter()
    for hit in hits:
        for bits, places in hit:
            told.update(dict.fromkeys(wanted & {*places}, bits))
    return told


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
    """A number that stands for a packed value."""
    digest = blake2b(json.dumps(packed).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _rounded(number: Fraction | None) -> float | None:
    """A number as a float, which keeps its order among others (None: it has none)."""
    try:
        return None if number is None else float(number)
    except OverflowError:
        assert number is not None
        return math.copysign(math.inf, number)
