"""The authoring language: item models, their parameters, parts and misconceptions."""

from examgen.items.choices import MultipleChoice, MultipleResponse
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
from examgen.items.item import Exclusion, Item
from examgen.items.parameters import Choice, Fractions, Int, IntMatrix, IntTensor, IntVector
from examgen.items.parts import Misconception
from examgen.items.structured import (
    IntervalEntry,
    ListEntry,
    QuantityEntry,
    SetEntry,
    VectorPairEntry,
)

__all__ = [
    "Choice",
    "DecimalEntry",
    "Essay",
    "Exclusion",
    "Fractions",
    "Int",
    "IntMatrix",
    "IntTensor",
    "IntVector",
    "IntegerEntry",
    "IntervalEntry",
    "Item",
    "ListEntry",
    "MatrixEntry",
    "Misconception",
    "MultipleChoice",
    "MultipleResponse",
    "QuantityEntry",
    "RationalEntry",
    "SetEntry",
    "ShapeEntry",
    "TensorEntry",
    "VectorEntry",
    "VectorPairEntry",
]
