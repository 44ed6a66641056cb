"""A formula that the student types, and a number from it: the output size of a dilated layer."""

from examgen import (
    Choice,
    FormulaEntry,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    ceiling,
    different,
    floor,
)


class SizeFormula(Item):
    """Output side of a strided, padded convolution of given dilation, in symbols and in numbers."""

    title = "A formula for the output size"
    topic = "output size"
    objective = (
        "write the output size of a strided, padded, dilated layer as a formula, and evaluate it"
    )
    serves = ["4a derive-out-size", "5a dilated-out-size"]

    W = Int(64, 240)
    K = Choice(3, 4, 5, 7)
    S = Int(2, 5)
    P = Int(1, 4)
    D = Int(2, 4)

    reach = D * (K - 1) + 1
    room = W + 2 * P - D * (K - 1) - 1
    where = [different(K, S), different(P, S)]  # else a swap cannot be seen in the number

    stem = r"""
    A convolution layer slides a square filter of side $K$ over an image of side $W$, with stride
    $S$ and with $P$ rows and columns of zeros on *every* side. Its dilation is <<D>>: neighbouring
    taps of the filter are <<D>> pixels apart. Where the division is not exact, the layer rounds
    down. Here $64 \le W \le 512$, $1 \le K \le 11$, $1 \le S \le 8$ and $0 \le P \le 5$, all whole.
    """

    rule = FormulaEntry(
        floor(room / S) + 1,
        variables=[W, K, S, P],
        domain={W: (64, 512), K: (1, 11), S: (1, 8), P: (0, 5)},
        tex="O",
        marks=3,
        prompt="Give the side $O$ of the output as a formula in $W$, $K$, $S$ and $P$.",
        misconceptions=[
            Misconception(
                "forgot +1",
                floor(room / S),
                "That counts the steps of the filter. It already fits at offset 0: add 1.",
            ),
            Misconception(
                "padded one side",
                floor((W + P - D * (K - 1) - 1) / S) + 1,
                "Zeros stand on both sides: the padded side is $W + 2P$.",
            ),
            Misconception(
                "ignored dilation",
                floor((W + 2 * P - K) / S) + 1,
                "A dilated filter spans $<<D>>(K - 1) + 1$ pixels, not $K$.",
            ),
            Misconception(
                "dilated all taps",
                floor((W + 2 * P - D * K) / S) + 1,
                "$K$ taps have $K - 1$ gaps between them: they span $<<D>>(K - 1) + 1$ pixels.",
            ),
            Misconception(
                "rounded up",
                ceiling(room / S) + 1,
                "The filter must fit whole: a last step that is too long does not count.",
            ),
            Misconception(
                "did not round",
                room / S + 1,
                r"Right where the division is exact; else round down: write floor(...).",
                credit="1/2",
            ),
        ],
    )

    side = IntegerEntry(
        rule,
        tex="O",
        marks=1,
        prompt="How large is $O$ for $W = <<W>>$, $K = <<K>>$, $S = <<S>>$ and $P = <<P>>$?",
        misconceptions=[
            Misconception("forgot +1", rule - 1, "The filter already fits at offset 0: add 1."),
            Misconception(
                "rounded up",
                ceiling(room / S) + 1,
                "Here the division is not exact, and the filter must fit whole: round down.",
            ),
        ],
    )

    solution = r"""
    With its taps $D = <<D>>$ pixels apart the filter spans $D(K - 1) + 1$ of the $W + 2P$ pixels of
    the padded image. It can be moved by what is left of them, $S$ pixels at a time, and its first
    position counts too:
    << working.rule >>
    For the numbers given, the filter spans $<<reach>>$ pixels and $<<room>>$ are left, so
    $O = \lfloor <<room>> / <<S>> \rfloor + 1 = <<side>>$.
    """

    def oracle(self):
        """Try every offset: those where the last tap still lies on the padded image count."""
        padded, taps = self.W + 2 * self.P, range(0, self.D * self.K, self.D)
        fits = [offset for offset in range(0, padded, self.S) if offset + taps[-1] < padded]
        return {"rule": len(fits), "side": len(fits)}
