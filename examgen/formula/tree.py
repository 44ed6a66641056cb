"""The nodes of a formula, which keep the form the author wrote.

The operators (``of``) fold away only a literal 0, 1 or -1 (``x + 0``, ``1 * x``, ``0 * x``,
``-1 * x``, ``x / 1``, ``x ** 1``), so that arithmetic on arrays of symbols comes out clean; the
constructors of the classes fold nothing.
"""

from examgen.formula.expression import (
    Binary,
    Call,
    Entry,
    Expression,
    Negation,
    Number,
    Relation,
    Symbol,
    as_expression,
    is_literal,
    operator_of,
)
from examgen.formula.node import Node

__all__ = [
    "Binary",
    "Call",
    "Difference",
    "Entry",
    "Expression",
    "FloorQuotient",
    "Modulo",
    "Negation",
    "Node",
    "Number",
    "Power",
    "Product",
    "Quotient",
    "Relation",
    "Sum",
    "Symbol",
    "as_expression",
    "is_literal",
    "operator_of",
]


class Sum(Binary):
    """left + right."""

    sign, precedence = "+", 1

    @classmethod
    def of(cls, left: Expression, right: Expression) -> Expression:
        """The node, or the other operand of a literal 0."""
        return right if is_literal(left, 0) else left if is_literal(right, 0) else cls(left, right)


class Difference(Binary):
    """left - right."""

    sign, precedence = "-", 1

    @classmethod
    def of(cls, left: Expression, right: Expression) -> Expression:
        """The node, or the other operand of a literal 0."""
        if is_literal(right, 0):
            return left
        return Negation(right) if is_literal(left, 0) else cls(left, right)


class Product(Binary):
    """left * right."""

    sign, precedence = "*", 2

    @classmethod
    def of(cls, left: Expression, right: Expression) -> Expression:
        """The node, or what a literal 0, 1 or -1 makes of the other operand."""
        for factor, other in [(left, right), (right, left)]:
            if is_literal(factor, 0):
                return Number(0)
            if is_literal(factor, 1):
                return other
            if is_literal(factor, -1):
                return Negation(other)
        return cls(left, right)


class Quotient(Binary):
    """left / right, exactly."""

    sign, precedence = "/", 2

    @classmethod
    def of(cls, left: Expression, right: Expression) -> Expression:
        """The node, or the numerator over a literal 1."""
        return left if is_literal(right, 1) else cls(left, right)


class FloorQuotient(Binary):
    """The greatest integer that is not above left / right."""

    sign, precedence = "//", 2


class Modulo(Binary):
    """left - right * floor(left / right): the remainder, with the sign of right."""

    sign, precedence = "%", 2


class Power(Binary):
    """left to the power of right."""

    sign, precedence = "**", 4

    @classmethod
    def of(cls, left: Expression, right: Expression) -> Expression:
        """The node, or the base under a literal exponent 1."""
        return left if is_literal(right, 1) else cls(left, right)
