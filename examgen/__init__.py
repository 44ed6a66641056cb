"""examgen: randomised, proved and automatically marked exams on convolutional networks.

What an author of item models imports is here: ``from examgen import Int, Item, IntegerEntry``.
The names are loaded on first use, so that ``examgen --help`` stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from examgen import engine
    from examgen.formula import (
        absolute,
        ceiling,
        different,
        divides,
        equal,
        floor,
        maximum,
        minimum,
    )
    from examgen.items import (
        Choice,
        DecimalEntry,
        Essay,
        Example,
        FormulaEntry,
        Fractions,
        Int,
        IntegerEntry,
        IntervalEntry,
        IntMatrix,
        IntTensor,
        IntVector,
        Item,
        ListEntry,
        Matching,
        MatrixEntry,
        Misconception,
        MultipleChoice,
        MultipleResponse,
        Ordering,
        QuantityEntry,
        RationalEntry,
        SetEntry,
        ShapeEntry,
        ShortText,
        TensorEntry,
        TrueFalse,
        VectorEntry,
        VectorPairEntry,
        figure,
    )
    from examgen.text import Canvas

_FORMULA = ("absolute", "ceiling", "different", "divides", "equal", "floor", "maximum", "minimum")
_HOMES = {"Canvas": "examgen.text", **dict.fromkeys(_FORMULA, "examgen.formula")}

__all__ = [
    "Canvas",
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
    "absolute",
    "ceiling",
    "different",
    "divides",
    "engine",
    "equal",
    "figure",
    "floor",
    "maximum",
    "minimum",
]


def __getattr__(name: str) -> Any:
    if name == "engine":
        return import_module("examgen.engine")
    if name in __all__:
        home = _HOMES.get(name, "examgen.items")
        return getattr(import_module(home), name)
    raise AttributeError(f"module 'examgen' has no attribute '{name}'")
