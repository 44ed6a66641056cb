"""Matrices: two channels, one filter, a bias and a rectifier, worked out by hand."""

import numpy as np

from examgen import Int, IntTensor, Item, MatrixEntry, Misconception, different, engine, maximum


class ByHand(Item):
    """A filter over two channels: one channel's share, the sum with the bias, and the ReLU."""

    title = "Two channels, one filter"
    topic = "channels"
    objective = "compute by hand what one filter over two channels gives, with its bias and a ReLU"
    serves = ["4c multichannel-conv-by-hand"]

    X = IntTensor(2, 3, 3, low=0, high=4)
    W = IntTensor(2, 2, 2, low=-2, high=2)
    b = Int(-5, 5)

    def signs_are_mixed(self):
        """Whether the rectifier cuts one or two of the four values off."""
        columns = engine.im2col(self.X, 2)
        values = self.W.ravel() @ columns + self.b
        return 1 <= int((values < 0).sum()) <= 2 and bool((values != 0).all())

    where = [
        different(b, 0),
        different(W[0, 0, 0], W[0, 1, 1]),  # else flipping the kernel may go unnoticed
        different(W[0, 0, 1], W[0, 1, 0]),
        signs_are_mixed,
    ]

    stem = r"""
    A convolution layer reads an input of two channels, $X_1$ and $X_2$, and has one filter with a
    kernel for each of them, $W_1$ and $W_2$, and the bias $b = <<b>>$:

    $$\begin{aligned}
    X_1 &= <<X[0]>> & X_2 &= <<X[1]>> \\
    W_1 &= <<W[0]>> & W_2 &= <<W[1]>>
    \end{aligned}$$

    Stride&nbsp;1, no padding; kernels are not flipped. A ReLU follows the layer.
    """

    second = engine.conv2d(X[1], W[1])

    A = MatrixEntry(
        engine.conv2d(X[0], W[0]),
        tex="A",
        marks=2,
        prompt="What does the first channel contribute? Give the response $A$ of $X_1$ to $W_1$.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                engine.conv2d(X[0], W[0, ::-1, ::-1]),
                "A layer does not flip its kernel.",
            ),
            Misconception(
                "transposed the kernel",
                engine.conv2d(X[0], W[0].T),
                "Rows of the kernel go with rows of the image.",
            ),
            Misconception(
                "the other channel",
                second,
                "This is the share of the second channel.",
            ),
        ],
    )

    Z = MatrixEntry(
        A + second + b,
        tex="Z",
        marks=3,
        prompt="What is the output $Z$ of the layer, before the ReLU?",
        misconceptions=[
            Misconception(
                "bias for each channel",
                A + second + 2 * b,
                "A filter has *one* bias; it is added once, after the channels are added up.",
            ),
            Misconception("forgot the bias", A + second, "The bias is added to each sum."),
            Misconception(
                "first channel only",
                A + b,
                "The filter adds up the responses of *all* its input channels.",
            ),
            Misconception(
                "bias subtracted",
                A + second - b,
                "The bias is added, with its sign.",
            ),
        ],
    )

    Y = MatrixEntry(
        [[maximum(entry, 0) for entry in row] for row in Z[:]],
        tex="Y",
        marks=1,
        prompt="And what is the output $Y$ of the ReLU?",
        misconceptions=[
            Misconception(
                "no change",
                Z[:],
                "ReLU sets negative values to 0.",
            ),
            Misconception(
                "signs dropped",
                [[maximum(entry, -entry) for entry in row] for row in Z[:]],
                "ReLU sets negative values to 0; it does not turn their sign.",
            ),
            Misconception(
                "kept the negative",
                [[-maximum(-entry, 0) for entry in row] for row in Z[:]],
                r"ReLU is $\max(0, z)$: the *positive* values stay.",
            ),
        ],
    )

    solution = r"""
    Each kernel slides over its own channel. For the first entry of $A$,
    << working.A[0, 0] >>
    and in all
    $$A = <<A>>$$
    The response of $X_2$ to $W_2$ is added to it place by place, and the bias once to each sum:
    << working.Z[0, 0] >>
    and likewise for the rest:
    $$Z = <<Z>>$$
    ReLU replaces what is negative by 0:
    $$Y = <<Y>>$$
    """

    def oracle(self):
        """Windows as columns: the filter is one row of eight weights."""
        columns = engine.im2col(self.X, 2)
        row = self.W.ravel()
        first = np.concatenate([row[:4], np.zeros(4, dtype=int)])
        sums = row @ columns + self.b
        cut = [value if value > 0 else 0 for value in sums.tolist()]
        return {
            "A": (first @ columns).reshape(2, 2),
            "Z": sums.reshape(2, 2),
            "Y": np.reshape(cut, (2, 2)),
        }
