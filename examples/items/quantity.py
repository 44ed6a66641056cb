"""A quantity with its unit: other units of the same dimension are converted."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Example, Item, Misconception, QuantityEntry


class Quantity(Item):
    """Memory of a feature map."""

    N = Choice(8, 16, 24, 40)
    C = Choice(16, 24, 48, 96)
    H = Choice(28, 36, 56, 60)

    stem = r"A batch of <<N>> maps has <<C>> channels of $<<H>> \times <<H>>$ numbers of 32 bits."

    # The key counts the unit, MiB. Divide by a Fraction: numbers are exact.
    memory = QuantityEntry(
        4 * N * C * H**2 / Fraction(2**20),
        unit="MiB",
        digits=3,
        marks=2,
        tex="m",
        prompt=r"How much memory $m$ do they take, in mebibytes (1 MiB = $2^{20}$ bytes)?",
        misconceptions=[
            Misconception(
                "counted bits", 32 * N * C * H**2 / Fraction(2**20), "A byte has 8 bits."
            ),
            Misconception("a million", 4 * N * C * H**2 / Fraction(10**6), "These are MB."),
            Misconception("one map", 4 * C * H**2 / Fraction(2**20), "There are <<N>> of them."),
        ],
    )

    solution = "Each number takes 4 bytes: << working.memory >>"

    examples = [
        Example({"memory": "0.383 MiB"}, at={"N": 8, "C": 16, "H": 28}, marks={"memory": 2}),
        Example({"memory": "392 KiB"}, at={"N": 8, "C": 16, "H": 28}, marks={"memory": 2}),
    ]

    def oracle(self):
        """NumPy counts the bytes of such an array."""
        number = np.zeros(1, dtype=np.float32)
        maps = np.broadcast_to(number, (self.N, self.C, self.H, self.H))
        return {"memory": Fraction(maps.nbytes, 1024) / 1024}
