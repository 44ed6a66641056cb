"""What every answer kind does: it reads a response, judges it, and prints values.

A kind is a frozen dataclass. Marking goes ``kind.read(text)`` → `Reading` → ``kind.judge(reading,
key)`` → `Judgement`; a response that cannot be read raises `Unreadable` and is seen by a human.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, ClassVar, Literal, Self, TypeAlias

from examgen.answers.literals import Written
from examgen.answers.scanner import Unreadable
from examgen.language import ENGLISH, Language

Value: TypeAlias = "int | Fraction | str | tuple[Value, ...]"
Packed: TypeAlias = "int | str | list[Packed]"
Writing: TypeAlias = "Written | tuple[Writing, ...] | None"
Verdict: TypeAlias = Literal["right", "partial", "imprecise", "wrong", "undecided"]

__all__ = [
    "Judgement",
    "Kind",
    "Packed",
    "Reading",
    "Unreadable",
    "Value",
    "Verdict",
    "Writing",
    "pack_exact",
]


@dataclass(frozen=True)
class Reading:
    """What a response was read as.

    ``value`` is exact; ``shown`` prints it near to how it was written; ``notes`` say what was
    tolerated; ``written`` tells how a number was written (nested as the value is, for arrays).
    ``alternatives`` are other readings of an ambiguous response: where only one of them is right,
    a human decides.
    """

    value: Value
    shown: str
    notes: tuple[str, ...] = ()
    alternatives: tuple["Reading", ...] = ()
    written: Writing = None


@dataclass(frozen=True)
class Judgement:
    """The verdict on one reading; ``credit`` is the share of the part's marks, from 0 to 1.

    ``told`` is a sentence for the student, without the key, where more can be said than the
    verdict; ``evidence`` is for who answers for the mark.
    """

    verdict: Verdict
    credit: Fraction
    evidence: str
    told: str = ""

    @classmethod
    def right(cls, evidence: str) -> "Judgement":
        """Full credit."""
        return cls("right", Fraction(1), evidence)

    @classmethod
    def wrong(cls, evidence: str, told: str = "") -> "Judgement":
        """No credit."""
        return cls("wrong", Fraction(0), evidence, told)

    @classmethod
    def undecided(cls, evidence: str, *, suggested: Fraction = Fraction(0)) -> "Judgement":
        """A human decides; ``credit`` is then what the rules suggest."""
        return cls("undecided", suggested, evidence)


@dataclass(frozen=True)
class Kind(ABC):
    """One way of answering; ``kind`` is its tag in the record."""

    kind: ClassVar[str]
    by_hand: ClassVar[bool] = False  # True: marks come from a human and `judge` is never asked
    lettered: ClassVar[bool] = False  # True: a response names printed options by their letters
    not_right: ClassVar[str] = "Not the right value."  # what the student of a wrong answer is told

    @property
    def by_equality(self) -> bool:
        """Whether a response is right just where its value equals the key: no rounding."""
        return False

    def magnitude(self, value: Value) -> Fraction | None:
        """The number by which values are put in order; None where no number tells what is near."""
        return None

    def reach(self, value: Value) -> Fraction:
        """How far from a response's `number` a key's may lie, at most, for it to be right."""
        return Fraction(0)

    @property
    def in_words(self) -> bool:
        """Whether a value is printed as a text, not as a formula."""
        return False

    @property
    def bits(self) -> int:
        """About how much a right response tells, in bits: how seldom luck is right."""
        return 8

    @abstractmethod
    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of a student's text; raises `Unreadable`. Nothing in it is evaluated.

        `decimal_comma` says that the course writes decimal commas, so ``1,728`` is below 2.
        """

    @abstractmethod
    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict on a reading against a key, a carried key or a misconception's value."""

    @abstractmethod
    def coerce(self, raw: object) -> Value:
        """The canonical exact value of a Python, NumPy or SymPy one.

        Raises TypeError for what is not exact (floats that are not whole numbers below 2**53) and
        ValueError for a wrong shape.
        """

    @abstractmethod
    def pack(self, value: Value) -> Packed:
        """The value as plain JSON data."""

    @abstractmethod
    def unpack(self, packed: Packed) -> Value:
        """The value that `pack` wrote; raises ValueError or TypeError for anything else."""

    @abstractmethod
    def show(self, value: Value) -> str:
        """The value in plain text, as a student may type it."""

    @abstractmethod
    def tex(self, value: Value) -> str:
        """The value in TeX, without dollar signs."""

    @abstractmethod
    def hint(self, language: Language = ENGLISH) -> str:
        """One line on how to type such an answer; the same whatever the key is."""

    def printed(self, value: Value, language: Language) -> str:
        """The value as a key prints it: a text where it is `in_words`, else in TeX."""
        return self.show(value) if self.in_words else language.formula(self.tex(value))

    def partial(self) -> str:
        """What earns a part of the marks, in one line."""
        return "right or wrong, nothing in between"

    def check_key(self, value: Value) -> None:
        """Raise ValueError or TypeError where the value cannot be the key of such a part."""
        self.unpack(self.pack(value))

    def match(self, value: Value, key: Value) -> bool:
        """Whether a student who answers with `value` is judged right against `key`."""
        return value == key

    def as_printed(self, value: Packed, offered: Sequence[Packed]) -> "Value | None":
        """The response that means a value of the item model; None where nothing printed does.

        `offered` is what the printed options stand for, in printed order. Where there are none, a
        response is the value itself. Raises ValueError or TypeError for what cannot be a value.
        """
        return self.unpack(value)

    def as_declared(self, value: Value, offered: Sequence[Packed]) -> "Packed | None":
        """The value of the item model that a response means; None where it means none."""
        return pack_exact(value)

    def chosen(self, value: Value) -> frozenset[int]:
        """The printed options, from 0, that a response of this value singles out."""
        return frozenset()

    def to_dict(self) -> dict[str, Any]:
        """The kind as plain JSON data; `kind_from` is the inverse."""
        named = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return {"kind": self.kind, **named}

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind with these settings, as `to_dict` wrote them, without the tag."""
        return cls(**settings)


def pack_exact(value: Value) -> Packed:
    """A canonical value of an item model as JSON holds it without loss."""
    if isinstance(value, tuple):
        return [pack_exact(entry) for entry in value]
    return str(value) if isinstance(value, Fraction) else value


def _plain(setting: object) -> object:
    """One setting of a kind as JSON data."""
    if isinstance(setting, Kind):
        return setting.to_dict()
    if isinstance(setting, Fraction):
        return str(setting)
    return [_plain(one) for one in setting] if isinstance(setting, tuple) else setting
