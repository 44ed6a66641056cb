"""True or false, and where it is false the correction, an answer of another kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, ClassVar, Self, cast

from examgen.answers.essay import EssayText
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.scanner import Scanner, Unreadable, without_turkish_dots
from examgen.language import ENGLISH, Language

_VERDICTS = {"true": 1, "t": 1, "correct": 1, "right": 1}
_VERDICTS |= {"false": 0, "f": 0, "incorrect": 0, "wrong": 0}
_VERDICTS |= dict.fromkeys(("doğru", "dogru", "wahr", "richtig"), 1)
_VERDICTS |= dict.fromkeys(("yanliş", "yanlis", "falsch"), 0)
_LETTERS = ("T", "F")
_WORD = re.compile(r"[^\W\d_]*")
_TRUE: Value = (1,)
_BETWEEN = re.compile(r"\s*(?:[:;,=]|->|→|[-.](?=\s|$))?\s*")  # not the sign of -3, the point of .5


@dataclass(frozen=True)
class TrueOrFalse(Kind):
    """Whether a claim is true: ``(1,)``, or ``(0, c)`` where it is false and `c` the correction.

    A response may be ``(0,)``, without a correction, or ``(0, text, problem)`` with one that cannot
    be read. The right verdict earns `verdict_share`, the correction the rest; a correction in free
    text (`EssayText`) is for a human. `letters` are those that a language has for true, and for
    false, such as ``("WR", "F")``.
    """

    kind: ClassVar[str] = "true_or_false"
    not_right: ClassVar[str] = "Not right."
    correction: Kind = field(default_factory=EssayText)
    verdict_share: Fraction = Fraction(1, 2)
    letters: tuple[str, str] = _LETTERS

    def __post_init__(self) -> None:
        """Refuse a share outside 0 to 1."""
        if not 0 <= self.verdict_share <= 1:
            raise ValueError(f"verdict_share is from 0 to 1, not {self.verdict_share}")

    @property
    def by_equality(self) -> bool:
        """Where corrections are."""
        return self.correction.by_equality

    @property
    def in_words(self) -> bool:
        """Where corrections are."""
        return self.correction.in_words

    @property
    def bits(self) -> int:
        """One: a claim that is true needs no correction."""
        return 1

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of ``true``, ``T``, ``false``, or ``false: …`` with a correction.

        The words may be Turkish or German too, a single letter one of the `letters`.
        """
        scanner = Scanner(text, decimal_comma=decimal_comma)
        start = scanner.at
        word = _WORD.match(scanner.text, start)
        assert word is not None
        verdict = self._verdict(word[0])
        if verdict is None:
            raise scanner.refuse("'true' or 'false' was expected first, not", start)
        scanner.at = word.end()
        between = _BETWEEN.match(scanner.text, scanner.at)
        assert between is not None
        rest = text[between.end() :] if between.end() < len(scanner.text) else ""
        if verdict:
            if rest:
                raise scanner.refuse("after 'true' nothing was expected, but", between.end())
            return Reading(_TRUE, "true")
        if not rest:
            return Reading((0,), "false")
        reading = self._with_correction(rest, decimal_comma)
        if between[0].strip() or scanner.text[between.end()] != "-":
            return reading
        other = self._with_correction(rest[1:], decimal_comma)  # the dash may be no sign
        notes = (*reading.notes, f"could also be read as {other.shown}")
        return replace(reading, notes=notes, alternatives=(*reading.alternatives, other))

    def _verdict(self, word: str) -> int | None:
        """What a word says of the claim, 1 for true; None if it says nothing."""
        if len(word) == 1:
            for verdict, letters in zip((1, 0), self.letters, strict=True):
                if word.upper() in letters:
                    return verdict
        return _VERDICTS.get(without_turkish_dots(word))

    def _with_correction(self, text: str, decimal_comma: bool) -> Reading:
        try:
            inner = self.correction.read(text, decimal_comma=decimal_comma)
        except Unreadable as problem:
            shown = " ".join(text.split())
            return Reading((0, shown, problem.message), f"false: {shown}")
        return _wrapped(inner)

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict on the claim first, then the correction."""
        response, expected = cast(tuple[Value, ...], reading.value), cast(tuple[Value, ...], key)
        if response[0] != expected[0]:
            return Judgement.wrong(f"'{reading.shown}', but the claim is {self.show(key)}")
        if response == expected:
            return Judgement.right(f"'{reading.shown}' is right")
        if len(response) == 1:
            evidence = f"'false' is right, but the correction is missing: {self.show(key)}"
            return self._shared(Judgement.wrong(evidence))
        if len(response) == 3:
            evidence = f"'false' is right, but the correction could not be read: {response[2]}"
            return Judgement.undecided(evidence, suggested=self.verdict_share)
        if self.correction.by_hand:
            evidence = "'false' is right; a human reads the correction"
            return Judgement.undecided(evidence, suggested=self.verdict_share)
        return self._shared(self.correction.judge(_unwrapped(reading), expected[1]))

    def _shared(self, inner: Judgement) -> Judgement:
        """The judgement of a correction under the right verdict, which earns its share."""
        credit = self.verdict_share + (1 - self.verdict_share) * inner.credit
        verdict = inner.verdict
        if verdict == "wrong" and credit:
            verdict = "partial"
        return Judgement(verdict, credit, inner.evidence)

    def match(self, value: Value, key: Value) -> bool:
        """Whether verdicts agree, and corrections too."""
        one, other = cast(tuple[Value, ...], value), cast(tuple[Value, ...], key)
        if len(one) != 2 or len(other) != 2:
            return one == other
        return one[0] == other[0] and self.correction.match(one[1], other[1])

    def coerce(self, raw: object) -> Value:
        """``(1,)``, ``(0,)`` or ``(0, correction)``."""
        if not isinstance(raw, tuple | list) or not raw or raw[0] not in (0, 1):
            raise ValueError(f"a verdict, 0 or 1, was expected first, not {raw!r}")
        if len(raw) > 2 - int(raw[0]):
            raise ValueError(f"too much after the verdict: {raw!r}")
        return (int(raw[0]), *map(self.correction.coerce, raw[1:]))

    def check_key(self, value: Value) -> None:
        """Refuse what is false without a correction."""
        parts = cast(tuple[Value, ...], self.coerce(value))
        if parts == (0,):
            raise ValueError("what is false needs a correction")
        for correction in parts[1:]:
            self.correction.check_key(correction)

    def pack(self, value: Value) -> Packed:
        """Such as ``[1]`` or ``[0, 54]``."""
        verdict, *correction = cast(tuple[Value, ...], self.coerce(value))
        return [cast(int, verdict), *map(self.correction.pack, correction)]

    def unpack(self, packed: Packed) -> Value:
        """The value that `pack` wrote."""
        if not isinstance(packed, list) or not packed:
            raise ValueError(f"not a packed verdict: {packed!r}")
        return self.coerce((packed[0], *map(self.correction.unpack, packed[1:])))

    def as_printed(self, value: Packed, offered: Sequence[Packed]) -> "Value | None":
        """From what is right: ``true`` where it is the claim (`offered`, or the number 1)."""
        if not offered:
            return _TRUE if value == 1 else (0, self.correction.unpack(value))
        right = self.correction.unpack(value)
        claimed = self.correction.match(right, self.correction.unpack(offered[0]))
        return _TRUE if claimed else (0, right)

    def as_declared(self, value: Value, offered: Sequence[Packed]) -> "Packed | None":
        """What is right by the response: the claim where it says ``true``, else the correction."""
        verdict, *correction = cast(tuple[Value, ...], value)
        if verdict:
            return offered[0] if offered else 1
        if len(correction) != 1:
            return None
        return self.correction.as_declared(correction[0], ())

    def show(self, value: Value) -> str:
        """Such as ``true`` or ``false: 54``."""
        verdict, *correction = cast(tuple[Value, ...], self.coerce(value))
        return "true" if verdict else ": ".join(["false", *map(self.correction.show, correction)])

    def tex(self, value: Value) -> str:
        r"""Such as ``\text{false: } 54``."""
        verdict, *correction = cast(tuple[Value, ...], self.coerce(value))
        if not correction:
            return rf"\text{{{'true' if verdict else 'false'}}}"
        return rf"\text{{false: }} {self.correction.tex(correction[0])}"

    def printed(self, value: Value, language: Language) -> str:
        """The verdict in words, and the correction."""
        verdict, *correction = cast(tuple[Value, ...], self.coerce(value))
        words = language.text("key.true" if verdict else "key.false")
        if not correction:
            return words if self.in_words else rf"\text{{{words}}}"
        inner = self.correction.printed(correction[0], language)
        if self.in_words:
            return language.text("key.false_with", correction=inner)
        before = language.text("key.false_with", correction="")
        return rf"\text{{{before}}} {inner}"

    def partial(self) -> str:
        """The share of the verdict."""
        share = f"{self.verdict_share} of the marks for the right verdict alone"
        return f"{share}; a human reads the correction" if self.correction.by_hand else share

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        such_as, such_as_false = (language.text(f"hint.{k}") for k in ("such_as", "such_as_false"))
        hint = self.correction.hint(language).replace(such_as, such_as_false, 1)
        return language.text("hint.true_or_false", hint=hint)

    def to_dict(self) -> dict[str, Any]:
        """The kind as plain JSON data."""
        share = str(self.verdict_share)
        correction = self.correction.to_dict()
        more = {} if self.letters == _LETTERS else {"letters": list(self.letters)}
        return {"kind": self.kind, "correction": correction, "verdict_share": share, **more}

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        from examgen.answers import kind_from  # a correction is of any kind

        true, false = settings.get("letters", _LETTERS)
        share = Fraction(settings["verdict_share"])
        return cls(kind_from(settings["correction"]), share, (true, false))


def _wrapped(inner: Reading) -> Reading:
    """The reading of ``false`` with a correction."""
    alternatives = tuple(map(_wrapped, inner.alternatives))
    shown = f"false: {inner.shown}"
    return Reading((0, inner.value), shown, inner.notes, alternatives, inner.written)


def _unwrapped(reading: Reading) -> Reading:
    """The reading of the correction."""
    alternatives = tuple(map(_unwrapped, reading.alternatives))
    value = cast(tuple[Value, ...], reading.value)[1]
    shown = reading.shown.removeprefix("false: ")
    return Reading(value, shown, reading.notes, alternatives, reading.written)
