"""Figures of several grids in a row, joined by signs: the steps of a computation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

from examgen.text.figures.canvas import (
    GREY,
    LIGHT,
    Canvas,
    Fills,
    Rows,
    cell_for,
    in_words,
    rows_of,
    width_of,
)
from examgen.text.figures.words import say, sentence
from examgen.text.values import Figure, TextError

_HEAD, _FOOT, _MARGIN, _GAP = 20.0, 18.0, 4.0, 11.0

Cells = Collection[tuple[int, int]]
Windows = Sequence[tuple[int, int, int, int]]


@dataclass(frozen=True)
class Panel:
    """A grid of values with its title, what is shaded or framed in it, and a note below.

    `light` and `dark` list (row, column) of shaded cells and `fills` gives other colours;
    `frames` and `dashed` list the windows (row, column, height, width) with a heavy edge.
    """

    title: str
    values: object
    _: KW_ONLY
    note: str = ""
    light: Cells = ()
    dark: Cells = ()
    fills: Fills = field(default_factory=dict)
    frames: Windows = ()
    dashed: Windows = ()
    rows: Rows = field(init=False)
    cell: float = field(init=False)  # the side of a cell

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", rows_of(self.values))
        object.__setattr__(self, "cell", cell_for(self.rows))

    @property
    def width(self) -> float:
        """The width of the grid, or of its title or its note where they are wider."""
        words = max(width_of(self.title), width_of(self.note, 10))
        return max(self.cell * len(self.rows[0]), words)

    @property
    def height(self) -> float:
        """The height of the grid alone."""
        return self.cell * len(self.rows)

    def draw(self, canvas: Canvas, left: float, middle: float) -> None:
        """Draw the grid around its vertical middle, with title and note."""
        centre = left + self.width / 2
        x, y = centre - self.cell * len(self.rows[0]) / 2, middle - self.height / 2
        fills = {**dict.fromkeys(self.light, LIGHT), **dict.fromkeys(self.dark, GREY), **self.fills}
        canvas.text(centre, y - 10, self.title)
        canvas.grid(x, y, self.rows, self.cell, fills=fills, size=12)
        for window in self.dashed:
            canvas.outline(x, y, window, self.cell, dash="4 2.5")
        for window in self.frames:
            canvas.outline(x, y, window, self.cell)
        canvas.text(centre, y + self.height + 10, self.note, size=10)

    def in_words(self) -> str:
        """The panel for an alternative text."""
        name = f"{self.title or say('a_grid')}{f' ({self.note})' if self.note else ''}"
        if not any(value != "" for row in self.rows for value in row):
            return say("empty_grid", title=name, height=len(self.rows), width=len(self.rows[0]))
        return say("grid_in_words", title=name, rows=in_words(self.rows))


def grids_figure(*parts: object) -> Figure:
    """Grids in a row with signs between them, such as an input, a kernel and their result.

    Each part is a sign (a text such as "∗"), a matrix, a pair (title, matrix) or a mapping with
    title, values and what else a `Panel` takes; "newline" begins another row. The alternative
    text tells the titles, the numbers, the notes and the signs, but neither shading nor frames.
    """
    lines: list[list[Panel | str]] = [[]]
    for part in parts:
        if isinstance(part, str) and part == "newline":
            lines.append([])
        else:
            lines[-1].append(part if isinstance(part, str) else _panel(part))
    if not all(any(isinstance(part, Panel) for part in line) for line in lines):
        raise TextError("grids_figure wants at least one grid in each row")
    told = "; ".join(" ".join(_told(part) for part in line) for line in lines)
    return draw_panels(lines).figure(f"{sentence(told)}.")


def draw_panels(lines: Sequence[Sequence[Panel | str]]) -> Canvas:
    """Rows of panels and signs, each row around its own middle and in the middle of the sheet."""
    canvas = Canvas(max(map(_wide, lines)) + 2 * _MARGIN, sum(map(_high, lines)))
    top = 0.0
    for line in lines:
        tallest = max(part.height for part in line if isinstance(part, Panel))
        middle, left = top + _head(line) + tallest / 2, (canvas.width - _wide(line)) / 2
        for part in line:
            if isinstance(part, Panel):
                part.draw(canvas, left, middle)
            else:
                canvas.text(left + _across(part) / 2, middle, part, size=_sign_size(part))
            left += _across(part) + _GAP
        top += _high(line)
    return canvas


def _panel(part: object) -> Panel:
    if isinstance(part, Panel):
        return part
    if isinstance(part, Mapping):
        try:
            return Panel(**{"title": "", **part})
        except TypeError as error:
            raise TextError(f"a grid of grids_figure: {error}") from error
    if isinstance(part, tuple) and len(part) == 2 and isinstance(part[0], str):
        return Panel(*part)
    return Panel("", part)


def _sign_size(sign: str) -> float:
    return 14 if len(sign) == 1 else 11


def _across(part: Panel | str) -> float:
    """The width that a panel or a sign takes up."""
    return part.width if isinstance(part, Panel) else width_of(part, _sign_size(part))


def _wide(line: Sequence[Panel | str]) -> float:
    return sum(map(_across, line)) + _GAP * (len(line) - 1)


def _head(line: Sequence[Panel | str]) -> float:
    return _HEAD if any(isinstance(part, Panel) and part.title for part in line) else _MARGIN


def _high(line: Sequence[Panel | str]) -> float:
    panels = [part for part in line if isinstance(part, Panel)]
    notes = _FOOT if any(panel.note for panel in panels) else _MARGIN
    return _head(line) + max(panel.height for panel in panels) + notes


def _told(part: Panel | str) -> str:
    return part if isinstance(part, str) else part.in_words()
