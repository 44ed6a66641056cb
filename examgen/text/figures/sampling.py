"""Figures of sampling between pixels: bilinear interpolation and deformable taps."""

import math
from collections.abc import Sequence
from fractions import Fraction

from examgen.text.figures.canvas import DARK, GREY, WHITE, Canvas, at_least, label, rows_of
from examgen.text.values import Figure, TextError, decimal_digits, exact


def bilinear_figure(x: int | Fraction, y: int | Fraction, pixels: object = None) -> Figure:
    """A sampling point (x to the right, y down) among its four neighbouring pixels.

    `pixels` are the neighbours' values, two rows of two: upper left, upper right; lower left,
    lower right.
    """
    column, row = math.floor(x), math.floor(y)
    values = [["", ""], ["", ""]] if pixels is None else rows_of(pixels)
    if len(values) != 2 or len(values[0]) != 2:
        raise TextError("bilinear_figure wants the values of four pixels, two rows of two")
    unit, left, top = 104.0, 88.0, 54.0
    canvas = Canvas(left + unit + 96, top + unit + 34)
    _axes(canvas, left - 34, top - 30, left + unit + 40, top + unit + 28)
    for step in (0, 1):
        canvas.line((left + step * unit, top), (left + step * unit, top + unit))
        canvas.line((left, top + step * unit), (left + unit, top + step * unit))
        canvas.text(left + step * unit, top - 39, column + step)
        canvas.text(left - 42, top + step * unit, row + step)
        canvas.line((left + step * unit, top - 33), (left + step * unit, top - 27))
        canvas.line((left - 37, top + step * unit), (left - 31, top + step * unit))
    point = left + float(x - column) * unit, top + float(y - row) * unit
    canvas.line((point[0], top - 30), point, dash="3 2")
    canvas.line((left - 34, point[1]), point, dash="3 2")
    for down, line in enumerate(values):
        for across, value in enumerate(line):
            at = left + across * unit, top + down * unit
            canvas.circle(*at, 12 if label(value) else 5, fill=WHITE)
            canvas.text(*at, value)
    canvas.circle(*point, 4.5)
    canvas.text(
        left + unit + 22, top + unit / 2, f"({_coordinate(x)}, {_coordinate(y)})", anchor="start"
    )
    canvas.line((left + unit + 19, top + unit / 2), (point[0] + 6, point[1]), weight=0.4)
    known = "" if pixels is None else f" with the values {_in_rows(values)}"
    return canvas.figure(
        f"The sampling point at x = {_coordinate(x)}, y = {_coordinate(y)} among its four "
        "neighbouring pixels"
        f"{known}; x grows to the right and y downwards."
    )


def deform_figure(
    offsets: Sequence[Sequence[int | Fraction]],
    size: int | tuple[int, int],
    at: tuple[int, int] = (0, 0),
    kernel: int = 3,
    dilation: int = 1,
) -> Figure:
    """Regular taps (hollow), offset arrows and deformed sampling points (filled) on a pixel grid.

    `offsets` holds (Δy, Δx) for each tap, row by row; `size` is the side of the map or its
    (height, width); `at` is the (row, column) of the upper left tap.
    """
    at_least(1, kernel=kernel, dilation=dilation)
    height, width = (size, size) if isinstance(size, int) else size
    pairs = rows_of(offsets)
    if len(pairs) != kernel * kernel or len(pairs[0]) != 2:
        raise TextError(f"deform_figure wants {kernel * kernel} offsets (Δy, Δx), one for each tap")
    unit = min(30.0, 210 / max(height, 1), 460 / max(width, 1))
    left, top = 46.0, 40.0
    canvas = Canvas(left + (width - 1) * unit + 176, top + (height - 1) * unit + 26)
    _pixel_grid(canvas, left, top, unit, (height, width))
    taps = [
        (at[0] + row * dilation, at[1] + column * dilation)
        for row in range(kernel)
        for column in range(kernel)
    ]
    for (row, column), (down, right) in zip(taps, pairs, strict=True):
        start = left + column * unit, top + row * unit
        end = (
            left + (column + _real(right)) * unit,
            top + (row + _real(down)) * unit,
        )
        canvas.circle(*start, 5, fill=WHITE)
        canvas.arrow(start, end)
        canvas.circle(*end, 2.6)
    x = left + (width - 1) * unit + 34
    canvas.circle(x, top + 8, 5, fill=WHITE)
    canvas.text(x + 12, top + 8, "tap of the regular grid", anchor="start", size=10)
    canvas.circle(x, top + 26, 2.6)
    canvas.text(x + 12, top + 26, "point it samples", anchor="start", size=10)
    moves = "; ".join(f"{label(down)} down, {label(right)} right" for down, right in pairs)
    return canvas.figure(
        f"A {height} by {width} map with the {kernel} by {kernel} taps of a kernel whose corner is "
        f"at row {at[0]}, column {at[1]}. Arrows show the offset of each tap, row by row: {moves}."
    )


def _pixel_grid(
    canvas: Canvas, left: float, top: float, unit: float, shape: tuple[int, int]
) -> None:
    """Pixel centres as crossings of light lines, numbered along both axes."""
    height, width = shape
    right, bottom = left + (width - 1) * unit, top + (height - 1) * unit
    _axes(canvas, left - 16, top - 16, right + 20, bottom + 18)
    for column in range(width):
        x = left + column * unit
        canvas.line((x, top), (x, bottom), colour=GREY)
        canvas.text(x, top - 25, column, size=9)
    for row in range(height):
        y = top + row * unit
        canvas.line((left, y), (right, y), colour=GREY)
        canvas.text(left - 25, y, row, size=9)
        for column in range(width):
            canvas.rectangle(left + column * unit - 2, y - 2, 4, 4, fill=DARK, weight=0)


def _axes(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    """Axes of an image: x to the right, y downwards."""
    canvas.arrow((left, top), (right, top))
    canvas.arrow((left, top), (left, bottom))
    canvas.text(right + 8, top, "x", italic=True)
    canvas.text(left - 10, bottom, "y", italic=True)


def _real(value: object) -> float:
    if not isinstance(exact(value), int | Fraction):
        raise TextError(f"the offset {value!r} is not an int or a Fraction")
    return float(value)  # type: ignore[arg-type]


def _in_rows(values: Sequence[Sequence[object]]) -> str:
    upper, lower = values
    return (
        f"{label(upper[0])} (upper left), {label(upper[1])} (upper right), "
        f"{label(lower[0])} (lower left) and {label(lower[1])} (lower right)"
    )


def _coordinate(value: int | Fraction) -> str:
    """A coordinate as a decimal, as a fraction where that would not be exact."""
    try:
        return decimal_digits(value).replace("-", "−")
    except TextError:
        return label(value)
