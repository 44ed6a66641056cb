"""Formulas in three symbols: a depthwise separable layer against an ordinary one."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    FormulaEntry,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    ceiling,
    different,
)


class RatioFormula(Item):
    """Weights of a depthwise separable layer, their ratio, and the channels a factor takes."""

    title = "How much does separating save?"
    topic = "separable"
    objective = (
        "write weights and ratio of a depthwise separable layer as formulas, and find the "
        "width for a wanted factor"
    )
    serves = ["5b dsc-ratio", "5b dsc-inverse"]

    K = Choice(3, 5, 7)
    C = Choice(8, 16, 24, 32, 48, 64, 96)
    M = Choice(12, 20, 40, 80, 128)
    t = Int(4, 40)

    where = [different(C, M), t < K**2]

    stem = r"""
    A layer turns $C$ channels into $M$ channels with kernels of $K \times K$, stride&nbsp;1 and a
    padding that keeps the size of the maps. It is replaced by a depthwise convolution with one
    $K \times K$ kernel for each channel, followed by a $1 \times 1$ convolution. There are no
    biases. Your formulas must hold for all odd $K$ from 1 to 11 and whole $C$ and $M$ from 1 to
    1024.
    """

    separated = FormulaEntry(
        K**2 * C + C * M,
        variables=[K, C, M],
        domain={K: range(1, 12, 2), C: (1, 1024), M: (1, 1024)},
        tex="N",
        marks=2,
        prompt="Give the number $N$ of weights of the two layers together in $K$, $C$ and $M$.",
        misconceptions=[
            Misconception(
                "depthwise with all outputs",
                K**2 * C * M + C * M,
                "The depthwise layer has one kernel for each of its $C$ channels, not $M$.",
            ),
            Misconception(
                "multiplied",
                K**2 * C**2 * M,
                "There are two layers: their weights are added.",
            ),
            Misconception(
                "no mixing",
                K**2 * C + M,
                "Each of the $M$ kernels of the $1 \\times 1$ convolution spans all $C$ channels.",
            ),
        ],
    )

    number = IntegerEntry(
        separated,
        tex="N",
        marks=1,
        prompt="How large is $N$ for $K = <<K>>$, $C = <<C>>$ and $M = <<M>>$?",
        misconceptions=[
            Misconception(
                "depthwise layer alone",
                K**2 * C,
                "Add the weights of the $1 \\times 1$ convolution.",
            ),
            Misconception(
                "pointwise layer alone", C * M, "Add the weights of the depthwise layer."
            ),
        ],
    )

    ratio = FormulaEntry(
        separated / (K**2 * C * M),
        variables=[K, C, M],
        domain={K: range(1, 12, 2), C: (1, 1024), M: (1, 1024)},
        tex="r",
        marks=2,
        prompt=r"""
        Divide $N$ by the number of weights of the ordinary layer. What is the ratio $r$? Any form
        of the formula is right; for the next part it is best simplified.
        """,
        misconceptions=[
            Misconception(
                "upside down",
                K**2 * M / (K**2 + M),
                "Divide $N$ by the weights of the ordinary layer: what remains is a small part.",
            ),
            Misconception(
                "one over the sum",
                1 / (M + K**2),
                "A sum is divided term by term: $1/M + 1/K^2$ is not $1/(M + K^2)$.",
            ),
            Misconception(
                "pointwise layer alone",
                1 / K**2,
                "This is what it tends to for large $M$. The depthwise layer adds $1/M$.",
            ),
            Misconception(
                "depthwise layer alone",
                1 / M,
                "The $1 \\times 1$ convolution has weights too: it adds $1/K^2$.",
            ),
        ],
    )

    least = IntegerEntry(
        ceiling(t * K**2 / (K**2 - t)),
        tex="M",
        marks=3,
        prompt=r"""
        Let $K = <<K>>$. How many output channels $M$ does the layer need at least, so that the
        separated layers have no more than $1/<<t>>$ of its weights?
        """,
        misconceptions=[
            Misconception(
                "depthwise layer alone",
                t,
                "This makes $1/M$ as small as $1/<<t>>$, but $1/K^2 = 1/<<K**2>>$ comes on top.",
            ),
            Misconception(
                "rounded down",
                ceiling(t * K**2 / (K**2 - t)) - 1,
                "One channel fewer is not enough: round up.",
            ),
            Misconception(
                "added the factors",
                t + K**2,
                r"Solve $1/M + 1/<<K**2>> \le 1/<<t>>$ for $1/M$ first.",
            ),
        ],
    )

    solution = r"""
    The depthwise layer has $K^2$ weights for each of $C$ channels, the $1 \times 1$ convolution $C$
    weights for each of $M$ channels: << working.separated >>
    With the numbers given, $N = <<K>>^2 \cdot <<C>> + <<C>> \cdot <<M>> = <<number>>$.
    The ordinary layer has $K^2 C M$ weights, so that
    $$r = \frac{K^2 C + C M}{K^2 C M} = \frac{1}{M} + \frac{1}{K^2}\,.$$
    For $K = <<K>>$ this is at most $1/<<t>>$ if
    $$\frac{1}{M} \le \frac{1}{<<t>>} - \frac{1}{<<K**2>>} = \frac{<<K**2 - t>>}{<<t * K**2>>}\,,$$
    that is, $M \ge <<t * K**2>>/<<K**2 - t>>$, and so $M = <<least>>$. However large $M$
    is, no more than a factor of $K^2 = <<K**2>>$ is saved.
    """

    def weights(self, M):
        """Entries of the arrays of the separated and of the ordinary layer."""
        depthwise = np.broadcast_to(0, (self.C, 1, self.K, self.K))
        pointwise = np.broadcast_to(0, (M, self.C, 1, 1))
        ordinary = np.broadcast_to(0, (M, self.C, self.K, self.K))
        return depthwise.size + pointwise.size, ordinary.size

    def oracle(self):
        """Lay out the arrays and count; try M one after the other."""
        separated, ordinary = self.weights(self.M)
        least = 1
        while self.weights(least)[0] * self.t > self.weights(least)[1]:
            least += 1
        return {
            "separated": separated,
            "number": separated,
            "ratio": Fraction(separated, ordinary),
            "least": least,
        }
