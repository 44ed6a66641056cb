"""Formulas: exact expression trees that keep the form the author wrote."""

from typing import TYPE_CHECKING, Any

from examgen.formula.arithmetic import Undefined
from examgen.formula.compile import compile_expressions
from examgen.formula.evaluate import evaluate
from examgen.formula.functions import (
    absolute,
    ceiling,
    different,
    divides,
    equal,
    floor,
    maximum,
    minimum,
    symbols_of,
)
from examgen.formula.tex import to_tex
from examgen.formula.tex_names import tex_name
from examgen.formula.tree import (
    Binary,
    Call,
    Difference,
    Entry,
    Expression,
    FloorQuotient,
    Modulo,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    as_expression,
    operator_of,
)
from examgen.formula.walk import postorder

if TYPE_CHECKING:
    from examgen.formula.algebra import from_sympy, to_sympy, value_by_sympy

__all__ = [
    "Binary",
    "Call",
    "Difference",
    "Entry",
    "Expression",
    "FloorQuotient",
    "Modulo",
    "Negation",
    "Node",
    "Number",
    "Power",
    "Product",
    "Quotient",
    "Relation",
    "Sum",
    "Symbol",
    "Undefined",
    "absolute",
    "as_expression",
    "ceiling",
    "compile_expressions",
    "different",
    "divides",
    "equal",
    "evaluate",
    "floor",
    "from_sympy",
    "maximum",
    "minimum",
    "operator_of",
    "postorder",
    "symbols_of",
    "tex_name",
    "to_sympy",
    "to_tex",
    "value_by_sympy",
]


def __getattr__(name: str) -> Any:
    """The functions that need sympy, which is slow to import, on first use."""
    if name in ("from_sympy", "to_sympy", "value_by_sympy"):
        from examgen.formula import algebra

        return getattr(algebra, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
