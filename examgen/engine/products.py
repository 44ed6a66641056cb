"""Windows times weights: the ways in which one correlation is computed, and which one when.

* small layers gather their windows by an index that the plan keeps;
* one input channel a filter (depthwise): shifted multiply-adds, one pass over the output a tap;
* all else: the windows as columns, a block of output rows at a time, and matrix products.
"""

from math import prod

import numpy as np

from examgen.engine.arithmetic import for_products, sums_of_products, whole_numbers
from examgen.engine.exact import Array, Kind
from examgen.engine.layout import at_end
from examgen.engine.padding import bordered
from examgen.engine.plan import Plan
from examgen.engine.shifts import by_taps

_BLOCK = 512  # columns of windows made at a time: they stay in cache until they are used
_GATHERED_AT_ONCE = 2**20  # entries of the columns made at a time for a batch of small inputs
_FEW_FILTERS = 4  # filters a channel up to which shifting the input beats a matrix product
_WORK = 8192  # multiplications below which the gather index is always fastest


def correlate(kind: Kind, x: Array, weight: Array, plan: Plan) -> Array:
    """(N, C_out, positions…) from (N, C, spatial…) and (C_out, C / groups, kernel…)."""
    work = len(x) * weight.size * plan.positions
    rows = weight.reshape(plan.groups, plan.weight[0] // plan.groups, -1)
    if kind in ("integer", "rational"):
        rows, x = for_products(rows, x, work=work)
    few = rows.shape[1] <= _FEW_FILTERS and plan.weight[1] == 1 and x.dtype != object
    if few and (plan.index is None or work > _WORK):
        y = by_taps(rows, x, plan)
        return y if kind == "float" else whole_numbers(y)
    if plan.is_padded:
        x = bordered(x, plan.pads, plan.border, None if kind == "symbol" else 0)
    if kind == "symbol":
        columns = plan.windows(x).reshape(len(x), plan.groups, rows.shape[-1], -1)
        return sums_of_products(rows, columns)
    if plan.index is not None:
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
