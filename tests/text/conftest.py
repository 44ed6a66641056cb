"""Where the elements of a figure lie, with the widths of texts read from the papers' font."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[2] / "templates" / "fonts"
ASCENT, DESCENT = 0.68, 0.23  # of an em: capitals and digits; letters such as y


class Box(NamedTuple):
    """A rectangle from its upper left to its lower right corner, and what is drawn in it."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    def overlaps(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0 and down > 0

    def within(self, other: "Box", slack: float = 0.0) -> bool:
        return (
            self.left >= other.left - slack
            and self.top >= other.top - slack
            and self.right <= other.right + slack
            and self.bottom <= other.bottom + slack
        )


@pytest.fixture(scope="session")
def check_layout() -> Callable[[str], None]:
    """The check of a drawn figure: all within its sheet, no texts touch, all keep to their cell."""

    def check(svg: str) -> None:
        sheet, shapes, texts = elements(svg)
        for box in [*shapes, *texts]:
            assert box.within(sheet), f"{box} reaches beyond {sheet}"
        for one, other in combinations(texts, 2):
            assert not one.overlaps(other), f"{one} covers {other}"
        for text in texts:
            cell = container(text, shapes)
            assert cell is None or text.within(cell), f"{text} is larger than its cell {cell}"

    return check


def elements(svg: str) -> tuple[Box, list[Box], list[Box]]:
    """The view box of a figure, its shapes with their strokes, its texts."""
    root = ElementTree.fromstring(svg)
    sheet = Box(*map(float, root.attrib["viewBox"].split()), "view box")
    shapes, texts = [], []
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        if kind == "text":
            texts.append(_text(element))
        elif kind != "svg":
            shapes.append(_shape(kind, element.attrib))
    return sheet, shapes, texts


def container(text: Box, shapes: list[Box]) -> Box | None:
    """The last filled cell or circle drawn over the middle of a text."""
    x, y = (text.left + text.right) / 2, (text.top + text.bottom) / 2
    around = [
        shape
        for shape in shapes
        if shape.what.startswith(("rect #", "circle #"))
        and shape.left <= x <= shape.right
        and shape.top <= y <= shape.bottom
    ]
    return around[-1] if around else None


def _shape(kind: str, given: dict[str, str]) -> Box:
    number = {key: float(value) for key, value in given.items() if _is_number(value)}
    if kind == "rect":
        left, top = number["x"], number["y"]
        xs, ys = [left, left + number["width"]], [top, top + number["height"]]
    elif kind == "line":
        xs, ys = [number["x1"], number["x2"]], [number["y1"], number["y2"]]
    elif kind == "circle":
        xs = [number["cx"] - number["r"], number["cx"] + number["r"]]
        ys = [number["cy"] - number["r"], number["cy"] + number["r"]]
    else:
        points = [tuple(map(float, point.split(","))) for point in given["points"].split()]
        xs, ys = [x for x, _ in points], [y for _, y in points]
    half = number.get("stroke-width", 0) / 2
    what = f"{kind} {given.get('fill')}"
    return Box(min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half, what)


def _text(element: ElementTree.Element) -> Box:
    given, words = element.attrib, element.text or ""
    size, x, baseline = (float(given[key]) for key in ("font-size", "x", "y"))
    width = size * sum(map(_advance, words))
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[given["text-anchor"]]
    below = DESCENT * size if re.search("[gjpqy(),;]", words) else 0
    return Box(left, baseline - ASCENT * size, left + width, baseline + below, words)


@cache
def _font(name: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    font = TTFont(FONTS / f"{name}.ttf")
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


@cache
def _advance(letter: str) -> float:
    """How wide a letter is, in ems; KeyError where neither of a figure's fonts has it."""
    for name in ("stix-two-text-400-normal", "stix-two-symbols-400-normal"):
        glyphs, metrics, em = _font(name)
        if ord(letter) in glyphs:
            return metrics[glyphs[ord(letter)]][0] / em
    raise KeyError(letter)


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?[\d.]+", value) is not None
