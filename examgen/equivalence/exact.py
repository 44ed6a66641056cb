"""The exact values of one formula at many points."""

import operator
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, Self

from examgen.equivalence.domain import Point
from examgen.formula import (
    Binary,
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
from examgen.formula.arithmetic import LARGEST_BITS, Rational, Undefined, bits, divide, normal
from examgen.formula.evaluate import OPERATIONS

FEW_BITS = 20  # of a value of a variable, when guessing how large the values of a formula get
DIGIT = 30  # bits
MOST_WORK = 10_000_000  # products of two digits, at all points
FRACTION = 12  # times as slow as a whole number

Operation = Callable[..., Any]


class Evaluator:
    """A formula as a list of steps; ``cost`` tells the time for a point, a step of ints being 1.

    ``inexact`` is true of a formula that may have values which are not exact (logarithms, roots),
    or that has had one beyond 20,000 bits: its missing values are then no proof of anything.
    Where values may become large, the size of each is checked, and the work at all points is
    bounded: beyond it no point has a value.
    """

    def __init__(self, nodes: Sequence[Node], symbols: Sequence[Symbol]) -> None:
        """Take the nodes in `postorder`; raises KeyError for a symbol that is not among those."""
        steps = _Steps(nodes, symbols)
        self._constants, self._steps, self._result = steps.constants, steps.steps, steps.result
        self._large = max(steps.sizes) > LARGEST_BITS / 8
        self._work = MOST_WORK
        self.cost, self.inexact = steps.cost, steps.inexact

    @classmethod
    def of(cls, tree: Expression, symbols: Sequence[Symbol]) -> Self:
        """That of a tree."""
        return cls(list(postorder(tree)), symbols)

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

    def values(self, sample: Sequence[Point]) -> list[int | Fraction | None]:
        """The value `at` each point: a step is done at all of them before the next."""
        if not self._large:
            try:
                return self._columns(sample)
            except ArithmeticError:
                pass  # at some point; the others are told apart below
        return [self.at(point) for point in sample]

    def _columns(self, sample: Sequence[Point]) -> list[int | Fraction | None]:
        """The values, where every point has one."""
        columns: list[Iterable[Any]] = [*zip(*sample, strict=True)]
        columns += [[constant] * len(sample) for constant in self._constants]
        for operation, operands in self._steps:
            if not operands:
                operation()  # pi, which has no exact value
            columns.append([*map(operation, *[columns[place] for place in operands])])
        return [*map(normal, columns[self._result])]

    def _bounded(self, value: Any) -> Any:
        """The value, its size checked and the work that it makes counted."""
        self._work -= (bits(value) // DIGIT) ** 2
        if self._work < 0:
            raise Undefined("the values of the formula are too large")
        return normal(value)


class _Steps:
    """The steps of a formula: each computes a place from others; symbols and numbers come first.

    Equal subformulas are one step. ``sizes`` are about the most bits at each place, beyond all
    bounds where they may be.
    """

    def __init__(self, nodes: Sequence[Node], symbols: Sequence[Symbol]) -> None:
        self._places: dict[int, int] = {id(symbol): at for at, symbol in enumerate(symbols)}
        numbers: dict[Rational, int] = {}
        for node in nodes:
            if isinstance(node, Number):
                place = numbers.setdefault(node.value, len(symbols) + len(numbers))
                self._places[id(node)] = place
        self.constants = [*numbers]
        self.steps: list[tuple[Operation, tuple[int, ...]]] = []
        self._known: dict[tuple[Operation, tuple[int, ...]], int] = {}  # the place of each step
        self.sizes: list[float] = [*[FEW_BITS] * len(symbols), *map(bits, self.constants)]
        self.whole = [symbol.is_integer for symbol in symbols]
        self.whole += [number.denominator == 1 for number in self.constants]
        self.inexact = False
        self.cost = 0.0
        self._waiting: dict[int, Quotient] = {}  # those that are no step: floors need none
        for node in nodes:
            if isinstance(node, Quotient):
                for child in node.children:
                    self._place(child)
                self._waiting[id(node)] = node
            elif not isinstance(node, Number | Symbol):
                self._add(node)
        self.result = self._place(nodes[-1])

    def _place(self, node: Node) -> int:
        """Where the value of a node is; KeyError for an unknown symbol."""
        if id(node) in self._waiting:
            self._step(node, divide, self._waiting.pop(id(node)).children, whole=False)
        return self._places[id(node)]

    def _add(self, node: Node) -> None:
        """The step of a node; the floor of a quotient is one of whole numbers."""
        children = node.children
        if isinstance(node, Binary):
            self._step(node, OPERATIONS[node.sign], children)
        elif isinstance(node, Negation):
            self._step(node, operator.neg, children)
        else:
            name = operator_of(node)
            if name in FUSED and isinstance(children[0], Quotient):
                self._step(node, FUSED[name], children[0].children)
            else:
                self._step(node, OPERATIONS[name], children)

    def _step(
        self, node: Node, operation: Operation, operands: Sequence[Node], *, whole: bool = True
    ) -> None:
        step = operation, tuple([self._place(operand) for operand in operands])
        if step not in self._known:
            self._known[step] = len(self.sizes)
            self.steps.append(step)
            self._measure(node, step[1], whole=whole)
        self._places[id(node)] = self._known[step]

    def _measure(self, node: Node, places: Sequence[int], *, whole: bool) -> None:
        """Note the size of the last step's values, and what it costs."""
        size = 1.0
        for place in places:
            size += self.sizes[place]
            whole = whole and self.whole[place]
        if isinstance(node, Power):
            size *= _times(node.right)
            self.inexact |= _may_root(node)
        self.cost += (1 if whole else FRACTION) * (1 + min(size, LARGEST_BITS) / 200)
        self.sizes.append(size)
        self.whole.append(whole)


def _times(exponent: Expression) -> float:
    """How many times as large a power is as its base, at most."""
    if not isinstance(exponent, Number):
        return LARGEST_BITS
    times = abs(Fraction(exponent.value))
    return max(1.0, float(times)) if times < LARGEST_BITS else LARGEST_BITS


def _upper_quotient(over: Any, under: Any) -> Any:
    return -(-over // under)


FUSED: dict[str, Operation] = {"floor": operator.floordiv, "ceiling": _upper_quotient}


def _may_root(power: Power) -> bool:
    """Whether the exponent may be no whole number."""
    return any(
        isinstance(node, Quotient) or (isinstance(node, Number | Symbol) and not _is_whole(node))
        for node in postorder(power.right)
    )


def _is_whole(node: Number | Symbol) -> bool:
    return node.is_integer if isinstance(node, Symbol) else node.value.denominator == 1
