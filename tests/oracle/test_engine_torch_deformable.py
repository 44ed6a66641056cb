"""Deformable convolution and its gradients against PyTorch's autograd over ``grid_sample``.

The image is extended by zeros to sides of a power of two: only then is the way to grid_sample's
coordinates and back exact for dyadic positions, and with it the side on which a derivative at an
integer is taken. With whole numbers and offsets in quarters float64 holds every value on that way,
and the engine's exact results must equal PyTorch's.
"""

from fractions import Fraction

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional  # noqa: E402

from examgen import engine  # noqa: E402

pytestmark = pytest.mark.oracle

SEEDS = range(40)
KINDS = ["random", "integers", "halves", "quarters", "far"]


class Layer:
    """A random deformable layer with its arguments, of whole numbers or of real ones."""

    def __init__(self, seed, offsets, *, whole):
        self.random = random = np.random.default_rng([seed, KINDS.index(offsets)])
        self.groups = int(random.integers(1, 4))
        self.channels = self.groups * int(random.integers(1, 4))
        self.filters = self.groups * int(random.integers(1, 4))
        fitting = [g for g in (1, 2, 3) if self.channels % g == 0]
        self.offset_groups = int(random.choice(fitting))
        self.kernel, self.stride = self.several(1, 4), self.several(1, 3)
        self.dilation, self.padding = self.several(1, 3), self.several(0, 3)
        extents = [d * (k - 1) + 1 for d, k in zip(self.dilation, self.kernel, strict=True)]
        self.size = [
            int(max(1, e - 2 * p) + random.integers(0, 6))
            for e, p in zip(extents, self.padding, strict=True)
        ]
        self.out = tuple(
            (n + 2 * p - e) // s + 1
            for n, p, e, s in zip(self.size, self.padding, extents, self.stride, strict=True)
        )
        self.make(offsets, whole)

    def make(self, offsets, whole):
        taps, batch = self.kernel[0] * self.kernel[1], int(self.random.integers(1, 3))

        def numbers(*shape):
            normal = self.random.standard_normal
            return self.random.integers(-9, 10, shape) if whole else normal(shape)

        self.x = numbers(batch, self.channels, *self.size)
        self.weight = numbers(self.filters, self.channels // self.groups, *self.kernel)
        self.mask = numbers(batch, self.offset_groups * taps, *self.out)
        self.dy = numbers(batch, self.filters, *self.out)
        shape = (batch, 2 * self.offset_groups * taps, *self.out)
        unit = {"integers": 1, "halves": 2, "quarters": 4}.get(offsets)
        if unit:
            steps = self.random.integers(-3 * unit, 3 * unit + 1, shape)
            self.offset = steps * Fraction(1, unit) if whole else steps / unit
        else:
            self.offset = self.random.standard_normal(shape) * (20 if offsets == "far" else 1)

    def several(self, low, high):
        return tuple(int(n) for n in self.random.integers(low, high, 2))

    @property
    def options(self):
        return {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}


def sample(image, rows, columns):
    """Bilinear samples of (N, C, H, W) at pixel (rows, columns) of (N, P)."""
    height, width = (1 << (n + 3).bit_length() for n in image.shape[2:])
    right, below = width - 1 - image.shape[3], height - 1 - image.shape[2]
    padded = functional.pad(image, (1, right, 1, below))  # corners at -1 are read as zeros too
    grid = [(2 * (columns + 1) + 1) / width - 1, (2 * (rows + 1) + 1) / height - 1]
    return functional.grid_sample(
        padded, torch.stack(grid, dim=-1)[:, :, None], mode="bilinear", align_corners=False
    )[..., 0]


def deform(x, offset, weight, mask, layer):
    """The layer by its definition, one tap of one offset group at a time."""
    taps = layer.kernel[0] * layer.kernel[1]
    offset = offset.reshape(len(x), layer.offset_groups, taps, 2, -1)
    mask = mask.reshape(len(x), layer.offset_groups, taps, -1)
    row, column = torch.meshgrid(*(torch.arange(n).double() for n in layer.out), indexing="ij")
    groups = []
    for group, image in enumerate(x.chunk(layer.offset_groups, dim=1)):
        reads = []
        for tap in range(taps):
            i, j = divmod(tap, layer.kernel[1])
            down = row * layer.stride[0] - layer.padding[0] + i * layer.dilation[0]
            across = column * layer.stride[1] - layer.padding[1] + j * layer.dilation[1]
            places = (
                (down.flatten() + offset[:, group, tap, 0]),
                (across.flatten() + offset[:, group, tap, 1]),
            )
            reads.append(sample(image, *places) * mask[:, group, tap, None])
        groups.append(torch.stack(reads, dim=2))
    columns = torch.cat(groups, dim=1).reshape(len(x), layer.groups, -1, row.numel())
    rows = weight.reshape(layer.groups, layer.filters // layer.groups, -1)
    return (rows @ columns).reshape(len(x), layer.filters, *layer.out)


def expected(layer, *, modulated):
    """PyTorch's output and its gradients by input, offset, weight and mask."""
    mask = layer.mask if modulated else np.ones_like(layer.mask)
    arrays = (layer.x, layer.offset, layer.weight, mask)
    leaves = [torch.tensor(a.astype(np.float64), requires_grad=True) for a in arrays]
    y = deform(*leaves, layer)
    y.backward(torch.tensor(layer.dy, dtype=torch.float64))
    return y.detach().numpy(), [leaf.grad.numpy() for leaf in leaves]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("offsets", KINDS)
@pytest.mark.parametrize("modulated", [False, True])
def test_real_numbers(seed, offsets, modulated):
    layer = Layer(seed, offsets, whole=False)
    mask = layer.mask if modulated else None
    y, gradients = expected(layer, modulated=modulated)
    arguments = (layer.x, layer.offset, layer.weight)
    near(engine.deform_conv2d(*arguments, mask, **layer.options), y)
    ours = engine.deform_conv2d_gradients(*arguments, layer.dy, mask, **layer.options)
    for mine, theirs in zip(ours, gradients, strict=False):
        if mine is not None:
            near(mine, theirs)
    assert (ours.mask is None) != modulated
    near(ours.bias, layer.dy.sum(axis=(0, 2, 3)))


def near(ours, theirs):
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12 * (1 + np.abs(theirs).max()))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("offsets", ["integers", "halves", "quarters"])
@pytest.mark.parametrize("modulated", [False, True])
def test_whole_numbers_are_equal(seed, offsets, modulated):
    layer = Layer(seed, offsets, whole=True)
    mask = layer.mask if modulated else None
    y, gradients = expected(layer, modulated=modulated)
    arguments = (layer.x, layer.offset, layer.weight)
    assert np.array_equal(engine.deform_conv2d(*arguments, mask, **layer.options), y)
    ours = engine.deform_conv2d_gradients(*arguments, layer.dy, mask, **layer.options)
    for mine, theirs in zip(ours, gradients, strict=False):
        assert mine is None or np.array_equal(mine, theirs)


@pytest.mark.parametrize("seed", range(100))
def test_bilinear_value_and_gradients(seed):
    """Positions in quarters of a pixel, many of them at integers, inside and outside."""
    random = np.random.default_rng(seed)
    image = random.standard_normal(random.integers(1, 7, 2))
    x, y = (float(v) for v in random.integers(-8, 28, 2) / 4)
    pixels = torch.tensor(image[None, None], requires_grad=True)
    row, column = (torch.tensor([[v]], dtype=torch.float64, requires_grad=True) for v in (y, x))
    value = sample(pixels, row, column)
    value.sum().backward()
    assert engine.bilinear_sample(image, x, y) == pytest.approx(value.item(), abs=1e-13)
    by_pixel = pixels.grad[0, 0].numpy()
    assert np.array_equal(engine.bilinear_pixel_gradient(image, x, y), by_pixel)
    weights = engine.bilinear_weights(x, y, height=image.shape[0], width=image.shape[1])
    assert np.array_equal(weights, by_pixel)
    by_x, by_y = engine.bilinear_gradient(image, x, y)
    assert by_x == pytest.approx(column.grad.item(), abs=1e-12)
    assert by_y == pytest.approx(row.grad.item(), abs=1e-12)
