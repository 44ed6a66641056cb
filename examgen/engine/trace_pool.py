"""The working behind one value of a pooling layer: the pixels of its window."""

from typing import Any

import numpy as np

from examgen.engine.exact import EngineError
from examgen.engine.layout import flag, per_axis, whole
from examgen.engine.trace_forms import Index, Term, Trace
from examgen.engine.trace_reading import (
    Image,
    Taps,
    read_image,
    read_index,
    read_options,
    read_taps,
)


def trace_max_pool2d(x: Any, kernel_size: Any, *, at: Any, **options: Any) -> Trace:
    """The candidates for one value of ``max_pool2d``, and which of them is the largest.

    ``options`` are stride, padding, dilation and ceil_mode; ``at`` and the errors are as in
    :func:`trace_conv2d`. Where several are largest, the first is the winner. Global pooling is
    the same with a kernel of the size of the image.
    """
    return _largest("trace_max_pool2d", 2, x, kernel_size, at, options)


def trace_max_pool1d(x: Any, kernel_size: Any, *, at: Any, **options: Any) -> Trace:
    """The candidates for one value of ``max_pool1d``; else as in :func:`trace_max_pool2d`."""
    return _largest("trace_max_pool1d", 1, x, kernel_size, at, options)


def trace_max_pool3d(x: Any, kernel_size: Any, *, at: Any, **options: Any) -> Trace:
    """The candidates for one value of ``max_pool3d``; else as in :func:`trace_max_pool2d`."""
    return _largest("trace_max_pool3d", 3, x, kernel_size, at, options)


def trace_avg_pool2d(x: Any, kernel_size: Any, *, at: Any, **options: Any) -> Trace:
    """The pixels whose mean is one value of ``avg_pool2d``, and what their sum is divided by.

    ``options`` are stride, padding, ceil_mode and count_include_pad; ``at`` and the errors are as
    in :func:`trace_conv2d`. Global pooling is the same with a kernel of the size of the image.
    """
    return _mean("trace_avg_pool2d", 2, x, kernel_size, at, options)


def trace_avg_pool1d(x: Any, kernel_size: Any, *, at: Any, **options: Any) -> Trace:
    """The pixels whose mean is one value of ``avg_pool1d``; else :func:`trace_avg_pool2d`."""
    return _mean("trace_avg_pool1d", 1, x, kernel_size, at, options)


def trace_avg_pool3d(x: Any, kernel_size: Any, *, at: Any, **options: Any) -> Trace:
    """The pixels whose mean is one value of ``avg_pool3d``; else :func:`trace_avg_pool2d`."""
    return _mean("trace_avg_pool3d", 3, x, kernel_size, at, options)


def trace_lp_pool2d(x: Any, kernel_size: Any, *, at: Any, power: int, **options: Any) -> Trace:
    """The pixels whose p-norm is one value of ``lp_pool2d``, with p = ``power``.

    ``options`` are stride, padding and ceil_mode; ``at`` and the errors are as in
    :func:`trace_conv2d`, and as in ``lp_pool2d`` where the norm of exact numbers is irrational.
    """
    return _norm("trace_lp_pool2d", 2, x, kernel_size, at, power, options)


def trace_lp_pool1d(x: Any, kernel_size: Any, *, at: Any, power: int, **options: Any) -> Trace:
    """The pixels whose p-norm is one value of ``lp_pool1d``; else :func:`trace_lp_pool2d`."""
    return _norm("trace_lp_pool1d", 1, x, kernel_size, at, power, options)


def trace_lp_pool3d(x: Any, kernel_size: Any, *, at: Any, power: int, **options: Any) -> Trace:
    """The pixels whose p-norm is one value of ``lp_pool3d``; else :func:`trace_lp_pool2d`."""
    return _norm("trace_lp_pool3d", 3, x, kernel_size, at, power, options)


def _largest(
    name: str, axes: int, x: Any, kernel_size: Any, at: Any, given: dict[str, Any]
) -> Trace:
    options = read_options(name, given, stride=None, padding=0, dilation=1, ceil_mode=False)
    image, taps, index = _window(name, axes, x, kernel_size, at, options)
    _need_numbers(name, image)
    terms, outside = _pixels(image, taps, index)
    if not terms:
        raise EngineError(
            f"{name}: padding leaves the window of {index[image.missing :]} nothing but padding"
        )
    return Trace(name, index[image.missing :], tuple(terms), outside, rule="max")


def _mean(name: str, axes: int, x: Any, kernel_size: Any, at: Any, given: dict[str, Any]) -> Trace:
    known = {"stride": None, "padding": 0, "ceil_mode": False, "count_include_pad": True}
    options = read_options(name, given, **known)
    image, taps, index = _window(name, axes, x, kernel_size, at, options | {"dilation": 1})
    terms, outside = _pixels(image, taps, index)
    ends = [n + after for n, (_, after) in zip(image.sizes, taps.pads, strict=True)]
    spots = [taps.spot(index[2:], tap) for tap in np.ndindex(taps.kernel)]
    counted = sum(all(p < end for p, end in zip(spot, ends, strict=True)) for spot in spots)
    divisor = (
        counted if flag(name, "count_include_pad", options["count_include_pad"]) else len(terms)
    )
    at = index[image.missing :]
    if not divisor:
        raise EngineError(f"{name}: padding leaves the window of {at} no pixel to count")
    return Trace(name, at, tuple(terms), outside, rule="mean", divisor=divisor)


def _norm(
    name: str, axes: int, x: Any, kernel_size: Any, at: Any, power: int, given: dict[str, Any]
) -> Trace:
    options = read_options(name, given, stride=None, padding=0, ceil_mode=False)
    power = whole(name, "power", power, low=1)
    image, taps, index = _window(name, axes, x, kernel_size, at, options | {"dilation": 1})
    _need_numbers(name, image)
    terms, outside = _pixels(image, taps, index)
    trace = Trace(name, index[image.missing :], tuple(terms), outside, rule="norm", power=power)
    _ = trace.value  # raises where it is irrational
    return trace


def _need_numbers(name: str, image: Image) -> None:
    if image.kind == "symbol":
        raise EngineError(f"{name}: the input must be numbers; symbols cannot be compared")


def _window(
    name: str, axes: int, x: Any, kernel_size: Any, at: Any, options: dict[str, Any]
) -> tuple[Image, Taps, Index]:
    """The image, the taps of its windows, and the index of the output value asked for."""
    image = read_image(name, x, axes)
    kernel = per_axis(name, "kernel_size", kernel_size, low=1, axes=axes)
    stride = kernel if options["stride"] is None else options["stride"]
    taps = read_taps(name, image.sizes, kernel, options | {"stride": stride})
    out = list(taps.outputs(name, image.sizes))
    for axis, size in enumerate(
        image.sizes if flag(name, "ceil_mode", options["ceil_mode"]) else ()
    ):
        before, after = taps.pads[axis]
        extent = taps.dilation[axis] * (taps.kernel[axis] - 1) + 1
        left = (size + before + after - extent) % taps.stride[axis]
        out[axis] += left > 0 and out[axis] * taps.stride[axis] < size + before
    return image, taps, read_index(name, at, (*image.pixels.shape[:2], *out), image.missing)


def _pixels(image: Image, taps: Taps, index: Index) -> tuple[list[Term], int]:
    """The pixels of the window of an output value, and how many of its taps lie outside."""
    spots = [taps.spot(index[2:], tap) for tap in np.ndindex(taps.kernel)]
    terms = [image.term(index[0], index[1], spot) for spot in spots if image.has(spot)]
    return terms, len(spots) - len(terms)
