"""Figures that are charts: amounts as bars, and a row of pixels as a curve with its slopes."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from examgen.text.figures.canvas import BLACK, GREY, WHITE, Canvas, at_least, label, width_of
from examgen.text.figures.strips import one_row
from examgen.text.figures.words import grouped, say
from examgen.text.values import Figure, TextError, exact

_LONGEST = 260.0


def bars_figure(amounts: Mapping[str, object], unit: str = "") -> Figure:
    """Amounts, none below zero, as bars of their length, with name and number; `unit` in words."""
    if not isinstance(amounts, Mapping) or not amounts:
        raise TextError("bars_figure wants a mapping from names to amounts")
    numbers = [_amount(name, amount) for name, amount in amounts.items()]
    written = [grouped(n) if isinstance(n, int) else label(n) for n in numbers]
    lengths = [_LONGEST * float(n / (max(numbers) or 1)) for n in numbers]
    left = 10 + max(width_of(name) for name in amounts)
    right = max(length + width_of(n) for length, n in zip(lengths, written, strict=True))
    canvas = Canvas(left + right + 14, 22 * len(numbers) + (22 if unit else 6))
    for line, (name, length, words) in enumerate(zip(amounts, lengths, written, strict=True)):
        y = 6 + 22 * line
        canvas.text(left - 6, y + 8, name, anchor="end")
        canvas.rectangle(left, y, max(length, 0.7), 16, fill=GREY)
        canvas.text(left + length + 6, y + 8, words, anchor="start")
    canvas.text(left, canvas.height - 9, unit, anchor="start")
    told = "; ".join(f"{name}: {words}" for name, words in zip(amounts, written, strict=True))
    return canvas.figure(say("bars", unit=say("bars_unit", unit=unit) if unit else "", bars=told))


def profile_figure(values: object, at: int, reveal: bool = False) -> Figure:
    """A row of pixels as the curve of its linear interpolation, with both slopes at one pixel.

    The slopes to the left and to the right of the pixel `at` are drawn as dashed lines; with
    `reveal` (for a solution) their numbers stand at them.
    """
    row = one_row(values)
    at_least(0, at=at)
    if len(row) < 2 or at >= len(row):
        raise TextError(f"at is {at}, but {len(row)} pixels have no slope there")
    sides = [side for side in (-1, 1) if 0 <= at + side < len(row)]
    slopes = {side: say("slope", value=label((row[at + side] - row[at]) * side)) for side in sides}
    shown = [*map(label, row), *(slopes.values() if reveal else ())]
    step, high, top = max(46.0, 6 + max(map(width_of, shown))), 84.0, 24.0
    beside = 10 + max(map(width_of, row))  # the value of the first or the last pixel
    left, right = max(24.0, beside), max(38.0, beside)
    low, span = min(row), (max(row) - min(row)) or 1
    spots = [
        (left + step * x, top + high * (1 - float((value - low) / span)))
        for x, value in enumerate(row)
    ]
    floor = top + high + 26
    canvas = Canvas(left + step * (len(row) - 1) + right, floor + (38 if reveal else 24))
    canvas.arrow((left - 16, floor), (canvas.width - 14, floor))
    canvas.text(canvas.width - 6, floor, "x", italic=True)
    for side, words in slopes.items():
        _slope(canvas, spots[at], spots[at + side])
        middle = (spots[at][0] + spots[at + side][0]) / 2
        canvas.text(middle, floor + 28, words if reveal else "")
    canvas.path(spots, weight=1.4)
    _pixels(canvas, spots, row, at, floor)
    known = say("profile_slopes", slopes=", ".join(slopes.values())) if reveal else ""
    told = ", ".join(map(label, row))
    return canvas.figure(say("profile", pixels=told, at=at, slopes=known))


def _pixels(
    canvas: Canvas,
    spots: Sequence[tuple[float, float]],
    row: Sequence[int | Fraction],
    at: int,
    floor: float,
) -> None:
    """The pixels on their curve, the one at `at` filled, with their values and coordinates."""
    for x, (spot, value) in enumerate(zip(spots, row, strict=True)):
        canvas.line((spot[0], floor - 3), (spot[0], floor + 3))
        canvas.text(spot[0], floor + 13, x)
        canvas.circle(*spot, 4.5, fill=BLACK if x == at else WHITE)
        around = [spots[n] for n in (x - 1, x + 1) if 0 <= n < len(row)]
        if x == at:
            canvas.text(*_between_slopes(spot, around, width_of(value)), value)
        else:
            above = spot[1] <= sum(y for _, y in around) / len(around)
            canvas.text(spot[0], spot[1] + (-13 if above else 13), value)


def _between_slopes(
    spot: tuple[float, float], around: Sequence[tuple[float, float]], width: float
) -> tuple[float, float]:
    """The middle of a label in the wider angle between the lines through a pixel."""
    lines = []
    for x, y in around:
        run, rise = x - spot[0], y - spot[1]
        length = math.copysign(math.hypot(run, rise), run)  # all lines point to the right
        lines.append((run / length, rise / length))
    (a, b), (c, d) = lines[0], lines[-1]
    across, down = (b + d, -a - c) if a * c + b * d >= 0 else (a + c, b + d)
    length = math.hypot(across, down)
    return spot[0] + (9 + width / 2) * across / length, spot[1] + 13 * down / length


def _amount(name: str, amount: object) -> int | Fraction:
    number = exact(amount)
    if not isinstance(number, int | Fraction) or number < 0:
        raise TextError(f"{name!r} is {amount!r}, not an int or a Fraction of at least 0")
    return number


def _slope(canvas: Canvas, spot: tuple[float, float], far: tuple[float, float]) -> None:
    """The piece of the curve from a far pixel to this one, continued a little beyond."""
    (x, y), (far_x, far_y) = spot, far
    share = min(0.45, 18 / (abs(y - far_y) or 1), 20 / abs(x - far_x))
    past = x + share * (x - far_x), y + share * (y - far_y)
    canvas.line((x, y), past, dash="3 2", weight=0.9)
