"""Vectors and whole numbers: a locally connected layer by hand, and what its biases add."""

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    IntMatrix,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
    floor,
)


class UnsharedByHand(Item):
    """Outputs of unshared weights before and after a shift, and the parameters of such a layer."""

    title = "Weights of their own"
    topic = "convolution"
    objective = (
        "compute a layer with unshared weights before and after a shift, and count its parameters"
    )
    serves = ["5a unshared-by-hand", "5a local-params"]

    x = IntVector(4, low=1, high=9)
    R = IntMatrix(3, 2, low=-2, high=3)
    H, K = Choice(12, 16, 20, 24), Choice(3, 4, 5)
    S = Choice(1, 2)
    C_in, C_out = Choice(2, 3, 4), Choice(4, 6, 8)

    def rows_differ(self):
        """Whether no weight is 0, no two rows are equal, and none is turned round."""
        rows = {tuple(row) for row in self.R.tolist()}
        return bool(self.R.all()) and len(rows | {row[::-1] for row in rows}) == 6

    where = [rows_differ, different(x[0], x[1]), different(x[1], x[2]), different(x[2], x[3])]

    stem = r"""
    A *locally connected* layer slides a window along a signal like a convolution, but has weights
    of its own at each position. Here the window reads two values, the stride is 1, and row $i$ of
    $R$ holds the weights of position $i$. There are no biases:

    $$x = <<x>> \qquad R = <<R>>$$
    """

    y = VectorEntry(
        [
            R[0, 0] * x[0] + R[0, 1] * x[1],
            R[1, 0] * x[1] + R[1, 1] * x[2],
            R[2, 0] * x[2] + R[2, 1] * x[3],
        ],
        tex="y",
        marks=2,
        prompt="What is the output $y$?",
        misconceptions=[
            Misconception(
                "shared the first row",
                [
                    R[0, 0] * x[0] + R[0, 1] * x[1],
                    R[0, 0] * x[1] + R[0, 1] * x[2],
                    R[0, 0] * x[2] + R[0, 1] * x[3],
                ],
                "That is a convolution. Here each position has weights of its own.",
            ),
            Misconception(
                "stayed at the first window",
                [
                    R[0, 0] * x[0] + R[0, 1] * x[1],
                    R[1, 0] * x[0] + R[1, 1] * x[1],
                    R[2, 0] * x[0] + R[2, 1] * x[1],
                ],
                "The window moves on by one value at each position.",
            ),
            Misconception(
                "flipped the weights",
                [
                    R[0, 1] * x[0] + R[0, 0] * x[1],
                    R[1, 1] * x[1] + R[1, 0] * x[2],
                    R[2, 1] * x[2] + R[2, 0] * x[3],
                ],
                "The first weight of a row goes with the first value of its window.",
            ),
        ],
    )

    moved = VectorEntry(
        [R[0, 1] * x[0], R[1, 0] * x[0] + R[1, 1] * x[1], R[2, 0] * x[1] + R[2, 1] * x[2]],
        tex="y'",
        marks=2,
        prompt=r"""
        The signal moves to the right by one place: a 0 comes in on the left, and the last value is
        lost. What is the output $y'$ now?
        """,
        misconceptions=[
            Misconception(
                "moved the output",
                [0, y[0], y[1]],
                "Behind a *convolution* the output would move along. Here the values meet other "
                "weights.",
            ),
            Misconception(
                "moved to the left",
                [R[0, 0] * x[1] + R[0, 1] * x[2], R[1, 0] * x[2] + R[1, 1] * x[3], R[2, 0] * x[3]],
                "To the right: the new signal begins with 0 and then has $x_1$.",
            ),
            Misconception("the same", y[:], "The windows now hold other values."),
        ],
    )

    out = floor((H - K) / S) + 1
    params = IntegerEntry(
        (K**2 * C_in + 1) * out**2 * C_out,
        tex="N",
        marks=3,
        prompt=r"""
        A locally connected layer reads images of $C_\mathrm{in} = <<C_in>>$ channels and
        $H \times H$ pixels, $H = <<H>>$, and makes $C_\mathrm{out} = <<C_out>>$ channels. Its
        windows are $K \times K$ pixels large, $K = <<K>>$, with stride $S = <<S>>$ and no padding.
        Each output value has weights *and a bias* of its own. How many parameters $N$ does the
        layer have?
        """,
        misconceptions=[
            Misconception(
                "shared biases",
                K**2 * C_in * out**2 * C_out + C_out,
                "The biases are not shared either: each output value has one.",
            ),
            Misconception(
                "shared weights",
                (K**2 * C_in + 1) * C_out,
                "That is the convolution. Here there are so many for each of the output positions.",
            ),
            Misconception(
                "a window at every pixel",
                (K**2 * C_in + 1) * H**2 * C_out,
                r"There are only $<<out>> \times <<out>>$ positions at which a window fits.",
            ),
            Misconception(
                "one axis",
                (K**2 * C_in + 1) * out * C_out,
                "Windows slide along both axes: count $<<out>>^2$ positions.",
            ),
        ],
    )

    ratio = IntegerEntry(
        params / ((K**2 * C_in + 1) * C_out),
        tex="r",
        marks=1,
        prompt="""
        A convolution with the same windows has one bias for each output channel. By what factor $r$
        does the locally connected layer have more parameters?
        """,
        misconceptions=[
            Misconception(
                "pixels", H**2, "Sharing saves a factor for each *output* position, not each pixel."
            ),
            Misconception(
                "one axis", out, "The weights are shared along both axes: $<<out>>^2$ positions."
            ),
            Misconception(
                "output values",
                out**2 * C_out,
                "A convolution has a filter for each output channel as well: that factor cancels.",
            ),
        ],
    )

    solution = r"""
    Each row of $R$ meets the window at its own position:
    << working.y[0] >>
    and in all $y = <<y>>$. After the move the signal is $0, <<x[0]>>, <<x[1]>>, <<x[2]>>$:
    $$y' = <<moved>>$$
    A convolution would have given the old output moved to the right by one place. Without sharing
    the values meet other weights: local connections alone do not make a layer equivariant.

    In the image layer a window fits at $\lfloor (H - K) / S \rfloor + 1 = <<out>>$ places along
    each axis, and each output value has $K^2 C_\mathrm{in} + 1$ parameters:
    << working.params >>
    A convolution has $(K^2 C_\mathrm{in} + 1) C_\mathrm{out}$ parameters, so
    $r = <<out>>^2 = <<ratio>>$, the number of output positions.
    """

    def oracle(self):
        """The engine's unshared layer; for images every window is listed."""
        shifted = np.concatenate([[0], self.x[:3]])
        starts = range(0, self.H - self.K + 1, self.S)
        windows = [(row, column) for row in starts for column in starts]
        filters = np.ones((self.C_out, self.C_in * self.K * self.K + 1), dtype=np.int8)
        return {
            "y": engine.unshared_conv1d(self.x, self.R),
            "moved": engine.unshared_conv1d(shifted, self.R),
            "params": np.stack([filters] * len(windows)).size,
            "ratio": len(windows),
        }
