"""Convolutions by hand against the checked values of the source exam."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ByHand = BANK["convolution/by_hand"]
ShiftedSignal = BANK["convolution/shifted_signal"]
TransposedByHand = BANK["convolution/transposed_by_hand"]
AsMatrix = BANK["convolution/as_matrix"]
TransposedSize = BANK["convolution/transposed_size"]
DilatedByHand = BANK["convolution/dilated_by_hand"]
Checkerboard = BANK["convolution/checkerboard"]
UnsharedByHand = BANK["convolution/unshared_by_hand"]
AsDense = BANK["equivariance/as_dense"]
FilterGradient = BANK["convolution/filter_gradient"]
RotatedKernel = BANK["convolution/rotated_kernel"]
FlippedKernel = BANK["convolution/flipped_kernel"]
SymmetricKernels = BANK["convolution/symmetric_kernels"]
ZeroInsertion = BANK["convolution/zero_insertion"]


def test_shifted_signal():
    item = ShiftedSignal.at(b=[1, 2, 3], k=[1, -1], d=2)
    assert item.signal().tolist() == [0, 0, 1, 2, 3, 0, 0]
    assert item.signal(2).tolist() == [0, 0, 0, 0, 1, 2, 3]
    assert item.y.tolist() == [0, -1, -1, -1, 3, 0]  # 3c, corr1d-shift, cross-correlation
    assert item.shifted.tolist() == [0, 0, 0, -1, -1, -1]
    assert item.flipped.tolist() == [0, 1, 1, 1, -3, 0]  # 3c, the kernel flipped


def test_the_shifted_output_is_the_students_own_one_moved_on():
    item = ShiftedSignal.at(b=[1, 2, 3], k=[1, -1], d=2)
    assert item.carry({"y": (0, 1, 1, 1, -3, 0)}).key("shifted") == (0, 0, 0, 1, 1, 1)
    assert item.depends("shifted") == ("y",)
    assert item.depends("flipped") == ()


def test_transposed_by_hand():
    item = TransposedByHand.at(y=[1, 2, 3], k=[1, 2, 1], n=2)
    assert item.x.tolist() == [1, 2, 3, 4, 5, 6, 3]  # 5a, tconv-by-hand
    assert item.cropped.tolist() == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(("values", "expected"), [(2, 3), (3, 5), (28, 55)])
def test_size_of_a_transposed_convolution(values, expected):
    """One less than 5a's 2 → 4 for k = 3, s = 2, p = 1, which needs output padding 1."""
    assert TransposedByHand.at(y=[1, 2, 3], k=[1, 2, 3], n=values).size == expected


def test_convolution_by_hand():
    image = [[1, 2, 0, 1], [0, 1, 3, 2], [2, 1, 0, 1], [1, 0, 2, 2]]
    item = ByHand.at(X=image, W=[[1, -1], [2, 0]])
    assert item.Y.tolist() == [[-1, 4, 5], [3, 0, 1], [3, 1, 3]]
    named = {wrong.name: value for wrong, value in item.wrong_answers("Y")}
    assert named["top row only"][0] == (-1, 2, -1)
    assert named["lost the signs"][0] == (3, 4, 7)
    assert named["flipped the kernel"][0] == (5, 2, 1)


def image_as_matrix():
    return AsMatrix.at(X=[[1, 0, 2], [0, 3, 1], [2, 1, 0]], W=[[1, 2], [-1, 1]], K=3, n=6)


def test_a_convolution_as_a_matrix():
    """Windows begin at places 0, 1, 3 and 4 of the nine; their lower rows three places on."""
    item = image_as_matrix()
    assert item.C.tolist() == [
        [1, 2, 0, -1, 1, 0, 0, 0, 0],
        [0, 1, 2, 0, -1, 1, 0, 0, 0],
        [0, 0, 0, 1, 2, 0, -1, 1, 0],
        [0, 0, 0, 0, 1, 2, 0, -1, 1],
    ]
    assert item.y.tolist() == [4, 2, 5, 4]
    assert item.s.tolist() == [4, 10, 4, 1, 16, 10, -5, 1, 4]  # not the image: no inverse
    assert item.share == Fraction(1, 4)


def test_an_own_matrix_is_carried():
    own = [list(row) for row in image_as_matrix().key("C")]
    own[3] = [0, 0, 0, 0, 0, 1, 2, 0, -1]  # the last window one place too far
    slipped = image_as_matrix().carry({"C": tuple(map(tuple, own))})
    assert slipped.key("y") == (4, 2, 5, 5)


def test_tconv_output_padding():
    layer = transposed(n=225, K=11, S=4, P=0)  # 5a
    assert (layer.m, layer.back, layer.extra) == (54, 223, 2)  # E39
    assert layer.same == (223, 224, 225, 226)
    layer = transposed(n=227, K=11, S=4, P=0)  # 5a, an exact division
    assert (layer.m, layer.back, layer.extra) == (55, 227, 0)


def test_what_an_encoder_leaves_over_may_be_padding():
    """Of 66 values between two zeros at each end only the last zero is not read."""
    layer = transposed(n=66, K=5, S=2, P=2)
    starts = range(0, 66 + 4 - 5 + 1, 2)
    assert (starts[-1] + 4, layer.extra) == (68, 1)  # of places 0 to 69
    assert "places of the padded row" in " ".join(Wording(layer).solution.split())


@pytest.mark.parametrize(
    ("k", "s", "p", "q", "size"),
    [(2, 2, 0, 0, 4), (3, 1, 0, 0, 4), (4, 2, 1, 0, 4), (3, 2, 1, 1, 4), (3, 2, 0, 0, 5)],
)
def test_tconv_out_size(k, s, p, q, size):
    assert transposed(m2=2, K2=k, S2=s, P2=p, D=1, r2=q).size == size  # 5a


def test_a_dilated_transposed_layer_by_hand():
    """Copies of taps 0, 2, 4 at 0, 3 and 6 end at place 10; one is cropped at each end."""
    assert transposed(m2=3, K2=3, S2=3, P2=1, D=2, r2=1).size == 10


@pytest.mark.parametrize(("dilation", "extent"), [(2, 5), (4, 9)])
def test_dilated_extent(dilation, extent):
    item = DilatedByHand.at(x=[0] * 7, k=[1, 2, 3], K=3, D=dilation, pair=(1, 2))
    assert (item.extent, item.share) == (extent, Fraction(9, extent**2))  # 5a, gridding


def test_dilated_by_hand():
    item = DilatedByHand.at(x=[1, 2, 0, 3, 1, 0, 4], k=[1, 0, -2], K=3, D=3, pair=(2, 2))
    assert item.y.tolist() == [-1, 2, -8]
    assert item.inputs == 5  # the even places alone


@pytest.mark.parametrize(("pair", "read"), [((1, 2), 7), ((2, 4), 7), ((3, 1), 9)])
def test_inputs_of_two_dilated_layers(pair, read):
    item = DilatedByHand.at(x=[0] * 7, k=[1, 2, 3], K=3, D=3, pair=pair)
    assert item.inputs == read


def test_what_one_output_leaves_out_the_next_may_read():
    item = DilatedByHand.at(x=[0] * 7, k=[1, 2, 3], K=3, D=3, pair=(2, 3))
    left_out = set(range(11)) - item.seen(2, 3)
    assert left_out == {1, 9}
    assert left_out & {place + 1 for place in item.seen(2, 3)} == {1, 9}
    assert "This output does not depend on the others" in Wording(item).solution


@pytest.mark.parametrize(
    ("pair", "counts"),
    [((3, 2), [1, 1, 2, 1, 2, 1, 2, 1]), ((4, 2), [1, 1, 2, 2, 2, 2, 2, 2])],  # 5a, tconv-overlap
)
def test_tconv_overlap(pair, counts):
    assert checkerboard(pair=pair).counts.tolist() == counts


def test_a_checkerboard_by_hand():
    """Copies of (1, 2, 4), five times as large: 5, 10, 20 + 5, 10, …"""
    item = checkerboard(w=[1, 2, 4], v=5, x=[1, 3, 0], k=[1, 2, -1], T=3, widths=(3, 4, 6, 7, 8))
    assert item.even.tolist() == [25, 10]
    assert item.key("smooth") == (1, 0, 1, 0, 0)
    assert item.resized.tolist() == [0, 4, 9, 3]  # over 1, 1, 3, 3, 0, 0


def test_unshared_by_hand():
    layer = {"H": 227, "K": 11, "S": 4, "C_in": 3, "C_out": 96}
    item = UnsharedByHand.at(x=[1, 2, 3, 4], R=[[1, 0], [0, 1], [1, 1]], **layer)
    assert item.y.tolist() == [1, 3, 7]  # 5a
    assert item.moved.tolist() == [0, 2, 5]  # over 0, 1, 2, 3
    assert item.params == 105_415_200 + 290_400  # 5a, local-params, with a bias for each output
    assert item.ratio == 3_025


def checkerboard(**given):
    """An item on checkerboards, with these values for some of its parameters."""
    usual = {"pair": (3, 2), "w": [1, 2, 3], "v": 2, "T": 2, "widths": (3, 4, 6, 8, 9)}
    return Checkerboard.at(**{**usual, "x": [1, 2, 3], "k": [1, 2, 3], **given})


def transposed(**given):
    """An item of sizes there and back, with these values for some of its parameters."""
    usual = {"n": 20, "K": 3, "S": 2, "P": 1, "m2": 5, "K2": 3, "S2": 2, "P2": 1, "D": 2, "r2": 1}
    return TransposedSize.at(**{**usual, **given})


def test_fc_row_as_toeplitz():
    """1c: a kernel of three in three rows; 17 windows of 4 in 20 samples."""
    layer = AsDense.at(k=[1, -1, 2], x=[1, 2, 3, 0, 1], q=0)
    assert layer.A.tolist() == [[1, -1, 2, 0, 0], [0, 1, -1, 2, 0], [0, 0, 1, -1, 2]]
    assert layer.y.tolist() == [5, -1, 5]
    assert layer.back.tolist() == [1, 0, 2, 1, 2]
    assert layer.counts.tolist() == [340, 68, 4]


def test_filter_gradient_step():
    """2b: L = y_1 + 2 y_3 for x = 1, 0, 2, 3, 1, 0: the weights meet 1 + 2·2, 0 + 2·3, 2 + 2·1."""
    kernel = FilterGradient.at(x=[1, 0, 2, 3, 1, 0], g=[1, 0, 2, 0], v=[1, -1, 2, 3], eta="1/10")
    assert kernel.y.tolist() == [8, 7, 4, 5]
    assert kernel.dw.tolist() == [5, 6, 4]
    assert kernel.db == 3
    assert kernel.stepped.tolist() == [Fraction(1, 2), Fraction(-8, 5), Fraction(8, 5)]
    assert kernel.carry({"dw": (10, 0, -10)}).key("stepped") == (0, -1, 3)


def test_kernel_rotation_response():
    """3c and 4c: a vertical edge under its filter; turned, it needs the filter turned clockwise."""
    edge = [[1, 0, 0]] * 3
    turn = RotatedKernel.at(X=edge, K=[[1, 0, -1]] * 3, turn="clockwise")
    assert turn.before == 3
    assert turn.patch.tolist() == [[1, 1, 1], [0, 0, 0], [0, 0, 0]]
    assert turn.after == 0
    assert turn.kernel.tolist() == [[1, 1, 1], [0, 0, 0], [-1, -1, -1]]
    other = RotatedKernel.at(X=edge, K=[[1, 0, -1]] * 3, turn="counter-clockwise")
    assert other.kernel.tolist() == [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]


TURN, MIRROR = "turning it by 90 degrees", "exchanging left and right"
MIRRORS = "exchanging left and right, and exchanging top and bottom"


@pytest.mark.parametrize(
    ("side", "symmetry", "free"),
    [
        (3, TURN, 3),
        (3, f"{TURN}, and {MIRROR}", 3),
        (3, MIRROR, 6),
        (5, TURN, 7),
        (5, f"{TURN}, and {MIRROR}", 6),
        (5, MIRROR, 15),
        (4, "turning it by 180 degrees", 8),
        (3, MIRRORS, 4),
    ],
)
def test_symmetric_kernel_dof(side, symmetry, free):  # 3c
    kernels = SymmetricKernels.at(q=[[1, 2], [3, 4]], move=MIRRORS, layer=(side, symmetry, 2, 10))
    assert kernels.free == free
    assert kernels.params == 20 * free + 10
    assert kernels.share == Fraction(free, side * side)


def test_two_symmetries_are_each_by_itself():
    """Both mirrors one after the other are half a turn, under which more kernels stay the same."""
    two = {"q": [[1, 2], [3, 4]], "move": TURN, "layer": (4, MIRRORS, 2, 10)}
    assert "each of them" in " ".join(Wording(SymmetricKernels.at(**two)).stem.split())
    one = two | {"layer": (4, MIRROR, 2, 10)}
    assert "two moves" not in Wording(SymmetricKernels.at(**one)).stem


@pytest.mark.parametrize("symmetry", [MIRROR, MIRRORS, f"{TURN}, and {MIRROR}"])
def test_only_an_odd_kernel_has_a_middle(symmetry):
    even, odd = (
        Wording(SymmetricKernels.at(q=[[1, 2], [3, 4]], move=TURN, layer=(side, symmetry, 2, 10)))
        for side in (4, 5)
    )
    assert ", with " not in even.solution
    assert ", with " in odd.solution


def test_a_kernel_is_filled_in_by_its_symmetry():
    layer = (3, MIRROR, 2, 10)
    turned = SymmetricKernels.at(q=[[1, 2], [3, 4]], move=TURN, layer=layer)
    assert turned.K.tolist() == [[1, 2, 3, 1], [3, 4, 4, 2], [2, 4, 4, 3], [1, 3, 2, 1]]
    mirrored = SymmetricKernels.at(q=[[1, 2], [3, 4]], move=MIRRORS, layer=layer)
    assert mirrored.K.tolist() == [[1, 2, 2, 1], [3, 4, 4, 3], [3, 4, 4, 3], [1, 2, 2, 1]]


def test_corr_vs_conv():
    """3c: half a turn gives K back for the first two kernels only."""
    both = FlippedKernel.at(
        X=[[1, 0, 2], [0, 3, 0], [1, 0, 0]],
        K=[[1, 2], [3, 4]],
        v=[5, 6, 7],
        kernels=(
            ((1, 2, 3), (2, 0, 2), (3, 2, 1)),
            ((1, 2, 1), (3, 2, 3), (1, 2, 1)),
            ((1, 2, 3), (2, 1, 0), (3, 0, 2)),
            ((2, 1, 3), (1, 3, 2), (2, 1, 3)),
        ),
    )
    assert both.Y.tolist() == [[13, 13], [9, 3]]
    assert both.flipped.tolist() == [[4, 3], [2, 1]]
    assert both.Z.tolist() == [[7, 12], [11, 12]]
    assert both.key("agree") == (1, 1, 0, 0)
    assert both.carry({"flipped": ((1, 3), (2, 4))}).key("Z") == ((13, 12), (11, 3))


def test_zero_insertion():
    """5a: 1, 2, 3 stretched by 2, and the kernel 1, 2, 1 slid over it."""
    item = ZeroInsertion.at(y=[1, 2, 3], k=[1, 2, 1], x=[1, 0, 2, 0, 0, 1, 1])
    assert item.e.tolist() == [0, 0, 1, 0, 2, 0, 3, 0, 0]
    assert item.t.tolist() == [1, 2, 3, 4, 5, 6, 3]
    assert item.v.tolist() == [3, 2, 3]
    assert item.first == item.second == 16  # 3 + 4 + 9, and 1 + 6 + 6 + 3


def test_an_own_stretched_input_is_carried():
    item = ZeroInsertion.at(y=[1, 2, 3], k=[1, 2, 3], x=[1, 0, 2, 0, 0, 1, 1])
    assert item.kernel.tolist() == [3, 2, 1]
    own = item.carry({"e": (0, 0, 0, 1, 2, 3, 0, 0, 0)})
    assert own.key("t") == (0, 1, 4, 10, 12, 9, 0)
