"""Numbers with a unit, such as ``34.94 MB``: converted exactly, judged as the number asked for."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Self, cast

from examgen.answers.arrays import ENTRY_KINDS
from examgen.answers.decimals import Decimal, decimal_or_fraction
from examgen.answers.exact import exact, number_text
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.literals import Numeral, Written
from examgen.answers.numbers import Number, number_as_written
from examgen.answers.numerals import fraction, percent_ahead, scaled
from examgen.answers.rounding import decimal_text, rounded_to_figures
from examgen.answers.scanner import Scanner, Unreadable
from examgen.answers.unit_mistakes import WORK, mistakes
from examgen.answers.units import (
    UNITS_BY_NAME,
    Unit,
    Words,
    unit_named,
    units_of,
    words_after,
)
from examgen.language import ENGLISH, Language


@dataclass(frozen=True)
class Quantity(Kind):
    """A number in `unit`, as precise as `number` asks; its value counts that unit.

    A response without a unit counts in `unit`; one in another unit of the same dimension is
    converted exactly. Where the response must say its unit (`unit_required`), or may use no other
    (`other_units` is false), the right value without that unit is ``imprecise`` and has the share
    `unit_credit` of the credit. MACs and FLOPs are never converted into each other.
    """

    kind: ClassVar[str] = "quantity"
    unit: str = "B"
    number: Number = field(default_factory=Decimal)
    unit_required: bool = False
    other_units: bool = True
    unit_credit: Fraction = Fraction(1, 2)

    def __post_init__(self) -> None:
        """Refuse units that there are not."""
        unit_named(self.unit)

    def magnitude(self, value: Value) -> Fraction | None:
        """As the number asked for."""
        return self.number.magnitude(value)

    def reach(self, value: Value) -> Fraction:
        """As the number asked for."""
        return self.number.reach(value)

    @cached_property
    def asked(self) -> Unit:
        """The unit asked for."""
        return unit_named(self.unit)

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of a number, with its unit or without."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        scanner.skip_name()
        ahead = self.asked.dimension == "share" and percent_ahead(scanner)
        numerals = fraction(scanner, grouped=True)
        words = words_after(scanner, self.asked)
        if ahead and words.unit:
            raise Unreadable("the number has a unit before it and another one after it")
        words = replace(words, unit=UNITS_BY_NAME["%"]) if ahead else words
        either = [words, *([replace(words, unit=words.other)] if words.other else [])]
        readings = [
            self._reading(one, times, meant)
            for meant in either
            for times in self._in_asked(meant)
            for one in self._likely(numerals, times)
        ]
        first, *others = readings
        notes = [*scanner.notes, *(f"could also be read as {other.shown}" for other in others)]
        return replace(first, notes=tuple(notes), alternatives=tuple(others))

    def _likely(self, numerals: list[Numeral], times: Fraction) -> list[Numeral]:
        """The readings that `number` considers once they are in the unit asked for."""
        inside = {id(one): scaled(one, times) for one in numerals}
        likely = self.number.likely(list(inside.values()))
        return [one for one in numerals if inside[id(one)] in likely]

    def _in_asked(self, words: Words) -> list[Fraction]:
        """How many of the unit asked for one of what was written is; the likeliest first."""
        unit, asked, plain = words.unit, self.asked, Fraction(words.factor)
        if unit and unit.dimension != asked.dimension:
            both_work = {unit.dimension, asked.dimension} == set(WORK)
            return [plain * unit.factor / asked.factor if both_work else plain]
        if unit and asked.dimension != "count":
            return [plain * unit.factor / asked.factor]
        if asked.dimension == "count" and words.said:
            return [plain / asked.factor]
        if words.said:  # "35 million" of the base unit, or of the unit asked for
            return list(dict.fromkeys([plain / asked.factor, plain]))
        # Where millions are asked for, "61000000 weights" has the noun only.
        return list(dict.fromkeys([plain, plain / asked.factor])) if unit else [plain]

    def _reading(self, one: Numeral, times: Fraction, words: Words) -> Reading:
        """A numeral as so many times the unit asked for."""
        inside, unit = one if times == 1 else scaled(one, times), words.unit
        value = exact(inside.value)
        shown = number_as_written(exact(one.value), one.written)
        if not words.said and times == 1 and unit in (None, self.asked):
            shown = _with(shown, self.asked)
        else:
            shown = " ".join(filter(None, [shown, words.said]))
            shown = _with(shown, unit) if unit and unit.dimension != "count" else shown
            if unit is None or unit.dimension == self.asked.dimension:
                shown += f" = {_with(_short(value), self.asked)}"
        name = "" if unit is None else unit.name
        return Reading(value, shown, written=replace(inside.written, unit=name))

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict on the number in the unit asked for, and then on its unit."""
        written = cast(Written, reading.written)
        unit = UNITS_BY_NAME.get(written.unit)
        if unit and unit.dimension != self.asked.dimension:
            evidence = f"{reading.shown} is not {self.asked.words}"
            return self._slip(Judgement.wrong(evidence), reading, key, unit)
        number = reading.shown.rpartition("= ")[2].removesuffix(f" {self.asked.printed}")
        judged = self.number.judge(replace(reading, shown=number), key)
        evidence = f"{self.asked.words}: {judged.evidence}"
        judged = replace(judged, evidence=evidence)
        if not judged.credit:
            return self._slip(judged, reading, key, unit or self.asked)
        if flaw := self._flaw(written.unit):
            credit = judged.credit * self.unit_credit
            told = f"{judged.told.rstrip('.')}; {flaw}." if judged.told else f"Right, but {flaw}."
            return Judgement("imprecise", credit, f"{evidence}; {flaw}", told)
        return judged

    def _flaw(self, unit: str) -> str:
        """What is wrong with the unit of a right value; empty where nothing is."""
        if self.unit_required and not unit:
            return f"the unit is missing: {self.unit} was asked for"
        if not self.other_units and unit and unit != self.unit:
            return f"{self.unit} was asked for, not {unit}"
        return ""

    def _slip(self, judged: Judgement, reading: Reading, key: Value, unit: Unit) -> Judgement:
        """The verdict with the mistake that makes the right number wrong, if it is a known one."""
        written, value = cast(Written, reading.written), cast(Fraction, reading.value)
        for mistake in mistakes(self.asked, unit):
            if not mistake.is_near(value, cast(Fraction, key)):
                continue
            step = None if written.step is None else written.step * mistake.factor
            meant = replace(written, step=step)
            right = Reading(exact(value * mistake.factor), "", written=meant)
            if self.number.judge(right, key).verdict == "right":
                told = f"{self.not_right.rstrip('.')}: {mistake.words}."
                return replace(judged, evidence=f"{judged.evidence}; {mistake.words}", told=told)
        return judged

    def match(self, value: Value, key: Value) -> bool:
        """As the number."""
        return self.number.match(value, key)

    def check_key(self, value: Value) -> None:
        """As the number."""
        self.number.check_key(value)

    def coerce(self, raw: object) -> Value:
        """The exact number, in the unit asked for."""
        return self.number.coerce(raw)

    def pack(self, value: Value) -> Packed:
        """As the number."""
        return self.number.pack(value)

    def unpack(self, packed: Packed) -> Value:
        """The number that `pack` wrote."""
        return self.number.unpack(packed)

    def show(self, value: Value) -> str:
        """Such as ``34.94 MB``."""
        return _with(self.number.show(value), self.asked)

    def tex(self, value: Value) -> str:
        r"""Such as ``34.94\;\mathrm{MB}``."""
        number = self.number.tex(value)
        return rf"{number}\;{self.unit_tex}" if self.unit_tex else number

    @property
    def unit_tex(self) -> str:
        """The unit in TeX; empty for a ratio."""
        name = self.asked.printed.replace("%", r"\%")
        style = r"\mathrm" if self.asked.name in UNITS_BY_NAME else r"\text"
        return f"{style}{{{name}}}" if name else ""

    def partial(self) -> str:
        """What the number earns, and the number without its unit."""
        if not (self.unit_required or not self.other_units):
            return self.number.partial()
        return f"{self.unit_credit} of the marks for the right value without the unit asked for"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        hint = self.number.hint(language)
        if self.unit_required:
            return language.text("hint.quantity_required", hint=hint, unit=self.unit)
        others = self.other_units and len(units_of(self.asked.dimension)) > 1
        own = "_own" if others else ""
        if self.asked.name == "ratio":
            return language.text(f"hint.ratio{own}", hint=hint)
        return language.text(f"hint.quantity{own}", hint=hint, unit=self.asked.name)

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        given = dict(settings["number"])
        number = ENTRY_KINDS[given.pop("kind")].from_dict(given)
        credit = Fraction(settings["unit_credit"])
        return cls(**settings | {"number": number, "unit_credit": credit})


def _with(number: str, unit: Unit) -> str:
    """A number and its unit."""
    return f"{number} {unit.printed}".rstrip()


def _short(value: int | Fraction) -> str:
    """A number as a decimal; a very long one rounded to eight figures, and said to be."""
    text = number_text(value) if isinstance(value, int) else decimal_or_fraction(value)
    return f"about {decimal_text(*rounded_to_figures(value, 8))}" if "/" in text else text
