"""Pictures WeasyPrint draws straight from PDF operators, instead of reading SVG at every use.

WeasyPrint 70 finds an image in its `cache` by URL and then needs only `get_intrinsic_size` and
`draw`, as its own image classes have them (weasyprint/images.py).
"""

import hashlib
import re
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Sequence
from typing import Any

import pydyf

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d*\.?\d+")
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_OPERANDS = {"M": 2, "L": 2, "C": 6, "Z": 0}

SHALLOW = 0.25  # em: how far the box of a formula reaches below the baseline at least

# Compressed glyph outlines by name, in units of 1/1000 em, shared by every formula of this process;
# a name is the digest of the outline, so that a PDF never depends on what was drawn before it.
_GLYPHS: dict[str, bytes] = {}


class NotDrawable(ValueError):
    """SVG that holds more than glyphs, rules and lines."""


class FormulaImage:
    """A formula as uses of shared glyph outlines, sized in em, in the colour of its text.

    The box of a shallow formula reaches as deep as the letters beside it, which costs no room and
    gives all of them one style.
    """

    def __init__(self, svg: str) -> None:
        root = ElementTree.fromstring(svg)
        left, top, width, height = map(float, root.attrib["viewBox"].split())
        if left:
            raise NotDrawable("viewBox")
        self.width, self.height, self.depth = width / 1000, height / 1000, (top + height) / 1000
        self._below = max(SHALLOW - self.depth, 0)
        outlines = {path.attrib["id"]: _glyph(path.attrib["d"]) for path in _defined(root)}
        drawn = root.find(f"{_SVG}g")
        if drawn is None or drawn.attrib.get("transform") != "scale(1,-1)":
            raise NotDrawable("no drawing")
        self.operators = b"\n".join(_operators(element, outlines) for element in drawn)
        self.glyphs = sorted(set(outlines.values()))

    def get_intrinsic_size(
        self, _resolution: float, font_size: float
    ) -> tuple[float, float, float]:
        """Width and height in CSS pixels at this font size, and their ratio."""
        height = self.height + self._below
        return self.width * font_size, height * font_size, self.width / height

    def draw(self, stream: Any, _width: float, height: float, style: Any) -> None:
        """Append the formula to a page whose y axis points down."""
        scale = height / (self.height + self._below) / 1000
        baseline = height - (self.depth + self._below) * 1000 * scale
        stream.set_color(style["color"])
        stream.transform(scale, 0, 0, -scale, 0, baseline)
        objects = stream._resources["XObject"]
        for name in self.glyphs:
            if name not in objects:
                objects[name] = _form(_GLYPHS[name])
        stream.stream.append(self.operators)


class ModulesImage:
    """A matrix of square modules (a two-dimensional code) as one filled path."""

    def __init__(self, modules: Sequence[Sequence[bool]]) -> None:
        self.height, self.width = len(modules), len(modules[0])
        runs = [
            f"{column} {row} {length} 1 re"
            for row, line in enumerate(modules)
            for column, length in _runs(line)
        ]
        self.operators = "\n".join([*runs, "f"]).encode()

    def get_intrinsic_size(
        self, _resolution: float, _font_size: float
    ) -> tuple[float, float, float]:
        """One CSS pixel a module: the page's style says how large a module is."""
        return self.width, self.height, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Append the modules to a page whose y axis points down."""
        stream.set_color(style["color"])
        stream.transform(width / self.width, 0, 0, height / self.height, 0, 0)
        stream.stream.append(self.operators)


def _runs(line: Sequence[bool]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    dark = "".join("1" if module else "0" for module in line)
    return [(run.start(), len(run.group())) for run in re.finditer("1+", dark)]


def _form(outline: bytes) -> Any:
    """A PDF object that draws a compressed outline."""
    box = pydyf.Array((-2000, -4000, 6000, 4000))
    sort = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Filter": "/FlateDecode"}
    return pydyf.Stream([outline], pydyf.Dictionary(sort))


def _defined(root: ElementTree.Element) -> list[ElementTree.Element]:
    return root.findall(f"{_SVG}defs/{_SVG}path")


def _glyph(path: str) -> str:
    """The name under which an outline is shared."""
    name = "g" + hashlib.sha256(path.encode()).hexdigest()[:8]
    if name not in _GLYPHS:
        _GLYPHS[name] = zlib.compress(_path_operators(path), 9)
    return name


def _path_operators(path: str) -> bytes:
    """An SVG path of absolute M, L, C and Z as PDF operators that fill it."""
    operators = []
    for step in re.finditer(r"([A-Za-z])([^A-Za-z]*)", path):
        letter, numbers = step[1], _NUMBER.findall(step[2])
        count = _OPERANDS.get(letter)
        if count is None or (len(numbers) % count if count else numbers):
            raise NotDrawable(f"path step {letter}")
        for start in range(0, max(len(numbers), 1), count or 1):
            operators.append(" ".join([*numbers[start : start + count], _OPERATORS[letter]]))
    return "\n".join([*operators, "f"]).encode()


def _operators(element: ElementTree.Element, outlines: dict[str, str]) -> bytes:
    """The PDF operators of one `use`, `rect` or `line` drawn in the colour of the text."""
    given = dict(element.attrib)
    sort = element.tag.removeprefix(_SVG)
    if sort == "use":
        name = outlines[given.pop("href").removeprefix("#")]
        return f"q {_matrix(given)} cm /{name} Do Q".encode()
    if sort == "rect" and set(given) == {"x", "y", "width", "height"}:
        return " ".join([*(given[key] for key in ("x", "y", "width", "height")), "re f"]).encode()
    if sort == "line" and given.get("stroke") == "currentColor":
        ends = "{x1} {y1} m {x2} {y2} l S".format_map(given)
        return f"{given['stroke-width']} w {ends}".encode()
    raise NotDrawable(sort)


def _matrix(given: dict[str, str]) -> str:
    """The PDF matrix of a `use`: a place, or a translation and a scale."""
    if set(given) == {"x", "y"}:
        return f"1 0 0 1 {given['x']} {given['y']}"
    transform = re.fullmatch(r"translate\((\S+) (\S+)\) scale\((\S+)\)", given.get("transform", ""))
    if transform is None or len(given) > 1:
        raise NotDrawable("use")
    x, y, scale = transform.groups()
    return f"{scale} 0 0 {scale} {x} {y}"
