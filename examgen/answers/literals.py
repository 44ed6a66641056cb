"""One unsigned number as students write it, read exactly: ``1,728``, ``.5``, ``1e10``, ``1½``."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from examgen.answers.scanner import (
    DIGITS,
    LARGEST_EXPONENT,
    MOST_DIGITS,
    SUPERSCRIPTS,
    Scanner,
)

VULGAR = {
    "¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4), "⅐": Fraction(1, 7),
    "⅑": Fraction(1, 9), "⅒": Fraction(1, 10), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6), "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """How a number was written; ``step`` is one unit of its last place (None: a fraction).

    ``unit`` is the unit that stood after it, where units count.
    """

    form: Literal["whole", "decimal", "fraction"]
    step: Fraction | None = None
    reduced: bool = True
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One reading of a written number, exact."""

    value: Fraction
    written: Written


def literal(scanner: Scanner, *, grouped: bool) -> list[Numeral]:
    """An unsigned number in all its readings; `grouped` allows ``1,728`` and ``1 1/2``."""
    start = scanner.at
    if scanner.peek() in VULGAR:
        scanner.at += 1
        return [Numeral(VULGAR[scanner.text[start]], Written("fraction"))]
    groups, marks = _groups(scanner, grouped=grouped)
    if not marks and groups[0] and (mixed := _mixed(scanner, int(groups[0]), grouped=grouped)):
        return [mixed]
    if groups == ["10"] and not marks and (scanner.peek() in ("^", *SUPERSCRIPTS)):
        return [_decimal("1", "", _power(scanner))]
    exponent = _exponent(scanner)
    return [
        _decimal(whole, part, exponent) for whole, part in _places(scanner, start, groups, marks)
    ]


def _groups(scanner: Scanner, *, grouped: bool) -> tuple[list[str], str]:
    """The runs of digits of one literal, and the marks between them."""
    start = scanner.at
    groups, marks = [scanner.digits()], ""
    while mark := scanner.peek():
        following = scanner.text[scanner.at + 1 : scanner.at + 2]
        if mark == "." and following not in DIGITS and groups[0] and not marks:
            scanner.at += 1
            break
        if mark == " ":
            if not (grouped and groups[0] and _three_digits(scanner)):
                break
        elif following not in DIGITS or not (mark == "." or (grouped and mark in ",'")):
            break
        scanner.at += 1
        marks += mark
        groups.append(scanner.digits())
        if not grouped and len(marks) > 1:
            raise scanner.refuse("a number with two points:", start)
    if not groups[0] and not marks:
        raise scanner.refuse(
            "a number was expected, not" if scanner.peek() else "a number is missing"
        )
    if sum(map(len, groups)) > MOST_DIGITS:
        raise scanner.refuse(f"a number has more than {MOST_DIGITS} digits: it begins with", start)
    return groups, marks


def _three_digits(scanner: Scanner) -> bool:
    """Whether exactly three digits follow the one space here."""
    ahead = scanner.text[scanner.at + 1 : scanner.at + 5]
    return len(ahead) >= 3 and DIGITS.issuperset(ahead[:3]) and ahead[3:] not in DIGITS


def _places(scanner: Scanner, start: int, groups: list[str], marks: str) -> list[tuple[str, str]]:
    """The digits before and after the decimal point, in each possible reading, likeliest first."""
    if not marks:
        return [(groups[0], "")]
    decimal = ("".join(groups[:-1]), groups[-1])
    thousands = ("".join(groups), "")
    last = marks[-1]
    usual = last == ("," if scanner.decimal_comma else ".")
    name = "comma" if last == "," else "point"
    if len(set(marks)) == 1:
        if len(marks) == 1 and last in ".,":
            ambiguous = _grouped_by_thousands(groups)
            if not usual:
                meant = "thousands separator" if ambiguous else f"decimal {name}"
                scanner.notes.append(f"the {name} is read as a {meant}")
            if not ambiguous:
                return [decimal]
            return [decimal, thousands] if usual else [thousands, decimal]
        if _grouped_by_thousands(groups):
            if last != ",":
                names = {".": "points", " ": "spaces", "'": "apostrophes"}
                scanner.notes.append(f"{names[last]} are read as thousands separators")
            return [thousands]
    elif (
        len(set(marks)) == 2
        and last in ".,"
        and last not in marks[:-1]
        and _grouped_by_thousands(groups[:-1])
    ):
        if not usual:
            scanner.notes.append(f"the {name} is read as a decimal {name}")
        return [decimal]
    raise scanner.refuse("the digits are not in groups of three: the number begins with", start)


def _grouped_by_thousands(groups: list[str]) -> bool:
    """Whether the runs of digits are those of one number with thousands separators."""
    first, *others = groups
    return 1 <= len(first) <= 3 and first[0] != "0" and all(len(other) == 3 for other in others)


def _mixed(scanner: Scanner, whole: int, *, grouped: bool) -> Numeral | None:
    """``1½`` or ``1 1/2`` after its whole number, or None where no fraction follows."""
    start = scanner.at
    spaced = grouped and scanner.skip(" ")
    if scanner.peek() in VULGAR:
        part = VULGAR[scanner.peek()]
        scanner.at += 1
    elif spaced and scanner.peek() in DIGITS:
        top = scanner.digits()
        if scanner.peek() != "/":
            raise scanner.refuse("two numbers in a row: the second begins with", start + 1)
        scanner.at += 1
        bottom = scanner.digits()
        if not 0 < len(bottom) <= MOST_DIGITS or len(top) > MOST_DIGITS or int(top) >= int(bottom):
            raise scanner.refuse("two numbers in a row: the second begins with", start + 1)
        part = Fraction(int(top), int(bottom))
    else:
        scanner.at = start
        return None
    scanner.notes.append(f"the mixed number is read as {whole + part}")
    return Numeral(whole + part, Written("fraction"))


def _exponent(scanner: Scanner) -> int:
    """The power of ten that follows: ``e10``, ``× 10^10``, or 0 where there is none."""
    start, text = scanner.at, scanner.text
    if text[start : start + 1] in ("e", "E"):
        signed = text[start + 1 : start + 2] in ("+", "-")
        if text[start + 1 + signed : start + 2 + signed] in DIGITS:
            scanner.at += 1
            return _power_digits(scanner)
        return 0
    scanner.skip(" ")
    if scanner.peek() and scanner.peek() in "×·*xX":
        scanner.at += 1
        scanner.skip(" ")
        if text.startswith("10", scanner.at) and text[scanner.at + 2 : scanner.at + 3] in (
            "^",
            *SUPERSCRIPTS,
        ):
            scanner.at += 2
            return _power(scanner)
    scanner.at = start
    return 0


def _power(scanner: Scanner) -> int:
    """The exponent after the ``^`` here, or in the superscripts here."""
    if scanner.peek() != "^":
        return _superscripts(scanner)
    scanner.at += 1
    braced = scanner.peek() == "{"
    scanner.at += braced
    exponent = _power_digits(scanner)
    if braced:
        if scanner.peek() != "}":
            raise scanner.refuse("a '}' was expected, not" if scanner.peek() else "missing '}'")
        scanner.at += 1
    return exponent


def _superscripts(scanner: Scanner) -> int:
    """The exponent that superscripts write, bounded."""
    start, text = scanner.at, scanner.text
    while scanner.at < len(text) and text[scanner.at] in SUPERSCRIPTS:
        scanner.at += 1
    raised = "".join(SUPERSCRIPTS[mark] for mark in text[start : scanner.at])
    digits = raised[raised[0] in "+-" :]
    if not digits or not DIGITS.issuperset(digits):
        raise scanner.refuse("an exponent was expected, not", start)
    if len(digits) > MOST_DIGITS or int(digits) > LARGEST_EXPONENT:
        raise scanner.refuse(f"the exponent is beyond {LARGEST_EXPONENT}: it begins with", start)
    return int(raised)


def _power_digits(scanner: Scanner) -> int:
    """A signed whole exponent, bounded."""
    sign = scanner.peek()
    scanner.at += sign in ("+", "-")
    start = scanner.at
    digits = scanner.digits()
    if not digits:
        raise scanner.refuse(
            "an exponent was expected, not" if scanner.peek() else "missing exponent"
        )
    if len(digits) > MOST_DIGITS or int(digits) > LARGEST_EXPONENT:
        raise scanner.refuse(f"the exponent is beyond {LARGEST_EXPONENT}: it begins with", start)
    return -int(digits) if sign == "-" else int(digits)


def _decimal(whole: str, part: str, exponent: int) -> Numeral:
    """The exact value of digits before and after the point, times a power of ten."""
    places = exponent - len(part)
    step = Fraction(10**places) if places >= 0 else Fraction(1, 10**-places)
    form: Literal["whole", "decimal"] = "decimal" if part or places < 0 else "whole"
    return Numeral(int(whole + part) * step, Written(form, step))
