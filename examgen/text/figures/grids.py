"""Figures that are grids of numbers."""

from collections.abc import Sequence

from examgen import engine
from examgen.text.figures.canvas import (
    GREY,
    LIGHT,
    WHITE,
    Canvas,
    Rows,
    at_least,
    cell_for,
    checked_by_the_engine,
    in_words,
    one_name_each,
    rows_of,
    width_of,
)
from examgen.text.figures.panels import Panel, draw_panels
from examgen.text.figures.words import say
from examgen.text.values import Figure, TextError


def grid_figure(
    values: object,
    title: str = "",
    row_names: Sequence[object] = (),
    column_names: Sequence[object] = (),
) -> Figure:
    """A grid of numbers (rows × columns), with names of rows and columns where given."""
    rows = rows_of(values)
    one_name_each("row_names", row_names, len(rows))
    one_name_each("column_names", column_names, len(rows[0]))
    cell = cell_for(rows)
    left = 9 + max((width_of(name, 10) for name in row_names), default=0)
    top = 4 + (18 if title else 0) + (16 if column_names else 0)
    canvas = Canvas(left + cell * len(rows[0]) + 4, top + cell * len(rows) + 4)
    if title:
        canvas.text(left + cell * len(rows[0]) / 2, 10, title, italic=len(title) == 1)
    for column, name in enumerate(column_names):
        canvas.text(left + cell * (column + 0.5), top - 8, name, size=10)
    for row, name in enumerate(row_names):
        canvas.text(left - 5, top + cell * (row + 0.5), name, size=10, anchor="end")
    canvas.grid(left, top, rows, cell, size=12)
    return canvas.figure(say("grid", title=title or say("some_grid"), rows=in_words(rows)))


def slide_figure(
    image: object,
    kernel: object,
    at: tuple[int, int] = (0, 0),
    stride: int = 1,
    padding: int = 0,
    output: bool = False,
    reveal: bool = False,
) -> Figure:
    """A kernel laid on an image where it gives the output at (row, column), the kernel beside it.

    With `output` the empty output stands there too, which shows its shape, with a question mark
    at `at`; with `reveal` (for a solution) it is filled in.
    """
    pixels, weights = rows_of(image), rows_of(kernel)
    at_least(0, row=at[0], column=at[1], padding=padding)
    at_least(1, stride=stride)
    padded, ring = ringed(pixels, padding)
    window = (at[0] * stride, at[1] * stride, len(weights), len(weights[0]))
    if window[0] + window[2] > len(padded) or window[1] + window[3] > len(padded[0]):
        raise TextError(f"at={at}: the kernel reaches over the edge of the image")
    covered = cells_of(window)
    parts: list[Panel | str] = [
        Panel(say("image_x"), padded, light=ring - covered, dark=covered, frames=[window]),
        "∗",
        Panel(say("kernel_w"), weights, dark=cells_of((0, 0, window[2], window[3]))),
    ]
    known = ""
    if output or reveal:
        with checked_by_the_engine():
            values = rows_of(engine.conv2d(pixels, weights, stride=stride, padding=padding))
        shown = values if reveal else _blank(values, at)
        parts += ["=", Panel(say("output_y"), shown, frames=[(*at, 1, 1)])]
        known = say("slide_output", rows=in_words(values)) if reveal else ""
    around = _ring_in_words(padding)
    moved = say("slide_stride", stride=stride) if stride > 1 else ""
    image_and_kernel = {"image": in_words(pixels), "kernel": in_words(weights)}
    place = {"row": at[0], "column": at[1]}
    words = say("slide", ring=around, stride=moved, output=known, **image_and_kernel, **place)
    return draw_panels([parts]).figure(words)


def pool_figure(
    values: object,
    size: int,
    stride: int | None = None,
    padding: int = 0,
    ceil_mode: bool = False,
) -> Figure:
    """A feature map with the first pooling windows outlined; the stride defaults to the size.

    With `ceil_mode` the places that the last windows overhang are drawn as well, beyond the map.
    """
    rows = rows_of(values)
    step = size if stride is None else stride
    at_least(1, size=size, stride=step)
    at_least(0, padding=padding)
    padded, ring = ringed(rows, padding, "")
    if size > min(len(padded), len(padded[0])):
        raise TextError(f"a window of side {size} is larger than the feature map")
    tall, wide = (_over(length, size, step, ceil_mode) for length in (len(padded), len(padded[0])))
    canvas = Canvas(cell_for(rows) * wide + 12, cell_for(rows) * tall + 12)
    _pool_windows(canvas, padded, ring, size, step, (tall, wide))
    around = say("pool_ring", padding=padding) if padding else ""
    over = say("pool_over") if ceil_mode else ""
    words = say("pool", rows=in_words(rows), ring=around, size=size, step=step, over=over)
    return canvas.figure(words)


def padding_figure(values: object, padding: int = 1) -> Figure:
    """An image with a ring of zeros around it."""
    rows = rows_of(values)
    at_least(0, padding=padding)
    padded, ring = ringed(rows, padding)
    inside = (padding, padding, len(rows), len(rows[0]))
    return draw_panels([[Panel("", padded, light=ring, frames=[inside])]]).figure(
        say("padding", rows=in_words(rows), ring=_ring_in_words(padding))
    )


def separable_figure(size: int) -> Figure:
    """A column times a row makes a square kernel: the picture of a separable kernel."""
    at_least(2, size=size)
    cell = min(20, 130 / size)
    side = cell * size
    canvas = Canvas(10 + cell + 30 + side + 30 + side + 4, side + 26)
    blank = [[""] * size] * size
    shaded = dict.fromkeys(cells_of((0, 0, size, size)), LIGHT)
    middle = 20 + side / 2
    canvas.grid(10, 20, [[""]] * size, cell, fills=shaded)
    canvas.text(10 + cell + 15, middle, "×", size=14)
    row_left = 10 + cell + 30
    canvas.grid(row_left, middle - cell / 2, [[""] * size], cell, fills=shaded)
    canvas.text(row_left + side + 15, middle, "=", size=14)
    square_left = row_left + side + 30
    canvas.grid(square_left, 20, blank, cell)
    canvas.text(10 + cell / 2, 9, f"{size} × 1", size=10)
    canvas.text(row_left + side / 2, middle - cell / 2 - 9, f"1 × {size}", size=10)
    canvas.text(square_left + side / 2, 9, f"{size} × {size}", size=10)
    return canvas.figure(say("separable", size=size))


def cells_of(window: tuple[int, int, int, int]) -> set[tuple[int, int]]:
    """The cells (row, column) of a window (row, column, height, width)."""
    row, column, height, width = window
    return {(row + down, column + across) for down in range(height) for across in range(width)}


def ringed(
    rows: Rows, padding: int, filling: object = 0, *, down: int | None = None
) -> tuple[list[list[object]], set[tuple[int, int]]]:
    """A matrix with a ring around it, and the cells of the ring.

    The ring is `padding` wide on the left and on the right, and above and below `down`, if given.
    """
    high = padding if down is None else down
    side, width = [filling] * padding, len(rows[0]) + 2 * padding
    ends = [[filling] * width for _ in range(high)]
    padded = [*ends, *([*side, *row, *side] for row in rows), *ends]
    inside = cells_of((high, padding, len(rows), len(rows[0])))
    return padded, cells_of((0, 0, len(padded), width)) - inside


def _pool_windows(
    canvas: Canvas,
    padded: Rows,
    ring: set[tuple[int, int]],
    size: int,
    step: int,
    reach: tuple[int, int],
) -> None:
    """The map, the cells overhung, the first window and its right neighbour."""
    cell = cell_for(padded)
    map_cells = cells_of((0, 0, len(padded), len(padded[0])))
    for row, column in sorted(cells_of((0, 0, *reach)) - map_cells):
        left, top = 6 + column * cell, 6 + row * cell
        canvas.rectangle(left, top, cell, cell, fill=WHITE, dash="1.5 2.5")
    first = cells_of((0, 0, size, size))
    fills = {**dict.fromkeys(ring, LIGHT), **dict.fromkeys(first, GREY)}
    canvas.grid(6, 6, padded, cell, fills=fills, size=12)
    last = {reach[1] - size} if reach[1] > len(padded[0]) else set()
    for column in sorted({step, *last} - {0}):
        if column + size <= reach[1]:
            canvas.outline(6, 6, (0, column, size, size), cell, dash="4 2.5")
    canvas.outline(6, 6, (0, 0, size, size), cell)


def _over(length: int, size: int, step: int, ceil_mode: bool) -> int:
    """How far the windows reach, where with ceil_mode the last one may hang over the end."""
    left_over = (length - size) % step
    return length + step - left_over if ceil_mode and left_over else length


def _blank(rows: Rows, at: tuple[int, int]) -> list[list[str]]:
    """A matrix of the same shape, empty but for a question mark."""
    return [
        ["?" if (row, column) == at else "" for column, _ in enumerate(line)]
        for row, line in enumerate(rows)
    ]


def _ring_in_words(padding: int) -> str:
    return say("ring_of_zeros", padding=padding) if padding else ""
