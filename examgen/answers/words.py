"""A word or a few, known by a list of forms; slips of spelling are told from other meanings."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal, Self, TypeAlias, get_args

from rapidfuzz.distance import OSA

from examgen.answers.kind import Judgement, Reading, Value
from examgen.answers.scanner import Scanner, Unreadable, describe
from examgen.answers.text_kind import TextKind
from examgen.language import ENGLISH, Language

Slips: TypeAlias = Literal["right", "review"]
Otherwise: TypeAlias = Literal["review", "wrong"]
MOST_LETTERS = 120
_ARTICLES = frozenset(("a", "an", "the"))
_BETWEEN = re.compile(r"[\s\-_.,;:?'\"()\[\]{}/`“”„«»]+")  # what may stand between words, or not


@dataclass(frozen=True)
class Words(TextKind):
    """A meaning, by its name: the first of its forms. `meanings` are the forms of all meanings.

    Which meaning is the key is not said here. Case, spaces, hyphens, punctuation and articles do
    not count. With `slips` a word that is nearly that of a form is taken for it with a note
    ("right") or goes to a human ("review"); what is no known form is `otherwise`.
    """

    kind: ClassVar[str] = "words"
    not_right: ClassVar[str] = "Not right."
    meanings: tuple[tuple[str, ...], ...] = ()
    slips: Slips = "right"
    otherwise: Otherwise = "review"

    def __post_init__(self) -> None:
        """Refuse forms of two meanings, forms without letters, and unknown settings."""
        for name, known in (("slips", Slips), ("otherwise", Otherwise)):
            if getattr(self, name) not in get_args(known):
                raise ValueError(f"{name} is {' or '.join(get_args(known))}")
        owners: dict[str, str] = {}
        for forms in self.meanings:
            for form in forms:
                if not _words(form):
                    raise ValueError(f"a form needs letters: {form!r}")
                for spelt in _spelt(form):
                    if (other := owners.setdefault(spelt, forms[0])) != forms[0]:
                        raise ValueError(f"'{form}' is a form of '{other}' and of '{forms[0]}'")

    @property
    def names(self) -> list[str]:
        """The names of all meanings."""
        return [forms[0] for forms in self.meanings]

    @property
    def by_equality(self) -> bool:
        """Always: a response is read as a meaning."""
        return True

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The name of the meaning, or the text itself where it is no known form."""
        scanner = Scanner(text)
        written = scanner.text[scanner.at :]
        if len(written) > MOST_LETTERS:
            raise Unreadable(f"a few words were expected, not {len(written)} characters")
        for at, character in enumerate(written, scanner.at):
            if not character.isprintable() and character != "\n":
                raise Unreadable(f"unexpected {describe(scanner.original[at])}", at + 1)
        shown = " ".join(written.split())
        name, slip = _meaning(self.meanings, written)
        if not name:
            return Reading(shown.lower(), shown)
        if not slip:
            return Reading(name, shown)
        note = f"taken as '{slip}', misspelt"
        if self.slips == "right":
            return Reading(name, shown, (note,))
        return Reading(shown.lower(), shown, alternatives=(Reading(name, slip),))

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """Right where the meanings are the same; what is no known form is not decided by itself."""
        if reading.value == key:
            return Judgement.right(f"'{reading.shown}' means '{self.show(key)}'")
        if reading.alternatives:
            near = reading.alternatives[0]
            evidence = f"'{reading.shown}' may be '{near.shown}' misspelt"
            return Judgement.undecided(evidence, suggested=self.judge(near, key).credit)
        if reading.value in self.names:
            return Judgement.wrong(f"'{reading.shown}' is not '{self.show(key)}'")
        evidence = f"'{reading.shown}' is none of the known forms"
        if self.otherwise == "review":
            return Judgement.undecided(evidence)
        return Judgement.wrong(f"{evidence} of '{self.show(key)}'")

    def check_key(self, value: Value) -> None:
        """Refuse what is not the name of a meaning."""
        if value not in self.names:
            raise ValueError(f"'{value}' is none of the meanings {', '.join(self.names)}")

    def partial(self) -> str:
        """Nothing, but a human may see it otherwise."""
        unknown = "; a human decides on other words" if self.otherwise == "review" else ""
        return f"right or wrong, nothing in between{unknown}"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return language.text("hint.words")

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        meanings = tuple(tuple(forms) for forms in settings["meanings"])
        return cls(**settings | {"meanings": meanings})


@lru_cache(maxsize=20_000)
def _meaning(meanings: tuple[tuple[str, ...], ...], text: str) -> tuple[str, str]:
    """The name of the meaning of a text, and the form that it is a slip of; ``""`` for none.

    A slip must be nearer to its meaning than to every form of another one, letter by letter.
    """
    for forms in meanings:
        if any(_spelt(text) & _spelt(form) for form in forms):
            return forms[0], ""
    nearest = sorted((min(_distance(text, form) for form in forms), forms) for forms in meanings)
    if not nearest or (len(nearest) > 1 and nearest[0][0] == nearest[1][0]):
        return "", ""
    forms = nearest[0][1]
    slip = next((form for form in forms if _is_slip(text, form)), "")
    return (forms[0], slip) if slip else ("", "")


def _words(text: str) -> list[str]:
    """The words in small letters, without articles."""
    words = _BETWEEN.sub(" ", text.lower()).split()
    return [word for word in words if word not in _ARTICLES]


def _spelt(text: str) -> frozenset[str]:
    """The letters of a text in a row, without its articles and (for ``à trous``) with them."""
    spelt = "".join(_words(text)), _BETWEEN.sub("", text.lower())
    return frozenset(filter(None, spelt))


def _distance(text: str, form: str) -> int:
    """How many letters are added, dropped, replaced or exchanged with their neighbour."""
    return OSA.distance("".join(_words(text)), "".join(_words(form)))


def _is_slip(text: str, form: str) -> bool:
    """Whether each word is nearly that of the form; where words are split or joined, the whole."""
    words, others = _words(text), _words(form)
    if len(words) == len(others):
        return all(map(_nearly, words, others))
    return _nearly("".join(words), "".join(others), most=1)


def _nearly(word: str, other: str, *, most: int = 2) -> bool:
    """Whether one slip (two from 9 letters on) turns a word of 5 letters or more into the other.

    The first letter and all digits must be right: prefixes (un-, in-, de-) and numbers turn a
    meaning, and slips seldom hit them.
    """
    if word == other:
        return True
    length = min(len(word), len(other))
    slips = min(most, (length >= 5) + (length >= 9))
    digits = [[letter for letter in one if letter.isdigit()] for one in (word, other)]
    if word[:1] != other[:1] or digits[0] != digits[1]:
        return False
    return OSA.distance(word, other) <= slips
