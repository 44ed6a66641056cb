"""Whole numbers and a percentage: the weights of separable kernels, and how many are free."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    DecimalEntry,
    IntegerEntry,
    Item,
    Misconception,
    different,
    engine,
    floor,
)


class FewerWeights(Item):
    """Weights of a layer with whole and with separable kernels, the saving, and what is free."""

    title = "A column and a row"
    topic = "separable"
    objective = (
        "count the weights of a layer whose kernels are products of a column and a row, what they "
        "save, and how many numbers are free"
    )
    serves = ["5b separable-params"]

    K_h, K_w = Choice(3, 4, 5, 7, 9, 11), Choice(3, 4, 5, 7, 9, 11)
    C, F = Choice(2, 3, 4, 6, 8), Choice(4, 5, 8, 10, 12, 16)
    D = Choice(3, 4, 6, 7, 8)

    where = [different(K_h, K_w), different(C, F), different(D, K_h)]

    stem = r"""
    A layer has $F = <<F>>$ filters on $C = <<C>>$ input channels. Each filter has a kernel of
    $K_h \times K_w$ weights for each channel, $K_h = <<K_h>>$ and $K_w = <<K_w>>$, and no bias. All
    kernels are to be *separable*: each is the product $u\,v^{\mathsf T}$ of a column $u$ and a row
    $v^{\mathsf T}$ of its own.
    """

    whole = IntegerEntry(
        K_h * K_w * C * F,
        tex="N",
        marks=1,
        prompt="How many weights $N$ does the layer with whole kernels have?",
        misconceptions=[
            Misconception(
                "one kernel", K_h * K_w, "There is a kernel for each channel in each filter."
            ),
            Misconception("flat filters", K_h * K_w * F, "A filter is as deep as its input."),
        ],
    )

    factors = IntegerEntry(
        (K_h + K_w) * C * F,
        tex="N'",
        marks=2,
        prompt="How many numbers $N'$ are stored if each kernel is stored as $u$ and $v$?",
        misconceptions=[
            Misconception(
                "one pair for all", K_h + K_w, "Every kernel has a column and a row of its own."
            ),
            Misconception(
                "column only", K_h * C * F, "The row has numbers too: $K_h + K_w$ for a kernel."
            ),
        ],
    )

    saved = DecimalEntry(
        100 - 100 * factors / whole,
        places=1,
        tex="s",
        unit="%",
        marks=2,
        carries=(0, 100),
        prompt="By how many percent is this less? Give one decimal place.",
        misconceptions=[
            Misconception("what is left", 100 * factors / whole, "Take this from 100 %."),
            Misconception(
                "against the factors",
                100 * whole / factors - 100,
                "The saving is a share of what there was: of the whole kernels.",
            ),
        ],
    )

    tenths = floor(10 * saved + Fraction(1, 2))

    free = IntegerEntry(
        K_h + K_w - 1,
        tex="d",
        marks=2,
        prompt=r"""
        Different pairs may give one kernel: $u$ may be multiplied by a number if $v$ is divided by
        it. So one of the numbers of a pair can be fixed, such as $u_1 = 1$ (if it is not 0). How
        many free numbers $d$ are left in one kernel?
        """,
        misconceptions=[
            Misconception("all of them", K_h + K_w, "One of them is fixed by the scale."),
            Misconception(
                "as many as the kernel",
                K_h * K_w,
                "The kernel follows from its first row and column.",
            ),
            Misconception("one for each factor", K_h + K_w - 2, "Only one scale can be chosen."),
        ],
    )

    cube = IntegerEntry(
        D**3 - 3 * D,
        tex="e",
        marks=1,
        prompt=r"""
        A kernel for volumes has $<<D>> \times <<D>> \times <<D>>$ weights. How many numbers fewer
        are stored if it is the product of *three* vectors, one along each axis?
        """,
        misconceptions=[
            Misconception("two vectors", D**3 - 2 * D, "There are three axes."),
            Misconception("flat kernel", D**2 - 2 * D, "A volume has three sides: $D^3$ weights."),
            Misconception("numbers stored", 3 * D, "This is what is stored, not what is saved."),
        ],
    )

    solution = r"""
    There are $C \cdot F = <<C * F>>$ kernels, each with $K_h K_w$ weights, or with $K_h + K_w$
    numbers in its column and its row:
    << working.whole >>
    << working.factors >>
    $$s = 100\,\% - 100\,\% \cdot \frac{N'}{N}
    = 100\,\% - 100\,\% \cdot \frac{<<factors>>}{<<whole>>}
    <% if 1000 * factors % whole %>\approx<% else %>=<% endif %>
    <<tenths // 10>>.<<tenths % 10>>\,\%$$
    With $u_1 = 1$ the row $v$ is the first row of the kernel, and the other entries of $u$ are the
    ratios of the rows to it:
    << working.free >>
    A product of three vectors has $3D$ numbers in place of $D^3$:
    << working.cube >>
    The saving grows with the kernel. The price: only kernels of rank one can be learnt.
    """

    def oracle(self):
        """Arrays counted by NumPy; the free numbers as the rank of the product's derivative."""
        kernels = np.broadcast_to(1, (self.F, self.C, self.K_h, self.K_w))
        columns, rows = kernels[..., 0], kernels[..., 0, :]
        stored = columns.size + rows.size
        u, v = np.arange(1, self.K_h + 1), np.arange(2, self.K_w + 2)
        by_u = [np.outer(one, v).ravel() for one in np.eye(self.K_h, dtype=int)]
        by_v = [np.outer(u, one).ravel() for one in np.eye(self.K_w, dtype=int)]
        volume = np.broadcast_to(1, (self.D, self.D, self.D))
        return {
            "whole": kernels.size,
            "factors": stored,
            "saved": Fraction(100 * (kernels.size - stored), kernels.size),
            "free": engine.rank(np.array(by_u + by_v)),
            "cube": volume.size - sum(volume.shape),
        }
