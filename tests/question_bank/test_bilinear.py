"""Bilinear samples and their gradients against the checked values of the source exam."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
BilinearWeights = BANK["bilinear/weights"]
OffsetGradient = BANK["bilinear/offset_gradient"]

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
