"""Two vectors and a whole number: a transposed convolution by hand."""

from examgen import (
    Int,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
)


class TransposedByHand(Item):
    """A transposed convolution of three values with stride 2, then cropped, then its size."""

    title = "A transposed convolution by hand"
    topic = "convolution"
    objective = (
        "compute a transposed convolution by adding up stamps of the kernel, crop it, and give "
        "its size"
    )
    serves = ["5a tconv-by-hand", "5a tconv-out-size"]

    y = IntVector(3, low=1, high=9)
    k = IntVector(3, low=-2, high=4)
    n = Int(5, 30)

    where = [
        different(k[0] * k[1] * k[2], 0),
        different(k[0], k[2]),  # else flipping the kernel goes unnoticed
    ]

    stem = r"""
    A transposed convolution has the kernel $k = <<k>>$ and stride 2. Its input is $y = <<y>>$.
    Each input value puts a copy of the kernel, multiplied by it, into the output, two places
    further on than the one before; where copies overlap they are added.
    """

    x = VectorEntry(
        engine.conv_transpose1d(y, k, stride=2),
        tex="x",
        marks=4,
        prompt="What is the output $x$, with no padding?",
        misconceptions=[
            Misconception(
                "overwrote the overlap",
                [
                    k[0] * y[0],
                    k[1] * y[0],
                    k[0] * y[1],
                    k[1] * y[1],
                    k[0] * y[2],
                    k[1] * y[2],
                    k[2] * y[2],
                ],
                "Where two copies of the kernel overlap, *add* them.",
            ),
            Misconception(
                "kept the first",
                [
                    k[0] * y[0],
                    k[1] * y[0],
                    k[2] * y[0],
                    k[1] * y[1],
                    k[2] * y[1],
                    k[1] * y[2],
                    k[2] * y[2],
                ],
                "The next copy of the kernel begins on the last place of the one before: add them.",
            ),
            Misconception(
                "flipped the kernel",
                engine.conv_transpose1d(y, k[::-1], stride=2),
                "The copies that are put down are not flipped.",
            ),
            Misconception(
                "only stretched",
                [y[0], 0, y[1], 0, y[2], 0, 0],
                "Putting zeros between the values is the first half; the kernel then spreads each "
                "value over three places.",
            ),
        ],
    )

    cropped = VectorEntry(
        [x[1], x[2], x[3], x[4], x[5]],
        marks=1,
        tex="x'",
        prompt="What is the output $x'$ if the layer has padding 1?",
        misconceptions=[
            Misconception(
                "cropped the right only",
                [x[0], x[1], x[2], x[3], x[4]],
                "Padding 1 takes one value away at *each* end.",
            ),
            Misconception(
                "cropped the left only",
                [x[2], x[3], x[4], x[5], x[6]],
                "Padding 1 takes one value away at *each* end, and not two at one.",
            ),
            Misconception(
                "zeros for values",
                [0, x[2], x[3], x[4], 0],
                "In a transposed convolution padding makes the output *smaller*; it adds no zeros.",
            ),
        ],
    )

    size = IntegerEntry(
        2 * (n - 1) + 3 - 2,
        tex="m",
        marks=2,
        prompt=r"""
        How many values $m$ does this layer, with padding 1, make from $<<n>>$ input values (no
        output padding)?
        """,
        misconceptions=[
            Misconception(
                "twice as many",
                2 * n,
                "The last copy of the kernel starts at place $2(<<n>> - 1)$, counted from 0; it is "
                "3 long, and padding takes two values away.",
            ),
            Misconception(
                "padding forgotten",
                2 * (n - 1) + 3,
                "Padding 1 takes one value away at each end.",
            ),
            Misconception(
                "padding added",
                2 * (n - 1) + 5,
                "In a transposed convolution padding takes values away from the output.",
            ),
            Misconception(
                "ordinary convolution",
                (n + 2 - 3) // 2 + 1,
                "A transposed convolution with stride 2 makes *more* values, not fewer.",
            ),
        ],
    )

    solution = r"""
    The copies start at places 0, 2 and 4 of the output (counted from 0) and are three places long,
    so places 2 and 4 get a share from two of them:
    $$\begin{aligned} x &= \begin{pmatrix} k_1 y_1 & k_2 y_1 & k_3 y_1 + k_1 y_2 & k_2 y_2 &
    k_3 y_2 + k_1 y_3 & k_2 y_3 & k_3 y_3 \end{pmatrix} \\ &= <<x>> \end{aligned}$$
    In a transposed convolution padding undoes the padding of the ordinary one: it crops each end.
    $$x' = <<cropped>>$$
    For $n$ values the last copy starts at place $2(n - 1)$ and is 3 long; padding takes away one
    value at each end:
    << working.size >>
    """

    def oracle(self):
        """The matrix of the ordinary convolution, turned over: seven values from three."""
        matrix = engine.conv_matrix(self.k[None], input_shape=(1, 7), stride=(1, 2))
        output = matrix.T @ self.y
        widths = [
            width
            for width in range(3 * self.n)
            if len(range(-1, width - 1, 2)) == self.n and (width + 2 - 3) % 2 == 0
        ]
        return {"x": output, "cropped": output[1:-1], "size": widths[0]}
