"""Rational numbers: how the need for data grows with a network, under an assumed power law."""

from fractions import Fraction

from examgen import Choice, Int, Item, Misconception, RationalEntry


class DataScaling(Item):
    """A power law of training images over parameters: forwards, backwards, and fitted to two."""

    title = "If data grow by a power law"
    topic = "parameters"
    objective = (
        "use an assumed power law of data over parameters forwards and backwards, and fit its "
        "exponent"
    )
    serves = ["1a data-scaling-law"]

    a = Choice(1, 3, 4)
    q = Int(2, 6)
    v = Int(2, 5)
    e = Choice(1, 3, 4)
    t = Int(2, 6)
    p = Choice(2, 3, 5, 7)
    m = Choice(4, 6, 9)

    alpha = a / 2

    stem = r"""
    Assume for this question that a network with $p$ parameters needs
    $$N = c\, p^{\alpha}$$
    training images, where $c$ and $\alpha$ depend on the task but not on&nbsp;$p$.
    """

    factor = RationalEntry(
        q**a,
        tex="f",
        marks=2,
        prompt=r"""
        In task A, $\alpha = <% if a < 4 %><<a>>/2<% else %>2<% endif %>$. A network is replaced by
        one with $<<q**2>>$ times as many parameters. By what factor $f$ does $N$ grow?
        """,
        misconceptions=[
            Misconception(
                "times the exponent",
                alpha * q**2,
                r"$\alpha$ is an exponent: the factor $<<q**2>>$ is raised to it.",
            ),
            Misconception(
                "in proportion",
                q**2,
                r"Data grow in proportion to the parameters only if $\alpha = 1$.",
            ),
            Misconception(
                "plus the exponent",
                q**2 + alpha,
                r"$\alpha$ is an exponent: the factor $<<q**2>>$ is raised to it.",
            ),
        ],
    )

    growth = RationalEntry(
        v**2,
        tex="g",
        marks=3,
        prompt=r"""
        Also in task A: a set of images is replaced by one with $<<v**a>>$ times as many images. By
        what factor $g$ may the network that is trained on it grow?
        """,
        misconceptions=[
            Misconception(
                "in proportion",
                v**a,
                r"This is the factor of the *images*; the parameters grow by its root of order "
                r"$\alpha = <% if a < 4 %><<a>>/2<% else %>2<% endif %>$.",
            ),
            Misconception(
                "divided by the exponent",
                v**a / alpha,
                r"Solve $g^\alpha = <<v**a>>$ for $g$: take a root, do not divide.",
            ),
        ],
    )

    fitted = RationalEntry(
        e / 2,
        tex=r"\alpha",
        marks=3,
        prompt=r"""
        In task B, a network with $<<p * 10**5>>$ parameters needs $<<m * 10**3>>$ images, and one
        with $<<p * 10**5 * t**2>>$ parameters needs $<<m * 10**3 * t**e>>$. What is the exponent
        $\alpha$ there?
        """,
        misconceptions=[
            Misconception(
                "upside down",
                2 / e,
                r"$\alpha$ tells how *images* grow with parameters: "
                r"$<<t**2>>^\alpha = <<t**e>>$.",
            ),
            Misconception(
                "ratio of the factors",
                t ** (e - 2),
                r"The factors are powers of each other, $<<t**2>>^\alpha = <<t**e>>$: compare "
                "exponents, not the factors.",
            ),
            Misconception(
                "forgot the square",
                e,
                r"The parameters grow by $<<t**2>> = <<t>>^2$, not by $<<t>>$.",
            ),
        ],
    )

    solution = r"""
    In a ratio of two $N$ the constant $c$ cancels: if $p$ grows by a factor, $N$ grows by the
    factor raised to the power $\alpha$. In task A
    $$f = <<q**2>>^{\alpha} = (<<q>>^2)^{<% if a < 4 %><<a>>/2<% else %>2<% endif %>}
    <% if a > 1 %>= <<q>>^{<<a>>}<% endif %> = <<factor>>$$
    Backwards, both sides of $g^{\alpha} = <<v**a>>$ are raised to the power $1/\alpha$:
    $$g = <% if a > 1 %><<v**a>>^{1/\alpha} = (<<v>>^{<<a>>})<% else %><<v>><% endif
    %>^{1/\alpha} = <<v>>^2 = <<growth>>$$
    In task B the parameters grow by the factor $<<t**2>> = <<t>>^2$, and the images by
    $<<t**e>><% if e > 1 %> = <<t>>^{<<e>>}<% endif %>$. So $2 \alpha = <<e>>$, and
    $$\alpha = <<fitted>>$$
    A rule such as "ten images for each parameter" is the case $\alpha = 1$: twice the parameters
    then need twice the images, not four times as many. All of this is an assumption; deep networks
    are often trained with fewer images than parameters.
    """

    def oracle(self):
        """Compare squared counts: whole numbers only, and a search over the exponents."""
        factors = range(1, 6**4 + 1)
        larger, more = self.q**2, self.v**self.a
        return {
            "factor": next(f for f in factors if f**2 == larger**self.a),
            "growth": next(g for g in factors if g**self.a == more**2),
            "fitted": next(
                Fraction(k, 2)
                for k in range(1, 9)
                if (self.p * self.t**2) ** k * self.m**2
                == self.p**k * (self.m * self.t**self.e) ** 2
            ),
        }
