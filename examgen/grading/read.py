"""Submissions: what students answered, from a table with a column a part or a row a part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from examgen.errors import ExamgenError, nearest
from examgen.exam.table import Table, fold, read_table, shown
from examgen.grading.exports import is_service_row, signature_words
from examgen.grading.headers import Layout, Naming, layout
from examgen.grading.long_table import long_sheets
from examgen.grading.sheet import Sheet, listed, read_sheet

WORDS = {
    "paper": ("paper", "code", "papercode"),
    "student": ("student", "id", "studentid", "studentnumber", "idnumber"),
    "name": ("name", "studentname", "fullname"),
    "status": ("status",),
    "chosen": ("chosen",),
    "submitted": ("submitted", "timestamp", "time"),
}
LONG = {"part": ("part", "column"), "response": ("response", "answer")}
_UNNAMED = Naming({})


class Submissions:
    """The sheets of a file, read one at a time in the order of its rows.

    ``mapping`` tells what the columns of a foreign table were taken for; ``notes`` what was odd, to
    which going through the sheets adds. ``timed`` is whether there are times of submission,
    ``decimal_comma`` whether numbers are written as ``3,14``.
    """

    def __init__(
        self,
        path: Path,
        sheets: Iterable[Sheet],
        notes: list[str],
        *,
        timed: bool,
        decimal_comma: bool,
        mapping: tuple[str, ...] = (),
    ):
        self.path, self.notes, self.timed, self.mapping = path, notes, timed, mapping
        self.decimal_comma = decimal_comma
        self._sheets = sheets

    def __iter__(self) -> Iterator[Sheet]:
        """The sheets, once; raises `ExamgenError` with file and row."""
        empty = True
        for sheet in self._sheets:
            empty = False
            yield sheet
        if empty:
            raise ExamgenError(f"{self.path}: no answers below the header")


def read_submissions(
    path: Path,
    *,
    columns: Sequence[str],
    extra: Iterable[str] = (),
    duplicates: str = "refuse",
    named: Naming = _UNNAMED,
    asked: bool | None = None,
    usual: bool | None = None,
) -> Submissions:
    """The answers in a CSV file, a column a part or (columns ``part``, ``response``) a row a part.

    ``columns`` are those of the exam's parts, ``extra`` names of columns to pass over; answers to
    one part twice in a long table follow ``duplicates``. Exports of learning systems are known by
    their header; ``named`` tells the columns of any other table. Decimals have commas as ``asked``,
    else as is ``usual`` in the exam, else in a table with semicolons. Raises `ExamgenError` with
    file and row.
    """
    words = {word for group in (*WORDS.values(), *LONG.values()) for word in group}
    known = words | {fold(column) for column in columns}
    known |= signature_words() | {fold(name) for name in (*named.parts.values(), named.student)}
    table = read_table(path, fitting=lambda names: len({fold(name) for name in names} & known))
    comma, why = _decimals(table, asked, usual)
    notes = [*table.notes, *why]
    if foreign := layout(table, columns, named):
        timed = "submitted" in foreign.places
        sheets = _foreign(table, foreign, notes)
        return Submissions(
            path, sheets, notes, timed=timed, decimal_comma=comma, mapping=foreign.notes
        )
    places = _places(table)
    if "paper" not in places and "student" not in places:
        raise ExamgenError(
            f"{path}: row 1: neither a column 'paper' nor 'student'; found {listed(table.header)}"
        )
    if "part" in places or "response" in places:
        for need in ("part", "response"):
            if need not in places:
                hint = nearest(need, table.header)
                raise ExamgenError(f"{path}: row 1: the column '{need}' is missing{hint}")
        _refuse_unknown(table, set(places.values()), (), extra)
        sheets = long_sheets(table, places, columns, duplicates)
    else:
        sheets = _wide(table, places, _part_places(table, places, columns, extra))
    timed = "submitted" in places
    return Submissions(path, sheets, notes, timed=timed, decimal_comma=comma)


def _decimals(table: Table, asked: bool | None, usual: bool | None) -> tuple[bool, list[str]]:
    """Whether decimals have commas, and a note where that may surprise."""
    semicolons = table.delimiter == ";"
    if asked is not None:
        comma, why = asked, "as asked"
    elif usual is not None:
        comma, why = usual, "as the blueprint says"
    else:
        comma, why = semicolons, "as usual in a table with semicolons (else: --decimal-point)"
    if not comma and not semicolons:
        return comma, []
    written = "commas" if comma else "points"
    return comma, [f"{table.path.name}: read with decimal {written}, {why}"]


def _foreign(table: Table, found: Layout, notes: list[str]) -> Iterator[Sheet]:
    """The sheets of an export, or of a table whose columns the user named."""
    owners = [place for what, place in found.places.items() if what in ("student", "paper")]
    for row in table.rows:
        if is_service_row(row.cells) and not any(row.cells[place].strip() for place in owners):
            notes.append(f"row {row.number}: skipped, it is no student's")
            continue
        responses = {column: row.cells[place] for column, place in found.parts.items()}
        if found.export and found.export.escaped:
            responses = {column: text.replace("\\,", ",") for column, text in responses.items()}
        if found.export and found.export.blank:
            blank = found.export.blank
            responses = {c: "" if text.strip() == blank else text for c, text in responses.items()}
        yield read_sheet(table, row, found.places, responses)


def _places(table: Table) -> dict[str, int]:
    """The place of each column that tells whose answers they are; an id wins over a 'student'."""
    names = [fold(name) for name in table.header]
    places = {
        meaning: names.index(word)
        for meaning, words in {**WORDS, **LONG}.items()
        for word in reversed(words)
        if word in names
    }
    if "student" in names and "id" in names:  # as Canvas has it: 'student' is then the name
        places |= {"student": names.index("id"), "name": names.index("student")}
    return places


def _part_places(
    table: Table, places: Mapping[str, int], columns: Sequence[str], extra: Iterable[str]
) -> dict[str, int]:
    """The place of each part's column in a table of our own form."""
    names = {fold(name): place for place, name in enumerate(table.header)}
    parts = {column: names[fold(column)] for column in columns if fold(column) in names}
    _refuse_unknown(table, {*places.values(), *parts.values()}, columns, extra)
    for column in columns:
        if column not in parts:
            free = [n for place, n in enumerate(table.header) if place not in parts.values()]
            raise ExamgenError(
                f"{table.path}: row 1: the column '{column}' is missing{nearest(column, free)}"
            )
    return parts


def _wide(table: Table, places: Mapping[str, int], parts: Mapping[str, int]) -> Iterator[Sheet]:
    for row in table.rows:
        responses = {column: row.cells[at] for column, at in parts.items()}
        yield read_sheet(table, row, places, responses)


def _refuse_unknown(
    table: Table, used: set[int], columns: Sequence[str], extra: Iterable[str]
) -> None:
    passed = {fold(name) for name in extra}
    for place, name in enumerate(table.header):
        if name and place not in used and fold(name) not in passed:
            hint = nearest(shown(name), [*columns, *WORDS])
            raise ExamgenError(
                f"{table.path}: row 1: the exam has no column '{shown(name)}'{hint}; "
                f"its columns are {listed([*WORDS, *columns])}"
            )
