"""Decimals: to so many figures or places, or within a tolerance, judged in exact arithmetic."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self, cast

from examgen.answers.exact import exact, number_text
from examgen.answers.kind import Judgement, Reading, Value
from examgen.answers.literals import Written
from examgen.answers.numbers import FEWEST_FIGURES, Number, counted, with_fractions
from examgen.answers.rounding import (
    decimal_text,
    exponent_of,
    figures,
    rounded_to_figures,
    rounded_to_step,
)
from examgen.language import ENGLISH, Language
from examgen.notation import numeral_tex


@dataclass(frozen=True)
class Decimal(Number):
    """A number to so many decimal `places` or significant `digits` (3 digits where none is given).

    Right: the exact value, or within half a unit of the last written place with at least the asked
    precision. Imprecise: one figure too few, or right to the asked precision with wrong figures
    after it. The key is an exact rational. With tolerances instead, `absolute` or as a share
    `relative` of the key, whatever lies in the closed interval is right.
    """

    kind: ClassVar[str] = "decimal"
    places: int | None = None
    digits: int | None = None
    absolute: Fraction | None = None
    relative: Fraction | None = None
    imprecise_credit: Fraction = Fraction(1, 2)

    def __post_init__(self) -> None:
        """Refuse settings that contradict each other."""
        if self.places is not None and self.digits is not None:
            raise ValueError("a decimal has either places or digits, not both")
        if (self.places or 0) < 0 or (self.digits is not None and self.digits < 1):
            raise ValueError("places are at least 0 and digits at least 1")
        for name in ("absolute", "relative"):
            if (tolerance := getattr(self, name)) is None:
                continue
            if isinstance(tolerance, float) or Fraction(tolerance) <= 0:
                raise ValueError(f"the {name} tolerance is an exact number above 0")
            if self.places is not None or self.digits is not None:
                raise ValueError("a decimal has either tolerances or a number of figures")
            object.__setattr__(self, name, Fraction(tolerance))

    @property
    def tolerant(self) -> bool:
        """Whether tolerances decide, not figures."""
        return self.absolute is not None or self.relative is not None

    def tolerance(self, key: Fraction | int) -> Fraction:
        """How far from the key an answer may lie, both ends included."""
        share = self.relative or Fraction(0)
        return max(self.absolute or Fraction(0), share * abs(Fraction(key)))

    def magnitude(self, value: Value) -> Fraction | None:
        """Itself; None where a relative tolerance of 100 % lets keys lie anywhere."""
        return None if (self.relative or 0) >= 1 else super().magnitude(value)

    def reach(self, value: Value) -> Fraction:
        """The tolerance, or half a unit of the last figure asked for."""
        size = abs(cast(Fraction, value))
        if self.tolerant:
            share = self.relative or Fraction(0)
            return max(self.absolute or Fraction(0), size * share / (1 - share))
        if self.places is not None:
            return Fraction(1, 2 * 10**self.places)
        return Fraction(size, 2 * 10 ** ((self.digits or FEWEST_FIGURES) - 1))

    def check_key(self, value: Value) -> None:
        """A key of 0 leaves nothing for a relative tolerance or for asked figures."""
        super().check_key(value)
        if value == 0 and self.absolute is None and (self.relative or self.digits):
            raise ValueError("the key is 0: a decimal needs an absolute tolerance or places")

    @property
    def asked(self) -> str:
        """The asked precision in words."""
        if self.places is not None:
            return counted(self.places, "decimal place")
        return counted(self.digits or FEWEST_FIGURES, "significant figure")

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by closed intervals of half a unit."""
        value, expected = cast(Fraction, reading.value), cast(Fraction, key)
        shown, answer = reading.shown, self.show(key)
        if value == expected:
            return Judgement.right(f"equals {answer}")
        error = abs(value - expected)
        if self.tolerant:
            allowed = decimal_or_fraction(self.tolerance(expected))
            if error <= self.tolerance(expected):
                return Judgement.right(f"{shown} is within {allowed} of {answer}")
            return Judgement.wrong(f"{shown} is not within {allowed} of {answer}")
        steps = self._steps(reading)
        missing = [self._missing(value, step) for step in steps if error <= step / 2]
        if missing and min(missing) <= 0:
            return Judgement.right(f"{shown} is {answer} to the precision written")
        coarse = f"{shown} is right as far as it goes, but not to the {self.asked} asked for"
        if missing and min(missing) == 1:
            told = f"Right as far as it goes: {self._too_few(1)}."
            return Judgement("imprecise", self.imprecise_credit, coarse, told)
        if expected and error <= rounded_to_asked(self, expected)[1] / 2:
            after = f"ight to {self.asked}, but not in the figures after them"
            evidence = f"{shown} is r{after}"
            return Judgement("imprecise", self.imprecise_credit, evidence, f"R{after}.")
        if value and steps and error <= steps[0] / 2:
            told = f"Not precise enough: {self._too_few(min(missing))}."
            return Judgement.wrong(f"{coarse}: more than one figure is missing", told)
        return Judgement.wrong(f"{shown} is not {answer}")

    def _too_few(self, missing: int) -> str:
        """Such as ``2 significant figures, but 3 were asked for``."""
        noun, asked = "decimal place", self.places
        if asked is None:
            noun, asked = "significant figure", self.digits or FEWEST_FIGURES
        were = "was" if asked == 1 else "were"
        return f"{counted(max(0, asked - missing), noun)}, but {asked} {were} asked for"

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
        exact_value, exact_key = cast(Fraction, value), cast(Fraction, key)
        step = rounded_to_asked(self, exact_value)[1]
        if not self.tolerant and abs(exact_value - exact_key) > step:
            return False  # at once: `value` and `key` are each half a unit from the rounded value
        shown = self.read(self.show(value))
        if value == key or self.judge(shown, key).verdict == "right":
            return True
        return self.tolerant and abs(exact_value - exact_key) <= self.tolerance(exact_key)

    def show(self, value: Value) -> str:
        """The value rounded as asked, or well within the tolerance, half away from zero."""
        return decimal_text(*rounded_to_asked(self, cast(Fraction, value)))

    def tex(self, value: Value) -> str:
        """The rounded value."""
        return numeral_tex(self.show(value))

    def partial(self) -> str:
        """A number that is right, but not to the asked precision."""
        if self.tolerant:
            return super().partial()
        share = f"{self.imprecise_credit} of the marks for"
        return f"{share} one figure too few, or right to the asked figures and wrong after them"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        example = language.numeral(self.show(Fraction(123456789, 10**8)))
        if self.places is not None:
            return language.text("hint.places", n=self.places, example=example)
        if not self.tolerant:
            return language.text("hint.digits", n=self.digits or FEWEST_FIGURES, example=example)
        bounds = [language.numeral(decimal_or_fraction(one)) for one in (self.absolute,) if one]
        if self.relative:
            percent = language.numeral(decimal_or_fraction(self.relative * 100))
            bounds.append(language.text("hint.percent", n=percent))
        if len(bounds) == 1:
            return language.text("hint.within", bound=bounds[0], example=example)
        return language.text(
            "hint.within_either", bound=bounds[0], other=bounds[1], example=example
        )

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        return cls(**with_fractions(settings))


def rounded_to_asked(kind: Decimal, value: Fraction) -> tuple[Fraction, Fraction]:
    """A value rounded as a decimal kind asks, and the unit of its last place."""
    if kind.places is not None:
        step = Fraction(1, 10**kind.places)
        return rounded_to_step(value, step), step
    if kind.tolerant:
        if not value and kind.absolute is None:
            return Fraction(0), Fraction(1)
        step = Fraction(10) ** (exponent_of(kind.tolerance(value)) - 1)
        return rounded_to_step(value, step), step
    return rounded_to_figures(value, kind.digits or FEWEST_FIGURES)


def decimal_or_fraction(value: Fraction | int) -> str:
    """A number as a short decimal where it is one, else as a fraction."""
    for places in range(13):
        if 10**places % Fraction(value).denominator == 0:
            return decimal_text(value, Fraction(1, 10**places))
    return number_text(exact(value))
