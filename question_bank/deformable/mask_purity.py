"""Fractions, a pair and a whole number: how well nine taps keep to an object."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    IntMatrix,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    engine,
)

SIZE = 7
TAPS = [(row, column) for row in (2, 3, 4) for column in (2, 3, 4)]


def _objects():
    """Legs, beams, diagonals, hooks and rings at several places, as 7 × 7 zeros and ones."""
    rows, columns = np.mgrid[:SIZE, :SIZE]
    for place in range(1, 6):
        yield columns == place
        yield rows == place
        yield rows + columns == 3 + place
        yield rows - columns == place - 3
        yield (rows == place) & (columns <= 4) | (columns == 4) & (rows <= place)
        yield np.maximum(abs(rows - 3), abs(columns - place)) == 2


OBJECTS = tuple(tuple(map(tuple, form.astype(int).tolist())) for form in _objects())


class MaskPurity(Item):
    """Share of regular and of deformed taps that lie on an object, and what they span."""

    title = "Keeping to the object"
    topic = "deformable"
    objective = (
        "compute the share of regular and of deformed taps on an object, and what the taps span"
    )
    serves = ["6b deform-mask-purity", "6b deform-extent"]

    M = Choice(*OBJECTS)
    D = IntMatrix(9, 2, low=-2, high=2)

    def taps(self, rule=lambda tap, offset: tap + offset):
        """The sampling points, as rows (row, column), by a rule on regular place and offset."""
        return [
            tuple(rule(np.array(tap), offset).tolist())
            for tap, offset in zip(TAPS, self.D, strict=True)
        ]

    def share(self, points):
        """The share of points that lie on the object; points outside the picture do not."""
        inside = [point for point in points if min(point) >= 0 and max(point) < SIZE]
        return Fraction(sum(self.M[row][column] for row, column in inside), len(points))

    def swapped(self):
        """The share with the two numbers of each offset exchanged; None where it is right."""
        share = self.share(self.taps(lambda tap, offset: tap + offset[::-1]))
        return share if share != self.share(self.taps()) else None

    def opposed(self):
        """The share with offsets subtracted; None where another way gives the same."""
        share = self.share(self.taps(lambda tap, offset: tap - offset))
        return share if share not in (self.share(self.taps()), self.swapped()) else None

    def offsets_help(self):
        """Whether the deformed taps keep to the object better, and not all taps keep to it."""
        return 0 < self.share(TAPS) < self.share(self.taps()) < 1

    def box_is_oblong(self):
        """Whether rows and columns can be told apart in the span of the taps."""
        rows, columns = self.span(self.taps())
        return rows != columns

    def span(self, points):
        """How many rows and columns lie from the first to the last of some points."""
        return [int(np.ptp(axis)) + 1 for axis in zip(*points, strict=True)]

    where = [offsets_help, box_is_oblong]

    stem = r"""
    The ones in this picture of $7 \times 7$ pixels are an object, the zeros background. Rows and
    columns are numbered from 0. The frame shows where a regular kernel reads.

    <% set on = namespace(cells=[]) %>
    <% for row in range(7) %>
    <% for column in range(7) %>
    <% if M[row][column] %><% set on.cells = on.cells + [(row, column)] %><% endif %>
    <% endfor %>
    <% endfor %>
    << grids_figure({"title": "", "values": M, "dark": on.cells, "frames": [[2, 2, 3, 3]]}) >>


    A deformable convolution with a $3 \times 3$ kernel (dilation&nbsp;1) is centred on the pixel in row
    3 and column 3. The offsets (down, right) of its nine taps are, in the places of the taps,

    |             |  left           |  middle         |  right          |
    |:------------|:---------------:|:---------------:|:---------------:|
    | upper row   | $(<<D[0][0]>>, <<D[0][1]>>)$ | $(<<D[1][0]>>, <<D[1][1]>>)$ | $(<<D[2][0]>>, <<D[2][1]>>)$ |
    | middle row  | $(<<D[3][0]>>, <<D[3][1]>>)$ | $(<<D[4][0]>>, <<D[4][1]>>)$ | $(<<D[5][0]>>, <<D[5][1]>>)$ |
    | lower row   | $(<<D[6][0]>>, <<D[6][1]>>)$ | $(<<D[7][0]>>, <<D[7][1]>>)$ | $(<<D[8][0]>>, <<D[8][1]>>)$ |
    """  # noqa: E501

    regular = RationalEntry(
        lambda item: item.share(TAPS),
        tex=r"\rho_0",
        marks=1,
        prompt=r"""
        What share $\rho_0$ of the nine taps of the *regular* grid (all offsets&nbsp;0) lies on the
        object?
        """,
        misconceptions=[
            Misconception(
                "share of the picture",
                lambda item: Fraction(sum(map(sum, item.M)), SIZE**2),
                "Only the nine pixels that the kernel reads count.",
            ),
            Misconception(
                "background",
                lambda item: 1 - item.share(TAPS) if 2 * item.share(TAPS) != 1 else None,
                "This is the share on the background.",
            ),
        ],
    )

    deformed = RationalEntry(
        lambda item: item.share(item.taps()),
        tex=r"\rho",
        marks=3,
        prompt=r"""
        And what share $\rho$ of the taps lies on the object with the offsets? A tap counts even
        where another one lies on the same pixel.
        """,
        misconceptions=[
            Misconception(
                "down and right swapped",
                swapped,
                "The first number of an offset moves a tap *down*, the second to the right.",
            ),
            Misconception(
                "opposite direction",
                opposed,
                "Offsets are added: positive numbers move a tap down and to the right.",
            ),
        ],
    )

    box = VectorEntry(
        lambda item: item.span(item.taps()),
        shape=(2,),
        tex="b",
        marks=2,
        prompt="""
        The nine deformed taps lie in a rectangle, drawn as tightly as possible. Give the pair $b$
        of its height and its width, in pixels.
        """,
        misconceptions=[
            Misconception(
                "width before height",
                lambda item: item.span(item.taps())[::-1],
                "The height, counted in rows, comes first.",
            ),
            Misconception(
                "differences",
                lambda item: [side - 1 for side in item.span(item.taps())],
                "The first and the last row both belong to the rectangle: add 1.",
            ),
            Misconception(
                "regular grid",
                lambda _item: [3, 3],
                "The offsets change what the kernel spans.",
            ),
        ],
    )

    pixels = IntegerEntry(
        lambda item: len(set(item.taps())),
        tex="n",
        marks=1,
        prompt="How many *different* pixels do the nine deformed taps read?",
        misconceptions=[
            Misconception(
                "one for each tap",
                lambda item: 9 if len(set(item.taps())) < 9 else None,
                "Some taps have been moved to the same pixel.",
            ),
            Misconception(
                "those on the object",
                lambda item: len({tap for tap in item.taps() if item.M[tap[0]][tap[1]]}),
                "Pixels of the background are read as well.",
            ),
        ],
    )

    solution = r"""
    The regular taps lie in rows 2 to 4 and columns 2 to 4; $<<regular * 9>>$ of the nine lie on the
    object. With the offsets they lie at

    $$\begin{aligned}
    <% for row in range(3) %>
    & <% for column in range(3) %>
    <% set tap = D[3 * row + column] %>
    (<<2 + row + tap[0]>>, <<2 + column + tap[1]>>)<% if column < 2 %>,\quad <% endif %>
    <% endfor %>
    <% if row < 2 %> \\ <% endif %>

    <% endfor %>
    \end{aligned}$$

    (row, column), and $<<deformed * 9>>$ of the nine are on the object: the share rises from
    $\rho_0 = <<regular * 9>>/9$ to $\rho = <<deformed * 9>>/9$. The taps span
    <<box[0]>> rows and <<box[1]>> columns, and they read <<pixels>> different pixels.
    """

    def oracle(self):
        """The mean of the picture under the kernels, and a map of where the taps have weight."""
        picture, ones = np.array(self.M), np.ones((3, 3), dtype=int)
        offset = np.zeros((18, 5, 5), dtype=int)
        offset[:, 2, 2] = self.D.ravel()
        read = [
            engine.bilinear_weights(column + right, row + down, height=SIZE, width=SIZE)
            for (row, column), (down, right) in zip(TAPS, self.D.tolist(), strict=True)
        ]
        rows, columns = np.nonzero(np.sum(read, axis=0))
        return {
            "regular": Fraction(int(engine.conv2d(picture, ones)[2, 2]), 9),
            "deformed": Fraction(int(engine.deform_conv2d(picture, offset, ones)[2, 2]), 9),
            "box": [len(range(min(a), max(a) + 1)) for a in (rows.tolist(), columns.tolist())],
            "pixels": len(rows),
        }
