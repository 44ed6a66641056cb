"""A pair of vectors of which any with the right product is accepted."""

import numpy as np

from examgen import Example, IntVector, Item, Misconception, VectorPairEntry, different, engine


class VectorPair(Item):
    """A kernel of rank one, split into a column and a row."""

    p, q = IntVector(2, low=-3, high=4), IntVector(3, low=-2, high=3)

    where = [
        different(p[0] * p[1] * q[0] * q[1] * q[2], 0),
        different(p[0] ** 2, p[1] ** 2),
        different(q[0] ** 2, q[2] ** 2),
    ]

    stem = r"""
    $$K = \begin{pmatrix}
    <<p[0] * q[0]>> & <<p[0] * q[1]>> & <<p[0] * q[2]>> \\
    <<p[1] * q[0]>> & <<p[1] * q[1]>> & <<p[1] * q[2]>>
    \end{pmatrix}$$
    """

    # There are many right answers: the key is one of them, and any other with its product counts.
    factors = VectorPairEntry(
        (p, q),
        marks=2,
        prompt=r"Give vectors $u$ and $v$ with $u\,v^{\mathsf T} = K$. Any such pair is right.",
        misconceptions=[
            Misconception("u upside down", (p[::-1], q), "Row $i$ of $K$ is $u_i v^{\\mathsf T}$."),
        ],
    )

    solution = "All rows are multiples of one row. One such pair is $$<<factors>>$$"

    examples = [
        Example(
            {"factors": "u = (2, 4), v = (1, 2, 3)"},
            at={"p": [1, 2], "q": [2, 4, 6]},
            marks={"factors": 2},
        ),
    ]

    def oracle(self):
        return {"factors": engine.rank_one_factors(np.outer(self.p, self.q))}
