"""Matching of computed vectors: what well-known filters give on three small patches."""

import numpy as np

from examgen import Choice, Int, Item, Matching, Misconception, different, engine

# Filters with their responses on the patches P (edge between columns), Q (edge between rows) and
# R (bright spot), by base b, step h and spot s.
FILTERS = (
    (r"\begin{pmatrix} -1 & 0 & 1 \\ -2 & 0 & 2 \\ -1 & 0 & 1 \end{pmatrix}", "Sobel, along $x$"),
    (r"\begin{pmatrix} -1 & -2 & -1 \\ 0 & 0 & 0 \\ 1 & 2 & 1 \end{pmatrix}", "Sobel, along $y$"),
    (r"\begin{pmatrix} 0 & 1 & 0 \\ 1 & -4 & 1 \\ 0 & 1 & 0 \end{pmatrix}", "Laplacian"),
    (r"\begin{pmatrix} 1 & 1 & 1 \\ 1 & 1 & 1 \\ 1 & 1 & 1 \end{pmatrix}", "sum of all"),
    (r"\begin{pmatrix} 0 & -1 & 0 \\ -1 & 5 & -1 \\ 0 & -1 & 0 \end{pmatrix}", "sharpening"),
)


class FilterResponses(Item):
    """Five filters matched to what they answer to an edge along either axis and to a spot."""

    title = "Which filter answers so?"
    topic = "convolution"
    objective = (
        "match well-known filters to their responses on an edge along either axis and on a spot"
    )
    serves = ["4c filter-response-matching"]

    b = Int(1, 5)
    h, k = Int(-4, 4), Int(-4, 4)
    s = Int(2, 6)
    turn = Choice(0, 1, 2, 3, 4)

    where = [
        different(h * k, 0),
        different(h, k),
        different(h, -k),
        b + h >= 0,
        b + k >= 0,
    ]

    stem = r"""
    Three patches of an image, each as large as a filter:

    $$\begin{aligned}
    P &= \begin{pmatrix} <<b>> & <<b>> & <<b + h>> \\ <<b>> & <<b>> & <<b + h>> \\
    <<b>> & <<b>> & <<b + h>> \end{pmatrix} &
    Q &= \begin{pmatrix} <<b>> & <<b>> & <<b>> \\ <<b>> & <<b>> & <<b>> \\
    <<b + k>> & <<b + k>> & <<b + k>> \end{pmatrix} \\
    R &= \begin{pmatrix} <<b>> & <<b>> & <<b>> \\ <<b>> & <<b + s>> & <<b>> \\
    <<b>> & <<b>> & <<b>> \end{pmatrix}
    \end{aligned}$$

    A layer multiplies each patch by the filter, entry by entry, and adds up the products
    (cross-correlation).
    """

    def matched(self, *others):
        """The option of each row, or with other options in place of those of the named filters."""
        places = [(self.turn + row) % 5 for row in range(5)]
        return [dict(others).get(at, None if others else at) for at in places]

    answers = Matching(
        lambda item: item.matched(),
        marks=5,
        prompt="Match each filter to its responses on $P$, $Q$ and $R$. Two are left over.",
        rows=[
            "".join(
                f"<% if (turn + {row}) % 5 == {at} %>${tex}$<% endif %>"
                for at, (tex, _) in enumerate(FILTERS)
            )
            for row in range(5)
        ],
        options=[
            "$<<4 * h>>,\\; 0,\\; 0$",
            "$0,\\; <<4 * k>>,\\; 0$",
            "$<<h>>,\\; <<k>>,\\; << -4 * s>>$",
            "$<<9 * b + 3 * h>>,\\; <<9 * b + 3 * k>>,\\; <<9 * b + s>>$",
            "$<<b - h>>,\\; <<b - k>>,\\; <<b + 5 * s>>$",
            "$<< -4 * h>>,\\; 0,\\; 0$",
            "$0,\\; << -4 * k>>,\\; 0$",
        ],
        misconceptions=[
            Misconception(
                "directions exchanged",
                lambda item: item.matched((0, 1), (1, 0)),
                "A filter with columns $-1, 0, 1$ compares *left and right*: it answers where the "
                "image changes from column to column.",
            ),
            Misconception(
                "filters flipped",
                lambda item: item.matched((0, 5), (1, 6)),
                "This would be the convolution of mathematics, which turns the filter by a half "
                "turn. The layer does not.",
            ),
            Misconception(
                "Laplacian and sharpening exchanged",
                lambda item: item.matched((2, 4), (4, 2)),
                "The entries of the Laplacian add up to 0, so that constant parts do not matter; "
                "those of the other one add up to 1, so that they are kept.",
            ),
        ],
    )

    solution = r"""
    Write each patch as the constant <<b>> plus what differs. A filter answers to the constant with
    <<b>> times the sum of its entries, which is 0 for both Sobel filters and the Laplacian, 9 for
    the sum of all and 1 for sharpening. What differs:

    * in $P$ the last column, by $<<h>>$: add $<<h>>$ times the sum of the filter's last column;
    * in $Q$ the last row, by $<<k>>$: add $<<k>>$ times the sum of its last row;
    * in $R$ the middle, by <<s>>: add <<s>> times its middle entry.

    | filter | constant | last column | last row | middle |
    |:-------|:--------:|:-----------:|:--------:|:------:|
    | Sobel, along $x$ | 0 | 4 | 0 | 0 |
    | Sobel, along $y$ | 0 | 0 | 4 | 0 |
    | Laplacian | 0 | 1 | 1 | $-4$ |
    | sum of all | 9 | 3 | 3 | 1 |
    | sharpening | 1 | $-1$ | $-1$ | 5 |
    """

    def patches(self):
        base = np.full((3, 3), self.b)
        column, row, spot = base.copy(), base.copy(), base.copy()
        column[:, 2] += self.h
        row[2] += self.k
        spot[1, 1] += self.s
        return column, row, spot

    def oracle(self):
        """The engine applies filters to patches; see which printed vector that is."""
        smooth, derive = np.array([1, 2, 1]), np.array([-1, 0, 1])
        cross = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
        middle = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
        filters = [
            np.outer(smooth, derive),
            np.outer(derive, smooth),
            cross - 4 * middle,
            np.ones((3, 3), dtype=int),
            5 * middle - cross,
        ]
        b, h, k, s = self.b, self.h, self.k, self.s
        printed = [
            (4 * h, 0, 0), (0, 4 * k, 0), (h, k, -4 * s),
            (9 * b + 3 * h, 9 * b + 3 * k, 9 * b + s), (b - h, b - k, b + 5 * s),
            (-4 * h, 0, 0), (0, -4 * k, 0),
        ]  # fmt: skip
        found = []
        for row in range(5):
            kernel = filters[(self.turn + row) % 5]
            given = tuple(int(engine.conv2d(patch, kernel)[0, 0]) for patch in self.patches())
            found += [at for at, vector in enumerate(printed) if vector == given]
        return {"answers": found}
