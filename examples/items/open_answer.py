"""An open answer: any that is right is accepted, and the item itself judges it."""

import numpy as np

from examgen import Example, Int, IntegerEntry, IntVector, Item, Misconception, VectorEntry, engine


class OpenAnswer(Item):
    """Offsets that put the taps of a deformable kernel onto an object."""

    p = Int(4, 9)  # the tap in the middle, without offsets
    X = IntVector(3, low=1, high=9)  # the object: pixels p + 2, p + 3, p + 4
    stem = r"""
    On a row of pixels an object covers pixels $<<p + 2>>$, $<<p + 3>>$ and $<<p + 4>>$, with the
    values $<<X>>$; all other pixels are 0. The three taps of a deformable kernel lie on pixels
    $<<p - 1>>$, $<<p>>$ and $<<p + 1>>$. All weights are 1.
    """

    # A method of the item that sees the numbers, and the student's answer as a number or an array.
    def on_the_object(self, offsets):
        return sorted(self.p + tap + int(offsets[tap + 1]) for tap in (-1, 0, 1)) == [
            self.p + 2, self.p + 3, self.p + 4,
        ]  # fmt: skip

    # The key is one right answer; accepts= judges all others, within bounds of time and memory.
    offsets = VectorEntry(
        [3, 3, 3],
        accepts=on_the_object,
        marks=2,
        prompt=r"Give whole offsets with which the taps, in any order, cover the object once each.",
        misconceptions=[
            Misconception(
                "one too few", [2, 2, 2], "The first tap starts one pixel before $<<p>>$."
            ),
        ],
    )

    total = IntegerEntry(
        X[0] + X[1] + X[2],
        marks=1,
        prompt="What does the kernel then give?",
    )

    solution = "Each tap moves by 3, for instance: $<<offsets>>$. The sum is $<<total>>$."

    examples = [
        Example({"offsets": "5, 3, 1"}, rank=0, marks={"offsets": 2}),
        Example({"offsets": "3, 3, 2"}, rank=0, marks={"offsets": 0}),
        Example({"offsets": "2, 2, 2"}, rank=0, verdicts={"offsets": "misconception"}),
    ]

    def oracle(self):
        """The taps turned round, and the convolution of the row there."""
        row = np.zeros(self.p + 6, dtype=int)
        row[self.p + 2 : self.p + 5] = self.X
        ends = [self.p + 4 - at for at in range(3)]
        found = [
            end - start for end, start in zip(ends, range(self.p - 1, self.p + 2), strict=True)
        ]
        return {"offsets": found, "total": engine.conv1d(row, [1, 1, 1])[self.p + 2]}
