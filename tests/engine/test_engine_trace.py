"""Traces: their values against the operations they explain, their terms and text by hand."""

from fractions import Fraction as Q

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol, expand

from examgen import engine
from examgen.engine import (
    EngineError,
    bilinear_sample,
    conv2d,
    conv_transpose2d,
    deform_conv2d,
    trace_avg_pool2d,
    trace_bilinear,
    trace_conv2d,
    trace_conv_transpose2d,
    trace_deform_conv2d,
    trace_lp_pool1d,
    trace_lp_pool2d,
    trace_max_pool2d,
    trace_unshared_conv1d,
)

IMAGE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
SMALL = st.integers(-9, 9)


def random_array(seed, *shape):
    return np.random.default_rng(seed).integers(-9, 10, shape)


def fractions(seed, *shape):
    array = random_array(seed, *shape).astype(object)
    return np.vectorize(lambda value: Q(int(value), 4), otypes=[object])(array)


def both(name, *arguments, seed, **options):
    """A random value of the output of an operation, and its trace."""
    y = getattr(engine, name)(*arguments, **options)
    at = tuple(int(n) for n in np.random.default_rng(seed).integers(0, y.shape))
    return y[at], getattr(engine, f"trace_{name}")(*arguments, at=at, **options)


class TestWritten:
    def test_convolution(self):
        trace = trace_conv2d(IMAGE, [[1, -1], [0, 2]], 5, at=(0, 1), padding=1)
        assert str(trace) == "y[0, 1] = 0·1 + 2·2 + 5 = 9"
        assert trace.outside == 2
        assert [term.index for term in trace.terms] == [(0, 0), (0, 1)]
        assert trace.table().splitlines() == [
            "x[0, 0]: 0·1 = 0",
            "x[0, 1]: 2·2 = 4",
            "bias: 5",
            "sum: y[0, 1] = 9",
        ]

    def test_negative_numbers_and_fractions_are_bracketed(self):
        trace = trace_conv2d([[-1, Q(1, 2)]], [[-2, 3]], at=(0, 0))
        assert str(trace) == "y[0, 0] = (−2)·(−1) + 3·(1/2) = 7/2"

    def test_pooling(self):
        image = [[1, 3], [4, -6]]
        largest, mean = trace_max_pool2d(image, 2, at=(0, 0)), trace_avg_pool2d(image, 2, at=(0, 0))
        assert str(largest) == "y[0, 0] = max(1, 3, 4, −6) = 4"
        assert largest.winner.index == (1, 0)
        assert str(mean) == "y[0, 0] = (1 + 3 + 4 + (−6)) / 4 = 1/2"
        assert mean.winner is None

    def test_norms(self):
        trace = trace_lp_pool2d([[3, -4], [0, 0]], 2, at=(0, 0), power=2)
        assert str(trace) == "y[0, 0] = (|3|^2 + |−4|^2 + |0|^2 + |0|^2)^(1/2) = 5"
        assert trace.table().splitlines()[-1] == "norm 2: y[0, 0] = 5"
        assert trace_lp_pool1d([Q(3, 5), Q(4, 5)], 2, at=(0,), power=2).value == 1

    def test_unshared(self):
        trace = trace_unshared_conv1d([1, 2, 3], [[1, 1], [10, -1]], [0, 5], at=(1,))
        assert str(trace) == "y[1] = 10·2 + (−1)·3 + 5 = 22"

    def test_bilinear(self):
        trace = trace_bilinear([[1, 3], [4, -6]], Q(1, 4), Q(1, 2))
        assert str(trace) == "y[1/2, 1/4] = (3/8)·1 + (1/8)·3 + (3/8)·4 + (1/8)·(−6) = 3/2"

    def test_deformable(self):
        offset = np.zeros((2, 3, 3), dtype=object)
        offset[1, 1, 1] = Q(1, 2)
        trace = trace_deform_conv2d(IMAGE, offset, [[2]], at=(1, 1))
        assert str(trace) == "y[1, 1] = 2·(1/2)·5 + 2·(1/2)·6 = 11"

    def test_transposed(self):
        trace = trace_conv_transpose2d([[1, 3]], [[5, 6, 7]], at=(0, 2), stride=2)
        assert (str(trace), trace.outside) == ("y[0, 2] = 7·1 + 5·3 = 22", 0)

    def test_symbols(self):
        a, w = Symbol("a"), Symbol("w")
        trace = trace_conv2d([[a, 2]], [[w, 3]], at=(0, 0))
        assert str(trace).startswith("y[0, 0] = w·a + 3·2 = ")
        assert expand(trace.value - a * w - 6) == 0

    def test_nothing_but_padding(self):
        trace = trace_conv2d(IMAGE, [[1]], at=(0, 0), padding=1)
        assert (str(trace), trace.terms) == ("y[0, 0] = 0 = 0", ())


class TestAgainstTheOperation:
    @given(
        st.sampled_from([1, 2, 3]),
        st.integers(0, 99),
        st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2), st.integers(1, 2)), min_size=3),
        st.sampled_from([1, 2]),
    )
    def test_convolutions(self, axes, seed, along, groups):
        stride, padding, dilation = zip(*along[:axes], strict=True)
        options = {"stride": stride, "padding": tuple((p, p) for p in padding)}
        options |= {"dilation": dilation, "groups": groups}
        kernel, size = (2, 3, 2)[:axes], (5, 6, 4)[:axes]
        x, bias = random_array(seed, 2, 4, *size), random_array(seed + 3, 6)
        weight = random_array(seed + 1, 6, 4 // groups, *kernel)
        y, trace = both(f"conv{axes}d", x, weight, bias, seed=seed, **options)
        assert trace.value == y
        assert len(trace.terms) + trace.outside == weight[0].size
        assert all(x[term.index] == term.value for term in trace.terms)
        weight = random_array(seed + 2, 4, 6 // groups, *kernel)
        y, trace = both(f"conv_transpose{axes}d", x, weight, bias, seed=seed, **options)
        assert trace.value == y
        assert all(x[term.index] == term.value for term in trace.terms)

    @given(st.sampled_from([1, 2, 3]), st.integers(0, 99), st.booleans(), st.integers(1, 2))
    def test_unshared_convolutions(self, axes, seed, single, stride):
        options = {"stride": stride, "padding": 1, "dilation": 2}
        lead, size, kernel = () if single else (2, 3), (4, 5, 4)[:axes], (2, 1, 3)[:axes]
        ones = np.ones((1, 1, *kernel), int)
        out = getattr(engine, f"conv{axes}d")(np.ones((1, 1, *size), int), ones, **options)
        out = out.shape[2:]
        x, bias = (
            random_array(seed, *lead, *size),
            random_array(seed, *(() if single else (2,)), *out),
        )
        weight = random_array(seed, *out, *kernel)
        if not single:
            weight = random_array(seed, 2, *out, 3, *kernel)
        y, trace = both(f"unshared_conv{axes}d", x, weight, bias, seed=seed, **options)
        assert trace.value == y
        assert all(x[term.index] == term.value for term in trace.terms)

    @pytest.mark.parametrize("padding", ["valid", "same", "full", ((1, 2), (0, 2))])
    @pytest.mark.parametrize("border", ["zero", "reflect", "replicate", "circular"])
    def test_borders_and_flipped_kernels(self, padding, border):
        x, weight = random_array(7, 1, 4, 5), random_array(8, 1, 1, 2, 3)
        options = {"padding": padding, "border": border, "flip": True, "stride": (1, 2)}
        y = conv2d(x, weight, **options)
        for at in np.ndindex(y.shape):
            trace = trace_conv2d(x, weight, at=at, **options)
            assert trace.value == y[at]
            assert all(x[term.index] == term.value for term in trace.terms)

    def test_transposed_with_output_padding(self):
        x, weight = random_array(1, 2, 3, 3), random_array(2, 2, 3, 3, 3)
        options = {"stride": 2, "padding": 1, "output_padding": 1}
        y = conv_transpose2d(x, weight, **options)
        for at in np.ndindex(y.shape):
            assert trace_conv_transpose2d(x, weight, at=at, **options).value == y[at]

    @given(
        st.sampled_from([1, 2, 3]),
        st.integers(0, 99),
        st.lists(st.tuples(st.integers(1, 3), st.tuples(*[st.integers(0, 1)] * 2)), min_size=3),
        st.booleans(),
        st.booleans(),
    )
    def test_pooling(self, axes, seed, along, ceil, counted):
        stride, padding = zip(*along[:axes], strict=True)
        x, kernel = random_array(seed, 2, *(6, 7, 5)[:axes]), (2, 3, 2)[:axes]
        options = {"stride": stride, "padding": padding[0] if axes == 1 else padding}
        options |= {"ceil_mode": ceil, "seed": seed}
        y, trace = both(f"max_pool{axes}d", x, kernel, **options)
        assert trace.value == trace.winner.value == y
        assert all(x[term.index] == term.value for term in trace.terms)
        y, trace = both(f"avg_pool{axes}d", x, kernel, count_include_pad=counted, **options)
        assert trace.value == y
        y, trace = both(f"lp_pool{axes}d", x, kernel, power=1, **options)
        assert trace.value == y
        y, trace = both(f"lp_pool{axes}d", x / 7, kernel, power=3, **options)
        assert trace.value == pytest.approx(y)

    @pytest.mark.parametrize("axes", [1, 2, 3])
    def test_global_pooling_is_a_window_as_large_as_the_image(self, axes):
        x = random_array(axes, 2, *(3, 4, 2)[:axes])
        for name in ("max", "avg"):
            y = getattr(engine, f"global_{name}_pool{axes}d")(x)
            trace = getattr(engine, f"trace_{name}_pool{axes}d")
            at = (1, *(0,) * axes)
            assert trace(x, x.shape[1:], at=at).value == y[at]

    @given(st.integers(-5, 13), st.integers(-5, 13))
    def test_bilinear(self, x, y):
        x, y = Q(x, 4), Q(y, 4)
        trace = trace_bilinear(IMAGE, x, y)
        assert trace.value == bilinear_sample(IMAGE, x, y)
        assert trace.outside == 0 or sum(term.factors[0] for term in trace.terms) < 1

    @pytest.mark.parametrize("modulated", [False, True])
    def test_deformable(self, modulated):
        x, weight = random_array(1, 4, 5, 5), random_array(2, 4, 2, 3, 2)
        options = {"stride": 2, "padding": ((2, 0), (0, 2)), "bias": [1, 2, 3, 4]}
        offset = fractions(3, 2 * 2 * 6, 3, 3)
        mask = fractions(4, 2 * 6, 3, 3) if modulated else None
        y = deform_conv2d(x, offset, weight, mask, **options)
        for at in np.ndindex(y.shape):
            trace = trace_deform_conv2d(x, offset, weight, mask, at=at, **options)
            assert trace.value == y[at]
            assert {len(term.factors) for term in trace.terms} <= {2 + modulated}

    def test_floats(self):
        x, weight = np.random.default_rng(0).normal(size=(2, 5, 5)), np.ones((1, 2, 3, 3)) / 7
        trace = trace_conv2d(x, weight, at=(0, 1, 1))
        assert trace.value == pytest.approx(conv2d(x, weight)[0, 1, 1])
        assert trace_avg_pool2d(x, 2, at=(0, 0, 0)).value == pytest.approx(x[0, :2, :2].mean())


class TestBadInput:
    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (
                lambda: trace_conv2d(IMAGE, [[1]], at=(3, 0)),
                r"trace_conv2d: at = \(3, 0\) is outside the output of shape \(3, 3\)",
            ),
            (lambda: trace_conv2d(IMAGE, [[1]], at=0), "trace_conv2d: at must be 2 numbers"),
            (
                lambda: trace_conv2d([IMAGE], np.ones((2, 3, 1, 1), int), at=(0, 0, 0)),
                "does not fit the 1 channels of the input",
            ),
            (
                lambda: trace_conv2d(IMAGE, np.ones((2, 1, 1, 1), int), at=(0, 0)),
                "2 output channels need an input with a channel axis",
            ),
            (
                lambda: trace_conv2d([IMAGE], [[[[1]]]], [1, 2], at=(0, 0, 0)),
                "the bias must have one number for each of the 1 filters",
            ),
            (lambda: trace_conv2d([1, 2], [[1]], at=(0,)), r"the input must be \(H, W\)"),
            (lambda: trace_conv2d([[[IMAGE]]], [[1]], at=(0,)), r"its shape is \(1, 1, 1, 3, 3\)"),
            (lambda: trace_max_pool2d(IMAGE, 2, at=(0, 0), strides=1), "no option 'strides'"),
            (
                lambda: trace_max_pool2d([[Symbol("a")]], 1, at=(0, 0)),
                "trace_max_pool2d: the input must be numbers",
            ),
            (
                lambda: trace_deform_conv2d(IMAGE, np.zeros((3, 3, 3), int), [[1]], at=(0, 0)),
                r"trace_deform_conv2d: the offset must have shape \(2 G, 3, 3\)",
            ),
            (lambda: trace_bilinear([1], 0, 0), r"trace_bilinear: the image must be \(H, W\)"),
        ],
    )
    def test_messages(self, call, message):
        with pytest.raises(EngineError, match=message):
            call()
