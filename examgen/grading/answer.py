"""What stands behind a cell: the answer kind of a part, and the reading of a response."""

import json
from functools import cache, lru_cache

from examgen.answers import Kind, OneChoice, Reading, SeveralChoices, Unreadable, kind_from
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
