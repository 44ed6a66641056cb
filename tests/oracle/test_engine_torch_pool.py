"""Pooling, its indices, unpooling and its gradients against PyTorch, over every option."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional  # noqa: E402

from examgen import engine  # noqa: E402

pytestmark = pytest.mark.oracle

SEEDS = range(100)


class Layer:
    """A random pooling layer that PyTorch accepts, as many of its windows as not hanging over."""

    def __init__(self, seed, axes):
        self.random = random = np.random.default_rng([seed, axes])
        self.axes = axes
        self.kernel = self.several(1, 5)
        self.stride = self.several(1, 5)
        self.dilation = self.several(1, 3)
        self.padding = tuple(int(random.integers(0, k // 2 + 1)) for k in self.kernel)
        self.size = tuple(
            d * (k - 1) + 1 + int(random.integers(0, 9))
            for d, k in zip(self.dilation, self.kernel, strict=True)
        )
        self.ceil_mode = bool(seed % 2)
        self.shape = (*self.several(1, 4)[:1], *self.several(1, 4)[:1], *self.size)

    def several(self, low, high):
        return tuple(int(n) for n in self.random.integers(low, high, self.axes))

    def options(self, *names):
        options = {name: getattr(self, name) for name in ("stride", *names)}
        if self.axes == 1:  # PyTorch wants one number there
            options = {n: v[0] if isinstance(v, tuple) else v for n, v in options.items()}
        return options

    def whole(self):  # few values, so that maxima are tied
        return self.random.integers(-6, 7, self.shape)

    def real(self):
        return self.random.standard_normal(self.shape)


def same(ours, theirs):
    theirs = theirs.detach().numpy()
    assert ours.shape == theirs.shape
    if ours.dtype == np.int64:
        assert np.array_equal(ours, theirs)
    else:
        np.testing.assert_allclose(
            ours.astype(float), theirs, rtol=0, atol=1e-12 * (1 + np.abs(theirs).max())
        )


def named(name, axes):
    return getattr(engine, name.format(axes)), getattr(functional, name.format(axes))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_maximum(seed, axes):
    layer = Layer(seed, axes)
    options = layer.options("padding", "dilation", "ceil_mode")
    ours, theirs = named("max_pool{}d", axes)
    for x in (layer.whole(), layer.real()):
        image = torch.from_numpy(x)
        if axes == 1:  # PyTorch has no int64 kernel there; float64 holds these integers exactly
            image = image.double()
        same(ours(x, layer.kernel, **options), theirs(image, layer.kernel, **options))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_indices_and_gradient_of_the_maximum(seed, axes):
    layer = Layer(seed, axes)
    options = layer.options("padding", "dilation", "ceil_mode")
    pool = named("max_pool{}d", axes)[1]
    for x in (layer.whole(), layer.real()):
        image = torch.tensor(x, dtype=torch.float64, requires_grad=True)
        y, indices = pool(image, layer.kernel, return_indices=True, **options)
        ours = getattr(engine, f"max_pool{axes}d_indices")(x, layer.kernel, **options)
        assert ours.dtype == np.int64
        same(ours, indices)
        dy = layer.random.integers(-9, 10, y.shape)
        y.backward(torch.from_numpy(dy).double())
        gradient = getattr(engine, f"max_pool{axes}d_gradient")
        same(gradient(x, dy, layer.kernel, **options), image.grad)
        same(gradient(x, dy + 0.5, layer.kernel, **options), more(image, pool, dy, layer, options))


def more(image, pool, dy, layer, options):
    image.grad = None
    pool(image, layer.kernel, **options).backward(torch.from_numpy(dy + 0.5))
    return image.grad


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_unpooling(seed, axes):
    layer = Layer(seed, axes)
    pool, unpool = (named(name, axes)[1] for name in ("max_pool{}d", "max_unpool{}d"))
    options = layer.options("padding", "ceil_mode")
    x = layer.real()
    y, indices = pool(torch.from_numpy(x), layer.kernel, return_indices=True, **options)
    ours = getattr(engine, f"max_unpool{axes}d")(y.numpy(), indices.numpy(), size=layer.size)
    flat = torch.zeros(*x.shape[:2], int(np.prod(layer.size)), dtype=torch.float64)
    flat.scatter_(2, indices.flatten(2), y.flatten(2))
    same(ours, flat.reshape(x.shape))
    if layer.kernel == layer.stride and not layer.ceil_mode:  # sizes PyTorch accepts
        sizes = {"padding": options["padding"], "output_size": list(layer.size)}
        same(ours, unpool(y, indices, layer.kernel, options["stride"], **sizes))


def test_unpooling_by_the_function_of_pytorch():
    random = np.random.default_rng(5)
    for height, width in random.integers(4, 12, (20, 2)).tolist():
        x = torch.from_numpy(random.standard_normal((2, 3, height, width)))
        y, indices = functional.max_pool2d(x, (2, 3), return_indices=True)
        theirs = functional.max_unpool2d(y, indices, (2, 3), output_size=(height, width))
        same(engine.max_unpool2d(y.numpy(), indices.numpy(), size=(height, width)), theirs)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("counted", [True, False])
def test_mean_and_its_gradient(seed, axes, counted):
    layer = Layer(seed, axes)
    options = layer.options("padding", "ceil_mode") | {"count_include_pad": counted}
    ours, theirs = named("avg_pool{}d", axes)
    for x in (layer.whole(), layer.real()):
        image = torch.tensor(x, dtype=torch.float64, requires_grad=True)
        y = theirs(image, layer.kernel, **options)
        same(ours(x, layer.kernel, **options), y)
        dy = layer.random.integers(-9, 10, y.shape).astype(x.dtype)
        y.backward(torch.from_numpy(dy).double())
        gradient = getattr(engine, f"avg_pool{axes}d_gradient")
        same(gradient(dy, layer.kernel, size=layer.size, **options), image.grad)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("power", [1, 2, 3, 4])
def test_norm_and_its_gradient(seed, axes, power):
    """On positive values: PyTorch leaves the sign of x in x ** p, and so has odd p go wrong."""
    layer = Layer(seed, axes)
    ours, theirs = named("lp_pool{}d", axes)
    x = np.abs(layer.real()) + 0.1
    if power % 2 == 0:
        x *= layer.random.choice([-1, 1], x.shape)
    image = torch.tensor(x, requires_grad=True)
    stride = layer.options()["stride"]
    kernel = layer.kernel[0] if axes == 1 else layer.kernel
    y = theirs(image, power, kernel, stride=stride)
    same(ours(x, layer.kernel, power=power, stride=stride), y)
    dy = layer.random.standard_normal(y.shape)
    y.backward(torch.from_numpy(dy))
    gradient = getattr(engine, f"lp_pool{axes}d_gradient")
    same(gradient(x, dy, layer.kernel, power=power, stride=stride), image.grad)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_global(seed, axes):
    layer = Layer(seed, axes)
    for x in (layer.whole(), layer.real()):
        image = torch.from_numpy(x).double()
        for ours, theirs in (("max", "max"), ("avg", "avg")):
            expected = getattr(functional, f"adaptive_{theirs}_pool{axes}d")(image, 1)
            same(getattr(engine, f"global_{ours}_pool{axes}d")(x), expected)
