"""The form by which each student is marked."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from examgen.exam.record import Form
from examgen.grading.match import Matches
from examgen.grading.papers import Papers
from examgen.grading.scratch import Places


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
        own = found[0].form if found else self._papers.of(student)
        if own is None:
            raise KeyError(student)
        return own

    def students(self, code: str) -> list[str]:
        """The students who are marked by the paper with a code."""
        return [self._papers.at(place).student for place in self._by_code.of(code)]

    def codes(self) -> Iterator[str]:
        """The codes of the papers by which students are marked."""
        return (code for code, _ in self._by_code)

    def registered(self, student: str) -> str:
        """A student's number as it is in the exam (see `Papers.registered`)."""
        return self._papers.registered(student)

    @cached_property
    def _by_code(self) -> Places:
        """The places of students' own papers, by the code of the paper they are marked by."""
        found = Places()
        for place, own in enumerate(self._papers):
            found.add(self.cover(own.student).code, place)
        return found

    def __getitem__(self, student: str) -> Form:
        if self._last is None or self._last[0] != student:
            self._last = (student, self._papers.read(self.cover(student)))
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers.students)

    def __len__(self) -> int:
        return len(self._papers)
