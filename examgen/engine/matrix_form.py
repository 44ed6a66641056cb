"""Convolution as linear algebra: the layer as one matrix.

Nothing here uses :mod:`examgen.engine.conv`, so that either can prove the other; borders come from
``numpy.pad``, where those of ``conv2d`` are indexed.
"""

from math import prod
from typing import Any

import numpy as np

from examgen.engine.arithmetic import integers_below
from examgen.engine.columns import PAD_MODES, add_up, read_pads
from examgen.engine.exact import Array, EngineError, largest, narrow, read
from examgen.engine.layout import Pads, per_axis, sizes_of, whole

Sizes = tuple[int, ...]


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
    pads = read_pads(name, padding, border, sizes, kernels.shape[2:], steps, spread)
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
        return 3 if len(sizes_of("conv_matrix", "input_shape", input_shape)) == 3 else 1
    return {1: 1, 2: 2, 4: 2, 5: 3}[weight.ndim]


def _input_sizes(weight: Array, input_shape: Any, axes: int, groups: int) -> Sizes:
    shape = sizes_of("conv_matrix", "input_shape", input_shape)
    lead = (weight.shape[1] * groups,) if weight.ndim > axes else ()
    if len(shape) != axes + len(lead) or shape[: len(lead)] != lead:
        names = ", ".join([*map(str, lead), "D, H, W"[-3 * axes + 2 :] if axes > 1 else "L"])
        raise EngineError(
            f"conv_matrix: a weight of shape {weight.shape} with groups = {groups} needs an "
            f"input_shape ({names}{'' if axes + len(lead) > 1 else ','}), not {shape}"
        )
    if (len(weight) if lead else 1) % groups:
        raise EngineError(
            f"conv_matrix: groups = {groups} must divide the {len(weight)} filters of the weight "
            f"of shape {weight.shape}"
        )
    return shape[-axes:]


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
    return np.pad(pixels, pads, mode=PAD_MODES[border]).ravel().tolist()


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
    sums = [add_up([blocks[..., position] for position in shown]) for shown in columns]
    return np.stack(sums, axis=-1)
