r"""Formulas printed as a textbook does, with symbols or with numbers in their places.

Every node becomes a piece that knows how it may stand beside others, so the tree is printed from
the leaves up without recursion.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from examgen.formula.tree import (
    Call,
    Difference,
    Entry,
    FloorQuotient,
    Modulo,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    as_expression,
)
from examgen.formula.walk import postorder
from examgen.notation import number_tex

LOOSE, SUM, PRODUCT, POWER, ATOM = range(5)

RELATIONS = {
    "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne", "divides": r"\mid",
}  # fmt: skip

AROUND = {
    "floor": (r"\left\lfloor ", r" \right\rfloor"),
    "ceiling": (r"\left\lceil ", r" \right\rceil"),
    "absolute": (r"\left|", r"\right|"),
}

NAMED = {
    "maximum": r"\max", "minimum": r"\min", "log": r"\ln", "exp": r"\exp", "sin": r"\sin",
    "cos": r"\cos", "tan": r"\tan",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Printed TeX: how tightly it binds, and what its first and last factors look like."""

    text: str
    binding: int = ATOM
    first: str = "symbol"  # number, symbol, word, fraction, bracket or other
    last: str = "symbol"
    guarded: str = ""  # the text where a leading minus sign needs brackets, if it has one
    minus: str = ""  # the text without the leading minus sign that the author wrote

    @property
    def inner(self) -> str:
        """The text anywhere but at the start of a formula."""
        return self.guarded or self.text

    def at_least(self, binding: int) -> "Piece":
        """The piece, in brackets if it binds less tightly."""
        if self.binding >= binding:
            return self
        negative_number = self.first == "number" and self.guarded == _bracket(self.text)
        kind = "number" if negative_number else "bracket"
        return Piece(_bracket(self.text), first=kind, last=kind)


def to_tex(expression: Any, *, values: Mapping[Symbol, Any] | None = None) -> str:
    """TeX of an expression or relation in the author's form.

    Symbols that have a value in ``values`` are printed as that number (an array's as nested
    tuples), the others by their ``tex``; entries of arrays as ``X_{1,2}``, counted from 1.
    """
    tree = expression if isinstance(expression, Node) else as_expression(expression)
    done: dict[int, Piece] = {}
    for node in postorder(tree):
        pieces = [done[id(child)] for child in node.children]
        done[id(node)] = _operator(node, pieces) if pieces else _leaf(node, values or {})
    return done[id(tree)].text


def _number(value: int | Fraction, *, literal: bool = False) -> Piece:
    text = number_tex(value)
    kind = "number" if value.denominator == 1 else "fraction"
    if value < 0:
        minus = text.removeprefix("-") if literal else ""
        return Piece(text, PRODUCT, kind, kind, guarded=_bracket(text), minus=minus)
    return Piece(text, ATOM if kind == "number" else PRODUCT, kind, kind)


def _leaf(node: Node, values: Mapping[Symbol, Any]) -> Piece:
    if isinstance(node, Number):
        return _number(node.value, literal=True)
    if isinstance(node, Entry):
        value = values.get(node.array)
        if value is None:
            name = node.array.tex if "_" not in node.array.tex else f"({node.array.tex})"
            return Piece(f"{name}_{{{','.join(str(place + 1) for place in node.index)}}}")
        for place in node.index:
            value = value[place]
        return _number(value)
    if isinstance(node, Call):
        return Piece(rf"\{node.function}")
    assert isinstance(node, Symbol)
    if node in values:
        return _number(values[node])
    word = node.tex.startswith((r"\mathrm{", r"\text{", r"\operatorname"))
    kind = "word" if word else "symbol"
    return Piece(node.tex, POWER if "^" in node.tex else ATOM, kind, kind)


def _operator(node: Node, pieces: list[Piece]) -> Piece:
    if isinstance(node, Call) and node.function in NAMED:
        listed = _bracket(", ".join(piece.text for piece in pieces))
        return Piece(NAMED[node.function] + listed, PRODUCT, "other", "other")
    if isinstance(node, Call):
        before, after = AROUND[node.function]
        return Piece(before + pieces[0].text + after, ATOM, "other", "other")
    if isinstance(node, Negation):
        body = pieces[0].at_least(PRODUCT)
        text = f"-{body.inner}"
        return replace(body, text=text, binding=PRODUCT, guarded=_bracket(text), minus=body.inner)
    left, right = pieces
    if isinstance(node, Sum | Difference):
        return _sum(left, right, plus=isinstance(node, Sum))
    if isinstance(node, Product):
        return _product(left.at_least(PRODUCT), right.at_least(PRODUCT))
    if isinstance(node, Quotient):
        return Piece(_fraction(left, right), PRODUCT, "fraction", "fraction")
    if isinstance(node, FloorQuotient):
        before, after = AROUND["floor"]
        return Piece(before + _fraction(left, right) + after, ATOM, "other", "other")
    if isinstance(node, Power):
        return _power(left, right, node.right)
    if isinstance(node, Modulo):
        text = rf"{left.at_least(PRODUCT).inner} \bmod {right.at_least(PRODUCT).inner}"
        return Piece(text, LOOSE)
    assert isinstance(node, Relation)
    return Piece(f"{left.text} {RELATIONS[node.sign]} {right.text}", LOOSE)


def _sum(left: Piece, right: Piece, *, plus: bool) -> Piece:
    term = right.at_least(PRODUCT)
    if plus and term.minus:  # the author's own a + (-2)b
        text = f"{left.at_least(SUM).text} - {term.minus}"
    else:
        text = f"{left.at_least(SUM).text} {'+' if plus else '-'} {term.inner}"
    return Piece(text, SUM)


def _product(left: Piece, right: Piece) -> Piece:
    if right.guarded and right.first == "symbol":
        right = replace(right, first="bracket")
    glue = _glue(left.last, right.first)
    return Piece(
        left.text + glue + right.inner,
        PRODUCT,
        left.first,
        right.last,
        guarded=left.guarded and left.guarded + glue + right.inner,
        minus=left.minus and left.minus + glue + right.inner,
    )


def _glue(before: str, after: str) -> str:
    """What stands between two factors."""
    if after in ("number", "fraction") or "word" in (before, after):
        return r" \cdot "
    if after == "bracket" and before not in ("fraction", "other"):
        return ""
    return "" if (before, after) == ("number", "symbol") else " "


def _power(base: Piece, exponent: Piece, exponent_node: Node) -> Piece:
    value = exponent_node.value if isinstance(exponent_node, Number) else None
    if isinstance(value, Fraction) and value.numerator == 1:
        degree = "" if value.denominator == 2 else f"[{value.denominator}]"
        return Piece(rf"\sqrt{degree}{{{base.text}}}", ATOM, "other", "other")
    raised = base.at_least(ATOM)
    above = exponent.text if len(exponent.text) == 1 else f"{{{exponent.text}}}"
    return Piece(f"{raised.text}^{above}", POWER, raised.first, raised.last)


def _fraction(over: Piece, under: Piece) -> str:
    return rf"\frac{{{over.text}}}{{{under.text}}}"


def _bracket(text: str) -> str:
    tall = r"\frac" in text or r"\left" in text
    return rf"\left({text}\right)" if tall else f"({text})"
