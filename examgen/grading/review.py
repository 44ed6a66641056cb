"""The review table: read back what a human filled in, and never lose it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from examgen.errors import ExamgenError, nearest
from examgen.exam.export import unsafe
from examgen.exam.marking import Marking
from examgen.exam.record import Form, PrintedPart
from examgen.exam.table import Row, Table, fold, read_table, shown
from examgen.grading.given import Given, checked_marks, parse_marks, refuse
from examgen.grading.outcome import SHEET, ReviewRow
from examgen.grading.papers import Papers

REVIEW = "review.csv"
HEADER = (
    "paper", "student", "also", "part", "response", "why", "suggested", "key", "marks", "comment",
    "answer",
)  # fmt: skip
_NEEDED = ("student", "part", "marks", "comment")

Key = tuple[str, str, str]  # student, part, and the answer that a row is about, "" for any


class Reviewed:
    """The rows of a review that a human filled in, by student, part and answer.

    A student may have several for one part: those about answers that they took back stay.
    ``decided`` are those about an answer that several students may have given, by its id.
    """

    def __init__(
        self, path: Path, rows: Mapping[Key, tuple[int, ReviewRow]], notes: Sequence[str] = ()
    ):
        self.path, self.rows, self.notes = path, rows, tuple(notes)
        self.decided: dict[str, tuple[int, ReviewRow]] = {}
        for number, row in rows.values():
            if row.answer:
                self._decide(number, row)

    def _decide(self, number: int, row: ReviewRow) -> None:
        """Take up a decision about an answer; raises `ExamgenError` where there is another."""
        before, known = self.decided.setdefault(row.answer, (number, row))
        if _differ(known.marks, row.marks):
            raise ExamgenError(
                f"{self.path}: rows {before} and {number} are about the same answer and give "
                f"'{shown(known.marks)}' and '{shown(row.marks)}' marks: make them equal, or clear "
                "'answer' in a row that is to count for its own student only"
            )

    def row(self, student: str, part: str, answer: str = "") -> ReviewRow | None:
        """The filled row of a student's part, about this answer or about any."""
        found = self.rows.get((student, part, answer)) or self.rows.get((student, part, ""))
        return found[1] if found else None

    def shared(self, answer: str, student: str, part: PrintedPart, rules: Marking) -> Given | None:
        """The marks that a human filled in for an answer, as those of one who gave it too."""
        if answer not in self.decided:
            return None
        number, row = self.decided[answer]
        if not row.marks.strip():
            return None
        try:
            return self._given(number, replace(row, student=student), part, rules)
        except ValueError as error:
            raise ExamgenError(f"{self.path}: row {number}: {error}") from error

    def _given(self, number: int, row: ReviewRow, part: PrintedPart, rules: Marking) -> Given:
        """The marks in a row as those for a part; raises ValueError where they cannot be."""
        what = f"part {part.column}"
        marks = checked_marks(row.marks, what=what, out_of=part.marks, step=rules.step)
        place, note = f"{self.path.name} row {number}", row.comment.strip()
        return Given(
            place, row.student, part.column, marks, "", note, reviewed=True, answer=row.answer
        )

    def error(self, student: str, part: str, message: str) -> ExamgenError:
        """The error at a filled row that is about no answer, with file and row."""
        return ExamgenError(f"{self.path}: row {self.rows[student, part, ''][0]}: {message}")

    def given(self, papers: Mapping[str, Form], rules: Marking) -> list[Given]:
        """The marks that humans filled in; ``papers`` are the forms the students are marked by.

        Those for a part that is not on the paper are left out. Raises `ExamgenError` with the rows
        unless the marks are 0 to the part's in the exam's steps.
        """
        given, problems = [], []
        for (student, column, _), (number, row) in self.rows.items():
            parts = (part for item in papers[student].items for part in item.parts)
            part = next((part for part in parts if part.column == column), None)
            if part is None or not row.marks.strip():
                continue
            try:
                given.append(self._given(number, row, part, rules))
            except ValueError as error:
                problems.append(f"row {number}: {error}")
        refuse(self.path, problems)
        return given


def read_review(path: Path, papers: Papers) -> Reviewed:
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
    others: dict[tuple[str, str], dict[str, int]] = {}  # rows of a part by answer
    for row in table.rows:
        review = _row(row, places)
        if not review.filled:
            continue
        review = replace(review, student=papers.registered(review.student))
        _check(table, row, review, papers)
        before = others.setdefault(review.about, {})
        for answer, number in before.items():
            if answer == review.answer or not (answer and review.answer):
                raise ExamgenError(
                    f"{path}: rows {number} and {row.number} are both about part {review.part} "
                    f"of student '{review.student}'"
                )
        before[review.answer] = row.number
        rows[*review.about, review.answer] = (row.number, review)
    return Reviewed(path, rows, table.notes)


def _differ(marks: str, others: str) -> bool:
    """Whether two cells hold different marks."""
    one, other = parse_marks(marks), parse_marks(others)
    return marks.strip() != others.strip() if None in (one, other) else one != other


def _row(row: Row, places: Mapping[str, int]) -> ReviewRow:
    cells = {name: unsafe(row.cells[at]) for name, at in places.items() if name in HEADER}
    cells["student"], cells["part"] = cells["student"].strip(), fold(cells["part"])
    cells["answer"] = "" if cells["part"] == SHEET else cells.get("answer", "").strip()
    return ReviewRow(**{**dict.fromkeys(HEADER, ""), **cells})


def _check(table: Table, row: Row, review: ReviewRow, papers: Papers) -> None:
    for what, word, known in (
        ("student", review.student, papers.students),
        ("part", review.part, (*papers.columns, SHEET)),
    ):
        if word not in known:
            raise ExamgenError(
                f"{table.path}: row {row.number}: the exam has no {what} '{shown(word)}'"
                f"{nearest(shown(word), known)}; restore the row, or take its marks and comment out"
            )
