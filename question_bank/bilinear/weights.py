"""Vector and rational: the four weights of a bilinear sample, and the value they give."""

from fractions import Fraction

from examgen import (
    Fractions,
    Int,
    IntegerEntry,
    IntMatrix,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    different,
    engine,
)


class BilinearWeights(Item):
    """Corner, weights and value of a bilinear sample at a point between four pixels."""

    title = "A sample between the pixels"
    topic = "bilinear"
    objective = (
        "find the four pixels around a sampling point, their bilinear weights and the value "
        "they give"
    )
    serves = ["6c bilinear-weights", "6c bilinear-sample"]

    x0, y0 = Int(0, 3), Int(0, 3)
    f_x, f_y = Fractions(1, 9, over=10), Fractions(1, 9, over=10)
    V = IntMatrix(2, 2, low=0, high=9)

    p_x, p_y = x0 + f_x, y0 + f_y
    where = [
        different(x0, y0),
        different(y0, x0 + 1),
        different(f_x, f_y),
        different(f_x + f_y, 1),  # else swapped fractions go unnoticed
        different(V[0, 1], V[1, 0]),
    ]

    stem = r"""
    A deformable convolution reads an image at the point
    $(x, y) = (<<p_x | decimal>>, <<p_y | decimal>>)$: $x$ runs to the right, $y$
    downwards, and pixel centres lie at whole numbers, the first one at $(0, 0)$. The values of
    the four pixels around the point (top left, top right; bottom left, bottom right) are

    $$V = \begin{pmatrix} TL & TR \\ BL & BR \end{pmatrix} = <<V>>$$
    """

    left = IntegerEntry(
        x0,
        tex="x_{TL}",
        marks=1,
        prompt="Which column $x_{TL}$ does the top-left pixel lie in?",
        misconceptions=[
            Misconception(
                "one too far",
                x0 + 1,
                "Round down: the pixel to the left of the point. Columns are numbered by their "
                "$x$, so the first one is column 0.",
            ),
            Misconception("row for column", y0, "$x$ counts columns, $y$ counts rows."),
        ],
    )
    weights = VectorEntry(
        [
            (1 - f_x) * (1 - f_y),
            f_x * (1 - f_y),
            (1 - f_x) * f_y,
            f_x * f_y,
        ],
        fractions=True,
        tex="w",
        marks=4,
        prompt="Give the weights of the four pixels, in the order $TL$, $TR$, $BL$, $BR$.",
        misconceptions=[
            Misconception(
                "x and y swapped",
                [(1 - f_x) * (1 - f_y), f_y * (1 - f_x), (1 - f_y) * f_x, f_x * f_y],
                "The right-hand pixels are weighted by the fraction of $x$, the lower ones by that "
                "of $y$.",
            ),
            Misconception(
                "opposite corners",
                [f_x * f_y, (1 - f_x) * f_y, f_x * (1 - f_y), (1 - f_x) * (1 - f_y)],
                "The nearer a pixel, the larger its weight: $TL$ gets $(1 - f_x)(1 - f_y)$.",
            ),
            Misconception(
                "one axis only",
                [1 - f_x, f_x, 1 - f_y, f_y],
                "Each weight is a product of a factor for $x$ and a factor for $y$; they sum to 1.",
            ),
        ],
    )
    value = RationalEntry(
        weights[0] * V[0, 0] + weights[1] * V[0, 1] + weights[2] * V[1, 0] + weights[3] * V[1, 1],
        tex="v",
        marks=2,
        prompt="What value $v$ does the sample have?",
        misconceptions=[
            Misconception(
                "mean of the four",
                (V[0, 0] + V[0, 1] + V[1, 0] + V[1, 1]) / 4,
                "The point is not in the middle: weigh the pixels.",
            ),
            Misconception(
                "top row only",
                (1 - f_x) * V[0, 0] + f_x * V[0, 1],
                "Interpolate between the upper and the lower row too.",
            ),
            Misconception(
                "left column only",
                (1 - f_y) * V[0, 0] + f_y * V[1, 0],
                "Interpolate between the left and the right column too.",
            ),
        ],
    )

    solution = r"""
    << bilinear_figure(p_x, p_y, V) >>

    Rounding down gives the top-left pixel $(<<left>>, <<y0>>)$ and the fractions
    $f_x = <<f_x | decimal>>$ and $f_y = <<f_y | decimal>>$. A right-hand pixel gets the factor
    $f_x$, a left-hand one $1 - f_x$; likewise for $y$:
    << working.weights[0] >>
    << working.weights[1] >>
    << working.weights[2] >>
    << working.weights[3] >>
    They sum to 1, as they must. The value is
    << working.value >>
    """

    def oracle(self):
        """Hat functions over a whole image: no corner is named, the pixels far away get 0."""
        grid = engine.bilinear_weights(self.p_x, self.p_y, height=6, width=6)
        rows, columns = self.y0, self.x0
        corner = grid[rows : rows + 2, columns : columns + 2]
        image = [[Fraction(0)] * 6 for _ in range(6)]
        for i in range(2):
            for j in range(2):
                image[rows + i][columns + j] = Fraction(int(self.V[i, j]))
        first = next(c for c in range(6) for r in range(6) if grid[r, c] != 0)
        return {
            "left": first,
            "weights": corner.ravel(),
            "value": sum(grid[r, c] * image[r][c] for r in range(6) for c in range(6)),
        }
