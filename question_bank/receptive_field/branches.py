"""Vectors, whole numbers and fractions: parallel branches that see differently far."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    engine,
)


class Branches(Item):
    """Fields, weights and work of parallel dilated kernels, against kernels without holes."""

    title = "Several fields at once"
    topic = "receptive field"
    objective = (
        "compute fields, weights and work of parallel dilated branches, against kernels "
        "without gaps"
    )
    serves = ["2c multi-branch-rf"]

    K = Choice(3, 5)
    d = IntVector(3, low=1, high=12)
    C = Choice(16, 20, 32, 40, 64)
    F = Choice(8, 10, 16, 24, 32)
    W = Choice(16, 20, 24, 32)

    where = [d[0] <= 3, d[0] + 2 <= d[1], d[1] + 2 <= d[2]]

    stem = r"""
    A layer reads the same $C = <<C>>$ maps of $<<W>> \times <<W>>$ values in three parallel
    branches. Each branch is a convolution with $<<K>> \times <<K>>$ weights in each of its
    kernels, stride&nbsp;1, padding that keeps the size, no biases, and $F = <<F>>$ output channels.
    The branches have the dilations $<<d[0]>>$, $<<d[1]>>$ and $<<d[2]>>$; their outputs are stacked
    to one map of $<<3 * F>>$ channels.
    """

    r = VectorEntry(
        [1 + (K - 1) * d[0], 1 + (K - 1) * d[1], 1 + (K - 1) * d[2]],
        tex="r",
        marks=2,
        carries=(1, 10**4),
        prompt="How many values wide are the windows of the three branches, from the first tap to "
        "the last? Give $r = (r_1, r_2, r_3)$.",
        misconceptions=[
            Misconception(
                "kernel times dilation",
                [K * d[0], K * d[1], K * d[2]],
                "Between $K$ taps there are $K - 1$ steps of $d$.",
            ),
            Misconception(
                "one after the other",
                [
                    1 + (K - 1) * d[0],
                    1 + (K - 1) * (d[0] + d[1]),
                    1 + (K - 1) * (d[0] + d[1] + d[2]),
                ],
                "The branches are parallel: each of them reads the input itself.",
            ),
        ],
    )

    weights = IntegerEntry(
        3 * K**2 * C * F,
        tex="N",
        marks=2,
        prompt="How many weights $N$ does the layer have?",
        misconceptions=[
            Misconception(
                "one branch",
                K**2 * C * F,
                "There are three branches, each with weights of its own.",
            ),
            Misconception(
                "fields for kernels",
                (r[0] ** 2 + r[1] ** 2 + r[2] ** 2) * C * F,
                "Dilation spreads the taps; it does not add any.",
            ),
            Misconception(
                "a third of the input each",
                K**2 * C * F / 3,
                "Every branch reads all <<C>> channels.",
            ),
        ],
    )

    macs = IntegerEntry(
        weights * W**2,
        tex="M",
        marks=1,
        prompt=r"""
        How many multiply–accumulates $M$ does it take for one image? Products with zeros of the
        padding count.
        """,
        misconceptions=[
            Misconception("one row", weights * W, r"There are $<<W>> \times <<W>>$ positions."),
            Misconception(
                "counted the stack again",
                3 * weights * W**2,
                "$N$ holds the weights of all three branches already.",
            ),
        ],
    )

    ratio = RationalEntry(
        (r[0] ** 2 + r[1] ** 2 + r[2] ** 2) / (3 * K**2),
        tex="f",
        marks=2,
        prompt=r"""
        How many times as many weights would the layer have if its kernels saw equally far without
        dilation, with $r_i \times r_i$ weights each?
        """,
        misconceptions=[
            Misconception(
                "sides for areas",
                (r[0] + r[1] + r[2]) / (3 * K),
                "Kernels are squares: compare the *squares* of the sides.",
            ),
            Misconception(
                "largest branch",
                r[2] ** 2 / K**2,
                "This holds for the third branch alone.",
            ),
            Misconception(
                "forgot the branches",
                (r[0] ** 2 + r[1] ** 2 + r[2] ** 2) / K**2,
                "The dilated layer has three branches too.",
            ),
        ],
    )

    solution = r"""
    The $K$ taps of a branch span $K - 1 = <<K - 1>>$ steps of $d$ pixels:
    $$r = <<r>>$$
    Dilation adds no weights, so each branch has $K^2 C F$ of them:
    << working.weights >>
    Each is used at all $<<W>>^2$ positions:
    << working.macs >>
    Kernels without holes would have $r_i^2$ weights where these have $K^2$:
    << working.ratio >>
    The layer sees near and far at every place; which of it matters, the next layer can choose. An
    eye, in contrast, sees finely at one place only.
    """

    def oracle(self):
        """Measure the taps along a line, and let the engine count each branch."""
        spans, branches = [], []
        for dilation in self.d.tolist():
            taps = [dilation * tap for tap in range(self.K)]
            spans.append(len(range(taps[0], taps[-1] + 1)))
            layer = engine.Layer(
                "conv", self.F, self.K, padding="same", dilation=dilation, bias=False
            )
            branches.append(engine.Network("branch", (self.C, self.W, self.W), [layer]).costs())
        full = sum(sum(1 for _ in np.ndindex(span, span)) for span in spans)
        return {
            "r": spans,
            "weights": sum(branch.parameters for branch in branches),
            "macs": sum(branch.macs for branch in branches),
            "ratio": Fraction(full, len(spans) * sum(1 for _ in np.ndindex(self.K, self.K))),
        }
