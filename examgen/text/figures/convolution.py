"""Figures of a convolution: where the kernel's taps fall on the padded input."""

from collections.abc import Sequence

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
# CSS pixels: what the page of the large edition holds without shrinking letters, and any page.
_NARROW, _WIDE = 290.0, 528.0


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
    places = _places(size, reach + stride, padding)
    windows = [(0, say("first_window"))]
    if reach + stride <= size + 2 * padding:
        windows.append((stride, say("next_window")))
    named = [(start + reach, 12 + width_of(name)) for start, name in windows]
    spans = [(len(places), 4.0), *named]  # cells, and the units to the right of them
    cell = _cell(spans)
    x, y, step = 4.0, 44.0, cell + 7
    right = max(cells * cell + beside for cells, beside in spans)
    width = x + max(right, width_of(say("row_of_input")) + 4)
    canvas = Canvas(width, y + cell + step * len(windows) + 4)
    canvas.text(x, 8, say("row_of_input"), anchor="start")
    _measures(canvas, x, y, cell, len(places), size, padding)
    for position, place in enumerate(places):
        _place(canvas, x + position * cell, y, cell, place)
    for number, (start, name) in enumerate(windows, 1):
        _window_row(canvas, x, y + number * step, cell, start, kernel, dilation, name)
    return canvas


def _places(size: int, windows_end: int, padding: int) -> list[str]:
    """The places of a row: a zero of the padding, a pixel, or the break of a long row."""
    head = max(windows_end - padding + 2, 4)
    broken = head + _ENDS + 1 < size
    pixels = ["pixel"] * head + ["break"] + ["pixel"] * _ENDS if broken else ["pixel"] * size
    return ["zero"] * padding + pixels + ["zero"] * padding


def _cell(spans: Sequence[tuple[int, float]]) -> float:
    """The side of cells: small where that keeps the row narrow, but the taps still distinct."""
    narrow, wide = (
        min((limit - 4 - beside) / cells for cells, beside in spans) for limit in (_NARROW, _WIDE)
    )
    return min(16.0, max(narrow, 10.0), wide)


def _place(canvas: Canvas, left: float, top: float, cell: float, place: str) -> None:
    if place == "break":
        canvas.text(left + cell / 2, top + cell / 2, "···", bold=True)
        return
    canvas.rectangle(left, top, cell, cell, fill=LIGHT if place == "zero" else WHITE)
    if place == "zero":
        size = 10 if cell >= 11 else min(9, cell * 0.9)
        canvas.text(left + cell / 2, top + cell / 2, "0", size=size)


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
    reach = dilation * (kernel - 1) + 1
    left = x + start * cell
    canvas.text(left + reach * cell + 8, y + cell / 2, name, anchor="start")
    canvas.rectangle(left, y, reach * cell, cell, weight=0.7)
    for tap in range(kernel):
        canvas.rectangle(left + tap * dilation * cell, y, cell, cell, fill=GREY)
        canvas.circle(left + (tap * dilation + 0.5) * cell, y + cell / 2, min(3.2, cell * 0.3))
