"""Intervals of whole or other numbers, judged end by end."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, TypeAlias, cast

from examgen.answers.exact import exact, number_text, pack_number, unpack_number
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.ranges import End, written_range
from examgen.answers.scanner import Scanner
from examgen.language import ENGLISH, Language
from examgen.notation import number_tex

Ends: TypeAlias = tuple[End, End, str]
_SIDES = ("left", "right")
_INFINITE = {"-oo": ("-inf", r"-\infty"), "oo": ("inf", r"\infty")}


@dataclass(frozen=True)
class Interval(Kind):
    """An interval with exact ends; each end that is right earns half of the credit.

    One of whole numbers (`integers`) is the set of them: ``(1, 5)`` is ``[2, 4]``. Of others it
    counts only with `ends` whether the ends are open or closed; a right number with the wrong
    bracket then earns half of its end's share. A value is (low, high, brackets); an end that is
    not bounded is the text ``-oo`` or ``oo``, and open.
    """

    kind: ClassVar[str] = "interval"
    integers: bool = True
    ends: bool = False

    def __post_init__(self) -> None:
        """Refuse settings that contradict each other."""
        if self.integers and self.ends:
            raise ValueError("an interval of whole numbers needs no 'ends': (1, 5) is [2, 4]")

    @property
    def by_equality(self) -> bool:
        """Always: equal intervals have one value."""
        return True

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of an interval."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        found = written_range(scanner)
        value = self._canonical(found.low, found.high, found.brackets)
        written, shown = (_shown(one) for one in ((found.low, found.high, found.brackets), value))
        if written != shown and (self.integers or self.ends):
            shown = f"{written} = {shown}"
        return Reading(value, shown, tuple(scanner.notes))

    def _canonical(self, low: End, high: End, brackets: str) -> Ends:
        """The one value of equal intervals."""
        closed = [brackets[0] == "[", brackets[1] == "]"]
        if self.integers:
            if not isinstance(low, str):
                low = ceil(low) if closed[0] else floor(low) + 1
            if not isinstance(high, str):
                high = floor(high) if closed[1] else ceil(high) - 1
        if not self.ends:
            closed = [True, True]
        left = "[" if closed[0] and not isinstance(low, str) else "("
        right = "]" if closed[1] and not isinstance(high, str) else ")"
        return low, high, left + right

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by ends, and what is true of both together."""
        value, expected = cast(Ends, reading.value), cast(Ends, key)
        if value == expected:
            return Judgement.right(f"equals {self.show(key)}")
        if value[:2] == expected[1::-1]:
            return Judgement.wrong(f"{reading.shown} has the ends of {self.show(key)} exchanged")
        shares = [_end_share(value, expected, at) for at in (0, 1)]
        told = ", ".join(_end_evidence(value, expected, at) for at in (0, 1))
        evidence = f"{reading.shown} is not {self.show(key)}: {told}{_shift(value, expected)}"
        credit = sum(shares, Fraction(0)) / 2
        return Judgement("partial" if credit else "wrong", credit, evidence)

    def check_key(self, value: Value) -> None:
        """The key is not empty."""
        low, high, brackets = cast(Ends, self.coerce(value))
        if isinstance(low, str) or isinstance(high, str):
            empty = low == "oo" or high == "-oo"
        else:
            empty = low > high or (low == high and brackets != "[]")
        if empty:
            raise ValueError(f"the interval {self.show(value)} is empty")

    def coerce(self, raw: object) -> Value:
        """(low, high, brackets) from two ends, closed unless brackets follow; None is no bound."""
        raw = raw.tolist() if hasattr(raw, "tolist") else raw
        if not isinstance(raw, (list, tuple)) or len(raw) not in (2, 3):
            raise ValueError(f"an interval is (low, high) or (low, high, '[)'), not {raw!r}")
        brackets = raw[2] if len(raw) == 3 else "[]"
        if brackets not in ("[]", "[)", "(]", "()"):
            raise ValueError(f"the brackets of an interval are '[]', '[)', '(]' or '()': {raw!r}")
        low, high = (
            str(end) if end in _INFINITE else name if end is None else exact(end)
            for end, name in zip(raw, _INFINITE, strict=False)
        )
        return self._canonical(low, high, str(brackets))

    def pack(self, value: Value) -> Packed:
        """Such as ``[0, "7/2", "[)"]``."""
        low, high, brackets = cast(Ends, value)
        packed: list[Packed] = [
            end if isinstance(end, str) else pack_number(end) for end in (low, high)
        ]
        return [*packed, brackets]

    def unpack(self, packed: Packed) -> Value:
        """The interval that `pack` wrote."""
        if not isinstance(packed, list) or len(packed) != 3:
            raise ValueError(f"not a packed interval: {packed!r}")
        ends = [end if end in _INFINITE else unpack_number(end) for end in packed[:2]]
        return self.coerce([*ends, packed[2]])

    def show(self, value: Value) -> str:
        """Such as ``[2, 7]``."""
        return _shown(cast(Ends, value))

    def tex(self, value: Value) -> str:
        r"""Such as ``(-\infty,\; 7]``."""
        low, high, brackets = cast(Ends, value)
        ends = [_INFINITE[end][1] if isinstance(end, str) else number_tex(end)
                for end in (low, high)]  # fmt: skip
        return rf"{brackets[0]}{ends[0]},\; {ends[1]}{brackets[1]}"

    def partial(self) -> str:
        """Each end counts."""
        brackets = ", half of that with the wrong bracket" if self.ends else ""
        return f"each right end earns half of the marks{brackets}"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        if self.integers:
            return language.text("hint.interval_whole")
        return language.text("hint.interval_ends" if self.ends else "hint.interval")


def _end_share(value: Ends, key: Ends, at: int) -> Fraction:
    """The share of one end's credit."""
    if value[at] != key[at]:
        return Fraction(0)
    return Fraction(1) if value[2][at] == key[2][at] else Fraction(1, 2)


def _end_evidence(value: Ends, key: Ends, at: int) -> str:
    """What is wrong with one end."""
    if value[at] != key[at]:
        return f"the {_SIDES[at]} end {_text(value[at])} is not {_text(key[at])}"
    if value[2][at] != key[2][at]:
        state = ("closed", "open") if key[2][at] in "[]" else ("open", "closed")
        return f"the {_SIDES[at]} end is right in value, but must be {state[0]}, not {state[1]}"
    return f"the {_SIDES[at]} end is right"


def _shift(value: Ends, key: Ends) -> str:
    """Whether the whole interval is the key moved along."""
    if any(isinstance(end, str) for end in (*value[:2], *key[:2])):
        return ""
    moved = [cast(Fraction, value[at]) - cast(Fraction, key[at]) for at in (0, 1)]
    return f"; the whole is shifted by {number_text(moved[0])}" if moved[0] == moved[1] else ""


def _text(end: object) -> str:
    return _INFINITE[end][0] if isinstance(end, str) else number_text(cast(Value, end))


def _shown(value: tuple[End, End, str]) -> str:
    low, high, brackets = value
    return f"{brackets[0]}{_text(low)}, {_text(high)}{brackets[1]}"
