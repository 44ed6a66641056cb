"""Convolution as deep learning means it, cross-correlation; and, with ``flip``, true convolution.

One route for all of it: the operations of this module prove nothing about one another. The route
of :func:`examgen.engine.conv_matrix`, that of :func:`examgen.engine.im2col` and that of
:func:`examgen.engine.unshared_conv2d` are independent of it and of each other.
"""

from typing import Any

from examgen.engine.arithmetic import add_bias
from examgen.engine.exact import Array, EngineError, read, restore, unify
from examgen.engine.layout import at_end, flag
from examgen.engine.plan import plan_for
from examgen.engine.products import correlate


def conv2d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    border: str = "zero",
    flip: bool = False,
) -> Array:
    """The 2-D cross-correlation of an input with the filters of a layer.

    Shapes: ``x`` (H, W), (C_in, H, W) or (N, C_in, H, W); ``weight`` (kh, kw) for one filter on
    one channel, or (C_out, C_in / groups, kh, kw); ``bias`` (C_out,), or a number for one filter.
    The output has the leading axes of ``x``, C_out in place of C_in, and the height
    floor((H + padding - dilation (kh - 1) - 1) / stride) + 1; likewise its width.

    Units: ``stride``, ``dilation`` and ``padding`` count pixels, one number or (vertical,
    horizontal); ``padding`` also takes ((top, bottom), (left, right)) and names: "valid", none;
    "full", dilation (k - 1) on all sides, every window that meets the input; "same", as much as
    gives ceil(H / stride) outputs, an odd pixel of it below or on the right. ``border`` says what
    the padding is: "zero", "reflect", "replicate" or "circular" (see :func:`pad`). ``flip``
    turns the kernel by 180°: the convolution of mathematics and signal processing.

    Exact for integers and Fractions; floats give floats; symbols (anything with + and *) give
    sums of pixel times weight in row-major order of the kernel, without the zeros of the padding.

    Many small problems of one shape cost least in one call: on the batch axis where they share
    the kernel, as channels with ``groups`` = C_in where each has its own.

    Raises EngineError (a ValueError) for shapes that do not fit, truth values and NaN.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016).
    """
    return convolve(
        "conv2d",
        2,
        x,
        weight,
        bias,
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        border=border,
        flip=flip,
    )


def conv1d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    border: str = "zero",
    flip: bool = False,
) -> Array:
    """The 1-D cross-correlation of a signal with the filters of a layer.

    Shapes: ``x`` (L,), (C_in, L) or (N, C_in, L); ``weight`` (k,) or (C_out, C_in / groups, k).
    ``padding`` is a number, (left, right) or a name. All else as in :func:`conv2d`.
    """
    return convolve(
        "conv1d",
        1,
        x,
        weight,
        bias,
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        border=border,
        flip=flip,
    )


def conv3d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    border: str = "zero",
    flip: bool = False,
) -> Array:
    """The 3-D cross-correlation of a volume (or a film) with the filters of a layer.

    Shapes: ``x`` (D, H, W), (C_in, D, H, W) or (N, C_in, D, H, W); ``weight`` (kd, kh, kw) or
    (C_out, C_in / groups, kd, kh, kw). Options are one number or three, ``padding`` also three
    pairs or a name. All else as in :func:`conv2d`.
    """
    return convolve(
        "conv3d",
        3,
        x,
        weight,
        bias,
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        border=border,
        flip=flip,
    )


def convolve(
    operation: str,
    axes: int,
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: Any = 1,
    border: Any = "zero",
    flip: Any = False,
) -> Array:
    """The one route of these layers, on any number of axes, for the operation of that name."""
    pixels, filters = read(operation, "input", x), read(operation, "weight", weight)
    plan = plan_for(
        operation,
        pixels.values.shape,
        filters.values.shape,
        axes=axes,
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        border=border,
    )
    operands = [pixels, filters]
    if bias is not None:
        operands.append(read(operation, "bias", bias))
    kind, arrays, over = unify(*operands)
    kernels = arrays[1].reshape(plan.weight)
    if flag(operation, "flip", flip):
        kernels = kernels[at_end([slice(None, None, -1)] * axes)]
    y = correlate(kind, arrays[0].reshape(plan.input), kernels, plan)
    denominator = over[0] * over[1]
    if bias is not None:
        column = _bias_column(operation, arrays[2], plan.weight[0])
        y = y.reshape(len(y), len(column), -1)
        y, denominator = add_bias(kind, y, denominator, column, over[2])
    return restore(y.reshape(plan.output), denominator, kind)


def _bias_column(operation: str, bias: Array, filters: int) -> Array:
    if bias.size != filters or bias.ndim > 1:
        raise EngineError(
            f"{operation}: the bias must have one number for each of the {filters} filters; "
            f"its shape is {bias.shape}"
        )
    return bias.reshape(filters, 1)
