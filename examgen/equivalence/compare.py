"""The verdict on two formulas: equal, unequal or undecided, with how it is known.

In this order: the same tree; an exact counterexample; the same quotient of polynomials; every point
of a finite integer domain; enclosures to 256 bits of analytic functions. Agreement at points alone
never proves anything, and floats decide nothing. A formula that algebra finds equal although it has
no value at a point of the domain where the key has one, such as x/x for 1, is undecided.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Any, Literal

from flint import fmpq

from examgen.equivalence.canonical import Canonical
from examgen.equivalence.domain import Point, Variable, grid, grid_size, points
from examgen.equivalence.enclosure import POINTS, agreement
from examgen.equivalence.exact import Evaluator
from examgen.equivalence.needs import Gap, Need, gap, needs
from examgen.formula import Expression, Node, Symbol, postorder

MOST_NODES = 2_000
POINTS_COMPARED = 40
FIRST, MORE = range(4), range(4, POINTS_COMPARED)  # before and after a proof is tried
AT_ONCE = 500  # points of a grid
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
    """The verdict of a `Key` on a formula, over the variables' domain."""
    return Key(key, variables).compare(formula, numeric=numeric)


class Key:
    """A formula that others are compared with: what is found out about it serves them all."""

    def __init__(self, tree: Expression, variables: Mapping[Symbol, Variable]) -> None:
        """Over the variables' domain; symbols that are not among them are an error."""
        self.tree, self.variables = tree, variables
        self._nodes = list(postorder(tree))
        self._symbols = _symbols(self._nodes)
        self._side: _Side | None = None

    def compare(self, formula: Expression, *, numeric: bool = False) -> Proof:
        """The verdict on a formula.

        ``numeric`` accepts analytic formulas that agree with the key to 40 digits at 8 points;
        without it such a pair is undecided.
        """
        if formula.same_tree(self.tree):
            return Proof("equal", "identical", "written as the key is")
        nodes = list(postorder(formula))
        if len(nodes) + len(self._nodes) > MOST_NODES:
            return Proof("undecided", "open", "the formula is too large to compare")
        key = self._over(self._symbols | _symbols(nodes))
        pair = _Pair(_Side(nodes, key.domain, key.sample), key)
        return (
            pair.refuted(FIRST)
            or pair.proved()
            or pair.refuted(MORE)
            or pair.exhausted()
            or pair.enclosed(numeric=numeric)
            or pair.open()
        )

    def _over(self, used: set[Symbol]) -> "_Side":
        """The key over the symbols that are used; over its own it is remembered."""
        if used == self._symbols and self._side:
            return self._side
        domain = {symbol: one for symbol, one in self.variables.items() if symbol in used}
        side = _Side(self._nodes, domain, points(tuple(domain.values()), POINTS_COMPARED))
        if used == self._symbols:
            self._side = side
        return side


class _Side:
    """One of two formulas over a domain, and what is found out about it on the way."""

    def __init__(
        self, nodes: Sequence[Node], domain: Mapping[Symbol, Variable], sample: Sequence[Point]
    ) -> None:
        self.nodes, self.domain, self.sample = nodes, domain, sample
        self.evaluator = self.fresh()
        self._values: dict[range, list[int | Fraction | None]] = {}

    def fresh(self) -> Evaluator:
        """An evaluator that has met no point yet."""
        return Evaluator(self.nodes, list(self.domain))

    def values(self, few: range) -> list[int | Fraction | None]:
        """The values at a few points of the sample."""
        if few not in self._values:
            self._values[few] = self.evaluator.values([self.sample[number] for number in few])
        return self._values[few]

    @cached_property
    def canonical(self) -> Canonical:
        """What proves others equal to it."""
        return Canonical(self.nodes, self.domain)

    @cached_property
    def needs(self) -> list[Need]:
        """What it needs to have a value."""
        return list(needs(self.nodes))


class _Pair:
    """Two formulas over a domain; each stage gives a proof or None."""

    def __init__(self, formula: _Side, key: _Side) -> None:
        self.formula, self.key, self.domain = formula, key, key.domain
        self.compared = 0

    def proved(self) -> Proof | None:
        """By algebra."""
        if not self.key.canonical.equals(self.formula.nodes):
            return None
        told = "equal to the key by algebra"
        found = self.gap()
        if found is None:
            return Proof("equal", "algebra", told)
        return self.incomplete(told, found)

    def gap(self) -> Gap | None:
        """Where the formula has no value and the key has one."""
        return gap(self.formula.needs, self.key.needs, self.domain)

    def incomplete(self, told: str, found: Gap) -> Proof:
        """The formula lacks a value, or may lack one, where the key has one."""
        if found.point is None:
            return Proof("undecided", "gap", f"{told}, but it may lack a value somewhere")
        at = placed(self.domain, found.point)
        return Proof("undecided", "gap", f"{told}, but {at} it has no value and the key has one")

    def refuted(self, few: range) -> Proof | None:
        """By the first of a few points where both have a value, and different ones."""
        theirs, wanted = self.formula.values(few), self.key.values(few)
        return self.told_apart([self.key.sample[number] for number in few], theirs, wanted)

    def told_apart(
        self,
        sample: Sequence[Point],
        theirs: Sequence[int | Fraction | None],
        wanted: Sequence[int | Fraction | None],
    ) -> Proof | None:
        """By the first point where both have a value, and different ones."""
        for point, one, other in zip(sample, theirs, wanted, strict=True):
            if one is None or other is None:
                continue
            self.compared += 1
            if one != other:
                return self.difference(point, _short(one), _short(other))
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
        sides = self.formula.fresh(), self.key.fresh()
        if size * sum(side.cost for side in sides) > MOST_GRID_WORK:
            return None
        seen, missing = 0, None
        every = grid(variables)
        while few := [*islice(every, AT_ONCE)]:
            theirs, wanted = (side.values(few) for side in sides)
            if apart := self.told_apart(few, theirs, wanted):
                return apart
            if any(side.inexact for side in sides):
                return None
            seen += len(few) - wanted.count(None)
            missing = missing or _first_gap(few, theirs, wanted)
        if missing:
            return self.incomplete("equal to the key wherever it has a value", missing)
        if not seen:
            return None
        counted = "the one point" if seen == 1 else f"all {seen:,} points"
        return Proof("equal", "domain", f"equal to the key at {counted} of its domain")

    def enclosed(self, *, numeric: bool) -> Proof | None:
        """By enclosures: they may refute for certain, and agree to 40 digits."""
        sides = self.formula.nodes, self.key.nodes
        found = agreement(*sides, list(self.domain), self.key.sample)
        if found.apart:
            return self.difference(*found.apart)
        if found.agreeing < (POINTS if self.domain else 1):
            return None
        where = f" at {found.agreeing} points" if self.domain else ""
        told = f"agrees with the key to 40 digits{where}"
        if numeric:
            missing = self.gap()
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


def _symbols(nodes: Iterable[Node]) -> set[Symbol]:
    return {node.symbol for node in nodes if node.symbol is not None}


def _first_gap(sample: Sequence[Point], theirs: Sequence[Any], wanted: Sequence[Any]) -> Gap | None:
    """The first point where the formula has no value and the key has one."""
    for point, one, other in zip(sample, theirs, wanted, strict=True):
        if one is None and other is not None:
            return Gap(point)
    return None


def placed(symbols: Iterable[Symbol], point: Point) -> str:
    """Such as ``at W = 7, F = 3``."""
    pairs = zip(symbols, point, strict=True)
    listed = ", ".join(f"{symbol.name} = {value}" for symbol, value in pairs)
    return f"at {listed}" if listed else "as a number"


def _short(value: int | Fraction) -> str:
    """A number in few characters."""
    text = str(fmpq(value.numerator, value.denominator))  # str(int) refuses many digits
    return text if len(text) <= 24 else f"{text[:18]}… ({len(text)} characters)"
