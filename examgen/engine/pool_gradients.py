"""The gradients of maximum and average pooling."""

from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from examgen.engine.arithmetic import integers_below
from examgen.engine.exact import (
    Array,
    EngineError,
    largest,
    objects,
    read,
    restore,
    unify,
    whole_if_integral,
)
from examgen.engine.layout import per_axis
from examgen.engine.max_indices import first_maxima
from examgen.engine.pool import comparable_windows, window_sizes
from examgen.engine.windows import Windows, read_images


def max_pool2d_gradient(
    x: Any,
    dy: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The derivative by ``x`` of the sum of ``dy`` times ``max_pool2d(x)``.

    Each window hands its ``dy`` to its largest pixel; of equal ones, where the maximum has a
    kink, to the first in row-major order, as in PyTorch.

    Shapes: ``dy`` is that of the output, the result that of ``x``. Exact for integers and
    Fractions; ``dy`` may be symbols. Units and errors as in ``max_pool2d``.

    Source: PyTorch 2, ``torch.nn.MaxPool2d``.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return _max_gradient("max_pool2d_gradient", x, dy, kernel_size, options, axes=2)


def max_pool1d_gradient(
    x: Any,
    dy: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The derivative by ``x`` of the sum of ``dy`` times ``max_pool1d(x)``.

    All else as in :func:`max_pool2d_gradient`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return _max_gradient("max_pool1d_gradient", x, dy, kernel_size, options, axes=1)


def max_pool3d_gradient(
    x: Any,
    dy: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The derivative by ``x`` of the sum of ``dy`` times ``max_pool3d(x)``.

    All else as in :func:`max_pool2d_gradient`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return _max_gradient("max_pool3d_gradient", x, dy, kernel_size, options, axes=3)


def avg_pool2d_gradient(
    dy: Any,
    kernel_size: Any,
    *,
    size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """The derivative by its input of the sum of ``dy`` times ``avg_pool2d``, whatever the input.

    Each window hands every one of its pixels an equal share of its ``dy``.

    Shapes: ``dy`` (oh, ow), (C, oh, ow) or (N, C, oh, ow) is that of the output; the result has
    the spatial axes ``size`` of the input, one number or (H, W). An object array of int and
    Fraction for exact ``dy``; ``dy`` may be symbols. Units and errors as in ``avg_pool2d``.

    Source: the mean is linear; its gradient is the transpose.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    arguments = (kernel_size, size, options, count_include_pad)
    return _avg_gradient("avg_pool2d_gradient", dy, *arguments, axes=2)


def avg_pool1d_gradient(
    dy: Any,
    kernel_size: Any,
    *,
    size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """The derivative by its input of the sum of ``dy`` times ``avg_pool1d``, whatever the input.

    All else as in :func:`avg_pool2d_gradient`.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    arguments = (kernel_size, size, options, count_include_pad)
    return _avg_gradient("avg_pool1d_gradient", dy, *arguments, axes=1)


def avg_pool3d_gradient(
    dy: Any,
    kernel_size: Any,
    *,
    size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """The derivative by its input of the sum of ``dy`` times ``avg_pool3d``, whatever the input.

    All else as in :func:`avg_pool2d_gradient`.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    arguments = (kernel_size, size, options, count_include_pad)
    return _avg_gradient("avg_pool3d_gradient", dy, *arguments, axes=3)


def _max_gradient(
    operation: str, x: Any, dy: Any, kernel_size: Any, options: dict[str, Any], *, axes: int
) -> Array:
    operand = read_images(operation, "input", x, axes=axes)
    windows = comparable_windows(operation, operand, kernel_size, options, axes=axes)
    upstream = read(operation, "dy", dy)
    _check(operation, upstream.values, (*operand.values.shape[:-axes], *windows.out))
    _, (values,), _ = unify(operand)
    kind, (grown,), (denominator,) = unify(upstream)
    if kind in ("integer", "rational"):
        count = int(np.prod(windows.kernel))
        (grown,) = integers_below(count * largest(grown), grown)
    places = first_maxima(windows, values)
    parts = [np.where(places == place, grown, 0) for place in windows.places()]
    return restore(windows.scatter(parts), denominator, kind)


def _check(operation: str, dy: Array, wanted: tuple[int, ...]) -> None:
    if dy.shape != wanted:
        raise EngineError(
            f"{operation}: dy must have the output's shape {wanted}; its shape is {dy.shape}"
        )


def _avg_gradient(
    operation: str,
    dy: Any,
    kernel_size: Any,
    size: Any,
    options: dict[str, Any],
    count_include_pad: bool,
    *,
    axes: int,
) -> Array:
    operand = read_images(operation, "dy", dy, axes=axes)
    sizes = per_axis(operation, "size", size, low=1, axes=axes)
    windows = Windows(operation, sizes, kernel_size, **options)
    _check(operation, operand.values, (*operand.values.shape[:-axes], *windows.out))
    counts = window_sizes(operation, windows, count_include_pad)
    taps = int(np.prod(windows.kernel))
    if operand.kind == "float":
        shares = (operand.values / counts).astype(operand.values.dtype, copy=False)
        return windows.scatter([shares] * taps)
    if operand.kind == "symbol":
        flat = [whole_if_integral(Fraction(1, count)) for count in counts.ravel().tolist()]
        return windows.scatter([objects(flat, counts.shape) * operand.values] * taps)
    _, (values,), (denominator,) = unify(operand)
    common = lcm(*np.unique(counts).tolist())
    factors = common // counts
    values, factors = integers_below(taps * largest(values) * common, values, factors)
    sums = windows.scatter([values * factors] * taps)
    return restore(sums, denominator * common, "rational")
