"""Markdown with formulas to HTML, each formula a box on the baseline."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from examgen.text.scan import pieces
from examgen.text.values import TextError

# Formulas pass Markdown as OPEN number CLOSE: it never sees TeX, whose _ * | \ it would misread.
# markdown-it stops for rules like ours only at certain marks, of which $ is one.
_OPEN, _CLOSE = "$\ue010", "\ue011"
_LIFTED = re.compile(re.escape(_OPEN) + "([0-9]+)([idf])" + _CLOSE)
_RENDERED = re.compile("\0([0-9]+)\0")  # in HTML: what no text can hold, and no attribute does
_SORTS = {"i": "formula", "d": "display", "f": "picture"}
_PICTURE = re.compile(
    r"!\[((?:\\.|[^\\\]])*)\]\((data:image/svg\+xml;base64,[A-Za-z0-9+/=]+)\)", re.DOTALL
)
_PUNCTUATION = re.compile(r"[ \t]*([.,;:])(?!\w)")
_MATHML = r"<math(?: [^>]*)?>(?:(?!</math>).)*</math>"
_COMPOUND = r"\b(?:[A-Z]|\d+)-[a-z]{2,}(?=[^<>]*(?:<|$))"  # `16-bit`, `S-cell`; not in an attribute
_TIED = re.compile(
    rf'<img class="math"[^>]*>[-–\w]+|{_COMPOUND}|'
    rf"\({_MATHML}[-–\w.,;:?!)]*|{_MATHML}[-–\w.,;:?!)]+"
)
# The space before a last number, short word or formula, which would stand on a line by itself.
_LAST_WORD = re.compile(r' (?=(?:[\w.,]{1,3}|<img class="math"[^>]*>)[.?!:)]*</p>)')
_ROWS = re.compile(r"\s*\\end\{(aligned|gathered|split)\}\s*$")


class Setting(Protocol):
    """How formulas and figures become HTML: pictures for print, MathML and SVG for a screen."""

    def formula(self, tex: str, *, display: bool = False, room: float = 0) -> str:
        """The HTML of a formula; raises TextError where it cannot be set.

        With ``room`` it stands in a column of so many em, and what follows begins behind it.
        """

    def figure(self, url: str, alt: str) -> str:
        """The HTML of a figure by its data URL, with its alternative text."""


def to_html(markdown: str, boxes: Setting) -> str:
    """Markdown (CommonMark and tables) with `$…$` and `$$…$$` as HTML blocks.

    A displayed formula or a figure alone in its paragraph is a block of its own, between
    paragraphs and never inside one. Raises TextError for a formula that cannot be set.
    """
    if _OPEN[1] in markdown or _CLOSE in markdown:
        raise TextError("the letters U+E010 and U+E011 cannot be printed")
    source, images = _lift(markdown, boxes)
    text = _render(source)
    places = [int(place) for place in _RENDERED.findall(text)]
    if sorted(places) != list(range(len(images))):
        raise TextError(
            "a formula or figure stands where none can be set: in the title or address of a link, "
            "in an alternative text, or in code between ~~~"
        )
    text = _RENDERED.sub(lambda found: images[int(found[1])], text)
    text = _LAST_WORD.sub("&nbsp;", text)
    # A line would break inside `$k$-bit` and `$n$th`, browsers also at punctuation.
    return _TIED.sub(r'<span class="nobreak">\g<0></span>', text)


def _lift(markdown: str, boxes: Setting) -> tuple[str, list[str]]:
    """The text with a sentinel for each formula and figure, and the images they stand for."""
    lifted: list[str] = []
    images: list[str] = []
    after_display: tuple[str, int] | None = None
    for piece in pieces(markdown):
        content = piece.content
        if after_display is not None:
            tail, content = _pull_punctuation(piece.sort, content)
            images.append(_image(after_display, tail, boxes))
            after_display = None
        if piece.sort in ("words", "code"):
            lifted.append(
                content if piece.sort == "code" else _lift_pictures(content, images, boxes)
            )
            continue
        letter = "d" if piece.sort == "display" else "i"
        lifted.append(f"{_OPEN}{len(images)}{letter}{_CLOSE}")
        if piece.sort == "display":
            after_display = content, piece.line
        else:
            images.append(_set(content, False, piece.line, boxes))
    if after_display is not None:
        images.append(_image(after_display, "", boxes))
    return "".join(lifted), images


def _lift_pictures(words: str, images: list[str], boxes: Setting) -> str:
    """Figures out of the words: a data URL is long, and markdown-it reads links slowly."""

    def lift(found: re.Match[str]) -> str:
        images.append(boxes.figure(found[2], re.sub(r"\\(.)", r"\1", found[1])))
        return f"{_OPEN}{len(images) - 1}f{_CLOSE}"

    return _PICTURE.sub(lift, words)


def _pull_punctuation(sort: str, content: str) -> tuple[str, str]:
    """The punctuation a text begins with, and the rest of the text."""
    found = _PUNCTUATION.match(content) if sort == "words" else None
    return (found[1], content[found.end() :]) if found else ("", content)


def _image(formula: tuple[str, int], tail: str, boxes: Setting) -> str:
    """A displayed formula with the punctuation that follows it inside, on its last row."""
    tex, line = formula[0].strip(), formula[1]
    if tail and tex[-1] not in ".,;:":
        rows = _ROWS.search(tex)
        cut = rows.start() if rows else len(tex)
        tex = tex[:cut] + tail + tex[cut:]
    return _set(tex, True, line, boxes)


def _set(tex: str, display: bool, line: int, boxes: Setting) -> str:
    try:
        return boxes.formula(tex, display=display)
    except TextError as error:
        raise TextError(error.message, line) from error


def _split_paragraphs(tokens: Sequence[Token]) -> list[Token]:
    """Paragraphs cut at displayed formulas and at figures that stand alone."""
    result: list[Token] = []
    for position, token in enumerate(tokens):
        opened = position > 0 and tokens[position - 1].type == "paragraph_open"
        if token.type != "inline" or not opened:
            result.append(token)
            continue
        opening = result.pop()
        for block in _blocks(token.children or []):
            if block[0].type == "display" or [token.type for token in block] == ["picture"]:
                result.append(block[0])
                block[0].block = True
            else:
                inline = Token("inline", "", 0, children=block)
                result += [opening, inline, tokens[position + 1]]
    return _without_closings(result)


def _without_closings(tokens: list[Token]) -> list[Token]:
    """The closing of a paragraph is kept only after its own text."""
    kept: list[Token] = []
    for token in tokens:
        if token.type == "paragraph_close" and (not kept or kept[-1].type != "inline"):
            continue
        kept.append(token)
    return kept


def _blocks(children: list[Token]) -> list[list[Token]]:
    """The runs of a paragraph: displayed formulas, and the text between them."""
    runs: list[list[Token]] = [[]]
    for child in children:
        if child.type == "display":
            if child.level:
                raise TextError(
                    "a displayed formula stands within emphasis or a link: end it before"
                )
            runs += [[child], []]
        else:
            runs[-1].append(child)
    blocks = [_stripped(run) for run in runs]
    return [run for run in blocks if run]


def _stripped(run: list[Token]) -> list[Token]:
    """A run of text without the line breaks and spaces at its ends."""
    blank = [
        token.type in ("softbreak", "hardbreak")
        or (token.type == "text" and not token.content.strip())
        for token in run
    ]
    inked = [position for position, empty in enumerate(blank) if not empty]
    run = run[inked[0] : inked[-1] + 1] if inked else []
    if run and run[0].type == "text":
        run[0].content = run[0].content.lstrip()
    if run and run[-1].type == "text":
        run[-1].content = run[-1].content.rstrip()
    return run


def _lifted_rule(state: StateInline, silent: bool) -> bool:
    found = _LIFTED.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push(_SORTS[found[2]], "", 0)
        token.content = f"\0{found[1]}\0"
    state.pos = found.end()
    return True


@lru_cache(2000)
def _render(source: str) -> str:
    """The HTML of a text whose formulas are lifted: items of a model differ by little else."""
    tokens = _split_paragraphs(_PARSER.parse(source))
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def _render_lifted(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """A lifted image, in a block of its own where it is displayed."""
    token = tokens[index]
    image = token.content
    if token.type == "display":
        return f'<div class="display">{image}</div>\n'
    return f'<div class="figure">{image}</div>\n' if token.block else image


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code"])
    parser.inline.ruler.before("escape", "lifted", _lifted_rule)
    for sort in _SORTS.values():
        parser.add_render_rule(sort, _render_lifted)
    return parser


_PARSER = _parser()
