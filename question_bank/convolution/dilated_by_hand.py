"""Whole numbers, a vector and a fraction: what a dilated kernel reads, and what it leaves out."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    different,
    engine,
)


class DilatedByHand(Item):
    """Extent, output and density of a dilated convolution, and the gaps in a stack of two."""

    title = "A kernel with gaps"
    topic = "convolution"
    objective = (
        "compute a dilated convolution by hand, its extent, and which inputs a stack of two "
        "leaves unread"
    )
    serves = ["5a dilated-by-hand", "5a dilated-extent", "5a gridding"]

    x = IntVector(7, low=0, high=6)
    k = IntVector(3, low=-2, high=3)
    K, D = Choice(3, 4, 5, 7), Int(2, 6)
    pair = Choice((1, 2), (1, 3), (2, 3), (2, 4), (3, 3), (3, 4), (3, 6), (4, 4), (3, 5))

    where = [
        different(k[0] * k[1] * k[2], 0),
        different(k[0], k[2]),  # else flipping the kernel goes unnoticed
        different(D, K),
        different(D, K - 1),
    ]

    stem = r"""
    Neighbouring taps of a kernel with *dilation* $D$ are $D$ pixels apart. Stride 1, no padding;
    kernels are not flipped.
    """

    y = VectorEntry(
        [
            k[0] * x[0] + k[1] * x[2] + k[2] * x[4],
            k[0] * x[1] + k[1] * x[3] + k[2] * x[5],
            k[0] * x[2] + k[1] * x[4] + k[2] * x[6],
        ],
        tex="y",
        marks=3,
        prompt=r"""
        The kernel $k = <<k>>$ slides over $x = <<x>>$ with dilation 2. What is its output $y$?
        """,
        misconceptions=[
            Misconception(
                "ignored dilation",
                [
                    k[0] * x[0] + k[1] * x[1] + k[2] * x[2],
                    k[0] * x[1] + k[1] * x[2] + k[2] * x[3],
                    k[0] * x[2] + k[1] * x[3] + k[2] * x[4],
                ],
                "The taps lie on every *second* value.",
            ),
            Misconception(
                "flipped the kernel",
                [
                    k[2] * x[0] + k[1] * x[2] + k[0] * x[4],
                    k[2] * x[1] + k[1] * x[3] + k[0] * x[5],
                    k[2] * x[2] + k[1] * x[4] + k[0] * x[6],
                ],
                "The first weight goes with the leftmost value of the window.",
            ),
            Misconception(
                "stride for dilation",
                [
                    k[0] * x[0] + k[1] * x[1] + k[2] * x[2],
                    k[0] * x[2] + k[1] * x[3] + k[2] * x[4],
                    k[0] * x[4] + k[1] * x[5] + k[2] * x[6],
                ],
                "A stride moves the window; dilation spreads its taps, and the window still moves "
                "by one.",
            ),
        ],
    )

    extent = IntegerEntry(
        D * (K - 1) + 1,
        tex="e",
        marks=1,
        prompt=r"""
        A kernel of $K \times K$ taps, $K = <<K>>$, has dilation $D = <<D>>$. What is the side $e$
        of the square that it spans, in pixels?
        """,
        misconceptions=[
            Misconception("D times K", D * K, "$K$ taps have only $K - 1$ gaps between them."),
            Misconception(
                "forgot +1", D * (K - 1), "The first tap itself takes a pixel too: add 1."
            ),
            Misconception(
                "added", K + D, "Each of the $K - 1$ gaps grows to $D$: multiply, then add 1."
            ),
            Misconception(
                "D zeros between taps",
                (D + 1) * (K - 1) + 1,
                "Taps are $D$ pixels *apart*, with $D - 1$ pixels between them.",
            ),
        ],
    )

    share = RationalEntry(
        K**2 / extent**2,
        tex=r"\rho",
        marks=2,
        prompt=r"What share $\rho$ of the pixels in this square does the kernel read?",
        misconceptions=[
            Misconception(
                "one axis",
                Fraction(1) * K / extent,
                "The square has $e^2$ pixels, and the kernel has $K^2$ taps.",
            ),
            Misconception(
                "share left out", 1 - K**2 / extent**2, "This is the share that is *not* read."
            ),
            Misconception(
                "one over D squared",
                Fraction(1) / D**2,
                "That is the limit for large kernels. Here the last row and column have taps too.",
            ),
        ],
    )

    def seen(self, first, second):
        """The inputs that one output of two dilated layers of three taps reads."""
        return {a * first + b * second for a in range(3) for b in range(3)}

    inputs = IntegerEntry(
        lambda item: len(item.seen(*item.pair)),
        tex="n",
        marks=2,
        prompt=r"""
        Along a row, two layers of three taps each follow one another, with the dilations
        <<pair[0]>> and <<pair[1]>>. How many *different* input values does one output of the second
        layer depend on?
        """,
        misconceptions=[
            Misconception(
                "whole field",
                lambda item: (
                    max(item.seen(*item.pair)) + 1
                    if len(item.seen(*item.pair)) <= max(item.seen(*item.pair))
                    else None
                ),
                "This is the width of the receptive field; not every value in it is read.",
            ),
            Misconception(
                "every path",
                lambda item: 9 if len(item.seen(*item.pair)) < 9 else None,
                "Different paths can lead to the same input value.",
            ),
            Misconception(
                "taps of both layers",
                lambda _item: 6,
                "Each of the three values that the second layer reads depends on three inputs.",
            ),
        ],
    )

    solution = r"""
    The taps lie on every second value, and the window moves by one:
    << working.y[0] >>
    and in all $y = <<y>>$. Between the first and the last of $K$ taps there are $K - 1$ gaps of $D$
    pixels:
    << working.extent >>
    << working.share >>
    In the stack an output reads places $0$, $<<pair[1]>>$ and $<<2 * pair[1]>>$ of the layer in
    between, and each of them three inputs, $<<pair[0]>>$ apart: the inputs
    <% set places = namespace(all=[]) %>
    <% for b in range(3) %>
    <% for a in range(3) %>
    <% set places.all = places.all + [a * pair[0] + b * pair[1]] %>
    <% endfor %>
    <% endfor %>
    $$<% for place in places.all %><<place>><% if not loop.last %>,\; <% endif %><% endfor %>$$
    of which <<inputs>> are different, in a field that is <<2 * (pair[0] + pair[1]) + 1>> wide.
    <% if inputs < 2 * (pair[0] + pair[1]) + 1 %>
    This output does not depend on the others: this is *gridding*.
    <% else %>
    Here nothing in the field is left out.
    <% endif %>
    """

    def oracle(self):
        """Taps spread out with zeros, ones that mark what is read, and responses to ones."""
        spread = np.zeros((self.D * self.K, self.D * self.K), dtype=int)
        spread[:: self.D, :: self.D] = 1
        rows = np.flatnonzero(spread.any(axis=1))
        side = int(rows[-1]) + 1
        units = np.eye(40, dtype=int)[:, None]
        for dilation in self.pair:
            units = engine.conv1d(units, [[[1, 1, 1]]], dilation=dilation)
        return {
            "y": engine.conv1d(self.x, self.k, dilation=2),
            "extent": side,
            "share": Fraction(int(spread.sum()), side**2),
            "inputs": np.count_nonzero(units[:, 0, 0]),
        }
