"""From a judgement to a mark, and to a row of the review where a human must look or has looked."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from examgen.exam.export import number
from examgen.exam.marking import Marking
from examgen.exam.record import PrintedItem, PrintedPart
from examgen.grading.answer import kind_of
from examgen.grading.given import Decision, Given, decide
from examgen.grading.judged import Judged
from examgen.grading.match import Match
from examgen.grading.outcome import Mark, ReviewRow
from examgen.grading.totals import part_marks


def marked_part(
    match: Match,
    item: PrintedItem,
    part: PrintedPart,
    judged: Judged,
    rules: Marking,
    given: Sequence[Given],
    *,
    answer: str,
    filled: bool,
) -> tuple[Mark, ReviewRow | None]:
    """The mark of a part; what humans gave comes before the rules.

    ``answer`` is its id, where others may have given the same one that a human decides about;
    ``filled``: they wrote into its row of the review, which stays. Raises `ExamgenError`.
    """
    decision = decide(given, part, rules)
    marks, reason = _marks(part, judged, judged.credit, rules), judged.reason
    if decision:
        marks, reason = decision.marks, decision.reason
    mark = Mark(
        paper=match.form.code,
        student=match.owner.student,
        question=item.question,
        part=part.column,
        response=match.sheet.responses.get(part.column, ""),
        read_as=judged.shown,
        verdict=judged.verdict,
        marks=marks,
        out_of=part.marks,
        reason=reason,
        evidence=judged.evidence,
        names=judged.names,
    )
    if marks is not None and not filled:
        return mark, None
    return mark, replace(_row(mark, part, judged, decision, rules), answer=answer)


def _row(
    mark: Mark, part: PrintedPart, judged: Judged, decision: Decision | None, rules: Marking
) -> ReviewRow:
    kind = kind_of(part)
    credit = judged.suggested if judged.why else judged.credit
    suggested = _marks(part, judged, credit, rules)
    if decision and decision.why:
        suggested = decision.suggested
    why = decision.why if decision else ""
    return ReviewRow(
        paper=mark.paper,
        student=mark.student,
        part=mark.part,
        response=mark.response,
        why=why or judged.why or "the rules decide this by themselves; the marks filled in count",
        suggested=number(suggested),
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
