"""Atomic writes: a file is either the old one or the whole new one, never half of it."""

import os
import stat
import tempfile
from pathlib import Path

from examgen.errors import ExamgenError


def write_bytes(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write to a neighbour first and rename.

    ``private`` makes it readable by its owner only; else a file that is there keeps its mode.
    Raises `ExamgenError` when the disk is full or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = 0o600 if private else _mode(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, mode)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise ExamgenError(f"{path}: cannot be written: {error.strerror or error}") from error


def _mode(path: Path) -> int:
    """The permissions of a file, or those of a new one."""
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644


def write_text(path: Path, content: str, *, private: bool = False) -> None:
    """Write UTF-8 text with the line ends as given; see `write_bytes`."""
    write_bytes(path, content.encode("utf-8"), private=private)
