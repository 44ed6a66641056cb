"""A matrix, a vector and counts: a convolution written as a dense layer."""

import numpy as np

from examgen import (
    Int,
    IntVector,
    Item,
    MatrixEntry,
    Misconception,
    VectorEntry,
    different,
    engine,
)


class AsDense(Item):
    """The weight matrix of the dense layer that does what a convolution does, and its counts."""

    title = "A convolution is a dense layer"
    topic = "equivariance"
    objective = (
        "write a convolution as the weight matrix of a dense layer and count its entries, "
        "non-zeros and distinct values"
    )
    serves = ["1c fc-row-as-toeplitz"]

    k = IntVector(3, low=-4, high=5)
    x = IntVector(5, low=0, high=5)
    q = Int(0, 239)

    n, m = 20 + q % 40, 4 + q // 40

    where = [
        different(k[0] * k[1] * k[2], 0),
        different(k[0], k[1]),
        different(k[1], k[2]),
        different(k[0], k[2]),  # else flipping the kernel goes unnoticed
        different(x[1], x[3]),
    ]

    stem = r"""
    A convolution slides the kernel $k = <<k>>$ over a signal of five samples (not flipped; stride
    1, no padding, no bias). A dense layer without bias, $y = A x$, with the column $x$ of the five
    samples, shall do exactly the same.
    """

    def banded(self, kernel, *, step=1):
        """The kernel in three rows, each moved on by a step, cut off at the end."""
        matrix = np.zeros((3, 5), dtype=int)
        for row in range(3):
            width = min(3, 5 - step * row)
            matrix[row, step * row : step * row + width] = kernel[:width]
        return matrix

    A = MatrixEntry(
        lambda item: item.banded(item.k),
        shape=(3, 5),
        tex="A",
        marks=3,
        prompt="Give the weight matrix $A$.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: item.banded(item.k[::-1]),
                "A layer does not flip its kernel: each row of $A$ holds $k$ as it is.",
            ),
            Misconception(
                "did not slide",
                lambda item: item.banded(item.k, step=0),
                "Each output has its own window, one sample further on.",
            ),
            Misconception(
                "slid by two",
                lambda item: item.banded(item.k, step=2),
                "The stride is 1: each row starts one column later.",
            ),
        ],
    )

    y = VectorEntry(
        lambda item: item.A @ item.x,
        shape=(3,),
        tex=r"y^{\mathsf T}",
        marks=2,
        prompt=r"Use it on the signal $x^{\mathsf T} = <<x>>$: what is the output?",
        misconceptions=[
            Misconception(
                "flipped the signal",
                lambda item: item.A @ item.x[::-1],
                "The first column of $A$ belongs to the first sample.",
            ),
        ],
    )

    back = VectorEntry(
        lambda item: item.A.T @ np.array([1, 1, 1]),
        shape=(5,),
        tex="c",
        marks=2,
        prompt="""
        By how much does the sum of the three outputs grow when one sample alone grows by 1? Answer
        for each of the five samples.
        """,
        misconceptions=[
            Misconception(
                "all windows see all samples",
                lambda item: [int(item.k.sum())] * 5,
                "The outer samples lie in one or two windows only: add up the columns of $A$.",
            ),
            Misconception(
                "one window each",
                lambda item: [
                    int(v) for v in (item.k[0], item.k[1], item.k[2], item.k[1], item.k[0])
                ],
                "A sample in the middle lies in several windows, under another weight in each.",
            ),
            Misconception(
                "number of windows",
                [1, 2, 3, 2, 1],
                "This counts the windows; each of them has a weight for the sample.",
            ),
        ],
    )

    counts = VectorEntry(
        [n * (n - m + 1), m * (n - m + 1), m],
        tex="N",
        marks=3,
        prompt=r"""
        For a signal of <<n>> samples and a kernel of <<m>> weights, none of them 0 and no two
        equal: how many entries does the matrix have, how many of them are not 0, and how many
        different values other than 0 occur among them?
        """,
        misconceptions=[
            Misconception(
                "square matrix",
                [n**2, m * n, m],
                "Without padding there are only $<<n>> - <<m>> + 1 = <<n - m + 1>>$ outputs.",
            ),
            Misconception(
                "one window too few",
                [n * (n - m), m * (n - m), m],
                "A window already fits at the very beginning: add 1.",
            ),
            Misconception(
                "not shared",
                [n * (n - m + 1), m * (n - m + 1), m * (n - m + 1)],
                "All rows hold the same <<m>> weights.",
            ),
        ],
    )

    solution = r"""
    Each row of $A$ belongs to one output: it holds the kernel where its window lies, and 0
    elsewhere.
    $$A = <<A>> \qquad y^{\mathsf T} = (Ax)^{\mathsf T} = <<y>>$$
    A sample acts on the outputs through its column, so the sums of the columns of $A$ are
    $$c = <<back>>$$
    In general there are <<n>> columns and $<<n>> - <<m>> + 1 = <<n - m + 1>>$ rows, of which each
    holds the <<m>> weights:
    $$N = (<<n>> \cdot <<n - m + 1>>,\; <<m>> \cdot <<n - m + 1>>,\; <<m>>) = <<counts>>$$
    A convolution is thus a dense layer in which most weights are 0 (local connections) and the
    others are the same few values again and again (shared weights).
    """

    def oracle(self):
        """Read the matrix off the engine, and the effect of each sample off single ones."""
        single = [engine.conv1d(one, self.k) for one in np.eye(5, dtype=int)]
        large = engine.conv_matrix(np.arange(1, self.m + 1), input_shape=self.n)
        return {
            "A": engine.conv_matrix(self.k, input_shape=5),
            "y": engine.conv1d(self.x, self.k),
            "back": [output.sum() for output in single],
            "counts": [large.size, np.count_nonzero(large), len(set(large[large > 0].tolist()))],
        }
