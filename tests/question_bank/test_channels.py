"""Filters over several channels against the source exam and examples worked by hand."""

import pytest

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ByHand = BANK["channels/by_hand"]
AlexnetWalk = BANK["channels/alexnet_walk"]
GroupedCost = BANK["channels/grouped_cost"]
NetworkTable = BANK["channels/network_table"]

CHANNELS = [[[1, 2, 0], [0, 1, 3], [2, 1, 1]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]]
FILTER = [[[1, 0], [0, -2]], [[2, 0], [0, 1]]]


def test_two_channels_by_hand():
    item = ByHand.at(X=CHANNELS, W=FILTER, b=-1)
    assert item.A.tolist() == [[-1, -4], [-2, -1]]
    assert item.Z.tolist() == [[1, -5], [-3, 1]]  # the second channel adds [[3, 0], [0, 3]]
    assert item.Y.tolist() == [[1, 0], [0, 1]]


def test_a_wrong_share_of_one_channel_is_carried():
    item = ByHand.at(X=CHANNELS, W=FILTER, b=-1).carry({"A": ((0, 0), (0, 0))})
    assert item.key("Z") == ((2, -1), (-1, 2))


def test_grouped_alexnet_conv2():
    layer = GroupedCost.at(g=2, C_in=96, C_out=256, K=5, H=27, o=128)  # 4c, network-walkthrough
    assert layer.key("weight") == (256, 48, 5, 5)
    assert (layer.params, layer.macs) == (307_456, 223_948_800)
    assert layer.span.tolist() == [48, 95]  # the first channel of the second group


def test_weight_tensor_shape_without_groups():
    layer = GroupedCost.at(g=1, C_in=3, C_out=96, K=11, H=55, o=0)  # 4c
    assert layer.key("weight") == (96, 3, 11, 11)
    assert (layer.params, layer.macs) == (34_944, 105_415_200)


def test_own_weights_are_carried_into_parameters_and_macs():
    layer = GroupedCost.at(g=2, C_in=16, C_out=24, K=3, H=10, o=1)
    slipped = layer.carry({"weight": (24, 16, 3, 3)})
    assert slipped.key("params") == 3_480
    assert slipped.carry({"params": 3_480}).key("macs") == 345_600


def test_network_walkthrough_by_hand():
    """Two 3 × 3 layers, of 1 → 2 and 2 → 4 channels, on 8 × 8 and 4 × 4 pixels."""
    net = NetworkTable.at(C0=1, C1=2, C2=4, K1=3, K2=3, H=8, U=10)
    assert net.p.tolist() == [18, 4, 72, 8, 50]
    assert net.total == 152
    assert net.m.tolist() == [18 * 64, 72 * 16, 40]
    assert net.carry({"p": (20, 4, 72, 8, 50)}).key("m") == (1280, 1152, 40)


def test_bn_params():
    net = NetworkTable.at(C0=3, C1=96, C2=256, K1=11, K2=5, H=10, U=10)  # 4c: 96 channels
    assert (net.p[0], net.p[1], net.p[2]) == (34_848, 192, 614_400)
    assert dict(named(net, "p"))["moving statistics counted"][1] == 192 + 192


def named(item, part):
    """The misconceptions of a part by name, with their values."""
    return [(wrong.name, value) for wrong, value in item.wrong_answers(part)]


@pytest.mark.parametrize(
    ("groups", "second", "work"), [(1, 614_656, 447_897_600), (2, 307_456, 223_948_800)]
)
def test_the_first_layers_of_alexnet(groups, second, work):
    """4c, network-walkthrough, with and without groups in conv 2."""
    net = AlexnetWalk.at(last=13, F=11, S=4, C1=96, C2=256, C3=384, g=groups, U=1)
    assert net.W == 227
    assert net.s.tolist() == [55, 27, 27, 13, 13]
    assert net.p.tolist()[:3] == [34_944, second, 885_120]
    assert net.m.tolist()[:3] == [105_415_200, work, 149_520_384]
    assert net.m[3] == 384 * 169
