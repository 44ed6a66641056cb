"""Parts that judge a printed claim."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from examgen import answers
from examgen.items.entries import IntegerEntry
from examgen.items.key import Key
from examgen.items.parts import DeclaredOption, Marks, Misconception, Part


class TrueFalse(Part):
    """True, or false with a correction; the prompt tells the claim.

    The key is what is right, ``claim`` what the prompt says: where both agree the claim is true,
    else the key is the correction, typed as an ``entry`` (a class of parts; further settings, such
    as the axes of a shape, are its own). Misconceptions are what a student may think right instead;
    who holds one that agrees with the claim answers true.

    Without a claim the key is True, or the correction as a text, which a human reads.
    ``verdict_share`` of the marks is for the right verdict alone.
    """

    def __init__(
        self,
        key: Any,
        *,
        prompt: str,
        marks: Marks,
        claim: Any = None,
        entry: type[Part] = IntegerEntry,
        verdict_share: Marks = Fraction(1, 2),
        misconceptions: Sequence[Misconception] = (),
        tex: str | None = None,
        unit: str = "",
        source: str = "",
        effort: Any = None,
        **settings: Any,
    ):
        super().__init__(
            1 if key is True else key, prompt=prompt, marks=marks,
            misconceptions=misconceptions, tex=tex, unit=unit, source=source, effort=effort,
        )  # fmt: skip
        self.claim = None if claim is None else Key(claim)
        self.entry: Part | None = None
        correction: answers.Kind = answers.EssayText()
        if isinstance(claim, str):  # a meaning that is known, whether it is right or not
            settings["forms"] = {claim: ()} | dict(settings.get("forms") or {})
        if claim is not None:
            self.entry = entry(
                key, prompt=prompt, marks=marks, misconceptions=misconceptions, **settings
            )
            correction = self.entry.kind
            self.is_integer = self.entry.is_integer
        elif settings:
            raise ValueError(
                f"{', '.join(settings)}: without a claim, a human reads the correction"
            )
        self.kind = answers.TrueOrFalse(correction, Fraction(verdict_share))

    def same(self, value: Any, other: Any) -> bool:
        return self.entry.same(value, other) if self.entry is not None else bool(value == other)

    def coerce(self, raw: Any) -> Any:
        if self.entry is not None:
            return self.entry.coerce(raw)
        if raw in (True, 1) or isinstance(raw, str):
            return raw if isinstance(raw, str) else 1
        raise ValueError(f"without a claim the key is True or the correction as text, not {raw!r}")

    def tex_of(self, value: Any) -> str:
        return super().tex_of(value) if self.entry is None else self.entry.tex_of(value)

    def options_of(self, item: Any) -> list[DeclaredOption]:
        """The claim alone; it is not printed as an option."""
        return [DeclaredOption("", self.coerce(self.claim(item)))] if self.claim is not None else []

    def neighbour(self, value: Any, step: int, place: int) -> Any:
        if self.entry is not None:
            return self.entry.neighbour(value, step, place)
        return 1 if isinstance(value, str) else "another correction"
