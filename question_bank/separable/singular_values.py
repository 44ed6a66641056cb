"""Vector, matrix, fraction and whole number: a kernel of rank two and its best separable part."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    MatrixEntry,
    Misconception,
    RationalEntry,
    VectorEntry,
    ceiling,
)

STEPS = ((1, -1, 0), (1, 0, -1), (0, 1, -1), (-1, 1, 0), (-1, 0, 1), (0, -1, 1))  # of length √2
BENDS = ((1, -2, 1), (-2, 1, 1), (1, 1, -2))  # of length √6
PAIRS = [(u, v) for lengths in (STEPS, BENDS) for u in lengths for v in lengths]


class SingularValues(Item):
    """Singular values of a sum of two products, its best separable part, and what ranks cost."""

    title = "Nearly separable"
    topic = "separable"
    objective = (
        "find the singular values of a kernel of rank two, its best separable part, and the "
        "rank up to which separating pays"
    )
    serves = ["5b svd-rank", "5b rank-r-cost"]

    a, b = Int(1, 6), Int(1, 4)
    pair = Choice(*PAIRS)
    k = Int(5, 16)

    def products(self):
        """The two kernels of rank one, with their singular values, the larger one first."""
        u, v = np.array(self.pair)
        flat, rest = np.full((3, 3), self.a), self.b * np.outer(u, v)
        length = int(u @ u)  # |u| = |v|, so this is |u| |v|
        return sorted([(3 * self.a, flat), (length * self.b, rest)], key=lambda one: -one[0])

    def values_differ(self):
        """Whether one product is really the larger one."""
        (larger, _), (smaller, _) = self.products()
        return larger != smaller

    where = [values_differ]

    stem = r"""
    A kernel is the sum of two separable ones,
    $$K = a\,e\,e^{\mathsf T} + b\,u\,v^{\mathsf T}$$
    with $a = <<a>>$, $b = <<b>>$, $e^{\mathsf T} = \begin{pmatrix} 1 & 1 & 1 \end{pmatrix}$,
    $u^{\mathsf T} = <<pair[0]>>$ and $v^{\mathsf T} = <<pair[1]>>$. The vectors $u$ and $v$ are
    orthogonal to $e$ and equally long. So this sum *is* the singular value decomposition of $K$,
    but for the lengths of the vectors.
    """

    def values_found(self):
        """The two singular values, the larger one first."""
        return [value for value, _ in self.products()]

    sigma = VectorEntry(
        values_found,
        shape=(2,),
        tex=r"\sigma",
        marks=2,
        prompt=r"""
        What are the two singular values of $K$ that are not 0? Give $\sigma = (\sigma_1,
        \sigma_2)$, the larger one first.
        """,
        misconceptions=[
            Misconception(
                "factors alone",
                lambda item: sorted([item.a, item.b], reverse=True) if item.a != item.b else None,
                "The vectors must be made to have length 1: their lengths go into the singular "
                "values.",
            ),
            Misconception(
                "smaller one first",
                lambda item: item.values_found()[::-1],
                "The larger one comes first, whichever product it belongs to.",
            ),
            Misconception(
                "squared",
                lambda item: [value**2 for value in item.values_found()],
                r"These are the eigenvalues of $K^{\mathsf T} K$: take their roots.",
            ),
        ],
    )

    B = MatrixEntry(
        lambda item: item.products()[0][1],
        shape=(3, 3),
        tex="B",
        marks=2,
        prompt="Which separable kernel $B$ is nearest to $K$ (in the sum of the squared errors)?",
        misconceptions=[
            Misconception(
                "the other product",
                lambda item: item.products()[1][1],
                "The product with the *larger* singular value is kept.",
            ),
            Misconception(
                "the whole kernel",
                lambda item: sum(product for _, product in item.products()),
                "This is $K$ itself, which has rank 2.",
            ),
            Misconception(
                "factor forgotten",
                lambda item: item.bare(),
                "The kept product comes with its factor.",
            ),
        ],
    )

    def bare(self):
        """The larger product without its factor; None where that is 1."""
        product = self.products()[0][1]
        factor = int(np.gcd.reduce(product.ravel()))
        return product // factor if factor > 1 else None

    share = RationalEntry(
        sigma[0] ** 2 / (sigma[0] ** 2 + sigma[1] ** 2),
        tex=r"\rho",
        marks=2,
        prompt=r"""
        What share $\rho = \sigma_1^2 / (\sigma_1^2 + \sigma_2^2)$ of the sum of the squares of all
        entries of $K$ does $B$ keep?
        """,
        misconceptions=[
            Misconception(
                "not squared",
                Fraction(1) * sigma[0] / (sigma[0] + sigma[1]),
                "Squares add up here, not the singular values.",
            ),
            Misconception(
                "what is lost",
                sigma[1] ** 2 / (sigma[0] ** 2 + sigma[1] ** 2),
                "This is the share that is lost.",
            ),
            Misconception(
                "ratio of both",
                sigma[1] ** 2 / sigma[0] ** 2,
                "Divide by the sum over *both* products.",
            ),
        ],
    )

    half = k / 2
    most = IntegerEntry(
        ceiling(half) - 1,
        tex="r",
        marks=2,
        prompt=r"""
        Another kernel has $k \times k$ entries, $k = <<k>>$, and rank $r$. As a sum of $r$
        separable kernels it takes $2k$ multiplications for each of them at every output (far from
        the borders), instead of $k^2$. What is the largest $r$ for which this is less work?
        """,
        misconceptions=[
            Misconception(
                "one too many",
                ceiling(half),
                r"With so many $2kr$ is not below $k^2$ any more.",
            ),
            Misconception(
                "one pass only",
                k - 1,
                "Each separable kernel takes *two* passes of $k$ multiplications.",
            ),
            Misconception(
                "one kernel",
                1,
                "A few separable kernels together can still be cheaper than $k^2$.",
            ),
        ],
    )

    solution = r"""
    <% set length = pair[0][0] ** 2 + pair[0][1] ** 2 + pair[0][2] ** 2 %>
    The first product has the singular value $a |e| |e| = <<a>> \cdot 3 = <<3 * a>>$, since
    $|e|^2 = 3$. The second has $b |u| |v| = <<b>> \cdot <<length>> = <<b * length>>$, since
    $|u|^2 = |v|^2 = <<length>>$. The larger one comes first:
    $$\sigma = <<sigma>>$$
    The nearest kernel of rank 1 is the product with the larger singular value:
    $$B = <<B>>$$
    The squares of the entries add up to $\sigma_1^2 + \sigma_2^2$, and $B$ has $\sigma_1^2$ of it:
    << working.share >>
    In the other kernel $2kr < k^2$ means $r < k / 2 = <<half | decimal>>$, so
    << working.most >>
    """

    def oracle(self):
        """NumPy's singular values of the kernel written out; and ranks tried one by one."""
        u, v = self.pair
        kernel = np.array([[self.a + self.b * y * x for x in v] for y in u])
        left, values, right = np.linalg.svd(kernel)
        sigma = [round(float(value)) for value in values[:2]]
        nearest = np.rint(values[0] * np.outer(left[:, 0], right[0])).astype(int)
        cheaper = [r for r in range(1, self.k) if 2 * self.k * r < self.k * self.k]
        return {
            "sigma": sigma,
            "B": nearest,
            "share": Fraction(int((nearest**2).sum()), int((kernel**2).sum())),
            "most": cheaper[-1],
        }
