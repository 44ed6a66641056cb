"""The gradients of transposed convolution, for its input, its weight and its bias."""

from math import prod
from typing import Any

import numpy as np

from examgen.engine.arithmetic import integers_below
from examgen.engine.exact import Array, EngineError, largest, read, restore, unify
from examgen.engine.gradients import ConvGradients, by_weight, matrix_product
from examgen.engine.layout import Stamps, at_end, read_stamps, whole, with_channels
from examgen.engine.windows import Windows, check_upstream, read_images


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
    options = {"stride": stride, "dilation": dilation}
    options |= {"padding": padding, "output_padding": output_padding}
    return _gradients("conv_transpose2d_gradients", 2, x, weight, dy, groups, options)


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
    options = {"stride": stride, "dilation": dilation}
    options |= {"padding": padding, "output_padding": output_padding}
    return _gradients("conv_transpose1d_gradients", 1, x, weight, dy, groups, options)


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
    options = {"stride": stride, "dilation": dilation}
    options |= {"padding": padding, "output_padding": output_padding}
    return _gradients("conv_transpose3d_gradients", 3, x, weight, dy, groups, options)


def _gradients(
    operation: str,
    axes: int,
    x: Any,
    weight: Any,
    dy: Any,
    groups: Any,
    options: dict[str, Any],
) -> ConvGradients:
    operands = [read_images(operation, "input", x, axes=axes)]
    operands += [read(operation, "weight", weight), read(operation, "dy", dy)]
    kind, arrays, over = unify(*operands)
    full, kernels = with_channels(operation, arrays[0], arrays[1], axes=axes)
    groups = _groups(operation, groups, full, kernels)
    sizes, kernel = full.shape[2:], kernels.shape[2:]
    stamps = read_stamps(operation, sizes, kernel, **options)
    windows = Windows(
        operation, stamps.reach, kernel, stride=stamps.stride, dilation=stamps.dilation
    )
    filters = kernels.shape[1] * groups
    upstream = check_upstream(operation, arrays[2], arrays[0], filters, stamps.out)
    stamped = _uncropped(upstream, stamps)
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


def _uncropped(upstream: Array, stamps: Stamps) -> Array:
    """``dy`` on all that the stamps reach: 0 where the padding cropped, without the widening."""
    canvas: Array = np.zeros((*upstream.shape[:2], *stamps.reach), dtype=upstream.dtype)
    starts = [before for before, _ in stamps.pads]
    kept = [max(0, min(o, n - b)) for o, n, b in zip(stamps.out, stamps.reach, starts, strict=True)]
    inside = at_end(slice(b, b + k) for k, b in zip(kept, starts, strict=True))
    canvas[inside] = upstream[at_end(map(slice, kept))]
    return canvas
