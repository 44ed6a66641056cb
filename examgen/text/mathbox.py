"""Formulas set by mathra (by MathJax where mathra cannot), as boxes on a line of text."""

import base64
import hashlib
import html
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import mathra

from examgen.errors import nearest
from examgen.language import ENGLISH, Language
from examgen.text.drawing import SHALLOW, FormulaImage, ModulesImage, NotDrawable
from examgen.text.picture import FigureImage
from examgen.text.values import TextError

_COMMANDS = re.findall(  # that are often written, to guess one that is misspelt
    r"\\\w+",
    r"\alpha \begin \beta \cdot \delta \dfrac \dots \end \epsilon \forall \frac \gamma "
    r"\geq \in \infty \int \lambda \lceil \ldots \left \leq \lfloor \log \mathbb \mathbf "
    r"\mathcal \mathrm \mathsf \max \min \mu \nabla \neq \omega \operatorname \partial "
    r"\phi \pi \pm \prod \quad \rceil \rfloor \rho \right \sigma \sqrt \sum \tau \text "
    r"\tfrac \theta \times \to \top \underbrace \vdots",
)
_SPOKEN = {"⌊": "floor", "⌋": "end_floor", "⌈": "ceiling", "⌉": "end_ceiling", "⊤": "transpose"}
_SPEECH = re.compile(r"<title\b[^>]*>([^<]*)</title>")
_FORMULA_ROWS = re.compile(r"(\\begin\{(aligned|gathered|split)\})(.*?)(\\end\{\2\})", re.DOTALL)
_STRUT = r"\vphantom{\rule[-1em]{1pt}{1em}}"
_GAP = 0.8  # em between a formula in a column and what stands beside it
_NONE: Mapping[str, str] = {}
_LOCALES = {one["code"].casefold(): one["code"] for one in mathra.locales()}


@dataclass(frozen=True)
class MathBox:
    """A formula set: the URL of its picture, its size in em, and the formula spoken.

    `depth_em` is how far the box reaches below the baseline of the text.
    """

    url: str
    width_em: float
    height_em: float
    depth_em: float
    alt: str
    space_em: float = 0.0  # after it

    def img(self) -> str:
        """The HTML image that puts the box on the baseline at any font size."""
        style = []
        if self.url.startswith("data:"):  # our own pictures know their size in em
            style = [f"width:{self.width_em:.3f}em", f"height:{self.height_em:.3f}em"]
        if style or self.depth_em > SHALLOW:  # else the style sheet says how deep they reach
            style.append(f"vertical-align:{-self.depth_em:.3f}em")
        if self.space_em:
            style.append(f"margin-right:{self.space_em:.3f}em")
        given = f' style="{";".join(style)}"' if style else ""
        return f'<img class="math" src="{self.url}" alt="{html.escape(self.alt)}"{given}>'


class MathBoxes:
    """Formulas and codes already set; `cache` is what WeasyPrint takes as its `cache=`.

    A URL is the digest of what it shows, so a document never depends on what was set before it.
    The alternative texts of formulas are in the `language`.
    """

    def __init__(self, language: Language = ENGLISH) -> None:
        self._language = language
        self.cache: dict[str, Any] = {}
        self._boxes: dict[tuple[str, bool], MathBox] = {}
        self._figures: set[str] = set()  # those of the last document

    def box(self, tex: str, display: bool = False) -> MathBox:
        """The box of a formula, in display or inline style.

        Raises TextError, naming the formula, when neither engine can set it.
        """
        key = tex.strip(), display
        if key not in self._boxes:
            self._boxes[key] = self._set(*key)
        return self._boxes[key]

    def formula(self, tex: str, *, display: bool = False, room: float = 0) -> str:
        """The HTML image of a formula, in a column of ``room`` em; raises as `box` does."""
        box = self.box(tex, display)
        return (self._widened(box, max(room, box.width_em + _GAP)) if room else box).img()

    def figure(self, url: str, alt: str) -> str:
        """The HTML image of a figure by its data URL, with its alternative text.

        It is drawn by us where it is one of ours, else by WeasyPrint.
        """
        if url not in self.cache:
            with suppress(ValueError, KeyError, ElementTree.ParseError):
                self.cache[url] = FigureImage(url)
        return f'<img class="figure" src="{url}" alt="{html.escape(alt)}">'

    def modules(self, matrix: Sequence[Sequence[bool]]) -> str:
        """The URL of a two-dimensional code, dark modules true; its size is the page's choice."""
        rows = ["".join("1" if module else "0" for module in row) for row in matrix]
        url = "modules:" + _digest("\n".join(rows))
        self.cache[url] = ModulesImage(matrix)
        return url

    def trim(self, keep: int = 5000) -> None:
        """Forget formulas beyond `keep`, and other pictures: call it between two documents.

        Figures stay for one document more, which may be the key of a paper or its paper.
        """
        if len(self._boxes) > keep:
            self._boxes.clear()
        kept = {box.url for box in self._boxes.values()}
        figures = {url for url, image in self.cache.items() if isinstance(image, FigureImage)}
        self._figures = figures - self._figures
        kept |= self._figures
        for url in [url for url in self.cache if url not in kept]:
            del self.cache[url]

    def _widened(self, box: MathBox, width: float) -> MathBox:
        """The box with empty space at its end, which is faster than a box of CSS around it."""
        image = self.cache.get(box.url)
        if image is None:  # drawn by MathJax
            return replace(box, space_em=width - box.width_em)
        url = f"{box.url}:{width:g}"
        self.cache[url] = image.widened(width)
        return replace(box, url=url, width_em=width)

    def _set(self, tex: str, display: bool) -> MathBox:
        try:
            drawn = spread(tex)
            svg = mathra.tex_to_svg(drawn, display=display, strict=True)
            words = spoken(tex, self._language, {drawn: svg})
            image = FormulaImage(svg)
        except NotDrawable:
            return mathjax_box(tex, display, words)
        except ValueError as error:
            return mathjax_box(tex, display, tex, str(error))
        url = "math:" + _digest(f"{tex}\n{display}")
        self.cache[url] = image
        return MathBox(url, image.width, image.height, image.depth, words)


def spread(tex: str) -> str:
    """Rows of formulas with a strut below fractions, which else nearly touch the next row."""
    return _FORMULA_ROWS.sub(lambda found: found[1] + _strutted(found[3]) + found[4], tex)


def _strutted(rows: str) -> str:
    if r"\begin" in rows:  # the rows of a matrix are not ours
        return rows
    *upper, last = rows.split(r"\\")
    return r"\\".join([*(row + _STRUT if "frac" in row else row for row in upper), last])


def spoken(tex: str, language: Language = ENGLISH, drawn: Mapping[str, str] = _NONE) -> str:
    """A formula as words for a screen reader, in English where mathra does not speak the language.

    Words in upright type are read as words, not letter by letter, and closing punctuation is
    left out. ``drawn`` are English pictures at hand, by their TeX. Raises ValueError for a formula
    mathra cannot read.
    """
    words = re.sub(r"\\(?:mathrm|operatorname)\b", r"\\text", tex)
    words = re.sub(r"(?<=\d)\\,(?=\d)", "", words)
    words = re.sub(r"\\qq?uad\b", r"\\text{;}", words)
    words = re.sub(r"(?:\\[,;:! ]|[\s.,;:])+((?:\\end\{\w+\})?\s*)$", r"\1", words)
    locale = next((_LOCALES[one] for one in language.ranges if one in _LOCALES), ENGLISH.tag)
    svg = drawn.get(words) if locale == ENGLISH.tag else None
    svg = svg or mathra.tex_to_svg(words, locale, strict=True)  # half the work of `render`
    found = _SPEECH.search(svg)
    said = html.unescape(found[1]) if found else ""
    for sign, name in _SPOKEN.items():
        said = said.replace(sign, f" {language.text(f'spoken.{name}')} ")
    return " ".join(said.split())


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _mathjax() -> Any:
    """MathJax's renderer, None where the extra that brings it is not installed."""
    try:
        import quickjax
    except ImportError:
        return None
    return quickjax.MathJaxRenderer()


def mathjax_box(tex: str, display: bool, alt: str, reason: str = "") -> MathBox:
    """The box by MathJax, a picture in a data URL; raises TextError as `MathBoxes.box`."""
    command = re.search(r"unsupported command: \\(\w+)", reason)
    hint = nearest(f"\\{command[1]}", _COMMANDS) if command else ""
    failure = f"the formula '{tex}' cannot be set{reason and ': ' + reason}{hint}"
    if _mathjax() is None:
        raise TextError(f"{failure}; MathJax may be able to: pip install 'examgen[mathjax]'")
    svg = _mathjax().render(tex, display=display)
    # MathJax draws an unknown command in red, and other mistakes as an error node.
    unknown = 'fill="red"' in svg and "color" not in tex
    if unknown or "data-mjx-error" in svg or "<text" in svg:
        raise TextError(failure)
    svg = re.sub(r"MJX-\d+-", "MJX-", svg)  # else the number of formulas before this one
    _, top, width, height = map(float, _attribute(svg, "viewBox").split())
    depth = (top + height) / 1000
    data = base64.b64encode(svg.encode()).decode()
    url = f"data:image/svg+xml;base64,{data}"
    return MathBox(url, width / 1000, height / 1000, depth, alt)


def _attribute(svg: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', svg)
    if found is None:
        raise TextError(f"MathJax returned a picture without {name}")
    return found[1]
