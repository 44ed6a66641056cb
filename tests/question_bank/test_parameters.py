"""Parameter counts against the checked values of the source exam (its part in each comment)."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ConvParameters = BANK["parameters/conv_parameters"]
DenseLocalShared = BANK["parameters/dense_local_shared"]
DenseMemory = BANK["parameters/dense_memory"]
DataScaling = BANK["parameters/data_scaling"]
Scaling = BANK["parameters/scaling"]
MemoryBudget = BANK["parameters/memory_budget"]
MlpStack = BANK["parameters/mlp_stack"]
FindTheLayer = BANK["parameters/find_the_layer"]


def conv(*, k, c_in, c_out, height=227):
    """A layer with a square kernel and 32-bit parameters."""
    return ConvParameters.at(H=height, C_in=c_in, C_out=c_out, K_h=k, K_w=k, B=4)


@pytest.mark.parametrize(
    ("k", "c_in", "c_out", "weights", "with_bias"),
    [
        (3, 3, 64, 1728, 1792),  # 3a
        (11, 3, 1, 363, 364),  # 4c: one filter
        (11, 3, 96, 34_848, 34_944),  # 4c: AlexNet conv1
    ],
)
def test_conv_params(k, c_in, c_out, weights, with_bias):
    layer = conv(k=k, c_in=c_in, c_out=c_out)
    assert layer.params == with_bias
    wrong = {wrong.name: value for wrong, value in layer.wrong_answers("params")}
    assert wrong["forgot bias"] == weights


def test_weight_tensor_shape():
    assert conv(k=11, c_in=3, c_out=96).weight == (96, 3, 11, 11)  # 4c


def test_a_rectangular_kernel_by_hand():
    layer = ConvParameters.at(H=28, C_in=3, C_out=24, K_h=1, K_w=5, B=2)
    assert layer.weight == (24, 3, 1, 5)
    assert layer.params == 384  # 24 filters of 15 weights and a bias
    assert layer.memory == Fraction(96, 125)  # 768 bytes


def test_memory_takes_exact_and_rounded_answers():
    layer = conv(k=11, c_in=3, c_out=96)  # 139,776 bytes
    kind = type(layer).declaration.parts["memory"].kind
    for text in ("139.776", "140", "139.8"):
        assert kind.judge(kind.read(text), layer.key("memory")).verdict == "right", text
    for text in ("136.5", "139.0"):  # kibibytes; rounded wrongly
        assert kind.judge(kind.read(text), layer.key("memory")).verdict == "wrong", text


def test_fc_local_shared_chain():
    """3a: a million pixels and 10,000 units; a stride of 10 makes 100 × 100 of them."""
    chain = DenseLocalShared.at(H=1000, C_in=1, C_out=1, K=3, S=10)
    assert (chain.dense, chain.local, chain.shared) == (10_000_000_000, 90_000, 9)
    assert chain.outputs == 10_000  # 1a, fc-params: as many biases
    assert 1 - 1 / Fraction(chain.ratio) == Fraction(999_991, 1_000_000)  # 3a, percent-reduction


def test_fc_params():
    """3a: an RGB image of 1000 × 1000 into 64 units, here 64 channels of a single position."""
    chain = DenseLocalShared.at(H=1000, C_in=3, C_out=64, K=3, S=1000)
    assert chain.outputs == 64
    assert chain.dense == 192_000_000
    assert chain.shared == 1728  # 3a, conv-params without bias


def test_a_small_chain_by_hand():
    """4 × 4 pixels in 2 channels, windows of 3: 2 × 2 positions in each of 3 channels."""
    chain = DenseLocalShared.at(H=4, C_in=2, C_out=3, K=3, S=1)
    assert (chain.outputs, chain.dense, chain.local, chain.shared) == (12, 384, 216, 54)
    assert chain.ratio == Fraction(16, 9)


def test_the_ratio_follows_own_counts():
    chain = DenseLocalShared.at(H=4, C_in=2, C_out=3, K=3, S=1)
    assert chain.carry({"dense": 192, "local": 72}).key("ratio") == Fraction(8, 3)


def large_layer(*, batch=1):
    """The layer of 1a: 1000 × 1000 pixels of one channel into 10,000 units, 4 bytes a number."""
    return DenseMemory.at(H=1000, W=1000, C=1, n=10_000, B=batch, b=4)


def test_fc_params_and_macs():
    layer = large_layer()
    assert layer.params == 10_000_010_000  # 1a, with its 10,000 biases
    assert layer.macs == 10_000_000_000


def test_fc_memory():
    """1a: 40 GB of weights, 37.25 GiB, here in MB; 32 images have 320,000 outputs."""
    layer = large_layer(batch=32)
    memory = layer.part("memory").kind
    assert memory.match(40_000, layer.memory)
    assert not memory.match(Fraction("37252.9"), layer.memory)
    assert layer.outputs == 1280


@pytest.mark.parametrize(
    ("twice_alpha", "factor"),
    [(1, 2), (2, 4), (3, 8), (4, 16)],  # 1a: the tenfold rule is linear, the other quadratic
)
def test_data_scaling_law(twice_alpha, factor):
    """A network four times as large."""
    law = DataScaling.at(a=twice_alpha, q=2, v=3, e=twice_alpha, t=5, p=2, m=4)
    assert law.factor == factor
    assert law.growth == 9
    assert law.fitted == Fraction(twice_alpha, 2)


def test_resolution_scaling():
    """1a and 3a: twice the side leaves the weights of a convolution as they are."""
    net = Scaling.at(S=8, C=3, F=4, n=10, K=3, Q=5, r=2, m=2)
    assert net.counts.tolist() == [108, 6912, 256, 2560]
    assert net.image.tolist() == [1, 4, 4, 4]
    assert net.channels.tolist() == [4, 4, 2, 2]
    assert net.kernel.tolist() == [Fraction(25, 9), Fraction(25, 9), 1, 1]


def test_mlp_budget_inverse():
    """1a: with biases the layer of 10,000 units no longer fits into 40 GB."""
    budget = MemoryBudget.at(D=1000, C=1, b=4, M=40_000, K=3, u=5000)
    assert budget.units == 9999
    assert budget.filters == 1_000_000_000  # of 10 parameters each
    assert budget.channels == 1  # 2,000,000 numbers a unit: a bias and 1,999,999 weights


def test_a_bias_must_not_cost_the_channel_that_is_new():
    """312,500 numbers a unit are 5 channels of 250² pixels: with a bias only the 4 of now fit."""
    item = MemoryBudget.at(D=250, C=4, b=8, M=40, K=3, u=16)
    assert item.channels == 4
    assert not item.legal()


def test_mlp_stack_params():
    """1a: 1,000,000 – 10,000 – 10, and one more layer of two units."""
    stack = MlpStack.at(d_0=1_000_000, d_1=10_000, d_2=10, d_3=2)
    assert stack.layers.tolist() == [10_000_010_000, 100_010, 22]
    assert stack.layers[0] + stack.layers[1] == 10_000_110_010
    assert stack.total == 10_000_110_032
    small = MlpStack.at(d_0=4, d_1=3, d_2=2, d_3=1)
    assert small.layers.tolist() == [15, 8, 3]
    assert small.share == Fraction(750, 13)


def test_conv_params_inverse():
    """3a: 64 filters of 3 × 3 on RGB have 1792 parameters; conv1 of AlexNet from its 34,944."""
    gaps = FindTheLayer.at(C=3, K=3, F=64, A=3, Q=11, G=96, B=128, T=1, M=64, W=1000)
    assert (gaps.first, gaps.second, gaps.third) == (1792, 34_944, 8256)
    assert (gaps.filters, gaps.kernel, gaps.channels) == (64, 11, 128)
    assert gaps.factor == 990**2


def test_sharing_factor():
    """1c and 3a: a 3 × 3 pattern at each of 998 × 998 places."""
    gaps = FindTheLayer.at(C=3, K=3, F=64, A=1, Q=3, G=96, B=128, T=1, M=64, W=1000)
    assert gaps.factor == 996_004
    assert gaps.factor * 9 == 8_964_036  # position-detectors-cost: unshared weights
    assert gaps.carry({"kernel": 5}).key("factor") == 996**2
