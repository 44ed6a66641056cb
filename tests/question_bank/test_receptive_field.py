"""Receptive fields against the checked values of the source exam (its part in each comment)."""

import pytest

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ThreeLayers = BANK["receptive_field/three_layers"]
LayerTable = BANK["receptive_field/layer_table"]
DepthToCover = BANK["receptive_field/depth_to_cover"]
WhichPixels = BANK["receptive_field/which_pixels"]

ALEXNET = [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)]


@pytest.mark.parametrize(
    ("kernel", "layers", "expected"),
    [
        (3, 1, 3),  # 2a
        (3, 2, 5),  # 2a
        (3, 3, 7),  # 3b
        (3, 4, 9),  # 3b
        (3, 5, 11),  # 2a: the source says 51
        (11, 5, 51),  # 2a: where 51 would be right
    ],
)
def test_rf_uniform_stack(kernel, layers, expected):
    assert DepthToCover.at(W=224, K=kernel, L=layers, S=2).field == expected


def test_rf_uniform_stack_as_a_table():
    table = LayerTable.at(K=[3, 3, 3, 3], S=[1, 1, 1, 1], u=1)
    assert table.r.tolist() == [3, 5, 7, 9]
    assert table.j.tolist() == [1, 1, 1, 1]


def test_rf_general_table():
    """2a: AlexNet from conv1 to pool2, by the table and by the choice."""
    kernels, strides = zip(*ALEXNET[:4], strict=True)
    table = LayerTable.at(K=kernels, S=strides, u=0)
    assert table.r.tolist() == [11, 19, 51, 67]
    assert table.j.tolist() == [4, 8, 8, 16]
    assert ThreeLayers.at(K1=11, S1=4, K2=3, S2=2, K3=5).side == 51


def test_the_rest_of_alexnet_in_steps():
    """2a: layers 5 to 8 on top of pool2, taken as one layer of kernel 67 and stride 16."""
    assert ThreeLayers.at(K1=67, S1=16, K2=3, S2=1, K3=3).side == 131  # conv4
    table = LayerTable.at(K=[67, 3, 3, 3], S=[16, 1, 1, 1], u=0)
    assert table.r.tolist() == [67, 99, 131, 163]  # pool2, conv3, conv4, conv5
    assert LayerTable.at(K=[131, 3, 3, 1], S=[16, 1, 2, 1], u=0).r.tolist()[2] == 195  # pool5


def test_vgg16():
    """3b: two blocks of 2 and three of 3 layers 3 × 3, each closed by a 2 × 2 pooling."""
    field, step = 1, 1
    for depth in (2, 2, 3, 3, 3):
        convolutions = [3] * depth + [1] * (3 - depth)
        table = LayerTable.at(K=[field, *convolutions], S=[step, 1, 1, 1], u=0)
        last = int(table.r[3])
        pooled = LayerTable.at(K=[last, 2, 1, 1], S=[step, 2, 1, 1], u=0)
        field, step = int(pooled.r[3]), int(pooled.j[3])
    assert (last, field, step) == (196, 212, 32)


@pytest.mark.parametrize(("width", "expected"), [(224, 112), (227, 113), (1000, 500)])
def test_depth_to_cover(width, expected):  # 3b
    assert DepthToCover.at(W=width, K=3, L=3, S=2).depth == expected


def test_a_strided_first_layer_by_hand():
    """Fields of 3, 7, 11, 15, 19 pixels: five layers see 18 pixels."""
    stack = DepthToCover.at(W=18, K=3, L=3, S=2)
    assert stack.strided == 5
    wrong = {wrong.name: value for wrong, value in stack.wrong_answers("strided")}
    assert wrong["strided every layer"] == 4  # 3, 7, 15, 31
    assert wrong["ignored stride"] == 9  # 3, 5, …, 19


def test_last_pixel_by_hand():
    """Kernels 2 with strides 2 tile the image: unit 2 sees pixels 32 to 47 of 16 each."""
    table = LayerTable.at(K=[2, 2, 2, 2], S=[2, 2, 2, 2], u=2)
    assert table.r.tolist() == table.j.tolist() == [2, 4, 8, 16]
    assert table.last == 47


def test_fields_follow_own_jumps():
    table = LayerTable.at(K=[3, 3, 3, 3], S=[2, 2, 1, 1], u=2)
    own = table.carry({"j": (2, 2, 1, 1)})  # each layer's own stride
    assert own.key("r") == (3, 7, 11, 13)
    assert own.key("last") == 14  # 2 jumps of 1, then 13 pixels


def test_which_pixels_by_hand():
    """Unit 2 of layer 2 covers units 3, 4, 5, which start at pixels 5, 7, 9 and see three each."""
    item = WhichPixels.at(W=24, K1=3, S1=2, P1=1, K2=3, S2=2, P2=1, i=2, x=8)
    assert item.below == (3, 5, "[]")
    assert item.pixels == (5, 11, "[]")
    assert item.above == (4, 4, "[]")  # pixel 8 is the middle of window 4 alone
    assert WhichPixels.at(W=24, K1=3, S1=2, P1=1, K2=3, S2=2, P2=1, i=2, x=9).above[:2] == (4, 5)


def test_pixels_follow_from_own_units():
    item = WhichPixels.at(W=24, K1=3, S1=2, P1=1, K2=3, S2=2, P2=1, i=2, x=8)
    assert item.carry({"below": (3, 6, "[]")}).key("pixels") == (5, 13, "[]")
    assert item.depends("pixels") == ("below",)
