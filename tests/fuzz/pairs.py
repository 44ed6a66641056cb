"""Random pairs of trees, and the check of a verdict on one."""

import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from mutations import MUTATIONS
from rewrites import REWRITES
from trees import changed, random_domain, random_tree
from values import Unknown, Values, random_value, value_of

from examgen.equivalence import Proof, Variable
from examgen.formula import Expression, Symbol

POINTS = 60
MOST_GRID = 512  # points of a domain that are all checked, for "equal" on a mutated pair
DEPTH = 4
Domain = Mapping[Symbol, Variable]


@dataclass
class Pair:
    """Two trees over a domain; ``kind`` is rewritten or mutated."""

    number: int
    kind: str
    formula: Expression
    key: Expression
    domain: dict[Symbol, Variable]
    points: list[Values]

    def described(self) -> str:
        """For a report of a false verdict."""
        listed = ", ".join(
            f"{v.name} in {v.low}..{v.high}{'' if v.integer else ' (rational)'}"
            for v in self.domain.values()
        )
        return f"pair {self.number} ({self.kind}): {self.formula!r}  |  {self.key!r}  |  {listed}"


def random_pair(seed: int, number: int) -> Pair:
    """The pair of that number, whatever pairs came before."""
    rng = random.Random(f"{seed}:{number}")
    domain = random_domain(rng)
    symbols = list(domain)
    key = random_tree(rng, symbols, rng.randint(2, DEPTH))
    kind = "rewritten" if number % 2 == 0 else "mutated"
    if kind == "rewritten":
        formula = changed(rng, key, symbols, REWRITES, rng.randint(1, 5))
    else:
        formula = changed(rng, key, symbols, MUTATIONS, 1)
        formula = changed(rng, formula, symbols, REWRITES, rng.choice([0, 0, 1, 3]))
    points = [
        {symbol: random_value(rng, variable) for symbol, variable in domain.items()}
        for _ in range(POINTS)
    ]
    return Pair(number, kind, formula, key, domain, points)


def whole_grid(domain: Domain) -> list[Values]:
    """Every point of a small finite domain; none of another."""
    counts = [variable.count for variable in domain.values()]
    if None in counts or math.prod(count or 0 for count in counts) > MOST_GRID:
        return []
    ranges = [range(v.low or 0, (v.high or 0) + 1) for v in domain.values()]
    return [dict(zip(domain, map(Fraction, point), strict=True)) for point in product(*ranges)]


@dataclass
class Finding:
    """What the check of one verdict says."""

    false: str | None = None  # why it is false
    defined: int = 0  # points where both have a value


def checked(pair: Pair, proof: Proof) -> Finding:
    """The verdict against the values."""
    finding = Finding()
    points = list(pair.points)
    if proof.verdict == "equal" and pair.kind == "mutated":
        points += whole_grid(pair.domain)
    for point in points:
        try:
            theirs, wanted = value_of(pair.formula, point), value_of(pair.key, point)
        except Unknown:
            continue
        finding.defined += theirs is not None and wanted is not None
        if wanted is None or theirs == wanted:
            continue
        at = ", ".join(f"{symbol.name} = {value}" for symbol, value in point.items())
        if proof.verdict == "equal":
            finding.false = f"equal, but at {at} {theirs} and {wanted}"
        if theirs is not None and pair.kind == "rewritten":
            finding.false = f"FAULT OF THE FUZZER: no rewrite, at {at} {theirs} and {wanted}"
        if finding.false:
            return finding
    if proof.verdict == "unequal":
        finding.false = false_point(pair, proof.evidence)
        if pair.kind == "rewritten":
            finding.false = f"unequal, but a rewrite; {finding.false or 'its point does differ'}"
    elif proof.level == "gap":
        finding.false = false_gap(pair, proof.evidence)
    return finding


APART = re.compile(r"(?:at (?P<at>.*?)|as a number) it is (?P<theirs>.*), the key (?P<wanted>.*)")
GAP = re.compile(r".*, but (?:at (?P<at>.*?)|as a number) it has no value and the key has one")


def false_point(pair: Pair, evidence: str) -> str | None:
    """What is wrong with the point that the evidence of "unequal" names."""
    told = APART.fullmatch(evidence)
    if told is None:
        return "the evidence names no point"
    values = values_at(pair, told["at"] or "")
    if isinstance(values, str):
        return values
    if None in values or values[0] == values[1]:
        return f"at its point the values are {values[0]} and {values[1]}"
    for text, value in zip((told["theirs"], told["wanted"]), values, strict=True):
        if re.fullmatch(r"-?\d+(/\d+)?", text) and Fraction(text) != value:
            return f"it tells {text}, the value is {value}"
    return None


def false_gap(pair: Pair, evidence: str) -> str | None:
    """What is wrong with the point where the formula is said to have no value."""
    told = GAP.fullmatch(evidence)
    values = values_at(pair, told["at"] or "") if told else (None, Fraction(0))
    if isinstance(values, str):
        return values
    if values[0] is not None or values[1] is None:
        return f"at its point the values are {values[0]} and {values[1]}"
    return None


def values_at(pair: Pair, at: str) -> tuple[Fraction | None, Fraction | None] | str:
    """The values at a point such as ``x = 1, y = 2``, or what is wrong with it."""
    named = dict(part.split(" = ") for part in at.split(", ") if part)
    point: dict[Symbol, Fraction] = {}
    for symbol, variable in pair.domain.items():
        if variable.name not in named:
            continue
        value = point[symbol] = Fraction(named.pop(variable.name))
        if (
            (variable.integer and value.denominator != 1)
            or (variable.low is not None and value < variable.low)
            or (variable.high is not None and value > variable.high)
        ):
            return f"{variable.name} = {value} is outside the domain"
    if named:
        return f"the point names {', '.join(named)}"
    try:
        return value_of(pair.formula, point), value_of(pair.key, point)
    except KeyError as error:
        return f"the point has no value of {error}"
    except Unknown:
        return "at its point the values are too large"
