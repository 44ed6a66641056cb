"""Choices by letter, in printed order: one option, or several with a scoring rule."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import ClassVar, Literal, TypeAlias, cast, get_args

from examgen.answers.exact import exact
from examgen.answers.kind import Judgement, Packed, Reading, Value
from examgen.answers.letters import (
    Lettered,
    allowed,
    joined,
    places,
    unpack_letters,
    written_letters,
)
from examgen.answers.scanner import Scanner, Unreadable, without_turkish_dots
from examgen.language import ENGLISH, Language

Scoring: TypeAlias = Literal["all-or-nothing", "per-option", "right-minus-wrong"]


@dataclass(frozen=True)
class OneChoice(Lettered):
    """The position, from 0, of one of `count` options as printed."""

    kind: ClassVar[str] = "one_choice"
    count: int = 4

    @property
    def by_equality(self) -> bool:
        """Always."""
        return True

    @property
    def bits(self) -> int:
        """One of so many options."""
        return self.count.bit_length() - 1

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of one letter."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        chosen = _set_of_letters(scanner, self.count)
        if len(chosen) != 1:
            found = "no letter" if not chosen else f"{len(chosen)} letters"
            raise Unreadable(f"choose one letter of {allowed(self.count)}; this has {found}")
        return Reading(chosen[0], self.show(chosen[0]), tuple(scanner.notes))

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """Right where the letters are equal."""
        if reading.value == key:
            return Judgement.right(f"{reading.shown} is right")
        return Judgement.wrong(f"{reading.shown} is wrong, right is {self.show(key)}")

    def coerce(self, raw: object) -> Value:
        """A position from 0, below the count."""
        position = exact(raw)
        if not isinstance(position, int) or not 0 <= position < self.count:
            raise ValueError(f"an option is a position from 0 to {self.count - 1}, not {position}")
        return position

    def pack(self, value: Value) -> Packed:
        """The letter."""
        return ascii_uppercase[cast(int, self.coerce(value))]

    def unpack(self, packed: Packed) -> Value:
        """The position of a letter."""
        if not isinstance(packed, str) or len(packed) != 1:
            raise ValueError(f"not a packed choice: {packed!r}")
        return unpack_letters(packed, self.count)[0]

    def as_printed(self, value: Packed, offered: Sequence[Packed]) -> "Value | None":
        """The option of this value."""
        return offered.index(value) if value in offered else None

    def as_declared(self, value: Value, offered: Sequence[Packed]) -> Packed:
        """The value of the option."""
        return offered[cast(int, value)]

    def chosen(self, value: Value) -> frozenset[int]:
        """The option itself."""
        return frozenset((cast(int, value),))

    def show(self, value: Value) -> str:
        """The letter."""
        return cast(str, self.pack(value))

    def tex(self, value: Value) -> str:
        r"""Such as ``\mathrm{B}``."""
        return rf"\mathrm{{{self.show(value)}}}"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return language.text("hint.choice", letters=allowed(self.count, language))


_NOTHING = frozenset(("none", "∅", "hiçbiri", "hicbiri", "keine", "keines"))


@dataclass(frozen=True)
class SeveralChoices(Lettered):
    """A flag, 0 or 1, for each of `count` options as printed; credit is never below 0.

    `scoring`: ``all-or-nothing``; ``per-option``, the share of options rightly chosen or left;
    ``right-minus-wrong``, right choices minus wrong ones over the number of right options.
    """

    kind: ClassVar[str] = "several_choices"
    count: int = 5
    scoring: Scoring = "all-or-nothing"

    def __post_init__(self) -> None:
        """Refuse more options than letters and unknown rules."""
        super().__post_init__()
        if self.scoring not in get_args(Scoring):
            raise ValueError(f"unknown scoring {self.scoring!r}: {', '.join(get_args(Scoring))}")

    @property
    def by_equality(self) -> bool:
        """Always."""
        return True

    @property
    def bits(self) -> int:
        """One for each option."""
        return self.count

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of any number of letters, or ``none``."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        word = scanner.text[scanner.at :]
        nothing = without_turkish_dots(word.strip("().")) in _NOTHING
        chosen = [] if nothing else _set_of_letters(scanner, self.count)
        if not chosen and not nothing:
            raise Unreadable(f"letters of {allowed(self.count)} or 'none' were expected")
        value = tuple(int(at in chosen) for at in range(self.count))
        return Reading(value, self.show(value), tuple(scanner.notes))

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by the scoring rule."""
        chosen, expected = cast(tuple[int, ...], reading.value), cast(tuple[int, ...], key)
        if chosen == expected:
            return Judgement.right(f"{reading.shown} is right")
        missed = [at for at in range(self.count) if chosen[at] < expected[at]]
        extra = [at for at in range(self.count) if chosen[at] > expected[at]]
        evidence = f"{reading.shown} is not right"
        evidence += f"; wrongly chosen: {joined(extra)}" if extra else ""
        evidence += f"; wrongly left: {joined(missed)}" if missed else ""
        credit = self._credit(sum(expected), len(missed), len(extra))
        return Judgement("partial" if credit else "wrong", credit, evidence)

    def _credit(self, right: int, missed: int, extra: int) -> Fraction:
        """The credit for an answer that is not fully right."""
        if self.scoring == "per-option":
            return Fraction(self.count - missed - extra, self.count)
        if self.scoring == "right-minus-wrong" and right:
            return Fraction(max(0, right - missed - extra), right)
        return Fraction(0)

    def coerce(self, raw: object) -> Value:
        """A tuple of 0 and 1, from truth values or numbers."""
        if hasattr(raw, "tolist"):
            raw = raw.tolist()
        if not isinstance(raw, (list, tuple)) or len(raw) != self.count:
            raise ValueError(f"{self.count} flags were expected, not {raw!r}")
        flags = tuple(int(one) if isinstance(one, bool) else exact(one) for one in raw)
        if any(flag not in (0, 1) for flag in flags):
            raise ValueError(f"flags are 0 or 1, not {raw!r}")
        return flags

    def pack(self, value: Value) -> Packed:
        """The letters, such as ``"AC"``, or ``"none"``."""
        flags = cast(tuple[int, ...], self.coerce(value))
        return "".join(ascii_uppercase[at] for at, flag in enumerate(flags) if flag) or "none"

    def unpack(self, packed: Packed) -> Value:
        """The flags of packed letters."""
        if not isinstance(packed, str) or not packed:
            raise ValueError(f"not packed choices: {packed!r}")
        chosen = [] if packed == "none" else unpack_letters(packed, self.count)
        if len(set(chosen)) < len(chosen):
            raise ValueError(f"a letter is given twice: {packed!r}")
        return tuple(int(at in chosen) for at in range(self.count))

    def as_printed(self, value: Packed, offered: Sequence[Packed]) -> "Value | None":
        """The flags in printed order, from those in declared order."""
        flags = cast(tuple[int, ...], self.coerce(value))
        return tuple(flags[place] for place in places(offered, self.count))

    def as_declared(self, value: Value, offered: Sequence[Packed]) -> Packed:
        """The flags in declared order, from those in printed order."""
        printed = dict(zip(places(offered, self.count), cast(tuple[int, ...], value), strict=True))
        return [printed[place] for place in range(self.count)]

    def chosen(self, value: Value) -> frozenset[int]:
        """The options with a flag of 1."""
        return frozenset(at for at, flag in enumerate(cast(tuple[int, ...], value)) if flag)

    def show(self, value: Value) -> str:
        """Such as ``A, C``, or ``none``."""
        packed = cast(str, self.pack(value))
        return packed if packed == "none" else ", ".join(packed)

    def tex(self, value: Value) -> str:
        r"""Such as ``\mathrm{A, C}``."""
        return rf"\mathrm{{{self.show(value)}}}"

    def printed(self, value: Value, language: Language) -> str:
        """The letters, or that there is none."""
        return (
            super().printed(value, language)
            if any(cast(tuple[int, ...], value))
            else (language.text("key.none"))
        )

    def partial(self) -> str:
        """By the scoring rule."""
        return {
            "all-or-nothing": super().partial(),
            "per-option": "each option rightly chosen or rightly left earns its share",
            "right-minus-wrong": "each right choice earns its share, each wrong one loses as much; "
            "never below 0",
        }[self.scoring]

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return language.text("hint.choices", letters=allowed(self.count, language))


def _set_of_letters(scanner: Scanner, count: int) -> list[int]:
    """The positions of the letters in the rest of the text, each once, in printed order."""
    times = Counter(written_letters(scanner, count))
    scanner.notes += [f"{joined([at])} is given twice" for at in sorted(times) if times[at] > 1]
    return sorted(times)
