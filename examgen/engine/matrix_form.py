"""Convolution as linear algebra: the layer as one matrix, and its windows as columns.

Nothing here uses :mod:`examgen.engine.conv`, so that either can prove the other.
"""

from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError, read
from examgen.engine.layout import padded_sizes, paddings, per_axis, whole


def conv_matrix(
    weight: Any, *, input_shape: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Array:
    """The matrix C with y.ravel() = C @ x.ravel(): a row for each output, a column for each input.

    Shapes: ``weight`` (k,) with ``input_shape`` (L,); (C_out, C_in, k) with (C_in, L); (kh, kw)
    with (H, W); (C_out, C_in, kh, kw) with (C_in, H, W). Rows and columns are in row-major order
    of (C_out, output position) and of ``input_shape``. Its transpose is the transposed convolution.

    ``stride``, ``padding`` (zeros) and ``dilation`` as in ``conv2d``. The entries are those of
    ``weight`` and 0: integers, Fractions, floats or symbols.

    Raises EngineError (a ValueError) for shapes that do not fit.

    Source: pixel i meets tap t of output o where i = o stride - padding + t dilation.
    """
    values = read("conv_matrix", "weight", weight).values
    if not 1 <= values.ndim <= 4:
        raise EngineError(f"conv_matrix: the weight must have 1 to 4 axes, not {values.shape}")
    axes = 2 - values.ndim % 2
    kernels = values.reshape((1,) * (axes + 2 - values.ndim) + values.shape)
    sizes = _input_sizes(values, input_shape, axes)
    steps = per_axis("conv_matrix", "stride", stride, low=1, axes=axes)
    spread = per_axis("conv_matrix", "dilation", dilation, low=1, axes=axes)
    pads = paddings("conv_matrix", padding, axes=axes)
    padded_sizes("conv_matrix", sizes, kernels.shape[2:], pads, spread)
    taps = [
        _tap_table(size, k, s, p, d)
        for size, k, s, p, d in zip(sizes, kernels.shape[2:], steps, pads, spread, strict=True)
    ]
    if axes == 1:
        taps, kernels = [np.zeros((1, 1), dtype=int), *taps], kernels[:, :, None]
    rows, columns = taps[0][:, None, :, None], taps[1][None, :, None, :]
    entries = kernels[:, :, np.maximum(rows, 0), np.maximum(columns, 0)]
    entries = np.where((rows >= 0) & (columns >= 0), entries, 0)
    outputs = len(kernels) * len(taps[0]) * len(taps[1])
    return entries.transpose(0, 2, 3, 1, 4, 5).reshape(outputs, -1)


def _input_sizes(weight: Array, input_shape: Any, axes: int) -> tuple[int, ...]:
    wanted = axes if weight.ndim <= 2 else axes + 1
    shape = (input_shape,) if isinstance(input_shape, int) else tuple(input_shape)
    shape = tuple(whole("conv_matrix", "input_shape", size, low=1) for size in shape)
    channels = weight.shape[1] if weight.ndim > 2 else 1
    if len(shape) != wanted or (weight.ndim > 2 and shape[0] != channels):
        names = ("(L,)", "(H, W)")[axes - 1]
        if weight.ndim > 2:
            names = (f"({channels}, L)", f"({channels}, H, W)")[axes - 1]
        raise EngineError(
            f"conv_matrix: a weight of shape {weight.shape} needs an input_shape {names}, "
            f"not {shape}"
        )
    return shape[-axes:]


def _tap_table(size: int, kernel: int, stride: int, pad: tuple[int, int], dilation: int) -> Array:
    """(outputs, size): which tap of output o lies on pixel i, or -1."""
    starts = range(-pad[0], size + pad[1] - dilation * (kernel - 1), stride)
    distance = np.arange(size) - np.array(starts)[:, None]
    tap = distance // dilation
    return np.where((distance % dilation == 0) & (tap >= 0) & (tap < kernel), tap, -1)


def im2col(
    x: Any, kernel_size: Any, *, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Array:
    """The windows of an input as columns, so that a layer is weight.reshape(C_out, -1) @ columns.

    Shapes: ``x`` (H, W) gives (kh kw, L), (C, H, W) gives (C kh kw, L), (N, C, H, W) gives
    (N, C kh kw, L), with L output positions in row-major order; a column runs over channels, then
    over the taps in row-major order. ``kernel_size``, ``stride``, ``padding`` (zeros) and
    ``dilation`` count pixels, as in ``conv2d``. Values keep their kind.

    Raises EngineError (a ValueError) for shapes that do not fit.

    Source: Chellapilla, Puri and Simard, "High performance convolutional neural networks for
    document processing" (2006).
    """
    values = read("im2col", "input", x).values
    if not 2 <= values.ndim <= 4:
        raise EngineError(
            f"im2col: the input must be (H, W), (C, H, W), (N, C, H, W), not {values.shape}"
        )
    kernel = per_axis("im2col", "kernel_size", kernel_size, low=1, axes=2)
    (down, across) = per_axis("im2col", "stride", stride, low=1, axes=2)
    spread = per_axis("im2col", "dilation", dilation, low=1, axes=2)
    pads = paddings("im2col", padding, axes=2)
    _, extents = padded_sizes("im2col", values.shape[-2:], kernel, pads, spread)
    padded = np.pad(values, [(0, 0)] * (values.ndim - 2) + list(pads))
    windows = np.lib.stride_tricks.sliding_window_view(padded, extents, axis=(-2, -1))
    windows = windows[..., ::down, ::across, :: spread[0], :: spread[1]]
    columns = np.moveaxis(windows, (-2, -1), (-4, -3))  # (…, kh, kw, oh, ow)
    taps = kernel[0] * kernel[1] * (values.shape[-3] if values.ndim > 2 else 1)
    return columns.reshape(*values.shape[:-3], taps, -1)
