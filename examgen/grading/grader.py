"""Marking papers: the rules of a blueprint, and what humans decided, applied to each student."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.exam.blueprint import Blueprint
from examgen.exam.export import number
from examgen.exam.record import Form, PrintedItem, PrintedPart
from examgen.grading.distinct import answer_id
from examgen.grading.duplicates import rows_in_words
from examgen.grading.given import Given
from examgen.grading.judge import judge_item
from examgen.grading.judged import Judged
from examgen.grading.mark import marked_part, void_part
from examgen.grading.match import Match
from examgen.grading.outcome import Grade, Mark, Paper, ReviewRow
from examgen.grading.recompute import Recompute
from examgen.grading.review import Reviewed
from examgen.grading.totals import Answered, counted, question_marks, total_marks


@dataclass(frozen=True)
class _Question:
    """One question of one student as marked."""

    answered: Answered
    marks: tuple[Mark, ...]
    review: tuple[ReviewRow, ...]


class Grader:
    """Marks papers by the rules of a blueprint; what humans gave comes before them.

    ``given`` is that by student and part; ``reviewed`` are the rows of the review to be kept.
    ``source`` is the file of submissions, for messages.
    """

    def __init__(
        self,
        blueprint: Blueprint,
        reviewed: Reviewed,
        given: Mapping[tuple[str, str], Sequence[Given]],
        recompute: Recompute,
        *,
        source: Path,
        decimal_comma: bool,
    ):
        self.blueprint, self.rules = blueprint, blueprint.marking
        self.reviewed, self.given, self.recompute = reviewed, given, recompute
        self.source, self.decimal_comma = source, decimal_comma

    def paper(self, owner: Form, matches: Sequence[Match]) -> Paper:
        """A student's paper from the sheets that may count: of several, the one with most marks.

        The forms of the matches have their items, ``owner`` needs none; without a match the student
        is absent. Raises `ExamgenError`.
        """
        papers = [self._paper(owner, match) for match in matches or (None,)]
        if len(papers) == 1:
            return papers[0]
        best = max(papers, key=lambda paper: (paper.grade.total is not None, paper.grade.total))
        rows = rows_in_words([match.sheet.row for match in matches])
        note = (
            f"{rows} are of student '{owner.student}': row {best.row} counts, with "
            f"{number(best.grade.total) or 'no'} marks the best"
        )
        return replace(best, notes=(note, *best.notes))

    def _paper(self, owner: Form, match: Match | None) -> Paper:
        status = _status(match)
        if match is None or status in ("absent", "withdrawn", "late"):
            return self._unmarked(owner, match, status)
        if status == "void":
            void = (
                void_part(match, item, part) for item in match.form.items for part in item.parts
            )
            return replace(self._unmarked(owner, match, status), marks=tuple(void))
        questions = [self._question(item, match) for item in match.form.items]
        counting = self._counted(match, questions)
        marks = [_remarked(mark, counting) for one in questions for mark in one.marks]
        review = [row for one in questions for row in one.review]
        if match.doubt:
            review.append(match.doubt)
        waits = match.doubt is not None or any(mark.marks is None for mark in marks)
        grade = self._grade(owner, match, status, questions, counting, provisional=waits)
        notes = tuple(_lost(match))
        return Paper(tuple(marks), tuple(review), grade, notes, match.sheet.row)

    def _unmarked(self, owner: Form, match: Match | None, status: str) -> Paper:
        grade = self._grade(owner, match, status)
        return Paper(
            (), (), grade, tuple(_lost(match)) if match else (), match.sheet.row if match else 0
        )

    def _question(self, item: PrintedItem, match: Match) -> _Question:
        judged = judge_item(
            item,
            match.sheet.responses,
            follow_through=self.rules.follow_through,
            recompute=self.recompute,
            decimal_comma=self.decimal_comma,
        )
        parts = [self._part(match, item, part, judged[part.name]) for part in item.parts]
        marks = tuple(mark for mark, _ in parts)
        total = question_marks((m.marks for m in marks if m.marks is not None), self.rules)
        answered = any(mark.verdict != "blank" or mark.marks for mark in marks)
        rows = tuple(row for _, row in parts if row)
        return _Question(Answered(item.question, item.number, total, answered), marks, rows)

    def _part(
        self, match: Match, item: PrintedItem, part: PrintedPart, judged: Judged
    ) -> tuple[Mark, ReviewRow | None]:
        """The mark of a part, by what humans gave for it, or for the same answer of another."""
        student = match.owner.student
        own, undecided = self.given.get((student, part.column), ()), judged.verdict == "undecided"
        answer = ""
        if undecided or any(one.answer for one in own):
            answer = answer_id(item, part, match.sheet.responses)
        given = [one for one in own if one.answer in ("", answer)]  # not what another answer got
        filled = self.reviewed.row(student, part.column, answer) is not None
        if not filled:
            if not undecided or given:
                answer = ""
            elif shared := self.reviewed.shared(answer, student, part, self.rules):
                given, filled = [shared], True
        return marked_part(
            match, item, part, judged, self.rules, given, answer=answer, filled=filled
        )

    def _counted(self, match: Match, questions: Sequence[_Question]) -> frozenset[str]:
        answered = [question.answered for question in questions]
        try:
            return counted(answered, self.blueprint.choose, declared=match.sheet.chosen)
        except ExamgenError as error:
            raise match.sheet.error(self.source, str(error)) from error

    def _grade(
        self,
        owner: Form,
        match: Match | None,
        status: str,
        questions: Sequence[_Question] = (),
        counting: frozenset[str] = frozenset(),
        *,
        provisional: bool = False,
    ) -> Grade:
        """The student's result; without questions there is no total."""
        paper = match.form if match else owner
        out_of = self.blueprint.total_of({item.question: item.marks for item in paper.items})
        answered = [question.answered for question in questions]
        marks = {one.name: one.marks for one in answered if one.name in counting}
        total = total_marks(marks, self.rules, out_of=out_of) if questions else None
        return Grade(
            student=owner.student,
            name=owner.name,
            paper=paper.code,
            status=status,
            total=total,
            out_of=out_of,
            grade="" if total is None else self.rules.grade(total, out_of),
            passed=None if total is None else self.rules.passes(total, out_of),
            provisional=provisional,
            questions={one.number: one.marks for one in answered},
            late=match.late if match else 0,
        )


def _status(match: Match | None) -> str:
    """The status of a grade; a row without any answer is absent unless it says else."""
    if match is None:
        return "absent"
    sheet = match.sheet
    if sheet.status in ("absent", "withdrawn", "void"):
        return sheet.status
    if sheet.empty and not sheet.status:
        return "absent"
    return "late" if match.refused else "marked"


def _lost(match: Match) -> Iterator[str]:
    """Notes on answers that no mark tells of."""
    sheet = match.sheet
    if match.late and not sheet.empty:
        minutes = -(-match.late // 60)
        refused = ": not marked" if match.refused else ""
        yield f"row {sheet.row}: student '{match.owner.student}' was {minutes} min late{refused}"
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
    reason = f"{mark.reason} (Does not count: other questions were chosen.)"
    return replace(mark, reason=reason, counts=False)
