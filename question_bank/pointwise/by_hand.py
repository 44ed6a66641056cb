"""Vectors and a matrix: 1 × 1 convolutions at one pixel, and two of them made one."""

import numpy as np

from examgen import (
    IntMatrix,
    IntVector,
    Item,
    MatrixEntry,
    Misconception,
    VectorEntry,
    different,
    engine,
)


class ByHand(Item):
    """A 1 × 1 layer at one pixel, a second one behind it, and the single layer equal to both."""

    title = "Mixing channels at one pixel"
    topic = "pointwise"
    objective = "apply 1 × 1 convolutions at one pixel by hand and merge two of them into one"
    serves = ["5c pointwise-by-hand", "5c pointwise-composition"]

    c = IntVector(3, low=1, high=6)
    A = IntMatrix(2, 3, low=-2, high=3)
    a = IntVector(2, low=-4, high=4)
    B = IntMatrix(3, 2, low=-2, high=3)

    def layers_are_full(self):
        """Whether few weights are 0, and no two rows of a layer say the same."""
        rows = [tuple(row) for row in [*self.A.tolist(), *self.B.T.tolist()]]
        zeros = np.count_nonzero(self.A == 0) + np.count_nonzero(self.B == 0)
        return zeros <= 2 and len(set(rows)) == 4

    where = [
        different(a[0] * a[1], 0),
        different(a[0], a[1]),
        layers_are_full,
    ]

    stem = r"""
    A $1 \times 1$ convolution makes 2 channels from 3, with the weights $A$ (a row for each output
    channel) and the biases $a$. Another one, without biases, makes 3 channels from these 2 with the
    weights $B$:

    $$A = <<A>> \qquad a = <<a>> \qquad B = <<B>>$$

    There is no nonlinearity between them. At one pixel the input has the values $c = <<c>>$ in its
    three channels.
    """

    u = VectorEntry(
        [
            A[0, 0] * c[0] + A[0, 1] * c[1] + A[0, 2] * c[2] + a[0],
            A[1, 0] * c[0] + A[1, 1] * c[1] + A[1, 2] * c[2] + a[1],
        ],
        tex="u",
        marks=2,
        prompt="What values $u$ does the first layer give at this pixel?",
        misconceptions=[
            Misconception(
                "forgot the biases",
                [
                    A[0, 0] * c[0] + A[0, 1] * c[1] + A[0, 2] * c[2],
                    A[1, 0] * c[0] + A[1, 1] * c[1] + A[1, 2] * c[2],
                ],
                "The bias of each output channel is added to its sum.",
            ),
            Misconception(
                "bias for each product",
                [
                    A[0, 0] * c[0] + A[0, 1] * c[1] + A[0, 2] * c[2] + 3 * a[0],
                    A[1, 0] * c[0] + A[1, 1] * c[1] + A[1, 2] * c[2] + 3 * a[1],
                ],
                "An output channel has one bias, whatever the number of inputs.",
            ),
            Misconception(
                "biases swapped",
                [
                    A[0, 0] * c[0] + A[0, 1] * c[1] + A[0, 2] * c[2] + a[1],
                    A[1, 0] * c[0] + A[1, 1] * c[1] + A[1, 2] * c[2] + a[0],
                ],
                "The first bias belongs to the first row of $A$.",
            ),
        ],
    )

    v = VectorEntry(
        [
            B[0, 0] * u[0] + B[0, 1] * u[1],
            B[1, 0] * u[0] + B[1, 1] * u[1],
            B[2, 0] * u[0] + B[2, 1] * u[1],
        ],
        tex="v",
        marks=2,
        prompt="And what values $v$ does the second layer give?",
        misconceptions=[
            Misconception(
                "columns swapped",
                [
                    B[0, 1] * u[0] + B[0, 0] * u[1],
                    B[1, 1] * u[0] + B[1, 0] * u[1],
                    B[2, 1] * u[0] + B[2, 0] * u[1],
                ],
                "The first column of $B$ goes with the first channel of $u$.",
            ),
            Misconception(
                "only the first channel",
                [B[0, 0] * u[0], B[1, 0] * u[0], B[2, 0] * u[0]],
                "Each output is a sum over *all* its input channels.",
            ),
            Misconception(
                "biases again",
                [
                    B[0, 0] * u[0] + B[0, 1] * u[1] + a[0],
                    B[1, 0] * u[0] + B[1, 1] * u[1] + a[1],
                    B[2, 0] * u[0] + B[2, 1] * u[1],
                ],
                "The second layer has no biases.",
            ),
        ],
    )

    M = MatrixEntry(
        B @ A,
        tex="M",
        marks=3,
        prompt=r"""
        The two layers together are equal to one $1 \times 1$ convolution with 3 input and 3 output
        channels. What is its matrix of weights $M$?
        """,
        misconceptions=[
            Misconception(
                "transposed",
                (B @ A).T,
                "A row for each output channel: the product $BA$ has them in order.",
            ),
            Misconception(
                "columns swapped",
                B[:, ::-1] @ A,
                "The first column of $B$ goes with the first row of $A$.",
            ),
            Misconception(
                "first channel only",
                B[:, :1] @ A[:1],
                "The paths from an input to an output through *both* channels in between add up.",
            ),
        ],
    )

    bias = VectorEntry(
        B @ a,
        tex="m",
        marks=1,
        prompt="And what are its three biases $m$?",
        misconceptions=[
            Misconception(
                "no biases", [0, 0, 0], "The biases of the first layer pass through the second."
            ),
            Misconception(
                "biases unchanged",
                [a[0], a[1], 0],
                "The second layer mixes the biases like any values of its two input channels.",
            ),
            Misconception(
                "biases added up",
                [a[0] + a[1]] * 3,
                "Each output mixes the two biases with its own weights.",
            ),
        ],
    )

    solution = r"""
    A $1 \times 1$ convolution multiplies the channels of each pixel by one matrix; neighbouring
    pixels play no part. The first channel of $u$ is
    << working.u[0] >>
    and in all $u = <<u>>$. The second layer has a row of weights for each of its three outputs,
    such as
    << working.v[0] >>
    so that $v = <<v>>$. Putting the first layer into the second, $v = B(Ac + a) = (BA)\,c + Ba$:
    $$M = BA = <<M>> \qquad m = Ba = <<bias>>$$
    Everything passes through only two channels, so the rank of $M$ is at most 2: without a
    nonlinearity between them the two layers can do less than one layer with nine free weights.
    """

    def oracle(self):
        """Run the layers on the pixel, and on unit vectors to read the single matrix off."""
        no_bias = np.zeros(3, dtype=int)

        def run(channels, first=self.a):
            pixel = np.reshape(channels, (3, 1, 1))
            between = engine.pointwise_conv2d(pixel, self.A, first)
            return between.ravel(), engine.pointwise_conv2d(between, self.B, no_bias).ravel()

        between, output = run(self.c)
        units = [run(unit, first=np.zeros(2, dtype=int))[1] for unit in np.eye(3, dtype=int)]
        return {"u": between, "v": output, "M": np.stack(units, axis=1), "bias": run([0, 0, 0])[1]}
