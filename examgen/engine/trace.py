"""The working behind one value of a convolution: which inputs times which weights were added.

Every trace is computed from its own reading of the definition, not by the operation it explains,
and on any number of axes.
"""

from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError, read
from examgen.engine.layout import flag, per_axis, whole
from examgen.engine.trace_forms import Index, Trace
from examgen.engine.trace_reading import (
    Image,
    Taps,
    read_bias,
    read_groups,
    read_image,
    read_index,
    read_layer,
    read_options,
    read_taps,
)


def trace_conv2d(x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any) -> Trace:
    """The sum that makes one value of ``conv2d``, term by term in row-major order of the kernel.

    ``at`` is the index of that value in the output, with as many numbers as the output has axes.
    Taps on a padding of zeros are counted in ``outside`` and are no terms; a tap on another border
    is a term with the pixel that the border copies. Shapes, units and ``options`` as in
    ``conv2d``; a depthwise layer is traced as the grouped one that it is.

    Raises EngineError (a ValueError) for shapes that do not fit, an unknown option and an ``at``
    outside the output.
    """
    return _correlation("trace_conv2d", 2, x, weight, bias, at, options)


def trace_conv1d(x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any) -> Trace:
    """The sum that makes one value of ``conv1d``; all else as in :func:`trace_conv2d`."""
    return _correlation("trace_conv1d", 1, x, weight, bias, at, options)


def trace_conv3d(x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any) -> Trace:
    """The sum that makes one value of ``conv3d``; all else as in :func:`trace_conv2d`."""
    return _correlation("trace_conv3d", 3, x, weight, bias, at, options)


def trace_conv_transpose2d(
    x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any
) -> Trace:
    """The sum that makes one value of ``conv_transpose2d``: the stamps that overlap on it.

    The terms are in the order of the input; ``outside`` is 0. ``at`` and the errors are as in
    :func:`trace_conv2d`, shapes, units and ``options`` as in ``conv_transpose2d``.
    """
    return _stamps("trace_conv_transpose2d", 2, x, weight, bias, at, options)


def trace_conv_transpose1d(
    x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any
) -> Trace:
    """The stamps on one value of ``conv_transpose1d``; else :func:`trace_conv_transpose2d`."""
    return _stamps("trace_conv_transpose1d", 1, x, weight, bias, at, options)


def trace_conv_transpose3d(
    x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any
) -> Trace:
    """The stamps on one value of ``conv_transpose3d``; else :func:`trace_conv_transpose2d`."""
    return _stamps("trace_conv_transpose3d", 3, x, weight, bias, at, options)


def trace_unshared_conv2d(
    x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any
) -> Trace:
    """The sum that makes one value of ``unshared_conv2d``, with the weights of its position.

    ``at`` and the errors are as in :func:`trace_conv2d`, shapes, units and ``options`` as in
    ``unshared_conv2d``.
    """
    return _unshared("trace_unshared_conv2d", 2, x, weight, bias, at, options)


def trace_unshared_conv1d(
    x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any
) -> Trace:
    """The sum that makes one value of ``unshared_conv1d``; else :func:`trace_unshared_conv2d`."""
    return _unshared("trace_unshared_conv1d", 1, x, weight, bias, at, options)


def trace_unshared_conv3d(
    x: Any, weight: Any, bias: Any = None, *, at: Any, **options: Any
) -> Trace:
    """The sum that makes one value of ``unshared_conv3d``; else :func:`trace_unshared_conv2d`."""
    return _unshared("trace_unshared_conv3d", 3, x, weight, bias, at, options)


def _correlation(
    name: str, axes: int, x: Any, weight: Any, bias: Any, at: Any, given: dict[str, Any]
) -> Trace:
    known = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "border": "zero", "flip": False}
    options = read_options(name, given, **known)
    image, filters, taps = read_layer(name, axes, x, weight, options)
    batch, channels = image.pixels.shape[:2]
    inner = filters.shape[1]
    groups = read_groups(name, options["groups"], channels, filters)
    flip = flag(name, "flip", options["flip"])
    shape = (batch, len(filters), *taps.outputs(name, image.sizes))
    index = read_index(name, at, shape, image.missing)
    first = index[1] // (len(filters) // groups) * inner
    terms, outside = [], 0
    for c, *tap in np.ndindex(filters.shape[1:]):
        spot = _shown(taps.spot(index[2:], tuple(tap)), image.sizes, options["border"])
        if spot is None:
            outside += 1
            continue
        met = [-1 - t for t in tap] if flip else tap
        terms.append(image.term(index[0], first + c, spot, filters.item(index[1], c, *met)))
    added = read_bias(name, bias, index[1], len(filters))
    return Trace(name, index[image.missing :], tuple(terms), outside, added)


def _shown(spot: Index, sizes: Index, border: str) -> Index | None:
    """The pixel that is seen at a place of the padded input; None where there is a zero."""
    places = []
    for place, size in zip(spot, sizes, strict=True):
        if not 0 <= place < size:
            if border == "zero":
                return None
            nearest = 0 if place < 0 else size - 1
            seen = {"circular": place % size, "replicate": nearest, "reflect": 2 * nearest - place}
            place = seen[border]
        places.append(place)
    return tuple(places)


def _stamps(
    name: str, axes: int, x: Any, weight: Any, bias: Any, at: Any, given: dict[str, Any]
) -> Trace:
    known = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1, "groups": 1}
    options = read_options(name, given, **known)
    image, filters, taps = read_layer(name, axes, x, weight, options)
    batch, channels = image.pixels.shape[:2]
    groups = whole(name, "groups", options["groups"], low=1)
    if len(filters) != channels or channels % groups:
        raise EngineError(
            f"{name}: the weight of shape {filters.shape} needs {len(filters)} input channels, "
            f"divisible by groups = {groups}; there are {channels}"
        )
    wide, inner = filters.shape[1], channels // groups
    out = _stamped_sizes(name, image.sizes, taps, options["output_padding"])
    index = read_index(name, at, (batch, wide * groups, *out), image.missing)
    first = index[1] // wide * inner
    terms = []
    for c, *spot in np.ndindex(inner, *image.sizes):
        tap = _stamping(taps, tuple(spot), index[2:])
        if tap is not None:
            factor = filters.item(first + c, index[1] % wide, *tap)
            terms.append(image.term(index[0], first + c, tuple(spot), factor))
    added = read_bias(name, bias, index[1], wide * groups)
    return Trace(name, index[image.missing :], tuple(terms), 0, added)


def _stamped_sizes(name: str, sizes: Index, taps: Taps, output_padding: Any) -> Index:
    """The spatial axes of what the stamps cover, cropped by the padding and widened again."""
    extra = per_axis(name, "output_padding", output_padding, low=0, axes=len(sizes))
    out = []
    for axis, (size, more) in enumerate(zip(sizes, extra, strict=True)):
        stride, dilation = taps.stride[axis], taps.dilation[axis]
        if more >= max(stride, dilation):
            raise EngineError(
                f"{name}: output_padding {more} must be less than the stride {stride} or the "
                f"dilation {dilation}"
            )
        covered = (size - 1) * stride + dilation * (taps.kernel[axis] - 1) + 1
        out.append(covered - sum(taps.pads[axis]) + more)
    if min(out) < 1:
        raise EngineError(f"{name}: padding {taps.pads} crops all of the output away")
    return tuple(out)


def _stamping(taps: Taps, spot: Index, place: Index) -> Index | None:
    """The tap of the stamp of an input pixel that lies on an output place, if one does."""
    tap = []
    for axis, (here, there) in enumerate(zip(spot, place, strict=True)):
        distance = there + taps.pads[axis][0] - here * taps.stride[axis]
        number, rest = divmod(distance, taps.dilation[axis])
        if rest or not 0 <= number < taps.kernel[axis]:
            return None
        tap.append(number)
    return tuple(tap)


def _unshared(
    name: str, axes: int, x: Any, weight: Any, bias: Any, at: Any, given: dict[str, Any]
) -> Trace:
    options = read_options(name, given, stride=1, padding=0, dilation=1)
    image = read_image(name, x, axes)
    filters = _own_weights(name, image, weight, axes)
    taps = read_taps(name, image.sizes, filters.shape[-axes:], options)
    batch, channels = image.pixels.shape[:2]
    out = taps.outputs(name, image.sizes)
    if filters.shape[1 : 2 + axes] != (*out, channels):
        raise EngineError(
            f"{name}: the input gives {out} outputs of {channels} channels; the weight's shape is "
            f"{filters.shape}"
        )
    index = read_index(name, at, (batch, len(filters), *out), image.missing)
    terms, outside = [], 0
    for c, *tap in np.ndindex(channels, *taps.kernel):
        spot = taps.spot(index[2:], tuple(tap))
        if image.has(spot):
            factor = filters.item(*index[1:], c, *tap)
            terms.append(image.term(index[0], c, spot, factor))
        else:
            outside += 1
    shape = out if image.missing == 2 else (len(filters), *out)
    added = None if bias is None else _own_bias(name, bias, shape, index[-len(shape) :])
    return Trace(name, index[image.missing :], tuple(terms), outside, added)


def _own_weights(name: str, image: Image, weight: Any, axes: int) -> Array:
    """The weights (C_out, outputs…, C_in, kernel…)."""
    filters = read(name, "weight", weight).values
    single = image.missing == 2
    if filters.ndim != 2 * axes + 2 * (not single):
        raise EngineError(
            f"{name}: the weight must be (outputs…, kernel…) for an input of {axes} axes, (C_out, "
            f"outputs…, C_in, kernel…) for one of more; its shape is {filters.shape}"
        )
    return np.expand_dims(filters, (0, 1 + axes)) if single else filters


def _own_bias(name: str, bias: Any, shape: Index, at: Index) -> Any:
    biases = read(name, "bias", bias).values
    if biases.shape != shape:
        raise EngineError(
            f"{name}: the bias must have shape {shape}, a number for each output; its shape is "
            f"{biases.shape}"
        )
    return biases.item(*at)
