"""The working behind a sampled value: bilinear interpolation and deformable convolution."""

from fractions import Fraction
from itertools import product as every
from math import floor, prod
from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError, read, read_scalar, whole_if_integral
from examgen.engine.trace_forms import Index, Term, Trace
from examgen.engine.trace_reading import (
    Image,
    read_bias,
    read_groups,
    read_index,
    read_layer,
)


def trace_bilinear(image: Any, x: Any, y: Any) -> Trace:
    """The (up to four) pixels around column ``x`` and row ``y``, and the weight of each.

    ``at`` of the trace is (y, x); corners outside the image are no terms, nor are corners without
    a weight. Arguments and errors as in ``bilinear_sample``.
    """
    name = "trace_bilinear"
    pixels = read(name, "image", image).values
    if pixels.ndim != 2:
        raise EngineError(f"{name}: the image must be (H, W); its shape is {pixels.shape}")
    row, column = read_scalar(name, "y", y), read_scalar(name, "x", x)
    corners, outside = _corners(row, column, pixels.shape)
    terms = [Term(spot, pixels.item(*spot), (share,)) for spot, share in corners]
    return Trace(name, (row, column), tuple(terms), outside)


def trace_deform_conv2d(
    x: Any,
    offset: Any,
    weight: Any,
    mask: Any = None,
    *,
    at: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
) -> Trace:
    """The sum that makes one value of ``deform_conv2d``: up to four pixels for each tap.

    A term's factors are the weight of the tap, its mask if there is one, and the bilinear weight
    of the pixel; ``outside`` counts the corners with a weight that lie outside the image. ``at``
    and the errors are as in ``trace_conv2d``, all else as in ``deform_conv2d``.
    """
    name = "trace_deform_conv2d"
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    image, filters, taps = read_layer(name, 2, x, weight, options)
    (batch, channels), out = image.pixels.shape[:2], taps.outputs(name, image.sizes)
    count = prod(taps.kernel)
    moves = _per_tap(name, "offset", offset, image, 2 * count, out)
    strengths = None if mask is None else _per_tap(name, "mask", mask, image, count, out)
    shares, groups = moves.shape[1] // (2 * count), channels // filters.shape[1]
    read_groups(name, max(1, groups), channels, filters)
    if channels % shares or (strengths is not None and strengths.shape[1] != shares * count):
        raise EngineError(
            f"{name}: the {shares} offset groups of the offset do not fit the {channels} channels "
            "of the input, or the mask is of another number of groups"
        )
    index = read_index(name, at, (batch, len(filters), *out), image.missing)
    first = index[1] // (len(filters) // groups) * filters.shape[1]
    terms, outside = [], 0
    for c, *tap in np.ndindex(filters.shape[1:]):
        number = (first + c) * shares // channels * count + tap[0] * taps.kernel[1] + tap[1]
        row, column = taps.spot(index[2:], tuple(tap))
        row += moves.item(index[0], 2 * number, *index[2:])
        column += moves.item(index[0], 2 * number + 1, *index[2:])
        factors = [filters.item(index[1], c, *tap)]
        factors += [] if strengths is None else [strengths.item(index[0], number, *index[2:])]
        corners, missing = _corners(row, column, image.sizes)
        outside += missing
        terms += [image.term(index[0], first + c, spot, *factors, w) for spot, w in corners]
    added = read_bias(name, bias, index[1], len(filters))
    return Trace(name, index[image.missing :], tuple(terms), outside, added)


def _per_tap(name: str, argument: str, value: Any, image: Image, each: int, out: Index) -> Array:
    """An array (N, G · each, oh, ow), with the batch axis of the image."""
    operand = read(name, argument, value)
    if argument == "offset" and operand.kind == "symbol":
        raise EngineError(f"{name}: the offset must be numbers, not symbols")
    array, batched = operand.values, image.missing == 0
    full = array if batched else array[None]
    good = full.ndim == 4 and len(full) == len(image.pixels)
    if not good or full.shape[1] % each or full.shape[2:] != out:
        lead = f"{len(image.pixels)}, " if batched else ""
        raise EngineError(
            f"{name}: the {argument} must have shape ({lead}{each} G, {out[0]}, {out[1]}); its "
            f"shape is {array.shape}"
        )
    return full


def _corners(y: Any, x: Any, size: Index) -> tuple[list[tuple[Index, Any]], int]:
    """The pixels around a point with their weights, and how many with a weight lie outside."""
    found: list[tuple[Index, Any]] = []
    outside = 0
    for row, column in every((floor(y), floor(y) + 1), (floor(x), floor(x) + 1)):
        share = (1 - abs(y - row)) * (1 - abs(x - column))
        if share == 0:
            continue
        if 0 <= row < size[0] and 0 <= column < size[1]:
            share = whole_if_integral(share) if isinstance(share, Fraction) else share
            found.append(((row, column), share))
        else:
            outside += 1
    return found, outside
