"""Tables with a row a part, which are gathered into sheets."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from examgen.errors import ExamgenError, nearest
from examgen.exam.table import Row, Table, fold, shown
from examgen.grading.duplicates import last_time, latest, rows_in_words
from examgen.grading.sheet import Sheet, read_sheet
from examgen.grading.spool import Spool


def long_sheets(
    table: Table, places: Mapping[str, int], columns: Sequence[str], duplicates: str
) -> Iterator[Sheet]:
    """The sheets of a table with a row a part; rows wait on disk until all of a sheet are there."""
    folded = {fold(column): column for column in columns}
    both = {"paper", "student"} <= places.keys()
    pairs = _Pairs(read_sheet(table, row, places, {}) for row in table.rows) if both else None
    rows: Spool[Sheet] = Spool()
    owners: dict[tuple[str, str], array[int]] = {}
    for row in table.rows:
        column = _part(table, row, row.cells[places["part"]], folded)
        responses = {column: row.cells[places["response"]]} if column else {}
        sheet = read_sheet(table, row, places, responses)
        sheet = pairs.completed(sheet) if pairs else sheet
        owner = (fold(sheet.paper), fold(sheet.student))
        owners.setdefault(owner, array("Q")).append(rows.add(sheet))
    for found in owners.values():
        yield _merged(table, map(rows.at, found), duplicates, timed="submitted" in places)


class _Pairs:
    """Which paper goes with which student, as rows tell that name both."""

    def __init__(self, sheets: Iterable[Sheet]):
        pairs = {(one.paper, one.student) for one in sheets if one.paper and one.student}
        papers = Counter(paper for paper, _ in pairs)
        students = Counter(student for _, student in pairs)
        self._students = {paper: student for paper, student in pairs if papers[paper] == 1}
        self._papers = {student: paper for paper, student in pairs if students[student] == 1}

    def completed(self, one: Sheet) -> Sheet:
        """A row that names only its paper or only its student, with the other."""
        return replace(
            one,
            paper=one.paper or self._papers.get(one.student, ""),
            student=one.student or self._students.get(one.paper, ""),
        )


def _merged(table: Table, sheets: Iterable[Sheet], duplicates: str, *, timed: bool) -> Sheet:
    """The sheet of one student from rows with a part each, which may not contradict."""
    whole, *others = sheets
    rows: dict[str, list[Sheet]] = {column: [whole] for column in whole.responses}
    for one in others:
        for field in ("status", "chosen"):
            old, new = getattr(whole, field), getattr(one, field)
            if old and new and old != new:
                raise ExamgenError(
                    f"{table.path}: row {one.row}: {field} '{new}', but '{old}' in row {whole.row}"
                )
        for column in one.responses:
            rows.setdefault(column, []).append(one)
        whole = replace(whole, status=whole.status or one.status, chosen=whole.chosen or one.chosen)
    counting = {
        column: found[0] if len(found) == 1 else _one(table, column, found, duplicates, timed)
        for column, found in rows.items()
    }
    return replace(
        whole,
        responses={column: one.responses[column] for column, one in counting.items()},
        submitted=last_time(one.submitted for one in counting.values()),
    )


def _one(table: Table, column: str, found: Sequence[Sheet], duplicates: str, timed: bool) -> Sheet:
    """The row that counts of several with an answer to one part."""
    listed = rows_in_words([one.row for one in found])
    if duplicates not in ("first", "latest"):
        raise ExamgenError(
            f"{table.path}: {listed} answer part {column} of the same student; say which counts "
            "with --duplicates first or latest"
        )
    if duplicates == "first" or not timed:
        return found[0 if duplicates == "first" else -1]
    place = latest([one.submitted for one in found])
    if place is None:
        raise ExamgenError(
            f"{table.path}: {listed} answer part {column} of the same student, and their times do "
            "not tell which is the latest; keep one"
        )
    return found[place]


def _part(table: Table, row: Row, cell: str, folded: Mapping[str, str]) -> str:
    """The column that a cell of 'part' names; none for an empty one, as in a row with a status."""
    if not cell.strip():
        return ""
    if fold(cell) not in folded:
        part = shown(cell.strip())
        hint = nearest(part, folded.values())
        raise ExamgenError(f"{table.path}: row {row.number}: the exam has no part '{part}'{hint}")
    return folded[fold(cell)]
