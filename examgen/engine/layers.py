"""One layer of a network: what it is, its output shape, parameters and multiply-adds."""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import Any

from examgen.engine.exact import EngineError
from examgen.engine.layout import padded_sizes, per_axis, whole
from examgen.engine.padding import named_pads, read_padding

OPERATIONS = (
    "conv",
    "max_pool",
    "avg_pool",
    "global_avg_pool",
    "linear",
    "batch_norm",
    "lrn",
    "relu",
    "dropout",
    "add",
    "concat",
)
_IN_PLACE = ("relu", "dropout")
Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a network: its operation, that operation's numbers, and which layers it reads.

    ``operation`` is one of "conv", "max_pool", "avg_pool", "global_avg_pool", "linear",
    "batch_norm", "lrn", "relu", "dropout", "add" and "concat". ``channels`` are the output
    channels of a convolution and the outputs of a linear layer (which flattens what it reads).
    ``kernel``, ``stride``, ``padding`` (numbers or a name) and ``dilation`` are as in ``conv2d``;
    the stride of a pooling layer is its kernel unless given. ``ceil_mode`` is that of
    ``max_pool2d``.

    ``inputs`` are names of layers before ("input" is the network's); the layer before if left out.
    ``name`` is the operation and a number ("conv1", "conv2") if left out.
    """

    operation: str
    channels: int | None = None
    kernel: Any = None
    _: KW_ONLY
    stride: Any = None
    padding: Any = 0
    dilation: Any = 1
    groups: int = 1
    bias: bool = True
    ceil_mode: bool = False
    inputs: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class LayerCost:
    """A layer's output shape and what it costs, for one image.

    ``parameters`` are learnt; ``buffers`` are the moving mean and variance of a batch norm;
    ``macs`` are the multiplications, each with an addition, of convolutions and linear layers
    (bias, pooling, norms and sums of arrays are not counted). ``in_place`` layers (relu, dropout)
    write over what they read and need no memory.
    """

    name: str
    operation: str
    inputs: tuple[str, ...]
    shape: Shape
    parameters: int = 0
    buffers: int = 0
    macs: int = 0
    in_place: bool = False

    @property
    def values(self) -> int:
        """How many values the output holds."""
        return prod(self.shape)


def cost_of(
    where: str, name: str, layer: Layer, inputs: tuple[str, ...], shapes: list[Shape]
) -> LayerCost:
    """The cost of a layer that reads arrays of those shapes; ``where`` begins its errors."""
    shape, operation = shapes[0], layer.operation
    if operation == "linear":
        units, values = _channels(where, layer), prod(shape)
        parameters = units * values + (units if layer.bias else 0)
        return LayerCost(name, operation, inputs, (units,), parameters, 0, units * values)
    if operation in ("add", "concat"):
        return LayerCost(name, operation, inputs, _merged(where, operation, inputs, shapes))
    if operation in ("conv", "max_pool", "avg_pool", "global_avg_pool") and len(shape) < 2:
        raise EngineError(f"{where} ({operation}) needs an input (C, H, W); its shape is {shape}")
    if operation == "conv":
        return _convolution(where, name, layer, inputs, shape)
    if operation in ("max_pool", "avg_pool"):
        return LayerCost(name, operation, inputs, (shape[0], *_windows(where, layer, shape)))
    if operation == "global_avg_pool":
        return LayerCost(name, operation, inputs, (shape[0], *[1] * (len(shape) - 1)))
    per_channel = 2 * shape[0] if operation == "batch_norm" else 0
    in_place = operation in _IN_PLACE
    return LayerCost(name, operation, inputs, shape, per_channel, per_channel, 0, in_place)


def spatial_window(
    where: str, layer: Layer, shape: Shape
) -> list[tuple[int, int, tuple[int, int], int]]:
    """(kernel, stride, padding, dilation) for each spatial axis."""
    axes = len(shape) - 1
    if layer.kernel is None:
        raise EngineError(f"{where} ({layer.operation}) needs a kernel")
    kernel = per_axis(where, "kernel", layer.kernel, low=1, axes=axes)
    stride = layer.stride
    if stride is None:
        stride = 1 if layer.operation == "conv" else kernel
    steps = per_axis(where, "stride", stride, low=1, axes=axes)
    spread = per_axis(where, "dilation", layer.dilation, low=1, axes=axes)
    pads = read_padding(where, layer.padding, axes=axes)
    if isinstance(pads, str):
        extents = [d * (k - 1) + 1 for d, k in zip(spread, kernel, strict=True)]
        pads = named_pads(pads, shape[1:], extents, steps)
    return list(zip(kernel, steps, pads, spread, strict=True))


def _windows(where: str, layer: Layer, shape: Shape) -> Shape:
    """The spatial sizes of the output."""
    kernel, stride, pads, dilation = zip(*spatial_window(where, layer, shape), strict=True)
    padded, extents = padded_sizes(where, shape[1:], kernel, pads, dilation)
    counts = []
    for size, whole_size, extent, step, pad in zip(
        shape[1:], padded, extents, stride, pads, strict=True
    ):
        count = (whole_size - extent) // step + 1
        more = layer.ceil_mode and (whole_size - extent) % step and count * step < size + pad[0]
        counts.append(count + 1 if more else count)
    return tuple(counts)


def _convolution(
    where: str, name: str, layer: Layer, inputs: tuple[str, ...], shape: Shape
) -> LayerCost:
    filters, groups = _channels(where, layer), whole(where, "groups", layer.groups, low=1)
    if shape[0] % groups or filters % groups:
        raise EngineError(
            f"{where} (conv): groups = {groups} must divide the {shape[0]} input channels and "
            f"the {filters} filters"
        )
    out = _windows(where, layer, shape)
    kernel = prod(window[0] for window in spatial_window(where, layer, shape))
    weights = filters * (shape[0] // groups) * kernel
    parameters = weights + (filters if layer.bias else 0)
    return LayerCost(name, "conv", inputs, (filters, *out), parameters, 0, weights * prod(out))


def _merged(where: str, operation: str, inputs: tuple[str, ...], shapes: list[Shape]) -> Shape:
    start = 1 if operation == "concat" else 0
    if len({shape[start:] for shape in shapes}) > 1:
        given = ", ".join(f"{shape} ({name!r})" for name, shape in zip(inputs, shapes, strict=True))
        same = "the same shape but for the channels" if start else "the same shape"
        raise EngineError(f"{where} ({operation}) needs inputs of {same}; they have {given}")
    if operation == "add":
        return shapes[0]
    return (sum(shape[0] for shape in shapes), *shapes[0][1:])


def _channels(where: str, layer: Layer) -> int:
    return whole(where, "channels", layer.channels, low=1)
