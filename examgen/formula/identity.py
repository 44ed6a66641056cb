"""Proof that two formulas are the same function, by arithmetic of quotients of polynomials.

Both formulas are expanded over generators: symbols, entries of arrays, and floors, maxima and
powers that do not expand, which are taken to be the same generator only when their arguments are
proved equal in turn. Work is bounded, so that no formula can hang the proof.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from examgen.formula.arithmetic import bits, divide
from examgen.formula.tree import (
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
)
from examgen.formula.walk import postorder

LARGEST_WORK = 50_000  # products of two terms
LARGEST_EXPONENT = 64
LARGEST_BITS = 2_000  # of a coefficient

Monomial = tuple[tuple[int, int], ...]  # (generator, exponent), in order of generators
Polynomial = dict[Monomial, int | Fraction]

ONE: Polynomial = {(): 1}


class GaveUp(Exception):
    """The formula has no value anywhere, or is too large to expand."""


@dataclass(frozen=True)
class Ratio:
    """A quotient of two polynomials, the lower one not zero and, if constant, 1."""

    over: Polynomial
    under: Polynomial


@dataclass
class Expansion:
    """The generators met so far, and how much work is left."""

    work: int = LARGEST_WORK
    integral: list[bool] = field(default_factory=list)  # for each generator
    leaves: dict[object, int] = field(default_factory=dict)
    opaque: list[tuple[str, tuple[Ratio, ...], int]] = field(default_factory=list)

    def expand(self, tree: Node) -> Ratio:
        """The formula as a quotient of polynomials in the generators."""
        done: dict[int, Ratio] = {}
        for node in postorder(tree):
            done[id(node)] = self._expand(node, [done[id(child)] for child in node.children])
        return done[id(tree)]

    def _expand(self, node: Node, operands: list[Ratio]) -> Ratio:
        if isinstance(node, Number):
            return _number(node.value)
        if isinstance(node, Symbol | Entry):
            if node.label() not in self.leaves:
                self.leaves[node.label()] = self._generator(integral=node.is_integer)
            return _single(self.leaves[node.label()])
        if isinstance(node, Negation):
            return self._negative(operands[0])
        if isinstance(node, Call):
            return self._call(node.function, operands)
        if isinstance(node, Power):
            return self._power(*operands)
        return self._binary(type(node), *operands)

    def _binary(self, kind: type[Node], left: Ratio, right: Ratio) -> Ratio:
        if kind is Sum:
            return self._sum(left, right)
        if kind is Difference:
            return self._sum(left, self._negative(right))
        if kind is Product:
            return self._product(left, right)
        quotient = self._product(left, self._inverse(right))
        if kind is Quotient:
            return quotient
        whole = self._floor(quotient)
        if kind is FloorQuotient:
            return whole
        assert kind is Modulo
        return self._sum(left, self._negative(self._product(right, whole)))

    def _call(self, function: str, operands: list[Ratio]) -> Ratio:
        if function == "floor":
            return self._floor(operands[0])
        negated = [self._negative(operand) for operand in operands]
        if function == "ceiling":
            return self._negative(self._floor(negated[0]))
        if function == "absolute":
            return self._opaque("maximum", (operands[0], negated[0]))
        if function == "minimum":
            return self._negative(self._opaque("maximum", tuple(negated)))
        return self._opaque("maximum", tuple(operands))

    def _floor(self, value: Ratio) -> Ratio:
        if self._is_integral(value):
            return value
        for function, arguments, generator in self.opaque:
            if function == "floor":
                apart = self._sum(value, self._negative(arguments[0]))
                constant = _constant(apart)
                shift = apart if constant is None else _number(constant)
                if self._is_integral(shift):  # floor(x + n) = floor(x) + n
                    return self._sum(_single(generator), shift)
        return self._new_opaque("floor", (value,))

    def _power(self, base: Ratio, exponent: Ratio) -> Ratio:
        times = _constant(exponent)
        if (
            times is None
            or times.denominator != 1
            or not -LARGEST_EXPONENT <= times <= LARGEST_EXPONENT
        ):
            return self._opaque("power", (base, exponent))
        result = Ratio(ONE, ONE)
        for _ in range(abs(int(times))):
            result = self._product(result, base)
        return self._inverse(result) if times < 0 else result

    def _opaque(self, function: str, arguments: tuple[Ratio, ...]) -> Ratio:
        for known, others, generator in self.opaque:
            if known == function and self._match(function, arguments, others):
                return _single(generator)
        return self._new_opaque(function, arguments)

    def _new_opaque(self, function: str, arguments: tuple[Ratio, ...]) -> Ratio:
        integral = function == "floor" or (
            function == "maximum" and all(map(self._is_integral, arguments))
        )
        generator = self._generator(integral=integral)
        self.opaque.append((function, arguments, generator))
        return _single(generator)

    def _match(self, function: str, mine: tuple[Ratio, ...], others: tuple[Ratio, ...]) -> bool:
        """Whether the arguments are equal, for a maximum in any order."""
        if len(mine) != len(others):
            return False
        if function != "maximum":
            return all(self._same(a, b) for a, b in zip(mine, others, strict=True))
        left = list(others)
        for argument in mine:
            found = next((i for i, other in enumerate(left) if self._same(argument, other)), None)
            if found is None:
                return False
            del left[found]
        return True

    def _same(self, left: Ratio, right: Ratio) -> bool:
        return not self._sum(left, self._negative(right)).over

    def _generator(self, *, integral: bool) -> int:
        self.integral.append(integral)
        return len(self.integral) - 1

    def _is_integral(self, value: Ratio) -> bool:
        return value.under == ONE and all(
            coefficient.denominator == 1 and all(self.integral[index] for index, _ in monomial)
            for monomial, coefficient in value.over.items()
        )

    def _negative(self, value: Ratio) -> Ratio:
        return Ratio({monomial: -factor for monomial, factor in value.over.items()}, value.under)

    def _inverse(self, value: Ratio) -> Ratio:
        return _ratio(value.under, value.over)

    def _product(self, left: Ratio, right: Ratio) -> Ratio:
        return _ratio(self._times(left.over, right.over), self._times(left.under, right.under))

    def _sum(self, left: Ratio, right: Ratio) -> Ratio:
        if left.under == right.under:
            return _ratio(_plus(left.over, right.over), left.under)
        over = _plus(self._times(left.over, right.under), self._times(right.over, left.under))
        return _ratio(over, self._times(left.under, right.under))

    def _times(self, left: Polynomial, right: Polynomial) -> Polynomial:
        self.work -= len(left) * len(right)
        if self.work < 0:
            raise GaveUp
        total: Polynomial = {}
        for first, factor in left.items():
            for second, other in right.items():
                exponents = dict(first)
                for index, exponent in second:
                    exponents[index] = exponents.get(index, 0) + exponent
                monomial = tuple(sorted(exponents.items()))
                total[monomial] = total.get(monomial, 0) + factor * other
        return _without_zeros(total)


def prove_equal(first: Any, second: Any) -> bool:
    """Whether both are proved to be the same function of their symbols, wherever both are defined.

    Symbols stand for any rational numbers, or any integers where ``is_integer``. False means not
    proved: different, or beyond the means and the bounds of this proof.
    """
    expansion = Expansion()
    prove: Callable[[Ratio, Ratio], bool] = expansion._same
    try:
        return prove(*(expansion.expand(as_expression(tree)) for tree in (first, second)))
    except GaveUp:
        return False


def _single(generator: int) -> Ratio:
    return Ratio({((generator, 1),): 1}, ONE)


def _number(number: int | Fraction) -> Ratio:
    return Ratio({(): number} if number else {}, ONE)


def _ratio(over: Polynomial, under: Polynomial) -> Ratio:
    if not under:
        raise GaveUp
    if set(under) == {()}:
        scale = under[()]
        return Ratio({monomial: divide(factor, scale) for monomial, factor in over.items()}, ONE)
    return Ratio(over, under)


def _constant(value: Ratio) -> int | Fraction | None:
    """The number that the ratio is everywhere, or None where it is not seen to be one."""
    if not value.over:
        return 0
    monomial, factor = next(iter(value.over.items()))
    if monomial not in value.under:
        return None
    scale = divide(factor, value.under[monomial])
    scaled = {key: scale * lower for key, lower in value.under.items()}
    return scale if scaled == value.over else None


def _plus(left: Polynomial, right: Polynomial) -> Polynomial:
    total = dict(left)
    for monomial, factor in right.items():
        total[monomial] = total.get(monomial, 0) + factor
    return _without_zeros(total)


def _without_zeros(polynomial: Polynomial) -> Polynomial:
    if any(bits(factor) > LARGEST_BITS for factor in polynomial.values()):
        raise GaveUp
    return {monomial: factor for monomial, factor in polynomial.items() if factor}
