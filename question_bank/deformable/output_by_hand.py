"""Vector and fraction: one output of a deformable convolution, worked out by hand."""

from fractions import Fraction

import numpy as np

from examgen import (
    IntMatrix,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    different,
    engine,
)


class OutputByHand(Item):
    """Four samples at offsets in halves of a pixel, and the output that they make."""

    title = "A deformable convolution by hand"
    topic = "deformable"
    objective = "compute one output of a deformable convolution from offsets, samples and weights"
    serves = ["6c deform-output-by-hand"]

    X = IntMatrix(4, 4, low=0, high=9)
    W = IntMatrix(2, 2, low=-2, high=3)
    D = IntMatrix(4, 2, low=-2, high=2)  # the offsets, in halves of a pixel

    y1, x1 = D[0, 0] / 2, D[0, 1] / 2
    y2, x2 = D[1, 0] / 2, D[1, 1] / 2
    y3, x3 = D[2, 0] / 2, D[2, 1] / 2
    y4, x4 = D[3, 0] / 2, D[3, 1] / 2

    def between_pixels(self):
        """Whether two to four coordinates are halves, with one sample between four pixels."""
        halves = self.D % 2
        return 2 <= halves.sum() <= 4 and bool(halves.all(axis=1).any())

    where = [
        different(W[0, 0] * W[0, 1] * W[1, 0] * W[1, 1], 0),
        different(W[0, 1], W[1, 0]),
        different(W[0, 0], W[1, 1]),
        between_pixels,
    ]

    stem = r"""
    A deformable convolution with a $2 \times 2$ kernel $W$ reads the image $X$, stride&nbsp;1, no
    padding. Rows and columns are numbered from 0, and $y$ runs downwards, $x$ to the right:

    $$X = <<X>> \qquad W = <<W>>$$

    The output is computed at the position where the regular taps lie on the pixels
    $(y, x) = (1, 1)$, $(1, 2)$, $(2, 1)$, $(2, 2)$. There the offset branch gives these offsets:

    | tap | lies on  | offset $(\Delta y, \Delta x)$            |
    |:---:|:--------:|:----------------------------------------:|
    |  1  | $(1, 1)$ | $(<<y1 | decimal>>, <<x1 | decimal>>)$ |
    |  2  | $(1, 2)$ | $(<<y2 | decimal>>, <<x2 | decimal>>)$ |
    |  3  | $(2, 1)$ | $(<<y3 | decimal>>, <<x3 | decimal>>)$ |
    |  4  | $(2, 2)$ | $(<<y4 | decimal>>, <<x4 | decimal>>)$ |

    << deform_figure([[y1, x1], [y2, x2], [y3, x3], [y4, x4]], size=4, at=(1, 1), kernel=2) >>
    """

    def read(self, move):
        """The four samples when an offset (Δy, Δx) moves a tap by ``move(Δy, Δx)``."""
        moves = [move(Fraction(down, 2), Fraction(right, 2)) for down, right in self.D.tolist()]
        taps = [(1, 1), (1, 2), (2, 1), (2, 2)]
        return [
            engine.bilinear_sample(self.X, x + right, y + down)
            for (y, x), (down, right) in zip(taps, moves, strict=True)
        ]

    v = VectorEntry(
        lambda item: item.read(lambda down, right: (down, right)),
        shape=(4,),
        fractions=True,
        tex="v",
        marks=4,
        prompt="Which values $(v_1, v_2, v_3, v_4)$ do the four taps read, by bilinear sampling?",
        misconceptions=[
            Misconception(
                "ignored the offsets",
                lambda item: item.read(lambda down, right: (0, 0)),
                "Each tap reads where its offset has moved it, not at its regular place.",
            ),
            Misconception(
                "x and y swapped",
                lambda item: item.read(lambda down, right: (right, down)),
                r"The first number, $\Delta y$, moves a tap down, the second to the right.",
            ),
            Misconception(
                "opposite direction",
                lambda item: item.read(lambda down, right: (-down, -right)),
                r"An offset is added: positive numbers move a tap down and to the right.",
            ),
            Misconception(
                "rounded down",
                lambda item: item.read(lambda down, right: (down // 1, right // 1)),
                "Half-way between pixels, take their mean: rounding down would leave the offset "
                "without a gradient.",
            ),
        ],
    )

    o = RationalEntry(
        W[0, 0] * v[0] + W[0, 1] * v[1] + W[1, 0] * v[2] + W[1, 1] * v[3],
        tex="o",
        marks=2,
        prompt="What is the output $o$ at this position (no bias)?",
        misconceptions=[
            Misconception(
                "standard convolution",
                lambda item: int((item.W * item.X[1:3, 1:3]).sum()),
                "The weights go with the values at the *moved* taps.",
            ),
            Misconception(
                "flipped the kernel",
                W[1, 1] * v[0] + W[1, 0] * v[1] + W[0, 1] * v[2] + W[0, 0] * v[3],
                "A layer does not flip its kernel: tap 1 goes with the upper left weight.",
            ),
            Misconception(
                "transposed the kernel",
                W[0, 0] * v[0] + W[1, 0] * v[1] + W[0, 1] * v[2] + W[1, 1] * v[3],
                "Taps are numbered row by row, and so are the weights.",
            ),
        ],
    )

    solution = r"""
    The taps read at $(y, x) = (<<(1 + y1) | decimal>>, <<(1 + x1) | decimal>>)$,
    $(<<(1 + y2) | decimal>>, <<(2 + x2) | decimal>>)$,
    $(<<(2 + y3) | decimal>>, <<(1 + x3) | decimal>>)$ and
    $(<<(2 + y4) | decimal>>, <<(2 + x4) | decimal>>)$. Half-way between two pixels a sample
    is their mean, in the middle of four pixels the mean of the four, and on a pixel its value:
    $$\begin{aligned}
    <% for y, x in [(1, 1), (1, 2), (2, 1), (2, 2)] %>
    <% set n, down, right = loop.index, 2 * y + D[loop.index0][0], 2 * x + D[loop.index0][1] %>
    <% set pixels = (1 + down % 2) * (1 + right % 2) %>
    v_<<n>> &= <% if pixels > 1 %>\frac{
    <% for r in range(down // 2, (down + 1) // 2 + 1) %>
    <% for c in range(right // 2, (right + 1) // 2 + 1) %>
    <% if r + c > down // 2 + right // 2 %> + <% endif %><<X[r][c]>>
    <% endfor %>
    <% endfor %>
    }{<<pixels>>} = <% endif %><<v[n - 1]>><% if not loop.last %> \\<% endif %>

    <% endfor %>
    \end{aligned}$$
    Each value is multiplied by the weight of its tap:
    << working.o >>
    """

    def oracle(self):
        """Hat functions over the whole image; then the operator itself, at one position of nine."""
        regular = [(1, 1), (1, 2), (2, 1), (2, 2)]
        samples = []
        for (y, x), (down, right) in zip(regular, self.D.tolist(), strict=True):
            hats = engine.bilinear_weights(
                x + Fraction(right, 2), y + Fraction(down, 2), height=4, width=4
            )
            samples.append((hats * self.X).sum())
        offset = np.zeros((8, 3, 3), dtype=object)
        offset[:, 1, 1] = [Fraction(half, 2) for half in self.D.ravel().tolist()]
        return {"v": samples, "o": engine.deform_conv2d(self.X, offset, self.W)[1, 1]}
