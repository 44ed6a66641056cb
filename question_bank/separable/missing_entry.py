"""Whole number, vectors and a fraction: the entry that makes a kernel separable, and its use."""

from fractions import Fraction

import numpy as np

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


class MissingEntry(Item):
    """A 3 × 3 kernel of rank one with one entry missing, its two factors, and what they save."""

    title = "Separable, but for one entry"
    topic = "separable"
    objective = (
        "find the entry that makes a kernel separable, its factors, and the multiplications "
        "that two passes save"
    )
    serves = ["5b separable-missing-entry", "5b separable-mults"]

    p, q = IntVector(3, low=-3, high=4), IntVector(3, low=-3, high=4)
    gap = Int(0, 8)
    n = Int(8, 32)

    r, c = 1 + gap // 3, 1 + gap % 3
    i, j = 1 + r % 3, 1 + c % 3  # another row and another column than those of the gap
    where = [
        different(p[0] * p[1] * p[2] * q[0] * q[1] * q[2], 0),  # no factor hides the others
        different(p[0] ** 2, p[1] ** 2),
        different(q[0] ** 2, q[1] ** 2),
    ]

    stem = r"""
    In this kernel one entry, $a$, cannot be read any more:

    $$K = \begin{pmatrix}
    <% for y in range(3) %>
    <% for x in range(3) %>
    <% if (y + 1, x + 1) == (r, c) %>a<% else %><<p[y] * q[x]>><% endif %>
    <% if x < 2 %> & <% endif %>
    <% endfor %>
    <% if y < 2 %> \\ <% endif %>
    <% endfor %>
    \end{pmatrix}$$

    The kernel is known to be *separable*: it is the product $K = u\,v^{\mathsf T}$ of a column $u$
    and a row $v^{\mathsf T}$.
    """

    def corners(self):
        """The entries in the row and the column of the gap, and the one across from it."""
        kernel = np.outer(self.p, self.q).tolist()
        row, column, i, j = self.r - 1, self.c - 1, self.i - 1, self.j - 1
        return kernel[row][j], kernel[i][column], kernel[i][j]

    def not_divided(self):
        """The product of the two neighbours of the gap."""
        beside, above, _ = self.corners()
        return beside * above

    def added(self):
        """The entry that would give equal differences instead of equal ratios."""
        beside, above, across = self.corners()
        return beside + above - across

    a = IntegerEntry(
        lambda item: item.p[item.r - 1] * item.q[item.c - 1],
        tex="a",
        marks=2,
        carries=(-(10**6), 10**6),
        prompt="Find the missing entry $a$.",
        misconceptions=[
            Misconception(
                "equal differences",
                added,
                "The rows are *multiples* of one another: ratios are equal, not differences.",
            ),
            Misconception(
                "forgot to divide",
                not_divided,
                r"The $2 \times 2$ minor $a K_{<<i>>,<<j>>} - K_{<<r>>,<<j>>} K_{<<i>>,<<c>>}$ is "
                r"0: divide by $K_{<<i>>,<<j>>} = <<p[i - 1] * q[j - 1]>>$.",
            ),
            Misconception(
                "wrong sign",
                lambda item: -item.p[item.r - 1] * item.q[item.c - 1],
                r"The *difference* of the two diagonal products of a $2 \times 2$ minor is 0.",
            ),
        ],
    )

    def completed(self):
        """The kernel with the (carried) entry in its place."""
        kernel = np.outer(self.p, self.q).astype(object)
        kernel[self.r - 1, self.c - 1] = self.a
        return kernel

    v = VectorEntry(
        lambda item: item.completed()[0],
        shape=(3,),
        tex=r"v^{\mathsf T}",
        marks=2,
        prompt=r"""
        The factors are fixed only up to a scale. Choose it so that the first entry of $u$ is 1.
        What is the row $v^{\mathsf T}$?
        """,
        misconceptions=[
            Misconception(
                "first column",
                lambda item: item.completed()[:, 0],
                "Row $i$ of $K$ is $u_i v^{\\mathsf T}$: the *rows* are multiples of "
                "$v^{\\mathsf T}$.",
            ),
            Misconception(
                "second row",
                lambda item: item.completed()[1],
                "With $u_1 = 1$ it is the *first* row of $K$ that equals $v^{\\mathsf T}$.",
            ),
            Misconception(
                "wrong sign",
                lambda item: -item.completed()[0],
                "With $u_1 = 1$, and not $-1$, the first row of $K$ is $v^{\\mathsf T}$ itself.",
            ),
        ],
    )

    u = VectorEntry(
        lambda item: [entry * Fraction(1, int(item.v[0])) for entry in item.completed()[:, 0]],
        shape=(3,),
        fractions=True,
        tex=r"u^{\mathsf T}",
        marks=2,
        prompt="And what is the column $u$, whose first entry is 1?",
        misconceptions=[
            Misconception(
                "not scaled",
                lambda item: item.completed()[:, 0],
                "This is $v_1 u$: divide by $v_1 = <<v[0]>>$, or the product is $v_1$ times $K$.",
            ),
            Misconception(
                "inverse ratios",
                lambda item: [item.v[0] * Fraction(1, int(e)) for e in item.completed()[:, 0]],
                "$u_i$ tells what $v^{\\mathsf T}$ is multiplied *by* to give row $i$.",
            ),
            Misconception(
                "from the first row",
                lambda item: [e * Fraction(1, int(item.v[0])) for e in item.v],
                "Go down the first *column* of $K$ to see what each row is multiplied by.",
            ),
        ],
    )

    saved = IntegerEntry(
        9 * (n - 2) ** 2 - (3 * n * (n - 2) + 3 * (n - 2) ** 2),
        marks=3,
        tex="s",
        prompt=r"""
        $K$ is slid over an image of $<<n>> \times <<n>>$ pixels, without padding, with
        stride&nbsp;1. How many multiplications are saved by a pass with the column $u$ (over
        all <<n>> columns of the image) followed by a pass with the row $v^{\mathsf T}$ over what it
        gives? Count multiplications by 0 and 1 too.
        """,
        misconceptions=[
            Misconception(
                "both passes alike",
                9 * (n - 2) ** 2 - 6 * (n - 2) ** 2,
                "The first pass is not shortened in the other direction: it gives "
                "$<<n - 2>> \\times <<n>>$ values.",
            ),
            Misconception(
                "one pass only",
                9 * (n - 2) ** 2 - 3 * n * (n - 2),
                "The second pass takes three multiplications for each output too.",
            ),
            Misconception(
                "as many outputs as pixels",
                9 * n**2 - 6 * n**2,
                "Without padding there are only $<<n - 2>> \\times <<n - 2>>$ outputs.",
            ),
            Misconception(
                "per kernel",
                3,
                "So many weights are saved; the kernel is used at $<<n - 2>>^2$ positions.",
            ),
        ],
    )

    solution = r"""
    Rows of a separable kernel are multiples of one another, so every $2 \times 2$ minor is 0. With
    row <<i>> and column <<j>>, say, $a \cdot K_{<<i>>,<<j>>} = K_{<<r>>,<<j>>} \cdot
    K_{<<i>>,<<c>>}$, which gives
    <% set above = p[i - 1] * q[c - 1] %>
    $$a = \frac{<<p[r - 1] * q[j - 1]>> \cdot
    <% if above < 0 %>(<<above>>)<% else %><<above>><% endif %>}{<<p[i - 1] * q[j - 1]>>} = <<a>>$$
    With $u_1 = 1$ the first row of $K = u\,v^{\mathsf T}$ is $v^{\mathsf T}$ itself, and the first
    column is $v_1 u = <<v[0]>>\,u$:
    $$v^{\mathsf T} = <<v>> \qquad u^{\mathsf T} = <<u>>$$
    Directly, each of the $(n - 2)^2$ outputs takes 9 multiplications. The first pass takes 3 for
    each of its $n(n - 2)$ values, the second 3 for each of the $(n - 2)^2$ outputs:
    << working.saved >>
    """

    def oracle(self):
        """Try entries until the rank is one; factor the kernel; count taps over images of ones."""
        kernel = np.outer(self.p, self.q).tolist()
        for candidate in range(-20, 21):
            kernel[self.r - 1][self.c - 1] = candidate
            if engine.rank(kernel) == 1:
                break
        factors = engine.rank_one_factors(kernel)
        assert factors is not None  # of rank one
        column, row = factors
        image = np.ones((self.n, self.n), dtype=int)
        direct = engine.conv2d(image, np.ones((3, 3), dtype=int))
        first = engine.conv2d(image, np.ones((3, 1), dtype=int))
        second = engine.conv2d(np.ones_like(first), np.ones((1, 3), dtype=int))
        return {
            "a": kernel[self.r - 1][self.c - 1],
            "v": row * column[0],
            "u": [entry * Fraction(1, int(column[0])) for entry in column],
            "saved": direct.sum() - first.sum() - second.sum(),
        }
