"""The place for an answer on the paper: how it looks for each answer kind, and its hint."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from examgen.answers import (
    Array,
    Decimal,
    EssayText,
    Formula,
    Integer,
    Kind,
    OneChoice,
    Rational,
    SeveralChoices,
    Shape,
)

_LINES_PER_MARK = Fraction(5, 2)
_CELL, _NARROW_CELL, _ROW = 13, 11, 9  # millimetres; cells of long rows are narrower
_LONG_ROW = 80  # millimetres after which cells get narrower, so that the hint fits beside them
_WIDEST_GRID, _HIGHEST_GRID = 122, 110  # millimetres; beyond, one large empty box


@dataclass(frozen=True)
class Space:
    """The place for an answer on the paper; ``slices, rows, columns`` count the cells of a grid."""

    style: Literal["number", "wide", "shape", "grid", "circles", "squares", "lines", "box"]
    width: int = 0  # millimetres of a number's box, or of a grid
    axes: tuple[str, ...] = ()
    slices: int = 1
    rows: int = 1
    columns: int = 1


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
        case Formula():
            return Space("wide", width=110)
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
