"""The roster: who sits the exam, read from a CSV file as people save them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from examgen.errors import ExamgenError, nearest
from examgen.exam.appearance import EDITIONS
from examgen.exam.export import to_csv, unsafe
from examgen.exam.table import Row, Table, read_table

BATCH = "exam_batch"  # the column of an exam folder's own roster
EDITION = "edition"

_ID = (
    "id", "studentid", "studentnumber", "studentno", "studentnr", "sisuserid", "matriculation",
    "matriculationnumber", "matriculationno", "matriculationnr", "matricnumber", "matricno",
    "matrikelnummer", "matrikelnr", "matnr", "registrationnumber", "registrationno", "rollnumber",
    "rollno", "idnumber", "öğrencino", "öğrencinumarası", "sid", "number", "no", "nr",
    "student",  # if nothing else: Canvas names the column of names so
)  # fmt: skip
_NAME = ("name", "fullname", "studentname", "displayname", "adsoyad", "adısoyadı", "student")
_FIRST = ("firstname", "givenname", "givennames", "forename", "vorname", "prénom", "ad", "adı")
_LAST = ("lastname", "surname", "familyname", "nachname", "soyad", "soyadı")
_DAMAGED = re.compile(r"\d([.,]\d+)?[eE]\+\d+")


@dataclass(frozen=True)
class Student:
    """One who sits the exam; ``batch`` counts from 1, later ones being added to a dealt exam.

    ``edition`` is that of the student's paper, ``""`` for the exam's.
    """

    id: str
    name: str
    batch: int = 1
    extra: Mapping[str, str] = field(default_factory=dict)
    edition: str = ""


@dataclass(frozen=True)
class Roster:
    """The students, in the order of the file, and notes on how it was read."""

    students: tuple[Student, ...]
    notes: tuple[str, ...] = ()


def natural(text: str) -> tuple[list[int | str], str]:
    """The sort key that puts ``s2`` before ``s10``."""
    chunks = re.split(r"([0-9]+)", text)
    return [int(chunk) if place % 2 else chunk for place, chunk in enumerate(chunks)], text


def copies(count: int) -> tuple[Student, ...]:
    """Students without a name, for ``count`` papers: ``copy-001``, ``copy-002``, …"""
    return tuple(Student(f"copy-{number:03d}", "") for number in range(1, count + 1))


def read_roster(path: Path) -> Roster:
    """The students of a CSV file; columns are found by name, in any order, and extra ones kept.

    Raises `ExamgenError` with file and row for a missing column and for empty or repeated ids.
    """
    table = read_table(path, fitting=lambda header: len(_Columns.known(header)))
    columns = _Columns(table)
    students = tuple(columns.student(row) for row in table.rows)
    if not students:
        raise ExamgenError(f"{path}: no student below the header")
    _refuse_repeats(path, students, table.rows)
    last = max((student.batch for student in students), default=0)
    newest = tuple(replace(s, batch=s.batch or last + 1) for s in students)
    return Roster(newest, table.notes)


def roster_csv(students: Sequence[Student]) -> str:
    """The exam folder's roster: id, name, extra columns and batch, by batch and id."""
    extra = list(dict.fromkeys(column for student in students for column in student.extra))
    ordered = sorted(students, key=lambda student: (student.batch, natural(student.id)))
    edition = [EDITION] if any(student.edition for student in students) else []
    rows = [
        [
            s.id,
            s.name,
            *([s.edition] if edition else []),
            *(s.extra.get(column, "") for column in extra),
            str(s.batch),
        ]
        for s in ordered
    ]
    return to_csv(["id", "name", *edition, *extra, BATCH], rows)


class _Columns:
    """Which column of a table holds what."""

    def __init__(self, table: Table):
        self.table = table
        self.id = self._find(_ID)
        self.name = self._find(_NAME, but=self.id)
        self.first, self.last = self._find(_FIRST), self._find(_LAST)
        self.batch = self._find((_folded(BATCH),))
        self.edition = self._find((EDITION,))
        header = ", ".join(f"'{name}'" for name in table.header)
        if self.id is None:
            hint = nearest("student id", table.header)
            raise ExamgenError(
                f"{table.path}: row 1: no column of student numbers: expected 'id' (or 'student "
                f"number', 'student id', …), found {header}{hint}"
            )
        if self.name is None and (self.first is None or self.last is None):
            raise ExamgenError(
                f"{table.path}: row 1: no column of names: expected 'name' (or 'first name' and "
                f"'last name'), found {header}; its cells may be empty"
            )
        given = (self.first, self.last) if self.name is None else (self.name,)
        self.named = [place for place in given if place is not None]

    @staticmethod
    def known(header: Sequence[str]) -> list[str]:
        """The names of a header that a roster can use."""
        words = {*_ID, *_NAME, *_FIRST, *_LAST}
        return [name for name in header if _folded(name) in words]

    def _find(self, words: Sequence[str], but: int | None = None) -> int | None:
        """The place of the column with the earliest of the words."""
        names = [_folded(name) for name in self.table.header]
        places = (names.index(word) for word in words if word in names)
        return next((place for place in places if place != but), None)

    def student(self, row: Row) -> Student:
        """The student of a row, batch 0 where its cell is empty."""
        assert self.id is not None
        fail = self._failing(row)
        cells = [self._clean(unsafe(cell), name, fail) for name, cell in self._cells(row)]
        number = cells[self.id]
        if not number:
            raise fail("the id is empty")
        if _DAMAGED.fullmatch(number):
            raise fail(f"'{number}' was a number before a spreadsheet shortened it")
        used = {self.id, self.batch, self.edition, *self.named}
        names = zip(self.table.header, cells, strict=True)
        extra = {name: c for place, (name, c) in enumerate(names) if name and place not in used}
        full = " ".join(filter(None, (cells[place] for place in self.named)))
        return Student(number, full, self._batch(cells, fail), extra, self._edition(cells, fail))

    def _edition(self, cells: Sequence[str], fail: Callable[[str], ExamgenError]) -> str:
        cell = "" if self.edition is None else cells[self.edition].casefold()
        if cell and cell not in EDITIONS:
            known = ", ".join(EDITIONS)
            raise fail(f"'{EDITION}' is one of {known}, not '{cell}'{nearest(cell, EDITIONS)}")
        return cell

    def _batch(self, cells: Sequence[str], fail: Callable[[str], ExamgenError]) -> int:
        if self.batch is None:
            return 0
        cell = cells[self.batch]
        if cell and not re.fullmatch(r"[1-9]\d{0,8}", cell):
            raise fail(f"'{BATCH}' is a whole number from 1, not '{cell}'")
        return int(cell or 0)

    def _cells(self, row: Row) -> list[tuple[str, str]]:
        return list(zip(self.table.header, row.cells, strict=True))

    def _failing(self, row: Row) -> Callable[[str], ExamgenError]:
        return lambda message: ExamgenError(f"{self.table.path}: row {row.number}: {message}")

    @staticmethod
    def _clean(cell: str, column: str, fail: Callable[[str], ExamgenError]) -> str:
        text = unicodedata.normalize("NFC", " ".join(cell.split()))
        for sign in text:
            if unicodedata.category(sign) in ("Cc", "Cs"):
                raise fail(f"column '{column}' holds the control character U+{ord(sign):04X}")
        return text


def _folded(name: str) -> str:
    """A column name by its letters and digits alone."""
    text = unicodedata.normalize("NFC", name).replace("İ", "i").casefold()
    return "".join(sign for sign in text if sign.isalnum())


def _refuse_repeats(path: Path, students: Sequence[Student], rows: Iterable[Row]) -> None:
    seen: dict[str, int] = {}
    for student, row in zip(students, rows, strict=True):
        first = seen.setdefault(student.id.casefold(), row.number)
        if first != row.number:
            raise ExamgenError(
                f"{path}: rows {first} and {row.number} have the same id '{student.id}'"
            )
