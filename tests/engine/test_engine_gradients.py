"""Gradients of convolution and pooling: by hand, by difference quotients, as transposes.

The sum of ``dy`` times a layer is linear in each argument (quadratic in none), so that in Fractions
a difference quotient with any step is the derivative exactly; for the maximum, with a step that
changes no winner.
"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.engine import (
    EngineError,
    avg_pool1d_gradient,
    avg_pool2d,
    avg_pool2d_gradient,
    conv1d,
    conv1d_gradients,
    conv2d,
    conv2d_gradients,
    conv3d_gradients,
    conv_matrix,
    lp_pool1d_gradient,
    lp_pool2d,
    lp_pool2d_gradient,
    max_pool1d_gradient,
    max_pool2d,
    max_pool2d_gradient,
)

SEEDS = st.integers(0, 10**6)
BORDERS = st.sampled_from(["zero", "reflect", "replicate", "circular"])


def dot(a, b):
    return sum(
        int(x) * y if isinstance(x, np.integer) else x * y for x, y in zip(a, b, strict=True)
    )


def product(a, b):
    """⟨a, b⟩ as an exact number."""
    return dot(np.asarray(a).ravel().tolist(), np.asarray(b).ravel().tolist())


class Layer:
    """A random convolution with its arguments, of small integers."""

    def __init__(self, seed, border="zero"):
        self.random = random = np.random.default_rng(seed)
        groups = int(random.integers(1, 3))
        kernel, stride, dilation = (tuple(random.integers(1, n, 2).tolist()) for n in (4, 4, 3))
        padding = tuple(random.integers(0, 3, 2).tolist())
        extents = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
        room = random.integers(0, 4, 2).tolist()
        size = [
            max(p + 1, e - 2 * p) + more for e, p, more in zip(extents, padding, room, strict=True)
        ]
        self.x = self.whole(2, groups * 2, *size)
        self.weight = self.whole(groups, 2, *kernel)
        self.bias = self.whole(groups)
        self.options = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
            "border": border,
            "flip": bool(seed % 2),
        }
        self.dy = self.whole(*self.y().shape)

    def whole(self, *shape):
        return self.random.integers(-9, 10, shape)

    def y(self, **change):
        arguments = {"x": self.x, "weight": self.weight, "bias": self.bias} | change
        return conv2d(**arguments, **self.options)

    def gradients(self):
        return conv2d_gradients(self.x, self.weight, self.dy, **self.options)


class TestConvolutionByHand:
    def test_one_dimension(self):
        found = conv1d_gradients([1, 2, 3], [4, 5], [10, 100])
        assert found.weight.tolist() == [10 + 200, 20 + 300]
        assert found.input.tolist() == [40, 450, 500]
        assert found.bias.tolist() == [110]

    def test_padding_gives_the_weight_nothing(self):
        found = conv1d_gradients([1, 2], [7, 8, 9], [1, 10], padding=1)
        assert found.weight.tolist() == [10, 1 + 20, 2]
        assert found.input.tolist() == [8 + 70, 9 + 80]

    def test_a_pixel_that_no_window_reads_gets_nothing(self):
        found = conv2d_gradients([[1, 2, 3]], [[5]], [[1, 1]], stride=2)
        assert found.input.tolist() == [[5, 0, 5]]

    def test_copies_of_a_border_are_added_up(self):
        found = conv1d_gradients(
            [1, 2, 3], [1], [1, 10, 100, 1000, 10000], padding=1, border="replicate"
        )
        assert found.input.tolist() == [11, 100, 11000]

    def test_volume(self):
        x = np.arange(8).reshape(2, 2, 2)
        found = conv3d_gradients(x, np.ones((2, 2, 2), int), [[[3]]])
        assert found.weight.tolist() == (3 * x).tolist()
        assert (found.input == 3).all()

    def test_fractions(self):
        half = Fraction(1, 2)
        found = conv1d_gradients([half, 1], [Fraction(1, 3), 2], [half])
        assert found.weight.tolist() == [Fraction(1, 4), half]
        assert found.input.tolist() == [Fraction(1, 6), 1]

    def test_symbols(self):
        sympy = pytest.importorskip("sympy")
        a, b, w, v, d, e = sympy.symbols("a b w v d e")
        found = conv1d_gradients([a, b, a], [w, v], [d, e])
        assert [sympy.expand(g) for g in found.weight] == [a * d + b * e, a * e + b * d]
        assert [sympy.expand(g) for g in found.input] == [d * w, d * v + e * w, e * v]


@given(SEEDS, BORDERS)
@settings(deadline=None, max_examples=60)
def test_convolution_is_linear_in_each_argument(seed, border):
    """⟨dy, y(one argument changed) − y⟩ = ⟨change, gradient⟩, exactly, whatever the change."""
    layer = Layer(seed, border)
    found = layer.gradients()
    base = product(layer.dy, layer.y())
    for name, gradient in (("x", found.input), ("weight", found.weight), ("bias", found.bias)):
        argument = getattr(layer, name)
        change = layer.whole(*argument.shape)
        moved = product(layer.dy, layer.y(**{name: argument + change}))
        assert moved - base == product(change, gradient)


@given(SEEDS)
@settings(deadline=None, max_examples=40)
def test_input_gradient_is_the_transposed_matrix(seed):
    """⟨Cx, dy⟩ = ⟨x, Cᵀ dy⟩, with the matrix of :func:`conv_matrix`, a route of its own."""
    layer = Layer(2 * seed)
    options = {name: layer.options[name] for name in ("stride", "padding", "dilation")}
    weight = layer.whole(3, layer.x.shape[1], *layer.weight.shape[2:])
    matrix = conv_matrix(weight, input_shape=layer.x.shape[1:], **options)
    dy = layer.whole(*conv2d(layer.x[0], weight, **options).shape)
    found = conv2d_gradients(layer.x[0], weight, dy, **options)
    assert found.input.ravel().tolist() == (matrix.T @ dy.ravel()).tolist()


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_exact_and_float_gradients_agree(seed):
    layer = Layer(seed)
    exact = layer.gradients()
    scaled = conv2d_gradients(
        layer.x * Fraction(1, 3), layer.weight * Fraction(1, 7), layer.dy, **layer.options
    )
    floats = conv2d_gradients(layer.x / 3, layer.weight / 7, layer.dy / 1, **layer.options)
    for whole, fraction, rounded, factor in zip(exact, scaled, floats, (7, 3, 1), strict=True):
        assert (fraction * factor == whole).all()
        np.testing.assert_allclose(rounded, fraction.astype(float), rtol=1e-12, atol=1e-10)


@given(st.sampled_from([2**30, 2**31, 2**32, 2**62, 2**63 - 1, 2**70]))
@settings(deadline=None)
def test_no_gradient_overflows(scale):
    layer = Layer(11)
    small = layer.gradients()
    big = conv2d_gradients(
        layer.x.astype(object) * scale,
        layer.weight.astype(object) * scale,
        layer.dy.astype(object) * scale,
        **layer.options,
    )
    for ours, unit, power in zip(big, small, (2, 2, 1), strict=True):
        assert ours.tolist() == (unit.astype(object) * scale**power).tolist()


def test_sums_of_what_just_fits_do_not_overflow():
    half = 2**62
    assert conv1d_gradients([0, 0, 0], [1, 1], [half, half]).input.tolist() == [
        half,
        2 * half,
        half,
    ]
    copies = conv1d_gradients([1], [1], [half] * 3, padding=1, border="replicate")
    assert (copies.input.tolist(), copies.bias.tolist()) == ([3 * half], [3 * half])
    assert max_pool1d_gradient([0, 9, 0], [half, half], 2, stride=1).tolist() == [0, 2 * half, 0]
    assert avg_pool1d_gradient([half, half], 3, size=4, stride=1).tolist()[1] == Fraction(
        half * 2, 3
    )


def test_shift_equivariance_of_the_input_gradient():
    """With a circular border and stride 1 a shift of dy shifts the gradient; with stride 2 not."""
    random = np.random.default_rng(8)
    x, weight, dy = (random.integers(-9, 10, n) for n in (8, 3, 8))
    options = {"padding": 1, "border": "circular"}
    here, there = (conv1d_gradients(x, weight, np.roll(dy, n), **options).input for n in (0, 3))
    assert there.tolist() == np.roll(here, 3).tolist()
    strided = [
        conv1d_gradients(x, weight, np.roll(dy[:4], n), stride=2, **options).input for n in (0, 1)
    ]
    assert strided[1].tolist() == np.roll(strided[0], 2).tolist()
    assert strided[1].tolist() != np.roll(strided[0], 1).tolist()


class TestPooling:
    def test_maximum_by_hand(self):
        assert max_pool1d_gradient([1, 5, 2, 4], [10, 1, 100], 2, stride=1).tolist() == [
            0,
            11,
            0,
            100,
        ]

    def test_of_equal_values_the_first_wins(self):
        assert max_pool2d_gradient([[3, 3], [3, 3]], [[7]], 2).tolist() == [[7, 0], [0, 0]]

    def test_mean_by_hand(self):
        found = avg_pool1d_gradient([2, 4, 6], 2, size=4, stride=1)
        assert found.tolist() == [1, 3, 5, 3]
        assert avg_pool1d_gradient([2, 4], 2, size=3, ceil_mode=True).tolist() == [1, 1, 4]
        counted = {"size": 2, "stride": 1, "padding": 1}
        assert avg_pool1d_gradient([2, 4, 6], 2, **counted).tolist() == [3, 5]
        found = avg_pool1d_gradient([2, 4, 6], 2, count_include_pad=False, **counted)
        assert found.tolist() == [4, 8]

    def test_norm_by_hand(self):
        found = lp_pool2d_gradient([[3, -4], [0, 0]], [[10]], 2, power=2)
        assert found.tolist() == [[6, -8], [0, 0]]
        assert lp_pool1d_gradient([0, 0], [Fraction(1, 2)], 2, power=2).tolist() == [0, 0]
        assert lp_pool1d_gradient([-2, 5], [3], 2, power=1).tolist() == [-3, 3]

    def test_symbols_pass_through(self):
        sympy = pytest.importorskip("sympy")
        a, b = sympy.symbols("a b")
        assert max_pool1d_gradient([1, 3, 2], [a, b], 2, stride=1).tolist() == [0, a + b, 0]
        assert avg_pool1d_gradient([a, b], 2, size=3, stride=1).tolist() == [
            a / 2,
            (a / 2 + b / 2),
            b / 2,
        ]

    @given(SEEDS, st.booleans(), st.booleans())
    @settings(deadline=None, max_examples=60)
    def test_difference_quotients(self, seed, ceil, counted):
        """Values that differ by 1 or more keep their winners under a step of a half."""
        random = np.random.default_rng(seed)
        size, kernel, stride = (
            random.integers(a, b, 2).tolist() for a, b in ((4, 8), (1, 4), (1, 4))
        )
        options = {
            "stride": stride,
            "padding": [int(random.integers(0, k // 2 + 1)) for k in kernel],
            "ceil_mode": ceil,
        }
        x = random.permutation(size[0] * size[1]).reshape(size).astype(object)
        y = max_pool2d(x, kernel, **options)
        dy = random.integers(-9, 10, y.shape)
        means = options | {"count_include_pad": counted}
        by_max = max_pool2d_gradient(x, dy, kernel, **options)
        by_mean = avg_pool2d_gradient(dy, kernel, size=size, **means)
        for row, column in random.integers(0, size, (4, 2)).tolist():
            moved = x.copy()
            moved[row, column] += Fraction(1, 2)
            gain = product(dy, max_pool2d(moved, kernel, **options)) - product(dy, y)
            assert gain * 2 == by_max[row, column]
            gain = product(dy, avg_pool2d(moved, kernel, **means))
            gain -= product(dy, avg_pool2d(x, kernel, **means))
            assert gain * 2 == by_mean[row, column]

    @given(SEEDS, st.integers(2, 5))
    @settings(deadline=None, max_examples=25)
    def test_norm_by_central_differences(self, seed, power):
        random = np.random.default_rng(seed)
        x = random.choice([-1, 1], (5, 6)) * (0.5 + random.random((5, 6)))
        options = {"power": power, "stride": 2, "padding": 1, "ceil_mode": True}
        y = lp_pool2d(x, 3, **options)
        dy = random.standard_normal(y.shape)
        found = lp_pool2d_gradient(x, dy, 3, **options)
        for place in [(0, 0), (2, 3), (4, 5)]:
            step = np.zeros(x.shape)
            step[place] = 1e-5
            gain = lp_pool2d(x + step, 3, **options) - lp_pool2d(x - step, 3, **options)
            assert found[place] == pytest.approx((gain * dy).sum() / 2e-5, abs=1e-7)


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"dy": [[1, 2, 3]]}, r"dy must have the output's shape \(1, 2\)"),
            ({"dy": [[1, float("nan")]]}, "dy holds NaN"),
            ({"weight": [[1, 2, 3, 4]]}, "more than the padded input"),
            ({"x": [1, 2, 3]}, "the input must be"),
            ({"groups": 2}, "groups = 2"),
            ({"border": "mirror"}, "border must be one of"),
        ],
    )
    def test_convolution(self, change, words):
        arguments = {"x": [[1, 2, 3]], "weight": [[1, 2]], "dy": [[1, 2]]} | change
        with pytest.raises(EngineError, match="conv2d_gradients: .*" + words):
            conv2d_gradients(**arguments)

    def test_pooling(self):
        with pytest.raises(EngineError, match=r"max_pool2d_gradient: dy .* \(1, 1\)"):
            max_pool2d_gradient([[1, 2]], [[1, 2]], (1, 2))
        with pytest.raises(EngineError, match=r"avg_pool2d_gradient: dy .* \(1, 2\)"):
            avg_pool2d_gradient([[1, 2, 3]], (1, 2), size=(1, 4))
        with pytest.raises(EngineError, match=r"lp_pool2d_gradient: .*irrational"):
            lp_pool2d_gradient([[1, 1]], [[1]], (1, 2), power=2)


def test_one_filter_on_a_signal_without_channels():
    x, weight = [1, 2, 3, 4], [1, -1]
    assert conv1d_gradients(x, weight, conv1d(x, weight)).input.shape == (4,)
