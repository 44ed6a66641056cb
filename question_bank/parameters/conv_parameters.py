"""A shape, a count and a size in memory: the parameters of one convolution layer."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    DecimalEntry,
    IntegerEntry,
    Item,
    Misconception,
    ShapeEntry,
    different,
)


class ConvParameters(Item):
    """Weight tensor, parameter count and memory of a convolution with a rectangular kernel."""

    title = "Parameters of a convolution layer"
    topic = "parameters"
    objective = (
        "give the weight tensor, the number of parameters and the memory of a convolution layer"
    )
    serves = ["3a conv-params", "4c conv-params", "4c weight-tensor-shape"]

    H = Choice(28, 56, 64, 112)
    C_in = Choice(3, 16, 32, 64, 128)
    C_out = Choice(24, 48, 64, 96, 128)
    K_h = Choice(1, 3, 5, 7)
    K_w = Choice(1, 3, 5, 7)
    B = Choice(2, 4, 8)

    where = [different(K_h, K_w), different(C_in, C_out)]  # else a swap cannot be seen

    stem = r"""
    A convolution layer turns an input of $C_\mathrm{in} = <<C_in>>$ channels, each of
    $<<H>> \times <<H>>$ pixels, into $C_\mathrm{out} = <<C_out>>$ channels. Its kernels have
    the height $K_h = <<K_h>>$ and the width $K_w = <<K_w>>$; stride and dilation are 1, there are
    no groups, and every output channel has one bias. Parameters are stored as $<<8 * B>>$-bit
    floating-point numbers.
    """

    weight = ShapeEntry(
        (C_out, C_in, K_h, K_w),
        axes=("out", "in", "height", "width"),
        marks=2,
        prompt=r"""
        Give the shape of the weight tensor in the order output channels, input channels, kernel
        height, kernel width.
        """,
        misconceptions=[
            Misconception(
                "swapped the channels",
                (C_in, C_out, K_h, K_w),
                "There is one filter for each *output* channel: the first axis has <<C_out>> "
                "entries.",
            ),
            Misconception(
                "swapped the sides",
                (C_out, C_in, K_w, K_h),
                "Height (rows) comes before width (columns).",
            ),
            Misconception(
                "flat filters",
                (C_out, 1, K_h, K_w),
                "A filter is as deep as its input: it has weights for each of the <<C_in>> input "
                "channels.",
            ),
            Misconception(
                "shape of the image",
                (C_out, C_in, H, H),
                "Weights belong to the kernel; the size of the image plays no part.",
            ),
        ],
    )

    params = IntegerEntry(
        (K_h * K_w * C_in + 1) * C_out,
        tex="N",
        marks=3,
        prompt="How many parameters $N$ does the layer have, biases included?",
        misconceptions=[
            Misconception(
                "forgot bias",
                K_h * K_w * C_in * C_out,
                "Each of the <<C_out>> output channels has a bias too.",
            ),
            Misconception(
                "one bias for all",
                K_h * K_w * C_in * C_out + 1,
                "Every output channel has a bias of its own: <<C_out>>, not one.",
            ),
            Misconception(
                "a bias per input channel",
                (K_h * K_w + 1) * C_in * C_out,
                "A filter adds up all its input channels and then adds one bias.",
            ),
            Misconception(
                "flat filters",
                (K_h * K_w + 1) * C_out,
                "A filter has $K_h K_w$ weights for *each* of the <<C_in>> input channels.",
            ),
            Misconception(
                "weights at every pixel",
                (K_h * K_w * C_in + 1) * C_out * H**2,
                "The same weights are used at every position: the size of the image plays no part.",
            ),
        ],
    )

    memory = DecimalEntry(
        params * B / 1000,
        digits=3,
        tex="m",
        unit="kB",
        marks=3,
        prompt=r"""
        How much memory $m$ do the parameters take, in kilobytes
        (1&nbsp;kB&nbsp;=&nbsp;1000&nbsp;bytes of 8&nbsp;bits)?
        """,
        misconceptions=[
            Misconception(
                "counted bits",
                params * 8 * B / 1000,
                "These are kilobits: a byte has 8 bits.",
            ),
            Misconception(
                "one byte each",
                params / 1000,
                "A $<<8 * B>>$-bit number takes <<B>> bytes.",
            ),
            Misconception(
                "divided by 1024",
                params * B / 1024,
                "That gives kibibytes (KiB). Here a kilobyte is 1000 bytes.",
            ),
        ],
    )

    solution = r"""
    Each of the <<C_out>> output channels has a filter of its own, and each filter has
    $<<K_h>> \times <<K_w>>$ weights for each of the <<C_in>> input channels: the weight tensor is
    $<<C_out>> \times <<C_in>> \times <<K_h>> \times <<K_w>>$. The size of the image plays no part.

    A filter together with its bias has $K_h K_w C_\mathrm{in} + 1$ parameters, so
    << working.params >>
    A $<<8 * B>>$-bit number takes $B = <<B>>$&nbsp;bytes, and a kilobyte is 1000&nbsp;bytes:
    << working.memory >>
    """

    def oracle(self):
        """Make the arrays and let NumPy count their entries and bytes."""
        number = np.dtype(f"f{self.B}")
        filters = [
            np.zeros((self.C_in, self.K_h, self.K_w), dtype=number) for _ in range(self.C_out)
        ]
        weight, bias = np.stack(filters), np.zeros(len(filters), dtype=number)
        kilobyte = np.zeros(1000, dtype=np.uint8).nbytes
        return {
            "weight": weight.shape,
            "params": weight.size + bias.size,
            "memory": Fraction(weight.nbytes + bias.nbytes, kilobyte),
        }
