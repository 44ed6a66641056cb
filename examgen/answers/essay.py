"""Free text, kept for a human who marks it by its rubric."""

from dataclasses import dataclass
from typing import ClassVar

from examgen.answers.kind import Judgement, Reading, Value
from examgen.answers.scanner import Unreadable, describe
from examgen.answers.text_kind import TextKind
from examgen.language import ENGLISH, Language

MOST_ESSAY_CHARACTERS = 20_000


@dataclass(frozen=True)
class EssayText(TextKind):
    """A text of the student's own; only a human gives it marks."""

    kind: ClassVar[str] = "essay"
    by_hand: ClassVar[bool] = True

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

    def partial(self) -> str:
        """As the rubric says."""
        return "a human gives the marks of each line of the rubric"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return language.text("hint.essay")


def _visible(character: str) -> str:
    """A character, or its code in angle quotes where it cannot be seen."""
    if character.isprintable() or character in "\n\t":
        return character
    return f"‹{describe(character).split(' ')[2]}›" if character != "\u00a0" else " "
