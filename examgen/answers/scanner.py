"""A cursor over a student's text, its characters mapped one by one so that positions stay.

Unicode normalisation is never used (NFKC turns ``10²`` into ``102``), and every limit is checked
before any work is done.
"""

import re
import unicodedata

MOST_CHARACTERS = 2000
MOST_TOKENS = 400
DEEPEST_NESTING = 40
MOST_DIGITS = 60
LARGEST_EXPONENT = 400

DIGITS = frozenset("0123456789")
CLOSERS = {"(": ")", "[": "]", "{": "}"}
_CALCULATING = frozenset("+-*/^×·<>≤≥!")
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))

_SPACES = "\t\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_MAPPED = {
    " ": _SPACES + "\u202f\u205f\u3000\u200b\u2060\ufeff\u00ad",
    "\n": "\u0085\u2028\u2029",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "/": "\u00f7\u2044\u2215",
    "×": "\u2715\u2a2f",
    "·": "\u22c5\u2219\u2022",
    "'": "\u2018\u2019\u2032",
    "≈": "\u2243\u223c~",
}
_MAP = {ord(source): target for target, sources in _MAPPED.items() for source in sources}

_MONTHS = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept "
    "september oct october nov november dec december oca ocak şub şubat mart nis nisan mayıs haz "
    "haziran tem temmuz ağu ağustos eyl eylül eki ekim kas kasım ara aralık mär märz mai okt dez"
)
_MONTH = "(?:" + "|".join(sorted(_MONTHS.split(), key=len, reverse=True)) + ")"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?: ?[ap]m)?"
_SPOILED = re.compile(
    rf"#.*|{_TIME}"
    rf"|(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|\d{{1,2}}[-./]\d{{1,2}}[-./](?:\d{{4}}|\d{{2}}))"
    rf"(?:[ t]{_TIME})?"
    rf"|\d{{1,4}}[-. /]{{0,2}}{_MONTH}(?:[-. /]{{1,2}}\d{{2,4}})?|{_MONTH}[-. /]{{0,2}}\d{{1,4}}"
    r"|(?-i:[-+]?\d(?:[.,]\d+)?E[-+]\d{2,3})"
    r"|[-+]?[1-9]\d{13}[1-9]0+",  # of a number only 15 digits are kept
    re.IGNORECASE | re.DOTALL | re.ASCII,
)


class Unreadable(Exception):
    """A response that cannot be read as an answer of its kind, in words for the student.

    ``position`` counts from 1 in the student's own text; ``spoiled`` says that a spreadsheet seems
    to have changed the cell, so that it is never the student's fault.
    """

    def __init__(self, message: str, position: int | None = None, *, spoiled: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.spoiled = spoiled


class Scanner:
    """A cursor over mapped text; ``text`` has the positions of the student's own ``original``."""

    __slots__ = ("at", "decimal_comma", "notes", "original", "text", "tokens")

    def __init__(self, text: str, *, decimal_comma: bool = False) -> None:
        """Take a response; raises `Unreadable` where it is blank, too long or spoiled."""
        if len(text) > MOST_CHARACTERS:
            raise Unreadable(
                f"the answer has {len(text)} characters, at most {MOST_CHARACTERS} are read"
            )
        self.original = text
        self.decimal_comma = decimal_comma
        self.text = text.translate(_MAP).rstrip(" \n")
        self.at = 0
        self.tokens = 0
        self.notes: list[str] = []
        self.skip()
        if self.skip("' \n"):  # apostrophes mark a text in a spreadsheet
            self.notes.append("apostrophe ignored")
        if self.text[self.at :] in ("", "-"):
            raise Unreadable("the answer is blank")
        if is_spoiled(self.text, self.at):
            shown = self.plain(self.at, self.at + 40)
            raise Unreadable(
                f"'{shown}' looks like a cell that a spreadsheet has changed", spoiled=True
            )

    def peek(self) -> str:
        """The next character, or ``""`` at the end."""
        return self.text[self.at : self.at + 1]

    def skip(self, spaces: str = " \n") -> bool:
        """Move over spaces; whether there were any."""
        start, text, end = self.at, self.text, len(self.text)
        while self.at < end and text[self.at] in spaces:
            self.at += 1
        return self.at > start

    def digits(self) -> str:
        """The ASCII digits from here on, maybe none."""
        start, text, end = self.at, self.text, len(self.text)
        while self.at < end and text[self.at] in DIGITS:
            self.at += 1
        return text[start : self.at]

    def letters(self) -> str:
        """The ASCII letters from here on, maybe none."""
        start, text, end = self.at, self.text, len(self.text)
        while self.at < end and text[self.at].isascii() and text[self.at].isalpha():
            self.at += 1
        return text[start : self.at]

    def count(self) -> None:
        """Count one more number or bracket; raises `Unreadable` beyond the limit."""
        self.tokens += 1
        if self.tokens > MOST_TOKENS:
            raise Unreadable(f"more than {MOST_TOKENS} numbers and brackets")

    def plain(self, start: int, end: int) -> str:
        """A stretch of the text without characters that cannot be seen."""
        return "".join(one if one.isprintable() else " " for one in self.text[start:end])

    def skip_name(self) -> None:
        """Move over a prefix such as ``H_out =``, with a note; a chain of ``=`` is refused."""
        signs = [at for at in range(self.at, len(self.text)) if self.text[at] in "=≈"]
        if not signs:
            return
        if len(signs) > 1:
            raise self.refuse("more than one '=': write only the result, the second", signs[1])
        name = self.text[self.at : signs[0]].strip()
        plain = name.isprintable() and not _CALCULATING.intersection(name)
        if name and not (plain and name[0].isalpha() and len(name) <= 40):
            raise self.refuse("write only the result, or a name before the", signs[0])
        self.notes.append(f"'{(name + ' ' + self.text[signs[0]]).strip()}' ignored")
        self.at = signs[0] + 1
        self.skip()

    def refuse(self, message: str, at: int | None = None) -> Unreadable:
        """An `Unreadable` that names the character here, or at an index, and its position."""
        at = self.at if at is None else at
        if at >= len(self.text):
            return Unreadable(f"{message} at the end", len(self.text) + 1)
        return Unreadable(f"{message} {describe(self.original[at])} at character {at + 1}", at + 1)

    def unexpected(self) -> Unreadable:
        """An `Unreadable` for the character here, which does not belong to the answer."""
        character = self.peek()
        if character and character in "+*·×^":
            return self.refuse("write only the result, not a calculation: found")
        if character and character in SUPERSCRIPTS:
            return self.refuse("write the number in full: found")
        return self.refuse("unexpected" if character else "something is missing")


def without_turkish_dots(word: str) -> str:
    """A word in small letters in which ``ı`` and ``i`` are one: ``YANLIŞ`` is ``yanlış`` too."""
    return word.lower().replace("ı", "i").replace("\u0307", "")


def describe(character: str) -> str:
    """A character in words, so that look-alikes and invisible ones can be told."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    if not character.isprintable() or unicodedata.category(character)[0] in "CMZ":
        return f"invisible character {code}{f' ({name})' if name else ''}"
    return f"'{character}'" if character.isascii() else f"'{character}' ({name or code})"


def is_spoiled(text: str, at: int = 0) -> bool:
    """Whether a mapped text, from a place on, looks like what spreadsheets make of cells."""
    return bool(_SPOILED.fullmatch(text, at, min(len(text), at + 40)))


def is_blank(text: str) -> bool:
    """Whether nothing was answered: no text, spaces, or the dash that Moodle writes."""
    text = text.strip()
    return len(text) <= MOST_CHARACTERS and text.translate(_MAP).strip() in ("", "-")
