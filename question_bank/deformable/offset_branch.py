"""Whole numbers and a fraction: what the offsets of a deformable convolution cost."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Int, IntegerEntry, Item, Misconception, RationalEntry, different, engine


class OffsetBranch(Item):
    """Channels, parameters and output of the offset branch, and the cost ratio to a plain layer."""

    title = "The cost of deforming"
    topic = "deformable"
    objective = (
        "count channels, parameters and outputs of an offset branch, and the work of a "
        "deformable layer against an ordinary one"
    )
    serves = [
        "6a deform-offset-channels",
        "6a deform-offset-branch-params",
        "6a deform-offset-memory",
        "6a deform-cost-ratio",
    ]

    k = Choice(3, 5, 7)
    C_in = Choice(4, 8, 16, 32, 64, 128)
    C_out = Choice(8, 16, 24, 32, 48, 64, 96, 128)
    H = Int(12, 40, 4)

    where = [different(C_in, C_out)]

    stem = r"""
    A deformable convolution has $<<k>> \times <<k>>$ kernels ($k = <<k>>$), $C_\mathrm{in} =
    <<C_in>>$ input channels and $C_\mathrm{out} = <<C_out>>$ output channels; its outputs have
    $H \times H$ pixels, $H = <<H>>$. All channels share their sampling points (one offset group).

    The offsets come from an *offset branch*: a standard convolution over the same input, with
    $<<k>> \times <<k>>$ kernels as well and one bias for each of its output channels. At every
    output position it gives $\Delta y$ and $\Delta x$ for each tap of the kernel.
    """

    channels = IntegerEntry(
        2 * k**2,
        tex="c",
        marks=1,
        prompt="How many output channels $c$ does the offset branch have?",
        misconceptions=[
            Misconception(
                "one for each tap", k**2, r"Each tap needs two numbers, $\Delta y$ and $\Delta x$."
            ),
            Misconception(
                "two for each side",
                2 * k,
                r"The kernel has $k^2 = <<k**2>>$ taps, each with its own offset.",
            ),
            Misconception(
                "for each input channel",
                2 * k**2 * C_in,
                "All <<C_in>> channels are read at the same points.",
            ),
        ],
    )

    parameters = IntegerEntry(
        (k**2 * C_in + 1) * channels,
        tex="N",
        marks=3,
        prompt="How many parameters $N$ does the offset branch have, biases included?",
        misconceptions=[
            Misconception(
                "offsets for parameters",
                2 * k**2,
                "The offsets are computed *from the input*; the parameters are the weights and "
                "biases that compute them.",
            ),
            Misconception(
                "forgot the biases",
                k**2 * C_in * channels,
                "Each of the $c$ channels of the branch owns a bias too.",
            ),
            Misconception(
                "one input channel",
                (k**2 + 1) * channels,
                "The branch reads all <<C_in>> input channels.",
            ),
            Misconception(
                "channels of the output",
                (k**2 * C_in + 1) * C_out,
                "These are the parameters of the main kernel: the branch has $c$ channels, not "
                "<<C_out>>.",
            ),
        ],
    )

    offsets = IntegerEntry(
        channels * H**2,
        tex="n",
        marks=1,
        prompt="How many numbers $n$ does the offset branch put out for one image?",
        misconceptions=[
            Misconception(
                "the same everywhere",
                channels * 1,
                "Every one of the $H^2$ output positions gets offsets of its own.",
            ),
            Misconception(
                "one row", channels * H, "There are $H^2$ output positions, each with its offsets."
            ),
            Misconception(
                "for each output channel",
                channels * H**2 * C_out,
                "All output channels share the sampling points.",
            ),
        ],
    )

    ratio = RationalEntry(
        1 + Fraction(1) * channels / C_out + Fraction(4) / C_out,
        tex=r"\rho",
        marks=4,
        prompt=r"""
        Count multiplications for one output position: those of the offset branch, four for every
        value that is read by bilinear interpolation (a tap in one channel; its four weights are
        given), and those of the kernel itself. What is the ratio $\rho$ of their number to that of
        a standard convolution with the same kernel?
        """,
        misconceptions=[
            Misconception(
                "branch with one channel",
                1 + Fraction(5) / C_out,
                "The offset branch has $c$ output channels, and each of them costs "
                r"$k^2 C_\mathrm{in}$ multiplications.",
            ),
            Misconception(
                "interpolation forgotten",
                1 + Fraction(1) * channels / C_out,
                r"Reading $k^2 C_\mathrm{in}$ values between pixels takes four multiplications "
                "each.",
            ),
            Misconception(
                "interpolation for each filter",
                5 + Fraction(1) * channels / C_out,
                "The sampled values are the same for all <<C_out>> filters: interpolate once.",
            ),
            Misconception(
                "overhead only",
                Fraction(1) * channels / C_out + Fraction(4) / C_out,
                "The multiplications by the kernel itself come on top: add 1.",
            ),
        ],
    )

    solution = r"""
    Each of the $k^2$ taps needs two numbers:
    << working.channels >>
    The branch is an ordinary layer with that many filters:
    << working.parameters >>
    Its output is computed anew at every position:
    << working.offsets >>
    For one output position a standard layer takes $k^2 C_\mathrm{in} C_\mathrm{out}$
    multiplications. The branch adds $k^2 C_\mathrm{in} \cdot c$, and the interpolation
    $4 k^2 C_\mathrm{in}$. Divided by the cost of the standard layer this makes
    << working.ratio >>
    The more output channels, the less the deformation weighs.
    """

    def oracle(self):
        """Count weights in arrays; convolutions of ones add up to the number of multiplications."""
        taps = [(row, column) for row in range(self.k) for column in range(self.k)]
        branch = [(tap, axis) for tap in taps for axis in ("down", "right")]
        window = np.ones((self.C_in, self.k, self.k), dtype=int)
        filters = np.ones((len(branch), self.C_in, self.k, self.k), dtype=int)
        kernels = np.ones((self.C_out, self.C_in, self.k, self.k), dtype=int)
        plain = int(engine.conv2d(window, kernels).sum())
        deformed = plain + int(engine.conv2d(window, filters).sum()) + 4 * window.size
        return {
            "channels": len(branch),
            "parameters": filters.size + len(branch),
            "offsets": np.ones((len(branch), self.H, self.H)).size,
            "ratio": Fraction(deformed, plain),
        }
