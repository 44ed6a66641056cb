"""The gradients of convolution, for its input, its weight and its bias."""

from typing import Any, NamedTuple

import numpy as np

from examgen.engine.arithmetic import integers_below, matmul
from examgen.engine.exact import Array, EngineError, Kind, largest, read, restore, unify
from examgen.engine.layout import Pads, flag, per_axis, whole, with_channels
from examgen.engine.padding import bordered, check_border, named_pads, read_padding
from examgen.engine.windows import Sizes, Windows, check_upstream, read_images


class ConvGradients(NamedTuple):
    """The gradients of a convolution, each with the shape of its argument; ``bias`` (C_out,)."""

    input: Array
    weight: Array
    bias: Array


def conv2d_gradients(
    x: Any,
    weight: Any,
    dy: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    border: str = "zero",
    flip: bool = False,
) -> ConvGradients:
    """The derivatives, by each argument, of the sum of ``dy`` times ``conv2d(x, weight, bias)``.

    By a weight: the sum over all windows of the pixel it meets times the ``dy`` of the window. By
    a pixel: the sum over the windows that read it, of ``dy`` times the weight it meets; a pixel
    that a border copies has the derivatives of its copies added. By a bias: the sum of ``dy``.

    Shapes: ``x`` (H, W), (C_in, H, W) or (N, C_in, H, W); ``weight`` (kh, kw) or
    (C_out, C_in / groups, kh, kw); ``dy`` that of the output. Units and options as in ``conv2d``.

    Exact for integers, Fractions and symbols. Raises EngineError (a ValueError) for shapes that
    do not fit and NaN. Shares no route with ``conv2d``, ``conv_transpose2d`` or ``conv_matrix``,
    only the exact matrix product.

    Source: Goodfellow, Bengio and Courville, "Deep learning" (2016), section 9.5.
    """
    options = (stride, padding, dilation, groups, border, flip)
    return _gradients("conv2d_gradients", 2, x, weight, dy, *options)


def conv1d_gradients(
    x: Any,
    weight: Any,
    dy: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    border: str = "zero",
    flip: bool = False,
) -> ConvGradients:
    """The derivatives, by each argument, of the sum of ``dy`` times ``conv1d(x, weight, bias)``.

    Shapes: ``x`` (L,), (C_in, L) or (N, C_in, L); ``weight`` (k,) or (C_out, C_in / groups, k).
    All else as in :func:`conv2d_gradients`.
    """
    options = (stride, padding, dilation, groups, border, flip)
    return _gradients("conv1d_gradients", 1, x, weight, dy, *options)


def conv3d_gradients(
    x: Any,
    weight: Any,
    dy: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    border: str = "zero",
    flip: bool = False,
) -> ConvGradients:
    """The derivatives, by each argument, of the sum of ``dy`` times ``conv3d(x, weight, bias)``.

    Shapes: ``x`` (D, H, W), (C_in, D, H, W) or (N, C_in, D, H, W); ``weight`` (kd, kh, kw) or
    (C_out, C_in / groups, kd, kh, kw). All else as in :func:`conv2d_gradients`.
    """
    options = (stride, padding, dilation, groups, border, flip)
    return _gradients("conv3d_gradients", 3, x, weight, dy, *options)


def _gradients(
    operation: str,
    axes: int,
    x: Any,
    weight: Any,
    dy: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: Any,
    border: Any,
    flip: Any,
) -> ConvGradients:
    operands = [read_images(operation, "input", x, axes=axes)]
    operands += [read(operation, "weight", weight), read(operation, "dy", dy)]
    kind, arrays, over = unify(*operands)
    full, kernels = with_channels(operation, arrays[0], arrays[1], axes=axes)
    groups = _groups(operation, groups, full, kernels)
    flip = flag(operation, "flip", flip)
    turned = _turned(kernels) if flip else kernels
    size, steps = full.shape[2:], {"stride": stride, "dilation": dilation}
    pads = _pads(operation, padding, size, kernels.shape[2:], **steps)
    check_border(operation, border, pads, size)
    zero = border == "zero"
    padded = full if zero else bordered(full, pads, border, 0)
    kernel = kernels.shape[2:]
    windows = Windows(operation, padded.shape[2:], kernel, padding=pads if zero else 0, **steps)
    grown = check_upstream(operation, arrays[2], arrays[0], len(kernels), windows.out)
    upstream: Array = grown.reshape(len(full), groups, len(kernels) // groups, -1)
    by_input = _by_input(kind, windows, turned, upstream)
    by_input = by_input if zero else _folded(kind, by_input, pads, border, size)
    weights = by_weight(kind, windows, padded, upstream).reshape(kernels.shape)
    weights = _turned(weights) if flip else weights
    if kind in ("integer", "rational"):
        (upstream,) = integers_below(upstream.size * largest(upstream), upstream)
    return ConvGradients(
        restore(by_input.reshape(arrays[0].shape), over[1] * over[2], kind),
        restore(weights.reshape(arrays[1].shape), over[0] * over[2], kind),
        restore(upstream.sum(axis=(0, 3)).ravel(), over[2], kind),
    )


def _groups(operation: str, groups: Any, x: Array, kernels: Array) -> int:
    count = whole(operation, "groups", groups, low=1)
    if x.shape[1] != kernels.shape[1] * count or len(kernels) % count:
        raise EngineError(
            f"{operation}: a weight of shape {kernels.shape} with groups = {count} does not fit "
            f"the {x.shape[1]} channels of the input"
        )
    return count


def _pads(
    operation: str, padding: Any, size: Sizes, kernel: Sizes, *, stride: Any, dilation: Any
) -> Pads:
    named = read_padding(operation, padding, axes=len(size))
    if not isinstance(named, str):
        return named
    steps = per_axis(operation, "stride", stride, low=1, axes=len(size))
    spread = per_axis(operation, "dilation", dilation, low=1, axes=len(size))
    extents = [d * (k - 1) + 1 for d, k in zip(spread, kernel, strict=True)]
    return named_pads(named, size, extents, steps)


def _turned(kernels: Array) -> Array:
    return np.flip(kernels, axis=tuple(range(2, kernels.ndim)))


def _folded(kind: Kind, padded: Array, pads: Pads, border: str, size: Sizes) -> Array:
    """What each pixel gets of the gradient of a padded input: that of its copies, added up."""
    pixels = np.arange(int(np.prod(size))).reshape(size)
    sources = bordered(pixels, pads, border, 0).ravel()
    if kind in ("integer", "rational"):
        (padded,) = integers_below(sources.size * largest(padded), padded)
    folded = np.zeros((pixels.size, *padded.shape[:2]), dtype=padded.dtype)
    np.add.at(folded, sources, padded.reshape(*padded.shape[:2], -1).transpose(2, 0, 1))
    return folded.transpose(1, 2, 0)


def by_weight(kind: Kind, windows: Windows, x: Array, upstream: Array) -> Array:
    """The gradient by the weight, (groups, C_out / groups, C_in / groups · taps)."""
    batch, groups, _, positions = upstream.shape
    taps = np.stack(windows.taps(x, filler=0), axis=2)  # (N, C_in, taps, *out)
    windowed = taps.reshape(batch, groups, -1, positions).transpose(1, 0, 3, 2)
    columns = windowed.reshape(groups, batch * positions, -1)
    rows = upstream.transpose(1, 2, 0, 3).reshape(groups, -1, batch * positions)
    return matrix_product(kind, rows, columns)


def _by_input(kind: Kind, windows: Windows, kernels: Array, upstream: Array) -> Array:
    """(N, C_in, spatial…)."""
    batch, groups, filters, _ = upstream.shape
    rows = kernels.reshape(groups, filters, -1).swapaxes(1, 2)
    stamps = matrix_product(kind, rows, upstream)  # (N, groups, C_in / groups · taps, positions)
    count = int(np.prod(windows.kernel))
    if kind in ("integer", "rational"):
        (stamps,) = integers_below(count * largest(stamps), stamps)
    stamps = stamps.reshape(batch, -1, count, *windows.out)
    return windows.scatter([stamps[:, :, tap] for tap in range(count)])


def matrix_product(kind: Kind, left: Array, right: Array) -> Array:
    """``left @ right``, exact but for floats."""
    product: Array = left @ right if kind == "symbol" else matmul(left, right)
    return product
