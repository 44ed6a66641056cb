"""Whole numbers: the output-size formula solved for the input, the kernel and the padding."""

from examgen import Choice, Int, IntegerEntry, Item, Misconception, different, divides


class Backwards(Item):
    """Input widths, kernel and padding that give a wanted output width."""

    title = "The output-size formula backwards"
    topic = "output size"
    objective = (
        "solve the output-size formula for the width of the input, the kernel and the padding"
    )
    serves = ["4a out-size-solve-one"]

    F, S, P = Choice(5, 7, 9, 11), Choice(2, 3, 4), Int(1, 4)
    O = Int(8, 40)  # noqa: E741
    n, m, s = Int(20, 64), Int(7, 24), Choice(2, 3, 4, tex="s")
    G = Int(4, 12)

    where = [
        2 * P < F,
        different(S, P),  # one step and the padding can be told apart
        different(S, 2 * P),
        different(S, F - 2 * P),
        n - s * (m - 1) >= 2,  # the kernel of the second layer
        n - s * (m - 1) <= 9,
        n - s * (m - 1) < G,
        divides(2, G - n + s * (m - 1)),
        G - n + s * (m - 1) < G,  # less padding than kernel
        n > s * m,  # windows overlap: between them no column is left over either
        different(n, s * (m + 1)),
    ]

    stem = r"""
    A convolution (dilation&nbsp;1) slides a kernel $F = <<F>>$ wide along rows of pixels, with
    stride $S = <<S>>$ and $P = <<P>>$ zeros at *each* end of a row. Only whole windows are used.
    Its output rows are $O = <<O>>$ wide.
    """

    least = IntegerEntry(
        (O - 1) * S + F - 2 * P,
        tex=r"W_\mathrm{min}",
        marks=2,
        prompt=r"What is the *least* width $W_\mathrm{min}$ that the input rows can have?",
        misconceptions=[
            Misconception(
                "one step too many",
                O * S + F - 2 * P,
                "From the first window to the last there are $O - 1$ steps, not $O$.",
            ),
            Misconception(
                "padding forgotten",
                (O - 1) * S + F,
                "The zeros are read too: the row itself needs $2P = <<2 * P>>$ pixels fewer.",
            ),
            Misconception(
                "padding at one end",
                (O - 1) * S + F - P,
                "There are $P$ zeros at *each* end.",
            ),
            Misconception(
                "stride times output",
                O * S,
                "The kernel reaches beyond its step, and zeros lie at the ends.",
            ),
        ],
    )

    greatest = IntegerEntry(
        least + S - 1,
        tex=r"W_\mathrm{max}",
        marks=1,
        prompt=r"And what is the *greatest* width $W_\mathrm{max}$?",
        misconceptions=[
            Misconception(
                "no other",
                least,
                "Up to $S - 1$ columns may be left over at the right without another window.",
            ),
            Misconception(
                "a whole stride more",
                least + S,
                "With $S$ more columns one more window fits.",
            ),
            Misconception(
                "almost a kernel more",
                least + F - 1,
                "The next window starts after $S$ more columns, not after $F$.",
            ),
        ],
    )

    kernel = IntegerEntry(
        n - s * (m - 1),
        tex="F'",
        marks=2,
        prompt=r"""
        A second layer makes rows of $m = <<m>>$ values from rows of $n = <<n>>$ pixels, with stride
        $s = <<s>>$ and *no* padding, and no column is left over. How wide is its kernel, $F'$?
        """,
        misconceptions=[
            Misconception(
                "one step too many",
                n - s * m,
                "From the first window to the last there are $m - 1$ steps.",
            ),
            Misconception(
                "windows side by side",
                s * 1,
                "The kernel need not be as wide as the stride: neighbouring windows overlap.",
            ),
            Misconception(
                "stride 1",
                n - (m - 1),
                "The windows move $s = <<s>>$ pixels at a time.",
            ),
        ],
    )

    padding = IntegerEntry(
        ((m - 1) * s + G - n) / 2,
        tex="P'",
        marks=2,
        prompt=r"""
        The second layer is given a kernel $G = <<G>>$ wide instead, with the same stride. How many
        zeros $P'$ must be put at *each* end so that it still makes <<m>> values, with no column
        left over?
        """,
        misconceptions=[
            Misconception(
                "both ends together",
                (m - 1) * s + G - n,
                "This many zeros are needed *in all*: half of them at each end.",
            ),
            Misconception(
                "half the kernel",
                G // 2,
                "Half the kernel keeps the size at stride 1. Here the windows have to cover "
                "$(m - 1)s + G$ places.",
            ),
        ],
    )

    solution = r"""
    $O$ windows, one every $S$ columns, cover $(O - 1)S + F$ columns of the padded row. The padding
    gives $2P$ of them:
    << working.least >>
    As long as fewer than $S$ columns are left over, no further window fits:
    << working.greatest >>
    In the second layer the $m$ windows cover the row exactly, so $n = (m - 1)s + F'$ and
    << working.kernel >>
    With the wider kernel the windows cover $(m - 1)s + G = <<(m - 1) * s + G>>$ places, and what
    the row does not give is shared by the two ends:
    << working.padding >>
    """

    def oracle(self):
        """Try widths, kernels and paddings, and count windows."""

        def windows(width, kernel, stride, padding=0):
            padded = width + 2 * padding
            return [at for at in range(0, padded, stride) if at + kernel <= padded]

        def exact(kernel, padding):
            places = windows(self.n, kernel, self.s, padding)
            ends = places and places[-1] + kernel == self.n + 2 * padding
            return ends and len(places) == self.m

        widths = [w for w in range(1, 250) if len(windows(w, self.F, self.S, self.P)) == self.O]
        (kernel,) = [size for size in range(1, self.n + 1) if exact(size, 0)]
        (padding,) = [zeros for zeros in range(self.G) if exact(self.G, zeros)]
        return {
            "least": min(widths),
            "greatest": max(widths),
            "kernel": kernel,
            "padding": padding,
        }
