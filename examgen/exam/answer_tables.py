"""Tables with a row a paper: the one to be filled with answers, and the one of the keys."""

from collections.abc import Sequence

from examgen.answers import kind_from
from examgen.errors import ExamgenError
from examgen.exam.codes import parse
from examgen.exam.export import csv_lines, to_csv, unsafe
from examgen.exam.folder import ExamFolder
from examgen.exam.record import Form
from examgen.exam.table import Table, fold, read_table
from examgen.files import write_bytes, write_text

FIXED = ("paper", "student", "name", "status")


def write_submissions(folder: ExamFolder, forms: Sequence[Form], columns: Sequence[str]) -> int:
    """Make the table of answers, or append the rows it lacks; returns how many.

    What is there stays byte for byte: filled cells, columns of its own, encoding and delimiter.
    """
    path = folder.submissions
    header = [*FIXED, *columns]
    if not path.exists():
        rows = [[cell.get(column, "") for column in header] for cell in map(_cells, forms)]
        write_text(path, "\ufeff" + to_csv(header, rows))
        return len(rows)
    known = {fold(column) for column in header}
    table = read_table(path, fitting=lambda names: len({fold(name) for name in names} & known))
    if not {fold(column) for column in columns} & {fold(name) for name in table.header}:
        return 0  # a table of another shape, such as one row a part: the instructor's own
    missing = _missing(table, forms)
    if missing:
        _append(table, path.read_bytes(), missing)
    return len(missing)


def write_key_table(folder: ExamFolder, forms: Sequence[Form], columns: Sequence[str]) -> None:
    """Write the keys of all papers as one table; essays have none."""
    rows = []
    for form in forms:
        keys = {
            part.column: kind_from(part.kind).show(kind_from(part.kind).unpack(part.key))
            for item in form.items
            for part in item.parts
            if part.key is not None
        }
        rows.append([form.code, form.student, *(keys.get(column, "") for column in columns)])
    text = "\ufeff" + to_csv(["paper", "student", *columns], rows)
    write_text(folder.key_table, text, private=True)


def _cells(form: Form) -> dict[str, str]:
    return {"paper": form.code, "student": form.student, "name": form.name}


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


def _append(table: Table, content: bytes, forms: Sequence[Form]) -> None:
    line_end = "\r\n" if "\r\n".encode(table.encoding) in content else "\n"
    names = [fold(name) for name in table.header]
    rows = [[cells.get(name, "") for name in names] for cells in map(_cells, forms)]
    lines = csv_lines(rows, delimiter=table.delimiter, line_end=line_end)
    if not content.endswith("\n".encode(table.encoding)):
        lines = line_end + lines
    try:
        write_bytes(table.path, content + lines.encode(table.encoding))
    except UnicodeEncodeError:
        write_text(table.path, "\ufeff" + content.decode(table.encoding) + lines)
