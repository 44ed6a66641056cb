"""Grading: submissions in, marks with reasons out."""

from examgen.grading.outcome import Grade, Mark, Outcome, ReviewRow
from examgen.grading.report import summary, write
from examgen.grading.run import find_exam, grade_exam

__all__ = [
    "Grade",
    "Mark",
    "Outcome",
    "ReviewRow",
    "find_exam",
    "grade_exam",
    "summary",
    "write",
]
