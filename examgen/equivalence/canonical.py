"""Proof that two formulas are the same function, by quotients of polynomials (in FLINT).

Both formulas are expanded over generators: symbols, entries of arrays, and floors, maxima, roots
and other functions that do not expand. Two of those are taken to be the same generator only when
their arguments are proved equal in turn. Work is bounded before it is done, so that no formula can
hang the proof.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from operator import methodcaller
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

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

MOST_TERMS = 5_000
MOST_WORK = 150_000  # products and sums of two terms with coefficients of up to 256 bits
LARGEST_EXPONENT = 64
LARGEST_DEGREE = 2_000
LARGEST_BITS = 4_000  # of a coefficient
MOST_GENERATORS = 100

_height = methodcaller("height_bits")

Polynomial = Any  # flint.fmpq_mpoly, which has no types


class GaveUp(Exception):
    """The formula has no value anywhere, or is too large to expand."""


@dataclass(frozen=True)
class Ratio:
    """A quotient of two polynomials, the lower one not zero and, if constant, 1."""

    over: Polynomial
    under: Polynomial


class Expansion:
    """The generators met so far, and how much work is left."""

    def __init__(self, generators: int) -> None:
        """Room for so many generators; raises GaveUp for too many."""
        if generators > MOST_GENERATORS:
            raise GaveUp
        self.context, self._gens = _ring(max(1, generators))
        self.one = self.context.constant(1)
        self.zero = self.context.constant(0)
        self.work = MOST_WORK
        self.integral: list[bool] = []  # for each generator
        self.leaves: dict[object, Ratio] = {}
        self.opaque: list[tuple[str, tuple[Ratio, ...], Ratio]] = []

    def expand(self, tree: Node) -> Ratio:
        """The formula as a quotient of polynomials in the generators."""
        done: dict[int, Ratio] = {}
        for node in postorder(tree):
            done[id(node)] = self._expand(node, [done[id(child)] for child in node.children])
        return done[id(tree)]

    def _expand(self, node: Node, operands: list[Ratio]) -> Ratio:
        if isinstance(node, Number):
            return self._number(node.value)
        if isinstance(node, Symbol | Entry):
            if node.label() not in self.leaves:
                self.leaves[node.label()] = self._generator(integral=node.is_integer)
            return self.leaves[node.label()]
        if isinstance(node, Negation):
            return self.negative(operands[0])
        if isinstance(node, Call):
            return self._call(node.function, operands)
        if isinstance(node, Power):
            return self._power(*operands)
        return self._binary(type(node), *operands)

    def _binary(self, kind: type[Node], left: Ratio, right: Ratio) -> Ratio:
        if kind is Sum:
            return self.sum(left, right)
        if kind is Difference:
            return self.sum(left, self.negative(right))
        if kind is Product:
            return self._product(left, right)
        quotient = self._product(left, self._inverse(right))
        if kind is Quotient:
            return quotient
        whole = self._floor(quotient)
        if kind is FloorQuotient:
            return whole
        assert kind is Modulo
        return self.sum(left, self.negative(self._product(right, whole)))

    def _call(self, function: str, operands: list[Ratio]) -> Ratio:
        if function == "floor":
            return self._floor(operands[0])
        negated = [self.negative(operand) for operand in operands]
        if function == "ceiling":
            return self.negative(self._floor(negated[0]))
        if function == "absolute":
            return self._opaque("maximum", (operands[0], negated[0]))
        if function == "minimum":
            return self.negative(self._opaque("maximum", tuple(negated)))
        return self._opaque(function, tuple(operands))

    def _floor(self, value: Ratio) -> Ratio:
        if self._is_integral(value):
            return value
        number = self._constant(value)
        if number is not None:
            return self._number(number.numerator // number.denominator)
        for function, arguments, generator in self.opaque:
            if function == "floor":
                apart = self.sum(value, self.negative(arguments[0]))
                constant = self._constant(apart)
                shift = apart if constant is None else self._number(constant)
                if self._is_integral(shift):  # floor(x + n) = floor(x) + n
                    return self.sum(generator, shift)
        return self._new_opaque("floor", (value,))

    def _power(self, base: Ratio, exponent: Ratio) -> Ratio:
        number = self._constant(exponent)
        if number is None or abs(number.numerator) > LARGEST_EXPONENT:
            return self._opaque("power", (base, exponent))
        if number.denominator > 1:
            base = self._opaque("power", (base, self._number(Fraction(1, number.denominator))))
        result = Ratio(self.one, self.one)
        for _ in range(abs(number.numerator)):
            result = self._product(result, base)
        return self._inverse(result) if number < 0 else result

    def _opaque(self, function: str, arguments: tuple[Ratio, ...]) -> Ratio:
        for known, others, generator in self.opaque:
            if known == function and self._match(function, arguments, others):
                return generator
        return self._new_opaque(function, arguments)

    def _new_opaque(self, function: str, arguments: tuple[Ratio, ...]) -> Ratio:
        integral = function == "floor" or (
            function == "maximum" and all(map(self._is_integral, arguments))
        )
        generator = self._generator(integral=integral)
        self.opaque.append((function, arguments, generator))
        return generator

    def _match(self, function: str, mine: tuple[Ratio, ...], others: tuple[Ratio, ...]) -> bool:
        """Whether the arguments are equal, for a maximum in any order."""
        if len(mine) != len(others):
            return False
        if function != "maximum":
            return all(self.same(a, b) for a, b in zip(mine, others, strict=True))
        left = list(others)
        for argument in mine:
            found = next((i for i, other in enumerate(left) if self.same(argument, other)), None)
            if found is None:
                return False
            del left[found]
        return True

    def same(self, left: Ratio, right: Ratio) -> bool:
        """Whether two quotients are equal as rational functions of the generators."""
        return not self.sum(left, self.negative(right)).over

    def _generator(self, *, integral: bool) -> Ratio:
        self.integral.append(integral)
        return Ratio(self._gens[len(self.integral) - 1], self.one)

    def _is_integral(self, value: Ratio) -> bool:
        if value.under != self.one:
            return False
        degrees = value.over.degrees()
        return all(whole or degrees[at] < 1 for at, whole in enumerate(self.integral)) and all(
            factor.q == 1 for factor in value.over.coeffs()
        )

    def negative(self, value: Ratio) -> Ratio:
        """Minus a quotient."""
        return Ratio(-value.over, value.under)

    def _inverse(self, value: Ratio) -> Ratio:
        return self._ratio(value.under, value.over)

    def _product(self, left: Ratio, right: Ratio) -> Ratio:
        return self._ratio(self._times(left.over, right.over), self._times(left.under, right.under))

    def sum(self, left: Ratio, right: Ratio) -> Ratio:
        """The sum of two quotients."""
        if left.under == right.under:
            self._charge(len(left.over) + len(right.over))
            return self._ratio(left.over + right.over, left.under)
        over = self._times(left.over, right.under) + self._times(right.over, left.under)
        return self._ratio(over, self._times(left.under, right.under))

    def _times(self, left: Polynomial, right: Polynomial) -> Polynomial:
        if right == self.one:
            return left
        terms = len(left) * len(right)
        degree = left.total_degree() + right.total_degree()
        if terms > 20 * MOST_TERMS or degree > LARGEST_DEGREE:
            raise GaveUp
        self._charge(terms)
        product = left * right
        largest = _bits(product)
        if len(product) > MOST_TERMS or largest > LARGEST_BITS:
            raise GaveUp
        self._charge(terms * (largest // 256))
        return product

    def _charge(self, work: int) -> None:
        self.work -= work
        if self.work < 0:
            raise GaveUp

    def _ratio(self, over: Polynomial, under: Polynomial) -> Ratio:
        if not under:
            raise GaveUp
        if under.is_constant():
            return Ratio(over / under.leading_coefficient(), self.one)
        return Ratio(over, under)

    def _number(self, number: int | Fraction) -> Ratio:
        return Ratio(self.context.constant(fmpq(number.numerator, number.denominator)), self.one)

    def _constant(self, value: Ratio) -> Fraction | None:
        """The number that the quotient is everywhere, or None where it is not seen to be one."""
        if not value.over:
            return Fraction(0)
        scale = value.over.leading_coefficient() / value.under.leading_coefficient()
        if value.over != scale * value.under:
            return None
        return Fraction(int(scale.p), int(scale.q))


def prove_equal(first: Any, second: Any) -> bool:
    """Whether both are proved to be the same function of their symbols, wherever both are defined.

    Symbols stand for any rational numbers, or any integers where ``is_integer``. False means not
    proved: different, or beyond the means and the bounds of this proof.
    """
    trees = [as_expression(tree) for tree in (first, second)]
    try:
        nodes = [node for tree in trees for node in postorder(tree)]
        expansion = Expansion(sum(map(_may_generate, nodes)))
        return expansion.same(*map(expansion.expand, trees))
    except GaveUp:
        return False


def _may_generate(node: Node) -> bool:
    """Whether a node may need a generator of its own."""
    return isinstance(node, Symbol | Entry | Call | Power | FloorQuotient | Modulo)


@cache
def _ring(generators: int) -> tuple[Any, tuple[Any, ...]]:
    """The ring of rational polynomials in so many generators, and these."""
    names = [f"g{number}" for number in range(generators)]
    context = fmpq_mpoly_ctx.get(names, Ordering.lex)
    return context, context.gens()


def _bits(polynomial: Polynomial) -> int:
    """The size of the largest numerator or denominator among the coefficients."""
    return max(map(_height, polynomial.coeffs()), default=0)
