"""Reading and judging what a student wrote: ``kind.judge(kind.read(text), key)``.

Student text is never evaluated; a text that cannot be read raises `Unreadable`.
"""

from typing import Any

from examgen.answers.arrays import Array
from examgen.answers.choices import OneChoice, Scoring, SeveralChoices
from examgen.answers.decimals import Decimal
from examgen.answers.essay import EssayText
from examgen.answers.formulas import Formula
from examgen.answers.intervals import Interval
from examgen.answers.kind import (
    Judgement,
    Kind,
    Packed,
    Reading,
    Unreadable,
    Value,
    pack_exact,
)
from examgen.answers.matching import Matches, MatchScoring
from examgen.answers.members import ListOf, SetOf
from examgen.answers.numbers import Integer, Rational
from examgen.answers.ordering import Order, OrderScoring
from examgen.answers.quantities import Quantity
from examgen.answers.scanner import is_blank
from examgen.answers.shapes import Shape
from examgen.answers.truth import TrueOrFalse
from examgen.answers.vector_pairs import VectorPair
from examgen.answers.words import Otherwise, Slips, Words

__all__ = [
    "KINDS",
    "Array",
    "Decimal",
    "EssayText",
    "Formula",
    "Integer",
    "Interval",
    "Judgement",
    "Kind",
    "ListOf",
    "MatchScoring",
    "Matches",
    "OneChoice",
    "Order",
    "OrderScoring",
    "Otherwise",
    "Packed",
    "Quantity",
    "Rational",
    "Reading",
    "Scoring",
    "SetOf",
    "SeveralChoices",
    "Shape",
    "Slips",
    "TrueOrFalse",
    "Unreadable",
    "Value",
    "VectorPair",
    "Words",
    "is_blank",
    "kind_from",
    "pack_exact",
]

KINDS: tuple[type[Kind], ...] = (
    Integer,
    Rational,
    Decimal,
    Shape,
    Array,
    OneChoice,
    SeveralChoices,
    Order,
    Matches,
    TrueOrFalse,
    Words,
    EssayText,
    Formula,
    Quantity,
    Interval,
    VectorPair,
    SetOf,
    ListOf,
)


def kind_from(settings: dict[str, Any]) -> Kind:
    """The kind that `Kind.to_dict` wrote; raises ValueError for an unknown tag."""
    tag = settings.get("kind")
    for kind in KINDS:
        if kind.kind == tag:
            rest = {name: value for name, value in settings.items() if name != "kind"}
            return kind.from_dict(rest)
    raise ValueError(f"unknown answer kind {tag!r}")
