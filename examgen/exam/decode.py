"""Text files as people save them: which encoding a file is in, and its lines, one at a time."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from examgen.errors import ExamgenError

LONGEST_LINE = 4_000_000  # characters; a row of 200 essays fits

_BLOCK = 1 << 20  # bytes looked at together
_ADVICE = "open it in a spreadsheet and save it as 'CSV UTF-8'"
_NOT_CSV = [
    (b"PK\x03\x04", f"this is an Excel or OpenDocument file, not CSV: {_ADVICE}"),
    (b"\xd0\xcf\x11\xe0", f"this is an old Excel file, not CSV: {_ADVICE}"),
    (b"%PDF", "this is a PDF, not CSV"),
    (b"\x1f\x8b", "this is a compressed file: unpack it first"),
    (b"<", f"this is a web page (HTML or XML), not CSV: {_ADVICE}"),
]


def encoding_of(path: Path) -> tuple[str, tuple[str, ...]]:
    """The encoding that the whole file is well-formed in, and a note where that was a guess.

    Raises `ExamgenError` naming byte and line for text in none, and for files that are no text.
    """
    try:
        if path.is_fifo():  # it could be read once only
            raise ExamgenError(f"{path}: a pipe, not a file; save it first")
        with path.open("rb") as file:
            encoding = _guess(path, file.read(_BLOCK))
            where = _undecodable(path, file, encoding)
            if not where:
                return encoding, ()
            if encoding != "utf-8" or _undecodable(path, file, "cp1252"):
                raise ExamgenError(f"{path}: neither UTF-8 nor Windows text ({where})")
    except OSError as error:
        raise ExamgenError(f"{path}: cannot be read: {error.strerror}") from error
    note = f"{path.name}: not UTF-8 ({where}); read as Windows-1252, so check the names"
    return "cp1252", (note,)


def lines(path: Path, encoding: str) -> Iterator[str]:
    """The lines of a text file with their ends, without a byte-order mark; memory holds one."""
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        while line := file.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
                raise ExamgenError(
                    f"{path}: line {number} is longer than {LONGEST_LINE:,} characters"
                )
            yield line.removeprefix("\ufeff") if number == 1 else line


def _guess(path: Path, start: bytes) -> str:
    """The encoding that a file's first bytes speak for."""
    for mark, advice in _NOT_CSV:
        if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(mark):
            raise ExamgenError(f"{path}: {advice}")
    if start.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if start.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if start.count(0) * 3 > len(start):
        return "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
    return "utf-8"


def _undecodable(path: Path, file: BinaryIO, encoding: str) -> str:
    """Where the file is not in the encoding, ``""`` where it is; a NUL is refused."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before = 1
    file.seek(0)
    while True:
        block = file.read(_BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            line = before + error.object.count(b"\n", 0, error.start)
            return f"byte 0x{error.object[error.start]:02X} in line {line}"
        if "\0" in text:
            line = before + text.count("\n", 0, text.index("\0"))
            raise ExamgenError(f"{path}: line {line} holds a NUL character; the file is damaged")
        if not block:
            return ""
        before += text.count("\n")
