"""The papers of an exam: a list on disk, all else read from the record when it is wanted."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from sqlite3 import Connection, Error
from typing import NamedTuple

from examgen.errors import ExamgenError
from examgen.exam.folder import ExamFolder
from examgen.exam.record import Form, PrintedPart, from_line
from examgen.grading.answer import kind_by, kind_of
from examgen.grading.fit import Fit
from examgen.grading.scratch import database
from examgen.grading.sheet import loose

_COVER = ("number", "code", "student", "name", "batch", "version")
_FAULTS = (AttributeError, LookupError, TypeError, ValueError, Error)
_LIST = f"SELECT {', '.join(_COVER)} FROM papers"


class Line(NamedTuple):
    """A line of the record: its number, from 1, and the byte at which it begins."""

    number: int
    start: int


class Papers:
    """The papers of an exam in the order of the record, which is gone through once.

    Going through them gives their covers, which are forms without items. ``codes`` and
    ``students`` are those of all; ``columns`` those of all parts in printed order; ``numbers`` the
    printed numbers of the questions; ``asked`` the questions' names as they stand together on a
    paper, with the code of the first such paper; ``fit`` holds the keys side by side.
    Raises `ExamgenError` where the record is damaged.
    """

    def __init__(self, exam: ExamFolder):
        self.path = exam.forms
        self.asked: dict[tuple[str, ...], str] = {}
        self.fit = Fit()
        self._list = database()
        self._list.execute(
            f"CREATE TABLE papers (place INTEGER PRIMARY KEY, start, {', '.join(_COVER)}, loose)"
        )
        self._count = 0
        self.codes = _Names(self._list, "code")
        self.students = _Names(self._list, "student")
        questions: dict[str, int] = {}  # number by column
        start = 0
        with self.path.open("rb") as lines:
            for line in lines:
                self._take_up(line, start, questions)
                start += len(line)
        if not self._count:
            raise ExamgenError(f"{self.path}: damaged: it holds no form")
        for name in ("code", "student", "loose"):
            self._list.execute(f"CREATE INDEX by_{name} ON papers ({name})")
        self._refuse_repeats()
        self.columns = sorted(questions, key=lambda name: (questions[name], len(name), name))
        self.numbers = tuple(sorted(set(questions.values())))

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def __iter__(self) -> Iterator[Form]:
        """The cover of each."""
        return self._covers("ORDER BY place")

    def at(self, place: int) -> Form:
        """The cover of the paper at a place in the record, from 0."""
        return next(self._covers("WHERE place = ?", place))

    def with_code(self, code: str) -> Form | None:
        """The cover of the paper with a code."""
        return next(self._covers("WHERE code = ?", code), None)

    def of(self, student: str) -> Form | None:
        """The cover of a student's paper."""
        return next(self._covers("WHERE student = ?", student), None)

    def registered(self, student: str) -> str:
        """A student's number with the leading zeros and the case that a spreadsheet dropped.

        What is like no number, or like several, stays as it is.
        """
        if student in self.students:
            return student
        like = [cover.student for cover in self._covers("WHERE loose = ? LIMIT 2", loose(student))]
        return like[0] if len(like) == 1 else student

    def line(self, cover: Form) -> Line:
        """Where the record holds a paper."""
        found = self._list.execute("SELECT place, start FROM papers WHERE code = ?", (cover.code,))
        place, start = found.fetchone()
        return Line(place + 1, start)

    def read(self, cover: Form) -> Form:
        """The whole form of a paper."""
        return read_paper(self.path, self.line(cover))

    def _covers(self, which: str, *values: int | str) -> Iterator[Form]:
        for cells in self._list.execute(f"{_LIST} {which}", values):
            yield Form(**dict(zip(_COVER, cells, strict=True)), items=())

    def _take_up(self, line: bytes, start: int, questions: dict[str, int]) -> None:
        """Take up one line of the record."""
        place, column = self._count, ""
        try:
            raw = json.loads(line)
            cover = [raw[name] for name in _COVER]
            cells = (place, start, *cover, loose(raw["student"]))
            self._list.execute(f"INSERT INTO papers VALUES ({', '.join('?' * len(cells))})", cells)
            self.asked.setdefault(tuple(item["question"] for item in raw["items"]), raw["code"])
            for item in raw["items"]:
                for part in item["parts"]:
                    column = part["column"]
                    questions.setdefault(column, item["number"])
                    self.fit.add(place, column, kind_by(part["kind"]), part["key"])
        except _FAULTS as error:
            raise _damaged(self.path, place + 1, column, error) from error
        self._count += 1

    def _refuse_repeats(self) -> None:
        repeated = self._list.execute(
            "SELECT name, count(*) FROM (SELECT code AS name FROM papers UNION ALL "
            "SELECT student FROM papers) GROUP BY name HAVING count(*) > 1 LIMIT 1"
        ).fetchone()
        if repeated:
            name, times = repeated
            raise ExamgenError(f"{self.path}: damaged: there are {times} forms of '{name}'")


class _Names(Collection[str]):
    """The codes or the students of all papers."""

    def __init__(self, papers: Connection, column: str):
        self._papers, self._column = papers, column

    def __contains__(self, name: object) -> bool:
        query = f"SELECT 1 FROM papers WHERE {self._column} = ?"
        return self._papers.execute(query, (name,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        return (name for (name,) in self._papers.execute(f"SELECT {self._column} FROM papers"))

    def __len__(self) -> int:
        count: int = self._papers.execute("SELECT count(*) FROM papers").fetchone()[0]
        return count


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
