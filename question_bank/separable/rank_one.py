"""Pair of vectors: a kernel split into a column and a row, up to a factor, and its gain."""

import numpy as np

from examgen import (
    Int,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    VectorPairEntry,
    different,
    engine,
)


class RankOne(Item):
    """A rectangular kernel of rank one: its factors, the sum of its entries, what is saved."""

    title = "Split the kernel"
    topic = "separable"
    objective = "split a kernel of rank one into a column and a row, and count what two passes save"
    serves = ["5b separable-factor", "5b separable-mults"]

    p, q = IntVector(3, low=-3, high=4), IntVector(4, low=-2, high=3)
    n = Int(12, 40)

    where = [
        different(p[0] * p[1] * p[2] * q[0] * q[1] * q[3], 0),
        different(p[0] ** 2, p[2] ** 2),  # neither vector looks the same turned round
        different(q[0] ** 2, q[3] ** 2),
        different((p[0] + p[1] + p[2]) * (q[0] + q[1] + q[2] + q[3]), 0),
    ]

    stem = r"""
    The kernel

    $$K = \begin{pmatrix}
    <% for y in range(3) %>
    <% for x in range(4) %><<p[y] * q[x]>><% if x < 3 %> & <% endif %><% endfor %>
    <% if y < 2 %> \\ <% endif %>
    <% endfor %>
    \end{pmatrix}$$

    has rank one: it is the product $K = u\,v^{\mathsf T}$ of a column $u$ of three numbers and a
    row $v^{\mathsf T}$ of four.
    """

    factors = VectorPairEntry(
        (p, q),
        marks=3,
        prompt=r"""
        Give such vectors $u$ and $v$. There is more than one right answer: any pair with $u\,
        v^{\mathsf T} = K$ is right.
        """,
        misconceptions=[
            Misconception(
                "first column and first row",
                (
                    [p[0] * q[0], p[1] * q[0], p[2] * q[0]],
                    [p[0] * q[0], p[0] * q[1], p[0] * q[2], p[0] * q[3]],
                ),
                "Their product is $k_{11} = <<p[0] * q[0]>>$ times $K$: divide one of them by "
                "$k_{11}$.",
            ),
            Misconception(
                "u upside down",
                (p[::-1], q),
                "Row $i$ of $K$ is $u_i v^{\\mathsf T}$, from top to bottom. Nothing is flipped.",
            ),
            Misconception(
                "v turned round",
                (p, q[::-1]),
                "Column $j$ of $K$ is $v_j u$, from left to right. Nothing is flipped.",
            ),
            Misconception(
                "sizes without signs",
                lambda item: (abs(item.p), abs(item.q)),
                "The signs of the entries must come out too: check each product $u_i v_j$.",
            ),
        ],
    )

    gain = IntegerEntry(
        (p[0] + p[1] + p[2]) * (q[0] + q[1] + q[2] + q[3]),
        tex="g",
        marks=1,
        carries=(-(10**4), 10**4),
        prompt="What does the kernel give on an image in which every pixel is&nbsp;1?",
        misconceptions=[
            Misconception(
                "added the two sums",
                p[0] + p[1] + p[2] + q[0] + q[1] + q[2] + q[3],
                "The passes come one after the other, so that their sums multiply.",
            ),
            Misconception(
                "column only",
                p[0] + p[1] + p[2],
                "The row pass weighs what the column pass gives.",
            ),
        ],
    )

    saved = IntegerEntry(
        12 * n**2 - (3 + 4) * n**2,
        tex="s",
        marks=2,
        prompt=r"""
        How many multiplications $s$ are saved on an image of $<<n>> \times <<n>>$ pixels ($n =
        <<n>>$), padded so that each pass gives $n^2$ outputs, if a column pass and a row pass
        replace the whole kernel?
        """,
        misconceptions=[
            Misconception(
                "cost of the passes", 7 * n**2, "These are left; asked is what is saved."
            ),
            Misconception(
                "passes multiplied",
                12 * n**2 - 3 * 4 * n,
                "Each pass takes its own number of multiplications for each of the $n^2$ outputs.",
            ),
            Misconception(
                "one pass only",
                12 * n**2 - 4 * n**2,
                "The column pass takes 3 multiplications for each output as well.",
            ),
        ],
    )

    solution = r"""
    All rows of $K$ are multiples of one row, which is $v^{\mathsf T}$ up to a factor; the multiples
    are the entries of $u$. One such pair is
    $$<<factors>>$$
    and $u$ times any number, with $v$ divided by it, is as good. On ones, the kernel gives the sum
    of its entries, which is that of $u$ times that of $v$:
    $$g = (u_1 + u_2 + u_3)(v_1 + v_2 + v_3 + v_4) = <<gain>>$$
    The whole kernel takes $3 \cdot 4 = 12$ multiplications for each output, the passes $3 + 4 = 7$:
    << working.saved >>
    """

    def oracle(self):
        """Split the kernel as the engine does; count with convolutions of ones."""
        kernel = np.outer(self.p, self.q)
        factors = engine.rank_one_factors(kernel)
        assert factors is not None  # of rank one
        column, row = factors
        padded = np.ones((self.n + 2, self.n + 3), dtype=int)
        whole = engine.conv2d(padded, np.ones((3, 4), dtype=int))
        passes = [
            engine.conv2d(padded[:, 3:], np.ones((3, 1), dtype=int)),
            engine.conv2d(padded[2:], np.ones((1, 4), dtype=int)),
        ]
        return {
            "factors": (column, row),
            "gain": engine.conv2d(np.ones((3, 4), dtype=int), kernel)[0, 0],
            "saved": whole.sum() - passes[0].sum() - passes[1].sum(),
        }
