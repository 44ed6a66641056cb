"""Vectors of several lengths: a convolution does not commute with a change of scale."""

import numpy as np

from examgen import IntVector, Item, Misconception, VectorEntry, different, engine


class Enlarging(Item):
    """A kernel before and after the signal is enlarged, and the dilation that makes up for it."""

    title = "Twice as large"
    topic = "equivariance"
    objective = (
        "show that a convolution does not commute with enlarging, and that dilation makes up for it"
    )
    serves = ["3c scale-commutation"]

    x = IntVector(4, low=0, high=9)
    k = IntVector(2, low=-3, high=4)

    def neighbours_differ(self):
        """Whether no two neighbours of the signal are equal."""
        return all(a != b for a, b in zip(self.x[:-1], self.x[1:], strict=True))

    where = [
        different(k[0] * k[1], 0),
        different(k[0], k[1]),  # else flipping the kernel goes unnoticed
        neighbours_differ,
    ]

    stem = r"""
    The convolution $f$ slides the kernel $k = <<k>>$ over a signal (not flipped; stride&nbsp;1, no
    padding). The operation $U$ makes a signal twice as long: it writes every sample twice, so that
    $U(1, 5) = (1, 1, 5, 5)$. Take
    $$x = <<x>>$$
    """

    def enlarged(self, values):
        """Every value twice."""
        return [int(value) for value in values for _ in range(2)]

    def slid(self, values, kernel, *, step=1):
        """The outputs of a kernel of two weights, a step apart."""
        first, second = (int(weight) for weight in kernel)
        return [first * a + second * b for a, b in zip(values, values[step:], strict=False)]

    small = VectorEntry(
        lambda item: engine.conv1d(item.x, item.k),
        shape=(3,),
        tex="f(x)",
        marks=1,
        prompt="Give $f(x)$.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: item.slid(item.x.tolist(), item.k[::-1]),
                "The first weight goes with the left-hand sample.",
            ),
        ],
    )

    first_enlarged = VectorEntry(
        lambda item: engine.conv1d(np.repeat(item.x, 2), item.k),
        shape=(7,),
        tex="f(Ux)",
        marks=2,
        prompt="Give $f(Ux)$: enlarge first, then convolve.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: item.slid(item.enlarged(item.x), item.k[::-1]),
                "The first weight goes with the left-hand sample.",
            ),
            Misconception(
                "as if it commuted",
                lambda item: [*item.enlarged(item.small), int(item.small[2])],
                "Between two equal samples the kernel sees a constant: it gives "
                "$k_1 + k_2 = <<k[0] + k[1]>>$ times the sample there.",
            ),
        ],
    )

    enlarged_after = VectorEntry(
        lambda item: item.enlarged(item.small),
        shape=(6,),
        tex="U f(x)",
        marks=1,
        prompt="Give $U f(x)$: convolve first, then enlarge.",
        misconceptions=[
            Misconception(
                "one copy after the other",
                lambda item: [*[int(v) for v in item.small], *[int(v) for v in item.small]],
                "$U$ writes every single value twice before it goes on to the next.",
            ),
        ],
    )

    dilated = VectorEntry(
        lambda item: engine.conv1d(np.repeat(item.x, 2), item.k, dilation=2),
        shape=(6,),
        tex="f_2(Ux)",
        marks=2,
        prompt=r"""
        Let $f_2$ be the convolution with the same kernel and *dilation&nbsp;2*. Give $f_2(Ux)$.
        """,
        misconceptions=[
            Misconception(
                "stride 2",
                lambda item: [*item.slid(item.enlarged(item.x), item.k)[::2], 0, 0],
                "Dilation spreads the weights; the window still moves by one sample.",
            ),
            Misconception(
                "ignored dilation",
                lambda item: item.slid(item.enlarged(item.x), item.k)[:6],
                "With dilation 2 the second weight lies two samples to the right of the first.",
            ),
            Misconception(
                "dilation 3",
                lambda item: [*item.slid(item.enlarged(item.x), item.k, step=3), 0],
                "Dilation 2 leaves *one* sample between the two weights.",
            ),
        ],
    )

    solution = r"""
    Output $i$ is $k_1 x_i + k_2 x_{i+1}$, and $U$ writes every output twice:
    $$f(x) = <<small>> \qquad U f(x) = <<enlarged_after>>$$
    In the enlarged signal the kernel meets pairs of equal samples, which give
    $k_1 + k_2 = <<k[0] + k[1]>>$ times their value, and in between the old neighbours:
    $$f(Ux) = <<first_enlarged>>$$
    The two have neither the same length nor the same values: a convolution is not equivariant to a
    change of scale. Spread over twice the length, the kernel meets the old neighbours at every
    place:
    $$f_2(Ux) = <<dilated>>$$
    This is $U f(x)$, for every signal: what is enlarged by 2 needs a kernel that is dilated by 2.
    """

    def oracle(self):
        """Write the enlargement and the convolutions as matrices, and multiply."""

        def band(length, step):
            rows = length - step
            matrix = np.zeros((rows, length), dtype=int)
            for row in range(rows):
                matrix[row, row], matrix[row, row + step] = self.k
            return matrix

        enlarge = np.kron(np.eye(4, dtype=int), np.ones((2, 1), dtype=int))
        small = band(4, 1) @ self.x
        return {
            "small": small,
            "first_enlarged": band(8, 1) @ enlarge @ self.x,
            "enlarged_after": enlarge[:6, :3] @ small,
            "dilated": band(8, 2) @ enlarge @ self.x,
        }
