"""Tables with a row a part, which are gathered into sheets."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from examgen.errors import ExamgenError, nearest
from examgen.exam.table import Row, Table, fold, shown
from examgen.grading.duplicates import last_time, latest, rows_in_words
from examgen.grading.scratch import Places, Spool, database
from examgen.grading.sheet import Sheet, read_sheet


def long_sheets(
    table: Table, places: Mapping[str, int], columns: Sequence[str], duplicates: str
) -> Iterator[Sheet]:
    """The sheets of a table with a row a part; rows wait on disk until all of a sheet are there."""
    folded = {fold(column): column for column in columns}
    both = {"paper", "student"} <= places.keys()
    pairs = _Pairs(read_sheet(table, row, places, {}) for row in table.rows) if both else None
    rows: Spool[Sheet] = Spool()
    owners = Places()
    for row in table.rows:
        column = _part(table, row, row.cells[places["part"]], folded)
        responses = {column: row.cells[places["response"]]} if column else {}
        sheet = read_sheet(table, row, places, responses)
        sheet = pairs.completed(sheet) if pairs else sheet
        owner = json.dumps([fold(sheet.paper), fold(sheet.student)])
        owners.add(owner, rows.add(sheet))
    for _, found in owners:
        yield _merged(table, map(rows.at, found), duplicates, timed="submitted" in places)


class _Pairs:
    """Which paper goes with which student, as rows tell that name both."""

    def __init__(self, sheets: Iterable[Sheet]):
        self._pairs = database()
        self._pairs.execute("CREATE TABLE pairs (paper, student, UNIQUE (paper, student))")
        both = ((one.paper, one.student) for one in sheets if one.paper and one.student)
        self._pairs.executemany("INSERT OR IGNORE INTO pairs VALUES (?, ?)", both)
        self._pairs.execute("CREATE INDEX by_student ON pairs (student)")

    def completed(self, one: Sheet) -> Sheet:
        """A row that names only its paper or only its student, with the other."""
        if one.paper and one.student:
            return one
        return replace(
            one,
            paper=one.paper or self._only("paper", "student", one.student),
            student=one.student or self._only("student", "paper", one.paper),
        )

    def _only(self, wanted: str, by: str, name: str) -> str:
        """The only paper or student that goes with a name, else ``""``."""
        query = f"SELECT {wanted} FROM pairs WHERE {by} = ? LIMIT 2"
        found = self._pairs.execute(query, (name,)).fetchall()
        return found[0][0] if len(found) == 1 else ""


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
