"""Marking papers: the rules of a blueprint, and what humans decided, applied to each student."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from examgen.errors import ExamgenError
from examgen.exam.blueprint import Blueprint
from examgen.exam.record import Form, PrintedItem
from examgen.grading.given import Given
from examgen.grading.judge import judge_item
from examgen.grading.mark import marked_part, void_part
from examgen.grading.match import Match, Matches
from examgen.grading.outcome import SHEET, Grade, Mark, Outcome, ReviewRow
from examgen.grading.read import Submissions
from examgen.grading.recompute import Recompute
from examgen.grading.review import Reviewed
from examgen.grading.totals import Answered, counted, question_marks, total_marks

_LISTED = 10


@dataclass(frozen=True)
class _Question:
    """One question of one student as marked."""

    answered: Answered
    marks: tuple[Mark, ...]
    review: tuple[ReviewRow, ...]


@dataclass(frozen=True)
class _Paper:
    """One student's paper as marked."""

    marks: tuple[Mark, ...]
    review: tuple[ReviewRow, ...]
    grade: Grade


class Grader:
    """Marks papers by the rules of a blueprint; what humans gave comes before them.

    ``given`` is that by student and part; ``reviewed`` are the rows of the review to be kept.
    """

    def __init__(
        self,
        blueprint: Blueprint,
        reviewed: Reviewed,
        given: Mapping[tuple[str, str], Sequence[Given]],
        recompute: Recompute,
        source: Submissions,
    ):
        self.blueprint, self.rules = blueprint, blueprint.marking
        self.reviewed, self.given = reviewed, given
        self.recompute, self.source = recompute, source

    def outcome(self, forms: Sequence[Form], matches: Matches) -> Outcome:
        """The outcome for all forms, in their order; a form without a sheet is absent."""
        papers = [self._paper(form, matches.by_student.get(form.student)) for form in forms]
        notes = [
            *self.source.notes,
            *self.reviewed.notes,
            *matches.notes,
            *self._notes(papers),
            *self._unused(papers),
            *(note for match in matches.by_student.values() for note in _lost(match)),
        ]
        return Outcome(
            marks=tuple(mark for paper in papers for mark in paper.marks),
            grades=tuple(paper.grade for paper in papers),
            review=tuple(row for paper in papers for row in paper.review),
            notes=tuple(notes),
            numbers=tuple(sorted({item.number for form in forms for item in form.items})),
            exit_status=int(matches.unknown),
        )

    def _notes(self, papers: Sequence[_Paper]) -> Iterator[str]:
        absent = [p.grade.student for p in papers if p.grade.status == "absent"]
        if absent:
            more = f" and {len(absent) - _LISTED} more" if len(absent) > _LISTED else ""
            yield f"absent, so without marks: {', '.join(absent[:_LISTED])}{more}"
        now = {(row.student, row.part): row.response for p in papers for row in p.review}
        for (student, part), (row, filled) in sorted(self.reviewed.rows.items()):
            if now.get((student, part), "").split() != filled.response.split():
                yield (
                    f"{self.reviewed.path.name} row {row}: the answer of '{student}' to {part} "
                    "has changed since a person marked it"
                )

    def _unused(self, papers: Sequence[_Paper]) -> Iterator[str]:
        """Notes on marks of a human that no mark takes up."""
        status = {paper.grade.student: paper.grade.status for paper in papers}
        used = {
            (mark.student, part)
            for paper in papers
            for mark in paper.marks
            for part in (mark.part, SHEET)
            if mark.verdict != "void"
        }
        filled = [
            (student, part, f"{self.reviewed.path.name} row {number}")
            for (student, part), (number, row) in self.reviewed.rows.items()
            if row.marks.strip()
        ]
        points = [one for rows in self.given.values() for one in rows if not one.reviewed]
        filled += [(one.student, one.part, one.place) for one in points]
        for student, part, place in sorted(filled, key=lambda one: one[:2]):
            if (student, part) not in used:
                marked = status[student] == "marked"
                why = "it is not on the paper" if marked else f"the status is '{status[student]}'"
                yield f"{place}: the marks of '{student}' for {part} do not count: {why}"

    # ---- one paper ----------------------------------------------------------------------

    def _paper(self, form: Form, match: Match | None) -> _Paper:
        status = _status(match)
        if match is None or status in ("absent", "withdrawn"):
            kept = self._kept(form.student, [])
            return _Paper((), kept, self._grade(form, form, status))
        if status == "void":
            void = [
                void_part(match, item, part) for item in match.form.items for part in item.parts
            ]
            kept = self._kept(form.student, [])
            return _Paper(tuple(void), kept, self._grade(form, match.form, status))
        questions = [self._question(item, match) for item in match.form.items]
        counting = self._counted(match, questions)
        marks = [_remarked(mark, counting) for one in questions for mark in one.marks]
        review = [row for one in questions for row in one.review]
        if match.doubt:
            review.append(match.doubt)
        waits = match.doubt is not None or any(mark.marks is None for mark in marks)
        grade = self._grade(form, match.form, status, questions, counting, provisional=waits)
        return _Paper(tuple(marks), self._kept(form.student, review), grade)

    def _question(self, item: PrintedItem, match: Match) -> _Question:
        judged = judge_item(
            item,
            match.sheet.responses,
            follow_through=self.rules.follow_through,
            recompute=self.recompute,
            decimal_comma=self.source.decimal_comma,
        )
        parts = [
            marked_part(
                match,
                item,
                part,
                judged[part.name],
                self.rules,
                self.given.get((match.owner.student, part.column), ()),
                filled=self.reviewed.row(match.owner.student, part.column) is not None,
            )
            for part in item.parts
        ]
        marks = tuple(mark for mark, _ in parts)
        total = question_marks((m.marks for m in marks if m.marks is not None), self.rules)
        answered = any(mark.verdict != "blank" or mark.marks for mark in marks)
        rows = tuple(row for _, row in parts if row)
        return _Question(Answered(item.question, item.number, total, answered), marks, rows)

    def _counted(self, match: Match, questions: Sequence[_Question]) -> frozenset[str]:
        answered = [question.answered for question in questions]
        try:
            return counted(answered, self.blueprint.choose, declared=match.sheet.chosen)
        except ExamgenError as error:
            raise self.source.error(match.sheet, str(error)) from error

    def _grade(
        self,
        form: Form,
        paper: Form,
        status: str,
        questions: Sequence[_Question] = (),
        counting: frozenset[str] = frozenset(),
        *,
        provisional: bool = False,
    ) -> Grade:
        """The student's result; without questions there is no total."""
        out_of = self.blueprint.total_of({item.question: item.marks for item in paper.items})
        answered = [question.answered for question in questions]
        marks = {one.name: one.marks for one in answered if one.name in counting}
        total = total_marks(marks, self.rules, out_of=out_of) if questions else None
        return Grade(
            student=form.student,
            name=form.name,
            paper=paper.code,
            status=status,
            total=total,
            out_of=out_of,
            grade="" if total is None else self.rules.grade(total, out_of),
            passed=None if total is None else self.rules.passes(total, out_of),
            provisional=provisional,
            questions={one.number: one.marks for one in answered},
        )

    def _kept(self, student: str, rows: Sequence[ReviewRow]) -> tuple[ReviewRow, ...]:
        """A student's review with all that a human filled in, still needed or not."""
        rest = {part: row for (who, part), (_, row) in self.reviewed.rows.items() if who == student}
        kept = []
        for row in rows:
            old = rest.pop(row.part, None)
            kept.append(replace(row, marks=old.marks, comment=old.comment) if old else row)
        return tuple(sorted([*kept, *rest.values()], key=lambda row: _place(row.part)))


def _status(match: Match | None) -> str:
    """marked, absent, withdrawn or void; a row without any answer is absent unless it says else."""
    if match is None:
        return "absent"
    sheet = match.sheet
    if sheet.status in ("absent", "withdrawn", "void"):
        return sheet.status
    return "absent" if sheet.empty and not sheet.status else "marked"


def _lost(match: Match) -> Iterator[str]:
    """Notes on answers that no mark tells of."""
    sheet = match.sheet
    if not sheet.empty and sheet.status in ("absent", "withdrawn"):
        yield f"row {sheet.row}: there are answers, yet the status is '{sheet.status}': not marked"
    printed = {part.column for item in match.form.items for part in item.parts}
    lost = [name for name, text in sheet.responses.items() if text.strip() and name not in printed]
    if lost:
        yield f"row {sheet.row}: an answer to {', '.join(lost)}, not on paper {match.form.code}"


def _remarked(mark: Mark, counting: frozenset[str]) -> Mark:
    """The mark, with a word where its question does not count."""
    if mark.question in counting:
        return mark
    return replace(mark, reason=f"{mark.reason} (Does not count: other questions were chosen.)")


def _place(column: str) -> tuple[int, int, str]:
    """Where a row stands in a student's review: the sheet, then parts in printed order."""
    question = column.partition(".")[0]
    return (int(question) if question.isdigit() else -1, len(column), column)
