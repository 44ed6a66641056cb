"""Submissions: what students answered, from a table with a column a part or a row a part."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from examgen.answers import is_blank
from examgen.errors import ExamgenError, nearest
from examgen.exam.codes import parse
from examgen.exam.export import unsafe
from examgen.exam.table import Row, Table, fold, read_table, shown
from examgen.grading.exports import signature_words
from examgen.grading.headers import Layout, Naming, layout

STATUSES = ("present", "absent", "withdrawn", "void")
POLICIES = ("refuse", "first", "latest")

_WORDS = {
    "paper": ("paper", "code", "papercode"),
    "student": ("student", "id", "studentid", "studentnumber", "idnumber"),
    "name": ("name", "studentname", "fullname"),
    "status": ("status",),
    "chosen": ("chosen",),
}
_LONG = {"part": ("part", "column"), "response": ("response", "answer")}
_MOST_LISTED = 80
_UNNAMED = Naming({})


@dataclass(frozen=True)
class Sheet:
    """One student's answers as submitted; ``row`` is where they begin, ``""`` what is missing."""

    row: int
    paper: str
    student: str
    status: str
    chosen: str
    responses: Mapping[str, str]  # by the part's column, as the student wrote them
    submitted: str = ""  # the time of submission, as the table has it

    @property
    def empty(self) -> bool:
        """Whether no part is answered."""
        return all(is_blank(text) for text in self.responses.values())


@dataclass(frozen=True)
class Submissions:
    """The sheets of a file in the order of its rows, and notes on how it was read.

    ``decimal_comma`` says that numbers in it are written as ``3,14``.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    delimiter: str = ","
    decimal_comma: bool = False

    def error(self, sheet: Sheet, message: str) -> ExamgenError:
        """The error at a sheet, with file and row."""
        return ExamgenError(f"{self.path}: row {sheet.row}: {message}")


def read_submissions(
    path: Path,
    *,
    columns: Sequence[str],
    extra: Iterable[str] = (),
    duplicates: str = "refuse",
    named: Naming = _UNNAMED,
) -> Submissions:
    """The answers in a CSV file, a column a part or (columns ``part``, ``response``) a row a part.

    ``columns`` are those of the exam's parts, ``extra`` names of columns to pass over; answers to
    one part twice in a long table follow ``duplicates``. Exports of learning systems are known by
    their header; ``named`` tells the columns of any other table. Raises `ExamgenError` with file
    and row.
    """
    words = {word for group in (*_WORDS.values(), *_LONG.values()) for word in group}
    known = words | {fold(column) for column in columns}
    known |= signature_words() | {fold(name) for name in (*named.parts.values(), named.student)}
    table = read_table(path, fitting=lambda names: len({fold(name) for name in names} & known))
    if foreign := layout(table, columns, named):
        return _foreign(table, foreign)
    places = _places(table)
    if "paper" not in places and "student" not in places:
        raise ExamgenError(
            f"{path}: row 1: neither a column 'paper' nor 'student'; found {_listed(table.header)}"
        )
    if "part" in places or "response" in places:
        sheets = _long(table, places, columns, extra, duplicates)
    else:
        sheets = _wide(table, places, columns, extra)
    if not sheets:
        raise ExamgenError(f"{path}: no answers below the header")
    return Submissions(path, tuple(sheets), table.notes, table.delimiter)


def _foreign(table: Table, found: Layout) -> Submissions:
    """The sheets of an export, or of a table whose columns the user named."""
    sheets, notes = [], [*table.notes, *found.notes]
    for row in table.rows:
        if fold(row.cells[0]) == "pointspossible" or any("(read only)" in c for c in row.cells):
            notes.append(f"row {row.number}: skipped, it is no student's (points possible)")
            continue
        responses = {column: row.cells[place] for column, place in found.parts.items()}
        if found.export and found.export.escaped:
            responses = {column: text.replace("\\,", ",") for column, text in responses.items()}
        if found.export and found.export.blank:
            blank = found.export.blank
            responses = {c: "" if text.strip() == blank else text for c, text in responses.items()}
        sheets.append(_sheet(table, row, found.places, responses))
    if not sheets:
        raise ExamgenError(f"{table.path}: no answers below the header")
    return Submissions(table.path, tuple(sheets), tuple(notes), table.delimiter)


def _places(table: Table) -> dict[str, int]:
    """The place of each column that tells whose answers they are; an id wins over a 'student'."""
    names = [fold(name) for name in table.header]
    places = {
        meaning: names.index(word)
        for meaning, words in {**_WORDS, **_LONG}.items()
        for word in reversed(words)
        if word in names
    }
    if "student" in names and "id" in names:  # as Canvas has it: 'student' is then the name
        places |= {"student": names.index("id"), "name": names.index("student")}
    return places


def _wide(
    table: Table, places: Mapping[str, int], columns: Sequence[str], extra: Iterable[str]
) -> list[Sheet]:
    names = {fold(name): place for place, name in enumerate(table.header)}
    parts = {column: names[fold(column)] for column in columns if fold(column) in names}
    _refuse_unknown(table, {*places.values(), *parts.values()}, columns, extra)
    for column in columns:
        if column not in parts:
            free = [n for place, n in enumerate(table.header) if place not in parts.values()]
            raise ExamgenError(
                f"{table.path}: row 1: the column '{column}' is missing{nearest(column, free)}"
            )
    return [
        _sheet(table, row, places, {column: row.cells[at] for column, at in parts.items()})
        for row in table.rows
    ]


def _refuse_unknown(
    table: Table, used: set[int], columns: Sequence[str], extra: Iterable[str]
) -> None:
    passed = {fold(name) for name in extra}
    for place, name in enumerate(table.header):
        if name and place not in used and fold(name) not in passed:
            hint = nearest(shown(name), [*columns, *_WORDS])
            raise ExamgenError(
                f"{table.path}: row 1: the exam has no column '{shown(name)}'{hint}; "
                f"its columns are {_listed([*_WORDS, *columns])}"
            )


def _long(
    table: Table,
    places: Mapping[str, int],
    columns: Sequence[str],
    extra: Iterable[str],
    duplicates: str,
) -> list[Sheet]:
    for need in ("part", "response"):
        if need not in places:
            hint = nearest(need, table.header)
            raise ExamgenError(f"{table.path}: row 1: the column '{need}' is missing{hint}")
    _refuse_unknown(table, set(places.values()), (), extra)
    folded = {fold(column): column for column in columns}
    sheets: dict[tuple[str, str], Sheet] = {}
    rows: dict[tuple[str, str, str], int] = {}
    begun = _completed([_sheet(table, row, places, {}) for row in table.rows])
    for row, one in zip(table.rows, begun, strict=True):
        owner = (fold(one.paper), fold(one.student))
        before = sheets.setdefault(owner, one)
        responses = dict(before.responses)
        if column := _part(table, row, row.cells[places["part"]], folded):
            first = rows.setdefault((*owner, column), row.number)
            if first != row.number and duplicates == "refuse":
                raise ExamgenError(
                    f"{table.path}: rows {first} and {row.number} answer part {column} of the "
                    "same student; say which counts with --duplicates first or latest"
                )
            if first == row.number or duplicates == "latest":
                responses[column] = unsafe(row.cells[places["response"]])
        sheets[owner] = _merged(table, row, before, one, responses)
    return list(sheets.values())


def _completed(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Rows that name only their paper or only their student, with the other as other rows tell."""
    pairs = {(one.paper, one.student) for one in sheets if one.paper and one.student}
    papers = Counter(paper for paper, _ in pairs)
    students = Counter(student for _, student in pairs)
    student_of = {paper: student for paper, student in pairs if papers[paper] == 1}
    paper_of = {student: paper for paper, student in pairs if students[student] == 1}
    return [
        replace(
            one,
            paper=one.paper or paper_of.get(one.student, ""),
            student=one.student or student_of.get(one.paper, ""),
        )
        for one in sheets
    ]


def _merged(
    table: Table, row: Row, before: Sheet, one: Sheet, responses: Mapping[str, str]
) -> Sheet:
    """The sheet with a further row of a long table; status and chosen may not contradict."""
    for field in ("status", "chosen"):
        old, new = getattr(before, field), getattr(one, field)
        if old and new and old != new:
            raise ExamgenError(
                f"{table.path}: row {row.number}: {field} '{new}', but '{old}' in row {before.row}"
            )
    return replace(
        before,
        responses=responses,
        status=before.status or one.status,
        chosen=before.chosen or one.chosen,
    )


def _part(table: Table, row: Row, cell: str, folded: Mapping[str, str]) -> str:
    """The column that a cell of 'part' names; none for an empty one, as in a row with a status."""
    if not cell.strip():
        return ""
    if fold(cell) not in folded:
        part = shown(cell.strip())
        hint = nearest(part, folded.values())
        raise ExamgenError(f"{table.path}: row {row.number}: the exam has no part '{part}'{hint}")
    return folded[fold(cell)]


def _sheet(
    table: Table, row: Row, places: Mapping[str, int], responses: Mapping[str, str]
) -> Sheet:
    def cell(meaning: str) -> str:
        return unsafe(row.cells[places[meaning]].strip()) if meaning in places else ""

    status = cell("status").casefold()
    if status and status not in STATUSES:
        raise ExamgenError(
            f"{table.path}: row {row.number}: status '{shown(status)}' is none of "
            f"{_listed(STATUSES)}{nearest(shown(status), STATUSES)}"
        )
    return Sheet(
        row=row.number,
        paper=_code(cell("paper")),
        student=cell("student"),
        status=status,
        chosen=cell("chosen"),
        responses={column: unsafe(text) for column, text in responses.items()},
        submitted=cell("submitted"),
    )


def _code(text: str) -> str:
    """A paper's code as printed; a mistyped one as it is."""
    try:
        return parse(text)
    except ExamgenError:
        return text


def loose(student: str) -> str:
    """A student's number without case and without the leading zeros that spreadsheets drop."""
    folded = student.casefold()
    return folded.lstrip("0") or "0" if re.fullmatch(r"[0-9]+", folded) else folded


def _listed(names: Iterable[str]) -> str:
    quoted = [f"'{shown(name)}'" for name in names if name]
    return ", ".join(quoted[:_MOST_LISTED]) + (", …" if len(quoted) > _MOST_LISTED else "")
