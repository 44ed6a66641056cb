"""Pooling against hand-worked values and a loop that looks at one window at a time."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.engine import (
    EngineError,
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    global_avg_pool1d,
    global_avg_pool2d,
    global_max_pool1d,
    global_max_pool2d,
    lp_pool1d,
    lp_pool2d,
    max_pool1d,
    max_pool1d_indices,
    max_pool2d,
    max_pool2d_indices,
    max_pool3d,
    max_unpool1d,
    max_unpool2d,
)

IMAGE = [[1, 3, 2, 1], [4, 6, 5, 0], [7, 2, 9, 8], [1, 0, 3, 4]]


def windows(size, kernel, stride, pad, dilation=1, ceil=False):
    """The places of each window on one axis, with one incomplete window where pixels are left."""
    found = []
    for start in range(-pad, size, stride):
        places = [start + dilation * tap for tap in range(kernel)]
        if places[-1] < size + pad:
            found.append(places)
        elif ceil and found[-1][-1] < size + pad - 1:
            return [*found, places]
    return found


class TestByHand:
    def test_max(self):
        assert max_pool2d(IMAGE, 2).tolist() == [[6, 5], [7, 9]]

    def test_mean(self):
        assert avg_pool2d(IMAGE, 2).tolist() == [[Fraction(7, 2), 2], [Fraction(5, 2), 6]]
        assert type(avg_pool2d(IMAGE, 2)[0, 1]) is int

    @pytest.mark.parametrize(
        ("x", "y"),
        [
            ([0, 0, 9, 0, 0, 0, 0, 0], [0, 9, 0, 0]),
            ([0, 0, 0, 9, 0, 0, 0, 0], [0, 9, 0, 0]),
            ([0, 0, 0, 0, 9, 0, 0, 0], [0, 0, 9, 0]),
        ],
    )
    def test_a_shift_within_a_window_is_not_seen(self, x, y):
        assert max_pool2d([x], (1, 2)).tolist() == [y]

    def test_negative_values_beat_the_padding(self):
        assert max_pool2d([[-5, -7]], (1, 2), stride=1, padding=(0, 1)).tolist() == [[-5, -5, -7]]

    def test_alexnet_pool1_is_the_same_with_ceil(self):
        x = np.zeros((55, 55), dtype=int)
        assert max_pool2d(x, 3, stride=2).shape == (27, 27)
        assert max_pool2d(x, 3, stride=2, ceil_mode=True).shape == (27, 27)

    def test_a_window_must_not_start_in_the_right_padding(self):
        x = [[1, 2, 3, 4]]  # of the 3 windows the ceiling allows, the last would start at 4
        y = max_pool2d(x, (1, 2), stride=(1, 3), padding=(0, 1), ceil_mode=True)
        assert y.tolist() == [[1, 4]]

    def test_mean_with_padding(self):
        x = [[4, 8]]
        options = {"stride": 1, "padding": (0, 1)}
        assert avg_pool2d(x, (1, 2), **options).tolist() == [[2, 6, 4]]
        assert avg_pool2d(x, (1, 2), count_include_pad=False, **options).tolist() == [[4, 6, 8]]

    def test_overhang_does_not_count(self):
        assert avg_pool2d([[1, 2, 4]], (1, 2), ceil_mode=True).tolist() == [[Fraction(3, 2), 4]]

    def test_floats_and_fractions(self):
        assert avg_pool2d([[1.0, 2.0]], (1, 2)).tolist() == [[1.5]]
        half = Fraction(1, 2)
        assert avg_pool2d([[half, 1]], (1, 2)).tolist() == [[Fraction(3, 4)]]
        assert max_pool2d([[half, 1], [half, half]], (1, 2)).tolist() == [[1], [half]]

    def test_sums_do_not_overflow(self):
        assert avg_pool2d(np.full((2, 2), 2**63 - 1), 2).tolist() == [[2**63 - 1]]
        assert max_pool2d([[2**70, 1]], (1, 2)).tolist() == [[2**70]]


@pytest.mark.parametrize(
    ("kernel", "stride", "pad"), [(k, s, p) for k in (1, 2, 3) for s in (1, 2, 3) for p in (0, 1)]
)
def test_each_window_on_its_own(kernel, stride, pad):
    for size, dilation, ceil in product(range(3, 9), (1, 2), (False, True)):
        if pad > kernel // 2 or (kernel - 1) * dilation >= size:
            continue
        row = [(7 * n) % 11 - 5 for n in range(size)]
        places = windows(size, kernel, stride, pad, dilation, ceil)
        inside = [[row[p] for p in window if 0 <= p < size] for window in places]
        options = {"stride": stride, "padding": (0, pad), "ceil_mode": ceil}
        y = max_pool2d([row], (1, kernel), dilation=dilation, **options)
        assert y.tolist() == [[max(window) for window in inside]]
        options["padding"] = (pad, 0)
        column = max_pool2d(np.array([row]).T, (kernel, 1), dilation=dilation, **options)
        assert column.T.tolist() == y.tolist()
        if dilation == 1:
            counts = [sum(-pad <= p < size + pad for p in window) for window in places]
            means = [Fraction(sum(v), count) for v, count in zip(inside, counts, strict=True)]
            assert avg_pool2d(np.array([row]).T, (kernel, 1), **options).T.tolist() == [means]


class TestBadInput:
    def test_window_of_padding_alone(self):
        with pytest.raises(EngineError, match="nothing but padding"):
            max_pool2d([[1, 2]], 1, padding=1)
        with pytest.raises(EngineError, match="without a pixel"):
            avg_pool2d([[1, 2]], 1, padding=1, count_include_pad=False)

    def test_symbols_have_no_maximum(self):
        sympy = pytest.importorskip("sympy")
        with pytest.raises(EngineError, match="symbols cannot be compared"):
            max_pool2d([[sympy.Symbol("a"), 1]], 1)

    def test_kernel_larger_than_the_input(self):
        with pytest.raises(EngineError, match="max_pool2d: the kernel spans 3 × 3"):
            max_pool2d([[1, 2]], 3)


def test_mean_of_symbols():
    sympy = pytest.importorskip("sympy")
    a, b, c = sympy.symbols("a b c")
    assert avg_pool2d([[a, b, c]], (1, 3)).tolist() == [[(a + b + c) / 3]]


class TestOtherAxes:
    def test_signals(self):
        assert max_pool1d([1, 3, 2, 5], 2).tolist() == [3, 5]
        assert max_pool1d([[1, 3, 2]], 2, stride=1, padding=(1, 0)).tolist() == [[1, 3, 3]]
        assert avg_pool1d([1, 3, 2, 5], 2).tolist() == [2, Fraction(7, 2)]
        assert avg_pool1d([2, 4], 2, padding=1, stride=1, count_include_pad=False).tolist() == [
            2,
            3,
            4,
        ]

    def test_volumes(self):
        x = np.arange(8).reshape(2, 2, 2)
        assert max_pool3d(x, 2).tolist() == [[[7]]]
        assert avg_pool3d(x, (1, 2, 2)).tolist() == [[[Fraction(3, 2)]], [[Fraction(11, 2)]]]

    def test_the_whole_image(self):
        assert global_max_pool2d([IMAGE, IMAGE]).tolist() == [[[9]], [[9]]]
        assert global_avg_pool2d([IMAGE]).tolist() == [[[Fraction(7, 2)]]]
        assert global_max_pool1d([-2, -1]).tolist() == [-1]
        assert global_avg_pool1d([[1, 2], [3, 5]]).tolist() == [[Fraction(3, 2)], [4]]

    def test_number_of_axes(self):
        with pytest.raises(EngineError, match=r"max_pool1d: the input must be \(L\)"):
            max_pool1d(np.zeros((1, 1, 1, 1)), 1)
        with pytest.raises(EngineError, match=r"global_avg_pool2d: the input must be \(H, W\)"):
            global_avg_pool2d([1, 2])


class TestNorm:
    def test_by_hand(self):
        assert lp_pool2d([[3, -4, 0], [0, 0, 3]], 2, power=2, stride=1).tolist() == [[5, 5]]
        assert lp_pool1d([3, -4, 6, 8], 2, power=2).tolist() == [5, 10]
        assert lp_pool1d([-3, 4], 2, power=1).tolist() == [7]
        assert lp_pool1d([3, 4, 5], 3, power=3).tolist() == [6]
        halves = [Fraction(3, 2), 2]
        assert lp_pool1d(halves, 2, power=2).tolist() == [Fraction(5, 2)]
        assert lp_pool1d([3, 4, 7], 2, power=2, ceil_mode=True).tolist() == [5, 7]

    def test_irrational_norms_are_not_rounded_silently(self):
        with pytest.raises(EngineError, match=r"lp_pool1d: the root of order 2 of 2 is irrational"):
            lp_pool1d([1, 1], 2, power=2)
        assert lp_pool1d([1.0, 1.0], 2, power=2).tolist() == [2**0.5]

    def test_large_powers(self):
        assert lp_pool1d([3 * 10**40, 4 * 10**40], 2, power=2).tolist() == [5 * 10**40]
        assert lp_pool1d([3e200, 4e200], 2, power=2).tolist() == [pytest.approx(5e200)]
        assert lp_pool1d([0, 7**30], 2, power=9).tolist() == [7**30]

    def test_bad_input(self):
        sympy = pytest.importorskip("sympy")
        with pytest.raises(EngineError, match="lp_pool2d: power must be a whole number"):
            lp_pool2d(IMAGE, 2, power=0)
        with pytest.raises(EngineError, match="lp_pool2d: the input must be numbers"):
            lp_pool2d([[sympy.Symbol("a")]], 1, power=2)


IMAGES = st.lists(st.lists(st.integers(-3, 3), min_size=5, max_size=5), min_size=4, max_size=4)


class TestIndices:
    def test_by_hand(self):
        assert max_pool2d_indices(IMAGE, 2).tolist() == [[5, 6], [8, 10]]
        assert max_pool1d_indices([4, 4, 1], 2, stride=1).tolist() == [0, 1]

    def test_padding_never_wins(self):
        assert max_pool2d_indices([[-5, -5]], (1, 2), stride=1, padding=(0, 1)).tolist() == [
            [0, 0, 1]
        ]

    @given(IMAGES, st.integers(1, 3), st.integers(1, 3), st.integers(0, 1), st.booleans())
    def test_they_point_at_the_first_maximum(self, image, kernel, stride, pad, ceil):
        options = {"stride": stride, "padding": min(pad, kernel // 2), "ceil_mode": ceil}
        indices = max_pool2d_indices(image, kernel, **options)
        flat = np.array(image).ravel()
        assert flat[indices].tolist() == max_pool2d(image, kernel, **options).tolist()
        earlier = flat * 100 - np.arange(flat.size)  # of equal values, the first is largest
        distinct = max_pool2d_indices(earlier.reshape(4, 5), kernel, **options)
        assert indices.tolist() == distinct.tolist()

    def test_unpooling_by_hand(self):
        assert max_unpool2d([[9, 5]], [[3, 0]], size=2).tolist() == [[5, 0], [0, 9]]
        assert max_unpool1d([[Fraction(1, 2)]], [[1]], size=3).tolist() == [[0, Fraction(1, 2), 0]]

    @given(IMAGES, st.integers(1, 3), st.integers(1, 3))
    def test_pooling_what_was_unpooled(self, image, kernel, stride):
        """Of values above 0, which the zeros between do not beat."""
        x = np.array(image) + 4
        y = max_pool2d(x, kernel, stride=stride)
        back = max_unpool2d(y, max_pool2d_indices(x, kernel, stride=stride), size=x.shape)
        assert max_pool2d(back, kernel, stride=stride).tolist() == y.tolist()
        assert ((back == 0) | (back == x)).all()

    @pytest.mark.parametrize(
        ("indices", "words"),
        [
            ([[0, 4]], "must lie in 0 to 3"),
            ([[-1, 0]], "must lie in 0 to 3"),
            ([[0.0, 1.0]], "must be integers"),
            ([[0]], r"of the input's shape \(1, 2\)"),
            ([[1, 1]], "one place two different values"),
        ],
    )
    def test_bad_indices(self, indices, words):
        with pytest.raises(EngineError, match="max_unpool2d: .*" + words):
            max_unpool2d([[7, 8]], indices, size=2)


class TestShifts:
    """A pooling layer with stride s follows a shift by s, one output on, and no other shift."""

    @given(st.lists(st.integers(-9, 9), min_size=8, max_size=8), st.integers(1, 3))
    @settings(deadline=None)
    def test_by_the_stride(self, values, stride):
        x = [*values, *[0] * stride]
        shifted = [*[0] * stride, *values]
        for pool in (max_pool1d, avg_pool1d):
            assert (
                pool(shifted, 2, stride=stride)[1:].tolist()
                == pool(x, 2, stride=stride)[: len(pool(x, 2, stride=stride)) - 1].tolist()
            )

    def test_by_less(self):
        assert max_pool1d([0, 9, 0, 0], 2).tolist() == [9, 0]
        assert max_pool1d([9, 0, 0, 0], 2).tolist() == [9, 0]  # invariant to this shift
        assert max_pool1d([0, 0, 9, 0], 2).tolist() == [0, 9]
        assert avg_pool1d([0, 8, 8, 0], 2).tolist() == [4, 4]
        assert avg_pool1d([8, 8, 0, 0], 2).tolist() == [8, 0]  # not a shift of the one above


@given(IMAGES, st.integers(1, 3), st.integers(1, 3), st.booleans())
@settings(deadline=None)
def test_exact_and_float_agree(image, kernel, stride, ceil):
    options = {"stride": stride, "ceil_mode": ceil}
    thirds = np.array(image).astype(object) * Fraction(1, 3)
    for pool in (max_pool2d, avg_pool2d):
        exact, rounded = (
            pool(thirds, kernel, **options),
            pool(np.array(image) / 3, kernel, **options),
        )
        np.testing.assert_allclose(rounded, exact.astype(float), rtol=1e-14, atol=1e-15)
