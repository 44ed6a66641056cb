"""Pairs of fractions: rounding against interpolation, and the slopes on both sides of a pixel."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
    floor,
)

TENTH = Fraction(1, 10)
PLACES = [cell + tenths * TENTH for cell in range(5) for tenths in (1, 2, 3, 6, 7, 8)]


class Kink(Item):
    """What a small move changes under rounding and under interpolation, and where slopes break."""

    title = "Rounding, interpolation and a kink"
    topic = "bilinear"
    objective = (
        "tell what a small move of a sampling point changes under rounding and under "
        "interpolation, and find the slopes on both sides of a pixel"
    )
    serves = ["6c bilinear-kink", "6c round-vs-bilinear"]

    V = IntVector(6, low=0, high=9)
    p = Choice(*PLACES)
    n = Int(1, 4)

    j = floor(p)
    f = p - j

    def rows_are_uneven(self):
        """Whether neighbours differ, and the row has a kink at the pixel n."""
        steps = [after - before for before, after in zip(self.V, self.V[1:], strict=False)]
        return all(steps) and steps[self.n - 1] != steps[self.n]

    where = [rows_are_uneven, different(n, j), different(n, j + 1)]

    stem = r"""
    A tap reads a row of six pixels with the values $V = <<V>>$, whose centres lie at
    $x = 0, 1, \dots, 5$. It can be read in two ways: by *rounding*, $V[\mathrm{round}(x)]$, or by
    *linear interpolation* between the two pixels on either side of $x$. The figure shows the
    interpolated reading; its slopes on both sides of pixel&nbsp;<<n>> are continued by dashes.

    << profile_figure(V, n) >>
    """

    def read(self, x, turned=False):
        """What rounding and interpolation read at a place that is neither a pixel nor a half."""
        left, rest = int(x // 1), x % 1
        nearest = left if rest < Fraction(1, 2) else left + 1
        share = 1 - rest if turned else rest
        value = (1 - share) * int(self.V[left]) + share * int(self.V[left + 1])
        return [int(self.V[nearest]), value]

    def rise(self):
        """How much the row changes from one pixel to the next around the tap."""
        return int(self.V[self.j + 1] - self.V[self.j])

    def slopes(self):
        """The slopes to the left and to the right of the pixel n."""
        before, here, after = self.V[self.n - 1 : self.n + 2].tolist()
        return [here - before, after - here]

    def mean_slope(self):
        """The mean of the two slopes, twice; None where it is 0."""
        total = sum(self.slopes())
        return [Fraction(total, 2)] * 2 if total else None

    readings = VectorEntry(
        lambda item: item.read(item.p),
        shape=(2,),
        fractions=True,
        tex="r",
        marks=2,
        prompt=r"""
        The tap is at $x = <<p | decimal>>$. Give the pair $r$ of what it reads by rounding and by
        interpolation.
        """,
        misconceptions=[
            Misconception(
                "weights turned round",
                lambda item: item.read(item.p, turned=True),
                "The nearer pixel has the larger weight.",
            ),
            Misconception(
                "other pixel",
                lambda item: [
                    sum(item.V[item.j : item.j + 2].tolist()) - item.read(item.p)[0],
                    item.read(item.p)[1],
                ],
                "Rounding takes the *nearest* pixel.",
            ),
            Misconception(
                "middle of both",
                lambda item: [
                    item.read(item.p)[0],
                    Fraction(sum(item.V[item.j : item.j + 2].tolist()), 2),
                ],
                "The place is not half-way between the two pixels: weigh them.",
            ),
        ],
    )

    changes = VectorEntry(
        lambda item: [0, item.rise() * TENTH],
        shape=(2,),
        fractions=True,
        tex=r"\Delta r",
        marks=2,
        prompt=r"""
        An update of the offset moves the tap by $0.1$ to the right. By how much does each of the
        two readings change? A fall is negative.
        """,
        misconceptions=[
            Misconception(
                "slope for change",
                lambda item: [0, item.rise()],
                "That is the slope, the change over a whole pixel. The tap moves by a tenth of it.",
            ),
            Misconception(
                "rounding follows",
                lambda item: [item.rise() * TENTH, item.rise() * TENTH],
                "The nearest pixel is still the same one, and so is its value.",
            ),
            Misconception(
                "opposite sign",
                lambda item: [0, -item.rise() * TENTH],
                "To the right, the right-hand pixel gains weight.",
            ),
            Misconception(
                "no change", lambda _item: [0, 0], "Interpolation answers to any small move."
            ),
        ],
    )

    sides = VectorEntry(
        slopes,
        shape=(2,),
        tex="s",
        marks=2,
        prompt=r"""
        Another tap lies exactly *on* pixel&nbsp;<<n>>. How fast does its interpolated reading
        change with $x$ on either side? Give the pair $s$ of the slope to the *left* and the slope
        to the *right* of the pixel.
        """,
        misconceptions=[
            Misconception(
                "right before left",
                lambda item: item.slopes()[::-1],
                "The slope on the left belongs to the cell before the pixel, and comes first.",
            ),
            Misconception(
                "moving away",
                lambda item: [-item.slopes()[0], item.slopes()[1]],
                "A slope is the change for $x$ *growing*, on both sides.",
            ),
            Misconception(
                "mean of both",
                mean_slope,
                "There is no single slope at a pixel: the reading has a kink there.",
            ),
            Misconception(
                "flat",
                lambda _item: [0, 0],
                "The reading *equals* the pixel's value there, but it changes on both sides.",
            ),
        ],
    )

    solution = r"""
    The place $x = <<p | decimal>>$ lies between the pixels <<j>> and <<j + 1>>, which have the
    values $<<V[j]>>$ and $<<V[j + 1]>>$. Rounding takes the nearer one. Interpolation weighs them
    with $<<(1 - f) | decimal>>$ and $<<f | decimal>>$:
    $$r = <<readings>>$$
    After the move the nearest pixel is the same, and rounding reads the same value as before. Its
    slope is 0 almost everywhere, so an offset could not learn. Interpolation changes by a tenth of
    the difference $<<V[j + 1]>> - <<V[j]>> = <<V[j + 1] - V[j]>>$ of the two pixels:
    $$\Delta r = <<changes>>$$
    On pixel&nbsp;<<n>> two cells meet. To its left the reading has the slope
    $<<V[n]>> - <<V[n - 1]>> = <<sides[0]>>$, to its right $<<V[n + 1]>> - <<V[n]>> = <<sides[1]>>$:
    interpolation is continuous, but not differentiable at a pixel.

    << profile_figure(V, n, reveal=True) >>
    """

    def oracle(self):
        """Distances to all pixels; the engine's samples at the places and just beside the pixel."""
        row = self.V[None]
        places = [self.p, self.p + TENTH]
        nearest = [
            int(self.V[int(np.argmin([abs(place - pixel) for pixel in range(6)]))])
            for place in places
        ]
        before, after = (engine.bilinear_sample(row, place, 0) for place in places)
        beside = [engine.bilinear_sample(row, self.n + side * TENTH, 0) for side in (-1, 0, 1)]
        return {
            "readings": [nearest[0], before],
            "changes": [nearest[1] - nearest[0], after - before],
            "sides": [(beside[1] - beside[0]) * 10, (beside[2] - beside[1]) * 10],
        }
