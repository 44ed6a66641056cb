"""Where the answer boxes lie on the pages, for scanning and for tools that need fixed places.

A template names a box by an attribute, ``id="3.b|2,3"``: the part's column and the box's
label. Boxes of one name on a page, numbered as in ``id="4.a|lines|7"``, are one.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_MILLIMETRES = 25.4 / 96  # a CSS pixel


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in millimetres from the page's upper left corner.

    ``part`` is the column of the part, empty for the paper's 2-D code. ``label`` tells the boxes
    of a part apart: ``2,3`` is the third cell in the second row of a grid, ``B`` an option.
    """

    page: int
    part: str
    label: str
    left: float
    top: float
    right: float
    bottom: float


def take_boxes(pages: Iterable[Any]) -> tuple[Box, ...]:
    """The boxes on WeasyPrint's pages, in the order of the text.

    Their names are taken off the pages: else they would be destinations in the PDF.
    """
    return tuple(box for number, page in enumerate(pages, start=1) for box in _named(number, page))


def layout_lines(paper: str, boxes: Iterable[Box]) -> str:
    """The boxes of a paper as lines of JSON: paper, page, part, box, and x, y, width, height."""
    return "".join(json.dumps({"paper": paper, **_fields(box)}) + "\n" for box in boxes)


def _named(number: int, page: Any) -> Iterator[Box]:
    found: dict[tuple[str, ...], list[tuple[float, ...]]] = {}
    for name in [name for name in page.anchors if "|" in name]:
        found.setdefault(tuple(name.split("|")[:2]), []).append(page.anchors.pop(name))
    for (part, label), rectangles in found.items():
        lefts, tops, rights, bottoms = zip(*rectangles, strict=True)
        sides = (min(lefts), min(tops), max(rights), max(bottoms))
        yield Box(number, part, label, *(side * _MILLIMETRES for side in sides))


def _fields(box: Box) -> dict[str, object]:
    return {
        "page": box.page,
        "part": box.part,
        "box": box.label,
        "x": round(box.left, 2),
        "y": round(box.top, 2),
        "width": round(box.right - box.left, 2),
        "height": round(box.bottom - box.top, 2),
    }
