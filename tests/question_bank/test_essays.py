"""The essays: their marks against the source exam, the numbers of their model answers."""

import pytest

from examgen.bank.load import Bank
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))

MARKS = {  # of the parts of the source exam, 1a to 6c
    "parameter_explosion": 8, "equivariance_invariance": 10, "one_pixel": 7,
    "cortex": 10, "neocognitron": 8, "fixed_fields": 4,
    "locality_and_sharing": 8, "depth": 8, "translation_only": 4,
    "output_size": 8, "large_stride": 10, "channels": 7,
    "three_convolutions": 12, "separable_filters": 10, "pointwise": 6,
    "deformable": 12, "following_shapes": 8, "differentiable_sampling": 10,
}  # fmt: skip


def essay(name, **values):
    """The model answer with these values, digits and words only set apart by single spaces."""
    model = BANK[f"essays/{name}"]
    (part,) = model.declaration.parts.values()
    text = Wording(model.at(**values)).model_answer(part)
    return " ".join(text.replace(r"\,", "").split())


def test_each_part_of_the_source_has_its_essay_and_its_marks():
    names = {name.removeprefix("essays/") for name in BANK.below("essays")}
    assert names == MARKS.keys()
    for name, marks in MARKS.items():
        (part,) = BANK[f"essays/{name}"].declaration.parts.values()
        assert part.marks == marks
    assert sum(MARKS.values()) == 150


# The source's own parameters, and what is right for them (errata included).
NUMBERS = [
    ("parameter_explosion", {"H": 1000, "M": 10_000}, "10000000000 40 160"),
    ("equivariance_invariance", {"r": 100, "c": 200, "down": 10, "right": 20}, "110 220"),
    ("one_pixel", {"K": 3, "H": 28}, "6 9"),
    ("cortex", {"K": 3, "L": 5}, "11"),
    ("locality_and_sharing", {"O": 998, "K": 3, "C_in": 3, "C_out": 64},
     "191232768000000 1728"),
    ("depth", {"W": 224, "K": 3}, "112"),
    ("depth", {"W": 227, "K": 3}, "113"),
    ("output_size", {"O": 55, "F": 11, "S": 4, "P": 0}, "216 214 54 53"),
    ("large_stride", {"O": 55, "F": 11, "C": 96, "late": 13}, "51529 3025 154587 290400 3"),
    ("channels", {"F": 11, "C": 3, "M": 96}, "363 364 34944"),
    ("three_convolutions", {"K": 3, "D": 4, "H": 5, "n": 2, "S": 2}, "9 81 5"),
    ("separable_filters",
     {"u": (1, 2, 1), "v": (1, 2, 1), "K": 3, "C_in": 128, "C_out": 256},
     "294912 1152 32768 33920"),
    ("pointwise", {"H": 32, "C": 256, "B": 64, "M": 64, "K": 5}, "409600 118784"),
    ("deformable", {"K": 3, "C": 256, "M": 256}, "18 41472 9216 589824 640512"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "numbers"), NUMBERS)
def test_numbers_of_the_model_answers(name, values, numbers):
    words = essay(name, **values).replace("$", " ").replace(".", " ").replace(",", " ").split()
    assert set(numbers.split()) <= set(words)


def test_a_shifted_signal_by_hand():
    """Differences of neighbours of 0, 5, 1, 3, 0, 0, 0, and of the same two places on."""
    text = essay("translation_only", x=(5, 1, 3), d=2)
    assert "f(x) = [-5, 4, -2, 3, 0, 0]" in text
    assert "f(Tx) = [0, 0, -5, 4, -2, 3]" in text
    assert "[0, -5, 4, -2, 3, 0]" in essay("translation_only", x=(5, 1, 3), d=1)


def test_the_weights_of_the_source_s_point():
    """6c: (1.7, 2.3) lies between columns 1 and 2, rows 2 and 3; pixel (2, 2) weighs 0.49."""
    text = essay("differentiable_sampling", i=1, j=2, f="7/10", g="3/10")
    assert "| $(2, 2)$ | $f (1 - g)$ | $0.49$ |" in text
    assert "| $(1, 3)$ | $(1 - f) g$ | $0.09$ |" in text
    assert "= 0.7(B - A) + 0.3(D - C)" in text


def test_a_stride_that_leaves_values_in_number():
    """96 channels of 55² are more values than 3 of 227², 32 channels are fewer."""
    assert "even more" in essay("large_stride", O=55, F=11, C=96, late=13)
    assert "even more" not in essay("large_stride", O=55, F=11, C=32, late=13)


def test_an_exact_division_reads_all_only_where_windows_meet():
    """Windows of 3, five apart, leave two pixels out between them, whatever the division."""
    model = BANK["essays/output_size"]
    assert model.at(O=30, F=3, S=5, P=0).excluded() is not None
    assert model.at(O=30, F=5, S=5, P=0).excluded() is None


def test_what_is_left_out_may_be_padding():
    """29 + 2 pixels, windows of 3 at 0, 3, …, 27: the last row, 30, holds padded zeros only."""
    text = essay("output_size", O=11, F=3, S=3, P=1)
    assert "last row and column of the padded image" in text
    assert "every pixel" not in text


def test_a_bottleneck_counted_without_output_channels():
    """192 channels to 16: 9 · 192 = 1728 against 192 + 9 · 16 = 336 still speaks for it."""
    pointwise = BANK["essays/pointwise"].at(H=14, C=192, B=16, M=80, K=3)
    assert (pointwise.direct, pointwise.squeezed) == (138_240, 14_592)  # 9.5 times, not 5.1
    solution = " ".join(Wording(pointwise).solution.split())
    assert "makes the saving look smaller than it is" in solution


def test_the_ratio_of_separable_weights_is_rounded():
    """1/256 + 1/9 is 1/8.69, nearer to 1/9; with 160 channels out and 25 weights 1/21.6."""
    vectors = {"u": (1, 2, 1), "v": (1, 2, 1), "C_in": 128}
    assert "about $1/9$" in essay("separable_filters", **vectors, K=3, C_out=256)
    assert "about $1/22$" in essay("separable_filters", **vectors, K=5, C_out=160)
    assert "about $1/8$" in essay("separable_filters", **vectors, K=3, C_out=96)  # 1/8.23


def test_both_properties_have_their_limits():
    """The rubric asks for the limits of global pooling too."""
    text = essay("equivariance_invariance", r=50, c=60, down=5, right=7)
    assert "away from the borders, and with stride" in text
    assert "as long as the whole car stays within the frame" in text
