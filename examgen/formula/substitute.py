"""Replacing symbols, entries and whole subformulas of a tree."""

from collections.abc import Mapping
from typing import Any

from examgen.formula.tree import Entry, Expression, Node, Symbol, as_expression
from examgen.formula.walk import postorder


def substitute(tree: Node, replacements: Mapping[Any, Any]) -> Node:
    """The tree with every old replaced by its new at once; untouched nodes stay the same object."""
    by_symbol = {old: new for old, new in replacements.items() if isinstance(old, Symbol)}
    formulas = [
        (as_expression(old), as_expression(new))
        for old, new in replacements.items()
        if not isinstance(old, Symbol)
    ]
    done: dict[int, Any] = {}
    for node in postorder(tree):
        found: Node | None = _replacement(node, by_symbol, formulas)
        if found is None:
            children = [done[id(child)] for child in node.children]
            same = all(new is old for new, old in zip(children, node.children, strict=True))
            found = node if same else node.rebuilt(children)
        done[id(node)] = found
    result: Node = done[id(tree)]
    return result


def _replacement(
    node: Node, by_symbol: Mapping[Symbol, Any], formulas: list[tuple[Expression, Expression]]
) -> Expression | None:
    if isinstance(node, Symbol) and node in by_symbol:
        return as_expression(by_symbol[node])
    for old, new in formulas:
        if node.same_tree(old):
            return new
    if isinstance(node, Entry) and node.array in by_symbol:
        array = by_symbol[node.array]
        if isinstance(array, Symbol):
            return Entry(array, node.index)
        for position in node.index:
            array = array[position]
        return as_expression(array)
    return None
