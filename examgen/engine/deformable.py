"""Deformable convolution: every tap of every window reads the image where its offset says."""

from fractions import Fraction
from typing import Any

import numpy as np

from examgen.engine.arithmetic import add_bias, integers_below, matmul, sums_of_products
from examgen.engine.exact import Array, EngineError, largest, objects, restore, whole_if_integral
from examgen.engine.layout import without_channels
from examgen.engine.sampling import DeformableLayer, read_layer
from examgen.engine.symbols import total

_NAME = "deform_conv2d"


def deform_conv2d(
    x: Any,
    offset: Any,
    weight: Any,
    mask: Any = None,
    *,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
) -> Array:
    """The deformable convolution of an input: version 1, or version 2 where a mask is given.

    Shapes: ``x`` (H, W), (C_in, H, W) or (N, C_in, H, W); ``weight`` (kh, kw) or
    (C_out, C_in / groups, kh, kw); ``offset`` (2 G kh kw, oh, ow) with the batch axis of ``x`` if
    it has one: for each of the G offset groups and each tap in row-major order, the pair
    (dy, dx); ``mask`` (G kh kw, oh, ow) likewise; ``bias`` (C_out,). ``groups`` and G follow from
    the shapes. The output is that of ``conv2d``.

    Units: offsets in pixels, down and right. Tap (i, j) of output (r, c) reads the bilinear sample
    at row r stride - padding + i dilation + dy; each corner of it outside the image counts 0.

    Exact for integers and Fractions; ``x``, ``weight``, ``mask`` and ``bias`` may be symbols,
    ``offset`` may not. Raises EngineError (a ValueError) for shapes that do not fit and NaN.
    Independent of ``bilinear_sample`` and ``conv2d``, which it shares no arithmetic with.

    Source: Dai et al., "Deformable convolutional networks" (2017); Zhu et al., "Deformable ConvNets
    v2" (2019); the layout is that of ``torchvision.ops.deform_conv2d``.
    """
    arguments = {"input": x, "offset": offset, "weight": weight, "mask": mask, "bias": bias}
    layer = read_layer(_NAME, arguments, stride=stride, padding=padding, dilation=dilation)
    kind, over = layer.kind, layer.over
    if kind == "symbol":
        y, denominator = _contract_symbols(layer), 1
    else:
        samples = layer.by_weight_group(_samples(layer))
        y = matmul(layer.rows(), samples.swapaxes(2, 3))
        denominator = over["input"] * over["weight"] * over.get("mask", 1) * layer.unit**2
    y = y.reshape(len(layer.x), len(layer.kernels), *layer.out)
    if bias is not None:
        y, denominator = _add_bias(layer, y, denominator)
    y = restore(y, denominator, kind)
    return without_channels(_NAME, y, given=layer.arrays["input"], axes=2)


def _samples(layer: DeformableLayer) -> Array:
    """What the taps read, mask included: (N, G, L k, C / G)."""
    mask, x = layer.mask, layer.x
    strengths = [corner.weight for corner in layer.corners]
    if layer.kind != "float":
        mask = np.ones(1, dtype=np.int64) if mask is None else mask
        bound = layer.unit**2 * max(1, largest(mask)) * max(1, largest(x))
        x, mask, *strengths = integers_below(bound, x, mask, *strengths)
    if mask is not None:
        strengths = [strength * mask for strength in strengths]
    return layer.sample(layer.tables(x), strengths)


def _contract_symbols(layer: DeformableLayer) -> Array:
    columns = _symbol_samples(layer)
    columns = columns.reshape(len(columns), layer.groups, -1, columns.shape[-1])
    rows = layer.kernels.reshape(layer.groups, len(layer.kernels) // layer.groups, -1)
    return sums_of_products(rows, columns)


def _symbol_samples(layer: DeformableLayer) -> Array:
    """The values read as formulas (N, C, k, L); None where no corner inside has a weight."""
    batch, channels, height, width = layer.x.shape
    groups, positions, taps = layer.corners[0].place.shape[1:]
    pixels = layer.x.reshape(batch, channels, height * width)
    weights = [corner.weight for corner in layer.corners]
    flat = []
    for n, channel, tap, position in np.ndindex(batch, channels, taps, positions):
        spot = (n, channel * groups // channels, position, tap)
        terms = [
            (whole_if_integral(Fraction(int(weight[spot]), layer.unit**2)), corner.place[spot])
            for corner, weight in zip(layer.corners, weights, strict=True)
            if corner.place[spot] < height * width and weight[spot]
        ]
        value = total(weight * pixels[n, channel, place] for weight, place in terms)
        value = value if terms else None
        flat.append(value if layer.mask is None or value is None else value * layer.mask[spot])
    return objects(flat, (batch, channels, taps, positions))


def _add_bias(layer: DeformableLayer, y: Array, denominator: int) -> tuple[Array, int]:
    bias = layer.arrays["bias"]
    if bias.size != y.shape[1] or bias.ndim > 1:
        raise EngineError(
            f"{_NAME}: the bias must have one number for each of the {y.shape[1]} filters; its "
            f"shape is {bias.shape}"
        )
    return add_bias(layer.kind, y, denominator, bias.reshape(-1, 1, 1), layer.over["bias"])
