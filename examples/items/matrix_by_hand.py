"""A matrix worked out by hand: the engine runs on symbols, so the key shows its own working."""

import numpy as np

from examgen import IntMatrix, Item, MatrixEntry, Misconception, engine


class MatrixByHand(Item):
    """A small convolution by hand."""

    X = IntMatrix(3, 3, low=0, high=5)
    W = IntMatrix(2, 2, low=-1, high=2)

    stem = "Slide the kernel $W = <<W>>$ over $X = <<X>>$; do not flip it (stride 1, no padding)."

    # On the class X and W are arrays of symbols; the engine computes with them.
    Y = MatrixEntry(
        engine.conv2d(X, W),
        marks=4,
        prompt="Compute the output $Y$.",
        misconceptions=[
            Misconception(
                "flipped the kernel", engine.conv2d(X, W[::-1, ::-1]), "Do not flip it here."
            ),
            Misconception("transposed", engine.conv2d(X, W).T, "Rows of $Y$ go with rows of $X$."),
        ],
    )

    solution = "The first entry is << working.Y[0, 0] >> and in all $Y = <<Y>>$."

    def oracle(self):
        """Another route than the key's engine function: shift the input by each tap, and add up."""
        total = np.zeros((2, 2), dtype=int)
        for (row, column), weight in np.ndenumerate(self.W):
            total += weight * self.X[row : row + 2, column : column + 2]
        return {"Y": total}
