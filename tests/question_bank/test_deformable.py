"""Deformable convolutions against the checked values of the source exam."""

from fractions import Fraction

import numpy as np
import pytest

from examgen.bank.load import Bank
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
OutputByHand = BANK["deformable/output_by_hand"]
OffsetBranch = BANK["deformable/offset_branch"]
SamplingPositions = BANK["deformable/sampling_positions"]
MaskPurity = BANK["deformable/mask_purity"]
Modulated = BANK["deformable/modulated"]
OntoTheObject = BANK["deformable/onto_the_object"]
ScaledGrid = BANK["deformable/scaled_grid"]


def test_offset_branch():
    layer = OffsetBranch.at(k=3, C_in=256, C_out=256, H=32)
    assert layer.channels == 18  # 6a, deform-offset-channels
    assert layer.parameters == 41_490  # 6a, deform-offset-branch-params, with biases
    assert layer.offsets == 18_432  # 6a, deform-offset-memory
    assert layer.ratio == Fraction(139, 128)  # 6a, deform-cost-ratio


@pytest.mark.parametrize(
    ("filters", "expected"), [(1, 23), (256, Fraction(139, 128))]
)  # 6a: not 6, as the source says
def test_cost_ratio(filters, expected):
    assert OffsetBranch.at(k=3, C_in=256, C_out=filters, H=12).ratio == expected


def test_the_slip_of_the_source_is_a_misconception():
    layer = OffsetBranch.at(k=3, C_in=256, C_out=1, H=12)
    named = {wrong.name: value for wrong, value in layer.wrong_answers("ratio")}
    assert named["branch with one channel"] == 6


def test_corners_of_the_regular_grid():
    place = SamplingPositions.at(
        S=1, P=1, d=1, r=0, c=0, D=[[1, 0], [0, 1], [-1, 0], [3, -3]], t_y=2, t_x=0
    )  # 6a, deform-sampling-positions: the corners of the grid R
    assert place.R.tolist() == [[-1, -1], [-1, 1], [1, -1], [1, 1]]
    half = Fraction(1, 2)
    assert place.Q.tolist() == [[-half, -1], [-1, 3 * half], [half, -1], [5 * half, -half]]
    assert place.e.tolist() == [3, 1]


def test_output_by_hand():
    """Taps on a pixel, between two and between four, with one corner of each kind named."""
    image = np.arange(16).reshape(4, 4)
    item = OutputByHand.at(
        X=image, W=[[1, 2], [-1, 3]], D=[[0, 0], [1, 0], [1, 1], [2, -2]]
    )  # taps at (1, 1), (1.5, 2), (2.5, 1.5), (3, 1)
    assert item.v.tolist() == [5, 8, Fraction(23, 2), 13]
    assert item.o == 5 + 16 - Fraction(23, 2) + 39


def test_an_output_follows_the_students_own_samples():
    item = OutputByHand.at(X=np.ones((4, 4)), W=[[1, 2], [-1, 3]], D=np.ones((4, 2)))
    assert item.carry({"v": (1, Fraction(1, 2), 0, 2)}).key("o") == 8


def test_a_leg():
    leg = [[0, 0, 0, 1, 0, 0, 0]] * 7  # 6b: the object is column 3
    onto = [[-2, 1], [-1, 0], [0, -1], [-1, 1], [0, 0], [1, -1], [0, 1], [1, 0], [2, -1]]
    item = MaskPurity.at(M=leg, D=onto)
    assert item.taps() == [(r, 3) for r in (0, 1, 2, 2, 3, 4, 4, 5, 6)]
    assert (item.regular, item.deformed) == (Fraction(1, 3), 1)
    assert (item.box.tolist(), item.pixels) == ([7, 1], 7)


def test_modulated_taps_by_hand():
    item = Modulated.at(v=[2, 3, 1, 4], w=[1, -2, 3, 2], t=[5, 10, 0, 2], g=2, k=3, G=2)
    assert item.o == Fraction(1 * 10 - 2 * 30 + 2 * 8, 10)
    assert item.by_m.tolist() == [4, -12, 6, 16]
    assert item.key("by_w") == (2, 6, 0, Fraction(8, 5))
    assert item.channels == 54


def leg():
    """A leg in column 2, with the value 5 on a ground of 1: two of the four taps lie on it."""
    mask = [[int(column == 2) for column in range(6)] for _ in range(6)]
    return OntoTheObject.at(M=mask, h=5, b=1, W=[[1, 2], [3, 0]])


def test_taps_on_a_leg():
    item = leg()
    assert item.regular == 3  # 5, 1, 5, 1
    assert item.accepts(item.part("offsets"), ((0, 0), (-1, -1), (0, 0), (1, -1)))
    assert item.accepts(item.part("offsets"), ((-2, 0), (-1, -1), (0, 0), (1, -1)))
    assert item.output == 30


@pytest.mark.parametrize(
    "offsets",
    [
        ((0, 0), (0, -1), (0, 0), (0, -1)),  # pixels taken twice
        ((0, 0), (-1, -1), (0, 0), (1, 0)),  # the last beside the leg
        ((-3, 0), (-1, -1), (0, 0), (1, -1)),  # off the picture, and too far
    ],
)
def test_offsets_that_miss(offsets):
    assert not leg().accepts(leg().part("offsets"), offsets)


def test_own_offsets_are_carried_into_the_output():
    own = leg().carry({"offsets": ((0, 0), (-1, -1), (0, 0), (1, 0))})
    assert own.key("output") == 5 + 10 + 15
    own = leg().carry({"offsets": ((0, 0), (-1, 0), (0, 0), (1, -1))})
    assert own.key("output") == 5 + 2 + 15


def test_a_scaled_grid():
    """5 × 5 taps 2 apart, made 1.25 times as large: 2.5 apart, from −5 to 5."""
    grid = ScaledGrid.at(K=5, d=2, a="5/4", i=-2, j=1, R=15)
    assert grid.offset.tolist() == [-1, Fraction(1, 2)]  # from (−4, 2) to (−5, 2.5)
    assert (grid.side, grid.whole) == (11, 9)
    assert grid.factor == Fraction(7, 4)  # 14 against 8


def test_whole_places_of_a_scaled_grid():
    """1.25 apart: only the middle; 1.5 apart: every second place of five or seven."""
    assert ScaledGrid.at(K=5, d=1, a="5/4", i=1, j=2, R=9).whole == 1
    assert ScaledGrid.at(K=5, d=1, a="3/2", i=1, j=2, R=9).whole == 9
    assert ScaledGrid.at(K=7, d=1, a="5/2", i=1, j=2, R=10).whole == 9


def test_some_taps_of_a_scaled_grid_are_interpolated():
    """With 2 · 1.5 = 3 pixels from tap to tap all 25 would lie on pixel centres."""
    assert not ScaledGrid.at(K=5, d=2, a="3/2", i=-2, j=1, R=15).legal()
    assert ScaledGrid.at(K=5, d=2, a="5/4", i=-2, j=1, R=15).legal()


def test_taps_drawn_together_are_not_said_to_spread():
    """Left and right taps move to the middle column, one to its right: 3 rows, 2 columns."""
    leg = [[int(column == 3) for column in range(7)] for _ in range(7)]
    onto = [[0, 1], [0, 0], [0, -1], [0, 1], [0, 0], [0, -1], [0, 1], [0, 0], [0, 0]]
    drawn = MaskPurity.at(M=leg, D=onto)
    assert drawn.excluded() is None
    assert drawn.box.tolist() == [3, 2]
    assert "The offsets change what the kernel spans." in Wording(drawn).feedback(drawn.part("box"))
