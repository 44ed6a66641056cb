"""Receptive fields against the checked values of the source exam (its part in each comment)."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ThreeLayers = BANK["receptive_field/three_layers"]
LayerTable = BANK["receptive_field/layer_table"]
DepthToCover = BANK["receptive_field/depth_to_cover"]
WhichPixels = BANK["receptive_field/which_pixels"]
DilatedStack = BANK["receptive_field/dilated_stack"]
VisualAngle = BANK["receptive_field/visual_angle"]
Foveated = BANK["receptive_field/foveated"]
Clipped = BANK["receptive_field/clipped"]
StackOrLarge = BANK["receptive_field/stack_or_large"]
TwoAsOne = BANK["receptive_field/two_as_one"]
WhichSeeAll = BANK["receptive_field/which_see_all"]
Branches = BANK["receptive_field/branches"]
Interval = BANK["receptive_field/interval"]

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


def test_no_window_starts_behind_the_last():
    """Padded 24 pixels hold windows of 7 at 0, 2, …, 18: there is no window 10 at pixel 19."""
    assert not WhichPixels.at(W=24, K1=7, S1=2, P1=1, K2=3, S2=2, P2=1, i=2, x=19).legal()
    assert WhichPixels.at(W=24, K1=7, S1=2, P1=1, K2=3, S2=2, P2=1, i=2, x=18).legal()


def test_pixels_follow_from_own_units():
    item = WhichPixels.at(W=24, K1=3, S1=2, P1=1, K2=3, S2=2, P2=1, i=2, x=8)
    assert item.carry({"below": (3, 6, "[]")}).key("pixels") == (5, 13, "[]")
    assert item.depends("pixels") == ("below",)


def test_rf_design_inverse():
    """3b: 25 layers of 3 × 3 for the 51 pixels of 2a; and without dilation the table of 3b."""
    stack = DilatedStack.at(K=3, d=[1, 1, 1, 1], more=12, D=1, W=51)
    assert stack.r.tolist() == [3, 5, 7, 9]
    assert stack.depth == 25
    assert stack.fifth == 6  # 9 + 2 · 6 = 21 pixels


def test_dilated_stack_rf():
    """Dilations 1, 2, 4, 8 double the field: 3, 7, 15, 31."""
    stack = DilatedStack.at(K=3, d=[1, 2, 4, 8], more=13, D=2, W=30)
    assert stack.r.tolist() == [3, 7, 15, 31]
    assert stack.fifth == 7
    assert stack.depth == 8  # 1 + 4 · 8 = 33
    assert stack.carry({"r": (3, 7, 15, 21)}).key("fifth") == 12


def test_skipped_pixels_belong_to_a_dilated_field():
    """Layers of dilation 2 read 1 + 2 L pixels of 1 + 4 L: the stem says which are counted."""
    stack = DilatedStack.at(K=3, d=[2, 2, 2, 2], more=13, D=2, W=30)
    assert stack.r.tolist() == [5, 9, 13, 17]
    assert "skips included" in Wording(stack).stem
    assert "see" not in Wording(stack).prompt(DilatedStack.fifth)


def test_visual_angle_to_pixels():
    """2a: five degrees out of 40 on 1000 pixels."""
    cell = VisualAngle.at(A=40, N=1000, t=50, g=2, e=10)
    assert cell.side == 125
    assert cell.fewer == 64  # neuron-fanin: 1,000,000 inputs against 15,625
    assert (cell.outer, cell.double) == (6, 50)


def test_angles_are_decimals():
    """2.4 degrees and 0.25 more for each degree outwards: 3.65 at 5 degrees, 4.8 at 9.6."""
    cell = VisualAngle.at(A=24, N=240, t=24, g=5, e=5)
    assert (cell.outer, cell.double) == (Fraction("3.65"), Fraction("9.6"))
    typed = {"outer": ("3.65", "73/20"), "double": ("9.6", "9.60", "48/5")}
    for part, text in ((part, text) for part, texts in typed.items() for text in texts):
        kind = cell.declaration.parts[part].kind
        assert kind.judge(kind.read(text), cell.key(part)).verdict == "right"
    words = Wording(cell)
    assert "= 3.65$$" in words.solution
    assert r"e_2 = \frac{2.4}{0.25} = 9.6$$" in words.solution


def test_neuron_fanin():
    """2a: 1,000,000 connections of a dense unit against the 9 of a 3 × 3 window."""
    cell = VisualAngle.at(A=1000, N=1000, t=30, g=1, e=10)
    assert cell.fewer == Fraction(1_000_000, 9)


def test_foveated_sampling():
    """2c"""
    camera = Foveated.at(A=1000, B=400, C=100, p=10, q=4)
    assert camera.zones.tolist() == [10_000, 9_375, 8_400]
    assert camera.total == 27_775
    assert camera.factor == Fraction(40_000, 1_111)


def test_padding_clipped_rf():
    """2c: the border of a 13 × 13 map; and windows 0 to 4, 2 to 6, … over a padding of 3."""
    border = Clipped.at(W=13, K=3, D=1, S=1, P=1)
    assert (border.out, border.inner, border.clipped) == (13, 11, 48)
    strided = Clipped.at(W=10, K=5, D=1, S=2, P=3)  # starts at −3, −1, 1, 3, 5, 7
    assert (strided.out, strided.inner, strided.clipped) == (6, 3, 27)


@pytest.mark.parametrize(
    ("layers", "side", "stack", "single"),
    [(2, 5, 18, 25), (3, 7, 27, 49), (4, 9, 36, 81), (5, 11, 45, 121)],
)
def test_stack_vs_large_kernel(layers, side, stack, single):  # 3b
    choice = StackOrLarge.at(k=3, m=layers, C=1, W=10)
    assert (choice.side, choice.stack) == (side, stack)
    assert choice.ratio == Fraction(single, stack)
    assert choice.saved == (single - stack) * 100


def test_rf_path_count():
    """3b: paths through two layers of ones."""
    layers = TwoAsOne.at(k=[[1, 1, 1], [1, 1, 1]], x=[1, 2, 3, 4, 5], stack=(3, 2))
    assert layers.c.tolist() == [1, 2, 3, 2, 1]
    assert layers.middle.tolist() == [6, 9, 12]
    assert layers.y == 27
    assert layers.share == Fraction(1, 3)
    assert TwoAsOne.at(k=[[1, 1, 1]] * 2, x=[0] * 5, stack=(3, 3)).share == Fraction(7, 27)


def test_who_sees_a_whole_image():
    """Fields of 41, 31, 31, 22 and 44 pixels."""
    nets = {"n": 10, "u": 4, "v": 4, "p": 3, "q": 4}
    assert WhichSeeAll.at(W=32, **nets).key("seen") == (1, 0, 0, 0, 1)
    assert WhichSeeAll.at(W=31, **nets).key("seen") == (1, 1, 1, 0, 1)
    assert WhichSeeAll.at(W=22, **nets).key("seen") == (1, 1, 1, 1, 1)
    assert WhichSeeAll.at(W=42, **nets).key("seen") == (0, 0, 0, 0, 1)


def test_a_map_of_one_value_is_not_pooled():
    """Pooled four times, 31 pixels are down to one value; 32 can be pooled once more."""
    nets = {"n": 7, "u": 4, "v": 4, "p": 5, "q": 4}
    assert not WhichSeeAll.at(W=31, **nets).legal()
    assert WhichSeeAll.at(W=32, **nets | {"n": 9}).legal()


@pytest.mark.parametrize(("unit", "ends"), [(0, [-64, 98]), (6, [32, 194])])
def test_rf_interval(unit, ends):
    """2a: AlexNet conv5, on conv4 (131 pixels, 16 apart, from −48 on) taken as one layer."""
    conv5 = Interval.at(K=[131, 3, 1], S=[16, 1, 1], P=[48, 1, 0], u=unit)
    assert conv5.field.tolist() == [163, 16]
    assert conv5.ends.tolist() == ends
    assert conv5.seen == ends[1] + 1
    assert conv5.inside == 4


def test_multi_branch_rf():
    """2c: dilations 1, 2, 4 see 3, 5 and 9 pixels."""
    layer = Branches.at(K=3, d=[1, 2, 4], C=2, F=5, W=10)
    assert layer.r.tolist() == [3, 5, 9]
    assert (layer.weights, layer.macs) == (270, 27_000)
    assert layer.ratio == Fraction(115, 27)
