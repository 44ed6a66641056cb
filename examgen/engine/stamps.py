"""What explains a transposed convolution: its overlaps, and the zeros it stands for."""

from functools import reduce
from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError
from examgen.engine.layout import at_end, per_axis, read_axes, read_stamps, sizes_of
from examgen.engine.windows import read_images


def overlap_counts(
    input_shape: Any,
    kernel_size: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
) -> Array:
    """How many stamps of a transposed convolution reach each pixel of its output.

    Where the counts differ between neighbours, checkerboard patterns arise; they are equal away
    from the border where the stride divides the kernel.

    Shapes: ``input_shape`` (L,) or L, (H, W) or (D, H, W), without channels; the output is int64,
    of the spatial shape of ``conv_transpose1d``, ``2d`` or ``3d`` with these options.

    Units: stamps; the options count pixels. Raises EngineError (a ValueError) for what does not
    fit. Counted axis by axis, independently of the transposed convolution.

    Source: Odena, Dumoulin and Olah, "Deconvolution and checkerboard artifacts" (2016).
    """
    name = "overlap_counts"
    sizes = sizes_of(name, "input_shape", input_shape)
    axes = len(sizes)
    if axes not in (1, 2, 3):
        raise EngineError(f"{name}: input_shape must have 1 to 3 axes, not {input_shape!r}")
    kernel = per_axis(name, "kernel_size", kernel_size, low=1, axes=axes)
    options = {"stride": stride, "dilation": dilation}
    options |= {"padding": padding, "output_padding": output_padding}
    stamps = read_stamps(name, sizes, kernel, **options)
    counts = []
    for axis, (n, k) in enumerate(zip(sizes, kernel, strict=True)):
        reached = np.arange(n)[:, None] * stamps.stride[axis] + np.arange(k) * stamps.dilation[axis]
        before, size = stamps.pads[axis][0], stamps.out[axis]
        counts.append(np.bincount(reached.ravel(), minlength=before + size)[before : before + size])
    return reduce(np.multiply.outer, counts).astype(np.int64)


def insert_zeros(x: Any, stride: Any, *, axes: int = 2) -> Array:
    """An input with stride - 1 zeros between neighbours along its last ``axes`` axes.

    A transposed convolution is the true convolution (``flip=True``, padding "full", stride 1) of
    this; it is how one draws it, and no way to compute it.

    Shapes: ``x`` (…, H, W) with up to two leading axes; a spatial axis of n pixels becomes
    (n - 1) stride + 1. Units: pixels; ``stride`` is one number or one for each axis. Values keep
    their kind. Raises EngineError (a ValueError) for shapes that do not fit.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), 4.5.
    """
    axes = read_axes("insert_zeros", axes)
    values = read_images("insert_zeros", "input", x, axes=axes).values
    steps = per_axis("insert_zeros", "stride", stride, low=1, axes=axes)
    lead = values.shape[: values.ndim - axes]
    sizes = [
        (n - 1) * s + 1 for n, s in zip(values.shape[values.ndim - axes :], steps, strict=True)
    ]
    spaced = np.full((*lead, *sizes), 0, dtype=values.dtype)
    spaced[at_end(slice(None, None, s) for s in steps)] = values
    return spaced
