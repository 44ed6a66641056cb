"""Matrices: a depthwise and a pointwise convolution by hand, and one kernel that does both."""

import numpy as np

from examgen import (
    IntTensor,
    IntVector,
    Item,
    MatrixEntry,
    Misconception,
    different,
    engine,
)


class DepthwiseByHand(Item):
    """Two channels filtered one by one, then mixed, and the standard kernel for one of them."""

    title = "Depthwise, then pointwise"
    topic = "separable"
    objective = (
        "compute a depthwise and a pointwise convolution by hand, and the standard kernel that "
        "does both"
    )
    serves = ["5b dsc-by-hand"]

    X = IntTensor(2, 3, 3, low=0, high=4)
    D = IntTensor(2, 2, 2, low=-1, high=2)
    p = IntVector(2, low=-3, high=3)

    def kernels_are_full(self):
        """Whether each depthwise kernel has at most one 0, and turning it shows."""
        return all(
            np.count_nonzero(kernel) >= 3
            and kernel[0, 1] != kernel[1, 0]
            and kernel[0, 0] != kernel[1, 1]
            for kernel in self.D
        )

    where = [
        different(p[0] * p[1], 0),
        different(p[0], p[1]),
        different(p[0] * p[0], 1),
        different(p[1] * p[1], 1),
        kernels_are_full,
    ]

    stem = r"""
    A depthwise convolution reads two channels, $X_1$ and $X_2$, with one kernel for each of them,
    $D_1$ and $D_2$:

    $$X_1 = <<X[0]>> \qquad X_2 = <<X[1]>>$$
    $$D_1 = <<D[0]>> \qquad D_2 = <<D[1]>>$$

    Stride&nbsp;1, no padding, no biases; kernels are not flipped. A pointwise ($1 \times 1$)
    convolution with the two weights $p = <<p>>$ follows and makes one channel.
    """

    U = MatrixEntry(
        engine.conv2d(X[0], D[0]),
        tex="U",
        marks=2,
        prompt="Give the first channel $U$ of what the depthwise convolution makes.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                engine.conv2d(X[0], D[0, ::-1, ::-1]),
                "A layer does not flip its kernels.",
            ),
            Misconception(
                "transposed the kernel",
                engine.conv2d(X[0], D[0].T),
                "Rows of the kernel go with rows of the channel.",
            ),
            Misconception(
                "channels added",
                engine.conv2d(X[0], D[0]) + engine.conv2d(X[1], D[1]),
                "A *depthwise* layer keeps the channels apart.",
            ),
        ],
    )

    V = MatrixEntry(
        engine.conv2d(X[1], D[1]),
        tex="V",
        marks=2,
        prompt="And give the second channel $V$.",
        misconceptions=[
            Misconception(
                "kernel of the first",
                engine.conv2d(X[1], D[0]),
                "Each channel has a kernel of its own: $D_2$ for the second.",
            ),
            Misconception(
                "flipped the kernel",
                engine.conv2d(X[1], D[1, ::-1, ::-1]),
                "A layer does not flip its kernels.",
            ),
            Misconception(
                "transposed the kernel",
                engine.conv2d(X[1], D[1].T),
                "Rows of the kernel go with rows of the channel.",
            ),
        ],
    )

    Y = MatrixEntry(
        p[0] * U + p[1] * V,
        tex="Y",
        marks=2,
        prompt="What is the output $Y$ of the pointwise convolution?",
        misconceptions=[
            Misconception(
                "weights swapped",
                p[1] * U + p[0] * V,
                "The first weight belongs to the first channel.",
            ),
            Misconception(
                "only added", U + V, "Each channel is multiplied by its weight before the sum."
            ),
            Misconception(
                "first channel only",
                p[0] * U,
                "The pointwise convolution adds up *all* channels.",
            ),
        ],
    )

    W = MatrixEntry(
        p[1] * D[1],
        tex="W",
        marks=2,
        prompt=r"""
        A *standard* convolution with one filter would do the same in one step. Which
        $2 \times 2$ kernel $W$ would it need for the second channel?
        """,
        misconceptions=[
            Misconception(
                "depthwise kernel alone",
                D[1],
                "The pointwise weight of the channel is a factor of every entry.",
            ),
            Misconception(
                "other weight",
                p[0] * D[1],
                "The second channel is weighted by $p_2 = <<p[1]>>$.",
            ),
            Misconception(
                "weight added",
                D[1] + p[1],
                "The pointwise weight *multiplies* what the kernel gives.",
            ),
            Misconception(
                "both kernels",
                p[0] * D[0] + p[1] * D[1],
                "This mixes the kernels of both channels: the second channel meets $D_2$ only.",
            ),
        ],
    )

    solution = r"""
    Each channel is filtered by its own kernel. The first entries are
    << working.U[0, 0] >>
    << working.V[0, 0] >>
    and in all
    $$U = <<U>> \qquad V = <<V>>$$
    The pointwise convolution mixes the two channels at each place:
    << working.Y[0, 0] >>
    $$Y = <<Y>>$$
    Since $p_2 (X_2 * D_2) = X_2 * (p_2 D_2)$, the standard kernel for the second channel is
    $$W = p_2 D_2 = <<W>>$$
    All filters of a separable layer use the same two kernels $D_1$ and $D_2$, up to a factor. A
    standard layer is free to choose others for each filter.
    """

    def oracle(self):
        """The grouped layer as windows times weights, and a standard layer probed by one pixel."""
        columns = engine.im2col(self.X, 2)
        first = self.D[0].ravel() @ columns[:4]
        second = self.D[1].ravel() @ columns[4:]
        probe = np.zeros((2, 3, 3), dtype=int)
        probe[1, 1, 1] = 1
        seen = engine.depthwise_separable_conv2d(probe, self.D, self.p[None])[0]
        mixed = engine.depthwise_separable_conv2d(self.X, self.D, self.p[None])[0]
        return {
            "U": first.reshape(2, 2),
            "V": second.reshape(2, 2),
            "Y": mixed,
            "W": seen[::-1, ::-1],
        }
