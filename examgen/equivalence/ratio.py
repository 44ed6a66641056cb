"""Quotients of polynomials (in FLINT), every step of work bounded before it is done."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import gcd, lcm
from operator import methodcaller
from typing import Any, NamedTuple

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from examgen.equivalence.ranges import ANY, RULES, Range

MOST_TERMS = 5_000
MOST_WORK = 150_000  # products and sums of two terms with coefficients of up to 256 bits
LARGEST_DEGREE = 2_000
LARGEST_BITS = 4_000  # of a coefficient
MOST_GENERATORS = 104
LARGEST_REDUCED = 60  # degree of a polynomial that is divided by a common factor
MOST_REDUCED = 40  # terms of a polynomial that is divided by a common factor, or bounded

_height = methodcaller("height_bits")

Polynomial = Any  # flint.fmpq_mpoly, which has no types


class GaveUp(Exception):
    """The formula has no value anywhere, or is too large to expand."""


class Ratio(NamedTuple):
    """A quotient of two polynomials, the lower one not zero and, if constant, the ring's own 1."""

    over: Polynomial
    under: Polynomial


class Ring:
    """Arithmetic on quotients in so many generators, as long as its work lasts."""

    def __init__(self, generators: int) -> None:
        """Raises GaveUp for too many."""
        if generators > MOST_GENERATORS:
            raise GaveUp
        self._context, self.generators = _ring(max(1, generators))
        self.one = self._context.constant(1)
        self.work = MOST_WORK
        self.integral: list[bool] = []  # of each generator in use: whether it is always whole …
        self._bounds: list[Range | Callable[[], Range]] = []  # … and what finds its bounds

    def new(self, *, integral: bool, bounds: Range | Callable[[], Range] = ANY) -> int:
        """The number of a new generator; bounds that are a function are found when asked for."""
        self.integral.append(integral)
        self._bounds.append(bounds)
        return len(self.integral) - 1

    def bounds(self, place: int) -> Range:
        """Numbers between which a generator lies."""
        known = self._bounds[place]
        if callable(known):
            known = self._bounds[place] = known()
        return known

    def generator(self, number: int) -> Ratio:
        """One of the generators, counted from 0."""
        return Ratio(self.generators[number], self.one)

    def number(self, number: int | Fraction) -> Ratio:
        """A constant."""
        constant = fmpq(number.numerator, number.denominator)
        return Ratio(self._context.constant(constant), self.one)

    def constant(self, value: Ratio) -> int | Fraction | None:
        """The number that the quotient is everywhere, or None where it is not seen to be one."""
        if not value.over:
            return 0
        scale = value.over.leading_coefficient() / value.under.leading_coefficient()
        if value.over != scale * value.under:
            return None
        return _rational(scale)

    def same(self, left: Ratio, right: Ratio) -> bool:
        """Whether two quotients are equal as rational functions of the generators."""
        return not self.difference(left, right).over

    def negative(self, value: Ratio) -> Ratio:
        """Minus a quotient."""
        return Ratio(-value.over, value.under)

    def inverse(self, value: Ratio) -> Ratio:
        """One over a quotient; raises GaveUp for 0."""
        return self._ratio(value.under, value.over)

    def product(self, left: Ratio, right: Ratio) -> Ratio:
        """The product of two quotients."""
        return self._ratio(self._times(left.over, right.over), self._times(left.under, right.under))

    def scaled(self, value: Ratio, factor: int | Fraction) -> Ratio:
        """A quotient times a number."""
        return Ratio(value.over * fmpq(factor.numerator, factor.denominator), value.under)

    def sum(self, left: Ratio, right: Ratio) -> Ratio:
        """The sum of two quotients."""
        if left.under is right.under or left.under == right.under:
            self._charge(len(left.over) + len(right.over))
            return self._ratio(left.over + right.over, left.under)
        over = self._times(left.over, right.under) + self._times(right.over, left.under)
        return self._ratio(over, self._times(left.under, right.under))

    def difference(self, left: Ratio, right: Ratio) -> Ratio:
        """The difference of two quotients."""
        return self.sum(left, self.negative(right))

    def reduced(self, value: Ratio) -> Ratio:
        """The quotient without a common factor, the leading coefficient below 1 (small ones)."""
        over, under = value.over, value.under
        if under is self.one:
            return value
        degree = max(over.total_degree(), under.total_degree())
        if max(len(over), len(under)) <= MOST_REDUCED and degree <= LARGEST_REDUCED:
            self._charge(10 * len(over) * len(under))
            common = over.gcd(under)
            over, under = over / common, under / common
        leading = under.leading_coefficient()
        return self._ratio(over / leading, under / leading)

    def is_integral(self, value: Ratio) -> bool:
        """Whether a quotient is whole wherever it has a value, as its coefficients show."""
        return value.under is self.one and self.is_whole(value.over)

    def is_whole(self, polynomial: Polynomial) -> bool:
        """Whether a polynomial takes whole values only, as its coefficients show."""
        degrees = polynomial.degrees()
        return all(whole or degrees[at] < 1 for at, whole in enumerate(self.integral)) and all(
            factor.q == 1 for factor in polynomial.coeffs()
        )

    def denominator(self, value: Ratio) -> Polynomial | None:
        """A whole d > 0 for which d times a reduced value is whole; None where none is seen."""
        factors = [*value.over.coeffs(), *value.under.coeffs()]
        common = lcm(*(int(factor.q) for factor in factors))
        over, under = value.over * common, value.under * common
        if not (self.is_whole(over) and self.is_whole(under)):
            return None
        positive = all(
            factor > 0 and all(self.bounds(at)[0] > 0 for at, power in enumerate(powers) if power)
            for powers, factor in under.terms()
        )
        return under if positive else None

    def range(self, value: Ratio) -> Range:
        """Numbers between which the quotient lies, as far as its generators' bounds tell."""
        over, under = (self._polynomial_range(side) for side in (value.over, value.under))
        return RULES["/"](over, under)

    def _polynomial_range(self, polynomial: Polynomial) -> Range:
        if len(polynomial) > MOST_REDUCED:
            return ANY
        total: Range = (0, 0)
        for powers, factor in polynomial.terms():
            number = _rational(factor)
            term: Range = (number, number)
            for place, power in enumerate(powers):
                if power:
                    raised = RULES["**"](self.bounds(place), (int(power), int(power)))
                    term = RULES["*"](term, raised)
            total = RULES["+"](total, term)
        return total

    def _times(self, left: Polynomial, right: Polynomial) -> Polynomial:
        if left is self.one:
            return right
        if right is self.one:
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
        if under is self.one:
            return Ratio(over, under)
        if not under:
            raise GaveUp
        if under.is_constant():
            return Ratio(over / under.leading_coefficient(), self.one)
        return Ratio(over, under)


def content(polynomial: Polynomial) -> Fraction:
    """The number, with the sign of the leading term, that leaves whole coprime coefficients."""
    factors = polynomial.coeffs()
    over, under = (gcd(*(int(f.p) for f in factors)), lcm(*(int(f.q) for f in factors)))
    return Fraction(over if factors[0] > 0 else -over, under)


def _rational(number: Any) -> int | Fraction:
    """A number of FLINT as one of Python."""
    if number.q == 1:
        return int(number.p)
    return Fraction(int(number.p), int(number.q))


@cache
def _ring(generators: int) -> tuple[Any, tuple[Any, ...]]:
    """The ring of rational polynomials in so many generators, and these."""
    names = [f"g{number}" for number in range(generators)]
    context = fmpq_mpoly_ctx.get(names, Ordering.lex)
    return context, context.gens()


def _bits(polynomial: Polynomial) -> int:
    """The size of the largest numerator or denominator among the coefficients."""
    return max(map(_height, polynomial.coeffs()), default=0)
