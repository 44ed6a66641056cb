"""Intervals as students write them: ``[0, 4)``, ``0..4``, ``0 ≤ x < 4``, ``0 to 4``, ``(-∞, 3]``.

interval := opener end (',' | ';' | '..') end closer | end ('..' | 'to' | '-') end
          | relation (('and' | ',') relation)*        relation := [end sign] name [sign end]
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from examgen.answers.exact import exact
from examgen.answers.numerals import entry
from examgen.answers.scanner import Scanner, Unreadable

End: TypeAlias = int | Fraction | str  # texts: -oo, oo

_INFINITY = re.compile(r"([-+]?) *(?:∞|infinity|inf|oo)(?![A-Za-z])", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,9}")
_BEFORE = re.compile(r"(?:[A-Za-z]\w{0,9} *(?:∈|in\b)|from\b|between\b|pixels?\b|columns?\b) *")
_BETWEEN = re.compile(r" *(?:[,;]|…+|to\b|and\b)[ \n]*")
_ALSO = re.compile(r" *(?:,|;|&|∧|and\b) *")
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])(?![0-9]{3}(?![0-9]))")
_SIGNS = {"<=": "≤ ", "=<": "≤ ", ">=": "≥ ", "=>": "≥ ", "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥"}
_OPENERS, _CLOSERS = {"[": "[", "(": "(", "]": "("}, {"]": "]", ")": ")", "[": ")"}


@dataclass(frozen=True)
class Range:
    """Two ends as written, and the brackets that say whether they belong to it: ``[)``."""

    low: End
    high: End
    brackets: str


def written_range(scanner: Scanner) -> Range:
    """The rest of the text as a range; raises `Unreadable`."""
    scanner.text = _prepared(scanner)
    if any(sign in scanner.text for sign in "<>≤≥"):
        found = _relations(scanner)
    else:
        scanner.skip_name()
        if before := _BEFORE.match(scanner.text, scanner.at):
            scanner.at = before.end()
        found = _ends(scanner)
    scanner.skip()
    if scanner.peek():
        raise scanner.unexpected()
    return found


def _prepared(scanner: Scanner) -> str:
    """The text with signs of one character each, and points where commas can only be decimal."""
    text = re.sub(r"\.{2,3}", lambda found: "…" * len(found[0]), scanner.text)
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    if not re.search(r"[;…<>≤≥]|\bto\b|\band\b", text):
        return text
    changed = _DECIMAL_COMMA.sub(".", text)
    if changed != text:
        scanner.notes.append("commas between digits are read as decimal commas")
    return changed


def _end(scanner: Scanner) -> End:
    """A number, or an infinity with its sign."""
    if found := _INFINITY.match(scanner.text, scanner.at):
        scanner.at = found.end()
        return "-oo" if found[1] == "-" else "oo"
    return exact(entry(scanner).value)


def _ends(scanner: Scanner) -> Range:
    """Two ends in brackets, or without."""
    opened = scanner.at if scanner.peek() in _OPENERS else None
    opener = _OPENERS[scanner.peek()] if opened is not None else "["
    scanner.at += opened is not None
    scanner.skip()
    low = _end(scanner)
    _between(scanner, dash=opened is None)
    high = _end(scanner)
    scanner.skip()
    closer = scanner.peek()
    if opened is None:
        scanner.notes.append("without brackets both ends are read as closed")
        return Range(low, high, "[]")
    if not closer:
        raise scanner.refuse("there is no closing bracket for the", opened)
    if closer not in _CLOSERS:
        raise scanner.unexpected()
    scanner.at += 1
    return Range(low, high, opener + _CLOSERS[closer])


def _between(scanner: Scanner, *, dash: bool) -> None:
    """Move over what stands between two ends; a dash only where it can be no sign."""
    if found := _BETWEEN.match(scanner.text, scanner.at):
        scanner.at = found.end()
        return
    start = scanner.at
    spaced = scanner.skip()
    if dash and scanner.peek() == "-":
        scanner.at += 1
        if scanner.skip() or not spaced:
            return
        raise scanner.refuse("is this a dash or a sign? Write [low, high]:", scanner.at - 1)
    if not scanner.peek() or scanner.peek() in _CLOSERS:
        raise Unreadable("an interval has two ends, such as [2, 7]; this has one number")
    if not spaced:
        raise scanner.refuse("a comma was expected between the two ends, not", start)


def _relations(scanner: Scanner) -> Range:
    """``0 ≤ x < 4``, ``x < 4``, ``x ≥ 0 and x < 4``."""
    bounds: dict[str, tuple[End, bool]] = {}
    names = set()
    while True:
        name, found = _relation(scanner)
        names.add(name)
        for side, end, closed in found:
            if side in bounds or len(names) > 1:
                raise Unreadable("write one interval, such as 0 <= x < 4")
            bounds[side] = (end, closed)
        if not (also := _ALSO.match(scanner.text, scanner.at)):
            break
        scanner.at = also.end()
    low, low_closed = bounds.get("low", ("-oo", False))
    high, high_closed = bounds.get("high", ("oo", False))
    return Range(low, high, ("[" if low_closed else "(") + ("]" if high_closed else ")"))


def _relation(scanner: Scanner) -> tuple[str, list[tuple[str, End, bool]]]:
    """The name in a chain of relations, and the bounds: side, end, whether it is closed."""
    found: list[tuple[str, End, bool]] = []
    infinite = _INFINITY.match(scanner.text, scanner.at)
    if infinite or not _NAME.match(scanner.text, scanner.at):
        end = _end(scanner)
        sign = _sign(scanner)
        found.append(("low" if sign in "<≤" else "high", end, sign in "≤≥"))
    name = _NAME.match(scanner.text, scanner.at)
    if not name:
        raise scanner.refuse("a name was expected, not" if scanner.peek() else "a name is missing")
    scanner.at = name.end()
    scanner.skip()
    if not found or (scanner.peek() and scanner.peek() in "<>≤≥"):
        sign = _sign(scanner)
        found.append(("high" if sign in "<≤" else "low", _end(scanner), sign in "≤≥"))
    return name[0], found


def _sign(scanner: Scanner) -> str:
    """Move over the next sign of a relation."""
    scanner.skip()
    sign = scanner.peek()
    if not sign or sign not in "<>≤≥":
        raise scanner.refuse("one of < ≤ > ≥ was expected, not" if sign else "a sign is missing")
    scanner.at += 1
    scanner.skip()
    return sign
