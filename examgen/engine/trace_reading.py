"""How the traces read their arguments: images, filters, options, and the value asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from examgen.engine.exact import Array, EngineError, Kind, read
from examgen.engine.layout import Pads, padded_sizes, per_axis, whole, with_channels
from examgen.engine.padding import check_border, named_pads, read_padding
from examgen.engine.trace_forms import Index, Term
from examgen.engine.windows import read_images


@dataclass(frozen=True, slots=True)
class Image:
    """The input of a trace as (N, C, spatial…), and how many of these axes were not given."""

    pixels: Array
    missing: int
    kind: Kind

    @property
    def sizes(self) -> Index:
        """The spatial axes."""
        return self.pixels.shape[2:]

    def has(self, spot: Index) -> bool:
        """Whether there is a pixel at that place."""
        return all(0 <= place < size for place, size in zip(spot, self.sizes, strict=True))

    def term(self, batch: int, channel: int, spot: Index, *factors: Any) -> Term:
        """The pixel at a place, by its index in the input as given, times its factors."""
        index = (batch, channel, *spot)
        return Term(index[self.missing :], self.pixels.item(*index), factors)


@dataclass(frozen=True, slots=True)
class Taps:
    """Where the taps of a layer lie: its kernel, stride, dilation and padding along each axis."""

    kernel: Index
    stride: Index
    dilation: Index
    pads: Pads

    def spot(self, place: Index, tap: Index) -> Index:
        """The coordinates in the input of one tap of the window at an output place."""
        axes = zip(place, self.stride, self.pads, tap, self.dilation, strict=True)
        return tuple(p * s - before + t * d for p, s, (before, _), t, d in axes)

    def outputs(self, name: str, sizes: Index) -> Index:
        """The spatial axes of the output."""
        padded, extents = padded_sizes(name, sizes, self.kernel, self.pads, self.dilation)
        return tuple((n - e) // s + 1 for n, e, s in zip(padded, extents, self.stride, strict=True))


def read_options(name: str, given: Mapping[str, Any], **known: Any) -> dict[str, Any]:
    """The options of the operation, those given in place of what they are otherwise."""
    for option in given:
        if option not in known:
            raise EngineError(f"{name}: there is no option {option!r}; there are {[*known]}")
    return known | dict(given)


def read_layer(
    name: str, axes: int, x: Any, weight: Any, options: Mapping[str, Any]
) -> tuple[Image, Array, Taps]:
    """The image, the filters (A, B, kernel…), and where their taps lie."""
    image = read_image(name, x, axes)
    filters = read(name, "weight", weight).values
    _, kernels = with_channels(name, image.pixels, filters, axes=axes)
    return image, kernels, read_taps(name, image.sizes, kernels.shape[2:], options)


def read_image(name: str, x: Any, axes: int) -> Image:
    """The input, axes of size 1 put in front."""
    given = read_images(name, "input", x, axes=axes)
    missing = axes + 2 - given.values.ndim
    return Image(given.values.reshape((1,) * missing + given.values.shape), missing, given.kind)


def read_taps(name: str, sizes: Index, kernel: Index, options: Mapping[str, Any]) -> Taps:
    """Stride, dilation and padding, by name too where the operation has borders."""
    axes = len(sizes)
    steps = per_axis(name, "stride", options["stride"], low=1, axes=axes)
    spread = per_axis(name, "dilation", options["dilation"], low=1, axes=axes)
    pads = read_padding(name, options["padding"], axes=axes)
    if isinstance(pads, str):
        if "border" not in options:
            raise EngineError(f"{name}: padding must be numbers, not {pads!r}")
        extents = [d * (k - 1) + 1 for d, k in zip(spread, kernel, strict=True)]
        pads = named_pads(pads, sizes, extents, steps)
    check_border(name, options.get("border", "zero"), pads, sizes)
    return Taps(kernel, steps, spread, pads)


def read_groups(name: str, groups: Any, channels: int, filters: Array) -> int:
    """The groups, which divide the filters and the channels that these see."""
    count = whole(name, "groups", groups, low=1)
    if filters.shape[1] * count != channels or len(filters) % count:
        raise EngineError(
            f"{name}: a weight of shape {filters.shape} with groups = {count} does not fit the "
            f"{channels} channels of the input"
        )
    return count


def read_index(name: str, at: Any, shape: Index, missing: int) -> Index:
    """``at`` with the leading axes that the input lacked, inside an output of that shape."""
    given = tuple(at) if isinstance(at, list | tuple) else (at,)
    if len(given) != len(shape) - missing:
        raise EngineError(
            f"{name}: at must be {len(shape) - missing} numbers, an index of the output of shape "
            f"{shape[missing:]}, not {at!r}"
        )
    if missing == 2 and shape[1] > 1:
        raise EngineError(f"{name}: {shape[1]} output channels need an input with a channel axis")
    index = (0,) * missing + tuple(whole(name, "at", number, low=0) for number in given)
    if any(number >= size for number, size in zip(index, shape, strict=True)):
        raise EngineError(f"{name}: at = {at!r} is outside the output of shape {shape[missing:]}")
    return index


def read_bias(name: str, bias: Any, channel: int, filters: int) -> Any:
    """The bias of one output channel; None where there is none."""
    if bias is None:
        return None
    biases = read(name, "bias", bias).values
    if biases.ndim > 1 or biases.size != filters:
        raise EngineError(
            f"{name}: the bias must have one number for each of the {filters} filters; its "
            f"shape is {biases.shape}"
        )
    return biases.reshape(-1).item(channel)
