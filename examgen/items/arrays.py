"""Arrays of symbols, and the nested tuples that are their values."""

import math
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from examgen.errors import nearest
from examgen.formula import Entry, Symbol


class ArraySymbol(Symbol):
    """A symbol for a whole array: NumPy, the engine and arithmetic see an array of its entries."""

    shape: tuple[int, ...]

    if TYPE_CHECKING:  # it is set below, with its like

        def __matmul__(self, other: Any) -> Any: ...

    def __array__(self, dtype: Any = None, copy: Any = None) -> NDArray[Any]:
        grid = np.empty(self.shape, dtype=object)
        for index in np.ndindex(self.shape):
            grid[index] = Entry(self, index)
        return grid

    def __getitem__(self, index: Any) -> Any:
        return np.asarray(self)[index]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(np.ndarray, name):
            raise AttributeError(
                f"an array has no attribute '{name}'{nearest(name, dir(np.ndarray))}"
            )
        return getattr(np.asarray(self), name)


def _elementwise(function: Callable[[Any, Any], Any], reflected: bool) -> Callable[..., Any]:
    def operate(self: ArraySymbol, other: Any) -> Any:
        pair = (np.asarray(self), np.asarray(other, dtype=object))
        return function(*(reversed(pair) if reflected else pair))

    return operate


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(ArraySymbol, f"__{_name}__", _elementwise(getattr(operator, _name), False))
    setattr(ArraySymbol, f"__r{_name}__", _elementwise(getattr(operator, _name), True))
setattr(ArraySymbol, "__neg__", lambda self: -np.asarray(self))  # noqa: B010


def exact_value(value: Any) -> Any:
    """The value with fractions such as ``"7/10"`` read and whole fractions turned to int.

    Raises `TypeError` for a float that is not whole: domains and keys are exact.
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, float) and math.isfinite(value):
        if not value.is_integer():
            raise TypeError(f"{value} is not exact: write it as a fraction, such as '7/10'")
        return int(value)
    if isinstance(value, list | tuple):
        return tuple(exact_value(entry) for entry in value)
    if isinstance(value, str):
        try:
            value = Fraction(value)
        except ValueError:
            return value
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def nest(flat: Sequence[Any], shape: tuple[int, ...]) -> tuple[Any, ...]:
    """Nested tuples of the given shape from row-major entries."""
    if len(shape) == 1:
        return tuple(flat)
    step = len(flat) // shape[0]
    return tuple(nest(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0]))


def flatten(value: Any, shape: tuple[int, ...]) -> list[Any]:
    """The row-major entries of a nested sequence; raises `ValueError` for another shape."""
    if not shape:
        return [exact_value(value)]
    rows = value.tolist() if isinstance(value, np.ndarray) else value
    if not isinstance(rows, list | tuple) or len(rows) != shape[0]:
        raise ValueError(f"expected {' × '.join(map(str, shape))} entries")
    return [entry for row in rows for entry in flatten(row, shape[1:])]
