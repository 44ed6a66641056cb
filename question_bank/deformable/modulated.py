"""Fractions, vectors and a whole number: a tap's modulation, and what it learns from."""

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    different,
    engine,
)


class Modulated(Item):
    """Output and gradients of four modulated taps, and the channels that make them."""

    title = "Modulated taps"
    topic = "deformable"
    objective = (
        "compute the output and the gradients of modulated taps, and count the channels that "
        "their branch needs"
    )
    serves = ["6a deform-modulated", "6a deform-offset-channels"]

    v = IntVector(4, low=1, high=9)
    w = IntVector(4, low=-3, high=4)
    t = IntVector(4, low=0, high=10)  # the modulation, in tenths
    g = Choice(-3, -2, 2, 3)
    k = Choice(3, 5, 7)
    G = Choice(2, 4, 8)

    m1, m2, m3, m4 = t[0] / 10, t[1] / 10, t[2] / 10, t[3] / 10

    def modulation_is_mixed(self):
        """Whether just one tap is switched off, and two or three are weakened."""
        tenths = self.t.tolist()
        return tenths.count(0) == 1 and tenths.count(10) <= 1 and len(set(tenths)) == 4

    where = [
        different(w[0] * w[1] * w[2] * w[3], 0),
        different(w[0], w[1]),
        different(w[2], w[3]),
        different(t[0] + t[1] + t[2] + t[3], 10),
        modulation_is_mixed,
    ]

    stem = r"""
    In a *modulated* deformable convolution (version 2) every tap has, besides its offset, a
    modulation $m$ between 0 and 1, and the output is $o = \sum_n w_n m_n v_n$. Here a kernel has four
    taps. At one position they read, by bilinear sampling, the values&nbsp;$v_n$:

    | tap $n$           | 1                  | 2                  | 3                  | 4                  |
    |:------------------|:------------------:|:------------------:|:------------------:|:------------------:|
    | weight $w_n$      | $<<w[0]>>$         | $<<w[1]>>$         | $<<w[2]>>$         | $<<w[3]>>$         |
    | modulation $m_n$  | <<m1 | decimal>>   | <<m2 | decimal>>   | <<m3 | decimal>>   | <<m4 | decimal>>   |
    | value $v_n$       | $<<v[0]>>$         | $<<v[1]>>$         | $<<v[2]>>$         | $<<v[3]>>$         |

    In training, the derivative of the loss $L$ with respect to the output is
    $\partial L / \partial o = g = <<g>>$.
    """  # noqa: E501

    o = RationalEntry(
        w[0] * m1 * v[0] + w[1] * m2 * v[1] + w[2] * m3 * v[2] + w[3] * m4 * v[3],
        tex="o",
        marks=2,
        prompt="What is the output $o$?",
        misconceptions=[
            Misconception(
                "without modulation",
                w[0] * v[0] + w[1] * v[1] + w[2] * v[2] + w[3] * v[3],
                "Each product is multiplied by the modulation of its tap.",
            ),
            Misconception(
                "modulation for the weight",
                m1 * v[0] + m2 * v[1] + m3 * v[2] + m4 * v[3],
                "The modulation is a *further* factor; the weight stays.",
            ),
            Misconception(
                "normalised",
                (w[0] * m1 * v[0] + w[1] * m2 * v[1] + w[2] * m3 * v[2] + w[3] * m4 * v[3])
                / (m1 + m2 + m3 + m4),
                "The modulations need not sum to 1, and the sum is not divided by anything.",
            ),
        ],
    )

    by_m = VectorEntry(
        [g * w[0] * v[0], g * w[1] * v[1], g * w[2] * v[2], g * w[3] * v[3]],
        tex=r"\partial L / \partial m",
        marks=2,
        prompt=r"""
        Give the derivatives of the loss with respect to the four modulations,
        $\partial L / \partial m_n$.
        """,
        misconceptions=[
            Misconception(
                "upstream forgotten",
                [w[0] * v[0], w[1] * v[1], w[2] * v[2], w[3] * v[3]],
                r"By the chain rule $\partial L / \partial o = g$ is a factor.",
            ),
            Misconception(
                "weight forgotten",
                [g * v[0], g * v[1], g * v[2], g * v[3]],
                "The output is $w_n v_n$ times $m_n$: both factors belong to the slope.",
            ),
            Misconception(
                "switched off",
                [
                    g * w[0] * v[0] * m1,
                    g * w[1] * v[1] * m2,
                    g * w[2] * v[2] * m3,
                    g * w[3] * v[3] * m4,
                ],
                "The slope in $m_n$ does not contain $m_n$: a tap that is off can be switched on.",
            ),
        ],
    )

    by_w = VectorEntry(
        [g * m1 * v[0], g * m2 * v[1], g * m3 * v[2], g * m4 * v[3]],
        fractions=True,
        tex=r"\partial L / \partial w",
        marks=2,
        prompt=r"""
        And give the contributions of this position to the derivatives with respect to the weights,
        $\partial L / \partial w_n$.
        """,
        misconceptions=[
            Misconception(
                "modulation forgotten",
                [g * v[0], g * v[1], g * v[2], g * v[3]],
                "A weakened tap teaches its weight less: $m_n$ is a factor.",
            ),
            Misconception(
                "upstream forgotten",
                [m1 * v[0], m2 * v[1], m3 * v[2], m4 * v[3]],
                r"By the chain rule $\partial L / \partial o = g$ is a factor.",
            ),
            Misconception(
                "times the weight",
                [
                    g * w[0] * m1 * v[0],
                    g * w[1] * m2 * v[1],
                    g * w[2] * m3 * v[2],
                    g * w[3] * m4 * v[3],
                ],
                "The slope in $w_n$ does not contain $w_n$.",
            ),
        ],
    )

    channels = IntegerEntry(
        3 * G * k**2,
        tex="c",
        marks=1,
        prompt=r"""
        A layer of this kind has $<<k>> \times <<k>>$ kernels ($k = <<k>>$). Its input channels are
        split into $G = <<G>>$ groups, each with offsets and modulations of its own. How many output
        channels $c$ does the branch have that computes them all?
        """,
        misconceptions=[
            Misconception(
                "offsets only", 2 * G * k**2, "Each tap needs a modulation besides its two offsets."
            ),
            Misconception(
                "one group", 3 * k**2, "Each of the <<G>> groups has offsets and modulations."
            ),
            Misconception(
                "modulations only",
                G * k**2,
                "Each tap needs three numbers: two offsets and a modulation.",
            ),
        ],
    )

    solution = r"""
    Weight, modulation and value of each tap are multiplied, and the products are added:
    $$\begin{aligned}
    o &= w_1 m_1 v_1 + w_2 m_2 v_2 + w_3 m_3 v_3 + w_4 m_4 v_4 \\
    &= <% for m in [m1, m2, m3, m4] %><% set weight = w[loop.index0] %>
    <% if not loop.first %> + <% endif %>
    <% if weight < 0 and not loop.first %>(<<weight>>)<% else %><<weight>><% endif %>
    \cdot <<m | decimal>> \cdot <<v[loop.index0]>>
    <% endfor %> = <<o | decimal>>
    \end{aligned}$$
    The output is linear in each modulation, with the slope $w_n v_n$, and
    $\partial L / \partial m_n = g\,w_n v_n$:
    $$\frac{\partial L}{\partial m} = <<by_m>>$$
    The tap with modulation 0 gets a gradient too, so that it can be switched on again. In the same
    way $\partial L / \partial w_n = g\,m_n v_n$:
    $$\frac{\partial L}{\partial w} = \begin{pmatrix}
    <<by_w[0] | decimal>> & <<by_w[1] | decimal>> & <<by_w[2] | decimal>> & <<by_w[3] | decimal>>
    \end{pmatrix}$$
    Here the tap with modulation 0 teaches its weight nothing. Each tap of each group needs
    two numbers for its offset and one for its modulation:
    << working.channels >>
    """

    def oracle(self):
        """The engine's layer on an image of four pixels, and its gradients."""
        image, kernel = self.v.reshape(2, 2), self.w.reshape(2, 2)
        offset = np.zeros((8, 1, 1), dtype=int)
        mask = np.array([self.m1, self.m2, self.m3, self.m4], dtype=object).reshape(4, 1, 1)
        by = engine.deform_conv2d_gradients(image, offset, kernel, [[self.g]], mask)
        taps = [(group, tap) for group in range(self.G) for tap in np.ndindex(self.k, self.k)]
        return {
            "o": engine.deform_conv2d(image, offset, kernel, mask)[0, 0],
            "by_m": np.array(by.mask, dtype=object).ravel(),
            "by_w": by.weight.ravel(),
            "channels": len([(tap, part) for tap in taps for part in ("down", "right", "m")]),
        }
