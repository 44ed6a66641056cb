"""Behind a cell: the answer kind of a part, the reading of a response, its judgement."""

import json
from functools import cache, lru_cache

from examgen.answers import Judgement, Kind, Reading, Unreadable, Value, kind_from
from examgen.exam.record import PrintedPart


def kind_of(part: PrintedPart) -> Kind:
    """The answer kind of a part."""
    return _kind(json.dumps(part.kind, sort_keys=True))


@cache
def _kind(settings: str) -> Kind:
    return kind_from(json.loads(settings))


@lru_cache(maxsize=100_000)
def read(kind: Kind, text: str, *, decimal_comma: bool) -> Reading | Unreadable:
    """The reading of a response, or why there is none; remembered, for many write the same."""
    try:
        return kind.read(text, decimal_comma=decimal_comma)
    except Unreadable as problem:
        return problem.with_traceback(None)


@lru_cache(maxsize=100_000)
def judge(kind: Kind, reading: Reading, key: Value) -> Judgement:
    """The kind's judgement, remembered."""
    return kind.judge(reading, key)


def is_right(kind: Kind, reading: Reading, key: Value) -> bool:
    """Whether the kind judges a reading right, without the evidence where equality decides."""
    if kind.by_equality:
        return reading.value == key
    return judge(kind, reading, key).verdict == "right"
