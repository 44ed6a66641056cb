"""Functions and conditions of formulas that Python has no operator for."""

from typing import Any

from examgen.formula.tree import Call, Expression, Node, Relation, Symbol, as_expression

# Functions of student formulas that have no exact values: never in the key of a number.
ANALYTIC = ("log", "exp", "sin", "cos", "tan", "pi")


def floor(value: Any) -> Expression:
    """The greatest integer that is not above the value."""
    return Call("floor", as_expression(value))


def ceiling(value: Any) -> Expression:
    """The least integer that is not below the value."""
    return Call("ceiling", as_expression(value))


def absolute(value: Any) -> Expression:
    """The value without its sign."""
    return Call("absolute", as_expression(value))


def maximum(*values: Any) -> Expression:
    """The greatest of two or more values."""
    return Call("maximum", *_several(values))


def minimum(*values: Any) -> Expression:
    """The least of two or more values."""
    return Call("minimum", *_several(values))


def equal(left: Any, right: Any) -> Relation:
    """The condition that both have the same value."""
    return Relation("==", as_expression(left), as_expression(right))


def different(left: Any, right: Any) -> Relation:
    """The condition that the values differ."""
    return Relation("!=", as_expression(left), as_expression(right))


def divides(divisor: Any, number: Any) -> Relation:
    """The condition that the number is an integer multiple of the divisor (not 0)."""
    return Relation("divides", as_expression(divisor), as_expression(number))


def symbols_of(*formulas: Node) -> tuple[Symbol, ...]:
    """The symbols that the formulas are computed from, in order of first appearance."""
    return tuple({symbol: None for tree in formulas for symbol in tree.free_symbols})


def _several(values: tuple[Any, ...]) -> list[Expression]:
    if len(values) < 2:
        raise TypeError("maximum and minimum take two or more values")
    return [as_expression(value) for value in values]
