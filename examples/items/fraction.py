"""A fraction, exact or correctly rounded, and a decimal of given precision."""

from fractions import Fraction

import numpy as np

from examgen import (
    DecimalEntry,
    Fractions,
    Int,
    Item,
    Misconception,
    RationalEntry,
    different,
    engine,
)


class FractionItem(Item):
    """Linear interpolation between two pixels, and the standard deviation of both."""

    a, b = Int(1, 9), Int(1, 9)
    x = Fractions(1, 9, over=10)

    where = [different(a, b), different(2 * x, 1)]

    stem = "Pixel 0 is <<a>> and pixel 1 is <<b>>; between them one interpolates linearly."

    value = RationalEntry(
        (1 - x) * a + x * b,
        marks=2,
        tex="v",
        prompt="What is the value $v$ at $<<x>>$?",
        misconceptions=[
            Misconception("weights exchanged", x * a + (1 - x) * b, "The nearer one weighs more."),
        ],
    )

    # Numbers are exact here too: 1/3 of symbols, Fraction(1, 3), never 0.33.
    mean = DecimalEntry(
        (a + b + value) / 3,
        places=2,  # or digits=3, absolute="0.01", relative="1/100"
        marks=1,
        tex="m",
        prompt="Give the mean $m$ of the three values to two decimal places.",
        misconceptions=[
            Misconception("mean of two", (a + b) / 2, "There are three values."),
        ],
    )

    solution = "<< working.value >> << working.mean >>"

    def oracle(self):
        """The engine samples; NumPy adds up."""
        row = np.array([[self.a, self.b]])
        value = engine.bilinear_sample(row, self.x, 0)
        return {"value": value, "mean": Fraction(int(sum(row[0]))) / 3 + Fraction(value) / 3}
