"""Output sizes against the checked values of the source exam (its part in each comment)."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.bank.sample import usable_items
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
LayerCost = BANK["shapes/layer_cost"]
UnreadColumns = BANK["shapes/unread_columns"]
PoolRounding = BANK["shapes/pool_rounding"]
WhichLayers = BANK["shapes/which_layers"]
ClaimedSize = BANK["shapes/claimed_size"]
RectangularLayer = BANK["shapes/rectangular_layer"]
Backwards = BANK["shapes/backwards"]
SamePadding = BANK["shapes/same_padding"]
LenetWalk = BANK["shapes/lenet_walk"]


@pytest.mark.parametrize(
    ("width", "kernel", "stride", "padding", "expected"),
    [
        (227, 11, 4, 0, 55),  # 4a: AlexNet conv1
        (225, 11, 4, 0, 54),  # 4a: the source leaves it at 54.5
        (224, 11, 4, 2, 55),  # 4a: the same layer on 224 pixels
    ],
)
def test_out_size(width, kernel, stride, padding, expected):
    layer = LayerCost.at(H=width, K=kernel, S=stride, P=padding, D=1, C_in=3, C_out=96)
    assert layer.height == expected
    assert UnreadColumns.at(W=width, F=kernel, S=stride, P=padding).out == expected


def test_alexnet_conv1():
    layer = LayerCost.at(H=227, K=11, S=4, P=0, D=1, C_in=3, C_out=96)
    assert layer.params == 34_944  # 4c, conv-params
    assert layer.macs == 105_415_200  # 4c, conv-macs


def test_a_dilated_layer_by_hand():
    """Taps 0, 2, 4 on 12 + 2·2 pixels, every third start: 0, 3, 6, 9."""
    layer = LayerCost.at(H=12, K=3, S=3, P=2, D=2, C_in=3, C_out=8)
    assert (layer.height, layer.params, layer.macs) == (4, 224, 3456)


def test_own_answers_are_carried_forward():
    layer = LayerCost.at(H=12, K=3, S=3, P=2, D=2, C_in=3, C_out=8)
    assert layer.carry({"height": 5}).key("macs") == 5400  # 216 weights at 25 positions
    assert layer.carry({"height": 5, "params": 80}).key("macs") == 1800


def test_out_size_integrality():
    layer = UnreadColumns.at(W=225, F=11, S=4, P=0)  # 4a
    assert (layer.quotient, layer.out, layer.unread) == (Fraction(109, 2), 54, 2)
    assert layer.wider == 227


def test_unread_columns_by_hand():
    """13 padded columns, windows of 5 at 0 and 4 and 8 end at column 12: none unread."""
    assert UnreadColumns.at(W=11, F=5, S=4, P=1).unread == 0
    layer = UnreadColumns.at(W=10, F=5, S=4, P=1)  # 12 columns: the windows end at column 8
    assert (layer.quotient, layer.out, layer.unread, layer.wider) == (Fraction(11, 4), 2, 3, 11)


def test_pool_ceil_mode():
    pool = PoolRounding.at(W=55, K=3, S=2, P=0)  # 4a: AlexNet pool1, an exact division
    assert (pool.down, pool.up) == (27, 27)


def test_a_window_that_sticks_out_by_hand():
    """Padded 0…7 with the image at 1…6: windows of 3 at 0, 2, 4 fit, the one at 6 sticks out."""
    pool = PoolRounding.at(W=6, K=3, S=2, P=1)
    assert (pool.down, pool.up, pool.seen) == (3, 4, 1)
    assert dict(named(pool, "up"))["kept a window outside"] is None


def test_a_window_outside_the_image_by_hand():
    """Padded 0…6 with the image at 1…5: the window of 2 at 6 starts on padding and is left out."""
    pool = PoolRounding.at(W=5, K=2, S=2, P=1)
    assert (pool.down, pool.up, pool.seen) == (3, 3, 2)
    assert dict(named(pool, "up"))["kept a window outside"] == 4
    assert dict(named(pool, "up"))["rounded down"] is None


def test_diagnoses_of_an_output_height():
    """17 padded pixels, reach 5, stride 2: starts 0, 2, …, 12."""
    layer = LayerCost.at(H=13, K=3, S=2, P=2, D=2, C_in=3, C_out=8)
    assert layer.height == 7
    assert dict(named(layer, "height")) == {
        "forgot +1": 6,
        "ignored dilation": 8,
        "ignored padding": 5,
        "ignored stride": 13,
    }


def test_out_shape_tuple():
    kernel = {"K_h": 11, "K_w": 11, "S_h": 4, "S_w": 4, "P_h": 0, "P_w": 0}
    layer = RectangularLayer.at(H=227, W=227, **kernel, C_in=3, C_out=96, N=1)  # 4a
    assert layer.key("image") == (96, 55, 55)
    assert layer.key("batch") == (1, 55, 55, 96)
    assert layer.memory == Fraction(11_616, 10_000)  # 290,400 values of 4 bytes


def test_unequal_sides_by_hand():
    """Rows 0, 2, 4 of 7 take a window of 3; columns 0, 3, 6 of 6 + 2 · 1 only two of 4."""
    kernel = {"K_h": 3, "K_w": 4, "S_h": 2, "S_w": 3, "P_h": 0, "P_w": 1}
    layer = RectangularLayer.at(H=7, W=6, **kernel, C_in=3, C_out=8, N=5)
    assert layer.key("image") == (8, 3, 2)
    assert layer.carry({"image": (8, 3, 3)}).key("batch") == (5, 3, 3, 8)


def test_out_size_solved_for_the_input():
    layer = Backwards.at(F=11, S=4, P=0, O=55, n=227, m=55, s=4, G=15)  # 4a: conv1 backwards
    assert (layer.least, layer.greatest) == (227, 230)
    assert (layer.kernel, layer.padding) == (11, 2)


def test_the_kernel_found_backwards_leaves_no_gaps():
    """Seven windows of 3, one every 4 pixels, end with 27 pixels, but skip one between any two."""
    layer = {"F": 5, "S": 4, "P": 1, "O": 8, "m": 7, "s": 4}
    assert not Backwards.at(**layer, n=27, G=5).legal()
    assert not Backwards.at(**layer, n=26, G=6).legal()  # nor do windows of 2
    assert Backwards.at(**layer, n=29, G=7).legal()


def test_same_padding():
    assert SamePadding.at(F=11, D=1, W=227, K=11, S=4).symmetric == 5  # 4a
    layer = SamePadding.at(F=3, D=2, W=227, K=11, S=4)  # 4a, TensorFlow SAME
    assert (layer.out, layer.total, layer.ends.tolist()) == (57, 8, [4, 4])


def test_an_odd_zero_goes_right_by_hand():
    """Windows of 5 at columns 0, 4, 8 of a row of 10 end at column 12: three zeros."""
    layer = SamePadding.at(F=5, D=3, W=10, K=5, S=4)
    assert (layer.symmetric, layer.out, layer.total, layer.ends.tolist()) == (6, 3, 3, [1, 2])


def test_lenet_5():
    net = LenetWalk.at(C=1, n=32, C1=6, K1=5, P1=0, Q1=2, C2=16, K2=5, P2=0, Q2=2, U=120)
    shapes = [net.key(part) for part in ("conv1", "pool1", "conv2", "pool2")]
    assert shapes == [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5)]
    assert (net.features, net.dense) == (400, 48_120)


def test_a_wrong_shape_is_carried_layer_by_layer():
    net = LenetWalk.at(C=1, n=32, C1=6, K1=5, P1=0, Q1=2, C2=16, K2=5, P2=0, Q2=2, U=10)
    slipped = net.carry({"conv1": (6, 27, 27)})
    assert slipped.key("pool1") == (6, 13, 13)
    assert slipped.carry({"pool1": (6, 13, 13)}).key("conv2") == (16, 9, 9)
    assert net.carry({"features": 100}).key("dense") == 1_010


def named(item, part):
    """The misconceptions of a part by name, with their values."""
    return [(wrong.name, value) for wrong, value in item.wrong_answers(part)]


def test_which_layers():
    """32 pixels to 16 values: only stride 2 fits, with a padded row of 30 + F."""
    item = WhichLayers.at(W=32, O=16, least=3)
    assert item.fits == ()  # F - 2P would be even, and F is odd
    assert WhichLayers.at(W=31, O=16, least=3).fits == ((3, 2, 1), (5, 2, 2))
    assert WhichLayers.at(W=31, O=16, least=5).fits == ((5, 2, 2),)  # 7 would take 3 zeros
    vgg = WhichLayers.at(W=224, O=224, least=3)
    assert vgg.fits == ((3, 1, 1), (5, 1, 2))  # 3 and 1 keep the side
    rounded = {one.name: value for one, value in item.wrong_answers("fits")}["let it be rounded"]
    assert rounded == ((3, 2, 1), (5, 2, 2))


def test_a_claimed_size():
    """AlexNet's first layer with a padding of 2 on 224 pixels: (224 − 11 + 4)/4 = 54.25, so 55."""
    true = ClaimedSize.at(W=224, F=11, P=2, S=4, twice=2, plus=1)
    assert (true.out, true.claimed, true.size) == (55, 55, 55)
    slip = ClaimedSize.at(W=224, F=11, P=2, S=4, twice=2, plus=0)
    assert (slip.claimed, slip.size) == (54, 55)
    once = ClaimedSize.at(W=50, F=7, P=4, S=2, twice=1, plus=1)
    assert (once.claimed, once.size) == (24, 26)
    assert "$O = 24$" in Wording(once).prompt(ClaimedSize.size)
    assert "24, is false" in Wording(once).solution
    assert "55, is true" in Wording(true).solution


def test_claims_are_true_about_once_in_three():
    items = usable_items(ClaimedSize, 150)
    share = sum(item.claimed == item.out for item in items) / len(items)
    assert 0.2 < share < 0.5
