"""Which public engine functions a piece of bank code runs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any


@contextmanager
def engine_calls() -> Iterator[set[str]]:
    """Collects the names of the public engine functions that are run inside the block."""
    called: set[str] = set()
    known: dict[CodeType, str] = {}

    def watch(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            code = frame.f_code
            if code not in known:
                known[code] = _public_name(frame)
            if known[code]:
                called.add(known[code])

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield called
    finally:
        sys.setprofile(before)


def _public_name(frame: FrameType) -> str:
    """The name of the public engine function that a frame runs, or ""."""
    if not frame.f_globals.get("__name__", "").startswith("examgen.engine"):
        return ""
    engine = sys.modules["examgen.engine"]
    name = frame.f_code.co_name
    if name not in getattr(engine, "__all__", ()):  # being imported
        return ""
    function = getattr(engine, name)
    return name if getattr(function, "__code__", None) is frame.f_code else ""
