"""Letters of printed options: what the kinds share whose responses name options by letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase
from typing import ClassVar

from examgen.answers.kind import Kind
from examgen.answers.scanner import Scanner
from examgen.language import ENGLISH, Language

SEPARATORS = frozenset(" \n,;/+&()[]{}.:=")
_FILLERS = frozenset(("and", "answer", "answers", "option", "options", "choice", "choices"))


@dataclass(frozen=True)
class Lettered(Kind):
    """A kind whose responses name some of `count` printed options by their letters."""

    lettered: ClassVar[bool] = True
    not_right: ClassVar[str] = "Not right."
    count: int = 4

    @property
    def in_words(self) -> bool:
        """Letters are."""
        return True

    def __post_init__(self) -> None:
        """Refuse more options than letters."""
        if not 1 <= self.count <= len(ascii_uppercase):
            raise ValueError(f"there are 1 to {len(ascii_uppercase)} options, not {self.count}")


def written_letters(
    scanner: Scanner, count: int, *, separators: frozenset[str] = SEPARATORS
) -> list[int]:
    """The positions of the letters in the rest of the text, as they were written."""
    found: list[int] = []
    while scanner.peek():
        if scanner.peek() in separators:
            scanner.at += 1
        else:
            found += letters_of_word(scanner, count)
    return found


def letters_of_word(scanner: Scanner, count: int) -> list[int]:
    """The positions of the letters of the word here, none for one such as ``and``.

    Raises `Unreadable` at what is not a letter of so many options.
    """
    start = scanner.at
    word = scanner.letters()
    if word.lower() in _FILLERS:
        return []
    for at, letter in enumerate(word.upper() or "?", start):
        if letter not in ascii_uppercase[:count]:
            raise scanner.refuse(f"the letters are {allowed(count)}, not", at)
    return [ascii_uppercase.index(letter) for letter in word.upper()]


def allowed(count: int, language: Language = ENGLISH) -> str:
    """The letters of so many options in words."""
    if count > 2:
        return language.text("hint.letters", last=ascii_uppercase[count - 1])
    return language.text("hint.two_letters") if count == 2 else "A"


def joined(positions: Iterable[int]) -> str:
    """Such as ``A, C`` for letters at positions."""
    return ", ".join(ascii_uppercase[at] for at in positions)


def unpack_letters(packed: object, count: int) -> list[int]:
    """The positions of packed letters; raises ValueError for anything else."""
    if not isinstance(packed, str) or not set(packed) <= set(ascii_uppercase[:count]):
        raise ValueError(f"not packed letters of {allowed(count)}: {packed!r}")
    return [ascii_uppercase.index(letter) for letter in packed]


def places(offered: object, count: int) -> list[int]:
    """The options' places as declared, in printed order; raises ValueError where they are not."""
    if not isinstance(offered, list | tuple) or sorted(map(str, offered)) != sorted(
        map(str, range(count))
    ):
        raise ValueError(f"{count} options by their places were expected, not {offered!r}")
    return list(offered)


def in_words(things: list[str]) -> str:
    """Such as ``A``, ``A and B`` or ``A, B and C``."""
    return " and ".join(filter(None, (", ".join(things[:-1]), *things[-1:])))
