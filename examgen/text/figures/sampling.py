"""Figures of sampling between pixels: bilinear interpolation and deformable taps."""

import math
from collections.abc import Sequence
from fractions import Fraction

from examgen.text.figures.canvas import (
    DARK,
    GREY,
    LIGHT,
    TINTS,
    WHITE,
    Canvas,
    at_least,
    label,
    rows_of,
    width_of,
)
from examgen.text.figures.words import numeral, pair, say
from examgen.text.values import Figure, TextError, decimal_digits, exact


def bilinear_figure(
    x: int | Fraction, y: int | Fraction, pixels: object = None, reveal: bool = False
) -> Figure:
    """A sampling point (x to the right, y down) among its four neighbouring pixels.

    `pixels` are the neighbours' values, two rows of two: upper left, upper right; lower left,
    lower right. With `reveal` (for a solution) the weight of each pixel is drawn as the area of
    its colour, opposite to it, with the number where there is room.
    """
    column, row = math.floor(_exact("x", x)), math.floor(_exact("y", y))
    values = [["", ""], ["", ""]] if pixels is None else rows_of(pixels)
    if len(values) != 2 or len(values[0]) != 2:
        raise TextError("bilinear_figure wants the values of four pixels, two rows of two")
    unit, left, top = 104.0, 62.0, 54.0
    point = left + float(x - column) * unit, top + float(y - row) * unit
    words = pair(_coordinate(x), _coordinate(y))
    canvas = Canvas(left + unit + 30 + width_of(words), top + unit + 36)
    _axes(canvas, left - 34, top - 30, left + unit + 14, top + unit + 28)
    colours = [WHITE] * 4
    if reveal:
        colours = [TINTS[0], TINTS[2], TINTS[5], TINTS[7]]
        _areas(canvas, (left, top), unit, (Fraction(x - column), Fraction(y - row)), colours)
    _neighbours(canvas, (left, top), unit, (column, row), [*values[0], *values[1]], colours)
    canvas.line((point[0], top - 30), point, dash="3 2")
    canvas.line((left - 34, point[1]), point, dash="3 2")
    canvas.line((left + unit + 19, top + unit / 2), (point[0] + 6, point[1]), weight=0.4)
    canvas.circle(*point, 4.5)
    canvas.text(left + unit + 22, top + unit / 2, words, anchor="start")
    known = "" if pixels is None else _neighbours_in_words(values)
    areas = say("bilinear_areas") if reveal else ""
    at = {"x": _coordinate(x), "y": _coordinate(y)}
    return canvas.figure(say("bilinear", **at, values=known, areas=areas))


def deform_figure(
    offsets: Sequence[Sequence[int | Fraction]],
    size: int | tuple[int, int],
    at: tuple[int, int] = (0, 0),
    kernel: int = 3,
    dilation: int = 1,
    neighbours: bool = False,
) -> Figure:
    """Regular taps (hollow), offset arrows and deformed sampling points (filled) on a pixel grid.

    `offsets` holds (Δy, Δx) for each tap, row by row; `size` is the side of the map or its
    (height, width); `at` is the (row, column) of the upper left tap. With `neighbours` the square
    between the four pixels around each point that lies between pixels is shaded.
    """
    at_least(1, kernel=kernel, dilation=dilation)
    height, width = (size, size) if isinstance(size, int) else size
    pairs = rows_of(offsets)
    if len(pairs) != kernel * kernel or len(pairs[0]) != 2:
        raise TextError(f"deform_figure wants {kernel * kernel} offsets (Δy, Δx), one for each tap")
    unit = min(30.0, 210 / max(height, 1), 460 / max(width, 1))
    taps = [
        (at[0] + row * dilation, at[1] + column * dilation)
        for row in range(kernel)
        for column in range(kernel)
    ]
    points = [
        (row + _exact("an offset", down), column + _exact("an offset", right))
        for (row, column), (down, right) in zip(taps, pairs, strict=True)
    ]
    canvas = _deformed_map((height, width), unit, taps, points, neighbours)
    moves = "; ".join(say("offset", down=label(down), right=label(right)) for down, right in pairs)
    sizes = {"height": height, "width": width, "kernel": kernel}
    return canvas.figure(say("deform", **sizes, row=at[0], column=at[1], offsets=moves))


def _pixel_grid(
    canvas: Canvas, left: float, top: float, unit: float, shape: tuple[int, int]
) -> None:
    """Pixel centres as crossings of light lines, numbered along both axes."""
    height, width = shape
    right, bottom = left + (width - 1) * unit, top + (height - 1) * unit
    size = 11 if unit > 14 else 9
    _axes(canvas, left - 16, top - 16, right + 20, bottom + 18)
    for column in range(width):
        x = left + column * unit
        canvas.line((x, top), (x, bottom), colour=GREY)
        canvas.text(x, top - 25, column, size=size)
    for row in range(height):
        y = top + row * unit
        canvas.line((left, y), (right, y), colour=GREY)
        canvas.text(left - 25, y, row, size=size)
        for column in range(width):
            canvas.rectangle(left + column * unit - 2, y - 2, 4, 4, fill=DARK, weight=0)


def _axes(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    """Axes of an image: x to the right, y downwards."""
    canvas.arrow((left, top), (right, top))
    canvas.arrow((left, top), (left, bottom))
    canvas.text(right + 8, top, "x", italic=True)
    canvas.text(left - 10, bottom, "y", italic=True)


def _deformed_map(
    shape: tuple[int, int],
    unit: float,
    taps: Sequence[tuple[int, int]],
    points: Sequence[tuple[int | Fraction, int | Fraction]],
    neighbours: bool,
) -> Canvas:
    """The pixels, the taps and the points they sample, (row, column) each, and a legend."""
    (height, width), left, top = shape, 46.0, 40.0
    legend = max(width_of(say(words)) for words in ("regular_tap", "sampled", "four_neighbours"))
    canvas = Canvas(
        left + (width - 1) * unit + max(162, legend + 37), top + max((height - 1) * unit + 26, 60)
    )
    if neighbours:
        _squares(canvas, (left, top), unit, points)
    _pixel_grid(canvas, left, top, unit, shape)
    starts = [_spot((left, top), unit, *tap) for tap in taps]
    ends = [_spot((left, top), unit, *point) for point in points]
    for start in starts:  # all of them first: a point may lie on the tap of another
        canvas.circle(*start, 5, fill=WHITE)
    for start, end in zip(starts, ends, strict=True):
        canvas.arrow(start, end)
    for end in ends:
        canvas.circle(*end, 2.6)
    _deform_legend(canvas, left + (width - 1) * unit + 34, top + 8, neighbours)
    return canvas


def _deform_legend(canvas: Canvas, x: float, y: float, neighbours: bool) -> None:
    canvas.circle(x, y, 5, fill=WHITE)
    canvas.text(x + 12, y, say("regular_tap"), anchor="start")
    canvas.circle(x, y + 18, 2.6)
    canvas.text(x + 12, y + 18, say("sampled"), anchor="start")
    if neighbours:
        canvas.rectangle(x - 5, y + 31, 10, 10, fill=LIGHT)
        canvas.text(x + 12, y + 36, say("four_neighbours"), anchor="start")


def _squares(
    canvas: Canvas,
    origin: tuple[float, float],
    unit: float,
    points: Sequence[tuple[int | Fraction, int | Fraction]],
) -> None:
    """The squares of pixels around the points that lie between pixels."""
    corners = {
        (math.floor(y), math.floor(x))
        for y, x in points
        if y != math.floor(y) or x != math.floor(x)
    }
    for row, column in sorted(corners):
        canvas.rectangle(*_spot(origin, unit, row, column), unit, unit, fill=LIGHT, weight=0)


def _spot(
    origin: tuple[float, float], unit: float, row: int | Fraction, column: int | Fraction
) -> tuple[float, float]:
    return origin[0] + float(column) * unit, origin[1] + float(row) * unit


def _neighbours(
    canvas: Canvas,
    origin: tuple[float, float],
    unit: float,
    first: tuple[int, int],
    values: Sequence[object],
    colours: Sequence[str],
) -> None:
    """The four pixels, joined, with their values, and their coordinates along the axes."""
    (left, top), (column, row) = origin, first
    for step in (0, 1):
        canvas.line((left + step * unit, top), (left + step * unit, top + unit))
        canvas.line((left, top + step * unit), (left + unit, top + step * unit))
        canvas.text(left + step * unit, top - 39, column + step)
        canvas.text(left - 42, top + step * unit, row + step)
        canvas.line((left + step * unit, top - 33), (left + step * unit, top - 27))
        canvas.line((left - 37, top + step * unit), (left - 31, top + step * unit))
    for number, (value, colour) in enumerate(zip(values, colours, strict=True)):
        at = left + number % 2 * unit, top + number // 2 * unit
        canvas.circle(*at, max(12, 4 + width_of(value) / 2) if label(value) else 5, fill=colour)
        canvas.text(*at, value)


def _areas(
    canvas: Canvas,
    origin: tuple[float, float],
    unit: float,
    part: tuple[Fraction, Fraction],
    colours: Sequence[str],
) -> None:
    """The rectangle opposite to each pixel in the colour of that pixel, with its area."""
    for number, colour in enumerate(colours):
        right, below = number % 2 == 0, number // 2 == 0
        wide, high = (1 - part[0] if right else part[0]), (1 - part[1] if below else part[1])
        if not wide * high:
            continue
        x = origin[0] + float(part[0] if right else 0) * unit
        y = origin[1] + float(part[1] if below else 0) * unit
        canvas.rectangle(x, y, float(wide) * unit, float(high) * unit, fill=colour)
        centre = x + float(wide) * unit / 2, y + float(high) * unit / 2
        to_pixel = math.hypot(float(wide), float(high)) * unit / 2
        room = float(wide) * unit > width_of(wide * high, 10) + 6 and float(high) * unit > 14
        if room and to_pixel > 22:
            canvas.text(*centre, wide * high, size=10)


def _exact(name: str, value: object) -> int | Fraction:
    number = exact(value)
    if not isinstance(number, int | Fraction):
        raise TextError(f"{name} is {value!r}, not an int or a Fraction")
    return number


def _neighbours_in_words(values: Sequence[Sequence[object]]) -> str:
    corners = ("upper_left", "upper_right", "lower_left", "lower_right")
    shown = [label(value) for row in values for value in row]
    return say("four_values", **dict(zip(corners, shown, strict=True)))


def _coordinate(value: int | Fraction) -> str:
    """A coordinate as a decimal, as a fraction where that would not be exact."""
    try:
        return numeral(decimal_digits(value).replace("-", "−"))
    except TextError:
        return label(value)
