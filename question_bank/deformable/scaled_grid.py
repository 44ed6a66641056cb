"""Vectors, fractions and a whole number: offsets that enlarge or shrink the grid of a kernel."""

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
    divides,
    floor,
)


class ScaledGrid(Item):
    """The offset of one tap when a grid is scaled, its span, whole positions, a wanted span."""

    title = "A grid to measure"
    topic = "deformable"
    objective = (
        "give the offsets that scale the grid of a deformable kernel, the square that it then "
        "spans, and the factor for a wanted span"
    )
    serves = ["6b deform-scale", "6b deform-extent"]

    K = Choice(5, 7)
    d = Choice(1, 2)
    a = Choice("3/4", "5/4", "3/2", "7/4", "9/4", "5/2", "11/4")
    i, j = Int(-2, 2), Int(-2, 2)
    R = Int(6, 31)

    half = (K - 1) / 2
    # Whole places along an axis: the middle, and the second on each side where 2ad is whole.
    along = 1 + 2 * (1 + floor(2 * a * d) - ceiling(2 * a * d))

    where = [
        i <= half,
        j <= half,
        -i <= half,
        -j <= half,
        different(i * j, 0),
        different(i, j),
        different(i, -j),
        different(floor(a * d), a * d),  # else no tap is interpolated
        different(R, (K - 1) * d + 1),
        different(R, a * (K - 1) * d + 1),
        divides(Fraction(1, 4), (R - 1) / ((K - 1) * d)),
    ]

    stem = r"""
    A deformable convolution has kernels of $<<K>> \times <<K>>$ with dilation&nbsp;<<d>>. Its taps
    are numbered from the middle: tap $(r, c)$, with $r$ and $c$ from $-<<half>>$ to $<<half>>$,
    lies without offset at $p + <% if d > 1 %><<d>><% endif %>(r, c)$, where $p$ is a pixel centre
    (rows downwards, columns to the right). An object appears <<a | decimal>> times as large as
    usual, and the offset branch answers by scaling the grid: every tap lies
    $a = <<a | decimal>>$ times as far from $p$ as before.
    """

    offset = VectorEntry(
        [(a - 1) * d * i, (a - 1) * d * j],
        fractions=True,
        tex=r"\Delta",
        marks=2,
        prompt=r"Which offset $\Delta$ (down, right) does tap $(<<i>>, <<j>>)$ have?",
        misconceptions=[
            Misconception(
                "place for offset",
                [a * d * i, a * d * j],
                "This is where the tap lies now, seen from $p$. The offset is the way from its "
                "old place.",
            ),
            Misconception(
                "right before down",
                [(a - 1) * d * j, (a - 1) * d * i],
                "The first number moves the tap down, the second to the right.",
            ),
            Misconception(
                "inwards for outwards",
                [(1 - a) * d * i, (1 - a) * d * j],
                "The factor is <% if a < 1 %>below 1, so taps move towards<% else %>above 1, so "
                "taps move away from<% endif %> the middle.",
            ),
            Misconception(
                "dilation forgotten",
                lambda item: [(item.a - 1) * item.i, (item.a - 1) * item.j] if item.d > 1 else None,
                "Before they are moved, the taps are $d = <<d>>$ apart.",
            ),
        ],
    )

    side = RationalEntry(
        a * (K - 1) * d + 1,
        tex="e",
        marks=2,
        prompt=r"""
        What is the side $e$ of the square that the kernel spans now? As without offsets, it is the
        distance from the first point to the last, plus 1.
        """,
        misconceptions=[
            Misconception(
                "whole square scaled",
                a * ((K - 1) * d + 1),
                "Only the distances between the taps are scaled: the pixel at the end is not.",
            ),
            Misconception(
                "distance",
                a * (K - 1) * d,
                "This is the distance of the outer taps; add 1, half a pixel at each end.",
            ),
            Misconception(
                "as before", (K - 1) * d + 1, "This is what the kernel spans without offsets."
            ),
        ],
    )

    whole = IntegerEntry(
        along**2,
        tex="n",
        marks=2,
        prompt="How many of the <<K**2>> taps lie exactly on pixel centres, so that they need no "
        "interpolation?",
        misconceptions=[
            Misconception(
                "along one axis",
                lambda item: item.along if item.along > 1 else None,
                "Row and column of a tap have to be whole; there are as many choices for each.",
            ),
            Misconception(
                "all of them",
                K**2,
                "A quarter or half a pixel beside a centre a sample is interpolated.",
            ),
        ],
    )

    factor = RationalEntry(
        (R - 1) / ((K - 1) * d),
        tex="a'",
        marks=2,
        prompt="With which factor $a'$ would the kernel span <<R>> pixels?",
        misconceptions=[
            Misconception(
                "ratio of the squares",
                R / ((K - 1) * d + 1),
                "Distances between taps are scaled: $R - 1$ against $(K - 1)d$.",
            ),
            Misconception(
                "one too much",
                R / ((K - 1) * d),
                "The distance from the first tap to the last is $<<R>> - 1$.",
            ),
            Misconception(
                "dilation forgotten",
                lambda item: Fraction(item.R - 1, item.K - 1) if item.d > 1 else None,
                "Without offsets the outer taps are $<<(K - 1) * d>>$ pixels apart.",
            ),
        ],
    )

    solution = r"""
    Tap $(<<i>>, <<j>>)$ lay at $<% if d > 1 %><<d>> \cdot <% endif %>(<<i>>, <<j>>)$ from $p$, and
    lies at $a$ times this now. The way there is $a - 1$ times the old distance:
    $$\Delta = (a - 1) \cdot <<d>> \cdot (<<i>>, <<j>>) =
    (<<offset[0] | decimal>>, <<offset[1] | decimal>>)$$
    The outer taps were $(K - 1)d = <<(K - 1) * d>>$ pixels apart, and are $a$ times as far now:
    << working.side >>
    Along an axis the taps are $ad = <<(a * d) | decimal>>$ apart, beginning at $p$, which is whole.
    Write the <<K>> places down: <% if along > 1 %><<along>> of them are whole. A tap needs a whole
    row and a whole column, so $n = <<along>>^2 = <<whole>>$<% else %>only $p$ itself is whole, so
    $n = <<whole>>$<% endif %> of the <<K**2>> taps.
    For a span of <<R>> pixels the outer taps have to be $<<R - 1>>$ apart:
    << working.factor >>
    """

    def oracle(self):
        """Scaled places written down one by one, and factors tried in quarters."""
        steps = np.arange(-(self.K // 2), self.K // 2 + 1) * self.d
        places = [Fraction(int(step)) * self.a for step in steps]
        at = dict(zip((steps // self.d).tolist(), places, strict=True))
        span = max(places) - min(places)
        factors = [Fraction(n, 4) for n in range(1, 200)]
        return {
            "offset": [at[self.i] - self.i * self.d, at[self.j] - self.j * self.d],
            "side": span + 1,
            "whole": sum(y % 1 == 0 == x % 1 for y in places for x in places),
            "factor": next(f for f in factors if f * int(np.ptp(steps)) + 1 == self.R),
        }
