"""Item text cut into words, code, formulas and printed values: the one place that reads `$`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from examgen.text.values import TextError

# A printed value travels through the template as OPEN tex BAR words BAR code CLOSE, because only
# the finished text shows whether it landed inside a formula.
OPEN, BAR, CLOSE = "\ue000", "\ue001", "\ue002"

_TOKEN = re.compile(
    rf"(?P<value>{OPEN}[^{CLOSE}]*{CLOSE})"
    r"|(?P<escaped>\\[\s\S])"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`)[\s\S]*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<display>\$\$)"
    r"|(?P<inline>\$)"
)


@dataclass(frozen=True)
class Piece:
    """A stretch of item text of one sort, delimiters left out; `line` is where it starts."""

    sort: Literal["words", "code", "inline", "display"]
    content: str
    line: int


def pieces(text: str) -> Iterator[Piece]:
    """The text cut at code spans and formulas, in order.

    Raises TextError for a formula that is never closed, is empty, or spans a blank line.
    """
    position = 0
    words = 0
    while token := _TOKEN.search(text, position):
        position = token.end()
        sort = token.lastgroup if token.lastgroup != "ticks" else "code"
        if sort in ("value", "escaped"):
            continue
        line = text.count("\n", 0, token.start()) + 1
        if words < token.start():
            yield Piece("words", text[words : token.start()], text.count("\n", 0, words) + 1)
        if sort == "code":
            yield Piece("code", token.group(), line)
        else:
            position = _closing(text, position, token.group(), line)
            content = text[token.end() : position - len(token.group())]
            yield Piece("display" if sort == "display" else "inline", content, line)
        words = position
    if words < len(text):
        yield Piece("words", text[words:], text.count("\n", 0, words) + 1)


def _closing(text: str, start: int, mark: str, line: int) -> int:
    """The position after the mark that closes the formula opened just before `start`."""
    position = start
    while token := _TOKEN.search(text, position):
        position = token.end()
        if mark == "$" and token.lastgroup == "display":
            position -= 1  # one formula closed, the next one opened
        if token.group() == mark or position < token.end():
            content = text[start : token.start()]
            if not content.strip():
                raise TextError(rf"an empty formula {mark}{mark}; write \$ for a dollar", line)
            if re.search(r"\n[ \t]*\n", content):
                raise TextError(f"the formula opened by {mark} spans a blank line", line)
            return position
        if token.lastgroup == "display":
            raise TextError(
                "$ is closed by $$: close the formula with the mark that opens it", line
            )
    raise TextError(rf"the formula opened by {mark} is never closed; write \$ for a dollar", line)
