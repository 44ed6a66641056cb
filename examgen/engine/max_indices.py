"""Where the maxima of a pooling layer lie, and unpooling, which puts values back there."""

from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError, Operand, read, unify
from examgen.engine.layout import per_axis
from examgen.engine.pool import comparable_windows
from examgen.engine.windows import Windows, read_images


def max_pool2d_indices(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The place of the largest value of each window: row times W plus column, in its own channel.

    Of equal values the first in row-major order is taken. Shapes, units and errors as in
    ``max_pool2d``; the result is int64.

    Source: PyTorch 2, ``torch.nn.MaxPool2d(return_indices=True)``.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return _indices("max_pool2d_indices", x, kernel_size, options, axes=2)


def max_pool1d_indices(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The place of the largest value of each window of a signal (L,), (C, L) or (N, C, L).

    All else as in :func:`max_pool2d_indices`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return _indices("max_pool1d_indices", x, kernel_size, options, axes=1)


def max_pool3d_indices(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Array:
    """The place of the largest value of each window of a volume, in row-major order of D, H, W.

    All else as in :func:`max_pool2d_indices`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return _indices("max_pool3d_indices", x, kernel_size, options, axes=3)


def max_unpool2d(y: Any, indices: Any, *, size: Any) -> Array:
    """The image that holds each value of ``y`` at its index, and 0 elsewhere.

    Shapes: ``y`` and ``indices`` (oh, ow), (C, oh, ow) or (N, C, oh, ow), the indices as from
    :func:`max_pool2d_indices`; the output has spatial axes ``size``, one number or (H, W).

    Exact for integers and Fractions; symbols are placed as they are. Raises EngineError (a
    ValueError) for shapes that differ, indices off the image, and an index that is given two
    different values (of windows that overlap, the maxima in one place are equal).

    Source: PyTorch 2, ``torch.nn.MaxUnpool2d``, which leaves the last case undefined.
    """
    return _unpool("max_unpool2d", y, indices, size, axes=2)


def max_unpool1d(y: Any, indices: Any, *, size: Any) -> Array:
    """The signal that holds each value of ``y`` at its index, and 0 elsewhere.

    Shapes: ``y`` and ``indices`` (l,), (C, l) or (N, C, l). All else as in :func:`max_unpool2d`.
    """
    return _unpool("max_unpool1d", y, indices, size, axes=1)


def max_unpool3d(y: Any, indices: Any, *, size: Any) -> Array:
    """The volume that holds each value of ``y`` at its index, and 0 elsewhere.

    Shapes: ``y`` and ``indices`` (od, oh, ow), (C, od, oh, ow) or (N, C, od, oh, ow). All else as
    in :func:`max_unpool2d`.
    """
    return _unpool("max_unpool3d", y, indices, size, axes=3)


def _indices(
    operation: str, x: Any, kernel_size: Any, options: dict[str, Any], *, axes: int
) -> Array:
    operand = read_images(operation, "input", x, axes=axes)
    windows = comparable_windows(operation, operand, kernel_size, options, axes=axes)
    _, (values,), _ = unify(operand)
    return first_maxima(windows, values)


def first_maxima(windows: Windows, values: Array) -> Array:
    """The index of the first largest value of each window: (…, *out)."""
    lead = values.shape[: values.ndim - len(windows.size)]
    best = np.full((*lead, *windows.out), -1, dtype=np.int64)
    top = np.full(best.shape, values.min(), dtype=values.dtype)
    taps = windows.taps(values, filler=values.min())
    for tap, place in zip(taps, windows.places(), strict=True):
        wins = (place >= 0) & ((best < 0) | (tap > top))
        best = np.where(wins, place, best)
        top = np.where(wins, tap, top)
    return best


def _unpool(operation: str, y: Any, indices: Any, size: Any, *, axes: int) -> Array:
    operand = read_images(operation, "input", y, axes=axes)
    sizes = per_axis(operation, "size", size, low=1, axes=axes)
    values = operand.values
    lead = values.shape[: values.ndim - axes]
    places = _places(operation, operand, read(operation, "indices", indices), sizes)
    flat = values.reshape(-1, places.shape[1])
    result = np.zeros((len(flat), int(np.prod(sizes))), dtype=values.dtype)
    np.put_along_axis(result, places, flat, axis=1)
    if (np.take_along_axis(result, places, axis=1) != flat).any():
        raise EngineError(f"{operation}: the indices give one place two different values")
    return result.reshape(*lead, *sizes)


def _places(operation: str, operand: Operand, indices: Operand, sizes: tuple[int, ...]) -> Array:
    """The indices as (channels, windows), checked."""
    shape, pixels = operand.values.shape, int(np.prod(sizes))
    places = indices.values
    if indices.kind != "integer" or places.shape != shape:
        raise EngineError(
            f"{operation}: the indices must be integers of the input's shape {shape}; they are "
            f"{indices.kind} of shape {places.shape}"
        )
    if (places < 0).any() or (places >= pixels).any():
        raise EngineError(
            f"{operation}: the indices must lie in 0 to {pixels - 1} for the size {sizes}"
        )
    windows = int(np.prod(shape[len(shape) - len(sizes) :]))
    return places.astype(np.int64).reshape(-1, windows)
