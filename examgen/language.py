"""Languages: the words that examgen itself puts on a paper, by keys, and how numbers are written.

The texts lie in TOML files, ``templates/i18n/en.toml`` and one for each other language; a theme's
folder ``i18n`` may change some of them or bring a language of its own. What a language lacks is
English. A text that depends on a number has two forms, ``one`` and ``other``.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from examgen.errors import ExamgenError, nearest
from examgen.resources import bundled

FOLDER = "i18n"  # of the bundled templates, and of a theme
PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*")
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_SEPARATOR = re.compile(  # a comma beside a number that has one
    r"(?<=\d)(?P<after>\{,\}\d+),|(?<![\\{]),(?=(?:\s|\\[,;] ?)*-?\d+\{,\}\d)"
)
_MARKS = (".", ",")  # that decimals may have
_VULGAR = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾"}

Text = str | Mapping[str, str]  # plain, or the forms by their names


@dataclass(frozen=True)
class Language:
    """A language by its BCP 47 tag, such as ``tr`` or ``de-CH``, with its texts by key."""

    tag: str
    texts: Mapping[str, Text] = field(repr=False, hash=False)

    def text(self, key: str, /, **values: Any) -> str:
        """The text of a key with its placeholders filled in; `n` chooses between its forms.

        Whole numbers and fractions are printed as marks are: ``3``, ``2½``, ``5/3``.
        """
        found = self.texts[key]
        if not isinstance(found, str):
            form = "one" if values["n"] == 1 else "other"
            found = found.get(form, found["other"])
        return PLACEHOLDER.sub(lambda place: _shown(values[place[1]]), found)

    def listed(self, words: Sequence[str]) -> str:
        """Words in a row: ``a``, ``a and b``, ``a, b and c``."""
        *most, last = words
        return self.text("choose.and", most=", ".join(most), last=last) if most else last

    @property
    def decimal_comma(self) -> bool:
        """Whether decimals are written as ``3,14``."""
        return self.texts["language.decimal"] == ","

    @property
    def ranges(self) -> tuple[str, ...]:
        """The tag and what it is a kind of, the nearest first: ``de-ch``, ``de``."""
        return _ranges(self.tag)

    def numeral(self, digits: str) -> str:
        """A number in digits, as this language writes it: ``1.5`` or ``1,5``."""
        return _DECIMAL_POINT.sub(",", digits) if self.decimal_comma else digits

    def formula(self, tex: str) -> str:
        """A formula whose decimals are written as in this language.

        Beside a number with a decimal comma a semicolon separates: ``(2,8; 0,5)``.
        """
        if not self.decimal_comma:
            return tex
        tex = _DECIMAL_POINT.sub("{,}", tex)
        return _SEPARATOR.sub(lambda found: f"{found['after'] or ''};", tex)


def find_language(tag: str, theme: Path | None = None) -> Language:
    """The language of a tag, as it is bundled or as the theme has it.

    Raises `ExamgenError` for a tag that is none, with the nearest of those that there are, and for
    a file of a theme that does not fit.
    """
    folders = [bundled("templates") / FOLDER] + ([theme / FOLDER] if theme else [])
    files = _files(folders)
    if not _TAG.fullmatch(tag):
        raise ExamgenError(f"'{tag}' is no tag of a language, such as {', '.join(sorted(files))}")
    texts = dict(_read(bundled("templates") / FOLDER / "en.toml"))
    found = [range_ for range_ in _ranges(tag) if range_ in files]
    if not found:
        known = sorted(files)
        hint = nearest(tag, known)
        raise ExamgenError(
            f"there is no language '{tag}'{hint} (there are: {', '.join(known)}; a theme may bring "
            f"others in its folder {FOLDER})"
        )
    for range_ in reversed(found):
        for path in files[range_]:
            _check(path, texts)
            texts |= _read(path)
    return Language(_canonical(tag), texts)


def check_texts(theme: Path) -> None:
    """Raise `ExamgenError` for a mistake in the texts of a theme."""
    for path in sorted((theme / FOLDER).glob("*")):
        if path.suffix == ".toml":
            find_language(path.stem, theme)


def _files(folders: list[Path]) -> dict[str, list[Path]]:
    """The files of each language, those that come over the others last."""
    files: dict[str, list[Path]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            files.setdefault(path.stem.casefold(), []).append(path)
    return files


def _ranges(tag: str) -> tuple[str, ...]:
    """A tag and its beginnings, the longest first (the lookup of RFC 4647)."""
    parts = tag.casefold().split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def _canonical(tag: str) -> str:
    """A tag in the case that is usual: ``de-CH``, ``sr-Latn``."""
    first, *rest = tag.split("-")
    cased = [one.upper() if len(one) == 2 else one.title() if len(one) == 4 else one.lower()
             for one in rest]  # fmt: skip
    return "-".join([first.lower(), *cased])


def _read(path: Path) -> dict[str, Text]:
    try:
        return _parsed(path, path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise ExamgenError(f"{path}: not UTF-8 text; save the file as UTF-8") from error


@lru_cache(maxsize=64)
def _parsed(path: Path, content: str) -> dict[str, Text]:
    """The texts in the content of a file, by their keys."""
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ExamgenError(f"{path}: {error}") from error
    texts: dict[str, Text] = {}
    for table, entries in tables.items():
        if not isinstance(entries, dict):
            _refuse(path, content, table, f"'{table}' stands in no table such as [paper]")
        for name, text in entries.items():
            plural = isinstance(text, dict) and set(text) <= {"one", "other"} and "other" in text
            forms = text.values() if isinstance(text, dict) else [text]
            if not (plural or isinstance(text, str)) or not all(isinstance(f, str) for f in forms):
                _refuse(path, content, name, f"'{name}' is a text, or its forms one and other")
            texts[f"{table}.{name}"] = text
    return texts


def _check(path: Path, known: Mapping[str, Text]) -> None:
    """Raise `ExamgenError` for a key or a placeholder that no English text has."""
    content = path.read_text("utf-8")
    for key, text in _read(path).items():
        name = key.partition(".")[2]
        if key not in known:
            _refuse(path, content, name, f"there is no text '{key}'{nearest(key, known)}")
        allowed = placeholders(known[key])
        if strange := sorted(placeholders(text) - allowed):
            has = ", ".join(f"{{{one}}}" for one in sorted(allowed)) or "none"
            _refuse(
                path, content, name,
                f"'{key}' has no value {{{strange[0]}}}{nearest(strange[0], allowed)} "
                f"(it has: {has})",
            )  # fmt: skip
        if key == "language.decimal" and text not in _MARKS:
            _refuse(path, content, name, '\'decimal\' is "." or ","')


def placeholders(text: Text) -> frozenset[str]:
    """The names of the values that a text takes, in any of its forms."""
    forms = [text] if isinstance(text, str) else text.values()
    return frozenset(found[1] for form in forms for found in PLACEHOLDER.finditer(form))


def _refuse(path: Path, content: str, name: str, message: str) -> NoReturn:
    """Raise the error at the line that gives a name."""
    found = re.search(rf"^[ \t]*\"?{re.escape(name)}\"?\s*=", content, re.MULTILINE)
    line = f":{content.count(chr(10), 0, found.start()) + 1}" if found else ""
    raise ExamgenError(f"{path}{line}: {message}")


def marks_in_figures(marks: int | Fraction) -> str:
    """Marks as printed: ``3``, ``2½``, ``½``, ``5/3``."""
    whole, rest = divmod(Fraction(marks), 1)
    if rest == 0:
        return str(whole)
    if rest in _VULGAR:
        return f"{whole or ''}{_VULGAR[rest]}"
    return f"{Fraction(marks).numerator}/{Fraction(marks).denominator}"


def _shown(value: object) -> str:
    return marks_in_figures(value) if isinstance(value, int | Fraction) else str(value)


ENGLISH = find_language("en")


def side_files(path: Path) -> dict[str, Path]:
    """The side files of an item model's file by the tags of their languages, in small letters."""
    found = sorted(path.parent.glob(f"{path.stem}.*.md"))
    return {one.name[len(path.stem) + 1 : -len(".md")].casefold(): one for one in found}
