"""Convolution as deep learning means it: cross-correlation, the kernel is not flipped."""

from functools import lru_cache
from typing import Any

import numpy as np

from examgen.engine.exact import (
    Array,
    EngineError,
    Kind,
    add,
    for_products,
    read,
    restore,
    sums_of_products,
    unify,
    whole_numbers,
)
from examgen.engine.layout import (
    Pads,
    padded_sizes,
    paddings,
    per_axis,
    whole,
    with_channels,
    without_channels,
)

_CACHED = 2**14  # entries of the largest gather index that is kept

Pair = tuple[int, ...]


def conv2d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    """The 2-D cross-correlation of an input with the filters of a layer.

    Shapes: ``x`` (H, W), (C_in, H, W) or (N, C_in, H, W); ``weight`` (kh, kw) for one filter on
    one channel, or (C_out, C_in / groups, kh, kw); ``bias`` (C_out,), or a number for one filter.
    The output has the leading axes of ``x``, C_out in place of C_in, and the height
    floor((H + padding - dilation (kh - 1) - 1) / stride) + 1; likewise its width.

    Units: ``stride``, ``dilation`` and ``padding`` count pixels, one number or (vertical,
    horizontal); ``padding`` also takes ((top, bottom), (left, right)); it is made of zeros.

    Exact for integers and Fractions; floats give floats; symbols (anything with + and *) give
    sums of pixel times weight in row-major order of the kernel, without the padding.

    Raises EngineError (a ValueError) for shapes that do not fit, truth values and NaN.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016).
    """
    return _convolve("conv2d", x, weight, bias, stride, padding, dilation, groups, axes=2)


def conv1d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    """The 1-D cross-correlation of a signal with the filters of a layer.

    Shapes: ``x`` (L,), (C_in, L) or (N, C_in, L); ``weight`` (k,) or (C_out, C_in / groups, k).
    ``padding`` is a number or (left, right). All else as in :func:`conv2d`.
    """
    return _convolve("conv1d", x, weight, bias, stride, padding, dilation, groups, axes=1)


def _convolve(
    operation: str,
    x: Any,
    weight: Any,
    bias: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: Any,
    *,
    axes: int,
) -> Array:
    pixels, filters = read(operation, "input", x), read(operation, "weight", weight)
    steps = per_axis(operation, "stride", stride, low=1, axes=axes)
    spread = per_axis(operation, "dilation", dilation, low=1, axes=axes)
    pads = paddings(operation, padding, axes=axes)
    groups = whole(operation, "groups", groups, low=1)
    offset = None if bias is None else read(operation, "bias", bias)

    operands = [pixels, filters] if offset is None else [pixels, filters, offset]
    kind, arrays, over = unify(*operands)
    full, kernels = with_channels(operation, arrays[0], arrays[1], axes=axes)
    _check_channels(operation, full, kernels, groups)
    if axes == 1:
        full, kernels = full[:, :, None], kernels[:, :, None]
        steps, spread, pads = (1, *steps), (1, *spread), ((0, 0), *pads)
    y = _correlate(operation, kind, full, kernels, steps, spread, pads, groups)
    denominator = over[0] * over[1]
    if offset is not None:
        column = _bias_column(operation, arrays[2], len(kernels))
        if kind in ("integer", "rational"):
            y, denominator = add(y, denominator, column, over[2])
        else:
            y = y + column
    y = restore(y[:, :, 0] if axes == 1 else y, denominator, kind)
    return without_channels(operation, y, given=arrays[0], axes=axes)


def _check_channels(operation: str, x: Array, weight: Array, groups: int) -> None:
    if x.shape[1] % groups or len(weight) % groups:
        raise EngineError(
            f"{operation}: groups = {groups} must divide the {x.shape[1]} input channels "
            f"and the {len(weight)} filters"
        )
    if weight.shape[1] * groups != x.shape[1]:
        raise EngineError(
            f"{operation}: with groups = {groups} the weight of shape {weight.shape} needs "
            f"{weight.shape[1] * groups} input channels; the input's shape is {x.shape}"
        )


def _bias_column(operation: str, bias: Array, filters: int) -> Array:
    if bias.size != filters or bias.ndim > 1:
        raise EngineError(
            f"{operation}: the bias must have one number for each of the {filters} filters; "
            f"its shape is {bias.shape}"
        )
    return bias.reshape(filters, 1, 1)


def _correlate(
    operation: str,
    kind: Kind,
    x: Array,
    weight: Array,
    stride: Pair,
    dilation: Pair,
    pads: Pads,
    groups: int,
) -> Array:
    """(N, C_out, oh, ow) from (N, C_in, H, W): columns of windows, then one product a group."""
    kernel = weight.shape[2:]
    padded, extents = padded_sizes(operation, x.shape[2:], kernel, pads, dilation)
    height, width = ((n - e) // s + 1 for n, e, s in zip(padded, extents, stride, strict=True))
    rows = weight.reshape(groups, len(weight) // groups, -1)
    if kind in ("integer", "rational"):
        rows, x = for_products(rows, x, work=len(x) * weight.size * height * width)
    if any(map(any, pads)):
        x = _pad(x, pads, None if kind == "symbol" else 0)
    if x[0].size <= _CACHED and weight[0].size * height * width * groups <= _CACHED:
        taps = _gather_index(x.shape[1:], kernel, stride, dilation, (height, width))
        columns = x.reshape(len(x), -1)[:, taps]
    else:
        columns = _windows(x, kernel, stride, dilation, (height, width))
    columns = columns.reshape(len(x), groups, -1, height * width)
    if kind == "symbol":
        y = sums_of_products(rows, columns)
    elif kind == "float":
        y = rows @ columns
    else:
        y = whole_numbers(rows @ columns)
    return y.reshape(len(x), len(weight), height, width)


def _pad(x: Array, pads: Pads, filler: Any) -> Array:
    (top, bottom), (left, right) = pads
    height, width = x.shape[2:]
    shape = (*x.shape[:2], top + height + bottom, left + width + right)
    padded = np.full(shape, filler, dtype=x.dtype)
    padded[:, :, top : top + height, left : left + width] = x
    return padded


@lru_cache(maxsize=256)
def _gather_index(
    shape: tuple[int, ...], kernel: Pair, stride: Pair, dilation: Pair, out: Pair
) -> Array:
    """Where each tap of each window lies in the flattened (C, H, W): (C kh kw, oh ow)."""
    channels, height, width = shape
    rows = np.arange(kernel[0])[:, None] * dilation[0] + np.arange(out[0]) * stride[0]
    columns = np.arange(kernel[1])[:, None] * dilation[1] + np.arange(out[1]) * stride[1]
    plane = rows[:, None, :, None] * width + columns[None, :, None, :]
    index = np.arange(channels)[:, None, None, None, None] * (height * width) + plane
    return index.reshape(channels * kernel[0] * kernel[1], out[0] * out[1])


def _windows(x: Array, kernel: Pair, stride: Pair, dilation: Pair, out: Pair) -> Array:
    """A strided view (N, C, kh, kw, oh, ow) of the padded input."""
    batch, channel, row, column = x.strides
    strides = (
        batch,
        channel,
        row * dilation[0],
        column * dilation[1],
        row * stride[0],
        column * stride[1],
    )
    shape = (*x.shape[:2], *kernel, *out)
    return np.lib.stride_tricks.as_strided(x, shape, strides, writeable=False)
