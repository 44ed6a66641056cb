"""Tables as people save them: a CSV file of any common encoding and delimiter, read strictly."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.exam.decode import encoding_of, lines
from examgen.exam.export import unsafe

LARGEST_CELL = 20_000  # characters; a typed essay fits

_DELIMITERS = (",", ";", "\t", "|")
_LISTED = 10
_POINTS = re.compile(r"\d+\.\d+")  # Canvas heads the points of each question so, many alike


@dataclass(frozen=True)
class Row:
    """One row below the header; ``number`` counts as a spreadsheet does, the header being row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table on disk, checked from end to end, with notes on how it was read.

    ``encoding`` and ``delimiter`` are what rows to be appended must be written in.
    """

    path: Path
    header: tuple[str, ...]
    notes: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    skipped: int = field(default=0, repr=False)  # lines above the header

    @property
    def rows(self) -> Iterator[Row]:
        """The rows that are not empty, as wide as the header, read anew and one at a time."""
        rows = _rows(self.path, self.encoding, self.delimiter, self.skipped)
        next(rows)
        return (row for row, _ in _fitted(self.path, self.header, rows))


def fold(name: str) -> str:
    """A column name without regard to case and spaces: how columns are compared."""
    return "".join(name.split()).casefold()


def shown(text: str, *, most: int = 40) -> str:
    """A text as messages quote it: cut, and without characters that would steer a terminal."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in cut)


def read_table(path: Path, *, fitting: Callable[[Sequence[str]], int]) -> Table:
    """The CSV file at ``path``; its delimiter is the one whose header is the most ``fitting``.

    Raises `ExamgenError` naming file and row for anything that is not a well-formed CSV table. The
    file is read twice, here for its faults, and never held in memory.
    """
    encoding, notes = encoding_of(path)
    declared, first = _declared(path, encoding)
    delimiter = declared or max(_DELIMITERS, key=lambda mark: fitting(_cells(first, mark)))
    skipped = int(bool(declared))
    rows = _rows(path, encoding, delimiter, skipped)
    header = next(rows, Row(1, ()))
    if not any(cell.strip() for cell in header.cells):
        raise ExamgenError(f"{path}: the first row is empty; it must name the columns")
    names = tuple(" ".join(cell.split()) for cell in header.cells)
    while names and not names[-1]:
        names = names[:-1]
    _refuse_repeats(path, names)
    short = (row.number for row, missing in _fitted(path, names, rows) if missing)
    return Table(path, names, (*notes, *_short(path, short)), encoding, delimiter, skipped)


def _declared(path: Path, encoding: str) -> tuple[str, str]:
    """The delimiter that a first line such as ``sep=;`` names, or ``""``, and the first line."""
    line = next(lines(path, encoding), "")
    if line[:4].casefold() != "sep=":
        return "", line
    delimiter = line[4:].rstrip("\r\n")
    if delimiter not in _DELIMITERS:
        raise ExamgenError(f"{path}: line 1: 'sep=' must name a comma, a semicolon, a tab or '|'")
    return delimiter, line


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return ()


def _rows(path: Path, encoding: str, delimiter: str, skipped: int) -> Iterator[Row]:
    """All rows of a file, the header first."""
    text = lines(path, encoding)
    for _ in range(skipped):
        next(text, "")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), 1):
            if max(map(len, cells), default=0) > LARGEST_CELL and _too_long(cells):
                raise csv.Error("field limit")
            yield Row(number, tuple(cells))
    except csv.Error as error:
        row = f"{path}: row {number + (str(error) != 'field limit')}"
        if "unexpected end of data" in str(error):
            raise ExamgenError(f'{row}: a quote (") is opened and never closed') from error
        if "field limit" in str(error):
            raise ExamgenError(f"{row}: a cell is longer than {LARGEST_CELL} characters") from error
        raise ExamgenError(f"{row}: not well-formed CSV: {error}") from error


def _too_long(cells: Sequence[str]) -> bool:
    """Whether a cell is too long, the quote aside that `safe` puts before it."""
    return any(len(unsafe(cell)) > LARGEST_CELL for cell in cells)


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


def _short(path: Path, numbers: Iterable[int]) -> Iterator[str]:
    """A note on rows that end early, as where a file was cut off."""
    first: list[int] = []
    more = 0
    for number in numbers:
        if len(first) < _LISTED:
            first.append(number)
        else:
            more += 1
    if first:
        listed = f"row{'s' if len(first) > 1 else ''} {', '.join(map(str, first))}"
        rest = f" and {more} more" if more else ""
        yield (
            f"{path.name}: {listed}{rest} with fewer cells than the header: the rest is read as "
            "empty"
        )


def _fitted(path: Path, names: Sequence[str], rows: Iterable[Row]) -> Iterator[tuple[Row, bool]]:
    """The rows that are not empty, as wide as the header, and whether cells were missing."""
    width = len(names)
    unnamed = [place for place, name in enumerate(names) if not name]
    for row in rows:
        cells = row.cells
        if not any(map(str.strip, cells)):
            continue
        if len(cells) > width and any(map(str.strip, cells[width:])):
            raise ExamgenError(
                f"{path}: row {row.number} has {len(cells)} cells, the header {width}; "
                "a cell that holds the delimiter must stand in quotes"
            )
        if len(cells) != width:
            row = Row(row.number, (*cells, *[""] * width)[:width])
        if any(row.cells[place].strip() for place in unnamed):
            raise ExamgenError(f"{path}: row {row.number} fills a column without a name")
        yield row, len(cells) < width
