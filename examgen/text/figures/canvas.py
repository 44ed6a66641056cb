"""A sheet to draw figures on: SVG in CSS pixels, in black, white and greys that print."""

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache

from examgen.engine import EngineError
from examgen.text.values import Figure, TextError, exact

BLACK, DARK, GREY, LIGHT, WHITE = "#000", "#444", "#bbb", "#e4e4e4", "#fff"
# Each darker than the one before, so that they differ in grey print; black text is legible on all.
TINTS = (
    *("#fdf6c9", "#d9f0d3", "#c6e2f5", "#f6cfd6", "#e2c9ee"),
    *("#f3bd8b", "#a8d08f", "#8fb8de", "#d99cae"),
)
CELL = 22.0  # the side of a cell that holds a number of up to three digits
_MILLIMETRES = 25.4 / 96  # a CSS pixel
_EM = 11 / 0.75  # CSS pixels: figures are drawn for text of 11 pt and scale with the text
_WIDEST, _HIGHEST = 140, 100  # millimetres
_FONT = "Exam Serif, Exam Symbols, serif"
_EMS = dict.fromkeys("0123456789", 0.5) | dict.fromkeys("−+=×÷≈→", 0.72)  # widths of letters
_EMS |= dict.fromkeys(" .,;:()/ijlt", 0.36)

Number = int | Fraction | float
Rows = Sequence[Sequence[object]]
Fills = Mapping[tuple[int, int], str]


class Canvas:
    """A drawing in the making; x grows to the right, y downwards."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._elements: list[str] = []

    def rectangle(
        self,
        x: Number,
        y: Number,
        width: Number,
        height: Number,
        *,
        fill: str = "none",
        weight: float = 0.7,
        dash: str = "",
        round_: float = 0,
    ) -> None:
        """A rectangle by its upper left corner."""
        self._add(
            f'<rect x="{_short(x)}" y="{_short(y)}" width="{_short(width)}" '
            f'height="{_short(height)}" fill="{fill}"{_stroke(weight, dash)}'
            + (f' rx="{_short(round_)}"/>' if round_ else "/>")
        )

    def line(
        self,
        start: tuple[Number, Number],
        end: tuple[Number, Number],
        *,
        weight: float = 0.7,
        dash: str = "",
        colour: str = BLACK,
    ) -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = start, end
        self._add(
            f'<line x1="{_short(x1)}" y1="{_short(y1)}" x2="{_short(x2)}" y2="{_short(y2)}"'
            f"{_stroke(weight, dash, colour)}/>"
        )

    def arrow(
        self, start: tuple[Number, Number], end: tuple[Number, Number], *, weight: float = 0.9
    ) -> None:
        """A line with a filled head at its end."""
        (x1, y1), (x2, y2) = start, end
        length = math.hypot(float(x2 - x1), float(y2 - y1))
        if not length:
            return
        along = float(x2 - x1) / length, float(y2 - y1) / length
        size = min(6.0, length)
        neck = float(x2) - size * along[0], float(y2) - size * along[1]
        across = -along[1] * size * 0.38, along[0] * size * 0.38
        self.line(start, neck, weight=weight)
        points = [
            (x2, y2),
            (neck[0] + across[0], neck[1] + across[1]),
            (neck[0] - across[0], neck[1] - across[1]),
        ]
        self._add(f'<polygon points="{_points(points)}" fill="{BLACK}"/>')

    def path(self, points: Sequence[tuple[Number, Number]], *, weight: float = 0.7) -> None:
        """An open line through points."""
        self._add(f'<polyline points="{_points(points)}" fill="none"{_stroke(weight, "")}/>')

    def polygon(self, points: Sequence[tuple[Number, Number]], *, fill: str = WHITE) -> None:
        """A closed shape with a black edge."""
        self._add(f'<polygon points="{_points(points)}" fill="{fill}"{_stroke(0.7, "")}/>')

    def circle(self, x: Number, y: Number, radius: float, *, fill: str = BLACK) -> None:
        """A circle with a black edge."""
        self._add(
            f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}" fill="{fill}"'
            f"{_stroke(0.9, '')}/>"
        )

    def text(
        self,
        x: Number,
        y: Number,
        content: object,
        *,
        size: float = 11,
        anchor: str = "middle",
        italic: bool = False,
        bold: bool = False,
        fill: str = BLACK,
    ) -> None:
        """Words or a number, centred on y; `anchor` is start, middle or end."""
        words = html.escape(label(content))
        if not words:
            return
        style = ' font-style="italic"' if italic else ""
        style += ' font-weight="700"' if bold else ""
        self._add(
            f'<text x="{_short(x)}" y="{_short(float(y) + 0.33 * size)}" font-size="{_short(size)}"'
            f' text-anchor="{anchor}" fill="{fill}"{style}>{words}</text>'
        )

    def bracket(self, x1: Number, x2: Number, y: Number, content: object, *, up: bool) -> None:
        """A span from x1 to x2 with its label, above the span or below it."""
        side = -1 if up else 1
        tip = y - 5 * side
        self.path([(x1, tip), (x1, y), (x2, y), (x2, tip)])
        self.text((x1 + x2) / 2, y + 9 * side, content)

    def grid(
        self,
        x: Number,
        y: Number,
        values: Rows,
        cell: float,
        *,
        fills: Fills | None = None,
        size: float | None = None,
    ) -> None:
        """Square cells with their values; `fills` gives the colour of (row, column), else white."""
        colours = fills or {}
        for row, line in enumerate(values):
            for column, value in enumerate(line):
                left, top = x + column * cell, y + row * cell
                self.rectangle(left, top, cell, cell, fill=colours.get((row, column), WHITE))
                self.text(left + cell / 2, top + cell / 2, value, size=size or min(12, cell * 0.6))

    def outline(
        self,
        x: Number,
        y: Number,
        window: tuple[int, int, int, int],
        cell: float,
        *,
        dash: str = "",
    ) -> None:
        """A heavy frame around a window (row, column, height, width) of a grid at (x, y)."""
        row, column, height, width = window
        left, top = x + column * cell, y + row * cell
        self.rectangle(left, top, width * cell, height * cell, weight=2, dash=dash)

    def cross(self, x: Number, y: Number, width: float, height: float) -> None:
        """Two diagonals through a rectangle by its upper left corner: crossed out."""
        self.line((x, y), (x + width, y + height))
        self.line((x, y + height), (x + width, y))

    def figure(self, alt: str) -> Figure:
        """The finished figure with its alternative text."""
        width, height = self.width * _MILLIMETRES, self.height * _MILLIMETRES
        if width > _WIDEST + 0.5 or height > _HIGHEST:
            raise TextError(
                f"a figure of {width:.0f} × {height:.0f} mm does not fit the page: "
                f"at most {_WIDEST} × {_HIGHEST} mm"
            )
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width / _EM:.2f}em" '
            f'height="{self.height / _EM:.2f}em" '
            f'viewBox="0 0 {_short(self.width)} {_short(self.height)}" font-family="{_FONT}">'
        )
        return Figure(head + "".join(self._elements) + "</svg>", alt)

    def _add(self, element: str) -> None:
        self._elements.append(element)


def label(value: object) -> str:
    """A value as it is written in a figure: a true minus sign, a fraction as a/b."""
    if type(value) is str:
        return value
    value = exact(value)
    if isinstance(value, float):
        raise TextError(f"{value!r} is a float: give an int or a Fraction")
    return str(value).replace("-", "−") if isinstance(value, int | Fraction) else str(value)


def rows_of(values: object) -> tuple[tuple[object, ...], ...]:
    """A matrix (or a vector, as one row) as a tuple of rows of equal length."""
    matrix = exact(values)
    if isinstance(matrix, tuple) and matrix and not isinstance(matrix[0], tuple):
        matrix = (matrix,)
    if not isinstance(matrix, tuple) or len({len(row) for row in matrix if row}) != 1:
        raise TextError(f"{values!r} is not a matrix")
    return matrix


def at_least(least: int, **numbers: object) -> None:
    """Refuse an argument of a figure that is not a whole number of at least `least`."""
    for name, value in numbers.items():
        if not isinstance(exact(value), int) or exact(value) < least:  # type: ignore[operator]
            raise TextError(f"{name} is {value!r}, not a whole number of at least {least}")


def one_name_each(argument: str, names: Sequence[object], count: int) -> None:
    """Refuse names, where there are any, that are not as many as what they name."""
    if names and len(names) != count:
        raise TextError(f"{argument}: {len(names)} names for {count}")


def width_of(content: object, size: float = 11) -> float:
    """About how wide a label is, in CSS pixels."""
    return size * _ems(label(content))


@lru_cache(1024)
def _ems(words: str) -> float:
    return sum(_EMS.get(letter, 0.56) for letter in words)


def cell_for(*matrices: Rows) -> float:
    """The side of square cells that are wide enough for the longest value."""
    values = (value for rows in matrices for row in rows for value in row)
    return max(CELL, *(4 + width_of(value, 12) for value in values))


@contextmanager
def checked_by_the_engine() -> Iterator[None]:
    """Errors of the engine about what a figure shows, as errors of the text."""
    try:
        yield
    except EngineError as error:
        raise TextError(str(error)) from error


def in_words(values: Rows) -> str:
    """A matrix for an alternative text, row by row."""
    return "; ".join(", ".join(map(label, row)) for row in values)


def _stroke(weight: float, dash: str, colour: str = BLACK) -> str:
    if not weight:
        return ""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f' stroke="{colour}" stroke-width="{_short(weight)}"{dashes}'


def _points(points: Sequence[tuple[Number, Number]]) -> str:
    return " ".join(f"{_short(x)},{_short(y)}" for x, y in points)


@lru_cache(4096)
def _short(number: Number) -> str:
    return f"{round(float(number), 2):g}"
