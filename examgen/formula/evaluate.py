"""The exact value of a formula at given numbers."""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from examgen.formula.arithmetic import Undefined, divide, normal, power
from examgen.formula.functions import ANALYTIC
from examgen.formula.tree import (
    Entry,
    Negation,
    Node,
    Number,
    Symbol,
    as_expression,
    operator_of,
)


def _inexact(*_: Any) -> Any:
    raise Undefined("the function has no exact value")


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": power,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "divides": lambda divisor, number: number % divisor == 0,
    "floor": math.floor,
    "ceiling": math.ceil,
    "absolute": abs,
    "maximum": max,
    "minimum": min,
    **dict.fromkeys(ANALYTIC, _inexact),
}


def evaluate(expression: Any, values: Mapping[Symbol, Any]) -> Any:
    """The exact value (int or Fraction) of an expression, or the truth of a relation.

    An entry looks its array up in ``values`` as nested tuples. Raises Undefined where there is no
    value (division by zero, a root that is not exact, more than 20,000 bits) and KeyError for a
    symbol without a value.
    """
    tree = expression if isinstance(expression, Node) else as_expression(expression)
    done: list[Any] = []
    for node, operands in tree.steps:
        try:
            done.append(_value(node, values, [done[place] for place in operands]))
        except ZeroDivisionError:
            raise Undefined(f"division by zero in {node!r}") from None
    return normal(done[-1])


def _value(node: Node, values: Mapping[Symbol, Any], operands: list[Any]) -> Any:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Symbol):
        return values[node]
    if isinstance(node, Entry):
        value = values[node.array]
        for position in node.index:
            value = value[position]
        return value
    if isinstance(node, Negation):
        return -operands[0]
    return OPERATIONS[operator_of(node)](*operands)
