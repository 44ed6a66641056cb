"""Exact numbers: from Python, NumPy or SymPy objects, as JSON data and as text."""

from fractions import Fraction

from examgen.answers.kind import Packed, Value

LARGEST_EXACT_FLOAT = 2**53


def exact(raw: object) -> int | Fraction:
    """The canonical exact number: an int, or a Fraction that is not whole.

    Takes ints, Fractions, whole floats below 2**53, NumPy scalars (by ``tolist``) and SymPy
    rationals (by ``p`` and ``q``); raises TypeError for anything else.
    """
    if isinstance(raw, Fraction):
        return raw.numerator if raw.denominator == 1 else raw
    if isinstance(raw, bool):
        raise TypeError("a truth value is not a number")
    if isinstance(raw, int):
        return int(raw)
    if isinstance(raw, float):
        if raw.is_integer() and abs(raw) < LARGEST_EXACT_FLOAT:
            return int(raw)
        raise TypeError(f"{raw!r} is a float, which is not exact: use Fraction")
    if hasattr(raw, "tolist"):
        return exact(_scalar(raw.tolist()))
    top, bottom = getattr(raw, "p", None), getattr(raw, "q", None)
    if type(raw).__module__.startswith("sympy.") and top is not None and bottom:
        return exact(Fraction(int(top), int(bottom)))
    if hasattr(raw, "__index__"):
        return int(raw.__index__())
    raise TypeError(f"{raw!r} is not an exact number")


def _scalar(raw: object) -> object:
    """What stands in a scalar; raises ValueError for an array."""
    if isinstance(raw, list):
        raise ValueError(f"one number was expected, not an array of {len(raw)}")
    return raw


def pack_number(value: Value) -> Packed:
    """An int, or text such as ``"2/3"``."""
    number = exact(value)
    return number if isinstance(number, int) else f"{number.numerator}/{number.denominator}"


def unpack_number(packed: object) -> int | Fraction:
    """The number that `pack_number` wrote."""
    if isinstance(packed, str):
        top, slash, bottom = packed.partition("/")
        if slash and int(bottom):
            return exact(Fraction(int(top), int(bottom)))
    if not isinstance(packed, int) or isinstance(packed, bool):
        raise ValueError(f"not a packed number: {packed!r}")
    return packed


def number_text(value: Value) -> str:
    """Such as ``34944`` or ``-2/3``; a whole number with very many zeros as ``1e70``."""
    if isinstance(value, int) and abs(value) >= 10**60:
        digits = str(value)
        stem = digits.rstrip("0")
        return f"{stem}e{len(digits) - len(stem)}" if len(digits) - len(stem) > 20 else digits
    return str(exact(value))
