"""Convolution against hand-worked values, loops written for clarity, and its matrix form."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.engine import (
    EngineError,
    conv1d,
    conv2d,
    conv_matrix,
    conv_transpose1d,
    conv_transpose2d,
    im2col,
)


def by_loops(x, weight, stride, pads, dilation, groups=1):
    """(C, H, W) and (C_out, C_in / groups, kh, kw) nested lists: one number at a time."""
    channels, height, width = len(x), len(x[0]), len(x[0][0])
    (top, bottom), (left, right) = pads
    kh, kw = len(weight[0][0]), len(weight[0][0][0])
    share, filters = channels // groups, len(weight) // groups

    def pixel(channel, row, column):
        inside = 0 <= row < height and 0 <= column < width
        return x[channel][row][column] if inside else 0

    def output(f, start_row, start_column):
        value = 0
        for c, i, j in product(range(share), range(kh), range(kw)):
            row, column = start_row + i * dilation[0], start_column + j * dilation[1]
            value += weight[f][c][i][j] * pixel(f // filters * share + c, row, column)
        return value

    rows = range(-top, height + bottom - dilation[0] * (kh - 1), stride[0])
    columns = range(-left, width + right - dilation[1] * (kw - 1), stride[1])
    return [[[output(f, r, c) for c in columns] for r in rows] for f in range(len(weight))]


LAYERS = st.fixed_dictionaries(
    {
        "channels": st.integers(1, 3),
        "filters": st.integers(1, 3),
        "size": st.tuples(st.integers(3, 7), st.integers(3, 7)),
        "kernel": st.tuples(st.integers(1, 3), st.integers(1, 3)),
        "stride": st.tuples(st.integers(1, 3), st.integers(1, 3)),
        "pads": st.tuples(*[st.tuples(st.integers(0, 2), st.integers(0, 2))] * 2),
        "dilation": st.sampled_from([(1, 1), (1, 2), (2, 1)]),
        "seed": st.integers(0, 2**32 - 1),
    }
).filter(
    lambda layer: all(
        d * (k - 1) < n + sum(p)
        for d, k, n, p in zip(
            layer["dilation"], layer["kernel"], layer["size"], layer["pads"], strict=True
        )
    )
)


def draw(layer, low=-9, high=10):
    random = np.random.default_rng(layer["seed"])
    x = random.integers(low, high, (layer["channels"], *layer["size"]))
    weight = random.integers(low, high, (layer["filters"], layer["channels"], *layer["kernel"]))
    options = {"stride": layer["stride"], "dilation": layer["dilation"], "padding": layer["pads"]}
    return x, weight, options


class TestByHand:
    def test_difference_kernel(self):
        y = conv1d([0, 0, 1, 2, 3, 0, 0], [1, -1])
        assert y.tolist() == [0, -1, -1, -1, 3, 0]
        assert y.dtype == np.int64

    def test_flipped_kernel_is_the_mathematicians_convolution(self):
        assert conv1d([0, 0, 1, 2, 3, 0, 0], [-1, 1]).tolist() == [0, 1, 1, 1, -3, 0]

    def test_shifted_input_with_one_zero_on_the_right(self):
        y = conv1d([0, 0, 0, 0, 1, 2, 3], [-1, 1], padding=(0, 1))
        assert y.tolist() == [0, 0, 0, 1, 1, 1, -3]

    def test_toeplitz_matrix_of_a_difference(self):
        assert conv_matrix([1, -1], input_shape=(7,)).tolist() == [
            [1, -1, 0, 0, 0, 0, 0],
            [0, 1, -1, 0, 0, 0, 0],
            [0, 0, 1, -1, 0, 0, 0],
            [0, 0, 0, 1, -1, 0, 0],
            [0, 0, 0, 0, 1, -1, 0],
            [0, 0, 0, 0, 0, 1, -1],
        ]

    def test_separable_passes_give_the_value_of_the_whole_kernel(self):
        x = [[1, 2, 0], [0, 1, 3], [2, 1, 1]]
        column_pass = conv2d(x, [[1], [2], [1]])
        assert column_pass.tolist() == [[3, 5, 7]]
        assert conv2d(column_pass, [[1, 2, 1]]).tolist() == [[20]]
        assert conv2d(x, [[1, 2, 1], [2, 4, 2], [1, 2, 1]]).tolist() == [[20]]

    def test_paths_through_two_layers(self):
        assert conv1d([1, 1, 1], [1, 1, 1], padding=2).tolist() == [1, 2, 3, 2, 1]

    def test_windows_as_columns(self):
        columns = im2col([[1, 2, 3], [4, 5, 6]], 2)
        assert columns.tolist() == [[1, 2], [2, 3], [4, 5], [5, 6]]

    def test_transposed_by_hand(self):
        assert conv_transpose1d([1, 2, 3], [1, 2, 1], stride=2).tolist() == [1, 2, 3, 4, 5, 6, 3]

    @pytest.mark.parametrize(
        ("size", "kernel", "stride", "counts"),
        [
            (2, 2, 2, [1, 1, 1, 1]),
            (2, 3, 1, [1, 2, 2, 1]),
            (4, 3, 2, [1, 1, 2, 1, 2, 1, 2, 1, 1]),
            (4, 4, 2, [1, 1, 2, 2, 2, 2, 2, 2, 1, 1]),
        ],
    )
    def test_overlap_of_transposed_stamps(self, size, kernel, stride, counts):
        assert conv_transpose1d([1] * size, [1] * kernel, stride=stride).tolist() == counts

    @pytest.mark.parametrize(
        ("side", "kernel", "stride", "padding", "extra", "out"),
        [
            (2, 2, 2, 0, 0, 4),
            (2, 3, 1, 0, 0, 4),
            (2, 4, 2, 1, 0, 4),
            (2, 3, 2, 1, 1, 4),
            (2, 3, 2, 0, 0, 5),
            (54, 11, 4, 0, 0, 223),
            (54, 11, 4, 0, 2, 225),
            (55, 11, 4, 0, 0, 227),
        ],
    )
    def test_transposed_sizes(self, side, kernel, stride, padding, extra, out):
        options = {"stride": stride, "padding": padding, "output_padding": extra}
        assert conv_transpose1d([1] * side, [1] * kernel, **options).shape == (out,)

    def test_a_convolution_of_ones_counts_the_macs_of_alexnet_conv1(self):
        y = conv2d(np.ones((1, 3, 227, 227)), np.ones((1, 3, 11, 11)), stride=4)
        assert y.shape == (1, 1, 55, 55)
        assert y.sum() * 96 == 105_415_200


class TestProperties:
    @given(LAYERS)
    @settings(max_examples=60, deadline=None)
    def test_equals_loops(self, layer):
        x, weight, options = draw(layer)
        expected = by_loops(
            x.tolist(), weight.tolist(), layer["stride"], layer["pads"], layer["dilation"]
        )
        assert conv2d(x, weight, **options).tolist() == expected

    @given(LAYERS)
    @settings(max_examples=60, deadline=None)
    def test_matrix_columns_and_transpose_agree(self, layer):
        x, weight, options = draw(layer)
        y = conv2d(x, weight, **options)
        matrix = conv_matrix(weight, input_shape=x.shape, **options)
        assert np.array_equal(matrix @ x.ravel(), y.ravel())
        columns = im2col(x, layer["kernel"], **options)
        assert np.array_equal(weight.reshape(len(weight), -1) @ columns, y.reshape(len(y), -1))
        missed = tuple(  # rows and columns that no window reached
            (n + sum(p) - d * (k - 1) - 1) % s
            for n, p, d, k, s in zip(
                layer["size"],
                layer["pads"],
                layer["dilation"],
                layer["kernel"],
                layer["stride"],
                strict=True,
            )
        )
        back = conv_transpose2d(y, weight, output_padding=missed, **options)
        assert np.array_equal(back.ravel(), matrix.T @ y.ravel())
        assert back.shape == x.shape

    @given(LAYERS, st.integers(-5, 5), st.integers(-5, 5))
    @settings(max_examples=20, deadline=None)
    def test_linear_in_the_input(self, layer, a, b):
        x, weight, options = draw(layer)
        other = x[:, ::-1]
        combined = conv2d(a * x + b * other, weight, **options)
        parts = a * conv2d(x, weight, **options) + b * conv2d(other, weight, **options)
        assert np.array_equal(combined, parts)

    @given(LAYERS, st.integers(1, 12), st.integers(1, 12))
    @settings(max_examples=20, deadline=None)
    def test_fractions_scale_exactly(self, layer, p, q):
        x, weight, options = draw(layer)
        exact = conv2d(x * Fraction(1, p), weight * Fraction(1, q), bias_of(weight), **options)
        whole = conv2d(x, weight, **options)
        expected = whole * Fraction(1, p * q) + np.array(bias_of(weight))[:, None, None]
        assert exact.tolist() == expected.tolist()
        assert {type(v) for v in exact.ravel()} <= {int, Fraction}

    @pytest.mark.parametrize("groups", [1, 2, 4])
    def test_groups(self, groups):
        random = np.random.default_rng(groups)
        x = random.integers(-9, 9, (4, 5, 6))
        weight = random.integers(-9, 9, (8, 4 // groups, 3, 2))
        expected = by_loops(x.tolist(), weight.tolist(), (1, 2), ((1, 1), (0, 0)), (1, 1), groups)
        y = conv2d(x, weight, stride=(1, 2), padding=(1, 0), groups=groups)
        assert y.tolist() == expected

    def test_large_input_takes_the_same_values(self):
        random = np.random.default_rng(5)
        x, weight = random.integers(-9, 9, (2, 6, 40, 41)), random.integers(-9, 9, (4, 6, 3, 3))
        y = conv2d(x, weight, padding=1, stride=2)
        small = conv2d(x[1, :, 9:12, 19:22], weight)
        assert y.dtype == np.int64
        assert np.array_equal(y[1, :, 5, 10], small[:, 0, 0])
        assert np.array_equal(y, conv2d(x.astype(float), weight, padding=1, stride=2))

    def test_float32_stays_float32(self):
        y = conv2d(np.ones((1, 5, 5), np.float32), np.ones((2, 1, 3, 3), np.float32))
        assert y.dtype == np.float32
        assert (y == 9).all()

    def test_leading_axes_follow_the_input(self):
        weight = np.ones((1, 1, 2, 2), dtype=int)
        for shape in [(4, 5), (1, 4, 5), (1, 1, 4, 5)]:
            assert conv2d(np.ones(shape, dtype=int), weight).shape == (*shape[:-2], 3, 4)


def bias_of(weight):
    return [Fraction(n, 3) for n in range(len(weight))]


class TestNoOverflow:
    @pytest.mark.parametrize("bits", [26, 27, 31, 32, 40, 62, 63, 64, 90])
    @pytest.mark.parametrize("side", [4, 24])  # in int64, and large enough for float64 BLAS
    def test_equal_to_python_integers(self, bits, side):
        random = np.random.default_rng(bits)
        flat = [int.from_bytes(random.bytes(12)) % 2 ** (bits + 1) - 2**bits for _ in range(9)]
        weight = np.array(flat, dtype=object).reshape(1, 1, 3, 3)
        x = np.array(
            [int.from_bytes(random.bytes(12)) % 2 ** (bits + 1) - 2**bits for _ in range(side**2)],
            dtype=object,
        ).reshape(1, side, side)
        expected = by_loops(x.tolist(), weight.tolist(), (1, 1), ((0, 0), (0, 0)), (1, 1))
        assert conv2d(x, weight).tolist() == expected

    @pytest.mark.parametrize("limit", [2**53, 2**63])
    def test_at_the_very_limit(self, limit):
        for value in (limit - 1, limit, limit + 1):
            assert conv1d([value, 1], [1, 1]).tolist() == [value + 1]
            assert conv1d([-value, -1], [1, 1]).tolist() == [-value - 1]
            assert conv1d([value], [1], 1).tolist() == [value + 1]
            assert conv_transpose1d([value, value], [1, 1]).tolist() == [value, 2 * value, value]
            image = np.full((70, 70), value // 4, dtype=object)
            assert (conv2d(image, [[1, 1], [1, 1]]) == value // 4 * 4).all()

    def test_the_smallest_int64(self):
        smallest = np.array([-(2**63)])
        assert conv1d(smallest, np.array([-1])).tolist() == [2**63]
        assert conv1d(smallest, [0]).tolist() == [0]

    def test_a_list_is_not_rounded(self):
        assert conv1d([2**63, -1], [1, 0]).tolist() == [2**63]
        assert conv1d(np.array([2**64 - 1], dtype=np.uint64), [1]).tolist() == [2**64 - 1]


class Written:
    """A symbol that records how it was computed with."""

    def __init__(self, text):
        self.text = text

    def __add__(self, other):
        return Written(f"{self.text}+{other}")

    def __radd__(self, other):
        return Written(f"{other}+{self.text}")

    def __mul__(self, other):
        return Written(f"{self.text}{other}")

    def __rmul__(self, other):
        return Written(f"{other}{self.text}")

    def __repr__(self):
        return self.text


def letters(text, *shape):
    array = np.empty(len(text), dtype=object)
    array[:] = [Written(letter) for letter in text]
    return array.reshape(shape)


class TestSymbols:
    def test_sums_are_written_tap_by_tap(self):
        y = conv2d(letters("abcdef", 2, 3), letters("stuv", 2, 2))
        assert [str(v) for v in y.ravel()] == ["as+bt+du+ev", "bs+ct+eu+fv"]

    def test_padding_adds_nothing(self):
        y = conv1d(letters("ab", 2), letters("st", 2), padding=1)
        assert [str(v) for v in y] == ["at", "as+bt", "bs"]

    def test_anything_that_offers_an_array(self):
        class Parameter:
            def __array__(self, dtype=None, copy=None):
                return letters("ab", 2)

        assert str(conv1d(Parameter(), letters("s", 1)).tolist()) == "[as, bs]"

    def test_a_window_of_padding_alone_is_zero(self):
        assert str(conv1d(letters("a", 1), [1], padding=1).tolist()) == "[0, 1a, 0]"

    def test_numbers_beside_symbols_are_python_integers(self):
        y = conv1d(letters("ab", 2), np.array([2, 3]), [5])
        assert str(y[0]) == "2a+3b+5"

    def test_transposed(self):
        y = conv_transpose1d(letters("ab", 2), letters("st", 2))
        assert [str(v) for v in y] == ["as", "at+bs", "bt"]

    def test_matrix_of_symbols(self):
        matrix = conv_matrix(letters("st", 2), input_shape=(3,))
        assert str(matrix.tolist()) == "[[s, t, 0], [0, s, t]]"


class TestBadInput:
    @pytest.mark.parametrize(
        ("x", "weight", "options", "words"),
        [
            ([[1]], [[1, 1]], {}, "kernel spans 1 × 2"),
            ([[1, 2]], [[1, 1]], {"dilation": 2}, "padded input of 1 × 2"),
            (np.ones((3, 4, 4)), np.ones((2, 4, 2, 2)), {}, "needs 4 input channels"),
            (np.ones((3, 4, 4)), np.ones((2, 1, 2, 2)), {"groups": 2}, "groups = 2 must divide"),
            (np.ones(4), np.ones((2, 2)), {}, "(H, W), (C, H, W)"),
            (np.ones((4, 4)), np.ones(4), {}, "the weight must have 2 or 4 axes"),
            (np.ones((4, 4)), np.ones((2, 1, 2, 2)), {}, "need an input with a channel axis"),
            ([[True, False]], [[1]], {}, "truth value"),
            (np.ones((2, 2), bool), [[1]], {}, "not bool"),
            ([[float("nan")]], [[1]], {}, "NaN"),
            ([[1], [1, 2]], [[1]], {}, "different lengths"),
            ([["a"]], [[1]], {}, "not 'a'"),
            ([[1j]], [[1]], {}, "not 1j"),
            (np.ones((0, 2)), [[1]], {}, "empty"),
            ([[1]], [[1]], {"stride": 0}, "stride must be a whole number of at least 1, not 0"),
            ([[1]], [[1]], {"stride": True}, "not True"),
            ([[1]], [[1]], {"stride": 1.0}, "not 1.0"),
            ([[1]], [[1]], {"stride": (1, 1, 1)}, "one number or 2"),
            ([[1]], [[1]], {"padding": -1}, "padding must be"),
            ([[1]], [[1]], {"padding": (1, 1, 1)}, "padding must be"),
            ([[1]], [[1]], {"bias": [1, 2]}, "one number for each of the 1 filters"),
        ],
    )
    def test_is_named(self, x, weight, options, words):
        with pytest.raises(EngineError) as caught:
            conv2d(x, weight, **options)
        assert words in str(caught.value)
        assert str(caught.value).startswith("conv2d: ")

    def test_other_operations(self):
        with pytest.raises(ValueError, match=r"conv_matrix: .*needs an input_shape \(H, W\)"):
            conv_matrix([[1]], input_shape=(3,))
        with pytest.raises(ValueError, match="im2col: the kernel spans"):
            im2col([[1]], 2)
        with pytest.raises(ValueError, match="output_padding"):
            conv_transpose1d([1], [1], output_padding=1)
        with pytest.raises(ValueError, match="crops all"):
            conv_transpose1d([1], [1, 1], padding=1)
