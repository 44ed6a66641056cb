"""The plan of a layer: all that follows from its shapes and options, checked once and kept."""

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError
from examgen.engine.layout import Pads, padded_sizes, per_axis, shapes_with_channels, whole
from examgen.engine.padding import check_border, named_pads, read_padding

GATHERED = 2**14  # entries of the largest gather index that is kept

Sizes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The geometry of one layer on inputs of one shape.

    ``input`` is (N, C, spatial…), ``weight`` (C_out, C / groups, spatial…), ``output`` the shape
    the caller gets. ``index``, for small layers, says where each tap of each window lies in the
    flattened padded (C, spatial…): (C × taps, positions).
    """

    input: Sizes
    weight: Sizes
    output: Sizes
    stride: Sizes
    dilation: Sizes
    groups: int
    pads: Pads
    border: str
    padded: Sizes
    is_padded: bool
    out: Sizes
    positions: int
    index: Array | None

    def windows(self, x: Array) -> Array:
        """A strided view (N, C, kernel…, out…) of the padded input."""
        spatial = x.strides[2:]
        taps = [s * d for s, d in zip(spatial, self.dilation, strict=True)]
        steps = [s * step for s, step in zip(spatial, self.stride, strict=True)]
        return np.lib.stride_tricks.as_strided(
            x,
            (*x.shape[:2], *self.weight[2:], *self.out),
            (*x.strides[:2], *taps, *steps),
            writeable=False,
        )


def plan_for(
    operation: str,
    x: Sizes,
    weight: Sizes,
    *,
    axes: int,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: Any,
    border: Any,
) -> Plan:
    """The plan of a layer for an input and a weight of these shapes."""
    return _plan(
        operation,
        axes,
        x,
        weight,
        per_axis(operation, "stride", stride, low=1, axes=axes),
        read_padding(operation, padding, axes=axes),
        per_axis(operation, "dilation", dilation, low=1, axes=axes),
        groups if type(groups) is int else whole(operation, "groups", groups, low=1),
        border if type(border) is str else repr(border),
    )


@lru_cache(maxsize=256)
def _plan(
    operation: str,
    axes: int,
    x: Sizes,
    weight: Sizes,
    stride: Sizes,
    padding: Pads | str,
    dilation: Sizes,
    groups: int,
    border: str,
) -> Plan:
    full, kernels = shapes_with_channels(operation, x, weight, axes=axes)
    check_channels(operation, full, kernels, whole(operation, "groups", groups, low=1))
    sizes, kernel = full[2:], kernels[2:]
    if isinstance(padding, str):
        extents = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
        padding = named_pads(padding, sizes, extents, stride)
    check_border(operation, border, padding, sizes)
    padded, spans = padded_sizes(operation, sizes, kernel, padding, dilation)
    out = tuple((n - e) // s + 1 for n, e, s in zip(padded, spans, stride, strict=True))
    output = (full[0], kernels[0], *out)[axes + 2 - len(x) :]
    if len(x) == axes and kernels[0] != 1:
        raise EngineError(
            f"{operation}: {kernels[0]} output channels need an input with a channel axis; "
            f"the input's shape is {x}"
        )
    taps, positions = full[1] * prod(kernel), prod(out)
    small = full[1] * prod(padded) <= GATHERED and taps * positions <= GATHERED
    return Plan(
        input=full,
        weight=kernels,
        output=output,
        stride=stride,
        dilation=dilation,
        groups=groups,
        pads=padding,
        border=border,
        padded=padded,
        is_padded=padded != sizes,
        out=out,
        positions=positions,
        index=_gather_index((full[1], *padded), kernel, stride, dilation, out) if small else None,
    )


def check_channels(operation: str, x: Sizes, weight: Sizes, groups: int) -> None:
    """Raises an EngineError where the groups do not divide the channels, or the weight misfits."""
    if x[1] % groups or weight[0] % groups:
        raise EngineError(
            f"{operation}: groups = {groups} must divide the {x[1]} input channels "
            f"and the {weight[0]} filters"
        )
    if weight[1] * groups != x[1]:
        raise EngineError(
            f"{operation}: with groups = {groups} the weight of shape {weight} needs "
            f"{weight[1] * groups} input channels; the input's shape is {x}"
        )


def _gather_index(shape: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes, out: Sizes) -> Array:
    """Where each tap of each window lies in the flattened (C, spatial…): (C taps, positions)."""
    axes = len(kernel)
    index = np.arange(shape[0]).reshape(-1, *(1,) * (2 * axes))
    for axis in range(axes):
        places = np.arange(kernel[axis])[:, None] * dilation[axis]
        places = places + np.arange(out[axis]) * stride[axis]
        around = [1] * (2 * axes + 1)
        around[1 + axis], around[1 + axes + axis] = places.shape
        index = index * shape[1 + axis] + places.reshape(around)
    return index.reshape(shape[0] * prod(kernel), prod(out))
