"""Outcomes as tables and as a few lines for the terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import isqrt
from pathlib import Path

from examgen.exam.export import number, to_csv
from examgen.files import write_text
from examgen.grading.outcome import Grade, Mark, Outcome
from examgen.grading.review import REVIEW, review_csv

MARKS = (
    "paper", "student", "question", "part", "response", "read_as", "verdict", "marks", "out_of",
    "reason", "evidence",
)  # fmt: skip
GRADES = (
    "student", "name", "paper", "total", "out_of", "percent", "grade", "passed", "status", "state",
)  # fmt: skip
_BOM = "\ufeff"  # else Excel takes UTF-8 for the local encoding
_LISTED = 5


def write(outcome: Outcome, out: Path) -> None:
    """Write ``marks.csv``, ``grades.csv`` and ``review.csv``, each whole or not at all."""
    write_text(out / "marks.csv", _BOM + marks_csv(outcome), private=True)
    write_text(out / "grades.csv", _BOM + grades_csv(outcome), private=True)
    write_text(out / REVIEW, _BOM + review_csv(outcome.review), private=True)


def marks_csv(outcome: Outcome) -> str:
    """One row a part."""
    return to_csv(MARKS, [[_cell(getattr(mark, name)) for name in MARKS] for mark in outcome.marks])


def grades_csv(outcome: Outcome) -> str:
    """One row a student, with the marks of each question."""
    header = [*GRADES, *(f"q{place}" for place in outcome.numbers)]
    return to_csv(header, [_grade_cells(grade, outcome.numbers) for grade in outcome.grades])


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
        *(number(grade.questions.get(place)) for place in numbers),
    ]


def summary(outcome: Outcome) -> str:
    """Mean and spread, parts from hard to easy, frequent misconceptions, and what is to be done."""
    return "\n".join(
        [
            *_totals(outcome),
            *_difficulty(outcome.marks),
            *_misconceptions(outcome.marks),
            *_to_do(outcome),
        ]
    )


def _totals(outcome: Outcome) -> Iterator[str]:
    count = Counter(grade.status for grade in outcome.grades)
    others = [f"{count[status]} {status}" for status in ("absent", "withdrawn", "void")]
    waiting = sum(grade.provisional for grade in outcome.grades)
    provisional = f" ({waiting} provisional)" if waiting else ""
    words = ", ".join([f"{count['marked']} marked{provisional}", *others])
    yield f"{len(outcome.grades)} students: {words}"
    totals = [grade.total for grade in outcome.grades if grade.total is not None]
    if totals:
        mean = sum(totals, Fraction(0)) / len(totals)
        variance = sum(((total - mean) ** 2 for total in totals), Fraction(0)) / len(totals)
        yield (
            f"total: mean {number(mean, places=2)} of {number(outcome.grades[0].out_of)}, "
            f"standard deviation {number(_root(variance), places=2)}, "
            f"from {number(min(totals))} to {number(max(totals))}"
        )


def _root(value: Fraction) -> Fraction:
    """The square root, to 6 decimals."""
    scale = 10**12
    return Fraction(isqrt(value.numerator * scale // value.denominator), 10**6)


def _difficulty(marks: Sequence[Mark]) -> Iterator[str]:
    """The share of the marks won in each part, hardest first."""
    won: dict[tuple[str, str], list[Fraction]] = {}
    for mark in marks:
        if mark.marks is not None and mark.out_of:
            won.setdefault((mark.part, mark.question), []).append(mark.marks / mark.out_of)
    shares = {name: sum(values, Fraction(0)) / len(values) for name, values in won.items()}
    if shares:
        yield "parts from hard to easy (share of the marks won):"
    for (part, question), share in sorted(shares.items(), key=lambda entry: (entry[1], entry[0])):
        yield f"  {number(share * 100, places=0):>3} %  {part} {question}"


def _misconceptions(marks: Sequence[Mark]) -> Iterator[str]:
    seen = Counter((mark.question, " or ".join(mark.names)) for mark in marks if mark.names)
    if seen:
        yield "most frequent misconceptions:"
    for (question, name), times in sorted(seen.items(), key=lambda e: (-e[1], e[0]))[:_LISTED]:
        yield f"  {times:>3} ×  {name} ({question})"


def _to_do(outcome: Outcome) -> Iterator[str]:
    """Notes, and how many rows wait for a human."""
    waiting = sum(not row.marks.strip() for row in outcome.review)
    if waiting:
        yield f"{waiting} rows of {REVIEW} wait for a person: fill in 'marks' and grade again"
    for note in outcome.notes:
        yield f"note: {note}"
