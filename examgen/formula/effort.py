"""What arithmetic costs by hand, in steps, and what the formulas of an item model cost.

One step is a digit written. A column of a written sum is 2 steps, a product of two digits 4, so
that an m-digit number times an n-digit one costs 4·m·n: the counts of schoolbook arithmetic (Knuth,
The Art of Computer Programming, volume 2, section 4.3.1). Weights are estimates, not measurements.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

from examgen.formula.evaluate import OPERATIONS
from examgen.formula.expression import Call, Entry, Negation, Number, Symbol, operator_of
from examgen.formula.node import Node
from examgen.formula.tree import Quotient
from examgen.formula.walk import postorder

WRITTEN = 1  # a digit
COLUMN = 2  # two digits added, or two numbers compared
PRODUCT = 4  # two digits multiplied
_LONGEST = 10_000  # bits
_LONGEST_POWER = 200

_WHOLE = {"floor": "//", "ceiling": "ceiling of"}


def digits(number: int) -> int:
    """How many digits are written for a whole number."""
    return len(_shown(number))


def _shown(number: int) -> str:
    """The digits of a whole number; beyond what Python turns into text, as many nines."""
    bits = number.bit_length()
    return str(abs(number)) if bits <= _LONGEST else "9" * (bits * 30103 // 100000 + 1)


def written(value: Any) -> int:
    """The steps of writing down a number; 0 for what is none."""
    if isinstance(value, Fraction) and value.denominator != 1:
        return WRITTEN * (digits(value.numerator) + digits(value.denominator))
    return WRITTEN * digits(int(value)) if isinstance(value, int | Fraction) else 0


def operation_effort(operation: str, operands: Sequence[Any]) -> int:
    """The steps of one operation on exact numbers: its name is that of `OPERATIONS`."""
    if operation in ("+", "-"):
        return _sum(*operands)
    if operation == "*":
        return _product(*operands)
    if operation == "/":
        return _quotient(*operands)
    if operation in ("//", "%", "ceiling of"):
        return _quotient(*operands, whole=True)
    if operation == "**":
        return _power(*operands)
    if operation == "absolute":
        return 0
    return COLUMN * max(len(operands) - 1, 1)  # what is compared, or rounded


def _sum(left: Any, right: Any) -> int:
    """Column by column; fractions are brought over one denominator first."""
    if left == 0 or right == 0:
        return 0
    first, second = left.numerator, right.numerator
    over, under = left.denominator, right.denominator
    steps = 0
    if over != under:
        steps = _scaled(first, under) + _scaled(second, over) + _scaled(over, under)
        first, second = first * under, second * over
    return steps + COLUMN * max(digits(first), digits(second))


def _product(left: Any, right: Any) -> int:
    """Digit by digit, numerators and denominators apart."""
    above = _times(left.numerator, right.numerator)
    return above + _scaled(left.denominator, right.denominator)


def _scaled(number: int, scale: int) -> int:
    """A product of which either factor may be a denominator that is not there."""
    return 0 if number == 1 or scale == 1 else _times(number, scale)


def _times(left: int, right: int) -> int:
    """A product; with 0, 1 and powers of ten, and for zeros at an end, it is only written."""
    first, second = _shown(left).rstrip("0"), _shown(right).rstrip("0")
    if first in ("", "1") or second in ("", "1"):
        return WRITTEN
    return PRODUCT * len(first) * len(second)


def _quotient(left: Any, right: Any, *, whole: bool = False) -> int:
    over = left.numerator * right.denominator
    under = left.denominator * right.numerator
    widened = _scaled(left.numerator, right.denominator) + _scaled(
        left.denominator, right.numerator
    )
    if whole or over % under == 0:
        return widened + _long_division(over, under)
    common = gcd(over, under)
    cancelled = _long_division(over, common) + _long_division(under, common)
    return widened + (cancelled if common > 1 else WRITTEN)


def _long_division(over: int, under: int) -> int:
    """Each digit of the quotient is tried: the divisor times it, and a difference."""
    if _shown(under).rstrip("0") == "1":
        return WRITTEN if abs(under) != 1 else 0
    return digits(over // under) * digits(under) * (PRODUCT + COLUMN)


def _power(base: Any, exponent: Any) -> int:
    """A product for each further factor; a root is found digit by digit."""
    if exponent.denominator != 1:
        return PRODUCT * digits(base.numerator) ** 2 + PRODUCT * digits(base.denominator) ** 2
    steps, power = 0, base
    for _ in range(min(abs(int(exponent)) - 1, _LONGEST_POWER)):
        steps += _product(power, base)
        power *= base
    return steps


class FormulaWork:
    """Formulas as a list of operations of which equal ones stand there once.

    `add` takes the formulas of one part after another; `efforts` gives the steps that each part
    adds: what an earlier part worked out already costs nothing again.
    """

    def __init__(self) -> None:
        self._code: list[tuple[str, tuple[int, ...], Any]] = []  # name, operands, what a leaf is
        self._places: dict[tuple[Any, ...], int] = {}
        self._owners: dict[int, str] = {}  # the first part that needs an operation
        self._names: list[str] = []

    def add(self, name: str, formulas: Sequence[Node]) -> None:
        """The formulas of a part of this name."""
        self._names.append(name)
        done: dict[int, int] = {}
        for root in formulas:
            for node in postorder(root):
                done[id(node)] = self._place(node, done)
            waiting = [done[id(root)]]
            while waiting:
                place = waiting.pop()
                if place not in self._owners:
                    self._owners[place] = name
                    waiting += self._code[place][1]

    def _place(self, node: Node, done: Mapping[int, int]) -> int:
        if isinstance(node, Number):
            return self._known("number", (), node.value)
        if isinstance(node, Symbol | Entry):
            return self._known("leaf", (), node, node.label())
        children = node.children
        if isinstance(node, Negation):
            return self._known("negation", (done[id(children[0])],), None)
        operation = operator_of(node)
        if isinstance(node, Call) and operation in _WHOLE and isinstance(children[0], Quotient):
            operation, children = _WHOLE[operation], children[0].children
        return self._known(operation, tuple(done[id(child)] for child in children), None)

    def _known(
        self, operation: str, operands: tuple[int, ...], leaf: Any, label: Any = None
    ) -> int:
        place = (operation, operands, leaf if label is None else label)
        if place not in self._places:
            self._places[place] = len(self._code)
            self._code.append((operation, operands, leaf))
        return self._places[place]

    def efforts(self, values: Mapping[Symbol, Any]) -> dict[str, int]:
        """The steps of each part at these values; raises an ArithmeticError without a value."""
        parts = dict.fromkeys(self._names, 0)
        found: dict[int, Any] = {}
        for place, (operation, operands, leaf) in enumerate(self._code):
            owner = self._owners.get(place)
            if owner is None:  # a quotient that is rounded at once
                continue
            numbers = [found[operand] for operand in operands]
            found[place], effort = _worked(operation, numbers, leaf, values)
            parts[owner] += effort
        return parts


def _worked(
    operation: str, numbers: Sequence[Any], leaf: Any, values: Mapping[Symbol, Any]
) -> tuple[Any, int]:
    if operation == "number":
        return leaf, 0
    if operation == "leaf":
        value = values[leaf.symbol]
        for position in getattr(leaf, "index", ()):
            value = value[position]
        return value, 0
    if operation == "negation":
        return -numbers[0], 0
    if operation == "ceiling of":
        return -(-numbers[0] // numbers[1]), operation_effort(operation, numbers)
    return OPERATIONS[operation](*numbers), operation_effort(operation, numbers)
