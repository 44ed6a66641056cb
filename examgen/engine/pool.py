"""Pooling: the largest or the mean value of each window."""

from fractions import Fraction
from typing import Any

import numpy as np

from examgen.engine.exact import (
    Array,
    EngineError,
    Operand,
    integers_below,
    largest,
    objects,
    read,
    restore,
    total,
    unify,
    whole_if_integral,
)
from examgen.engine.layout import Pads, padded_sizes, paddings, per_axis

Pair = tuple[int, ...]


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
    operand = _read_images("max_pool2d", x)
    if operand.kind == "symbol":
        raise EngineError("max_pool2d: the input must be numbers; symbols cannot be compared")
    grid = _Grid("max_pool2d", operand, kernel_size, stride, padding, dilation, ceil_mode)
    if any((counts == 0).any() for counts in grid.counts(inside=True)):
        raise EngineError(
            f"max_pool2d: padding {grid.pads} leaves windows that hold nothing but padding "
            f"(input {operand.values.shape}, kernel {grid.kernel})"
        )
    kind, (values,), (denominator,) = unify(operand)
    result: Array | None = None
    for tap in grid.taps(values, filler=values.min()):
        result = tap if result is None else np.maximum(result, tap)
    assert result is not None
    return restore(result, denominator, kind)


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
    operand = _read_images("avg_pool2d", x)
    grid = _Grid("avg_pool2d", operand, kernel_size, stride, padding, 1, ceil_mode)
    down, across = grid.counts(inside=not count_include_pad)
    sizes = down[:, None] * across
    if (sizes == 0).any():
        raise EngineError(
            f"avg_pool2d: padding {grid.pads} leaves windows without a pixel to count "
            f"(input {operand.values.shape}, kernel {grid.kernel})"
        )
    kind, (values,), (denominator,) = unify(operand)
    if kind == "symbol":
        return _symbol_means(grid, values, sizes)
    if kind != "float":
        (values,) = integers_below(grid.kernel[0] * grid.kernel[1] * largest(values), values)
    sums: Array = np.sum(grid.taps(values, filler=0), axis=0)
    if kind == "float":
        means: Array = sums / sizes.astype(sums.dtype)
        return means
    return _fractions(sums, denominator, np.broadcast_to(sizes, sums.shape))


def _fractions(sums: Array, denominator: int, sizes: Array) -> Array:
    pairs = zip(sums.ravel().tolist(), sizes.ravel().tolist(), strict=True)
    flat = [whole_if_integral(Fraction(value, denominator * size)) for value, size in pairs]
    return objects(flat, sums.shape)


def _symbol_means(grid: "_Grid", values: Array, sizes: Array) -> Array:
    taps = [tap.ravel() for tap in grid.taps(values, filler=None)]
    shape = (*values.shape[:-2], *sizes.shape)
    counts = np.broadcast_to(sizes, shape).ravel().tolist()
    flat = [
        whole_if_integral(Fraction(1, count))
        * total(value for value in window if value is not None)
        for count, *window in zip(counts, *taps, strict=True)
    ]
    return objects(flat, shape)


def _read_images(operation: str, x: Any) -> Operand:
    operand = read(operation, "input", x)
    if not 2 <= operand.values.ndim <= 4:
        raise EngineError(
            f"{operation}: the input must be (H, W), (C, H, W), (N, C, H, W); its shape is "
            f"{operand.values.shape}"
        )
    return operand


class _Grid:
    """Where the windows of a pooling layer lie on its input."""

    def __init__(
        self,
        operation: str,
        operand: Operand,
        kernel_size: Any,
        stride: Any,
        padding: Any,
        dilation: Any,
        ceil_mode: bool,
    ) -> None:
        self.size: Pair = operand.values.shape[-2:]
        self.kernel = per_axis(operation, "kernel_size", kernel_size, low=1, axes=2)
        stride = self.kernel if stride is None else stride
        self.stride = per_axis(operation, "stride", stride, low=1, axes=2)
        self.dilation = per_axis(operation, "dilation", dilation, low=1, axes=2)
        self.pads: Pads = paddings(operation, padding, axes=2)
        padded, extents = padded_sizes(operation, self.size, self.kernel, self.pads, self.dilation)
        self.out = tuple(
            _window_count(*axis, ceil_mode)
            for axis in zip(self.size, padded, extents, self.stride, self.pads, strict=True)
        )

    def counts(self, *, inside: bool) -> list[Array]:
        """For each axis, how many taps of each window lie on the input (or on its padding too)."""
        counts = []
        for axis in (0, 1):
            starts = np.arange(self.out[axis]) * self.stride[axis] - self.pads[axis][0]
            places = starts[:, None] + np.arange(self.kernel[axis]) * self.dilation[axis]
            low, high = (0, 0) if inside else self.pads[axis]
            within = (places >= -low) & (places < self.size[axis] + high)
            counts.append(within.sum(axis=1))
        return counts

    def taps(self, values: Array, *, filler: Any) -> "list[Array]":
        """One array (…, oh, ow) for each tap of the window, with the filler outside the input."""
        reach = [
            (o - 1) * s + d * (k - 1) + 1
            for o, s, d, k in zip(self.out, self.stride, self.dilation, self.kernel, strict=True)
        ]
        (top, _), (left, _) = self.pads
        height, width = (
            max(0, min(n, r - p)) for n, r, p in zip(self.size, reach, (top, left), strict=True)
        )
        padded = np.full((*values.shape[:-2], *reach), filler, dtype=values.dtype)
        padded[..., top : top + height, left : left + width] = values[..., :height, :width]
        return [
            padded[
                ...,
                row * self.dilation[0] :: self.stride[0],
                column * self.dilation[1] :: self.stride[1],
            ][..., : self.out[0], : self.out[1]]
            for row, column in np.ndindex(*self.kernel)
        ]


def _window_count(
    size: int, padded: int, extent: int, stride: int, pad: tuple[int, int], ceil_mode: bool
) -> int:
    if not ceil_mode:
        return (padded - extent) // stride + 1
    count = -((extent - padded) // stride) + 1
    return count - 1 if (count - 1) * stride >= size + pad[0] else count
