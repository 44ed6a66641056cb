"""Windows on an input: where the taps of a pooling or convolution layer lie, on any axes."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError, Operand, read
from examgen.engine.layout import LAYOUTS, Pads, flag, padded_sizes, paddings, per_axis

Sizes = tuple[int, ...]


def read_images(operation: str, argument: str, value: Any, *, axes: int) -> Operand:
    """An operand with ``axes`` spatial axes, and up to two leading ones."""
    operand = read(operation, argument, value)
    if not axes <= operand.values.ndim <= axes + 2:
        raise EngineError(
            f"{operation}: the {argument} must be {LAYOUTS[axes]}; its shape is "
            f"{operand.values.shape}"
        )
    return operand


def check_upstream(operation: str, dy: Array, x: Array, filters: int, out: Sequence[int]) -> Array:
    """``dy`` as (N, C_out, spatial…), once its shape is that of the output for the input ``x``."""
    lead = x.ndim - len(out)
    wanted = (*((len(x),) if lead == 2 else ()), *((filters,) if lead else ()), *out)
    if dy.shape != wanted or (not lead and filters != 1):
        raise EngineError(
            f"{operation}: dy must have the output's shape {wanted} (input {x.shape}, {filters} "
            f"filters); its shape is {dy.shape}"
        )
    return dy.reshape(-1, filters, *out)


class Windows:
    """Where the windows of a layer lie along each spatial axis of its input."""

    def __init__(
        self,
        operation: str,
        size: Sequence[int],
        kernel_size: Any,
        *,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        ceil_mode: bool = False,
    ) -> None:
        self.size: Sizes = tuple(size)
        axes = len(self.size)
        self.kernel = per_axis(operation, "kernel_size", kernel_size, low=1, axes=axes)
        stride = self.kernel if stride is None else stride
        self.stride = per_axis(operation, "stride", stride, low=1, axes=axes)
        self.dilation = per_axis(operation, "dilation", dilation, low=1, axes=axes)
        self.pads: Pads = paddings(operation, padding, axes=axes)
        padded, extents = padded_sizes(operation, self.size, self.kernel, self.pads, self.dilation)
        ceil_mode = flag(operation, "ceil_mode", ceil_mode)
        self.out: Sizes = tuple(
            _window_count(*axis, ceil_mode)
            for axis in zip(self.size, padded, extents, self.stride, self.pads, strict=True)
        )
        self._reach: Sizes = tuple(
            (o - 1) * s + extent
            for o, s, extent in zip(self.out, self.stride, extents, strict=True)
        )

    def counts(self, *, inside: bool) -> Array:
        """How many taps of each window lie on the input (or on its padding too): shape ``out``."""
        sizes: Array = np.ones((), dtype=np.int64)
        for axis, size in enumerate(self.size):
            low, high = (0, 0) if inside else self.pads[axis]
            places = self._places(axis)
            within = (places >= -low) & (places < size + high)
            sizes = sizes[..., None] * within.sum(axis=0)
        return sizes

    def places(self) -> Array:
        """The row-major index of each tap of each window, -1 off the input: (taps, *out)."""
        flat: Array = np.zeros((), dtype=np.int64)
        off: Array = np.zeros((), dtype=bool)
        axes = len(self.size)
        for axis, size in enumerate(self.size):
            shape = [1] * (2 * axes)
            shape[axis], shape[axes + axis] = self.kernel[axis], self.out[axis]
            places = self._places(axis).reshape(shape)
            off = off | (places < 0) | (places >= size)
            flat = flat * size + places
        return np.where(off, -1, flat).reshape(-1, *self.out)

    def taps(self, values: Array, *, filler: Any) -> list[Array]:
        """One array (…, *out) for each tap of the window, with the filler off the input."""
        into, of = self._overlap()
        if all(part == slice(0, reach) for part, reach in zip(into, self._reach, strict=True)):
            padded = values[(..., *of)]
        else:
            lead = values.shape[: values.ndim - len(self.size)]
            padded = np.full((*lead, *self._reach), filler, dtype=values.dtype)
            padded[(..., *into)] = values[(..., *of)]
        return [padded[(..., *part)] for part in self._tap_slices()]

    def scatter(self, parts: Sequence[Array]) -> Array:
        """The transpose of :meth:`taps`: each part (…, *out) added where its tap lies."""
        lead = parts[0].shape[: parts[0].ndim - len(self.size)]
        canvas = np.zeros((*lead, *self._reach), dtype=parts[0].dtype)
        for tap, part in zip(self._tap_slices(), parts, strict=True):
            canvas[(..., *tap)] += part
        into, of = self._overlap()
        result = np.zeros((*lead, *self.size), dtype=canvas.dtype)
        result[(..., *of)] = canvas[(..., *into)]
        return result

    def _places(self, axis: int) -> Array:
        """The coordinate of each tap of each window on one axis: (kernel, out)."""
        starts = np.arange(self.out[axis]) * self.stride[axis] - self.pads[axis][0]
        return np.arange(self.kernel[axis])[:, None] * self.dilation[axis] + starts

    def _overlap(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Where the input lies in what the windows reach, and how much of it they reach."""
        lengths = [
            max(0, min(size, reach - before))
            for size, reach, (before, _) in zip(self.size, self._reach, self.pads, strict=True)
        ]
        starts = [before for before, _ in self.pads]
        into = tuple(slice(b, b + n) for n, b in zip(lengths, starts, strict=True))
        return into, tuple(slice(0, n) for n in lengths)

    def _tap_slices(self) -> Iterator[tuple[Any, ...]]:
        for tap in np.ndindex(*self.kernel):
            starts = [t * d for t, d in zip(tap, self.dilation, strict=True)]
            yield tuple(
                slice(start, start + (o - 1) * s + 1, s)
                for start, o, s in zip(starts, self.out, self.stride, strict=True)
            )


def _window_count(
    size: int, padded: int, extent: int, stride: int, pad: tuple[int, int], ceil_mode: bool
) -> int:
    if not ceil_mode:
        return (padded - extent) // stride + 1
    count = -((extent - padded) // stride) + 1
    return count - 1 if (count - 1) * stride >= size + pad[0] else count
