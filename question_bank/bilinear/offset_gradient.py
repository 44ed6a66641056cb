"""Rational numbers: how a bilinear sample changes with its offset, and one step of descent."""

from fractions import Fraction

from examgen import (
    Choice,
    Fractions,
    Int,
    IntMatrix,
    Item,
    Misconception,
    RationalEntry,
    different,
    engine,
)


class OffsetGradient(Item):
    """Derivatives of a sample with respect to its offset, exact inside a cell of four pixels."""

    title = "Learning an offset"
    topic = "bilinear"
    objective = (
        "differentiate a bilinear sample with respect to both offsets and take one step of "
        "gradient descent on an offset"
    )
    serves = ["6c bilinear-grad-offset", "6c deform-offset-sgd-step"]

    f_x, f_y = Fractions(1, 9, over=10), Fractions(1, 9, over=10)
    V = IntMatrix(2, 2, low=0, high=9)
    w = Choice(-4, -2, 2, 4)
    g = Choice(-3, 3, 5)
    x0, y0 = Int(1, 4), Int(1, 4)

    p_x, p_y = x0 + f_x, y0 + f_y
    top, bottom = V[0, 1] - V[0, 0], V[1, 1] - V[1, 0]
    left, right = V[1, 0] - V[0, 0], V[1, 1] - V[0, 1]
    where = [
        different(f_x, f_y),
        different(f_x + f_y, 1),
        different(top, bottom),
        different(left, right),
        different(top * bottom * left * right, 0),  # every pair of pixels plays a part
        different((1 - f_y) * top + f_y * bottom, 0),
        different((1 - f_x) * left + f_x * right, 0),
    ]

    stem = r"""
    One tap of a deformable convolution has the weight $w = <<w>>$. Its offset
    $(\Delta x, \Delta y)$ moves it to the point
    $(x, y) = (<<p_x | decimal>>, <<p_y | decimal>>)$, where it reads the image by
    bilinear interpolation: $x$ runs to the right, $y$ downwards, and pixel centres lie at
    whole numbers. The four pixels around the point (top left, top right; bottom left, bottom
    right) are

    $$V = \begin{pmatrix} TL & TR \\ BL & BR \end{pmatrix} = <<V>>$$

    << bilinear_figure(p_x, p_y, V) >>

    The derivative of the loss $L$ with respect to the output that the tap belongs to is
    $\partial L / \partial o = <<g>>$.
    """

    slope_x = RationalEntry(
        (1 - f_y) * top + f_y * bottom,
        tex=r"\frac{\partial v}{\partial \Delta x}",
        marks=2,
        prompt=r"How fast does the sampled value $v$ change with $\Delta x$?",
        misconceptions=[
            Misconception(
                "fraction of x",
                (1 - f_x) * top + f_x * bottom,
                "Along $x$ the factors of $y$ stay: weigh the two rows by $1 - f_y$ and $f_y$.",
            ),
            Misconception(
                "sign",
                -((1 - f_y) * top + f_y * bottom),
                "The right-hand pixels gain weight when the point moves to the right.",
            ),
            Misconception(
                "top row only",
                (1 - f_y) * top,
                "All four pixels take part: the lower row too.",
            ),
            Misconception(
                "weights forgotten",
                top + bottom,
                "Each row counts by its weight, $1 - f_y$ or $f_y$.",
            ),
        ],
    )
    slope_y = RationalEntry(
        (1 - f_x) * left + f_x * right,
        tex=r"\frac{\partial v}{\partial \Delta y}",
        marks=2,
        prompt=r"How fast does $v$ change with $\Delta y$?",
        misconceptions=[
            Misconception(
                "fraction of y",
                (1 - f_y) * left + f_y * right,
                "Along $y$ the factors of $x$ stay: weigh the two columns by $1 - f_x$ and $f_x$.",
            ),
            Misconception(
                "sign",
                -((1 - f_x) * left + f_x * right),
                "$y$ runs downwards: the lower pixels gain weight when it grows.",
            ),
            Misconception(
                "left column only",
                (1 - f_x) * left,
                "All four pixels take part: the right-hand column too.",
            ),
            Misconception(
                "weights forgotten",
                left + right,
                "Each column counts by its weight, $1 - f_x$ or $f_x$.",
            ),
        ],
    )
    step = RationalEntry(
        -Fraction(1, 10) * g * w * slope_x,
        tex=r"\delta",
        marks=2,
        prompt=r"""
        Gradient descent with learning rate $\eta = 1/10$ adds $\delta$ to $\Delta x$. How large is
        $\delta$?
        """,
        misconceptions=[
            Misconception(
                "uphill", Fraction(1, 10) * g * w * slope_x, "Descent goes against the gradient."
            ),
            Misconception(
                "tap weight forgotten",
                -Fraction(1, 10) * g * slope_x,
                "The sample enters the output times the weight $w$ of its tap.",
            ),
            Misconception(
                "upstream forgotten",
                -Fraction(1, 10) * w * slope_x,
                r"By the chain rule $\partial L / \partial o$ is a factor too.",
            ),
        ],
    )

    solution = r"""
    Inside a cell the sample is $(1-f_x)(1-f_y)\,TL + f_x(1-f_y)\,TR + (1-f_x)f_y\,BL + f_x f_y\,BR$
    with $f_x = <<f_x | decimal>>$ and $f_y = <<f_y | decimal>>$. Moving to the right, each row
    changes by the difference of its two pixels:
    << working.slope_x >>
    Moving downwards, each column changes by the difference of its two pixels:
    << working.slope_y >>
    By the chain rule $\partial L/\partial \Delta x = \partial L/\partial o \cdot w \cdot
    \partial v/\partial \Delta x$, and descent goes against it:
    << working.step >>
    """

    def oracle(self):
        """Finite differences, exact because a sample is affine in x and in y inside a cell."""
        image = [[0] * 7 for _ in range(7)]
        for i in range(2):
            for j in range(2):
                image[self.y0 + i][self.x0 + j] = int(self.V[i, j])
        h = Fraction(1, 100)
        here, right, below = (
            engine.bilinear_sample(image, self.p_x + dx, self.p_y + dy)
            for dx, dy in [(0, 0), (h, 0), (0, h)]
        )
        slope = (right - here) / h
        loss = [self.g * self.w * value for value in (here, right)]
        return {
            "slope_x": slope,
            "slope_y": (below - here) / h,
            "step": -(loss[1] - loss[0]) / h / 10,
        }
