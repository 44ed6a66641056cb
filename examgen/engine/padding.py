"""Padding: how wide a border is, by number or by name, and what its pixels are."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from examgen.engine.exact import Array, EngineError, read
from examgen.engine.layout import LAYOUTS, Pads, at_end, by, paddings, read_axes

BORDERS = ("zero", "reflect", "replicate", "circular")
_NAMES = ("valid", "same", "full")


def pad(x: Any, padding: Any, *, border: str = "zero", axes: int = 2) -> Array:
    """An input with a border of pixels around its last ``axes`` axes.

    Shapes: ``x`` (…, H, W) with up to two leading axes; each spatial axis grows by its padding.

    Units: ``padding`` counts pixels, as in ``conv2d``: a number, one for each axis, or a
    (before, after) pair for each axis. ``border`` says what the new pixels are: "zero"; "reflect",
    mirrored about the outermost pixel, which is not repeated; "replicate", the outermost pixel;
    "circular", the pixels of the opposite side.

    Values keep their kind. Raises EngineError (a ValueError) for shapes that do not fit, and for
    a reflected border as wide as the input or wider.

    Source: PyTorch 2, ``torch.nn.functional.pad``.
    """
    axes = read_axes("pad", axes)
    values = read("pad", "input", x).values
    if not axes <= values.ndim <= axes + 2:
        raise EngineError(f"pad: the input must be {LAYOUTS[axes]}; its shape is {values.shape}")
    pads = paddings("pad", padding, axes=axes)
    check_border("pad", border, pads, values.shape[values.ndim - axes :])
    return bordered(values, pads, border, 0)


def read_padding(operation: str, value: Any, *, axes: int) -> Pads | str:
    """(before, after) for each spatial axis, or the name "valid", "same" or "full"."""
    if not isinstance(value, str):
        return paddings(operation, value, axes=axes)
    if value not in _NAMES:
        raise EngineError(
            f"{operation}: padding must be numbers, or one of {', '.join(_NAMES)}, not {value!r}"
        )
    return value


def named_pads(
    name: str, sizes: Sequence[int], extents: Sequence[int], stride: Sequence[int]
) -> Pads:
    """The (before, after) pairs that a name of a padding stands for."""
    if name == "valid":
        return ((0, 0),) * len(sizes)
    if name == "full":
        return tuple((extent - 1, extent - 1) for extent in extents)
    pairs = []
    for size, extent, step in zip(sizes, extents, stride, strict=True):
        missing = max(0, (-(-size // step) - 1) * step + extent - size)
        pairs.append((missing // 2, missing - missing // 2))
    return tuple(pairs)


def check_border(operation: str, border: Any, pads: Pads, sizes: Sequence[int]) -> None:
    """Raises an EngineError for a border that is none, or cannot be that wide."""
    if border not in BORDERS:
        raise EngineError(
            f"{operation}: border must be one of {', '.join(BORDERS)}, not {border!r}"
        )
    if border == "reflect" and any(max(p) >= n for p, n in zip(pads, sizes, strict=True)):
        raise EngineError(
            f"{operation}: a reflected border must be narrower than the input of {by(sizes)}; "
            f"padding is {pads}"
        )


def bordered(x: Array, pads: Pads, border: str, filler: Any) -> Array:
    """``x`` with the border around its last axes; ``filler`` is the pixel of a "zero" border."""
    lead, sizes = x.shape[: x.ndim - len(pads)], x.shape[x.ndim - len(pads) :]
    if border == "zero":
        shape = [a + n + b for n, (a, b) in zip(sizes, pads, strict=True)]
        inside = tuple(slice(a, a + n) for n, (a, _) in zip(sizes, pads, strict=True))
        padded: Array = np.full((*lead, *shape), filler, dtype=x.dtype)
        padded[at_end(inside)] = x
        return padded
    for axis, (size, pair) in enumerate(zip(sizes, pads, strict=True), start=len(lead)):
        if any(pair):
            x = x.take(_sources(size, pair, border), axis=axis)
    return x


def _sources(size: int, pair: tuple[int, int], border: str) -> Array:
    """For each position on the padded axis, the position it copies."""
    places = np.arange(-pair[0], size + pair[1])
    if border == "circular":
        return places % size
    if border == "replicate" or size == 1:
        return np.clip(places, 0, size - 1)
    return (size - 1) - abs((size - 1) - abs(places))
