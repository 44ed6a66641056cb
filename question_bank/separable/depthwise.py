"""Whole numbers and a fraction: what a depthwise separable convolution saves."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Int, IntegerEntry, Item, Misconception, RationalEntry, different, engine


class Depthwise(Item):
    """Weights of a standard and of a depthwise separable layer, their exact ratio, and the MACs."""

    title = "Depthwise separable convolution"
    topic = "separable"
    objective = (
        "count weights of a standard and of a depthwise separable layer, their exact ratio and "
        "the work"
    )
    serves = ["5b dsc-params", "5b dsc-macs", "5b dsc-ratio"]

    K = Choice(3, 5, 7)
    C_in = Choice(8, 12, 16, 24, 32, 48, 64, 96, 128)
    C_out = Choice(16, 24, 32, 48, 64, 80, 96, 128, 256)
    H = Int(14, 56, 7)

    where = [different(C_in, C_out)]

    stem = r"""
    A convolution layer with $K \times K$ kernels, $K = <<K>>$, turns $C_\mathrm{in} = <<C_in>>$
    channels into $C_\mathrm{out} = <<C_out>>$. It is to be replaced by a *depthwise* convolution
    (one $<<K>> \times <<K>>$ kernel for each input channel, the channels kept apart) followed by a
    *pointwise* one ($1 \times 1$ kernels that mix the channels). There are no biases. The stride
    is 1, and the input is padded so that all maps have $H \times H$ pixels, $H = <<H>>$.
    """

    standard = IntegerEntry(
        K**2 * C_in * C_out,
        tex=r"N_\mathrm{std}",
        marks=2,
        prompt=r"How many weights $N_\mathrm{std}$ does the standard layer have?",
        misconceptions=[
            Misconception(
                "one input channel",
                K**2 * C_out,
                "Each filter reaches through all <<C_in>> input channels.",
            ),
            Misconception(
                "side not squared",
                K * C_in * C_out,
                r"A kernel has $K \times K = <<K**2>>$ weights for each input channel.",
            ),
            Misconception(
                "channels added",
                K**2 * (C_in + C_out),
                "Every output channel has a kernel for every input channel: multiply.",
            ),
        ],
    )

    separable = IntegerEntry(
        K**2 * C_in + C_in * C_out,
        tex=r"N_\mathrm{dsc}",
        marks=3,
        prompt=r"""
        How many weights $N_\mathrm{dsc}$ do the depthwise and the pointwise convolution have
        together?
        """,
        misconceptions=[
            Misconception(
                "depthwise for each output",
                K**2 * C_out + C_in * C_out,
                "The depthwise kernels belong to the *input* channels; there are <<C_in>> of them.",
            ),
            Misconception(
                "pointwise forgotten",
                K**2 * C_in,
                "The pointwise convolution has a weight for each pair of an input and an output "
                "channel.",
            ),
            Misconception(
                "depthwise forgotten",
                C_in * C_out,
                "The <<C_in>> depthwise kernels have $K^2 = <<K**2>>$ weights each.",
            ),
            Misconception(
                "pointwise without mixing",
                K**2 * C_in + C_out,
                r"A $1 \times 1$ filter still reaches through all <<C_in>> channels.",
            ),
        ],
    )

    ratio = RationalEntry(
        separable / standard,
        tex=r"\rho",
        marks=2,
        prompt=r"""
        What is the ratio $\rho = N_\mathrm{dsc} / N_\mathrm{std}$?
        """,
        misconceptions=[
            Misconception(
                "upside down",
                standard / separable,
                "The depthwise separable layer is the smaller one: the ratio is below 1.",
            ),
            Misconception(
                "input channels",
                Fraction(1) / C_in + Fraction(1) / K**2,
                r"Dividing by $K^2 C_\mathrm{in} C_\mathrm{out}$ leaves "
                r"$1/C_\mathrm{out} + 1/K^2$.",
            ),
            Misconception(
                "limit of many channels",
                Fraction(1) / K**2,
                r"This is only the limit for large $C_\mathrm{out}$: add $1 / C_\mathrm{out}$.",
            ),
            Misconception(
                "share that is saved",
                1 - separable / standard,
                "This is the share of weights that is *saved*.",
            ),
        ],
    )

    macs = IntegerEntry(
        separable * H**2,
        tex="M",
        marks=2,
        prompt=r"""
        Use your answer to (b): how many multiply–accumulates $M$ does the depthwise separable layer
        take for one input? Count a multiplication with a padded zero like any other.
        """,
        misconceptions=[
            Misconception(
                "one row", separable * H, "Every weight is used at all $H^2$ positions of a map."
            ),
            Misconception(
                "multiplications and additions",
                2 * separable * H**2,
                "A multiply–accumulate is one multiplication *and* its addition: count it once.",
            ),
            Misconception(
                "the standard layer",
                standard * H**2,
                r"This is what the standard layer takes: use $N_\mathrm{dsc}$.",
            ),
        ],
    )

    solution = r"""
    A filter of the standard layer has $K^2$ weights for each input channel, and there are
    $C_\mathrm{out}$ filters:
    << working.standard >>
    One depthwise kernel for each input channel, and one pointwise weight for each pair of channels:
    << working.separable >>
    The ratio of the two is
    << working.ratio >>
    which is $1/C_\mathrm{out} + 1/K^2$, whatever $C_\mathrm{in}$. Every weight is
    used once at each of the $H^2$ positions:
    << working.macs >>
    so the cost falls by the same ratio as the number of weights.
    """

    def oracle(self):
        """Count the weights of arrays; add up convolutions of ones, which count multiplications."""
        standard = np.ones((self.C_out, self.C_in, self.K, self.K), dtype=int)
        depthwise = np.ones((self.C_in, 1, self.K, self.K), dtype=int)
        pointwise = np.ones((self.C_out, self.C_in, 1, 1), dtype=int)
        window = np.ones((self.C_in, self.K, self.K), dtype=int)
        spot = np.ones((self.C_in, 1, 1), dtype=int)
        at_one_position = (
            engine.conv2d(window, depthwise, groups=self.C_in).sum()
            + engine.conv2d(spot, pointwise).sum()
        )
        together = depthwise.size + pointwise.size
        return {
            "standard": standard.size,
            "separable": together,
            "ratio": Fraction(together, standard.size),
            "macs": np.full((self.H, self.H), at_one_position).sum(),
        }
