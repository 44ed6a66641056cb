"""Unshared convolution against loops, against shared weights, and at its limits."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.engine import EngineError, conv1d, conv2d, unshared_conv1d, unshared_conv2d


def whole(seed, *shape):
    return np.random.default_rng(seed).integers(-9, 10, shape)


OPTIONS = st.fixed_dictionaries(
    {"stride": st.integers(1, 3), "padding": st.integers(0, 2), "dilation": st.integers(1, 2)}
)


@given(OPTIONS, st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_shared_weights_give_conv2d(options, kernel):
    x, weight, bias = whole(1, 2, 3, 6, 7), whole(2, 4, 3, kernel, 2), whole(3, 4)
    y = conv2d(x, weight, bias, **options)
    out = y.shape[2:]
    own = np.broadcast_to(weight[:, None, None], (4, *out, 3, kernel, 2))
    offsets = np.broadcast_to(bias[:, None, None], (4, *out))
    assert np.array_equal(unshared_conv2d(x, own, offsets, **options), y)
    np.testing.assert_allclose(
        unshared_conv2d(x[0] / 2, own / 3, **options),
        conv2d(x[0] / 2, weight / 3, **options),
        atol=1e-12,
    )


def test_each_position_has_its_own_kernel():
    x, weight = whole(1, 2, 4, 5), whole(2, 3, 2, 2, 2, 3, 2)
    y = unshared_conv2d(x, weight, stride=(1, 3))
    for f, row, column in np.ndindex(3, 2, 2):
        window = x[:, row : row + 3, 3 * column : 3 * column + 2]
        assert y[f, row, column] == (window * weight[f, row, column]).sum()


def test_signals_by_hand():
    assert unshared_conv1d([1, 2, 3], [[1, 0], [0, 10]]).tolist() == [1, 30]
    assert unshared_conv1d([1, 2, 3], [[1, 0], [0, 10]], [5, 6]).tolist() == [6, 36]
    thirds = unshared_conv1d([1, 2, 3], [[1, Fraction(1, 3)], [Fraction(1, 2), 0]], [0, 1])
    assert thirds.tolist() == [Fraction(5, 3), 2]
    signal = whole(4, 2, 6)
    own = np.broadcast_to(whole(5, 3, 2, 2)[:, None], (3, 5, 2, 2))
    assert np.array_equal(unshared_conv1d(signal, own), conv1d(signal, own[:, 0]))


@pytest.mark.parametrize("limit", [2**53, 2**63])
def test_exact_at_the_limits(limit):
    for value in (limit - 1, limit, limit + 1):
        y = unshared_conv1d([value, value, -1], [[1, 1], [1, 1]], [value, 1])
        assert y.tolist() == [3 * value, value]


def test_symbols_without_the_padding():
    sympy = pytest.importorskip("sympy")
    a, b, s, t = sympy.symbols("a b s t")
    y = unshared_conv1d(np.array([a, b]), np.array([[s, t], [t, s], [s, s]]), padding=1)
    assert y.tolist() == [a * t, a * t + b * s, b * s]


@pytest.mark.parametrize(
    ("x", "weight", "bias", "words"),
    [
        (np.ones((4, 4)), np.ones((2, 2)), None, "the weight must be (outputs…, kernel…)"),
        (np.ones((4, 4)), np.ones((2, 3, 2, 2)), None, "gives (3, 3) outputs"),
        (np.ones((2, 2, 2)), np.ones((1, 1, 1, 3, 2, 2)), None, "of 2 channels"),
        (np.ones((2, 2)), np.ones((1, 1, 3, 2)), None, "kernel spans 3 × 2"),
        (np.ones((2, 2)), np.ones((1, 1, 2, 2)), np.ones(2), "bias must have shape (1, 1)"),
    ],
)
def test_bad_input_is_named(x, weight, bias, words):
    with pytest.raises(EngineError) as caught:
        unshared_conv2d(x, weight, bias)
    assert words in str(caught.value)
    assert str(caught.value).startswith("unshared_conv2d: ")
