"""Vector and whole numbers: receptive fields of stacks of dilated layers."""

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    ceiling,
    different,
    engine,
)


class DilatedStack(Item):
    """Fields of four dilated layers, the missing dilation of a fifth, and the depth needed."""

    title = "Dilated layers"
    topic = "receptive field"
    objective = (
        "compute the receptive fields of dilated layers, the dilation that is missing and the "
        "depth that is needed"
    )
    serves = ["3b dilated-stack-rf", "2a rf-design-inverse", "3b rf-design-inverse"]

    K = Choice(3, 5)
    d = IntVector(4, low=1, high=4)
    more = Int(9, 40)
    D = Choice(2, 3, 4)
    W = Int(150, 300)

    T = 1 + (K - 1) * (d[0] + d[1] + d[2] + d[3]) + more
    where = [
        more >= 3 * (K - 1),  # the fifth layer has to be dilated
        different(more % (K - 1), 0),  # and its dilation rounded
        different((W - 1) % ((K - 1) * D), 0),
    ]

    stem = r"""
    Convolutions with kernels of side $K = <<K>>$ and stride&nbsp;1 are stacked on an image. A layer
    of dilation $d$ reads values that lie $d$ apart. A receptive field is counted along one side,
    from the first to the last pixel of the image that a unit depends on, those between them that it
    skips included. Ignore the borders of the image.
    """

    r = VectorEntry(
        [
            1 + (K - 1) * d[0],
            1 + (K - 1) * (d[0] + d[1]),
            1 + (K - 1) * (d[0] + d[1] + d[2]),
            1 + (K - 1) * (d[0] + d[1] + d[2] + d[3]),
        ],
        tex="r",
        marks=3,
        carries=(1, 10**4),
        prompt=r"""
        Layers 1 to 4 have the dilations <<d[0]>>, <<d[1]>>, <<d[2]>> and <<d[3]>>. How large are
        the receptive fields of their units? Give $r = (r_1, r_2, r_3, r_4)$.
        """,
        misconceptions=[
            Misconception(
                "own layer only",
                [1 + (K - 1) * d[0], 1 + (K - 1) * d[1], 1 + (K - 1) * d[2], 1 + (K - 1) * d[3]],
                "Each layer adds to the field of the layers before it.",
            ),
            Misconception(
                "ignored dilation",
                [K, 1 + 2 * (K - 1), 1 + 3 * (K - 1), 1 + 4 * (K - 1)],
                r"A layer adds $(K - 1) \cdot d$ pixels: its taps lie $d$ apart.",
            ),
            Misconception(
                "dilated kernel",
                [
                    K * d[0],
                    K * d[0] + K * d[1],
                    K * (d[0] + d[1] + d[2]),
                    K * (d[0] + d[1] + d[2] + d[3]),
                ],
                "Between $K$ taps there are $K - 1$ steps of $d$ pixels; the first tap adds none.",
            ),
            Misconception(
                "product of the dilations",
                [
                    1 + (K - 1) * d[0],
                    1 + (K - 1) * d[0] * d[1],
                    1 + (K - 1) * d[0] * d[1] * d[2],
                    1 + (K - 1) * d[0] * d[1] * d[2] * d[3],
                ],
                "Dilations in sequence add up; only *strides* multiply.",
            ),
        ],
    )

    fifth = IntegerEntry(
        ceiling((T - r[3]) / (K - 1)),
        tex="d_5",
        marks=2,
        prompt=r"""
        A fifth layer is added. What is the smallest dilation $d_5$ with which the receptive fields
        of its units have at least <<T>> pixels?
        """,
        misconceptions=[
            Misconception(
                "rounded down",
                ceiling((T - r[3]) / (K - 1)) - 1,
                "With this dilation the field falls just short of <<T>> pixels: round up.",
            ),
            Misconception(
                "from scratch",
                ceiling((T - 1) / (K - 1)),
                "The four layers below already see $r_4$ pixels: only the rest is missing.",
            ),
            Misconception(
                "one pixel for each step",
                T - r[3],
                "Each unit of dilation widens the field by $K - 1 = <<K - 1>>$ pixels.",
            ),
        ],
    )

    depth = IntegerEntry(
        ceiling((W - 1) / ((K - 1) * D)),
        tex="L^*",
        marks=2,
        prompt=r"""
        In another network *all* layers have dilation&nbsp;<<D>>. How many layers $L^*$ are needed
        at least for a receptive field of <<W>> pixels or more?
        """,
        misconceptions=[
            Misconception(
                "rounded down",
                ceiling((W - 1) / ((K - 1) * D)) - 1,
                "This many layers fall just short of <<W>> pixels: round up.",
            ),
            Misconception(
                "ignored dilation",
                ceiling((W - 1) / (K - 1)),
                r"A layer adds $(K - 1) \cdot <<D>>$ pixels.",
            ),
            Misconception(
                "dilated kernel",
                ceiling(W / (K * D)),
                r"A layer adds $(K - 1) \cdot <<D>>$ pixels, not $K \cdot <<D>>$.",
            ),
        ],
    )

    solution = r"""
    The $K$ taps of a layer of dilation $d$ span $K - 1 = <<K - 1>>$ steps of $d$ pixels, so it
    adds $<<K - 1>>\,d$ pixels to the field below it. Starting from 1 pixel,
    $$r = <<r>>$$
    Up to <<T>> pixels, $<<T>> - <<r[3]>> = <<T - r[3]>>$ are missing:
    $$d_5 = \left\lceil \frac{<<T - r[3]>>}{K - 1} \right\rceil
    = \left\lceil \frac{<<T - r[3]>>}{<<K - 1>>} \right\rceil = <<fifth>>$$
    With dilation&nbsp;<<D>> everywhere, $1 + <<(K - 1) * D>>\,L \ge <<W>>$, so
    $$L^* = \left\lceil \frac{<<W>> - 1}{<<(K - 1) * D>>} \right\rceil = <<depth>>$$
    """

    def seen(self, *dilations):
        """How far apart the first and the last pixel lie that a unit of the last layer reads."""
        pixels = {0}
        for dilation in dilations:
            pixels = {pixel + tap * dilation for pixel in pixels for tap in range(self.K)}
        return len(range(min(pixels), max(pixels) + 1))

    def oracle(self):
        """Follow the taps to the pixels, and add dilation or layers until the field is reached."""
        layers = self.d.tolist()
        fields = [self.seen(*layers[:depth]) for depth in (1, 2, 3, 4)]
        fifth = next(step for step in range(1, 200) if self.seen(*layers, step) >= self.T)
        depth = next(
            count
            for count in range(1, 200)
            if engine.receptive_field([(self.K, 1, 0, self.D)] * count).size >= self.W
        )
        return {"r": fields, "fifth": fifth, "depth": depth}
