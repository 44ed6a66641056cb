"""Parameters: the finite domains from which the numbers of an item are drawn."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Self, overload

from numpy.typing import NDArray

from examgen.answers import Value
from examgen.errors import ExamgenError
from examgen.formula import Symbol
from examgen.items.arrays import ArraySymbol, exact_value, flatten, nest

_ENDS = (("low", -math.inf), ("high", math.inf))


class Parameter(Symbol):
    """A declared domain: on the class a symbol (or an array of symbols), on an item its value.

    A value is an entry, or for arrays a grid of entries; ``digit`` numbers the values of the
    domain from 0 to ``count - 1``.
    """

    name: str
    is_integer = True

    def __init__(self, entries: Sequence[Any], shape: tuple[int, ...] = (), tex: str | None = None):
        if not len(entries):
            told = ""
            if isinstance(entries, range):
                told = f": there is no number from {entries.start} to {entries.stop - 1}"
            raise ValueError(f"a parameter needs at least one value{told}")
        super().__init__(tex=tex)
        self.entries = entries
        self.shape = shape
        self.cells = math.prod(shape)
        self.count = len(entries) ** self.cells

    def value(self, digit: int) -> Value:
        """The value with this number: an entry, or nested tuples of entries (row-major)."""
        digits = []
        for _ in range(self.cells):
            digit, last = divmod(digit, len(self.entries))
            digits.append(last)
        flat = [self.entries[d] for d in reversed(digits)]
        return nest(flat, self.shape) if self.shape else flat[0]

    def digit(self, value: Any) -> int:
        """The number of a value; raises `ValueError` when it is not in the domain."""
        digit = 0
        for entry in flatten(value, self.shape):
            digit = digit * len(self.entries) + self.entries.index(entry)
        return digit

    def narrowed(self, wish: Any) -> list[int]:
        """The entries (by index) that a blueprint allows: a value, a list, or ``{low, high}``."""
        if isinstance(wish, Mapping):
            unknown = sorted(set(wish) - {"low", "high"})
            if unknown:
                raise ExamgenError(f"narrowing takes 'low' and 'high', not '{unknown[0]}'")
            low, high = (exact_value(wish.get(k, d)) for k, d in _ENDS)
            kept = [i for i, entry in enumerate(self.entries) if low <= entry <= high]
        else:
            kept = [self._entry(value) for value in (wish if isinstance(wish, list) else [wish])]
        if not kept:
            raise ExamgenError(f"no value of '{self.name}' is left; it takes {self.describe()}")
        return sorted(set(kept))

    def _entry(self, value: Any) -> int:
        try:
            return self.entries.index(exact_value(value))
        except ValueError:
            raise ExamgenError(
                f"'{self.name}' cannot be {value}; it takes {self.describe()}"
            ) from None

    def describe(self) -> str:
        """The domain in words, such as ``12, 13, …, 40``."""
        shown = [str(entry) for entry in self.entries]
        if len(shown) > 8:
            shown = [*shown[:2], "…", shown[-1]]
        grid = " × ".join(map(str, self.shape))
        return (f"{grid} entries out of " if grid else "") + ", ".join(shown)

    def __repr__(self) -> str:
        return self.name or f"{type(self).__name__}({self.describe()})"

    @overload
    def __get__(self, item: None, owner: Any = None) -> Self: ...
    @overload
    def __get__(self, item: object, owner: Any = None) -> Any: ...
    def __get__(self, item: Any, owner: Any = None) -> Any:
        return self if item is None else item.value_of(self)


class _Scalar(Parameter):
    """A parameter with one entry."""

    def __init__(self, entries: Sequence[Any], tex: str | None):
        super().__init__(entries, (), tex)


class Int(_Scalar):
    """A whole number from low to high, both included, every ``step``."""

    def __init__(self, low: int, high: int, step: int = 1, *, tex: str | None = None):
        super().__init__(range(low, high + 1, step), tex)

    @overload
    def __get__(self, item: None, owner: Any = None) -> Self: ...
    @overload
    def __get__(self, item: object, owner: Any = None) -> int: ...
    def __get__(self, item: Any, owner: Any = None) -> Any:
        return super().__get__(item, owner)


class Choice(_Scalar):
    """One of the values listed: numbers, or texts and tuples for keys that are functions."""

    def __init__(self, *values: Any, tex: str | None = None):
        if len(values) == 1 and isinstance(values[0], list | range | set):
            raise TypeError("list the values one by one, as Choice(3, 5, 7), without brackets")
        entries = tuple(exact_value(value) for value in values)
        if len(set(entries)) < len(entries):
            raise ValueError("a value of Choice is listed twice")
        self.is_integer = all(isinstance(entry, int) for entry in entries)
        super().__init__(entries, tex)


class Fractions(_Scalar):
    """``k / over`` for k from low to high: ``Fractions(1, 9, over=10)`` are 1/10 … 9/10."""

    is_integer = False

    def __init__(self, low: int, high: int, *, over: int, tex: str | None = None):
        super().__init__(tuple(exact_value(Fraction(k, over)) for k in range(low, high + 1)), tex)

    @overload
    def __get__(self, item: None, owner: Any = None) -> Self: ...
    @overload
    def __get__(self, item: object, owner: Any = None) -> Fraction: ...
    def __get__(self, item: Any, owner: Any = None) -> Any:
        return super().__get__(item, owner)


class ArrayParameter(ArraySymbol, Parameter):
    """A grid of independent entries: on the class an array of symbols, on an item a NumPy array."""

    def __init__(self, entries: Sequence[Any], shape: tuple[int, ...], tex: str | None):
        if not shape or min(shape) < 1:
            raise ValueError(f"an array needs positive sizes, not {shape}")
        super().__init__(entries, shape, tex)

    @overload
    def __get__(self, item: None, owner: Any = None) -> Self: ...
    @overload
    def __get__(self, item: object, owner: Any = None) -> NDArray[Any]: ...
    def __get__(self, item: Any, owner: Any = None) -> Any:
        return super().__get__(item, owner)


class IntVector(ArrayParameter):
    """A vector of ``length`` whole numbers from low to high."""

    def __init__(self, length: int, *, low: int, high: int, tex: str | None = None):
        super().__init__(range(low, high + 1), (length,), tex)


class IntMatrix(ArrayParameter):
    """A matrix of whole numbers from low to high."""

    def __init__(self, rows: int, columns: int, *, low: int, high: int, tex: str | None = None):
        super().__init__(range(low, high + 1), (rows, columns), tex)


class IntTensor(ArrayParameter):
    """An array of any number of axes, of whole numbers from low to high."""

    def __init__(self, *shape: int, low: int, high: int, tex: str | None = None):
        super().__init__(range(low, high + 1), shape, tex)
