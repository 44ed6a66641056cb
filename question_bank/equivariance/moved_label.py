"""Vectors of two entries: where the label of a pixel goes when the image is shifted or mirrored."""

import numpy as np

from examgen import Choice, Int, Item, Misconception, VectorEntry, different, engine, floor


class MovedLabel(Item):
    """A labelled pixel under a shift, its cell in a coarser output, and its mirror image."""

    title = "Where does the label go?"
    topic = "equivariance"
    objective = (
        "follow the label of a pixel under a shift, into a coarser output and under mirroring"
    )
    serves = ["1b shift-label-map"]

    H, W = Choice(96, 128, 160), Choice(192, 224, 256)
    r, c = Int(30, 60), Int(70, 120)
    u, v = Int(-20, 20), Int(-40, 40)
    s = Choice(4, 8, 16)

    where = [
        different(u * v, 0),
        different(u**2, v**2),
        different(r + u - c - v, 0),
        different(2 * (c + v) + 1, W),  # else the mirror image is the pixel itself
        different(floor((r + u) / s), floor((c + v) / s)),
        different(floor((r + u) / s), floor(r / s)),
        different(floor((c + v) / s), floor(c / s)),
    ]

    stem = r"""
    A network for segmentation labels each pixel of an image of $<<H>> \times <<W>>$ pixels (height
    × width). Pixels are given as (row, column), from $(0, 0)$ in the top left corner; rows run
    downwards. Pixel $(<<r>>, <<c>>)$ belongs to a cat. Then the camera moves: every pixel of the
    scene is seen
    $<<u | abs>>$ pixel<% if u**2 > 1 %>s<% endif %> further
    <% if u > 0 %>down<% else %>up<% endif %> and
    $<<v | abs>>$ pixel<% if v**2 > 1 %>s<% endif %> further to the
    <% if v > 0 %>right<% else %>left<% endif %>.
    """

    moved = VectorEntry(
        [r + u, c + v],
        tex="p'",
        marks=1,
        carries=(0, 255),
        prompt="Which pixel $p'$ has to get the label now, if the network is equivariant?",
        misconceptions=[
            Misconception(
                "swapped row and column",
                [r + v, c + u],
                "The first number of a pixel is its row, which changes by the shift *down or up*.",
            ),
            Misconception(
                "the other direction",
                [r - u, c - v],
                "The scene moves along: rows grow downwards, columns to the right.",
            ),
            Misconception(
                "invariant",
                [r, c],
                "A label that stays where it was is invariance; here the label moves along.",
            ),
        ],
    )

    cell = VectorEntry(
        [floor(moved[0] / s), floor(moved[1] / s)],
        tex="q'",
        marks=2,
        carries=(0, 255),
        prompt=r"""
        The output of the network is coarser: cell $(i, j)$ stands for the
        $<<s>> \times <<s>>$ pixels from pixel $(<<s>> i, <<s>> j)$ on, to the right and downwards.
        In which cell $q'$ does $p'$ lie?
        """,
        misconceptions=[
            Misconception(
                "counted from 1",
                [floor(moved[0] / s) + 1, floor(moved[1] / s) + 1],
                "The first cell is $(0, 0)$: it holds the rows and columns 0 to <<s - 1>>.",
            ),
            Misconception(
                "not divided",
                [moved[0], moved[1]],
                "A cell is <<s>> pixels high and wide: divide by <<s>> and round down.",
            ),
            Misconception(
                "remainder",
                [moved[0] - s * floor(moved[0] / s), moved[1] - s * floor(moved[1] / s)],
                "This is the place of the pixel inside its cell.",
            ),
        ],
    )

    steps = VectorEntry(
        [cell[0] - floor(r / s), cell[1] - floor(c / s)],
        tex="q' - q",
        marks=2,
        carries=(0, 255),
        prompt=r"""
        By how many cells, $q' - q$, has the label moved from the cell $q$ of the first image? Count
        downwards and to the right as positive.
        """,
        misconceptions=[
            Misconception(
                "in pixels",
                [u, v],
                "These are pixels; the output moves in cells.",
            ),
            Misconception(
                "backwards",
                [floor(r / s) - cell[0], floor(c / s) - cell[1]],
                "Subtract the old cell from the new one.",
            ),
        ],
    )

    mirrored = VectorEntry(
        [moved[0], W - 1 - moved[1]],
        tex="p''",
        marks=2,
        prompt=r"""
        The *second* image is now mirrored: left and right are exchanged. Which pixel $p''$ shows
        the cat?
        """,
        misconceptions=[
            Misconception(
                "one too far",
                [moved[0], W - moved[1]],
                "Columns run from 0 to $<<W - 1>>$: column 0 goes to $<<W - 1>>$, not to $<<W>>$.",
            ),
            Misconception(
                "upside down",
                [H - 1 - moved[0], moved[1]],
                "Left and right are exchanged: the column changes, the row stays.",
            ),
            Misconception(
                "turned around",
                [H - 1 - moved[0], W - 1 - moved[1]],
                "A mirror that exchanges left and right leaves every row where it is.",
            ),
        ],
    )

    solution = r"""
    An equivariant network moves its output with its input:
    $$p' = (<<r>>,\, <<c>>) + (<<u>>,\, <<v>>) = (<<moved[0]>>,\, <<moved[1]>>)$$
    A cell spans <<s>> pixels, so each coordinate is divided by <<s>> and rounded down:
    $$q' = \left(\left\lfloor \tfrac{<<moved[0]>>}{<<s>>} \right\rfloor,\,
    \left\lfloor \tfrac{<<moved[1]>>}{<<s>>} \right\rfloor\right) = (<<cell[0]>>,\, <<cell[1]>>)$$
    The first cat lay in cell $q = (<<r // s>>,\, <<c // s>>)$, so the label has moved by
    $$q' - q = (<<steps[0]>>,\, <<steps[1]>>)$$
    A shift that is not a multiple of <<s>> pixels moves some labels by one cell more than others:
    the coarser output is equivariant only to shifts by multiples of <<s>>. In the mirror image
    column $j$ of <<W>> becomes column $<<W - 1>> - j$:
    $$p'' = (<<mirrored[0]>>,\, <<mirrored[1]>>)$$
    """

    def oracle(self):
        """Paint the pixel, move the picture, pool it, and look where the paint is."""

        def found(picture):
            return np.argwhere(picture)[0]

        before = np.zeros((self.H, self.W), dtype=int)
        before[self.r, self.c] = 1
        after = np.roll(before, (self.u, self.v), axis=(0, 1))
        cells = [engine.max_pool2d(picture, self.s) for picture in (before, after)]
        return {
            "moved": found(after),
            "cell": found(cells[1]),
            "steps": found(cells[1]) - found(cells[0]),
            "mirrored": found(after[:, ::-1]),
        }
