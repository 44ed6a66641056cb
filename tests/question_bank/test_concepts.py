"""Concept items: their numbers against checked values, their rubrics against their marks."""

from fractions import Fraction

from examgen.bank.load import Bank
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ParameterSharing = BANK["concepts/parameter_sharing"]


def test_a_full_map_of_unshared_weights():
    """3a: 3 × 3 windows on 1000 × 1000 pixels, one channel: 998² positions of 9 weights."""
    assert ParameterSharing.at(H=1000, K=3, C_in=1, C_out=1).unshared == 8_964_036


def test_unshared_weights_by_hand():
    """Windows of 3 on 4 × 4 pixels: 4 positions, 2 channels, 5 patterns, 9 weights each."""
    assert ParameterSharing.at(H=4, K=3, C_in=2, C_out=5).unshared == 4 * 2 * 5 * 9


def test_the_rubric_makes_up_the_marks():
    essay = ParameterSharing.explain
    assert essay.marks == 6
    assert sum(essay.rubric.values(), Fraction(0)) == 6


def test_the_model_answer_names_both_counts():
    item = ParameterSharing.at(H=20, K=3, C_in=1, C_out=4)
    text = Wording(item).model_answer(ParameterSharing.explain)
    assert r"11\,664" in text  # 18² positions of 36 weights
    assert "= 36$" in text


def test_the_stem_counts_channels_in_words():
    stems = [
        " ".join(Wording(ParameterSharing.at(H=20, K=3, C_in=channels, C_out=4)).stem.split())
        for channels in (1, 3)
    ]
    assert "images of 1 channel and" in stems[0]
    assert "images of 3 channels and" in stems[1]
