"""The working behind a single output value: which inputs times which weights were added.

Every trace is computed from its own reading of the definition, not by the operation it explains.
"""

from itertools import product as every
from typing import Any

from examgen.engine.exact import EngineError, read
from examgen.engine.layout import Pads, padded_sizes, per_axis, whole
from examgen.engine.padding import check_border, named_pads, read_padding
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


def trace_conv2d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    at: Any,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    border: str = "zero",
    flip: bool = False,
) -> Trace:
    """The sum that makes one value of ``conv2d``, term by term in row-major order of the kernel.

    ``at`` is the index of that value in the output, with as many numbers as the output has axes.
    Taps on a padding of zeros are counted in ``outside`` and are no terms; a tap on another border
    is a term with the pixel that the border copies. Shapes, units and the other arguments as in
    ``conv2d``.

    Raises EngineError (a ValueError) for shapes that do not fit and an ``at`` outside the output.
    """
    name = "trace_conv2d"
    pixels, lead = channels_of(name, x)
    filters = filters_of(name, weight)
    steps = per_axis(name, "stride", stride, low=1, axes=2)
    spread = per_axis(name, "dilation", dilation, low=1, axes=2)
    pads = _pads(name, padding, border, pixels.shape[2:], filters.shape[2:], steps, spread)
    out = output_size(name, pixels, filters, steps, spread, pads)
    groups = whole(name, "groups", groups, low=1)
    inner = filters.shape[1]
    if inner * groups != pixels.shape[1] or len(filters) % groups:
        raise EngineError(
            f"{name}: groups = {groups} must divide the {len(filters)} filters, and the weight of "
            f"shape {filters.shape} needs {inner * groups} input channels; there are "
            f"{pixels.shape[1]}"
        )
    batch, channel, row, column = output_index(name, at, (len(pixels), len(filters), *out), lead)
    first = channel // (len(filters) // groups) * inner
    terms, outside = [], 0
    for c, i, j in every(range(inner), range(filters.shape[2]), range(filters.shape[3])):
        y = _source(row * steps[0] - pads[0][0] + i * spread[0], pixels.shape[2], border)
        z = _source(column * steps[1] - pads[1][0] + j * spread[1], pixels.shape[3], border)
        if y is not None and z is not None:
            spot = (batch, first + c, y, z)
            tap = (-1 - i, -1 - j) if flip else (i, j)
            factor = filters[channel, c].item(*tap)
            terms.append(Term(spot[lead:], pixels.item(*spot), (factor,)))
        else:
            outside += 1
    at = (batch, channel, row, column)[lead:]
    return biased(name, at, terms, outside, bias=bias, channel=channel, filters=len(filters))


def trace_conv_transpose2d(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    at: Any,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Trace:
    """The sum that makes one value of ``conv_transpose2d``: the stamps that overlap on it.

    The terms are in the order of the input; ``outside`` is 0. ``at`` and the errors are as in
    :func:`trace_conv2d`, all else as in ``conv_transpose2d``.
    """
    name = "trace_conv_transpose2d"
    pixels, lead = channels_of(name, x)
    filters = filters_of(name, weight)
    steps, spread, pads = window_options(name, stride, dilation, padding)
    extra = per_axis(name, "output_padding", output_padding, low=0, axes=2)
    groups = whole(name, "groups", groups, low=1)
    if len(filters) != pixels.shape[1] or len(filters) % groups:
        raise EngineError(
            f"{name}: the weight of shape {filters.shape} needs {len(filters)} input channels, "
            f"divisible by groups = {groups}; there are {pixels.shape[1]}"
        )
    out = [
        (n - 1) * s - sum(pad) + d * (k - 1) + 1 + e
        for n, s, pad, d, k, e in zip(
            pixels.shape[2:], steps, pads, spread, filters.shape[2:], extra, strict=True
        )
    ]
    inner, wide = len(filters) // groups, filters.shape[1]
    shape = (len(pixels), wide * groups, *out)
    batch, channel, row, column = output_index(name, at, shape, lead)
    first = channel // wide * inner
    terms = []
    for c, y, z in every(range(first, first + inner), *map(range, pixels.shape[2:])):
        i, i_rest = divmod(row + pads[0][0] - y * steps[0], spread[0])
        j, j_rest = divmod(column + pads[1][0] - z * steps[1], spread[1])
        fits = 0 <= i < filters.shape[2] and 0 <= j < filters.shape[3]
        if fits and not i_rest and not j_rest:
            factor = filters.item(c, channel % wide, i, j)
            terms.append(Term((batch, c, y, z)[lead:], pixels.item(batch, c, y, z), (factor,)))
    at = (batch, channel, row, column)[lead:]
    return biased(name, at, terms, 0, bias=bias, channel=channel, filters=shape[1])


def trace_max_pool2d(x: Any, kernel_size: Any, *, at: Any, **options: Any) -> Trace:
    """The candidates for one value of ``max_pool2d``, and which of them is the largest.

    ``options`` are stride, padding, dilation and ceil_mode; ``at`` and the errors are as in
    :func:`trace_conv2d`. Where several are largest, the first is the winner.
    """
    if read("trace_max_pool2d", "input", x).kind == "symbol":
        raise EngineError("trace_max_pool2d: the input must be numbers; symbols cannot be compared")
    spot, terms, outside, _ = _pooled("trace_max_pool2d", x, kernel_size, at, options)
    if not terms:
        raise EngineError(f"trace_max_pool2d: the window of {spot} holds nothing but padding")
    return Trace("trace_max_pool2d", spot, tuple(terms), outside, rule="max")


def trace_avg_pool2d(
    x: Any, kernel_size: Any, *, at: Any, count_include_pad: bool = True, **options: Any
) -> Trace:
    """The pixels whose mean is one value of ``avg_pool2d``, and what their sum is divided by.

    ``options`` are stride, padding and ceil_mode; ``at`` and the errors are as in
    :func:`trace_conv2d`.
    """
    spot, terms, outside, counted = _pooled("trace_avg_pool2d", x, kernel_size, at, options)
    divisor = counted if count_include_pad else len(terms)
    if not divisor:
        raise EngineError(f"trace_avg_pool2d: the window of {spot} has no pixel to count")
    return Trace("trace_avg_pool2d", spot, tuple(terms), outside, rule="mean", divisor=divisor)


def _pads(
    name: str, padding: Any, border: Any, sizes: Index, kernel: Index, steps: Index, spread: Index
) -> Pads:
    pads = read_padding(name, padding, axes=2)
    if isinstance(pads, str):
        extents = tuple(d * (k - 1) + 1 for d, k in zip(spread, kernel, strict=True))
        pads = named_pads(pads, sizes, extents, steps)
    check_border(name, border, pads, sizes)
    return pads


def _source(place: int, size: int, border: str) -> int | None:
    """The pixel that is read at a place of the padded input; None where there is a zero."""
    if 0 <= place < size:
        return place
    if border == "circular":
        return place % size
    if border == "replicate":
        return 0 if place < 0 else size - 1
    if border == "reflect":
        return -place if place < 0 else 2 * (size - 1) - place
    return None


def _pooled(
    name: str, x: Any, kernel_size: Any, at: Any, options: dict[str, Any]
) -> tuple[Index, list[Term], int, int]:
    """The output index, its pixels, the taps outside, and the taps on input or padding."""
    pixels, lead = channels_of(name, x)
    known = {"stride": None, "padding": 0, "dilation": 1, "ceil_mode": False}
    for option in options:
        if option not in known:
            raise EngineError(f"{name}: there is no option {option!r}; there are {[*known]}")
    given = known | options
    kernel = per_axis(name, "kernel_size", kernel_size, low=1, axes=2)
    stride = kernel if given["stride"] is None else given["stride"]
    steps, spread, pads = window_options(name, stride, given["dilation"], given["padding"])
    sizes = pixels.shape[2:]
    padded, extents = padded_sizes(name, sizes, kernel, pads, spread)
    out = [(n - e) // s + 1 for n, e, s in zip(padded, extents, steps, strict=True)]
    for axis in (0, 1):
        left = (padded[axis] - extents[axis]) % steps[axis]
        starts_inside = out[axis] * steps[axis] < sizes[axis] + pads[axis][0]
        out[axis] += bool(given["ceil_mode"] and left and starts_inside)
    spot = output_index(name, at, (*pixels.shape[:2], *out), lead)
    places = [
        [spot[axis + 2] * steps[axis] - pads[axis][0] + t * spread[axis] for t in range(size)]
        for axis, size in enumerate(kernel)
    ]
    terms, outside, counted = [], 0, 0
    for y, z in every(*places):
        inside = 0 <= y < sizes[0] and 0 <= z < sizes[1]
        counted += y < sizes[0] + pads[0][1] and z < sizes[1] + pads[1][1]
        outside += not inside
        if inside:
            terms.append(Term((*spot[:2], y, z)[lead:], pixels.item(*spot[:2], y, z), ()))
    return spot[lead:], terms, outside, counted
