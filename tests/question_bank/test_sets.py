"""Models answered by sets, lists, intervals and quantities: values of the source and by hand."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))


def test_the_dense_layer_of_the_source():
    """1a: 10^10 weights of 4 bytes, 40 GB or 37.2529 GiB; Adam 160 GB; 536 units fit in 8 GiB."""
    layer = BANK["training/dense_memory"].at(H=1000, C=1, M=10_000, bits=32, copies=4)
    assert layer.weights == 40
    assert round(layer.binary, 4) == Fraction(372_529, 10_000)
    assert layer.training == 160
    assert layer.units == 536
    names = ("sgd", "momentum", "adam")
    for copies, total in zip((2, 3, 4), (80, 120, 160), strict=True):
        at = BANK["training/dense_memory"].at(H=1000, C=1, M=10_000, bits=32, copies=copies)
        assert at.training == total, names[copies - 2]


def test_a_field_clipped_by_hand():
    """3 taps at stride 2 twice, 1 zero each: unit 0 starts 3 before pixel 0, 4 apart, 7 wide."""
    item = BANK["receptive_field/clipped_fields"].at(
        out2=7, K1=3, S1=2, P1=1, K2=3, S2=2, P2=1, end=0, i=0
    )
    assert (item.W, item.out1, item.unit) == (25, 13, 0)
    assert item.key("nominal")[:2] == (-3, 3)
    assert item.key("clipped")[:2] == (0, 3)
    assert item.key("inner")[:2] == (1, 5)  # 1 … 7 up to 17 … 23; unit 6 would see 21 … 27


def test_alexnet_conv5_as_one_large_layer():
    """3b, rf-interval: fields of 163 pixels, 16 apart, from −64 on; here 163 = 3 + 10 · 16."""
    item = BANK["receptive_field/clipped_fields"].at(
        out2=13, K1=3, S1=16, P1=0, K2=11, S2=1, P2=4, end=0, i=0
    )
    assert item.key("nominal")[:2] == (-64, 98)
    item = BANK["receptive_field/clipped_fields"].at(
        out2=13, K1=3, S1=16, P1=0, K2=11, S2=1, P2=4, end=0, i=6
    )
    assert item.key("nominal")[:2] == (32, 194)


def test_where_equivariance_fails():
    """3c, boundary-equivariance-count: 7 values, 3 taps, shift 2: places 1 and 6."""
    item = BANK["convolution/border_positions"].at(n=7, K=3, D=1, d=2)
    assert item.reading == (0, 6)
    assert item.failing == (1, 6)


def test_gaps_between_taps_keep_places_equal():
    """9 values, taps at i − 2, i, i + 2, shift 1: the lost value would stand at place 9, read
    from i = 7 only; on the left output 0 reads place 2 of the shifted signal."""
    item = BANK["convolution/border_positions"].at(n=9, K=3, D=2, d=1)
    assert item.failing == (0, 7)


def test_dilations_by_hand():
    """1 + 2a + 2b = 11 with a, b up to 4: a + b = 5; 1 + 8 i + 1 j … reads 0, 1, 2, 4, 5, 6, 8 …"""
    item = BANK["receptive_field/which_dilations"].at(R=11, K1=3, K2=3, S=1, top=4)
    assert set(item.fits) == {(1, 4), (2, 3), (3, 2), (4, 1)}
    assert item.unread == (3, 7)  # taps 0, 1, 2 at 0, 4 and 8


def test_a_wrong_set_of_dilations_is_carried():
    item = BANK["receptive_field/which_dilations"].at(R=11, K1=3, K2=3, S=1, top=4)
    assert item.carry({"fits": ((1, 4), (2, 5))}).unread == (1, 3, 6, 8, 11, 13)
    with pytest.raises(ArithmeticError):
        item.carry({"fits": ()}).key("unread")


def test_widths_of_alexnet_conv1():
    """4a: 227 … 230 give 55 values with 11, 4, 0; at 227 filters of 8 … 11 do."""
    item = BANK["shapes/which_widths"].at(O=55, F=11, S=4, P=0, extra=0, V=225, T=4)
    assert item.key("widths")[:2] == (227, 230)
    assert item.W == 227
    assert item.key("filters")[:2] == (8, 11)
    assert item.few == 54
    assert item.strides == (4,)


def test_taps_by_hand():
    """Taps 4 apart from (−1, 1) on: the row above the image is left out. 5 taps, 2 apart: 9."""
    item = BANK["convolution/dilated_taps"].at(D=4, S=2, P=1, i=0, j=1, K=5, E=2)
    assert item.pixels == ((3, 1), (3, 5), (3, 9), (7, 1), (7, 5), (7, 9))
    assert (item.side, item.share) == (9, Fraction(25, 81))


@pytest.mark.parametrize(("dilation", "side"), [(2, 5), (4, 9)])
def test_dilated_extent_of_the_source(dilation, side):
    item = BANK["convolution/dilated_taps"].at(D=4, S=2, P=1, i=0, j=1, K=3, E=dilation)
    assert (item.side, item.share) == (side, Fraction(9, side**2))


def test_where_rounding_jumps():
    """6c, round-vs-bilinear: columns 1.7 and 1.9, row 2.3, are all nearest to (2, 2)."""
    item = BANK["bilinear/rounded"].at(x="17/10", y="23/10", e="1/5", a=3, b=-2)
    assert item.pixels == ((2, 2), (2, 2))
    assert (item.jump, item.change) == (0, Fraction(3, 5))
    item = BANK["bilinear/rounded"].at(x="14/10", y="23/10", e="1/5", a=3, b=-2)
    assert item.pixels == ((1, 2), (2, 2))
    assert (item.jump, item.change) == (3, Fraction(3, 5))


def test_the_gradient_of_a_branch_weight_by_hand():
    """Slope 0.7 · 2 + 0.3 · (−3) = 0.5, times 2 · 3, times an input of 4."""
    item = BANK["deformable/gradient_chain"].at(
        c=2, w=3, TL=1, TR=3, BL=5, BR=2, f="1/5", g="3/10", u=4
    )
    assert (item.by_offset, item.by_weight) == (3, 12)


def test_the_derivation_with_alexnet():
    """4a, E30: of 217 offsets 55 are used, N/S is 54.25; 225 pixels leave two places unread."""
    item = BANK["shapes/derivation"].at(W=227, F=11, S=4, P=0)
    assert (item.offsets, item.used, item.left) == (217, 55, 0)
    item = BANK["shapes/derivation"].at(W=225, F=11, S=4, P=0)
    assert (item.offsets, item.used, item.left) == (215, 54, 2)
