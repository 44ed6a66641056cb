"""Sound rewrites: the new tree equals the old one wherever both have a value."""

import random
from collections.abc import Sequence
from fractions import Fraction

from trees import OTHER, Change, random_leaf, with_children

from examgen.formula import (
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
