"""An interval: which pixels a unit sees."""

from examgen import Choice, Example, Int, IntervalEntry, Item, Misconception


class IntervalItem(Item):
    """The pixels below one unit of a strided, padded layer."""

    K = Choice(3, 5, 7)
    S, P = Choice(2, 3, 4), Int(1, 3)
    i = Int(3, 9)

    where = [2 * P < K]

    stem = r"""
    A kernel of $K = <<K>>$ slides with stride $S = <<S>>$ over a long row of pixels with
    $P = <<P>>$ zeros at each end. Pixels and units are numbered from 0 on.
    """

    # The key is the two ends; pixels.low and pixels.high are these ends in the key of a later part.
    pixels = IntervalEntry(
        (i * S - P, i * S - P + K - 1),
        marks=2,
        tex="A",
        prompt="Which pixels $A$ does unit <<i>> see?",
        misconceptions=[
            Misconception(
                "forgot the padding", (i * S, i * S + K - 1), "Unit 0 starts at $-<<P>>$."
            ),
            Misconception(
                "one too far",
                (i * S - P, i * S - P + K),
                "$K$ pixels: the last is $K - 1$ further.",
            ),
        ],
    )

    solution = "<< working.pixels[0] >> << working.pixels[1] >>"

    examples = [
        Example({"pixels": "5..7"}, at={"K": 3, "S": 2, "P": 1, "i": 3}, marks={"pixels": 2}),
        Example({"pixels": "[5, 8]"}, at={"K": 3, "S": 2, "P": 1, "i": 3}, marks={"pixels": 1}),
    ]

    def oracle(self):
        """Lay the windows down one by one."""
        places = list(range(-self.P, 100))
        window = places[:: self.S][self.i]
        seen = [place for place in places if window <= place < window + self.K]
        return {"pixels": (seen[0], seen[-1])}
