"""Formulas as students type them, read into the same exact trees that authors' keys are.

sum     := product (('+' | '-') product)*
product := unary (('*' | '/' | '//') unary | power)*       side by side means times
unary   := ('-' | '+')* power
power   := atom ('^' signed power)?                        from right to left; -2^2 = -4
atom    := number | name | function '(' sum, … ')' | '(' sum ')' | '⌊' sum '⌋' | '|' sum '|'
           | '√' power

Nothing is evaluated, and every limit is checked before any work is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from examgen.answers.lexer import Token, tokens
from examgen.answers.nodes import OPERATORS, call_of, number_of, root_of
from examgen.answers.scanner import DEEPEST_NESTING, Scanner, Unreadable, describe
from examgen.formula import (
    Call,
    Difference,
    Expression,
    Negation,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
)

CLOSERS = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "|": "|"}
AROUND = {"⌊": "floor", "⌈": "ceiling", "|": "absolute"}
PERCENT = "write 25/100 for 25 percent, mod(a, b) for a remainder: see the"


@dataclass(frozen=True)
class Parsed:
    """A formula as read; ``others`` are what else it may mean.

    There ``1/2x`` is 1/(2x), or ``[x]`` the floor of x, or both.
    """

    tree: Expression
    notes: tuple[str, ...]
    others: tuple[Expression, ...] = ()


def parse(text: str, symbols: Mapping[str, Symbol], *, decimal_comma: bool = False) -> Parsed:
    """The formula in a text, in declared names; a prefix such as ``H =`` is skipped with a note.

    Raises `Unreadable` with the place in the student's own text.
    """
    scanner = Scanner(text)
    scanner.skip_name()
    found = tokens(scanner, list(symbols), decimal_comma=decimal_comma)
    first = _Parser(scanner, found, symbols)
    tree = first.whole()
    tight, gauss = [False, True][: 1 + bool(first.ambiguous)], [False, True][: 1 + first.square]
    others = [
        _Parser(scanner, found, symbols, tight=one, gauss=other).whole()
        for one, other in [*product(tight, gauss)][1:]
    ]
    if first.ambiguous:
        scanner.notes.append(f"'{first.ambiguous}' is read from left to right")
    return Parsed(tree, tuple(dict.fromkeys(scanner.notes)), tuple(others))


class _Parser:
    """A cursor over tokens.

    ``tight`` makes what stands side by side bind before ``/``, ``gauss`` a square bracket a floor.
    """

    def __init__(
        self,
        scanner: Scanner,
        found: list[Token],
        symbols: Mapping[str, Symbol],
        *,
        tight: bool = False,
        gauss: bool = False,
    ) -> None:
        self.scanner, self.tokens, self.symbols = scanner, found, symbols
        self.tight, self.around = tight, AROUND | ({"[": "floor"} if gauss else {})
        self.place = 0
        self.depth = 0
        self.inside_bars = 0
        self.ambiguous = ""
        self.square = False

    def whole(self) -> Expression:
        """The tree of all tokens."""
        tree = self.sum()
        if self.place < len(self.tokens):
            raise self.unexpected()
        return tree

    @property
    def mark(self) -> str:
        """The mark here, or ``""``."""
        token = self.peek()
        return token.text if token and token.sort == "mark" else ""

    def peek(self) -> Token | None:
        """The token here, None at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def sum(self) -> Expression:
        """Terms, from left to right."""
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise self.refuse(f"nested deeper than {DEEPEST_NESTING}:")
        tree = self.product()
        while self.mark in ("+", "-"):
            node = Sum if self.mark == "+" else Difference
            self.place += 1
            tree = node(tree, self.product())
        self.depth -= 1
        return tree

    def product(self) -> Expression:
        """Factors, from left to right."""
        tree = self.factor()
        divided = False
        while True:
            if self.mark in ("*", "/", "//"):
                node = OPERATORS[self.mark]
                divided = self.mark != "*"
                self.place += 1
                tree = node(tree, self.factor())
            elif self.starts_atom():
                self.check_apart()
                if divided:
                    start = self.tokens[self.place - 1].at
                    end = self.tokens[self.place].at + len(self.tokens[self.place].text)
                    self.ambiguous = self.scanner.plain(max(0, start - 1), end)
                tree = Product(tree, self.power())
            elif self.mark == "%":
                raise self.refuse(PERCENT)
            else:
                return tree

    def factor(self) -> Expression:
        """One operand of a product; with ``tight``, all that stands side by side."""
        tree = self.unary()
        while self.tight and self.starts_atom():
            self.check_apart()
            tree = Product(tree, self.power())
        return tree

    def unary(self) -> Expression:
        """Signs before a power."""
        negative = False
        while self.mark in ("+", "-"):
            negative ^= self.mark == "-"
            self.place += 1
        tree = self.power()
        return Negation(tree) if negative else tree

    def power(self) -> Expression:
        """An atom with its exponent."""
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise self.refuse(f"nested deeper than {DEEPEST_NESTING}:")
        tree = self.atom()
        if self.mark == "^":
            self.place += 1
            tree = Power(tree, self.unary())
        self.depth -= 1
        return tree

    def atom(self) -> Expression:
        """A number, a name, a function or a bracket."""
        token = self.peek()
        if token is None:
            raise self.refuse("something is missing" if self.tokens else "a formula is missing")
        if token.sort == "number":
            return self.number(token)
        if token.sort == "function":
            return self.function(token)
        if token.sort == "name":
            self.place += 1
            return self.named(token.text)
        if token.text == "√":
            self.place += 1
            return root_of(self.power())
        if token.text in CLOSERS and not (token.text == "|" and self.inside_bars):
            return self.bracket(token)
        raise self.unexpected()

    def number(self, token: Token) -> Expression:
        """A number, or a mixed one such as 1½."""
        self.place += 1
        value = token.value
        if self.mark == "mixed":
            value += self.tokens[self.place + 1].value
            self.scanner.notes.append(f"the mixed number is read as {value}")
            self.place += 2
        if self.mark == "%":
            value = self.percent(value)
        following = self.peek()
        if following and following.sort == "number":
            raise self.refuse("two numbers in a row: the second begins with")
        return number_of(value)

    def percent(self, value: Fraction) -> Fraction:
        """A hundredth of the number before the ``%`` here; refused where it can mean more."""
        before = self.tokens[self.place - 2] if self.place > 1 else None
        self.place += 1
        alone = before is None or before.text not in ("+", "-", "/", "^")
        if not (alone and (self.peek() is None or self.mark in ("*", "/", ")"))):
            self.place -= 1
            raise self.refuse(PERCENT)
        self.scanner.notes.append(f"the percentage is read as {value / 100}")
        return value / 100

    def named(self, name: str) -> Expression:
        """A declared symbol, or a constant."""
        if name in self.symbols:
            return self.symbols[name]
        return Call("pi") if name == "pi" else Call("exp", Number(1))

    def bracket(self, opened: Token) -> Expression:
        """What stands in brackets of any sort."""
        self.place += 1
        outer, self.inside_bars = self.inside_bars, int(opened.text == "|")
        tree = self.sum()
        self.close(opened)
        self.inside_bars = outer
        self.square |= opened.text == "["
        return Call(self.around[opened.text], tree) if opened.text in self.around else tree

    def close(self, opened: Token) -> None:
        """Move over the closing bracket that is due."""
        closer = CLOSERS[opened.text]
        if self.mark != closer:
            where = f"'{closer}' for the '{opened.text}' at character {opened.at + 1}"
            if self.peek() is None:
                raise Unreadable(f"missing {where}", len(self.scanner.text) + 1)
            raise self.refuse(f"missing {where}, found")
        self.place += 1

    def function(self, token: Token) -> Expression:
        """A function of its arguments in brackets."""
        self.place += 1
        opened = self.peek()
        if opened is None or opened.text not in ("(", "[", "{"):
            raise Unreadable(
                f"function '{token.text}' needs brackets: {token.text}(...)", token.at + 1
            )
        self.place += 1
        outer, self.inside_bars = self.inside_bars, 0
        arguments = [self.sum()]
        while self.mark in (",", ";"):
            self.place += 1
            arguments.append(self.sum())
        self.close(opened)
        self.inside_bars = outer
        return call_of(token, arguments)

    def starts_atom(self) -> bool:
        """Whether a factor may begin here without a sign before it."""
        token = self.peek()
        if token is None:
            return False
        if token.sort != "mark":
            return True
        return token.text in "([{⌊⌈√" or (token.text == "|" and not self.inside_bars)

    def check_apart(self) -> None:
        """Refuse a number right after a name or bracket, such as ``x 2``."""
        token = self.peek()
        if token and token.sort == "number":
            raise self.refuse("write * or ^ before a number that follows: see the")

    def unexpected(self) -> Unreadable:
        """An `Unreadable` for the token here."""
        return self.refuse("something is missing" if self.peek() is None else "unexpected")

    def refuse(self, message: str) -> Unreadable:
        """An `Unreadable` that names the character of the token here."""
        token = self.peek()
        if token is None:
            return Unreadable(f"{message} at the end", len(self.scanner.text) + 1)
        shown = describe(self.scanner.original[token.at])
        return Unreadable(f"{message} {shown} at character {token.at + 1}", token.at + 1)
