"""A list of pairs: the pixels that one output of a dilated, strided, padded layer reads."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    ListEntry,
    Misconception,
    RationalEntry,
    different,
    engine,
)


class DilatedTaps(Item):
    """Where the taps of a dilated kernel lie near a border, and how much of a square they read."""

    title = "Which pixels does it read?"
    topic = "convolution"
    objective = (
        "list the pixels that one output of a dilated, strided, padded layer reads, and the "
        "share of its square"
    )
    serves = ["5a dilated-taps", "5a dilated-extent"]

    D = Choice(2, 3, 4)
    S = Choice(1, 2, 3)
    P = Choice(1, 2, 3)
    i, j = Int(0, 2), Int(1, 5)
    K = Choice(3, 5, 7, 9)
    E = Choice(2, 3, 4, 5, 6)

    top, left = i * S - P, j * S - P
    where = [
        different(i, j),
        different(S, D),
        different(D, E),
        top < 0,  # the upper row of taps reads padding, …
        left >= 0,  # … the left column does not
        top + D >= 0,
        different(D, P),
    ]

    stem = r"""
    A layer has a kernel of $3 \times 3$ taps with dilation $D = <<D>>$, stride $S = <<S>>$ and zero
    padding $P = <<P>>$ on each side of the image. Rows (downwards) and columns (to the right) of
    image and output are numbered from 0 on, without the padding; the image is large enough on the
    right and below.
    """

    def tap(self, row, column):
        """The place of a tap in the image: rows and columns of taps from 0 to 2."""
        return self.top + self.D * row, self.left + self.D * column

    def inside(self, place):
        """The places of the taps that lie in the image, row by row."""
        taps = [place(row, column) for row in range(3) for column in range(3)]
        return [(row, column) for row, column in taps if row >= 0 and column >= 0]

    def centred(self, row, column):
        """The kernel laid with its middle at the first place."""
        return self.top + self.D * (row - 1), self.left + self.D * (column - 1)

    def unpadded(self, row, column):
        return self.i * self.S + self.D * row, self.j * self.S + self.D * column

    def undilated(self, row, column):
        return self.top + row, self.left + column

    def strideless(self, row, column):
        return self.i - self.P + self.D * row, self.j - self.P + self.D * column

    pixels = ListEntry(
        lambda item: item.inside(item.tap),
        names=("row", "column"),
        marks=3,
        prompt="Output $(<<i>>, <<j>>)$ (row, column) reads some padded zeros and some pixels. "
        "List the *pixels* as (row, column), row by row, from left to right.",
        misconceptions=[
            Misconception(
                "forgot the padding",
                lambda item: item.inside(item.unpadded),
                "The padding puts the first tap of output $(0, 0)$ at row and column "
                "$-P = -<<P>>$.",
            ),
            Misconception(
                "forgot the dilation",
                lambda item: item.inside(item.undilated),
                "Neighbouring taps are $D = <<D>>$ pixels apart.",
            ),
            Misconception(
                "forgot the stride",
                lambda item: None if item.S == 1 else item.inside(item.strideless),
                "From one output to the next the kernel moves by $S = <<S>>$.",
            ),
            Misconception(
                "rows and columns exchanged",
                lambda item: sorted((b, a) for a, b in item.inside(item.tap)),
                "The row comes first: it counts downwards.",
            ),
        ],
    )

    side = IntegerEntry(
        E * (K - 1) + 1,
        tex="R",
        marks=1,
        carries=(1, 1000),
        prompt=r"""
        Another kernel has $K \times K$ taps, $K = <<K>>$, and dilation $E = <<E>>$. How many pixels
        $R$ does it span along each side, from the first tap to the last?
        """,
        misconceptions=[
            Misconception("all taps", E * K, "<<K>> taps have <<K - 1>> gaps between them."),
            Misconception(
                "gaps only", E * (K - 1), "Count both the first and the last pixel: add 1."
            ),
            Misconception("undilated", K, "Neighbouring taps are <<E>> pixels apart."),
        ],
    )

    share = RationalEntry(
        K**2 / side**2,
        tex="q",
        marks=1,
        prompt="Which share $q$ of the pixels in that square does it read?",
        misconceptions=[
            Misconception(
                "along one side", K / side, "The square has $R^2$ pixels, the kernel $K^2$."
            ),
            Misconception("one in D²", 1 / E**2, "That is the share far from the square's border."),
        ],
    )

    solution = r"""
    The first tap of output $(<<i>>, <<j>>)$ stands at row $<<i>> \cdot <<S>> - <<P>> = <<top>>$ and
    column $<<j>> \cdot <<S>> - <<P>> = <<left>>$, the others <<D>> and <<2 * D>> further. So the
    rows are $<<top>>, <<top + D>>, <<top + 2 * D>>$, of which the first lies in the padding, and
    the columns $<<left>>, <<left + D>>, <<left + 2 * D>>$:
    $$<<pixels>>$$
    The other kernel has <<K - 1>> gaps of <<E>> pixels along each side:
    << working.side >>
    and reads $<<K>>^2 = <<K**2>>$ of $<<side>>^2$ pixels: << working.share >>
    """

    def oracle(self):
        """Light one pixel after the other, and see which ones the output notices."""
        size = (self.i + self.j + 1) * self.S + 3 * self.D
        pixels = np.eye(size * size, dtype=int).reshape(-1, 1, size, size)
        layer = {"stride": self.S, "dilation": self.D, "padding": self.P}
        seen = engine.conv2d(pixels, np.ones((1, 1, 3, 3), dtype=int), **layer)
        lit = np.flatnonzero(seen[:, 0, self.i, self.j])
        taps = range(0, self.E * self.K, self.E)
        return {
            "pixels": [divmod(int(number), size) for number in lit],
            "side": len(range(taps[0], taps[-1] + 1)),
            "share": Fraction(len(taps), len(range(taps[-1] + 1))) ** 2,
        }
