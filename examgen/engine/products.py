"""Windows times weights: the ways in which one correlation is computed, and which one when.

* small layers gather their windows by an index that the plan keeps;
* one input channel a filter (depthwise): shifted multiply-adds, one pass over the output a tap;
* all else: the windows as columns, a block of output rows at a time, and matrix products.
"""

from math import prod

import numpy as np

from examgen.engine.exact import (
    Array,
    Kind,
    for_products,
    sums_of_products,
    whole_numbers,
)
from examgen.engine.layout import at_end
from examgen.engine.padding import bordered
from examgen.engine.plan import Plan

_BLOCK = 512  # columns of windows made at a time: they stay in cache until they are used
_GATHERED_AT_ONCE = 2**20  # entries of the columns made at a time for a batch of small inputs
_FEW_FILTERS = 4  # filters a channel up to which shifting the input beats a matrix product
_IMAGES_AT_ONCE = 2**20  # outputs of a batch passed over at a time, tap by tap
_WORK = 8192  # multiplications below which the gather index is always fastest


def correlate(kind: Kind, x: Array, weight: Array, plan: Plan) -> Array:
    """(N, C_out, positions…) from (N, C, spatial…) and (C_out, C / groups, kernel…)."""
    work = len(x) * weight.size * plan.positions
    rows = weight.reshape(plan.groups, plan.weight[0] // plan.groups, -1)
    if kind in ("integer", "rational"):
        rows, x = for_products(rows, x, work=work)
    if plan.is_padded:
        x = bordered(x, plan.pads, plan.border, None if kind == "symbol" else 0)
    if kind == "symbol":
        columns = plan.windows(x).reshape(len(x), plan.groups, rows.shape[-1], -1)
        return sums_of_products(rows, columns)
    if plan.index is not None and work <= _WORK:
        y = _by_index(rows, x, plan.index)
    elif rows.shape[1] <= _FEW_FILTERS and plan.weight[1] == 1 and x.dtype != object:
        y = _by_taps(rows, x, plan)
    elif plan.index is not None:
        y = _by_index(rows, x, plan.index)
    elif prod(plan.weight[2:]) == 1 and plan.out == x.shape[2:]:
        y = rows @ x.reshape(len(x), plan.groups, rows.shape[-1], -1)
    else:
        y = _by_columns(rows, x, plan)
    return y if kind == "float" else whole_numbers(y)


def _by_index(rows: Array, x: Array, index: Array) -> Array:
    groups, _, inner = rows.shape
    flat, step = x.reshape(len(x), -1), max(1, _GATHERED_AT_ONCE // index.size)
    if len(x) > step:
        some = range(0, len(x), step)
        return np.concatenate([_by_index(rows, x[n : n + step], index) for n in some])
    columns = flat.take(index, axis=1).reshape(len(x), groups, inner, index.shape[1])
    product: Array = rows @ columns
    return product


def _by_columns(rows: Array, x: Array, plan: Plan) -> Array:
    groups, filters, inner = rows.shape
    height, across = plan.out[0], prod(plan.out[1:])
    blocks = -(-height // max(1, _BLOCK // across))
    down = -(-height // blocks)
    windows = plan.windows(x)
    y = np.empty((len(x), groups, filters, height * across), dtype=x.dtype)
    room = np.empty(groups * inner * down * across, dtype=x.dtype)
    below = [slice(None)] * (len(plan.out) - 1)
    for image in range(len(x)):
        for top in range(0, height, down):
            part = windows[image][at_end([slice(top, top + down), *below])]
            wide = min(down, height - top) * across
            block = room[: groups * inner * wide]
            block.reshape(part.shape)[...] = part
            columns = block.reshape(groups, inner, wide)
            np.matmul(rows, columns, out=y[image, :, :, top * across : top * across + wide])
    return y


def _by_taps(rows: Array, x: Array, plan: Plan) -> Array:
    """One input channel a filter: the output is passed over once for each tap."""
    x = np.ascontiguousarray(x)
    batch, channels = plan.input[:2]
    windows, wide = _shifted(x, plan)
    axes = len(plan.out)
    weight = rows.reshape(channels, -1, *plan.weight[2:])
    y = np.empty((batch, channels, weight.shape[1], prod(wide)), dtype=x.dtype)
    spots = y[..., : prod(windows.shape[2 + axes :])]
    spots = spots.reshape(*spots.shape[:3], *windows.shape[2 + axes :])
    step = max(1, _IMAGES_AT_ONCE // max(1, y[0].size))
    for first in range(0, batch, step):
        images = slice(first, first + step)
        _add_taps(windows[images], weight, spots[images])
    y = y.reshape(batch, len(rows) * rows.shape[1], *wide)
    kept: Array = y[at_end(slice(o) for o in plan.out)]
    return kept


def _add_taps(windows: Array, weight: Array, y: Array) -> None:
    """``order="F"`` makes einsum run along the longest axis of the output in its innermost loop.

    Left alone it would sum over the taps innermost, at a tenth of the speed.
    """
    image, channel, copy = range(3)
    positions = list(range(3, y.ndim))
    taps = list(range(y.ndim, y.ndim + weight.ndim - 2))
    longest_first = sorted(range(y.ndim), key=lambda axis: -y.shape[axis])
    np.einsum(
        windows,
        [image, channel, *taps, *positions],
        weight,
        [channel, copy, *taps],
        longest_first,
        out=y.transpose(longest_first),
        order="F",
    )


def _shifted(x: Array, plan: Plan) -> tuple[Array, tuple[int, ...]]:
    """Windows (N, C, kernel…, positions), and the shape their positions are a start of.

    At stride 1 a tap sees the flattened channel, shifted as a whole; the values that run over the
    end of a row are cut later. Where they would be many, and at other strides, windows as such.
    """
    wide = (plan.out[0], *plan.padded[1:])
    if set(plan.stride) != {1} or prod(wide) > 2 * prod(plan.out):
        return plan.windows(x), plan.out
    strides = x.strides[2:]
    length = sum((o - 1) * s for o, s in zip(plan.out, strides, strict=True)) // x.itemsize + 1
    taps = [s * d for s, d in zip(strides, plan.dilation, strict=True)]
    shape = (*x.shape[:2], *plan.weight[2:], length)
    strides = (*x.strides[:2], *taps, x.itemsize)
    return np.lib.stride_tricks.as_strided(x, shape, strides, writeable=False), wide
