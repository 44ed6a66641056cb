"""Numbers that count what is computed with them, for keys that are functions of the item."""

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from examgen.formula.effort import operation_effort


class Tally:
    """How many steps of work by hand the numbers that it wraps were put to."""

    def __init__(self) -> None:
        self.steps = 0

    def __call__(self, value: Any) -> Any:
        """The value with every number in it wrapped; texts and truth values stay."""
        if isinstance(value, np.ndarray):
            wrapped = np.empty(value.shape, dtype=object)
            for index, entry in np.ndenumerate(value):
                wrapped[index] = self(int(entry) if isinstance(entry, np.integer) else entry)
            return wrapped
        if isinstance(value, tuple):
            return tuple(map(self, value))
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return Counted(value, self)
        return value


class Counted:
    """An exact number that adds each operation on it to a tally.

    It is no subclass of int, so that the engine takes it for a symbol and computes with it term by
    term; where Python wants a whole number it is one.
    """

    __slots__ = ("tally", "value")

    def __init__(self, value: int | Fraction, tally: Tally):
        self.value = value
        self.tally = tally

    def __index__(self) -> int:
        return operator.index(self.value)  # type: ignore[arg-type]  # an error for a fraction

    def __int__(self) -> int:
        return int(self.value)

    def __bool__(self) -> bool:
        return self.value != 0

    def __hash__(self) -> int:
        """Another than that of the number, which an author's cache must not take it for."""
        return hash((self.value, 1))

    def __neg__(self) -> "Counted":
        return Counted(-self.value, self.tally)

    def __pos__(self) -> "Counted":
        return self

    def __abs__(self) -> "Counted":
        return Counted(max(self.value, -self.value), self.tally)

    @property
    def numerator(self) -> int:
        """That of the number."""
        return self.value.numerator

    @property
    def denominator(self) -> int:
        """That of the number."""
        return self.value.denominator

    def __repr__(self) -> str:
        return repr(self.value)


def _exact_quotient(left: int | Fraction, right: int | Fraction) -> Fraction:
    return Fraction(left) / right


def _counting(
    sign: str, function: Callable[[Any, Any], Any], *, reflected: bool = False
) -> Callable[[Counted, Any], Any]:
    def operate(self: Counted, other: Any) -> Any:
        number: Any = getattr(other, "value", other)
        if isinstance(number, np.integer | np.bool_):
            number = int(number)
        if not isinstance(number, int | Fraction):
            return NotImplemented
        pair = (number, self.value) if reflected else (self.value, number)
        self.tally.steps += operation_effort(sign, pair)
        result: Any = function(*pair)
        return Counted(result, self.tally) if sign in "+-*//**%" else result

    return operate


_ARITHMETIC: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "add": ("+", operator.add),
    "sub": ("-", operator.sub),
    "mul": ("*", operator.mul),
    "truediv": ("/", _exact_quotient),
    "floordiv": ("//", operator.floordiv),
    "mod": ("%", operator.mod),
    "pow": ("**", operator.pow),
}
for _name, (_sign, _function) in _ARITHMETIC.items():
    setattr(Counted, f"__{_name}__", _counting(_sign, _function))
    setattr(Counted, f"__r{_name}__", _counting(_sign, _function, reflected=True))
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Counted, f"__{_name}__", _counting(_name, getattr(operator, _name)))
