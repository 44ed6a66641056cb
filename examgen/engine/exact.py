"""Arrays as the engine computes with them: exact where the input is exact, never rounded silently.

Integers are carried as ``int64`` (as Python integers in an object array once they outgrow it),
rationals as integers over one common denominator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm
from numbers import Integral, Rational
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Kind = Literal["integer", "rational", "float", "symbol"]

INT_LIMIT = 2**63
_LONG = 4096  # entries from which one dot product finds NaN faster than a look at each
_NOT_NUMBERS = (str, bytes, complex, Decimal, list, tuple, np.ndarray, np.complexfloating)


class EngineError(ValueError):
    """An argument that an operation of the engine cannot take; names both, and what it needs."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))  # one line, whatever was given


@dataclass(frozen=True, slots=True)
class Operand:
    """An argument as an array, and the kind of arithmetic its values call for.

    ``values`` is int64 or Python integers (``integer``), int and Fraction (``rational``), float32
    or float64 (``float``), or anything with ``+`` and ``*`` (``symbol``).
    """

    values: Array
    kind: Kind

    def scaled(self) -> tuple[Array, int]:
        """The values times their least common denominator, as integers, and that denominator."""
        if self.kind == "integer":
            return self.values, 1
        flat = self.values.ravel().tolist()
        denominators = [value.denominator for value in flat]
        common = lcm(*set(denominators))
        scale = {denominator: common // denominator for denominator in set(denominators)}
        integers = [
            value.numerator * scale[denominator]
            for value, denominator in zip(flat, denominators, strict=True)
        ]
        return narrow(objects(integers, self.values.shape)), common


def read(operation: str, argument: str, value: Any) -> Operand:
    """The operand that ``value`` (array, nested sequence, scalar or ``__array__``) stands for."""
    where = f"{operation}: {argument}"
    array = value if isinstance(value, np.ndarray) else _as_array(where, value)
    if array.size == 0:
        raise EngineError(f"{where} is empty (shape {array.shape})")
    if array.dtype == np.int64:
        return Operand(array, "integer")
    if array.dtype.kind == "i" or (array.dtype.kind == "u" and array.dtype.itemsize < 8):
        return Operand(array.astype(np.int64), "integer")
    if array.dtype.kind in "Ou":
        return _read_objects(where, array.astype(object))
    if array.dtype.kind == "f":
        return _read_floats(where, array)
    raise EngineError(f"{where} must hold numbers, not {array.dtype.name} (shape {array.shape})")


def read_scalar(operation: str, argument: str, value: Any) -> Any:
    """One number (int, Fraction or float) that ``value`` stands for."""
    operand = read(operation, argument, value)
    if operand.values.ndim or operand.kind == "symbol":
        raise EngineError(f"{operation}: {argument} must be one number, not {value!r}")
    return operand.values.item()


def _as_array(where: str, value: Any) -> Array:
    if hasattr(value, "__array__"):
        return np.asarray(value)
    try:  # as objects: NumPy would round a list such as [2**63, -1] to float64
        return np.array(value, dtype=object)
    except ValueError as error:
        raise EngineError(f"{where} has rows of different lengths") from error


def _read_floats(where: str, array: Array) -> Operand:
    if not _all_finite(array):
        raise EngineError(f"{where} holds NaN or infinity (shape {array.shape})")
    kept = array.dtype in (np.float32, np.float64)
    return Operand(array if kept else array.astype(np.float64), "float")


def _all_finite(array: Array) -> bool:
    """Whether there is no NaN or infinity; they would spread to a sum of squares, in one pass."""
    if array.size > _LONG and array.flags.c_contiguous:
        with np.errstate(all="ignore"):
            if isfinite(np.dot(array.ravel(), array.ravel())):
                return True
    return bool(np.isfinite(array).all())


def _read_objects(where: str, array: Array) -> Operand:
    given = array.ravel().tolist()
    types = set(map(type, given))
    if types == {int}:
        return Operand(narrow(array), "integer")
    if types <= {int, Fraction}:
        flat = [value if value.denominator != 1 else value.numerator for value in given]
    else:
        flat = [_plain(where, value) for value in given]
        types = set(map(type, flat))
    values = objects(flat, array.shape)
    if types <= {int, Fraction}:
        if Fraction not in types and all(isinstance(value, Integral) for value in given):
            return Operand(narrow(values), "integer")
        return Operand(values, "rational")
    if types <= {int, Fraction, float}:
        return _read_floats(where, _as_float(values))
    return Operand(values, "symbol")


def _plain(where: str, value: Any) -> Any:
    """``value`` as int, Fraction or float where it is a number of any library; symbols as is."""
    if isinstance(value, bool | np.bool_):
        raise EngineError(f"{where} holds the truth value {value}; use 0 and 1")
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Rational):
        return whole_if_integral(Fraction(int(value.numerator), int(value.denominator)))
    if isinstance(value, float | np.floating):
        return float(value)
    if isinstance(value, list | tuple):
        raise EngineError(f"{where} has rows of different lengths")
    usable = hasattr(value, "__add__") and hasattr(value, "__mul__")
    if isinstance(value, _NOT_NUMBERS) or not usable:
        raise EngineError(f"{where} must hold numbers or symbols, not {value!r}")
    return value


def _as_float(values: Array) -> Array:
    try:
        return values.astype(np.float64)
    except OverflowError as error:
        raise EngineError("a number is too large to be a float") from error


def unify(*operands: Operand) -> tuple[Kind, list[Array], list[int]]:
    """One kind for all operands: it, their arrays, and the denominators these are over.

    Symbols win over floats, floats over rationals, rationals over integers.
    """
    kinds = [operand.kind for operand in operands]
    values = [operand.values for operand in operands]
    if "symbol" in kinds:
        return "symbol", [array.astype(object) for array in values], [1] * len(values)
    if "float" in kinds:
        arrays = [_as_float(array) if array.dtype == object else array for array in values]
        dtype = np.result_type(*arrays)
        return "float", [array.astype(dtype, copy=False) for array in arrays], [1] * len(values)
    if "rational" not in kinds:
        return "integer", values, [1] * len(values)
    scaled = [operand.scaled() for operand in operands]
    return "rational", [array for array, _ in scaled], [common for _, common in scaled]


def restore(values: Array, denominator: int, kind: Kind) -> Array:
    """The array a caller gets: integers as int64 where they fit, rationals as int and Fraction."""
    if kind == "integer":
        return narrow(values)
    if kind == "rational":
        return _over(values, denominator)
    return values


def _over(values: Array, denominator: int) -> Array:
    """Integers over one denominator, as int and Fraction."""
    if values.dtype == object or denominator >= INT_LIMIT:
        flat = [whole_if_integral(Fraction(v, denominator)) for v in values.ravel().tolist()]
        return objects(flat, values.shape)
    common = np.gcd(values, denominator)
    tops, bottoms = (values // common).ravel().tolist(), (denominator // common).ravel().tolist()
    pairs = zip(tops, bottoms, strict=True)
    return objects([_coprime(p, q) if q != 1 else p for p, q in pairs], values.shape)


def _coprime(top: int, bottom: int) -> Fraction:
    """The Fraction of two integers in lowest terms, without the gcd of its constructor."""
    value = object.__new__(Fraction)
    value._numerator, value._denominator = top, bottom  # type: ignore[attr-defined]
    return value


def objects(flat: Sequence[Any], shape: tuple[int, ...]) -> Array:
    """An object array of that shape, filled in row-major order."""
    array = np.empty(len(flat), dtype=object)
    array[:] = flat
    return array.reshape(shape)


def narrow(values: Array) -> Array:
    """Whole numbers as int64 if all of them fit, else as Python integers."""
    if values.dtype == object and largest(values) < INT_LIMIT:
        return values.astype(np.int64)
    return values


def whole_if_integral(value: int | Fraction) -> int | Fraction:
    """The value as an int if it is whole."""
    return value.numerator if value.denominator == 1 else value


def largest(values: Array) -> int:
    """The largest absolute value of an integer array, as a Python integer."""
    if values.size <= 256:
        flat = values.ravel().tolist()
        return max(max(flat), -min(flat))  # type: ignore[no-any-return]
    return max(abs(int(values.max())), abs(int(values.min())))
