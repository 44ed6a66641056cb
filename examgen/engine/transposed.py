"""Transposed convolution: each input value stamps the kernel, scaled, onto the output."""

from typing import Any

import numpy as np

from examgen.engine.exact import (
    Array,
    EngineError,
    Kind,
    add,
    integers_below,
    largest,
    matmul,
    objects,
    product,
    read,
    restore,
    total,
    unify,
)
from examgen.engine.layout import Pads, paddings, per_axis, whole, with_channels, without_channels

Pair = tuple[int, ...]


def conv_transpose2d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    """The transpose of ``conv2d`` as a linear map, which is also its gradient by the input.

    Shapes: ``x`` (H, W), (C_in, H, W) or (N, C_in, H, W); ``weight`` (kh, kw) or
    (C_in, C_out / groups, kh, kw); ``bias`` (C_out,). The output keeps the leading axes of ``x``;
    its height is (H - 1) stride - padding (both sides) + dilation (kh - 1) + 1 + output_padding.

    Units: pixels of the output. ``padding`` crops the output; ``output_padding`` adds rows below
    and columns on the right, and must be less than the stride or the dilation.

    Exact for integers, Fractions and symbols. Raises EngineError (a ValueError) for shapes that
    do not fit.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016).
    """
    options = (stride, padding, output_padding, dilation, groups)
    return _transpose("conv_transpose2d", x, weight, bias, *options, axes=2)


def conv_transpose1d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    """The transpose of ``conv1d`` as a linear map.

    Shapes: ``x`` (L,), (C_in, L) or (N, C_in, L); ``weight`` (k,) or (C_in, C_out / groups, k).
    All else as in :func:`conv_transpose2d`.
    """
    options = (stride, padding, output_padding, dilation, groups)
    return _transpose("conv_transpose1d", x, weight, bias, *options, axes=1)


def _transpose(
    operation: str,
    x: Any,
    weight: Any,
    bias: Any,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
    groups: Any,
    *,
    axes: int,
) -> Array:
    operands = [read(operation, "input", x), read(operation, "weight", weight)]
    if bias is not None:
        operands.append(read(operation, "bias", bias))
    steps = per_axis(operation, "stride", stride, low=1, axes=axes)
    spread = per_axis(operation, "dilation", dilation, low=1, axes=axes)
    extra = per_axis(operation, "output_padding", output_padding, low=0, axes=axes)
    pads = paddings(operation, padding, axes=axes)
    groups = whole(operation, "groups", groups, low=1)
    if any(e >= max(s, d) for e, s, d in zip(extra, steps, spread, strict=True)):
        raise EngineError(
            f"{operation}: output_padding {extra} must be less than the stride {steps} "
            f"or the dilation {spread}"
        )
    kind, arrays, over = unify(*operands)
    full, kernels = with_channels(operation, arrays[0], arrays[1], axes=axes)
    if len(kernels) != full.shape[1] or full.shape[1] % groups:
        raise EngineError(
            f"{operation}: the weight of shape {kernels.shape} needs {len(kernels)} input "
            f"channels, divisible by groups = {groups}; the input's shape is {full.shape}"
        )
    if axes == 1:
        full, kernels = full[:, :, None], kernels[:, :, None]
        steps, spread, extra = (1, *steps), (1, *spread), (0, *extra)
        pads = ((0, 0), *pads)
    canvas = _stamp(kind, full, kernels, steps, spread, extra, groups)
    y = _crop(operation, canvas, pads)
    denominator = over[0] * over[1]
    if bias is not None:
        if arrays[2].size != y.shape[1]:
            raise EngineError(
                f"{operation}: the bias must have one number for each of the {y.shape[1]} output "
                f"channels; its shape is {arrays[2].shape}"
            )
        column = arrays[2].reshape(-1, 1, 1)
        if kind in ("integer", "rational"):
            y, denominator = add(y, denominator, column, over[2])
        else:
            y = y + column
    y = restore(y[:, :, 0] if axes == 1 else y, denominator, kind)
    return without_channels(operation, y, given=arrays[0], axes=axes)


def _stamp(
    kind: Kind, x: Array, weight: Array, stride: Pair, dilation: Pair, extra: Pair, groups: int
) -> Array:
    """The whole output, before it is cropped: (N, C_out, height, width)."""
    batch, channels, height, width = x.shape
    inner, (kh, kw) = channels // groups, weight.shape[2:]
    size = (
        (height - 1) * stride[0] + dilation[0] * (kh - 1) + 1 + extra[0],
        (width - 1) * stride[1] + dilation[1] * (kw - 1) + 1 + extra[1],
    )
    pixels = x.reshape(batch, groups, inner, height * width)
    filters = weight.reshape(groups, inner, -1).transpose(0, 2, 1)
    if kind == "symbol":
        return _stamp_symbols(pixels, filters, x.shape, (kh, kw), stride, dilation, size)
    stamps = matmul(filters, pixels).reshape(batch, -1, kh, kw, height, width)
    if kind != "float":
        (stamps,) = integers_below(inner * kh * kw * largest(x) * largest(weight), stamps)
    canvas = np.zeros((batch, stamps.shape[1], *size), dtype=stamps.dtype)
    for row, column in np.ndindex(kh, kw):
        top, left = row * dilation[0], column * dilation[1]
        canvas[
            :,
            :,
            top : top + (height - 1) * stride[0] + 1 : stride[0],
            left : left + (width - 1) * stride[1] + 1 : stride[1],
        ] += stamps[:, :, row, column]
    return canvas


def _stamp_symbols(
    pixels: Array,
    filters: Array,
    shape: tuple[int, ...],
    kernel: Pair,
    stride: Pair,
    dilation: Pair,
    size: Pair,
) -> Array:
    batch, groups, inner, positions = pixels.shape
    channels = filters.shape[1] // (kernel[0] * kernel[1])
    terms: dict[tuple[int, ...], list[Any]] = {}
    for n, g, c, place, channel, row, column in np.ndindex(
        batch, groups, inner, positions, channels, *kernel
    ):
        y = place // shape[3] * stride[0] + row * dilation[0]
        x = place % shape[3] * stride[1] + column * dilation[1]
        weight = filters[g, (channel * kernel[0] + row) * kernel[1] + column, c]
        spot = (n, g * channels + channel, y, x)
        terms.setdefault(spot, []).append(product(pixels[n, g, c, place], weight))
    whole_shape = (batch, groups * channels, *size)
    return objects([total(terms.get(spot, ())) for spot in np.ndindex(whole_shape)], whole_shape)


def _crop(operation: str, canvas: Array, pads: Pads) -> Array:
    (top, bottom), (left, right) = pads
    height, width = canvas.shape[2:]
    if top + bottom >= height or left + right >= width:
        raise EngineError(
            f"{operation}: padding {pads} crops all of the {height} × {width} output away"
        )
    return canvas[:, :, top : height - bottom, left : width - right]
