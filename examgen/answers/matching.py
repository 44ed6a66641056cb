"""Rows matched to printed options, by row number and letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import ClassVar, Literal, TypeAlias, cast, get_args

from examgen.answers.exact import exact
from examgen.answers.kind import Judgement, Packed, Reading, Value
from examgen.answers.letters import (
    SEPARATORS,
    Lettered,
    allowed,
    in_words,
    joined,
    letters_of_word,
    places,
    unpack_letters,
    written_letters,
)
from examgen.answers.scanner import DIGITS, Scanner, Unreadable
from examgen.language import ENGLISH, Language

MatchScoring: TypeAlias = Literal["per-row", "right-minus-wrong", "all-or-nothing"]
_BETWEEN = SEPARATORS | frozenset("-→⇒|")
_BLANK = -1


@dataclass(frozen=True)
class Matches(Lettered):
    """For each of `rows` rows the position of one of `count` printed options; -1: left blank.

    `scoring`: ``per-row``, the share of rows that are right; ``right-minus-wrong``, right rows
    minus wrong ones over all, never below 0; ``all-or-nothing``. A blank row is not right and not
    wrong. With `reuse` one option may serve several rows. A misconception may leave rows open.
    """

    kind: ClassVar[str] = "matches"
    rows: int = 4
    scoring: MatchScoring = "per-row"
    reuse: bool = False

    def __post_init__(self) -> None:
        """Refuse no rows, fewer options than rows unless they are reused, and unknown rules."""
        super().__post_init__()
        if self.rows < 1 or (self.count < self.rows and not self.reuse):
            raise ValueError(f"{self.count} options cannot serve {self.rows} rows")
        if self.scoring not in get_args(MatchScoring):
            known = ", ".join(get_args(MatchScoring))
            raise ValueError(f"unknown scoring {self.scoring!r}: {known}")

    @property
    def bits(self) -> int:
        """One of the options in each row."""
        return self.rows * (self.count.bit_length() - 1)

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of ``1C 2A 3B``, ``1-C, 2-A``, ``1: C; 2: A``, or a letter for each row."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        scanner.text = scanner.text.replace("->", "→ ").replace("=>", "⇒ ")
        if DIGITS.intersection(scanner.text):
            value = self._numbered(scanner)
        else:
            value = tuple(written_letters(scanner, self.count, separators=_BETWEEN))
            if len(value) != self.rows:
                raise Unreadable(
                    f"{self.rows} letters were expected, one a row, not {len(value)}; where rows "
                    "stay blank, write the numbers of the others, such as 2A"
                )
        self._check_once(value)
        return Reading(value, self.show(value), tuple(scanner.notes))

    def _numbered(self, scanner: Scanner) -> tuple[int, ...]:
        """The option of each row, from row numbers with a letter each."""
        found: dict[int, int] = {}
        row = 0
        for start, number, option in self._tokens(scanner):
            if number in found:
                raise scanner.refuse(f"row {number} is given twice, again by", start)
            if number:
                row, found[number] = number, _BLANK
            elif not row:
                raise scanner.refuse("a row number was expected before", start)
            elif found[row] != _BLANK:
                raise scanner.refuse(f"row {row} has a second letter, in", start)
            else:
                found[row] = option
        if set(found.values()) <= {_BLANK}:
            raise Unreadable(f"row numbers and letters were expected, such as {self._example}")
        return tuple(found.get(at, _BLANK) for at in range(1, self.rows + 1))

    def _tokens(self, scanner: Scanner) -> Iterator[tuple[int, int, int]]:
        """Where a row number or a letter begins, the number or 0, the letter's position or -1."""
        while scanner.peek():
            start = scanner.at
            if scanner.peek() in _BETWEEN:
                scanner.at += 1
            elif digits := scanner.digits():
                if len(digits) > 2 or not 1 <= int(digits) <= self.rows:
                    raise scanner.refuse(f"the rows are 1 to {self.rows}, not", start)
                yield start, int(digits), _BLANK
            else:
                for at, option in enumerate(letters_of_word(scanner, self.count), start):
                    yield at, 0, option

    def _check_once(self, value: tuple[int, ...]) -> None:
        """Raise `Unreadable` where an option serves several rows although each serves one."""
        for option in sorted(set(value) - {_BLANK}):
            rows = [str(row) for row, other in enumerate(value, 1) if other == option]
            if len(rows) > 1 and not self.reuse:
                raise Unreadable(
                    f"{joined([option])} is given for rows {in_words(rows)}, but each letter "
                    "serves one row"
                )

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by the scoring rule, over the rows that the key does not leave open."""
        given, expected = cast(tuple[int, ...], reading.value), cast(tuple[int, ...], key)
        asked = [at for at in range(self.rows) if expected[at] != _BLANK]
        right = [at for at in asked if given[at] == expected[at]]
        if len(right) == len(asked):
            return Judgement.right(f"{reading.shown} is right")
        blank = [at for at in asked if given[at] == _BLANK]
        told = [f"right: {_rows(right)}"] * bool(right)
        told += [
            f"row {at + 1} is {joined([expected[at]])}, not {joined([given[at]])}"
            for at in asked
            if at not in right and at not in blank
        ]
        told += [f"left blank: {_rows(blank)}"] * bool(blank)
        wrong = len(asked) - len(right) - len(blank)
        credit = {
            "per-row": Fraction(len(right), len(asked)),
            "right-minus-wrong": Fraction(max(0, len(right) - wrong), len(asked)),
            "all-or-nothing": Fraction(0),
        }[self.scoring]
        return Judgement("partial" if credit else "wrong", credit, "; ".join(told))

    def match(self, value: Value, key: Value) -> bool:
        """Whether no row that both fill differs."""
        pairs = zip(cast(tuple[int, ...], value), cast(tuple[int, ...], key), strict=True)
        return all(one == other or _BLANK in (one, other) for one, other in pairs)

    def coerce(self, raw: object) -> Value:
        """A position for each row, None or -1 where it is open."""
        if hasattr(raw, "tolist"):
            raw = raw.tolist()
        if not isinstance(raw, list | tuple) or len(raw) != self.rows:
            raise ValueError(f"an option for each of {self.rows} rows was expected, not {raw!r}")
        value = tuple(_BLANK if one is None else exact(one) for one in raw)
        if not all(isinstance(one, int) and _BLANK <= one < self.count for one in value):
            raise ValueError(f"options are positions from 0 to {self.count - 1}, not {raw!r}")
        return value

    def check_key(self, value: Value) -> None:
        """Refuse open rows, and an option that serves two rows although each serves one."""
        options = cast(tuple[int, ...], self.coerce(value))
        if _BLANK in options:
            raise ValueError("a row has no option")
        if len(set(options)) < len(options) and not self.reuse:
            raise ValueError("an option serves two rows: give reuse=True, and say so in the prompt")

    def pack(self, value: Value) -> Packed:
        """A letter for each row, ``-`` for a blank one, such as ``"CA-B"``."""
        options = cast(tuple[int, ...], self.coerce(value))
        return "".join("-" if at == _BLANK else ascii_uppercase[at] for at in options)

    def unpack(self, packed: Packed) -> Value:
        """The options of packed letters."""
        if not isinstance(packed, str):
            raise ValueError(f"not packed matches: {packed!r}")
        letters = [None if one == "-" else unpack_letters(one, self.count)[0] for one in packed]
        return self.coerce(letters)

    def as_printed(self, value: Packed, offered: Sequence[Packed]) -> "Value | None":
        """The printed option of each row, from the declared one."""
        printed = places(offered, self.count)
        options = cast(tuple[int, ...], self.coerce(value))
        return tuple(_BLANK if at == _BLANK else printed.index(at) for at in options)

    def as_declared(self, value: Value, offered: Sequence[Packed]) -> Packed:
        """The declared option of each row, from the printed one."""
        printed = places(offered, self.count)
        options = cast(tuple[int, ...], value)
        return [_BLANK if at == _BLANK else printed[at] for at in options]

    def show(self, value: Value) -> str:
        """Such as ``1C 2A 4B``."""
        letters = enumerate(cast(str, self.pack(value)), 1)
        return " ".join(f"{row}{letter}" for row, letter in letters if letter != "-")

    def tex(self, value: Value) -> str:
        r"""Such as ``\mathrm{1C\ 2A\ 4B}``."""
        return rf"\mathrm{{{self.show(value)}}}".replace(" ", r"\ ")

    def partial(self) -> str:
        """By the scoring rule."""
        return {
            "per-row": "each row that is right earns its share",
            "right-minus-wrong": "each right row earns its share, each wrong one loses as much; "
            "never below 0",
            "all-or-nothing": "right or wrong, nothing in between",
        }[self.scoring]

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        key = "hint.matching_reused" if self.reuse else "hint.matching"
        return language.text(key, letters=allowed(self.count, language), example=self._example)

    @property
    def _example(self) -> str:
        letters = [(self.count - 1 - at) % self.count for at in range(min(self.rows, 2))]
        return " ".join(f"{row}{joined([at])}" for row, at in enumerate(letters, 1))


def _rows(positions: list[int]) -> str:
    """Such as ``rows 1 and 3``."""
    return f"row{'s' * (len(positions) > 1)} {in_words([str(at + 1) for at in positions])}"
