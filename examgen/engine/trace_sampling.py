"""The working behind a sampled value: bilinear interpolation and deformable convolution."""

from fractions import Fraction
from itertools import product as every
from math import floor
from typing import Any

from examgen.engine.exact import Array, EngineError, read, read_scalar, whole_if_integral
from examgen.engine.trace_forms import (
    Index,
    Term,
    Trace,
    biased,
    channels_of,
    filters_of,
    output_index,
    output_size,
    window_options,
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
    pixels, lead = channels_of(name, x)
    filters = filters_of(name, weight)
    steps, spread, pads = window_options(name, stride, dilation, padding)
    out = output_size(name, pixels, filters, steps, spread, pads)
    taps, channels = filters.shape[2] * filters.shape[3], pixels.shape[1]
    moves = _per_tap(name, "offset", offset, lead, 2 * taps, out)
    strengths = None if mask is None else _per_tap(name, "mask", mask, lead, taps, out)
    shares = moves.shape[1] // (2 * taps)
    groups = channels // filters.shape[1]
    if groups * filters.shape[1] != channels or channels % shares or len(filters) % groups:
        raise EngineError(
            f"{name}: a weight of shape {filters.shape} and {shares} offset groups do not fit "
            f"{channels} input channels"
        )
    batch, channel, row, column = output_index(name, at, (len(pixels), len(filters), *out), lead)
    first = channel // (len(filters) // groups) * filters.shape[1]
    terms, outside = [], 0
    for c, i, j in every(*map(range, filters.shape[1:])):
        tap = (first + c) * shares // channels * taps + i * filters.shape[3] + j
        y = row * steps[0] - pads[0][0] + i * spread[0] + moves.item(batch, 2 * tap, row, column)
        z = column * steps[1] - pads[1][0] + j * spread[1]
        z += moves.item(batch, 2 * tap + 1, row, column)
        factors = [filters.item(channel, c, i, j)]
        factors += [] if strengths is None else [strengths.item(batch, tap, row, column)]
        corners, missing = _corners(y, z, pixels.shape[2:])
        outside += missing
        for place, share in corners:
            spot = (batch, first + c, *place)
            terms.append(Term(spot[lead:], pixels.item(*spot), (*factors, share)))
    at = (batch, channel, row, column)[lead:]
    return biased(name, at, terms, outside, bias=bias, channel=channel, filters=len(filters))


def _per_tap(name: str, argument: str, value: Any, lead: int, each: int, out: Index) -> Array:
    """An array (batch, G · each, oh, ow)."""
    operand = read(name, argument, value)
    if argument == "offset" and operand.kind == "symbol":
        raise EngineError(f"{name}: the offset must be numbers, not symbols")
    array = operand.values
    full = array.reshape((1,) * (4 - array.ndim) + array.shape) if array.ndim in (3, 4) else array
    if full.ndim != 4 or full.shape[1] % each or full.shape[2:] != out:
        raise EngineError(
            f"{name}: the {argument} must have shape (…, {each} G, {out[0]}, {out[1]}); its shape "
            f"is {array.shape}"
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
