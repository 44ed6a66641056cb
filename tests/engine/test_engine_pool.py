"""Pooling against hand-worked values and a loop that looks at one window at a time."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from examgen.engine import EngineError, avg_pool2d, max_pool2d

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
