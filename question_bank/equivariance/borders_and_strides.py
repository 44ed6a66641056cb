"""Whole numbers and a fraction: where zero padding and strides break the equivariance to shifts."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    RationalEntry,
    engine,
    floor,
    minimum,
)


class BordersAndStrides(Item):
    """Outputs of a padded stack that a shift may change, and the shifts that strides allow."""

    title = "Equivariant, but for borders and strides"
    topic = "equivariance"
    objective = (
        "count the outputs at which zero padding may break equivariance, and the shifts that "
        "strides allow"
    )
    serves = ["3c boundary-equivariance-count", "3c stride-equivariance"]

    n = Int(48, 90)
    D = Choice(1, 2, 3)
    K = Choice(5, 7, 9)
    d = Int(4, 15)
    s_1, s_2, s_3 = Choice(2, 3), Choice(1, 2), Choice(2, 4)
    Z = Int(50, 120)

    reach = D * (K - 1) / 2
    jump = s_1 * s_2 * s_3

    stem = r"""
    A convolution with $K = <<K>>$ weights, dilation $D = <<D>>$ and stride&nbsp;1 reads a row of
    $n = <<n>>$ pixels. Its middle weight lies on the pixel itself, and as many zeros stand on
    either side as it takes to have $n$ outputs. There is no bias. Let $T$ be the shift by
    $d = <<d>>$ places to the right: zeros enter on the left, and what leaves on the right is lost.
    The outputs $f(Tx)$ and $T f(x)$ are compared place by place.
    """

    left = IntegerEntry(
        minimum((K - 1) / 2 * D, d),
        tex="a",
        marks=2,
        carries=(0, 100),
        prompt=r"""
        Left part: $T f(x)$ is 0 in the first $d$ places, while the windows of $f(Tx)$ may already
        reach pixels of $x$ there. In how many of these places can $f(Tx)$ be other than 0?
        """,
        misconceptions=[
            Misconception(
                "all places",
                lambda item: item.d if item.d > item.reach else None,
                "A unit sees no further than $<<reach>>$ pixels to its right: the first places see "
                "zeros only.",
            ),
            Misconception(
                "whole field",
                lambda item: 2 * item.reach + 1 if item.d != 2 * item.reach + 1 else None,
                "Only the half of the receptive field to the *right* of the unit reaches pixels "
                "of $x$.",
            ),
        ],
    )

    differ = IntegerEntry(
        left + (K - 1) / 2 * D,
        tex="b",
        marks=2,
        carries=(1, 100),
        prompt=r"""
        Right part: $f(Tx)$ no longer sees the pixels that have left, while $T f(x)$ was computed
        with them. In how many places in all, left and right, can $f(Tx)$ and $T f(x)$ differ?
        """,
        misconceptions=[
            Misconception(
                "left part only",
                left,
                "The last outputs see the right border, beyond which the lost pixels lie.",
            ),
            Misconception(
                "ignored dilation",
                lambda item: item.left + (item.K - 1) // 2 if item.D > 1 else None,
                "The outermost taps lie $D (K - 1) / 2 = <<reach>>$ pixels from the middle.",
            ),
        ],
    )

    kept = RationalEntry(
        1 - differ / n,
        tex="s",
        marks=1,
        prompt=r"""
        The same layer is used on an image of $<<n>> \times <<n>>$ pixels, with square kernels,
        and the image is shifted to the right by $d$. In what fraction $s$ of the places are
        $f(Tx)$ and $T f(x)$ sure to agree?
        """,
        misconceptions=[
            Misconception("those that differ", differ / n, "This is the fraction that may differ."),
            Misconception(
                "both directions",
                (1 - differ / n) ** 2,
                "The image is shifted to the right only: all rows behave alike.",
            ),
        ],
    )

    moves = IntegerEntry(
        floor(Z / (s_1 * s_2 * s_3)),
        tex="m",
        marks=3,
        prompt=r"""
        Away from borders: another network has three layers with the strides <<s_1>>, <<s_2>> and
        <<s_3>>. Of the shifts by 1, 2, …, <<Z>> pixels, how many move its output by a whole number
        of places, whatever the input?
        """,
        misconceptions=[
            Misconception(
                "any shift",
                Z,
                "After a stride, only every second (third, …) place of the layer below is kept.",
            ),
            Misconception(
                "added strides",
                floor(Z / (s_1 + s_2 + s_3)),
                "Strides in sequence multiply.",
            ),
            Misconception(
                "largest stride",
                lambda item: item.Z // max(item.s_1, item.s_2, item.s_3),
                "The step of the output is the *product* of all strides.",
            ),
        ],
    )

    solution = r"""
    The outermost taps lie $D (K - 1) / 2 = <<reach>>$ pixels to either side of the middle. After
    the shift the first pixel of $x$ lies at place $d + 1 = <<d + 1>>$. For the <<reach>> places to
    the left of it, as far as there are any, the outermost tap on the right lies on a pixel of $x$:
    << working.left >>
    On the right, the last <<reach>> units see the border, where the pixels were lost:
    << working.differ >>
    In an image this happens in every row, so the fraction of places that agree is
    << working.kept >>
    Strides multiply: neighbouring outputs lie
    $<<s_1>> \cdot <<s_2>> \cdot <<s_3>> = <<jump>>$ pixels apart, and only a shift by a multiple
    of that moves the output by whole places:
    $$m = \left\lfloor \frac{<<Z>>}{<<jump>>} \right\rfloor = <<moves>>$$
    """

    def oracle(self):
        """Shift random signals and compare; find which outputs of a strided chain move along."""
        draw = np.random.default_rng(403)
        apart = set()
        for _ in range(3):
            x, kernel = draw.integers(1, 50, size=self.n), draw.integers(1, 50, size=self.K)
            moved = np.append(np.zeros(self.d, dtype=int), x[: self.n - self.d])
            one, other = (
                engine.conv1d(signal, kernel, padding=self.reach, dilation=self.D).tolist()
                for signal in (moved, x)
            )
            shifted = [0] * self.d + other[: self.n - self.d]
            apart |= {place for place in range(self.n) if one[place] != shifted[place]}
        read = range(self.Z + 1)  # the pixels that the first weights of the outputs lie on
        for stride in (self.s_1, self.s_2, self.s_3):
            read = read[::stride]
        return {
            "left": len([place for place in apart if place < self.d]),
            "differ": len(apart),
            "kept": Fraction(self.n - len(apart), self.n),
            "moves": len([pixel for pixel in read if pixel > 0]),
        }
