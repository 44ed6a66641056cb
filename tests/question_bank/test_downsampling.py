"""Strides against the checked values of the source exam and examples worked by hand."""

from fractions import Fraction

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
EarlyStride = BANK["downsampling/early_stride"]
StrideOrPool = BANK["downsampling/stride_or_pool"]
Aliasing = BANK["downsampling/aliasing"]
Coverage = BANK["downsampling/coverage"]


def test_downsample_ratio():
    layer = EarlyStride.at(W=227, F=11, S=4, C_in=3, C_out=96)  # 4b
    assert (layer.out, layer.positions) == (55, Fraction(51_529, 3_025))
    assert layer.numbers == Fraction(290_400, 154_587)  # more values, on fewer positions
    assert layer.saving == Fraction(47_089, 3_025)  # 4b, early-downsampling-savings


def test_an_own_output_side_is_carried_into_all_ratios():
    layer = EarlyStride.at(W=100, F=10, S=2, C_in=2, C_out=8).carry({"out": 50})
    assert (layer.key("positions"), layer.key("numbers")) == (4, 1)
    assert layer.key("saving") == Fraction(91 * 91, 2500)


def test_aliasing_by_hand():
    item = Aliasing.at(x=[0, 1, 0, 1, 0, 1, 0], a=0, b=1)  # 4b: period 2 vanishes
    assert item.y.tolist() == [0, 0, 0, 0]
    assert (item.rebuilt.tolist(), item.error) == ([0] * 7, 1)
    assert item.key("smooth") == (Fraction(1, 2),) * 3
    assert item.key("constants") == (0, Fraction(1, 2))


def test_the_largest_error_can_lie_below_the_signal():
    item = Aliasing.at(x=[2, 5, 4, 4, 8, 1, 0], a=1, b=2)
    assert item.key("rebuilt") == (2, 3, 4, 6, 8, 4, 0)
    assert item.error == 3  # 1 - 4, more than 5 - 3
    assert {w.name: v for w, v in item.wrong_answers("error")}["signed difference"] == 2


def test_pixel_coverage_count_by_hand():
    """Windows of 5 at -1, 1, 3 and 5 over the pixels 0 to 8."""
    item = Coverage.at(F=5, S=2, P=1, pair=(1, 3), k=2, s=5, n=20)
    assert item.counts.tolist() == [1, 2, 2, 3, 2, 3, 2, 2, 1]
    assert item.pixel == 6
    assert item.unread == 12  # windows at 0, 5, 10 and 15 read 8 of 20


def test_stride_or_pool():
    """On 5 × 5 values A has windows around the values 1, 3 and 5; B pools two pairs of five."""
    ways = StrideOrPool.at(W=5, K=3, C=2, M=3)
    assert ways.sides.tolist() == [3, 2]
    assert ways.params == 57  # 3 · (18 + 1)
    assert ways.work.tolist() == [54 * 9, 54 * 25]
    assert (ways.ratio, ways.kept) == (Fraction(25, 9), Fraction(4, 25))
    assert ways.carry({"params": 33}).key("work") == (30 * 9, 30 * 25)
