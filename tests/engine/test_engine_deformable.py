"""Bilinear sampling and deformable convolution against hand-worked values and each other."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.engine import (
    EngineError,
    bilinear_gradient,
    bilinear_pixel_gradient,
    bilinear_sample,
    bilinear_weights,
    conv2d,
    deform_conv2d,
)

SQUARES = [[(5 * r + c) ** 2 for c in range(5)] for r in range(5)]
COORDINATES = st.fractions(-2, 6, max_denominator=6)


class TestBilinear:
    def test_by_hand(self):
        assert bilinear_sample(SQUARES, Fraction(17, 10), Fraction(23, 10)) == Fraction(1797, 10)

    def test_weights_by_hand(self):
        weights = bilinear_weights(Fraction(17, 10), Fraction(23, 10), height=5, width=5)
        assert weights[2:4, 1:3].tolist() == [
            [Fraction(21, 100), Fraction(49, 100)],
            [Fraction(9, 100), Fraction(21, 100)],
        ]
        assert np.count_nonzero(weights) == 4

    def test_gradient_is_right_handed_at_integers(self):
        assert bilinear_gradient(SQUARES, 1, 2)[0] == 23
        row = [[3, 5, 11]]
        assert [bilinear_gradient(row, x, 0)[0] for x in (-1, 0, 2, 3)] == [3, 2, -11, 0]
        assert bilinear_sample(row, -1, 0) == 0

    @pytest.mark.parametrize(
        ("corner", "by_x", "by_y"),
        [
            ((2, 1), Fraction(-7, 10), Fraction(-3, 10)),
            ((2, 2), Fraction(7, 10), Fraction(-7, 10)),
            ((3, 1), Fraction(-3, 10), Fraction(3, 10)),
            ((3, 2), Fraction(3, 10), Fraction(7, 10)),
        ],
    )
    def test_gradient_of_each_weight(self, corner, by_x, by_y):
        image = np.zeros((5, 5), dtype=int)
        image[corner] = 1
        assert bilinear_gradient(image, Fraction(17, 10), Fraction(23, 10)) == (by_x, by_y)

    @given(COORDINATES, COORDINATES)
    def test_four_corners_are_the_hat_functions(self, x, y):
        weights = bilinear_weights(x, y, height=5, width=5)
        assert bilinear_sample(SQUARES, x, y) == (weights * np.array(SQUARES)).sum()

    @given(COORDINATES, COORDINATES)
    def test_gradient_by_the_pixels_is_their_weights(self, x, y):
        weights = bilinear_weights(x, y, height=5, width=5)
        assert bilinear_pixel_gradient(SQUARES, x, y).tolist() == weights.tolist()

    def test_kinds_of_the_gradient_by_the_pixels(self):
        assert bilinear_pixel_gradient(SQUARES, 1, 2).dtype == np.int64
        assert bilinear_pixel_gradient(SQUARES, 0.25, 2).dtype == np.float64
        assert bilinear_pixel_gradient([[7, 7]], Fraction(1, 3), 0).tolist() == [
            [Fraction(2, 3), Fraction(1, 3)]
        ]

    @given(COORDINATES, COORDINATES)
    def test_exact_and_float_agree(self, x, y):
        exact = bilinear_sample(SQUARES, x, y)
        assert bilinear_sample(SQUARES, float(x), float(y)) == pytest.approx(float(exact), abs=1e-9)

    @given(COORDINATES, COORDINATES)
    def test_gradient_is_the_difference_quotient_inside_a_cell(self, x, y):
        step = Fraction(
            1, 100
        )  # no coordinate with a denominator up to 6 is so close below an integer
        here = bilinear_sample(SQUARES, x, y)
        by_x = (bilinear_sample(SQUARES, x + step, y) - here) / step
        by_y = (bilinear_sample(SQUARES, x, y + step) - here) / step
        assert bilinear_gradient(SQUARES, x, y) == (by_x, by_y)

    def test_kinds(self):
        assert type(bilinear_sample(SQUARES, 1, 2)) is int
        assert bilinear_sample(SQUARES, 1.5, 2) == 132.5
        assert bilinear_weights(1, 2, height=3, width=2).dtype == np.int64
        assert bilinear_weights(0.5, 2, height=3, width=2).dtype == np.float64

    def test_symbols(self):
        sympy = pytest.importorskip("sympy")
        a, b, c, d = sympy.symbols("a b c d")
        image = [[a, b], [c, d]]
        assert bilinear_sample(image, Fraction(1, 2), 0) == (a + b) / 2
        by_x, _ = bilinear_gradient(image, Fraction(1, 2), Fraction(1, 3))
        assert sympy.expand(by_x - (Fraction(2, 3) * (b - a) + Fraction(1, 3) * (d - c))) == 0

    def test_bad_input(self):
        with pytest.raises(EngineError, match=r"image must be \(H, W\)"):
            bilinear_sample([1, 2], 0, 0)
        with pytest.raises(EngineError, match="x must be one number"):
            bilinear_sample(SQUARES, [1, 2], 0)
        with pytest.raises(EngineError, match="NaN"):
            bilinear_sample(SQUARES, float("nan"), 0)


def layer(seed, *, channels=2, filters=3, out=(4, 4)):
    """An input of 6 × 5, 3 × 3 filters, and the offsets of a padded stride-(2, 2) layer."""
    random = np.random.default_rng(seed)
    x = random.integers(-9, 10, (channels, 6, 5))
    weight = random.integers(-4, 5, (filters, channels, 3, 3))
    offset = random.integers(-12, 13, (18, *out)) * Fraction(1, 6)
    mask = random.integers(0, 6, (9, *out)) * Fraction(1, 5)
    return x, offset, weight, mask


def by_sampling(x, offset, weight, mask, stride, padding, dilation):
    """Each output from its definition, by the hat-function weights of every pixel."""
    channels, height, width = x.shape
    kh, kw = weight.shape[2:]
    y = np.zeros((len(weight), *offset.shape[1:]), dtype=object)
    for f, r, c in np.ndindex(*y.shape):
        for i, j in np.ndindex(kh, kw):
            tap = i * kw + j
            row = r * stride - padding + i * dilation + offset[2 * tap, r, c]
            column = c * stride - padding + j * dilation + offset[2 * tap + 1, r, c]
            hats = bilinear_weights(column, row, height=height, width=width)
            for channel in range(channels):
                value = (hats * x[channel]).sum() * mask[tap, r, c]
                y[f, r, c] += value * weight[f, channel, i, j]
    return y


class TestDeformable:
    @pytest.mark.parametrize("seed", [0, 1])
    def test_equals_its_definition(self, seed):
        x, offset, weight, mask = layer(seed)
        y = deform_conv2d(x, offset, weight, mask, stride=2, padding=2, dilation=1)
        assert y.tolist() == by_sampling(x, offset, weight, mask, 2, 2, 1).tolist()
        first = deform_conv2d(x, offset, weight, stride=2, padding=2)
        ones = np.ones(mask.shape, dtype=int)
        assert first.tolist() == by_sampling(x, offset, weight, ones, 2, 2, 1).tolist()

    def test_dilation(self):
        x, offset, weight, mask = layer(3, out=(2, 1))
        y = deform_conv2d(x, offset, weight, mask, dilation=2)
        assert y.tolist() == by_sampling(x, offset, weight, mask, 1, 0, 2).tolist()

    def test_without_offsets_it_is_a_convolution(self):
        x, offset, weight, _ = layer(4)
        y = deform_conv2d(x, offset * 0, weight, stride=2, padding=2, bias=[1, 2, 3])
        assert np.array_equal(y, conv2d(x, weight, [1, 2, 3], stride=2, padding=2))
        assert (
            deform_conv2d(x, np.zeros(offset.shape, int), weight, stride=2, padding=2).dtype == int
        )

    def test_offsets_that_dilate(self):
        x, _, weight, _ = layer(5)
        taps = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        offset = np.array([value for tap in taps for value in tap])[:, None, None]
        offset = np.broadcast_to(offset, (18, 6, 5))
        y = deform_conv2d(x, offset, weight, padding=1)
        assert np.array_equal(y, conv2d(x, weight, padding=2, dilation=2))

    @given(st.sampled_from([2**20, 2**40, 2**62, 2**63, 2**80]))
    @settings(deadline=None)
    def test_never_overflows(self, scale):
        x, offset, weight, mask = layer(6)
        big = deform_conv2d(
            x * Fraction(scale), offset, weight * Fraction(scale), mask, stride=2, padding=2
        )
        small = deform_conv2d(x, offset, weight, mask, stride=2, padding=2)
        assert (big == small * scale**2).all()
        far = deform_conv2d(x, offset + scale, weight, mask, stride=2, padding=2)
        assert not far.any()

    def test_fine_offsets_do_not_overflow(self):
        """Weights are over the denominator squared, here more than an int64 holds."""
        fine = Fraction(1, 2**40 - 1)
        offset = np.array([0, fine], dtype=object).reshape(2, 1, 1)
        assert deform_conv2d([[3, 5]], np.repeat(offset, 2, axis=2), [[1]]).tolist() == [
            [3 + 2 * fine, 5 - 5 * fine]
        ]

    def test_offset_groups_move_their_channels_only(self):
        x, offset, weight, mask = layer(7)
        both = deform_conv2d(
            x,
            np.concatenate([offset, -offset]),
            weight,
            np.concatenate([mask, mask]),
            stride=2,
            padding=2,
        )
        first = deform_conv2d(x[:1], offset, weight[:, :1], mask, stride=2, padding=2)
        second = deform_conv2d(x[1:], -offset, weight[:, 1:], mask, stride=2, padding=2)
        assert both.tolist() == (first + second).tolist()

    def test_floats_and_batch(self):
        x, offset, weight, mask = layer(8)
        exact = deform_conv2d(x, offset, weight, mask, stride=2, padding=2)
        batch = [np.stack([a, a]).astype(float) for a in (x, offset)]
        y = deform_conv2d(*batch, weight, np.stack([mask, mask]), stride=2, padding=2)
        assert y.shape == (2, *exact.shape)
        np.testing.assert_allclose(y[1], exact.astype(float), rtol=1e-12)
        assert not deform_conv2d(batch[0], batch[1] + 1e300, weight, stride=2, padding=2).any()

    def test_one_channel_without_channel_axes(self):
        offset = np.full((2, 1, 2), Fraction(1, 2))
        assert deform_conv2d([[1, 3], [5, 7]], offset[:, :, :1], [[1]], stride=2).tolist() == [[4]]

    def test_symbols(self):
        sympy = pytest.importorskip("sympy")
        a, b, w, m = sympy.symbols("a b w m")
        offset = [[[0, 0]], [[Fraction(1, 4), 5]]]
        y = deform_conv2d([[a, b]], offset, [[w]], [[[m, m]]])
        assert sympy.expand(y[0, 0] - (Fraction(3, 4) * a + Fraction(1, 4) * b) * m * w) == 0
        assert y[0, 1] == 0

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"offset": np.zeros((17, 4, 4))}, r"the offset must have shape \(18, 4, 4\)"),
            ({"offset": np.zeros((18, 4, 3))}, r"the offset must have shape \(18, 4, 4\)"),
            ({"offset": np.zeros((54, 4, 4))}, "3 offset groups .* must divide the 2 channels"),
            ({"mask": np.zeros((18, 4, 3))}, r"the mask must have shape \(9, 4, 4\)"),
            ({"weight": np.zeros((3, 3, 3, 3))}, "does not fit the input's 2 channels"),
            ({"bias": [1]}, "each of the 3 filters"),
        ],
    )
    def test_bad_input(self, change, words):
        x, offset, weight, mask = layer(9)
        arguments = {"x": x, "offset": offset, "weight": weight, "mask": mask} | change
        if "mask" not in change:
            arguments["mask"] = None
        with pytest.raises(EngineError, match="deform_conv2d: .*" + words):
            deform_conv2d(**arguments, stride=2, padding=2)
