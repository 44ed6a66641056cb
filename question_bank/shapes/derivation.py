"""Ordering of the steps of a derivation, then its numbers: the output-size formula."""

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    Ordering,
    ceiling,
    different,
    floor,
)


class Derivation(Item):
    """The output-size formula derived step by step, with numbers put in along the way."""

    title = "Step by step"
    topic = "output size"
    objective = (
        "order the steps that derive the output-size formula, and put numbers in along the way"
    )
    serves = ["4a derive-out-size"]

    W = Int(20, 160)
    F = Choice(5, 7, 9, 11, 13)
    S = Choice(2, 3, 4, 5)
    P = Choice(2, 3, 4)

    room = W + 2 * P - F

    where = [
        2 * P < F,
        different(F, S),
        different(P, S),
        lambda item: (item.room + 1) % item.S > 0,  # the offsets are no multiple of S …
        lambda item: item.room % item.S > 0,  # … and the division is not exact
    ]

    stem = r"""
    A filter of side $F = <<F>>$ is slid along a row of $W = <<W>>$ pixels with stride $S = <<S>>$
    and $P = <<P>>$ zeros at each end. The number $O$ of outputs is to be derived.
    """

    order = Ordering(
        (0, 1, 2, 3, 4),
        marks=2,
        prompt="These sentences derive it. Order them so that each follows from those before.",
        options=[
            "The zeros at both ends make the row $W + 2P$ places long.",
            r"So the filter fits whole at offsets $0, 1, \dots, N - 1$ with $N = W + 2P - F + 1$.",
            "Of these $N$ offsets the layer uses $0, S, 2S$ and so on, up to $N - 1$ at most.",
            r"Beside offset&nbsp;0 these are $\lfloor (N - 1)/S \rfloor$ offsets.",
            r"Counting offset&nbsp;0 and putting in $N$, $O = \lfloor (W + 2P - F)/S \rfloor + 1$.",
        ],
        misconceptions=[
            Misconception(
                "stride before padding",
                (2, 3, 0, 1, 4),
                "Which offsets are used can only be said once it is known which ones there are.",
            ),
            Misconception(
                "counted before chosen",
                (0, 1, 3, 2, 4),
                "First it has to be said that every $S$-th offset is used, then they are counted.",
            ),
        ],
        source="Dumoulin & Visin, arXiv 1603.07285, section 2",
    )

    offsets = IntegerEntry(
        W + 2 * P - F + 1,
        tex="N",
        marks=1,
        carries=(1, 10**4),
        prompt="How large is $N$ here?",
        misconceptions=[
            Misconception("forgot offset 0", W + 2 * P - F, "Offset 0 counts too: add 1."),
            Misconception("padded once", W + P - F + 1, "There are zeros at *both* ends."),
            Misconception("without the filter", W + 2 * P, "The filter has to fit whole."),
        ],
    )

    used = IntegerEntry(
        floor((offsets - 1) / S) + 1,
        tex="O",
        marks=2,
        carries=(1, 10**4),
        prompt="And how many outputs $O$ are there?",
        misconceptions=[
            Misconception(
                "N/S rounded down",
                floor(offsets / S),
                "Offset 0 is used *before* the first step of $S$: of $N$ offsets, $N/S$ rounded "
                "*up* are used.",
            ),
            Misconception(
                "rounded up twice",
                ceiling((offsets - 1) / S) + 1,
                "A last step beyond offset $N - 1$ is not taken: round down before adding 1.",
            ),
        ],
    )

    left = IntegerEntry(
        offsets - 1 - (used - 1) * S,
        tex="u",
        marks=1,
        prompt="How many places $u$ at the end of the padded row does no window reach?",
        misconceptions=[
            Misconception(
                "up to the next step",
                used * S - offsets + 1,
                "This many more would be needed for one more window. Unread are those after the "
                "last one.",
            ),
        ],
    )

    solution = r"""
    Padding says how long the row is, its length says which offsets there are, the stride which of
    them are used, and then they are counted; this is the order of the sentences. In numbers:
    << working.offsets >>
    << working.used >>
    $N/S = <<offsets>>/<<S>>$ is not whole, and the formula is not "$N/S$": it is $N/S$ rounded up.
    The last window starts at offset $(O - 1) S = <<(used - 1) * S>>$, and there are offsets up to
    $<<offsets - 1>>$: << working.left >>
    """

    def oracle(self):
        """Lay the filter down at every offset, and then only at every S-th."""
        places = range(self.W + 2 * self.P)
        every = [start for start in places if start + self.F - 1 in places]
        used = every[:: self.S]
        return {
            "offsets": len(every),
            "used": len(used),
            "left": len(places[used[-1] + self.F :]),
        }
