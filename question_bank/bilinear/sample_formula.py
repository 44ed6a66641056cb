"""Formulas in two fractions: a bilinear sample and its slope, and where the slope vanishes."""

from fractions import Fraction

from examgen import (
    FormulaEntry,
    Fractions,
    Int,
    Item,
    Misconception,
    RationalEntry,
    different,
    engine,
)


class SampleFormula(Item):
    """The value between four pixels and its derivatives, as functions of the two fractions."""

    title = "A sample as a function"
    topic = "bilinear"
    objective = (
        "write a bilinear sample and its derivative as formulas in the two fractions, and find "
        "where the derivative vanishes"
    )
    serves = ["6c bilinear-symbolic", "6c bilinear-sample"]

    f, g = Fractions(1, 9, over=10), Fractions(1, 9, over=10)
    TL, TR = Int(0, 9, tex="TL"), Int(0, 9, tex="TR")
    BL, BR = Int(0, 9, tex="BL"), Int(0, 9, tex="BR")

    where = [
        different(f, g),
        different(f + g, 1),
        (TR - TL) * (BR - BL) < 0,  # the slope has one sign above, the other below
        different(TR, BL),
        different(TL, BR),
        different(TR - TL, BL - BR),
        different(BL, TL),
        different(BR, TR),
    ]

    stem = r"""
    A tap of a deformable convolution reads an image between four pixels,

    $$\begin{pmatrix} TL & TR \\ BL & BR \end{pmatrix} =
    \begin{pmatrix} <<TL>> & <<TR>> \\ <<BL>> & <<BR>> \end{pmatrix}\,,$$

    at the fraction $f$ of the way from left to right and the fraction $g$ of the way from top to
    bottom ($0 \le f \le 1$, $0 \le g \le 1$). The sample $s$ is found by bilinear interpolation.
    You may write formulas in any form.
    """

    sample = FormulaEntry(
        TL * (1 - f) * (1 - g) + TR * f * (1 - g) + BL * (1 - f) * g + BR * f * g,
        variables=[f, g],
        domain={f: (0, 1), g: (0, 1)},
        tex="s",
        marks=2,
        prompt="Give $s$ as a formula in $f$ and $g$.",
        misconceptions=[
            Misconception(
                "fractions swapped",
                TL * (1 - f) * (1 - g) + TR * (1 - f) * g + BL * f * (1 - g) + BR * f * g,
                "$f$ leads to the *right*: for $f = 1$, $g = 0$ the sample is $TR$.",
            ),
            Misconception(
                "opposite corners",
                TL * f * g + TR * (1 - f) * g + BL * f * (1 - g) + BR * (1 - f) * (1 - g),
                "The nearer a pixel, the larger its weight: for $f = g = 0$ the sample is $TL$.",
            ),
            Misconception(
                "no mixed term",
                TL + (TR - TL) * f + (BL - TL) * g,
                "For $f = g = 1$ this is not $BR$: all four pixels take part.",
            ),
        ],
    )

    value = RationalEntry(
        sample,
        tex="s",
        marks=1,
        prompt="How large is $s$ for $f = <<f | decimal>>$ and $g = <<g | decimal>>$?",
        misconceptions=[
            Misconception(
                "fractions swapped",
                TL * (1 - f) * (1 - g) + TR * (1 - f) * g + BL * f * (1 - g) + BR * f * g,
                "$f$ leads to the right, $g$ downwards.",
            ),
            Misconception(
                "mean of the pixels",
                (TL + TR + BL + BR) / 4,
                "That is the sample in the middle, at $f = g = 1/2$.",
            ),
        ],
    )

    slope_x = FormulaEntry(
        (TR - TL) * (1 - g) + (BR - BL) * g,
        variables=[f, g],
        domain={f: (0, 1), g: (0, 1)},
        tex=r"\partial s/\partial \Delta x",
        marks=2,
        prompt=r"""
        The offset $\Delta x$ moves the point to the right, so $f$ grows as $\Delta x$ does. Give
        $\partial s / \partial \Delta x$ as a formula in $f$ and $g$ (not both need to occur).
        """,
        misconceptions=[
            Misconception(
                "weighed by f",
                (TR - TL) * (1 - f) + (BR - BL) * f,
                "The two rows are weighed by $1 - g$ and $g$: near the top the upper row counts.",
            ),
            Misconception(
                "derivative along y",
                (BL - TL) * (1 - f) + (BR - TR) * f,
                r"This is $\partial s / \partial \Delta y$.",
            ),
            Misconception(
                "upper row alone",
                TR - TL,
                "The pixels below count too: moving right goes from $BL$ to $BR$ as well.",
            ),
            Misconception(
                "wrong sign",
                (TL - TR) * (1 - g) + (BL - BR) * g,
                "Moving right gives more weight to the *right* pixels.",
            ),
        ],
    )

    flat = RationalEntry(
        (TR - TL) / ((TR - TL) - (BR - BL)),
        tex="g_0",
        marks=2,
        prompt="At which $g_0$ does $s$ not depend on $\\Delta x$ at all?",
        misconceptions=[
            Misconception(
                "from the bottom",
                (BR - BL) / ((BR - BL) - (TR - TL)),
                "This is $1 - g_0$: $g$ is counted from the top.",
            ),
            Misconception(
                "along y",
                (BL - TL) / ((BL - TL) - (BR - TR)),
                r"There $\partial s / \partial \Delta y$ would vanish, if this were $f$.",
            ),
        ],
    )

    solution = r"""
    Interpolate along the upper row, along the lower row, and then between the two:
    $$s = (1 - g)\,\big((1 - f)\,TL + f\,TR\big) + g\,\big((1 - f)\,BL + f\,BR\big) = <<sample>>$$
    which for $f = <<f | decimal>>$ and $g = <<g | decimal>>$ is $<<value>>$.
    Only $f$ depends on $\Delta x$, and its derivative is 1. What remains are the slopes of the two
    rows, $<<TR - TL>>$ above and $<<BR - BL>>$ below, weighed by $1 - g$ and $g$:
    << working.slope_x >>
    They have different signs, so that they cancel somewhere in between:
    $(1 - g_0)(TR - TL) + g_0 (BR - BL) = 0$ gives << working.flat >>
    A gradient step cannot move the point along $x$ there, but it can along $y$.
    """

    def image(self):
        return [[self.TL, self.TR], [self.BL, self.BR]]

    def secant(self, g):
        """The change of the sample from the left pixel column to the right one, at height g."""
        left, right = (
            engine.bilinear_sample(self.image(), x, g) for x in (Fraction(0), Fraction(1))
        )
        return right - left

    def oracle(self):
        """The engine samples; differences of samples, exact as s is linear in f, make slopes."""
        above, below = self.secant(Fraction(0)), self.secant(Fraction(1))
        sample = engine.bilinear_sample(self.image(), Fraction(self.f), Fraction(self.g))
        return {
            "sample": sample,
            "value": sample,
            "slope_x": self.secant(Fraction(self.g)),
            "flat": Fraction(-above, below - above),  # the zero of the line through both
        }
