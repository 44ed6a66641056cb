"""Atomic writes: a file is either the old one or the whole new one, never half of it."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from examgen.errors import ExamgenError


class Draft:
    """A text file in the making: written beside its place, and there only when kept.

    Use it in ``with``; what is not kept is gone. ``private`` makes it readable by its owner only;
    else a file that is there keeps its mode. Raises `ExamgenError` when the disk is full or the
    folder cannot be written.
    """

    def __init__(self, path: Path, *, private: bool = False):
        self.path, self._private = path, private
        self._kept = False

    def __enter__(self) -> Self:
        with _told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._mode = 0o600 if self._private else _mode(self.path)
            handle, self._name = tempfile.mkstemp(
                prefix=f".{self.path.name}.", suffix=".part", dir=self.path.parent
            )
            try:
                self._file = os.fdopen(handle, "wb")
            except BaseException:
                os.unlink(self._name)
                raise
        return self

    def write(self, text: str | bytes) -> None:
        """Add bytes, or text in UTF-8 with the line ends as given."""
        with _told(self.path):
            self._file.write(text.encode("utf-8") if isinstance(text, str) else text)

    def keep(self) -> None:
        """Put the file in its place, once it is safely on the disk."""
        with _told(self.path):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.chmod(self._name, self._mode)
            os.replace(self._name, self.path)
            self._kept = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._kept:
            with suppress(OSError):  # as of a full disk, which was told before
                self._file.close()
            os.unlink(self._name)


def write_bytes(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a whole file, as a `Draft` that is kept."""
    with Draft(path, private=private) as draft:
        draft.write(content)
        draft.keep()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell of what the disk refuses."""
    try:
        yield
    except OSError as error:
        raise ExamgenError(f"{path}: cannot be written: {error.strerror or error}") from error


def _mode(path: Path) -> int:
    """The permissions of a file, or those of a new one."""
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644


def write_text(path: Path, content: str, *, private: bool = False) -> None:
    """Write UTF-8 text with the line ends as given; see `write_bytes`."""
    write_bytes(path, content.encode("utf-8"), private=private)
