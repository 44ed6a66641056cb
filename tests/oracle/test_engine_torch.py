"""The engine against PyTorch over random shapes and every option: ``make test-oracle``.

Integers must equal PyTorch's int64 results exactly, floats within rounding.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional  # noqa: E402

from examgen import engine  # noqa: E402

pytestmark = pytest.mark.oracle

SEEDS = range(150)


class Layer:
    """A random layer: shapes and options that fit together."""

    def __init__(self, seed, axes):
        self.random = random = np.random.default_rng(seed)
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
            int(max(1, e - 2 * p) + random.integers(0, 8))
            for e, p in zip(extents, self.padding, strict=True)
        )

    def several(self, low, high):
        return tuple(int(n) for n in self.random.integers(low, high, self.axes))

    def options(self, *names):
        return {name: getattr(self, name) for name in names}

    def whole(self, *shape):
        return self.random.integers(-1000, 1000, shape)

    def real(self, *shape):
        return self.random.standard_normal(shape)


def same(ours, theirs):
    theirs = theirs.numpy()
    assert ours.shape == theirs.shape
    if ours.dtype == np.int64:
        assert np.array_equal(ours, theirs)
    else:
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-11 * (1 + np.abs(theirs).max()))


def tensors(*arrays):
    return [torch.from_numpy(array) for array in arrays]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_convolution(seed, axes):
    layer = Layer(seed, axes)
    options = layer.options("stride", "padding", "dilation", "groups")
    if axes == 1:
        options["padding"] = layer.padding[0]
    ours = (engine.conv1d, engine.conv2d, engine.conv3d)[axes - 1]
    theirs = (functional.conv1d, functional.conv2d, functional.conv3d)[axes - 1]
    for numbers in (layer.whole, layer.real):
        x = numbers(layer.batch, layer.channels, *layer.size)
        weight = numbers(layer.filters, layer.channels // layer.groups, *layer.kernel)
        bias = numbers(layer.filters)
        same(ours(x, weight, bias, **options), theirs(*tensors(x, weight, bias), **options))
        same(ours(x, weight, **options), theirs(*tensors(x, weight), **options))
        flipped = torch.from_numpy(weight).flip(list(range(2, 2 + axes)))
        expected = theirs(torch.from_numpy(x), flipped, **options)
        same(ours(x, weight, flip=True, **options), expected)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_borders_and_named_padding(seed, axes):
    layer = Layer(seed, axes)
    ours = (engine.conv1d, engine.conv2d, engine.conv3d)[axes - 1]
    theirs = (functional.conv1d, functional.conv2d, functional.conv3d)[axes - 1]
    layer.size = tuple(n + 6 for n in layer.size)
    options = layer.options("dilation", "groups")
    pads = [(int(a), int(b)) for a, b in layer.random.integers(0, 4, (axes, 2))]
    modes = {
        "zero": "constant",
        "reflect": "reflect",
        "replicate": "replicate",
        "circular": "circular",
    }
    for numbers in (layer.whole, layer.real):
        x = numbers(layer.batch, layer.channels, *layer.size)
        weight = numbers(layer.filters, layer.channels // layer.groups, *layer.kernel)
        for name in ("valid", "same"):
            expected = theirs(*tensors(x, weight), padding=name, **options)
            same(ours(x, weight, padding=name, **options), expected)
        for border, mode in modes.items():
            flat = [side for pair in reversed(pads) for side in pair]
            wide = functional.pad(torch.from_numpy(x).double(), flat, mode=mode).to(
                torch.from_numpy(x).dtype
            )
            expected = theirs(wide, torch.from_numpy(weight), stride=layer.stride, **options)
            padding = pads[0] if axes == 1 else pads
            given = options | {"padding": padding, "border": border, "stride": layer.stride}
            same(ours(x, weight, **given), expected)
            same(engine.pad(x, padding, border=border, axes=axes), wide)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_depthwise_pointwise_separable(seed, axes):
    layer = Layer(seed, axes)
    options = layer.options("stride", "padding", "dilation")
    if axes == 1:
        options["padding"] = layer.padding[0]
    theirs = (functional.conv1d, functional.conv2d, functional.conv3d)[axes - 1]
    depthwise_conv, pointwise_conv, separable = (
        getattr(engine, f"{name}_conv{axes}d")
        for name in ("depthwise", "pointwise", "depthwise_separable")
    )
    channels, many = layer.channels, int(layer.random.integers(1, 4))
    for numbers in (layer.whole, layer.real):
        x = numbers(layer.batch, channels, *layer.size)
        depthwise = numbers(many * channels, 1, *layer.kernel)
        pointwise, bias = numbers(layer.filters, many * channels), numbers(layer.filters)
        middle = theirs(*tensors(x, depthwise), groups=channels, **options)
        same(depthwise_conv(x, depthwise, **options), middle)
        point = torch.from_numpy(pointwise).reshape(*pointwise.shape, *(1,) * axes)
        expected = theirs(middle, point, torch.from_numpy(bias))
        same(pointwise_conv(middle.numpy(), pointwise, bias), expected)
        same(separable(x, depthwise, pointwise, bias, **options), expected)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("axes", [1, 2])
def test_depthwise_layers_split_in_phases(seed, axes):
    """Large strided ones, with stride and kernel of any ratio, and every border."""
    layer = Layer(seed, axes)
    channels, size = 16, (600,) if axes == 1 else (31, 30)
    stride, options = layer.several(2, 6), {"groups": channels}
    pads = [(int(a), int(b)) for a, b in layer.random.integers(0, 6, (axes, 2))]
    flat = [side for pair in reversed(pads) for side in pair]
    theirs = (functional.conv1d, functional.conv2d)[axes - 1]
    for numbers in (layer.whole, layer.real):
        x = numbers(2, channels, *size)
        weight = numbers(channels * int(layer.random.integers(1, 3)), 1, *layer.several(1, 8))
        for border in ("constant", "reflect", "circular"):
            wide = functional.pad(torch.from_numpy(x).double(), flat, mode=border)
            wide = wide.to(torch.from_numpy(x).dtype)
            expected = theirs(wide, torch.from_numpy(weight), stride=stride, **options)
            given = {"padding": pads[0] if axes == 1 else pads, "stride": stride}
            given["border"] = "zero" if border == "constant" else border
            ours = (engine.conv1d, engine.conv2d)[axes - 1]
            same(ours(x, weight, **given, **options), expected)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("side", [60, 115])
def test_large_depthwise_and_grouped_layers(seed, side):
    """Every way of computing a layer, by its size."""
    layer = Layer(seed, 2)
    layer.groups = int(layer.random.choice([1, 2, 4, 8]))
    options = layer.options("stride", "padding", "dilation", "groups")
    for numbers in (layer.whole, layer.real):
        x = numbers(layer.batch, 8, side, side - 9)
        weight = numbers(layer.groups * layer.filters, 8 // layer.groups, *layer.kernel)
        expected = functional.conv2d(*tensors(x, weight), **options)
        same(engine.conv2d(x, weight, **options), expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_unshared_convolution_and_columns_back(seed):
    layer = Layer(seed, 2)
    options = layer.options("stride", "padding", "dilation")
    x = layer.real(layer.batch, layer.channels, *layer.size)
    columns = functional.unfold(torch.from_numpy(x), layer.kernel, **options)
    out = functional.conv2d(
        torch.from_numpy(x), torch.ones(1, layer.channels, *layer.kernel).double(), **options
    ).shape[2:]
    weight = layer.real(layer.filters, *out, layer.channels, *layer.kernel)
    rows = torch.from_numpy(weight).reshape(layer.filters, len(columns[0, 0]), -1)
    expected = torch.einsum("fpk,nkp->nfp", rows, columns).reshape(layer.batch, -1, *out)
    same(engine.unshared_conv2d(x, weight, **options), expected)
    back = functional.fold(columns, layer.size, layer.kernel, **options)
    same(engine.col2im(columns.numpy(), x.shape, layer.kernel, **options), back)


@pytest.mark.parametrize("seed", range(12))
def test_asymmetric_padding_and_large_inputs(seed):
    layer = Layer(seed, 2)
    pads = tuple((int(a), int(b)) for a, b in layer.random.integers(0, 4, (2, 2)))
    options = layer.options("stride", "groups")
    for numbers in (layer.whole, layer.real):
        x = numbers(2, layer.channels, 40, 50)
        weight = numbers(layer.filters, layer.channels // layer.groups, *layer.kernel)
        padded = functional.pad(torch.from_numpy(x), (*pads[1], *pads[0]))
        expected = functional.conv2d(padded, torch.from_numpy(weight), **options)
        same(engine.conv2d(x, weight, padding=pads, **options), expected)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_transposed_convolution(seed, axes):
    layer = Layer(seed, axes)
    largest = [max(s, d) for s, d in zip(layer.stride, layer.dilation, strict=True)]
    layer.output_padding = tuple(int(layer.random.integers(0, n)) for n in largest)
    out = [
        (n - 1) * s - 2 * p + d * (k - 1) + 1 + e
        for n, s, p, d, k, e in zip(
            layer.size,
            layer.stride,
            layer.padding,
            layer.dilation,
            layer.kernel,
            layer.output_padding,
            strict=True,
        )
    ]
    if min(out) < 1:
        pytest.skip("the padding crops all")
    options = layer.options("stride", "padding", "output_padding", "dilation", "groups")
    if axes == 1:
        options["padding"] = layer.padding[0]
    ours = (engine.conv_transpose1d, engine.conv_transpose2d, engine.conv_transpose3d)[axes - 1]
    theirs = (
        functional.conv_transpose1d,
        functional.conv_transpose2d,
        functional.conv_transpose3d,
    )[axes - 1]
    for numbers in (layer.whole, layer.real):
        x = numbers(layer.batch, layer.channels, *layer.size)
        weight = numbers(layer.channels, layer.filters // layer.groups, *layer.kernel)
        bias = numbers(layer.filters)
        same(ours(x, weight, bias, **options), theirs(*tensors(x, weight, bias), **options))


@pytest.mark.parametrize("seed", SEEDS)
def test_windows_and_matrix(seed):
    layer = Layer(seed, 2)
    options = layer.options("stride", "padding", "dilation")
    x = layer.real(layer.batch, layer.channels, *layer.size)
    unfolded = functional.unfold(torch.from_numpy(x), layer.kernel, **options)
    same(engine.im2col(x, layer.kernel, **options), unfolded)
    whole = layer.whole(layer.channels, *layer.size)
    options |= layer.options("groups")
    weight = layer.whole(layer.filters, layer.channels // layer.groups, *layer.kernel)
    matrix = engine.conv_matrix(weight, input_shape=whole.shape, **options)
    expected = functional.conv2d(*tensors(whole, weight), **options)
    same((matrix @ whole.ravel()).reshape(tuple(expected.shape)), expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_pooling(seed):
    layer = Layer(seed, 2)
    layer.padding = tuple(min(p, k // 2) for p, k in zip(layer.padding, layer.kernel, strict=True))
    layer.size = tuple(n + 12 for n in layer.size)
    layer.ceil_mode = bool(seed % 2)
    options = layer.options("stride", "padding", "ceil_mode")
    for numbers in (layer.whole, layer.real):
        x = numbers(layer.batch, layer.channels, *layer.size)
        dilated = options | layer.options("dilation")
        expected = functional.max_pool2d(torch.from_numpy(x), layer.kernel, **dilated)
        same(engine.max_pool2d(x, layer.kernel, **dilated), expected)
        for counted in (False, True):
            options["count_include_pad"] = counted
            means = functional.avg_pool2d(torch.from_numpy(x).double(), layer.kernel, **options)
            same(engine.avg_pool2d(x, layer.kernel, **options).astype(float), means)
        del options["count_include_pad"]


def torch_sample(image, rows, columns):
    """Bilinear samples of (N, C, H, W) at pixel (rows, columns) of (N, P), by ``grid_sample``.

    The image is extended by zeros to sides of a power of two: only then does the way to
    grid_sample's coordinates and back keep dyadic positions exact, and with them the side on
    which the derivative is taken.
    """
    height, width = (1 << (n + 3).bit_length() for n in image.shape[2:])
    padded = functional.pad(
        image, (1, width - 1 - image.shape[3], 1, height - 1 - image.shape[2])
    )  # one zero in front, so that corners at -1 are read as zeros too
    grid = torch.stack(
        [(2 * (columns + 1) + 1) / width - 1, (2 * (rows + 1) + 1) / height - 1], dim=-1
    )
    samples = functional.grid_sample(
        padded, grid[:, :, None], mode="bilinear", padding_mode="zeros", align_corners=False
    )
    return samples[..., 0]


def torch_deform(x, offset, weight, mask, layer, out):
    """Deformable convolution from ``torch_sample``, one tap at a time."""
    taps = layer.kernel[0] * layer.kernel[1]
    offset_groups = offset.shape[1] // (2 * taps)
    share = x.shape[1] // offset_groups
    offset = offset.reshape(len(x), offset_groups, taps, 2, *out)
    mask = mask.reshape(len(x), offset_groups, taps, *out)
    row, column = torch.meshgrid(*(torch.arange(n).double() for n in out), indexing="ij")
    columns = []
    for group in range(offset_groups):
        image = x[:, group * share : (group + 1) * share]
        reads = []
        for tap in range(taps):
            i, j = divmod(tap, layer.kernel[1])
            rows = row * layer.stride[0] - layer.padding[0] + i * layer.dilation[0]
            places = column * layer.stride[1] - layer.padding[1] + j * layer.dilation[1]
            rows, places = rows + offset[:, group, tap, 0], places + offset[:, group, tap, 1]
            read = torch_sample(image, rows.flatten(1), places.flatten(1))
            reads.append(read * mask[:, group, tap].flatten(1)[:, None])
        columns.append(torch.stack(reads, dim=2))
    values = torch.cat(columns, dim=1)  # (N, C, taps, L)
    values = values.reshape(len(x), layer.groups, -1, values.shape[-1])
    rows_of = weight.reshape(layer.groups, len(weight) // layer.groups, -1)
    return (rows_of @ values).reshape(len(x), len(weight), *out)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("offsets", ["random", "quarters", "far"])
def test_deformable_convolution(seed, offsets):
    layer = Layer(seed, 2)
    random = layer.random
    offset_groups = int(random.choice([g for g in (1, 2, 3) if layer.channels % g == 0]))
    taps = layer.kernel[0] * layer.kernel[1]
    weight = layer.real(layer.filters, layer.channels // layer.groups, *layer.kernel)
    x = layer.real(layer.batch, layer.channels, *layer.size)
    options = layer.options("stride", "padding", "dilation")
    regular = functional.conv2d(*tensors(x, weight), groups=layer.groups, **options)
    out = tuple(regular.shape[2:])
    shape = (layer.batch, 2 * offset_groups * taps, *out)
    offset = {
        "random": lambda: random.standard_normal(shape),
        "quarters": lambda: random.integers(-8, 9, shape) / 4,
        "far": lambda: 20 * random.standard_normal(shape),
    }[offsets]()
    mask = random.random((layer.batch, offset_groups * taps, *out))
    bias = layer.real(layer.filters)
    expected = torch_deform(*tensors(x, offset, weight, mask), layer, out)
    same(engine.deform_conv2d(x, offset, weight, mask, **options), expected)
    first = torch_deform(*tensors(x, offset, weight, np.ones_like(mask)), layer, out)
    first = first + torch.from_numpy(bias)[:, None, None]
    same(engine.deform_conv2d(x, offset, weight, bias=bias, **options), first)
    same(engine.deform_conv2d(x, 0 * offset, weight, **options), regular)


@pytest.mark.parametrize("seed", SEEDS)
def test_bilinear_value_and_gradient(seed):
    """Positions in quarters of a pixel, many of them at integers, inside and outside."""
    random = np.random.default_rng(seed)
    image = random.standard_normal(random.integers(1, 7, 2))
    x, y = (float(v) for v in random.integers(-8, 28, 2) / 4)
    row, column = (torch.tensor([[v]], dtype=torch.float64, requires_grad=True) for v in (y, x))
    value = torch_sample(torch.from_numpy(image)[None, None], row, column)
    value.sum().backward()
    assert engine.bilinear_sample(image, x, y) == pytest.approx(value.item(), abs=1e-13)
    weights = engine.bilinear_weights(x, y, height=image.shape[0], width=image.shape[1])
    assert (weights * image).sum() == pytest.approx(value.item(), abs=1e-13)
    by_x, by_y = engine.bilinear_gradient(image, x, y)
    assert by_x == pytest.approx(column.grad.item(), abs=1e-12)
    assert by_y == pytest.approx(row.grad.item(), abs=1e-12)
