"""Watching the files beside an item model: each change has a number."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

PERIOD = 0.05  # seconds between two looks

_Signature = tuple[tuple[str, int, int, int], ...]


class Watch:
    """The number of changes seen in a folder so far; ``changed`` is called at each.

    An item model may import a file beside it and has its texts there, so all of them count.
    """

    def __init__(self, folder: Path, changed: Callable[[], None]):
        self._folder, self._changed = folder, changed
        self._number = 0
        self._news = threading.Condition()
        self._ended = threading.Event()
        self._seen = signature(folder)
        threading.Thread(target=self._look, daemon=True).start()

    @property
    def number(self) -> int:
        """How many changes there were."""
        return self._number

    def after(self, number: int, *, seconds: float) -> int:
        """The number as soon as it is another one, the same after so many seconds or the end."""
        with self._news:
            self._news.wait_for(lambda: self.closed or self._number != number, timeout=seconds)
            return self._number

    @property
    def closed(self) -> bool:
        """Whether nobody looks any more."""
        return self._ended.is_set()

    def close(self) -> None:
        """Look no more, and let nobody wait."""
        self._ended.set()
        with self._news:
            self._news.notify_all()

    def _look(self) -> None:
        while not self._ended.wait(PERIOD):
            now = signature(self._folder)
            if now != self._seen:
                self._seen = now
                self._changed()
                with self._news:
                    self._number += 1
                    self._news.notify_all()


def signature(folder: Path) -> _Signature:
    """What tells one state of a folder's sources from another: name, time, size and inode."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".md", ".toml")):
                    state = entry.stat()
                    found.append((entry.name, state.st_mtime_ns, state.st_size, state.st_ino))
    except OSError:  # a file that is being replaced: the next look sees it
        return ()
    return tuple(sorted(found))
