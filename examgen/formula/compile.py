"""Many formulas compiled into one Python function."""

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from examgen.formula.arithmetic import divide, normal, power
from examgen.formula.tree import (
    Call,
    Entry,
    FloorQuotient,
    Negation,
    Node,
    Number,
    Power,
    Quotient,
    Symbol,
    as_expression,
    postorder,
)

Compiled = Callable[[Sequence[Any]], tuple[Any, ...]]


def compile_expressions(expressions: Sequence[Any], symbols: Sequence[Symbol]) -> Compiled:
    """A function from the symbols' values, in order, to the tuple of the expressions' values.

    Equal subformulas are computed once. An expression without a value (see `evaluate`) comes out
    as None and leaves the others alone. Raises KeyError for a symbol that is not among the given.
    """
    roots = [node if isinstance(node, Node) else as_expression(node) for node in expressions]
    program = _Program({symbol: f"s{place}" for place, symbol in enumerate(symbols)})
    results = [program.add(root) for root in roots]
    names: dict[str, Any] = {
        "divide": divide, "power": power, "normal": normal, "floor": math.floor,
        "ceiling": math.ceil, "absolute": abs, "maximum": max, "minimum": min,
        "Fraction": Fraction, "undefined": (ArithmeticError, UnboundLocalError),
    }  # fmt: skip
    code = compile("\n".join(program.lines(results, len(symbols))), "<formula>", "exec")
    exec(code, names)
    compiled: Compiled = names["compiled"]
    return compiled


class _Program:
    """Assignments in order, equal ones shared: for each variable its code and its operands."""

    def __init__(self, arguments: dict[Symbol, str]) -> None:
        self.arguments = arguments
        self.variables: dict[str, str] = {}  # code → variable
        self.operands: dict[str, tuple[str, ...]] = {}  # variable → variables
        self.done: dict[int, str] = {}  # id of node → atom

    def add(self, root: Node) -> str:
        """The name (or literal) that holds the root's value."""
        whole = {
            id(node.children[0])
            for node in postorder(root)
            if isinstance(node, Call) and _is_whole_quotient(node)
        }
        for node in postorder(root):
            # A quotient straight under a floor becomes // there.
            if id(node) not in self.done and not (id(node) in whole and self._only_floored(node, root)):
                self.done[id(node)] = self._atom(node)
        return self.done[id(root)]
