"""Where and how strongly the taps of a deformable layer read its input."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from examgen.engine.arithmetic import integers_below
from examgen.engine.exact import Array, EngineError, Kind, Operand, largest, read, unify
from examgen.engine.layout import padded_sizes, paddings, per_axis, with_channels

_BLOCK = 1024  # samples weighted at a time, so that they stay in the cache


@dataclass(frozen=True)
class Corner:
    """One of the four pixels around each sample: (N, G, L, k), G offset groups, L outputs, k taps.

    ``place`` is its flat index, H W where it lies outside; ``vertical`` and ``horizontal`` are the
    factors of its weight times the unit; ``down`` and ``right`` are 1 or -1, the slopes of these.
    """

    place: Array
    vertical: Array
    horizontal: Array
    down: int
    right: int

    @property
    def weight(self) -> Array:
        """The weight of the pixel, times the unit squared."""
        product: Array = self.vertical * self.horizontal
        return product


@dataclass(frozen=True)
class DeformableLayer:
    """The arguments of a deformable convolution, checked, and the corners that its taps read.

    ``x`` is (N, C_in, H, W), ``kernels`` (C_out, C_in / groups, kh, kw), ``mask`` (N, G, L, k) or
    None; ``over`` holds the denominator of each argument. A position is a whole number of
    1 / ``unit`` pixels; floats have unit 1, and fractional parts.
    """

    kind: Kind
    arrays: dict[str, Array]
    over: dict[str, int]
    x: Array
    kernels: Array
    mask: Array | None
    corners: tuple[Corner, ...]
    unit: int
    out: tuple[int, ...]

    @property
    def groups(self) -> int:
        """The groups of the weight."""
        return int(self.x.shape[1] // self.kernels.shape[1])

    def tables(self, values: Array) -> Array:
        """The pixels (N, G, H W + 1, C / G), a row of zeros at the end for those outside."""
        batch, groups = self.corners[0].place.shape[:2]
        channels, pixels = values.shape[1] // groups, values.shape[2] * values.shape[3]
        tables = np.zeros((batch, groups, pixels + 1, channels), dtype=values.dtype)
        tables[:, :, :pixels] = values.reshape(batch, groups, channels, pixels).swapaxes(2, 3)
        return tables

    def rows(self) -> Array:
        """The kernels as (groups, C_out / groups, k C_in / groups), taps before channels."""
        filters, inner = self.kernels.shape[:2]
        taps = self.kernels.reshape(filters, inner, -1).swapaxes(1, 2)
        return taps.reshape(self.groups, filters // self.groups, -1)

    def by_weight_group(self, samples: Array) -> Array:
        """Samples (N, G, L k, C / G) as (N, groups, L, k C / groups)."""
        batch, _, _, channels = samples.shape
        taps = self.kernels.shape[2] * self.kernels.shape[3]
        apart = samples.reshape(batch, -1, samples.shape[2] // taps, taps, channels)
        joined = apart.transpose(0, 2, 3, 1, 4).reshape(
            batch, apart.shape[2], taps, self.groups, -1
        )
        return joined.transpose(0, 3, 1, 2, 4).reshape(batch, self.groups, apart.shape[2], -1)

    def by_offset_group(self, samples: Array) -> Array:
        """The inverse of :meth:`by_weight_group`."""
        batch, _, outputs, _ = samples.shape
        offset_groups, taps = self.corners[0].place.shape[1], self.corners[0].place.shape[3]
        apart = samples.reshape(batch, self.groups, outputs, taps, -1)
        joined = apart.transpose(0, 2, 3, 1, 4).reshape(batch, outputs, taps, offset_groups, -1)
        return joined.transpose(0, 3, 1, 2, 4).reshape(batch, offset_groups, outputs * taps, -1)

    def sample(self, tables: Array, strengths: Sequence[Array]) -> Array:
        """The samples (N, G, L k, C / G): each corner's pixel times its strength, added up."""
        batch, groups, _, channels = tables.shape
        places = [corner.place.reshape(batch, groups, -1) for corner in self.corners]
        factors = [strength.reshape(batch, groups, -1, 1) for strength in strengths]
        samples = np.empty((batch, groups, places[0].shape[2], channels), dtype=tables.dtype)
        block = np.empty((_BLOCK, channels), dtype=tables.dtype)
        for n, g in np.ndindex(batch, groups):
            for start in range(0, samples.shape[2], _BLOCK):
                part = slice(start, start + _BLOCK)
                total = samples[n, g, part]
                pixels = block[: len(total)]
                for number, (place, factor) in enumerate(zip(places, factors, strict=True)):
                    into = pixels if number else total
                    np.take(tables[n, g], place[n, g, part], axis=0, out=into, mode="clip")
                    into *= factor[n, g, part]
                    if number:
                        total += pixels
        return samples


def read_layer(
    operation: str,
    arguments: dict[str, Any],
    *,
    stride: Any,
    padding: Any,
    dilation: Any,
) -> DeformableLayer:
    """The layer of the arguments input, offset, weight and more; mask and bias may be None."""
    given = {
        name: read(operation, name, value)
        for name, value in arguments.items()
        if value is not None or name not in ("mask", "bias")
    }
    steps = per_axis(operation, "stride", stride, low=1, axes=2)
    spread = per_axis(operation, "dilation", dilation, low=1, axes=2)
    pads = paddings(operation, padding, axes=2)
    kind, arrays, over = _unify(operation, given)
    x, kernels = with_channels(operation, arrays["input"], arrays["weight"], axes=2)
    padded, extents = padded_sizes(operation, x.shape[2:], kernels.shape[2:], pads, spread)
    out = tuple((n - e) // s + 1 for n, e, s in zip(padded, extents, steps, strict=True))
    offsets, mask = _by_tap(operation, arrays, x, kernels, out)
    origins = [
        np.arange(o)[:, None] * s + np.arange(k) * d - before
        for o, s, k, d, (before, _) in zip(out, steps, kernels.shape[2:], spread, pads, strict=True)
    ]
    corners = _corners(offsets, origins, over["offset"], x.shape[2:])
    return DeformableLayer(kind, arrays, over, x, kernels, mask, corners, over["offset"], out)


def _unify(
    operation: str, given: dict[str, Operand]
) -> tuple[Kind, dict[str, Array], dict[str, int]]:
    """As ``unify``; among symbols the offset alone stays numbers, over its own denominator."""
    kind, arrays, over = unify(*given.values())
    named, common = dict(zip(given, arrays, strict=True)), dict(zip(given, over, strict=True))
    if kind == "symbol":
        if given["offset"].kind not in ("integer", "rational"):
            raise EngineError(f"{operation}: with symbols the offset must be integers or Fractions")
        _, (named["offset"],), (common["offset"],) = unify(given["offset"])
    return kind, named, common


def _by_tap(
    operation: str, arrays: dict[str, Array], x: Array, weight: Array, out: tuple[int, ...]
) -> tuple[Array, Array | None]:
    """The offsets (N, G, 2, L, k) and the mask (N, G, L, k) or None, checked."""
    taps = weight.shape[2] * weight.shape[3]
    batch, channels = x.shape[:2]
    shape = (batch,) if arrays["input"].ndim == 4 else ()
    offset, mask = arrays["offset"], arrays.get("mask")
    groups = max(1, offset.shape[-3] // (2 * taps)) if offset.ndim >= 3 else 1
    wanted = {"offset": (*shape, 2 * groups * taps, *out), "mask": (*shape, groups * taps, *out)}
    for name, array in (("offset", offset), ("mask", mask)):
        if array is not None and array.shape != wanted[name]:
            raise EngineError(
                f"{operation}: the {name} must have shape {wanted[name]} (kernel "
                f"{weight.shape[2:]}, output {out}); its shape is {array.shape}"
            )
    if channels % groups:
        raise EngineError(
            f"{operation}: the {groups} offset groups of the offset {offset.shape} must divide "
            f"the {channels} channels of the input {x.shape}"
        )
    if channels % weight.shape[1] or len(weight) % (channels // weight.shape[1]):
        raise EngineError(
            f"{operation}: a weight of shape {weight.shape} does not fit the input's {channels} "
            f"channels (shape {x.shape})"
        )
    return (
        offset.reshape(batch, groups, taps, 2, -1).transpose(0, 1, 3, 4, 2),
        None if mask is None else mask.reshape(batch, groups, taps, -1).swapaxes(2, 3),
    )


def _corners(
    offsets: Array, origins: list[Array], unit: int, size: tuple[int, ...]
) -> tuple[Corner, ...]:
    """The four corners; ``origins`` are the rows (oh, kh) and columns (ow, kw) without offsets."""
    rows, columns = origins
    shape = (len(rows), len(columns), rows.shape[1], columns.shape[1])
    grid = np.stack(
        [
            np.broadcast_to(rows[:, None, :, None], shape).reshape(offsets.shape[3:]),
            np.broadcast_to(columns[None, :, None, :], shape).reshape(offsets.shape[3:]),
        ]
    )
    if offsets.dtype.kind != "f":
        reach = largest(offsets) + (largest(grid) + 1) * unit
        (offsets,) = integers_below(max(reach, unit**2), offsets)  # a weight is up to unit squared
    position = offsets + grid.astype(offsets.dtype, copy=False) * unit
    cell = position // unit
    part = position - cell * unit
    near = [  # a cell further out than 2 pixels reads zeros, wherever it is
        np.clip(cell[:, :, axis], -2, size[axis] + 1).astype(np.intp) for axis in (0, 1)
    ]
    corners = []
    for down, right in np.ndindex(2, 2):
        row, column = near[0] + down, near[1] + right
        inside = (row >= 0) & (row < size[0]) & (column >= 0) & (column < size[1])
        place = np.where(inside, row * size[1] + column, size[0] * size[1])
        vertical, horizontal = (
            part[:, :, axis] if far else unit - part[:, :, axis]
            for axis, far in enumerate((down, right))
        )
        corners.append(Corner(place, vertical, horizontal, 2 * down - 1, 2 * right - 1))
    return tuple(corners)
