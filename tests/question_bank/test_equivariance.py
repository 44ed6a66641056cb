"""Shifts, reflections and permutations against the checked values of the source exam."""

import re
from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.bank.sample import usable_items
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
MovedLabel = BANK["equivariance/moved_label"]
WhichEquivariant = BANK["equivariance/which_equivariant"]
Commuting = BANK["equivariance/commuting"]
GlobalPool = BANK["equivariance/global_pool"]
DenseOrConv = BANK["equivariance/dense_or_conv"]
WindowAfterShift = BANK["equivariance/window_after_shift"]
BordersAndStrides = BANK["equivariance/borders_and_strides"]
Enlarging = BANK["equivariance/enlarging"]
ShiftedImage = BANK["equivariance/shifted_image"]


def test_shift_label_map():
    """1b: a label at (100, 200) under a shift by (10, 20); cells of 8 pixels by hand."""
    label = MovedLabel.at(H=128, W=256, r=100, c=200, u=10, v=20, s=8)
    assert label.moved.tolist() == [110, 220]
    assert label.cell.tolist() == [13, 27]  # 104 to 111, 216 to 223
    assert label.steps.tolist() == [1, 2]  # from cell (12, 25)
    assert label.mirrored.tolist() == [110, 35]


def test_cells_follow_the_own_pixel():
    label = MovedLabel.at(H=128, W=256, r=40, c=100, u=-8, v=20, s=8)
    own = label.carry({"moved": (60, 92)})  # row and column of the shift exchanged
    assert own.key("cell") == (7, 11)
    assert own.key("steps") == (2, -1)


MAPS = (
    "ReLU, applied to each pixel",
    "a convolution with kernel (1, 2, −1) and circular padding",
    "a dense layer with 8 units, its weights drawn at random",
    "max pooling with windows of 2 pixels and stride 2",
    "sorting the pixels by their value",
)
STRIDED = "a convolution with kernel (1, 2, −1), circular padding and stride 2"
NUMBERS = (
    "the largest pixel",
    "a convolution with kernel (1, 2, −1), circular padding and ReLU, then the maximum",
    "max pooling with windows of 2 pixels and stride 2, then the mean of the results",
    "the sum of the absolute differences of neighbours, from the first pixel to the last",
)


@pytest.mark.parametrize(
    ("group", "maps", "numbers"),
    [
        ("all cyclic shifts", (1, 1, 0, 0, 0), (1, 1, 0, 0)),  # 1b
        ("the cyclic shifts by 2, 4 or 6 pixels", (1, 1, 0, 1, 0), (1, 1, 1, 0)),
        (
            "the reflection, which reverses the order of the pixels",
            (1, 0, 0, 1, 0),
            (1, 0, 1, 1),
        ),
        ("all permutations of the pixels", (1, 0, 0, 0, 0), (1, 0, 0, 0)),
    ],
)
def test_the_group_decides(group, maps, numbers):
    judged = WhichEquivariant.at(group=group, maps=MAPS, numbers=NUMBERS)
    assert judged.key("equivariant") == maps
    assert judged.key("invariant") == numbers


def test_a_reason_holds_for_its_own_verdict():
    """No map or number has one reason for yes under a group and for no under another."""
    seen, verdicts = set(), {}
    for item in usable_items(WhichEquivariant, 400):
        for line in Wording(item).solution.splitlines():
            if line.startswith("* "):
                text, verdict, why = re.fullmatch(
                    r"\* \*\*(.+)\*\*: (yes|no); (.+)\.", line
                ).groups()
                seen.add((item.group, text))
                verdicts.setdefault((text, why), set()).add(verdict)
    assert len(seen) == 4 * 29
    assert all(len(found) == 1 for found in verdicts.values())


def test_a_stride_keeps_the_same_half_under_even_shifts_only():
    """Shifts by 2, 4, 6 move every second value along; a shift by one brings in the others."""
    maps = (MAPS[0], MAPS[1], MAPS[2], STRIDED, MAPS[4])
    solutions = {
        group: Wording(WhichEquivariant.at(group=group, maps=maps, numbers=NUMBERS)).solution
        for group in ("all cyclic shifts", "the cyclic shifts by 2, 4 or 6 pixels")
    }
    whole, even = solutions.values()
    assert f"**{STRIDED}**: no; a shift by one pixel" in whole
    assert f"**{STRIDED}**: yes; all places" in even
    assert "one pixel makes" not in even


def test_commutation_check():
    """1b: the maximum over windows of stride 1 moves along with the input."""
    ring = Commuting.at(
        x=[0, 0, 1, 2, 3],
        rule=r"y_i = \max(x_i, x_{i+1})",
        move="shifts by two places to the right",
    )
    assert ring.y.tolist() == [0, 1, 2, 3, 3]
    assert ring.first_moved.tolist() == ring.moved_after.tolist() == [3, 3, 0, 1, 2]
    assert ring.apart == 0


def test_a_reflection_does_not_commute_with_a_difference():
    ring = Commuting.at(x=[1, 2, 4, 7, 0], rule="y_i = x_i - x_{i+1}", move="reverses the order of")
    assert ring.y.tolist() == [-1, -2, -3, 7, -1]
    assert ring.first_moved.tolist() == [-7, 3, 2, 1, 1]
    assert ring.moved_after.tolist() == [-1, 7, -3, -2, -1]
    assert ring.apart == 5


def test_own_vectors_are_compared():
    ring = Commuting.at(x=[1, 2, 4, 7, 0], rule="y_i = x_i - x_{i+1}", move="reverses the order of")
    assert ring.carry({"first_moved": (-1, 7, 0, -2, -1)}).key("apart") == 1


def test_global_pool_invariance():
    """The bump 1, 2, 3 under (1, −1): whole it gives −1, −1, −1, 3; cut after 2, only −1, −1."""
    pool = GlobalPool.at(n=7, b=[1, 2, 3], k=[1, -1], cut=1)
    assert pool.y.tolist() == [-1, -1, -1, 3, 0]
    assert pool.g.tolist() == [3, 0]
    assert pool.g_cut.tolist() == [0, Fraction(-1, 3)]


@pytest.mark.parametrize(
    ("shift", "response", "slid"),
    [(1, 26, [0, -1, -1, -1, 3, 0]), (2, 32, [0, 0, -1, -1, -1, 3])],
)
def test_shift_mlp_vs_conv(shift, response, slid):
    """1c: the bump 1, 2, 3 at two places before a dense unit and the kernel (1, −1)."""
    both = DenseOrConv.at(b=[1, 2, 3], w=[1, 2, 3, 4, 5, 6, 7], k=[1, -1], d=shift)
    assert both.h_moved == response
    assert both.y_moved.tolist() == slid


@pytest.mark.parametrize(
    ("kernel", "shift", "told"), [([1, -1], 1, "three of the six"), ([1, -3], 2, "all six")]
)
def test_changed_places_are_told_in_words(kernel, shift, told):
    """(−1, −1, −1, 3, 0, 0) one place on, and (−3, −5, −7, 3, 0, 0) two places on."""
    both = DenseOrConv.at(b=[1, 2, 3], w=[1, 2, 3, 4, 5, 6, 7], k=kernel, d=shift)
    assert f"{told} values are different" in " ".join(Wording(both).solution.split())


def test_shift_changed_activations():
    """1c: a shift by one place changes three of six values."""
    both = DenseOrConv.at(b=[1, 2, 3], w=[1, 2, 3, 4, 5, 6, 7], k=[1, -1], d=1)
    assert both.y.tolist() == [-1, -1, -1, 3, 0, 0]
    assert both.changed == 3
    assert both.h == 20


def test_window_overlap_after_shift():
    """1c: six of nine pixels stay in a window; a dilated one keeps a pixel for each whole step."""
    window = WindowAfterShift.at(K=3, u=0, v=1, D=2, p=1, q=0)
    assert (window.stay, window.fresh, window.again) == (6, Fraction(1, 3), 6)
    wide = WindowAfterShift.at(K=5, u=1, v=2, D=2, p=1, q=2)
    assert (wide.stay, wide.fresh, wide.again) == (12, Fraction(13, 25), 12)


def test_boundary_equivariance_count():
    """3c: places 1 and 6 of seven; and shifts by 4, 8, 12, 16, 20 past strides 2, 1, 2."""
    layer = BordersAndStrides.at(n=7, K=3, D=1, d=2, s_1=2, s_2=1, s_3=2, Z=22)
    assert (layer.left, layer.differ, layer.kept) == (1, 2, Fraction(5, 7))
    assert layer.moves == 5
    wide = BordersAndStrides.at(n=40, K=7, D=3, d=4, s_1=2, s_2=2, s_3=4, Z=50)
    assert (wide.left, wide.differ) == (4, 13)  # nine pixels to either side, four places at most
    assert wide.carry({"left": 9}).key("differ") == 18


def test_scale_commutation():
    """3c: a ramp under (1, −1)."""
    ramp = Enlarging.at(x=[0, 1, 2, 3], k=[1, -1])
    assert ramp.first_enlarged.tolist() == [0, -1, 0, -1, 0, -1, 0]
    assert ramp.enlarged_after.tolist() == ramp.dilated.tolist() == [-1] * 6
    assert ramp.small.tolist() == [-1, -1, -1]


def test_a_spot_moves():
    """3c, corr2d-shift, by hand: the spot 1, 2; 3, 4 meets each weight of 1, 0; −1, 2 once."""
    spot = ShiftedImage.at(B=[[1, 2], [3, 4]], K=[[1, 0], [-1, 2]], move="one pixel to the right")
    assert spot.Y.tolist() == [[2, 3, -2, 0], [6, 6, -2, 0], [0, 3, 4, 0], [0, 0, 0, 0]]
    assert spot.moved.tolist() == [[0, 2, 3, -2], [0, 6, 6, -2], [0, 0, 3, 4], [0, 0, 0, 0]]


def test_a_dilated_kernel_skips_the_first_pixel():
    """5 taps, 3 apart: the unit at place 9 reads places 12 and 15, not the first pixel at 10."""
    dilated = BordersAndStrides.at(n=87, D=3, K=5, d=9, s_1=2, s_2=1, s_3=4, Z=97)
    assert dilated.left == 6
    solution = " ".join(Wording(dilated).solution.split())
    assert "For the 6 places to the left of it" in solution
    assert "It is seen from" not in solution


def test_one_pixel_is_not_plural():
    stem = Wording(MovedLabel.at(H=160, W=192, r=48, c=111, u=-1, v=8, s=16)).stem
    assert "$1$ pixel further up and $8$ pixels further to the right" in " ".join(stem.split())
