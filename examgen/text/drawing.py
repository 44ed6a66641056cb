"""Pictures WeasyPrint draws straight from PDF operators, instead of reading SVG at every use.

WeasyPrint 70 finds an image in its `cache` by URL and then needs only `get_intrinsic_size` and
`draw`, as its own image classes have them (weasyprint/images.py).
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from copy import copy
from functools import cache
from typing import Any

import pydyf

_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_OPERANDS = {"M": 2, "L": 2, "C": 6, "Z": 0}
_NUMBER = re.compile(r"-?\d*\.?\d+")

# What mathra writes. A formula with anything else is not drawn here, as one with a colour.
_PICTURE = re.compile(
    r'<svg [^>]*\bviewBox="0 (\S+) (\S+) (\S+)"[^>]*>.*?<defs>(.*)</defs>'
    r'<g fill="currentColor" stroke="none" transform="scale\(1,-1\)">(.*)</g><text ',
    re.DOTALL,
)
_OUTLINE = re.compile(r'<path id="([^"]*)" d="([^"]*)"/>')
_MARK = re.compile(
    r'<use href="#([^"]*)" (?:x="([^"]*)" y="([^"]*)"|'
    r'transform="translate\(([^ ]*) ([^ ]*)\) scale\(([^ ]*)\)")/>|'
    r'<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/>|'
    r'<line x1="([^"]*)" y1="([^"]*)" x2="([^"]*)" y2="([^"]*)" '
    r'stroke="currentColor" stroke-width="([^"]*)"[^>]*/>'
)

SHALLOW = 0.25  # em: how far the box of a formula reaches below the baseline at least

# Compressed glyph outlines by name, in units of 1/1000 em, shared by every formula of this process;
# a name is the digest of the outline, so that a PDF never depends on what was drawn before it.
_GLYPHS: dict[str, bytes] = {}


class NotDrawable(ValueError):
    """A picture that holds more than is drawn here."""


class FormulaImage:
    """A formula as uses of shared glyph outlines, sized in em, in the colour of its text.

    The box of a shallow formula reaches as deep as the letters beside it, which costs no room and
    gives all of them one style.
    """

    def __init__(self, svg: str) -> None:
        picture = _PICTURE.match(svg)
        if picture is None:
            raise NotDrawable("no drawing")
        top, width, height = (float(number) for number in picture.group(1, 2, 3))
        self.width, self.height, self.depth = width / 1000, height / 1000, (top + height) / 1000
        self._below = max(SHALLOW - self.depth, 0)
        names = {found[1]: _glyph(found[2]) for found in _found(_OUTLINE, picture[4])}
        self.operators = b"\n".join(_operators(found, names) for found in _found(_MARK, picture[5]))
        self.glyphs = sorted(set(names.values()))

    def widened(self, width: float) -> "FormulaImage":
        """The same formula at the beginning of a box of so many em."""
        image = copy(self)
        image.width = width
        return image

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
        stream.set_matrix(scale, 0, 0, -scale, 0, baseline)  # nothing in it asks for the matrix
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


def _found(pattern: re.Pattern[str], elements: str) -> Iterator[re.Match[str]]:
    """Elements of SVG one by one; raises NotDrawable where another stands between them."""
    end = 0
    for found in pattern.finditer(elements):
        if found.start() != end:
            break
        end = found.end()
        yield found
    if end != len(elements):
        raise NotDrawable(elements[end : end + 40])


@cache
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


def _operators(mark: re.Match[str], names: dict[str, str]) -> bytes:
    """The PDF operators of one glyph, rule or line drawn in the colour of the text."""
    if mark[1]:
        place = (
            f"1 0 0 1 {mark[2]} {mark[3]}"
            if mark[2]
            else "{2} 0 0 {2} {0} {1}".format(*mark.group(4, 5, 6))
        )
        return f"q {place} cm /{names[mark[1]]} Do Q".encode()
    if mark[7]:
        return " ".join([*mark.group(7, 8, 9, 10), "re f"]).encode()
    return "{4} w {0} {1} m {2} {3} l S".format(*mark.group(11, 12, 13, 14, 15)).encode()
