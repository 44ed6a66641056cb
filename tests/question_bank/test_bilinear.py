"""Bilinear samples and their gradients against the checked values of the source exam."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.bank.sample import usable_items
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
BilinearWeights = BANK["bilinear/weights"]
PixelGradient = BANK["bilinear/pixel_gradient"]
OffsetGradient = BANK["bilinear/offset_gradient"]
Boundary = BANK["bilinear/boundary"]
Kink = BANK["bilinear/kink"]

POINT = {"x0": 1, "y0": 2, "f_x": "7/10", "f_y": "3/10"}  # 6c: (1.7, 2.3)
CORNERS = {  # one of the four pixels is 1: the value is then the weight of that pixel
    "TL": [[1, 0], [0, 0]],
    "TR": [[0, 1], [0, 0]],
    "BL": [[0, 0], [1, 0]],
    "BR": [[0, 0], [0, 1]],
}


def test_weights():
    item = BilinearWeights.at(**POINT, V=[[0, 0], [0, 0]])
    assert item.left == 1
    hundredths = [21, 49, 9, 21]  # 6c, bilinear-weights
    assert item.weights.tolist() == [Fraction(part, 100) for part in hundredths]


def test_sample():
    squares = [[11**2, 12**2], [16**2, 17**2]]  # 6c, bilinear-sample: I[r][c] = (5r + c)²
    assert BilinearWeights.at(**POINT, V=squares).value == Fraction(1797, 10)


@pytest.mark.parametrize(
    ("corner", "along_x", "along_y"),
    [("TL", -7, -3), ("TR", 7, -7), ("BL", -3, 3), ("BR", 3, 7)],  # 6c, in tenths
)
def test_gradient_by_the_offset(corner, along_x, along_y):
    item = OffsetGradient.at(**POINT, V=CORNERS[corner], w=1, g=1)
    assert item.slope_x == Fraction(along_x, 10)
    assert item.slope_y == Fraction(along_y, 10)


def test_a_step_goes_against_the_gradient():
    item = OffsetGradient.at(**POINT, V=[[1, 2], [3, 8]], w=2, g=-3)
    assert item.slope_x == Fraction(7, 10) * 1 + Fraction(3, 10) * 5
    assert item.step == Fraction(66, 50)
    assert item.carry({"slope_x": 5}).key("step") == 3


def test_samples_over_the_edge_by_hand():
    """0.8 of the left column, 0.25 · 8 + 0.75 · 4 = 5; and 0.5 · 0.9 of the lower right pixel."""
    item = Boundary.at(V=[[8, 1], [4, 6]], f="1/5", h="3/4", a="1/2", b="1/10")
    assert (item.edge, item.slope, item.outer) == (4, 5, Fraction(27, 10))


def test_bilinear_kink():
    """Row 2 of the image (5r + c)²: 100, 121, 144, … with slopes of 21 and 23 at pixel 1."""
    item = Kink.at(V=[100, 121, 144, 169, 196, 225], p="17/10", n=1)
    assert item.sides.tolist() == [21, 23]  # 6c, bilinear-kink
    assert item.key("readings") == (144, Fraction(1371, 10))
    assert item.key("changes") == (0, Fraction(23, 10))


@pytest.mark.parametrize(("place", "pixel"), [("17/10", 2), ("23/10", 2), ("24/10", 2)])
def test_round_vs_bilinear(place, pixel):
    item = Kink.at(V=[0, 1, 2, 3, 4, 5], p=place, n=1)  # the value of a pixel is its place
    assert item.key("readings") == (pixel, Fraction(place))  # 6c


def test_gradient_of_the_pixels():
    """6c, bilinear-grad-pixels: shares 0.21, 0.49, 0.09, 0.21 of a sample at 0.7 and 0.3."""
    item = PixelGradient.at(f="7/10", h="3/10", c="1/2", d="1/5", w1=2, w2=3, g=10)
    hundredths = [int(100 * share) for share in item.shares]
    assert hundredths == [21, 49, 9, 21]
    assert item.G.tolist() == [  # tap 2 passes 30 on: 12 and 12 above, 3 and 3 below
        [Fraction(21, 5), Fraction(49, 5) + 12, 12],
        [Fraction(9, 5), Fraction(21, 5) + 3, 3],
    ]
    assert item.total == 50


@pytest.mark.parametrize("name", ["kink", "rounded"])
def test_it_is_said_how_a_fall_is_written(name):
    """A reading may fall, and "by how much does it change" leaves open whether 2 or -2 is meant."""
    model = BANK[f"bilinear/{name}"]
    items = list(usable_items(model, 30))
    part = model.declaration.parts["changes" if name == "kink" else "jump"]
    values = [item.key(part) for item in items]
    assert any((value[1] if name == "kink" else value) < 0 for value in values)
    assert all("A fall is negative" in Wording(item).prompt(part) for item in items)


def test_a_negative_gradient_does_not_stand_bare_behind_a_dot():
    values = {"f": "1/10", "h": "1/5", "c": "1/5", "d": "7/10", "w1": -3, "w2": 2, "g": -5}
    solution = Wording(PixelGradient.at(**values)).solution
    assert r"\cdot -" not in solution
    assert "$-5 w_1 = 15$" in solution
