"""The exact values of one formula at many points."""

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from examgen.equivalence.domain import Point
from examgen.formula import (
    Call,
    Expression,
    Negation,
    Node,
    Number,
    Power,
    Quotient,
    Symbol,
    postorder,
)
from examgen.formula.arithmetic import normal
from examgen.formula.evaluate import OPERATIONS


class Evaluator:
    """A formula as a list of steps; ``size`` counts them.

    ``inexact`` is true of a formula that may have values which are not exact (logarithms, roots),
    or that has had one beyond 20,000 bits: its missing values are then no proof of anything.
    """

    def __init__(self, tree: Expression, symbols: Sequence[Symbol]) -> None:
        """Raises KeyError for a symbol that is not among those given."""
        places: dict[int, int] = {}
        slots = {symbol: place for place, symbol in enumerate(symbols)}
        self._steps: list[tuple[Callable[..., Any], tuple[int, ...]]] = []
        constants: list[Any] = []
        nodes = list(postorder(tree))
        self.inexact = any(isinstance(node, Power) and _may_root(node) for node in nodes)
        for node in nodes:
            if isinstance(node, Number):
                places[id(node)] = len(symbols) + len(constants)
                constants.append(node.value)
        self._constants = constants
        start = len(symbols) + len(constants)
        for node in nodes:
            if isinstance(node, Symbol):
                places[id(node)] = slots[node]
            elif not isinstance(node, Number):
                operation, operands = _step(node)
                places[id(node)] = start + len(self._steps)
                self._steps.append((operation, tuple(places[id(child)] for child in operands)))
        self._result = places[id(tree)]
        self.size = len(nodes)

    def at(self, point: Point) -> int | Fraction | None:
        """The value at a point; None where there is none that is exact and of bounded size."""
        values: list[Any] = [*point, *self._constants]
        try:
            for operation, operands in self._steps:
                values.append(operation(*[values[place] for place in operands]))
            result: int | Fraction = normal(values[self._result])
        except ZeroDivisionError:
            return None
        except ArithmeticError:
            self.inexact = True
            return None
        return result


def _step(node: Node) -> tuple[Callable[..., Any], Sequence[Node]]:
    """What computes a node, and from what; the floor of a quotient is one step of whole numbers."""
    if isinstance(node, Negation):
        return operator.neg, node.children
    if isinstance(node, Call) and isinstance(node.children[:1] and node.children[0], Quotient):
        if node.function == "floor":
            return operator.floordiv, node.children[0].children
        if node.function == "ceiling":
            return _upper_quotient, node.children[0].children
    name: str = node.function if isinstance(node, Call) else node.sign  # type: ignore[attr-defined]
    return OPERATIONS[name], node.children


def _upper_quotient(over: Any, under: Any) -> Any:
    return -(-over // under)


def _may_root(power: Power) -> bool:
    """Whether the exponent may be no whole number."""
    return any(
        isinstance(node, Quotient) or (isinstance(node, Number | Symbol) and not _is_whole(node))
        for node in postorder(power.right)
    )


def _is_whole(node: Number | Symbol) -> bool:
    return node.is_integer if isinstance(node, Symbol) else node.value.denominator == 1
