"""A formula as the Python text that builds it."""

from fractions import Fraction

from examgen.formula.tree import Binary, Call, Entry, Negation, Node, Number, Relation, Symbol
from examgen.formula.walk import postorder

NEGATION, ATOM = 3, 5


def to_text(tree: Node) -> str:
    """The formula in Python's notation, such as ``D*(K - 1) + 1``."""
    done: dict[int, tuple[str, int]] = {}
    for node in postorder(tree):
        done[id(node)] = _text(node, [done[id(child)] for child in node.children])
    return done[id(tree)][0]


def _text(node: Node, operands: list[tuple[str, int]]) -> tuple[str, int]:
    """The text and how tightly it binds."""
    if isinstance(node, Number):
        if isinstance(node.value, Fraction):
            return repr(node.value), ATOM
        return str(node.value), NEGATION if node.value < 0 else ATOM
    if isinstance(node, Symbol):
        return node.name or "?", ATOM
    if isinstance(node, Entry):
        return f"{node.array.name or '?'}[{', '.join(map(str, node.index))}]", ATOM
    if isinstance(node, Call):
        return f"{node.function}({', '.join(text for text, _ in operands)})", ATOM
    if isinstance(node, Negation):
        return "-" + _bracketed(operands[0], NEGATION), NEGATION
    left, right = operands
    if isinstance(node, Binary):
        is_power = node.sign == "**"
        first = _bracketed(left, node.precedence + is_power)
        second = _bracketed(right, node.precedence + (not is_power))
        space = " " if node.precedence == 1 else ""
        return f"{first}{space}{node.sign}{space}{second}", node.precedence
    assert isinstance(node, Relation)
    if node.sign in ("==", "!=", "divides"):
        name = {"==": "equal", "!=": "different"}.get(node.sign, node.sign)
        return f"{name}({left[0]}, {right[0]})", ATOM
    return f"{left[0]} {node.sign} {right[0]}", 0


def _bracketed(operand: tuple[str, int], needed: int) -> str:
    text, binding = operand
    return text if binding >= needed else f"({text})"
