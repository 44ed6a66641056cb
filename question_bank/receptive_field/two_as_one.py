"""Vectors, a whole number and a fraction: two linear layers as one kernel, and paths in a stack."""

from fractions import Fraction
from itertools import product

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    IntMatrix,
    IntVector,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    different,
    engine,
)


class TwoAsOne(Item):
    """The kernel that two layers make together, and the share of paths through the middle pixel."""

    title = "Two layers as one"
    topic = "receptive field"
    objective = (
        "merge two linear layers into one kernel, and find the share of paths through the "
        "middle pixel"
    )
    serves = ["3b rf-path-count"]

    k = IntMatrix(2, 3, low=-2, high=3)
    x = IntVector(5, low=0, high=4)
    stack = Choice((3, 3), (3, 4), (3, 5), (5, 3))

    where = [
        different(k[0, 0] * k[0, 2] * k[1, 0] * k[1, 2], 0),
        different(k[0, 0], k[0, 2]),
        different(k[1, 0], k[1, 2]),
    ]

    stem = r"""
    A signal of five samples $x$ passes through two convolutions (kernels not flipped,
    stride&nbsp;1, no padding, no bias, and no nonlinearity), first with the kernel $a$, then with
    $b$:

    $$x = <<x>> \qquad a = <<k[0]>> \qquad b = <<k[1]>>$$

    One value $y$ comes out.
    """

    middle = VectorEntry(
        [
            k[0, 0] * x[0] + k[0, 1] * x[1] + k[0, 2] * x[2],
            k[0, 0] * x[1] + k[0, 1] * x[2] + k[0, 2] * x[3],
            k[0, 0] * x[2] + k[0, 1] * x[3] + k[0, 2] * x[4],
        ],
        tex="h",
        marks=2,
        prompt="What is the output $h$ of the first layer?",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                [
                    k[0, 2] * x[0] + k[0, 1] * x[1] + k[0, 0] * x[2],
                    k[0, 2] * x[1] + k[0, 1] * x[2] + k[0, 0] * x[3],
                    k[0, 2] * x[2] + k[0, 1] * x[3] + k[0, 0] * x[4],
                ],
                "The first weight goes with the left-hand sample.",
            ),
            Misconception(
                "second kernel first",
                [
                    k[1, 0] * x[0] + k[1, 1] * x[1] + k[1, 2] * x[2],
                    k[1, 0] * x[1] + k[1, 1] * x[2] + k[1, 2] * x[3],
                    k[1, 0] * x[2] + k[1, 1] * x[3] + k[1, 2] * x[4],
                ],
                "The first layer has the kernel $a$.",
            ),
        ],
    )

    y = IntegerEntry(
        k[1, 0] * middle[0] + k[1, 1] * middle[1] + k[1, 2] * middle[2],
        tex="y",
        marks=1,
        carries=(-(10**6), 10**6),
        prompt="What is the output $y$?",
        misconceptions=[
            Misconception(
                "first kernel again",
                k[0, 0] * middle[0] + k[0, 1] * middle[1] + k[0, 2] * middle[2],
                "The second layer has the kernel $b$.",
            ),
            Misconception(
                "flipped the kernel",
                k[1, 2] * middle[0] + k[1, 1] * middle[1] + k[1, 0] * middle[2],
                "The first weight goes with the left-hand value.",
            ),
        ],
    )

    c = VectorEntry(
        [
            k[0, 0] * k[1, 0],
            k[0, 0] * k[1, 1] + k[0, 1] * k[1, 0],
            k[0, 0] * k[1, 2] + k[0, 1] * k[1, 1] + k[0, 2] * k[1, 0],
            k[0, 1] * k[1, 2] + k[0, 2] * k[1, 1],
            k[0, 2] * k[1, 2],
        ],
        tex="c",
        marks=4,
        prompt=r"""
        A single convolution with a kernel of five weights $c$ shall do the same as the two layers,
        for every $x$. Give $c$.
        """,
        misconceptions=[
            Misconception(
                "kernels side by side",
                [k[0, 0], k[0, 1], k[0, 2] + k[1, 0], k[1, 1], k[1, 2]],
                "The second kernel acts on *outputs* of the first: weights along a path multiply.",
            ),
            Misconception(
                "one path each",
                [
                    k[0, 0] * k[1, 0],
                    k[0, 0] * k[1, 1],
                    k[0, 1] * k[1, 1],
                    k[0, 1] * k[1, 2],
                    k[0, 2] * k[1, 2],
                ],
                "Several paths lead from an inner sample to the output: add up all of them.",
            ),
            Misconception(
                "back to front",
                [
                    k[0, 2] * k[1, 2],
                    k[0, 1] * k[1, 2] + k[0, 2] * k[1, 1],
                    k[0, 0] * k[1, 2] + k[0, 1] * k[1, 1] + k[0, 2] * k[1, 0],
                    k[0, 0] * k[1, 1] + k[0, 1] * k[1, 0],
                    k[0, 0] * k[1, 0],
                ],
                "$c_1$ goes with $x_1$, which only the first weights of both kernels reach.",
            ),
        ],
    )

    def paths(self):
        """How many paths lead to each pixel of the field, from the unit downwards."""
        kernel, layers = self.stack
        counts = [1]
        for _ in range(layers):
            wide = [0] * (kernel - 1)
            row = [*wide, *counts, *wide]
            counts = [sum(row[i : i + kernel]) for i in range(len(counts) + kernel - 1)]
        return counts

    share = RationalEntry(
        lambda item: Fraction(max(item.paths()), sum(item.paths())),
        tex="s",
        marks=3,
        prompt=r"""
        In a stack of <<stack[1]>> such layers with kernels of <<stack[0]>> weights, a path leads
        from a sample to the unit through one weight in each layer. What fraction $s$ of all paths
        to a unit of the last layer begins at the sample in the middle of its receptive field?
        """,
        misconceptions=[
            Misconception(
                "all samples alike",
                lambda item: Fraction(1, len(item.paths())),
                "More paths begin at the middle sample than at the ends.",
            ),
            Misconception(
                "one of the paths",
                lambda item: Fraction(1, sum(item.paths())),
                "This is the fraction for a sample at the very *end* of the field.",
            ),
            Misconception(
                "one layer",
                lambda item: Fraction(1, item.stack[0]),
                "This is the fraction in a single layer.",
            ),
        ],
    )

    solution = r"""
    The first kernel fits at three places of the signal, the second at one place of what comes out:
    $$h_1 = a_1 x_1 + a_2 x_2 + a_3 x_3 = <<middle[0]>> \qquad h = <<middle>> \qquad
    y = b_1 h_1 + b_2 h_2 + b_3 h_3 = <<y>>$$
    In one kernel, the weight of a sample is the sum over all paths from it to $y$, and along a path
    the weights multiply. Sample $x_j$ reaches $h_i$ through $a_{j-i+1}$, and $h_i$ reaches $y$
    through $b_i$:
    $$c = \left(a_1 b_1,\; a_1 b_2 + a_2 b_1,\; a_1 b_3 + a_2 b_2 + a_3 b_1,\;
    a_2 b_3 + a_3 b_2,\; a_3 b_3\right) = <<c>>$$
    Two linear layers are therefore no more than one with a larger kernel; it is the nonlinearity
    between them that makes a stack more than that. With all weights 1 the same sums count the
    paths. There are $<<stack[0]>>^{<<stack[1]>>} = <<stack[0]**stack[1]>>$ of them, and
    $<<share * stack[0]**stack[1]>>$ begin in the middle:
    $$s = <<share>>$$
    A unit is thus influenced most by the middle of its receptive field.
    """

    def oracle(self):
        """Run the layers; probe them with single samples; walk all paths one by one."""
        outputs = [
            engine.conv1d(engine.conv1d(one, self.k[0]), self.k[1])[0]
            for one in np.eye(5, dtype=int)
        ]
        kernel, layers = self.stack
        steps = range(-(kernel // 2), kernel // 2 + 1)
        ends = [sum(path) for path in product(steps, repeat=layers)]
        h = engine.conv1d(self.x, self.k[0])
        return {
            "middle": h,
            "y": engine.conv1d(h, self.k[1])[0],
            "c": outputs,
            "share": Fraction(ends.count(0), len(ends)),
        }
