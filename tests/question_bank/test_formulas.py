"""The item models that ask for formulas, against values and formulas worked out by hand."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
SizeFormula = BANK["shapes/size_formula"]
StackFormula = BANK["receptive_field/stack_formula"]
CostFormula = BANK["deformable/cost_formula"]
RatioFormula = BANK["separable/ratio_formula"]
Bottleneck = BANK["pointwise/bottleneck_formula"]
SampleFormula = BANK["bilinear/sample_formula"]


def verdict(item, part, text):
    kind = item.part(part).kind
    return kind.judge(kind.read(text), item.key(part)).verdict


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"W": 64, "K": 3, "S": 2, "P": 1, "D": 2}, 31),
        ({"W": 227, "K": 4, "S": 5, "P": 3, "D": 4}, 45),
        ({"W": 100, "K": 7, "S": 3, "P": 4, "D": 3}, 30),
    ],
)
def test_output_size(values, expected):
    item = SizeFormula.at(**values)
    assert item.side == item.rule == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("floor((W + 2P - 2K + 1)/S) + 1", "right"),
        ("⌊(W − 2(K − 1) − 1 + 2P)/S⌋ + 1", "right"),
        ("floor((W - 2K + 2P + 1 + S)/S)", "right"),
        ("ceil((W + 2P - 2K + 2)/S)", "right"),
        ("(W + 2P - 2K + 1 - mod(W + 2P - 2K + 1, S))/S + 1", "right"),
        ("floor((W + 2P - 2K)/S) + 1", "wrong"),
        ("floor((W + 2P - 2K + 1)/S + 1/2) + 1", "wrong"),
        ("(W + 2P - 2K + 1)/S + 1", "wrong"),
    ],
)
def test_forms_of_the_output_size(text, expected):
    assert verdict(SizeFormula.at(W=64, K=3, S=2, P=1, D=2), "rule", text) == expected


def test_a_stack_of_three_by_three():
    item = StackFormula.at(K=3, L=2, C=64)
    assert (item.field, item.large, item.saved) == (5, 25 * 64**2, (25 - 18) * 64**2)
    assert verdict(item, "field", "2L + 1") == "right"
    assert verdict(item, "large", "(C (2L+1))^2") == "right"
    assert verdict(item, "large", "C^2 (4L^2 + 1)") == "wrong"


def test_a_wrong_field_is_carried_into_formula_and_number():
    item = StackFormula.at(K=3, L=2, C=16).carry({"field": "3*L"})
    assert verdict(item, "large", "9 L^2 C^2") == "right"
    item = item.carry({"large": "9*L^2*C^2"})
    assert item.saved == (36 - 18) * 256


@pytest.mark.parametrize(("M", "total"), [(1, 52_992), (256, 640_512)])
def test_cost_of_offsets(M, total):
    """6a, deform-cost-ratio: 41,472 + 9,216 + 2,304 M multiplications with 256 channels."""
    item = CostFormula.at(C=256, M=M, K=3, k=3, G=1, t=10)
    assert (item.offsets, item.number) == (41_472, total)
    assert item.ratio == 1 + Fraction(22, M)
    assert item.least == 220
    assert verdict(item, "offsets", "162 C") == "right"
    assert verdict(item, "offsets", "9 C") == "wrong"
    assert verdict(item, "ratio", "1 + 22/M") == "right"
    assert verdict(item, "ratio", "1 + 18/M") == "wrong"


def test_a_total_without_interpolation_is_carried_into_the_ratio():
    """162 C + 9 CM against 9 CM; what it is divided by may stay in the student's formula."""
    item = CostFormula.at(C=16, M=20, K=3, k=3, G=1, t=10).carry({"total": "162*C + 9*C*M"})
    assert verdict(item, "ratio", "1 + 18/M") == "right"
    assert verdict(item, "ratio", "(162 C + 9 C M)/(9 C M)") == "right"
    assert verdict(item, "ratio", "1 + 22/M") == "wrong"
    named = {wrong.name: value for wrong, value in item.wrong_answers("ratio")}
    assert named == {"extra work alone": "22/M", "upside down": "M/(M + 22)"}


def test_offsets_of_groups_read_all_channels():
    """4 groups with 25 taps and 2 offsets each are 200, of 9 C products each; the stem says so."""
    item = CostFormula.at(C=64, M=60, K=5, k=3, G=4, t=8)
    assert verdict(item, "offsets", "1800 C") == "right"
    assert verdict(item, "offsets", "450 C") == "wrong"  # if each group read its 16 channels only
    assert "which reads all $C$ channels" in " ".join(Wording(item).stem.split())


def test_depthwise_separable_ratio():
    """5b, dsc-params, dsc-ratio and dsc-inverse."""
    item = RatioFormula.at(K=3, C=128, M=256, t=8)
    assert (item.separated, item.number, item.ratio) == (33_920, 33_920, Fraction(265, 2304))
    assert item.least == 72
    assert verdict(item, "separated", "C (K^2 + M)") == "right"
    assert verdict(item, "ratio", "1/M + 1/K^2") == "right"
    assert verdict(item, "ratio", "1/C + 1/K^2") == "wrong"
    assert verdict(item, "ratio", "1/(M + K^2)") == "wrong"


def test_weights_without_mixing_are_carried_into_a_ratio_that_keeps_the_channels():
    item = RatioFormula.at(K=3, C=16, M=20, t=8)
    assert verdict(item, "ratio", "(K^2 C + C M)/(K^2 C M)") == "right"
    item = item.carry({"separated": "K^2*C + M"})
    assert verdict(item, "ratio", "1/M + 1/(K^2 C)") == "right"
    assert verdict(item, "ratio", "1/M + 1/K^2") == "wrong"


@pytest.mark.parametrize(
    ("N", "direct", "squeezed"), [(64, 557_056, 172_032), (128, 1_114_112, 311_296)]
)
def test_bottleneck_of_the_source(N, direct, squeezed):
    """5c, bottleneck-cost: the output channels that the source leaves out are counted."""
    item = Bottleneck.at(N=N, C=256, B=64, K1=3, K2=5)
    assert (item.direct, item.squeezed, item.saved) == (direct, squeezed, direct - squeezed)
    assert (item.equal, item.least) == (Fraction(32_768, 6528), 6)
    assert verdict(item, "direct", "8704 N") == "right"
    assert verdict(item, "squeezed", "32768 + 2176 N") == "right"
    assert verdict(item, "squeezed", "34944") == "wrong"


def test_sample_of_the_source():
    """6c, bilinear-sample and bilinear-symbolic: pixels 11², 12², 16², 17² at (1.7, 2.3)."""
    item = SampleFormula.at(f="7/10", g="3/10", TL=121, TR=144, BL=256, BR=289)
    assert item.sample == item.value == Fraction(1797, 10)
    assert item.slope_x == 23 * Fraction(7, 10) + 33 * Fraction(3, 10)
    assert verdict(item, "slope_x", "(1 - g)*(144 - 121) + g*(289 - 256)") == "right"
    assert verdict(item, "slope_x", "23 + 10 g") == "right"
    assert verdict(item, "slope_x", "23 + 10 f") == "wrong"


def test_where_a_slope_vanishes():
    """Slope 2 above and −4 below: a third of the way down."""
    assert SampleFormula.at(f="3/5", g="7/10", TL=5, TR=7, BL=8, BR=4).flat == Fraction(1, 3)


def test_a_sample_may_be_the_mean_of_its_pixels_elsewhere_too():
    """(9 + 105 + 189 + 147) / 100 is the mean of 1, 5, 9 and 3, far from the middle."""
    item = SampleFormula.at(f="7/10", g="7/10", TL=1, TR=5, BL=9, BR=3)
    assert item.value == Fraction(9, 2)
    assert "only" not in " ".join(Wording(item).feedback(item.part("value")))
