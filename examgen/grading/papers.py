"""The papers of an exam: covers in memory, all else read from the record when it is wanted."""

import json
from array import array
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from examgen.errors import ExamgenError
from examgen.exam.folder import ExamFolder
from examgen.exam.record import Form, PrintedPart, from_line
from examgen.grading.answer import kind_by, kind_of
from examgen.grading.fit import Fit

_COVER = ("number", "code", "student", "name", "batch", "version")
_FAULTS = (AttributeError, LookupError, TypeError, ValueError)


class Line(NamedTuple):
    """A line of the record: its number, from 1, and the byte at which it begins."""

    number: int
    start: int


class Papers:
    """The papers of an exam in the order of the record, which is gone through once.

    ``covers`` are the forms without their items; ``columns`` those of all parts in printed order;
    ``numbers`` the printed numbers of the questions; ``asked`` the questions' names as they stand
    together on a paper, with the code of the first such paper; ``fit`` holds the keys side by side.
    Raises `ExamgenError` where the record is damaged.
    """

    def __init__(self, exam: ExamFolder):
        self.path = exam.forms
        self.covers: list[Form] = []
        self.asked: dict[tuple[str, ...], str] = {}
        self.fit = Fit()
        self._starts = array("Q")
        questions: dict[str, int] = {}  # number by column
        start = 0
        with self.path.open("rb") as lines:
            for line in lines:
                self._starts.append(start)
                self._list(line, questions)
                start += len(line)
        if not self.covers:
            raise ExamgenError(f"{self.path}: damaged: it holds no form")
        self._refuse_repeats()
        self.columns = sorted(questions, key=lambda name: (questions[name], len(name), name))
        self.numbers = tuple(sorted(set(questions.values())))
        self.by_code = {cover.code: cover for cover in self.covers}
        self.by_student = {cover.student: cover for cover in self.covers}
        self._places = {cover.code: place for place, cover in enumerate(self.covers)}

    def place(self, cover: Form) -> int:
        """Where a paper stands in the record, from 0."""
        return self._places[cover.code]

    def line(self, cover: Form) -> Line:
        """Where the record holds a paper."""
        place = self.place(cover)
        return Line(place + 1, self._starts[place])

    def read(self, cover: Form) -> Form:
        """The whole form of a paper."""
        return read_paper(self.path, self.line(cover))

    def _list(self, line: bytes, questions: dict[str, int]) -> None:
        """Take up one line of the record."""
        place, column = len(self.covers), ""
        try:
            raw = json.loads(line)
            self.covers.append(Form(**{name: raw[name] for name in _COVER}, items=()))
            self.asked.setdefault(tuple(item["question"] for item in raw["items"]), raw["code"])
            for item in raw["items"]:
                for part in item["parts"]:
                    column = part["column"]
                    questions.setdefault(column, item["number"])
                    self.fit.add(place, column, kind_by(part["kind"]), part["key"])
        except _FAULTS as error:
            raise _damaged(self.path, place + 1, column, error) from error

    def _refuse_repeats(self) -> None:
        names = Counter(cover.code for cover in self.covers)
        names += Counter(cover.student for cover in self.covers)
        for name, times in names.items():
            if times > 1:
                raise ExamgenError(f"{self.path}: damaged: there are {times} forms of '{name}'")


def read_paper(path: Path, where: Line) -> Form:
    """The form in a line of a record; it can be marked.

    Raises `ExamgenError` where it is damaged.
    """
    with path.open("rb") as file:
        file.seek(where.start)
        line = file.readline()
    column = ""
    try:
        form = from_line(line.decode())
        for part in (part for item in form.items for part in item.parts):
            column = part.column
            _check(part)
    except Exception as error:  # whatever cattrs raises
        raise _damaged(path, where.number, column, error) from error
    return form


def _check(part: PrintedPart) -> None:
    """Raise where the part cannot be marked."""
    kind = kind_of(part)
    if not kind.by_hand:
        kind.unpack(part.key)
    for wrong in part.misconceptions:
        if wrong.value is not None:
            kind.unpack(wrong.value)


def _damaged(path: Path, number: int, column: str, error: Exception) -> ExamgenError:
    where = f"part {column} is damaged: {error}" if column else "it cannot be read or is damaged"
    return ExamgenError(f"{path}: line {number}: {where}")
