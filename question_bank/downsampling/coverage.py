"""Vector and whole numbers: how many windows read a pixel, and which pixels none reads."""

import math
from itertools import permutations

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    VectorEntry,
    ceiling,
    different,
    engine,
    floor,
)

PIXELS = 9


class Coverage(Item):
    """Windows per pixel along a row and in an image, and the pixels that a stride jumps over."""

    title = "How often is a pixel read?"
    topic = "downsampling"
    objective = (
        "count the windows that read each pixel, and the pixels that a large stride jumps over"
    )
    serves = ["4b pixel-coverage-count"]

    F, S = Choice(3, 4, 5, 6), Choice(2, 3, 4)
    P = Choice(0, 1, 2)
    pair = Choice(*permutations(range(PIXELS), 2))  # row and column
    k, s = Choice(2, 3), Choice(4, 5, 6, 7)
    n = Int(20, 60)

    rest = (n - k) % s

    def reads_of(self, stride):
        """How many windows read each pixel: those that start neither too late nor too early."""
        last = (PIXELS + 2 * self.P - self.F) // stride
        return [
            min(last, place // stride) - max(0, -((self.F - 1 - place) // stride)) + 1
            for place in range(self.P, self.P + PIXELS)
        ]

    def pixel_tells(self):
        """Whether the counts of the two axes differ, and neither hides the other."""
        rows, columns = (self.reads_of(self.S)[place] for place in self.pair)
        return rows != columns and min(rows, columns) > 1

    where = [
        S < F,
        2 * P < F,
        different(rest, 0),
        different(rest, s - k),
        different(s, 2 * k),
        pixel_tells,
    ]

    stem = r"""
    A convolution slides a kernel $F = <<F>>$ wide along rows of 9 pixels with stride $S = <<S>>$
    and <% if P %>padding $P = <<P>>$ at each end<% else %>no padding<% endif %>. Only whole windows
    are used. Pixels of the image are numbered from&nbsp;0 to&nbsp;8.

    """

    counts = VectorEntry(
        lambda item: item.reads_of(item.S),
        shape=(PIXELS,),
        tex="c",
        marks=3,
        carries=(0, 100),
        prompt="How many windows read each pixel? Give the vector $c$ of the nine counts.",
        misconceptions=[
            Misconception(
                "stride 1",
                lambda item: item.reads_of(1),
                "The windows start every $S = <<S>>$ pixels.",
            ),
            Misconception(
                "side by side",
                [1] * PIXELS,
                "The stride is smaller than the kernel, so neighbouring windows overlap by "
                "$F - S$ pixels.",
            ),
            Misconception(
                "the same everywhere",
                [ceiling(F / S)] * PIXELS,
                "Fewer windows reach the pixels near the ends of a row.",
            ),
        ],
    )

    def both(self):
        """The counts of the pixel's row and of its column."""
        return [int(self.counts[place]) for place in self.pair]

    pixel = IntegerEntry(
        lambda item: math.prod(item.both()),
        tex="t",
        marks=1,
        carries=(0, 100),
        prompt=r"""
        The same kernel, $F \times F$, is slid over an image of $9 \times 9$ pixels, with the same
        stride and padding along both axes. How many windows read the pixel in row <<pair[0]>> and
        column <<pair[1]>>?
        """,
        misconceptions=[
            Misconception(
                "added",
                lambda item: sum(item.both()),
                "Every row of windows that reaches the pixel meets every column that does: "
                "multiply.",
            ),
            Misconception(
                "square",
                lambda item: item.both()[1] ** 2,
                "Row <<pair[0]>> is reached by another number of windows than column <<pair[1]>>.",
            ),
            Misconception(
                "one axis",
                lambda item: item.both()[1],
                "The image has two axes: multiply both counts.",
            ),
        ],
    )

    out = floor((n - k) / s) + 1
    unread = IntegerEntry(
        n - k * out,
        tex="u",
        marks=2,
        prompt=r"""
        Another layer has a kernel only $k = <<k>>$ wide and the larger stride $s = <<s>>$. It reads
        rows of $n = <<n>>$ pixels, without padding. How many pixels $u$ of a row does no window
        read?
        """,
        misconceptions=[
            Misconception(
                "the end only",
                rest,
                "Besides the columns left over at the end, $s - k$ pixels are jumped over between "
                "any two windows.",
            ),
            Misconception(
                "the gaps only",
                (s - k) * (out - 1),
                "At the end of the row some columns are left over as well.",
            ),
            Misconception(
                "gap after every window",
                (s - k) * out,
                "Behind the last window it is not the gap that is left over, but the rest of the "
                "row.",
            ),
            Misconception("the pixels read", k * out, "So many pixels *are* read."),
        ],
    )

    solution = r"""
    Window number $i$ (from 0) reads the pixels from $iS - P$ to $iS - P + F - 1$, as far as they
    lie in the row, and the last window has the number
    $\lfloor (9 + 2P - F) / S \rfloor = <<(9 + 2 * P - F) // S>>$. Counting for each pixel the
    windows that cover it,
    $$c = <<counts>>$$
    In an image a window is chosen by its row and its column, so the counts multiply:
    $$t = c_<<pair[0]>> \cdot c_<<pair[1]>>
    = <<counts[pair[0]]>> \cdot <<counts[pair[1]]>> = <<pixel>>$$
    The second layer has $\lfloor (n - k) / s \rfloor + 1 = <<out>>$ windows. They do not overlap,
    and each reads $k$ pixels:
    << working.unread >>
    """

    def oracle(self):
        """Add up a one for each read: the transposed convolution of ones, in one and two axes."""
        size = len(range(0, PIXELS + 2 * self.P - self.F + 1, self.S))
        ones = np.ones((size, size), dtype=int)
        spread = engine.conv_transpose2d(ones, np.ones((self.F, self.F), int), stride=self.S)
        margin = np.zeros((40, 40), dtype=int)
        margin[: len(spread), : len(spread)] = spread
        image = margin[self.P : self.P + PIXELS, self.P : self.P + PIXELS]
        row = engine.conv_transpose1d([1] * size, [1] * self.F, stride=self.S).tolist()
        starts = range(0, self.n - self.k + 1, self.s)
        read = {start + tap for start in starts for tap in range(self.k)}
        return {
            "counts": (row + [0] * PIXELS)[self.P : self.P + PIXELS],
            "pixel": image[tuple(self.pair)],
            "unread": len(set(range(self.n)) - read),
        }
