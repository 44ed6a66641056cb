"""Worker processes: how many, and that they end with this one however it ends."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
AHEAD = 3  # tasks for each worker that wait or are worked on


def cores() -> int:
    """The cores that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def process_pool(
    workers: int, begin: Callable[..., None] | None = None, *arguments: Any
) -> ProcessPoolExecutor:
    """Workers in fresh processes, each of which calls ``begin(*arguments)`` first."""
    return ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(begin, arguments),
    )


def in_order(
    executor: ProcessPoolExecutor,
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    *,
    workers: int,
) -> Iterator[tuple[Task, Result]]:
    """Each task with its result, in order; only so many are under way that memory does not grow."""
    waiting: deque[tuple[Task, Future[Result]]] = deque()
    for task in tasks:
        waiting.append((task, executor.submit(work, task)))
        if len(waiting) > AHEAD * workers:
            done, future = waiting.popleft()
            yield done, future.result()
    while waiting:
        done, future = waiting.popleft()
        yield done, future.result()


def _begin(begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """End with the parent, also when that is killed; Ctrl-C is for the parent alone.

    A worker that it ended would look to the parent as if it had been killed for want of memory.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_wait_for_parent, daemon=True).start()
    if begin is not None:
        begin(*arguments)


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
