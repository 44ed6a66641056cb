"""Figures of a convolution: where the kernel's taps fall on the padded input."""

from examgen.text.figures.canvas import (
    BLACK,
    GREY,
    LIGHT,
    WHITE,
    Canvas,
    at_least,
    width_of,
)
from examgen.text.figures.words import say
from examgen.text.values import Figure, TextError

_LARGEST_SQUARE = 13  # cells a side drawn as a square; larger inputs are drawn as one row
_ENDS = 4  # pixels drawn after the break of a long row


def conv_figure(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Figure:
    """A square input with its padding, and the taps of the first window and of the next one.

    `size`, `kernel` and `padding` count pixels of one side. A large input is drawn as one of its
    rows, broken in the middle.
    """
    at_least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    at_least(0, padding=padding)
    reach = dilation * (kernel - 1) + 1
    if reach > size + 2 * padding:
        raise TextError(f"the kernel spans {reach} pixels, the padded input {size + 2 * padding}")
    ring = say("ring", padding=padding) if padding else say("no_ring")
    spread = say("spread", dilation=dilation) if dilation > 1 else ""
    alt = say("conv", size=size, ring=ring, kernel=kernel, spread=spread, stride=stride)
    draw = _square if size + 2 * padding <= _LARGEST_SQUARE else _strip
    return draw(size, kernel, stride, padding, dilation).figure(alt)


def _square(size: int, kernel: int, stride: int, padding: int, dilation: int) -> Canvas:
    """The whole input as a square of cells, with a legend."""
    cell, x, y = 16.0, 6.0, 26.0
    side = size + 2 * padding
    legend = max(width_of(say(words)) for words in ("first_taps", "next_taps"))
    canvas = Canvas(x + side * cell + max(154, legend + 25), max(y + side * cell + 6, 86))
    ring = {
        (row, column)
        for row in range(side)
        for column in range(side)
        if not (padding <= row < side - padding and padding <= column < side - padding)
    }
    cells = [["0" if (r, c) in ring else "" for c in range(side)] for r in range(side)]
    canvas.grid(x, y, cells, cell, fills=dict.fromkeys(ring, LIGHT), size=9)
    canvas.bracket(x + padding * cell, x + (side - padding) * cell, y - 8, size, up=True)
    reach = dilation * (kernel - 1) + 1
    if reach + stride <= side:
        canvas.outline(x, y, (0, stride, reach, reach), cell, dash="4 2.5")
    canvas.outline(x, y, (0, 0, reach, reach), cell)
    _taps(canvas, (x, y), cell, (kernel, stride, dilation), side)
    _legend(canvas, x + side * cell + 18, y + 10, padding)
    return canvas


def _taps(
    canvas: Canvas,
    origin: tuple[float, float],
    cell: float,
    steps: tuple[int, int, int],
    side: int,
) -> None:
    """Hollow taps of the next window under filled ones of the first."""
    kernel, stride, dilation = steps
    for start, radius, fill in ((stride, 5.6, WHITE), (0, 3.2, BLACK)):
        for row in range(kernel):
            for column in range(kernel):
                across = start + column * dilation
                if across < side:
                    x = origin[0] + (across + 0.5) * cell
                    y = origin[1] + (row * dilation + 0.5) * cell
                    canvas.circle(x, y, radius, fill=fill)


def _legend(canvas: Canvas, x: float, y: float, padding: int) -> None:
    canvas.circle(x + 6, y, 3.2)
    canvas.text(x + 18, y, say("first_taps"), anchor="start")
    canvas.circle(x + 6, y + 20, 5.6, fill=WHITE)
    canvas.text(x + 18, y + 20, say("next_taps"), anchor="start")
    if padding:
        canvas.rectangle(x, y + 34, 12, 12, fill=LIGHT)
        canvas.text(x + 18, y + 40, say("zero_padding"), anchor="start")


def _strip(size: int, kernel: int, stride: int, padding: int, dilation: int) -> Canvas:
    """One row of the input, broken where it is long, with the two windows below it."""
    reach = dilation * (kernel - 1) + 1
    head = max(reach + stride - padding + 2, 4)
    broken = head + _ENDS + 1 < size
    shown = [*range(head), None, *range(size - _ENDS, size)] if broken else list(range(size))
    places = [*[-1] * padding, *shown, *[-1] * padding]
    labels = [say(words) for words in ("row_of_input", "first_window", "next_window")]
    labels_wide = max(96.0, *map(width_of, labels))
    cell = min(16.0, (520 - labels_wide) / len(places))
    x, y = labels_wide, 40.0
    canvas = Canvas(x + cell * len(places) + 8, y + 3 * cell + 36)
    for position, place in enumerate(places):
        left = x + position * cell
        if place is None:
            canvas.text(left + cell / 2, y + cell / 2, "···", bold=True)
            continue
        padded = place == -1
        canvas.rectangle(left, y, cell, cell, fill=LIGHT if padded else WHITE)
        if padded:
            canvas.text(left + cell / 2, y + cell / 2, "0", size=min(10, cell * 0.8))
    _measures(canvas, x, y, cell, len(places), size, padding)
    canvas.text(x - 8, y + cell / 2, labels[0], anchor="end")
    _window_row(canvas, x, y + cell + 8, cell, 0, kernel, dilation, labels[1])
    if reach + stride <= size + 2 * padding:
        _window_row(canvas, x, y + 2 * cell + 14, cell, stride, kernel, dilation, labels[2])
    return canvas


def _measures(
    canvas: Canvas, x: float, y: float, cell: float, count: int, size: int, padding: int
) -> None:
    """The number of pixels of the input and of each padding, above the row."""
    canvas.bracket(
        x + padding * cell, x + (count - padding) * cell, y - 6, say("pixels", n=size), up=True
    )
    if padding:
        for start in (0, count - padding):
            left = x + start * cell
            canvas.text(left + padding * cell / 2, y - 15, padding, size=10)


def _window_row(
    canvas: Canvas,
    x: float,
    y: float,
    cell: float,
    start: int,
    kernel: int,
    dilation: int,
    name: str,
) -> None:
    """The taps of one window in their places, dark, and the pixels skipped between, empty."""
    canvas.text(x - 8, y + cell / 2, name, anchor="end")
    reach = dilation * (kernel - 1) + 1
    left = x + start * cell
    canvas.rectangle(left, y, reach * cell, cell, weight=0.7)
    for tap in range(kernel):
        canvas.rectangle(left + tap * dilation * cell, y, cell, cell, fill=GREY)
        canvas.circle(left + (tap * dilation + 0.5) * cell, y + cell / 2, min(3.2, cell * 0.3))
