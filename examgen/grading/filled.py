"""What humans filled in, kept beside a paper's review, whatever became of the answers."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from examgen.grading.given import Given
from examgen.grading.outcome import SHEET, Paper, ReviewRow
from examgen.grading.review import Reviewed

About = tuple[str, str]  # the part, and the answer that a row is about ("": any)
Rows = Mapping[About, tuple[int, ReviewRow]]


class Filled:
    """The filled rows of an earlier review, by student."""

    def __init__(self, reviewed: Reviewed, given: Mapping[tuple[str, str], Sequence[Given]]):
        self._name = reviewed.path.name
        self._points: dict[str, list[Given]] = {}
        for (student, _), rows in given.items():
            self._points.setdefault(student, []).extend(one for one in rows if not one.reviewed)
        self._rows: dict[str, dict[About, tuple[int, ReviewRow]]] = {}
        for (student, part, answer), filled in sorted(reviewed.rows.items(), key=itemgetter(0)):
            self._rows.setdefault(student, {})[part, answer] = filled

    def into(self, paper: Paper) -> Paper:
        """The paper with all that a human filled in, still needed or not, and notes on that."""
        filled = self._rows.get(paper.grade.student, {})
        rest = {about: row for about, (_, row) in filled.items()}
        kept = []
        for row in paper.review:
            old = rest.pop((row.part, row.answer), None) or rest.pop((row.part, ""), None)
            kept.append(_with(row, old) if old else row)
        review = tuple(sorted([*kept, *rest.values()], key=lambda row: _place(row.part)))
        if not filled and paper.grade.student not in self._points:
            return replace(paper, review=review)
        notes = (*self._changed(paper, filled, rest), *self._unused(paper, filled))
        return replace(paper, review=review, notes=(*paper.notes, *notes))

    def _changed(self, paper: Paper, filled: Rows, rest: Container[About]) -> Iterator[str]:
        """Notes on answers that are not those that a human saw; ``rest`` is about such alone."""
        now = {row.part: row.response for row in paper.review}
        for (part, answer), (number, row) in filled.items():
            same = now.get(part, "").split() == row.response.split()
            if (part, answer) in rest if answer else not same:
                yield (
                    f"{self._name} row {number}: the answer of '{row.student}' to {part} has "
                    f"changed since a person marked it{', and is judged anew' if answer else ''}"
                )

    def _unused(self, paper: Paper, filled: Rows) -> Iterator[str]:
        """Notes on marks of a human that no mark takes up."""
        used = {mark.part for mark in paper.marks if mark.verdict != "void"}
        used |= {SHEET} if used else set()
        status = paper.grade.status
        why = "it is not on the paper" if status == "marked" else f"the status is '{status}'"
        student = paper.grade.student
        gave = [
            (part, f"{self._name} row {number}")
            for (part, _), (number, row) in filled.items()
            if row.marks.strip()
        ]
        gave += [(one.part, one.place) for one in self._points.get(student, ())]
        for part, place in sorted(gave):
            if part not in used:
                yield f"{place}: the marks of '{student}' for {part} do not count: {why}"


def _with(row: ReviewRow, old: ReviewRow) -> ReviewRow:
    """The row with what a human filled in."""
    return replace(row, marks=old.marks, comment=old.comment, answer=old.answer)


def _place(column: str) -> tuple[int, int, str]:
    """Where a row stands in a student's review: the sheet, then parts in printed order."""
    question = column.partition(".")[0]
    return (int(question) if question.isdigit() else -1, len(column), column)
