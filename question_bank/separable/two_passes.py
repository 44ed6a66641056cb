"""Vector and whole numbers: a separable kernel applied in two passes, and when that pays."""

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    IntMatrix,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
)


class TwoPasses(Item):
    """A column pass and a row pass by hand, and the exact number of multiplications."""

    title = "One kernel, two passes"
    topic = "separable"
    objective = (
        "apply a separable kernel in two passes by hand, and count the multiplications of both "
        "ways exactly"
    )
    serves = ["5b separable-by-hand", "5b separable-mults"]

    X = IntMatrix(3, 3, low=0, high=5)
    u, v = IntVector(3, low=-2, high=3), IntVector(3, low=-2, high=3)
    k = Choice(5, 7)
    n = Int(16, 48, 4)

    where = [
        different(u[0] * u[1] * u[2] * v[0] * v[1] * v[2], 0),
        different(u[0], u[2]),
        different(v[0], v[2]),
    ]

    stem = r"""
    A separable kernel is $K = u\,v^{\mathsf T}$ with $u^{\mathsf T} = <<u>>$ and $v^{\mathsf T} =
    <<v>>$. It lies on the patch

    $$X = <<X>>$$

    of an image, as in a deep-learning layer (no flip).
    """

    t = VectorEntry(
        u @ X,
        tex="t",
        marks=2,
        prompt="""
        First slide the column $u$ over the patch: what are its three outputs $t$, one for each
        column of $X$?
        """,
        misconceptions=[
            Misconception(
                "along the rows",
                X @ u,
                "The entries of a column vector meet the entries of a *column* of $X$.",
            ),
            Misconception(
                "the row first",
                v @ X,
                "Take $u$ for the column pass; $v^{\\mathsf T}$ comes second.",
            ),
            Misconception(
                "flipped the column",
                u[::-1] @ X,
                "A layer does not flip its kernel, and so neither of its factors.",
            ),
        ],
    )

    o = IntegerEntry(
        t[0] * v[0] + t[1] * v[1] + t[2] * v[2],
        tex="o",
        marks=2,
        carries=(-(10**6), 10**6),
        prompt=r"Now apply the row $v^{\mathsf T}$ to $t$: what is the output $o$?",
        misconceptions=[
            Misconception(
                "added up", t[0] + t[1] + t[2], r"Weigh the outputs $t$ by $v^{\mathsf T}$."
            ),
            Misconception(
                "column again",
                t[0] * u[0] + t[1] * u[1] + t[2] * u[2],
                r"The second pass uses $v^{\mathsf T}$.",
            ),
            Misconception(
                "flipped the row",
                t[0] * v[2] + t[1] * v[1] + t[2] * v[0],
                "A layer does not flip its kernel, and so neither of its factors.",
            ),
        ],
    )

    direct = IntegerEntry(
        k**2 * (n - k + 1) ** 2,
        tex="M_1",
        marks=1,
        prompt=r"""
        Another separable kernel, of $<<k>> \times <<k>>$, is slid over an image of $<<n>> \times
        <<n>>$ pixels ($k = <<k>>$, $n = <<n>>$), with stride&nbsp;1 and no padding. How many
        multiplications $M_1$ does this take in one pass, with the whole kernel?
        """,
        misconceptions=[
            Misconception(
                "as many outputs as pixels",
                k**2 * n**2,
                "Without padding there are $(n - k + 1)^2$ outputs.",
            ),
            Misconception(
                "forgot +1",
                k**2 * (n - k) ** 2,
                "A window already fits at offset 0: there are $n - k + 1$ positions.",
            ),
            Misconception(
                "side of the kernel",
                k * (n - k + 1) ** 2,
                "Each output takes $k^2$ multiplications.",
            ),
        ],
    )

    passes = IntegerEntry(
        k * (n - k + 1) * n + k * (n - k + 1) ** 2,
        tex="M_2",
        marks=3,
        prompt="How many, $M_2$, does it take in two passes, first the column and then the row?",
        misconceptions=[
            Misconception(
                "both passes alike",
                2 * k * (n - k + 1) ** 2,
                "The column pass goes over *all* $n$ columns: the row pass needs them.",
            ),
            Misconception(
                "as many outputs as pixels",
                2 * k * n**2,
                "Each pass shortens the map in its own direction, to $n - k + 1$.",
            ),
            Misconception(
                "one pass only",
                k * (n - k + 1) * n,
                "The row pass takes $k$ multiplications for each output as well.",
            ),
        ],
    )

    solution = r"""
    Column by column, the first pass gives $t = u^{\mathsf T} X$:
    << working.t[0] >>
    and likewise for the other two: $t = <<t>>$. The second pass gives
    << working.o >>
    which is the same as the sum of the products of all nine entries of $K$ and $X$. With
    $n - k + 1 = <<n - k + 1>>$ positions along an axis, the whole kernel takes
    << working.direct >>
    multiplications. The column pass gives $n - k + 1$ rows of $n$ values, the row pass
    $(n - k + 1)^2$ outputs, each with $k$ multiplications:
    << working.passes >>
    """

    def oracle(self):
        """All nine products at once; convolutions of ones add up to the multiplications."""
        kernel = np.outer(self.u, self.v)
        column, row = np.ones((self.k, 1), dtype=int), np.ones((1, self.k), dtype=int)
        image = np.ones((self.n, self.n), dtype=int)
        first = engine.conv2d(image, column)
        second = engine.conv2d(np.ones_like(first), row)
        return {
            "t": engine.conv2d(self.X, self.u[:, None])[0],
            "o": (kernel * self.X).sum(),
            "direct": engine.conv2d(image, column * row).sum(),
            "passes": first.sum() + second.sum(),
        }
