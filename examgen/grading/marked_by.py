"""The form by which each student is marked."""

from collections.abc import Iterator, Mapping

from examgen.exam.record import Form
from examgen.grading.match import Matches
from examgen.grading.papers import Papers


class MarkedBy(Mapping[str, Form]):
    """The form by which each student is marked, read from the record when it is asked for.

    Of a student who handed in nothing it is their own.
    """

    def __init__(self, papers: Papers, matches: Matches):
        self._papers, self._matches = papers, matches
        self._last: tuple[str, Form] | None = None  # tables go student by student

    def cover(self, student: str) -> Form:
        """The form without its items."""
        found = self._matches.of(student)
        return found[0].form if found else self._papers.by_student[student]

    def __getitem__(self, student: str) -> Form:
        if self._last is None or self._last[0] != student:
            self._last = (student, self._papers.read(self.cover(student)))
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers.by_student)

    def __len__(self) -> int:
        return len(self._papers.by_student)
