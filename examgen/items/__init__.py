"""The authoring language: item models, their parameters, parts and misconceptions."""

from examgen.items.choices import Matching, MultipleChoice, MultipleResponse, Ordering
from examgen.items.claims import TrueFalse
from examgen.items.drawn import figure
from examgen.items.entries import (
    DecimalEntry,
    IntegerEntry,
    MatrixEntry,
    RationalEntry,
    ShapeEntry,
    TensorEntry,
    VectorEntry,
)
from examgen.items.essay import Essay
from examgen.items.examples import Example
from examgen.items.formula_entry import FormulaEntry
from examgen.items.item import Item
from examgen.items.parameters import Choice, Fractions, Int, IntMatrix, IntTensor, IntVector
from examgen.items.parts import Misconception
from examgen.items.structured import (
    IntervalEntry,
    ListEntry,
    QuantityEntry,
    SetEntry,
    VectorPairEntry,
)
from examgen.items.texts import ShortText

__all__ = [
    "Choice",
    "DecimalEntry",
    "Essay",
    "Example",
    "FormulaEntry",
    "Fractions",
    "Int",
    "IntMatrix",
    "IntTensor",
    "IntVector",
    "IntegerEntry",
    "IntervalEntry",
    "Item",
    "ListEntry",
    "Matching",
    "MatrixEntry",
    "Misconception",
    "MultipleChoice",
    "MultipleResponse",
    "Ordering",
    "QuantityEntry",
    "RationalEntry",
    "SetEntry",
    "ShapeEntry",
    "ShortText",
    "TensorEntry",
    "TrueFalse",
    "VectorEntry",
    "VectorPairEntry",
    "figure",
]
