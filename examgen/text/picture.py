"""Our own figures drawn straight from PDF operators, as WeasyPrint's `cache=` lets us.

WeasyPrint reads and draws an SVG anew in every paper, a label letter by letter in a group of its
own. Here shapes become operators once, and only labels are set when a page is drawn.
"""

import base64
import math
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from typing import Any

from examgen.text.drawing import NotDrawable

_SVG = "{http://www.w3.org/2000/svg}"
_PIXELS = {"mm": 96 / 25.4, "em": 0.0}
_ROUND = 4 * (math.sqrt(2) - 1) / 3  # a quarter of a circle as a Bézier curve
_SHAPE = {"fill", "stroke", "stroke-width", "stroke-dasharray"}
_PLACED = {
    "rect": {"x", "y", "width", "height", "rx"},
    "line": {"x1", "y1", "x2", "y2"},
    "polyline": {"points"},
    "polygon": {"points"},
    "circle": {"cx", "cy", "r"},
}
_LABEL = {"x", "y", "font-size", "text-anchor", "fill", "font-style", "font-weight"}
_SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class _Label:
    """Words at a place; `shift` is the share of their width that stands left of it."""

    words: str
    x: float
    y: float
    size: float
    shift: float
    italic: bool
    bold: bool
    colour: bytes


class FigureImage:
    """A figure of `examgen.text.figures`; NotDrawable for SVG that holds more than those do."""

    def __init__(self, url: str) -> None:
        source = base64.b64decode(url.partition("base64,")[2])
        root = ElementTree.fromstring(source)
        if set(root.attrib) != {"width", "height", "viewBox", "font-family"}:
            raise NotDrawable("svg")
        self._size = _length(root.attrib["width"]), _length(root.attrib["height"])
        left, top, *self._box = map(float, root.attrib["viewBox"].split())
        if left or top:
            raise NotDrawable("viewBox")
        self._families = [name.strip() for name in root.attrib["font-family"].split(",")]
        self._steps: list[bytes | _Label] = [_step(element) for element in root]

    def get_intrinsic_size(self, _resolution: float, font_size: float) -> tuple[float, ...]:
        """Width and height in CSS pixels, and their ratio."""
        width, height = (pixels + ems * font_size for pixels, ems in self._size)
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Append the figure to a page whose y axis points down."""
        scale = min(width / self._box[0], height / self._box[1])
        across, down = width - scale * self._box[0], height - scale * self._box[1]
        stream.transform(scale, 0, 0, scale, across / 2, down / 2)
        for step in self._steps:
            with stream.stacked():
                if isinstance(step, bytes):
                    stream.stream.append(step)
                else:
                    self._set_label(stream, step, style.font_config)

    def _set_label(self, stream: Any, label: _Label, fonts: Any) -> None:
        # Not above: importing WeasyPrint reads the fonts, which are chosen in examgen.paper.
        from weasyprint.css.properties import INITIAL_VALUES
        from weasyprint.draw.text import draw_first_line
        from weasyprint.matrix import Matrix
        from weasyprint.svg.text import Style, TextBox
        from weasyprint.text.line_break import split_first_line

        style = Style(
            INITIAL_VALUES,
            font_family=self._families,
            font_style="italic" if label.italic else "normal",
            font_weight=700 if label.bold else 400,
            font_size=label.size,
        )
        style.font_config = fonts
        layout, _, _, width, _, _ = split_first_line(label.words, style, None, None, 0)
        place = Matrix(d=-1, e=label.x - label.shift * width, f=label.y)
        stream.stream.append(label.colour)
        layout.reactivate(style)
        stream.begin_text()
        draw_first_line(stream, TextBox(layout, style), "none", "none", place)
        stream.end_text()
        layout.deactivate()


def _length(text: str) -> tuple[float, float]:
    """A length as CSS pixels and as em, of which one is 0."""
    number, unit = float(text[:-2]), text[-2:]
    if unit not in _PIXELS:
        raise NotDrawable("width")
    return number * _PIXELS[unit], number * (unit == "em")


def _step(element: ElementTree.Element) -> bytes | _Label:
    sort, given = element.tag.removeprefix(_SVG), element.attrib
    if len(element) or not set(given) <= (_PLACED.get(sort, set()) | _SHAPE | _LABEL):
        raise NotDrawable(sort)
    if sort == "text":
        return _Label(
            " ".join((element.text or "").split()),
            float(given["x"]),
            float(given["y"]),
            float(given["font-size"]),
            _SHIFT[given["text-anchor"]],
            given.get("font-style") == "italic",
            given.get("font-weight") == "700",
            _colour(given["fill"], "rg"),
        )
    if sort not in _PLACED:
        raise NotDrawable(sort)
    return b"\n".join([*_state(given), _outline(sort, given), _paint(sort, given)])


def _state(given: dict[str, str]) -> list[bytes]:
    """The operators that set colours and lines."""
    state = [b"4 M"]
    if _filled(given):
        state.append(_colour(given.get("fill", "#000"), "rg"))
    if "stroke" in given:
        dashes = " ".join(given.get("stroke-dasharray", "").replace(",", " ").split())
        state.append(f"{given['stroke-width']} w [{dashes}] 0 d".encode())
        state.append(_colour(given["stroke"], "RG"))
    return state


def _paint(sort: str, given: dict[str, str]) -> bytes:
    filled, stroked = _filled(given) and sort != "line", "stroke" in given
    return {(True, True): b"B", (True, False): b"f", (False, True): b"S"}.get(
        (filled, stroked), b"n"
    )


def _filled(given: dict[str, str]) -> bool:
    return given.get("fill") != "none"


def _colour(text: str, operator: str) -> bytes:
    """A colour such as #000 or #fdf6c9."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6:
        raise NotDrawable("colour")
    shares = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    return f"{' '.join(f'{share:.6g}' for share in shares)} {operator}".encode()


def _outline(sort: str, given: dict[str, str]) -> bytes:
    """The path of a shape."""
    if sort == "line":
        return "{x1} {y1} m {x2} {y2} l".format_map(given).encode()
    if sort == "rect" and "rx" not in given:
        return "{x} {y} {width} {height} re".format_map(given).encode()
    if sort == "rect":
        x, y, width, height, radius = (
            float(given[name]) for name in ("x", "y", "width", "height", "rx")
        )
        return _rounded(x, y, width, height, min(radius, width / 2, height / 2))
    if sort == "circle":
        x, y, radius = (float(given[name]) for name in ("cx", "cy", "r"))
        return _rounded(x - radius, y - radius, 2 * radius, 2 * radius, radius)
    first, *rest = (point.replace(",", " ") for point in given["points"].split())
    closing = ["h"] if sort == "polygon" else []
    return "\n".join([f"{first} m", *(f"{point} l" for point in rest), *closing]).encode()


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> bytes:
    """A rectangle with round corners; a circle where they meet."""
    right, bottom, inner = x + width, y + height, radius * (1 - _ROUND)
    steps = [
        (x + radius, y, "m"),
        (right - radius, y, "l"),
        (right - inner, y, right, y + inner, right, y + radius, "c"),
        (right, bottom - radius, "l"),
        (right, bottom - inner, right - inner, bottom, right - radius, bottom, "c"),
        (x + radius, bottom, "l"),
        (x + inner, bottom, x, bottom - inner, x, bottom - radius, "c"),
        (x, y + radius, "l"),
        (x, y + inner, x + inner, y, x + radius, y, "c"),
        ("h",),
    ]
    return "\n".join(" ".join(_operand(part) for part in step) for step in steps).encode()


def _operand(part: float | str) -> str:
    return part if isinstance(part, str) else f"{part:.6g}"
