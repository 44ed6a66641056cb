"""Behind a cell: the answer kind of a part, the reading of a response, its judgement."""

from functools import lru_cache
from typing import Any

from examgen.answers import Judgement, Kind, Reading, Unreadable, Value, kind_from
from examgen.exam.record import PrintedPart

REMEMBERED = 5_000  # responses; more would only fill memory

_kinds: dict[str, Kind] = {}


def kind_of(part: PrintedPart) -> Kind:
    """The answer kind of a part."""
    return kind_by(part.kind)


def kind_by(settings: dict[str, Any]) -> Kind:
    """The answer kind with the settings of a record, the same object for the same settings."""
    name = repr(settings)
    if name not in _kinds:
        _kinds[name] = kind_from(settings)
    return _kinds[name]


@lru_cache(maxsize=REMEMBERED)
def read(kind: Kind, text: str, *, decimal_comma: bool) -> Reading | Unreadable:
    """The reading of a response, or why there is none; remembered, for many write the same."""
    try:
        return kind.read(text, decimal_comma=decimal_comma)
    except Unreadable as problem:
        return problem.with_traceback(None)


@lru_cache(maxsize=REMEMBERED)
def judge(kind: Kind, reading: Reading, key: Value) -> Judgement:
    """The kind's judgement, remembered."""
    return kind.judge(reading, key)


def is_right(kind: Kind, reading: Reading, key: Value) -> bool:
    """Whether the kind judges a reading right, without the evidence where equality decides."""
    if kind.by_equality:
        return reading.value == key
    return judge(kind, reading, key).verdict == "right"
