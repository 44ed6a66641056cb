"""True convolution, named paddings, borders, volumes, groups: against NumPy and loops."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.engine import (
    EngineError,
    col2im,
    conv1d,
    conv2d,
    conv3d,
    conv_matrix,
    conv_transpose2d,
    conv_transpose3d,
    depthwise_conv2d,
    depthwise_separable_conv2d,
    im2col,
    insert_zeros,
    overlap_counts,
    pad,
    pointwise_conv2d,
)

MODES = {"zero": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def whole(seed, *shape, low=-9, high=10):
    return np.random.default_rng(seed).integers(low, high, shape)


class TestTrueConvolution:
    @pytest.mark.parametrize("mode", ["valid", "full"])
    @given(st.integers(1, 9), st.integers(1, 5))
    @settings(max_examples=20, deadline=None)
    def test_is_numpys(self, mode, length, taps):
        x, kernel = whole(length, max(length, taps)), whole(taps, taps)
        y = conv1d(x, kernel, padding=mode, flip=True)
        assert y.tolist() == np.convolve(x, kernel, mode).tolist()

    @pytest.mark.parametrize("taps", [1, 3, 5])
    def test_same_is_numpys_for_odd_kernels(self, taps):
        x, kernel = whole(1, 8), whole(2, taps)
        y = conv1d(x, kernel, padding="same", flip=True)
        assert y.tolist() == np.convolve(x, kernel, "same").tolist()

    def test_commutes_where_correlation_does_not(self):
        a, b = whole(3, 4, 5), whole(4, 3, 2)
        one, other = (conv2d(x, w, padding="full", flip=True) for x, w in ((a, b), (b, a)))
        assert one.tolist() == other.tolist()
        assert conv2d(a, b, padding="full").tolist() != conv2d(b, a, padding="full").tolist()

    def test_multiplies_polynomials(self):
        assert conv1d([1, 2, 3], [4, 5], padding="full", flip=True).tolist() == [4, 13, 22, 15]

    def test_flips_each_filter_of_a_layer(self):
        x, weight = whole(5, 4, 6, 6), whole(6, 4, 2, 3, 3)
        y = conv2d(x, weight, groups=2, flip=True)
        assert np.array_equal(y, conv2d(x, weight[:, :, ::-1, ::-1], groups=2))


class TestNamedPadding:
    @pytest.mark.parametrize(
        ("size", "kernel", "stride", "dilation", "out"),
        [
            (7, 3, 1, 1, 7),
            (7, 4, 1, 1, 7),
            (7, 3, 2, 1, 4),
            (8, 3, 2, 1, 4),
            (9, 3, 1, 3, 9),
            (5, 1, 3, 1, 2),
        ],
    )
    def test_same_gives_the_input_size_over_the_stride(self, size, kernel, stride, dilation, out):
        options = {"stride": stride, "dilation": dilation, "padding": "same"}
        assert conv1d([1] * size, [1] * kernel, **options).shape == (out,)

    def test_an_even_kernel_gets_the_odd_pixel_after(self):
        assert conv1d([1, 2, 3], [10, 1], padding="same").tolist() == [12, 23, 30]
        assert conv1d([1, 2, 3, 4], [1, 1, 1], stride=2, padding="same").tolist() == [6, 7]

    def test_valid_and_full(self):
        assert conv1d([1, 2, 3], [1, 1], padding="valid").tolist() == [3, 5]
        assert conv1d([1, 2, 3], [1, 1], padding="full").tolist() == [1, 3, 5, 3]
        assert conv1d([1], [1, 1, 1], padding="full", dilation=2).shape == (5,)


class TestBorders:
    @pytest.mark.parametrize("border", MODES)
    @given(
        st.integers(1, 6),
        st.integers(1, 6),
        st.tuples(*[st.integers(0, 5)] * 4),
        st.integers(1, 2),
    )
    @settings(max_examples=25, deadline=None)
    def test_pixels_are_numpys(self, border, height, width, sides, stride):
        if border == "reflect":
            sides = [
                min(s, n - 1) for s, n in zip(sides, (height, height, width, width), strict=True)
            ]
        pads = (tuple(sides[:2]), tuple(sides[2:]))
        x = whole(height, 2, height, width)
        expected = np.pad(x, ((0, 0), *pads), mode=MODES[border])
        assert np.array_equal(pad(x, pads, border=border), expected)
        kernel = whole(7, 3, 2, min(2, expected.shape[1]), min(3, expected.shape[2]))
        y = conv2d(x, kernel, padding=pads, border=border, stride=stride)
        assert np.array_equal(y, conv2d(expected, kernel, stride=stride))
        options = {"padding": pads, "border": border, "stride": stride}
        matrix = conv_matrix(kernel, input_shape=x.shape, **options)
        assert np.array_equal(matrix @ x.ravel(), y.ravel())
        columns = im2col(x, kernel.shape[2:], **options)
        assert np.array_equal(kernel.reshape(3, -1) @ columns, y.reshape(3, -1))

    def test_a_circular_border_makes_a_circulant_matrix(self):
        matrix = conv_matrix([1, 2, 3], input_shape=(4,), padding=1, border="circular")
        assert matrix.tolist() == [[2, 3, 0, 1], [1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2]]

    def test_a_replicated_border_adds_weights_up(self):
        matrix = conv_matrix([1, 2, 4], input_shape=(3,), padding=1, border="replicate")
        assert matrix.tolist() == [[3, 4, 0], [1, 2, 4], [0, 1, 6]]

    def test_shifts_commute_with_it_only_on_a_circular_border(self):
        x, weight = whole(1, 6, 7), whole(2, 3, 3)

        def layer(image, **options):
            return conv2d(image, weight, padding="same", **options)

        def shift(image):
            return np.roll(image, (1, 2), axis=(0, 1))

        assert np.array_equal(
            layer(shift(x), border="circular"), shift(layer(x, border="circular"))
        )
        assert not np.array_equal(layer(shift(x)), shift(layer(x)))
        strided = {"border": "circular", "stride": 2}
        assert not np.array_equal(layer(shift(x), **strided), shift(layer(x, **strided)))

    def test_large_inputs_too(self):
        x, weight = whole(3, 2, 3, 60, 50) / 7, whole(4, 5, 3, 3, 3) / 3
        widths = ((0, 0), (0, 0), (1, 2), (2, 1))
        for border, mode in MODES.items():
            y = conv2d(x, weight, padding=((1, 2), (2, 1)), border=border)
            np.testing.assert_allclose(y, conv2d(np.pad(x, widths, mode=mode), weight), rtol=1e-13)


class TestVolumes:
    @given(
        st.tuples(*[st.integers(1, 3)] * 3),
        st.tuples(*[st.integers(1, 2)] * 3),
        st.tuples(*[st.integers(1, 2)] * 3),
        st.integers(0, 2),
        st.booleans(),
    )
    @settings(max_examples=25, deadline=None)
    def test_equals_loops_matrix_and_transpose(self, kernel, stride, dilation, padding, grouped):
        groups = 2 if grouped else 1
        x, weight = whole(1, 2, 6, 5, 5), whole(2, 4, 2 // groups, *kernel)
        options = {"stride": stride, "dilation": dilation, "padding": padding, "groups": groups}
        y = conv3d(x, weight, **options)
        padded = np.pad(x, ((0, 0), *[(padding, padding)] * 3))
        for f, *place in np.ndindex(y.shape):
            seen = slice(f // 2, f // 2 + 1) if grouped else slice(None)
            spot = [
                slice(p * s, p * s + d * (k - 1) + 1, d)
                for p, s, d, k in zip(place, stride, dilation, kernel, strict=True)
            ]
            assert y[(f, *place)] == (padded[(seen, *spot)] * weight[f]).sum()
        matrix = conv_matrix(weight, input_shape=x.shape, **options)
        assert np.array_equal(matrix @ x.ravel(), y.ravel())
        missed = tuple(
            (n + 2 * padding - d * (k - 1) - 1) % s
            for n, d, k, s in zip(x.shape[1:], dilation, kernel, stride, strict=True)
        )
        back = conv_transpose3d(y, weight, output_padding=missed, **options)
        assert np.array_equal(back.ravel(), matrix.T @ y.ravel())

    def test_one_channel(self):
        cube = np.ones((2, 2, 2), dtype=int)
        assert (
            conv3d(np.ones((3, 3, 3), dtype=int), cube).tolist() == np.full((2, 2, 2), 8).tolist()
        )
        assert conv_matrix(cube, input_shape=(3, 3, 3)).shape == (8, 27)
        assert conv_transpose3d(cube, cube).max() == 8


class TestMatrixAndColumns:
    @given(st.sampled_from([1, 2, 4]), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2))
    @settings(max_examples=25, deadline=None)
    def test_with_groups(self, groups, stride, padding, dilation):
        x, weight = whole(1, 4, 6, 7), whole(2, 8, 4 // groups, 3, 2)
        options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        matrix = conv_matrix(weight, input_shape=x.shape, **options)
        y = conv2d(x, weight, **options)
        assert np.array_equal(matrix @ x.ravel(), y.ravel())
        missed = tuple(
            (n + 2 * padding - dilation * (k - 1) - 1) % stride
            for n, k in zip((6, 7), (3, 2), strict=True)
        )
        back = conv_transpose2d(y, weight, output_padding=missed, **options)
        assert np.array_equal(matrix.T @ y.ravel(), back.ravel())

    @given(st.tuples(st.integers(1, 3), st.integers(1, 3)), st.integers(1, 3), st.integers(0, 2))
    @settings(max_examples=25, deadline=None)
    def test_col2im_is_the_transpose_of_im2col(self, kernel, stride, padding):
        x, options = whole(1, 2, 3, 6, 5), {"stride": stride, "padding": padding}
        columns = im2col(x, kernel, **options)
        other = whole(2, *columns.shape)
        image = col2im(other, x.shape, kernel, **options)
        assert (columns * other).sum() == (x * image).sum()
        assert image.shape == x.shape

    def test_col2im_by_hand(self):
        columns = im2col([[1, 2, 3]], (1, 2))
        assert col2im(columns, (1, 3), (1, 2)).tolist() == [[1, 4, 3]]
        thirds = col2im(columns * Fraction(1, 3), (1, 3), (1, 2))
        assert thirds.tolist() == [[Fraction(1, 3), Fraction(4, 3), 1]]

    def test_col2im_beyond_int64(self):
        top = 2**63 - 1
        assert col2im([[top, top], [top, top]], (1, 3), (1, 2)).tolist() == [[top, 2 * top, top]]

    def test_a_folded_matrix_beyond_int64(self):
        matrix = conv_matrix([2**63 - 1, 1], input_shape=(1,), padding=(1, 0), border="replicate")
        assert matrix.tolist() == [[2**63]]


class TestFactoredLayers:
    def test_depthwise_is_a_layer_for_each_channel(self):
        x, weight = whole(1, 3, 6, 7), whole(2, 3, 2, 3)
        y = depthwise_conv2d(x, weight, [1, 2, 3], stride=2, padding=1)
        for channel in range(3):
            alone = conv2d(x[channel], weight[channel], channel + 1, stride=2, padding=1)
            assert np.array_equal(y[channel], alone)

    def test_depthwise_with_a_multiplier(self):
        x, weight = whole(1, 2, 5, 5), whole(2, 4, 1, 3, 3)
        y = depthwise_conv2d(x, weight)
        alone = [conv2d(x[f // 2], weight[f, 0]) for f in range(4)]
        assert np.array_equal(y, alone)

    def test_pointwise_is_a_matrix_at_each_pixel(self):
        x, weight = whole(1, 2, 3, 4, 5), whole(2, 6, 3)
        y = pointwise_conv2d(x, weight, [7] * 6)
        assert np.array_equal(y, np.tensordot(x, weight, (1, 1)).transpose(0, 3, 1, 2) + 7)

    def test_separable_is_the_layer_of_the_products(self):
        x, depthwise, pointwise = whole(1, 3, 6, 6), whole(2, 3, 3, 3), whole(3, 4, 3)
        weight = pointwise[:, :, None, None] * depthwise
        y = depthwise_separable_conv2d(x, depthwise, pointwise, [1, 2, 3, 4], padding="same")
        assert np.array_equal(y, conv2d(x, weight, [1, 2, 3, 4], padding="same"))


class TestWhatExplainsTheTranspose:
    @given(
        st.tuples(st.integers(1, 5), st.integers(1, 5)),
        st.tuples(st.integers(1, 4), st.integers(1, 4)),
        st.integers(1, 3),
        st.integers(1, 2),
    )
    @settings(max_examples=30, deadline=None)
    def test_overlap_is_the_transpose_of_ones(self, size, kernel, stride, dilation):
        options = {"stride": stride, "dilation": dilation}
        counts = overlap_counts(size, kernel, **options)
        stamped = conv_transpose2d(np.ones(size, int), np.ones(kernel, int), **options)
        assert np.array_equal(counts, stamped)
        assert counts.sum() == np.prod(size) * np.prod(kernel)
        if min(counts.shape) > 2:
            cropped = overlap_counts(size, kernel, padding=1, **options)
            assert np.array_equal(cropped, counts[1:-1, 1:-1])

    def test_overlap_by_hand(self):
        assert overlap_counts(4, 3, stride=2).tolist() == [1, 1, 2, 1, 2, 1, 2, 1, 1]
        assert overlap_counts((2,), 2, stride=2, output_padding=1).tolist() == [1, 1, 1, 1, 0]
        assert overlap_counts((2, 2), 2).tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]

    @given(st.tuples(st.integers(1, 5), st.integers(1, 5)), st.integers(1, 3), st.integers(1, 4))
    @settings(max_examples=30, deadline=None)
    def test_transposed_is_true_convolution_of_inserted_zeros(self, size, stride, kernel):
        x, weight = whole(1, 3, *size), whole(2, 3, 2, kernel, kernel)
        spaced = insert_zeros(x, stride)
        expected = conv2d(spaced, weight.swapaxes(0, 1), padding="full", flip=True)
        assert np.array_equal(conv_transpose2d(x, weight, stride=stride), expected)

    def test_insert_zeros_by_hand(self):
        assert insert_zeros([1, 2, 3], 3, axes=1).tolist() == [1, 0, 0, 2, 0, 0, 3]
        half = Fraction(1, 2)
        assert insert_zeros([[half, 1]], (1, 2)).tolist() == [[half, 0, 1]]


def by_columns(x, weight, groups=1, **options):
    """conv2d by another route, ``im2col``, with objects in place of machine numbers."""
    filters, share = len(weight) // groups, weight.shape[1]
    parts = []
    for group in range(groups):
        columns = im2col(x[:, group * share : (group + 1) * share], weight.shape[2:], **options)
        rows = weight[group * filters : (group + 1) * filters].reshape(filters, -1)
        parts.append(rows @ columns)
    return np.concatenate(parts, axis=1)


class TestRoutes:
    """Small, depthwise, pointwise and large layers run in different ways."""

    CASES = [
        ((1, 2, 40, 41), (3, 2, 3, 3), 1),
        ((2, 3, 70, 33), (4, 3, 11, 5), 1),
        ((2, 4, 30, 31), (8, 2, 3, 3), 2),
        ((2, 4, 40, 40), (4, 1, 3, 3), 4),
        ((1, 3, 40, 40), (6, 1, 3, 2), 3),
        ((1, 2, 40, 40), (12, 1, 3, 3), 2),
        ((300, 1, 5, 5), (1, 1, 3, 3), 1),
        ((1, 300, 5, 5), (300, 1, 3, 3), 300),
        ((200, 3, 6, 5), (4, 3, 3, 3), 1),
        ((2, 8, 30, 30), (5, 8, 1, 1), 1),
        ((2, 8, 30, 30), (6, 4, 1, 1), 2),
    ]

    @pytest.mark.parametrize(("shape", "kernel", "groups"), CASES)
    @pytest.mark.parametrize(("stride", "padding", "dilation"), [(1, 0, 1), (1, 1, 2), (2, 2, 1)])
    def test_give_the_same(self, shape, kernel, groups, stride, padding, dilation):
        options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        if dilation * (kernel[2] - 1) >= shape[2] + 2 * padding:
            padding = options["padding"] = 3
        x, weight = whole(1, *shape), whole(2, *kernel)
        bias = whole(3, kernel[0])
        expected = by_columns(x, weight, **options)
        y = conv2d(x, weight, bias, **options)
        assert y.dtype == np.int64
        flat = y.reshape(*y.shape[:2], -1)
        assert np.array_equal(flat, expected + bias[:, None])
        for scale, dtype in ((0.1, np.float64), (0.25, np.float32)):
            y = conv2d((x * scale).astype(dtype), (weight * scale).astype(dtype), **options)
            assert y.dtype == dtype
            np.testing.assert_allclose(
                y.reshape(expected.shape), expected * scale**2, rtol=1e-5, atol=1e-11
            )

    @given(
        st.tuples(*[st.integers(1, 6)] * 2),
        st.tuples(*[st.integers(1, 7)] * 2),
        st.tuples(*[st.integers(0, 8)] * 4),
        st.sampled_from([*MODES]),
        st.integers(1, 2),
    )
    @settings(max_examples=40, deadline=None)
    def test_depthwise_layers_of_any_stride(self, stride, kernel, sides, border, copies):
        pads = (sides[:2], sides[2:])
        x, weight = whole(1, 2, 8, 31, 30), whole(2, 8 * copies, 1, *kernel)
        options = {"stride": stride, "padding": pads, "border": border}
        y = depthwise_conv2d(x, weight, **options)
        filters = weight.reshape(8, copies, -1)
        columns = im2col(x, kernel, **options).reshape(2, 8, filters.shape[2], -1)
        assert y.tolist() == (filters @ columns).reshape(y.shape).tolist()
        floats = depthwise_conv2d(x / 8, weight / 4, **options)
        np.testing.assert_allclose(floats * 32, y, rtol=1e-12, atol=1e-9)

    @pytest.mark.parametrize(("shape", "kernel", "groups"), CASES)
    @pytest.mark.parametrize("limit", [2**53, 2**63])
    def test_are_exact_on_both_sides_of_each_limit(self, shape, kernel, groups, limit):
        taps = kernel[1] * kernel[2] * kernel[3]
        for value in (limit // taps - 1, limit // taps + 1):
            x = np.full(shape, value, dtype=object)
            x[0, 0, 0, 0] -= 1
            y = conv2d(x, np.ones(kernel, dtype=int), groups=groups)
            assert int(y[-1, -1, -1, -1]) == value * taps
            assert int(y[0, 0, 0, 0]) == value * taps - 1
            signs = np.ones(kernel, dtype=int)
            signs[..., 0] = -1
            small = conv2d(x, signs, groups=groups)
            assert int(small[-1, -1, -1, -1]) == value * int(signs[-1].sum())

    def test_fractions_on_large_layers(self):
        x, weight = whole(1, 8, 16, 16), whole(2, 8, 8, 3, 3)
        thirds = conv2d(x * Fraction(1, 3), weight * Fraction(2, 5))
        expected = conv2d(x, weight)
        assert all(
            a == Fraction(2 * b, 15) for a, b in zip(thirds.flat, expected.flat, strict=True)
        )
        assert all(type(v) is int or v.denominator > 1 for v in thirds.flat)
        assert {hash(v) for v in thirds.flat} == {
            hash(Fraction(2 * int(b), 15)) for b in expected.flat
        }

    @pytest.mark.parametrize("bits", [50, 53, 62, 63, 64])
    def test_fractions_beyond_each_limit(self, bits):
        x = [[Fraction(2**bits + n, 3) for n in range(4)]]
        y = conv2d(x, [[1, Fraction(-1, 7)]])
        expected = [[a - b / 7 for a, b in zip(x[0], x[0][1:], strict=False)]]
        assert y.tolist() == expected


class TestBadInput:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"padding": "some"}, "one of valid, same, full, not 'some'"),
            ({"border": "mirror"}, "border must be one of zero, reflect, replicate, circular"),
            ({"border": None}, "border must be one of"),
            ({"border": "reflect", "padding": 3}, "narrower than the input of 3 × 3"),
            ({"flip": 1}, "flip must be True or False, not 1"),
            ({"groups": True}, "groups must be a whole number"),
            ({"groups": 1.0}, "groups must be a whole number"),
            ({"stride": (1, True)}, "not True"),
            ({"padding": ((0, 0), (0, 1.0))}, "not 1.0"),
        ],
    )
    def test_is_named_also_when_the_plan_is_known(self, options, words):
        x, weight = np.ones((3, 3), int), np.ones((2, 2), int)
        conv2d(x, weight, padding=((0, 0), (0, 1)))
        conv2d(x, weight)
        with pytest.raises(EngineError) as caught:
            conv2d(x, weight, **options)
        assert words in str(caught.value)
        assert str(caught.value).startswith("conv2d: ")

    @pytest.mark.parametrize("size", [3, 100])
    @pytest.mark.parametrize("value", [np.nan, np.inf])
    def test_not_a_number(self, size, value):
        x = np.ones((size, size))
        x[-1, -1] = value
        with pytest.raises(EngineError, match="conv2d: input holds NaN or infinity"):
            conv2d(x, [[1]])
        assert np.isfinite(conv2d(np.full((size, size), 1e200), [[1]])).all()

    def test_of_the_other_operations(self):
        ones = np.ones((2, 3, 3), int)
        for call, words in [
            (lambda: conv3d(ones[0], ones), "conv3d: the input must be (D, H, W)"),
            (lambda: depthwise_conv2d(ones, ones[:, :, :, None]), "depthwise_conv2d: the input"),
            (lambda: depthwise_conv2d(ones, ones[:1]), "depthwise_conv2d: groups = 2 must divide"),
            (lambda: pointwise_conv2d(ones, ones), "pointwise_conv2d: the pointwise weight"),
            (lambda: pointwise_conv2d(ones, [[1, 1, 1]]), "pointwise_conv2d: with groups = 1"),
            (
                lambda: depthwise_separable_conv2d(ones, ones, [[1]]),
                "depthwise_separable_conv2d: with groups = 1",
            ),
            (lambda: col2im([[1]], (2, 2), 2), "col2im: columns for an input of 2 × 2"),
            (lambda: col2im([[1]], (2,), 2), "col2im: input_shape must be (H, W)"),
            (lambda: overlap_counts((1, 1, 1, 1), 1), "overlap_counts: input_shape must have"),
            (
                lambda: overlap_counts(2, 2, padding=2),
                "overlap_counts: padding ((2, 2),)",
            ),
            (lambda: insert_zeros([1], 2), "insert_zeros: the input must be (H, W)"),
            (lambda: insert_zeros([[1]], 0), "insert_zeros: stride must be a whole number"),
            (lambda: pad([1], 1), "pad: the input must be (H, W)"),
            (lambda: pad([[1]], 1, border="reflect"), "pad: a reflected border"),
            (
                lambda: conv_matrix([[[1]], [[1]], [[1]]], input_shape=(2, 4), groups=2),
                "groups = 2",
            ),
            (lambda: im2col([[1]], 1, padding=1, border="reflect"), "im2col: a reflected border"),
        ]:
            with pytest.raises(EngineError) as caught:
                call()
            assert words in str(caught.value)


def test_every_option_at_once_equals_loops():
    x, weight = whole(1, 2, 5, 6), whole(2, 4, 1, 2, 3)
    y = conv2d(
        x, weight, [1, 2, 3, 4], stride=(2, 1), padding=((1, 2), (2, 0)), dilation=(2, 1),
        groups=2, border="circular", flip=True,
    )  # fmt: skip
    for f, row, column in np.ndindex(y.shape):
        value = f + 1
        for i, j in product(range(2), range(3)):
            pixel = x[f // 2, (2 * row + 2 * i - 1) % 5, (column + j - 2) % 6]
            value += pixel * weight[f, 0, 1 - i, 2 - j]
        assert y[f, row, column] == value
