"""Choices by letter, in printed order: one option, or several with a scoring rule."""

from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import ClassVar, Literal, TypeAlias, cast, get_args

from examgen.answers.exact import exact
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.scanner import Scanner, Unreadable

Scoring: TypeAlias = Literal["all-or-nothing", "per-option", "right-minus-wrong"]
_FILLERS = frozenset(("and", "answer", "answers", "option", "options", "choice", "choices"))
_SEPARATORS = frozenset(" \n,;/+&()[]{}.:=")


@dataclass(frozen=True)
class OneChoice(Kind):
    """The position, from 0, of one of `count` options as printed."""

    kind: ClassVar[str] = "one_choice"
    lettered: ClassVar[bool] = True
    count: int = 4

    def __post_init__(self) -> None:
        """Refuse more options than letters."""
        _check_count(self.count)

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
        chosen = _letters(scanner, self.count)
        if len(chosen) != 1:
            found = "no letter" if not chosen else f"{len(chosen)} letters"
            raise Unreadable(f"choose one letter of {_allowed(self.count)}; this has {found}")
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
        return self.coerce(ascii_uppercase.index(packed))

    def show(self, value: Value) -> str:
        """The letter."""
        return cast(str, self.pack(value))

    def tex(self, value: Value) -> str:
        r"""Such as ``\mathrm{B}``."""
        return rf"\mathrm{{{self.show(value)}}}"

    def hint(self) -> str:
        """How to type it."""
        return f"one letter of {_allowed(self.count)}"


@dataclass(frozen=True)
class SeveralChoices(Kind):
    """A flag, 0 or 1, for each of `count` options as printed; credit is never below 0.

    `scoring`: ``all-or-nothing``; ``per-option``, the share of options rightly chosen or left;
    ``right-minus-wrong``, right choices minus wrong ones over the number of right options.
    """

    kind: ClassVar[str] = "several_choices"
    lettered: ClassVar[bool] = True
    count: int = 5
    scoring: Scoring = "all-or-nothing"

    def __post_init__(self) -> None:
        """Refuse more options than letters and unknown rules."""
        _check_count(self.count)
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
        nothing = word.lower().strip("().") == "none" or word == "∅"
        chosen = [] if nothing else _letters(scanner, self.count)
        if not chosen and not nothing:
            raise Unreadable(f"letters of {_allowed(self.count)} or 'none' were expected")
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
        evidence += f"; wrongly chosen: {_joined(extra)}" if extra else ""
        evidence += f"; wrongly left: {_joined(missed)}" if missed else ""
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
        letters = "" if packed == "none" else packed
        if len(set(letters)) < len(letters) or not set(letters) <= set(_names(self.count)):
            raise ValueError(f"not packed choices of {_allowed(self.count)}: {packed!r}")
        return tuple(int(letter in letters) for letter in _names(self.count))

    def show(self, value: Value) -> str:
        """Such as ``A, C``, or ``none``."""
        packed = cast(str, self.pack(value))
        return packed if packed == "none" else ", ".join(packed)

    def tex(self, value: Value) -> str:
        r"""Such as ``\mathrm{A, C}``."""
        return rf"\mathrm{{{self.show(value)}}}"

    def partial(self) -> str:
        """By the scoring rule."""
        return {
            "all-or-nothing": super().partial(),
            "per-option": "each option rightly chosen or rightly left earns its share",
            "right-minus-wrong": "each right choice earns its share, each wrong one loses as much; "
            "never below 0",
        }[self.scoring]

    def hint(self) -> str:
        """How to type it."""
        return f"all letters that apply of {_allowed(self.count)}, such as AB, or none"


def _letters(scanner: Scanner, count: int) -> list[int]:
    """The positions of the letters in the rest of the text, each once, in printed order."""
    chosen: set[int] = set()
    while scanner.peek():
        if scanner.peek() in _SEPARATORS:
            scanner.at += 1
            continue
        start = scanner.at
        word = scanner.letters()
        if word.lower() in _FILLERS:
            continue
        if not word:
            raise _beyond(scanner, start, count)
        for at, letter in enumerate(word.upper(), start):
            position = ascii_uppercase.index(letter)
            if position >= count:
                raise _beyond(scanner, at, count)
            if position in chosen:
                scanner.notes.append(f"{letter} is given twice")
            chosen.add(position)
    return sorted(chosen)


def _beyond(scanner: Scanner, at: int, count: int) -> Unreadable:
    """An `Unreadable` that names the allowed letters."""
    return scanner.refuse(f"the letters are {_allowed(count)}, not", at)


def _names(count: int) -> str:
    """The letters of so many options."""
    return ascii_uppercase[:count]


def _allowed(count: int) -> str:
    """The letters of so many options in words."""
    return f"A to {_names(count)[-1]}" if count > 2 else " or ".join(_names(count))


def _joined(positions: list[int]) -> str:
    """Letters at positions."""
    return ", ".join(ascii_uppercase[at] for at in positions)


def _check_count(count: int) -> None:
    """Raise ValueError for a count that has no letters."""
    if not 1 <= count <= len(ascii_uppercase):
        raise ValueError(f"a choice has 1 to {len(ascii_uppercase)} options, not {count}")
