"""How much room a text takes on paper, judged from its Markdown before anything is laid out."""

import base64
import math
import re
from collections.abc import Iterable

_LINE_LENGTH = 88  # letters of the running text on a line
_EM = 3.88  # millimetres: the size of the running text
_LINE = 5.5  # millimetres from one line of the running text to the next
_LETTER = 1.95  # millimetres that a letter of the running text is wide, on average
_FULL_WIDTH = 146.0  # millimetres of a line within a part
_LABEL = 11.5  # millimetres before and after the text of an option
_SMALL_LETTER = 1.35  # millimetres that a letter of a hint is wide, on average
_WIDEST_HINT = 62.0  # millimetres beside a place, from paper.css
_BETWEEN = 7.0  # millimetres between name, grid and hint
_MOST_ACROSS = 5
_NARROWEST_COLUMN, _WIDEST_COLUMN = 5.0, 18.0  # em
_PICTURE = re.compile(r"!\[(?:\\.|[^\\\]])*\]\(data:image/svg\+xml;base64,([^)]+)\)", re.DOTALL)
_HEIGHT = re.compile(r'<svg[^>]* height="([\d.]+)em"')
_ARRAY = re.compile(r"\\begin\{(\w+)\}(.*?)\\end\{\1\}", re.DOTALL)


def length(markdown: str) -> int:
    """About how many letters wide a text is as printed on one line, pictures left out."""
    text = _PICTURE.sub("", markdown)
    text = _ARRAY.sub(lambda found: "(" + max(found[2].split(r"\\"), key=length) + ")", text)
    text = re.sub(r"\\[,;:! ]|[{}$^_*`&]|\\(?:left|right|mathrm|text)\b", "", text)
    return len(" ".join(re.sub(r"\\[A-Za-z]+", "x", text).split()))


def height(markdown: str) -> float:
    """About how many millimetres high a text is as printed."""
    pictures = [_picture_height(found[1]) for found in _PICTURE.finditer(markdown)]
    blocks = [block for block in re.split(r"\n\s*\n", _PICTURE.sub("", markdown)) if block.strip()]
    return sum(pictures) + sum(_block_height(block) for block in blocks)


def across(texts: tuple[str, ...]) -> int:
    """How many options stand on one line, judged by the longest: at most five, rows balanced."""
    if any("![" in text or "\n" in text for text in texts):
        return 1
    longest = max(map(length, texts), default=0) * _LETTER + _LABEL
    fit = min(_MOST_ACROSS, max(1, int(_FULL_WIDTH / longest)))
    rows = math.ceil(len(texts) / fit)
    return min(fit, max(len(texts), 4)) if rows <= 1 else math.ceil(len(texts) / rows)


def fits_beside(tex: str, width: int, hint: str) -> bool:
    """Whether a hint fits on one line with a name in TeX and a grid of some millimetres."""
    named = _LETTER * (length(tex) + 2)
    hinted = min(_WIDEST_HINT, _SMALL_LETTER * len(hint))
    return named + width + hinted + _BETWEEN <= _FULL_WIDTH


def column(values: Iterable[str]) -> float:
    """The em of a column of values, given in TeX."""
    return max([_NARROWEST_COLUMN, *map(_value_width, values)])


def is_wide(value: str) -> bool:
    """Whether a value, given in TeX, is too wide for a column of values."""
    return _value_width(value) > _WIDEST_COLUMN


def _value_width(value: str) -> float:
    return round(1.5 + 0.6 * length(value), 1)


def _picture_height(data: str) -> float:
    found = _HEIGHT.search(base64.b64decode(data)[:400].decode(errors="replace"))
    return 5.0 + (_EM * float(found[1]) if found else 50.0)


def _block_height(block: str) -> float:
    """A paragraph, a table or list, or a displayed formula."""
    if block.lstrip().startswith("$$"):
        arrays = max(1, len(_ARRAY.findall(block)))
        return _LINE * (1.5 + 0.8 * block.count(r"\\") / arrays)
    starts = re.findall(r"^\s*(?:\||[*+-] |\d+\. )", block, re.MULTILINE)
    if starts:
        return _LINE * (1 + max(len(starts), length(block) / _LINE_LENGTH))
    return _LINE * (0.4 + math.ceil(length(block) / _LINE_LENGTH))
