"""A formula as a student may type it, which `examgen.answers.grammar` reads back the same."""

from fractions import Fraction

from examgen.answers.exact import number_text
from examgen.formula import (
    Binary,
    Call,
    Expression,
    FloorQuotient,
    Modulo,
    Negation,
    Number,
    Power,
    Symbol,
    postorder,
)

SUM, PRODUCT, NEGATION, POWER, ATOM = range(1, 6)
_WORDS = {"ceiling": "ceil", "absolute": "abs", "maximum": "max", "minimum": "min"}


def typed(tree: Expression) -> str:
    """Such as ``floor((W - F + 2*P)/S) + 1``."""
    done: dict[int, tuple[str, int]] = {}
    for node in postorder(tree):
        assert isinstance(node, Expression)
        done[id(node)] = _typed(node, [done[id(child)] for child in node.children])
    return done[id(tree)][0]


def _typed(node: Expression, operands: list[tuple[str, int]]) -> tuple[str, int]:
    """The text of a node, and how tightly it binds."""
    if isinstance(node, Number):
        return _number(node.value)
    if isinstance(node, Symbol):
        return node.name or "?", ATOM
    listed = ", ".join(text for text, _ in operands)
    if isinstance(node, Call):
        return (f"{_WORDS.get(node.function, node.function)}({listed})" if listed else "pi"), ATOM
    if isinstance(node, FloorQuotient):
        over, under = (_bracketed(one, least) for one, least in zip(operands, (2, 3), strict=True))
        return f"floor({over}/{under})", ATOM
    if isinstance(node, Modulo):
        return f"mod({listed})", ATOM
    if isinstance(node, Negation):
        return "-" + _bracketed(operands[0], POWER), PRODUCT
    if isinstance(node, Power):
        return f"{_bracketed(operands[0], ATOM)}^{_bracketed(operands[1], ATOM)}", POWER
    assert isinstance(node, Binary)
    binding = SUM if node.sign in "+-" else PRODUCT
    left, right = _bracketed(operands[0], binding), _bracketed(operands[1], binding + 1)
    return f"{left} {node.sign} {right}" if binding == SUM else f"{left}{node.sign}{right}", binding


def _number(value: int | Fraction) -> tuple[str, int]:
    binding = PRODUCT if value.denominator != 1 else ATOM
    return number_text(value), binding if value >= 0 else SUM


def _bracketed(operand: tuple[str, int], needed: int) -> str:
    text, binding = operand
    return text if binding >= needed else f"({text})"
