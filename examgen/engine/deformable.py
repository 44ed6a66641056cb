"""Deformable convolution: every tap of every window reads the image where its offset says."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from examgen.engine.exact import (
    Array,
    EngineError,
    Kind,
    Operand,
    add,
    integers_below,
    largest,
    matmul,
    objects,
    read,
    restore,
    sums_of_products,
    total,
    unify,
    whole_if_integral,
)
from examgen.engine.layout import padded_sizes, paddings, per_axis, with_channels, without_channels

_NAME = "deform_conv2d"


def deform_conv2d(
    x: Any,
    offset: Any,
    weight: Any,
    mask: Any = None,
    *,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
) -> Array:
    """The deformable convolution of an input: version 1, or version 2 where a mask is given.

    Shapes: ``x`` (H, W), (C_in, H, W) or (N, C_in, H, W); ``weight`` (kh, kw) or
    (C_out, C_in / groups, kh, kw); ``offset`` (2 G kh kw, oh, ow) with the batch axis of ``x`` if
    it has one: for each of the G offset groups and each tap in row-major order, the pair
    (dy, dx); ``mask`` (G kh kw, oh, ow) likewise; ``bias`` (C_out,). ``groups`` and G follow from
    the shapes. The output is that of ``conv2d``.

    Units: offsets in pixels, down and right. Tap (i, j) of output (r, c) reads the bilinear sample
    at row r stride - padding + i dilation + dy; each corner of it outside the image counts 0.

    Exact for integers and Fractions; ``x``, ``weight``, ``mask`` and ``bias`` may be symbols,
    ``offset`` may not. Raises EngineError (a ValueError) for shapes that do not fit and NaN.

    Source: Dai et al., "Deformable convolutional networks" (2017); Zhu et al., "Deformable ConvNets
    v2" (2019); the layout is that of ``torchvision.ops.deform_conv2d``.
    """
    operands = {"input": x, "offset": offset, "weight": weight, "mask": mask, "bias": bias}
    given = {name: read(_NAME, name, v) for name, v in operands.items() if v is not None}
    steps = per_axis(_NAME, "stride", stride, low=1, axes=2)
    spread = per_axis(_NAME, "dilation", dilation, low=1, axes=2)
    pads = paddings(_NAME, padding, axes=2)
    kind, arrays, over = _unify(given)
    full, kernels = with_channels(_NAME, arrays["input"], arrays["weight"], axes=2)
    padded, extents = padded_sizes(_NAME, full.shape[2:], kernels.shape[2:], pads, spread)
    out = tuple((n - e) // s + 1 for n, e, s in zip(padded, extents, steps, strict=True))
    taps = _taps(arrays, given["input"].values.ndim, full, kernels, out)
    origin = np.stack(
        _regular_grid(kernels.shape[2:], out, steps, spread, (pads[0][0], pads[1][0]))
    )
    columns, denominator = _sample(kind, full, taps, origin, over)
    y = _contract(kind, kernels, columns, full.shape[1]).reshape(len(full), len(kernels), *out)
    denominator *= over["weight"]
    if bias is not None:
        y, denominator = _add_bias(kind, y, denominator, arrays["bias"], over["bias"])
    return without_channels(_NAME, restore(y, denominator, kind), given=arrays["input"], axes=2)


def _unify(given: dict[str, Operand]) -> tuple[Kind, dict[str, Array], dict[str, int]]:
    """As ``unify``; among symbols the offset alone stays numbers, over its own denominator."""
    kind, arrays, over = unify(*given.values())
    named, common = dict(zip(given, arrays, strict=True)), dict(zip(given, over, strict=True))
    if kind == "symbol":
        if given["offset"].kind not in ("integer", "rational"):
            raise EngineError(f"{_NAME}: with symbols the offset must be integers or Fractions")
        _, (named["offset"],), (common["offset"],) = unify(given["offset"])
    return kind, named, common


@dataclass(frozen=True)
class _Taps:
    """Where and how strongly the taps read: offsets (N, G, k, 2, L), mask (N, G, k, L) or None."""

    offsets: Array
    mask: Array | None


def _taps(
    arrays: dict[str, Array], axes: int, x: Array, weight: Array, out: tuple[int, ...]
) -> _Taps:
    taps = weight.shape[2] * weight.shape[3]
    batch, channels = x.shape[:2]
    shape = (batch,) if axes == 4 else ()
    offset, mask = arrays["offset"], arrays.get("mask")
    groups = max(1, offset.shape[-3] // (2 * taps)) if offset.ndim >= 3 else 1
    wanted = {"offset": (*shape, 2 * groups * taps, *out), "mask": (*shape, groups * taps, *out)}
    for name, array in (("offset", offset), ("mask", mask)):
        if array is not None and array.shape != wanted[name]:
            raise EngineError(
                f"{_NAME}: the {name} must have shape {wanted[name]} (kernel {weight.shape[2:]}, "
                f"output {out}); its shape is {array.shape}"
            )
    if channels % groups:
        raise EngineError(
            f"{_NAME}: the {groups} offset groups of the offset {offset.shape} must divide the "
            f"{channels} channels of the input {x.shape}"
        )
    if channels % weight.shape[1] or len(weight) % (channels // weight.shape[1]):
        raise EngineError(
            f"{_NAME}: a weight of shape {weight.shape} does not fit the input's {channels} "
            f"channels (shape {x.shape})"
        )
    return _Taps(
        offset.reshape(batch, groups, taps, 2, -1),
        None if mask is None else mask.reshape(batch, groups, taps, -1),
    )


def _regular_grid(
    kernel: tuple[int, ...],
    out: tuple[int, ...],
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    before: tuple[int, int],
) -> list[Array]:
    """The rows and the columns (k, L) that the taps of an undeformed convolution read."""
    places = [
        np.arange(k)[:, None] * d + np.arange(o) * s - p
        for k, o, s, d, p in zip(kernel, out, stride, dilation, before, strict=True)
    ]
    shape = (*kernel, *out)
    rows = np.broadcast_to(places[0][:, None, :, None], shape)
    columns = np.broadcast_to(places[1][None, :, None, :], shape)
    return [rows.reshape(kernel[0] * kernel[1], -1), columns.reshape(kernel[0] * kernel[1], -1)]


def _sample(
    kind: Kind,
    x: Array,
    taps: _Taps,
    origin: Array,
    over: dict[str, int],
) -> tuple[Array, int]:
    """The values read, (N, C, k, L), and the denominator they are over.

    A position is a whole number of 1/unit pixels; floats have unit 1, and fractional parts.
    """
    unit = over["offset"]
    offsets = taps.offsets
    if offsets.dtype.kind != "f":
        bound = largest(offsets) + (largest(origin) + 1) * unit
        (offsets,) = integers_below(bound, offsets)
    position = offsets + origin.swapaxes(0, 1) * unit
    cell = position // unit
    corners = _corners(cell, position - cell * unit, unit, x.shape[2:])
    if kind == "symbol":
        return _sample_symbols(x, corners, taps.mask, unit), 1
    batch, groups = offsets.shape[:2]
    pixels = x.reshape(batch, groups, x.shape[1] // groups, -1)
    weights = [weight for _, _, weight in corners]
    mask = np.ones(1, dtype=np.int64) if taps.mask is None else taps.mask
    if kind != "float":
        bound = unit * unit * largest(x) * largest(mask)
        pixels, mask, *weights = integers_below(max(bound, unit * unit), pixels, mask, *weights)
    values: Any = 0
    for (inside, place, _), weight in zip(corners, weights, strict=True):
        read_values = np.take_along_axis(
            pixels, place.reshape(batch, groups, 1, -1), axis=3
        ).reshape(*pixels.shape[:3], *place.shape[2:])
        values = values + read_values * (weight * inside)[:, :, None]
    if taps.mask is not None:
        values = values * mask[:, :, None]
    denominator = over["input"] * unit * unit * over.get("mask", 1)
    return values.reshape(batch, x.shape[1], *values.shape[3:]), denominator


def _corners(
    cell: Array, part: Array, unit: int, size: tuple[int, ...]
) -> list[tuple[Array, Array, Array]]:
    """For each of the four corners: is it inside, its flat index, its weight times unit squared."""
    corners = []
    for down, right in np.ndindex(2, 2):
        row, column = cell[..., 0, :] + down, cell[..., 1, :] + right
        inside = (row >= 0) & (row < size[0]) & (column >= 0) & (column < size[1])
        place = np.clip(row, 0, size[0] - 1) * size[1] + np.clip(column, 0, size[1] - 1)
        vertical = part[..., 0, :] if down else unit - part[..., 0, :]
        horizontal = part[..., 1, :] if right else unit - part[..., 1, :]
        corners.append((inside, place.astype(np.intp), vertical * horizontal))
    return corners


def _sample_symbols(
    x: Array, corners: list[tuple[Array, Array, Array]], mask: Array | None, unit: int
) -> Array:
    """The values read as formulas; None where all corners with a weight are outside."""
    batch, channels, height, width = x.shape
    groups, taps, positions = corners[0][0].shape[1:]
    pixels = x.reshape(batch, channels, height * width)
    flat = []
    for n, channel, tap, position in np.ndindex(batch, channels, taps, positions):
        spot = (n, channel * groups // channels, tap, position)
        terms = [
            (
                whole_if_integral(Fraction(int(weight[spot]), unit * unit)),
                pixels[n, channel, place[spot]],
            )
            for inside, place, weight in corners
            if inside[spot] and weight[spot]
        ]
        value = total(weight * pixel for weight, pixel in terms) if terms else None
        flat.append(value if mask is None or value is None else value * mask[spot])
    return objects(flat, (batch, channels, taps, positions))


def _contract(kind: Kind, weight: Array, columns: Array, channels: int) -> Array:
    groups = channels // weight.shape[1]
    batch, positions = len(columns), columns.shape[-1]
    columns = columns.reshape(batch, groups, -1, positions)
    rows = weight.reshape(groups, len(weight) // groups, -1)
    return sums_of_products(rows, columns) if kind == "symbol" else matmul(rows, columns)


def _add_bias(
    kind: Kind, y: Array, denominator: int, bias: Array, bias_over: int
) -> tuple[Array, int]:
    if bias.size != y.shape[1] or bias.ndim > 1:
        raise EngineError(
            f"{_NAME}: the bias must have one number for each of the {y.shape[1]} filters; its "
            f"shape is {bias.shape}"
        )
    column = bias.reshape(-1, 1, 1)
    if kind in ("integer", "rational"):
        return add(y, denominator, column, bias_over)
    return y + column, 1
