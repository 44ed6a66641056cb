"""Random trees over random domains, and how to change a tree at a place."""

import random
from collections.abc import Callable, Sequence
from fractions import Fraction

from examgen.equivalence import Variable
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

Path = tuple[int, ...]
Change = Callable[[random.Random, Expression, Sequence[Symbol]], Expression | None]

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
