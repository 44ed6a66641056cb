"""Proof that two formulas are the same function, by quotients of polynomials.

Both formulas are expanded over generators: symbols, entries of arrays, and floors, positive parts,
roots and other functions that do not expand. Two of those are taken to be the same generator only
when their arguments are proved equal in turn, up to these rules, n being a whole number:

floor(x + n) = floor(x) + n                 floor((floor(x) + n)/d) = floor((x + n)/d)
floor((-n - 1)/d) = -1 - floor(n/d)         for a whole d > 0, as in the line above
max(a, b) = b + pos(a - b)                  pos(c x) = c pos(x) for c > 0, pos(-x) = pos(x) - x
|x| = 2 pos(x) - x                          max(a + x, b + x, …) = max(a, b, …) + x

Work is bounded before it is done, so that no formula can hang the proof.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from examgen.equivalence.ratio import GaveUp, Polynomial, Ratio, Ring, content
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

LARGEST_EXPONENT = 64
MOST_TRANSLATED = 5  # arguments of a maximum that are compared up to a shift


@dataclass(frozen=True)
class _Opaque:
    """A generator that stands for a function of its arguments; ``place`` is its number.

    ``step`` is 1/d for the floor of a whole number over a whole d > 0.
    """

    function: str
    arguments: tuple[Ratio, ...]
    place: int
    step: Ratio | None = None


class Expansion(Ring):
    """Formulas as quotients of polynomials in generators, which are found on the way."""

    def __init__(self, generators: int, positive: Collection[Symbol] = ()) -> None:
        """Room for so many generators; ``positive`` symbols are known to be above 0."""
        super().__init__(generators)
        self.positive = positive
        self.leaves: dict[object, Ratio] = {}
        self.opaque: list[_Opaque] = []

    def expand(self, tree: Node) -> Ratio:
        """The formula as a quotient of polynomials in the generators."""
        done: dict[int, Ratio] = {}
        for node in postorder(tree):
            operands = [done[id(child)] for child in _operands(node)]
            done[id(node)] = self._expand(node, operands)
        return done[id(tree)]

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
            return self._power(*operands)
        return self._binary(type(node), *operands)

    def _leaf(self, node: Symbol | Entry) -> Ratio:
        if node.label() not in self.leaves:
            place = self.new(integral=node.is_integer, positive=node in self.positive)
            self.leaves[node.label()] = self.generator(place)
        return self.leaves[node.label()]

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
        whole = self._floor(quotient)
        if kind is FloorQuotient:
            return whole
        assert kind is Modulo
        return self.difference(left, self.product(right, whole))

    def _call(self, function: str, operands: list[Ratio]) -> Ratio:
        if function == "floor":
            return self._floor(operands[0])
        if function == "ceiling":
            return self.negative(self._floor(self.negative(operands[0])))
        if function == "absolute":
            double = self.scaled(self._positive_part(operands[0]), 2)
            return self.difference(double, operands[0])
        if function == "maximum":
            return self._maximum(operands)
        if function == "minimum":
            return self.negative(self._maximum([self.negative(one) for one in operands]))
        return self._function(function, tuple(operands))

    # ---- floors -------------------------------------------------------------------------

    def _floor(self, value: Ratio) -> Ratio:
        value = self.reduced(value)
        if self.is_integral(value):
            return value
        number = self.constant(value)
        if number is not None:
            return self.number(number.numerator // number.denominator)
        value = self._without_inner_floor(value)
        for known in self.opaque:
            if known.function == "floor" and (found := self._floor_by(known, value)):
                return found
        denominator = self.denominator(value)
        step = None if denominator is None else self.inverse(Ratio(denominator, self.one))
        return self._opaque("floor", (value,), integral=True, step=step)

    def _floor_by(self, known: _Opaque, value: Ratio) -> Ratio | None:
        """The floor of a value that differs from a known one by a whole number, or mirrors it."""
        floor, argument = self.generator(known.place), known.arguments[0]
        shift = self._whole(self.difference(value, argument))
        if shift is not None:
            return self.sum(floor, shift)
        if known.step is not None:
            shift = self._whole(self.sum(self.sum(value, argument), known.step))
            if shift is not None:
                return self.difference(self.sum(shift, self.number(-1)), floor)
        return None

    def _without_inner_floor(self, value: Ratio) -> Ratio:
        """The value with (floor(x) + n)/d made (x + n)/d, as its own floor may be taken."""
        while (denominator := self.denominator(value)) is not None:
            scaled = self.product(value, Ratio(denominator, self.one)).over
            inner = [known for known in self.opaque if self._stands_alone(known, scaled)]
            if len(inner) != 1 or denominator.degrees()[inner[0].place]:
                break
            change = self.difference(inner[0].arguments[0], self.generator(inner[0].place))
            part = self.product(change, self.inverse(Ratio(denominator, self.one)))
            value = self.reduced(self.sum(value, part))
        return value

    def _stands_alone(self, known: _Opaque, polynomial: Polynomial) -> bool:
        """Whether a floor is one term of a polynomial and is in no other."""
        if known.function != "floor" or polynomial.degrees()[known.place] != 1:
            return False
        terms = [(powers, f) for powers, f in polynomial.terms() if powers[known.place]]
        return len(terms) == 1 and sum(terms[0][0]) == 1 and terms[0][1] == 1

    # ---- maxima, powers and other functions ---------------------------------------------

    def _maximum(self, operands: list[Ratio]) -> Ratio:
        first, *others = operands
        left = [first]
        for other in others:
            apart = [self.constant(self.difference(one, other)) for one in left]
            if any(gap is not None and gap >= 0 for gap in apart):
                continue
            left = [one for one, gap in zip(left, apart, strict=True) if gap is None] + [other]
        if len(left) == 1:
            return left[0]
        if len(left) == 2:
            return self.sum(left[1], self._positive_part(self.difference(*left)))
        for known in self.opaque:
            if known.function == "maximum" and (shift := self._shift(left, known.arguments)):
                return self.sum(self.generator(known.place), shift)
        return self._opaque("maximum", tuple(left), integral=all(map(self.is_integral, left)))

    def _shift(self, mine: list[Ratio], others: tuple[Ratio, ...]) -> Ratio | None:
        """What must be added to all of others so that they are mine, in any order."""
        for start in others if len(mine) == len(others) <= MOST_TRANSLATED else ():
            shift = self.difference(mine[0], start)
            left = [self.sum(other, shift) for other in others]
            for one in mine:
                found = next((i for i, other in enumerate(left) if self.same(one, other)), None)
                if found is None:
                    break
                del left[found]
            if not left:
                return shift
        return None

    def _positive_part(self, value: Ratio) -> Ratio:
        """The maximum of a value and 0."""
        number = self.constant(value)
        if number is not None:
            return self.number(max(number, Fraction(0)))
        value = self.reduced(value)
        scale = content(value.over)
        primitive = self.scaled(value, 1 / scale)
        part = self._function("positive", (primitive,), integral=self.is_integral(primitive))
        if scale < 0:
            part = self.difference(part, primitive)
        return self.scaled(part, abs(scale))

    def _power(self, base: Ratio, exponent: Ratio) -> Ratio:
        number = self.constant(exponent)
        if number is None or not _expands(number.numerator):
            return self._function("power", (base, exponent))
        if number.denominator > 1:
            root = self.number(Fraction(1, number.denominator))
            base = self._function("power", (base, root))
        result = Ratio(self.one, self.one)
        for _ in range(abs(number.numerator)):
            result = self.product(result, base)
        return self.inverse(result) if number < 0 else result

    def _function(
        self, function: str, arguments: tuple[Ratio, ...], *, integral: bool = False
    ) -> Ratio:
        """The generator of a function of its arguments in order."""
        for known in self.opaque:
            if known.function == function and len(known.arguments) == len(arguments):
                pairs = zip(known.arguments, arguments, strict=True)
                if all(self.same(one, other) for one, other in pairs):
                    return self.generator(known.place)
        return self._opaque(function, arguments, integral=integral)

    def _opaque(
        self,
        function: str,
        arguments: tuple[Ratio, ...],
        *,
        integral: bool,
        step: Ratio | None = None,
    ) -> Ratio:
        place = self.new(integral=integral, positive=False)
        self.opaque.append(_Opaque(function, arguments, place, step))
        return self.generator(place)

    def _whole(self, value: Ratio) -> Ratio | None:
        """The value, reduced, where it is whole."""
        value = self.reduced(value)
        return value if self.is_integral(value) else None


def prove_equal(first: Any, second: Any, positive: Collection[Symbol] = ()) -> bool:
    """Whether both are proved to be the same function of their symbols, wherever both are defined.

    Symbols stand for any rational numbers, or any integers where ``is_integer``; those that are
    ``positive`` for numbers above 0. False means not proved: different, or beyond the means and the
    bounds of this proof.
    """
    trees = [as_expression(tree) for tree in (first, second)]
    try:
        expansion = Expansion(_most_generators(trees), positive)
        return expansion.same(*map(expansion.expand, trees))
    except GaveUp:
        return False


def _operands(node: Node) -> Iterator[Node]:
    """The operands of a node; a maximum of maxima has all of theirs."""
    nested = isinstance(node, Call) and node.function in ("maximum", "minimum")
    for child in node.children:
        if nested and isinstance(child, Call) and child.function == node.label():
            yield from _operands(child)
        else:
            yield child


def _most_generators(trees: Sequence[Node]) -> int:
    """How many generators the formulas may need at most."""
    leaves: set[object] = set()
    others = 0
    for node in (node for tree in trees for node in postorder(tree)):
        if isinstance(node, Symbol | Entry):
            leaves.add(node.label())
        elif isinstance(node, Power):
            others += not (isinstance(node.right, Number) and _expands(node.right.value))
        else:
            others += isinstance(node, Call | FloorQuotient | Modulo)
    return len(leaves) + others


def _expands(exponent: int | Fraction) -> bool:
    """Whether a power is multiplied out."""
    return exponent.denominator == 1 and abs(exponent.numerator) <= LARGEST_EXPONENT
