"""Matrix answer: a small convolution worked out by hand."""

from examgen import (
    IntMatrix,
    Item,
    MatrixEntry,
    Misconception,
    absolute,
    different,
    engine,
    minimum,
)


class ByHand(Item):
    """A valid 2 × 2 cross-correlation over a 4 × 4 image."""

    title = "A convolution by hand"
    topic = "convolution"
    objective = "compute a small two-dimensional cross-correlation by hand"
    serves = ["4c conv-by-hand"]

    X = IntMatrix(4, 4, low=0, high=4)
    W = IntMatrix(2, 2, low=-2, high=2)

    where = [
        different(W[0, 1], W[1, 0]),  # else transposing goes unnoticed,
        different(W[0, 0], W[1, 1]),  # and flipping may,
        minimum(minimum(W[0, 0], W[0, 1]), minimum(W[1, 0], W[1, 1])) < 0,  # and so do signs
    ]

    stem = r"""
    Slide the kernel $W$ over the image $X$, as a deep-learning layer does: stride 1, no padding,
    no bias. The first position of the kernel is shaded.

    << slide_figure(X, W) >>
    """

    Y = MatrixEntry(
        engine.conv2d(X, W),
        tex="Y",
        marks=4,
        prompt="Fill in the output $Y$.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                engine.conv2d(X, W[::-1, ::-1]),
                "That is the mathematician's convolution. A layer does not flip its kernel.",
            ),
            Misconception(
                "transposed the kernel",
                engine.conv2d(X, W.T),
                "Rows of $W$ go with rows of $X$, columns with columns.",
            ),
            Misconception(
                "lost the signs",
                engine.conv2d(X, [[absolute(weight) for weight in row] for row in W[:]]),
                "A negative weight subtracts its pixel.",
            ),
            Misconception(
                "top row only",
                engine.conv2d(X[:3], W[:1]),
                "Each output is a sum over *all four* weights: the lower row counts too.",
            ),
        ],
    )

    solution = r"""
    Put $W$ on every place of $X$ where it fits, multiply each weight by the pixel under it, and
    add up the four products. For the first entry,
    << working.Y[0, 0] >>
    and likewise for the rest: $$Y = <<Y>>$$
    """

    def oracle(self):
        """The same map as one matrix: a row for each output, a column for each pixel."""
        C = engine.conv_matrix(self.W, input_shape=(4, 4))
        return {"Y": (C @ self.X.ravel()).reshape(3, 3)}
