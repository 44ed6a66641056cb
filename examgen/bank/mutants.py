"""Mutants: keys altered a little, which the oracle of an item must refute."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from examgen.bank.sample import usable_items
from examgen.formula.tree import Call, Difference, Expression, Node, Sum
from examgen.formula.walk import postorder
from examgen.items import Item
from examgen.items.arrays import ArraySymbol, nest
from examgen.items.parameters import Parameter
from examgen.items.parts import Part

LOOKED_AT = 20  # items whose key is followed to see which parameters it reads


@dataclass(frozen=True)
class Mutant:
    """An altered key: what was done, and the value that it gives for an item."""

    part: Part
    change: str
    key: Callable[[Item], Any]
    expressions: tuple[Expression, ...] = ()  # empty for a function

    def value(self, item: Item) -> Any:
        """The canonical value for an item; raises whatever the altered formula raises."""
        return self.part.coerce(self.key(item))


def mutants(model: type[Item]) -> Iterator[Mutant]:
    """The mutants of every key: ±1, two parameters swapped, floor ↔ ceiling, + ↔ −.

    A key that cites its source, with no oracle to refute a mutant, has none.
    """
    for part in model.declaration.parts.values():
        if part.source or part.kind.by_hand:
            continue
        if part.key.function:
            yield from _of_values(part)
            yield from _of_swapped_items(model, part)
        elif not part.key.expressions:
            yield from _of_values(part)
        else:
            if part.key.shape:
                yield from _of_values(part)
            yield from _of_formula(part)


def _of_values(part: Part) -> Iterator[Mutant]:
    """A value next to the key, one step up or down."""
    for step in (1, -1):

        def altered(item: Item, step: int = step) -> Any:
            return part.neighbour(item.key(part), step, item.rank or 0)

        yield Mutant(part, f"{step:+d}" + (" in one entry" if part.key.shape else ""), altered)


def _of_swapped_items(model: type[Item], part: Part) -> Iterator[Mutant]:
    """The function run on an item with the values of two parameters exchanged.

    Of two parameters that it does not read, an exchange would alter nothing.
    """
    read = _read_by(model, part)
    for first, second in _pairs(list(model.declaration.parameters.values())):
        if not {first.name, second.name} & read:
            continue

        def altered(item: Item, one: str = first.name, two: str = second.name) -> Any:
            values = dict(item.values)
            values[one], values[two] = values[two], values[one]
            return model.at(**values).key(part)

        yield Mutant(part, f"{first.name} and {second.name} swapped", altered)


def _read_by(model: type[Item], part: Part) -> set[str]:
    """The names of what the key of a part reads on a few items, directly or by other keys."""
    names: set[str] = set()
    for item in usable_items(model, LOOKED_AT):
        fresh = item.carry({})
        fresh.key(part)
        names |= {read.name for read in fresh.reads if isinstance(read, Parameter)}
    return names


def _of_formula(part: Part) -> Iterator[Mutant]:
    trees = part.key.expressions
    changes: list[tuple[str, tuple[Expression, ...]]] = []
    if not part.key.shape:
        changes += [("+1", (trees[0] + 1,)), ("-1", (trees[0] - 1,))]
    for first, second in _pairs(list(part.key.symbols)):
        swap = {first: second, second: first}
        changes.append(
            (f"{first.name} and {second.name} swapped", tuple(tree.subs(swap) for tree in trees))
        )
    changes += [] if part.orders_values else _of_nodes(trees)
    for change, altered in changes:
        shaped = nest(altered, part.key.shape) if part.key.shape else altered[0]
        yield Mutant(part, change, part.keyed(shaped), altered)


def _of_nodes(trees: tuple[Expression, ...]) -> Iterator[tuple[str, tuple[Expression, ...]]]:
    """One operator at a time exchanged for its opposite, in the first entry that has it."""
    for place, tree in enumerate(trees[:1]):
        for node in postorder(tree):
            if (opposite := _opposite(node)) is not None:
                change = f"{node!r} made {opposite!r}"
                yield change, (*trees[:place], _replace(tree, node, opposite), *trees[place + 1 :])


def _opposite(node: Node) -> Expression | None:
    if isinstance(node, Sum):
        return Difference(*node.children)
    if isinstance(node, Difference):
        return Sum(*node.children)
    if isinstance(node, Call) and node.function in ("floor", "ceiling"):
        return Call("ceiling" if node.function == "floor" else "floor", *node.children)
    return None


def _replace(tree: Node, old: Node, new: Expression) -> Expression:
    if tree is old:
        return new
    return tree.with_children([_replace(child, old, new) for child in tree.children])  # type: ignore[return-value]


def _pairs(symbols: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Pairs of symbols that can stand for one another: scalars, or arrays of one shape."""
    for i, first in enumerate(symbols):
        for second in symbols[i + 1 :]:
            shapes = [s.shape if isinstance(s, ArraySymbol) else () for s in (first, second)]
            if shapes[0] == shapes[1]:
                yield first, second
