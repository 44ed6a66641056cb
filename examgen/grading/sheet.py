"""A sheet: one student's answers as submitted, from a row of a table."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from examgen.answers import is_blank
from examgen.errors import ExamgenError, nearest
from examgen.exam.codes import parse
from examgen.exam.export import unsafe
from examgen.exam.table import Row, Table, shown

STATUSES = ("present", "absent", "withdrawn", "void")

_MOST_LISTED = 80


@dataclass(frozen=True)
class Sheet:
    """One student's answers as submitted; ``row`` is where they begin, ``""`` what is missing."""

    row: int
    paper: str
    student: str
    status: str
    chosen: str
    responses: Mapping[str, str]  # by the part's column, as the student wrote them
    submitted: str = ""  # the time of submission, as the table has it

    @property
    def empty(self) -> bool:
        """Whether no part is answered."""
        return all(is_blank(text) for text in self.responses.values())

    def error(self, path: Path, message: str) -> ExamgenError:
        """The error at this sheet of a file, with the row."""
        return ExamgenError(f"{path}: row {self.row}: {message}")


def read_sheet(
    table: Table, row: Row, places: Mapping[str, int], responses: Mapping[str, str]
) -> Sheet:
    """The sheet in a row, with what stands at the places of its columns; raises `ExamgenError`."""

    def cell(meaning: str) -> str:
        return unsafe(row.cells[places[meaning]].strip()) if meaning in places else ""

    status = cell("status").casefold()
    if status and status not in STATUSES:
        raise ExamgenError(
            f"{table.path}: row {row.number}: status '{shown(status)}' is none of "
            f"{listed(STATUSES)}{nearest(shown(status), STATUSES)}"
        )
    return Sheet(
        row=row.number,
        paper=_code(cell("paper")),
        student=cell("student"),
        status=status,
        chosen=cell("chosen"),
        responses={column: unsafe(text) for column, text in responses.items()},
        submitted=cell("submitted"),
    )


def _code(text: str) -> str:
    """A paper's code as printed; a mistyped one as it is."""
    try:
        return parse(text)
    except ExamgenError:
        return text


def loose(student: str) -> str:
    """A student's number without case and without the leading zeros that spreadsheets drop."""
    folded = student.casefold()
    return folded.lstrip("0") or "0" if re.fullmatch(r"[0-9]+", folded) else folded


def listed(names: Iterable[str]) -> str:
    """Names for a message, not too many of them."""
    quoted = [f"'{shown(name)}'" for name in names if name]
    return ", ".join(quoted[:_MOST_LISTED]) + (", …" if len(quoted) > _MOST_LISTED else "")
