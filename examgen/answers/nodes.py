"""What the numbers, signs and functions of a typed formula become in its tree.

A number that is not whole becomes a quotient, a root a power with one, so that what `typed` makes
of a tree is read back as that tree.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from examgen.answers.lexer import FUNCTIONS, Token
from examgen.answers.scanner import Unreadable
from examgen.formula import Call, Expression, Modulo, Number, Power, Product, Quotient

_ARGUMENTS = {"maximum": (2, 20), "minimum": (2, 20), "mod": (2, 2), "log": (1, 2)}

OPERATORS: dict[str, Callable[[Expression, Expression], Expression]] = {
    "*": Product,
    "/": Quotient,
    "//": lambda over, under: Call("floor", Quotient(over, under)),
}


def number_of(value: Fraction) -> Expression:
    """The tree of a number."""
    if value.denominator == 1:
        return Number(value)
    return Quotient(Number(value.numerator), Number(value.denominator))


def root_of(tree: Expression) -> Expression:
    """The square root."""
    return Power(tree, number_of(Fraction(1, 2)))


def call_of(token: Token, arguments: Sequence[Expression]) -> Expression:
    """The tree of a function; raises `Unreadable` for a wrong number of arguments."""
    name = FUNCTIONS[token.text]
    least, most = _ARGUMENTS.get(name, (1, 1))
    if not least <= len(arguments) <= most:
        needed = f"{least}" if least == most else f"{least} to {most}"
        raise Unreadable(
            f"function '{token.text}' takes {needed} numbers, this has {len(arguments)}",
            token.at + 1,
        )
    if name == "log" and len(arguments) == 2:
        return Quotient(Call("log", arguments[0]), Call("log", arguments[1]))
    return _SPECIAL[name](*arguments) if name in _SPECIAL else Call(name, *arguments)


_SPECIAL: dict[str, Callable[..., Expression]] = {
    "sqrt": root_of,
    "log2": lambda x: Quotient(Call("log", x), Call("log", Number(2))),
    "log10": lambda x: Quotient(Call("log", x), Call("log", Number(10))),
    "mod": Modulo,
}
