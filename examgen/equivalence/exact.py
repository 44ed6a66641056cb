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
    operator_of,
    postorder,
)
from examgen.formula.arithmetic import LARGEST_BITS, Undefined, bits, normal
from examgen.formula.evaluate import OPERATIONS

Steps = dict[int, tuple[Callable[..., Any], Sequence[Node]]]

FEW_BITS = 20  # of a value of a variable, when guessing how large the values of a formula get
DIGIT = 30  # bits
MOST_WORK = 10_000_000  # products of two digits, at all points
FRACTION = 12  # times as slow as a whole number


class Evaluator:
    """A formula as a list of steps; ``cost`` tells the time for a point, a step of ints being 1.

    ``inexact`` is true of a formula that may have values which are not exact (logarithms, roots),
    or that has had one beyond 20,000 bits: its missing values are then no proof of anything.
    Where values may become large, the size of each is checked, and the work at all points is
    bounded: beyond it no point has a value.
    """

    def __init__(self, tree: Expression, symbols: Sequence[Symbol]) -> None:
        """Raises KeyError for a symbol that is not among those given."""
        slots = {symbol: place for place, symbol in enumerate(symbols)}
        self._steps: list[tuple[Callable[..., Any], tuple[int, ...]]] = []
        steps: Steps = {}
        nodes = _needed(list(postorder(tree)), steps)
        self.inexact = any(isinstance(node, Power) and _may_root(node) for node in nodes)
        numbers = [node for node in nodes if isinstance(node, Number)]
        self._constants = [number.value for number in numbers]
        places = {id(node): len(symbols) + at for at, node in enumerate(numbers)}
        start = len(symbols) + len(numbers)
        for node in nodes:
            if isinstance(node, Symbol):
                places[id(node)] = slots[node]
            elif not isinstance(node, Number):
                operation, operands = steps[id(node)]
                places[id(node)] = start + len(self._steps)
                self._steps.append((operation, tuple(places[id(child)] for child in operands)))
        self._result = places[id(tree)]
        sizes, whole = _sizes(nodes, steps), _whole(nodes, steps)
        self._large = max(sizes.values()) > LARGEST_BITS / 8
        self._work = MOST_WORK
        self.cost = sum(
            (1 if id(node) in whole else FRACTION) * (1 + min(sizes[id(node)], LARGEST_BITS) / 200)
            for node in nodes
            if not isinstance(node, Number | Symbol)
        )

    def at(self, point: Point) -> int | Fraction | None:
        """The value at a point; None where there is none that is exact and of bounded size."""
        values: list[Any] = [*point, *self._constants]
        try:
            for operation, operands in self._steps:
                value = operation(*[values[place] for place in operands])
                values.append(self._bounded(value) if self._large else value)
            result: int | Fraction = normal(values[self._result])
        except ZeroDivisionError:
            return None
        except ArithmeticError:
            self.inexact = True
            return None
        return result

    def _bounded(self, value: Any) -> Any:
        """The value, its size checked and the work that it makes counted."""
        self._work -= (bits(value) // DIGIT) ** 2
        if self._work < 0:
            raise Undefined("the values of the formula are too large")
        return normal(value)


def _needed(nodes: Sequence[Node], steps: Steps) -> list[Node]:
    """The nodes of a tree, in the same order, that its steps need; these are filled in."""
    needed = {id(nodes[-1])}
    for node in reversed(nodes):
        if id(node) in needed and not isinstance(node, Number | Symbol):
            steps[id(node)] = _step(node)
            needed.update(map(id, steps[id(node)][1]))
    return [node for node in nodes if id(node) in needed]


def _sizes(nodes: Sequence[Node], steps: Steps) -> dict[int, float]:
    """About the most bits of each node's value; beyond all bounds where they may be."""
    sizes: dict[int, float] = {}
    for node in nodes:
        if isinstance(node, Number):
            size: float = bits(node.value)
        elif isinstance(node, Symbol):
            size = FEW_BITS
        else:
            size = 1
            for child in steps[id(node)][1]:
                size += sizes[id(child)]
        if isinstance(node, Power):
            known = isinstance(node.right, Number)
            times = min(abs(node.right.value), LARGEST_BITS) if known else LARGEST_BITS
            size *= max(1.0, float(times))
        sizes[id(node)] = size
    return sizes


def _whole(nodes: Sequence[Node], steps: Steps) -> set[int]:
    """The nodes whose values are whole numbers, as far as their form shows."""
    whole: set[int] = set()
    for node in nodes:
        if isinstance(node, Number | Symbol):
            known = _is_whole(node)
        elif isinstance(node, Call) and node.function in ("floor", "ceiling"):
            known = whole.issuperset(map(id, steps[id(node)][1]))
        else:
            known = not isinstance(node, Quotient) and whole.issuperset(map(id, node.children))
        if known:
            whole.add(id(node))
    return whole


def _step(node: Node) -> tuple[Callable[..., Any], Sequence[Node]]:
    """What computes a node, and from what; the floor of a quotient is one step of whole numbers."""
    if isinstance(node, Negation):
        return operator.neg, node.children
    if isinstance(node, Call) and isinstance(node.children[:1] and node.children[0], Quotient):
        if node.function == "floor":
            return operator.floordiv, node.children[0].children
        if node.function == "ceiling":
            return _upper_quotient, node.children[0].children
    return OPERATIONS[operator_of(node)], node.children


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
