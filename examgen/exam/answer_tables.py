"""Tables of the exam folder: to be filled with answers, with points of essays, and of the keys."""

from collections.abc import Callable, Sequence
from pathlib import Path

from examgen.answers import kind_from
from examgen.errors import ExamgenError
from examgen.exam.codes import parse
from examgen.exam.export import csv_lines, number, to_csv, unsafe
from examgen.exam.folder import ExamFolder
from examgen.exam.record import Form
from examgen.exam.table import Table, fold, read_table
from examgen.files import write_bytes, write_text

FIXED = ("paper", "student", "name", "status")
POINTS = ("paper", "part", "criterion", "out_of", "points", "marker", "note")

Rows = Callable[[Form], list[dict[str, str]]]  # the rows of a form, cells by column


def write_submissions(folder: ExamFolder, forms: Sequence[Form], columns: Sequence[str]) -> int:
    """Make the table of answers, or append the rows it lacks; returns for how many forms.

    What is there stays byte for byte: filled cells, columns of its own, encoding and delimiter.
    """
    path, header = folder.submissions, (*FIXED, *columns)
    if path.exists():
        names = {fold(name) for name in _read(path, header).header}
        if not {fold(column) for column in columns} & names:
            return 0  # a table of another shape, such as one row a part: the instructor's own
    return _extend(path, header, forms, _answer_rows)


def write_points(folder: ExamFolder, forms: Sequence[Form]) -> int:
    """Make or extend the table of points as `write_submissions`: a row a line of each rubric.

    An exam without essays gets none. Rubrics tell answers, so only the owner can read the table.
    """
    marked = [form for form in forms if _point_rows(form)]
    return _extend(folder.points, POINTS, marked, _point_rows, private=True) if marked else 0


def write_key_table(folder: ExamFolder, forms: Sequence[Form], columns: Sequence[str]) -> None:
    """Write the keys of all papers as one table; essays have none."""
    rows = []
    for form in forms:
        keys = keys_shown(form)
        rows.append([form.code, form.student, *(keys.get(column, "") for column in columns)])
    text = "\ufeff" + to_csv(["paper", "student", *columns], rows)
    write_text(folder.key_table, text, private=True)


def keys_shown(form: Form) -> dict[str, str]:
    """The keys of a form by column, as a student may type them; essays have none."""
    return {
        part.column: kind_from(part.kind).show(kind_from(part.kind).unpack(part.key))
        for item in form.items
        for part in item.parts
        if part.key is not None
    }


def _answer_rows(form: Form) -> list[dict[str, str]]:
    return [{"paper": form.code, "student": form.student, "name": form.name}]


def _point_rows(form: Form) -> list[dict[str, str]]:
    """The lines of the rubrics; the paper's code alone says whose they are."""
    return [
        {
            "paper": form.code,
            "part": part.column,
            "criterion": line.text,
            "out_of": number(line.marks),
        }
        for item in form.items
        for part in item.parts
        for line in part.rubric
    ]


def _read(path: Path, header: Sequence[str]) -> Table:
    known = {fold(column) for column in header}
    return read_table(path, fitting=lambda names: len({fold(name) for name in names} & known))


def _extend(
    path: Path, header: Sequence[str], forms: Sequence[Form], rows: Rows, *, private: bool = False
) -> int:
    """Make a table, or append the rows of forms that it does not name; returns how many forms."""
    if not path.exists():
        cells = [[row.get(name, "") for name in header] for form in forms for row in rows(form)]
        write_text(path, "\ufeff" + to_csv(header, cells), private=private)
        return len(forms)
    table = _read(path, header)
    missing = _missing(table, forms)
    if missing:
        _append(table, path.read_bytes(), [row for form in missing for row in rows(form)])
    return len(missing)


def _missing(table: Table, forms: Sequence[Form]) -> list[Form]:
    """The forms that no row names, by paper code or by student."""
    names = [fold(name) for name in table.header]
    places = {name: names.index(name) for name in ("paper", "student") if name in names}
    if not places:
        raise ExamgenError(
            f"{table.path}: row 1: neither a column 'paper' nor 'student'; rename the file or "
            "restore the column, so that papers can be added"
        )
    codes: set[str] = set()
    students: set[str] = set()
    for row in table.rows:
        if "student" in places:
            students.add(unsafe(row.cells[places["student"]].strip()))
        if "paper" in places:
            codes |= _code(row.cells[places["paper"]])
    return [form for form in forms if form.code not in codes and form.student not in students]


def _code(cell: str) -> set[str]:
    try:
        return {parse(cell)}
    except ExamgenError:
        return set()


def _append(table: Table, content: bytes, cells: Sequence[dict[str, str]]) -> None:
    line_end = "\r\n" if "\r\n".encode(table.encoding) in content else "\n"
    names = [fold(name) for name in table.header]
    rows = [[row.get(name, "") for name in names] for row in cells]
    lines = csv_lines(rows, delimiter=table.delimiter, line_end=line_end)
    if not content.endswith("\n".encode(table.encoding)):
        lines = line_end + lines
    try:
        write_bytes(table.path, content + lines.encode(table.encoding))
    except UnicodeEncodeError:
        write_text(table.path, "\ufeff" + content.decode(table.encoding) + lines)
