"""Whole numbers and a pair: the padding that keeps a row as wide as it is, or divides it."""

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    VectorEntry,
    ceiling,
    different,
    engine,
    floor,
)


class SamePadding(Item):
    """Symmetric padding of a dilated kernel, and a strided "same" layer with unequal ends."""

    title = "Same padding"
    topic = "output size"
    objective = (
        "find the padding that keeps the width, or divides it by the stride, and share it "
        "between both ends"
    )
    serves = ["4a same-padding"]

    F, D = Choice(3, 5, 7, 9), Choice(2, 3, 4)
    W = Int(15, 80)
    K, S = Int(5, 11), Choice(3, 4, 5, 6)

    lack = (ceiling(W / S) - 1) * S + K - W
    where = [
        S < K,
        lack >= 3,
        different(lack % 2, 0),  # else both ends get the same
        different(W % S, 0),  # else rounding makes no difference,
        different(W % S, 1),  # and here as much is needed as at stride 1
        different(floor((W - K) / S) + 1, floor(W / S)),
    ]

    stem = r"""
    A convolution can be padded with zeros so that its output rows are as wide as its input rows, or
    narrower by the factor of the stride alone.
    """

    symmetric = IntegerEntry(
        D * (F - 1) / 2,
        tex="P",
        marks=2,
        prompt=r"""
        The first layer has a kernel $F = <<F>>$ wide, with dilation $D = <<D>>$ (taps $D$ pixels
        apart) and stride&nbsp;1. How many zeros $P$ must be put at *each* end of a row so that the
        output is as wide as the input?
        """,
        misconceptions=[
            Misconception(
                "ignored dilation",
                (F - 1) / 2,
                r"With $D = <<D>>$ the kernel spans $<<D * (F - 1) + 1>>$ pixels, not $<<F>>$.",
            ),
            Misconception(
                "both ends together",
                D * (F - 1),
                "This many zeros are needed *in all*: half of them at each end.",
            ),
            Misconception(
                "half of kernel times dilation",
                floor(D * F / 2),
                "$F$ taps have only $F - 1$ gaps between them, of $D$ pixels each.",
            ),
        ],
    )

    out = IntegerEntry(
        ceiling(W / S),
        tex=r"W_\mathrm{out}",
        marks=1,
        prompt=r"""
        The second layer reads rows of $W = <<W>>$ pixels with a kernel $K = <<K>>$ wide,
        dilation&nbsp;1 and stride $S = <<S>>$. A framework pads it in "same" mode: the output has
        $W_\mathrm{out} = W / S$ values, rounded *up*. How many are these?
        """,
        misconceptions=[
            Misconception("rounded down", floor(W / S), "The mode rounds up."),
            Misconception(
                "as wide as the input", W, '"Same" holds up to the stride: divide by $S$.'
            ),
            Misconception(
                "without padding",
                floor((W - K) / S) + 1,
                "These windows fit into the row *without* any padding.",
            ),
        ],
    )

    total = IntegerEntry(
        (out - 1) * S + K - W,
        tex="Z",
        marks=2,
        prompt="""
        The row is padded with as few zeros as these windows need. How many zeros $Z$ is that, both
        ends together?
        """,
        misconceptions=[
            Misconception(
                "one step too many",
                out * S + K - W,
                r"From the first window to the last there are $W_\mathrm{out} - 1$ steps.",
            ),
            Misconception(
                "as for stride 1",
                K - 1,
                "This many zeros keep the width at stride&nbsp;1. With stride $S$ a window may "
                "start further from the end.",
            ),
            Misconception(
                "zeros at one end",
                floor(((out - 1) * S + K - W) / 2),
                "Both ends together are asked for.",
            ),
        ],
    )

    ends = VectorEntry(
        [floor(total / 2), total - floor(total / 2)],
        tex="z",
        marks=1,
        prompt=r"""
        The zeros are shared evenly by the two ends, and an odd one goes to the *right*. Give the
        pair $z = (z_\mathrm{left}, z_\mathrm{right})$.
        """,
        misconceptions=[
            Misconception(
                "odd one left",
                [total - floor(total / 2), floor(total / 2)],
                "The odd zero goes to the right end.",
            ),
            Misconception("all on the right", [0, total], "Both ends get their share."),
            Misconception(
                "not shared",
                [total, total],
                "$Z$ counts both ends together: each of them gets half.",
            ),
        ],
    )

    solution = r"""
    The first kernel spans $D(F - 1) + 1 = <<D * (F - 1) + 1>>$ pixels, so without padding the
    output is $D(F - 1)$ values too short. Half of them are put right at each end:
    << working.symmetric >>
    (If $D(F - 1)$ were odd, no symmetric padding could keep the width.) In the second layer
    << working.out >>
    This many windows, one every $S$ columns, cover $(W_\mathrm{out} - 1)S + K$ columns; the
    row has only $W = <<W>>$ of them:
    << working.total >>
    Shared by the two ends this is $z = <<ends>>$.
    """

    def oracle(self):
        """Try paddings: the engine's rows for the first layer, windows laid down for the second."""
        row = [0] * 40
        widths = [
            len(engine.conv1d([0] * p + row + [0] * p, [1] * self.F, dilation=self.D))
            for p in range(20)
        ]
        starts = range(0, self.W, self.S)
        zeros = next(z for z in range(self.K) if starts[-1] + self.K <= self.W + z)
        left = len(range(1, zeros, 2))
        return {
            "symmetric": widths.index(40),
            "out": len(starts),
            "total": zeros,
            "ends": [left, zeros - left],
        }
