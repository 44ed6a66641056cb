"""Vectors and a fraction: what every second sample keeps of a signal, and what smoothing does."""

from fractions import Fraction

import numpy as np

from examgen import (
    Int,
    IntVector,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    absolute,
    different,
    engine,
    maximum,
)


class Aliasing(Item):
    """Subsampling, linear reconstruction and its error, and smoothing before the stride."""

    title = "Every second sample"
    topic = "downsampling"
    objective = (
        "subsample a signal, rebuild it and measure the error, with and without smoothing before"
    )
    serves = ["4b aliasing-by-hand"]

    x = IntVector(7, low=0, high=9)
    a, b = Int(0, 9), Int(0, 9)

    stem = r"""
    A layer with stride&nbsp;2 keeps every second value of the signal
    $$x = <<x>>$$
    beginning with the first one, and drops the others.
    """

    y = VectorEntry(
        x[::2],
        tex="y",
        marks=1,
        prompt="Which values $y$ does it keep?",
        misconceptions=[
            Misconception(
                "began with the second",
                [x[1], x[3], x[5], x[6]],
                "The first value is kept, then every second one.",
            ),
            Misconception(
                "kept the first half", x[:4], "The stride runs through the whole signal."
            ),
            Misconception(
                "means of pairs",
                [(x[0] + x[1]) / 2, (x[2] + x[3]) / 2, (x[4] + x[5]) / 2, x[6]],
                "That is average pooling: a stride alone drops values.",
            ),
        ],
    )

    rebuilt = VectorEntry(
        [y[0], (y[0] + y[1]) / 2, y[1], (y[1] + y[2]) / 2, y[2], (y[2] + y[3]) / 2, y[3]],
        fractions=True,
        tex="r",
        marks=2,
        prompt=r"""
        From $y$ the signal is rebuilt by linear interpolation: a dropped value becomes the mean of
        its two neighbours. What is the rebuilt signal $r$, of seven values?
        """,
        misconceptions=[
            Misconception(
                "repeated",
                [y[0], y[0], y[1], y[1], y[2], y[2], y[3]],
                "A dropped value lies half-way between two kept ones: take their mean.",
            ),
            Misconception(
                "sums",
                [y[0], y[0] + y[1], y[1], y[1] + y[2], y[2], y[2] + y[3], y[3]],
                "The mean is *half* the sum of the neighbours.",
            ),
            Misconception(
                "zeros",
                [y[0], 0, y[1], 0, y[2], 0, y[3]],
                "Putting zeros in is only the first half of an interpolation.",
            ),
        ],
    )

    gap1, gap2 = absolute(x[1] - rebuilt[1]), absolute(x[3] - rebuilt[3])
    gap3 = absolute(x[5] - rebuilt[5])

    def signed_error(self):
        """The largest of x - r; None where no larger error has the other sign."""
        largest = max((self.x - self.rebuilt).tolist())
        return largest if largest != max(self.gap1, self.gap2, self.gap3) else None

    error = RationalEntry(
        maximum(maximum(gap1, gap2), gap3),
        tex="e",
        marks=1,
        carries=(0, 100),
        prompt=r"How large is the largest error $e = \max_i |x_i - r_i|$?",
        misconceptions=[
            Misconception("added up", gap1 + gap2 + gap3, "The *largest* error, not their sum."),
            Misconception(
                "signed difference",
                signed_error,
                "Errors count in both directions: take absolute values first.",
            ),
        ],
    )

    smooth = VectorEntry(
        [
            (x[0] + 2 * x[1] + x[2]) / 4,
            (x[2] + 2 * x[3] + x[4]) / 4,
            (x[4] + 2 * x[5] + x[6]) / 4,
        ],
        fractions=True,
        tex="z",
        marks=2,
        prompt=r"""
        Now $x$ is smoothed before values are dropped: a convolution with the
        kernel&nbsp;$(1, 2, 1)/4$, stride&nbsp;2 and no padding. What is its output $z$?
        """,
        misconceptions=[
            Misconception(
                "not divided",
                [x[0] + 2 * x[1] + x[2], x[2] + 2 * x[3] + x[4], x[4] + 2 * x[5] + x[6]],
                "The weights are $1/4$, $1/2$ and $1/4$.",
            ),
            Misconception(
                "stride 1",
                [
                    (x[0] + 2 * x[1] + x[2]) / 4,
                    (x[1] + 2 * x[2] + x[3]) / 4,
                    (x[2] + 2 * x[3] + x[4]) / 4,
                ],
                "Windows start at every second place.",
            ),
            Misconception(
                "equal weights",
                [
                    (x[0] + x[1] + x[2]) / 3,
                    (x[2] + x[3] + x[4]) / 3,
                    (x[4] + x[5] + x[6]) / 3,
                ],
                "The middle value counts twice.",
            ),
        ],
    )

    where = [
        different(a, b),
        different(rebuilt[1], x[1]),
        different(x[1], x[5]),
    ]

    constants = VectorEntry(
        [a, (a + b) / 2],
        fractions=True,
        tex="c",
        marks=2,
        prompt=r"""
        Another signal alternates for ever: $<<a>>, <<b>>, <<a>>, <<b>>, \dots$ Behind either layer
        it is constant. Give the pair $c$ of the two constants: behind the plain stride&nbsp;2,
        and behind the smoothing with stride&nbsp;2.
        """,
        misconceptions=[
            Misconception(
                "mean in both",
                [(a + b) / 2, (a + b) / 2],
                "The plain stride keeps only the first, third, fifth … value, all of them $<<a>>$.",
            ),
            Misconception(
                "smoothing without effect",
                [a, a],
                "The smoothing reads the dropped values too, with half of the weight.",
            ),
            Misconception(
                "weights not divided", [a, a + 2 * b + a], "The weights sum to 1, not to 4."
            ),
        ],
    )

    solution = r"""
    The values at places 1, 3, 5 and 7 are kept, and the mean of two neighbours stands in for the
    value between them:
    $$y = <<y>> \qquad r = <<rebuilt>>$$
    Errors arise at the dropped values only:
    $|x_2 - r_2| = <<gap1 | decimal>>$, $|x_4 - r_4| = <<gap2 | decimal>>$ and
    $|x_6 - r_6| = <<gap3 | decimal>>$, so $e = <<error | decimal>>$.

    With the smoothing each output stands for three values, so that no value is lost without a
    trace:
    << working.smooth[0] >>
    and in all
    $$z = <<smooth>>$$
    Of the signal that alternates between $a = <<a>>$ and $b = <<b>>$
    the plain stride sees the value $a$ only, as if it were constant: the alternation is gone, and
    the mean is wrong. A window of the smoothing holds $a, b, a$, which gives the true mean
    << working.constants[1] >>
    """

    def oracle(self):
        """One-tap convolutions, hat functions along the row, and the matrix of the smoothing."""
        kept = engine.conv1d(self.x, [1], stride=2)
        places = [Fraction(place, 2) for place in range(7)]
        rebuilt = [engine.bilinear_sample(kept[None], place, 0) for place in places]
        errors = [abs(value - other) for value, other in zip(self.x.tolist(), rebuilt, strict=True)]
        kernel = [Fraction(1, 4), Fraction(1, 2), Fraction(1, 4)]
        matrix = engine.conv_matrix(kernel, input_shape=(7,), stride=2)
        alternating = np.array([self.a, self.b] * 4)
        return {
            "y": kept,
            "rebuilt": rebuilt,
            "error": sorted(errors)[-1],
            "smooth": matrix @ self.x,
            "constants": [alternating[::2].max(), (matrix @ alternating[:7])[1]],
        }
