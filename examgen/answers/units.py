"""Units with exact factors: storage, work, time, pixels, shares and plain counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from examgen.answers.numerals import MULTIPLIERS, UNITS
from examgen.answers.scanner import Scanner, Unreadable
from examgen.errors import nearest

_SI = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_IEC = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
_SPELLED = {
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
    "kibi": "Ki", "mebi": "Mi", "gibi": "Gi", "tebi": "Ti",
}  # fmt: skip
_SYNONYMS = {
    "byte": "B", "kbyte": "kB", "mbyte": "MB", "gbyte": "GB", "tbyte": "TB", "pixel": "px",
    "megapixel": "Mpx", "percent": "%", "times": "ratio", "x": "ratio", "×": "ratio",
    "second": "s", "sec": "s", "millisecond": "ms", "msec": "ms", "microsecond": "us",
    "µs": "us", "μs": "us", "nanosecond": "ns", "minute": "min", "hour": "h",
    **{word + "byte": sign + "B" for word, sign in _SPELLED.items()},
    **{word + "bit": sign + "bit" for word, sign in _SPELLED.items() if len(sign) == 1},
}  # fmt: skip
_LETTERS = {"k": 10**3, "m": 10**6, "g": 10**9, "b": 10**9, "bn": 10**9, "t": 10**12}
_LETTERED = ("count", "MACs", "FLOPs", "pixels")  # here ``3.5M`` and ``2B`` are numbers
_FILLERS = frozenset(("in", "total", "per", "image"))
LARGEST_FACTOR = 10**15
FLOPS_PER_MAC = 2  # one multiplication and one addition


@dataclass(frozen=True)
class Unit:
    """A unit: its name as printed, what it measures, and how many base units it is."""

    name: str
    dimension: str
    factor: Fraction

    @property
    def printed(self) -> str:
        """What stands after a number; a ratio has nothing there."""
        return "" if self.name == "ratio" else self.name

    @property
    def words(self) -> str:
        """Such as ``in MB``."""
        return "as a ratio" if self.name == "ratio" else f"in {self.name}"


@dataclass(frozen=True)
class Words:
    """What follows a number: by what it is multiplied, how that was said, and its unit.

    ``other`` is another unit that the same word may mean: ``Mb`` is MB or Mbit.
    """

    factor: int = 1
    said: str = ""
    unit: Unit | None = None
    other: Unit | None = None


def _table() -> dict[str, Unit]:
    """All units that have a name of their own, by it; those of a dimension by rising factors."""
    small: dict[str, Fraction | int] = {
        "n": Fraction(1, 10**9),
        "u": Fraction(1, 10**6),
        "m": Fraction(1, 10**3),
        "": 1,
    }
    units = [
        *_units("storage", {sign + "bit": Fraction(one, 8) for sign, one in _SI.items()}),
        *_units("storage", {sign + "B": one for sign, one in (_SI | _IEC).items()}),
        *_units("MACs", {sign + "MAC": one for sign, one in _SI.items()}),
        *_units("FLOPs", {sign + "FLOP": one for sign, one in _SI.items()}),
        *_units("pixels", {sign + "px": _SI[sign] for sign in ("", "k", "M")}),
        *_units("time", {sign + "s": one for sign, one in small.items()} | {"min": 60, "h": 3600}),
        *_units("share", {"%": Fraction(1, 100), "ratio": 1}),
    ]
    return {unit.name: unit for unit in sorted(units, key=lambda unit: unit.factor)}


def _units(dimension: str, factors: Mapping[str, Fraction | int]) -> list[Unit]:
    return [Unit(name, dimension, Fraction(factor)) for name, factor in factors.items()]


UNITS_BY_NAME = _table()


def unit_named(name: str) -> Unit:
    """The unit that an item asks for: of the table, or a count such as ``million weights``.

    Raises ValueError for a name that is nearly one of the table.
    """
    if name in UNITS_BY_NAME:
        return UNITS_BY_NAME[name]
    known, _ = unit_written(name, "")
    if not name.strip() or known:
        hint = f"; did you mean '{known.name}'?" if known else nearest(name, UNITS_BY_NAME)
        raise ValueError(f"there is no unit '{name}'{hint}")
    return Unit(name, "count", Fraction(MULTIPLIERS.get(name.split()[0].lower(), 1)))


def words_after(scanner: Scanner, asked: Unit) -> Words:
    """The rest of the text as words after a number; raises `Unreadable` for unknown ones."""
    words = Words()
    scanner.skip()
    while scanner.peek():
        start = scanner.at
        word = _word(scanner, asked)
        if not word:
            break
        words = _with_word(words, word, asked, scanner, start)
        scanner.skip(" \n-")
    if scanner.text[scanner.at :] == ".":
        scanner.at += 1
    if scanner.peek():
        raise scanner.unexpected()
    return words


def _word(scanner: Scanner, asked: Unit) -> str:
    """The letters, or the one sign of a unit, from here on; maybe nothing."""
    if scanner.peek() in ("%", "×" if asked.dimension == "share" else "%"):
        scanner.at += 1
        return scanner.text[scanner.at - 1]
    start = scanner.at
    scanner.at += scanner.peek() in "µμ"
    scanner.letters()
    return scanner.text[start : scanner.at]


def _with_word(words: Words, word: str, asked: Unit, scanner: Scanner, start: int) -> Words:
    """The words and one more."""
    if not words.unit:
        if times := _multiplier(word, asked.dimension):
            if words.factor * times > LARGEST_FACTOR:
                raise scanner.refuse(f"the number is beyond {LARGEST_FACTOR}:", start)
            return Words(words.factor * times, f"{words.said} {word}".strip())
        if _is_counted(word, asked):
            return replace(words, unit=asked)
        unit, note = unit_written(word, asked.dimension)
        if unit and (unit.name != "ratio" or asked.dimension == "share"):
            scanner.notes += [note] if note else []
            bits = UNITS_BY_NAME.get(f"{word}it") if word[-1] == "b" else None
            return replace(words, unit=unit, other=bits)
    counted = UNITS if asked.dimension == "count" else frozenset[str]()
    if word.lower() in _FILLERS | counted or _is_counted(word, asked):
        return words
    known = ", ".join(one.printed for one in units_of(asked.dimension) or [asked] if one.printed)
    raise Unreadable(
        f"unknown unit '{word[:40]}' at character {start + 1} (known: {known})", start + 1
    )


def _multiplier(word: str, dimension: str) -> int | None:
    """What ``million`` multiplies by, or ``M`` where a number of plain things is asked for."""
    if word.lower() in MULTIPLIERS:
        return MULTIPLIERS[word.lower()]
    return _LETTERS.get(word.lower()) if dimension in _LETTERED else None


def _is_counted(word: str, asked: Unit) -> bool:
    """Whether a word names what is counted, such as ``weights``."""
    nouns = {noun.removesuffix("s") for noun in asked.name.lower().split()}
    return asked.dimension == "count" and word.lower().removesuffix("s") in nouns


def unit_written(word: str, dimension: str) -> tuple[Unit | None, str]:
    """The unit that a student's word means, and a note where its spelling is another one's."""
    for one in (word, word[:-1] if word[-1:] in "sS" else word):
        if one in UNITS_BY_NAME:
            return UNITS_BY_NAME[one], ""
        if one.lower() in _SYNONYMS:
            return UNITS_BY_NAME[_SYNONYMS[one.lower()]], ""
    for one in (word.lower(), word.lower().removesuffix("s")):
        alike = [unit for name, unit in UNITS_BY_NAME.items() if name.lower() == one]
        here = [unit for unit in alike if unit.dimension == dimension] or alike
        if len(here) == 1:
            return here[0], f"'{word}' read as {here[0].name}"
    return None, ""


def units_of(dimension: str) -> list[Unit]:
    """The named units of a dimension, the smallest first."""
    return [unit for unit in UNITS_BY_NAME.values() if unit.dimension == dimension]
