"""Ordering by the chain rule, then fractions: from the loss to a weight of the offset branch."""

from fractions import Fraction

from examgen import (
    Choice,
    Fractions,
    Int,
    Item,
    Misconception,
    Ordering,
    RationalEntry,
    different,
    engine,
)


class GradientChain(Item):
    """The way of a gradient through a sampled value to the weight that computes its offset."""

    title = "Back to the offset branch"
    topic = "deformable"
    objective = (
        "order the derivatives from the loss to a weight of the offset branch, and compute them"
    )
    serves = ["6c gradient-chain"]

    c, w = Choice(2, 3, 4), Choice(-3, -2, 2, 3)
    TL, TR, BL, BR = Int(0, 9), Int(0, 9), Int(0, 9), Int(0, 9)
    g = Fractions(1, 9, over=10)
    f = Fractions(2, 8, over=10)
    u = Choice(-2, 2, 4, 5)

    top, bottom = TR - TL, BR - BL
    where = [
        different(top, bottom),
        different(top * bottom, 0),
        different((1 - g) * top + g * bottom, 0),
        different(f, g),
        different(2 * g, 1),
        different(c, u),
    ]

    stem = r"""
    In a deformable layer one tap with weight $w = <<w>>$ reads the sample $s$ between four pixels,

    $$\begin{pmatrix} TL & TR \\ BL & BR \end{pmatrix} =
    \begin{pmatrix} <<TL>> & <<TR>> \\ <<BL>> & <<BR>> \end{pmatrix}\,,$$

    by bilinear interpolation, <<f | decimal>> of the way from left to right and <<g | decimal>> of
    the way from top to bottom. The output is $z = w s$ plus what other taps give. The branch
    computes the offset: $\Delta x = v u$ plus other terms, with weight $v$ and input $u = <<u>>$.
    For the loss $L$ it is known that $\partial L / \partial z = <<c>>$.
    """

    order = Ordering(
        (0, 1, 2, 3, 4),
        marks=2,
        prompt="In which order does back-propagation compute these derivatives?",
        options=[
            r"$\partial L / \partial z$, by the output",
            r"$\partial L / \partial s$, by the sampled value",
            r"$\partial L / \partial a$, by the weights $a$ of the four pixels",
            r"$\partial L / \partial \Delta x$, by the offset",
            r"$\partial L / \partial v$, by the weight of the branch",
        ],
        misconceptions=[
            Misconception(
                "forward",
                (4, 3, 2, 1, 0),
                "This is the order in which the *values* are computed; derivatives go backwards.",
            ),
            Misconception(
                "offset before its use",
                (0, 1, 3, 2, 4),
                "The offset acts on the sample by way of the weights of the four pixels.",
            ),
        ],
        source="Dai et al., ICCV 2017, appendix A",
    )

    by_offset = RationalEntry(
        c * w * ((1 - g) * top + g * bottom),
        tex=r"\partial L/\partial \Delta x",
        marks=2,
        carries=(-(10**4), 10**4),
        prompt=r"How large is $\partial L / \partial \Delta x$?",
        misconceptions=[
            Misconception(
                "weighed by the wrong fraction",
                c * w * ((1 - f) * top + f * bottom),
                "The slopes of the upper and the lower row are weighed by the fraction from *top "
                "to bottom*.",
            ),
            Misconception(
                "forgot the tap's weight",
                c * ((1 - g) * top + g * bottom),
                "On the way from $z$ to $s$ the gradient is multiplied by $w$.",
            ),
            Misconception(
                "one row only",
                c * w * top,
                "All four pixels change their weight when the point moves to the right.",
            ),
            Misconception(
                "wrong sign",
                -c * w * ((1 - g) * top + g * bottom),
                "A move to the right gives more weight to the right pixels: $TR - TL$.",
            ),
        ],
    )

    by_weight = RationalEntry(
        by_offset * u,
        tex=r"\partial L/\partial v",
        marks=1,
        prompt=r"And $\partial L / \partial v$?",
        misconceptions=[
            Misconception(
                "divided",
                by_offset / u,
                "If $v$ grows by 1, then $\\Delta x$ grows by $u$: multiply.",
            ),
            Misconception(
                "stopped at the offset",
                by_offset,
                "That is the derivative by $\\Delta x$: one more step, by the input $u$.",
            ),
        ],
    )

    solution = r"""
    Each derivative is the one before times one factor: from the output to the sample $w = <<w>>$,
    from the sample to the offset the slope of the image, which comes from the derivatives of the
    four weights, and from the offset to $v$ the input $u = <<u>>$. The slope is
    $$\frac{\partial s}{\partial \Delta x} = (1 - g)(TR - TL) + g\,(BR - BL) =
    <<1 - g>> \cdot <% if top < 0 %>(<<top>>)<% else %><<top>><% endif %>
    + <<g>> \cdot <% if bottom < 0 %>(<<bottom>>)<% else %><<bottom>><% endif %>
    = <<(1 - g) * top + g * bottom>>$$
    with $g = <<g | decimal>>$, and so
    $$\frac{\partial L}{\partial \Delta x} = <<c>> \cdot
    <% if w < 0 %>(<<w>>)<% else %><<w>><% endif %> \cdot
    <% if (1 - g) * top + g * bottom < 0 %>\left(<<(1 - g) * top + g * bottom>>\right)
    <% else %><<(1 - g) * top + g * bottom>><% endif %> = <<by_offset>> \qquad
    \frac{\partial L}{\partial v} = <<by_weight>>\,.$$
    """

    def loss(self, v):
        """The part of the loss, linear in the output, that depends on the weight of the branch."""
        image = [[self.TL, self.TR], [self.BL, self.BR]]
        x = Fraction(self.f) + Fraction(v) * self.u
        return self.c * self.w * engine.bilinear_sample(image, x, Fraction(self.g))

    def oracle(self):
        """A difference of losses, exact as the sample is linear in x within its cell."""
        step = Fraction(1, 100)
        by_weight = (self.loss(step) - self.loss(0)) / step
        image = [[self.TL, self.TR], [self.BL, self.BR]]
        ends = [engine.bilinear_sample(image, Fraction(x), Fraction(self.g)) for x in (0, 1)]
        return {
            "by_offset": self.c * self.w * (ends[1] - ends[0]),
            "by_weight": by_weight,
        }
