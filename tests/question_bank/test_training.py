"""The cost of training against the checked values of the source exam (its part in each comment)."""

from fractions import Fraction

from examgen.bank.load import Bank
from examgen.resources import bundled

TrainingMemory = Bank(bundled("question_bank"))["training/memory"]


def test_training_memory_of_alexnet_conv1_with_same_padding():
    """1a and 4c: 34,944 parameters of 4 bytes in four arrays; 96 channels for each image."""
    layer = TrainingMemory.at(N=1, H=64, C_in=3, C_out=96, K=11)
    assert layer.states == Fraction(34_944 * 16, 1000)
    assert layer.output == Fraction(3, 2)  # 2^12 pixels, 96 = 3 · 2^5 channels, 2^2 bytes
    assert layer.work == Fraction(363 * 96 * 4096, 10**9)


def test_adam_keeps_two_averages():
    """1a, train-memory: values and gradients make two arrays, Adam makes four."""
    layer = TrainingMemory.at(N=8, H=32, C_in=16, C_out=32, K=3)
    wrong = {one.name: value for one, value in layer.wrong_answers("states")}
    assert layer.states == 4 * wrong["values only"] == 2 * wrong["averages only"]
    assert layer.states == Fraction(145 * 32 * 4 * 4, 1000)
