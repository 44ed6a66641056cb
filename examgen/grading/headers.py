"""Which column of a foreign table holds what: by the user's word, by the system, by its title."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from examgen.errors import ExamgenError, nearest
from examgen.exam.table import Table, fold, shown
from examgen.grading.exports import Export, recognised

_PREFIX = r"(?:\d{3,}\s*:\s*)?(?:q|question|frage|aufgabe|response|antwort|soru|yanıt)?[\s.:#]*"
_RESPONSE = re.compile(r"(?:response|antwort|yanıt)\b", re.I)
_PART = r"(?:\.|-|\s*\(|[\s,]*(?:part|teil)\s*\(?)?"


@dataclass(frozen=True)
class Naming:
    """What a user says of the columns: of each part its column's name, and that of the students."""

    parts: Mapping[str, str]
    student: str = ""

    def __bool__(self) -> bool:
        return bool(self.parts or self.student)


@dataclass(frozen=True)
class Layout:
    """The places of the columns of a foreign table: of the parts, and of what tells whose it is."""

    parts: Mapping[str, int]
    places: Mapping[str, int]
    export: Export | None
    notes: tuple[str, ...]


def naming(maps: Sequence[str], id_column: str, *, columns: Sequence[str]) -> Naming:
    """The naming in texts such as ``1.a=Question 1 (a)``; raises `ExamgenError` for bad ones."""
    known = {_label(column): column for column in columns}
    parts: dict[str, str] = {}
    for text in maps:
        label, equals, title = text.partition("=")
        if not equals or not title.strip():
            raise ExamgenError(f"--map '{shown(text)}': write PART=COLUMN, as '1.a=Question 1 (a)'")
        column = known.get(_label(label))
        if column is None:
            hint = nearest(shown(label.strip()), columns)
            raise ExamgenError(f"--map: the exam has no part '{shown(label.strip())}'{hint}")
        if column in parts:
            raise ExamgenError(f"--map names part {column} twice")
        parts[column] = title
    return Naming(parts, id_column)


def layout(table: Table, columns: Sequence[str], named: Naming) -> Layout | None:
    """Where a foreign table has the parts; None for a table in examgen's own form.

    Raises `ExamgenError` where a part has no column or several.
    """
    names = {fold(name): place for place, name in enumerate(table.header) if name}
    is_own = all(fold(column) in names for column in columns) and {"paper", "student"} & set(names)
    export = None if is_own else recognised(table.header)
    if export is None and not named:
        return None
    parts = _parts(table, columns, named, names)
    places = _people(names, export)
    if named.student:
        places["student"] = _place(table.path, named.student, "--id-column", table.header)
    if "student" not in places and "paper" not in places:
        raise ExamgenError(
            f"{table.path}: row 1: no column tells the student; name it with --id-column"
        )
    return Layout(parts, places, export, tuple(_echo(table, export, parts, places)))


def _label(column: str) -> str:
    """A part's label without signs: '3b' for '3.b', 'Q3 (b)' and 'q3b'."""
    return re.sub(r"[\W_]", "", column).casefold().removeprefix("q")


def _titled(column: str) -> re.Pattern[str]:
    """The titles that begin with a part's label, as 'Q. 3b', '3.b' and 'Question 3 part b'."""
    label = _label(column)
    letter = label.lstrip("0123456789")
    number = label.removesuffix(letter)
    if not letter:
        return re.compile(
            rf"{_PREFIX}0*{number}(?![.,-]?\w)(?!\s*\(?\w\))(?!\s*(?:part|teil)\b)", re.I
        )
    return re.compile(rf"{_PREFIX}0*{number}{_PART}{re.escape(letter)}(?!\w)", re.I)


def _place(path: Path, name: str, where: str, header: Sequence[str]) -> int:
    for place, title in enumerate(header):
        if title and fold(title) == fold(name):
            return place
    hint = nearest(shown(name), [shown(title) for title in header if title])
    raise ExamgenError(f"{path}: row 1: no column '{shown(name)}' for {where}{hint}")


def _parts(
    table: Table, columns: Sequence[str], named: Naming, names: Mapping[str, int]
) -> dict[str, int]:
    parts: dict[str, int] = {}
    for column in columns:
        if column in named.parts:
            where = f"part {column}"
            parts[column] = _place(table.path, named.parts[column], where, table.header)
        elif fold(column) in names:
            parts[column] = names[fold(column)]
        else:
            parts[column] = _by_title(table, column)
    by_place: dict[int, str] = {}
    for column, place in parts.items():
        if place in by_place:
            raise ExamgenError(
                f"{table.path}: row 1: column '{shown(table.header[place])}' would be of both "
                f"part {by_place[place]} and part {column}; say which with --map"
            )
        by_place[place] = column
    return parts


def _by_title(table: Table, column: str) -> int:
    pattern = _titled(column)
    found = [place for place, title in enumerate(table.header) if title and pattern.match(title)]
    answers = [place for place in found if _RESPONSE.match(table.header[place])]
    found = answers if len(answers) == 1 else found  # Moodle has the question's text beside it
    if len(found) == 1:
        return found[0]
    help_ = f"name it with --map '{column}=COLUMN'"
    if found:
        titles = ", ".join(f"'{shown(table.header[place])}'" for place in found)
        raise ExamgenError(f"{table.path}: row 1: part {column} may be {titles}; {help_}")
    titles = ", ".join(f"'{shown(title)}'" for title in table.header[:40] if title)
    raise ExamgenError(
        f"{table.path}: row 1: no column is of part {column}; {help_}; the columns are {titles}"
    )


def _people(names: Mapping[str, int], export: Export | None) -> dict[str, int]:
    """The columns of student, name and time by the system's names, of all else by ours."""
    wanted: dict[str, tuple[str, ...]] = {
        "paper": ("paper", "papercode"),
        "student": ("id", "student"),  # with both, 'student' is the name
        "status": () if export and export.has_status else ("status",),
        "chosen": ("chosen",),
        "submitted": ("submitted", "timestamp"),
    }
    if export:
        wanted |= {
            "student": export.student,
            "name": export.name,
            "submitted": export.submitted,
        }
    return {
        meaning: names[fold(name)]
        for meaning, known in wanted.items()
        for name in reversed(known)
        if fold(name) in names
    }


def _echo(
    table: Table, export: Export | None, parts: Mapping[str, int], places: Mapping[str, int]
) -> list[str]:
    """Notes that say which column was taken for what, and which for nothing."""
    used = {**places, **parts}
    pairs = [f"{what} = '{shown(table.header[place])}'" for what, place in used.items()]
    rest = [
        f"'{shown(name)}'"
        for place, name in enumerate(table.header)
        if name and place not in used.values()
    ]
    notes = [f"{table.path.name}: read as {export.system if export else 'named'} columns: "]
    notes[0] += ", ".join(pairs)
    if rest:
        notes.append(f"{table.path.name}: ignored columns: {', '.join(rest)}")
    return notes
