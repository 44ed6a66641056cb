"""What humans gave for a part: whole or by the lines of its rubric, and what follows from that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.exam.export import number
from examgen.exam.marking import Marking, half_up
from examgen.exam.record import PrintedPart
from examgen.exam.table import shown

MODERATOR = "moderator"  # the marker whose points settle a part

_LISTED = 10
_MARKS = re.compile(
    r"(?P<whole>\d{1,9})?(?:[.,](?P<places>\d{0,9})|/(?P<over>[1-9]\d{0,8}))?", re.ASCII
)


@dataclass(frozen=True)
class Given:
    """The points that a human gave a student's part in one row of a table.

    ``line`` is the line of the rubric, from 0; None where the points are those of the whole part.
    ``place`` is such as ``points.csv row 7``; ``reviewed`` says that it is a row of the review,
    which may be about one ``answer`` only (see `answer_id`).
    """

    place: str
    student: str
    part: str
    marks: Fraction
    marker: str
    note: str = ""
    line: int | None = None
    reviewed: bool = False
    answer: str = ""

    @property
    def told(self) -> str:
        """Such as ``2 for line 1 (well put)``."""
        line = "" if self.line is None else f" for line {self.line + 1}"
        return f"{number(self.marks)}{line}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True)
class Decision:
    """What humans decided about a part; ``marks`` is None while it waits: ``why`` says for what."""

    marks: Fraction | None
    reason: str
    why: str = ""
    suggested: Fraction | None = None


def decide(given: Sequence[Given], part: PrintedPart, rules: Marking) -> Decision | None:
    """What follows from all that humans gave for a part; None where they gave nothing.

    A row of the review settles what markers left open. Raises `ExamgenError`, naming both places,
    where it contradicts what they settled.
    """
    points = [one for one in given if not one.reviewed]
    decision = _settled(points, part, rules) if points else None
    for last in (one for one in given if one.reviewed):
        if decision and decision.marks not in (None, last.marks):
            raise ExamgenError(
                f"{last.place} gives {number(last.marks)} marks for part {last.part} of student "
                f"'{last.student}', but {number(decision.marks)} follow from "
                f"{', '.join(one.place for one in points)}; take one of them out"
            )
        before = f" (before: {_told(points)})" if points else ""
        return Decision(last.marks, f"Marked by a person{before}{_ending(last.note)}")
    return decision


def _settled(points: Sequence[Given], part: PrintedPart, rules: Marking) -> Decision:
    """The moderator's points, else the mean of the markers' where they are near enough."""
    totals = _totals(points, part)
    last = totals.get(MODERATOR)
    if last is not None:
        return Decision(last, f"Decided by the moderator. {_told(points)}.")
    if open_lines := _open(points, part):
        line = open_lines[0]
        missing = f"line {line + 1} of the rubric has no points: {part.rubric[line].text}"
        return Decision(None, "A person marks this answer.", missing)
    given = [total for total in totals.values() if total is not None]
    mean = sum(given, Fraction(0)) / len(given)
    marks = min(half_up(mean, rules.step), part.marks)
    apart, limit = max(given) - min(given), rules.moderation.marks(part.marks)
    if apart > limit:
        why = f"the markers differ by {number(apart)}, more than {number(limit)}: {_told(points)}"
        return Decision(None, "Its markers differ; a third person decides.", why, marks)
    rounded = "" if marks == mean else f", rounded to {number(marks)}"
    counts = f" Their mean is {number(mean)}{rounded}." if apart or rounded else ""
    return Decision(marks, f"Marked by a person. {_told(points)}.{counts}")


def _totals(points: Sequence[Given], part: PrintedPart) -> dict[str, Fraction | None]:
    """Each marker's points for the whole part; None where a line of the rubric is open.

    A line that one marker left to the others counts as the mean of theirs.
    """
    lines = {
        line: [one.marks for one in points if one.line == line] for line in range(len(part.rubric))
    }
    totals: dict[str, Fraction | None] = {}
    for marker, own in _by_marker(points).items():
        if None in own:
            totals[marker] = own[None].marks
            continue
        marks = [
            own[line].marks if line in own else sum(others, Fraction(0)) / len(others)
            for line, others in lines.items()
            if others
        ]
        totals[marker] = sum(marks, Fraction(0)) if len(marks) == len(lines) else None
    return totals


def _open(points: Sequence[Given], part: PrintedPart) -> list[int]:
    """The lines of the rubric without points, unless all points are for the whole part."""
    filled = {one.line for one in points}
    if filled == {None}:
        return []
    return [line for line in range(len(part.rubric)) if line not in filled]


def _by_marker(points: Sequence[Given]) -> dict[str, dict[int | None, Given]]:
    found: dict[str, dict[int | None, Given]] = {}
    for one in points:
        found.setdefault(one.marker, {})[one.line] = one
    return found


def _told(points: Sequence[Given]) -> str:
    """Such as ``Ann: 2 for line 1, 1 for line 2; Bob: 3``."""
    return "; ".join(
        f"{marker}: {', '.join(one.told for one in own.values())}"
        for marker, own in _by_marker(points).items()
    )


def _ending(note: str) -> str:
    return f": {note}" if note else "."


# ---- checking -------------------------------------------------------------------------------


def checked_marks(text: str, *, what: str, out_of: Fraction, step: Fraction) -> Fraction:
    """The number in a cell; ``what`` it is for, such as "part 1.a".

    Raises ValueError unless it is 0 to ``out_of`` in the exam's steps.
    """
    marks = parse_marks(text)
    if marks is None:
        raise ValueError(f"'{shown(text.strip())}' is not a number of marks, such as 1.5")
    if marks > out_of:
        raise ValueError(f"{text.strip()} marks for {what}, which has 0 to {number(out_of)}")
    if marks not in (half_up(marks, step), out_of):
        raise ValueError(f"{text.strip()} marks: they go in steps of {step}")
    return marks


def parse_marks(text: str) -> Fraction | None:
    """A number of marks such as ``1``, ``1.5``, ``1,5`` or ``3/2``; None for anything else."""
    match = _MARKS.fullmatch(text.strip())
    if not match or not (match["whole"] or match["places"]):
        return None
    whole = Fraction(int(match["whole"] or 0))
    if match["over"]:
        return whole / int(match["over"])
    places = match["places"] or ""
    return whole + Fraction(int(places or 0), 10 ** len(places))


def refuse(path: Path, problems: Sequence[str]) -> None:
    """Raise `ExamgenError` with all problems of a file, or the first of them; pass without any."""
    if not problems:
        return
    if len(problems) == 1:
        raise ExamgenError(f"{path}: {problems[0]}")
    more = len(problems) - _LISTED
    listed = [*problems[:_LISTED], *([f"and {more} more"] if more > 0 else [])]
    raise ExamgenError(f"{path}: {len(problems)} problems\n  " + "\n  ".join(listed))


def by_part(given: Sequence[Given]) -> Mapping[tuple[str, str], Sequence[Given]]:
    """What humans gave, by student and part."""
    found: dict[tuple[str, str], list[Given]] = {}
    for one in given:
        found.setdefault((one.student, one.part), []).append(one)
    return found
