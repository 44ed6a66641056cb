"""Formulas for what the offsets of a deformable convolution cost, and a number from them."""

from fractions import Fraction

import numpy as np

from examgen import Choice, FormulaEntry, IntegerEntry, Item, Misconception, ceiling, engine


class CostFormula(Item):
    """Extra multiplications of a deformable layer, their share, and when it becomes small."""

    title = "What do offsets cost?"
    topic = "deformable"
    objective = (
        "write the multiplications of a deformable layer as formulas and tell from which width "
        "on the extra work is small"
    )
    serves = ["6a deform-cost-ratio"]

    C = Choice(16, 24, 32, 48, 64, 96)
    M = Choice(20, 40, 60, 80, 120, 160)
    K = Choice(2, 3, 5)
    k = Choice(1, 3)
    G = Choice(1, 2, 4)
    t = Choice(4, 5, 8, 10, 20)

    extra = 2 * G * k**2 + 4  # multiplications for each tap and channel, the main layer's apart

    stem = r"""
    A deformable layer turns $C$ channels into $M$ channels with kernels of $<<K>> \times <<K>>$.
    <% if G > 1 %>Its input channels form <<G>> groups, each with offsets of its own. <% endif %>An
    ordinary convolution with kernels of $<<k>> \times <<k>>$, which reads all $C$ channels,
    computes <% if G > 1 %>these<% else %>the<% endif %> offsets, $\Delta y$ and $\Delta x$ for each
    tap<% if G > 1 %> and group<% endif %>. Each sample, one for each tap and input channel, is
    interpolated with 4 multiplications by weights that are given. Then the samples are multiplied
    by the weights of the main layer.

    Count multiplications for *one* output position, without biases. Your formulas must hold for
    all whole $C$ and $M$ from 1 to 1024.
    """

    offsets = FormulaEntry(
        2 * G * K**2 * k**2 * C,
        variables=[C],
        domain={C: (1, 1024)},
        tex="Q",
        marks=2,
        prompt="How many multiplications $Q$ does it take to compute the offsets, as a formula "
        "in&nbsp;$C$?",
        misconceptions=[
            Misconception(
                "one output channel",
                k**2 * C,
                "The offset branch has an output channel for each offset: "
                r"<% if G > 1 %>$<<G>> \cdot 2 \cdot <<K>>^2$<% else %>$2 \cdot <<K>>^2$<% endif %>"
                " of them.",
            ),
            Misconception(
                "one offset a tap",
                G * K**2 * k**2 * C,
                r"Each tap has two offsets, $\Delta y$ and $\Delta x$.",
            ),
            Misconception(
                "offsets as parameters",
                2 * G * K**2,
                "That is how many offsets there are. Each is a sum of "
                "$<% if k > 1 %><<k**2>><% endif %>C$ products.",
            ),
        ],
    )

    total = FormulaEntry(
        offsets + 4 * K**2 * C + K**2 * C * M,
        variables=[C, M],
        domain={C: (1, 1024), M: (1, 1024)},
        tex="T",
        marks=2,
        prompt=r"""
        How many multiplications $T$ are there in all (offsets, interpolation, main layer), as a
        formula in $C$ and $M$?
        """,
        misconceptions=[
            Misconception(
                "forgot the output channels",
                offsets + 4 * K**2 * C + K**2 * C,
                "The main layer sums over taps and input channels for *each* of the $M$ outputs.",
            ),
            Misconception(
                "interpolated for each output",
                offsets + 4 * K**2 * C * M + K**2 * C * M,
                "All $M$ outputs use the same samples: they are interpolated once.",
            ),
            Misconception(
                "no interpolation",
                offsets + K**2 * C * M,
                "Samples lie between pixels: 4 multiplications for each tap and channel.",
            ),
        ],
    )

    number = IntegerEntry(
        total,
        tex="T",
        marks=1,
        prompt="How large is $T$ for $C = <<C>>$ and $M = <<M>>$?",
        misconceptions=[
            Misconception(
                "ordinary layer", K**2 * C * M, "Offsets and interpolation come on top of this."
            ),
            Misconception("extra work alone", total - K**2 * C * M, "Add the main layer."),
        ],
    )

    ratio = FormulaEntry(
        total / (K**2 * C * M),
        variables=[C, M],
        domain={C: (1, 1024), M: (1, 1024)},
        tex="r",
        marks=2,
        prompt=r"""
        Divide $T$ by the multiplications of an ordinary layer with the same kernels and channels.
        What is the ratio $r$? Any form of the formula is right; for the next part it is best
        simplified.
        """,
        misconceptions=[
            Misconception(
                "extra work alone",
                extra / M,
                "The deformable layer does the ordinary work too: add 1.",
            ),
            Misconception(
                "upside down",
                M / (M + extra),
                "The ratio is more than 1: the deformable layer takes more work.",
            ),
        ],
    )

    least = IntegerEntry(
        ceiling(extra * t),
        tex="M",
        marks=2,
        prompt="From which number $M$ of output channels on is the extra work at most "
        "$1/<<t>>$ of the work of the ordinary layer?",
        misconceptions=[
            Misconception(
                "offsets alone",
                2 * G * k**2 * t,
                "The interpolation is extra work as well: for each weight of a filter "
                "$<<2 * G * k**2>> + 4$ multiplications in place of $<<2 * G * k**2>>$.",
            ),
            Misconception(
                "one offset a tap",
                (G * k**2 + 4) * t,
                r"Each tap has two offsets, $\Delta y$ and $\Delta x$.",
            ),
        ],
    )

    solution = r"""
    There are $<<2 * G * K**2>>$ offsets, two for each tap<% if G > 1 %> and group<% endif %>, each
    a sum of $<% if k > 1 %><<k**2>><% endif %>C$ products: << working.offsets >>
    Interpolation takes 4 multiplications for each of the <<K**2>> taps in each of $C$ channels, the
    main layer $M$ for each of them: << working.total >>
    Together this is $T = <<extra * K**2>>C + <<K**2>>CM$, which is $<<number>>$ with the
    numbers given. Divided by the $<<K**2>>CM$ multiplications of the ordinary layer, $C$ cancels:
    $$r = \frac{<<extra * K**2>>C + <<K**2>>CM}{<<K**2>>CM}
    = 1 + \frac{<<extra>>}{M}\,.$$
    The extra work is at most $1/<<t>>$ if $M \ge <<t>> \cdot <<extra>> = <<least>>$. It
    becomes negligible with many output channels, for offsets and samples serve all of them.
    """

    def multiplications(self, M):
        """Products counted by layers of ones: each output value is the number of its products."""
        image = np.ones((self.C, self.k, self.k), dtype=int)
        branch = np.ones((2 * self.G * self.K**2, self.C, self.k, self.k), dtype=int)
        offsets = int(engine.conv2d(image, branch).sum())
        samples = np.ones((self.C, self.K, self.K), dtype=int)
        main = M * int(engine.conv2d(samples, samples[None]).sum())
        corners = np.ones((2, 2), dtype=int)
        return offsets, int(np.kron(samples[0], corners).sum()) * self.C, main

    def oracle(self):
        """Count products, and double and halve M until the extra work is just small enough."""
        offsets, interpolation, main = self.multiplications(self.M)
        one = self.multiplications(1)[2]
        low, high = 0, 1
        while (offsets + interpolation) * self.t > one * high:
            high *= 2
        while high - low > 1:
            middle = (low + high) // 2
            enough = (offsets + interpolation) * self.t <= one * middle
            low, high = (low, middle) if enough else (middle, high)
        return {
            "offsets": offsets,
            "total": offsets + interpolation + main,
            "number": offsets + interpolation + main,
            "ratio": Fraction(offsets + interpolation + main, main),
            "least": high,
        }
