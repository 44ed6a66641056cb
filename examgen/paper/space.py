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
    Interval,
    Kind,
    ListOf,
    Matches,
    OneChoice,
    Order,
    Quantity,
    Rational,
    SetOf,
    SeveralChoices,
    Shape,
    TrueOrFalse,
    VectorPair,
    Words,
)
from examgen.language import ENGLISH, Language

_LINES_PER_MARK = Fraction(5, 2)
_CELL, _NARROW_CELL, _ROW = 13, 11, 9  # millimetres; cells of long rows are narrower
_CELL_OF_A_ROW = 25  # millimetres, where a few numbers stand in a row and may be long
_LONG_ROW = 76  # millimetres after which cells get narrower, so that the hint fits beside them
_LINE, _LONG_LINE = 70, 125  # millimetres of a line for a few words, and for a sentence
_WIDEST_GRID, _HIGHEST_GRID = 122, 110  # millimetres; beyond, one large empty box


@dataclass(frozen=True)
class Space:
    """The place for an answer on the paper; ``slices, rows, columns`` count the cells of a grid.

    An order has ``columns`` boxes; ``inner`` is the place for the correction of what is false.
    """

    style: Literal[
        "number", "wide", "shape", "grid", "interval", "rows", "circles", "squares", "order",
        "matches", "verdict", "text", "lines", "box",
    ]  # fmt: skip
    width: int = 0  # millimetres of a number's box, a line, a grid, or a cell in named rows
    axes: tuple[str, ...] = ()  # of a shape, or the names of rows
    lengths: tuple[int, ...] = ()  # how many cells the named rows have
    brackets: bool = True  # whether an interval's brackets are printed, not left to the student
    unit: str = ""  # what is printed after a number's box, in TeX
    slices: int = 1
    rows: int = 1
    columns: int = 1
    inner: "Space | None" = None


def hint_on_paper(kind: Kind, space: Space, language: Language = ENGLISH) -> str:
    """One line on how to fill in the space; the kind's own hint speaks of typing an answer."""
    match space.style:
        case "grid":
            assert isinstance(kind, Array)
            if isinstance(kind.entry, Integer) and space.rows > 1:  # no counts, which grids are not
                return language.text("paper_hint.whole_in_each_cell")
            return language.text("paper_hint.in_each_cell", hint=kind.entry.hint(language))
        case "circles" | "squares" | "rows" | "order":
            return language.text(f"paper_hint.{space.style}")
        case "interval":
            assert isinstance(kind, Interval)
            if kind.integers:
                return language.text("paper_hint.interval")
            return language.text("paper_hint.brackets") if kind.ends else ""
        case "number" if isinstance(kind, Quantity) and not kind.unit_required:
            return kind.number.hint(language)
        case "matches":
            assert isinstance(kind, Matches)
            return language.text(f"paper_hint.matches{'_reused' if kind.reuse else ''}")
        case "shape" | "lines" | "verdict":
            return ""
        case "text" if kind.by_hand:
            return ""
        case _:
            return kind.hint(language)


def space_for(kind: Kind, marks: Fraction) -> Space:
    """The space that an answer of a kind needs; an essay's grows with its marks."""
    match kind:
        case Integer():
            return Space("number", width=32)
        case Rational() | Decimal():
            return Space("number", width=40)
        case Quantity():
            if kind.unit_required:
                return Space("number", width=52)
            return Space("number", width=40, unit=kind.unit_tex)
        case Interval():
            return Space("interval", brackets=not kind.ends)
        case VectorPair():
            return _rows(kind.names, kind.lengths)
        case SetOf() | ListOf():
            return Space("box", rows=2)
        case Formula():
            return Space("wide", width=110)
        case Shape():
            return Space("shape", axes=tuple(kind.axes))
        case OneChoice():
            return Space("circles")
        case SeveralChoices():
            return Space("squares")
        case Order():
            return Space("order", columns=kind.count)
        case Matches():
            return Space("matches", rows=kind.rows)
        case TrueOrFalse():
            return Space("verdict", inner=_correction(kind.correction))
        case Words():
            return Space("text", width=_LINE)
        case Array():
            return _grid(tuple(kind.shape))
        case EssayText():
            return Space("lines", rows=max(3, round(marks * _LINES_PER_MARK)))
        case _:
            return Space("box", rows=3)


def _rows(names: tuple[str, ...], lengths: tuple[int, ...]) -> Space:
    """A row of cells for each vector, or a box where they are long."""
    width = max(_NARROW_CELL, min(_CELL, _LONG_ROW // max(lengths)))
    if width * max(lengths) > _WIDEST_GRID:
        return Space("box", rows=2 * len(names))
    return Space("rows", width=width, axes=names, lengths=lengths)


def _correction(kind: Kind) -> Space:
    """The space for a correction: that of its kind, but two lines for free text."""
    space = space_for(kind, Fraction(1))
    return Space("text", width=_LONG_LINE, rows=2) if space.style == "lines" else space


def _grid(shape: tuple[int, ...]) -> Space:
    """A grid of cells for a vector, a matrix or a stack of matrices, or a box where it is large.

    The matrices of a stack stand side by side as far as they fit.
    """
    slices, rows, columns = (1,) * (3 - len(shape)) + shape if len(shape) <= 3 else (1, 0, 0)
    most = _CELL_OF_A_ROW if slices == rows == 1 else _CELL
    width = columns * max(_NARROW_CELL, min(most, _LONG_ROW // max(columns, 1)))
    beside = max(1, _WIDEST_GRID // max(width, 1))
    high = -(-slices // beside) * rows * _ROW
    if not 0 < width <= _WIDEST_GRID or high > _HIGHEST_GRID:
        return Space("box", rows=min(10, 2 + max(shape)))
    return Space("grid", width=width, slices=slices, rows=rows, columns=columns)
