"""Bounds on the values of a formula over a domain, in exact interval arithmetic.

A range is a pair of exact numbers or infinities that encloses every value, and may be wider than
needed: ``W - W`` ranges from ``low - high`` on.
"""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from examgen.equivalence.domain import Variable
from examgen.formula import Expression, Negation, Node, Number, Symbol, operator_of, postorder

Range = tuple[Any, Any]  # int, Fraction or an infinity; low <= high

ANY: Range = (-math.inf, math.inf)
LARGEST_BITS = 2_000
LARGEST_EXPONENT = 64


def ranges(tree: Expression, domain: Mapping[Symbol, Variable]) -> dict[Node, Range]:
    """The range of every node of a tree."""
    found: dict[Node, Range] = {}
    for node in postorder(tree):
        low, high = _range(node, [found[child] for child in node.children], domain)
        found[node] = (_coarse(low, -math.inf), _coarse(high, math.inf))
    return found


def bounds_of(variable: Variable) -> Range:
    """The range of a name."""
    low = -math.inf if variable.low is None else variable.low
    return low, math.inf if variable.high is None else variable.high


def _range(node: Node, operands: list[Range], domain: Mapping[Symbol, Variable]) -> Range:
    if isinstance(node, Number):
        return node.value, node.value
    if isinstance(node, Symbol):
        return bounds_of(domain[node])
    if isinstance(node, Negation):
        return -operands[0][1], -operands[0][0]
    rule = RULES.get(operator_of(node))
    return rule(*operands) if rule else ANY


def _product(left: Range, right: Range) -> Range:
    ends = [0 if 0 in pair else pair[0] * pair[1] for pair in product(left, right)]
    return min(ends), max(ends)


def _quotient(left: Range, right: Range) -> Range:
    if right[0] <= 0 <= right[1]:
        return ANY
    low, high = (0 if math.isinf(end) else Fraction(1) / end for end in reversed(right))
    return _product(left, (low, high))


def _power(base: Range, exponent: Range) -> Range:
    """The range of a power with a literal whole exponent; of others only that it is positive."""
    times = exponent[0]
    if times != exponent[1] or math.isinf(times) or times.denominator != 1:
        return (0, math.inf) if base[0] >= 0 else ANY
    if times == 0:
        return 1, 1
    if abs(times) > LARGEST_EXPONENT:
        return (0, math.inf) if times % 2 == 0 or base[0] >= 0 else ANY
    if times < 0:
        return _quotient((1, 1), _power(base, (-times, -times)))
    ends = [end if math.isinf(end) else end**times for end in base]
    if times % 2 == 0:
        ends = [abs(end) for end in ends]
        return (0 if base[0] <= 0 <= base[1] else min(ends)), max(ends)
    return ends[0], ends[1]


def _floored(value: Range) -> Range:
    low, high = (end if math.isinf(end) else math.floor(end) for end in value)
    return low, high


def _raised(value: Range) -> Range:
    low, high = (end if math.isinf(end) else math.ceil(end) for end in value)
    return low, high


def _absolute(value: Range) -> Range:
    ends = [abs(end) for end in value]
    return (0 if value[0] <= 0 <= value[1] else min(ends)), max(ends)


def _log(value: Range) -> Range:
    """By 1 - 1/x <= log x <= x - 1."""
    if value[0] <= 0:
        return -math.inf, value[1] - 1
    return 1 - (0 if math.isinf(value[0]) else Fraction(1) / value[0]), value[1] - 1


RULES: dict[str, Callable[..., Range]] = {
    "+": lambda left, right: (left[0] + right[0], left[1] + right[1]),
    "-": lambda left, right: (left[0] - right[1], left[1] - right[0]),
    "*": _product,
    "/": _quotient,
    "//": lambda left, right: _floored(_quotient(left, right)),
    "**": _power,
    "floor": _floored,
    "ceiling": _raised,
    "absolute": _absolute,
    "maximum": lambda *values: (max(v[0] for v in values), max(v[1] for v in values)),
    "minimum": lambda *values: (min(v[0] for v in values), min(v[1] for v in values)),
    "exp": lambda value: (max(0, 1 + value[0]), math.inf),  # e^x >= 1 + x
    "log": _log,
    "sin": lambda _: (-1, 1),
    "cos": lambda _: (-1, 1),
    "pi": lambda: (3, 4),
}


def _coarse(end: Any, infinity: float) -> Any:
    """An end of a range; one that is too large to compute with becomes an infinity."""
    if math.isinf(end):
        return end
    size = max(end.numerator.bit_length(), end.denominator.bit_length())
    return infinity if size > LARGEST_BITS else end
