"""How well a sheet of answers fits each paper: the number of right answers, paper by paper."""

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from fractions import Fraction
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryDirectory
from typing import Any

from examgen.answers import Kind, Reading, is_blank
from examgen.exam.record import Form, Packed
from examgen.grading.answer import is_right, kind_of, read
from examgen.grading.scratch import database

LEAST_MORE = 3  # so many more right answers make another paper fit far better …
LEAST_TIMES = 2  # … if they are at least twice as many
LEAST_BITS = 20  # and together more than luck: a typed answer tells 8 bits, one of 4 options 2

_Hit = list[tuple[int, "array[int]"]]  # of one answer: bits told, and the papers it is right on


class Fit:
    """The keys of all papers of an exam, side by side on disk; papers are known by their places.

    A digest stands for a key. Where equality does not decide, the keys themselves are found by
    their numbers. A worker that it is handed to reads the same file, which ends with the process
    that made it.
    """

    def __init__(self) -> None:
        self._columns: dict[str, dict[Kind, int]] = {}  # numbered, for each kind
        self._folder = TemporaryDirectory(prefix="examgen-")
        self._keys = database(f"{self._folder.name}/keys")
        self._keys.execute("CREATE TABLE papers (column INT, digest INT, place INT)")
        self._keys.execute("CREATE TABLE keys (column INT, number REAL, digest INT, key TEXT)")
        self._keys.execute("CREATE UNIQUE INDEX by_digest ON keys (column, digest)")
        self._complete = False

    def __getstate__(self) -> dict[str, Any]:
        self._index()
        return {"_columns": self._columns, "_keys": f"{self._folder.name}/keys", "_complete": True}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state | {"_keys": database(state["_keys"])})

    def _index(self) -> None:
        """Make ready what is asked for, once all keys are there."""
        if self._complete:
            return
        self._keys.execute("CREATE INDEX by_number ON keys (column, number)")
        self._keys.execute("CREATE TABLE lists (column INT, digest INT, places BLOB)")
        rows = self._keys.execute("SELECT * FROM papers ORDER BY column, digest, place")
        lists = (
            (*key, array("I", (place for *_, place in some)).tobytes())
            for key, some in groupby(rows, itemgetter(0, 1))
        )
        self._keys.executemany("INSERT INTO lists VALUES (?, ?, ?)", lists)
        self._keys.execute("CREATE INDEX by_key ON lists (column, digest)")
        self._keys.commit()
        self._complete = True

    def add(self, place: int, column: str, kind: Kind, packed: Packed) -> None:
        """Take up the key of a part, as packed in the record."""
        if kind.by_hand:
            return
        kinds = self._columns.setdefault(column, {})
        where = kinds.setdefault(kind, sum(map(len, self._columns.values())))
        key = json.dumps(packed)
        digest = _digest(key)
        self._keys.execute("INSERT INTO papers VALUES (?, ?, ?)", (where, digest, place))
        if not kind.by_equality:
            number = _rounded(kind.magnitude(kind.unpack(packed)))
            row = (where, number, digest, key)
            self._keys.execute("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)", row)

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
        self._index()
        for name, text in responses.items():
            if is_blank(text):
                continue
            hit = []
            for kind, where in self._columns.get(name, {}).items():
                reading = read(kind, text, decimal_comma=decimal_comma)
                if isinstance(reading, Reading):
                    hit.append((kind.bits, self._papers(where, self._right(kind, where, reading))))
            yield hit

    def _right(self, kind: Kind, where: int, reading: Reading) -> Iterator[int]:
        """The digests of the keys by which an answer is right."""
        if kind.by_equality:
            with suppress(TypeError, ValueError):  # no such value can be a key
                yield _digest(json.dumps(kind.pack(reading.value)))
            return
        query = "SELECT digest, key FROM keys WHERE column = ?"
        number = kind.magnitude(reading.value)
        if number is None:
            near = self._keys.execute(query, (where,))
        else:  # only a key whose number is near can be right, and judging takes time
            reach = kind.reach(reading.value)
            low, high = _rounded(number - reach), _rounded(number + reach)
            near = self._keys.execute(f"{query} AND number BETWEEN ? AND ?", (where, low, high))
        for digest, key in near:
            if is_right(kind, reading, kind.unpack(json.loads(key))):
                yield digest

    def _papers(self, where: int, digests: Iterable[int]) -> "array[int]":
        """The papers with one of some keys."""
        query, found = "SELECT places FROM lists WHERE column = ? AND digest = ?", array("I")
        for digest in digests:
            for (places,) in self._keys.execute(query, (where, digest)):
                found.frombytes(places)
        return found


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


def _digest(key: str) -> int:
    """A number that stands for a packed key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)


def _rounded(number: Fraction | None) -> float | None:
    """A number as a float, which keeps its order among others (None: it has none)."""
    try:
        return None if number is None else float(number)
    except OverflowError:
        assert number is not None
        return math.copysign(math.inf, number)
