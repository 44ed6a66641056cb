"""Matrix, vectors and a fraction: a convolution written as a matrix, and its transpose."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    IntVector,
    Item,
    MatrixEntry,
    Misconception,
    RationalEntry,
    VectorEntry,
    different,
    engine,
)


class AsMatrix(Item):
    """The matrix of a convolution along a row, its product, and what the transpose gives back."""

    title = "A convolution as a matrix"
    topic = "convolution"
    objective = (
        "write a convolution as a matrix, apply it and its transpose, and see that the "
        "transpose is no inverse"
    )
    serves = ["5a conv-toeplitz", "5a not-an-inverse"]

    k = IntVector(3, low=-2, high=3)
    x = IntVector(5, low=0, high=5)
    K, n = Choice(2, 3, 4, 5), Int(6, 16)

    where = [
        different(k[0] * k[1] * k[2], 0),
        different(k[0], k[2]),  # else flipping the kernel goes unnoticed
        different(x[1], x[3]),
        different(x[0] * x[4], 0),
    ]

    stem = r"""
    A layer slides the kernel $k = <<k>>$ over a signal of five values, with stride 1 and no
    padding; the kernel is not flipped. So its output is $y = Cx$ with a matrix $C$ that has a row
    for each output and a column for each input value. Take the signal $x = <<x>>$ (written as a row
    to save space).
    """

    C = MatrixEntry(
        [
            [k[0], k[1], k[2], 0, 0],
            [0, k[0], k[1], k[2], 0],
            [0, 0, k[0], k[1], k[2]],
        ],
        tex="C",
        marks=2,
        prompt="Write down the matrix $C$.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                [
                    [k[2], k[1], k[0], 0, 0],
                    [0, k[2], k[1], k[0], 0],
                    [0, 0, k[2], k[1], k[0]],
                ],
                "The layer does not flip its kernel: each row holds $k$ in its order.",
            ),
            Misconception(
                "did not move on",
                [[k[0], k[1], k[2], 0, 0]] * 3,
                "From each output to the next the window moves by one place.",
            ),
            Misconception(
                "moved to the left",
                [
                    [0, 0, k[0], k[1], k[2]],
                    [0, k[0], k[1], k[2], 0],
                    [k[0], k[1], k[2], 0, 0],
                ],
                "The first output reads the first three values.",
            ),
        ],
    )

    y = VectorEntry(
        lambda item: item.C @ item.x,
        shape=(3,),
        tex="y",
        marks=2,
        prompt="What is the output $y = Cx$?",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                engine.conv1d(x, k[::-1]),
                "The first weight goes with the first value of a window.",
            ),
            Misconception(
                "kernel on the first window",
                lambda item: [item.C[0] @ item.x] * 3,
                "Each row of $C$ reads another window of $x$.",
            ),
        ],
    )

    s = VectorEntry(
        lambda item: item.C.T @ item.y,
        shape=(5,),
        tex="s",
        marks=3,
        prompt=r"""
        The transposed convolution with the same kernel is the product with $C^{\mathsf T}$. What
        does it make of $y$? Give $s = C^{\mathsf T} y$.
        """,
        misconceptions=[
            Misconception(
                "gave the signal back",
                x[:],
                "The transpose is not the inverse: it restores the *length*, not the values.",
            ),
            Misconception(
                "flipped the kernel",
                [
                    k[2] * y[0],
                    k[1] * y[0] + k[2] * y[1],
                    k[0] * y[0] + k[1] * y[1] + k[2] * y[2],
                    k[0] * y[1] + k[1] * y[2],
                    k[0] * y[2],
                ],
                "Column $i$ of $C^{\\mathsf T}$ is row $i$ of $C$: it holds $k$ in its order.",
            ),
            Misconception(
                "padded convolution",
                [
                    k[1] * y[0] + k[2] * y[1],
                    k[0] * y[0] + k[1] * y[1] + k[2] * y[2],
                    k[0] * y[1] + k[1] * y[2],
                    k[0] * y[2],
                    0,
                ],
                "Each value of $y$ puts a copy of $k$ into the result, beginning at its own place.",
            ),
        ],
    )

    share = RationalEntry(
        K**2 / n**2,
        tex=r"\rho",
        marks=2,
        prompt=r"""
        The same can be done for an image of $n \times n$ pixels, $n = <<n>>$, written as one long
        vector, and a kernel of $<<K>> \times <<K>>$ weights ($K = <<K>>$, none of them 0), again
        with stride 1 and no padding. What share $\rho$ of the entries of this matrix is not 0?
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
    Row $i$ of $C$ holds the kernel, beginning in column $i$, since output $i$ reads the window that
    begins there:
    $$C = <<C>>$$
    The output is its product with the signal, row by row: $y = Cx = <<y>>$. The transpose has the
    kernel in its columns, so each value of $y$ puts a copy of $k$ into the result, beginning at its
    own place:
    $$s = C^{\mathsf T} y = <<y[0]>> \begin{pmatrix} k_1 & k_2 & k_3 & 0 & 0 \end{pmatrix}
    + <% if y[1] < 0 %>(<<y[1]>>)<% else %><<y[1]>><% endif %>
    \begin{pmatrix} 0 & k_1 & k_2 & k_3 & 0 \end{pmatrix}
    + <% if y[2] < 0 %>(<<y[2]>>)<% else %><<y[2]>><% endif %>
    \begin{pmatrix} 0 & 0 & k_1 & k_2 & k_3 \end{pmatrix}$$
    $$s = <<s>>$$
    This has the length of $x$ but not its values. For an image, each row of the matrix has $n^2$
    entries, of which the $K^2$ weights are not 0:
    << working.share >>

    << toeplitz_figure(k, 5) >>
    """

    def oracle(self):
        """The engine's matrix probed with unit vectors, its layers, and non-zeros counted."""
        columns = [engine.conv_transpose1d(unit, self.k) for unit in np.eye(3, dtype=int)]
        matrix = engine.conv_matrix(np.ones((self.K, self.K), int), input_shape=(self.n, self.n))
        output = np.stack(columns) @ self.x
        return {
            "C": np.stack(columns),
            "y": output,
            "s": engine.conv_transpose1d(output, self.k),
            "share": Fraction(int(np.count_nonzero(matrix)), matrix.size),
        }
