"""What a formula needs to have a value: divisors that are not 0, roots of what is not negative.

Algebra takes x/x for 1. A formula that is equal to the key by algebra is right only if it has a
value wherever the key has one, on the whole declared domain.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from examgen.equivalence.canonical import prove_equal
from examgen.equivalence.domain import Point, Variable, grid, grid_size, points
from examgen.equivalence.exact import Evaluator
from examgen.equivalence.ranges import ranges
from examgen.formula import (
    Call,
    Difference,
    Expression,
    FloorQuotient,
    Modulo,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    postorder,
)

MOST_GRID_POINTS = 5_000  # of the names in one divisor
SAMPLED = 24
MOST_PROOFS = 20  # that two formulas need the same

Domain = Mapping[Symbol, Variable]
Test = Literal["not zero", "not negative", "positive"]

PASSES: dict[Test, Callable[[Any], bool]] = {
    "not zero": lambda value: bool(value != 0),
    "not negative": lambda value: bool(value >= 0),
    "positive": lambda value: bool(value > 0),
}


@dataclass(frozen=True)
class Need:
    """A test that a subformula must pass; ``strict`` says that there is no value where it fails."""

    test: Test
    tree: Expression
    strict: bool = True

    def certain(self, domain: Domain) -> bool:
        """Whether the bounds on the subformula show that it passes everywhere."""
        low, high = ranges(self.tree, domain)[self.tree]
        if self.test == "not negative":
            return bool(low >= 0)
        return bool(low > 0 or (high < 0 and self.test == "not zero"))

    def shared(self, others: Iterable["Need"], proofs: Iterator[int]) -> bool:
        """Whether another formula needs the same, or more; each proof takes one of `proofs`."""
        trees = [
            other.tree for other in others if other.strict and other.test in (self.test, "positive")
        ]
        return any(self.tree.same_tree(tree) for tree in trees) or any(
            prove_equal(self.tree, tree) for tree, _ in zip(trees, proofs, strict=False)
        )


@dataclass(frozen=True)
class Gap:
    """Where a formula has no value and the key has one; without a ``point`` there may be one."""

    point: Point | None = None


def gap(formula: Iterable[Need], key: Sequence[Need], domain: Domain) -> Gap | None:
    """Whether a formula of these needs lacks a value somewhere where the key has one; None: no."""
    unsure = None
    proofs = iter(range(MOST_PROOFS))
    for need in formula:
        if need.certain(domain) or need.shared(key, proofs):
            continue
        found = _Search(need, key, domain).gap()
        if found and found.point is not None:
            return found
        unsure = unsure or found
    return unsure


def needs(nodes: Iterable[Node]) -> Iterator[Need]:
    """All that a formula of these nodes needs, products taken apart."""
    for node in nodes:
        if isinstance(node, Quotient | FloorQuotient | Modulo):
            yield from _not_zero(node.right)
        elif isinstance(node, Power):
            yield from _of_power(node.left, node.right)
        elif isinstance(node, Call) and node.function == "log":
            yield Need("positive", node.children[0])
        elif isinstance(node, Call) and node.function == "tan":
            yield Need("not zero", Call("cos", node.children[0]))


def _not_zero(tree: Expression, *, strict: bool = True) -> Iterator[Need]:
    """That a formula is not 0: none of its factors is."""
    if isinstance(tree, Product):
        yield from _not_zero(tree.left, strict=strict)
        yield from _not_zero(tree.right, strict=strict)
    elif isinstance(tree, Quotient):
        yield from _not_zero(tree.left, strict=strict)
    elif isinstance(tree, Power):
        exponent = _number(tree.right)
        if exponent != 0:
            yield from _not_zero(tree.left, strict=strict and exponent is not None)
    elif isinstance(tree, Negation):
        yield from _not_zero(tree.children[0], strict=strict)
    elif not (isinstance(tree, Call) and tree.function == "exp"):
        yield Need("not zero", tree, strict)


def _of_power(base: Expression, exponent: Expression) -> Iterator[Need]:
    """What the exponent asks of the base."""
    number = _number(exponent)
    if number is None:
        if not all(map(_is_whole, postorder(exponent))):
            yield Need("positive", base, strict=False)  # though 0 to a positive power is 0
        else:
            yield from _not_zero(base, strict=False)
    elif number.denominator != 1:
        yield Need("not negative" if number > 0 else "positive", base)
    elif number < 0:
        yield from _not_zero(base)


def _number(tree: Expression) -> int | Fraction | None:
    """The number that a formula without names is; None where it has names, or none is exact."""
    if isinstance(tree, Number):
        return tree.value
    return None if tree.free_symbols else Evaluator.of(tree, []).at(())


def _is_whole(node: Node) -> bool:
    """Whether a node is whole where its operands are."""
    if isinstance(node, Number):
        return node.value.denominator == 1
    return isinstance(node, Sum | Difference | Product | Negation) or (
        isinstance(node, Symbol) and node.is_integer
    )


class _Search:
    """The search for a point where a need fails although the key has a value."""

    def __init__(self, need: Need, wanted: Sequence[Need], domain: Domain) -> None:
        self.need, self.domain = need, domain
        used = set(need.tree.free_symbols)
        self.inner = {symbol: one for symbol, one in domain.items() if symbol in used}
        self.outer = {symbol: one for symbol, one in domain.items() if symbol not in used}
        self.sides = [(one.test, Evaluator.of(one.tree, list(domain))) for one in wanted]
        self.inner_sides = [
            (one.test, Evaluator.of(one.tree, list(self.inner)))
            for one in wanted
            if one.strict and used.issuperset(one.tree.free_symbols)
        ]

    def gap(self) -> Gap | None:
        """The gap; None where every point of the need's names is known to be in order."""
        variables = list(self.inner.values())
        size = grid_size(variables)
        whole = size is not None and size <= MOST_GRID_POINTS
        side = Evaluator.of(self.need.tree, list(self.inner))
        unsure = None if whole else Gap()
        for point in grid(variables) if whole else _likely(variables):
            value = side.at(point)
            if value is None:  # another need fails there, or the value is not exact
                unsure = Gap() if side.inexact else unsure
            elif not PASSES[self.need.test](value) and not self._excused(point):
                found = self._extended(point) if self.need.strict else Gap()
                if found.point is not None:
                    return found
                unsure = found
        return unsure

    def _excused(self, inner: Point) -> bool:
        """Whether the key has no value either, whatever the other names are."""
        values = ((test, side.at(inner)) for test, side in self.inner_sides)
        return any(value is not None and not PASSES[test](value) for test, value in values)

    def _extended(self, inner: Point) -> Gap:
        """The gap at a point of the need's names, for some values of the others."""
        told = dict(zip(self.inner, inner, strict=True))
        for point in points(tuple(self.outer.values()), SAMPLED if self.outer else 1):
            values = told | dict(zip(self.outer, point, strict=True))
            whole = tuple(values[symbol] for symbol in self.domain)
            if all(self._passes(test, side, whole) for test, side in self.sides):
                return Gap(whole)
        return Gap()

    @staticmethod
    def _passes(test: Test, side: Evaluator, point: Point) -> bool:
        value = side.at(point)
        return value is not None and PASSES[test](value)


def _likely(variables: Sequence[Variable]) -> Iterator[Point]:
    """Points of a large domain, among them such where names are 0, or equal."""
    sample = points(tuple(variables), 2 * SAMPLED)
    yield from sample
    for value in (0, 1, *(point[0] for point in sample[:SAMPLED])):
        if all(variable.takes(value) for variable in variables):
            yield (value,) * len(variables)
    for place, variable in enumerate(variables):
        for point in sample[:SAMPLED] if variable.takes(0) else ():
            yield (*point[:place], 0, *point[place + 1 :])
