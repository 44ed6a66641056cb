"""Fractions: samples that lie partly outside the image."""

from fractions import Fraction

import numpy as np

from examgen import (
    Fractions,
    IntMatrix,
    Item,
    Misconception,
    RationalEntry,
    different,
    engine,
)


class Boundary(Item):
    """Values of samples over an edge and over a corner of an image, and a gradient there."""

    title = "Over the edge"
    topic = "bilinear"
    objective = (
        "work out a bilinear sample whose pixels lie partly outside the image, and its slope there"
    )
    serves = ["6c bilinear-boundary"]

    V = IntMatrix(2, 2, low=1, high=9)
    f, h = Fractions(1, 9, over=10), Fractions(1, 9, over=10)
    a, b = Fractions(1, 9, over=10), Fractions(1, 9, over=10)

    x1 = -f
    x2, y2 = 1 + a, 1 + b
    where = [
        different(f, h),
        different(f + h, 1),
        different(2 * f, 1),
        different(a, b),
        different(a + b, 1),
        different(V[0, 0], V[1, 0]),
        different(V[0, 0], V[0, 1]),
        different(V[1, 0], V[1, 1]),
    ]

    stem = r"""
    A deformable convolution reads an image of only $2 \times 2$ pixels,

    $$V = <<V>>$$

    by bilinear interpolation. The upper left pixel has its centre at $(x, y) = (0, 0)$; $x$ runs to
    the right and $y$ downwards, so that the centres lie at $x, y \in \{0, 1\}$. Outside the image
    there are zeros: of the four pixels around a point those that do not exist count as 0.
    """

    edge = RationalEntry(
        (1 - f) * ((1 - h) * V[0, 0] + h * V[1, 0]),
        tex="v_1",
        marks=2,
        prompt=r"""
        One tap is moved to the point $P_1 = (<<x1 | decimal>>, <<h | decimal>>)$. Which value
        $v_1$ does it read?
        """,
        misconceptions=[
            Misconception(
                "clamped to the border",
                (1 - h) * V[0, 0] + h * V[1, 0],
                "The two pixels on the left count as 0, with their weights; the nearest ones do "
                "not step in for them.",
            ),
            Misconception(
                "nothing outside",
                0,
                "Two of the four pixels around the point do exist.",
            ),
            Misconception(
                "weights of the other side",
                f * ((1 - h) * V[0, 0] + h * V[1, 0]),
                r"The point is only $<<f | decimal>>$ away from the column at $x = 0$: that column "
                r"weighs $1 - <<f | decimal>>$.",
            ),
            Misconception(
                "decimals cut off",
                (1 - h) * ((1 - f) * V[0, 0] + f * V[0, 1]) + h * ((1 - f) * V[1, 0] + f * V[1, 1]),
                "Round *down*: the next whole number below is $-1$, so the point lies between the "
                "columns $-1$ and $0$.",
            ),
        ],
    )

    slope = RationalEntry(
        (1 - h) * V[0, 0] + h * V[1, 0],
        tex=r"\frac{\partial v_1}{\partial x}",
        marks=2,
        prompt=r"How fast does $v_1$ change when $P_1$ moves to the right?",
        misconceptions=[
            Misconception(
                "no gradient outside",
                0,
                "The pixels of the image gain weight on the way in: the gradient can pull a tap "
                "back.",
            ),
            Misconception(
                "sign",
                -((1 - h) * V[0, 0] + h * V[1, 0]),
                "Moving to the right leads into the image: the value grows.",
            ),
            Misconception(
                "inside the image",
                (1 - h) * (V[0, 1] - V[0, 0]) + h * (V[1, 1] - V[1, 0]),
                "This is the slope between the columns 0 and 1. The point lies between $-1$ and 0, "
                "and the pixels at $-1$ are 0.",
            ),
        ],
    )

    outer = RationalEntry(
        (1 - a) * (1 - b) * V[1, 1],
        tex="v_2",
        marks=2,
        prompt=r"""
        Another tap is moved to $P_2 = (<<x2 | decimal>>, <<y2 | decimal>>)$. Which value $v_2$ does
        it read?
        """,
        misconceptions=[
            Misconception(
                "clamped to the corner",
                V[1, 1],
                "The three missing pixels count as 0, with their weights.",
            ),
            Misconception(
                "nothing outside", 0, "The pixel at $(1, 1)$ is one of the four around the point."
            ),
            Misconception(
                "weights of the other side",
                a * b * V[1, 1],
                "The nearer a pixel, the larger its weight: $1 - <<a | decimal>>$ along $x$, "
                "$1 - <<b | decimal>>$ along $y$.",
            ),
            Misconception(
                "one axis only",
                (1 - a) * V[1, 1],
                "The point lies beyond the image along both axes.",
            ),
        ],
    )

    solution = r"""
    Around $P_1$ lie the columns $x = -1$ and $x = 0$, since rounding down leads to $-1$. The pixels
    at $x = -1$ do not exist; the column at $x = 0$ is $f = <<f | decimal>>$ away and weighs
    $1 - f = <<(1 - f) | decimal>>$. Along $y$ the upper pixel weighs $1 - h =
    <<(1 - h) | decimal>>$ and the lower one $h = <<h | decimal>>$:
    << working.edge >>
    To the right, $f$ shrinks and the weight of the column grows at the rate 1:
    << working.slope >>
    Around $P_2$ only the pixel at $(1, 1)$ exists. It is $a = <<a | decimal>>$ away along $x$ and
    $b = <<b | decimal>>$ along $y$:
    << working.outer >>
    A sample fades to 0 on its way out, within one pixel of the image.
    """

    def oracle(self):
        """Place the image in a field of zeros, and sample there; a difference for the slope."""
        field = np.zeros((6, 6), dtype=int)
        field[2:4, 2:4] = self.V
        step = Fraction(1, 100)
        here, there, outer = (
            engine.bilinear_sample(field, 2 + x, 2 + y)
            for x, y in [(self.x1, self.h), (self.x1 + step, self.h), (self.x2, self.y2)]
        )
        return {"edge": here, "slope": (there - here) / step, "outer": outer}
