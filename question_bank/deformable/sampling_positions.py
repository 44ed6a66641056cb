"""Matrices and a vector: where the taps of a deformable convolution read."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Int, IntMatrix, Item, MatrixEntry, Misconception, VectorEntry, different


class SamplingPositions(Item):
    """Regular and deformed sampling points under stride, padding and dilation."""

    title = "Where a deformable kernel reads"
    topic = "deformable"
    objective = (
        "find where regular and deformed taps read under stride, padding and dilation, and the "
        "offset for a wanted pixel"
    )
    serves = ["6a deform-sampling-positions"]

    S = Choice(2, 3)
    P = Choice(1, 2)
    d = Choice(2, 3)
    r, c = Int(1, 6), Int(1, 6)
    D = IntMatrix(4, 2, low=-3, high=3)  # the offsets, in halves of a pixel
    t_y, t_x = Int(0, 9), Int(0, 9)

    y1, x1 = D[0, 0] / 2, D[0, 1] / 2
    y2, x2 = D[1, 0] / 2, D[1, 1] / 2
    y3, x3 = D[2, 0] / 2, D[2, 1] / 2
    y4, x4 = D[3, 0] / 2, D[3, 1] / 2

    where = [
        different(r, c),  # else rows and columns cannot be told apart
        different(t_y, t_x),
        different(P, d),
        different(t_y, r * S - P),
    ]

    stem = r"""
    A deformable convolution has a $3 \times 3$ kernel with stride $S = <<S>>$, dilation
    $d = <<d>>$ and zero padding $P = <<P>>$ on every side. Positions are written (row, column) and
    counted from 0, in the image *without* its padding, so they can be negative. Take the output in
    row <<r>> and column <<c>> (counted from 0 as well), and of its nine taps the four corners, in
    this order: upper left, upper right, lower left, lower right. Their offsets (down, right), in
    pixels, are

    | corner      | offset                                   |
    |:------------|:----------------------------------------:|
    | upper left  | $(<<y1 | decimal>>, <<x1 | decimal>>)$   |
    | upper right | $(<<y2 | decimal>>, <<x2 | decimal>>)$   |
    | lower left  | $(<<y3 | decimal>>, <<x3 | decimal>>)$   |
    | lower right | $(<<y4 | decimal>>, <<x4 | decimal>>)$   |
    """

    R = MatrixEntry(
        [
            [r * S - P, c * S - P],
            [r * S - P, c * S - P + 2 * d],
            [r * S - P + 2 * d, c * S - P],
            [r * S - P + 2 * d, c * S - P + 2 * d],
        ],
        tex="R",
        marks=3,
        carries=(-1000, 1000),
        prompt=r"""
        Where do the four taps of the *regular* grid lie, before the offsets are added? Write each
        as a row (row, column) of a matrix $R$.
        """,
        misconceptions=[
            Misconception(
                "ignored the stride",
                [
                    [r - P, c - P],
                    [r - P, c - P + 2 * d],
                    [r - P + 2 * d, c - P],
                    [r - P + 2 * d, c - P + 2 * d],
                ],
                "The window moves by $S = <<S>>$ pixels from one output to the next.",
            ),
            Misconception(
                "ignored the padding",
                [
                    [r * S, c * S],
                    [r * S, c * S + 2 * d],
                    [r * S + 2 * d, c * S],
                    [r * S + 2 * d, c * S + 2 * d],
                ],
                "The first window starts in the padding, <<P>> pixel<% if P > 1 %>s<% endif %> "
                "above and to the left of the image.",
            ),
            Misconception(
                "ignored the dilation",
                [
                    [r * S - P, c * S - P],
                    [r * S - P, c * S - P + 2],
                    [r * S - P + 2, c * S - P],
                    [r * S - P + 2, c * S - P + 2],
                ],
                "Neighbouring taps are $d = <<d>>$ pixels apart.",
            ),
            Misconception(
                "columns first",
                [
                    [c * S - P, r * S - P],
                    [c * S - P + 2 * d, r * S - P],
                    [c * S - P, r * S - P + 2 * d],
                    [c * S - P + 2 * d, r * S - P + 2 * d],
                ],
                "Positions are written (row, column) here.",
            ),
        ],
    )

    Q = MatrixEntry(
        [
            [R[0, 0] + y1, R[0, 1] + x1],
            [R[1, 0] + y2, R[1, 1] + x2],
            [R[2, 0] + y3, R[2, 1] + x3],
            [R[3, 0] + y4, R[3, 1] + x4],
        ],
        fractions=True,
        tex="Q",
        marks=2,
        prompt="Where do they read, with the offsets? Write a matrix $Q$ in the same way.",
        misconceptions=[
            Misconception(
                "offsets dilated",
                [
                    [R[0, 0] + d * y1, R[0, 1] + d * x1],
                    [R[1, 0] + d * y2, R[1, 1] + d * x2],
                    [R[2, 0] + d * y3, R[2, 1] + d * x3],
                    [R[3, 0] + d * y4, R[3, 1] + d * x4],
                ],
                "Offsets are in pixels of the image: the dilation does not stretch them.",
            ),
            Misconception(
                "x and y swapped",
                [
                    [R[0, 0] + x1, R[0, 1] + y1],
                    [R[1, 0] + x2, R[1, 1] + y2],
                    [R[2, 0] + x3, R[2, 1] + y3],
                    [R[3, 0] + x4, R[3, 1] + y4],
                ],
                "The first number of an offset changes the row.",
            ),
            Misconception(
                "offsets for positions",
                [[y1, x1], [y2, x2], [y3, x3], [y4, x4]],
                "An offset is measured from the regular place of its tap: add the two.",
            ),
            Misconception(
                "opposite direction",
                [
                    [R[0, 0] - y1, R[0, 1] - x1],
                    [R[1, 0] - y2, R[1, 1] - x2],
                    [R[2, 0] - y3, R[2, 1] - x3],
                    [R[3, 0] - y4, R[3, 1] - x4],
                ],
                "Offsets are added, not subtracted.",
            ),
        ],
    )

    e = VectorEntry(
        [t_y - R[0, 0], t_x - R[0, 1]],
        fractions=True,
        marks=2,
        tex=r"\Delta",
        prompt=r"""
        Which offset $\Delta = (\Delta y, \Delta x)$ would make the *upper left* tap read the pixel
        in row <<t_y>> and column <<t_x>>?
        """,
        misconceptions=[
            Misconception(
                "opposite direction",
                [R[0, 0] - t_y, R[0, 1] - t_x],
                "The offset leads from the regular place to the pixel: pixel minus place.",
            ),
            Misconception(
                "pixel for offset",
                [t_y, t_x],
                "An offset is measured from the regular place of the tap.",
            ),
            Misconception(
                "columns first",
                [t_x - R[0, 1], t_y - R[0, 0]],
                "The first number of an offset is $\\Delta y$, the change of the row.",
            ),
            Misconception(
                "on top of the offset",
                lambda item: [item.t_y - item.Q[0, 0], item.t_x - item.Q[0, 1]],
                "It *replaces* the offset that the tap has: measure from the regular place.",
            ),
        ],
    )

    solution = r"""
    The first window starts in the corner of the padded image, at $(-P, -P)$ with $P = <<P>>$; from
    one output to the next it moves by $S = <<S>>$ pixels. For the output in row $r = <<r>>$ and
    column $c = <<c>>$ it starts at
    << working.R[0, 0] >>
    << working.R[0, 1] >>
    The other corners of the kernel lie $2d = <<2 * d>>$ pixels further down, to the right, or both:
    $$R = <<R>>$$
    The offsets, in pixels, are added as they are:
    $$Q = \begin{pmatrix}
    <% for row in Q %>
    <<row[0] | decimal>> & <<row[1] | decimal>><% if not loop.last %> \\<% endif %>

    <% endfor %>
    \end{pmatrix}$$
    From the regular place of the upper left tap, $(<<R[0][0]>>, <<R[0][1]>>)$, to the pixel
    $(<<t_y>>, <<t_x>>)$ it is $\Delta = (<<e[0]>>, <<e[1]>>)$.
    """

    def oracle(self):
        """Slide a window over numbered pixels of the padded image, and look where its taps lie."""
        size, margin = 40, self.P
        rows, columns = np.mgrid[-margin : size + margin, -margin : size + margin]
        tops = range(0, size, self.S)
        reach = slice(None, None, self.d)
        down, right = slice(tops[self.r], None), slice(tops[self.c], None)
        window = [grid[down, right][reach, reach][:3, :3] for grid in (rows, columns)]
        corners = np.stack([grid[::2, ::2].ravel() for grid in window], axis=1)
        halves = [[Fraction(half, 2) for half in pair] for pair in self.D.tolist()]
        step = next(
            (y, x)
            for y in range(-20, 20)
            for x in range(-20, 20)
            if (corners[0, 0] + y, corners[0, 1] + x) == (self.t_y, self.t_x)
        )
        return {"R": corners, "Q": corners.astype(object) + np.array(halves), "e": step}
