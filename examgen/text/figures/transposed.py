"""Figures of a transposed convolution: stamps that add up, inserted zeros, overlaps."""

import numpy as np

from examgen import engine
from examgen.text.figures.canvas import (
    CELL,
    LIGHT,
    WHITE,
    Canvas,
    Rows,
    at_least,
    cell_for,
    checked_by_the_engine,
    in_words,
    label,
    rows_of,
    width_of,
)
from examgen.text.figures.grids import cells_of, ringed
from examgen.text.figures.panels import Panel, draw_panels
from examgen.text.figures.strips import one_row
from examgen.text.figures.words import say
from examgen.text.values import Figure, TextError

_SHADES = (WHITE, "#ebebeb", "#d4d4d4", "#bdbdbd", "#a6a6a6", "#8f8f8f")  # by stamps, then darkest


def stamps_figure(values: object, kernel: object, stride: int = 1, reveal: bool = False) -> Figure:
    """A transposed convolution along one axis: each value stamps the kernel, and stamps add up.

    The stamps show the weights and the sums are left empty; with `reveal` (for a solution) the
    stamps show the products and the sums are filled in.
    """
    signal, weights = one_row(values), one_row(kernel)
    at_least(1, stride=stride)
    with checked_by_the_engine():
        total = rows_of(engine.conv_transpose1d(list(signal), list(weights), stride=stride))[0]
    stamps = [[value * weight if reveal else weight for weight in weights] for value in signal]
    cell = cell_for(stamps, [total])
    names = [say("stamp", value=label(v)) if reveal else f"{label(v)} ×" for v in signal]
    room = max(*map(width_of, [*names, say("sum")]), 1.2 * width_of(say("sum")) - 4)  # m is wide
    left, step = 10 + room, cell + 6
    canvas = Canvas(left + cell * len(total) + 6, step * len(signal) + cell + 14)
    for number, (name, stamp) in enumerate(zip(names, stamps, strict=True)):
        y = 4 + number * step
        canvas.text(left - 6, y + cell / 2, name, anchor="end")
        fills = {(0, tap): LIGHT for tap in range(len(stamp))}
        canvas.grid(left + number * stride * cell, y, [stamp], cell, fills=fills, size=12)
    y = 10 + len(signal) * step
    canvas.line((left, y - 6), (left + cell * len(total), y - 6), weight=1.4)
    canvas.text(left - 6, y + cell / 2, say("sum"), anchor="end")
    canvas.grid(left, y, [total if reveal else [""] * len(total)], cell, size=12)
    known = say("stamps_sums", sums=in_words([total])) if reveal else ""
    given = {"signal": in_words([signal]), "kernel": in_words([weights]), "stride": stride}
    return canvas.figure(say("stamps", **given, sums=known))


def zero_insertion_figure(values: object, kernel: int, stride: int, padding: int = 0) -> Figure:
    """A transposed convolution as a convolution: the input stretched by zeros, and its ring.

    `kernel`, `stride` and `padding` are those of the transposed convolution; the first window of
    the convolution is framed. A single row is stretched to the right alone.
    """
    rows = rows_of(values)
    at_least(1, kernel=kernel, stride=stride)
    at_least(0, padding=padding)
    least = stride * (min(len(rows[0]), len(rows) if len(rows) > 1 else len(rows[0])) - 1) + kernel
    if padding >= kernel or 2 * padding >= least:
        raise TextError(
            f"padding is {padding}, but must be less than the kernel, {kernel}, and than half of "
            f"the unpadded output, {least}"
        )
    ring, down = kernel - 1 - padding, kernel - 1 - padding if len(rows) > 1 else 0
    stretched = _stretched(rows, stride)
    around, _ = ringed(stretched, ring, down=down)
    everywhere = cells_of((0, 0, len(rows), len(rows[0])))
    given = {(down + stride * r, ring + stride * c) for r, c in everywhere}
    between = cells_of((down, ring, len(stretched), len(stretched[0]))) - given
    window = (0, 0, kernel if len(rows) > 1 else 1, kernel)
    panel = Panel(say("stretched_input"), around, dark=given, light=between, frames=[window])
    given_panel = Panel(say("input"), rows, dark=everywhere)
    settings = {"kernel": kernel, "stride": stride, "padding": padding}
    words = say("zero_insertion", rows=in_words(rows), **settings)
    return draw_panels([[given_panel, "→", panel]]).figure(words)


def overlap_figure(
    size: int | tuple[int, int], kernel: int, stride: int, padding: int = 0, reveal: bool = False
) -> Figure:
    """How many stamps of a transposed convolution reach each output pixel: the more, the darker.

    `size` is the side of the input or its (height, width). The first two stamps are framed; with
    `reveal` (for a solution) the numbers are written into the pixels.
    """
    shape = (size, size) if isinstance(size, int) else tuple(size)
    with checked_by_the_engine():
        counts = engine.overlap_counts(shape, kernel, stride=stride, padding=padding)
    rows = rows_of(counts)
    levels = sorted({0, *counts.ravel().tolist()})
    fills = {
        (int(row), int(column)): _SHADES[min(levels.index(count), len(_SHADES) - 1)]
        for (row, column), count in np.ndenumerate(counts)
    }
    canvas = Canvas(CELL * len(rows[0]) + 12, CELL * len(rows) + 12)
    shown = rows if reveal else [[""] * len(row) for row in rows]
    canvas.grid(6, 6, shown, CELL, fills=fills, size=12)
    if not padding:
        if shape[1] > 1:
            canvas.outline(6, 6, (0, stride, kernel, kernel), CELL, dash="4 2.5")
        canvas.outline(6, 6, (0, 0, kernel, kernel), CELL)
    told = say("overlap_counts", rows=in_words(rows)) if reveal else ""
    sizes = {"height": shape[0], "width": shape[1], "kernel": kernel, "stride": stride}
    return canvas.figure(say("overlap", **sizes, padding=padding, counts=told))


def _stretched(rows: Rows, stride: int) -> list[list[object]]:
    """A matrix with stride - 1 zeros between its values, along each axis that has more than one."""
    lines: list[list[object]] = []
    for number, row in enumerate(rows):
        line: list[object] = [0] * (stride * (len(row) - 1) + 1)
        line[::stride] = row
        lines.extend([0] * len(line) for _ in range(stride - 1 if number else 0))
        lines.append(line)
    return lines
