"""Mutations: the new tree is nearly always another function."""

import random
from collections.abc import Sequence

from trees import BINARIES, OTHER, Change

from examgen.formula import Binary, Call, Difference, Expression, Negation, Number, Quotient, Symbol


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
