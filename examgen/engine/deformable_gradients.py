"""The gradients of deformable convolution, for everything that it learns from or reads."""

from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

import numpy as np

from examgen.engine.arithmetic import integers_below, matmul
from examgen.engine.exact import Array, largest, objects, restore, whole_if_integral
from examgen.engine.sampling import DeformableLayer, read_layer
from examgen.engine.windows import check_upstream

_NAME = "deform_conv2d_gradients"


class DeformGradients(NamedTuple):
    """The gradients of a deformable convolution, each with the shape of its argument.

    ``mask`` is None where no mask was given; ``bias`` is (C_out,).
    """

    input: Array
    offset: Array
    weight: Array
    mask: Array | None
    bias: Array


def deform_conv2d_gradients(
    x: Any,
    offset: Any,
    weight: Any,
    dy: Any,
    mask: Any = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
) -> DeformGradients:
    """The derivatives, by each argument, of the sum of ``dy`` times ``deform_conv2d``.

    Shapes: ``dy`` is that of the output; the others, and the units, as in ``deform_conv2d``.
    The gradient by an offset is per pixel of shift. Where a tap reads at an integer row (column),
    the value has a kink there and the derivative by dy (dx) is the right-hand one, towards the
    next row below (column to the right), as in PyTorch and torchvision.

    Exact for integers and Fractions; all but ``offset`` may be symbols. Raises EngineError (a
    ValueError) for shapes that do not fit and NaN.

    Source: Dai et al., "Deformable convolutional networks" (2017), appendix A; Zhu et al.,
    "Deformable ConvNets v2" (2019).
    """
    arguments = {"input": x, "offset": offset, "weight": weight, "mask": mask, "dy": dy}
    layer = read_layer(_NAME, arguments, stride=stride, padding=padding, dilation=dilation)
    filters = len(layer.kernels)
    upstream = check_upstream(_NAME, layer.arrays["dy"], layer.arrays["input"], filters, layer.out)
    upstream = upstream.reshape(len(upstream), layer.groups, filters // layer.groups, -1)
    found = _Factors(layer, upstream).gradients()
    return DeformGradients(
        _restore(layer, found["input"], "input", "weight mask dy", layer.unit**2),
        _restore(layer, found["offset"], "offset", "input weight mask dy", layer.unit),
        _restore(layer, found["weight"], "weight", "input mask dy", layer.unit**2),
        None
        if layer.mask is None
        else _restore(layer, found["mask"], "mask", "input weight dy", layer.unit**2),
        restore(found["bias"], layer.over["dy"], layer.kind),
    )


def _restore(
    layer: DeformableLayer, values: Array, argument: str, factors: str, power: int
) -> Array:
    """The gradient by an argument from its integers over the denominators of the factors."""
    denominator = power * prod(layer.over.get(factor, 1) for factor in factors.split())
    return restore(values.reshape(layer.arrays[argument].shape), denominator, layer.kind)


class _Factors:
    """What the gradients are sums of products of, in a type in which all of these are exact."""

    def __init__(self, layer: DeformableLayer, upstream: Array) -> None:
        self.layer, self.upstream = layer, upstream
        mask = np.ones((1, 1, 1, 1), dtype=np.int64) if layer.mask is None else layer.mask
        weights = [corner.weight for corner in layer.corners]
        down = [corner.down * corner.horizontal for corner in layer.corners]
        right = [corner.right * corner.vertical for corner in layer.corners]
        back = _product(layer, upstream.swapaxes(2, 3), layer.rows())
        self.passed = layer.by_offset_group(back)
        self.x = layer.x
        if layer.kind == "symbol":
            weights = [_over(weight, layer.unit**2) for weight in weights]
            down, right = ([_over(v, layer.unit) for v in values] for values in (down, right))
        elif layer.kind != "float":
            sides = (self.passed, upstream, mask, layer.x)
            passed, grown, masked, pixel = (max(1, largest(side)) for side in sides)
            samples, channels = self.passed.shape[2:]
            corners = 4 * layer.unit**2 * masked
            bound = max(corners * passed * max(samples, channels * pixel), upstream.size * grown)
            self.passed, self.upstream, mask, self.x = integers_below(bound, *sides)
            weights, down, right = (
                integers_below(bound, *values) for values in (weights, down, right)
            )
        elif layer.mask is None:
            mask = mask.astype(layer.x.dtype)
        self.mask, self.weights, self.down, self.right = mask, weights, down, right

    def gradients(self) -> dict[str, Array]:
        """The gradient by each argument, in row-major order of its elements."""
        layer, mask = self.layer, self.mask
        tables = layer.tables(self.x)
        strengths = [weight * mask for weight in self.weights]
        reads = [self._agreement(tables, corner.place) for corner in layer.corners]
        shifts = [mask * _dot(slopes, reads) for slopes in (self.down, self.right)]
        return {
            "input": self._spread(strengths, tables.shape),
            "offset": np.stack(shifts, axis=2).transpose(0, 1, 4, 2, 3),
            "weight": self._weight_gradient(layer.sample(tables, strengths)),
            "mask": _dot(self.weights, reads).swapaxes(2, 3),
            "bias": self.upstream.sum(axis=(0, 3)).ravel(),
        }

    def _agreement(self, tables: Array, place: Array) -> Array:
        """What each sample would gain from a unit more of a corner: (N, G, L, k)."""
        result = np.empty(place.shape, dtype=np.result_type(tables, self.passed))
        for n, g in np.ndindex(place.shape[:2]):
            pixels = tables[n, g].take(place[n, g].ravel(), axis=0)
            pixels *= self.passed[n, g]
            result[n, g] = pixels.sum(axis=1).reshape(place.shape[2:])
        return result

    def _spread(self, strengths: list[Array], shape: tuple[int, ...]) -> Array:
        """The gradient by the input, (N, C, H W): each sample handed back to its corners."""
        spread = np.zeros(shape, dtype=self.passed.dtype)
        for n, g in np.ndindex(shape[:2]):
            for corner, strength in zip(self.layer.corners, strengths, strict=True):
                place = corner.place[n, g].ravel()
                order = np.argsort(place, kind="stable")
                pixels, starts = np.unique(place[order], return_index=True)
                handed = self.passed[n, g] * strength[n, g].reshape(-1, 1)
                spread[n, g, pixels] += np.add.reduceat(handed[order], starts, axis=0)
        return spread[:, :, :-1].swapaxes(2, 3)

    def _weight_gradient(self, samples: Array) -> Array:
        """(C_out, C_in / groups, kh, kw)."""
        layer = self.layer
        filters, inner = layer.kernels.shape[:2]
        read = layer.by_weight_group(samples)  # (N, groups, L, k C / groups)
        outputs = len(read) * read.shape[2]
        wide = self.upstream.transpose(1, 2, 0, 3).reshape(layer.groups, -1, outputs)
        tall = read.swapaxes(0, 1).reshape(layer.groups, outputs, -1)
        return _product(layer, wide, tall).reshape(filters, -1, inner).swapaxes(1, 2)


def _product(layer: DeformableLayer, left: Array, right: Array) -> Array:
    product: Array = left @ right if layer.kind == "symbol" else matmul(left, right)
    return product


def _dot(weights: list[Array], reads: list[Array]) -> Array:
    result: Array = sum(
        (weight * read for weight, read in zip(weights[1:], reads[1:], strict=True)),
        weights[0] * reads[0],
    )
    return result


def _over(values: Array, denominator: int) -> Array:
    flat = [whole_if_integral(Fraction(v, denominator)) for v in values.ravel().tolist()]
    return objects(flat, values.shape)
