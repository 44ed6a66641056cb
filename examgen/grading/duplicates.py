"""Which of several rows of one student counts, and which come too late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from examgen.errors import ExamgenError
from examgen.exam.blueprint import LATE
from examgen.exam.table import shown
from examgen.grading.moments import has_offset, moment

_LISTED = 20

DUPLICATES = ("refuse", "first", "latest", "best")


@dataclass(frozen=True)
class Policy:
    """What becomes of several rows of one student, and of rows after the deadline.

    ``duplicates`` is one of `DUPLICATES`; rows that are ``late`` are marked and flagged, or with
    "refuse" not marked. Raises `ExamgenError` for a deadline without an offset from UTC.
    """

    duplicates: str = "refuse"
    deadline: datetime | None = None
    late: str = "flag"

    def __post_init__(self) -> None:
        if self.duplicates not in DUPLICATES:
            listed = ", ".join(DUPLICATES)
            raise ExamgenError(f"duplicates is one of {listed}, not '{self.duplicates}'")
        if self.late not in LATE:
            raise ExamgenError(f"late is one of {', '.join(LATE)}, not '{self.late}'")
        if self.deadline is not None and self.deadline.tzinfo is None:
            raise ExamgenError(
                f"deadline {self.deadline.isoformat()}: say in which zone, as in "
                f"{self.deadline.isoformat()}+01:00"
            )

    def seconds_late(self, submitted: str) -> tuple[int, str]:
        """By how much a time is after the deadline (0: in time), and a note where it is not known.

        A time that says no offset is taken to be in the deadline's.
        """
        if self.deadline is None:
            return 0, ""
        found = moment(submitted, zone=self.deadline.tzinfo or UTC)
        if found is None:
            what = f"'{shown(submitted)}' is no time of submission" if submitted else "no time"
            return 0, f"{what}, so whether it is late is not known"
        late = [max(0, int((one - self.deadline).total_seconds())) for one in found]
        if bool(late[0]) != bool(late[1]):
            return 0, f"'{submitted}' is late only with the {'day' if late[0] else 'month'} first"
        return min(late), ""


def parse_deadline(text: str) -> datetime:
    """The moment in a text such as ``2026-01-20T17:00+01:00``; raises `ExamgenError`."""
    found = moment(text)
    if found is None or found[0] != found[1] or not has_offset(text):
        raise ExamgenError(
            f"deadline '{shown(text)}': write date, time and offset from UTC, as in "
            "2026-01-20T17:00+01:00"
        )
    return found[0]


def latest(times: Sequence[str]) -> int | None:
    """The place of the latest time; None where one is missing, no time, or equal to the latest."""
    read = [moment(text) for text in times]
    found = [one for one in read if one is not None]
    if len(found) < len(read):
        return None
    winners: set[int | None] = set()
    for reading in (0, 1):  # with the day first, with the month first: both must agree
        last = max(one[reading] for one in found)
        places = [place for place, one in enumerate(found) if one[reading] == last]
        winners |= {*places} if len(places) == 1 else {None}
    (winner,) = winners if len(winners) == 1 else (None,)
    return winner


def last_time(times: Iterable[str]) -> str:
    """The last of several times as written, where day and month are in doubt with the day first."""
    found = ((one[0], text) for text in times if (one := moment(text)))
    return max(found, default=(None, ""))[1]


def rows_in_words(rows: Sequence[int]) -> str:
    """Such as ``rows 2, 5 and 9``, or of very many the first and how many more."""
    if len(rows) > _LISTED:
        return f"rows {', '.join(map(str, rows[:_LISTED]))} and {len(rows) - _LISTED} more"
    *most, last = map(str, rows)
    return f"rows {', '.join(most)} and {last}" if most else f"row {last}"
