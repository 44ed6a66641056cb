"""True or false, with a correction: the output size that somebody claims."""

from examgen import Choice, Int, Item, Misconception, TrueFalse, ceiling, floor


class ClaimedSize(Item):
    """The output side of a strided convolution, as claimed by one who may have slipped."""

    title = "Is this size right?"
    topic = "output size"
    objective = "judge a claimed output size, and correct it"
    serves = ["4a out-size"]

    W = Int(20, 240)
    F = Choice(7, 9, 11)
    P = Choice(3, 4, 5)
    S = Choice(2, 3)
    twice, plus = Choice(1, 2), Choice(0, 1)  # of the claim: 2 and 1 are right

    out = floor((W - F + 2 * P) / S) + 1
    claimed = floor((W - F + twice * P) / S) + plus

    where = [
        P < F,
        twice + plus >= 2,
        lambda item: (item.claimed == item.out) == (item.twice + item.plus == 3),
    ]

    stem = r"""
    A convolution has square kernels of side $F = <<F>>$, stride $S = <<S>>$ and zero padding of
    $P = <<P>>$ on each side. Its input is a square image of side $W = <<W>>$. Windows that do not
    fit as a whole are left out.
    """

    size = TrueFalse(
        out,
        claim=claimed,
        tex="O",
        marks=2,
        prompt=r"""
        A colleague says: "The output has side $O = <<claimed>>$." Is that true? If it is false,
        give the right side.
        """,
        misconceptions=[
            Misconception(
                "padding on one side",
                out - floor((W - F + 2 * P) / S) + floor((W - F + P) / S),
                "The padding lies on *both* sides of the image: it adds $2P$ to its side.",
            ),
            Misconception(
                "forgot +1",
                out - 1,
                r"$\lfloor (W - F + 2P)/S \rfloor$ counts the steps between windows; there is one "
                "window more than steps.",
            ),
            Misconception(
                "rounded up",
                ceiling((W - F + 2 * P) / S) + 1,
                "A last window that reaches beyond the padded image is left out: round down.",
            ),
        ],
    )

    solution = r"""
    The padded image has side $W + 2P = <<W + 2 * P>>$. From the first window to the last there is
    room for $\lfloor (W - F + 2P) / S \rfloor$ steps, and there is one window more than steps:
    << working.size >>
    The claim, <<claimed>>, is <% if claimed == size %>true<% else %>false<% endif %>.
    """

    def oracle(self):
        """Lay windows on the padded image, one step after the other, as long as they fit."""
        starts = range(0, self.W + 2 * self.P, self.S)
        return {"size": sum(start + self.F <= self.W + 2 * self.P for start in starts)}
