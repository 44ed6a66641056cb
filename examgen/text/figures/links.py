"""Figures of units and what they read, as dots and lines: channels, weights, index sets."""

from collections.abc import Sequence
from itertools import pairwise

from examgen.engine import receptive_field, receptive_field_indices
from examgen.text.figures.canvas import (
    BLACK,
    GREY,
    WHITE,
    Canvas,
    at_least,
    checked_by_the_engine,
    label,
    one_name_each,
    rows_of,
    width_of,
)
from examgen.text.figures.words import say, settings_in_words
from examgen.text.values import Figure, TextError

Spot = tuple[float, float]
Layers = list[tuple[int, ...]]
IndexSets = Sequence[tuple[int, ...]]


def groups_figure(*layers: Sequence[int], names: Sequence[str] = ()) -> Figure:
    """Which channels each output channel reads, layer after layer from left to right.

    Each layer is (input channels, output channels, groups); `names` stand above the layers.
    """
    _check_groups(layers)
    one_name_each("names", names, len(layers))
    counts = [layers[0][0], *(layer[1] for layer in layers)]
    step, gap, left, top = 20.0, 96.0, 34.0, 22.0 if names else 4.0
    canvas = Canvas(2 * left + gap * len(layers), top + step * max(counts) + 4)
    columns = [
        [
            (left + gap * place, top + step * (max(counts) / 2 + number - (count - 1) / 2))
            for number in range(count)
        ]
        for place, count in enumerate(counts)
    ]
    for (inputs, outputs, groups), (start, end) in zip(layers, pairwise(columns), strict=True):
        for b in range(outputs):
            for a in range(inputs):
                if a * groups // inputs == b * groups // outputs:
                    canvas.line(start[a], end[b])
    for place, name in enumerate(names):
        canvas.text(left + gap * (place + 0.5), 9, name)
    for spot in (spot for column in columns for spot in column):
        canvas.circle(*spot, 6, fill=WHITE)
    told = "; ".join(say("groups_layer", inputs=a, outputs=b, n=g) for a, b, g in layers)
    return canvas.figure(say("groups", layers=told))


def weights_figure(weights: object, title: str = "") -> Figure:
    """A layer along one axis at stride 1 as a graph, a row of weights for each output."""
    rows = rows_of(weights)
    taps, inputs = len(rows[0]), len(rows) + len(rows[0]) - 1
    step, side, top, fall = 62.0, 20.0, 30.0 if title else 12.0, 84.0
    width = max(2 * side + step * (inputs - 1), width_of(title) + 8)
    left = (width - step * (inputs - 1)) / 2
    canvas = Canvas(width, top + fall + 14)
    canvas.text(canvas.width / 2, 9, title)
    below = [(left + step * number, top + fall) for number in range(inputs)]
    above = [(left + step * (number + (taps - 1) / 2), top) for number in range(len(rows))]
    for number, row in enumerate(rows):
        for tap, weight in enumerate(row):
            start, end = below[number + tap], above[number]
            canvas.line(start, end)
            _on_line(canvas, ((2 * start[0] + end[0]) / 3, (2 * start[1] + end[1]) / 3), weight)
    for spots, fill in ((below, WHITE), (above, GREY)):
        for spot in spots:
            canvas.circle(*spot, 8, fill=fill)
    told = "; ".join(", ".join(map(label, row)) for row in rows)
    named = f", {title}" if title else ""
    words = say("weights", title=named, inputs=inputs, outputs=len(rows), weights=told)
    return canvas.figure(words)


def index_sets_figure(
    layers: Sequence[object], size: int, unit: int, reveal: bool = False
) -> Figure:
    """A chain of layers unit by unit, the input below, with one unit of the last layer marked.

    `layers` and the size of the input are those of the engine's receptive fields. With `reveal`
    (for a solution) all that the unit sees is marked, down to the pixels.
    """
    at_least(0, unit=unit)
    chain = [tuple(layer) if isinstance(layer, list | tuple) else (layer,) for layer in layers]
    with checked_by_the_engine():
        counts = [len(receptive_field_indices(chain[:n], size)) for n in range(len(chain) + 1)]
        seen = receptive_field_indices(chain, size)
        steps = [receptive_field_indices([layer], counts[n]) for n, layer in enumerate(chain)]
        centres = _centres(chain, counts)
    if unit >= counts[-1]:
        raise TextError(f"unit {unit} is not among the {counts[-1]} units of the last layer")
    reached = [{unit}]
    for step in reversed(steps):
        below = {pixel for above in reached[0] for pixel in step[above]} if reveal else set()
        reached.insert(0, below)
    told = say("unit_sees", pixels=", ".join(map(str, seen[unit]))) if reveal else ""
    words = _chain_in_words(chain)
    return _levels(steps, reached, centres).figure(
        say("index_sets", size=size, n=len(chain), layers=words, unit=unit, seen=told)
    )


def _check_groups(layers: Sequence[Sequence[int]]) -> None:
    if not layers or not all(
        isinstance(layer, list | tuple) and len(layer) == 3 for layer in layers
    ):
        raise TextError("groups_figure wants layers of (input channels, output channels, groups)")
    for inputs, outputs, groups in layers:
        at_least(1, inputs=inputs, outputs=outputs, groups=groups)
        if inputs % groups or outputs % groups:
            raise TextError(f"{groups} groups do not divide {inputs} and {outputs} channels")
    for before, after in pairwise(layers):
        if after[0] != before[1]:
            raise TextError(f"a layer reads {after[0]} channels, the one before has {before[1]}")


def _on_line(canvas: Canvas, spot: Spot, content: object) -> None:
    """A label that interrupts the line it stands on."""
    wide = 4 + width_of(content)
    canvas.rectangle(spot[0] - wide / 2, spot[1] - 7, wide, 14, fill=WHITE, weight=0)
    canvas.text(*spot, content)


def _chain_in_words(chain: Layers) -> str:
    return "; ".join(
        say("layer_with", number=number, settings=", ".join(settings_in_words(layer)))
        for number, layer in enumerate(chain, 1)
    )


def _centres(chain: Layers, counts: list[int]) -> list[list[float]]:
    """Where each unit stands, in pixels: over the middle of what it would see without a border."""
    fields = [receptive_field(chain[:length], size=counts[0]) for length in range(len(chain) + 1)]
    # A chain always has a jump and a start; only branches that disagree have none.
    return [
        [(each.start or 0) + (each.jump or 1) * unit + (each.size - 1) / 2 for unit in range(count)]
        for each, count in zip(fields, counts, strict=True)
    ]


def _levels(
    steps: Sequence[IndexSets], reached: list[set[int]], centres: list[list[float]]
) -> Canvas:
    """The units of each layer over those of the one before, joined to what they read."""
    names = [say("pixel_row"), *(say("nth_layer", number=n) for n in range(1, len(centres)))]
    left = max(62.0, 18 + max(map(width_of, names)))
    pixel, rise = min(34.0, 400 / len(centres[0])), 46.0
    edge = max(0.0, -min(line[0] for line in centres)) * pixel
    right = max(line[-1] for line in centres) * pixel
    canvas = Canvas(left + edge + right + 12, rise * len(steps) + 36)
    places = [
        [(left + edge + pixel * centre, canvas.height - 26 - rise * level) for centre in line]
        for level, line in enumerate(centres)
    ]
    links = sorted(
        (above in reached[level + 1], level, above, tap)
        for level, step in enumerate(steps)
        for above, below in enumerate(step)
        for tap in below
    )
    for lit, level, above, tap in links:
        lit = lit and tap in reached[level]
        ends = places[level + 1][above], places[level][tap]
        canvas.line(*ends, weight=1.8 if lit else 0.5, colour=BLACK if lit else "#888")
    for level, line in enumerate(places):
        canvas.text(left - 16, line[0][1], names[level], anchor="end")
        for unit, spot in enumerate(line):
            canvas.circle(*spot, 5, fill=BLACK if unit in reached[level] else WHITE)
    for number, spot in enumerate(places[0]):
        canvas.text(spot[0], canvas.height - 9, number, size=9)
    return canvas
