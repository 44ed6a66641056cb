"""Sums and products of arrays that are exact for whole numbers of any size.

Before a sum of products is computed it is bounded with Python integers; the bound picks the
arithmetic:

* below 2**53, float64 BLAS: every partial sum is a whole number that a float64 holds;
* below 2**63, int64;
* above, Python integers.
"""

from math import lcm

import numpy as np

from examgen.engine.exact import INT_LIMIT, Array, Kind, largest, objects
from examgen.engine.symbols import product, total

_FLOAT_LIMIT = 2**53
_SMALL = 4096  # multiplications below which int64 beats the trip through float64 BLAS


def integers_below(bound: int, *arrays: Array) -> list[Array]:
    """Integer arrays in a type that holds every sum of absolute value up to ``bound``."""
    if bound < INT_LIMIT and all(array.dtype == np.int64 for array in arrays):
        return list(arrays)
    dtype = np.int64 if bound < INT_LIMIT and all(map(_fits, arrays)) else object
    return [array.astype(dtype, copy=False) for array in arrays]


def _fits(values: Array) -> bool:
    return values.dtype != object or largest(values) < INT_LIMIT


def matmul(left: Array, right: Array) -> Array:
    """``left @ right`` of two float arrays, or exactly, of two integer arrays."""
    if left.dtype.kind == "f":
        return left @ right
    left, right = for_products(left, right, work=left.size * right.shape[-1])
    return whole_numbers(left @ right)


def for_products(left: Array, right: Array, *, work: int) -> tuple[Array, Array]:
    """Integer arrays in a type in which sums of products of a row of ``left`` are exact.

    A sum runs over a row of ``left`` (its last axis). ``work`` is the number of products to come:
    float64, for BLAS, pays from some size on.
    """
    inner, side = left.shape[-1], largest(right)
    bound = inner * largest(left) * side
    if bound >= _FLOAT_LIMIT:  # a sharper bound, by rows
        rows = left.reshape(-1, inner).tolist()
        bound = max(sum(map(abs, row)) for row in rows) * side
    if 0 < bound < _FLOAT_LIMIT and work > _SMALL:
        return left.astype(np.float64), right.astype(np.float64)
    left, right = integers_below(bound, left, right)
    return left, right


def whole_numbers(values: Array) -> Array:
    """Integers that were computed in float64, as int64."""
    return values.astype(np.int64) if values.dtype == np.float64 else values


def add(left: Array, left_over: int, right: Array, right_over: int) -> tuple[Array, int]:
    """The sum of two integer arrays over their denominators: integers and a denominator."""
    common = lcm(left_over, right_over)
    scale, other_scale = common // left_over, common // right_over
    bound = largest(left) * scale + largest(right) * other_scale
    left, right = integers_below(bound, left, right)
    return left * scale + right * other_scale, common


def add_bias(kind: Kind, y: Array, denominator: int, bias: Array, over: int) -> tuple[Array, int]:
    """``y`` over its denominator plus a bias over its own, of any kind of number."""
    if kind in ("integer", "rational"):
        return add(y, denominator, bias, over)
    return y + bias, denominator


def sums_of_products(weights: Array, pixels: Array) -> Array:
    """What ``weights @ pixels`` is for symbols; a pixel that is None (padding) adds nothing.

    ``weights`` is (groups, rows, inner), ``pixels`` (batch, groups, inner, columns); the result
    is (batch, groups * rows, columns).
    """
    batch, groups, _, columns = pixels.shape
    flat = [
        total(product(p, w) for p, w in zip(column, row, strict=True) if p is not None)
        for image in pixels
        for group, rows in zip(image, weights, strict=True)
        for row in rows.tolist()
        for column in group.T.tolist()
    ]
    return objects(flat, (batch, groups * weights.shape[1], columns))
