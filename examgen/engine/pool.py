"""Pooling: the largest or the mean value of each window."""

from fractions import Fraction
from typing import Any

import numpy as np

from examgen.engine.arithmetic import integers_below
from examgen.engine.exact import (
    Array,
    EngineError,
    Operand,
    largest,
    objects,
    restore,
    unify,
    whole_if_integral,
)
from examgen.engine.layout import flag
from examgen.engine.symbols import total
from examgen.engine.windows import Windows, read_images


def max_pool2d(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The largest value of each window; padding never wins.

    Shapes: ``x`` (H, W), (C, H, W) or (N, C, H, W); the output keeps the leading axes; its height
    is floor((H + padding - dilation (kh - 1) - 1) / stride) + 1, or with ``ceil_mode`` the
    ceiling, less a last window that would start in the bottom padding.

    Units: pixels, one number or (vertical, horizontal); ``stride`` is the kernel unless given.

    Exact for integers and Fractions. Raises EngineError (a ValueError) for symbols, for shapes
    that do not fit and where a window would hold nothing but padding.

    Source: PyTorch 2, ``torch.nn.MaxPool2d`` (the rule for ``ceil_mode``).
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return max_pool("max_pool2d", x, kernel_size, options, axes=2)


def max_pool1d(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The largest value of each window of a signal.

    Shapes: ``x`` (L,), (C, L) or (N, C, L). All else as in :func:`max_pool2d`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return max_pool("max_pool1d", x, kernel_size, options, axes=1)


def max_pool3d(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The largest value of each window of a volume.

    Shapes: ``x`` (D, H, W), (C, D, H, W) or (N, C, D, H, W). All else as in :func:`max_pool2d`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return max_pool("max_pool3d", x, kernel_size, options, axes=3)


def avg_pool2d(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """The mean value of each window: an object array of int and Fraction for exact input.

    Shapes, units and ``ceil_mode`` as in :func:`max_pool2d`. The zeros of the padding count
    towards the size of a window unless ``count_include_pad`` is false; what ``ceil_mode`` lets
    hang over the padding never counts. Symbols give a Fraction times the sum of the pixels.

    Raises EngineError (a ValueError) for shapes that do not fit, and where a window would hold
    nothing to count.

    Source: PyTorch 2, ``torch.nn.AvgPool2d``.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return avg_pool("avg_pool2d", x, kernel_size, options, count_include_pad, axes=2)


def avg_pool1d(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """The mean value of each window of a signal.

    Shapes: ``x`` (L,), (C, L) or (N, C, L). All else as in :func:`avg_pool2d`.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return avg_pool("avg_pool1d", x, kernel_size, options, count_include_pad, axes=1)


def avg_pool3d(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """The mean value of each window of a volume.

    Shapes: ``x`` (D, H, W), (C, D, H, W) or (N, C, D, H, W). All else as in :func:`avg_pool2d`.
    """
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return avg_pool("avg_pool3d", x, kernel_size, options, count_include_pad, axes=3)


def max_pool(
    operation: str, x: Any, kernel_size: Any, options: dict[str, Any], *, axes: int
) -> Array:
    """The largest value of each window, for the operation of that name."""
    operand = read_images(operation, "input", x, axes=axes)
    windows = comparable_windows(operation, operand, kernel_size, options, axes=axes)
    kind, (values,), (denominator,) = unify(operand)
    first, *others = windows.taps(values, filler=values.min())
    result = first.copy()
    for tap in others:
        np.maximum(result, tap, out=result)
    return restore(result, denominator, kind)


def comparable_windows(
    operation: str, operand: Operand, kernel_size: Any, options: dict[str, Any], *, axes: int
) -> Windows:
    """The windows of a maximum, each holding a pixel."""
    if operand.kind == "symbol":
        raise EngineError(f"{operation}: the input must be numbers; symbols cannot be compared")
    windows = Windows(operation, operand.values.shape[-axes:], kernel_size, **options)
    if (windows.counts(inside=True) == 0).any():
        raise EngineError(
            f"{operation}: padding {windows.pads} leaves windows that hold nothing but padding "
            f"(input {operand.values.shape}, kernel {windows.kernel})"
        )
    return windows


def window_sizes(operation: str, windows: Windows, count_include_pad: bool) -> Array:
    """What the sum of each window is divided by for its mean: shape ``windows.out``."""
    counted = flag(operation, "count_include_pad", count_include_pad)
    sizes = windows.counts(inside=not counted)
    if (sizes == 0).any():
        raise EngineError(
            f"{operation}: padding {windows.pads} leaves windows without a pixel to count "
            f"(input {windows.size}, kernel {windows.kernel})"
        )
    return sizes


def avg_pool(
    operation: str,
    x: Any,
    kernel_size: Any,
    options: dict[str, Any],
    count_include_pad: Any,
    *,
    axes: int,
) -> Array:
    """The mean value of each window, for the operation of that name."""
    operand = read_images(operation, "input", x, axes=axes)
    windows = Windows(operation, operand.values.shape[-axes:], kernel_size, **options)
    sizes = window_sizes(operation, windows, count_include_pad)
    kind, (values,), (denominator,) = unify(operand)
    if kind == "symbol":
        return _symbol_means(windows, values, sizes)
    if kind != "float":
        (values,) = integers_below(int(sizes.max()) * largest(values), values)
    first, *others = windows.taps(values, filler=0)
    sums = first.copy()
    for tap in others:
        sums += tap
    if kind == "float":
        means: Array = sums / sizes.astype(sums.dtype)
        return means
    return _fractions(sums, denominator, np.broadcast_to(sizes, sums.shape))


def _fractions(sums: Array, denominator: int, sizes: Array) -> Array:
    pairs = zip(sums.ravel().tolist(), sizes.ravel().tolist(), strict=True)
    flat = [whole_if_integral(Fraction(value, denominator * size)) for value, size in pairs]
    return objects(flat, sums.shape)


def _symbol_means(windows: Windows, values: Array, sizes: Array) -> Array:
    taps = [tap.ravel() for tap in windows.taps(values, filler=None)]
    shape = (*values.shape[: values.ndim - sizes.ndim], *sizes.shape)
    counts = np.broadcast_to(sizes, shape).ravel().tolist()
    flat = [
        whole_if_integral(Fraction(1, count))
        * total(value for value in window if value is not None)
        for count, *window in zip(counts, *taps, strict=True)
    ]
    return objects(flat, shape)
