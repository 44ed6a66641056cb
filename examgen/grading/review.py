"""The review table: read back what a human filled in, and never lose it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from examgen.errors import ExamgenError, nearest
from examgen.exam.export import number, to_csv, unsafe
from examgen.exam.marking import half_up
from examgen.exam.table import Row, Table, fold, read_table, shown
from examgen.grading.outcome import SHEET, ReviewRow
from examgen.grading.sheet import loose

REVIEW = "review.csv"
HEADER = ("paper", "student", "part", "response", "why", "suggested", "key", "marks", "comment")
_NEEDED = ("student", "part", "marks", "comment")
_MARKS = re.compile(r"(?P<whole>\d{1,9})?(?:[.,](?P<places>\d{0,9})|/(?P<over>[1-9]\d{0,8}))?")

Key = tuple[str, str]  # student and part


class Reviewed:
    """The rows of a review that a human filled in, by student and part."""

    def __init__(
        self, path: Path, rows: Mapping[Key, tuple[int, ReviewRow]], notes: Sequence[str] = ()
    ):
        self.path, self.rows, self.notes = path, rows, tuple(notes)

    def row(self, student: str, part: str) -> ReviewRow | None:
        """The filled row of a student's part."""
        return self.rows[student, part][1] if (student, part) in self.rows else None

    def error(self, student: str, part: str, message: str) -> ExamgenError:
        """The error at a filled row, with file and row."""
        return ExamgenError(f"{self.path}: row {self.rows[student, part][0]}: {message}")

    def marks(
        self, student: str, part: str, *, out_of: Fraction, step: Fraction
    ) -> Fraction | None:
        """The marks that a human gave, None without any.

        Raises `ExamgenError` with the row unless they are 0 to ``out_of`` in the exam's steps.
        """
        row = self.row(student, part)
        if row is None or not row.marks.strip():
            return None
        marks = parse_marks(row.marks)
        if marks is None:
            wrong = f"'{shown(row.marks)}' is not a number of marks, such as 1.5"
            raise self.error(student, part, wrong)
        if not 0 <= marks <= out_of:
            wrong = f"{row.marks.strip()} marks for part {part}, which has 0 to {number(out_of)}"
            raise self.error(student, part, wrong)
        if marks not in (half_up(marks, step), out_of):
            wrong = f"{row.marks.strip()} marks: they go in steps of {step}"
            raise self.error(student, part, wrong)
        return marks


def parse_marks(text: str) -> Fraction | None:
    """A number of marks such as ``1``, ``1.5``, ``1,5`` or ``3/2``; None for anything else."""
    match = _MARKS.fullmatch(text.strip())
    if not match or not (match["whole"] or match["places"]):
        return None
    whole = Fraction(int(match["whole"] or 0))
    if match["over"]:
        return whole / int(match["over"])
    places = match["places"] or ""
    return whole + Fraction(int(places or 0), 10 ** len(places))


def read_review(path: Path, *, students: Collection[str], columns: Sequence[str]) -> Reviewed:
    """The filled rows of ``review.csv``; none without such a file.

    Raises `ExamgenError` with file and row for rows that do not belong to the exam.
    """
    if not path.is_file():
        return Reviewed(path, {})
    table = read_table(path, fitting=lambda names: len({*map(fold, names)} & {*HEADER}))
    places = {fold(name): place for place, name in enumerate(table.header)}
    for name in _NEEDED:
        if name not in places:
            hint = nearest(name, table.header)
            raise ExamgenError(f"{path}: row 1: the column '{name}' is missing{hint}")
    for name in table.header:
        if name and fold(name) not in HEADER:
            raise ExamgenError(
                f"{path}: row 1: the column '{shown(name)}' would be lost; take it out, "
                "remarks belong in 'comment'"
            )
    rows: dict[Key, tuple[int, ReviewRow]] = {}
    for row in table.rows:
        review = _row(row, places)
        if not review.filled:
            continue
        review = replace(review, student=_as_registered(review.student, students))
        _check(table, row, review, students, columns)
        key = (review.student, review.part)
        if key in rows:
            raise ExamgenError(
                f"{path}: rows {rows[key][0]} and {row.number} are both about part {review.part} "
                f"of student '{review.student}'"
            )
        rows[key] = (row.number, review)
    return Reviewed(path, rows, table.notes)


def _row(row: Row, places: Mapping[str, int]) -> ReviewRow:
    cells = {name: unsafe(row.cells[at]) for name, at in places.items() if name in HEADER}
    cells["student"], cells["part"] = cells["student"].strip(), fold(cells["part"])
    return ReviewRow(**{**dict.fromkeys(HEADER, ""), **cells})


def _as_registered(student: str, students: Collection[str]) -> str:
    """The student's number with the leading zeros that a spreadsheet dropped."""
    if student in students:
        return student
    like = [one for one in students if loose(one) == loose(student)]
    return like[0] if len(like) == 1 else student


def _check(
    table: Table, row: Row, review: ReviewRow, students: Collection[str], columns: Sequence[str]
) -> None:
    for what, word, known in (
        ("student", review.student, students),
        ("part", review.part, (*columns, SHEET)),
    ):
        if word not in known:
            raise ExamgenError(
                f"{table.path}: row {row.number}: the exam has no {what} '{shown(word)}'"
                f"{nearest(shown(word), known)}; restore the row, or take its marks and comment out"
            )


def review_csv(rows: Sequence[ReviewRow]) -> str:
    """The review as a table, ready to be filled in."""
    cells = [[getattr(row, name) for name in HEADER] for row in rows]
    return to_csv(HEADER, cells)
