"""Receptive fields the brute-force way: which inputs an output depends on, as sets of indices."""

from collections.abc import Iterable
from typing import Any

from examgen.engine.exact import EngineError
from examgen.engine.layout import padded_sizes, paddings, whole


def receptive_field_indices(layers: Iterable[Any], size: int) -> tuple[tuple[int, ...], ...]:
    """For each output of a chain of layers along one axis, the input indices it depends on.

    ``layers`` are (kernel, stride, padding, dilation), from the input on; the last three may be
    left out (1, 0, 1), and ``padding`` may be (before, after). Pooling counts as a layer.
    ``size`` is the length of the input. The indices are sorted and lie in the input: fields are
    clipped at its borders, and have holes where a stride exceeds a kernel.

    Units: pixels. Raises EngineError (a ValueError) for a layer that does not fit.

    Source: the definition; sets are propagated, no formula is used.
    """
    name = "receptive_field_indices"
    fields = [1 << pixel for pixel in range(whole(name, "size", size, low=1))]  # sets, as bits
    for number, layer in enumerate(layers, start=1):
        fields = _through(f"{name}: layer {number}", layer, fields)
    return tuple(tuple(pixel for pixel in range(size) if field >> pixel & 1) for field in fields)


def _through(where: str, layer: Any, fields: list[int]) -> list[int]:
    given = (layer,) if isinstance(layer, int) else tuple(layer)
    if not 1 <= len(given) <= 4:
        raise EngineError(f"{where} must be (kernel, stride, padding, dilation), not {layer!r}")
    kernel, stride, padding, dilation = given + (1, 0, 1)[len(given) - 1 :]
    kernel = whole(where, "kernel", kernel, low=1)
    stride = whole(where, "stride", stride, low=1)
    dilation = whole(where, "dilation", dilation, low=1)
    pads = paddings(where, padding, axes=1)
    padded_sizes(where, (len(fields),), (kernel,), pads, (dilation,))
    padded = [0] * pads[0][0] + fields + [0] * pads[0][1]
    merged = []
    for start in range(0, len(padded) - dilation * (kernel - 1), stride):
        field = 0
        for tap in range(kernel):
            field |= padded[start + tap * dilation]
        merged.append(field)
    return merged
