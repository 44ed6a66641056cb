"""Answer kinds whose values are texts."""

from dataclasses import dataclass
from typing import cast

from examgen.answers.kind import Kind, Packed, Value

_TEX = {character: rf"\{character}" for character in "{}$&#%_"} | {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True)
class TextKind(Kind):
    """A kind whose value is a text: in the record, in print and in TeX it is that text."""

    @property
    def in_words(self) -> bool:
        """Always."""
        return True

    def coerce(self, raw: object) -> Value:
        """The text."""
        if not isinstance(raw, str):
            raise TypeError(f"a text was expected, not {raw!r}")
        return raw

    def pack(self, value: Value) -> Packed:
        """The text."""
        return cast(str, self.coerce(value))

    def unpack(self, packed: Packed) -> Value:
        """The text."""
        return self.coerce(packed)

    def show(self, value: Value) -> str:
        """The text."""
        return cast(str, self.coerce(value))

    def tex(self, value: Value) -> str:
        r"""The text in ``\text``, its special characters escaped."""
        line = self.show(value).replace("\n", " ")
        return rf"\text{{{''.join(_TEX.get(character, character) for character in line)}}}"
