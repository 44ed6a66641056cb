"""Matrix and whole numbers: a kernel, a patch, and both turned by a quarter."""

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    IntMatrix,
    Item,
    MatrixEntry,
    Misconception,
    engine,
)

TURNS = {"clockwise": -1, "counter-clockwise": 1}


class RotatedKernel(Item):
    """A kernel on a patch and on the patch turned by 90 degrees, and the kernel that mends it."""

    title = "A quarter turn"
    topic = "convolution"
    objective = (
        "compute what a kernel gives on a patch and on the turned patch, and turn the kernel "
        "to make up for it"
    )
    serves = ["3c kernel-rotation-response"]

    X = IntMatrix(3, 3, low=0, high=4)
    K = IntMatrix(3, 3, low=-2, high=2)
    turn = Choice(*TURNS)

    stem = r"""
    A filter without bias gives, at one place, the sum of the products of its kernel $K$ and the
    patch $X$ below it, entry by entry (the kernel is not flipped):

    << grids_figure(("patch X", X), ("kernel K", K)) >>

    Then the image is turned by 90 degrees **<<turn>>**.
    """

    def turned(self, matrix, *, times=1):
        """A matrix after some quarter turns in the direction of the stem."""
        return np.rot90(matrix, TURNS[self.turn] * times)

    def answer(self, kernel, patch):
        """The sum of products, as an int."""
        return int((kernel * patch).sum())

    def turns_show(self):
        """Whether turning and transposing change the answer in ways that can be told apart."""
        patches = [
            self.X,
            self.X.T,
            self.turned(self.X),
            self.turned(self.X, times=-1),
            self.turned(self.X, times=2),
        ]
        answers = [self.answer(self.K, patch) for patch in patches]
        return len(set(answers)) == 5 and max(map(abs, answers)) <= 30

    where = [turns_show]

    before = IntegerEntry(
        (K * X).sum(),
        tex="y",
        marks=1,
        carries=(-100, 100),
        prompt="What is the response $y$ to the patch $X$?",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: item.answer(item.K[::-1, ::-1], item.X),
                "The kernel of a layer is not flipped: its upper left entry goes with the upper "
                "left pixel.",
            ),
            Misconception(
                "product of the sums",
                lambda item: (
                    None
                    if int(item.K.sum() * item.X.sum())
                    in {item.before, item.answer(item.K[::-1, ::-1], item.X)}
                    else int(item.K.sum() * item.X.sum())
                ),
                "Each weight is multiplied by the pixel below it, not by the sum of all.",
            ),
        ],
    )

    patch = MatrixEntry(
        lambda item: item.turned(item.X),
        shape=(3, 3),
        tex="X'",
        marks=2,
        prompt="What does the patch look like after the turn? Give $X'$.",
        misconceptions=[
            Misconception(
                "the other direction",
                lambda item: item.turned(item.X, times=-1),
                "This is a turn in the other direction: follow the corner in the upper left.",
            ),
            Misconception(
                "transposed",
                lambda item: item.X.T,
                "Transposing is a reflection in the diagonal, not a turn.",
            ),
            Misconception(
                "half a turn",
                lambda item: item.turned(item.X, times=2),
                "This is a turn by 180 degrees.",
            ),
        ],
    )

    after = IntegerEntry(
        lambda item: item.answer(item.K, item.patch),
        tex="y'",
        marks=2,
        prompt="What is the response $y'$ of the same kernel $K$ to $X'$?",
        misconceptions=[
            Misconception(
                "invariant",
                lambda item: item.before if item.before != item.after else None,
                "A convolution is equivariant to shifts. It is not invariant to rotations: the "
                "pixels now meet other weights.",
            ),
        ],
    )

    kernel = MatrixEntry(
        lambda item: item.turned(item.K),
        shape=(3, 3),
        tex="K'",
        marks=2,
        prompt="""
        Which kernel $K'$ responds to *every* turned patch as $K$ does to the patch before the turn?
        """,
        misconceptions=[
            Misconception(
                "the other direction",
                lambda item: item.turned(item.K, times=-1),
                "The kernel has to turn *with* the image, so that each weight meets its pixel "
                "again.",
            ),
            Misconception(
                "transposed",
                lambda item: item.K.T,
                "Transposing is a reflection in the diagonal, not a turn.",
            ),
            Misconception(
                "unchanged",
                lambda item: item.K,
                "The response of $K$ itself changes with the turn.",
            ),
        ],
    )

    solution = r"""
    The nine products add up to
    $$y = <<before>>$$
    A turn <<turn>> takes the <% if turn == "clockwise" %>first column, read upwards,<% else
    %>last column, read downwards,<% endif %> to the first row:
    $$X' = <<patch>> \qquad y' = <<after>>$$
    A kernel gives the old response when each of its weights meets the same pixel as before, so it
    has to be turned along with the image:
    $$K' = <<kernel>>$$
    With it, the response to $X'$ is $<<before>>$ again. A network that shall recognise a pattern in
    any orientation needs several filters for it, or has to see turned examples: weight sharing
    covers shifts only.
    """

    def oracle(self):
        """Slide; move entries by their coordinates; probe the kernel with single pixels, turned."""
        rows, columns = np.indices((3, 3))
        source = (2 - columns, rows) if self.turn == "clockwise" else (columns, 2 - rows)
        moved = self.X[source]
        unit = np.eye(9, dtype=int).reshape(9, 3, 3)
        wanted = [int(engine.conv2d(one, self.K)[0, 0]) for one in unit]
        mended = np.zeros((3, 3), dtype=int)
        for one, value in zip(unit, wanted, strict=True):
            mended += value * one[source]
        return {
            "before": engine.conv2d(self.X, self.K)[0, 0],
            "patch": moved,
            "after": engine.conv2d(moved, self.K)[0, 0],
            "kernel": mended,
        }
