"""Whole numbers and fractions: thinner and smaller MobileNets, and how far separation can go."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    Item,
    Misconception,
    RationalEntry,
    ceiling,
    different,
    engine,
)


class Mobilenet(Item):
    """MACs of a depthwise separable layer under both multipliers, and a wanted saving."""

    title = "Thinner and smaller"
    topic = "separable"
    objective = (
        "compute the work of a depthwise separable layer under width and resolution "
        "multipliers, and the width for a wanted saving"
    )
    serves = ["5b mobilenet-multipliers", "5b dsc-macs", "5b dsc-inverse"]

    K = Choice(3, 5)
    C_in, C_out = Choice(32, 64, 96, 128), Choice(64, 128, 160, 192, 256)
    H = Choice(16, 24, 32, 48)
    alpha = Choice("1/4", "1/2", "3/4", tex=r"\alpha")
    rho = Choice("1/2", "3/4", tex=r"\rho")
    t = Choice(4, 5, 6, 7, 8, 10, 12, 15, 20)

    where = [
        different(C_in, C_out),
        different(alpha, rho),
        t < K**2,
    ]

    stem = r"""
    A depthwise separable convolution (a $K \times K$ kernel for each input channel, $K = <<K>>$,
    then $1 \times 1$ kernels that mix the channels) turns $C_\mathrm{in} = <<C_in>>$ channels into
    $C_\mathrm{out} = <<C_out>>$ channels. Its maps have $H \times H$ pixels, $H = <<H>>$
    (stride&nbsp;1, padded), and there are no biases.

    MobileNets come in smaller versions: the *width multiplier* $\alpha$ multiplies the number of
    channels before and behind every layer, the *resolution multiplier* $\rho$ multiplies the side
    of all maps. Count products with padded zeros.
    """

    full = IntegerEntry(
        H**2 * (K**2 * C_in + C_in * C_out),
        tex="M",
        marks=1,
        prompt="How many multiply–accumulates (MACs) $M$ does the layer take for one image?",
        misconceptions=[
            Misconception(
                "standard convolution",
                H**2 * K**2 * C_in * C_out,
                "The two steps are done one after the other: their costs add up.",
            ),
            Misconception(
                "pointwise forgotten",
                H**2 * K**2 * C_in,
                "The $1 \\times 1$ kernels have a weight for each pair of channels.",
            ),
            Misconception(
                "weights only",
                K**2 * C_in + C_in * C_out,
                "Every weight is used at all $H^2$ positions.",
            ),
        ],
    )

    thin = alpha * C_in
    small = IntegerEntry(
        (rho * H) ** 2 * (K**2 * thin + thin * alpha * C_out),
        tex="M'",
        marks=3,
        prompt=r"""
        How many MACs $M'$ does it take with $\alpha = <<alpha | decimal>>$ and
        $\rho = <<rho | decimal>>$?
        """,
        misconceptions=[
            Misconception(
                "both squared everywhere",
                rho**2 * alpha**2 * full,
                r"The depthwise step has only one factor $\alpha$: each of its kernels reads one "
                "channel.",
            ),
            Misconception(
                "alpha times rho",
                alpha * rho * full,
                r"A map has two sides, and the $1 \times 1$ kernels join two sets of channels.",
            ),
            Misconception(
                "side not squared",
                rho * H**2 * (K**2 * thin + thin * alpha * C_out),
                r"The side of the maps shrinks by $\rho$, so their area shrinks by $\rho^2$.",
            ),
            Misconception(
                "input channels only",
                (rho * H) ** 2 * (K**2 * thin + thin * C_out),
                "The layer puts out fewer channels as well.",
            ),
        ],
    )

    share = RationalEntry(
        C_out / (C_out + K**2),
        tex="p",
        marks=2,
        prompt=r"""
        What share $p$ of the MACs of the *full* layer, without multipliers, falls to the
        $1 \times 1$ kernels?
        """,
        misconceptions=[
            Misconception(
                "depthwise share",
                K**2 / (C_out + K**2),
                "This is the share of the depthwise step.",
            ),
            Misconception(
                "ratio of the steps",
                C_out / K**2,
                "Divide by the cost of *both* steps, not by that of the other one.",
            ),
            Misconception(
                "input channels",
                C_in / (C_in + K**2),
                r"Both steps have the factor $C_\mathrm{in}$; what is left is $C_\mathrm{out}$ "
                "against $K^2$.",
            ),
        ],
    )

    limit = t * K**2 / (K**2 - t)
    least = IntegerEntry(
        ceiling(limit),
        tex="n",
        marks=3,
        prompt=r"""
        A depthwise separable layer is to take at most $1/<<t>>$ of the MACs of the standard layer
        that it replaces ($t = <<t>>$). What is the least number $n$ of output channels for which
        this is so?
        """,
        misconceptions=[
            Misconception(
                "one channel short",
                ceiling(limit) - 1,
                r"Put this number into $1/n + 1/K^2$: the sum is still above $1/t$.",
            ),
            Misconception(
                "kernel left out",
                t * 1,
                r"The depthwise step costs as well: $1/n + 1/K^2 \le 1/t$.",
            ),
            Misconception(
                "product of both",
                t * K**2,
                r"The two parts of the ratio are added: $1/n \le 1/t - 1/K^2$.",
            ),
        ],
    )

    solution = r"""
    The depthwise step takes $K^2 C_\mathrm{in}$ products at each position, the other one
    $C_\mathrm{in} C_\mathrm{out}$:
    << working.full >>
    With the multipliers the layer turns $\alpha C_\mathrm{in} = <<thin>>$ channels into
    $\alpha C_\mathrm{out} = <<alpha * C_out>>$, on maps of side $\rho H = <<rho * H>>$:
    << working.small >>
    In the full layer the $1 \times 1$ kernels take
    $C_\mathrm{in} C_\mathrm{out} / (K^2 C_\mathrm{in} + C_\mathrm{in} C_\mathrm{out})$ of the MACs:
    << working.share >>
    The separable layer takes $1/n + 1/K^2$ of the MACs of the standard one. This is at most $1/t$
    where $1/n \le 1/t - 1/K^2$, that is
    $$n \ge \frac{t K^2}{K^2 - t} = <<limit>>\,,$$
    and the least such number is $n = <<least>>$.
    """

    def oracle(self):
        """Add up convolutions of ones, which count products; and try numbers of channels."""

        def products(channels, filters):
            depthwise = np.ones((channels, 1, self.K, self.K), dtype=int)
            window = np.ones((channels, self.K, self.K), dtype=int)
            first = engine.conv2d(window, depthwise, groups=channels)
            second = engine.conv2d(np.ones_like(first), np.ones((filters, channels, 1, 1), int))
            return int(first.sum()), int(second.sum())

        one, other = products(self.C_in, self.C_out)
        thin = products(int(self.alpha * self.C_in), int(self.alpha * self.C_out))
        side = len(np.arange(self.H)) * self.rho
        return {
            "full": (one + other) * self.H * self.H,
            "small": sum(thin) * side * side,
            "share": Fraction(other, one + other),
            "least": next(
                n
                for n in range(1, 1000)
                if (self.K**2 + n) * self.t <= n * self.K**2  # for one input channel
            ),
        }
