"""The layers of a network along one axis, read from a chain or a graph."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from examgen.engine.exact import EngineError
from examgen.engine.layout import padded_sizes, paddings, whole


@dataclass(frozen=True, slots=True)
class Window:
    """A layer along one axis; ``padding`` None stands for "same"; ``where`` begins its errors."""

    name: str
    where: str
    inputs: tuple[str, ...]
    kernel: int
    stride: int
    padding: tuple[int, int] | None
    dilation: int

    @property
    def extent(self) -> int:
        """The pixels that the kernel spans."""
        return self.dilation * (self.kernel - 1) + 1


def read_windows(operation: str, layers: Any) -> Iterator[Window]:
    """The layers of a chain or a graph (see :mod:`examgen.engine.receptive_field`), in order."""
    if isinstance(layers, Mapping):
        yield from _read_graph(operation, layers)
        return
    if isinstance(layers, str) or not isinstance(layers, Iterable):
        raise EngineError(
            f"{operation}: layers must be a sequence of layers or a mapping from names to "
            f"(layer, inputs), not {layers!r}"
        )
    before = "input"
    for number, layer in enumerate(layers, start=1):
        yield _window(f"{operation}: layer {number}", str(number), layer, (before,))
        before = str(number)


def _read_graph(operation: str, layers: Mapping[Any, Any]) -> Iterator[Window]:
    known = ["input"]
    for name, entry in layers.items():
        where = f"{operation}: layer {name!r}"
        if not isinstance(name, str) or name in known:
            raise EngineError(f"{where} needs a name that is a str other than 'input'")
        pair = isinstance(entry, list | tuple) and len(entry) == 2
        if not pair or not isinstance(entry[1], list | tuple):
            raise EngineError(f"{where} must be (layer, names of its inputs), not {entry!r}")
        layer, inputs = entry[0], tuple(entry[1])
        unknown = [each for each in inputs if each not in known]
        if unknown or not inputs:
            raise EngineError(
                f"{where} reads {unknown[0]!r}, which is no layer before it; there are {known}"
                if unknown
                else f"{where} needs at least one input; there are {known}"
            )
        yield _window(where, name, layer, inputs)
        known.append(name)


def _window(where: str, name: str, layer: Any, inputs: tuple[str, ...]) -> Window:
    given = tuple(layer) if isinstance(layer, Iterable) and not isinstance(layer, str) else (layer,)
    if not 1 <= len(given) <= 4:
        raise EngineError(f"{where} must be (kernel, stride, padding, dilation), not {layer!r}")
    kernel, stride, padding, dilation = given + (1, 0, 1)[len(given) - 1 :]
    if isinstance(padding, str) and padding != "same":
        raise EngineError(f"{where}: padding must be numbers or 'same', not {padding!r}")
    return Window(
        name,
        where,
        inputs,
        kernel=whole(where, "kernel", kernel, low=1),
        stride=whole(where, "stride", stride, low=1),
        padding=None if isinstance(padding, str) else paddings(where, padding, axes=1)[0],
        dilation=whole(where, "dilation", dilation, low=1),
    )


def pads(window: Window, units: int | None) -> tuple[int | None, int | None]:
    """The padding before and after; None for what depends on ``units`` where these are unknown."""
    if window.padding is not None:
        return window.padding
    rests = range(window.stride) if units is None else [units % window.stride]
    totals = {max(window.extent - (rest or window.stride), 0) for rest in rests}
    before = {total // 2 for total in totals}
    after = {total - total // 2 for total in totals}
    return (
        before.pop() if len(before) == 1 else None,
        after.pop() if len(after) == 1 else None,
    )


def output_units(window: Window, units: int) -> int:
    """How many units the layer makes of that many; EngineError if its kernel does not fit."""
    before, after = pads(window, units)
    (padded,), (extent,) = padded_sizes(
        window.where,
        (units,),
        (window.kernel,),
        ((before or 0, after or 0),),
        (window.dilation,),
    )
    return (padded - extent) // window.stride + 1
