"""Whole numbers and a set: sizes there and back again, and the sizes that are confused."""

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    SetEntry,
    ceiling,
    different,
    engine,
    floor,
)


class TransposedSize(Item):
    """Output sizes behind a convolution, its transpose and a dilated transposed layer."""

    title = "There and back again"
    topic = "convolution"
    objective = (
        "compute the sizes behind a convolution, its transpose and a dilated transposed layer, "
        "the output padding that is missing and the sizes that are confused"
    )
    serves = ["5a tconv-out-size", "5a tconv-output-padding"]

    n = Int(20, 70)
    K, S, P = Choice(3, 4, 5, 6, 7), Choice(2, 3, 4, 5), Choice(1, 2)
    m2, K2 = Int(6, 30, tex="m_2"), Choice(3, 4, 5, tex="K_2")
    S2, P2 = Choice(2, 3, 4, tex="S_2"), Choice(1, 2, tex="P_2")
    D, r2 = Choice(2, 3), Choice(1, 2, tex="r_2")

    where = [
        2 * P < K,
        different((n + 2 * P - K) % S, 0),  # else nothing is missing
        S < K,
        different(K - 2 * P, S),  # else the transposed layer multiplies by the stride,
        different(S, 2 * P),  # and one step is as much as the padding
        r2 < S2,
        different(P2, D - 1),
    ]

    stem = r"""
    An encoder has a convolution with a kernel $K = <<K>>$ wide, stride $S = <<S>>$ and padding
    $P = <<P>>$ at each end (dilation 1); sizes are rounded down. It reads rows of $n = <<n>>$
    values. The decoder has the *transposed* convolution with the same kernel, stride and padding.
    """

    m = IntegerEntry(
        floor((n + 2 * P - K) / S) + 1,
        tex="m",
        marks=1,
        prompt="How many values $m$ does the convolution make of a row?",
        misconceptions=[
            Misconception(
                "forgot +1",
                floor((n + 2 * P - K) / S),
                "A window already fits at offset 0: add 1.",
            ),
            Misconception(
                "rounded up",
                ceiling((n + 2 * P - K) / S) + 1,
                "The last, incomplete window would stick out of the row: round down.",
            ),
            Misconception(
                "stride 1", n + 2 * P - K + 1, "The window moves $S = <<S>>$ places at a time."
            ),
        ],
    )

    back = IntegerEntry(
        (m - 1) * S + K - 2 * P,
        tex="n'",
        marks=2,
        prompt="""
        How many values $n'$ does the transposed convolution make of these $m$, without output
        padding?
        """,
        misconceptions=[
            Misconception(
                "stride times input",
                m * S,
                "The last copy of the kernel begins at place $(m - 1)S$ and is $K$ long.",
            ),
            Misconception(
                "padding forgotten",
                (m - 1) * S + K,
                "In a transposed convolution padding takes values away, $P$ at each end.",
            ),
            Misconception(
                "one step too many",
                m * S + K - 2 * P,
                "From the first copy of the kernel to the last there are $m - 1$ steps.",
            ),
        ],
    )

    def lacking(self):
        """What another window would need; None where it is as much as was left unread."""
        missing = self.n - self.back
        return self.S - missing if 2 * missing != self.S else None

    def most(self):
        """One less than the stride; None where it is right, or lacking."""
        missing = self.n - self.back
        return self.S - 1 if 1 < missing < self.S - 1 else None

    extra = IntegerEntry(
        n - back,
        tex="r",
        marks=1,
        carries=(0, 10**6),
        prompt="""
        Which output padding $r$ (values added at the right end) makes the decoder give rows of $n$
        values again?
        """,
        misconceptions=[
            Misconception(
                "none",
                0,
                "Then a row would come back too short: the transpose is not an inverse.",
            ),
            Misconception(
                "what the stride lacks",
                lacking,
                "So much is missing for one more window. Added is what the last window left over.",
            ),
            Misconception(
                "stride minus one",
                most,
                "That is the most it can ever be; here the last window left fewer places over.",
            ),
        ],
    )

    def confused(self):
        """All sizes with the same number of windows: each leaves another rest of a stride."""
        return list(range(self.back, self.back + self.S))

    same = SetEntry(
        confused,
        marks=2,
        prompt="""
        Which sizes $n$ all shrink to the same $m$, so that the decoder cannot tell them apart?
        """,
        misconceptions=[
            Misconception(
                "up to the size back",
                lambda item: list(range(item.back - item.S + 1, item.back + 1)),
                "$n'$ is the *smallest* of them: there the last window ends at the last zero.",
            ),
            Misconception(
                "one size too many",
                lambda item: list(range(item.back, item.back + item.S + 1)),
                "With $S$ values more, one more window fits.",
            ),
        ],
    )

    size = IntegerEntry(
        (m2 - 1) * S2 - 2 * P2 + D * (K2 - 1) + 1 + r2,
        tex="n_2",
        marks=2,
        prompt=r"""
        Another transposed convolution reads $m_2 = <<m2>>$ values. Its kernel has $K_2 = <<K2>>$
        taps with dilation $D = <<D>>$; its stride is $S_2 = <<S2>>$, its padding $P_2 = <<P2>>$ and
        its output padding $r_2 = <<r2>>$. How many values $n_2$ does it make?
        """,
        misconceptions=[
            Misconception(
                "ignored dilation",
                (m2 - 1) * S2 - 2 * P2 + K2 + r2,
                "A copy of the kernel spans $D(K_2 - 1) + 1 = <<D * (K2 - 1) + 1>>$ places.",
            ),
            Misconception(
                "dilation times taps",
                (m2 - 1) * S2 - 2 * P2 + D * K2 + r2,
                "$K_2$ taps have only $K_2 - 1$ gaps between them.",
            ),
            Misconception(
                "output padding forgotten",
                (m2 - 1) * S2 - 2 * P2 + D * (K2 - 1) + 1,
                "Output padding makes the output longer by as much.",
            ),
            Misconception(
                "padding at one end",
                (m2 - 1) * S2 - P2 + D * (K2 - 1) + 1 + r2,
                "Padding takes $P_2$ values away at *each* end.",
            ),
        ],
    )

    solution = r"""
    A window fits at offset 0, and then once every $S$ places:
    << working.m >>
    The transposed convolution puts a copy of the kernel every $S$ places, the last one at
    $(m - 1)S$, and padding crops both ends:
    << working.back >>
    The encoder rounds down: behind its last window as many places of the padded row are left over
    as are missing now:
    << working.extra >>
    It is the rest of $(n + 2P - K)/S$. All sizes with one of the $S$ possible rests shrink to the
    same $m$: $$<<same>>$$
    In the other layer a copy of the dilated kernel spans
    $D(K_2 - 1) + 1 = <<D * (K2 - 1) + 1>>$ places:
    << working.size >>
    """

    def windows(self, size):
        """How many windows are laid on a padded row of this size."""
        return len(range(0, size + 2 * self.P - self.K + 1, self.S))

    def oracle(self):
        """Slide windows, lay copies of kernels down, and try output paddings and sizes."""
        m = self.windows(self.n)
        layer = {"stride": self.S, "padding": self.P}
        lengths = [
            len(engine.conv_transpose1d([1] * m, [1] * self.K, **layer)) + extra
            for extra in range(self.S)
        ]
        starts, taps = range(0, self.m2 * self.S2, self.S2), range(0, self.K2 * self.D, self.D)
        last = max(start + tap for start in starts for tap in taps)
        return {
            "m": m,
            "back": lengths[0],
            "extra": lengths.index(self.n),
            "same": [n for n in range(1, 2 * self.n) if self.windows(n) == m],
            "size": len(range(self.P2, last + 1 - self.P2)) + self.r2,
        }
