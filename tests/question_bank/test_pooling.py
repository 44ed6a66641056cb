"""Pooling against the checked values of the source exam."""

from fractions import Fraction

from examgen.bank.load import Bank
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ByHand = BANK["pooling/by_hand"]
Shift = BANK["pooling/shift"]
SimpleAndComplex = BANK["pooling/simple_and_complex"]
OverlappingGradient = BANK["pooling/overlapping_gradient"]


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


def test_sc_cell_by_hand():
    """2b: the template (1, −1, 1) meets 1 0 1 at the pixels 2 and 7."""
    cells = SimpleAndComplex.at(b=[0, 1, 0, 1, 0, 0, 1, 0, 1], k=[1, -1, 1], theta=2)
    assert cells.s.tolist() == [0, 1, 0, 0, 0, 0, 1, 0]
    assert cells.c.tolist() == [1, 0, 0, 1]
    assert cells.c_moved.tolist() == [0, 1, 0, 1]  # 2 moves on to 3, 7 to 8
    assert cells.kept == 2
    assert cells.carry({"s": (1, 1, 0, 0, 1, 0, 0, 0)}).key("c") == (1, 0, 1, 0)
    low = SimpleAndComplex.at(b=[0, 1, 0, 1, 0, 0, 1, 0, 1], k=[1, -1, 1], theta=1)
    assert low.s.tolist() == [0, 1, 0, 1, 1, 0, 1, 0]


def test_a_shift_that_moves_no_cell_out_of_its_pair_is_not_asked():
    """S-cells 1 and 5 move on to 2 and 6: the same C-cells fire as before."""
    still = SimpleAndComplex.at(b=[1, 0, 0, 0, 1, 0, 0, 0, 0], k=[1, 0, -1], theta=1)
    assert still.c.tolist() == still.c_moved.tolist() == [1, 0, 1, 0]
    assert not still.legal()
    moving = SimpleAndComplex.at(b=[1, 0, 0, 0, 0, 1, 0, 0, 0], k=[1, 0, -1], theta=1)
    assert moving.c_moved.tolist() == [1, 0, 0, 1]  # 6 moves on to 7
    assert moving.legal()
    assert "So 2 of the four C-cells are as before." in " ".join(Wording(moving).solution.split())


def test_pool_backward_where_windows_overlap():
    """2b: the 9 is the largest sample of the windows 1 2 9 and 9 0 3."""
    pool = OverlappingGradient.at(x=[1, 2, 9, 0, 3, 4, 1], g=[3, -1, 6])
    assert pool.m.tolist() == [9, 9, 4]
    assert pool.d_max.tolist() == [0, 0, 2, 0, 0, 6, 0]
    assert pool.d_avg.tolist() == [1, 1, Fraction(2, 3), Fraction(-1, 3), Fraction(5, 3), 2, 2]
