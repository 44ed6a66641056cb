"""Reading TOML strictly: every mistake is an error with file, line and what was expected."""

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from examgen.errors import ExamgenError, nearest

Place = tuple[str | int, ...]

_LONG_TEXT = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'', re.DOTALL)
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-\"' ]+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*(?:=|\.[\w-]+\s*=)""")
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?(/0*[1-9]\d{0,11})?")

_HINTS = {  # what most often lies behind a message of Python's TOML reader
    r"Illegal character '\n'": "; a text ends on its line, with the quote that it began with",
    "Invalid value": "; a text stands in quotes",
    "Cannot overwrite a value": "; is it there twice, or is one of [[…]] written as […]?",
}


class TomlTable:
    """One table of a TOML file, and where its keys stand."""

    def __init__(self, path: Path, data: Mapping[str, Any], place: Place, lines: dict[Place, int]):
        self.path = path
        self.data = data
        self.place = place
        self._lines = lines

    @property
    def name(self) -> str:
        """How an error names it, such as ``[exam]`` or ``question 2``."""
        if not self.place:
            return "the file"
        if isinstance(self.place[-1], int):
            return f"{self.place[-2]} {self.place[-1] + 1}"
        return f"[{self.place[-1]}]"

    def line(self, *keys: str | int) -> int:
        """The line of a key of this table, or of the nearest thing around it."""
        place = (*self.place, *keys)
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def fail(self, message: str, *keys: str | int) -> NoReturn:
        """Raise the error, with file and line of a key."""
        raise ExamgenError(f"{self.path}:{self.line(*keys)}: {message}")

    def only(self, known: Collection[str]) -> None:
        """Refuse any key that is not known."""
        for key in self.data:
            if key not in known:
                hint = nearest(key, known) or f" (there are: {', '.join(known)})"
                self.fail(f"{self.name} has no setting '{key}'{hint}", key)

    def text(self, key: str, default: str | None = "") -> str:
        """A text of one line; without a default it must be there and not be empty."""
        value = self.data.get(key, default)
        if value is None:
            self.fail(f"{self.name} needs '{key}', a text")
        if not isinstance(value, str):
            self.fail(f"'{key}' is a text in quotes, such as {key} = \"…\", not {show(value)}", key)
        if default is None and not value.strip():
            self.fail(f"'{key}' is empty", key)
        return " ".join(value.split())

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty without the key."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fail(f'\'{key}\' is a list of texts, such as ["…", "…"], not {show(value)}', key)
        return tuple(value)

    def flag(self, key: str) -> bool:
        """true or false, false without the key."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.fail(f"'{key}' is true or false, not {show(value)}", key)
        return value

    def whole(self, key: str, default: int | None) -> int | None:
        """A whole number of at least 1."""
        value = self.data.get(key, default)
        if value is not None and (type(value) is not int or value < 1):
            self.fail(f"'{key}' is a whole number of at least 1, not {show(value)}", key)
        return value

    def word(self, key: str, words: Collection[str], default: str) -> str:
        """One of the given words."""
        value = self.text(key, default)
        if value not in words:
            self.fail(
                f"'{key}' is one of {', '.join(words)}, not '{value}'{nearest(value, words)}", key
            )
        return value

    def number(self, key: str, default: Fraction | None) -> Fraction | None:
        """An exact number of at least 0: ``2``, ``2.5``, ``"1/2"``."""
        return self.exact(self.data[key], key) if key in self.data else default

    def exact(self, value: Any, *keys: str) -> Fraction:
        """The exact number that a value of this table is; ``keys`` say where it stands."""
        number = as_number(value)
        if number is None or number < 0:
            self.fail(
                f"'{keys[-1]}' is a number such as 2, 2.5 or \"1/2\", not {show(value)}", *keys
            )
        return number

    def percent(self, key: str) -> Fraction | None:
        """A share written in per cent, such as ``"15 %"``, None without the key."""
        value = self.data.get(key)
        if value is None:
            return None
        text = value.strip() if isinstance(value, str) else ""
        number = as_number(text.removesuffix("%").strip()) if text.endswith("%") else None
        if number is None or number < 0:
            self.fail(f"'{key}' is per cent, such as \"15 %\", not {show(value)}", key)
        return number / 100

    def table(self, key: str) -> Mapping[str, Any]:
        """An inner table, empty without the key."""
        value = self.data.get(key, {})
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            self.fail(f"write [{key}], once, not [[{key}]]", key)
        if not isinstance(value, dict):
            self.fail(f"'{key}' is a table, not {show(value)}", key)
        return value

    def inner(self, key: str) -> "TomlTable":
        """An inner table with its place, empty without the key."""
        return TomlTable(self.path, self.table(key), (*self.place, key), self._lines)

    def tables(self, key: str) -> list["TomlTable"]:
        """The tables written ``[[key]]``, in order."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fail(f"write [[{key}]] above each {key}", key)
        places = enumerate(value)
        return [TomlTable(self.path, one, (*self.place, key, n), self._lines) for n, one in places]


def read_toml(path: Path, content: bytes) -> TomlTable:
    """The whole file as a table; floats are read as exact fractions."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ExamgenError(f"{path}:{line}: not UTF-8 text; save the file as UTF-8") from error
    try:
        data = tomllib.loads(text, parse_float=_exact_float)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", message)
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        reason = message.replace(found[0], "") if found else message
        hint = _HINTS.get(reason, "")
        raise ExamgenError(f"{path}:{line}: not valid TOML: {reason}{hint}") from error
    except RecursionError:
        raise ExamgenError(f"{path}:1: lists or tables are nested too deeply") from None
    except ValueError as error:
        line = text.count("\n", 0, text.find(str(error).split()[0])) + 1
        raise ExamgenError(f"{path}:{line}: {error}") from error
    return TomlTable(path, data, (), _lines_of(text))


def as_number(value: Any) -> Fraction | None:
    """The exact number that a TOML value is (a number, or text such as ``"1/2"``), else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return Fraction(value) if _NUMBER.fullmatch(value.strip()) else None
    return Fraction(value) if isinstance(value, int | Fraction) else None


def show(value: Any) -> str:
    """A TOML value as an error shows it."""
    text = _written(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _written(value: Any) -> str:
    """A value about as it is written in TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return f"{float(value):g}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_written(one)}' for key, one in value.items())} }}"
    return str(value) if isinstance(value, date | time) else repr(value)


def _exact_float(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text.replace("_", "")):
        raise ValueError(f"{text} is not a number that an exam can use; write it plainly, as 0.5")
    return Fraction(text.replace("_", ""))


def _lines_of(text: str) -> dict[Place, int]:
    """The line of each table and key that stands at the start of a line."""
    text = _LONG_TEXT.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)
    lines: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table: Place = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.fullmatch(line):
            first, *rest = [word.strip().strip("\"'") for word in header[2].split(".")]
            if header[1] == "[[" and not rest:
                counts[first] = counts.get(first, -1) + 1
            table = (first, counts[first], *rest) if first in counts else (first, *rest)
            lines.setdefault((first,), number)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, next(filter(None, key.groups()))), number)
    return lines
