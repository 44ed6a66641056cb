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
        self._papers = papers
        handed_in = {student: matches.of(student) for student in papers.by_student}
        self.covers = {
            student: found[0].form if found else papers.by_student[student]
            for student, found in handed_in.items()
        }
        self._last: tuple[str, Form] | None = None  # tables go student by student

    def __getitem__(self, student: str) -> Form:
        cover = self.covers[student]
        if self._last is None or self._last[0] != cover.code:
            self._last = (cover.code, self._papers.read(cover))
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self.covers)

    def __len__(self) -> int:
        return len(self.covers)
