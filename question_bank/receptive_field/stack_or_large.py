"""Whole numbers and fractions: a stack of small kernels against one large kernel."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Int, IntegerEntry, Item, Misconception, RationalEntry, engine


class StackOrLarge(Item):
    """The one kernel that sees as much as a stack, and the weights and work of both."""

    title = "Many small kernels or one large one"
    topic = "receptive field"
    objective = (
        "compare weights and work of a stack of small kernels with the one kernel that sees as much"
    )
    serves = ["3b stack-vs-large-kernel"]

    k = Choice(3, 5, 7)
    m = Int(2, 7)
    C = Choice(8, 12, 16, 20, 24, 30, 32, 40, 48, 64)
    W = Choice(10, 12, 14, 15, 16, 18, 20, 24, 28, 30, 32, 40)

    where = [m * (k - 1) <= 24]  # larger kernels are not used

    stem = r"""
    A stack of $m = <<m>>$ convolutions, each with kernels of $k \times k$ weights, $k = <<k>>$, is
    to be replaced by a single convolution with kernels of $K \times K$ weights. All layers have
    stride&nbsp;1, as many output channels as input channels, $C = <<C>>$, no biases, and padding
    that keeps the maps at $<<W>> \times <<W>>$ values.
    """

    side = IntegerEntry(
        1 + m * (k - 1),
        tex="K",
        marks=2,
        prompt="Which $K$ gives the single layer the receptive field of the stack?",
        misconceptions=[
            Misconception(
                "grew by the kernel",
                m * k,
                "Neighbouring windows overlap: each layer adds $k - 1 = <<k - 1>>$ pixels.",
            ),
            Misconception(
                "multiplied kernels", k**m, "Fields grow by addition, not by multiplication."
            ),
            Misconception(
                "one layer less",
                1 + (m - 1) * (k - 1),
                "Every layer widens the field, the first one from 1 pixel to $k$.",
            ),
        ],
    )

    stack = IntegerEntry(
        m * k**2 * C**2,
        tex=r"N_\mathrm{stack}",
        marks=2,
        prompt="How many weights does the stack have?",
        misconceptions=[
            Misconception(
                "forgot the output channels",
                m * k**2 * C,
                "A layer has a kernel for every *pair* of an input and an output channel.",
            ),
            Misconception(
                "one layer", k**2 * C**2, "There are <<m>> layers, each with its own weights."
            ),
            Misconception(
                "powers",
                (k**2 * C**2) * m**2,
                "The layers follow one another: their weights add up.",
            ),
        ],
    )

    ratio = RationalEntry(
        side**2 * C**2 / stack,
        tex="f",
        marks=2,
        prompt="How many times as many weights does the single layer have?",
        misconceptions=[
            Misconception(
                "upside down",
                stack / (side**2 * C**2),
                "The single layer has *more* weights, so the factor is above 1.",
            ),
            Misconception(
                "sides for areas",
                side / (m * k),
                r"Kernels are squares: compare $K^2$ with $m\,k^2$.",
            ),
            Misconception(
                "one layer of the stack",
                side**2 / k**2,
                "The stack has <<m>> layers.",
            ),
        ],
    )

    saved = IntegerEntry(
        (side**2 * C**2 - stack) * W**2,
        tex="M",
        marks=2,
        prompt=r"""
        How many multiply–accumulates does the stack save for one image? Products with the zeros of
        the padding count.
        """,
        misconceptions=[
            Misconception(
                "weights for work",
                side**2 * C**2 - stack,
                "Every weight is used at each of the $<<W>>^2$ positions.",
            ),
            Misconception(
                "one row",
                (side**2 * C**2 - stack) * W,
                r"The maps have $<<W>> \times <<W>>$ values.",
            ),
            Misconception(
                "the work of the stack",
                stack * W**2,
                "This is what the stack takes; what it *saves* is the difference.",
            ),
        ],
    )

    solution = r"""
    Each layer of the stack widens the field by $k - 1 = <<k - 1>>$ pixels:
    << working.side >>
    A layer has a kernel for each of the $C^2$ pairs of channels:
    << working.stack >>
    and the single layer $K^2 C^2 = <<side**2 * C**2>>$, more by a factor of
    << working.ratio >>
    whatever the channels. Every weight is used at each of the $W^2 = <<W**2>>$ positions:
    << working.saved >>
    The stack also has nonlinearities between its layers, which the single layer lacks. What it
    cannot do is represent *every* kernel of side $K$.
    """

    def oracle(self):
        """Follow ones through the stack, count arrays of weights, and convolve ones with them."""
        one = np.ones((self.k, self.k), dtype=int)
        seen = np.ones((1, 1), dtype=int)
        for _ in range(self.m):
            seen = engine.conv_transpose2d(seen, one)
        small = np.ones((self.C, self.C, self.k, self.k))
        large = np.ones((self.C, self.C, *seen.shape))
        weights = sum(small.size for _ in range(self.m))
        positions = sum(1 for _ in np.ndindex(self.W, self.W))
        work = [large.size * positions, sum(small.size * positions for _ in range(self.m))]
        return {
            "side": len(seen),
            "stack": weights,
            "ratio": Fraction(large.size, weights),
            "saved": work[0] - work[1],
        }
