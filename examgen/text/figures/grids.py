"""Figures that are grids of numbers."""

from collections.abc import Sequence

from examgen.text.figures.canvas import (
    Canvas,
    Number,
    at_least,
    in_words,
    label,
    rows_of,
)
from examgen.text.values import Figure, TextError

_CELL = 22


def grid_figure(
    values: object,
    title: str = "",
    row_names: Sequence[object] = (),
    column_names: Sequence[object] = (),
) -> Figure:
    """A grid of numbers (rows × columns), with names of rows and columns where given."""
    rows = rows_of(values)
    _same_length("row_names", row_names, len(rows))
    _same_length("column_names", column_names, len(rows[0]))
    cell = max(_CELL, 10 + 6 * max(len(label(value)) for row in rows for value in row))
    left = 8 + 7 * max((len(label(name)) for name in row_names), default=0)
    top = 4 + (18 if title else 0) + (16 if column_names else 0)
    canvas = Canvas(left + cell * len(rows[0]) + 4, top + cell * len(rows) + 4)
    if title:
        canvas.text(left + cell * len(rows[0]) / 2, 10, title, italic=len(title) == 1)
    for column, name in enumerate(column_names):
        canvas.text(left + cell * (column + 0.5), top - 8, name, size=10)
    for row, name in enumerate(row_names):
        canvas.text(left - 5, top + cell * (row + 0.5), name, size=10, anchor="end")
    canvas.grid(left, top, rows, cell, size=12)
    return canvas.figure(f"{title or 'A grid'} with the rows {in_words(rows)}.")


def slide_figure(image: object, kernel: object, at: tuple[int, int] = (0, 0)) -> Figure:
    """A kernel laid on an image with its corner at (row, column), and the kernel beside it."""
    pixels, weights = rows_of(image), rows_of(kernel)
    row, column = at
    at_least(0, row=row, column=column)
    if row + len(weights) > len(pixels) or column + len(weights[0]) > len(pixels[0]):
        raise TextError(f"at={at}: the kernel reaches over the edge of the image")
    wide = _CELL * len(pixels[0])
    start = 4 + wide + 44
    height = 22 + _CELL * max(len(pixels), len(weights)) + 4
    canvas = Canvas(start + _CELL * len(weights[0]) + 4, height)
    window = {
        (row + down, column + across)
        for down in range(len(weights))
        for across in range(len(weights[0]))
    }
    canvas.text(4 + wide / 2, 10, "image X")
    canvas.grid(4, 20, pixels, _CELL, shaded=window)
    outline(canvas, 4, 20, (*at, len(weights), len(weights[0])), _CELL)
    middle = 20 + _CELL * len(pixels) / 2
    top = middle - _CELL * len(weights) / 2
    canvas.text(start - 22, middle, "∗", size=16)
    canvas.text(start + _CELL * len(weights[0]) / 2, max(top - 10, 10), "kernel W")
    canvas.grid(start, max(top, 20), weights, _CELL, shaded=_all(weights))
    return canvas.figure(
        f"Image X with the rows {in_words(pixels)}; kernel W with the rows {in_words(weights)}. "
        f"The kernel lies on the image with its upper left corner at row {row}, column {column}."
    )


def pool_figure(values: object, size: int, stride: int | None = None) -> Figure:
    """A feature map with the first pooling windows outlined; the stride defaults to the size."""
    rows = rows_of(values)
    step = size if stride is None else stride
    at_least(1, size=size, stride=step)
    if size > min(len(rows), len(rows[0])):
        raise TextError(f"a window of side {size} is larger than the feature map")
    canvas = Canvas(_CELL * len(rows[0]) + 12, _CELL * len(rows) + 12)
    first = {(row, column) for row in range(size) for column in range(size)}
    canvas.grid(6, 6, rows, _CELL, shaded=first)
    if step + size <= len(rows[0]):
        outline(canvas, 6, 6, (0, step, size, size), _CELL, dash="4 2.5")
    outline(canvas, 6, 6, (0, 0, size, size), _CELL)
    return canvas.figure(
        f"A feature map with the rows {in_words(rows)}. The first pooling window, {size} by {size} "
        f"in the upper left corner, is shaded; the next one, {step} to the right, is dashed."
    )


def padding_figure(values: object, padding: int = 1) -> Figure:
    """An image with a ring of zeros around it."""
    rows = rows_of(values)
    at_least(0, padding=padding)
    empty = [0] * (len(rows[0]) + 2 * padding)
    side = [0] * padding
    padded = [empty] * padding + [[*side, *row, *side] for row in rows] + [empty] * padding
    inside = {
        (row + padding, column + padding)
        for row in range(len(rows))
        for column in range(len(rows[0]))
    }
    ring = _all(padded) - inside
    canvas = Canvas(_CELL * len(padded[0]) + 8, _CELL * len(padded) + 8)
    canvas.grid(4, 4, padded, _CELL, shaded=ring)
    outline(canvas, 4, 4, (padding, padding, len(rows), len(rows[0])), _CELL)
    return canvas.figure(
        f"An image with the rows {in_words(rows)}, with zero padding {padding} on every side."
    )


def separable_figure(size: int) -> Figure:
    """A column times a row makes a square kernel: the picture of a separable kernel."""
    at_least(2, size=size)
    cell = min(20, 130 / size)
    side = cell * size
    canvas = Canvas(4 + cell + 30 + side + 30 + side + 4, side + 26)
    blank = [[""] * size] * size
    middle = 20 + side / 2
    canvas.grid(4, 20, [[""]] * size, cell, shaded=_all(blank))
    canvas.text(4 + cell + 15, middle, "×", size=14)
    row_left = 4 + cell + 30
    canvas.grid(row_left, middle - cell / 2, [[""] * size], cell, shaded=_all(blank))
    canvas.text(row_left + side + 15, middle, "=", size=14)
    square_left = row_left + side + 30
    canvas.grid(square_left, 20, blank, cell)
    canvas.text(4 + cell / 2, 9, f"{size} × 1", size=10)
    canvas.text(row_left + side / 2, middle - cell / 2 - 9, f"1 × {size}", size=10)
    canvas.text(square_left + side / 2, 9, f"{size} × {size}", size=10)
    return canvas.figure(
        f"A column of {size} weights times a row of {size} weights gives a {size} by {size} kernel."
    )


def outline(
    canvas: Canvas,
    x: Number,
    y: Number,
    window: tuple[int, int, int, int],
    cell: float,
    *,
    dash: str = "",
) -> None:
    """A heavy frame around a window (row, column, height, width) of a grid at (x, y)."""
    row, column, height, width = window
    canvas.rectangle(
        x + column * cell, y + row * cell, width * cell, height * cell, weight=2, dash=dash
    )


def _all(rows: Sequence[Sequence[object]]) -> set[tuple[int, int]]:
    return {(row, column) for row, line in enumerate(rows) for column in range(len(line))}


def _same_length(name: str, names: Sequence[object], count: int) -> None:
    if names and len(names) != count:
        raise TextError(f"{name} has {len(names)} names for {count}")
