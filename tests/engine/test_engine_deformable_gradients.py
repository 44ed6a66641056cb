"""The gradients of deformable convolution by hand, by difference quotients and as transposes.

The sum of ``dy`` times the layer is linear in the input, in the weight and in the mask: there a
difference quotient in Fractions is the derivative whatever the step. In an offset it is linear
inside a cell: there a step to the right that does not leave the cell gives it exactly.
"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.engine import (
    EngineError,
    bilinear_gradient,
    conv2d_gradients,
    deform_conv2d,
    deform_conv2d_gradients,
)

SEEDS = st.integers(0, 10**6)
STEP = Fraction(1, 1000)  # less than the distance of any sixth from the next integer above


class Layer:
    """A random deformable layer and its arguments: integers, offsets in sixths, masks in fifths."""

    def __init__(self, seed):
        self.random = random = np.random.default_rng(seed)
        groups, offset_groups = random.integers(1, 3, 2).tolist()
        self.kernel, stride, dilation = (random.integers(1, 3, 2).tolist() for _ in range(3))
        padding = random.integers(0, 2, 2).tolist()
        self.options = {"stride": stride, "padding": padding, "dilation": dilation}
        extents = [d * (k - 1) + 1 for d, k in zip(dilation, self.kernel, strict=True)]
        size = [e + n for e, n in zip(extents, random.integers(0, 3, 2).tolist(), strict=True)]
        out = [
            (n + 2 * p - e) // s + 1
            for n, p, e, s in zip(size, padding, extents, stride, strict=True)
        ]
        taps = offset_groups * self.kernel[0] * self.kernel[1]
        self.arguments = {
            "x": self.whole(2, 2, *size),
            "offset": random.integers(-12, 13, (2, 2 * taps, *out)) * Fraction(1, 6),
            "weight": self.whole(2, 2 // groups, *self.kernel),
            "mask": random.integers(0, 6, (2, taps, *out)) * Fraction(1, 5),
        }
        self.dy = self.whole(2, 2, *out)

    def whole(self, *shape):
        return self.random.integers(-9, 10, shape).astype(object)

    def value(self, **change):
        """⟨dy, y⟩, exactly."""
        return (self.dy * deform_conv2d(**self.arguments | change, **self.options)).sum()

    def gradients(self):
        found = deform_conv2d_gradients(**self.arguments, dy=self.dy, **self.options)
        return {
            "x": found.input,
            "offset": found.offset,
            "weight": found.weight,
            "mask": found.mask,
        }


@given(SEEDS)
@settings(deadline=None, max_examples=40)
def test_linear_in_input_weight_and_mask(seed):
    """⟨dy, y(changed) − y⟩ = ⟨change, gradient⟩: the gradient is the transposed map, exactly."""
    layer = Layer(seed)
    found = layer.gradients()
    for name in ("x", "weight", "mask"):
        change = layer.whole(*layer.arguments[name].shape)
        moved = layer.value(**{name: layer.arguments[name] + change})
        assert moved - layer.value() == (change * found[name]).sum()


@given(SEEDS)
@settings(deadline=None, max_examples=30)
def test_offsets_by_steps_to_the_right(seed):
    """Many offsets in sixths are integers: there the derivative is the right-hand one."""
    layer = Layer(seed)
    offset, found = layer.arguments["offset"], layer.gradients()["offset"]
    base = layer.value()
    for flat in layer.random.integers(0, offset.size, 6).tolist():
        place = np.unravel_index(flat, offset.shape)
        moved = offset.copy()
        moved[place] += STEP
        assert (layer.value(offset=moved) - base) / STEP == found[place]


def test_left_hand_derivatives_differ_at_integers():
    x, weight, dy = [[3, 5, 11]], [[1]], [[1, 1, 1]]
    offset = np.zeros((2, 1, 3), dtype=int)
    found = deform_conv2d_gradients(x, offset, weight, dy)
    assert found.offset[1].tolist() == [[2, 6, -11]]
    to_the_left = offset.astype(object)
    to_the_left[1, 0, 1] = -STEP
    change = deform_conv2d(x, to_the_left, weight) - deform_conv2d(x, offset, weight)
    assert change[0, 1] / -STEP == 2
    assert found.offset[0].tolist() == [[-3, -5, -11]]  # down, out of the image
    assert found.input.tolist() == [[1, 1, 1]]
    assert found.weight.tolist() == [[19]]
    assert found.mask is None
    assert found.bias.tolist() == [3]


def test_one_tap_has_the_gradient_of_its_sample():
    image = [[(5 * r + c) ** 2 for c in range(5)] for r in range(4)]
    down, right = Fraction(3, 4), Fraction(-1, 3)
    offset = np.zeros((2, 4, 5), dtype=object)
    offset[:, 1, 2] = down, right
    dy = np.zeros((4, 5), dtype=int)
    dy[1, 2] = 10
    found = deform_conv2d_gradients(image, offset, [[7]], dy, np.full((1, 4, 5), Fraction(1, 2)))
    by_x, by_y = bilinear_gradient(image, 2 + right, 1 + down)
    assert found.offset[:, 1, 2].tolist() == [35 * by_y, 35 * by_x]
    assert np.count_nonzero(found.offset) == 2


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_without_offsets_they_are_those_of_a_convolution(seed):
    layer = Layer(seed)
    x, weight = layer.arguments["x"], layer.arguments["weight"]
    offset = np.zeros(layer.arguments["offset"].shape, dtype=int)
    ours = deform_conv2d_gradients(x, offset, weight, layer.dy, **layer.options)
    groups = x.shape[1] // weight.shape[1]
    theirs = conv2d_gradients(x, weight, layer.dy, groups=groups, **layer.options)
    for mine, plain in ((ours.input, theirs.input), (ours.weight, theirs.weight)):
        assert mine.tolist() == plain.tolist()
    assert ours.bias.tolist() == theirs.bias.tolist()


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_exact_and_float_agree(seed):
    """Sixths are not dyadic: on a whole sixth the float may fall into the other cell."""
    layer = Layer(seed)
    layer.arguments["offset"] = layer.arguments["offset"] + Fraction(1, 12)
    exact = layer.gradients()
    floats = {name: array.astype(float) for name, array in layer.arguments.items()}
    found = deform_conv2d_gradients(**floats, dy=layer.dy.astype(float), **layer.options)
    rounded = {"x": found.input, "offset": found.offset, "weight": found.weight, "mask": found.mask}
    for name, array in exact.items():
        np.testing.assert_allclose(rounded[name], array.astype(float), rtol=0, atol=1e-9)


@pytest.mark.parametrize("scale", [2**20, 2**31, 2**40, 2**63, 2**80])
def test_no_gradient_overflows(scale):
    layer = Layer(5)
    small = layer.gradients()
    for name in ("x", "weight", "mask"):
        layer.arguments[name] = layer.arguments[name] * scale
    layer.dy = layer.dy * scale
    for name, gradient in layer.gradients().items():
        power = 4 if name == "offset" else 3
        assert gradient.tolist() == (small[name] * scale**power).tolist()


def test_a_shift_of_the_image_is_a_shift_of_the_offsets():
    """It holds for offsets that all move by as much; a move of one tap is none of the image."""
    random = np.random.default_rng(3)
    x, weight = random.integers(-9, 10, (9, 9)), random.integers(-4, 5, (3, 3))
    offset = random.integers(-4, 5, (18, 3, 3)) * Fraction(1, 4)
    framed = np.pad(x, 4)
    moved = np.roll(framed, (1, 2), axis=(0, 1))
    options = {"stride": 2, "padding": 0}
    wide = np.zeros((18, 8, 8), dtype=object)
    wide[:, 2:5, 2:5] = offset
    here = deform_conv2d(framed, wide, weight, **options)
    wide[0::2] += 1
    wide[1::2] += 2
    there = deform_conv2d(moved, wide, weight, **options)
    assert there[2:5, 2:5].tolist() == here[2:5, 2:5].tolist()
    wide[0] -= 1
    assert deform_conv2d(moved, wide, weight, **options).tolist() != there.tolist()


def test_symbols():
    sympy = pytest.importorskip("sympy")
    a, b, w, m, d = sympy.symbols("a b w m d")
    offset = [[[0]], [[Fraction(1, 4)]]]
    found = deform_conv2d_gradients(
        [[a, b]], np.repeat(offset, 2, axis=2), [[w]], [[d, 0]], [[[m, m]]]
    )
    sample = Fraction(3, 4) * a + Fraction(1, 4) * b
    expected = {
        found.input[0, 1]: w * m * d / 4,
        found.weight[0, 0]: sample * m * d,
        found.mask[0, 0, 0]: sample * w * d,
        found.offset[1, 0, 0]: (b - a) * w * m * d,
        found.bias[0]: d,
    }
    for ours, formula in expected.items():
        assert sympy.expand(ours - formula) == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dy": np.zeros((1, 2, 2))}, r"dy must have the output's shape \(2, 2\)"),
        ({"offset": np.zeros((7, 2, 2))}, r"the offset must have shape \(8, 2, 2\)"),
        ({"mask": np.zeros((8, 2, 2))}, r"the mask must have shape \(4, 2, 2\)"),
        ({"x": [[1, 2, float("nan")]] * 3}, "NaN"),
    ],
)
def test_bad_input(change, words):
    arguments = {
        "x": np.ones((3, 3)),
        "offset": np.zeros((8, 2, 2)),
        "weight": np.ones((2, 2)),
        "dy": np.ones((2, 2)),
    }
    with pytest.raises(EngineError, match="deform_conv2d_gradients: .*" + words):
        deform_conv2d_gradients(**arguments | change)
