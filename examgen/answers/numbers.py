"""The number kinds: `Integer`, `Rational` and `Decimal`, all judged in exact arithmetic."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self, cast

from examgen.answers.exact import exact, number_text, pack_number, unpack_number
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.literals import Numeral, Written
from examgen.answers.numerals import quantity
from examgen.answers.rounding import (
    decimal_text,
    exponent_of,
    figures,
    rounded_to_figures,
    rounded_to_step,
)
from examgen.answers.scanner import Scanner
from examgen.notation import number_tex, numeral_tex

FEWEST_FIGURES = 3  # a rounded decimal in place of an exact rational needs this many


@dataclass(frozen=True)
class Number(Kind):
    """What the kinds of one number share; an entry of an array is of such a kind."""

    percent: ClassVar[bool] = True

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of one number; the readings that are less likely are alternatives."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        numerals = quantity(scanner, percent=self.percent)
        first, *others = self.likely(numerals)
        alternatives = tuple(reading_of(other) for other in others)
        for other in alternatives:
            scanner.notes.append(f"could also be read as {other.shown}")
        return reading_of(first, notes=tuple(scanner.notes), alternatives=alternatives)

    def likely(self, numerals: list[Numeral]) -> list[Numeral]:
        """The readings worth considering, the likeliest first."""
        return numerals

    def coerce(self, raw: object) -> int | Fraction:
        """The exact number; wrong answers may be fractions even where the key is whole."""
        return exact(raw)

    def pack(self, value: Value) -> Packed:
        """An int, or text such as ``"2/3"``."""
        return pack_number(value)

    def unpack(self, packed: Packed) -> Value:
        """The number that `pack` wrote."""
        return unpack_number(packed)

    def show(self, value: Value) -> str:
        """Such as ``34944`` or ``-2/3``."""
        return number_text(value)

    def tex(self, value: Value) -> str:
        r"""Such as ``34\,944`` or ``-\frac{2}{3}``."""
        return number_tex(exact(value))


@dataclass(frozen=True)
class Integer(Number):
    """A whole number, judged exactly; a fraction is readable and then wrong."""

    kind: ClassVar[str] = "integer"
    percent: ClassVar[bool] = False

    def likely(self, numerals: list[Numeral]) -> list[Numeral]:
        """``1,728`` can only be 1728 here, and ``34.944`` may be 34944."""
        first, *others = numerals
        return [first] if first.value.denominator == 1 else [first, *others]

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """Right where the values are equal."""
        if reading.value == key:
            return Judgement.right(f"equals {self.show(key)}")
        return Judgement.wrong(f"{reading.shown} is not {self.show(key)}")

    def check_key(self, value: Value) -> None:
        """Only a whole number can be the key."""
        if not isinstance(value, int):
            raise ValueError(f"an integer part cannot have the key {value}")

    def hint(self) -> str:
        """How to type it."""
        return "a whole number, such as 12"


@dataclass(frozen=True)
class Rational(Number):
    """An exact fraction or whole number.

    A decimal is right where it equals the key, or is its rounding at the places the student wrote
    and has at least three significant figures; with one figure fewer it is ``imprecise``.
    With `lowest_terms`, a fraction that can be reduced, or a rounding, is ``imprecise`` too.
    """

    kind: ClassVar[str] = "rational"
    lowest_terms: bool = False
    imprecise_credit: Fraction = Fraction(1, 2)

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict; a whole number written without a point is no rounding and must be equal."""
        value, expected = cast(Fraction, reading.value), cast(Fraction, key)
        written = reading.written if isinstance(reading.written, Written) else None
        if value == expected:
            if self.lowest_terms and written and not written.reduced:
                evidence = f"{reading.shown} is right, but not in lowest terms"
                return Judgement("imprecise", self.imprecise_credit, evidence)
            return Judgement.right(f"equals {self.show(key)}")
        wrong = Judgement.wrong(f"{reading.shown} is not {self.show(key)}")
        if not (written and written.form == "decimal" and written.step and value):
            return wrong
        step = written.step
        while step * 10 < 1 and value % (step * 10) == 0:  # zeros at the end claim too much
            if figures(value, step * 10) < FEWEST_FIGURES:
                break
            step *= 10
        if abs(value - expected) > step / 2:
            return wrong
        return self._rounding(reading, self.show(key), figures(value, step))

    def _rounding(self, reading: Reading, key: str, count: int) -> Judgement:
        """The verdict on a decimal that is the key rounded to so many significant figures."""
        evidence = f"{reading.shown} is {key} rounded to {_counted(count, 'significant figure')}"
        if count >= FEWEST_FIGURES and not self.lowest_terms:
            return Judgement.right(evidence)
        if count >= FEWEST_FIGURES - 1:
            return Judgement("imprecise", self.imprecise_credit, evidence)
        return Judgement.wrong(f"{evidence}, too few")

    def hint(self) -> str:
        """How to type it."""
        if self.lowest_terms:
            return "a fraction in lowest terms, such as 3/4, or a whole number"
        return "a fraction such as 3/4, a whole number, or a decimal with at least 3 figures"

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        return cls(**_with_fraction(settings))


@dataclass(frozen=True)
class Decimal(Number):
    """A number to so many decimal `places` or significant `digits` (3 digits where none is given).

    Right: the exact value, or within half a unit of the last written place with at least the asked
    precision. Imprecise: one figure too few, or right to the asked precision with wrong figures
    after it. The key is an exact rational.
    """

    kind: ClassVar[str] = "decimal"
    places: int | None = None
    digits: int | None = None
    imprecise_credit: Fraction = Fraction(1, 2)

    def __post_init__(self) -> None:
        """Refuse settings that contradict each other."""
        if self.places is not None and self.digits is not None:
            raise ValueError("a decimal has either places or digits, not both")
        if (self.places or 0) < 0 or (self.digits is not None and self.digits < 1):
            raise ValueError("places are at least 0 and digits at least 1")

    @property
    def asked(self) -> str:
        """The asked precision in words."""
        if self.places is not None:
            return _counted(self.places, "decimal place")
        return _counted(self.digits or FEWEST_FIGURES, "significant figure")

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by closed intervals of half a unit."""
        value, expected = cast(Fraction, reading.value), cast(Fraction, key)
        shown, answer = reading.shown, self.show(key)
        if value == expected:
            return Judgement.right(f"equals {answer}")
        error = abs(value - expected)
        missing = [self._missing(value, step) for step in self._steps(reading) if error <= step / 2]
        if missing and min(missing) <= 0:
            return Judgement.right(f"{shown} is {answer} to the precision written")
        if missing and min(missing) == 1:
            evidence = f"{shown} is right as far as it goes, but {self.asked} were asked for"
            return Judgement("imprecise", self.imprecise_credit, evidence)
        if expected and error <= rounded_to_asked(self, expected)[1] / 2:
            evidence = f"{shown} is right to {self.asked}, but not in the figures after them"
            return Judgement("imprecise", self.imprecise_credit, evidence)
        return Judgement.wrong(f"{shown} is not {answer}")

    def _steps(self, reading: Reading) -> list[Fraction]:
        """The units that the last figure may stand for: ``34900`` has 3, 4 or 5 figures.

        Zeros at the end of a decimal may be a spreadsheet's, as long as enough figures are left.
        """
        written = reading.written
        if not isinstance(written, Written) or written.step is None:
            return []
        steps = [written.step]
        value = cast(Fraction, reading.value)
        free = self.places is None and written.form == "whole"
        while value and value % (coarser := steps[-1] * 10) == 0:
            if not free and self._missing(value, coarser) > 0:
                break
            steps.append(coarser)
        return steps

    def _missing(self, value: Fraction, step: Fraction) -> int:
        """How many figures too few a number with this last unit has (negative: too many)."""
        if self.places is None:
            return (self.digits or FEWEST_FIGURES) - figures(value, step)
        return self.places + exponent_of(step)

    def match(self, value: Value, key: Value) -> bool:
        """Whether `value`, rounded as asked, is judged right against `key`."""
        shown = self.read(self.show(value))
        return value == key or self.judge(shown, key).verdict == "right"

    def show(self, value: Value) -> str:
        """The value rounded as asked, half away from zero."""
        return decimal_text(*rounded_to_asked(self, cast(Fraction, value)))

    def tex(self, value: Value) -> str:
        """The rounded value."""
        return numeral_tex(self.show(value))

    def hint(self) -> str:
        """How to type it."""
        example = self.show(Fraction(123456789, 10**8))
        return f"a number to {self.asked}, such as {example}"

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        return cls(**_with_fraction(settings))


def rounded_to_asked(kind: Decimal, value: Fraction) -> tuple[Fraction, Fraction]:
    """A value rounded as a decimal kind asks, and the unit of its last place."""
    if kind.places is not None:
        step = Fraction(1, 10**kind.places)
        return rounded_to_step(value, step), step
    return rounded_to_figures(value, kind.digits or FEWEST_FIGURES)


def reading_of(
    numeral: Numeral, *, notes: tuple[str, ...] = (), alternatives: tuple[Reading, ...] = ()
) -> Reading:
    """The reading of one number."""
    value = exact(numeral.value)
    shown = number_as_written(value, numeral.written)
    return Reading(value, shown, notes, alternatives, numeral.written)


def number_as_written(value: Value, written: Written | None) -> str:
    """A number as text, with the places it was written with."""
    if written and written.form == "decimal" and written.step is not None:
        return decimal_text(cast(Fraction, value), written.step)
    return number_text(value)


def _counted(count: int, noun: str) -> str:
    """``1 place``, ``2 places``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _with_fraction(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with the credit as a Fraction again."""
    if "imprecise_credit" not in settings:
        return settings
    return {**settings, "imprecise_credit": Fraction(settings["imprecise_credit"])}
