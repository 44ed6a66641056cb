"""Enclosures of analytic formulas in 256-bit ball arithmetic (Arb, in FLINT)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq

from examgen.equivalence.domain import Point
from examgen.formula import Negation, Node, Number, Symbol, operator_of

BITS = 256
POINTS = 8
LARGEST_ARGUMENT = 10**6  # of a power or an exponential

OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: _power(a, b),
    "absolute": abs,
    "log": lambda a: a.log(),
    "exp": lambda a: _small(a).exp(),
    "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(),
    "tan": lambda a: a.tan(),
    "pi": lambda: arb.pi(),
}


@dataclass(frozen=True)
class Agreement:
    """At how many points two enclosures agree to 40 digits.

    ``apart`` is a point where they are disjoint, with both values.
    """

    agreeing: int
    apart: tuple[Point, str, str] | None = None


def agreement(
    first: Sequence[Node],
    second: Sequence[Node],
    symbols: Sequence[Symbol],
    sample: Sequence[Point],
) -> Agreement:
    """How formulas of these nodes, in `postorder`, compare at the first 8 points with values."""
    agreeing = 0
    before, ctx.prec = ctx.prec, BITS
    try:
        for point in sample:
            given = dict(zip(symbols, point, strict=True))
            values = [_enclosure(nodes, given) for nodes in (first, second)]
            if None in values:
                continue
            theirs, wanted = values
            if not theirs.overlaps(wanted):
                theirs, wanted = (value.str(8, radius=False) for value in values)
                return Agreement(agreeing, (point, theirs, wanted))
            scale = max(abs(wanted).abs_upper(), arb(1))
            if (theirs - wanted).abs_upper() > scale * arb(10) ** -40:
                continue
            agreeing += 1
            if agreeing == POINTS or not point:
                break
    finally:
        ctx.prec = before
    return Agreement(agreeing)


def _enclosure(nodes: Sequence[Node], point: Mapping[Symbol, Any]) -> Any:
    """A ball around the value of the last node at a point; None where there is no finite one."""
    done: dict[int, Any] = {}
    for node in nodes:
        operands = [done[id(child)] for child in node.children]
        value = _ball(node, operands, point)
        if value is None or not value.is_finite():
            return None
        done[id(node)] = value
    return done[id(nodes[-1])]


def _ball(node: Node, operands: list[Any], point: Mapping[Symbol, Any]) -> Any:
    if isinstance(node, Number | Symbol):
        value = node.value if isinstance(node, Number) else point[node]
        return arb(fmpq(value.numerator, value.denominator))
    if isinstance(node, Negation):
        return -operands[0]
    operation = OPERATIONS.get(operator_of(node))
    try:
        return operation(*operands) if operation else None
    except (ArithmeticError, ValueError):
        return None


def _small(exponent: Any) -> Any:
    if exponent.abs_upper() > LARGEST_ARGUMENT:
        raise ArithmeticError("the exponent is too large")
    return exponent


def _power(base: Any, exponent: Any) -> Any:
    return base ** _small(exponent)
