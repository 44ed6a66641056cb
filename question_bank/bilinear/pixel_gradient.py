"""Vector and matrix of fractions: what two bilinear samples pass back to the pixels they read."""

from fractions import Fraction

from examgen import (
    Choice,
    Fractions,
    Item,
    MatrixEntry,
    Misconception,
    RationalEntry,
    VectorEntry,
    different,
    engine,
)


class PixelGradient(Item):
    """The shares of four pixels in one sample, and the gradient of six pixels behind two taps."""

    title = "Back to the pixels"
    topic = "bilinear"
    objective = (
        "pass a gradient back through bilinear samples to the pixels, and add up what several "
        "taps pass to one pixel"
    )
    serves = ["6c bilinear-grad-pixels", "6c bilinear-weights"]

    f, h = Fractions(1, 9, over=10), Fractions(1, 9, over=10)
    c, d = Fractions(1, 9, over=10), Fractions(1, 9, over=10)
    w1, w2 = Choice(-3, -2, 2, 3, 4, tex="w_1"), Choice(-3, -2, 2, 3, 4, tex="w_2")
    g = Choice(-5, -2, 2, 5, 10)

    x2 = 1 + c
    where = [
        different(f, h),
        different(f + h, 1),
        different(c, d),
        different(c + d, 1),
        different(w1, w2),
        different(w1, -w2),
        different(w1 + w2, 1),
        different(w1 + w2, w1 * w2),
    ]

    stem = r"""
    Two taps of a deformable convolution read an image of $2 \times 3$ pixels by bilinear
    interpolation. The upper left pixel has its centre at $(x, y) = (0, 0)$; $x$ runs to the right,
    $y$ downwards, and centres lie at whole numbers. Tap 1, with the weight $w_1 = <<w1>>$, reads at
    $P_1 = (<<f | decimal>>, <<h | decimal>>)$, tap 2, with the weight $w_2 = <<w2>>$, at
    $P_2 = (<<x2 | decimal>>, <<d | decimal>>)$. The output is $o = w_1 v_1 + w_2 v_2$ with the
    samples $v_1$ and $v_2$. For the loss $L$ it is known that $\partial L / \partial o = <<g>>$.
    """

    shares = VectorEntry(
        [(1 - f) * (1 - h), f * (1 - h), (1 - f) * h, f * h],
        fractions=True,
        tex=r"\nabla v_1",
        marks=2,
        carries=(-10, 10),
        prompt=r"""
        How fast does $v_1$ change with each of the four pixels around $P_1$? Give the gradient
        $\nabla v_1$ in the order upper left, upper right, lower left, lower right.
        """,
        misconceptions=[
            Misconception(
                "opposite corners",
                [f * h, (1 - f) * h, f * (1 - h), (1 - f) * (1 - h)],
                "The nearer a pixel, the larger its share: the weight of a pixel is the area "
                "*opposite* to it.",
            ),
            Misconception(
                "x and y swapped",
                [(1 - f) * (1 - h), h * (1 - f), (1 - h) * f, f * h],
                "$x$ is the way to the right, so it divides left from right.",
            ),
            Misconception(
                "all alike",
                [Fraction(1, 4)] * 4,
                "The sample is not the mean of the four: near pixels count for more.",
            ),
        ],
    )

    own = [(1 - c) * (1 - d), c * (1 - d), (1 - c) * d, c * d]
    G = MatrixEntry(
        [
            [g * w1 * shares[0], g * (w1 * shares[1] + w2 * own[0]), g * w2 * own[1]],
            [g * w1 * shares[2], g * (w1 * shares[3] + w2 * own[2]), g * w2 * own[3]],
        ],
        fractions=True,
        tex="G",
        marks=4,
        carries=(-100, 100),
        prompt=r"Give the gradient $G$ of the loss with respect to the six pixels, "
        r"a $2 \times 3$ matrix.",
        misconceptions=[
            Misconception(
                "last tap only in the middle",
                [
                    [g * w1 * shares[0], g * w2 * own[0], g * w2 * own[1]],
                    [g * w1 * shares[2], g * w2 * own[2], g * w2 * own[3]],
                ],
                "Both taps read the middle column: what they pass back to a pixel is added.",
            ),
            Misconception(
                "weights of the taps forgotten",
                [
                    [g * shares[0], g * (shares[1] + own[0]), g * own[1]],
                    [g * shares[2], g * (shares[3] + own[2]), g * own[3]],
                ],
                r"A sample gets $w_n\, \partial L / \partial o$, and passes that on.",
            ),
            Misconception(
                "upstream forgotten",
                [
                    [w1 * shares[0], w1 * shares[1] + w2 * own[0], w2 * own[1]],
                    [w1 * shares[2], w1 * shares[3] + w2 * own[2], w2 * own[3]],
                ],
                r"This is the gradient of $o$: multiply by $\partial L / \partial o$.",
            ),
        ],
    )

    total = RationalEntry(
        G[0, 0] + G[0, 1] + G[0, 2] + G[1, 0] + G[1, 1] + G[1, 2],
        tex=r"\Sigma",
        marks=1,
        prompt=r"What do the six entries of $G$ add up to?",
        misconceptions=[
            Misconception("upstream alone", g + 0, "Each tap passes on its weight times that."),
            Misconception(
                "product of the weights", g * w1 * w2, "The two taps stand side by side: add."
            ),
        ],
    )

    solution = r"""
    A sample is a sum of pixels times weights, so its derivatives *are* the weights, whatever the
    pixels hold:
    $$\nabla v_1 = <<shares>>$$
    Tap 1 passes $<<g>> w_1 = <<w1 * g>>$ on to the left and the middle column, in these
    shares. Tap 2 lies between the middle and the right column, <<c | decimal>> of the way, and
    passes $<<g>> w_2 = <<w2 * g>>$ on. In the middle both are added:
    $$G = <<G>>$$
    The weights of a sample add up to 1, so all entries add up to
    $<<g>> \cdot (w_1 + w_2) = <<total>>$, which is a check.
    """

    def oracle(self):
        """The output is linear in the pixels: read images with a single 1."""

        def read(row, column, *, taps=None):
            image = [[int((row, column) == (y, x)) for x in range(3)] for y in range(2)]
            points = [(self.w1, self.f, self.h), (self.w2, self.x2, self.d)]
            return sum(w * engine.bilinear_sample(image, x, y) for w, x, y in points[:taps])

        gradient = [[self.g * read(y, x) for x in range(3)] for y in range(2)]
        return {
            "shares": [read(y, x, taps=1) / self.w1 for y in range(2) for x in range(2)],
            "G": gradient,
            "total": sum(map(sum, gradient)),
        }
