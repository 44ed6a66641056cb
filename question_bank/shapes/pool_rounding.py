"""Whole numbers: a pooling layer that rounds its output size down, or up."""

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    ceiling,
    different,
    floor,
    minimum,
)


class PoolRounding(Item):
    """Output width of a max-pooling layer in floor mode and in ceil mode."""

    title = "Pooling: rounding down and up"
    topic = "output size"
    objective = (
        "compute the output width of a pooling layer that rounds down, and of one that rounds up"
    )
    serves = ["4a pool-ceil-mode"]

    W = Int(12, 120)
    K = Choice(2, 3, 4, 5, 6)
    S = Choice(2, 3, 4, 5)
    P = Choice(1, 2)

    where = [
        S <= K,
        2 * P <= K,  # as frameworks demand: no window lies wholly in the padding
        different((W + 2 * P - K) % S, 0),  # else rounding makes no difference
    ]

    stem = r"""
    A max-pooling layer slides a window $K = <<K>>$ wide along rows of $W = <<W>>$ pixels. Its
    stride is $S = <<S>>$, and a padding of width $P = <<P>>$ is added at each end of a row.

    In *floor mode* only windows that lie wholly inside the padded row are used. In *ceil mode* the
    last window may stick out on the right so that no column is left over, but a window that would
    *start* to the right of the image, in the padding or beyond, is left out.
    """

    down = IntegerEntry(
        floor((W + 2 * P - K) / S) + 1,
        tex=r"W_\mathrm{floor}",
        marks=2,
        prompt="How wide is the output in floor mode?",
        misconceptions=[
            Misconception(
                "forgot +1",
                floor((W + 2 * P - K) / S),
                "A window already fits at offset 0: add 1.",
            ),
            Misconception(
                "rounded up",
                ceiling((W + 2 * P - K) / S) + 1,
                "In floor mode a window that sticks out is not used: round down.",
            ),
            Misconception(
                "ignored stride",
                W + 2 * P - K + 1,
                "The window moves <<S>> columns at a time: divide by $S$ before adding 1.",
            ),
        ],
    )

    every = ceiling((W + 2 * P - K) / S) + 1
    inside = ceiling((W + P) / S)

    def stopped_early(self):
        """The floor-mode width; None where ceil mode gives no more."""
        return self.every - 1 if self.every <= self.inside else None

    def kept_outsider(self):
        """The width without the rule on the start of the last window; None where it is no issue."""
        return self.every if self.every > self.inside else None

    up = IntegerEntry(
        minimum(every, inside),
        tex=r"W_\mathrm{ceil}",
        marks=3,
        prompt="How wide is the output in ceil mode?",
        misconceptions=[
            Misconception(
                "rounded down",
                stopped_early,
                "A window that starts on the image and sticks out on the right is used in ceil "
                "mode.",
            ),
            Misconception(
                "kept a window outside",
                kept_outsider,
                "The image ends before column <<W + P>> of the padded row (counted from 0). A "
                "window that starts there or further to the right is left out.",
            ),
            Misconception(
                "ignored stride",
                minimum(W + 2 * P - K + 1, W + P),
                "The window moves <<S>> columns at a time: divide by $S$ before adding 1.",
            ),
        ],
    )

    def whole_window(self):
        """The width of a window; None where the last one lies wholly on the image."""
        return self.K if self.seen != self.K else None

    seen = IntegerEntry(
        W + P - S * (up - 1),
        tex="n",
        marks=2,
        prompt=r"""
        How many columns $n$ of the *image* (without padding) lie under the last window of ceil
        mode?
        """,
        misconceptions=[
            Misconception(
                "whole window",
                whole_window,
                "Where the last window lies on padding or sticks out, it sees no columns of the "
                "image.",
            ),
            Misconception(
                "counted the padding",
                W + 2 * P - S * (up - 1),
                "This counts to the end of the padded row; the image ends where the padding "
                "begins.",
            ),
            Misconception(
                "forgot the left padding",
                W - S * (up - 1),
                "The first window starts in the padding, so every window starts $P$ columns "
                "further to the left.",
            ),
        ],
        carries=(0, 10**6),
    )

    solution = r"""
    In floor mode the count of windows that fit is
    << working.down >>
    Rounding up instead gives $<<every>>$ windows. Windows start every $S = <<S>>$ columns, and they
    must start before column $W + P = <<W + P>>$ of the padded row (columns counted from 0), where
    the image ends; only $\lceil (W + P) / S \rceil = <<inside>>$ of them do. The smaller number
    counts:
    << working.up >>
    The last window starts at column $S(W_\mathrm{ceil} - 1) = <<S * (up - 1)>>$ of the padded row.
    The number of columns from there to the end of the image is
    << working.seen >>
    """

    def oracle(self):
        """Lay the windows down one by one, and count the columns of the image under the last."""
        padded, end = self.W + 2 * self.P, self.W + self.P
        fitting = [start for start in range(0, padded, self.S) if start + self.K <= padded]
        starts = [0]
        while starts[-1] + self.K < padded:
            starts.append(starts[-1] + self.S)
        starts = [start for start in starts if start < end]
        window = range(starts[-1], starts[-1] + self.K)
        return {
            "down": len(fitting),
            "up": len(starts),
            "seen": sum(self.P <= column < end for column in window),
        }
