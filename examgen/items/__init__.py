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
from examgen.items.formula_entry import FormulaEntry
from examgen.items.item import Exclusion, Item
from examgen.items.parameters import Choice, Fractions, Int, IntMatrix, IntTensor, IntVector
from examgen.items.parts import Misconception

__all__ = [
    "Choice",
    "DecimalEntry",
    "Essay",
    "Exclusion",
    "FormulaEntry",
    "Fractions",
    "Int",
    "IntMatrix",
    "IntTensor",
    "IntVector",
    "IntegerEntry",
    "Item",
    "MatrixEntry",
    "Misconception",
    "MultipleChoice",
    "MultipleResponse",
    "RationalEntry",
    "ShapeEntry",
    "TensorEntry",
    "VectorEntry",
]
