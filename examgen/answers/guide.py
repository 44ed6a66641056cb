"""How to type each answer kind: what ``examgen kinds`` prints and ``docs/answers.md`` shows.

A guide holds responses alone; how they are read, and why others are not, is asked of the kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from examgen.answers.arrays import Array
from examgen.answers.choices import OneChoice, SeveralChoices
from examgen.answers.decimals import Decimal
from examgen.answers.essay import EssayText
from examgen.answers.formulas import Formula
from examgen.answers.intervals import Interval
from examgen.answers.kind import Kind
from examgen.answers.matching import Matches
from examgen.answers.members import ListOf, SetOf
from examgen.answers.numbers import Integer, Rational
from examgen.answers.ordering import Order
from examgen.answers.quantities import Quantity
from examgen.answers.scanner import Unreadable
from examgen.answers.shapes import Shape
from examgen.answers.truth import TrueOrFalse
from examgen.answers.vector_pairs import VectorPair
from examgen.answers.words import Words
from examgen.equivalence import Variable
from examgen.errors import ExamgenError, nearest


@dataclass(frozen=True)
class Guide:
    """A sample of an answer kind, with responses that it reads and some that it refuses."""

    title: str
    sample: Kind
    read: tuple[str, ...]
    refused: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The tag of the kind."""
        return self.sample.kind

    def readings(self) -> Iterator[tuple[str, str]]:
        """Each response that is read, and what it is read as, notes included."""
        for text in self.read:
            reading = self.sample.read(text)
            notes = f"  ({'; '.join(reading.notes)})" if reading.notes else ""
            yield text, reading.shown + notes

    def refusals(self) -> Iterator[tuple[str, str]]:
        """Each response that is not read, and the message."""
        for text in self.refused:
            try:
                self.sample.read(text)
            except Unreadable as problem:
                yield text, problem.message


_FORMULA = Formula(tuple(Variable(name, 1, 64) for name in ("W", "F", "P", "S")))

GUIDES = (
    Guide("whole number", Integer(), ("1728", "1,728", "1 728", "N = 12", "12 px"), ("3x", "2+2")),
    Guide("fraction", Rational(), ("3/4", "0.75", "1½", "-2", "75%"), ("3/", "1/0")),
    Guide("decimal", Decimal(places=2), ("34.94", "3.494e1", "34,94"), ("34.9.4",)),
    Guide(
        "shape",
        Shape(("H", "W", "C")),
        ("55x55x96", "(55, 55, 96)", "55 × 55 × 96"),
        ("55x55",),
    ),
    Guide(
        "vector, matrix, tensor",
        Array((2, 2)),
        ("[1, 2; 3, 4]", "[[1,2],[3,4]]", "1 2; 3 4", "1 2\n3 4"),
        ("[1, 2; 3]", "[1, 2; 3, 4"),
    ),
    Guide(
        "number with a unit",
        Quantity("MB", Decimal(digits=3)),
        ("34.9 MB", "34.9", "34900 kB", "33.3 MiB"),
        ("34.9 M",),
    ),
    Guide(
        "interval",
        Interval(),
        ("[2, 7]", "2..7", "2 to 7", "2 ≤ x < 8", "(1, 8)"),
        ("[2, 7",),
    ),
    Guide(
        "two vectors up to scale",
        VectorPair((3, 3)),
        ("[1, 2, 1] and [1, 0, -1]", "u = [1, 2, 1], v = [1, 0, -1]", "[2, 4, 2] × [1/2, 0, -1/2]"),
        ("[1, 2, 1]", "[1, 2] and [1, 0, -1]"),
    ),
    Guide(
        "set",
        SetOf(("F", "S", "P")),
        ("{(3, 1, 1), (5, 1, 2)}", "(5,1,2) (3,1,1)", "none"),
        ("(3, 1)", "3, 1, 1, 5"),
    ),
    Guide("list", ListOf(("row", "column")), ("[(0, 1), (0, 2)]", "(0,1); (0,2)"), ("(0, 1",)),
    Guide("one choice", OneChoice(4), ("B", "(b)", "answer: B"), ("E", "A or B")),
    Guide("several choices", SeveralChoices(5, "per-option"), ("ACD", "a, c, d", "none"), ("F",)),
    Guide(
        "order of options",
        Order(4),
        ("C, A, D, B", "CADB", "C → A → D → B", "C > A > D > B"),
        ("C, A", "C, A, A, B"),
    ),
    Guide(
        "matching of rows and options",
        Matches(count=4, rows=3),
        ("1C 2A 3B", "1-C, 2-A", "1: C; 3: B", "C A B"),
        ("C A", "1C 2C 3A"),
    ),
    Guide(
        "true, or false with a correction",
        TrueOrFalse(Integer()),
        ("true", "F", "false: 54", "F 54"),
        ("54", "true: 54"),
    ),
    Guide(
        "a word or a few",
        Words((("equivariant", "equivariance"), ("invariant",))),
        ("Equivariant", "equi-variance", "invarient", "stationary"),
        ("#NAME?",),
    ),
    Guide("essay", EssayText(), ("Each filter sees the whole depth.",)),
    Guide(
        "formula",
        _FORMULA,
        ("(W - F + 2P)/S + 1", "⌊(W−F+2·P)/S⌋+1", "1/2W"),
        ("(W - F", "W + Q", "W +"),
    ),
)


def guides(name: str = "") -> tuple[Guide, ...]:
    """The guide of the kind of this tag, or all; raises `ExamgenError` for an unknown one."""
    found = tuple(guide for guide in GUIDES if name in ("", guide.name))
    if not found:
        known = [guide.name for guide in GUIDES]
        hint = nearest(name, known) or f"; there are {', '.join(known)}"
        raise ExamgenError(f"no answer kind '{name}'{hint}")
    return found


def as_text(shown: Sequence[Guide]) -> str:
    """The guides for a terminal."""
    return "\n\n".join("\n".join(_lines(guide)) for guide in shown)


def as_markdown(shown: Sequence[Guide]) -> str:
    """The guides as sections of a page."""
    return "\n\n".join("\n".join(_section(guide)) for guide in shown)


def _lines(guide: Guide) -> Iterator[str]:
    yield f"{guide.title} ({guide.name})"
    yield f"  type it    {guide.sample.hint()}"
    rows = [(_one_line(text), found) for text, found in guide.readings()]
    wrong = [(_one_line(text), found) for text, found in guide.refusals()]
    width = max(len(text) for text, _ in [*rows, *wrong])
    for place, (text, found) in enumerate(rows):
        yield f"  {'read as' if not place else '':9}  {text:{width}}  →  {found}"
    for place, (text, found) in enumerate(wrong):
        yield f"  {'not read' if not place else '':9}  {text:{width}}  →  {found}"
    yield f"  marks      {guide.sample.partial()}"


def _section(guide: Guide) -> Iterator[str]:
    yield f"### {guide.title[0].upper()}{guide.title[1:]}"
    yield ""
    yield f"Type {guide.sample.hint()}. Marks: {guide.sample.partial()}."
    yield ""
    yield "| typed | read as, or why not |"
    yield "|---|---|"
    for text, found in [*guide.readings(), *guide.refusals()]:
        yield f"| `{_one_line(text)}` | {_escaped(found)} |"


def _one_line(text: str) -> str:
    return text.replace("\n", " ⏎ ")


def _escaped(text: str) -> str:
    return text.replace("|", r"\|").replace("*", r"\*").replace("_", r"\_")
