"""Number-valued formulas, and what Python's operators make of them.

Nodes are immutable but for ``name``, compare and hash by identity, and are combined with integers,
fractions, sympy expressions and each other.
"""

import numbers
import sys
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Self

from examgen.formula.arithmetic import Rational
from examgen.formula.node import Node

FLOAT_REFUSED = "write Fraction(1, 2) or 1/2 of symbols instead of 0.5: keys are exact"


class Expression(Node):
    """A number-valued formula."""

    _op_priority = 20.0  # sympy gives way to the operators below

    def __add__(self, other: Any) -> Any:
        return combine("+", self, other)

    def __radd__(self, other: Any) -> Any:
        return combine("+", other, self)

    def __sub__(self, other: Any) -> Any:
        return combine("-", self, other)

    def __rsub__(self, other: Any) -> Any:
        return combine("-", other, self)

    def __mul__(self, other: Any) -> Any:
        return combine("*", self, other)

    def __rmul__(self, other: Any) -> Any:
        return combine("*", other, self)

    def __truediv__(self, other: Any) -> Any:
        return combine("/", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return combine("/", other, self)

    def __floordiv__(self, other: Any) -> Any:
        return combine("//", self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return combine("//", other, self)

    def __mod__(self, other: Any) -> Any:
        return combine("%", self, other)

    def __rmod__(self, other: Any) -> Any:
        return combine("%", other, self)

    def __pow__(self, other: Any) -> Any:
        return combine("**", self, other)

    def __rpow__(self, other: Any) -> Any:
        return combine("**", other, self)

    def __neg__(self) -> "Expression":
        return Negation(self)

    def __pos__(self) -> "Expression":
        return self

    def __abs__(self) -> "Expression":
        return Call("absolute", self)

    def __floor__(self) -> "Expression":
        return Call("floor", self)

    def __ceil__(self) -> "Expression":
        return Call("ceiling", self)

    def __lt__(self, other: Any) -> Any:
        return relate("<", self, other)

    def __le__(self, other: Any) -> Any:
        return relate("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        return relate(">", self, other)

    def __ge__(self, other: Any) -> Any:
        return relate(">=", self, other)

    def __bool__(self) -> bool:
        raise TypeError(
            f"{self!r} is a symbol here, not yet a number, so it is neither true nor false; "
            "put choices between formulas into a function of the item"
        )

    def _sympy_(self) -> Any:
        from examgen.formula.algebra import to_sympy

        return to_sympy(self)


class Number(Expression):
    """A literal integer or fraction."""

    def __init__(self, value: Rational) -> None:
        whole = isinstance(value, Fraction) and value.denominator == 1
        self.value: Rational = int(value) if whole else value

    def label(self) -> object:
        return self.value


class Symbol(Expression):
    """A named unknown: a parameter or a part of an item, or an array of them."""

    is_integer: bool = False

    def __init__(
        self, name: str | None = None, tex: str | None = None, *, is_integer: bool | None = None
    ) -> None:
        if name is not None:
            self.name = name
        self._tex = tex
        if is_integer is not None:
            self.is_integer = is_integer

    @property
    def symbol(self) -> "Symbol":  # type: ignore[override]
        """Itself."""
        return self

    @property
    def has_tex(self) -> bool:
        """Whether the author said how it is printed."""
        return self._tex is not None

    @property
    def tex(self) -> str:
        """How it is printed: as the author said, else derived from its name."""
        from examgen.formula.tex_names import tex_name

        return self._tex or tex_name(self.name or "?")

    @tex.setter
    def tex(self, tex: str | None) -> None:
        self._tex = tex

    def label(self) -> object:
        return id(self)


class Entry(Expression):
    """One element of an array's symbol, its index counted from 0."""

    def __init__(self, array_symbol: Symbol, index: Sequence[int]) -> None:
        self.array = self.symbol = array_symbol
        self.index = tuple(int(position) for position in index)

    @property
    def is_integer(self) -> bool:
        """Whether the array is one of integers."""
        return self.array.is_integer

    def label(self) -> object:
        return id(self.array), self.index


OPERATORS: dict[str, type["Binary"]] = {}


class Binary(Expression):
    """An operator between two operands."""

    sign = ""
    precedence = 0

    def __init_subclass__(cls) -> None:
        OPERATORS.setdefault(cls.sign, cls)

    def __init__(self, left: Expression, right: Expression) -> None:
        self.children: tuple[Expression, ...] = (left, right)

    @property
    def left(self) -> Expression:
        """The first operand."""
        return self.children[0]

    @property
    def right(self) -> Expression:
        """The second operand."""
        return self.children[1]

    def rebuilt(self, children: Sequence[Expression]) -> Expression:
        return self.of(*children)

    @classmethod
    def of(cls, left: Expression, right: Expression) -> Expression:
        """The node, or what it folds to."""
        return cls(left, right)


class Negation(Expression):
    """Minus its operand."""

    def __init__(self, operand: Expression) -> None:
        self.children: tuple[Expression, ...] = (operand,)


class Call(Expression):
    """``floor``, ``ceiling``, ``absolute``, ``maximum`` or ``minimum`` of its arguments."""

    def __init__(self, function: str, *arguments: Expression) -> None:
        self.function = function
        self.children: tuple[Expression, ...] = arguments

    def with_children(self, children: Sequence[Expression]) -> Self:
        return type(self)(self.function, *children)

    def label(self) -> object:
        return self.function


class Relation(Node):
    """A condition between two expressions: ``< <= > >= == !=`` or ``divides``."""

    def __init__(self, sign: str, left: Expression, right: Expression) -> None:
        self.sign = sign
        self.children: tuple[Expression, ...] = (left, right)

    def with_children(self, children: Sequence[Expression]) -> Self:
        return type(self)(self.sign, *children)

    def label(self) -> object:
        return self.sign

    def __bool__(self) -> bool:
        raise TypeError(
            f"{self!r} is a condition on symbols, not yet true or false: list it in `where`, "
            "write a <= b <= c as two conditions, and use maximum or minimum instead of max or min"
        )


def operator_of(node: Node) -> str:
    """The sign or the function of a node with operands (no negation): its name in tables."""
    if isinstance(node, Call):
        return node.function
    if isinstance(node, Binary | Relation):
        return node.sign
    raise TypeError(f"{type(node).__name__} is no operation")


def is_literal(node: Node, value: int) -> bool:
    """Whether the node is this number, literally."""
    return isinstance(node, Number) and node.value == value


def convert(operand: Any) -> Expression | None:
    """The operand as an expression, or None where it is not a number; TypeError for a float."""
    if isinstance(operand, Expression):
        # An array's symbol spreads over the operation itself.
        return None if hasattr(operand, "__array__") else operand
    if isinstance(operand, bool):
        raise TypeError(f"{operand} is a truth value, not a number: compare by equal(a, b)")
    if isinstance(operand, numbers.Rational):
        return Number(Fraction(int(operand.numerator), int(operand.denominator)))
    if isinstance(operand, numbers.Number):
        raise TypeError(f"{operand!r} is not exact: {FLOAT_REFUSED}")
    if hasattr(operand, "_expression_"):
        return convert(operand._expression_())
    sympy = sys.modules.get("sympy")
    if sympy is not None and isinstance(operand, sympy.Expr):
        from examgen.formula.algebra import from_sympy

        return convert(from_sympy(operand))
    return None


def as_expression(value: Any) -> Expression:
    """The value (number, expression, sympy expression) as an expression; else TypeError."""
    converted = convert(value)
    if converted is None:
        hint = "; an array needs a function of the item (def f(self): …), or its entries one by one"
        raise TypeError(
            f"{' '.join(repr(value).split())} is not a number or a formula of one number"
            + (hint if hasattr(value, "__array__") else "")
        )
    return converted


def combine(sign: str, left: Any, right: Any) -> Any:
    """The operator's node over both operands, or NotImplemented where one is not a number."""
    first, second = convert(left), convert(right)
    if first is None or second is None:
        return NotImplemented
    return OPERATORS[sign].of(first, second)


def relate(sign: str, left: Any, right: Any) -> Any:
    """The relation between both operands, or NotImplemented where one is not a number."""
    first, second = convert(left), convert(right)
    if first is None or second is None:
        return NotImplemented
    return Relation(sign, first, second)
