"""Keys recomputed from a student's own earlier answers, in a child process with bounds.

The formulas are those of the exam folder's own item sources, never today's bank. A process of its
own can be killed, whatever an item model does with a value that it never saw before.
"""

import json
import os
import select
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from examgen.exam.record import Packed, PrintedItem

SECONDS = 2.0  # of computing, for one part of one student
MEMORY = 2**30  # bytes, on top of what the item models take

_LOADING = 120.0  # seconds until an item model must be loaded
_REMEMBERED = 1000  # requests
_PATIENCE = 5  # times SECONDS on the clock, for a computation that sleeps
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from examgen.grading.worker import main; main(*json.loads(sys.argv[2]))"
)


@dataclass(frozen=True)
class Recomputed:
    """A part's key and wrong answers (by misconception) from earlier answers, as packed values.

    ``problem`` says why there are none: it "has no value", "takes too long", ….
    """

    key: Packed = None
    wrong: tuple[tuple[str, Packed], ...] = ()
    problem: str = ""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """What the worker answered."""
        wrong = tuple((name, value) for name, value in answer.get("wrong", ()))
        return cls(answer.get("key"), wrong, answer.get("problem", ""))


Recompute = Callable[[PrintedItem, str, Mapping[str, Packed]], Recomputed]


class Recomputer:
    """Recomputes parts by the item models in a folder; use it in ``with``, it ends its process."""

    def __init__(self, items: Path, *, seconds: float = SECONDS, memory: int = MEMORY):
        self._items = items
        self._arguments = [str(items.resolve()), seconds, memory]
        self._patience = seconds * _PATIENCE
        self._child: subprocess.Popen[bytes] | None = None
        self._read = b""  # of the child's answers, not yet taken
        self._known: OrderedDict[str, Recomputed] = OrderedDict()  # the last requests
        self._loaded: set[tuple[str, str]] = set()  # parts of models, by the present child
        self._broken: set[str] = set()  # item models that do not load: each is tried once

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell of item models that could not be loaded."""
        return tuple(
            f"{self._items / model}.py cannot be loaded: a person decides what would follow there "
            "from earlier answers; restore the file and grade again"
            for model in sorted(self._broken)
        )

    def __call__(self, item: PrintedItem, part: str, carried: Mapping[str, Packed]) -> Recomputed:
        """The part with the carried parts (by name, packed) in place of their keys."""
        request = json.dumps(
            {
                "model": item.model,
                "rank": item.rank,
                "parameters": item.parameters if item.rank is None else {},
                "part": part,
                "carried": dict(carried),
            },
            sort_keys=True,
        )
        if item.model in self._broken:
            return Recomputed(problem="could not be recomputed")
        if request not in self._known:
            self._known[request] = self._ask(request, item.model, part)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[request]

    def _ask(self, request: str, model: str, part: str) -> Recomputed:
        child = self._child or self._start()
        self._child = child
        assert child.stdin is not None
        try:
            child.stdin.write(request.encode() + b"\n")
            child.stdin.flush()
        except OSError:
            self.close()
            return Recomputed(problem="could not be recomputed")
        if (model, part) not in self._loaded:
            if self._line(child, _LOADING) is None:
                self.close()
                self._broken.add(model)
                return Recomputed(problem="could not be recomputed")
            self._loaded.add((model, part))
        answer = self._line(child, self._patience)
        if answer is None:
            self.close()
            return Recomputed(problem="takes too long")
        return Recomputed.of(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        path = [entry or os.getcwd() for entry in sys.path]
        return subprocess.Popen(
            [sys.executable, "-c", _BOOT, json.dumps(path), json.dumps(self._arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _line(self, child: subprocess.Popen[bytes], seconds: float) -> dict[str, Any] | None:
        """The child's next line; None when it ended, or took longer than ``seconds``."""
        assert child.stdout is not None
        end = time.monotonic() + seconds
        while b"\n" not in self._read:
            left = max(0.0, end - time.monotonic())
            if not select.select([child.stdout], [], [], left)[0]:
                return None
            block = os.read(child.stdout.fileno(), 1 << 16)
            if not block:
                return None
            self._read += block
        line, _, self._read = self._read.partition(b"\n")
        answer = json.loads(line)
        assert isinstance(answer, dict)
        return answer

    def close(self) -> None:
        """End the child process."""
        child, self._child, self._read = self._child, None, b""
        self._loaded.clear()
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
