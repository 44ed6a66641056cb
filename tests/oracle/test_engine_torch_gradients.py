"""Gradients of convolution against PyTorch's autograd, over random shapes and every option.

PyTorch has no autograd for integers, but float64 holds the whole numbers here exactly: integer
results must equal it exactly.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional  # noqa: E402

from examgen import engine  # noqa: E402

pytestmark = pytest.mark.oracle

SEEDS = range(80)
GRADIENTS = [engine.conv1d_gradients, engine.conv2d_gradients, engine.conv3d_gradients]
TRANSPOSED = [functional.conv_transpose1d, functional.conv_transpose2d, functional.conv_transpose3d]
CONVOLUTIONS = [functional.conv1d, functional.conv2d, functional.conv3d]


class Layer:
    """A random layer: shapes and options that fit together."""

    def __init__(self, seed, axes):
        self.random = random = np.random.default_rng([seed, axes])
        self.axes = axes
        self.groups = int(random.integers(1, 4))
        self.channels = self.groups * int(random.integers(1, 4))
        self.filters = self.groups * int(random.integers(1, 4))
        self.batch = int(random.integers(1, 4))
        self.kernel = self.several(1, 5)
        self.stride = self.several(1, 4)
        self.dilation = self.several(1, 4)
        self.padding = self.several(0, 4)
        extents = [d * (k - 1) + 1 for d, k in zip(self.dilation, self.kernel, strict=True)]
        self.size = tuple(
            int(max(p + 1, e - 2 * p) + random.integers(0, 6))
            for e, p in zip(extents, self.padding, strict=True)
        )

    def several(self, low, high):
        return tuple(int(n) for n in self.random.integers(low, high, self.axes))

    def options(self, *names):
        return {name: getattr(self, name) for name in names}

    def numbers(self, whole, *shape):
        return self.random.integers(-50, 50, shape) if whole else self.random.standard_normal(shape)


def same(ours, theirs):
    theirs = theirs.numpy()
    assert ours.shape == theirs.shape
    if ours.dtype == np.int64:
        assert np.array_equal(ours, theirs)
    else:
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-11 * (1 + np.abs(theirs).max()))


def leaves(*arrays):
    return [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in arrays]


def compare(layer, whole, border="zero"):
    """The three gradients of one layer, of whole numbers or of real ones."""
    x = layer.numbers(whole, layer.batch, layer.channels, *layer.size)
    weight = layer.numbers(whole, layer.filters, layer.channels // layer.groups, *layer.kernel)
    bias = layer.numbers(whole, layer.filters)
    options = layer.options("stride", "dilation", "groups")
    image, filters, constant = leaves(x, weight, bias)
    mode = {"zero": "constant", "replicate": "replicate"}.get(border, border)
    pads = [n for n in reversed(layer.padding) for _ in range(2)]
    padded = functional.pad(image, pads, mode=mode)
    y = CONVOLUTIONS[layer.axes - 1](padded, filters, constant, **options)
    dy = layer.numbers(whole, *y.shape)
    y.backward(torch.tensor(dy, dtype=torch.float64))
    padding = layer.padding[0] if layer.axes == 1 else layer.padding
    ours = GRADIENTS[layer.axes - 1](x, weight, dy, padding=padding, border=border, **options)
    for mine, leaf in zip(ours, (image, filters, constant), strict=True):
        assert mine.dtype == (np.int64 if whole else np.float64)
        same(mine, leaf.grad)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2])
@pytest.mark.parametrize("whole", [True, False])
def test_convolution(seed, axes, whole):
    compare(Layer(seed, axes), whole)


@pytest.mark.parametrize("seed", range(10))
def test_convolution_of_volumes(seed):
    compare(Layer(seed, 3), whole=True)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("whole", [True, False])
def test_transposed_convolution(seed, axes, whole):
    layer = Layer(seed, axes)
    pairs = list(zip(layer.stride, layer.dilation, strict=True))
    options = layer.options("stride", "dilation", "groups")
    options["output_padding"] = tuple(int(layer.random.integers(0, max(pair))) for pair in pairs)
    reach = [
        (n - 1) * s + d * (k - 1) + 1
        for n, k, (s, d) in zip(layer.size, layer.kernel, pairs, strict=True)
    ]
    padding = [min(p, (n - 1) // 2) for p, n in zip(layer.padding, reach, strict=True)]
    x = layer.numbers(whole, layer.batch, layer.channels, *layer.size)
    weight = layer.numbers(whole, layer.channels, layer.filters // layer.groups, *layer.kernel)
    tensors = leaves(x, weight, layer.numbers(whole, layer.filters))
    y = TRANSPOSED[axes - 1](*tensors, padding=padding, **options)
    dy = layer.numbers(whole, *y.shape)
    y.backward(torch.tensor(dy, dtype=torch.float64))
    gradients = getattr(engine, f"conv_transpose{axes}d_gradients")
    padding = padding[0] if axes == 1 else padding
    for mine, leaf in zip(
        gradients(x, weight, dy, padding=padding, **options), tensors, strict=True
    ):
        assert mine.dtype == (np.int64 if whole else np.float64)
        same(mine, leaf.grad)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("border", ["reflect", "replicate", "circular"])
def test_borders(seed, axes, border):
    compare(Layer(seed, axes), seed % 2 == 0, border)


@pytest.mark.parametrize("seed", range(10))
def test_float32_stays_float32(seed):
    layer = Layer(seed, 2)
    x, weight = (
        layer.numbers(False, *shape).astype(np.float32) for shape in ((2, 3, 9, 9), (4, 3, 3, 3))
    )
    image, filters = (torch.tensor(a, requires_grad=True) for a in (x, weight))
    y = functional.conv2d(image, filters)
    y.backward(torch.ones_like(y))
    ours = engine.conv2d_gradients(x, weight, np.ones(y.shape, np.float32))
    assert {gradient.dtype for gradient in ours} == {np.dtype(np.float32)}
    np.testing.assert_allclose(ours.input, image.grad.numpy(), atol=1e-4)
    np.testing.assert_allclose(ours.weight, filters.grad.numpy(), atol=1e-4)
