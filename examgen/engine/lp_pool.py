"""Lp pooling: the p-norm of each window, and its gradient."""

from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np

from examgen.engine.arithmetic import integers_below
from examgen.engine.exact import (
    Array,
    EngineError,
    Operand,
    largest,
    objects,
    read,
    unify,
    whole_if_integral,
)
from examgen.engine.layout import whole
from examgen.engine.windows import Windows, read_images


def lp_pool2d(
    x: Any,
    kernel_size: Any,
    *,
    power: int,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
) -> Array:
    """The p-norm of each window, (Σ |x|^p)^(1/p) with p = ``power``.

    Shapes, units and ``ceil_mode`` as in ``max_pool2d``; ``power`` is a whole number of at least
    1. Padding adds nothing to a norm, nor does what hangs over it.

    Exact int or Fraction for exact input whose norms are all rational. Raises EngineError (a
    ValueError) for exact input with an irrational norm (give floats for a rounded one), for
    symbols and for shapes that do not fit.

    Source: Boureau et al., "A theoretical analysis of feature pooling in visual recognition"
    (2010). PyTorch's ``lp_pool2d`` is the same for even p, or values of at least 0, in windows
    that do not hang over: it sums x^p with its sign, and scales up windows that hang over.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return _norms("lp_pool2d", x, kernel_size, power, options, axes=2)


def lp_pool1d(
    x: Any,
    kernel_size: Any,
    *,
    power: int,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
) -> Array:
    """The p-norm of each window of a signal (L,), (C, L) or (N, C, L); else :func:`lp_pool2d`."""
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return _norms("lp_pool1d", x, kernel_size, power, options, axes=1)


def lp_pool3d(
    x: Any,
    kernel_size: Any,
    *,
    power: int,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
) -> Array:
    """The p-norm of each window of a volume (D, H, W), (C, D, H, W) or (N, C, D, H, W).

    All else as in :func:`lp_pool2d`.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return _norms("lp_pool3d", x, kernel_size, power, options, axes=3)


def lp_pool2d_gradient(
    x: Any,
    dy: Any,
    kernel_size: Any,
    *,
    power: int,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
) -> Array:
    """The derivative by ``x`` of the sum of ``dy`` times :func:`lp_pool2d`.

    A window with norm y passes sign(x) (|x| / y)^(p - 1) dy to each of its pixels, and 0 where y
    is 0 (the norm has no derivative there; 0 is the convention).

    Shapes: ``dy`` is that of the output, the result that of ``x``. Exactness and errors as in
    :func:`lp_pool2d`.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return _gradient("lp_pool2d_gradient", x, dy, kernel_size, power, options, axes=2)


def lp_pool1d_gradient(
    x: Any,
    dy: Any,
    kernel_size: Any,
    *,
    power: int,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
) -> Array:
    """The derivative by ``x`` of the sum of ``dy`` times :func:`lp_pool1d`.

    All else as in :func:`lp_pool2d_gradient`.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return _gradient("lp_pool1d_gradient", x, dy, kernel_size, power, options, axes=1)


def lp_pool3d_gradient(
    x: Any,
    dy: Any,
    kernel_size: Any,
    *,
    power: int,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
) -> Array:
    """The derivative by ``x`` of the sum of ``dy`` times :func:`lp_pool3d`.

    All else as in :func:`lp_pool2d_gradient`.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return _gradient("lp_pool3d_gradient", x, dy, kernel_size, power, options, axes=3)


def _read(
    operation: str, x: Any, kernel_size: Any, power: int, options: dict[str, Any], axes: int
) -> tuple[Operand, Windows]:
    operand = read_images(operation, "input", x, axes=axes)
    if operand.kind == "symbol":
        raise EngineError(f"{operation}: the input must be numbers; roots of symbols are not made")
    whole(operation, "power", power, low=1)
    return operand, Windows(operation, operand.values.shape[-axes:], kernel_size, **options)


def _norms(
    operation: str, x: Any, kernel_size: Any, power: int, options: dict[str, Any], *, axes: int
) -> Array:
    operand, windows = _read(operation, x, kernel_size, power, options, axes)
    if operand.kind == "float":
        return _float_norms(windows, operand.values, power)
    _, (values,), (denominator,) = unify(operand)
    norms = _exact_norms(operation, windows, values, denominator, power)
    return norms.astype(np.int64) if _all_small(norms) else norms


def _all_small(norms: Array) -> bool:
    return all(type(norm) is int and norm < 2**63 for norm in norms.ravel().tolist())


def _float_norms(windows: Windows, values: Array, power: int) -> Array:
    """Each window scaled by its largest value, so that no power overflows."""
    taps = windows.taps(np.abs(values), filler=0)
    top: Array = np.max(taps, axis=0)
    scale = np.where(top > 0, top, 1).astype(values.dtype)
    shares = sum((tap / scale) ** power for tap in taps)
    norms: Array = scale * shares ** (1 / power) if power > 1 else scale * shares
    return norms.astype(values.dtype, copy=False)


def _exact_norms(
    operation: str, windows: Windows, values: Array, denominator: int, power: int
) -> Array:
    """int and Fraction objects."""
    taps_bound = int(np.prod(windows.kernel)) * largest(values) ** power
    (values,) = integers_below(taps_bound, values)
    sums: Array = np.sum(windows.taps(np.abs(values) ** power, filler=0), axis=0)
    flat = [_root(operation, Fraction(s, denominator**power), power) for s in sums.ravel().tolist()]
    return objects(flat, sums.shape)


def _root(operation: str, value: Fraction, power: int) -> int | Fraction:
    top, bottom = (_whole_root(n, power) for n in (value.numerator, value.denominator))
    if top**power != value.numerator or bottom**power != value.denominator:
        raise EngineError(
            f"{operation}: the root of order {power} of {value} is irrational; give floats for a "
            "rounded one"
        )
    return whole_if_integral(Fraction(top, bottom))


def _whole_root(number: int, power: int) -> int:
    """The largest whole number whose power is at most ``number``, by Newton's method."""
    if power == 1 or number < 2:
        return number
    if power == 2:
        return isqrt(number)
    guess = 1 << -(-number.bit_length() // power)
    while True:
        better = ((power - 1) * guess + number // guess ** (power - 1)) // power
        if better >= guess:
            return guess
        guess = better


def _gradient(
    operation: str,
    x: Any,
    dy: Any,
    kernel_size: Any,
    power: int,
    options: dict[str, Any],
    *,
    axes: int,
) -> Array:
    operand, windows = _read(operation, x, kernel_size, power, options, axes)
    upstream = read(operation, "dy", dy)
    wanted = (*operand.values.shape[:-axes], *windows.out)
    if upstream.values.shape != wanted or upstream.kind == "symbol":
        raise EngineError(
            f"{operation}: dy must be numbers of the output's shape {wanted}; its shape is "
            f"{upstream.values.shape}"
        )
    if "float" in (operand.kind, upstream.kind):
        _, (values, grown), _ = unify(operand, upstream)
        norms = _float_norms(windows, values, power)
        safe = np.where(norms > 0, norms, 1)
    else:
        _, (scaled,), (denominator,) = unify(operand)
        norms = _exact_norms(operation, windows, scaled, denominator, power)
        safe = objects([Fraction(norm or 1) for norm in norms.ravel().tolist()], norms.shape)
        values, grown = operand.values.astype(object), upstream.values.astype(object)
    taps = windows.taps(values, filler=0)
    parts = [np.sign(tap) * (abs(tap) / safe) ** (power - 1) * grown for tap in taps]
    result = windows.scatter(parts)
    if result.dtype != object:
        return result
    flat = [whole_if_integral(Fraction(value)) for value in result.ravel().tolist()]
    return objects(flat, result.shape)
