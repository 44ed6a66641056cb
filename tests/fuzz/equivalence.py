"""A fuzzer of ``examgen.equivalence.compare``: random pairs, each verdict checked independently.

Half of the pairs are a tree and an equal one (sound rewrites), half a tree and a mutated one.
Values come from an evaluator of this script alone. A verdict is false when it says "equal" and the
values differ at a point, says "unequal" of a rewrite, or names a point that is outside the domain,
where the values do not differ, or where they are not those it tells.

    .venv/bin/python tests/fuzz/equivalence.py --pairs 20000 --seed 1

Exit status 1 on any false verdict. ``--only N`` repeats one pair. Not collected by pytest.
"""

import argparse
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from time import perf_counter

from examgen.equivalence import Proof, Variable, compare
from examgen.formula import (
    Binary,
    Call,
    Difference,
    Expression,
    Negation,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

POINTS = 60
MOST_GRID = 512  # points of a domain that are all checked, for "equal" on a mutated pair
MOST_BITS = 20_000
DEPTH = 4
Domain = Mapping[Symbol, Variable]
Values = Mapping[Symbol, Fraction]
Path = tuple[int, ...]
Change = Callable[[random.Random, Expression, Sequence[Symbol]], Expression | None]

# Values -----------------------------------------------------------------------------------------


class NoValue(Exception):
    """The tree has no value at the point (or one that is too large)."""


def value_of(tree: Expression, values: Values) -> Fraction | None:
    """The exact value at a point, None where there is none."""
    try:
        return _value(tree, values)
    except NoValue:
        return None


def _value(tree: Expression, values: Values) -> Fraction:
    if isinstance(tree, Number):
        return Fraction(tree.value)
    if isinstance(tree, Symbol):
        return values[tree]
    operands = [_value(child, values) for child in tree.children]
    if isinstance(tree, Call):
        return _called(tree.function, operands)
    if isinstance(tree, Negation):
        return -operands[0]
    left, right = operands
    if isinstance(tree, Sum):
        return left + right
    if isinstance(tree, Difference):
        return left - right
    if isinstance(tree, Product):
        return left * right
    if isinstance(tree, Quotient):
        if right == 0:
            raise NoValue
        return left / right
    assert isinstance(tree, Power)
    return _raised(left, right)


def _called(function: str, operands: list[Fraction]) -> Fraction:
    first = operands[0]
    if function == "floor":
        return Fraction(first.numerator // first.denominator)
    if function == "ceiling":
        return Fraction(-(-first.numerator // first.denominator))
    if function == "absolute":
        return first if first >= 0 else -first
    chosen = first
    for other in operands[1:]:
        if (other > chosen) == (function == "maximum"):
            chosen = other
    return chosen


def _raised(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or (exponent < 0 and base == 0):
        raise NoValue
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if size * abs(exponent.numerator) > MOST_BITS:
        raise NoValue
    result = Fraction(1)
    if abs(exponent.numerator) > 64:
        return base**exponent.numerator
    for _ in range(abs(exponent.numerator)):
        result *= base
    return 1 / result if exponent < 0 else result


def random_value(rng: random.Random, variable: Variable) -> Fraction:
    """A value of the variable, the ends of its range among the likely ones."""
    reach = rng.choice([5, 5, 50, 50, 10**6])
    low, high = variable.low, variable.high
    if low is None and high is None:
        low, high = -reach, reach
    elif low is None:
        assert high is not None
        low = high - reach
    elif high is None:
        high = low + reach
    assert low is not None
    assert high is not None
    if variable.integer:
        return Fraction(rng.randint(low, high))
    parts = rng.randint(1, 12)
    return Fraction(rng.randint(low * parts, high * parts), parts)


# Trees ------------------------------------------------------------------------------------------

RANGES = [(1, 8), (1, 8), (1, 3), (0, 5), (2, 9), (-4, 4), (5, 5), (1, 64), (-1000, 1000)]
OPEN_RANGES = [(None, None), (1, None), (0, None), (None, 10)]
BINARIES: list[type[Binary]] = [Sum, Difference, Product, Quotient]
OTHER = {"floor": "ceiling", "ceiling": "floor", "maximum": "minimum", "minimum": "maximum"}


def random_domain(rng: random.Random) -> dict[Symbol, Variable]:
    """Two or three names: mostly integers, mostly of a small range."""
    bounded = rng.random() < 0.7
    domain: dict[Symbol, Variable] = {}
    for name in "xyz"[: rng.randint(2, 3)]:
        integer = rng.random() < 0.93
        low, high = rng.choice(RANGES if bounded or rng.random() < 0.3 else OPEN_RANGES)
        domain[Symbol(name, is_integer=integer)] = Variable(name, low, high, integer)
    return domain


def random_tree(rng: random.Random, symbols: Sequence[Symbol], depth: int) -> Expression:
    """A tree of at most so many levels of operations."""
    if depth == 0 or rng.random() < 0.12:
        return random_leaf(rng, symbols)

    def operand() -> Expression:
        return random_tree(rng, symbols, depth - 1)

    kind = rng.random()
    if kind < 0.60:
        return rng.choice(BINARIES)(operand(), operand())
    if kind < 0.65:
        return Negation(operand())
    if kind < 0.72:
        if rng.random() < 0.15:
            return Power(Number(rng.choice([-1, 2, 3])), rng.choice(symbols))
        return Power(operand(), Number(rng.choice([-2, -1, 0, 1, 2, 2, 2, 3])))
    if kind < 0.87:
        inner = Quotient(operand(), random_leaf(rng, symbols)) if rng.random() < 0.5 else operand()
        return Call(rng.choice(["floor", "ceiling"]), inner)
    if kind < 0.91:
        return Call("absolute", operand())
    count = 3 if rng.random() < 0.15 else 2
    return Call(rng.choice(["maximum", "minimum"]), *(operand() for _ in range(count)))


def random_leaf(rng: random.Random, symbols: Sequence[Symbol]) -> Expression:
    """A name or a number."""
    if rng.random() < 0.6:
        return rng.choice(symbols)
    if rng.random() < 0.1:
        return Number(Fraction(rng.randint(-5, 7), rng.randint(2, 5)))
    return Number(rng.randint(-3, 9))


def with_children(tree: Expression, children: Sequence[Expression]) -> Expression:
    """The same operation on other operands."""
    if isinstance(tree, Call):
        return Call(tree.function, *children)
    if isinstance(tree, Negation):
        return Negation(children[0])
    assert isinstance(tree, Binary)
    return type(tree)(children[0], children[1])


def places(tree: Expression, path: Path = ()) -> list[tuple[Path, Expression]]:
    """Every node with the way to it."""
    found = [(path, tree)]
    for number, child in enumerate(tree.children):
        found += places(child, (*path, number))
    return found


def replaced(tree: Expression, path: Path, new: Expression) -> Expression:
    """The tree with another node at a place."""
    if not path:
        return new
    children = list(tree.children)
    children[path[0]] = replaced(children[path[0]], path[1:], new)
    return with_children(tree, children)


# Sound rewrites: equal wherever both are defined --------------------------------------------------


def _is_whole(tree: Expression) -> bool:
    if isinstance(tree, Number):
        return Fraction(tree.value).denominator == 1
    return isinstance(tree, Symbol) and tree.is_integer


def _is_call(tree: Expression, *functions: str) -> bool:
    return isinstance(tree, Call) and tree.function in functions


def commute(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if isinstance(tree, Sum | Product) or _is_call(tree, "maximum", "minimum"):
        children = list(tree.children)
        return with_children(tree, children[1:] + children[:1])
    return None


def associate(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if not isinstance(tree, Sum | Product):
        return None
    kind = type(tree)
    if isinstance(tree.left, kind):
        return kind(tree.left.left, kind(tree.left.right, tree.right))
    if isinstance(tree.right, kind):
        return kind(kind(tree.left, tree.right.left), tree.right.right)
    return None


def distribute(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if not isinstance(tree, Product | Quotient):
        return None
    left, right = tree.left, tree.right
    if isinstance(left, Sum | Difference):
        kind = type(tree)
        return type(left)(kind(left.left, right), kind(left.right, right))
    if isinstance(tree, Product) and isinstance(right, Sum | Difference):
        return type(right)(Product(left, right.left), Product(left, right.right))
    return None


def turn(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if isinstance(tree, Difference):
        if rng.random() < 0.5:
            return Negation(Difference(tree.right, tree.left))
        return Sum(tree.left, Negation(tree.right))
    if isinstance(tree, Quotient):
        return Product(tree.left, Power(tree.right, Number(-1)))
    return None


def pad(rng: random.Random, tree: Expression, symbols: Sequence[Symbol]) -> Expression | None:
    leaf = random_leaf(rng, symbols)
    if rng.random() < 0.5:
        return Difference(Sum(tree, leaf), leaf)
    return Sum(Difference(tree, leaf), leaf)


def scale(rng: random.Random, tree: Expression, symbols: Sequence[Symbol]) -> Expression | None:
    factor: Expression = Number(rng.choice([2, 2, 3, -1]))
    if rng.random() < 0.25:
        factor = rng.choice(symbols)  # undefined where it is 0
    if rng.random() < 0.5:
        return Quotient(Product(tree, factor), factor)
    return Product(Quotient(tree, factor), factor)


def shift(rng: random.Random, tree: Expression, symbols: Sequence[Symbol]) -> Expression | None:
    if isinstance(tree, Sum | Difference) and _is_call(tree.left, "floor", "ceiling"):
        if not _is_whole(tree.right):
            return None
        inner = type(tree)(tree.left.children[0], tree.right)
        return with_children(tree.left, [inner])
    if not _is_call(tree, "floor", "ceiling"):
        return None
    inside = tree.children[0]
    if isinstance(inside, Sum | Difference) and _is_whole(inside.right):
        return type(inside)(with_children(tree, [inside.left]), inside.right)
    whole = random_leaf(rng, symbols)
    if not _is_whole(whole):
        return None
    return Difference(with_children(tree, [Sum(inside, whole)]), whole)


def mirror(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if isinstance(tree, Call) and tree.function in OTHER:
        return Negation(Call(OTHER[tree.function], *map(Negation, tree.children)))
    if _is_call(tree, "absolute"):
        return Call("maximum", tree.children[0], Negation(tree.children[0]))
    return None


def extremes(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if isinstance(tree, Sum | Difference) and _is_call(tree.left, "maximum", "minimum"):
        moved = [type(tree)(child, tree.right) for child in tree.left.children]
        return with_children(tree.left, moved)
    if not _is_call(tree, "maximum", "minimum") or len(tree.children) != 2:
        return None
    left, right = tree.children
    apart = Call("absolute", Difference(left, right))
    kind = Sum if _is_call(tree, "maximum") else Difference
    return Quotient(kind(Sum(left, right), apart), Number(2))


def spread(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if isinstance(tree, Power) and isinstance(tree.right, Number):
        if tree.right.value == 2:
            return Product(tree.left, tree.left)
        if tree.right.value == -1:
            return Quotient(Number(1), tree.left)
        if tree.right.value == 3:
            return Product(Power(tree.left, Number(2)), tree.left)
    if isinstance(tree, Symbol) and tree.is_integer and rng.random() < 0.3:
        return Call(rng.choice(["floor", "ceiling"]), tree)
    return Negation(Negation(tree)) if rng.random() < 0.2 else None


REWRITES: list[Change] = [
    *(commute, associate, distribute, turn, pad, scale, shift, mirror, extremes, spread),
    *(commute, associate, distribute, turn, shift, mirror),
]


# Mutations: nearly always another function --------------------------------------------------------


def nudge(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    return Number(tree.value + rng.choice([-1, 1])) if isinstance(tree, Number) else None


def operate(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if type(tree) not in BINARIES:
        return None
    kind = rng.choice([kind for kind in BINARIES if kind is not type(tree)])
    return kind(tree.children[0], tree.children[1])


def swap(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if isinstance(tree, Difference | Quotient):
        return type(tree)(tree.right, tree.left)
    return None


def recall(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    if not isinstance(tree, Call):
        return None
    if tree.function in OTHER and rng.random() < 0.7:
        return Call(OTHER[tree.function], *tree.children)
    return rng.choice(tree.children)


def rename(rng: random.Random, tree: Expression, symbols: Sequence[Symbol]) -> Expression | None:
    if not isinstance(tree, Symbol):
        return None
    return rng.choice([symbol for symbol in symbols if symbol is not tree])


def negate(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    return Negation(tree)


def misround(rng: random.Random, tree: Expression, _: Sequence[Symbol]) -> Expression | None:
    """What floors and maxima do not obey, such as floor(a) + floor(b) = floor(a + b)."""
    if not isinstance(tree, Binary) or not isinstance(tree.left, Call):
        return None
    call, right = tree.left, tree.right
    if isinstance(right, Call) and right.function == call.function and len(right.children) == 1:
        right = right.children[0]
    return Call(call.function, *(type(tree)(child, right) for child in call.children))


MUTATIONS: list[Change] = [nudge, nudge, operate, swap, recall, recall, rename, negate, misround]


def changed(
    rng: random.Random,
    tree: Expression,
    symbols: Sequence[Symbol],
    changes: Sequence[Change],
    times: int,
) -> Expression:
    """The tree after so many changes, each at a random place where it applies."""
    done = 0
    for _ in range(60):
        if done == times:
            break
        path, node = rng.choice(places(tree))
        new = rng.choice(changes)(rng, node, symbols)
        if new is not None:
            tree, done = replaced(tree, path, new), done + 1
    return tree


# Pairs and verdicts -------------------------------------------------------------------------------


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

    false: str | None  # why it is false
    defined: int = 0  # points where both have a value
    one_sided: int = 0  # points where only one has


def checked(pair: Pair, proof: Proof) -> Finding:
    """The verdict against the values."""
    finding = Finding(None)
    points = list(pair.points)
    if proof.verdict == "equal" and pair.kind == "mutated":
        points += whole_grid(pair.domain)
    for point in points:
        theirs, wanted = value_of(pair.formula, point), value_of(pair.key, point)
        if theirs is None or wanted is None:
            finding.one_sided += (theirs is None) != (wanted is None)
            continue
        finding.defined += 1
        if theirs == wanted:
            continue
        at = ", ".join(f"{symbol.name} = {value}" for symbol, value in point.items())
        if pair.kind == "rewritten":
            finding.false = f"FAULT OF THE FUZZER: no rewrite, at {at} {theirs} and {wanted}"
        elif proof.verdict == "equal":
            finding.false = f"equal, but at {at} {theirs} and {wanted}"
        if finding.false:
            return finding
    if proof.verdict == "unequal":
        finding.false = false_point(pair, proof)
        if pair.kind == "rewritten":
            finding.false = f"unequal, but a rewrite; {finding.false or 'its point does differ'}"
    return finding


TOLD = re.compile(r"(?:at (?P<at>.*?)|as a number) it is (?P<theirs>.*), the key (?P<wanted>.*)")


def false_point(pair: Pair, proof: Proof) -> str | None:
    """What is wrong with the point that the evidence of "unequal" names."""
    told = TOLD.fullmatch(proof.evidence)
    if told is None:
        return "the evidence names no point"
    named = dict(part.split(" = ") for part in (told["at"] or "").split(", ") if part)
    point: dict[Symbol, Fraction] = {}
    for symbol, variable in pair.domain.items():
        if variable.name not in named:
            continue
        value = Fraction(named.pop(variable.name))
        point[symbol] = value
        if (
            (variable.integer and value.denominator != 1)
            or (variable.low is not None and value < variable.low)
            or (variable.high is not None and value > variable.high)
        ):
            return f"{variable.name} = {value} is outside the domain"
    if named:
        return f"the point names {', '.join(named)}"
    try:
        values = [value_of(tree, point) for tree in (pair.formula, pair.key)]
    except KeyError as error:
        return f"the point has no value of {error}"
    if None in values or values[0] == values[1]:
        return f"at its point the values are {values[0]} and {values[1]}"
    for text, value in zip((told["theirs"], told["wanted"]), values, strict=True):
        if re.fullmatch(r"-?\d+(/\d+)?", text) and Fraction(text) != value:
            return f"it tells {text}, the value is {value}"
    return None


@dataclass
class Tally:
    """The figures of a run."""

    verdicts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    undefined: int = 0
    equal_undefined: int = 0
    equal_one_sided: int = 0
    times: list[tuple[float, int]] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        """Compare one pair and check the verdict."""
        start = perf_counter()
        try:
            proof = compare(pair.formula, pair.key, pair.domain, numeric=False)
        except Exception as error:
            self.times.append((perf_counter() - start, pair.number))
            self.verdicts[pair.kind, "error", type(error).__name__] += 1
            self.false.append(f"{pair.described()}\n    raised {error!r}")
            return
        self.times.append((perf_counter() - start, pair.number))
        self.verdicts[pair.kind, proof.verdict, proof.level] += 1
        finding = checked(pair, proof)
        if finding.false:
            verdict = f"{proof.verdict} ({proof.level}): {proof.evidence}"
            self.false.append(f"{pair.described()}\n    {verdict}\n    {finding.false}")
        elif proof.verdict != "unequal":
            self.equal_one_sided += proof.verdict == "equal" and bool(finding.one_sided)
            self.equal_undefined += proof.verdict == "equal" and not finding.defined
        if not finding.defined and not finding.false:
            self.undefined += 1

    def report(self, seconds: float) -> None:
        """Print the figures."""
        pairs = len(self.times)
        for (kind, verdict, level), count in sorted(self.verdicts.items()):
            print(f"{kind:10} {verdict:10} {level:15} {count:7,}")
        for kind in ("rewritten", "mutated"):
            of_kind = sum(n for key, n in self.verdicts.items() if key[0] == kind)
            open_ = sum(n for key, n in self.verdicts.items() if key[:2] == (kind, "undecided"))
            if of_kind:
                print(f"undecided, {kind}: {open_:,} of {of_kind:,} ({open_ / of_kind:.2%})")
        print(f"undefined everywhere (no point of {POINTS} with both values): {self.undefined:,}")
        print(f"  of these with the verdict equal: {self.equal_undefined:,}")
        print(f"equal, but only one side defined at some point: {self.equal_one_sided:,}")
        print(f"false verdicts: {len(self.false):,}")
        times = sorted(self.times)
        p50, p99 = (1000 * times[int(share * (pairs - 1))][0] for share in (0.5, 0.99))
        slowest, number = times[-1]
        print(
            f"{pairs:,} pairs in {seconds:.1f} s; compare p50 {p50:.2f} ms, p99 {p99:.2f} ms, "
            f"most {1000 * slowest:.0f} ms (pair {number})"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of the one pair to repeat")
    options = parser.parse_args(arguments)
    numbers = range(max(1, options.pairs)) if options.only is None else [options.only]
    tally = Tally()
    start = perf_counter()
    for number in numbers:
        pair = random_pair(options.seed, number)
        if options.only is not None:
            print(pair.described())
        tally.add(pair)
    for told in tally.false[:10]:
        print(f"FALSE {told}")
    tally.report(perf_counter() - start)
    return 1 if tally.false else 0


if __name__ == "__main__":
    sys.exit(main())
