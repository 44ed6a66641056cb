"""The order in which the nodes of a formula are visited."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from examgen.formula.node import Node


def postorder(root: "Node") -> Iterator["Node"]:
    """Every node once, operands before operators, from left to right; no recursion."""
    seen: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack += [(child, False) for child in reversed(node.children)]
