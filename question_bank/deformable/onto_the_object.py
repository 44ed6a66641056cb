"""An open matrix of offsets, with fractions around it: put the taps of a kernel onto an object."""

from fractions import Fraction
from itertools import permutations

import numpy as np

from examgen import (
    Choice,
    Example,
    Int,
    IntegerEntry,
    IntMatrix,
    Item,
    MatrixEntry,
    Misconception,
    RationalEntry,
    different,
    engine,
)

SIZE, REACH = 6, 2
TAPS = ((2, 2), (2, 3), (3, 2), (3, 3))


def _objects():
    """A leg, a diagonal, a hook and a step near the taps, turned and mirrored: zeros and ones."""
    y, x = np.mgrid[:SIZE, :SIZE]
    for form in (
        x == 2,
        y - x == 1,
        (x == 1) & (y <= 3) | (y == 3) & (x <= 2),
        (x == 2) & (y <= 2) | (x == 1) & (y >= 2),
    ):
        for turns in range(4):
            yield np.rot90(form, turns)
            yield np.rot90(form.T, turns)


OBJECTS = tuple(dict.fromkeys(tuple(map(tuple, form.astype(int).tolist())) for form in _objects()))


class OntoTheObject(Item):
    """Samples on a regular grid, offsets that keep all taps on an object, and the new output."""

    title = "Move the taps"
    topic = "deformable"
    objective = (
        "find offsets that put all taps of a deformable kernel on an object, and compute what it "
        "reads with and without them"
    )
    serves = ["6b deform-offsets-for-target", "6b deform-sample-mean"]

    M = Choice(*OBJECTS)
    h, b = Int(5, 9), Int(0, 3)
    W = IntMatrix(2, 2, low=-2, high=4)

    def on_object(self, point):
        """Whether a point of whole numbers is a pixel of the object."""
        return min(point) >= 0 and max(point) < SIZE and bool(self.M[point[0]][point[1]])

    def near(self, tap):
        """The pixels of the object that a tap can be moved to, the nearest first."""
        window = range(-REACH, REACH + 1)
        moves = sorted(((dy, dx) for dy in window for dx in window), key=lambda m: np.abs(m).sum())
        points = [(tap[0] + dy, tap[1] + dx) for dy, dx in moves]
        return [point for point in points if self.on_object(point)]

    def placed(self, taken=()):
        """A pixel of its own for each tap from the next one on; empty where there is none."""
        if len(taken) == len(TAPS):
            return taken
        for point in self.near(TAPS[len(taken)]):
            if point not in taken and (found := self.placed((*taken, point))):
                return found
        return ()

    def taps_can_be_moved(self):
        """Whether one or two taps lie on the object, and all can be put there."""
        return 1 <= sum(map(self.on_object, TAPS)) <= 2 and bool(self.placed())

    where = [
        taps_can_be_moved,
        different(W[0, 0] + W[0, 1] + W[1, 0] + W[1, 1], 0),
        different(W[0, 0], W[1, 1]),
    ]

    stem = rf"""
    In this picture of $6 \times 6$ pixels an object is bright (dark fields, value <<h>>), and all
    the rest has the value <<b>>. Rows and columns are numbered from 0. The frame shows the four
    taps of a $2 \times 2$ kernel.

    <% set seen = namespace(cells=[], rows=[], row=[]) %>
    <% for row in range(6) %><% set seen.row = [] %>
    <% for column in range(6) %><% set seen.row = seen.row + [h if M[row][column] else b] %>
    <% if M[row][column] %><% set seen.cells = seen.cells + [(row, column)] %><% endif %>
    <% endfor %><% set seen.rows = seen.rows + [seen.row] %><% endfor %>
    << grids_figure({{"title": "", "values": seen.rows, "dark": seen.cells,
                     "frames": [[2, 2, 2, 2]]}}) >>

    A deformable convolution may move each tap by whole pixels, up to {REACH} up or down and up to
    {REACH} to the left or right.
    """

    def read(self, points):
        """The values at some pixels; 0 outside the picture."""
        return [
            (self.h if self.on_object(point) else self.b)
            if 0 <= min(point) <= max(point) < SIZE
            else 0
            for point in points
        ]

    regular = RationalEntry(
        lambda item: Fraction(sum(item.read(TAPS)), 4),
        tex=r"\mu",
        marks=1,
        prompt=r"What is the mean $\mu$ of what the four taps read where they are?",
        misconceptions=[
            Misconception(
                "added up",
                lambda item: sum(item.read(TAPS)),
                "Divide by the number of the taps.",
            ),
            Misconception(
                "background left out",
                lambda item: item.without_background(),
                "The taps beside the object read its surroundings, with the value <<b>>.",
            ),
        ],
    )

    def without_background(self):
        """The mean with the background taken for 0; None where it is 0."""
        return Fraction(self.h * sum(map(self.on_object, TAPS)), 4) if self.b else None

    def moved(self, offsets):
        """The pixels that the taps read with these offsets, rows (down, right)."""
        pairs = [[int(one) for one in pair] for pair in np.asarray(offsets).tolist()]
        return [(y + dy, x + dx) for (y, x), (dy, dx) in zip(TAPS, pairs, strict=True)]

    def keeps_to_the_object(self, offsets):
        """Whether offsets are small enough, and put the taps on four pixels of the object."""
        points = self.moved(offsets)
        return (
            bool((abs(offsets) <= REACH).all())
            and len(set(points)) == 4
            and all(map(self.on_object, points))
        )

    def steps(self):
        """Offsets to the pixels found, as rows (down, right)."""
        return [[p[0] - y, p[1] - x] for p, (y, x) in zip(self.placed(), TAPS, strict=True)]

    def unless_right(self, offsets):
        """Wrong offsets; None where they happen to be right."""
        return None if self.keeps_to_the_object(np.array(offsets)) else offsets

    offsets = MatrixEntry(
        lambda item: item.steps(),
        shape=(4, 2),
        accepts=keeps_to_the_object,
        carries=(-9, 9),
        tex="D",
        marks=3,
        prompt=r"""
        Give offsets that put the four taps on four *different* pixels of the object: a matrix $D$
        with a row (down, right) for each tap, in the order upper left, upper right, lower left,
        lower right. There are several right answers.
        """,
        misconceptions=[
            Misconception(
                "right before down",
                lambda item: item.unless_right([pair[::-1] for pair in item.steps()]),
                "The first number of an offset moves the tap down, the second to the right.",
            ),
            Misconception(
                "pixels for offsets",
                lambda item: item.unless_right([list(point) for point in item.placed()]),
                "These are the pixels themselves. An offset is the way from the tap to the pixel.",
            ),
        ],
    )

    output = IntegerEntry(
        lambda item: int(item.W.ravel() @ item.read(item.moved(item.offsets))),
        tex="o",
        marks=2,
        prompt="The kernel is $W = <<W>>$, without bias. What does it give with your offsets?",
        misconceptions=[
            Misconception(
                "regular grid",
                lambda item: int(item.W.ravel() @ item.read(TAPS)),
                "This is what the kernel gives without offsets.",
            ),
        ],
    )

    solution = r"""
    The taps lie on pixels $(2, 2)$, $(2, 3)$, $(3, 2)$ and $(3, 3)$. Not all of them lie on
    the object, so that $\mu = <<regular | decimal>>$.

    For each tap look for a pixel of the object that no other tap takes, and write down the way to
    it. One solution is $$D = <<offsets>>$$

    With it all taps read <<h>>, whichever pixels were chosen, so the output is <<h>> times the sum
    of the weights: $o = <<output>>$. No background is mixed into it any more.
    """

    examples = [
        Example(
            {"offsets": "((0, 0), (0, -1), (0, 0), (0, -1))"},
            at={"M": OBJECTS[0], "h": 5, "b": 1, "W": [[1, 2], [3, 0]]},
            marks={"offsets": 0},  # two taps share a pixel
        ),
        Example(
            {"offsets": "((0, 0), (-1, -1), (0, 0), (1, -1))", "output": "30"},
            at={"M": OBJECTS[0], "h": 5, "b": 1, "W": [[1, 2], [3, 0]]},
            marks={"offsets": 3, "output": 2},
        ),
    ]

    def oracle(self):
        """Try pixels of the object in every order, and let the engine's layer read there."""
        image = np.where(np.array(self.M) == 1, self.h, self.b)
        pixels = [tuple(point) for point in np.argwhere(np.array(self.M)).tolist()]
        found = next(
            np.array(points) - np.array(TAPS)
            for points in permutations(reversed(pixels), 4)
            if abs(np.array(points) - np.array(TAPS)).max() <= REACH
        )
        window = image[2:4, 2:4]
        layer = engine.deform_conv2d(image, np.tile(found.reshape(8, 1, 1), (1, 5, 5)), self.W)
        return {
            "regular": Fraction(int(window.sum()), window.size),
            "offsets": found,
            "output": layer[2, 2],
        }
