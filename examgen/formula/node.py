"""What every node of a formula can do."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from examgen.formula.walk import postorder

if TYPE_CHECKING:
    from examgen.formula.expression import Expression, Symbol


class Node:
    """A node of a formula: an expression, or a relation between two of them."""

    name: str | None = None
    children: tuple["Expression", ...] = ()
    symbol: "Symbol | None" = None  # what a leaf takes its value from

    def with_children(self, children: Sequence["Expression"]) -> Self:
        """The same kind of node over other children, nothing folded."""
        return self if not self.children else type(self)(*children)

    def rebuilt(self, children: Sequence["Expression"]) -> "Node":
        """The node over other children as the operators would build it, 0 and 1 folded."""
        return self.with_children(children)

    def label(self) -> object:
        """What besides its children tells this node from others of its class."""
        return None

    def same_tree(self, other: object) -> bool:
        """Whether the other is the same formula, written in the same form."""
        pairs: list[tuple[object, object]] = [(self, other)]
        while pairs:
            mine, theirs = pairs.pop()
            if mine is theirs:
                continue
            if not isinstance(mine, Node) or not isinstance(theirs, Node):
                return False
            if type(mine) is not type(theirs) or mine.label() != theirs.label():
                return False
            if len(mine.children) != len(theirs.children):
                return False
            pairs += zip(mine.children, theirs.children, strict=True)
        return True

    @cached_property
    def free_symbols(self) -> tuple["Symbol", ...]:
        """The symbols in it, in order of first appearance; for an entry, its array's symbol."""
        found: dict[Symbol, None] = {}
        for node in postorder(self):
            if node.symbol is not None:
                found[node.symbol] = None
        return tuple(found)

    @cached_property
    def steps(self) -> tuple[tuple["Node", tuple[int, ...]], ...]:
        """Its nodes, operands before operators, each with the places of its operands."""
        nodes = list(postorder(self))
        places = {id(node): place for place, node in enumerate(nodes)}
        return tuple((node, tuple(places[id(child)] for child in node.children)) for node in nodes)

    def subs(self, old: Any, new: Any = None) -> Any:
        """The tree with ``old`` replaced by ``new``, or by a mapping from old to new, at once.

        Old is a symbol or any expression that occurs in the tree as written. An array's symbol may
        be replaced by another array of the same shape (``subs(W, W.T)``).
        """
        from examgen.formula.substitute import substitute

        return substitute(self, old if isinstance(old, Mapping) else {old: new})

    def __set_name__(self, owner: type, name: str) -> None:
        if self.name is None:
            self.name = name

    def __get__(self, item: Any, owner: type | None = None) -> Any:
        """The declaration on a class, its value on an instance."""
        return self if item is None else item.value_of(self)

    def __repr__(self) -> str:
        from examgen.formula.plain import to_text

        return to_text(self)
