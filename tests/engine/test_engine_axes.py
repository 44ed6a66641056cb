"""The same operations on signals and volumes: held against those on images, axis by axis."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen import engine
from examgen.engine import EngineError

SEEDS = st.integers(0, 10**6)


def whole(seed, *shape):
    return np.random.default_rng(seed).integers(-9, 10, shape)


class TestSignals:
    """A signal is an image of one row."""

    @given(SEEDS, st.integers(1, 3), st.integers(0, 2), st.integers(1, 2))
    @settings(deadline=None, max_examples=30)
    def test_depthwise_layers(self, seed, stride, padding, dilation):
        options = {"stride": stride, "dilation": dilation, "border": "circular"}
        x, depthwise = whole(seed, 2, 3, 9), whole(seed + 1, 6, 1, 3)
        pointwise, bias = whole(seed + 2, 4, 6), whole(seed + 3, 4)
        image, filters = x[..., None, :], depthwise[..., None, :]
        pads = {"padding": ((0, 0), (padding, padding))}
        middle = engine.depthwise_conv1d(x, depthwise, padding=padding, **options)
        rows = engine.depthwise_conv2d(image, filters, **pads, **options)
        assert middle.tolist() == rows[..., 0, :].tolist()
        assert engine.pointwise_conv1d(middle, pointwise, bias).tolist() == (
            (pointwise @ middle + bias[:, None]).tolist()
        )
        joined = engine.depthwise_separable_conv1d(
            x, depthwise, pointwise, bias, padding=padding, **options
        )
        assert joined.tolist() == engine.pointwise_conv1d(middle, pointwise, bias).tolist()

    @given(SEEDS, st.integers(1, 3), st.integers(0, 2), st.integers(1, 2))
    @settings(deadline=None, max_examples=30)
    def test_columns(self, seed, stride, padding, dilation):
        x, weight = whole(seed, 2, 3, 9), whole(seed + 1, 4, 3, 3)
        options = {"stride": stride, "padding": [padding, "same", "full"][seed % 3]}
        options["dilation"] = dilation
        columns = engine.im2col(x, 3, axes=1, **options)
        assert (weight.reshape(4, -1) @ columns).tolist() == (
            engine.conv1d(x, weight, **options).tolist()
        )
        other = whole(seed + 2, *columns.shape)
        back = engine.col2im(other, x.shape, 3, axes=1, **options)
        assert (other * columns).sum() == (back * x).sum()


class TestVolumes:
    """A window of a volume is a pile of windows of images."""

    @given(SEEDS, st.tuples(*[st.integers(1, 3)] * 3), st.booleans())
    @settings(deadline=None, max_examples=30)
    def test_pooling(self, seed, stride, ceil):
        x, kernel = whole(seed, 2, 5, 6, 4), (2, 3, 2)
        options = {"stride": stride[1:], "ceil_mode": ceil}
        down = {"stride": (stride[0], 1), "ceil_mode": ceil}
        for name in ("max", "lp"):
            power = {"power": 1} if name == "lp" else {}
            pool = getattr(engine, f"{name}_pool2d")
            plane = pool(x, kernel[1:], **options, **power)
            piled = plane.reshape(2, 5, -1)
            y = pool(piled, (2, 1), **down, **power).reshape(2, -1, *plane.shape[2:])
            volume = getattr(engine, f"{name}_pool3d")
            assert volume(x, kernel, stride=stride, ceil_mode=ceil, **power).tolist() == y.tolist()

    @given(SEEDS, st.tuples(*[st.integers(1, 3)] * 3))
    @settings(deadline=None, max_examples=20)
    def test_indices_and_gradient_of_the_maximum(self, seed, stride):
        x = np.random.default_rng(seed).permutation(2 * 4 * 5 * 4).reshape(2, 4, 5, 4)
        places = engine.max_pool3d_indices(x, 2, stride=stride)
        y = engine.max_pool3d(x, 2, stride=stride)
        flat = x.reshape(2, -1)
        assert np.take_along_axis(flat, places.reshape(2, -1), 1).tolist() == (
            y.reshape(2, -1).tolist()
        )
        found = engine.max_unpool3d(y, places, size=x.shape[1:])
        assert set(np.unique(found[found != 0])) == set(np.unique(y[y != 0]))
        dy = whole(seed, *y.shape)
        gradient = np.zeros_like(flat)
        for channel in (0, 1):
            np.add.at(gradient[channel], places[channel].ravel(), dy[channel].ravel())
        by_x = engine.max_pool3d_gradient(x, dy, 2, stride=stride)
        assert by_x.reshape(2, -1).tolist() == gradient.tolist()

    @given(SEEDS, st.tuples(*[st.integers(1, 3)] * 3), st.booleans(), st.booleans())
    @settings(deadline=None, max_examples=20)
    def test_the_gradient_of_the_mean_is_its_transpose(self, seed, stride, ceil, counted):
        x = whole(seed, 2, 4, 5, 4)
        options = {"stride": stride, "padding": 1, "ceil_mode": ceil, "count_include_pad": counted}
        y = engine.avg_pool3d(x, (2, 3, 2), **options)
        dy = whole(seed + 1, *y.shape)
        by_x = engine.avg_pool3d_gradient(dy, (2, 3, 2), size=(4, 5, 4), **options)
        assert (y * dy).sum() == (x * by_x).sum()

    def test_the_gradient_of_a_norm_by_hand(self):
        cube = [[[2, -3], [0, 0]], [[0, 6], [0, 0]]]
        assert engine.lp_pool3d(cube, 2, power=2).tolist() == [[[7]]]
        assert engine.lp_pool3d_gradient(cube, [[[7]]], 2, power=2).tolist() == cube

    def test_global_pooling(self):
        x = whole(1, 2, 3, 4, 5)
        assert engine.global_max_pool3d(x).ravel().tolist() == x.max(axis=(1, 2, 3)).tolist()
        assert engine.global_avg_pool3d(x).ravel().tolist() == [
            engine.avg_pool1d(channel.ravel(), 60).item() for channel in x
        ]

    def test_layers_of_one_kernel_each(self):
        x, own = whole(2, 3, 4, 4, 5), whole(3, 3, 2, 2, 2)
        middle = engine.depthwise_conv3d(x, own, padding="same")
        by_channel = [
            engine.conv3d(c, k, padding="same").tolist() for c, k in zip(x, own, strict=True)
        ]
        assert middle.tolist() == by_channel
        mix = whole(4, 2, 3)
        y = engine.depthwise_separable_conv3d(x, own, mix, [1, 2], padding="same")
        assert y.tolist() == engine.pointwise_conv3d(middle, mix, [1, 2]).tolist()
        assert y.shape == (2, 4, 4, 5)

    def test_weights_of_each_place(self):
        x, own = whole(2, 4, 4, 5), whole(3, 2, 2, 4, 2, 2, 2)
        y = engine.unshared_conv3d(x, own, stride=(2, 2, 1))
        for d, row, column in np.ndindex(y.shape):
            window = x[2 * d : 2 * d + 2, 2 * row : 2 * row + 2, column : column + 2]
            assert y[d, row, column] == (window * own[d, row, column]).sum()

    def test_columns(self):
        x, weight = whole(5, 2, 4, 5, 4), whole(6, 3, 2, 2, 3, 2)
        columns = engine.im2col(x, (2, 3, 2), axes=3, stride=(1, 2, 1), padding=1)
        y = engine.conv3d(x, weight, stride=(1, 2, 1), padding=1)
        assert (weight.reshape(3, -1) @ columns).tolist() == y.reshape(3, -1).tolist()
        other = whole(7, *columns.shape)
        back = engine.col2im(other, x.shape, (2, 3, 2), axes=3, stride=(1, 2, 1), padding=1)
        assert (other * columns).sum() == (back * x).sum()


@pytest.mark.parametrize("axes", [1, 2, 3])
class TestTransposedGradients:
    """A difference quotient with any step is the derivative: each argument enters linearly."""

    @given(seed=SEEDS)
    @settings(deadline=None, max_examples=40)
    def test_each_argument(self, axes, seed):
        random = np.random.default_rng(seed)
        groups = int(random.integers(1, 3))
        kernel, stride, dilation = (tuple(random.integers(1, 4, axes).tolist()) for _ in range(3))
        options = {"stride": stride, "dilation": dilation, "groups": groups}
        options["output_padding"] = tuple(
            int(random.integers(0, max(pair))) for pair in zip(stride, dilation, strict=True)
        )
        size = tuple(random.integers(1, 5, axes).tolist())
        spans = zip(size, stride, dilation, kernel, strict=True)
        room = [(n - 1) * s + d * (k - 1) for n, s, d, k in spans]
        options["padding"] = [(int(random.integers(0, n + 1)) // 2, n // 3) for n in room]
        if axes == 1:
            options["padding"] = options["padding"][0]
        given = {
            "x": whole(seed, 2, 2 * groups, *size),
            "weight": whole(seed + 1, 2 * groups, 2, *kernel),
            "bias": whole(seed + 2, 2 * groups),
        }
        layer = getattr(engine, f"conv_transpose{axes}d")
        y = layer(**given, **options)
        dy = whole(seed + 3, *y.shape)
        gradients = getattr(engine, f"conv_transpose{axes}d_gradients")
        found = gradients(given["x"], given["weight"], dy, **options)
        for name, gradient in zip(given, found, strict=True):
            change = whole(seed + 4, *given[name].shape)
            moved = layer(**(given | {name: given[name] + change}), **options)
            assert ((moved - y) * dy).sum() == (change * gradient).sum()

    def test_no_sum_overflows_and_symbols_pass_through(self, axes):
        sympy = pytest.importorskip("sympy")
        gradients = getattr(engine, f"conv_transpose{axes}d_gradients")
        flat, big = (1,) * (axes - 1), 2**62
        x, weight, dy = (
            np.array(v, dtype=object).reshape(*flat, -1) for v in ([3, 1], [1, big], [big] * 3)
        )
        found = gradients(x, weight, dy)
        assert found.input.ravel().tolist() == [big + big * big] * 2
        assert found.weight.ravel().tolist() == [4 * big] * 2
        assert found.bias.tolist() == [3 * big]
        a, b, w, d, e = sympy.symbols("a b w d e")
        x, weight, dy = (
            np.array(v, dtype=object).reshape(*flat, -1) for v in ([a, b], [w], [d, e])
        )
        found = gradients(x, weight, dy)
        assert found.input.ravel().tolist() == [w * d, w * e]
        assert found.weight.ravel().tolist() == [a * d + b * e]

    def test_bad_shapes(self, axes):
        gradients = getattr(engine, f"conv_transpose{axes}d_gradients")
        flat = (1,) * (axes - 1)
        x, weight = np.ones((*flat, 2), int), np.ones((*flat, 3), int)
        with pytest.raises(EngineError, match="dy must have the output's shape"):
            gradients(x, weight, np.ones((*flat, 5), int))
        with pytest.raises(EngineError, match="must be less than the stride"):
            gradients(x, weight, np.ones((*flat, 5), int), output_padding=1)
