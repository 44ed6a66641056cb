"""Behind a cell: the answer kind of a part, the reading of a response, its judgement."""

import json
from functools import cache, lru_cache

from examgen.answers import (
    Array,
    Integer,
    Judgement,
    Kind,
    OneChoice,
    Reading,
    SeveralChoices,
    Shape,
    Unreadable,
    Value,
    kind_from,
)
from examgen.exam.record import PrintedPart


def kind_of(part: PrintedPart) -> Kind:
    """The answer kind of a part."""
    return _kind(json.dumps(part.kind, sort_keys=True))


def is_choice(kind: Kind) -> bool:
    """Whether it is answered by letters of printed options."""
    return isinstance(kind, OneChoice | SeveralChoices)


@cache
def _kind(settings: str) -> Kind:
    return kind_from(json.loads(settings))


@lru_cache(maxsize=100_000)
def read(kind: Kind, text: str) -> Reading | Unreadable:
    """The reading of a response, or why there is none; remembered, for many write the same."""
    try:
        return kind.read(text)
    except Unreadable as problem:
        return problem.with_traceback(None)


@lru_cache(maxsize=100_000)
def judge(kind: Kind, reading: Reading, key: Value) -> Judgement:
    """The kind's judgement, remembered."""
    return kind.judge(reading, key)


def is_right(kind: Kind, reading: Reading, key: Value) -> bool:
    """Whether the kind judges a reading right, without the evidence where equality decides."""
    if by_equality(kind):
        return reading.value == key
    return judge(kind, reading, key).verdict == "right"


def by_equality(kind: Kind) -> bool:
    """Whether an answer is right just where it equals the key: no rounding, no lowest terms."""
    if isinstance(kind, Array):
        return isinstance(kind.entry, Integer)
    return isinstance(kind, Integer | Shape | OneChoice | SeveralChoices)
