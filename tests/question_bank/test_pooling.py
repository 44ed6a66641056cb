"""Pooling against the checked values of the source exam."""

from fractions import Fraction

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ByHand = BANK["pooling/by_hand"]
Shift = BANK["pooling/shift"]


def test_pooling_by_hand():
    image = [[1, 3, 2, 1], [4, 6, 5, 0], [7, 2, 9, 8], [1, 0, 3, 4]]
    item = ByHand.at(X=image, G=[[1, 2], [3, 4]])
    assert item.M.tolist() == [[6, 5], [7, 9]]  # 2b, pooling-by-hand
    assert item.A.tolist() == [[Fraction(7, 2), 2], [Fraction(5, 2), 6]]
    assert item.B.tolist() == [
        [0, 0, 0, 0],
        [0, 1, 2, 0],
        [3, 0, 4, 0],
        [0, 0, 0, 0],
    ]  # 2b, pool-backward


def test_shift_tolerance():
    item = Shift.at(x=[0, 0, 9, 0, 0, 0, 0, 0])  # 1b, pooling-shift-tolerance
    assert item.y.tolist() == [0, 9, 0, 0]
    assert item.y_one.tolist() == [0, 9, 0, 0]
    assert item.y_two.tolist() == [0, 0, 9, 0]
    assert item.kept == 4


def test_a_maximum_at_the_right_end_of_its_window_moves_on():
    item = Shift.at(x=[1, 5, 2, 3, 9, 4, 0, 6])
    assert item.y.tolist() == [5, 3, 9, 6]
    assert item.y_one.tolist() == [1, 5, 9, 4]
    assert item.kept == 1
