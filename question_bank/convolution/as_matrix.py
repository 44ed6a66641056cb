"""Matrix, vectors and a fraction: the convolution of an image as a matrix, and its transpose."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    IntMatrix,
    Item,
    MatrixEntry,
    Misconception,
    RationalEntry,
    VectorEntry,
    different,
    engine,
)

BEGINNINGS = (0, 1, 3, 4)  # the place in x of the upper left pixel of each window


class AsMatrix(Item):
    """The matrix of a convolution of an image, its product, and what the transpose gives back."""

    title = "A convolution as a matrix"
    topic = "convolution"
    objective = (
        "write the convolution of an image as a matrix, apply it and its transpose, and see that "
        "the transpose is no inverse"
    )
    serves = ["5a conv-toeplitz", "5a not-an-inverse"]

    X = IntMatrix(3, 3, low=0, high=4)
    W = IntMatrix(2, 2, low=-2, high=3)
    K, n = Choice(2, 3, 4, 5), Int(6, 16)

    where = [
        different(W[0, 0] * W[0, 1] * W[1, 0] * W[1, 1], 0),
        different(W[0, 0], W[1, 1]),  # else flipping the kernel goes unnoticed
        different(W[0, 1], W[1, 0]),  # and so does transposing it
        different(X[0, 0] * X[2, 2], 0),
    ]

    stem = r"""
    A layer slides the kernel $W$ over the image $X$, with stride 1 and no padding; the kernel is
    not flipped.

    << slide_figure(X, W) >>

    Write the image as one column $x$ of nine values, row after row, and the output as one column
    $y$ of four values in the same way. Then $y = Cx$ with a matrix $C$ that has a row for each
    output and a column for each pixel.
    """

    def laid(self, kernel, *, beginnings=BEGINNINGS, width=3):
        """The matrix with a kernel in each row, its own rows so many columns apart."""
        matrix = np.zeros((4, 9), dtype=int)
        for row, first in enumerate(beginnings):
            for (r, c), weight in np.ndenumerate(kernel):
                matrix[row, first + width * r + c] = weight
        return matrix

    C = MatrixEntry(
        lambda item: item.laid(item.W),
        shape=(4, 9),
        tex="C",
        marks=3,
        prompt="Write down the matrix $C$.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: item.laid(item.W[::-1, ::-1]),
                "The layer does not flip its kernel: each row holds $W$ in its order.",
            ),
            Misconception(
                "transposed the kernel",
                lambda item: item.laid(item.W.T),
                "Pixels that lie side by side are side by side in $x$ as well: a row of $W$ stays "
                "a row.",
            ),
            Misconception(
                "no gap between the rows",
                lambda item: item.laid(item.W, width=2),
                "The lower row of a window begins three values after the upper one, for the image "
                "is three pixels wide.",
            ),
            Misconception(
                "one further each time",
                lambda item: item.laid(item.W, beginnings=(0, 1, 2, 3)),
                "The third window begins at the left end of the second row, in column 4 of $C$.",
            ),
        ],
    )

    y = VectorEntry(
        lambda item: item.C @ item.X.ravel(),
        shape=(4,),
        tex=r"y^{\mathsf T}",
        marks=2,
        prompt="What is the output $y = Cx$? Write it as a row.",
        misconceptions=[
            Misconception(
                "columns before rows",
                lambda item: item.C @ item.X.T.ravel(),
                "The image is read row after row.",
            ),
        ],
    )

    s = VectorEntry(
        lambda item: item.C.T @ item.y,
        shape=(9,),
        tex=r"s^{\mathsf T}",
        marks=3,
        prompt=r"""
        The transposed convolution with the same kernel is the product with $C^{\mathsf T}$. What
        does it make of $y$? Give $s = C^{\mathsf T} y$, as a row of nine values.
        """,
        misconceptions=[
            Misconception(
                "gave the image back",
                lambda item: item.X.ravel(),
                "The transpose is not the inverse: it restores the *shape*, not the values.",
            ),
            Misconception(
                "flipped the kernel",
                lambda item: item.laid(item.W[::-1, ::-1]).T @ item.y,
                r"Column $i$ of $C^{\mathsf T}$ is row $i$ of $C$: it holds $W$ in its order.",
            ),
        ],
    )

    share = RationalEntry(
        K**2 / n**2,
        tex=r"\rho",
        marks=2,
        prompt=r"""
        The same can be done for an image of $n \times n$ pixels, $n = <<n>>$, and a kernel of
        $<<K>> \times <<K>>$ weights ($K = <<K>>$, none of them 0), again with stride 1 and no
        padding. What share $\rho$ of the entries of this matrix is not 0?
        """,
        misconceptions=[
            Misconception(
                "one axis",
                Fraction(1) * K / n,
                "A row of the matrix has $n^2$ entries, and $K^2$ of them are weights.",
            ),
            Misconception(
                "weights of the kernel once",
                K**2 / (n**2 * (n - K + 1) ** 2),
                "*Each* of the $(n - K + 1)^2$ rows holds all $K^2$ weights.",
            ),
            Misconception("share of zeros", 1 - K**2 / n**2, "This is the share of the zeros."),
        ],
    )

    solution = r"""
    Row $i$ of $C$ holds the kernel where window $i$ lies. The windows begin in columns 1, 2, 4 and
    5, and the lower row of a window three columns after its upper row, as the image is three pixels
    wide:
    $$C = <<C>>$$
    The output is the product of each row with the nine pixels:
    $$y^{\mathsf T} = (Cx)^{\mathsf T} = <<y>>$$
    In $C^{\mathsf T}$ the kernel stands in the columns. So each value of $y$, multiplied by the
    kernel, is added to the image where its window lies:
    $$s^{\mathsf T} = <<s>>$$
    This has the shape of the image but not its values. In general a row has $n^2$ entries, of which
    the $K^2$ weights are not 0:
    << working.share >>

    << toeplitz_figure(W, (3, 3)) >>
    """

    def oracle(self):
        """The engine's layers probed with unit images, and non-zeros counted."""
        stamps = [
            engine.conv_transpose2d(one.reshape(2, 2), self.W) for one in np.eye(4, dtype=int)
        ]
        matrix = engine.conv_matrix(np.ones((self.K, self.K), int), input_shape=(self.n, self.n))
        output = engine.conv2d(self.X, self.W)
        return {
            "C": [stamp.ravel() for stamp in stamps],
            "y": output.ravel(),
            "s": engine.conv_transpose2d(output, self.W).ravel(),
            "share": Fraction(int(np.count_nonzero(matrix)), matrix.size),
        }
