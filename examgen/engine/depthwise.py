"""Depthwise, pointwise and depthwise-separable layers.

They are layers of :mod:`examgen.engine.conv` with the groups that their names stand for, and run
on its route: they cannot prove ``conv2d``, nor it them.
"""

from typing import Any

from examgen.engine.conv import convolve
from examgen.engine.exact import Array, EngineError, read


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
    return _depthwise("depthwise_conv2d", x, weight, bias, options)


def pointwise_conv2d(x: Any, weight: Any, bias: Any = None) -> Array:
    """The 1 × 1 convolution: at each pixel, one matrix times the vector of channels.

    Shapes: ``x`` (C_in, H, W) or (N, C_in, H, W); ``weight`` (C_out, C_in) or (C_out, C_in, 1, 1);
    ``bias`` (C_out,). Exactness and errors as in :func:`conv2d`.

    Source: Lin, Chen and Yan, "Network in network" (2014).
    """
    return _pointwise("pointwise_conv2d", x, weight, bias)


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
    name = "depthwise_separable_conv2d"
    return _pointwise(name, _depthwise(name, x, depthwise, None, options), pointwise, bias)


def _depthwise(operation: str, x: Any, weight: Any, bias: Any, options: dict[str, Any]) -> Array:
    pixels, filters = read(operation, "input", x).values, read(operation, "weight", weight).values
    if filters.ndim == 3:
        filters = filters[:, None]
    if pixels.ndim not in (3, 4) or filters.ndim != 4 or filters.shape[1] != 1:
        raise EngineError(
            f"{operation}: the input must be (C, H, W) or (N, C, H, W) and the depthwise weight "
            f"(C, kh, kw) or (m C, 1, kh, kw); their shapes are {pixels.shape} and {filters.shape}"
        )
    return convolve(operation, 2, pixels, filters, bias, groups=pixels.shape[-3], **options)


def _pointwise(operation: str, x: Any, weight: Any, bias: Any) -> Array:
    filters = read(operation, "weight", weight).values
    if filters.ndim == 2:
        filters = filters[:, :, None, None]
    if filters.ndim != 4 or filters.shape[2:] != (1, 1):
        raise EngineError(
            f"{operation}: the pointwise weight must be (C_out, C_in) or (C_out, C_in, 1, 1); its "
            f"shape is {filters.shape}"
        )
    return convolve(operation, 2, x, filters, bias)
