"""The exact number kinds, `Integer` and `Rational`, and what all number kinds share."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, Self, cast

from examgen.answers.exact import exact, number_text, pack_number, unpack_number
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.literals import Numeral, Written
from examgen.answers.numerals import quantity
from examgen.answers.rounding import decimal_text, figures
from examgen.answers.scanner import Scanner
from examgen.language import ENGLISH, Language
from examgen.notation import number_tex

FEWEST_FIGURES = 3  # a rounded decimal in place of an exact rational needs this many


@dataclass(frozen=True)
class Number(Kind):
    """What the kinds of one number share; an entry of an array is of such a kind."""

    percent: ClassVar[bool] = True
    unit: str = field(default="", kw_only=True)  # words that may follow and are ignored

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of one number; the readings that are less likely are alternatives."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        numerals = quantity(scanner, percent=self.percent, unit=self.unit)
        first, *others = self.likely(numerals)
        alternatives = tuple(reading_of(other) for other in others)
        for other in alternatives:
            scanner.notes.append(f"could also be read as {other.shown}")
        return reading_of(first, notes=tuple(scanner.notes), alternatives=alternatives)

    def to_dict(self) -> dict[str, Any]:
        """The kind as plain JSON data, without what is not set."""
        optional = ("unit", "absolute", "relative")
        settings = super().to_dict()
        return {name: one for name, one in settings.items() if one or name not in optional}

    def likely(self, numerals: list[Numeral]) -> list[Numeral]:
        """The readings worth considering, the likeliest first."""
        return numerals

    def magnitude(self, value: Value) -> Fraction | None:
        """Itself."""
        return Fraction(cast(Fraction, value))

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

    @property
    def by_equality(self) -> bool:
        """Always."""
        return True

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

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return language.text("hint.integer")


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
                told = (
                    "Right in value, but the fraction can be reduced; lowest terms were asked for."
                )
                return Judgement("imprecise", self.imprecise_credit, evidence, told)
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

    def reach(self, value: Value) -> Fraction:
        """Half a unit of the last of three figures, at most a 200th of the value."""
        return abs(cast(Fraction, value)) * Fraction(1, 200)

    def _rounding(self, reading: Reading, key: str, count: int) -> Judgement:
        """The verdict on a decimal that is the key rounded to so many significant figures."""
        evidence = f"{reading.shown} is {key} rounded to {counted(count, 'significant figure')}"
        if count >= FEWEST_FIGURES and not self.lowest_terms:
            return Judgement.right(evidence)
        asked = f"the exact value or at least {counted(FEWEST_FIGURES, 'significant figure')}"
        if self.lowest_terms:
            asked = "a fraction in lowest terms"
        told = f"rounded to {counted(count, 'significant figure')}; asked for was {asked}."
        if count >= FEWEST_FIGURES - 1:
            told = f"Right as far as it goes, but {told}"
            return Judgement("imprecise", self.imprecise_credit, evidence, told)
        return Judgement.wrong(f"{evidence}, too few", f"Not precise enough: {told}")

    def partial(self) -> str:
        """A rounding that is coarse by one figure, or a fraction that can be reduced."""
        share = f"{self.imprecise_credit} of the marks for"
        if self.lowest_terms:
            return f"{share} the right value not in lowest terms, or rounded"
        return f"{share} a rounding to {FEWEST_FIGURES - 1} significant figures"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return language.text("hint.lowest_terms" if self.lowest_terms else "hint.rational")

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        return cls(**with_fractions(settings))


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


def counted(count: int, noun: str) -> str:
    """``1 place``, ``2 places``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def with_fractions(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with credit and tolerances as Fractions again."""
    names = ("imprecise_credit", "absolute", "relative")
    return {
        name: Fraction(one) if name in names and one is not None else one
        for name, one in settings.items()
    }
