"""Patience: a bound on the work that an author's code may make of one item."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from examgen.errors import ExamgenError
from examgen.items import Item

LONGEST = 20.0  # seconds of processor time


class TakesTooLong(ExamgenError):
    """An item whose keys, conditions or oracle do not come to an end."""


class _Endless(BaseException):
    """Raised where the code is at work; no `except Exception` of the author's may catch it."""


@contextmanager
def patience(item: Item, seconds: float | None = None) -> Iterator[None]:
    """Bound the processor time spent on an item; TakesTooLong once it is over.

    Signals reach the main thread alone: in others there is no bound; one that is set already stays.
    A single call of compiled code is not interrupted.
    """
    if current_thread() is not main_thread() or any(signal.getitimer(signal.ITIMER_PROF)):
        yield
        return
    longest = LONGEST if seconds is None else seconds
    before = signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, longest)
    try:
        yield
    except _Endless as endless:
        message = f"{item!r} takes longer than {longest:g} seconds: is there an endless loop?"
        raise TakesTooLong(message).with_traceback(endless.__traceback__) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise _Endless
