"""Separable and depthwise separable convolutions against the checked values of the source exam."""

from fractions import Fraction

import numpy as np
import pytest

from examgen.bank.load import Bank
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
MissingEntry = BANK["separable/missing_entry"]
TwoPasses = BANK["separable/two_passes"]
Depthwise = BANK["separable/depthwise"]
WhichSeparable = BANK["separable/which_separable"]
RankOne = BANK["separable/rank_one"]
DepthwiseByHand = BANK["separable/depthwise_by_hand"]
Mobilenet = BANK["separable/mobilenet"]
SingularValues = BANK["separable/singular_values"]
FewerWeights = BANK["separable/fewer_weights"]


def test_missing_entry():
    item = MissingEntry.at(p=[1, 2, 1], q=[1, 2, 1], gap=4, n=5)  # 5b: [[1,2,1],[2,a,2],[1,2,1]]
    assert item.a == 4
    assert item.v.tolist() == [1, 2, 1]
    assert item.u.tolist() == [1, 2, 1]
    assert item.saved == 81 - 72  # 5b, separable-mults


def test_a_first_entry_of_minus_one_makes_no_product_too_large():
    item = MissingEntry.at(p=[-1, 2, 2], q=[1, -2, 3], gap=1, n=8)
    unscaled = Wording(item).feedback(item.part("u"))[0]
    assert "$v_1 = -1$, or the product is $v_1$ times $K$" in unscaled


def test_a_missing_corner_is_carried_into_both_factors():
    item = MissingEntry.at(p=[2, 3, -1], q=[1, 2, 4], gap=0, n=8)
    assert (item.a, item.v.tolist(), item.u.tolist()) == (
        2,
        [2, 4, 8],
        [1, Fraction(3, 2), Fraction(-1, 2)],
    )
    slipped = item.carry({"a": 6})
    assert slipped.key("v") == (6, 4, 8)
    assert slipped.carry({"a": 6, "v": (6, 4, 8)}).key("u") == (1, Fraction(1, 2), Fraction(-1, 6))
    assert set(item.depends("u")) == {"a", "v"}


def test_a_students_zero_leaves_nothing_to_divide_by():
    item = MissingEntry.at(p=[2, 3, -1], q=[1, 2, 4], gap=0, n=8).carry({"a": 0, "v": (0, 4, 8)})
    with pytest.raises(ArithmeticError):
        item.key("u")
    assert {w.name: value for w, value in item.wrong_answers("u")}["inverse ratios"] is None


def test_two_passes_by_hand():
    patch = [[1, 2, 0], [0, 1, 3], [2, 1, 1]]  # 5b, separable-by-hand
    item = TwoPasses.at(X=patch, u=[1, 2, 1], v=[1, 2, 1], k=3, n=5)
    assert item.t.tolist() == [3, 5, 7]
    assert item.o == 20


@pytest.mark.parametrize(
    ("side", "direct", "passes"), [(3, 9, 12), (4, 36, 36), (5, 81, 72), (32, 8100, 5580)]
)
def test_separable_mults(side, direct, passes):
    item = TwoPasses.at(X=np.zeros((3, 3)), u=[1, 2, 3], v=[1, 2, 3], k=3, n=side)  # 5b
    assert (item.direct, item.passes) == (direct, passes)


def test_depthwise_separable_layer():
    layer = Depthwise.at(K=3, C_in=128, C_out=256, H=32)  # 5b, dsc-params, dsc-ratio, dsc-macs
    assert layer.standard == 294_912
    assert layer.separable == 1_152 + 32_768 == 33_920
    assert layer.ratio == Fraction(265, 2304)
    assert layer.macs == 34_734_080
    assert layer.standard * layer.H**2 == 301_989_888


def test_which_separable():
    item = WhichSeparable.at(
        A=[[1, 2, 1], [1, 2, 1]],  # 5b, separable-rank1: the binomial kernel
        d=0,
        spot=0,
        s=[1, 2, 1],
        m=2,
        B=[[1, 0, 2], [0, 1, 1]],
        f=1,
        Z=[[0, 1, 0], [1, -4, 1], [0, 1, 0]],
        T=[[1, 2], [2, 4]],
    )
    binomial, symmetric, singular, _, sparse = item.kernels()
    assert binomial.tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
    assert symmetric.tolist() == [[1, 2, 1], [2, 6, 2], [1, 2, 1]]
    assert singular.tolist() == [[1, 0, 2], [0, 1, 1], [1, 1, 3]]
    assert sparse.tolist() == [[1, 0, 2], [0, 0, 0], [2, 0, 4]]
    assert item.key("separable") == (1, 0, 0, 0, 1)
    named = {wrong.name: value for wrong, value in item.wrong_answers("separable")}
    assert named["symmetric ones"] == (1, 1, 0, 1, 1)
    assert named["determinant 0"] == (1, 1, 1, 1, 1)
    assert "is 0, but that is not enough" in Wording(item).solution


def test_rank_one_kernel():
    """5b: [1, 2, 1] and [1, 2, 1] make the binomial kernel, here with one more column."""
    item = RankOne.at(p=[1, 2, 1], q=[2, 4, 2, 0], n=10)
    assert item.factors == ((2, 4, 2), (1, 2, 1, 0))
    assert np.outer(*item.factors).tolist() == [[2, 4, 2, 0], [4, 8, 4, 0], [2, 4, 2, 0]]
    assert item.gain == 32
    assert item.saved == 500


def test_depthwise_by_hand():
    item = DepthwiseByHand.at(
        X=[[[1, 2, 0], [0, 1, 3], [2, 1, 1]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]],
        D=[[[1, 0], [0, 2]], [[2, 1], [0, -1]]],
        p=[3, -2],
    )
    assert item.U.tolist() == [[3, 8], [2, 3]]
    assert item.V.tolist() == [[1, 0], [1, 1]]
    assert item.Y.tolist() == [[7, 24], [4, 7]]
    assert item.W.tolist() == [[-4, -2], [0, 2]]
    assert item.carry({"V": ((0, 0), (0, 0))}).key("Y") == ((9, 24), (6, 9))


def test_mobilenet_multipliers():
    layer = Mobilenet.at(K=3, C_in=128, C_out=256, H=32, alpha="1/2", rho="1/2", t=8)
    assert (layer.full, layer.small) == (34_734_080, 2_244_608)  # 5b
    assert layer.share == Fraction(32_768, 33_920)
    assert layer.least == 72  # 5b, dsc-inverse: at least 8 times cheaper


def test_a_wanted_saving_that_is_not_met_exactly():
    """1/11 + 1/9 = 20/99 is above 1/5, and 1/12 + 1/9 = 7/36 is below it."""
    layer = Mobilenet.at(K=3, C_in=32, C_out=64, H=16, alpha="1/2", rho="1/2", t=5)
    assert layer.least == 12


def test_singular_values_by_hand():
    """2 · 3 from the ones, and 2 · 6 from two vectors of length √6 each."""
    item = SingularValues.at(a=2, b=2, pair=((1, -2, 1), (1, 1, -2)), k=7)
    assert item.sigma.tolist() == [12, 6]
    assert item.B.tolist() == [[2, 2, -4], [-4, -4, 8], [2, 2, -4]]
    assert item.share == Fraction(4, 5)
    assert item.most == 3  # 5b, rank-r-cost


def test_the_ones_can_be_the_larger_part():
    item = SingularValues.at(a=4, b=1, pair=((1, 0, -1), (0, 1, -1)), k=6)
    assert item.sigma.tolist() == [12, 2]
    assert item.B.tolist() == [[4] * 3] * 3
    assert (item.share, item.most) == (Fraction(36, 37), 2)


def test_weights_of_separable_kernels():
    """5b, separable-params: 9 or 6 weights, a third less; 5 of them free. A cube: 27 or 9."""
    layer = FewerWeights.at(K_h=3, K_w=3, C=1, F=1, D=3)
    assert (layer.whole, layer.factors, layer.free) == (9, 6, 5)
    assert layer.part("saved").kind.match(Fraction("33.3"), layer.saved)
    assert layer.cube == 18
    assert layer.carry({"factors": 3}).key("saved") == Fraction(200, 3)
