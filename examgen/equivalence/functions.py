"""Functions of quotients that do not expand: floors, maxima, powers, logarithms.

Each becomes a generator of the ring. Two are the same generator only when their arguments are
proved equal in turn, up to these rules, n being a whole number:

floor(x + n) = floor(x) + n                 floor((floor(x) + n)/d) = floor((x + n)/d)
floor((-n - 1)/d) = -1 - floor(n/d)         for a whole d > 0, as in the line above
max(a, b) = b + pos(a - b)                  pos(c x) = c pos(x) for c > 0, pos(-x) = pos(x) - x
max(a + x, b + x, …) = max(a, b, …) + x     b^(n x + m) = (b^x)^n b^m for a number b > 0
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from examgen.equivalence.ranges import ANY, RULES, Range
from examgen.equivalence.ratio import Polynomial, Ratio, Ring, content

LARGEST_EXPONENT = 64
MOST_TRANSLATED = 5  # arguments of a maximum that are compared up to a shift


@dataclass(frozen=True)
class Opaque:
    """A generator that stands for a function of its arguments; ``place`` is its number.

    ``step`` is 1/d for the floor of a whole number over a whole d > 0.
    """

    function: str
    arguments: tuple[Ratio, ...]
    place: int
    step: Ratio | None = None


class Functions(Ring):
    """A ring in which functions of its elements become generators as they are met."""

    def __init__(self, generators: int) -> None:
        """Room for so many generators."""
        super().__init__(generators)
        self.opaque: list[Opaque] = []

    # ---- floors -------------------------------------------------------------------------

    def floor(self, value: Ratio) -> Ratio:
        """The greatest whole number that is not above a quotient."""
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

    def _floor_by(self, known: Opaque, value: Ratio) -> Ratio | None:
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

    def _stands_alone(self, known: Opaque, polynomial: Polynomial) -> bool:
        """Whether a floor is one term of a polynomial and is in no other."""
        if known.function != "floor" or polynomial.degrees()[known.place] != 1:
            return False
        terms = [(powers, f) for powers, f in polynomial.terms() if powers[known.place]]
        return len(terms) == 1 and sum(terms[0][0]) == 1 and terms[0][1] == 1

    # ---- maxima, powers and other functions ---------------------------------------------

    def maximum(self, operands: list[Ratio]) -> Ratio:
        """The greatest of quotients; those that are seen to be below another do not count."""
        first, *others = operands
        left = [first]
        for other in others:
            apart = [self.range(self.difference(one, other)) for one in left]
            if any(low >= 0 for low, _ in apart):
                continue
            left = [one for one, (_, high) in zip(left, apart, strict=True) if high > 0] + [other]
        if len(left) == 1:
            return left[0]
        if len(left) == 2:
            return self.sum(left[1], self.positive_part(self.difference(*left)))
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

    def positive_part(self, value: Ratio) -> Ratio:
        """The maximum of a value and 0."""
        value = self.reduced(value)
        low, high = self.range(value)
        if low >= 0 or high <= 0:
            return value if low >= 0 else self.number(0)
        scale = content(value.over)
        primitive = self.scaled(value, 1 / scale)
        part = self.function("positive", (primitive,), integral=self.is_integral(primitive))
        if scale < 0:
            part = self.difference(part, primitive)
        return self.scaled(part, abs(scale))

    def power(self, base: Ratio, exponent: Ratio) -> Ratio:
        """A power, multiplied out where the exponent is a whole number of moderate size."""
        number, constant = self.constant(exponent), self.constant(base)
        if number is None and constant is not None and constant > 0:
            return self._exponential(base, exponent)
        if number is None or not expands(number.numerator):
            return self.function("power", (base, exponent))
        if number.denominator > 1:
            root = self.number(Fraction(1, number.denominator))
            base = self.function("power", (base, root))
        return self._raised(base, number.numerator)

    def _exponential(self, base: Ratio, exponent: Ratio) -> Ratio:
        """A positive number to a power that is not constant."""
        exponent = self.reduced(exponent)
        constants = [f for powers, f in exponent.over.terms() if not any(powers)]
        whole = int(constants[0].floor()) if constants and exponent.under is self.one else 0
        rest = self.sum(exponent, self.number(-whole))
        times = content(rest.over).numerator
        if not (expands(whole) and expands(times)):
            return self.function("power", (base, exponent))
        part = self.function("power", (base, self.scaled(rest, Fraction(1, times))))
        return self.product(self._raised(part, times), self._raised(base, whole))

    def _raised(self, base: Ratio, times: int) -> Ratio:
        result = Ratio(self.one, self.one)
        for _ in range(abs(times)):
            result = self.product(result, base)
        return self.inverse(result) if times < 0 else result

    def function(
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
        place = self.new(integral=integral, bounds=partial(self._bounded, function, arguments))
        self.opaque.append(Opaque(function, arguments, place, step))
        return self.generator(place)

    def _bounded(self, function: str, arguments: tuple[Ratio, ...]) -> Range:
        """The bounds of a function of its arguments."""
        if function in ("floor", "maximum"):
            return RULES[function](*map(self.range, arguments))
        if function == "positive":
            return RULES["maximum"]((0, 0), *map(self.range, arguments))
        return ANY

    def _whole(self, value: Ratio) -> Ratio | None:
        """The value, reduced, where it is whole."""
        value = self.reduced(value)
        return value if self.is_integral(value) else None


def expands(exponent: int | Fraction) -> bool:
    """Whether a power is multiplied out."""
    return exponent.denominator == 1 and abs(exponent.numerator) <= LARGEST_EXPONENT
