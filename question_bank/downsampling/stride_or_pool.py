"""A pair, whole numbers and fractions: a strided convolution against a convolution with pooling."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    ceiling,
    different,
    engine,
    floor,
)


class StrideOrPool(Item):
    """Sizes, parameters and work of two ways to halve a map."""

    title = "Two ways to halve a map"
    topic = "downsampling"
    objective = (
        "compare a convolution of stride 2 with one of stride 1 and a pooling: sizes, parameters, "
        "work and values that are kept"
    )
    serves = ["4b stride-vs-pool"]

    W = Int(15, 41, 2)
    K = Choice(3, 5)
    C = Choice(2, 3, 4, 5, 6, 8)
    M = Choice(8, 10, 12, 15, 16, 20, 24)

    where = [different(C, M)]

    stem = r"""
    A map of $W \times W$ values, $W = <<W>>$, with $C = <<C>>$ channels is to be halved along each
    side, and to get $M = <<M>>$ channels. Both ways use kernels of $<<K>> \times <<K>>$ and
    <<(K - 1) // 2>>
    <% if K == 3 %>row and column<% else %>rows and columns<% endif %> of zeros on each side:

    * way A is a convolution with stride&nbsp;2;
    * way B is a convolution with stride&nbsp;1, then max-pooling with windows of $2 \times 2$ and
      stride&nbsp;2, without padding.

    Sizes are rounded down, and every filter has one bias.
    """

    sides = VectorEntry(
        [ceiling(W / 2), floor(W / 2)],
        tex="s",
        marks=2,
        carries=(1, 100),
        prompt="What are the sides of the output of A and of that of B? Give both as a pair.",
        misconceptions=[
            Misconception(
                "both rounded down",
                [floor(W / 2), floor(W / 2)],
                "With its padding A has a window around every second value, the first and the last "
                "included.",
            ),
            Misconception(
                "no padding",
                [floor((W - K) / 2) + 1, floor((W - K + 1) / 2)],
                "The convolutions are padded with $(K - 1)/2$ zeros on each side.",
            ),
        ],
    )

    params = IntegerEntry(
        (K**2 * C + 1) * M,
        tex="N",
        marks=2,
        prompt="How many parameters $N$ does way B have, biases included?",
        misconceptions=[
            Misconception(
                "pooling with weights",
                (K**2 * C + 1) * M + 4 * M,
                "Pooling takes the largest of four values: it has nothing to learn.",
            ),
            Misconception("forgot bias", K**2 * C * M, "Each of the <<M>> filters has a bias."),
            Misconception(
                "flat filters", (K**2 + 1) * M, "A filter is as deep as its input: <<C>> channels."
            ),
        ],
    )

    work = VectorEntry(
        [(params - M) * sides[0] ** 2, (params - M) * W**2],
        tex="m",
        marks=3,
        carries=(1, 10**9),
        prompt=r"""
        How many multiply–accumulates (MACs) do the convolutions of A and of B take for one image?
        Count products with padded zeros, but no biases. Give both as a pair.
        """,
        misconceptions=[
            Misconception(
                "output of the pooling",
                [(params - M) * sides[0] ** 2, (params - M) * sides[1] ** 2],
                "The convolution of B computes all $W^2$ places; the pooling comes after.",
            ),
            Misconception(
                "along one side",
                [(params - M) * sides[0], (params - M) * W],
                "A map has as many rows as columns: square the side.",
            ),
            Misconception(
                "bias counted",
                [params * sides[0] ** 2, params * W**2],
                "A bias is added, not multiplied: take the <<M>> biases out of $N$ first.",
            ),
        ],
    )

    ratio = RationalEntry(
        work[1] / work[0],
        tex="f",
        marks=1,
        prompt="How many times as much work is B as A?",
        misconceptions=[
            Misconception("upside down", work[0] / work[1], "B computes more places."),
            Misconception("along one side", W / sides[0], "This is the ratio of the sides."),
        ],
    )

    kept = RationalEntry(
        sides[1] ** 2 / W**2,
        tex="q",
        marks=1,
        prompt="Which share $q$ of the values that its convolution computes does the pooling of B "
        "put out?",
        misconceptions=[
            Misconception(
                "a quarter",
                Fraction(1, 4),
                "The last row and the last column fill no window: less than a quarter is put out.",
            ),
            Misconception("along one side", sides[1] / W, "The share of rows; columns count too."),
        ],
    )

    solution = r"""
    The padding is made for a window around every value. A lays one around every second value, from
    the first to the last of <<W>>, which makes $<<sides[0]>>$. B lays one around each of them, and
    $<<sides[1]>>$ pairs fit into <<W>>:
    $$s = <<sides>>$$
    Both have the same filters, as pooling has no parameters:
    << working.params >>
    Each of the <<params - M>> weights, without the biases, is used once for each place that the
    convolution computes, $<<sides[0]>>^2$ in A and $<<W>>^2$ in B:
    $$m = (<<sides[0]>>^2 \cdot <<params - M>>,\; <<W>>^2 \cdot <<params - M>>) = <<work>>$$
    << working.ratio >>
    Of the $<<W>>^2$ values in a channel the pooling puts out $<<sides[1]>>^2$:
    << working.kept >>
    B looks at every place and keeps the strongest answer of four, for almost four times the work.
    """

    def oracle(self):
        """Count products by layers of ones, where a border of ones stands for the padding."""
        ring = (self.K - 1) // 2
        image = np.ones((self.C, self.W + 2 * ring, self.W + 2 * ring), int)
        kernels = np.ones((self.M, self.C, self.K, self.K), int)
        strided, whole = engine.conv2d(image, kernels, stride=2), engine.conv2d(image, kernels)
        pooled = engine.max_pool2d(whole, 2)
        work = [int(strided.sum()), int(whole.sum())]
        return {
            "sides": [strided.shape[-1], pooled.shape[-1]],
            "params": kernels.size + len(kernels),
            "work": work,
            "ratio": Fraction(work[1], work[0]),
            "kept": Fraction(pooled.size, whole.size),
        }
