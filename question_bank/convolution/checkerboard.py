"""Vectors and several choices: uneven overlaps of a transposed convolution, and a remedy."""

import numpy as np

from examgen import (
    Choice,
    Int,
    IntVector,
    Item,
    Misconception,
    MultipleResponse,
    VectorEntry,
    different,
    engine,
)

PLACES = 8


class Checkerboard(Item):
    """How many copies of a kernel reach each output, what that does, and resizing instead."""

    title = "Checkerboards"
    topic = "convolution"
    objective = (
        "count the overlaps of a transposed convolution, tell when they are even, and replace "
        "it by resizing and convolving"
    )
    serves = ["5a tconv-overlap", "5a resize-conv-by-hand"]

    pair = Choice((3, 2), (5, 2), (4, 3), (5, 3), (6, 4), (7, 3), (7, 4))
    w = IntVector(3, low=1, high=6)
    v = Int(2, 9)
    T = Choice(2, 3, 4)
    widths = Choice((3, 4, 6, 8, 9), (2, 5, 6, 8, 9), (3, 4, 6, 7, 8), (4, 5, 6, 9, 12))
    x = IntVector(3, low=0, high=6)
    k = IntVector(3, low=-2, high=3)

    where = [
        different(w[0] + w[2], w[1]),  # else the output is even
        different(w[0], w[2]),
        different(k[0] * k[1] * k[2], 0),
        different(k[0], k[2]),
        different(x[0], x[1]),
        different(x[1], x[2]),
    ]

    stem = r"""
    A transposed convolution puts a copy of its kernel into the output for each input value, every
    copy one stride further on, and adds the copies up. Outputs are numbered from 0, where the first
    copy begins. There is no padding, and the input is long.
    """

    def stamps(self, width, stride):
        """How many copies reach each of the first outputs."""
        return [
            sum(start <= place < start + width for start in range(0, PLACES, stride))
            for place in range(PLACES)
        ]

    counts = VectorEntry(
        lambda item: item.stamps(*item.pair),
        shape=(PLACES,),
        tex="c",
        marks=2,
        prompt=r"""
        The kernel is <<pair[0]>> wide and the stride is <<pair[1]>>. How many copies reach the
        outputs 0 to 7? Give the vector $c$ of the eight counts.
        """,
        misconceptions=[
            Misconception(
                "width and stride swapped",
                lambda item: item.stamps(item.pair[1], item.pair[0]),
                "A copy is <<pair[0]>> wide, and the next one begins <<pair[1]>> places further "
                "on.",
            ),
            Misconception(
                "stride 1",
                lambda item: item.stamps(item.pair[0], 1),
                "Copies begin only at every multiple of the stride, <<pair[1]>>.",
            ),
            Misconception(
                "side by side",
                lambda _item: [1] * PLACES,
                "The kernel is wider than the stride, so neighbouring copies overlap.",
            ),
        ],
    )

    even = VectorEntry(
        [v * (w[0] + w[2]), v * w[1]],
        tex="a",
        marks=2,
        prompt=r"""
        Another layer has the kernel $w = <<w>>$ and stride 2, and all its input values are
        $<<v>>$. Away from the ends its output alternates between two values. Give the pair $a$ of
        the value at *even* and the value at *odd* places.
        """,
        misconceptions=[
            Misconception(
                "odd before even",
                [v * w[1], v * (w[0] + w[2])],
                "Copies begin at even places: there the last weight of one copy meets the first "
                "of the next.",
            ),
            Misconception(
                "overlap overwritten",
                [v * w[0], v * w[1]],
                "Where two copies overlap they are added.",
            ),
            Misconception(
                "every weight everywhere",
                [v * (w[0] + w[1] + w[2])] * 2,
                "That would be so with stride 1. With stride 2 a place meets only some of the "
                "weights.",
            ),
            Misconception(
                "ones for the input",
                [w[0] + w[2], w[1]],
                "Each copy of the kernel is multiplied by the input value, $<<v>>$.",
            ),
        ],
    )

    def indivisible(self):
        """The widths that the stride does not divide; None where these are the odd ones."""
        return [width % self.T != 0 for width in self.widths] if self.T != 2 else None

    smooth = MultipleResponse(
        lambda item: [width % item.T == 0 for width in item.widths],
        marks=2,
        prompt=r"""
        A layer is to have stride <<T>>. For which widths of the kernel do equally many copies reach
        every output, away from the ends?
        """,
        options=[f"<<widths[{index}]>>" for index in range(5)],
        misconceptions=[
            Misconception(
                "odd widths",
                lambda item: [width % 2 == 1 for width in item.widths],
                "Whether the width is odd plays no part: the stride must divide it.",
            ),
            Misconception(
                "the others",
                indivisible,
                "It is the other way round: an even cover needs a width that the stride divides.",
            ),
        ],
    )

    resized = VectorEntry(
        [
            (k[0] + k[1]) * x[0] + k[2] * x[1],
            k[0] * x[0] + (k[1] + k[2]) * x[1],
            (k[0] + k[1]) * x[1] + k[2] * x[2],
            k[0] * x[1] + (k[1] + k[2]) * x[2],
        ],
        tex="z",
        marks=3,
        prompt=r"""
        The remedy is to resize first and convolve then. Double each value of $x = <<x>>$ (every
        value twice, side by side), and slide the kernel $k = <<k>>$ over the six values, with
        stride 1, no padding and no flip. What is the output $z$?
        """,
        misconceptions=[
            Misconception(
                "flipped the kernel",
                [
                    (k[2] + k[1]) * x[0] + k[0] * x[1],
                    k[2] * x[0] + (k[1] + k[0]) * x[1],
                    (k[2] + k[1]) * x[1] + k[0] * x[2],
                    k[2] * x[1] + (k[1] + k[0]) * x[2],
                ],
                "This convolution does not flip its kernel.",
            ),
            Misconception(
                "zeros for copies",
                [
                    k[0] * x[0] + k[2] * x[1],
                    k[1] * x[1],
                    k[0] * x[1] + k[2] * x[2],
                    k[1] * x[2],
                ],
                "Each value is *repeated*; zeros between the values are what the transposed "
                "convolution uses.",
            ),
            Misconception(
                "signal twice",
                [
                    k[0] * x[0] + k[1] * x[1] + k[2] * x[2],
                    k[0] * x[1] + k[1] * x[2] + k[2] * x[0],
                    k[0] * x[2] + k[1] * x[0] + k[2] * x[1],
                    k[0] * x[0] + k[1] * x[1] + k[2] * x[2],
                ],
                "Every value is repeated at once: $x_1, x_1, x_2, x_2, x_3, x_3$.",
            ),
        ],
    )

    solution = r"""
    Copies begin at the multiples of the stride, <<pair[1]>>, and are <<pair[0]>> places wide:
    $$c = <<counts>>$$
    Since the stride does not divide the width, the counts stay uneven away from the ends. In the
    second layer a place with an even number lies under the first weight of one copy and the last
    weight of the copy before, and a place with an odd number under the middle weight alone:
    << working.even[0] >>
    << working.even[1] >>
    A constant input has become a pattern. A width that is a multiple of the stride, here <<T>>,
    covers every place equally often. After doubling, the windows of the last layer see $x_1, x_1,
    x_2$, then $x_1, x_2, x_2$, and so on:
    << working.resized[0] >>
    << working.resized[1] >>
    and in all $z = <<resized>>$.
    """

    def oracle(self):
        """The engine's overlaps; a constant signal stamped; repeated values through a matrix."""
        width, stride = self.pair
        pattern = engine.conv_transpose1d([self.v] * 6, self.w, stride=2)
        inside = [engine.overlap_counts(20, wide, stride=self.T)[20:30] for wide in self.widths]
        matrix = engine.conv_matrix(self.k, input_shape=(6,))
        return {
            "counts": engine.overlap_counts(8, width, stride=stride)[:PLACES],
            "even": pattern[4:6],
            "smooth": [len(set(counts.tolist())) == 1 for counts in inside],
            "resized": matrix @ np.repeat(self.x, 2),
        }
