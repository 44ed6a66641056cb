"""Points files: what markers gave by hand, a row for each line of a rubric or for a whole part.

The columns are ``paper`` or ``student``, ``part`` and ``points``, and where wanted ``criterion``,
``marker``, ``note`` and ``out_of``. A row without points is passed over. With a ``criterion`` (a
line of the essay's rubric, by its number or the beginning of its text) the points are those of the
line; without one they are those of the whole part and replace what the machine gave.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from examgen.errors import ExamgenError, nearest
from examgen.exam.codes import parse
from examgen.exam.export import unsafe
from examgen.exam.marking import Marking
from examgen.exam.record import PrintedPart
from examgen.exam.table import Row, Table, fold, read_table, shown
from examgen.grading.given import MODERATOR, Given, checked_marks, refuse
from examgen.grading.marked_by import MarkedBy

COLUMNS = ("paper", "student", "part", "criterion", "out_of", "points", "marker", "note")
_NEEDED = ("part", "points")


@dataclass(frozen=True)
class Points:
    """All that markers gave in points files, and notes on these."""

    given: tuple[Given, ...]
    notes: tuple[str, ...]


def read_points(paths: Sequence[Path], papers: MarkedBy, rules: Marking) -> Points:
    """The points in some files; ``papers`` are the forms by which the students are marked.

    Raises `ExamgenError` with up to ten problems of the first file that has any, each with its row.
    """
    reader = _Reader(papers, rules)
    for path in paths:
        reader.read(path)
    return Points(tuple(reader.given), tuple(reader.notes))


class _Reader:
    """Reads points files one after the other; a marker's rows may stand in several."""

    def __init__(self, papers: MarkedBy, rules: Marking):
        self.papers, self.rules = papers, rules
        self.given: list[Given] = []
        self.notes: list[str] = []
        self._rows: dict[tuple[str, str, str], dict[int | None, Given]] = {}
        self._markers: dict[str, str] = {}

    def read(self, path: Path) -> None:
        """Read one file; raises `ExamgenError`."""
        table = read_table(path, fitting=lambda names: len({*map(fold, names)} & {*COLUMNS}))
        places = _places(table)
        problems, before, count = [], len(self.given), 0
        for row in table.rows:
            count += 1
            cells = {name: unsafe(row.cells[at].strip()) for name, at in places.items()}
            if not cells["points"]:
                continue
            try:
                self._add(self._given(table, row, cells))
            except ValueError as error:
                problems.append(f"row {row.number}: {error}")
        refuse(path, problems)
        self.notes += [*table.notes, _told(path, self.given[before:], count)]

    def _given(self, table: Table, row: Row, cells: Mapping[str, str]) -> Given:
        student = self._student(cells.get("paper", ""), cells.get("student", ""))
        part = self._part(student, cells["part"])
        line = _line(part, cells.get("criterion", ""))
        what, out_of = f"part {part.column}", part.marks
        if line is not None:
            what, out_of = f"line {line + 1} of {what}", part.rubric[line].marks
        marks = checked_marks(cells["points"], what=what, out_of=out_of, step=self.rules.step)
        marker = " ".join(cells.get("marker", "").split()) or table.path.stem
        return Given(
            place=f"{table.path.name} row {row.number}",
            student=student,
            part=part.column,
            marks=marks,
            marker=self._markers.setdefault(fold(marker), _known(marker)),
            note=cells.get("note", ""),
            line=line,
        )

    def _student(self, paper: str, student: str) -> str:
        """Whose part it is, by paper, student or both."""
        found = self.papers.registered(student)
        if student and found not in self.papers:
            hint = nearest(shown(student), self.papers)
            raise ValueError(f"the exam has no student '{shown(student)}'{hint}")
        if not paper:
            if not student:
                raise ValueError("names neither paper nor student")
            return found
        code = _code(paper)
        owners = self.papers.students(code)
        if not owners:
            hint = nearest(shown(paper), self.papers.codes())
            raise ValueError(f"nobody is marked by a paper '{shown(paper)}'{hint}")
        if student and found not in owners:
            raise ValueError(f"paper {code} is that of '{owners[0]}', not of '{found}'")
        if not student and len(owners) > 1:
            raise ValueError(f"paper {code} is that of {_quoted(owners)}: name the student")
        return found if student else owners[0]

    def _part(self, student: str, name: str) -> PrintedPart:
        form = self.papers[student]
        parts = {part.column: part for item in form.items for part in item.parts}
        if fold(name) not in parts:
            hint = nearest(shown(name), parts)
            raise ValueError(f"paper {form.code} has no part '{shown(name)}'{hint}")
        return parts[fold(name)]

    def _add(self, given: Given) -> None:
        """Keep what a marker gave; raises ValueError where he gave it before."""
        own = self._rows.setdefault((given.student, given.part, given.marker), {})
        if given.line in own:
            raise ValueError(
                f"{shown(given.marker)} gave points for the same thing in {own[given.line].place}"
            )
        if own and (given.line is None) != (None in own):
            (other, *_) = own.values()
            raise ValueError(
                f"{shown(given.marker)} gives points both for the whole part and by lines of the "
                f"rubric (in {other.place}); keep one of these"
            )
        own[given.line] = given
        self.given.append(given)


def _told(path: Path, given: Sequence[Given], rows: int) -> str:
    """A note on how much was read, and whose."""
    markers = ", ".join(shown(marker) for marker in dict.fromkeys(one.marker for one in given))
    by = f", by {markers}" if markers else ""
    return f"{path.name}: {len(given)} of {rows} rows have points{by}"


def _places(table: Table) -> dict[str, int]:
    """The place of each column; raises `ExamgenError` where one is missing or unknown."""
    places = {fold(name): place for place, name in enumerate(table.header) if name}
    start = f"{table.path}: row 1:"
    for name in _NEEDED:
        if name not in places:
            hint = nearest(name, table.header)
            raise ExamgenError(f"{start} the column '{name}' is missing{hint}")
    if "paper" not in places and "student" not in places:
        raise ExamgenError(f"{start} neither a column 'paper' nor 'student'")
    for name in table.header:
        if name and fold(name) not in COLUMNS:
            hint = nearest(shown(name), COLUMNS) or f" (they are {', '.join(COLUMNS)})"
            raise ExamgenError(f"{start} points have no column '{shown(name)}'{hint}")
    return places


def _line(part: PrintedPart, criterion: str) -> int | None:
    """The line of the rubric that a cell names, by its number or the beginning of its text."""
    if not criterion:
        return None
    if not part.rubric:
        raise ValueError(f"part {part.column} has no rubric: leave 'criterion' empty")
    count, wanted = len(part.rubric), fold(criterion)
    if criterion.isascii() and criterion.isdigit():
        if not 1 <= int(criterion[:9]) <= count:
            raise ValueError(f"the rubric of part {part.column} has lines 1 to {count}")
        return int(criterion) - 1
    texts = [fold(line.text) for line in part.rubric]
    if wanted in texts:
        return texts.index(wanted)
    found = [place for place, text in enumerate(texts) if text.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    lines = "; ".join(f"{place}: {shown(c.text)}" for place, c in enumerate(part.rubric, 1))
    which = "several lines begin" if found else "no line begins"
    raise ValueError(f"{which} with '{shown(criterion)}' in the rubric ({lines})")


def _code(text: str) -> str:
    """A paper's code as printed; a mistyped one as it is."""
    try:
        return parse(text)
    except ExamgenError:
        return text


def _known(marker: str) -> str:
    return MODERATOR if fold(marker) == MODERATOR else marker


def _quoted(names: Sequence[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)
