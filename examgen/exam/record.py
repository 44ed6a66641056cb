"""The record: all that printing and marking need to know of a form, as plain data.

One line of ``confidential/forms.jsonl`` is one `Form`. Texts are Markdown with TeX, already filled
in for the student; values are packed by their answer kind (`examgen.answers`): an int, a string
``"a/b"`` for a fraction, a list for a shape or an array, text for a written choice.
"""

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

Packed = Any  # int | str | list of these | None: whatever JSON holds without loss


@dataclass(frozen=True)
class Option:
    """One option of a choice, in printed order; ``misconception`` names where it comes from.

    ``value`` is what it stands for in the item model: a value of its own, or its place as declared.
    The one option of a true or false part is the claim.
    """

    text: str
    value: Packed
    misconception: str | None = None


@dataclass(frozen=True)
class WrongAnswer:
    """A misconception with the value that it gives in this item (None where it gives none).

    ``title`` is its name in the language of the exam, where that is another one.
    """

    name: str
    value: Packed
    feedback: str
    credit: Fraction = Fraction(0)
    title: str = ""


@dataclass(frozen=True)
class Criterion:
    """One line of an essay's rubric."""

    marks: Fraction
    text: str


@dataclass(frozen=True)
class PrintedPart:
    """One thing the student answers; ``column`` is its column in the submissions (``3.b``)."""

    name: str
    column: str
    kind: dict[str, Any]  # examgen.answers.kind_from(kind) rebuilds the answer kind
    marks: Fraction
    prompt: str
    key: Packed  # None for an essay; a letter or letters, as printed, for a choice
    tex: str = ""  # left-hand side of the answer, such as ``H_\mathrm{out}``
    unit: str = ""
    options: tuple[Option, ...] = ()
    misconceptions: tuple[WrongAnswer, ...] = ()
    depends: tuple[str, ...] = ()  # earlier parts that the key is computed from
    low: Packed = None  # the range in which a student's value is carried forward
    high: Packed = None
    rubric: tuple[Criterion, ...] = ()
    model_answer: str = ""
    rows: tuple[str, ...] = ()  # what the options are matched to, numbered from 1
    open: bool = False  # the key is one right answer of many; the item model judges others
    effort: int = 0  # steps by hand; 0: recorded before they were estimated


@dataclass(frozen=True)
class PrintedItem:
    """One item as printed; ``question`` is the blueprint's name, ``number`` the printed one."""

    question: str
    number: int
    title: str
    model: str
    rank: int | None  # None: made by Model.at outside the space
    parameters: dict[str, Packed]
    stem: str
    solution: str
    parts: tuple[PrintedPart, ...]
    bonus: bool = False

    @property
    def marks(self) -> Fraction:
        """The marks that can be won, bonus or not."""
        return sum((part.marks for part in self.parts), Fraction(0))

    @property
    def effort(self) -> int:
        """The steps by hand of all its parts."""
        return sum(part.effort for part in self.parts)


@dataclass(frozen=True)
class Form:
    """One student's exam; ``number`` orders the papers, ``code`` is what the paper shows."""

    number: int
    code: str
    student: str
    name: str
    batch: int
    version: int
    items: tuple[PrintedItem, ...]
    edition: str = "standard"  # one of examgen.exam.appearance.EDITIONS

    @property
    def marks(self) -> dict[str, Fraction]:
        """The marks of each question, by its name in the blueprint."""
        return {item.question: item.marks for item in self.items}


_fraction = cache(Fraction)  # marks and shares: few values, many times
_converter = make_converter()
_converter.register_unstructure_hook(Fraction, str)
_converter.register_structure_hook(Fraction, lambda value, _: _fraction(value))
_converter.register_unstructure_hook(
    WrongAnswer,
    make_dict_unstructure_fn(WrongAnswer, _converter, title=override(omit_if_default=True)),
)
_converter.register_structure_hook(Packed, lambda value, _: value)


def to_line(form: Form) -> str:
    """The form as one line of JSON, keys in declared order."""
    return _line(form)


def item_line(item: PrintedItem) -> str:
    """One item as a line of JSON, keys in declared order."""
    return _line(item)


def _line(record: Form | PrintedItem) -> str:
    return json.dumps(_converter.unstructure(record), ensure_ascii=False, separators=(",", ":"))


def from_line(line: str) -> Form:
    """The form that `to_line` wrote."""
    return _converter.structure(json.loads(line), Form)


def read_forms(folder: Path) -> list[Form]:
    """All forms of an exam folder, in the order of their numbers."""
    with (folder / "confidential" / "forms.jsonl").open(encoding="utf-8") as lines:
        return [from_line(line) for line in lines]
