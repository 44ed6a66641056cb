"""Whole numbers and a set: the way back from the size of an output, by a transposed convolution."""

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    SetEntry,
    ceiling,
    engine,
    floor,
)


class BackToSize(Item):
    """Sizes down and up with the same kernel, the output padding, and inputs that are confused."""

    title = "Down and up again"
    topic = "transposed convolution"
    objective = (
        "compute the size behind a convolution and its transpose, the output padding that is "
        "missing, and the sizes that are confused"
    )
    serves = ["5a tconv-out-size", "5a tconv-output-padding"]

    n = Int(24, 120)
    K = Choice(4, 5, 6, 7, 8, 9)
    S = Choice(3, 4, 5)
    P = Choice(1, 2, 3)

    lost = (n + 2 * P - K) % S
    where = [2 * P < K, S <= K, lost >= 1]

    stem = r"""
    An encoder shrinks a row of $n = <<n>>$ values by a convolution with $K = <<K>>$ taps, stride
    $S = <<S>>$ and $P = <<P>>$ zeros at each end, without reading beyond the last window that fits.
    The decoder uses a transposed convolution with the same $K$, $S$ and $P$, which removes $P$
    values at each end of what it adds up.
    """

    down = IntegerEntry(
        floor((n + 2 * P - K) / S) + 1,
        tex="m",
        marks=1,
        carries=(1, 10**4),
        prompt="How many values $m$ does the convolution give?",
        misconceptions=[
            Misconception(
                "forgot +1",
                floor((n + 2 * P - K) / S),
                "The first window, at offset 0, counts too.",
            ),
            Misconception(
                "rounded up",
                ceiling((n + 2 * P - K) / S) + 1,
                "A window that does not fit whole is left out: round down.",
            ),
        ],
    )

    up = IntegerEntry(
        (down - 1) * S + K - 2 * P,
        tex="n'",
        marks=2,
        carries=(1, 10**5),
        prompt="How many values $n'$ does the transposed convolution make of them?",
        misconceptions=[
            Misconception(
                "times the stride",
                down * S,
                "From the first stamp to the last there are $m - 1$ steps; the last is $K$ wide.",
            ),
            Misconception(
                "padding added",
                (down - 1) * S + K + 2 * P,
                "The padding of the convolution is *removed* on the way back.",
            ),
            Misconception(
                "padding kept",
                (down - 1) * S + K,
                "Remove $P$ values at each end.",
            ),
        ],
    )

    missing = IntegerEntry(
        n - up,
        tex="A",
        marks=1,
        carries=(-1000, 1000),
        prompt="How many values (the *output padding*) have to be appended at one end, so that the "
        "decoder gives <<n>> values?",
        misconceptions=[
            Misconception(
                "what is left of a stride",
                S - (n + 2 * P - K) % S,
                "Missing is the remainder itself: the pixels that the last window did not reach.",
            ),
        ],
    )

    def confused(self):
        """All sizes with the same number of windows."""
        return list(range(self.up, self.up + self.S))

    same = SetEntry(
        confused,
        marks=2,
        prompt="Which sizes $n$ all shrink to the same $m$, so that the decoder cannot tell them?",
        misconceptions=[
            Misconception(
                "around the size back",
                lambda item: list(range(item.up - item.S + 1, item.up + 1)),
                "$n'$ is the *smallest* of them: there the last window ends at the last zero.",
            ),
            Misconception(
                "one size too many",
                lambda item: list(range(item.up, item.up + item.S + 1)),
                "With $S$ values more, one more window fits.",
            ),
        ],
    )

    solution = r"""
    The windows of the convolution are counted as usual: << working.down >>
    Going up, the stamps of the $m$ values start $S$ apart and are $K$ wide, and $P$ values are
    removed at each end: << working.up >>
    To get back to <<n>> values, $<<n>> - <<up>> = <<missing>>$ have to be appended. That is the
    remainder of $(n + 2P - K)/S$, the values that the convolution did not read. All sizes with one
    of the <<S>> possible remainders shrink to the same $m$: $$<<same>>$$
    """

    def oracle(self):
        """Convolve and transpose signals of ones, and look how long they are."""
        kernel = np.ones(self.K, dtype=int)

        def shrunk(size):
            return engine.conv1d(
                np.ones(size, dtype=int), kernel, stride=self.S, padding=self.P
            ).size

        m = shrunk(self.n)
        back = engine.conv_transpose1d(np.ones(m, dtype=int), kernel, stride=self.S)
        up = back.size - 2 * self.P
        return {
            "down": m,
            "up": up,
            "missing": sum(1 for _ in range(up, self.n)),
            "same": [n for n in range(self.n - 9, self.n + 10) if shrunk(n) == m],
        }
