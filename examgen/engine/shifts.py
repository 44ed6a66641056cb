"""Depthwise layers: the output is passed over once for each tap, which sees the input shifted.

The long passes run along flattened channels. At stride 1 a tap sees the channel shifted as a whole,
and the values that run over the end of a row are cut at the end. At other strides the channel is
split into its phases (the pixels of one remainder modulo the stride), of which likewise.
"""

from math import prod

import numpy as np

from examgen.engine.exact import Array
from examgen.engine.layout import Pads, at_end
from examgen.engine.padding import bordered
from examgen.engine.plan import Plan, Sizes

_IMAGES_AT_ONCE = 2**20  # outputs of a batch passed over at a time, tap by tap


def by_taps(rows: Array, x: Array, plan: Plan) -> Array:
    """(N, C_out, positions…) from (groups, copies, taps) and (N, groups, spatial…), not padded."""
    batch, channels = plan.input[:2]
    weight = rows.reshape(channels, -1, *plan.weight[2:])
    windows, weight, wide = _windows(np.ascontiguousarray(x), weight, plan)
    positions = windows.shape[weight.ndim :]
    y = np.empty((batch, channels, weight.shape[1], prod(wide)), dtype=x.dtype)
    spots = y[..., : prod(positions)]
    spots = spots.reshape(*spots.shape[:3], *positions)
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


def _windows(x: Array, weight: Array, plan: Plan) -> tuple[Array, Array, Sizes]:
    """Windows (N, C, taps…, positions), their weights, and the shape that the positions begin.

    Where the values to cut would be many, and where taps skip phases, windows as such.
    """
    strided = set(plan.stride) != {1}
    steps = zip(plan.out, plan.weight[2:], plan.stride, strict=True)
    sizes = tuple(o + -(-k // s) - 1 for o, k, s in steps) if strided else plan.padded
    wide, pads = (plan.out[0], *sizes[1:]), plan.pads
    flat = prod(wide) <= 2 * prod(plan.out) and not (strided and set(plan.dilation) != {1})
    if plan.is_padded and not (flat and strided and plan.border == "zero"):
        x, pads = bordered(x, pads, plan.border, 0), ((0, 0),) * len(pads)
    if not flat:
        return plan.windows(x), weight, plan.out
    if not strided:
        taps = [s * d for s, d in zip(x.strides[2:], plan.dilation, strict=True)]
        return _flattened(x, taps, weight, plan.out), weight, wide
    x, weight = _split(x, pads, plan.stride, sizes, plan.weight[2:]), _phases(weight, plan.stride)
    pairs = zip(x.strides[-len(sizes) :], x.strides[2:], strict=False)
    return _flattened(x, [n for pair in pairs for n in pair], weight, plan.out), weight, wide


def _flattened(x: Array, taps: list[int], weight: Array, out: Sizes) -> Array:
    """Windows (N, C, taps…, positions) on flattened channels, the taps at these steps in bytes."""
    ends = zip(out, x.strides[-len(out) :], strict=True)
    length = sum((o - 1) * s for o, s in ends) // x.itemsize + 1
    shape = (*x.shape[:2], *weight.shape[2:], length)
    strides = (*x.strides[:2], *taps, x.itemsize)
    return np.lib.stride_tricks.as_strided(x, shape, strides, writeable=False)


def _phases(weight: Array, stride: Sizes) -> Array:
    """The kernels by the phases b that their taps a s + b see: (C, copies, a, b, a, b, …).

    They are 0 where a kernel ends before its last phase.
    """
    kernel = weight.shape[2:]
    pairs = [(-(-k // s), min(s, k)) for k, s in zip(kernel, stride, strict=True)]
    longer = np.zeros((*weight.shape[:2], *map(prod, pairs)), dtype=weight.dtype)
    longer[at_end(map(slice, kernel))] = weight
    return longer.reshape(*weight.shape[:2], *(n for pair in pairs for n in pair))


def _split(x: Array, pads: Pads, stride: Sizes, sizes: Sizes, kernel: Sizes) -> Array:
    """The phases (N, C, b…, sizes…) of the input with zeros around it, those that the taps see."""
    seen = tuple(min(s, k) for s, k in zip(stride, kernel, strict=True))
    split = np.zeros((*x.shape[:2], *seen, *sizes), dtype=x.dtype)
    for phase in np.ndindex(seen):
        places, spots = [], []
        for b, s, n, (before, _) in zip(phase, stride, sizes, pads, strict=True):
            first = max(0, -(-(before - b) // s))  # what comes before lies on the padding
            start = first * s + b - before
            spots.append(slice(start, start + max(0, n - first) * s, s))
            places.append(first)
        part = x[at_end(spots)]
        into = (slice(f, f + n) for f, n in zip(places, part.shape[2:], strict=True))
        split[(slice(None), slice(None), *phase, *into)] = part
    return split
