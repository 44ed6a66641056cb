"""What the template of the key table sees: the keys of a whole class in rows, as plain text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from examgen.exam.answer_tables import keys_shown
from examgen.exam.record import Form
from examgen.paper.heading import Heading

_LETTER = 1.35  # millimetres that a letter of the table is wide, on average
_BESIDE = 5.5  # millimetres left and right of a key
_NARROWEST, _WIDEST = 10, 44  # millimetres of a column; longer keys take several lines
_ROOM = 188  # millimetres for the keys of a row, on Letter
_LONGEST = 120  # letters; beyond, the key of the paper is referred to
_BY_HAND = "–"


@dataclass(frozen=True)
class KeyColumn:
    """The keys of one part: its column and the millimetres that it is wide."""

    name: str
    width: int


@dataclass(frozen=True)
class KeyBand:
    """Columns that stand beside each other, of whole questions where these fit."""

    first: int  # question
    last: int
    columns: tuple[KeyColumn, ...]


@dataclass(frozen=True)
class KeyRow:
    """The keys of one paper, or of a version, by column; None stands for one that is too long."""

    number: int
    code: str
    student: str
    keys: dict[str, str | None]


@dataclass(frozen=True)
class KeyTableView:
    """All that the template of a key table is given.

    Where versions were dealt there is a row for each version, without code and student, and
    ``papers`` tells the version of each paper as number, code, student, version.
    """

    heading: Heading
    rows: tuple[KeyRow, ...]
    bands: tuple[KeyBand, ...]
    papers: tuple[tuple[int, str, str, int], ...]

    @classmethod
    def of(cls, forms: Sequence[Form], heading: Heading, columns: Sequence[str]) -> "KeyTableView":
        """The keys of a class by the numbers of its papers; ``columns`` are those of all parts."""
        ordered = sorted(forms, key=lambda form: form.number)
        versions = {form.version: form for form in reversed(ordered) if form.version}
        rows = (
            [KeyRow(one, "", "", _keys(versions[one])) for one in sorted(versions)]
            if versions
            else [KeyRow(form.number, form.code, form.student, _keys(form)) for form in ordered]
        )
        papers = [(form.number, form.code, form.student, form.version) for form in ordered]
        return cls(
            heading, tuple(rows), tuple(_bands(rows, columns)), tuple(papers if versions else ())
        )


def _keys(form: Form) -> dict[str, str | None]:
    shown = keys_shown(form)
    keys = {
        part.column: shown.get(part.column, _BY_HAND) for item in form.items for part in item.parts
    }
    return {column: key if len(key) <= _LONGEST else None for column, key in keys.items()}


def _bands(rows: Sequence[KeyRow], columns: Sequence[str]) -> Iterator[KeyBand]:
    """Questions in their order, as many beside each other as there is room for."""
    band: list[KeyColumn] = []
    for _, question in groupby(columns, key=_question):
        wanted = [KeyColumn(column, _width(column, rows)) for column in question]
        if band and _total(band) + _total(wanted) > _ROOM:
            yield _band(band)
            band = []
        for column in wanted:
            if band and _total(band) + column.width > _ROOM:
                yield _band(band)
                band = []
            band.append(column)
    yield _band(band)


def _band(columns: Sequence[KeyColumn]) -> KeyBand:
    return KeyBand(_question(columns[0].name), _question(columns[-1].name), tuple(columns))


def _question(column: str) -> int:
    """The number of the question of a column such as ``3.b``."""
    return int(column.partition(".")[0])


def _total(columns: Sequence[KeyColumn]) -> int:
    return sum(column.width for column in columns)


def _width(column: str, rows: Sequence[KeyRow]) -> int:
    longest = max(len(row.keys.get(column) or "see key") for row in rows)
    return round(min(_WIDEST, max(_NARROWEST, _BESIDE + _LETTER * longest)))
