"""Formulas: exact expression trees that keep the form the author wrote."""

from examgen.formula.arithmetic import Undefined
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
)
from examgen.formula.tree import Entry, Expression, Node, Number, Relation, Symbol, as_expression
