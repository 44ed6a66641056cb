"""Outcomes as tables, written while papers are marked, and as a few lines for the terminal."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from fractions import Fraction
from pathlib import Path

from examgen.exam.export import csv_lines, number
from examgen.files import Draft
from examgen.grading.outcome import Grade, Outcome
from examgen.grading.review import HEADER, REVIEW
from examgen.grading.review_table import ReviewTable
from examgen.grading.tally import Tally

MARKS = (
    "paper", "student", "question", "part", "response", "read_as", "verdict", "marks", "out_of",
    "reason", "evidence",
)  # fmt: skip
GRADES = (
    "student", "name", "paper", "total", "out_of", "percent", "grade", "passed", "status", "state",
    "minutes_late",
)  # fmt: skip
NOTES = "notes.txt"
_BOM = "\ufeff"  # else Excel takes UTF-8 for the local encoding
_MISCONCEPTIONS = 5  # listed
_NOTES = 30  # listed


def write(outcome: Outcome, out: Path) -> Tally:
    """Mark the papers and write ``marks.csv``, ``grades.csv``, ``review.csv`` and ``notes.txt``.

    They appear together when all papers are marked; before, and after an `ExamgenError`, what was
    there stays.
    """
    tally = Tally(outcome)
    with ExitStack() as files:
        marks, grades, review, notes = (
            files.enter_context(Draft(out / name, private=True))
            for name in ("marks.csv", "grades.csv", REVIEW, NOTES)
        )
        marks.write(_BOM + csv_lines([MARKS]))
        grades.write(_BOM + csv_lines([[*GRADES, *(f"q{place}" for place in outcome.numbers)]]))
        review.write(_BOM + csv_lines([HEADER]))
        waiting = files.enter_context(closing(ReviewTable(outcome)))
        for paper in outcome.papers:
            tally.add(paper)
            marks.write(csv_lines(_cells(mark, MARKS) for mark in paper.marks))
            grades.write(csv_lines([_grade_cells(paper.grade, outcome.numbers)]))
            for row in paper.review:
                waiting.add(row)
        tally.waiting = waiting.waiting
        for cells in waiting.rows():
            review.write(csv_lines([cells]))
        notes.write("".join(f"{name} sha256 {digest}\n" for name, digest in tally.inputs.items()))
        notes.write("".join(f"{note}\n" for note in (*tally.mapping, *tally.notes)))
        for draft in (marks, grades, review, notes):
            draft.keep()
    return tally


def _cells(row: object, names: Sequence[str]) -> list[str]:
    return [_cell(getattr(row, name)) for name in names]


def _cell(value: str | Fraction | None) -> str:
    return value if isinstance(value, str) else number(value)


def _grade_cells(grade: Grade, numbers: Sequence[int]) -> list[str]:
    marked = grade.total is not None
    percent = grade.total * 100 / grade.out_of if grade.total is not None and grade.out_of else None
    return [
        grade.student,
        grade.name,
        grade.paper,
        number(grade.total),
        number(grade.out_of),
        number(percent, places=2),
        grade.grade,
        {None: "", True: "yes", False: "no"}[grade.passed],
        grade.status,
        ("provisional" if grade.provisional else "final") if marked else "",
        number(Fraction(grade.late, 60), places=1) if grade.late else "",
        *(number(grade.questions.get(place)) for place in numbers),
    ]


def summary(tally: Tally) -> str:
    """Mean and spread, parts from hard to easy, frequent misconceptions, and what is to be done."""
    return "\n".join(
        [*_totals(tally), *_difficulty(tally), *_misconceptions(tally), *_to_do(tally)]
    )


def _totals(tally: Tally) -> Iterator[str]:
    count = tally.status
    others = [f"{count[status]} {status}" for status in ("absent", "withdrawn", "void")]
    others += [f"{count['late']} too late"] if count["late"] else []
    which = [(tally.provisional, "provisional"), (tally.late - count["late"], "late")]
    listed = ", ".join(f"{times} {word}" for times, word in which if times)
    marked = f"{count['marked']} marked" + (f" ({listed})" if listed else "")
    words = ", ".join([marked, *others])
    yield f"{tally.students} students: {words}"
    if tally.mean is not None:
        yield (
            f"total: mean {number(tally.mean, places=2)} of {number(tally.out_of)}, "
            f"standard deviation {number(tally.deviation, places=2)}, "
            f"from {number(tally.least)} to {number(tally.most)}"
        )


def _difficulty(tally: Tally) -> Iterator[str]:
    """The share of the marks won in each part, hardest first."""
    shares = {
        name: sum((share * times for share, times in won.items()), Fraction(0)) / won.total()
        for name, won in tally.won.items()
    }
    if shares:
        yield "parts from hard to easy (share of the marks won):"
    for (part, question), share in sorted(shares.items(), key=lambda entry: (entry[1], entry[0])):
        yield f"  {number(share * 100, places=0):>3} %  {part} {question}"


def _misconceptions(tally: Tally) -> Iterator[str]:
    seen = sorted(tally.misconceptions.items(), key=lambda entry: (-entry[1], entry[0]))
    if seen:
        yield "most frequent misconceptions:"
    for (question, name), times in seen[:_MISCONCEPTIONS]:
        yield f"  {times:>3} ×  {name} ({question})"


def _to_do(tally: Tally) -> Iterator[str]:
    """Notes, and how many rows wait for a human."""
    if tally.waiting:
        rows = "1 row waits" if tally.waiting == 1 else f"{tally.waiting} rows wait"
        yield f"{rows} for a person in {REVIEW}: fill in 'marks' and grade again"
    notes = tally.notes
    for note in notes[:_NOTES]:
        yield f"note: {note}"
    if len(notes) > _NOTES:
        yield f"note: {len(notes) - _NOTES} more notes are in {NOTES}"
