"""Unshared convolution (a locally connected layer): every position has a kernel of its own."""

from math import prod
from typing import Any

import numpy as np

from examgen.engine.arithmetic import add_bias, for_products, whole_numbers
from examgen.engine.exact import Array, EngineError, Kind, objects, read, restore, unify
from examgen.engine.layout import at_end, padded_sizes, paddings, per_axis
from examgen.engine.padding import bordered
from examgen.engine.symbols import product, total

Sizes = tuple[int, ...]


def unshared_conv2d(
    x: Any, weight: Any, bias: Any = None, *, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Array:
    """The cross-correlation in which no two output positions share a weight.

    Shapes: ``x`` (C_in, H, W) or (N, C_in, H, W) with ``weight`` (C_out, oh, ow, C_in, kh, kw) and
    ``bias`` (C_out, oh, ow); or ``x`` (H, W) with (oh, ow, kh, kw) and (oh, ow). The output has
    the shape that ``conv2d`` gives with these options.

    Units: pixels, one number or one for each axis; ``padding`` (of zeros) also (before, after)
    pairs. Exact for integers, Fractions and symbols; its route is independent of ``conv2d``.

    Raises EngineError (a ValueError) for shapes that do not fit.

    Source: Goodfellow, Bengio and Courville, "Deep learning" (2016), equation 9.9.
    """
    return _unshared("unshared_conv2d", 2, x, weight, bias, stride, padding, dilation)


def unshared_conv1d(
    x: Any, weight: Any, bias: Any = None, *, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Array:
    """The 1-D cross-correlation in which no two output positions share a weight.

    Shapes: ``x`` (C_in, L) or (N, C_in, L) with ``weight`` (C_out, outputs, C_in, k) and ``bias``
    (C_out, outputs); or ``x`` (L,) with (outputs, k) and (outputs,). All else as in
    :func:`unshared_conv2d`.
    """
    return _unshared("unshared_conv1d", 1, x, weight, bias, stride, padding, dilation)


def unshared_conv3d(
    x: Any, weight: Any, bias: Any = None, *, stride: Any = 1, padding: Any = 0, dilation: Any = 1
) -> Array:
    """The 3-D cross-correlation in which no two output positions share a weight.

    Shapes: ``x`` (C_in, D, H, W) or (N, C_in, D, H, W) with ``weight`` (C_out, od, oh, ow, C_in,
    kd, kh, kw) and ``bias`` (C_out, od, oh, ow); or ``x`` (D, H, W) with (od, oh, ow, kd, kh, kw)
    and (od, oh, ow). All else as in :func:`unshared_conv2d`.
    """
    return _unshared("unshared_conv3d", 3, x, weight, bias, stride, padding, dilation)


def _unshared(
    operation: str,
    axes: int,
    x: Any,
    weight: Any,
    bias: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
) -> Array:
    operands = [read(operation, "input", x), read(operation, "weight", weight)]
    if bias is not None:
        operands.append(read(operation, "bias", bias))
    given, filters = (operand.values.shape for operand in operands[:2])
    shape, kernels = _full_shapes(operation, axes, given, filters)
    steps = per_axis(operation, "stride", stride, low=1, axes=axes)
    spread = per_axis(operation, "dilation", dilation, low=1, axes=axes)
    pads = paddings(operation, padding, axes=axes)
    padded, spans = padded_sizes(operation, shape[2:], kernels[-axes:], pads, spread)
    out = tuple((n - e) // s + 1 for n, e, s in zip(padded, spans, steps, strict=True))
    if kernels[1 : 2 + axes] != (*out, shape[1]):
        raise EngineError(
            f"{operation}: an input of shape {given} gives {out} outputs of {shape[1]} channels; "
            f"the weight's shape is {filters}"
        )
    kind, arrays, over = unify(*operands)
    filler = None if kind == "symbol" else 0
    x = bordered(arrays[0].reshape(shape), pads, "zero", filler)
    taps = (_spots(tap, spread, out, steps) for tap in np.ndindex(kernels[-axes:]))
    columns = np.stack([x[at_end(spots)] for spots in taps], axis=2)  # (N, C_in, taps, out…)
    rows = arrays[1].reshape(kernels[0], prod(out), -1)
    columns = columns.reshape(len(x), rows.shape[2], prod(out)).swapaxes(1, 2)
    y, denominator = _sums(kind, rows, columns), over[0] * over[1]
    if bias is not None:
        offset = _offsets(operation, arrays[2], y.shape[1:], out, len(given) == axes)
        y, denominator = add_bias(kind, y, denominator, offset, over[2])
    return restore(
        y.reshape((len(x), kernels[0], *out)[axes + 2 - len(given) :]), denominator, kind
    )


def _full_shapes(operation: str, axes: int, given: Sizes, filters: Sizes) -> tuple[Sizes, Sizes]:
    """The shapes (N, C_in, spatial…) and (C_out, outputs…, C_in, kernel…)."""
    single = len(given) == axes
    if not axes <= len(given) <= axes + 2 or len(filters) != 2 * axes + (0 if single else 2):
        raise EngineError(
            f"{operation}: the weight must be (outputs…, kernel…) for an input of {axes} axes, "
            f"(C_out, outputs…, C_in, kernel…) with one or two more; the shapes are "
            f"{filters} and {given}"
        )
    full = (1, *filters[:axes], 1, *filters[axes:]) if single else filters
    return (1,) * (axes + 2 - len(given)) + given, full


def _sums(kind: Kind, rows: Array, columns: Array) -> Array:
    """(N, C_out, positions): of each position its weights times its pixels."""
    if kind == "symbol":
        return _symbol_sums(rows, columns)
    if kind == "float":
        sums: Array = np.einsum("fpk,npk->nfp", rows, columns)
        return sums
    rows, columns = for_products(rows, columns, work=0)
    return whole_numbers((rows * columns[:, None]).sum(axis=-1))


def _spots(
    tap: tuple[int, ...], dilation: tuple[int, ...], out: tuple[int, ...], stride: tuple[int, ...]
) -> tuple[slice, ...]:
    return tuple(
        slice(t * d, t * d + (o - 1) * s + 1, s)
        for t, d, o, s in zip(tap, dilation, out, stride, strict=True)
    )


def _symbol_sums(rows: Array, columns: Array) -> Array:
    flat = [
        total(product(p, w) for p, w in zip(pixels, taps, strict=True) if p is not None)
        for image in columns.tolist()
        for positions in rows.tolist()
        for pixels, taps in zip(image, positions, strict=True)
    ]
    return objects(flat, (len(columns), *rows.shape[:2]))


def _offsets(
    operation: str, bias: Array, shape: tuple[int, ...], out: tuple[int, ...], single: bool
) -> Array:
    wanted = out if single else (shape[0], *out)
    if bias.shape != wanted:
        raise EngineError(
            f"{operation}: the bias must have shape {wanted}, a number for each output; its shape "
            f"is {bias.shape}"
        )
    return bias.reshape(shape)
