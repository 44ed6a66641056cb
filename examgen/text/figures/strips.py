"""Figures of one axis: borders, where windows fall, and a kernel that slides along a signal."""

from collections.abc import Sequence
from fractions import Fraction

from examgen import engine
from examgen.text.figures.canvas import (
    CELL,
    DARK,
    GREY,
    LIGHT,
    WHITE,
    Canvas,
    at_least,
    cell_for,
    checked_by_the_engine,
    label,
    rows_of,
    width_of,
)
from examgen.text.figures.words import say
from examgen.text.values import Figure, TextError, exact

_BORDERS = {
    "zero": "zero_border",
    "reflect": "reflected_border",
    "replicate": "replicated_border",
    "circular": "circular_border",
}
_BAR = 15.0  # from one window's bar to the next


def border_figure(
    values: object, padding: int = 2, borders: Sequence[str] = tuple(_BORDERS), reveal: bool = False
) -> Figure:
    """A signal with shaded places on both sides, a row for each border.

    The places are empty; with `reveal` (for a solution) they hold what the border puts there.
    """
    signal = one_row(values)
    at_least(1, padding=padding)
    with checked_by_the_engine():
        padded = [
            rows_of(engine.pad(list(signal), padding, border=border, axes=1))[0]
            for border in borders
        ]
    names = [say(_BORDERS[border]) for border in borders]
    cell, left = cell_for([signal]), 16 + max(map(width_of, names))
    canvas = Canvas(left + cell * len(padded[0]) + 4, (cell + 8) * len(borders))
    inside = range(padding, padding + len(signal))
    added = {(0, column): LIGHT for column in range(len(padded[0])) if column not in inside}
    for number, (name, row) in enumerate(zip(names, padded, strict=True)):
        y = 4 + number * (cell + 8)
        canvas.text(left - 6, y + cell / 2, name, anchor="end")
        shown = [x if reveal or (0, n) not in added else "" for n, x in enumerate(row)]
        canvas.grid(left, y, [shown], cell, fills=added, size=12)
        canvas.outline(left, y, (0, padding, 1, len(signal)), cell)
    told = "; ".join(f"{name}, {_listed(row)}" for name, row in zip(names, padded, strict=True))
    known = say("padded", rows=told) if reveal else ""
    named = {"signal": _listed(signal), "borders": ", ".join(names)}
    return canvas.figure(say("border", **named, padding=padding, padded=known))


def windows_figure(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int | Sequence[int] = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
    reveal: bool = False,
) -> Figure:
    """A row of pixels with its padding, and below it every window of a layer in its place.

    `padding` is a number or (before, after). With `ceil_mode` one more window, dashed, hangs over
    the end where pixels are left over. With `reveal` (for a solution) the pixels that no tap reads
    are crossed out, and so is the overhanging window where it would start in the padding behind.
    """
    at_least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    before, after = _both_sides(padding)
    taps, padded = range(0, dilation * (kernel - 1) + 1, dilation), before + size + after
    if taps[-1] >= padded:
        raise TextError(f"the kernel spans {taps[-1] + 1} pixels, the padded input {padded}")
    starts = list(range(0, padded - taps[-1], stride))
    left_over = (padded - taps[-1] - 1) % stride
    over = [starts[-1] + stride] if ceil_mode and left_over else []
    kept = starts + [start for start in over if start < before + size]
    read = {start + tap for start in kept for tap in taps}
    canvas = Canvas(
        12 + CELL * max(padded, *(start + taps[-1] + 1 for start in starts + over)),
        40 + _BAR * len(starts + over),
    )
    _pixels(canvas, range(before, before + size), padded, read if reveal else None)
    for number, start in enumerate(starts + over):
        crossed = reveal and start not in kept
        _window_bar(canvas, start, 40 + _BAR * number, taps, start in over, crossed)
    unread = [pixel for pixel in range(size) if pixel + before not in read]
    row = {"size": size, "before": before, "after": after, "kernel": kernel, "stride": stride}
    spread = say("spread", dilation=dilation) if dilation > 1 else ""
    ceil = say("with_ceil_mode") if ceil_mode else ""
    known = say("not_read", pixels=_listed(unread) or say("none")) if reveal else ""
    return canvas.figure(say("windows", **row, spread=spread, ceil_mode=ceil, unread=known))


def strip_figure(
    signal: object,
    kernel: object,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    reveal: bool = False,
) -> Figure:
    """A kernel that slides along a signal: the numbers above, the kernel at each position below.

    Beside each position stands a question mark, or with `reveal` (for a solution) the sum.
    """
    values, weights = one_row(signal), one_row(kernel)
    at_least(1, stride=stride, dilation=dilation)
    at_least(0, padding=padding)
    with checked_by_the_engine():
        laid = engine.conv1d(
            list(values), list(weights), stride=stride, padding=padding, dilation=dilation
        )
    (sums,) = rows_of(laid)
    padded = [*[0] * padding, *values, *[0] * padding]
    cell = cell_for([padded, weights])
    room = max(width_of(f"= {label(value)}", 12) for value in sums)
    canvas = Canvas(cell * len(padded) + 20 + room, 12 + cell + (cell + 6) * len(sums))
    ring = [*range(padding), *range(len(padded) - padding, len(padded))]
    canvas.grid(4, 4, [padded], cell, fills={(0, c): LIGHT for c in ring}, size=12)
    for number, value in enumerate(sums):
        y = 10 + cell + number * (cell + 6)
        for tap, weight in enumerate(weights):
            x = 4 + (number * stride + tap * dilation) * cell
            canvas.grid(x, y, [[weight]], cell, fills={(0, 0): GREY}, size=12)
        words = f"= {label(value) if reveal else '?'}"
        canvas.text(cell * len(padded) + 12, y + cell / 2, words, size=12, anchor="start")
    named = {"signal": _listed(values), "kernel": _listed(weights), "stride": stride}
    zeros = say("strip_ring", padding=padding) if padding else ""
    spread = say("strip_spread", dilation=dilation) if dilation > 1 else ""
    known = say("strip_sums", sums=_listed(sums)) if reveal else ""
    return canvas.figure(say("strip", **named, ring=zeros, spread=spread, sums=known))


def one_row(values: object) -> tuple[int | Fraction, ...]:
    """A signal: one row of exact numbers."""
    rows = rows_of(values)
    if len(rows) != 1 or not all(isinstance(value, int | Fraction) for value in rows[0]):
        raise TextError(f"{values!r} is not one row of numbers")
    return rows[0]  # type: ignore[return-value]


def _pixels(canvas: Canvas, inside: range, count: int, read: set[int] | None) -> None:
    """A row of numbered pixels in their padding; those that are not read are crossed out."""
    for place in range(count):
        x = 6 + place * CELL
        pixel = place in inside
        canvas.rectangle(x, 12, CELL, CELL, fill=WHITE if pixel else LIGHT)
        if read is not None and pixel and place not in read:
            canvas.cross(x, 12, CELL, CELL)
        canvas.text(x + CELL / 2, 6, place - inside.start if pixel else "", size=9)


def _window_bar(
    canvas: Canvas, start: int, y: float, taps: range, hanging: bool, crossed: bool
) -> None:
    """A window as a bar under its pixels, a dot for each tap."""
    x, wide = 8 + start * CELL, (taps[-1] + 1) * CELL - 4
    fill, dash = (WHITE, "4 2.5") if hanging else (GREY, "")
    canvas.rectangle(x, y, wide, 10, fill=fill, dash=dash)
    for tap in taps:
        canvas.circle(6 + (start + tap + 0.5) * CELL, y + 5, 2, fill=DARK)
    if crossed:
        canvas.cross(x, y, wide, 10)


def _both_sides(padding: int | Sequence[int]) -> tuple[int, int]:
    """A padding before and after: one number for both, or two."""
    sides = exact(padding)
    before, after = sides if isinstance(sides, tuple) and len(sides) == 2 else (sides, sides)
    at_least(0, padding_before=before, padding_after=after)
    return before, after  # type: ignore[return-value]


def _listed(values: Sequence[object]) -> str:
    return ", ".join(map(label, values))
