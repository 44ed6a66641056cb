"""Networks as data: layers in a list or a graph; their shapes and what they cost follow from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from examgen.engine.exact import EngineError
from examgen.engine.layers import OPERATIONS, Layer, LayerCost, cost_of, spatial_window
from examgen.engine.layout import flag, whole
from examgen.engine.network_costs import NetworkCosts

_MANY = ("add", "concat")
_NO_KERNEL = ("linear", "global_avg_pool")


@dataclass(frozen=True)
class Network:
    """A named sequence of layers, each after those it reads, and the shape of its input.

    ``input_shape`` is (C, H, W), without the batch; (C, L) or (C, D, H, W) make it a 1-D or a
    3-D network.

    Raises EngineError (a ValueError) for an unknown operation, a name that is used twice, an input
    that is no layer before, and what is no layer; shapes that do not fit are found by
    :meth:`costs`.
    """

    name: str
    input_shape: tuple[int, ...]
    layers: Sequence[Layer]
    graph: Mapping[str, tuple[Layer, tuple[str, ...]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Name the layers and find what each reads."""
        graph: dict[str, tuple[Layer, tuple[str, ...]]] = {}
        numbers: dict[str, int] = {}
        before = "input"
        if not isinstance(self.layers, list | tuple):
            raise EngineError(
                f"{self.name}: layers must be a list of Layer(…), not {self.layers!r}"
            )
        for layer in self.layers:
            self._check(layer)
            numbers[layer.operation] = numbers.get(layer.operation, 0) + 1
            name = layer.name or f"{layer.operation}{numbers[layer.operation]}"
            inputs = tuple(layer.inputs) or (before,)
            self._check_names(name, layer, inputs, ["input", *graph])
            graph[name] = (layer, inputs)
            before = name
        object.__setattr__(self, "graph", graph)

    def costs(self, input_shape: Any = None) -> NetworkCosts:
        """The shape, parameters, multiply-adds and memory of every layer.

        ``input_shape`` takes the place of the network's own. Raises EngineError (a ValueError)
        where a layer does not fit the shape it reads.
        """
        shape = self._shape(input_shape)
        shapes, rows = {"input": shape}, []
        for name, (layer, inputs) in self.graph.items():
            where = f"{self.name}: layer {name!r}"
            row = cost_of(where, name, layer, inputs, [shapes[each] for each in inputs])
            shapes[name] = row.shape
            rows.append(row)
        return NetworkCosts(self.name, shape, tuple(rows))

    def along(
        self, axis: int, *, until: str | None = None, input_shape: Any = None
    ) -> dict[str, tuple[Any, tuple[str, ...]]]:
        """The network along one spatial axis (0: rows), as :func:`receptive_field` takes a graph.

        Up to and with the layer ``until``, or the last. A layer that reads everything (linear,
        global pooling) has a kernel as long as what it reads; the overhang of ``ceil_mode`` is
        written as padding.
        """
        if until is not None and until not in self.graph:
            raise EngineError(f"{self.name}: there is no layer {until!r}; it has {[*self.graph]}")
        rows = {row.name: row for row in self.costs(input_shape).rows}
        shape = self._shape(input_shape)
        if not 0 <= whole(self.name, "axis", axis, low=0) < len(shape) - 1:
            raise EngineError(f"{self.name}: axis {axis} must be less than {len(shape) - 1}")
        found: dict[str, tuple[Any, tuple[str, ...]]] = {}
        for name, (layer, inputs) in self.graph.items():
            first = inputs[0]
            read = shape if first == "input" else rows[first].shape
            found[name] = (_window(layer, read, rows[name], axis), inputs)
            if name == until:
                break
        return _needed(found)

    def _shape(self, given: Any) -> tuple[int, ...]:
        shape = self.input_shape if given is None else given
        if not isinstance(shape, list | tuple) or not shape:
            raise EngineError(f"{self.name}: input_shape must be (C, H, W), not {shape!r}")
        return tuple(whole(self.name, "input_shape", size, low=1) for size in shape)

    def _check(self, layer: Layer) -> None:
        if not isinstance(layer, Layer):
            raise EngineError(f"{self.name}: layers must be Layer(…), not {layer!r}")
        if layer.operation not in OPERATIONS:
            known = ", ".join(OPERATIONS)
            raise EngineError(
                f"{self.name}: operation must be one of {known}, not {layer.operation!r}"
            )
        where = f"{self.name}: layer {layer.name or layer.operation!r}"
        if not isinstance(layer.name, str):
            raise EngineError(f"{where}: name must be a str")
        if not isinstance(layer.inputs, list | tuple):
            raise EngineError(f"{where}: inputs must be names of layers, not {layer.inputs!r}")
        flag(where, "bias", layer.bias)
        flag(where, "ceil_mode", layer.ceil_mode)

    def _check_names(
        self, name: str, layer: Layer, inputs: tuple[str, ...], known: list[str]
    ) -> None:
        if name in known:
            raise EngineError(f"{self.name}: layer {name!r} has the name of one before it")
        for each in inputs:
            if each not in known:
                raise EngineError(
                    f"{self.name}: layer {name!r} reads {each!r}, which is no layer before it; "
                    f"there are {known}"
                )
        if len(inputs) > 1 and layer.operation not in _MANY:
            raise EngineError(
                f"{self.name}: layer {name!r} ({layer.operation}) must read one layer, not "
                f"{len(inputs)}; only add and concat read several"
            )


def _window(layer: Layer, read: tuple[int, ...], row: LayerCost, axis: int) -> Any:
    """(kernel, stride, padding, dilation) of a layer along one axis."""
    if layer.operation in _NO_KERNEL:
        return (read[axis + 1] if len(read) > 1 else 1,)
    if layer.kernel is None or layer.operation not in ("conv", "max_pool", "avg_pool"):
        return (1,)
    kernel, stride, (before, after), dilation = spatial_window(row.name, layer, read)[axis]
    reach = (row.shape[axis + 1] - 1) * stride + dilation * (kernel - 1) + 1
    return kernel, stride, (before, max(after, reach - before - read[axis + 1])), dilation


def _needed(
    layers: dict[str, tuple[Any, tuple[str, ...]]],
) -> dict[str, tuple[Any, tuple[str, ...]]]:
    """The layers that the last one depends on."""
    kept: set[str] = set()
    for name in reversed(layers):
        if not kept or name in kept:
            kept |= {name, *layers[name][1]}
    return {name: entry for name, entry in layers.items() if name in kept}
