"""Convolution as linear algebra: the layer as one matrix, and its windows as columns.

Nothing here uses :mod:`examgen.engine.conv`, so that either can prove the other; borders come from
``numpy.pad``, where those of ``conv2d`` are indexed. The three functions share no route either.
"""

from math import prod
from typing import Any, Literal

import numpy as np

from examgen.engine.exact import (
    Array,
    EngineError,
    integers_below,
    largest,
    narrow,
    objects,
    read,
    restore,
    total,
    unify,
)
from examgen.engine.layout import Pads, at_end, by, padded_sizes, paddings, per_axis, whole
from examgen.engine.padding import check_border, named_pads, read_padding

Sizes = tuple[int, ...]

_PAD_MODES: dict[str, Literal["constant", "reflect", "edge", "wrap"]] = {
    "zero": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


def conv_matrix(
    weight: Any,
    *,
    input_shape: Any,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    border: str = "zero",
) -> Array:
    """The matrix C with y.ravel() = C @ x.ravel(): a row for each output, a column for each input.

    Shapes: ``weight`` (k,) with ``input_shape`` (L,); (C_out, C_in / groups, k) with (C_in, L);
    (kh, kw) with (H, W); (C_out, C_in / groups, kh, kw) with (C_in, H, W); with a fifth axis,
    likewise in 3-D. Rows and columns are in row-major order of (C_out, output position) and of
    ``input_shape``. Its transpose is the transposed convolution, for a border of zeros.

    ``stride``, ``padding``, ``dilation`` and ``border`` as in ``conv2d``. The matrix of a 1-D layer
    of stride 1 is Toeplitz (circulant for a circular border). The entries are those of ``weight``
    and 0 (sums of them, for another border): integers, Fractions, floats or symbols.

    Raises EngineError (a ValueError) for shapes that do not fit.

    Source: pixel i meets tap t of output o where i = o stride - padding + t dilation.
    """
    name = "conv_matrix"
    given = read(name, "weight", weight)
    axes = _axes(input_shape, given.values)
    kernels = given.values.reshape((1,) * (axes + 2 - given.values.ndim) + given.values.shape)
    groups = whole(name, "groups", groups, low=1)
    sizes = _input_sizes(given.values, input_shape, axes, groups)
    steps = per_axis(name, "stride", stride, low=1, axes=axes)
    spread = per_axis(name, "dilation", dilation, low=1, axes=axes)
    pads = _pads(name, padding, border, sizes, kernels.shape[2:], steps, spread)
    taps = [
        _tap_table(size + sum(p), k, s, d)
        for size, k, s, p, d in zip(sizes, kernels.shape[2:], steps, pads, spread, strict=True)
    ]
    blocks = _blocks(kernels, taps)  # (C_out, C_in / groups, outputs, padded positions)
    blocks = _fold(blocks, _sources(sizes, pads, border), prod(sizes))
    filters, inner, outputs, pixels = blocks.shape
    matrix = np.full((filters, outputs, inner * groups, pixels), 0, dtype=blocks.dtype)
    for group in range(groups):
        some = slice(group * filters // groups, (group + 1) * filters // groups)
        seen = slice(group * inner, (group + 1) * inner)
        matrix[some, :, seen] = blocks[some].swapaxes(1, 2)
    matrix = matrix.reshape(filters * outputs, -1)
    return narrow(matrix) if given.kind == "integer" else matrix


def _axes(input_shape: Any, weight: Array) -> int:
    if not 1 <= weight.ndim <= 5:
        raise EngineError(f"conv_matrix: the weight must have 1 to 5 axes, not {weight.shape}")
    if weight.ndim == 3:  # one volume, or filters on signals
        return 3 if np.ndim(input_shape) == 1 and len(input_shape) == 3 else 1
    return {1: 1, 2: 2, 4: 2, 5: 3}[weight.ndim]


def _input_sizes(weight: Array, input_shape: Any, axes: int, groups: int) -> Sizes:
    shape = (input_shape,) if isinstance(input_shape, int) else tuple(input_shape)
    shape = tuple(whole("conv_matrix", "input_shape", size, low=1) for size in shape)
    lead = (weight.shape[1] * groups,) if weight.ndim > axes else ()
    if len(shape) != axes + len(lead) or shape[: len(lead)] != lead:
        names = ", ".join([*map(str, lead), "D, H, W"[-3 * axes + 2 :] if axes > 1 else "L"])
        raise EngineError(
            f"conv_matrix: a weight of shape {weight.shape} needs an input_shape "
            f"({names}{'' if axes + len(lead) > 1 else ','}), not {shape}"
        )
    if (len(weight) if lead else 1) % groups:
        raise EngineError(
            f"conv_matrix: groups = {groups} must divide the {len(weight)} filters of the weight "
            f"of shape {weight.shape}"
        )
    return shape[-axes:]


def _pads(
    operation: str,
    padding: Any,
    border: Any,
    sizes: Sizes,
    kernel: Sizes,
    stride: Sizes,
    dilation: Sizes,
) -> Pads:
    pads = read_padding(operation, padding, axes=len(sizes))
    if isinstance(pads, str):
        extents = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
        pads = named_pads(pads, sizes, extents, stride)
    check_border(operation, border, pads, sizes)
    padded_sizes(operation, sizes, kernel, pads, dilation)
    return pads


def _tap_table(size: int, kernel: int, stride: int, dilation: int) -> Array:
    """(outputs, padded size): which tap of output o lies on position i, or -1."""
    starts = range(0, size - dilation * (kernel - 1), stride)
    distance = np.arange(size) - np.array(starts)[:, None]
    tap = distance // dilation
    return np.where((distance % dilation == 0) & (tap >= 0) & (tap < kernel), tap, -1)


def _blocks(kernels: Array, taps: list[Array]) -> Array:
    """The matrix between each filter and each channel it sees, on the padded positions."""
    axes = len(taps)
    spread = []
    for axis, table in enumerate(taps):
        shape = [1] * (2 * axes)
        shape[axis], shape[axes + axis] = table.shape
        spread.append(table.reshape(shape))
    spots: list[Any] = [slice(None), slice(None), *(np.maximum(table, 0) for table in spread)]
    entries = kernels[tuple(spots)]
    met = np.all(np.broadcast_arrays(*(t >= 0 for t in spread)), axis=0)
    entries = np.where(met, entries, 0)
    return entries.reshape(*kernels.shape[:2], prod(len(t) for t in taps), -1)


def _sources(sizes: Sizes, pads: Pads, border: str) -> list[int]:
    """For each padded position the pixel that it shows, or -1 for a zero."""
    pixels = np.arange(prod(sizes)).reshape(sizes)
    if border == "zero":
        return np.pad(pixels, pads, constant_values=-1).ravel().tolist()
    return np.pad(pixels, pads, mode=_PAD_MODES[border]).ravel().tolist()


def _fold(blocks: Array, sources: list[int], pixels: int) -> Array:
    """The columns of padded positions, added up for the pixel that they show."""
    columns: list[list[int]] = [[] for _ in range(pixels)]
    for position, pixel in enumerate(sources):
        if pixel >= 0:
            columns[pixel].append(position)
    if all(len(shown) == 1 for shown in columns):
        return blocks[..., [position for (position,) in columns]]
    if blocks.dtype.kind == "i":
        (blocks,) = integers_below(largest(blocks) * max(map(len, columns)), blocks)
    sums = [_sum([blocks[..., position] for position in shown]) for shown in columns]
    return np.stack(sums, axis=-1)


def _sum(columns: list[Array]) -> Array:
    if columns[0].dtype != object:
        return np.add.reduce(columns)  # type: ignore[no-any-return]
    parts = zip(*(column.ravel().tolist() for column in columns), strict=True)
    kept = ([v for v in values if not (isinstance(v, int) and v == 0)] for values in parts)
    return objects([total(values) for values in kept], columns[0].shape)


def im2col(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    border: str = "zero",
) -> Array:
    """The windows of an input as columns, so that a layer is weight.reshape(C_out, -1) @ columns.

    Shapes: ``x`` (H, W) gives (kh kw, L), (C, H, W) gives (C kh kw, L), (N, C, H, W) gives
    (N, C kh kw, L), with L output positions in row-major order; a column runs over channels, then
    over the taps in row-major order. ``kernel_size``, ``stride``, ``padding``, ``dilation`` and
    ``border`` as in ``conv2d``. Values keep their kind.

    Raises EngineError (a ValueError) for shapes that do not fit.

    Source: Chellapilla, Puri and Simard, "High performance convolutional neural networks for
    document processing" (2006).
    """
    values = read("im2col", "input", x).values
    if not 2 <= values.ndim <= 4:
        raise EngineError(
            f"im2col: the input must be (H, W), (C, H, W), (N, C, H, W), not {values.shape}"
        )
    kernel = per_axis("im2col", "kernel_size", kernel_size, low=1, axes=2)
    (down, across) = per_axis("im2col", "stride", stride, low=1, axes=2)
    spread = per_axis("im2col", "dilation", dilation, low=1, axes=2)
    sizes = values.shape[-2:]
    pads = _pads("im2col", padding, border, sizes, kernel, (down, across), spread)
    extents = tuple(d * (k - 1) + 1 for k, d in zip(kernel, spread, strict=True))
    widths = [(0, 0)] * (values.ndim - 2) + list(pads)
    padded = np.pad(values, widths, mode=_PAD_MODES[border])
    windows = np.lib.stride_tricks.sliding_window_view(padded, extents, axis=(-2, -1))
    windows = windows[..., ::down, ::across, :: spread[0], :: spread[1]]
    columns = np.moveaxis(windows, (-2, -1), (-4, -3))  # (…, kh, kw, oh, ow)
    taps = kernel[0] * kernel[1] * (values.shape[-3] if values.ndim > 2 else 1)
    return columns.reshape(*values.shape[:-3], taps, -1)


def col2im(
    columns: Any,
    input_shape: Any,
    kernel_size: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
) -> Array:
    """The transpose of ``im2col``: the values of the columns added up at the pixels they came from.

    Shapes: ``input_shape`` (H, W), (C, H, W) or (N, C, H, W), which is the output's; ``columns`` as
    ``im2col`` gives for it. What lies on the padding (of zeros) is dropped. Of the columns of an
    image, it is the image times the number of windows that each pixel is in.

    Options as in ``im2col``. Exact for integers, Fractions and symbols.

    Raises EngineError (a ValueError) for shapes that do not fit.

    Source: PyTorch 2, ``torch.nn.Fold``.
    """
    kind, (values,), (denominator,) = unify(read("col2im", "columns", columns))
    shape = tuple(whole("col2im", "input_shape", size, low=1) for size in tuple(input_shape))
    if not 2 <= len(shape) <= 4:
        raise EngineError(
            f"col2im: input_shape must be (H, W), (C, H, W) or (N, C, H, W), not {shape}"
        )
    kernel = per_axis("col2im", "kernel_size", kernel_size, low=1, axes=2)
    steps = per_axis("col2im", "stride", stride, low=1, axes=2)
    spread = per_axis("col2im", "dilation", dilation, low=1, axes=2)
    pads = paddings("col2im", padding, axes=2)
    padded, extents = padded_sizes("col2im", shape[-2:], kernel, pads, spread)
    out = tuple((n - e) // s + 1 for n, e, s in zip(padded, extents, steps, strict=True))
    wanted = (*shape[:-3], prod(kernel) * (shape[-3] if len(shape) > 2 else 1), prod(out))
    if values.shape != wanted:
        raise EngineError(
            f"col2im: columns for an input of {by(shape)} and a kernel of {by(kernel)} must have "
            f"shape {wanted}; their shape is {values.shape}"
        )
    if values.dtype.kind in "iO" and kind != "symbol":
        (values,) = integers_below(largest(values) * prod(kernel), values)
    stamps = values.reshape(*shape[:-2], *kernel, *out)
    canvas = np.full((*shape[:-2], *padded), 0, dtype=values.dtype)
    for row, column in np.ndindex(*kernel):
        spots = zip((row, column), spread, out, steps, strict=True)
        spot = at_end(slice(t * d, t * d + (o - 1) * s + 1, s) for t, d, o, s in spots)
        added = stamps[..., row, column, :, :]
        canvas[spot] = _sum([canvas[spot], added]) if kind == "symbol" else canvas[spot] + added
    (top, _), (left, _) = pads
    return restore(canvas[..., top : top + shape[-2], left : left + shape[-1]], denominator, kind)
