"""Several choices: which of five kernels are separable."""

from itertools import combinations

import numpy as np

from examgen import Choice, Int, IntMatrix, IntVector, Item, Misconception, MultipleResponse, engine

NAMED = (
    ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),  # Sobel
    ((-1, -1, -1), (0, 0, 0), (1, 1, 1)),  # Prewitt
    ((0, 0, 0), (0, 1, 0), (0, 0, 0)),  # identity
    ((0, 1, 0), (0, 2, 0), (0, 1, 0)),  # smoothing along a column
    ((1, -2, 1), (-2, 4, -2), (1, -2, 1)),  # second derivative along both axes
    ((0, 1, 0), (1, -4, 1), (0, 1, 0)),  # Laplacian
    ((1, 1, 1), (1, -8, 1), (1, 1, 1)),  # Laplacian with diagonals
    ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),  # sharpening
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),  # motion along the diagonal
    ((0, 1, 0), (1, 1, 1), (0, 1, 0)),  # a plus
    ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),  # emboss
)


def _printed(entry):
    """A 3 × 3 matrix in item text, from the template expression of its entry in row y, column x."""
    row = f"<% for x in range(3) %><<{entry}>><% if x < 2 %> & <% endif %><% endfor %>"
    rows = f"<% for y in range(3) %>{row}<% if y < 2 %> \\\\ <% endif %><% endfor %>"
    return rf"$\begin{{pmatrix}} {rows} \end{{pmatrix}}$"


ENTRIES = (  # of the five kernels, as template expressions
    "A[0][y] * A[1][x] + (d if 3 * y + x == spot else 0)",
    "s[y] * s[x] + (m if x == 1 and y == 1 else 0)",
    "[B[0][x], B[0][x] * 2 if f == 0 else B[1][x], "
    "B[0][x] + (B[0][x] * 2 if f == 0 else B[1][x])][y]",
    "Z[y][x]",
    "0 if x == 1 or y == 1 else T[y // 2][x // 2]",
)


def _argued(entry):
    """One row of the solution: a row that all rows are multiples of, or a minor that is not 0."""
    return (
        "<% set k = namespace(rows=[], row=[], minor=none) %>"
        "<% for y in range(3) %><% set k.row = [] %>"
        f"<% for x in range(3) %><% set k.row = k.row + [{entry}] %><% endfor %>"
        "<% set k.rows = k.rows + [k.row] %><% endfor %>"
        "<% for a, b in [(0, 1), (0, 2), (1, 2)] %><% for c, e in [(0, 1), (0, 2), (1, 2)] %>"
        "<% set p, q, r, t = k.rows[a][c], k.rows[b][e], k.rows[a][e], k.rows[b][c] %>"
        "<% if p * q != r * t and not k.minor %>"
        "<% set k.minor = (a + 1, b + 1, c + 1, e + 1, p, q, r, t) %>"
        "<% endif %><% endfor %><% endfor %>"
        f"| {_printed(entry)} | "
        "<% if k.minor %><% set a, b, c, e, p, q, r, t = k.minor %>"
        "**no**: rows <<a>> and <<b>> with columns <<c>> and <<e>> give the minor "
        r"$<<p>> \cdot <<signed(q)>> - <<signed(r)>> \cdot <<signed(t)>> = <<p * q - r * t>>$"
        "<% else %>**yes**: all rows are multiples of "
        "<% set row = k.rows[0] if k.rows[0] != [0, 0, 0] else k.rows[1] %>"
        r"$\begin{pmatrix}<<row[0]>> & <<row[1]>> & <<row[2]>>\end{pmatrix}$"
        "<% endif %> |"
    )


class WhichSeparable(Item):
    """Five kernels, among them near misses: symmetric ones, singular ones, ones with zeros."""

    title = "Which kernels are separable?"
    topic = "separable"
    objective = "tell separable kernels from near misses by the rank of the matrix"
    serves = ["5b separable-rank1"]

    A = IntMatrix(2, 3, low=-3, high=3)
    d, spot = Choice(-1, 0, 1), Int(0, 8)
    s = IntVector(3, low=-2, high=3)
    m = Choice(0, 2)
    B = IntMatrix(2, 3, low=-2, high=3)
    f = Choice(0, 1)
    Z = Choice(*NAMED)
    T = IntMatrix(2, 2, low=1, high=3)

    def kernels(self):
        """The five kernels, in the order of the options."""
        changed = np.outer(self.A[0], self.A[1])
        changed[divmod(self.spot, 3)] += self.d
        symmetric = np.outer(self.s, self.s) + self.m * np.diag([0, 1, 0])
        first, second = self.B[0], self.B[0] * 2 if self.f == 0 else self.B[1]
        singular = np.array([first, second, first + second])
        sparse = np.zeros((3, 3), dtype=int)
        sparse[::2, ::2] = self.T
        return [changed, symmetric, singular, np.array(self.Z), sparse]

    def judged(self, rule):
        """What a rule says of each kernel."""
        return [rule(kernel) for kernel in self.kernels()]

    def kernels_are_full(self):
        """Whether the kernels that are not meant to be sparse have few zeros."""
        return all(np.count_nonzero(kernel) >= 5 for kernel in self.kernels()[:3])

    def some_are_separable(self):
        """Whether there is a kernel to mark, and one not to mark."""
        return 1 <= sum(self.judged(lambda kernel: engine.rank(kernel) == 1)) <= 4

    where = [kernels_are_full, some_are_separable]

    stem = r"""
    A kernel $K$ is *separable* when it is the product $u\,v^{\mathsf T}$ of a column $u$ and a
    row $v^{\mathsf T}$: a convolution with $K$ can then be done as two passes, one with $u$ and one
    with $v^{\mathsf T}$.
    """

    separable = MultipleResponse(
        lambda item: item.judged(lambda kernel: engine.rank(kernel) == 1),
        marks=5,
        prompt="Which of these kernels are separable?",
        options=[_printed(entry) for entry in ENTRIES],
        misconceptions=[
            Misconception(
                "symmetric ones",
                lambda item: item.judged(lambda kernel: np.array_equal(kernel, kernel.T)),
                "Symmetry is something else: a symmetric kernel can have rank 2 or 3, and a "
                "separable one need not be symmetric.",
            ),
            Misconception(
                "determinant 0",
                lambda item: item.judged(lambda kernel: engine.rank(kernel) < 3),
                r"The determinant of a kernel of rank 2 is 0 as well: *every* $2 \times 2$ minor "
                "must be 0.",
            ),
            Misconception(
                "no zeros",
                lambda item: item.judged(lambda kernel: bool(np.all(kernel))),
                "Zeros are no obstacle; a zero in $u$ or $v$ just makes a whole row or column 0.",
            ),
        ],
    )

    solution = "\n".join(
        [
            "The rows of a separable kernel are all multiples of one row (its rank is 1), so every "
            r"minor of $2 \times 2$ entries is 0. One minor that is not 0 shows that a kernel is "
            "not separable. For the five kernels:"
            "<% macro signed(v) %><% if v < 0 %>(<<v>>)<% else %><<v>><% endif %><% endmacro %>",
            "",
            "| kernel | separable? |",
            "|:------:|:-----------|",
            *[_argued(entry) for entry in ENTRIES],
            "",
            "It does not matter whether a kernel is symmetric or contains zeros. The determinant "
            "of a separable kernel is 0, but that is not enough: a sum of two kernels of rank 1 "
            "can have rank 2 and determinant 0.",
        ]
    )

    def oracle(self):
        """All nine minors of two rows and two columns."""
        pairs = list(combinations(range(3), 2))
        return {
            "separable": [
                all(
                    kernel[a][c] * kernel[b][d] == kernel[a][d] * kernel[b][c]
                    for a, b in pairs
                    for c, d in pairs
                )
                for kernel in (k.tolist() for k in self.kernels())
            ]
        }
