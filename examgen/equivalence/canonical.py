"""Proof that two formulas are the same function, by quotients of polynomials.

Both formulas are expanded over generators: symbols, entries of arrays, and functions that do not
expand (`examgen.equivalence.functions`). Work is bounded before it is done, so that no formula can
hang the proof.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any, Self

from examgen.equivalence.domain import Variable
from examgen.equivalence.functions import Functions, expands
from examgen.equivalence.ranges import ANY, bounds_of
from examgen.equivalence.ratio import GaveUp, Ratio
from examgen.formula import (
    Call,
    Difference,
    Entry,
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
    as_expression,
    postorder,
)

ROOM = 8  # generators: there are rings for 8, 16, 24 …


class Expansion(Functions):
    """Formulas as quotients of polynomials in generators, which are found on the way."""

    def __init__(self, generators: int, domain: Mapping[Symbol, Variable] | None = None) -> None:
        """Room for so many generators; the domain tells between which numbers symbols lie."""
        super().__init__(generators)
        self.domain = domain or {}
        self._known: dict[tuple[object, ...], Ratio] = {}  # leaves, and operations on what is known

    def copy(self) -> Self:
        """The same, to be gone on with: what it finds later is not known here."""
        other = copy(self)
        other.integral, other.opaque = [*self.integral], [*self.opaque]
        other._bounds, other._known = [*self._bounds], {**self._known}
        return other

    def expand(self, nodes: Sequence[Node]) -> Ratio:
        """The formula of these nodes, in `postorder`, as a quotient of polynomials."""
        done: dict[int, Ratio] = {}
        for node in nodes:
            operands = [done[id(child)] for child in _operands(node)]
            known = (type(node), node.label(), *map(id, operands))
            if known not in self._known:
                self._known[known] = self._expand(node, operands)
            done[id(node)] = self._known[known]
        return done[id(nodes[-1])]

    def _expand(self, node: Node, operands: list[Ratio]) -> Ratio:
        if isinstance(node, Number):
            return self.number(node.value)
        if isinstance(node, Symbol | Entry):
            return self._leaf(node)
        if isinstance(node, Negation):
            return self.negative(operands[0])
        if isinstance(node, Call):
            return self._call(node.function, operands)
        if isinstance(node, Power):
            return self.power(*operands)
        return self._binary(type(node), *operands)

    def _leaf(self, node: Symbol | Entry) -> Ratio:
        known = self.domain.get(node) if isinstance(node, Symbol) else None
        bounds = ANY if known is None else bounds_of(known)
        return self.generator(self.new(integral=node.is_integer, bounds=bounds))

    def _binary(self, kind: type[Node], left: Ratio, right: Ratio) -> Ratio:
        if kind is Sum:
            return self.sum(left, right)
        if kind is Difference:
            return self.difference(left, right)
        if kind is Product:
            return self.product(left, right)
        quotient = self.product(left, self.inverse(right))
        if kind is Quotient:
            return quotient
        whole = self.floor(quotient)
        if kind is FloorQuotient:
            return whole
        assert kind is Modulo
        return self.difference(left, self.product(right, whole))

    def _call(self, function: str, operands: list[Ratio]) -> Ratio:
        if function == "floor":
            return self.floor(operands[0])
        if function == "ceiling":
            return self.negative(self.floor(self.negative(operands[0])))
        if function == "absolute":
            double = self.scaled(self.positive_part(operands[0]), 2)
            return self.difference(double, operands[0])
        if function == "maximum":
            return self.maximum(operands)
        if function == "minimum":
            return self.negative(self.maximum([self.negative(one) for one in operands]))
        return self.function(function, tuple(operands))


class Canonical:
    """A formula that others are proved equal to; it is expanded once for all of them.

    Symbols stand for any rational numbers, or any integers where ``is_integer``; those of a domain
    for its values.
    """

    def __init__(
        self, nodes: Sequence[Node], domain: Mapping[Symbol, Variable] | None = None
    ) -> None:
        """Take its nodes in `postorder`."""
        self._nodes, self._domain = nodes, domain
        self._leaves, self._functions = _generators(nodes)
        self._expanded: dict[int, tuple[Expansion, Ratio] | None] = {}

    def equals(self, nodes: Sequence[Node]) -> bool:
        """Whether a formula is proved to be the same function, wherever both are defined.

        False means not proved: different, or beyond the means and the bounds of this proof.
        """
        leaves, functions = _generators(nodes)
        needed = len(self._leaves | leaves) + self._functions + functions
        try:
            expansion, mine = self._in(-(-needed // ROOM) * ROOM)
            expansion = expansion.copy()
            return expansion.same(mine, expansion.expand(nodes))
        except GaveUp:
            return False

    def _in(self, generators: int) -> tuple[Expansion, Ratio]:
        """The expansion of its own nodes, with room for so many generators; raises GaveUp."""
        if generators not in self._expanded:
            self._expanded[generators] = None
            expansion = Expansion(generators, self._domain)
            self._expanded[generators] = expansion, expansion.expand(self._nodes)
        known = self._expanded[generators]
        if known is None:
            raise GaveUp
        return known


def prove_equal(first: Any, second: Any, domain: Mapping[Symbol, Variable] | None = None) -> bool:
    """Whether both are proved to be the same function of their symbols, as `Canonical` tells."""
    mine, theirs = (list(postorder(as_expression(tree))) for tree in (first, second))
    return Canonical(mine, domain).equals(theirs)


def _operands(node: Node) -> Iterator[Node]:
    """The operands of a node; a maximum of maxima has all of theirs."""
    nested = isinstance(node, Call) and node.function in ("maximum", "minimum")
    for child in node.children:
        if nested and isinstance(child, Call) and child.function == node.label():
            yield from _operands(child)
        else:
            yield child


def _generators(nodes: Sequence[Node]) -> tuple[set[object], int]:
    """The leaves of a formula, and how many generators it may need beside them."""
    leaves = {node.label() for node in nodes if isinstance(node, Symbol | Entry)}
    functions = 0
    for node in nodes:
        if isinstance(node, Power):
            functions += not (isinstance(node.right, Number) and expands(node.right.value))
        else:
            functions += isinstance(node, Call | FloorQuotient | Modulo)
    return leaves, functions
