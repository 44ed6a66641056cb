"""Depthwise, pointwise and depthwise-separable layers.

They are layers of :mod:`examgen.engine.conv` with the groups that their names stand for, and run
on its route: they cannot prove ``conv2d``, nor it them.
"""

from typing import Any

from examgen.engine.conv import convolve
from examgen.engine.exact import Array, EngineError, read
from examgen.engine.layout import LAYOUTS


def depthwise_conv2d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    border: str = "zero",
) -> Array:
    """The layer in which each filter sees one channel: ``conv2d`` with groups = C_in.

    Shapes: ``x`` (C, H, W) or (N, C, H, W); ``weight`` (C, kh, kw), or (m C, 1, kh, kw) for m
    filters a channel, those of a channel next to one another; ``bias`` (C_out,). All else as in
    :func:`conv2d`.

    Source: Howard et al., "MobileNets" (2017), equation 3.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "border": border}
    return _depthwise("depthwise_conv2d", 2, x, weight, bias, options)


def pointwise_conv2d(x: Any, weight: Any, bias: Any = None) -> Array:
    """The 1 × 1 convolution: at each pixel, one matrix times the vector of channels.

    Shapes: ``x`` (C_in, H, W) or (N, C_in, H, W); ``weight`` (C_out, C_in) or (C_out, C_in, 1, 1);
    ``bias`` (C_out,). Exactness and errors as in :func:`conv2d`.

    Source: Lin, Chen and Yan, "Network in network" (2014).
    """
    return _pointwise("pointwise_conv2d", 2, x, weight, bias)


def depthwise_separable_conv2d(
    x: Any,
    depthwise: Any,
    pointwise: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    border: str = "zero",
) -> Array:
    """A depthwise layer, then a pointwise one, with nothing in between.

    Shapes: ``depthwise`` as the weight of :func:`depthwise_conv2d`, ``pointwise`` as that of
    :func:`pointwise_conv2d`, for as many channels as the first gives. The options are those of
    the first layer, the bias is the second's.

    Source: Howard et al., "MobileNets" (2017), section 3.1.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "border": border}
    return _separable("depthwise_separable_conv2d", 2, x, depthwise, pointwise, bias, options)


def depthwise_conv1d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    border: str = "zero",
) -> Array:
    """The layer in which each filter sees one channel of a signal: ``conv1d`` with groups = C_in.

    Shapes: ``x`` (C, L) or (N, C, L); ``weight`` (C, k) or (m C, 1, k). All else as
    in :func:`depthwise_conv2d`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "border": border}
    return _depthwise("depthwise_conv1d", 1, x, weight, bias, options)


def pointwise_conv1d(x: Any, weight: Any, bias: Any = None) -> Array:
    """At each place of a signal, one matrix times the vector of channels.

    Shapes: ``x`` (C_in, L) or (N, C_in, L). All else as in :func:`pointwise_conv2d`.
    """
    return _pointwise("pointwise_conv1d", 1, x, weight, bias)


def depthwise_separable_conv1d(
    x: Any,
    depthwise: Any,
    pointwise: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    border: str = "zero",
) -> Array:
    """:func:`depthwise_conv1d`, then :func:`pointwise_conv1d`, with nothing in between.

    All else as in :func:`depthwise_separable_conv2d`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "border": border}
    return _separable("depthwise_separable_conv1d", 1, x, depthwise, pointwise, bias, options)


def depthwise_conv3d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    border: str = "zero",
) -> Array:
    """The layer in which each filter sees one channel of a volume: ``conv3d`` with groups = C_in.

    Shapes: ``x`` (C, D, H, W) or (N, C, D, H, W); ``weight`` (C, kd, kh, kw) or
    (m C, 1, kd, kh, kw). All else as in :func:`depthwise_conv2d`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "border": border}
    return _depthwise("depthwise_conv3d", 3, x, weight, bias, options)


def pointwise_conv3d(x: Any, weight: Any, bias: Any = None) -> Array:
    """At each place of a volume, one matrix times the vector of channels.

    Shapes: ``x`` (C_in, D, H, W) or (N, C_in, D, H, W). All else as in :func:`pointwise_conv2d`.
    """
    return _pointwise("pointwise_conv3d", 3, x, weight, bias)


def depthwise_separable_conv3d(
    x: Any,
    depthwise: Any,
    pointwise: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    border: str = "zero",
) -> Array:
    """:func:`depthwise_conv3d`, then :func:`pointwise_conv3d`, with nothing in between.

    All else as in :func:`depthwise_separable_conv2d`.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation, "border": border}
    return _separable("depthwise_separable_conv3d", 3, x, depthwise, pointwise, bias, options)


def _separable(
    operation: str,
    axes: int,
    x: Any,
    depthwise: Any,
    pointwise: Any,
    bias: Any,
    options: dict[str, Any],
) -> Array:
    middle = _depthwise(operation, axes, x, depthwise, None, options)
    return _pointwise(operation, axes, middle, pointwise, bias)


def _depthwise(
    operation: str, axes: int, x: Any, weight: Any, bias: Any, options: dict[str, Any]
) -> Array:
    pixels, filters = read(operation, "input", x).values, read(operation, "weight", weight).values
    if filters.ndim == axes + 1:
        filters = filters[:, None]
    fits = filters.ndim == axes + 2 and filters.shape[1] == 1
    if pixels.ndim not in (axes + 1, axes + 2) or not fits:
        _, one, many = LAYOUTS[axes].split(", (")
        raise EngineError(
            f"{operation}: the input must be ({one} or ({many} and the depthwise weight "
            f"(C, kernel…) or (m C, 1, kernel…); their shapes are {pixels.shape} and "
            f"{filters.shape}"
        )
    channels = pixels.shape[-1 - axes]
    return convolve(operation, axes, pixels, filters, bias, groups=channels, **options)


def _pointwise(operation: str, axes: int, x: Any, weight: Any, bias: Any) -> Array:
    filters = read(operation, "weight", weight).values
    if filters.ndim == 2:
        filters = filters.reshape(*filters.shape, *(1,) * axes)
    if filters.ndim != axes + 2 or set(filters.shape[2:]) != {1}:
        ones = ", 1" * axes
        raise EngineError(
            f"{operation}: the pointwise weight must be (C_out, C_in) or (C_out, C_in{ones}); its "
            f"shape is {filters.shape}"
        )
    return convolve(operation, axes, x, filters, bias)
