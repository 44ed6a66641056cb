"""The gradients of transposed convolution, for its input, its weight and its bias."""

from math import prod
from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError, integers_below, largest, read, restore, unify
from examgen.engine.gradients import ConvGradients, by_weight, matrix_product
from examgen.engine.layout import Pads, at_end, by, paddings, per_axis, whole, with_channels
from examgen.engine.windows import Sizes, Windows, check_upstream, read_images


def conv_transpose2d_gradients(
    x: Any,
    weight: Any,
    dy: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> ConvGradients:
    """The derivatives, by each argument, of the sum of ``dy`` times ``conv_transpose2d``.

    By an input value: the sum of its stamp times the ``dy`` below it, so that it is a convolution
    of ``dy``. By a weight: the sum over all stamps of the input value times the ``dy`` that the
    weight lies on. By a bias: the sum of ``dy``.

    Shapes: ``x`` (H, W), (C_in, H, W) or (N, C_in, H, W); ``weight`` (kh, kw) or
    (C_in, C_out / groups, kh, kw); ``dy`` that of the output. Units and options as in
    ``conv_transpose2d``.

    Exact for integers, Fractions and symbols. Raises EngineError (a ValueError) for shapes that
    do not fit and NaN. Shares no route with ``conv2d`` or ``conv_transpose2d``, only the exact
    matrix product.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016).
    """
    options = (stride, padding, output_padding, dilation, groups)
    return _gradients("conv_transpose2d_gradients", 2, x, weight, dy, *options)


def conv_transpose1d_gradients(
    x: Any,
    weight: Any,
    dy: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> ConvGradients:
    """The derivatives, by each argument, of the sum of ``dy`` times ``conv_transpose1d``.

    Shapes: ``x`` (L,), (C_in, L) or (N, C_in, L); ``weight`` (k,) or (C_in, C_out / groups, k).
    All else as in :func:`conv_transpose2d_gradients`.
    """
    options = (stride, padding, output_padding, dilation, groups)
    return _gradients("conv_transpose1d_gradients", 1, x, weight, dy, *options)


def conv_transpose3d_gradients(
    x: Any,
    weight: Any,
    dy: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> ConvGradients:
    """The derivatives, by each argument, of the sum of ``dy`` times ``conv_transpose3d``.

    Shapes: ``x`` (D, H, W), (C_in, D, H, W) or (N, C_in, D, H, W); ``weight`` (kd, kh, kw) or
    (C_in, C_out / groups, kd, kh, kw). All else as in :func:`conv_transpose2d_gradients`.
    """
    options = (stride, padding, output_padding, dilation, groups)
    return _gradients("conv_transpose3d_gradients", 3, x, weight, dy, *options)


def _gradients(
    operation: str,
    axes: int,
    x: Any,
    weight: Any,
    dy: Any,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
    groups: Any,
) -> ConvGradients:
    operands = [read_images(operation, "input", x, axes=axes)]
    operands += [read(operation, "weight", weight), read(operation, "dy", dy)]
    kind, arrays, over = unify(*operands)
    full, kernels = with_channels(operation, arrays[0], arrays[1], axes=axes)
    groups = _groups(operation, groups, full, kernels)
    windows, pads, out = _geometry(
        operation, full, kernels, stride, padding, output_padding, dilation
    )
    filters = kernels.shape[1] * groups
    upstream = check_upstream(operation, arrays[2], arrays[0], filters, out)
    stamped = _uncropped(upstream, windows.size, pads)
    taps = np.stack(windows.taps(stamped, filler=0), axis=2)  # (N, C_out, taps, spatial…)
    columns = taps.reshape(len(full), groups, -1, prod(windows.out))
    rows = kernels.reshape(groups, len(kernels) // groups, -1)
    pixels = full.reshape(len(full), groups, len(kernels) // groups, -1)
    by_input = matrix_product(kind, rows, columns)
    weights = by_weight(kind, windows, stamped, pixels)
    if kind in ("integer", "rational"):
        (upstream,) = integers_below(upstream.size * largest(upstream), upstream)
    return ConvGradients(
        restore(by_input.reshape(arrays[0].shape), over[1] * over[2], kind),
        restore(weights.reshape(arrays[1].shape), over[0] * over[2], kind),
        restore(upstream.sum(axis=(0, *range(2, axes + 2))), over[2], kind),
    )


def _groups(operation: str, groups: Any, x: Array, kernels: Array) -> int:
    count = whole(operation, "groups", groups, low=1)
    if len(kernels) != x.shape[1] or len(kernels) % count:
        raise EngineError(
            f"{operation}: the weight of shape {kernels.shape} needs {len(kernels)} input "
            f"channels, divisible by groups = {count}; the input's shape is {x.shape}"
        )
    return count


def _geometry(
    operation: str,
    x: Array,
    kernels: Array,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
) -> tuple[Windows, Pads, Sizes]:
    """The stamps as windows on all that they reach, the cropping, and the output's sizes."""
    sizes, kernel, axes = x.shape[2:], kernels.shape[2:], x.ndim - 2
    steps = per_axis(operation, "stride", stride, low=1, axes=axes)
    spread = per_axis(operation, "dilation", dilation, low=1, axes=axes)
    extra = per_axis(operation, "output_padding", output_padding, low=0, axes=axes)
    pads = paddings(operation, padding, axes=axes)
    if any(e >= max(s, d) for e, s, d in zip(extra, steps, spread, strict=True)):
        raise EngineError(
            f"{operation}: output_padding {extra} must be less than the stride {steps} "
            f"or the dilation {spread}"
        )
    spans = zip(sizes, steps, spread, kernel, strict=True)
    reach = tuple((n - 1) * s + d * (k - 1) + 1 for n, s, d, k in spans)
    out = tuple(n - sum(pair) + e for n, pair, e in zip(reach, pads, extra, strict=True))
    if min(out) < 1:
        raise EngineError(f"{operation}: padding {pads} crops all of the {by(reach)} output away")
    return Windows(operation, reach, kernel, stride=steps, dilation=spread), pads, out


def _uncropped(upstream: Array, reach: Sizes, pads: Pads) -> Array:
    """``dy`` on all that the stamps reach: 0 where the padding cropped, without the widening."""
    whole_output: Array = np.zeros((*upstream.shape[:2], *reach), dtype=upstream.dtype)
    kept = [
        max(0, min(size, n - before))
        for size, n, (before, _) in zip(upstream.shape[2:], reach, pads, strict=True)
    ]
    inside = at_end(slice(b, b + k) for k, (b, _) in zip(kept, pads, strict=True))
    whole_output[inside] = upstream[at_end(slice(0, k) for k in kept)]
    return whole_output
