"""Formulas to sympy and back."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any
from weakref import WeakKeyDictionary

import sympy

from examgen.formula.evaluate import OPERATIONS
from examgen.formula.expression import FLOAT_REFUSED
from examgen.formula.functions import absolute, ceiling, floor, maximum, minimum
from examgen.formula.tree import (
    Difference,
    Entry,
    Expression,
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

SYMPY_OF: dict[str, Callable[..., Any]] = {
    "/": operator.truediv,
    "//": lambda left, right: sympy.floor(left / right),
    "%": sympy.Mod,
    "**": operator.pow,
    "==": sympy.Eq,
    "!=": sympy.Ne,
    "divides": lambda divisor, number: sympy.Eq(sympy.Mod(number, divisor), 0),
    "floor": sympy.floor,
    "ceiling": sympy.ceiling,
    "absolute": sympy.Abs,
    "maximum": sympy.Max,
    "minimum": sympy.Min,
}

FUNCTIONS: dict[Any, Callable[..., Expression]] = {
    sympy.floor: floor,
    sympy.ceiling: ceiling,
    sympy.Abs: absolute,
    sympy.Max: maximum,
    sympy.Min: minimum,
    sympy.Mod: operator.mod,
}

RELATIONS: dict[Any, str] = {
    sympy.StrictLessThan: "<",
    sympy.LessThan: "<=",
    sympy.StrictGreaterThan: ">",
    sympy.GreaterThan: ">=",
    sympy.Equality: "==",
    sympy.Unequality: "!=",
}


class StandIn(sympy.Dummy):  # type: ignore[misc]
    """The sympy symbol of a formula's symbol or entry, unlike any other of the same name."""

    leaf: Symbol | Entry


_STAND_INS: WeakKeyDictionary[Symbol, dict[tuple[int, ...], StandIn]] = WeakKeyDictionary()


def to_sympy(expression: Any) -> Any:
    """The formula in sympy, its symbols integer or else rational; sympy may change its form."""
    tree = expression if isinstance(expression, Node) else as_expression(expression)
    done: dict[int, Any] = {}
    for node in postorder(tree):
        done[id(node)] = _to_sympy(node, [done[id(child)] for child in node.children])
    return done[id(tree)]


def value_by_sympy(expression: Any, values: Mapping[Symbol, Any]) -> Fraction | None:
    """The value that sympy gives a formula, None where it is none: a second way beside `evaluate`.

    An entry looks its array up in ``values`` as nested tuples.
    """
    given = {}
    closed = to_sympy(expression)
    for stand_in in closed.free_symbols:
        leaf = stand_in.leaf
        value = values[leaf.array if isinstance(leaf, Entry) else leaf]
        for position in leaf.index if isinstance(leaf, Entry) else ():
            value = value[position]
        given[stand_in] = sympy.Rational(value.numerator, value.denominator)
    result = closed.xreplace(given).doit()
    return Fraction(int(result.p), int(result.q)) if result.is_Rational else None


def _to_sympy(node: Node, operands: list[Any]) -> Any:
    if isinstance(node, Number):
        return sympy.Rational(node.value.numerator, node.value.denominator)
    if isinstance(node, Symbol | Entry):
        return _stand_in(node)
    if isinstance(node, Negation):
        return -operands[0]
    sign = operator_of(node)
    return (SYMPY_OF.get(sign) or OPERATIONS[sign])(*operands)


def _stand_in(leaf: Symbol | Entry) -> StandIn:
    array = leaf.array if isinstance(leaf, Entry) else leaf
    index = leaf.index if isinstance(leaf, Entry) else ()
    known = _STAND_INS.setdefault(array, {})
    if index not in known:
        # In a class body symbols have no names yet.
        name = "_".join([array.name or "x", *map(str, index)])
        assumption = "integer" if array.is_integer else "rational"
        known[index] = StandIn(name, **{assumption: True})
        known[index].leaf = leaf
    return known[index]


def from_sympy(expression: Any) -> Any:
    """The sympy expression or relation as a formula, terms and factors in sympy's printing order.

    Raises TypeError for floats and for symbols or functions that formulas do not have.
    """
    expression = sympy.sympify(expression)
    if isinstance(expression, sympy.core.relational.Relational):
        return Relation(RELATIONS[type(expression)], *map(from_sympy, expression.args))
    if isinstance(expression, StandIn):
        return expression.leaf
    if isinstance(expression, sympy.Rational):
        return as_expression(expression)
    if isinstance(expression, sympy.Float):
        raise TypeError(f"{expression} is not exact: {FLOAT_REFUSED}")
    if isinstance(expression, sympy.Add):
        return _from_sum(expression)
    numerator, denominator = sympy.fraction(expression)
    if denominator != 1:
        return Quotient(from_sympy(numerator), from_sympy(denominator))
    if isinstance(expression, sympy.Mul):
        return _from_product(expression)
    if isinstance(expression, sympy.Pow):
        return Power(*map(from_sympy, expression.args))
    if expression.func in FUNCTIONS:
        return FUNCTIONS[expression.func](*map(from_sympy, expression.args))
    raise TypeError(f"{expression} has no place in a formula: it is none of its parameters, parts "
                    "or functions (floor, ceiling, Abs, Max, Min, Mod)")  # fmt: skip


def _from_sum(expression: Any) -> Expression:
    terms = expression.as_ordered_terms()
    # Python's sort is stable: a positive term leads where there is one.
    terms.sort(key=lambda term: term.could_extract_minus_sign())
    total: Expression = from_sympy(terms[0])
    for term in terms[1:]:
        negative = term.could_extract_minus_sign()
        following = from_sympy(-term if negative else term)
        total = Difference(total, following) if negative else Sum(total, following)
    return total


def _from_product(expression: Any) -> Expression:
    coefficient, rest = expression.as_coeff_Mul()
    if coefficient == -1:
        return Negation(from_sympy(rest))
    factors = [from_sympy(factor) for factor in expression.as_ordered_factors()]
    product: Expression = reduce(Product, factors)
    return product
