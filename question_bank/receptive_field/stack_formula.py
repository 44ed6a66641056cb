"""Formulas that build on one another: a stack of small filters against one large filter."""

import numpy as np

from examgen import Choice, FormulaEntry, Int, IntegerEntry, Item, Misconception


class StackFormula(Item):
    """Receptive field of a stack of equal layers, and the cost of one layer that sees as much."""

    title = "Many small filters or a large one"
    topic = "receptive field"
    objective = (
        "write the receptive field of a stack and the weights of the large layer that sees as "
        "much as formulas"
    )
    serves = ["3b stack-vs-large-kernel", "2a rf-uniform-stack"]

    K = Int(3, 7)
    L = Int(2, 12)
    C = Choice(8, 10, 12, 15, 16, 20, 24, 25, 30, 32, 36, 40, 48, 50, 60, 64, 80, 96, 100, 128)

    stem = r"""
    A stack has $L$ convolution layers, one after the other. Each turns $C$ channels into $C$
    channels with filters of $<<K>> \times <<K>>$, stride&nbsp;1, no dilation and no biases. You may
    write your formulas in any form; they must hold for all whole $L$ from 1 to 20 and $C$ from 1
    to 512.
    """

    field = FormulaEntry(
        1 + (K - 1) * L,
        variables=[L],
        domain={L: (1, 20)},
        tex="R",
        marks=2,
        prompt=r"""
        A value of the last layer depends on a square of $R \times R$ pixels of the input. Give $R$
        as a formula in&nbsp;$L$.
        """,
        misconceptions=[
            Misconception(
                "added the sides",
                K * L,
                "Windows overlap: after the first layer each one adds $<<K>> - 1$ pixels, not "
                "<<K>>.",
            ),
            Misconception(
                "multiplied the sides",
                K**L,
                "The field grows by the same number of pixels in each layer; with stride 1 nothing "
                "multiplies.",
            ),
            Misconception(
                "forgot the pixel itself",
                (K - 1) * L,
                "Without any layer a value sees one pixel: start from 1.",
            ),
            Misconception(
                "a layer too few",
                1 + (K - 1) * (L - 1),
                "Each of the $L$ layers adds $<<K>> - 1$ pixels, the first one too. Try $L = 1$.",
            ),
        ],
    )

    large = FormulaEntry(
        field**2 * C**2,
        variables=[L, C],
        domain={L: (1, 20), C: (1, 512)},
        tex="N",
        marks=2,
        prompt=r"""
        Use your answer above: one layer from $C$ to $C$ channels, again without biases, has filters
        of $R \times R$ and so sees as much. Give the number $N$ of its weights as a formula
        in&nbsp;$L$ and&nbsp;$C$.
        """,
        misconceptions=[
            Misconception(
                "side not squared",
                field * C**2,
                r"A filter has $R \times R$ weights for each input channel.",
            ),
            Misconception(
                "one filter only",
                field**2 * C,
                "There are $C$ filters, each as deep as the $C$ input channels.",
            ),
            Misconception(
                "small filter",
                K**2 * C**2,
                "That is one layer of the stack. Its filter does not see $R$ pixels.",
            ),
            Misconception(
                "the whole stack",
                K**2 * L * C**2,
                "These are the weights of the stack, not of the one large layer.",
            ),
        ],
    )

    saved = IntegerEntry(
        large - K**2 * L * C**2,
        tex="D",
        marks=2,
        prompt="By how many weights $D$ is the stack smaller than the large layer, for $L = <<L>>$ "
        "and $C = <<C>>$?",
        carries=(-(10**15), 10**15),
        misconceptions=[
            Misconception(
                "one layer of the stack",
                large - K**2 * C**2,
                "The stack has $L = <<L>>$ layers: each has its own weights.",
            ),
            Misconception(
                "flat filters",
                large - K**2 * L * C,
                "Every filter of the stack is as deep as its $C = <<C>>$ input channels.",
            ),
        ],
    )

    solution = r"""
    Without a layer a value sees one pixel; each layer adds $<<K>> - 1$ pixels to the side:
    << working.field >>
    The large layer has $C$ filters with $R \times R$ weights for each of $C$ channels:
    << working.large >>
    The stack has $<<K>>^2 L C^2$ weights, which is $<<K**2 * L * C**2>>$ here; the large layer has
    $<<K**2 * L * C**2 + saved>>$, so that the stack saves $D = <<saved>>$.
    """

    def oracle(self):
        """Walk back from one value, layer by layer, and count pixels; make the weights."""
        seen = {0}
        for _ in range(self.L):
            seen = {place + tap for place in seen for tap in range(self.K)}
        filters = np.zeros((self.C, self.C), dtype=np.uint8)
        large = sum(filters.size for _ in seen for _ in seen)
        small = [np.broadcast_to(0, (*filters.shape, self.K, self.K)) for _ in range(self.L)]
        return {
            "field": len(seen),
            "large": large,
            "saved": large - sum(weights.size for weights in small),
        }
