"""Whole numbers and a fraction: what a 1 × 1 convolution in front of a larger kernel saves."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    Item,
    Misconception,
    RationalEntry,
    different,
    engine,
    floor,
)


class Bottleneck(Item):
    """Weights of a branch with and without its bottleneck, the ratio, and the break-even point."""

    title = "A bottleneck in front of a kernel"
    topic = "pointwise"
    objective = (
        "compute what a 1 × 1 bottleneck saves in weights and work, and from how many filters "
        "on it pays"
    )
    serves = ["5c bottleneck-cost", "5c bottleneck-breakeven"]

    k = Choice(3, 5, 7)
    C = Choice(64, 96, 128, 160, 192, 256, tex=r"C_\mathrm{in}")
    b = Choice(8, 12, 16, 24, 32, 48, 64)
    N = Choice(16, 20, 24, 32, 40, 48, 64, 80, 96, 128, tex=r"C_\mathrm{out}")
    H = Choice(7, 8, 14, 16, 28)

    where = [
        3 * b <= C,
        C * b > k**2 * (C - b),  # one filter alone does not pay
        different(N, b),
        different(N, C),
        different(C * b % (k**2 * (C - b)), 0),  # at no whole number are both branches equal
    ]

    stem = r"""
    One branch of an Inception module applies $k \times k$ kernels, $k = <<k>>$, to
    $C_\mathrm{in} = <<C>>$ channels and makes $C_\mathrm{out} = <<N>>$ channels. To save work, a
    $1 \times 1$ convolution in front of it first reduces the input to $b = <<b>>$ channels.
    There are no biases, and all maps have $H \times H$ pixels, $H = <<H>>$ (stride&nbsp;1, padded).

    << network_figure("input", "1 × 1", "k × k", "output") >>
    """

    direct = IntegerEntry(
        k**2 * C * N,
        tex=r"N_\mathrm{direct}",
        marks=1,
        prompt="How many weights would the branch have *without* the bottleneck?",
        misconceptions=[
            Misconception(
                "output channels left out",
                k**2 * C,
                "These are the weights of *one* filter; there are <<N>>.",
            ),
            Misconception(
                "side not squared", k * C * N, r"A kernel has $k \times k$ weights per channel."
            ),
            Misconception(
                "channels added",
                k**2 * (C + N),
                "Each of the filters has a kernel for every input channel: multiply.",
            ),
        ],
    )

    reduced = IntegerEntry(
        C * b + k**2 * b * N,
        tex=r"N_\mathrm{bottle}",
        marks=3,
        prompt="How many weights does it have *with* the bottleneck, in both layers together?",
        misconceptions=[
            Misconception(
                "1 × 1 left out",
                k**2 * b * N,
                r"The $1 \times 1$ convolution has weights too: one for each pair of channels.",
            ),
            Misconception(
                "output channels left out",
                C * b + k**2 * b,
                "The $k \\times k$ layer has <<N>> filters.",
            ),
            Misconception(
                "kernel over all channels",
                C * b + k**2 * C * N,
                "The larger kernel reads only the <<b>> channels that are left.",
            ),
            Misconception(
                "kernel for the 1 × 1",
                k**2 * C * b + k**2 * b * N,
                r"The first layer has kernels of $1 \times 1$: one weight per channel.",
            ),
        ],
    )

    ratio = RationalEntry(
        direct / reduced,
        tex="s",
        marks=1,
        prompt="By which factor $s$ does the bottleneck cut the weights?",
        misconceptions=[
            Misconception(
                "ratio of the channels",
                C / b,
                r"By this factor the $k \times k$ layer shrinks, but the $1 \times 1$ layer is "
                "added.",
            ),
            Misconception("upside down", reduced / direct, "The larger number belongs on top."),
            Misconception(
                "share that is saved",
                1 - reduced / direct,
                "This is the share of the weights that is saved, not the factor.",
            ),
        ],
    )

    macs = IntegerEntry(
        (direct - reduced) * H**2,
        tex="M",
        marks=2,
        carries=(-(10**15), 10**15),
        prompt=r"""
        How many multiply–accumulates (MACs) $M$ does the bottleneck save for one image? Count
        products with padded zeros.
        """,
        misconceptions=[
            Misconception(
                "weights for MACs",
                direct - reduced,
                "Every weight is used at all $H^2$ positions.",
            ),
            Misconception("one row", (direct - reduced) * H, "A map has $H^2$ positions, not $H$."),
            Misconception(
                "what is left",
                reduced * H**2,
                "That is the number of MACs *with* the bottleneck.",
            ),
        ],
    )

    least = IntegerEntry(
        floor(C * b / (k**2 * (C - b))) + 1,
        tex="n",
        marks=2,
        prompt=r"""
        With very few filters in the $k \times k$ layer the bottleneck would not pay. What is the
        least number $n$ of output channels for which it saves weights?
        """,
        misconceptions=[
            Misconception(
                "rounded down",
                floor(C * b / (k**2 * (C - b))),
                "With so few filters the bottleneck still costs more: round up.",
            ),
            Misconception(
                "saving for the cost",
                floor(C * b / (k**2 * b)) + 1,
                "A filter saves the $k^2$ weights of the $C_\\mathrm{in} - b$ channels that it no "
                "longer reads.",
            ),
        ],
    )

    solution = r"""
    Without the bottleneck each of the <<N>> filters has a $k \times k$ kernel for each of the <<C>>
    input channels:
    << working.direct >>
    With it, the $1 \times 1$ layer has a weight for each pair of channels, and the larger kernels
    read $b$ channels:
    << working.reduced >>
    << working.ratio >>
    Every weight is used at all $H^2$ positions, so the saving in MACs is
    << working.macs >>
    The bottleneck costs $C_\mathrm{in} b = <<C * b>>$ weights once, and saves
    $k^2 (C_\mathrm{in} - b) = <<k**2 * (C - b)>>$ weights for each filter. It pays from the first
    whole number of filters above the quotient of the two:
    << working.least >>
    """

    def oracle(self):
        """Count the entries of weight arrays, and add up what one position multiplies."""

        def shapes(filters):
            whole = np.ones((filters, self.C, self.k, self.k), dtype=np.int8)
            first = np.ones((self.b, self.C, 1, 1), dtype=np.int8)
            second = np.ones((filters, self.b, self.k, self.k), dtype=np.int8)
            return whole, first, second

        def window(layer):
            return np.ones(layer.shape[1:], dtype=int)

        layers = shapes(self.N)
        whole, first, second = (int(engine.conv2d(window(w), w).sum()) for w in layers)
        paying = next(
            filters
            for filters in range(1, 200)
            if shapes(filters)[0].size > shapes(filters)[1].size + shapes(filters)[2].size
        )
        return {
            "direct": layers[0].size,
            "reduced": layers[1].size + layers[2].size,
            "ratio": Fraction(layers[0].size, layers[1].size + layers[2].size),
            "macs": np.full((self.H, self.H), whole - first - second).sum(),
            "least": paying,
        }
