"""Models answered by matching or by judging claims: keys and facts worked out by hand."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.bank.sample import usable_items
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))


def matched(item, part):
    """The text of each row with that of its option, no-break spaces as plain ones."""
    wording, part = Wording(item), item.part(part)
    options = [text.replace("\u00a0", " ") for text, _, _ in wording.options(part)]
    return dict(zip(wording.rows(part), (options[at] for at in item.key(part)), strict=True))


def test_factors_of_a_doubled_side():
    """1a and 3a, which-depends-on-resolution: weights 1, multiplications and values 4."""
    found = {}
    for turn in range(10):
        item = BANK["concepts/larger_images"].at(r=2, H=8, K=3, C=1, M=4, turn=turn)
        found |= matched(item, "factors")
    assert found["weights of the convolution"] == "1 (it stays the same)"
    assert found["side of the receptive field of the convolution"] == "1 (it stays the same)"
    assert found["values that the dense layer gives"] == "1 (it stays the same)"
    assert found["side of the maps that the convolution gives"] == "2"
    squares = {row for row, factor in found.items() if factor == "$2^2 = 4$"}
    assert {row.split(" of ")[0] for row in squares} == {
        "multiplications", "values that the convolution gives", "weights",
    }  # fmt: skip
    (fourth,) = (row for row, factor in found.items() if factor == "$2^4 = 16$")
    assert "as many values" in fourth
    assert len(found) == 10


def test_a_solution_speaks_of_the_layers_that_are_asked_for():
    """Unshared windows, and a dense layer as large as the maps, are in half of the items each."""
    for turn in range(10):
        item = BANK["concepts/larger_images"].at(r=2, H=8, K=3, C=1, M=4, turn=turn)
        rows, solution = " ".join(matched(item, "factors")), Wording(item).solution
        for words in ("not shared", "as many values as the convolution"):
            assert (words in solution) == (words in rows), (turn, words)


def test_filters_on_patches_by_hand():
    """A: 1, 1, 3 in each row; B: 1, 1, 0 down each column; C: 1 with a 4 in the middle."""
    item = BANK["convolution/filter_responses"].at(b=1, h=2, k=-1, s=3, turn=0)
    sobel_x, sobel_y, laplacian, total, sharp = matched(item, "answers").values()
    assert sobel_x == r"$8,\; 0,\; 0$"
    assert sobel_y == r"$0,\; -4,\; 0$"
    assert laplacian == r"$2,\; -1,\; -12$"
    assert total == r"$15,\; 6,\; 12$"
    assert sharp == r"$-1,\; 2,\; 16$"


def test_kinds_of_convolution_by_hand():
    """10 values, 4 taps: 7 places; dilation 2 spans 7, so 4 places; stride 3 makes 31."""
    item = BANK["convolution/which_type"].at(n=10, K=4, D=2, S=3, turn=0)
    ordinary, unshared, dilated, transposed = matched(item, "facts").values()
    assert ordinary == "4 weights, 7 outputs, span 4"
    assert unshared == "28 weights, 7 outputs, span 4"
    assert dilated == "4 weights, 4 outputs, span 7"
    assert transposed == "4 weights, 31 outputs, span at most 2"


@pytest.mark.parametrize(("way", "turned"), [(1, "clockwise"), (-1, "counter-clockwise")])
def test_offsets_with_a_meaning(way, turned):
    item = BANK["deformable/special_offsets"].at(d=2, e=3, down=1, right=-2, way=way, turn=0)
    dilated, moved, rotated, pointwise, stretched = matched(item, "meaning").values()
    assert dilated == "dilation 2 along both axes"
    assert "(-1, 2)" in moved
    assert rotated.endswith(f"quarter {turned}")
    assert r"1 \times 1" in pointwise
    assert stretched.startswith("dilation 3 from left to right")


WORDS = {
    "one orientation column": "the same",
    "anywhere within its field": "complex",
    "All orientations": "a hypercolumn",
    "From the fovea": "larger",
    "weights of S-cells": "learned",
    "Learning in the Neocognitron": "unsupervised",
    "tolerate small shifts": "C-cells",
    "S-cells of one plane": "equal",
    "A convolution with stride 1": "equivariant",
    "followed by an invariant": "invariant",
    "global average pooling": "invariant",
    "due to": "shared",
}


def test_the_right_words():
    """E10 and E13 of the source's errors among them."""
    seen = set()
    for item in usable_items(BANK["concepts/right_word"], 100):
        for name, part in item.declaration.parts.items():
            prompt = Wording(item).prompt(part)
            (claim,) = (claim for claim in WORDS if claim in prompt)
            assert item.key(name) == WORDS[claim]
            assert prompt.endswith(".")
            (printed,) = [text for _, text, _ in Wording(item).options(part)]
            assert f"*{printed}*" in prompt
            seen.add((claim, printed == WORDS[claim]))
    assert len(seen) == 24


def test_learned_is_spelt_in_two_ways():
    item = BANK["concepts/right_word"].at(first=0, second=0, third=0, a=1, b=1, c=1)
    kind, key = item.part("neocognitron").kind, (0, item.key("neocognitron"))
    for answer, verdict in (("learnt", "right"), ("learned", "right"), ("fixed", "partial")):
        assert kind.judge(kind.read(f"false, {answer}"), key).verdict == verdict


def test_claims_about_fields():
    """2a, E11: five layers of 3 × 3 see 11 pixels; 3b: 112 of them for 224 without dilation."""
    item = BANK["receptive_field/claimed_field"].at(K=3, L=5, D=1, W=224, a=1, b=0, c=0)
    assert item.plain_stack == 11
    assert item.first_claim() == 15
    assert item.enough == 112
    assert item.with_stride == 1 + 2 + 4 * 4


def test_too_low_a_claimed_depth_is_false():
    """It takes three layers: "at least 2" would be true, "the least number is 2" is false."""
    item = BANK["receptive_field/claimed_field"].at(K=3, L=5, D=2, W=12, a=0, b=0, c=1)
    assert (item.enough, item.third_claim()) == (3, 2)
    prompt = Wording(item).prompt(type(item).enough)
    assert "at least" not in prompt
    assert "least number of layers" in prompt


def test_what_tasks_ask_for():
    where = ("segmentation", "detection", "positions", "outline", "distance", "noise")
    what = ("recognition", "cat", "how many", "day or night")
    seen = set()
    for item in usable_items(BANK["concepts/tasks"], 160):
        for row, found in matched(item, "outputs").items():
            (word,) = (word for word in (*where, *what) if word in row)
            assert found.startswith("move" if word in where else "stay")
            seen.add(word)
    assert seen == {*where, *what}


def test_networks_and_what_their_outputs_do():
    position, mean, dense = matched(BANK["concepts/tasks"](0), "built").values()
    assert position.startswith("moves")
    assert mean.startswith("stays")
    assert dense.startswith("changes")


DESIGNS = {
    "Inception module": "several sizes",
    "pyramid of dilations": "several dilations",
    "deformable convolution": "where to read",
    "fovea and periphery of the eye": "distance from the centre",
    "attention": "how much they matter",
    "image pyramid": "copies of the image",
}


def test_designs_with_other_fields():
    seen = set()
    for item in usable_items(BANK["concepts/fixed_or_adaptive"], 192):
        for row, found in matched(item, "designs").items():
            assert DESIGNS[row] in found
            seen.add(row)
    assert seen == set(DESIGNS)


def test_stride_claims_about_alexnet():
    """4b, E32: stride 4 leaves 1/16 of the positions, 96 channels twice the values; 13 → 3."""
    item = BANK["shapes/stride_claims"].at(S=4, O=55, C=96, Q=13, F=3, a=1, b=1, c=0)
    assert (item.positions, item.amount, item.later) == (Fraction(1, 16), 2, 3)
    assert item.first_claim() == Fraction(1, 4)
    prompt = Wording(item).prompt(item.part("positions"))
    assert "p = 1/4$" in " ".join(prompt.split()).replace(" $", "$")
