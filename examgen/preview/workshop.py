"""Work on an item model in processes of their own, since an item model may fail in any way.

A process that has imported all of examgen but no item model forks one for each piece of work, so
that a source is always loaded afresh, and at once.
"""

import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection, forkserver, get_context
from multiprocessing.context import ForkServerProcess
from threading import Lock
from typing import Any

from examgen.errors import ExamgenError

MEMORY = 2**32  # bytes of addresses for one piece of work
_PATIENCE = 2.0  # seconds on the clock beyond those of computing


class Outdated(Exception):
    """The work was ended since the source has changed."""


class Workshop:
    """Where pieces of work run, asked for by any thread; ``preload`` is imported beforehand."""

    def __init__(self, *, preload: str):
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([preload])
        forkserver.ensure_running()
        self._running: set[ForkServerProcess] = set()
        self._outdated: set[ForkServerProcess] = set()
        self._lock = Lock()

    def run(self, work: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """What ``work(*arguments)`` returns, in a process of its own.

        Raises `ExamgenError` where it takes longer or ends its process, `Outdated` after `drop`.
        """
        here, there = self._context.Pipe(duplex=False)
        child = self._context.Process(
            target=_work, args=(there, work, arguments, seconds), daemon=True
        )
        with self._lock:
            child.start()
            self._running.add(child)
        there.close()
        try:
            return self._answer(child, here, seconds)
        finally:
            child.kill()
            child.join()
            with self._lock:
                self._running.discard(child)
                self._outdated.discard(child)

    def drop(self) -> None:
        """End what is running."""
        with self._lock:
            self._outdated |= self._running
            for child in self._running:
                child.kill()

    def _answer(self, child: ForkServerProcess, pipe: connection.Connection, seconds: float) -> Any:
        with pipe:
            try:
                if pipe.poll(seconds + _PATIENCE):
                    return pipe.recv()
                late = True
            except EOFError:
                child.join()
                late = child.exitcode == -signal.SIGPROF
        if child in self._outdated:
            raise Outdated
        if late:
            raise ExamgenError(f"takes longer than {seconds:g} seconds: is there an endless loop?")
        raise ExamgenError(f"ended its process (exit status {child.exitcode})")


def _work(
    pipe: connection.Connection, work: Callable[..., Any], arguments: Any, seconds: float
) -> None:
    sys.dont_write_bytecode = True  # two saves within a second would be told apart by size alone
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    signal.setitimer(signal.ITIMER_PROF, seconds)  # SIGPROF ends a process that does not catch it
    with suppress(ValueError, OSError):  # not every system bounds addresses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    pipe.send(work(*arguments))
