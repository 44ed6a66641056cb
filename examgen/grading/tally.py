"""What is counted over all papers while they are marked: totals, difficulty, misconceptions."""

from collections import Counter
from fractions import Fraction
from math import isqrt

from examgen.grading.outcome import Outcome, Paper

_LISTED = 10
_ALL = Fraction(1)


class Tally:
    """The counts of an exam's papers and the notes on them; it holds no paper.

    ``waiting`` are the rows of the review without marks, once they are known.
    ``status`` counts students, ``won`` the shares of the marks won by part and question,
    ``misconceptions`` by question and name.
    """

    def __init__(self, outcome: Outcome):
        self.inputs, self.exit_status = outcome.inputs, outcome.exit_status
        self.status: Counter[str] = Counter()
        self.late = self.provisional = self.waiting = 0
        self.out_of: Fraction | None = None
        self.least: Fraction | None = None
        self.most: Fraction | None = None
        self.won: dict[tuple[str, str], Counter[Fraction]] = {}
        self.misconceptions: Counter[tuple[str, str]] = Counter()
        self._sum = self._squares = Fraction(0)
        self._count = 0
        self.mapping, self._before = outcome.mapping, outcome.notes
        self._after: dict[str, None] = {}
        self._absent: list[str] = []

    def add(self, paper: Paper) -> None:
        """Take up a paper."""
        grade = paper.grade
        self.status[grade.status] += 1
        self.late += bool(grade.late)
        self.provisional += grade.provisional
        self._after |= dict.fromkeys(paper.notes)
        if grade.status == "absent" and self.status["absent"] <= _LISTED:
            self._absent.append(grade.student)
        self.out_of = grade.out_of if self.out_of is None else self.out_of
        if grade.total is not None:
            self._total(grade.total)
        for mark in paper.marks:
            if mark.marks is not None and mark.out_of and mark.counts:
                shares = self.won.setdefault((mark.part, mark.question), Counter())
                shares[_share(mark.marks, mark.out_of)] += 1
            if mark.names:
                self.misconceptions[mark.question, " or ".join(mark.names)] += 1

    def _total(self, total: Fraction) -> None:
        self._count += 1
        self._sum += total
        self._squares += total**2
        self.least = total if self.least is None else min(self.least, total)
        self.most = total if self.most is None else max(self.most, total)

    @property
    def students(self) -> int:
        """How many papers were taken up."""
        return self.status.total()

    @property
    def mean(self) -> Fraction | None:
        """The mean of the totals, None without any."""
        return self._sum / self._count if self._count else None

    @property
    def deviation(self) -> Fraction:
        """The standard deviation of the totals, to 6 decimals."""
        variance = self._squares / self._count - (self._sum / self._count) ** 2
        scale = 10**12
        return Fraction(isqrt(variance.numerator * scale // variance.denominator), 10**6)

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on the submissions, on absent students and on papers."""
        absent = self.status["absent"]
        more = f" and {absent - _LISTED} more" if absent > _LISTED else ""
        listed = f"absent, so without marks: {', '.join(self._absent)}{more}"
        return (*self._before, *([listed] if absent else []), *self._after)


def _share(marks: Fraction, out_of: Fraction) -> Fraction:
    """The share of the marks that was won; all or nothing, as it mostly is, without dividing."""
    if marks == out_of:
        return _ALL
    return marks / out_of if marks else marks
