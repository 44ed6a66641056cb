"""A fraction and whole numbers: what becomes of the columns when the division leaves a rest."""

from fractions import Fraction

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    RationalEntry,
    ceiling,
    different,
    floor,
)


class UnreadColumns(Item):
    """The exact quotient of the output-size formula, and the columns that no window reads."""

    title = "When the output-size formula leaves a fraction"
    topic = "output size"
    objective = (
        "tell what becomes of columns when the output-size formula leaves a fraction, and the "
        "width that avoids it"
    )
    serves = ["4a out-size-integrality"]

    W = Int(24, 64)
    F = Choice(5, 7, 9, 11, 13)
    S = Choice(3, 4, 5, 6, 7)
    P = Int(1, 3)

    where = [
        S <= F,  # windows leave no gaps between them
        2 * P < F,
        different((W + 2 * P - F) % S, 0),  # the division leaves a rest
    ]

    stem = r"""
    A convolution slides a kernel $F = <<F>>$ wide along rows of $W = <<W>>$ pixels, with a zero
    padding of width $P = <<P>>$ at each end. The stride is $S = <<S>>$, the dilation&nbsp;1. The
    first window starts at the left end of the padded row, and only whole windows are used.

    << conv_figure(size=W, kernel=F, stride=S, padding=P) >>
    """

    quotient = RationalEntry(
        (W + 2 * P - F) / S + 1,
        tex="q",
        marks=2,
        prompt=r"""
        What does the formula for the output width give before it is rounded? Write this number
        $q$ as a fraction or a decimal.
        """,
        misconceptions=[
            Misconception(
                "forgot +1", (W + 2 * P - F) / S, "The $+1$ counts the window at offset 0."
            ),
            Misconception(
                "padded once",
                (W + P - F) / S + 1,
                "The zeros are added at *each* end: the row grows by $2P = <<2 * P>>$.",
            ),
            Misconception(
                "positions over stride",
                (W + 2 * P - F + 1) / S,
                "Of the $W + 2P - F + 1$ positions the first is always used; only the others are "
                "divided by the stride.",
            ),
        ],
    )

    out = IntegerEntry(
        floor(quotient),
        tex=r"W_\mathrm{out}",
        marks=1,
        prompt=r"How wide is the output, $W_\mathrm{out}$?",
        misconceptions=[
            Misconception(
                "rounded up",
                ceiling(quotient),
                "The last, incomplete window would stick out of the padded row: round down.",
            ),
            Misconception(
                "dropped a whole window",
                floor(quotient) - 1,
                "Rounding down drops only the fraction; the $+1$ in $q$ stays.",
            ),
            Misconception(
                "used every position",
                W + 2 * P - F + 1,
                "The kernel fits at this many positions, but only one in <<S>> of them is used.",
            ),
        ],
    )

    unread = IntegerEntry(
        W + 2 * P - F - S * (out - 1),
        tex="u",
        marks=2,
        prompt="How many columns $u$ at the right end of the *padded* row does no window read?",
        misconceptions=[
            Misconception(
                "windows side by side",
                W + 2 * P - S * out,
                "The last window reads <<F>> columns from its start on, not only <<S>>.",
            ),
            Misconception(
                "counted what is missing",
                S * out - (W + 2 * P - F),
                "This many columns are *missing* for one more window. Unread are those left over.",
            ),
            Misconception(
                "counted the last window",
                W + 2 * P - S * (out - 1),
                "This counts from the start of the last window, which does read its <<F>> columns.",
            ),
        ],
        carries=(0, 10**6),
    )

    wider = IntegerEntry(
        W + S - unread,
        tex="W'",
        marks=2,
        prompt=r"""
        What is the least width $W' \ge <<W>>$ for which, all else unchanged, every column of the
        padded row is read?
        """,
        misconceptions=[
            Misconception(
                "made it narrower",
                W - unread,
                "This width works too, but it is less than <<W>>.",
            ),
            Misconception(
                "added the unread",
                W + unread,
                "One more window needs $S$ columns, of which $u$ are there already: add $S - u$.",
            ),
            Misconception(
                "added a stride",
                W + S,
                "A whole stride more leaves the same rest: $u$ of its columns are there already.",
            ),
        ],
    )

    solution = r"""
    Before rounding, the formula for the output width gives
    << working.quotient >>
    Only whole windows count:
    << working.out >>
    The last of them starts at column $S(W_\mathrm{out} - 1)$ of the padded row, counted from 0,
    and reads $F = <<F>>$ columns. What lies to its right is never read:
    << working.unread >>
    One more window would need $S = <<S>>$ columns, of which $u = <<unread>>$ are there:
    << working.wider >>
    """

    def _last_column_read(self, width):
        """How many windows fit a row of this width, and the column behind the last of them."""
        starts = range(0, width + 2 * self.P - self.F + 1, self.S)
        return len(starts), starts[-1] + self.F

    def oracle(self):
        """Lay the windows down one by one, and try wider and wider rows."""
        out, end = self._last_column_read(self.W)
        unread = self.W + 2 * self.P - end
        wider = self.W
        while self._last_column_read(wider)[1] < wider + 2 * self.P:
            wider += 1
        return {
            "quotient": out + Fraction(unread, self.S),
            "out": out,
            "unread": unread,
            "wider": wider,
        }
