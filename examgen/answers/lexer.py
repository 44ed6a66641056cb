"""The tokens of a formula as students type it, each with its place in their own text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from examgen.answers.literals import VULGAR
from examgen.answers.scanner import (
    DIGITS,
    LARGEST_EXPONENT,
    MOST_DIGITS,
    MOST_TOKENS,
    Scanner,
    Unreadable,
)
from examgen.errors import nearest

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_GREEK = (
    "α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu "
    "ν nu ξ xi π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega Δ Delta Σ Sigma Π Pi"
)
GREEK = dict(zip(_GREEK.split()[::2], _GREEK.split()[1::2], strict=True))
MARKS = "+-*/^()[]{},;|⌊⌋⌈⌉√%"
FUNCTIONS = {
    "floor": "floor", "ceil": "ceiling", "ceiling": "ceiling", "abs": "absolute", "max": "maximum",
    "min": "minimum", "sqrt": "sqrt", "log": "log", "ln": "log", "log2": "log2", "log10": "log10",
    "exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan", "mod": "mod",
}  # fmt: skip
CONSTANTS = ("pi", "e")
LONGEST_WORD = 60

_NUMBER = re.compile(r"(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_POINT_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, a function or a mark; ``at`` is its index in the student's text."""

    sort: Literal["number", "name", "function", "mark"]
    text: str
    at: int
    value: Fraction = Fraction(0)


def tokens(scanner: Scanner, names: Sequence[str], *, decimal_comma: bool) -> list[Token]:
    """The tokens of the rest of the text; raises `Unreadable` for what is none of them."""
    found: list[Token] = []
    text = scanner.text
    while scanner.at < len(text):
        if text[scanner.at] in " \n":
            scanner.at += 1
            continue
        found += _next(scanner, names, found[-1] if found else None, decimal_comma=decimal_comma)
        if len(found) > MOST_TOKENS:
            raise Unreadable(f"more than {MOST_TOKENS} numbers, names and signs")
    return found


def _next(
    scanner: Scanner, names: Sequence[str], before: Token | None, *, decimal_comma: bool
) -> Iterator[Token]:
    at, mark = scanner.at, scanner.text[scanner.at]
    pattern = _NUMBER if decimal_comma else _POINT_NUMBER
    if number := pattern.match(scanner.text, at):
        scanner.at = number.end()
        yield Token("number", number[0], at, _value(scanner, number[0], at))
    elif mark in VULGAR:
        scanner.at += 1
        if before and before.text.isdigit() and scanner.text[at - 1] in DIGITS:
            yield Token("mark", "mixed", at)
        yield Token("number", mark, at, VULGAR[mark])
    elif mark in SUPERSCRIPTS:
        yield from _superscript(scanner)
    elif mark.isalpha() and (mark.isascii() or mark in GREEK):
        yield from _word(scanner, names)
    elif scanner.text.startswith("**", at):
        scanner.at += 2
        yield Token("mark", "^", at)
    elif scanner.text.startswith("//", at):
        scanner.at += 2
        scanner.notes.append("// is read as the floor of the quotient")
        yield Token("mark", "//", at)
    elif mark in MARKS or mark in "×·":
        scanner.at += 1
        yield Token("mark", "*" if mark in "×·" else mark, at)
    else:
        advice = {"\\": "write the formula without TeX: found", "!": "factorials are not read:"}
        raise scanner.refuse(advice.get(mark, "unexpected"))


def _value(scanner: Scanner, text: str, at: int) -> Fraction:
    """The exact value of a decimal literal, bounded."""
    if text.isdigit() and len(text) <= MOST_DIGITS:
        return Fraction(int(text))
    digits, _, exponent = text.lower().partition("e")
    whole, _, places = digits.replace(",", ".").partition(".")
    if len(whole) + len(places) > MOST_DIGITS:
        raise scanner.refuse(f"a number has more than {MOST_DIGITS} digits: it begins with", at)
    if len(exponent) > 5 or abs(int(exponent or 0)) > LARGEST_EXPONENT:
        raise scanner.refuse(f"the exponent is beyond {LARGEST_EXPONENT}: see the number", at)
    shift = int(exponent or 0) - len(places)
    value = Fraction(int((whole + places) or 0))
    return value * Fraction(10) ** shift


def _superscript(scanner: Scanner) -> Iterator[Token]:
    """``²`` as ``^ 2``, ``⁻¹`` as ``^ - 1``."""
    at, text = scanner.at, scanner.text
    while scanner.at < len(text) and text[scanner.at] in SUPERSCRIPTS:
        scanner.at += 1
    raised = "".join(SUPERSCRIPTS[mark] for mark in text[at : scanner.at])
    digits = raised.lstrip("+-")
    if not digits.isdigit() or len(raised) - len(digits) > 1 or len(digits) > MOST_DIGITS:
        raise scanner.refuse("an exponent was expected, not", at)
    yield Token("mark", "^", at)
    if raised[0] == "-":
        yield Token("mark", "-", at)
    yield Token("number", digits, at, Fraction(int(digits)))


def _word(scanner: Scanner, names: Sequence[str]) -> Iterator[Token]:
    """A declared name, a function, a constant, or declared names written without spaces."""
    at, text = scanner.at, scanner.text
    while scanner.at < len(text) and _in_word(text[scanner.at]):
        scanner.at += 1
    typed = text[at : scanner.at]
    word = "".join(GREEK.get(mark) or SUBSCRIPTS.get(mark) or mark for mark in typed)
    known = _known(word, names)
    if known is None and scanner.at < len(text) and text[scanner.at] == "(":
        known = _known(word.lower(), names) if word.lower() in FUNCTIONS else None
    if known is not None:
        if known != word:
            scanner.notes.append(f"'{typed}' is read as {known}")
        sort: Literal["name", "function"] = "function" if _is_function(known, names) else "name"
        yield Token(sort, known, at)
        return
    parts = _split(word, names)
    if len(parts) != 1:
        raise _unknown(scanner, typed, word, names, at)
    scanner.notes.append(f"'{typed}' is read as {'·'.join(parts[0])}")
    place = at
    for part in parts[0]:
        yield Token("name", part, place)
        place += len(part)


def _unknown(scanner: Scanner, typed: str, word: str, names: Sequence[str], at: int) -> Unreadable:
    """An `Unreadable` for a word that is no name, or before a bracket no function."""
    called = scanner.at < len(scanner.text) and scanner.text[scanner.at] == "("
    what, known = ("function", [*FUNCTIONS]) if called else ("name", [*names])
    hint = nearest(word, [*names, *FUNCTIONS], likeness=70)
    allowed = ", ".join(known) or "none"
    return Unreadable(
        f"unknown {what} '{typed[:40]}' at character {at + 1} (allowed: {allowed}){hint}", at + 1
    )


def _known(word: str, names: Sequence[str]) -> str | None:
    """The name, function or constant that a word stands for; None for no such or several."""
    if word in names or word in FUNCTIONS or word in CONSTANTS:
        return word
    plain = word.replace("_", "")
    alike = [name for name in names if name.replace("_", "") == plain]
    if not alike:
        alike = [name for name in names if name.replace("_", "").lower() == plain.lower()]
    return alike[0] if len(alike) == 1 else None


def _is_function(word: str, names: Sequence[str]) -> bool:
    return word in FUNCTIONS and word not in names


def _split(word: str, names: Sequence[str]) -> list[list[str]]:
    """The ways, at most two, in which a word is made of declared names; none for a long word."""
    if len(word) > LONGEST_WORD:
        return []
    ways: dict[int, list[list[str]]] = {0: [[]]}
    for end in range(1, len(word) + 1):
        ways[end] = [
            [*way, word[start:end]]
            for start in range(end)
            if word[start:end] in names
            for way in ways[start]
        ][:2]
    return ways[len(word)]


def _in_word(mark: str) -> bool:
    return (
        (mark.isascii() and (mark.isalnum() or mark == "_")) or mark in GREEK or mark in SUBSCRIPTS
    )
