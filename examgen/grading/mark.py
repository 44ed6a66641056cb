"""From a judgement to a mark, and to a row of the review where a human must look or has looked."""

from fractions import Fraction

from examgen.exam.export import number
from examgen.exam.marking import Marking
from examgen.exam.record import PrintedItem, PrintedPart
from examgen.grading.answer import kind_of
from examgen.grading.judged import Judged
from examgen.grading.match import Match
from examgen.grading.outcome import Mark, ReviewRow
from examgen.grading.review import Reviewed
from examgen.grading.totals import part_marks


def marked_part(
    match: Match,
    item: PrintedItem,
    part: PrintedPart,
    judged: Judged,
    rules: Marking,
    reviewed: Reviewed,
) -> tuple[Mark, ReviewRow | None]:
    """The mark of a part; what a human gave comes before the rules. Raises `ExamgenError`."""
    student, column = match.owner.student, part.column
    marks, reason = _marks(part, judged, judged.credit, rules), judged.reason
    by_hand = reviewed.marks(student, column, out_of=part.marks, step=rules.step)
    filled = reviewed.row(student, column)
    if filled and by_hand is not None:
        comment = filled.comment.strip()
        marks, reason = by_hand, f"Marked by a person{f': {comment}' if comment else '.'}"
    mark = Mark(
        paper=match.form.code,
        student=student,
        question=item.question,
        part=column,
        response=match.sheet.responses.get(column, ""),
        read_as=judged.shown,
        verdict=judged.verdict,
        marks=marks,
        out_of=part.marks,
        reason=reason,
        evidence=judged.evidence,
        names=judged.names,
    )
    if not judged.why and not filled:
        return mark, None
    return mark, _row(mark, part, judged, rules)


def _row(mark: Mark, part: PrintedPart, judged: Judged, rules: Marking) -> ReviewRow:
    suggested = judged.suggested if judged.why else judged.credit
    kind = kind_of(part)
    return ReviewRow(
        paper=mark.paper,
        student=mark.student,
        part=mark.part,
        response=mark.response,
        why=judged.why or "the rules decide this by themselves; the marks filled in count",
        suggested=number(_marks(part, judged, suggested, rules)),
        key="" if part.key is None else kind.show(kind.unpack(part.key)),
    )


def void_part(match: Match, item: PrintedItem, part: PrintedPart) -> Mark:
    """The part of a paper that is void."""
    return Mark(
        paper=match.form.code,
        student=match.owner.student,
        question=item.question,
        part=part.column,
        response=match.sheet.responses.get(part.column, ""),
        read_as="",
        verdict="void",
        marks=None,
        out_of=part.marks,
        reason="This paper is void.",
        evidence="",
    )


def _marks(
    part: PrintedPart, judged: Judged, credit: Fraction | None, rules: Marking
) -> Fraction | None:
    if credit is None:
        return None
    if judged.verdict == "blank":
        return Fraction(0)
    return part_marks(credit, part.marks, choice=kind_of(part).lettered, rules=rules)
