"""What the templates of a paper see of a form: what is printed, and nothing that gives a key away.

The student's template is given a `StudentView` and no form, so that keys, misconceptions,
feedback, solutions and rubrics cannot influence a byte of the student's PDF.
"""

import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from examgen.answers import (
    Array,
    Decimal,
    EssayText,
    Integer,
    Kind,
    OneChoice,
    Rational,
    SeveralChoices,
    Shape,
    kind_from,
)
from examgen.exam.record import Form, PrintedItem, PrintedPart
from examgen.paper import room
from examgen.paper.fonts import letters

_LINES_PER_MARK = Fraction(5, 2)
_CELL, _NARROW_CELL, _ROW = 13, 11, 9  # millimetres; cells of long rows are narrower
_LONG_ROW = 80  # millimetres after which cells get narrower, so that the hint fits beside them
_WIDEST_GRID, _HIGHEST_GRID = 122, 110  # millimetres; beyond, one large empty box
_TOGETHER = 110  # millimetres of a stem that is kept on one page with its first part


@dataclass(frozen=True)
class Heading:
    """What the cover says of the exam; empty texts and None are left out."""

    title: str
    course: str = ""
    institution: str = ""
    date: str = ""
    minutes: int | None = None
    instructions: tuple[str, ...] = ()
    total: Fraction | None = None  # None: the sum of the marks, bonus questions not counted


@dataclass(frozen=True)
class Space:
    """The place for an answer on the paper; ``slices, rows, columns`` count the cells of a grid."""

    style: Literal["number", "shape", "grid", "circles", "squares", "lines", "box"]
    width: int = 0  # millimetres of a number's box, or of a grid
    axes: tuple[str, ...] = ()
    slices: int = 1
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class StudentPart:
    """One part as printed for the student; texts are Markdown with TeX."""

    letter: str
    marks: Fraction
    prompt: str
    tex: str
    unit: str
    hint: str
    options: tuple[str, ...]
    across: int  # how many options stand on one line
    space: Space


@dataclass(frozen=True)
class StudentItem:
    """One question as printed for the student."""

    number: int
    title: str
    stem: str
    together: bool  # whether the stem stays on one page with the first part
    marks: Fraction
    bonus: bool
    parts: tuple[StudentPart, ...]


@dataclass(frozen=True)
class StudentView:
    """All that the template of a student's paper is given; a nameless copy has no student either.

    An empty name with a student is one that cannot be printed: the student writes it.
    """

    heading: Heading
    total: Fraction
    code: str
    student: str
    name: str
    items: tuple[StudentItem, ...]

    @classmethod
    def of(cls, form: Form, heading: Heading) -> "StudentView":
        """What the student may see of a form."""
        return cls(
            heading=heading,
            total=total_marks(form, heading),
            code=form.code,
            student=form.student if form.name else "",
            name=printable(form.name),
            items=tuple(_student_item(item) for item in form.items),
        )


def total_marks(form: Form, heading: Heading) -> Fraction:
    """What the exam is marked out of."""
    if heading.total is not None:
        return heading.total
    return sum((item.marks for item in form.items if not item.bonus), Fraction(0))


def printable(name: str) -> str:
    """A student's name, or an empty text where the bundled font lacks one of its letters."""
    composed = unicodedata.normalize("NFC", name)
    held = (
        letters().issuperset(map(ord, one))
        or letters().issuperset(map(ord, unicodedata.normalize("NFD", one)))
        for one in composed
    )
    return name if all(held) else ""


def letter(part: PrintedPart) -> str:
    """The letter of a part within its question: ``b`` for the column ``3.b``."""
    return part.column.rpartition(".")[2]


def _student_item(item: PrintedItem) -> StudentItem:
    parts = tuple(_student_part(part) for part in item.parts)
    return StudentItem(
        number=item.number,
        title=item.title,
        stem=item.stem,
        together=room.height(item.stem) <= _TOGETHER,
        marks=item.marks,
        bonus=item.bonus,
        parts=parts,
    )


def _student_part(part: PrintedPart) -> StudentPart:
    kind = kind_from(part.kind)
    space = space_for(kind, part.marks)
    texts = tuple(option.text for option in part.options)
    return StudentPart(
        letter=letter(part),
        marks=part.marks,
        prompt=part.prompt,
        tex=part.tex,
        unit=part.unit,
        hint=hint_on_paper(kind, space),
        options=texts,
        across=room.across(texts),
        space=space,
    )


def hint_on_paper(kind: Kind, space: Space) -> str:
    """One line on how to fill in the space; the kind's own hint speaks of typing an answer."""
    match space.style:
        case "grid":
            assert isinstance(kind, Array)
            return f"in each cell {kind.entry.hint()}"
        case "circles":
            return "fill in one circle"
        case "squares":
            return "fill in every square that applies, or none"
        case "shape" | "lines":
            return ""
        case _:
            return kind.hint()


def space_for(kind: Kind, marks: Fraction) -> Space:
    """The space that an answer of a kind needs; an essay's grows with its marks."""
    match kind:
        case Integer():
            return Space("number", width=32)
        case Rational() | Decimal():
            return Space("number", width=40)
        case Shape():
            return Space("shape", axes=tuple(kind.axes))
        case OneChoice():
            return Space("circles")
        case SeveralChoices():
            return Space("squares")
        case Array():
            return _grid(tuple(kind.shape))
        case EssayText():
            return Space("lines", rows=max(3, round(marks * _LINES_PER_MARK)))
        case _:
            return Space("box", rows=3)


def _grid(shape: tuple[int, ...]) -> Space:
    """A grid of cells for a vector, a matrix or a stack of matrices, or a box where it is large.

    The matrices of a stack stand side by side as far as they fit.
    """
    slices, rows, columns = (1,) * (3 - len(shape)) + shape if len(shape) <= 3 else (1, 0, 0)
    width = columns * max(_NARROW_CELL, min(_CELL, _LONG_ROW // max(columns, 1)))
    beside = max(1, _WIDEST_GRID // max(width, 1))
    high = -(-slices // beside) * rows * _ROW
    if not 0 < width <= _WIDEST_GRID or high > _HIGHEST_GRID:
        return Space("box", rows=min(10, 2 + max(shape)))
    return Space("grid", width=width, slices=slices, rows=rows, columns=columns)
