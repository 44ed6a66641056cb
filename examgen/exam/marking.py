"""Marking rules: how verdicts become marks, and marks a total, a pass and a grade."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

FLOORS = ("part", "question", "exam", "none")


def half_up(marks: Fraction, step: Fraction | None) -> Fraction:
    """The multiple of ``step`` nearest to the marks, halves going up; unchanged without a step."""
    if step is None:
        return marks
    return floor(marks / step + Fraction(1, 2)) * step


@dataclass(frozen=True)
class Threshold:
    """A number of marks, given as such or in per cent of the marks of an exam or a part."""

    amount: Fraction
    percent: bool = False

    def marks(self, total: Fraction) -> Fraction:
        """The marks it stands for where there are ``total`` marks."""
        return total * self.amount / 100 if self.percent else self.amount

    def __str__(self) -> str:
        return f"{self.amount}%" if self.percent else str(self.amount)


@dataclass(frozen=True)
class Grade:
    """A grade and the least total that earns it."""

    name: str
    least: Threshold


@dataclass(frozen=True)
class Marking:
    """The marking rules of an exam; all numbers are exact.

    ``step``: marks of a part are multiples of it (half up). ``follow_through``: share of a part's
    marks for an answer that is right by the student's own earlier answers. ``penalty``: share lost
    by a wrong, not blank, choice. ``floor``: what negative marks cannot push below 0. ``cap``: the
    most that counts, bonus included (None: the exam's total). ``rounding``: step of the one final
    rounding (None: exact). ``grades``: from the best to the worst. ``moderation``: by so much may
    the points of two markers for a part differ before a third person decides.
    """

    step: Fraction = Fraction(1, 2)
    follow_through: Fraction = Fraction(1)
    penalty: Fraction = Fraction(0)
    floor: str = "question"
    cap: Fraction | None = None
    rounding: Fraction | None = Fraction(1, 2)
    pass_mark: Threshold | None = None
    grades: tuple[Grade, ...] = ()
    moderation: Threshold = Threshold(Fraction(25), percent=True)

    def __post_init__(self) -> None:
        for name in ("follow_through", "penalty"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is a share from 0 to 1, not {getattr(self, name)}")
        for name in ("step", "rounding", "cap"):
            if (value := getattr(self, name)) is not None and value <= 0:
                raise ValueError(f"{name} must be above 0, not {value}")
        if self.floor not in FLOORS:
            raise ValueError(f"floor is one of {', '.join(FLOORS)}, not '{self.floor}'")

    def passes(self, marks: Fraction, total: Fraction) -> bool | None:
        """Whether so many marks out of ``total`` pass; None without a pass mark."""
        return None if self.pass_mark is None else marks >= self.pass_mark.marks(total)

    def grade(self, marks: Fraction, total: Fraction) -> str:
        """The best grade that so many marks out of ``total`` earn; ``""`` below them all."""
        earned = (grade.name for grade in self.grades if marks >= grade.least.marks(total))
        return next(earned, "")
