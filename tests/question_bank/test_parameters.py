"""Parameter counts against the checked values of the source exam (its part in each comment)."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
ConvParameters = BANK["parameters/conv_parameters"]
DenseLocalShared = BANK["parameters/dense_local_shared"]


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
