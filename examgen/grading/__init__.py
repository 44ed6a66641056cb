"""Grading: submissions in, marks with reasons out."""

from examgen.grading.duplicates import Policy
from examgen.grading.outcome import Grade, Mark, Outcome, Paper, ReviewRow
from examgen.grading.report import summary, write
from examgen.grading.run import find_exam, grade_exam
from examgen.grading.tally import Tally

__all__ = [
    "Grade",
    "Mark",
    "Outcome",
    "Paper",
    "Policy",
    "ReviewRow",
    "Tally",
    "find_exam",
    "grade_exam",
    "summary",
    "write",
]
