"""Vectors and whole numbers: a transposed convolution as a convolution of a stretched input."""

import numpy as np

from examgen import (
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
)


class ZeroInsertion(Item):
    """The stretched input, the kernel that slides over it, and the two products that agree."""

    title = "Stretch, then slide"
    topic = "convolution"
    objective = (
        "carry out a transposed convolution as a convolution of the input stretched by zeros, and "
        "check it by the two scalar products that have to agree"
    )
    serves = ["5a zero-insertion", "5a adjoint-identity"]

    y = IntVector(3, low=1, high=6)
    k = IntVector(3, low=-2, high=4)
    x = IntVector(7, low=0, high=3)

    where = [
        different(k[0] * k[1] * k[2], 0),
        different(k[0], k[2]),  # else flipping the kernel goes unnoticed
        different(y[0], y[2]),
        different(x[0] * x[6], 0),
        different(x[1], x[5]),
    ]

    stem = r"""
    A convolution slides the kernel $k = <<k>>$ (not flipped) over seven values, with stride 2 and
    no padding, and gives three. Its *transposed* convolution leads from three values to
    seven. Its input is $y = <<y>>$.

    It can be computed as an ordinary convolution with stride 1: zeros are put between the values of
    $y$ and around them, and a kernel slides over the result.
    """

    e = VectorEntry(
        [0, 0, y[0], 0, y[1], 0, y[2], 0, 0],
        tex="e",
        marks=1,
        carries=(-100, 100),
        prompt="Give the nine values $e$ over which the kernel slides.",
        misconceptions=[
            Misconception(
                "not stretched",
                [0, 0, 0, y[0], y[1], y[2], 0, 0, 0],
                "With stride 2 the values of $y$ lie two places apart: put a zero between them.",
            ),
            Misconception(
                "as many zeros as the stride",
                [0, y[0], 0, 0, y[1], 0, 0, y[2], 0],
                "Two places apart means one zero between, and two zeros at each end let the kernel "
                "begin with its last weight alone on $y_1$.",
            ),
            Misconception(
                "values repeated",
                [0, 0, y[0], y[0], y[1], y[1], y[2], y[2], 0],
                "Zeros are put between the values, not copies: that would be a resizing.",
            ),
        ],
    )

    kernel = VectorEntry(
        k[::-1],
        tex="k'",
        marks=1,
        prompt="Which kernel $k'$ has to be slid over $e$, without flipping it?",
        misconceptions=[
            Misconception(
                "not flipped",
                k[:],
                "Each value stamps $k$ onto the output. Read from an output, the weights come in "
                "the opposite order.",
            ),
            Misconception("signs changed", [-k[0], -k[1], -k[2]], "Only the order is turned."),
        ],
    )

    t = VectorEntry(
        lambda item: engine.conv1d(item.e, item.kernel),
        shape=(7,),
        tex="t",
        marks=2,
        carries=(-(10**4), 10**4),
        prompt="What are the seven outputs $t$ of the transposed convolution?",
        misconceptions=[
            Misconception(
                "flipped once more",
                lambda item: engine.conv1d(item.e, item.kernel[::-1]),
                "The kernel $k'$ is slid over $e$ as it is.",
            ),
        ],
    )

    v = VectorEntry(
        engine.conv1d(x, k, stride=2),
        tex="v",
        marks=2,
        carries=(-(10**4), 10**4),
        prompt="Now the convolution itself, with stride 2: which three values $v$ does it make of "
        "$x = <<x>>$?",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                engine.conv1d(x, k[::-1], stride=2),
                "The layer does not flip its kernel.",
            ),
            Misconception(
                "stride 1",
                engine.conv1d(x, k)[:3],
                "The window moves two places at a time.",
            ),
        ],
    )

    first = IntegerEntry(
        v[0] * y[0] + v[1] * y[1] + v[2] * y[2],
        tex="a",
        marks=1,
        prompt=r"Compute the scalar product $a = \langle v, y \rangle$.",
        misconceptions=[
            Misconception(
                "product of the sums",
                (v[0] + v[1] + v[2]) * (y[0] + y[1] + y[2]),
                "Multiply entry by entry, and add up then.",
            ),
        ],
    )

    second = IntegerEntry(
        x @ t,
        tex="b",
        marks=1,
        prompt=r"Compute the scalar product $b = \langle x, t \rangle$ as well.",
        misconceptions=[
            Misconception(
                "turned round",
                x[::-1] @ t,
                "The first value of $x$ belongs to the first value of $t$.",
            ),
        ],
    )

    solution = r"""
    The values of $y$ lie a stride of 2 apart, and $K - 1 = 2$ zeros stand at each end, so that the
    kernel touches every value with each of its weights:
    $$e = <<e>>$$
    From an output the weights are read in the opposite order, $k' = <<kernel>>$, and it slides over
    $e$:
    $$t = <<t>>$$
    The convolution reads $x$ in windows that begin at its first, third and fifth value:
    $$v = <<v>>$$
    << working.first >>
    << working.second >>
    Both are equal, and have to be: the convolution is a matrix $C$, with $v = Cx$ and
    $t = C^{\mathsf T} y$, so that
    $\langle Cx, y \rangle = \langle x, C^{\mathsf T} y \rangle$. This is a check on all that went
    before.

    << zero_insertion_figure(y, 3, 2) >>
    """

    def oracle(self):
        """The engine's matrix of the convolution, its transpose, and a kernel of one weight."""
        matrix = engine.conv_matrix(self.k, input_shape=7, stride=2)
        stretched = engine.conv_transpose1d(self.y, [1], stride=2)
        stamp = engine.conv_transpose1d([1], self.k)
        return {
            "e": np.pad(stretched, 2),
            "kernel": [stamp[2 - place] for place in range(3)],
            "t": matrix.T @ self.y,
            "v": matrix @ self.x,
            "first": self.y @ matrix @ self.x,
            "second": self.x @ matrix.T @ self.y,
        }
