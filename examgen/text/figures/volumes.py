"""Figures in perspective: a kernel in a volume, and feature maps along a network."""

import math
from collections.abc import Sequence

from examgen.text.figures.canvas import (
    GREY,
    LIGHT,
    WHITE,
    Canvas,
    at_least,
    label,
    one_name_each,
    width_of,
)
from examgen.text.figures.words import say
from examgen.text.values import Figure, TextError

_DEEPER = 0.42, -0.36  # how far a step into the depth goes to the right, and up
Point = tuple[float, float]


def volume_figure(size: int | Sequence[int], kernel: int | Sequence[int]) -> Figure:
    """A volume of unit cells, with the first window of a 3-D kernel shaded in its front corner.

    `size` and `kernel` are one side or (depth, height, width).
    """
    cells, taps = _three("size", size), _three("kernel", kernel)
    if any(tap > cell for tap, cell in zip(taps, cells, strict=True)):
        raise TextError(f"a kernel of {_by(taps)} is larger than the volume of {_by(cells)}")
    depth, height, width = cells
    unit = min(24.0, 220 / max(height, width))
    right, up = _DEEPER[0] * unit * depth, -_DEEPER[1] * unit * depth
    canvas = Canvas(unit * width + right + 56, unit * height + up + 26)
    front = 30.0, up + 6
    _faces(canvas, front, unit, cells, taps)
    canvas.text(front[0] + unit * width / 2, front[1] + unit * height + 10, width)
    canvas.text(front[0] - 10, front[1] + unit * height / 2, height)
    canvas.text(
        front[0] + unit * width + right / 2 + 10, front[1] + unit * height - up / 2 + 6, depth
    )
    sizes = {"depth": depth, "height": height, "width": width}
    kernel_sizes = dict(zip(("kernel_depth", "kernel_height", "kernel_width"), taps, strict=True))
    return canvas.figure(say("volume", **sizes, **kernel_sizes))


def feature_maps_figure(*shapes: Sequence[int], names: Sequence[str] = ()) -> Figure:
    """The shapes (channels, height, width) along a network as boxes, from left to right.

    A box is as thick as its channels and as high as its map, both by their square roots; the
    numbers stand below it, under its name where `names` are given.
    """
    if not shapes or not all(isinstance(s, list | tuple) and len(s) == 3 for s in shapes):
        raise TextError("feature_maps_figure wants shapes of (channels, height, width)")
    for channels, height, width in shapes:
        at_least(1, channels=channels, height=height, width=width)
    one_name_each("names", names, len(shapes))
    boxes = _box_sizes(shapes)
    lines = [
        (name, label(channels), f"{label(height)} × {label(width)}")
        for name, (channels, height, width) in zip(names or [""] * len(shapes), shapes, strict=True)
    ]
    rooms = [
        max(thick + _DEEPER[0] * wide, *map(width_of, words))
        for (thick, _, wide), words in zip(boxes, lines, strict=True)
    ]
    floor = 4 + max(high - _DEEPER[1] * wide for _, high, wide in boxes)
    canvas = Canvas(sum(rooms) + 10 * (len(rooms) - 1) + 12, floor + (46 if names else 32))
    left = 6.0
    for box, room, words in zip(boxes, rooms, lines, strict=True):
        _box(canvas, (left + room / 2, floor), box)
        shown = words if names else words[1:]
        for number, line in enumerate(shown):
            canvas.text(left + room / 2, floor + 10 + 13 * number, line, size=10 + (not number))
        left += room + 10
    listed = "; ".join(
        (f"{name}: " if name else "") + say("feature_map", channels=channels, size=size)
        for name, channels, size in lines
    )
    return canvas.figure(say("feature_maps", maps=listed))


def _box_sizes(shapes: Sequence[Sequence[int]]) -> list[tuple[float, float, float]]:
    """How thick, how high and how wide into the depth the box of each shape is."""
    highest, most = max(max(shape[1:]) for shape in shapes), max(shape[0] for shape in shapes)
    return [
        (
            4 + 40 * math.sqrt(channels / most),
            6 + 84 * math.sqrt(height / highest),
            84 * math.sqrt(width / highest),
        )
        for channels, height, width in shapes
    ]


def _three(name: str, sides: int | Sequence[int]) -> tuple[int, ...]:
    three = tuple(sides) if isinstance(sides, list | tuple) else (sides,) * 3
    if len(three) != 3:
        raise TextError(f"{name} is {sides!r}, not one side or (depth, height, width)")
    at_least(1, **{f"a side of {name}": side for side in three})
    return three


def _by(sides: Sequence[int]) -> str:
    return " by ".join(map(str, sides))


def _faces(
    canvas: Canvas, front: Point, unit: float, cells: Sequence[int], taps: Sequence[int]
) -> None:
    """The front, the top and the right side of a volume, cell by cell."""
    (depth, height, width), (deep, high, wide) = cells, taps
    right, up = (unit * step for step in _DEEPER)
    down, across, inwards = (0.0, unit), (unit, 0.0), (right, up)
    side = front[0] + unit * width, front[1]
    _face(canvas, front, (across, down), (width, height), (wide, high), GREY)
    _face(canvas, front, (across, inwards), (width, depth), (wide, deep), LIGHT)
    whole = wide == width
    _face(canvas, side, (inwards, down), (depth, height), (deep, high) if whole else (0, 0), LIGHT)


def _face(
    canvas: Canvas,
    corner: Point,
    steps: tuple[Point, Point],
    counts: tuple[int, int],
    shaded: tuple[int, int],
    fill: str,
) -> None:
    """One side of a volume; the first cells along both directions are shaded."""

    def point(i: float, j: float) -> Point:
        (ax, ay), (bx, by) = steps
        return corner[0] + i * ax + j * bx, corner[1] + i * ay + j * by

    for i in range(counts[0]):
        for j in range(counts[1]):
            corners = [point(i, j), point(i + 1, j), point(i + 1, j + 1), point(i, j + 1)]
            canvas.polygon(corners, fill=fill if i < shaded[0] and j < shaded[1] else WHITE)


def _box(canvas: Canvas, foot: Point, box: tuple[float, float, float]) -> None:
    """A box (thick, high, wide into the depth) that stands with its middle on a foot."""
    (middle, floor), (thick, high, wide) = foot, box
    dx, dy = _DEEPER[0] * wide, _DEEPER[1] * wide
    x, y = middle - (thick + dx) / 2, floor - high
    end = x + thick
    canvas.polygon([(x, y), (x + dx, y + dy), (end + dx, y + dy), (end, y)])
    side = [(end, y), (end + dx, y + dy), (end + dx, floor + dy), (end, floor)]
    canvas.polygon(side, fill=LIGHT)
    canvas.polygon([(x, y), (end, y), (end, floor), (x, floor)], fill=GREY)
