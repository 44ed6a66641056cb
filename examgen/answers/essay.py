"""Free text, kept for a human who marks it by its rubric."""

from dataclasses import dataclass
from typing import ClassVar, cast

from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.scanner import Unreadable, describe
from examgen.language import ENGLISH, Language

MOST_ESSAY_CHARACTERS = 20_000
_TEX = {character: rf"\{character}" for character in "{}$&#%_"} | {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True)
class EssayText(Kind):
    """A text of the student's own; only a human gives it marks."""

    kind: ClassVar[str] = "essay"
    by_hand: ClassVar[bool] = True

    @property
    def in_words(self) -> bool:
        """Always."""
        return True

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The text itself; control characters are shown by their codes."""
        if len(text) > MOST_ESSAY_CHARACTERS:
            raise Unreadable(
                f"the text has {len(text)} characters, at most {MOST_ESSAY_CHARACTERS} are kept"
            )
        if not text.strip():
            raise Unreadable("the answer is blank")
        value = text.replace("\r\n", "\n").replace("\r", "\n")
        shown = "".join(_visible(character) for character in value)
        notes = ("invisible characters are shown by their codes",) if shown != value else ()
        return Reading(value, shown, notes)

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """Refused: ask `by_hand` first."""
        raise TypeError("an essay is marked by a human, by its rubric")

    def coerce(self, raw: object) -> Value:
        """The text."""
        if not isinstance(raw, str):
            raise TypeError(f"an essay's value is text, not {raw!r}")
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
        return text_tex(self.show(value))

    def partial(self) -> str:
        """As the rubric says."""
        return "a human gives the marks of each line of the rubric"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return language.text("hint.essay")


def text_tex(text: str) -> str:
    r"""A text in ``\text``, its special characters escaped."""
    line = text.replace("\n", " ")
    return rf"\text{{{''.join(_TEX.get(character, character) for character in line)}}}"


def _visible(character: str) -> str:
    """A character, or its code in angle quotes where it cannot be seen."""
    if character.isprintable() or character in "\n\t":
        return character
    return f"‹{describe(character).split(' ')[2]}›" if character != "\u00a0" else " "
