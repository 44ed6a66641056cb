"""The order in which the nodes of a formula are visited."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from examgen.formula.node import Node


def postorder(root: "Node") -> Iterator["Node"]:
    """Every node once, operands before operators, from left to right; no recursion."""
    seen: set[int] = set()
    stack: list[Node | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:  # the operands of the node below are done
            done = stack.pop()
            assert done is not None
            yield done
        elif id(node) not in seen:
            seen.add(id(node))
            if node.children:
                stack += (node, None, *reversed(node.children))
            else:
                yield node
