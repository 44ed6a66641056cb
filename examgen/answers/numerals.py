"""Numbers as students write them, with signs, fractions, percent signs and units, read exactly.

quantity := fraction ['%'] ['thousand' | 'million' | …] [unit words]
fraction := signed ['/' signed]            signed := ['+' | '-'] (literal | '(' fraction ')')
literal  := digits with groups, decimals and an exponent; a vulgar fraction; a mixed number
"""

from fractions import Fraction
from itertools import product
from math import gcd
from typing import Literal

from examgen.answers.literals import Numeral, Written, literal
from examgen.answers.scanner import DEEPEST_NESTING, DIGITS, Scanner, Unreadable
from examgen.formula.arithmetic import bits

MULTIPLIERS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS = """
    px pixel pixels param params parameter parameters weight weights bias biases mac macs flop flops
    multiply accumulate accumulates add adds multiplication multiplications addition additions
    operation operations op ops value values element elements entry entries number numbers
    channel channels unit units neuron neurons layer layers filter filters kernel kernels
    position positions window windows in total per image
"""
UNITS = frozenset(_UNITS.split())
MOST_BITS = 4_000  # of a quotient
MOST_READINGS = 4


def quantity(scanner: Scanner, *, percent: bool, unit: str = "") -> list[Numeral]:
    """The readings of the whole rest of the text, the likeliest first; notes go to the scanner.

    The words of `unit`, and their plurals, may follow and are ignored with a note.
    """
    scanner.skip_name()
    ahead = percent and percent_ahead(scanner)
    numerals = fraction(scanner, grouped=True)
    scanner.skip()
    if percent and (ahead or scanner.peek() == "%"):
        scanner.at += not ahead
        scanner.notes.append("the percentage is read as a share of 1")
        numerals = [scaled(one, Fraction(1, 100)) for one in numerals] + numerals
    _units(scanner, numerals, unit.lower().split())
    if scanner.peek():
        raise scanner.unexpected()
    return numerals


def percent_ahead(scanner: Scanner) -> bool:
    """Whether a ``%`` stands before the number, as in Turkish: the scanner moves over it."""
    ahead = scanner.peek() == "%"
    scanner.at += ahead
    scanner.skip()
    return ahead


def entry(scanner: Scanner) -> Numeral:
    """One number inside an array, where commas and spaces separate numbers."""
    return fraction(scanner, grouped=False)[0]


def _units(scanner: Scanner, numerals: list[Numeral], words: list[str]) -> None:
    """Move over the words after a number: multiplier words count, known units are ignored."""
    ignored: list[str] = []
    scanner.skip()
    while scanner.peek():
        start = scanner.at
        word = scanner.letters()
        if not word:
            break
        if word.lower() in MULTIPLIERS and not ignored:
            factor = MULTIPLIERS[word.lower()]
            numerals[:] = [scaled(one, Fraction(factor)) for one in numerals]
            scanner.notes.append(f"'{word}' read as a factor of {factor}")
        elif word.lower() in UNITS or word.lower() in words or word.lower()[:-1] in words:
            ignored.append(word)
        elif len(word) == 1 and scanner.peek().isalnum():
            raise scanner.refuse("write only the result, not a calculation: found", start)
        else:
            raise Unreadable(
                f"unknown word '{word[:40]}' at character {start + 1}: "
                "write the number in full, without a unit",
                start + 1,
            )
        scanner.skip(" \n-")
    if ignored:
        scanner.notes.append(f"unit ignored: '{' '.join(ignored)}'")
        if scanner.text[scanner.at :] == ".":
            scanner.at += 1


def scaled(numeral: Numeral, factor: Fraction) -> Numeral:
    """The numeral times a factor, its last written place scaled along."""
    written = numeral.written
    if written.step is not None:
        form: Literal["whole", "decimal"] = "decimal" if factor < 1 else "whole"
        form = "decimal" if written.form == "decimal" else form
        written = Written(form, written.step * factor)
    return Numeral(numeral.value * factor, written)


def fraction(scanner: Scanner, *, grouped: bool, depth: int = 0) -> list[Numeral]:
    """A number here, ``signed ['/' signed]``, in all its readings, the likeliest first."""
    start = scanner.at
    tops = _signed(scanner, grouped=grouped, depth=depth)
    after = scanner.at
    scanner.skip(" ")
    if scanner.peek() != "/":
        scanner.at = after
        return tops
    written = scanner.text[start:after].strip()
    if grouped and " " in written and written[0] in DIGITS and written[-1] in DIGITS:
        raise scanner.refuse(f"'{written}' may be one number or two; see the")
    scanner.at += 1
    scanner.skip(" ")
    start = scanner.at
    bottoms = _signed(scanner, grouped=grouped, depth=depth)
    if any(one.value == 0 for one in bottoms):
        raise scanner.refuse("division by zero:", start)
    after = scanner.at
    scanner.skip(" ")
    if scanner.peek() == "/":
        raise scanner.refuse("only one '/' is read; there is a second")
    scanner.at = after
    if len(tops) * len(bottoms) > MOST_READINGS:
        raise scanner.refuse("there are too many ways to read the commas and points before", start)
    numerals = [_quotient(top, bottom) for top, bottom in product(tops, bottoms)]
    if any(bits(one.value) > MOST_BITS for one in numerals):
        raise scanner.refuse("the quotient is too large or too small, divided by", start)
    return numerals


def _quotient(top: Numeral, bottom: Numeral) -> Numeral:
    """A written fraction; reduced where its terms are coprime whole numbers."""
    whole = top.value.denominator == bottom.value.denominator == 1
    reduced = whole and gcd(top.value.numerator, bottom.value.numerator) == 1
    return Numeral(top.value / bottom.value, Written("fraction", None, reduced))


def _signed(scanner: Scanner, *, grouped: bool, depth: int) -> list[Numeral]:
    """A literal or a bracket, with at most one sign."""
    sign = scanner.peek()
    if sign and sign in "+-":
        scanner.at += 1
        scanner.skip(" ")
        if scanner.peek() and scanner.peek() in "+-":
            raise scanner.refuse("two signs in a row: second sign")
    if grouped and scanner.peek() == "(":
        numerals = _bracket(scanner, depth=depth)
    else:
        numerals = literal(scanner, grouped=grouped)
    return [Numeral(-one.value, one.written) for one in numerals] if sign == "-" else numerals


def _bracket(scanner: Scanner, *, depth: int) -> list[Numeral]:
    """``( fraction )``."""
    if depth >= DEEPEST_NESTING:
        raise scanner.refuse(f"brackets are nested deeper than {DEEPEST_NESTING}:")
    opened = scanner.at
    scanner.at += 1
    scanner.skip()
    numerals = fraction(scanner, grouped=True, depth=depth + 1)
    scanner.skip()
    if not scanner.peek():
        raise scanner.refuse("missing ')' for the", opened)
    if scanner.peek() != ")":
        raise scanner.unexpected()
    scanner.at += 1
    return numerals
