"""The child process that recomputes keys: requests in, answers out, one line of JSON each.

The first request for a part of an item model loads and compiles it (trusted, slow) and says so with
an empty answer; then each computes with the student's values under a bound on time and memory.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from examgen.answers import pack_exact
from examgen.bank.load import Bank
from examgen.items import Item
from examgen.items.arrays import exact_value


def main(items: str, seconds: float, memory: int) -> None:
    """Answer the requests on standard input; what item models print does not disturb."""
    sys.dont_write_bytecode = True
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    bank = Bank(Path(items))
    compiled: set[tuple[str, str]] = set()
    for line in sys.stdin:
        request = json.loads(line)
        item = _item(bank, request)
        if (part := (request["model"], request["part"])) not in compiled:
            _compile(item, part[1])
            compiled.add(part)
            _say(answers, {})
        with _bounded(seconds, memory):
            answer = recomputed(item, request["part"], request["carried"])
        _say(answers, answer)


def _say(answers: Any, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _item(bank: Bank, request: dict[str, Any]) -> Item:
    """The item as asked."""
    model, rank = bank[request["model"]], request["rank"]
    return model.at(**request["parameters"]) if rank is None else model(rank)


def _compile(item: Item, part: str) -> None:
    """Compute the keys of a part once, so that nothing is left to be compiled."""
    item.key(part)
    item.wrong_answers(part)


def recomputed(item: Item, part: str, carried: Mapping[str, Any]) -> dict[str, Any]:
    """The key and the misconceptions' values with earlier answers replaced, or the problem."""
    item = item.carry({name: exact_value(value) for name, value in carried.items()})
    try:
        answer = {
            "key": pack_exact(item.key(part)),
            "wrong": [
                [wrong.name, None if value is None else pack_exact(value)]
                for wrong, value in item.wrong_answers(part)
            ],
        }
        json.dumps(answer)
        return answer
    except MemoryError:
        return {"problem": "needs too much memory"}
    except Exception:  # an item model may fail in any way on values that it was not made for
        return {"problem": "has no value"}


@contextmanager
def _bounded(seconds: float, memory: int) -> Iterator[None]:
    """Kill this process after so many seconds of computing; bound what memory it may add."""
    signal.setitimer(signal.ITIMER_PROF, seconds)  # SIGPROF ends a process that does not catch it
    try:
        with _less_memory(memory):
            yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def _less_memory(more: int) -> Iterator[None]:
    """At most ``more`` bytes above today's address space, where the system tells it (Linux)."""
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
