"""What grading gives: marks by part, grades by student, and what a human must look at."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from fractions import Fraction

SHEET = "sheet"  # stands for the part in a row of the review that is about the whole paper


@dataclass(frozen=True)
class Mark:
    """The judgement of one response; ``marks`` is None where it waits for a human."""

    paper: str
    student: str
    question: str
    part: str
    response: str
    read_as: str
    verdict: str
    marks: Fraction | None
    out_of: Fraction
    reason: str
    evidence: str
    names: tuple[str, ...] = ()  # misconceptions recognised
    counts: bool = True  # False where other questions were chosen


@dataclass(frozen=True)
class Grade:
    """One student's result; ``total`` is None for one who was not marked.

    ``status`` is marked, absent, withdrawn, void or late (too late to be marked); ``questions`` are
    marks by printed number; ``late`` is how many seconds after the deadline the answers came.
    """

    student: str
    name: str
    paper: str
    status: str
    total: Fraction | None
    out_of: Fraction
    grade: str
    passed: bool | None
    provisional: bool
    questions: Mapping[int, Fraction]
    late: int = 0


@dataclass(frozen=True)
class ReviewRow:
    """What a human must look at; ``marks`` and ``comment`` are what they filled in.

    ``suggested`` is what the rules would give: marks, or for a whole sheet a paper's code. Rows
    with the same ``answer`` are about one and the same (see `answer_id`), and the table has one of
    them; ``also`` tells whose others it stands for.
    """

    paper: str
    student: str
    part: str
    response: str
    why: str
    suggested: str = ""
    key: str = ""
    marks: str = ""
    comment: str = ""
    also: str = ""
    answer: str = ""

    @property
    def about(self) -> tuple[str, str]:
        """Student and part."""
        return self.student, self.part

    @property
    def filled(self) -> bool:
        """Whether a human wrote anything in it."""
        return bool(self.marks.strip() or self.comment.strip())


@dataclass(frozen=True)
class Paper:
    """One student's paper as marked, in printed order; ``row`` is that of the sheet (0: none).

    ``better`` is the place of another paper that the answers fit far better, if there is one, and
    how many are right there.
    """

    marks: tuple[Mark, ...]
    review: tuple[ReviewRow, ...]
    grade: Grade
    notes: tuple[str, ...] = ()
    row: int = 0
    better: tuple[int, int] | None = None

    @property
    def right(self) -> int:
        """How many answers are right."""
        return sum(mark.verdict == "right" for mark in self.marks)


@dataclass(frozen=True)
class Outcome:
    """The papers of an exam, marked one after the other while one goes through them, once.

    ``mapping`` tells which columns of a foreign table were taken for what, ``notes`` what else was
    odd in reading. ``inputs`` are the files read, by name, with their SHA-256. ``numbers`` are
    those of the questions; ``exit_status`` is 1 where rows of the submissions name papers or
    students that the exam does not know. Of an earlier review, ``filled`` are the rows
    that a human filled in, by student, part and answer, ``decided`` the answers of these.
    """

    papers: Iterator[Paper]
    mapping: tuple[str, ...]
    notes: tuple[str, ...]
    inputs: Mapping[str, str]
    numbers: tuple[int, ...]
    exit_status: int = 0
    filled: Set[tuple[str, str, str]] = frozenset()
    decided: Set[str] = frozenset()
