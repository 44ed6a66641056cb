"""The verdict on two formulas: equal, unequal or undecided, with how it is known.

In this order: the same tree; an exact counterexample; the same quotient of polynomials; every point
of a finite integer domain; enclosures to 256 bits of analytic functions. Agreement at points alone
never proves anything, and floats decide nothing. A formula that algebra finds equal although it has
no value at a point of the domain where the key has one, such as x/x for 1, is undecided.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flint import fmpq

from examgen.equivalence.canonical import prove_equal
from examgen.equivalence.domain import Point, Variable, grid, grid_size, points
from examgen.equivalence.enclosure import POINTS, agreement
from examgen.equivalence.exact import Evaluator
from examgen.equivalence.needs import Gap, gap
from examgen.formula import Expression, Symbol, postorder

MOST_NODES = 2_000
FIRST_POINTS, MORE_POINTS = 4, 40
MOST_GRID_POINTS = 20_000
MOST_GRID_WORK = 300_000  # steps of whole numbers

Level = Literal["identical", "counterexample", "algebra", "domain", "numeric", "gap", "open"]


@dataclass(frozen=True)
class Proof:
    """Whether two formulas are equal, and how that is known (``level``, and in words)."""

    verdict: Literal["equal", "unequal", "undecided"]
    level: Level
    evidence: str


def compare(
    formula: Expression,
    key: Expression,
    variables: Mapping[Symbol, Variable],
    *,
    numeric: bool = False,
) -> Proof:
    """The verdict on a formula against a key, over the variables' domain.

    ``numeric`` accepts analytic formulas that agree with the key to 40 digits at 8 points;
    without it such a pair is undecided. Symbols that are not among the variables are an error.
    """
    if formula.same_tree(key):
        return Proof("equal", "identical", "written as the key is")
    trees = (formula, key)
    if sum(1 for tree in trees for _ in postorder(tree)) > MOST_NODES:
        return Proof("undecided", "open", "the formula is too large to compare")
    used = {symbol for tree in trees for symbol in tree.free_symbols}
    domain = {symbol: variable for symbol, variable in variables.items() if symbol in used}
    pair = _Pair(formula, key, domain)
    sample = points(tuple(domain.values()), MORE_POINTS)
    return (
        pair.refuted(sample[:FIRST_POINTS])
        or pair.proved()
        or pair.refuted(sample[FIRST_POINTS:])
        or pair.exhausted()
        or pair.enclosed(sample, numeric=numeric)
        or pair.open()
    )


class _Pair:
    """Two formulas over a domain; each stage gives a proof or None."""

    def __init__(
        self, formula: Expression, key: Expression, domain: Mapping[Symbol, Variable]
    ) -> None:
        self.formula, self.key, self.domain = formula, key, domain
        self.sides = [Evaluator(tree, list(domain)) for tree in (formula, key)]
        self.compared = 0

    def proved(self) -> Proof | None:
        """By algebra."""
        if not prove_equal(self.formula, self.key, self.domain):
            return None
        told = "equal to the key by algebra"
        found = gap(self.formula, self.key, self.domain)
        if found is None:
            return Proof("equal", "algebra", told)
        return self.incomplete(told, found)

    def incomplete(self, told: str, found: Gap) -> Proof:
        """The formula lacks a value, or may lack one, where the key has one."""
        if found.point is None:
            return Proof("undecided", "gap", f"{told}, but it may lack a value somewhere")
        at = placed(self.domain, found.point)
        return Proof("undecided", "gap", f"{told}, but {at} it has no value and the key has one")

    def refuted(self, sample: Iterable[Point]) -> Proof | None:
        """By the first point where both have a value, and different ones."""
        for point in sample:
            theirs, wanted = (side.at(point) for side in self.sides)
            if theirs is None or wanted is None:
                continue
            self.compared += 1
            if theirs != wanted:
                return self.difference(point, _short(theirs), _short(wanted))
        return None

    def difference(self, point: Point, theirs: str, wanted: str) -> Proof:
        """The counterexample at a point."""
        at = placed(self.domain, point)
        return Proof("unequal", "counterexample", f"{at} it is {theirs}, the key {wanted}")

    def exhausted(self) -> Proof | None:
        """By every point of a finite integer domain; None where it is too large."""
        variables = list(self.domain.values())
        size = grid_size(variables)
        if size is None or size > MOST_GRID_POINTS:
            return None
        if size * sum(side.cost for side in self.sides) > MOST_GRID_WORK:
            return None
        one, other = self.sides
        seen, missing = 0, None
        for point in grid(variables):
            theirs, wanted = one.at(point), other.at(point)
            if one.inexact or other.inexact:
                return None
            if wanted is None:
                continue
            if theirs is None:
                missing = missing or Gap(point)
            elif theirs != wanted:
                return self.difference(point, _short(theirs), _short(wanted))
            seen += 1
        if missing:
            return self.incomplete("equal to the key wherever it has a value", missing)
        if not seen:
            return None
        counted = "the one point" if seen == 1 else f"all {seen:,} points"
        return Proof("equal", "domain", f"equal to the key at {counted} of its domain")

    def enclosed(self, sample: Sequence[Point], *, numeric: bool) -> Proof | None:
        """By enclosures: they may refute for certain, and agree to 40 digits."""
        found = agreement(self.formula, self.key, list(self.domain), sample)
        if found.apart:
            return self.difference(*found.apart)
        if found.agreeing < (POINTS if self.domain else 1):
            return None
        where = f" at {found.agreeing} points" if self.domain else ""
        told = f"agrees with the key to 40 digits{where}"
        if numeric:
            missing = gap(self.formula, self.key, self.domain)
            if missing and missing.point is not None:
                return self.incomplete(told, missing)
            return Proof("equal", "numeric", told)
        return Proof("undecided", "open", f"{told}, which is no proof")

    def open(self) -> Proof:
        """Nothing is known for certain."""
        if self.compared:
            told = f"it agrees with the key at {self.compared} points, which is no proof"
        else:
            told = "it could not be compared with the key"
        return Proof("undecided", "open", told)


def placed(symbols: Iterable[Symbol], point: Point) -> str:
    """Such as ``at W = 7, F = 3``."""
    pairs = zip(symbols, point, strict=True)
    listed = ", ".join(f"{symbol.name} = {value}" for symbol, value in pairs)
    return f"at {listed}" if listed else "as a number"


def _short(value: int | Fraction) -> str:
    """A number in few characters."""
    text = str(fmpq(value.numerator, value.denominator))  # str(int) refuses many digits
    return text if len(text) <= 24 else f"{text[:18]}… ({len(text)} characters)"
