"""Tables as people save them: a CSV file of any common encoding and delimiter, read strictly."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.exam.export import unsafe

LARGEST_FILE = 100_000_000  # bytes
LARGEST_CELL = 20_000  # characters; a typed essay fits

_DELIMITERS = (",", ";", "\t", "|")
_LISTED = 10
_POINTS = re.compile(r"\d+\.\d+")  # Canvas heads the points of each question so, many alike
_ADVICE = "open it in a spreadsheet and save it as 'CSV UTF-8'"
_NOT_CSV = [
    (b"PK\x03\x04", f"this is an Excel or OpenDocument file, not CSV: {_ADVICE}"),
    (b"\xd0\xcf\x11\xe0", f"this is an old Excel file, not CSV: {_ADVICE}"),
    (b"%PDF", "this is a PDF, not CSV"),
    (b"\x1f\x8b", "this is a compressed file: unpack it first"),
    (b"<", f"this is a web page (HTML or XML), not CSV: {_ADVICE}"),
]


@dataclass(frozen=True)
class Row:
    """One row below the header; ``number`` counts as a spreadsheet does, the header being row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header and its rows (each as wide as the header), with notes on how the file was read.

    ``encoding`` and ``delimiter`` are what rows to be appended must be written in.
    """

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","


def fold(name: str) -> str:
    """A column name without regard to case and spaces: how columns are compared."""
    return "".join(name.split()).casefold()


def shown(text: str, *, most: int = 40) -> str:
    """A text as messages quote it: cut, and without characters that would steer a terminal."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in cut)


def read_table(path: Path, *, fitting: Callable[[Sequence[str]], int]) -> Table:
    """The CSV file at ``path``; its delimiter is the one whose header is the most ``fitting``.

    Raises `ExamgenError` naming file and row for anything that is not a well-formed CSV table.
    """
    text, encoding, notes = _decode(path, _content(path))
    declared, text = _declared(path, text)
    delimiter = declared or max(_DELIMITERS, key=lambda mark: fitting(_first_row(text, mark)))
    header, *rows = _rows(path, text, delimiter) or [Row(1, ())]
    if not any(cell.strip() for cell in header.cells):
        raise ExamgenError(f"{path}: the first row is empty; it must name the columns")
    names = tuple(" ".join(cell.split()) for cell in header.cells)
    while names and not names[-1]:
        names = names[:-1]
    _refuse_repeats(path, names)
    notes += _short(path, names, rows)
    return Table(path, names, tuple(_fitted(path, names, rows)), tuple(notes), encoding, delimiter)


def _declared(path: Path, text: str) -> tuple[str, str]:
    """The delimiter that a first line such as ``sep=;`` names, or ``""``, and the text below."""
    if text[:4].casefold() != "sep=":
        return "", text
    line, _, rest = text.partition("\n")
    delimiter = line[4:].removesuffix("\r")
    if delimiter not in _DELIMITERS:
        raise ExamgenError(f"{path}: line 1: 'sep=' must name a comma, a semicolon, a tab or '|'")
    return delimiter, rest


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ExamgenError(f"{path}: larger than {LARGEST_FILE // 1_000_000} MB")
        content = path.read_bytes()
    except OSError as error:
        raise ExamgenError(f"{path}: cannot be read: {error.strerror}") from error
    for start, advice in _NOT_CSV:
        if content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(start):
            raise ExamgenError(f"{path}: {advice}")
    return content


def _decode(path: Path, content: bytes) -> tuple[str, str, list[str]]:
    """The text of the file, its encoding, and a note where that had to be guessed."""
    notes = []
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-be" if content.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    elif content.count(0) * 3 > len(content):
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        where = f"byte 0x{content[error.start]:02X} in line {row}"
        try:
            text = content.decode("cp1252") if encoding == "utf-8-sig" else ""
        except UnicodeDecodeError:
            text = ""
        encoding = "cp1252"
        if not text:
            raise ExamgenError(f"{path}: neither UTF-8 nor Windows text ({where})") from error
        notes.append(f"{path.name}: not UTF-8 ({where}); read as Windows-1252, so check the names")
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise ExamgenError(f"{path}: line {row} holds a NUL character; the file is damaged")
    return text.removeprefix("\ufeff"), encoding.removesuffix("-sig"), notes


def _first_row(text: str, delimiter: str) -> tuple[str, ...]:
    line = text.partition("\n")[0]
    try:
        return tuple(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return ()


def _rows(path: Path, text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = csv.field_size_limit(LARGEST_CELL + 1)  # with the quote that `safe` puts before
    rows: list[Row] = []
    try:
        for cells in reader:
            if any(len(cell) > LARGEST_CELL and unsafe(cell) == cell for cell in cells):
                raise csv.Error("field limit")
            rows.append(Row(len(rows) + 1, tuple(cells)))
    except csv.Error as error:
        row = len(rows) + 1
        if "unexpected end of data" in str(error):
            raise ExamgenError(
                f'{path}: row {row}: a quote (") is opened and never closed'
            ) from error
        if "field limit" in str(error):
            raise ExamgenError(
                f"{path}: row {row}: a cell is longer than {LARGEST_CELL} characters"
            ) from error
        raise ExamgenError(f"{path}: row {row}: not well-formed CSV: {error}") from error
    finally:
        csv.field_size_limit(before)
    return rows


def _refuse_repeats(path: Path, names: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for name in filter(None, names):
        if _POINTS.fullmatch(name):
            continue
        if fold(name) in seen:
            raise ExamgenError(
                f"{path}: there are two columns '{shown(seen[fold(name)])}'; rename one"
            )
        seen[fold(name)] = name


def _short(path: Path, names: Sequence[str], rows: Iterable[Row]) -> list[str]:
    """A note on rows that end early, as where a file was cut off."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    short = [str(row.number) for row in filled if len(row.cells) < len(names)]
    if not short:
        return []
    more = f" and {len(short) - _LISTED} more" if len(short) > _LISTED else ""
    listed = f"row{'s' if len(short) > 1 else ''} {', '.join(short[:_LISTED])}{more}"
    return [f"{path.name}: {listed} with fewer cells than the header: the rest is read as empty"]


def _fitted(path: Path, names: Sequence[str], rows: Iterable[Row]) -> Iterable[Row]:
    """The rows that are not empty, as wide as the header."""
    width = len(names)
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        if any(cell.strip() for cell in row.cells[width:]):
            raise ExamgenError(
                f"{path}: row {row.number} has {len(row.cells)} cells, the header {width}; "
                "a cell that holds the delimiter must stand in quotes"
            )
        cells = (*row.cells, *[""] * width)[:width]
        for name, cell in zip(names, cells, strict=True):
            if not name and cell.strip():
                raise ExamgenError(f"{path}: row {row.number} fills a column without a name")
        yield Row(row.number, cells)
