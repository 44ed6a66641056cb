"""The windows of an input as columns, and columns added up as an image.

Borders come from ``numpy.pad``, where those of ``conv2d`` are indexed; neither function shares the
route of ``conv2d`` or of the other.
"""

from math import prod
from typing import Any, Literal

import numpy as np

from examgen.engine.arithmetic import integers_below
from examgen.engine.exact import Array, EngineError, largest, objects, read, restore, unify
from examgen.engine.layout import (
    LAYOUTS,
    Pads,
    at_end,
    by,
    padded_sizes,
    per_axis,
    read_axes,
    sizes_of,
)
from examgen.engine.padding import check_border, named_pads, read_padding
from examgen.engine.symbols import total
from examgen.engine.windows import read_images

Sizes = tuple[int, ...]

PAD_MODES: dict[str, Literal["constant", "reflect", "edge", "wrap"]] = {
    "zero": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


def im2col(
    x: Any,
    kernel_size: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    border: str = "zero",
    axes: int = 2,
) -> Array:
    """The windows of an input as columns, so that a layer is weight.reshape(C_out, -1) @ columns.

    Shapes: ``x`` (H, W) gives (kh kw, L), (C, H, W) gives (C kh kw, L), (N, C, H, W) gives
    (N, C kh kw, L), with L output positions in row-major order; a column runs over channels, then
    over the taps in row-major order. Likewise with ``axes`` = 1 or 3 spatial axes in place of two.
    ``kernel_size``, ``stride``, ``padding``, ``dilation`` and ``border`` as in ``conv2d``. Values
    keep their kind.

    Raises EngineError (a ValueError) for shapes that do not fit.

    Source: Chellapilla, Puri and Simard, "High performance convolutional neural networks for
    document processing" (2006).
    """
    name = "im2col"
    axes = read_axes(name, axes)
    values = read_images(name, "input", x, axes=axes).values
    kernel = per_axis(name, "kernel_size", kernel_size, low=1, axes=axes)
    steps = per_axis(name, "stride", stride, low=1, axes=axes)
    spread = per_axis(name, "dilation", dilation, low=1, axes=axes)
    lead, sizes = values.shape[:-axes], values.shape[-axes:]
    pads = read_pads(name, padding, border, sizes, kernel, steps, spread)
    extents = tuple(d * (k - 1) + 1 for k, d in zip(kernel, spread, strict=True))
    padded = np.pad(values, [(0, 0)] * len(lead) + list(pads), mode=PAD_MODES[border])
    last = tuple(range(-axes, 0))
    windows = np.lib.stride_tricks.sliding_window_view(padded, extents, axis=last)
    windows = windows[at_end(slice(None, None, step) for step in (*steps, *spread))]
    columns = np.moveaxis(windows, last, range(len(lead), len(lead) + axes))  # (…, kernel…, out…)
    result: Array = columns.reshape(*lead[:-1], prod(kernel) * prod(lead[-1:]), -1)
    return result


def col2im(
    columns: Any,
    input_shape: Any,
    kernel_size: Any,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    axes: int = 2,
) -> Array:
    """The transpose of ``im2col``: the values of the columns added up at the pixels they came from.

    Shapes: ``input_shape`` (H, W), (C, H, W) or (N, C, H, W), or with ``axes`` = 1 or 3 spatial
    axes, which is the output's; ``columns`` as ``im2col`` gives for it. What lies on the padding
    (of zeros) is dropped. Of the columns of an image, it is the image times the number of windows
    that each pixel is in.

    Options as in ``im2col``. Exact for integers, Fractions and symbols.

    Raises EngineError (a ValueError) for shapes that do not fit.

    Source: PyTorch 2, ``torch.nn.Fold``.
    """
    name = "col2im"
    axes = read_axes(name, axes)
    kind, (values,), (denominator,) = unify(read(name, "columns", columns))
    shape = sizes_of(name, "input_shape", input_shape)
    if not axes <= len(shape) <= axes + 2:
        raise EngineError(f"{name}: input_shape must be {LAYOUTS[axes]}, not {shape}")
    kernel = per_axis(name, "kernel_size", kernel_size, low=1, axes=axes)
    steps = per_axis(name, "stride", stride, low=1, axes=axes)
    spread = per_axis(name, "dilation", dilation, low=1, axes=axes)
    lead, sizes = shape[:-axes], shape[-axes:]
    pads = read_pads(name, padding, "zero", sizes, kernel, steps, spread)
    padded, extents = padded_sizes(name, sizes, kernel, pads, spread)
    out = tuple((n - e) // s + 1 for n, e, s in zip(padded, extents, steps, strict=True))
    wanted = (*lead[:-1], prod(kernel) * prod(lead[-1:]), prod(out))
    if values.shape != wanted:
        raise EngineError(
            f"{name}: columns for an input of {by(shape)} and a kernel of {by(kernel)} must have "
            f"shape {wanted}; their shape is {values.shape}"
        )
    if values.dtype.kind in "iO" and kind != "symbol":
        (values,) = integers_below(largest(values) * prod(kernel), values)
    stamps = np.moveaxis(
        values.reshape(*lead, *kernel, *out), range(len(lead), len(lead) + axes), range(axes)
    )
    canvas = np.full((*lead, *padded), 0, dtype=values.dtype)
    for tap in np.ndindex(*kernel):
        spots = zip(tap, spread, out, steps, strict=True)
        spot = at_end(slice(t * d, t * d + (o - 1) * s + 1, s) for t, d, o, s in spots)
        added = stamps[tap]
        canvas[spot] = add_up([canvas[spot], added]) if kind == "symbol" else canvas[spot] + added
    inside = at_end(slice(a, a + n) for (a, _), n in zip(pads, sizes, strict=True))
    return restore(canvas[inside], denominator, kind)


def read_pads(
    operation: str,
    padding: Any,
    border: Any,
    sizes: Sizes,
    kernel: Sizes,
    stride: Sizes,
    dilation: Sizes,
) -> Pads:
    """(before, after) for each spatial axis, for a kernel that fits the padded input."""
    pads = read_padding(operation, padding, axes=len(sizes))
    if isinstance(pads, str):
        extents = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
        pads = named_pads(pads, sizes, extents, stride)
    check_border(operation, border, pads, sizes)
    padded_sizes(operation, sizes, kernel, pads, dilation)
    return pads


def add_up(columns: list[Array]) -> Array:
    """The sum of arrays; of symbols without the zeros."""
    if columns[0].dtype != object:
        return np.add.reduce(columns)  # type: ignore[no-any-return]
    parts = zip(*(column.ravel().tolist() for column in columns), strict=True)
    kept = ([v for v in values if not (isinstance(v, int) and v == 0)] for values in parts)
    return objects([total(values) for values in kept], columns[0].shape)
