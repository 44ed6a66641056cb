"""Transposed convolution: each input value stamps the kernel, scaled, onto the output."""

from math import prod
from typing import Any

import numpy as np

from examgen.engine.arithmetic import add_bias, integers_below, matmul
from examgen.engine.exact import Array, EngineError, Kind, largest, objects, read, restore, unify
from examgen.engine.layout import (
    Stamps,
    at_end,
    read_stamps,
    whole,
    with_channels,
    without_channels,
)
from examgen.engine.symbols import product, total

Sizes = tuple[int, ...]


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
    do not fit. Its route is independent of ``conv2d``, ``conv_matrix`` and ``insert_zeros``.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016).
    """
    options = {"stride": stride, "dilation": dilation}
    options |= {"padding": padding, "output_padding": output_padding}
    return _transpose("conv_transpose2d", 2, x, weight, bias, groups, options)


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
    options = {"stride": stride, "dilation": dilation}
    options |= {"padding": padding, "output_padding": output_padding}
    return _transpose("conv_transpose1d", 1, x, weight, bias, groups, options)


def conv_transpose3d(
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
    """The transpose of ``conv3d`` as a linear map.

    Shapes: ``x`` (D, H, W), (C_in, D, H, W) or (N, C_in, D, H, W); ``weight`` (kd, kh, kw) or
    (C_in, C_out / groups, kd, kh, kw). All else as in :func:`conv_transpose2d`.
    """
    options = {"stride": stride, "dilation": dilation}
    options |= {"padding": padding, "output_padding": output_padding}
    return _transpose("conv_transpose3d", 3, x, weight, bias, groups, options)


def _transpose(
    operation: str,
    axes: int,
    x: Any,
    weight: Any,
    bias: Any,
    groups: Any,
    options: dict[str, Any],
) -> Array:
    operands = [read(operation, "input", x), read(operation, "weight", weight)]
    if bias is not None:
        operands.append(read(operation, "bias", bias))
    groups = whole(operation, "groups", groups, low=1)
    kind, arrays, over = unify(*operands)
    full, kernels = with_channels(operation, arrays[0], arrays[1], axes=axes)
    if len(kernels) != full.shape[1] or full.shape[1] % groups:
        raise EngineError(
            f"{operation}: the weight of shape {kernels.shape} needs {len(kernels)} input "
            f"channels, divisible by groups = {groups}; the input's shape is {full.shape}"
        )
    stamps = read_stamps(operation, full.shape[2:], kernels.shape[2:], **options)
    stamp = _stamp_symbols if kind == "symbol" else _stamp
    y = stamp(full, kernels, stamps, groups)[_inside(stamps)]
    denominator = over[0] * over[1]
    if bias is not None:
        y, denominator = _with_bias(operation, kind, y, denominator, arrays[2], over[2])
    y = restore(y, denominator, kind)
    return without_channels(operation, y, given=arrays[0], axes=axes)


def _with_bias(
    operation: str, kind: Kind, y: Array, denominator: int, bias: Array, over: int
) -> tuple[Array, int]:
    if bias.size != y.shape[1] or bias.ndim > 1:
        raise EngineError(
            f"{operation}: the bias must have one number for each of the {y.shape[1]} output "
            f"channels; its shape is {bias.shape}"
        )
    column = bias.reshape(-1, *(1,) * (y.ndim - 2))
    return add_bias(kind, y, denominator, column, over)


def _stamp(x: Array, weight: Array, stamps: Stamps, groups: int) -> Array:
    """The whole output, before it is cropped: one product, then the stamps added tap by tap."""
    inner, sizes, kernel = len(weight) // groups, x.shape[2:], weight.shape[2:]
    filters = weight.reshape(groups, inner, -1).swapaxes(1, 2)
    scaled = matmul(filters, x.reshape(len(x), groups, inner, -1))
    scaled = scaled.reshape(len(x), groups * weight.shape[1], *kernel, *sizes)
    if scaled.dtype.kind != "f":
        bound = inner * prod(kernel) * largest(x) * largest(weight)
        (scaled,) = integers_below(bound, scaled)
    canvas = np.zeros((*scaled.shape[:2], *_canvas(stamps)), dtype=scaled.dtype)
    taps = np.moveaxis(scaled, range(2, 2 + len(kernel)), range(len(kernel)))
    for tap in np.ndindex(kernel):
        spot = tuple(
            slice(t * d, t * d + (n - 1) * s + 1, s)
            for t, d, n, s in zip(tap, stamps.dilation, sizes, stamps.stride, strict=True)
        )
        canvas[at_end(spot)] += taps[tap]
    return canvas


def _stamp_symbols(x: Array, weight: Array, stamps: Stamps, groups: int) -> Array:
    """As ``_stamp``, each output the sum of its terms in the order of the pixels."""
    inner, filters = len(weight) // groups, weight.shape[1]
    terms: dict[Sizes, list[Any]] = {}
    for n, channel, *place in np.ndindex(x.shape):
        for copy, *tap in np.ndindex(weight.shape[1:]):
            spots = zip(place, stamps.stride, tap, stamps.dilation, strict=True)
            spot = (n, channel // inner * filters + copy, *(p * s + t * d for p, s, t, d in spots))
            pair = product(x[(n, channel, *place)], weight[(channel, copy, *tap)])
            terms.setdefault(spot, []).append(pair)
    shape = (len(x), groups * filters, *_canvas(stamps))
    return objects([total(terms.get(spot, ())) for spot in np.ndindex(shape)], shape)


def _canvas(stamps: Stamps) -> Sizes:
    """The sizes of the whole output, before the padding crops it, the widening included."""
    return tuple(o + sum(pair) for o, pair in zip(stamps.out, stamps.pads, strict=True))


def _inside(stamps: Stamps) -> tuple[Any, ...]:
    """Where in the whole output lies what the padding leaves of it."""
    spots = zip(stamps.out, stamps.pads, strict=True)
    return at_end(slice(before, before + o) for o, (before, _) in spots)
