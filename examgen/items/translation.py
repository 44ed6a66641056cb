"""Translations: the texts of an item model in another language, from a side file.

``layer_cost.tr.md`` beside ``layer_cost.py`` has a heading for each text, the name of its attribute
(``# stem``, ``# height.prompt``, ``# height.misconceptions."forgot +1"``), and the text below it.
What a side file leaves out is printed as the item model has it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from examgen.errors import ExamgenError, nearest
from examgen.items.choices import MultipleChoice
from examgen.items.essay import Essay
from examgen.items.parts import Part
from examgen.items.texts import ShortText
from examgen.language import Language

if TYPE_CHECKING:
    from examgen.items.item import Item

_HEADING = re.compile(
    r"# +(?P<place>[\w.]+?)(?:\.\"(?P<name>[^\"]+)\")?(?: *: *(?P<title>\S.*?))? *"
)
_ENTRY = re.compile(r"(?:[-*]|\d+[.)]) +")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VALUES = "values"  # texts that parameters and keys take, by name
_WORD = re.compile(r"[^\W\d_]{4}")  # of a unit, which is no sign that all languages share


@dataclass(frozen=True)
class Translated:
    """A text of a side file with the line of the file at which it begins."""

    content: str
    line: int


@dataclass(frozen=True)
class Translation:
    """The texts of a side file by their places; ``lists`` are several of one place.

    ``names`` are those of misconceptions, by the places of their feedback.
    """

    path: Path
    texts: Mapping[str, Translated]
    lists: Mapping[str, Sequence[Translated]]
    names: Mapping[str, str]


def translation(model: "type[Item]", language: Language) -> Translation | None:
    """The texts of an item model in a language; None without a side file.

    Raises `ExamgenError` with file and line for a heading that is no text of the item model.
    """
    for range_ in language.ranges:
        if range_ in model.translations:
            return read_translation(model, model.translations[range_])
    return None


def missing_texts(model: "type[Item]", language: Language) -> list[str]:
    """The places of texts that are in words, and that an item model does not have in a language."""
    own = translation(model, language)
    known = {*own.texts, *own.lists} if own else set()
    return [place for place, (_, words) in places(model).items() if words and place not in known]


def places(model: "type[Item]") -> dict[str, tuple[int, bool]]:
    """The places of texts that an item model has: how many texts, and whether words need them.

    The number is 0 for a plain text; a list has one for each of its entries.
    """
    found = {"title": (0, True), "stem": (0, True), "solution": (0, True)}
    for name, part in model.declaration.parts.items():
        found |= {f"{name}.{place}": rest for place, rest in _of_part(part)}
    return found


def _of_part(part: Part) -> Iterator[tuple[str, tuple[int, bool]]]:
    yield "prompt", (0, True)
    yield "unit", (0, bool(_WORD.search(part.unit)))
    if isinstance(part, MultipleChoice):
        yield "option", (0, bool(_WORD.search(re.sub("<<.*?>>", "", part.option))))
    for sort in ("options", "rows"):
        if texts := getattr(part, sort, ()):
            yield sort, (len(texts), True)
    for wrong in part.misconceptions:
        yield f'misconceptions."{wrong.name}"', (0, True)
    if isinstance(part, ShortText):
        for meaning, *_ in part.meanings:
            yield f'forms."{meaning}"', (0, True)
    if isinstance(part, Essay):
        yield "rubric", (len(part.rubric), True)
        yield "model_answer", (0, True)


def read_translation(model: "type[Item]", path: Path) -> Translation:
    """The texts of a side file; raises `ExamgenError` with file and line for what does not fit."""
    try:
        content = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ExamgenError(f"{path}: not UTF-8 text; save the file as UTF-8") from error
    return _Reader(path, places(model)).read(content)


class _Reader:
    def __init__(self, path: Path, known: Mapping[str, tuple[int, bool]]):
        self.path, self.known = path, known
        self.texts: dict[str, Translated] = {}
        self.lists: dict[str, Sequence[Translated]] = {}
        self.names: dict[str, str] = {}

    def read(self, content: str) -> Translation:
        lines = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), content).split("\n")
        starts = [at for at, line in enumerate(lines) if line.startswith("# ")]
        for at, line in enumerate(lines[: starts[0] if starts else None]):
            if line.strip():
                self._refuse(at, "a text stands below a heading such as '# stem'")
        for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            self._take(at, lines[at], lines[at + 1 : end])
        return Translation(self.path, self.texts, self.lists, self.names)

    def _take(self, at: int, heading: str, below: Sequence[str]) -> None:
        """One heading with the text below it."""
        found = _HEADING.fullmatch(heading)
        if found is None:
            self._refuse(at, f"'{heading}' is no heading such as '# stem'")
        place = found["place"] + (f'."{found["name"]}"' if found["name"] else "")
        if place not in self.known and found["place"] != _VALUES:
            self._refuse(at, f"there is no text '{place}'{nearest(place, self.known)}")
        if place in self.texts or place in self.lists:
            self._refuse(at, f"'{place}' stands in this file twice")
        if not any(line.strip() for line in below):
            self._refuse(at, f"'{place}' has no text below it")
        if found["title"]:
            if ".misconceptions." not in place:
                self._refuse(at, "only a misconception has its name after a colon")
            self.names[place] = found["title"]
        count, _ = self.known.get(place, (0, False))
        if count:
            self.lists[place] = self._entries(at, place, below, count)
        else:
            self.texts[place] = Translated("\n".join(below), at + 2)

    def _entries(
        self, at: int, place: str, below: Sequence[str], count: int
    ) -> Sequence[Translated]:
        """The entries of a list, each beginning with ``-`` or a number."""
        entries: list[tuple[int, list[str]]] = []
        for number, line in enumerate(below, at + 2):
            if start := _ENTRY.match(line):
                entries.append((number, [line[start.end() :]]))
            elif entries:
                entries[-1][1].append(line)
            elif line.strip():
                self._refuse(number - 1, f"'{place}' is a list: begin each text with '- '")
        if len(entries) != count:
            self._refuse(at, f"'{place}' has {count} texts, here are {len(entries)}")
        return [Translated("\n".join(lines), line) for line, lines in entries]

    def _refuse(self, at: int, message: str) -> NoReturn:
        raise ExamgenError(f"{self.path}:{at + 1}  {message}")
