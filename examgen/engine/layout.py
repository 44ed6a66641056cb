"""How arguments are laid out: channel axes, strides, paddings, and whether the windows fit."""

from collections.abc import Iterable, Sequence
from operator import index
from typing import Any, NamedTuple

import numpy as np

from examgen.engine.exact import Array, EngineError

Pads = tuple[tuple[int, int], ...]


def whole(operation: str, argument: str, value: Any, *, low: int) -> int:
    """``value`` as an int of at least ``low``."""
    try:
        number = index(value)
    except TypeError:
        number = low - 1
    if number < low or isinstance(value, bool):
        raise EngineError(
            f"{operation}: {argument} must be a whole number of at least {low}, not {value!r}"
        )
    return number


def flag(operation: str, argument: str, value: Any) -> bool:
    """``value``, which must be True or False."""
    if not isinstance(value, bool | np.bool_):
        raise EngineError(f"{operation}: {argument} must be True or False, not {value!r}")
    return bool(value)


def read_axes(operation: str, value: Any) -> int:
    """The number of spatial axes."""
    if whole(operation, "axes", value, low=1) > 3:
        raise EngineError(f"{operation}: axes must be 1, 2 or 3, not {value!r}")
    return index(value)


def per_axis(operation: str, argument: str, value: Any, *, low: int, axes: int) -> tuple[int, ...]:
    """A whole number for each spatial axis, from one number for all or one for each."""
    if type(value) is int and value >= low:
        return (value,) * axes
    if _is_row(value):
        if len(value) != axes:
            raise EngineError(
                f"{operation}: {argument} must be one number or {axes}, not {value!r}"
            )
        return tuple(whole(operation, argument, number, low=low) for number in value)
    return (whole(operation, argument, value, low=low),) * axes


def sizes_of(operation: str, argument: str, value: Any) -> tuple[int, ...]:
    """The sizes of a shape; of one axis also as a number."""
    given = value if _is_row(value) and not isinstance(value, str) else (value,)
    return tuple(whole(operation, argument, size, low=1) for size in given)


def paddings(operation: str, value: Any, *, axes: int) -> Pads:
    """(before, after) for each spatial axis.

    From one number; from one for each axis, each a number or a (before, after) pair; on one axis
    also from the pair itself.
    """
    if type(value) is int and value >= 0:
        return ((value, value),) * axes
    if axes == 1 and _is_row(value) and len(value) == 2:
        value = [value]
    if not _is_row(value):
        value = [value] * axes
    if len(value) != axes:
        raise EngineError(
            f"{operation}: padding must be one number, or a number or a (before, after) pair "
            f"for each of the {axes} axes, not {value!r}"
        )
    pairs = [per_axis(operation, "padding", entry, low=0, axes=2) for entry in value]
    return tuple((before, after) for before, after in pairs)


def _is_row(value: Any) -> bool:
    return isinstance(value, Sequence) or (isinstance(value, np.ndarray) and value.ndim == 1)


def at_end(spots: Iterable[slice]) -> tuple[Any, ...]:
    """The index that takes these slices of the last axes."""
    return (..., *spots)


def padded_sizes(
    operation: str, sizes: Sequence[int], kernel: Sequence[int], pads: Pads, dilation: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The padded sizes and the extents d(k - 1) + 1 of the kernel, which must not be larger."""
    padded = tuple(n + before + after for n, (before, after) in zip(sizes, pads, strict=True))
    extents = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    if any(extent > n for extent, n in zip(extents, padded, strict=True)):
        raise EngineError(
            f"{operation}: the kernel spans {by(extents)} (kernel {by(kernel)}, dilation "
            f"{by(dilation)}), more than the padded input of {by(padded)} (input {by(sizes)}, "
            f"padding {pads})"
        )
    return padded, extents


class Stamps(NamedTuple):
    """The geometry of a transposed convolution: how far its stamps reach, and what is kept of it.

    ``reach`` are the sizes that the stamps cover, ``out`` those of the output: less the padding
    (``pads``), and the widening more.
    """

    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    pads: Pads
    reach: tuple[int, ...]
    out: tuple[int, ...]


def read_stamps(
    operation: str,
    sizes: Sequence[int],
    kernel: Sequence[int],
    *,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
) -> Stamps:
    """The stamps of a kernel on an input of these sizes."""
    axes = len(sizes)
    steps = per_axis(operation, "stride", stride, low=1, axes=axes)
    spread = per_axis(operation, "dilation", dilation, low=1, axes=axes)
    extra = per_axis(operation, "output_padding", output_padding, low=0, axes=axes)
    pads = paddings(operation, padding, axes=axes)
    if any(e >= max(s, d) for e, s, d in zip(extra, steps, spread, strict=True)):
        raise EngineError(
            f"{operation}: output_padding {extra} must be less than the stride {steps} or the "
            f"dilation {spread}"
        )
    spans = zip(sizes, steps, spread, kernel, strict=True)
    reach = tuple((n - 1) * s + d * (k - 1) + 1 for n, s, d, k in spans)
    out = tuple(n - sum(pair) + e for n, pair, e in zip(reach, pads, extra, strict=True))
    if min(out) < 1:
        raise EngineError(f"{operation}: padding {pads} crops all of the {by(reach)} output away")
    return Stamps(steps, spread, pads, reach, out)


def by(sizes: Sequence[int]) -> str:
    """Sizes as a person writes them: ``3 × 4``."""
    return " × ".join(map(str, sizes))


LAYOUTS = {
    1: "(L), (C, L), (N, C, L)",
    2: "(H, W), (C, H, W), (N, C, H, W)",
    3: "(D, H, W), (C, D, H, W), (N, C, D, H, W)",
}


def shapes_with_channels(
    operation: str, x: tuple[int, ...], weight: tuple[int, ...], *, axes: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shapes (N, C, spatial…) and (A, B, spatial…), axes of size 1 put in front."""
    if not axes <= len(x) <= axes + 2:
        raise EngineError(f"{operation}: the input must be {LAYOUTS[axes]}; its shape is {x}")
    if len(weight) not in (axes, axes + 2):
        raise EngineError(
            f"{operation}: the weight must have {axes} or {axes + 2} axes; its shape is {weight}"
        )
    return (1,) * (axes + 2 - len(x)) + x, (1,) * (axes + 2 - len(weight)) + weight


def with_channels(operation: str, x: Array, weight: Array, *, axes: int) -> tuple[Array, Array]:
    """``x`` as (N, C, spatial…) and ``weight`` as (A, B, spatial…), axes of size 1 put in front."""
    full, kernels = shapes_with_channels(operation, x.shape, weight.shape, axes=axes)
    return x.reshape(full), weight.reshape(kernels)


def without_channels(operation: str, y: Array, *, given: Array, axes: int) -> Array:
    """``y`` (N, C, spatial…) with as many leading axes as the input that was given."""
    if given.ndim == axes and y.shape[1] != 1:
        raise EngineError(
            f"{operation}: {y.shape[1]} output channels need an input with a channel axis; "
            f"the input's shape is {given.shape}"
        )
    return y.reshape(y.shape[axes + 2 - given.ndim :])
