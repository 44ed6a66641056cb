"""1 × 1 convolutions against the checked values of the source exam and examples by hand."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ByHand = BANK["pointwise/by_hand"]
ResidualBottleneck = BANK["pointwise/residual_bottleneck"]
WhatItCan = BANK["pointwise/what_it_can"]
Bottleneck = BANK["pointwise/bottleneck"]
Inception = BANK["pointwise/inception"]


def test_pointwise_by_hand():
    item = ByHand.at(c=[1, 2, 3], A=[[1, 0, -1], [2, 1, 0]], a=[0, 1], B=[[1, 0], [0, 2], [1, 1]])
    assert item.u.tolist() == [-2, 5]  # 5c
    assert item.v.tolist() == [-2, 10, 3]
    assert item.M.tolist() == [[1, 0, -1], [4, 2, 0], [3, 1, -1]]
    assert item.bias.tolist() == [0, 2, 1]


def test_an_own_first_layer_is_carried_into_the_second():
    item = ByHand.at(c=[1, 2, 3], A=[[1, 0, -1], [2, 1, 0]], a=[0, 1], B=[[1, 0], [0, 2], [1, 1]])
    assert item.carry({"u": (1, 1)}).key("v") == (1, 2, 2)


@pytest.mark.parametrize(
    ("kernel", "filters", "direct", "reduced", "ratio"),
    [
        (5, 64, 409_600, 118_784, Fraction(100, 29)),  # 5c: the 5 × 5 branch of the source
        (3, 64, 147_456, 53_248, Fraction(36, 13)),
        (3, 1, 2_304, 16_960, Fraction(36, 265)),  # one filter: the source's slip
    ],
)
def test_bottleneck_cost(kernel, filters, direct, reduced, ratio):
    branch = Bottleneck.at(k=kernel, C=256, b=64, N=filters, H=10)
    assert (branch.direct, branch.reduced, branch.ratio) == (direct, reduced, ratio)
    assert branch.macs == 100 * (direct - reduced)


def test_bottleneck_breakeven_by_hand():
    """16,384 weights once, and 25 · 192 = 4,800 saved by each filter: three are too few."""
    assert Bottleneck.at(k=5, C=256, b=64, N=64, H=10).least == 4


@pytest.mark.parametrize(
    ("given", "total", "channels"),
    [
        ((192, 64, 96, 128, 16, 32, 32), 163_328, 256),  # 5c: GoogLeNet 3a
        ((256, 128, 128, 192, 32, 96, 64), 388_096, 480),  # 5c: GoogLeNet 3b
    ],
)
def test_inception_module(given, total, channels):
    names = ("C", "n1", "b2", "n2", "b3", "n3", "n4")
    module = Inception.at(**dict(zip(names, given, strict=True)))
    assert (module.total, module.channels) == (total, channels)


def test_branches_of_googlenet_3a_by_hand():
    module = Inception.at(C=192, n1=64, b2=96, n2=128, b3=16, n3=32, n4=32)
    assert module.weights.tolist() == [12_288, 18_432 + 110_592, 3_072 + 12_800, 6_144]
    assert module.plain == (221_184 + 153_600) - (129_024 + 15_872)


def test_the_first_branch_of_an_inception_module_may_be_the_largest():
    module = Inception.at(C=64, n1=64, b2=16, n2=32, b3=4, n3=8, n4=16)
    named = {wrong.name: value for wrong, value in module.wrong_answers("channels")}
    assert (module.channels, named["largest branch"]) == (120, 64)


def test_pointwise_cost():
    """5c: 128 to 64 channels of 32 × 32."""
    layer = ResidualBottleneck.at(C=128, r=2, H=32, K=3)
    assert layer.key("shape") == (64, 32, 32)
    assert (layer.first, layer.macs) == (8192, 8_388_608)


def test_resnet_bottleneck():
    """5c: 256 channels with a waist of 64: 16,384 + 36,864 + 16,384 against 2 · 589,824."""
    block = ResidualBottleneck.at(C=256, r=4, H=14, K=3)
    assert block.block == 69_632
    assert block.factor == Fraction(1_179_648, 69_632)
    assert block.part("saved").kind.match(Fraction("94.1"), block.saved)


def test_what_a_single_place_can_do():
    """5c, by definition: mixtures and biases, but no neighbours and nothing that is not linear."""
    yes = ("exchange the first two channels", "add 5 to every value of the first channel")
    no = (
        "move the image by one pixel to the right",
        "give at each place the largest of all channels",
        "double the first channel in the upper half of the image only",
    )
    tasks = (yes[0], no[0], yes[1], no[1], no[2])
    item = WhatItCan.at(C=4, tasks=tasks)
    assert item.able == (1, 0, 1, 0, 0)
    wrong = {w.name: value for w, value in item.wrong_answers("able")}
    assert wrong["whatever stays at a place"] == (1, 0, 1, 1, 0)
    assert wrong["whatever is linear"] == (1, 1, 1, 0, 1)
