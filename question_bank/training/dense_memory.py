"""Quantities in GB and in GiB: the memory of a dense layer, alone and in training."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Int, IntegerEntry, Item, Misconception, QuantityEntry, different, floor


class DenseMemory(Item):
    """Bytes of a dense layer on an image, in two units, and how many units a card has room for."""

    title = "Will it fit on the card?"
    topic = "training"
    objective = (
        "compute the memory of a dense layer in GB and GiB, alone and in training, and the "
        "largest layer that fits a card"
    )
    serves = ["1a fc-memory", "1a train-memory", "1a mlp-budget-inverse"]

    H = Int(200, 900, 50)
    C = Choice(1, 3, 4)
    M = Choice(2000, 3000, 4000, 5000, 6000, 8000)
    bits = Choice(16, 32, 64, tex="b")
    copies = Choice(2, 3, 4, tex="n")

    inputs = H**2 * C

    where = [different(C, copies)]

    stem = r"""
    An image of $<<H>> \times <<H>>$ pixels and <<C>> <% if C == 1 %>channel<% else %>channels
    <% endif %> is the input of a dense layer with $M = <<M>>$ units. Weights are numbers of
    <<bits>>&nbsp;bits. Biases are left out. 1&nbsp;GB is $10^9$&nbsp;bytes and 1&nbsp;GiB is
    $2^{30}$&nbsp;bytes.
    """

    weights = QuantityEntry(
        H**2 * C * M * bits / (8 * 10**9),
        unit="GB",
        digits=3,
        tex="m",
        marks=2,
        prompt="How much memory $m$ do the weights take, in GB?",
        misconceptions=[
            Misconception(
                "counted bits",
                H**2 * C * M * bits / Fraction(10**9),
                "These are gigabits: divide by 8 for bytes.",
            ),
            Misconception(
                "side not squared",
                H * C * M * bits / 8 / Fraction(10**9),
                "An image of side <<H>> has $<<H>>^2$ pixels, each with a weight in every unit.",
            ),
            Misconception(
                "a byte each",
                H**2 * C * M / Fraction(10**9),
                "This counts weights. Each of them has <<bits>>&nbsp;bits, that is, "
                "<<bits // 8>>&nbsp;bytes.",
            ),
            Misconception(
                "divided by 2³⁰",
                H**2 * C * M * bits / (8 * 2**30),
                "That is the number in GiB. A gigabyte (GB) is $10^9$&nbsp;bytes.",
            ),
        ],
    )

    binary = QuantityEntry(
        weights * 10**9 / 2**30,
        unit="GiB",
        digits=3,
        tex="m'",
        marks=1,
        prompt="Graphics cards are sold by the GiB. How much memory is $m$ in GiB?",
        misconceptions=[
            Misconception(
                "the wrong way",
                weights * 2**30 / Fraction(10**9),
                "A GiB is *larger* than a GB, so the number becomes smaller.",
            ),
            Misconception(
                "1024 for 1000 once",
                weights * 1000 / Fraction(1024),
                "There are three factors of 1024 in a GiB, as there are three of 1000 in a GB.",
            ),
        ],
    )

    training = QuantityEntry(
        weights * copies,
        unit="GB",
        digits=3,
        tex="t",
        marks=2,
        prompt=r"""
        The layer is trained with <% if copies == 2 %>plain gradient descent, which keeps nothing
        but the weights and their gradients<% elif copies == 3 %>momentum, which keeps one velocity
        for each weight, besides the weight and its gradient<% else %>Adam, which keeps two running
        averages for each weight, besides the weight and its gradient<% endif %>. How much
        memory $t$ is that, in GB?
        """,
        misconceptions=[
            Misconception(
                "forgot the gradients",
                weights * (copies - 1),
                "Gradients are an array of their own, as large as that of the weights.",
            ),
            Misconception(
                "one array too many",
                weights * (copies + 1),
                "Count the arrays: weights, gradients"
                "<% if copies == 3 %>, velocities<% elif copies == 4 %>, two averages<% endif %>.",
            ),
        ],
    )

    units = IntegerEntry(
        floor(8 * 2**30 / (inputs * bits / 8 * copies)),
        tex="M'",
        marks=2,
        prompt=r"""
        How many units $M'$ may the layer have at most, so that it can be trained in this way within
        $8\,\mathrm{GiB}$?
        """,
        misconceptions=[
            Misconception(
                "without training",
                floor(8 * 2**30 / (inputs * bits / 8)),
                "In training a unit takes <<copies>> arrays of $<<inputs>>$ numbers.",
            ),
            Misconception(
                "decimal gigabytes",
                floor(8 * 10**9 / (inputs * bits / 8 * copies)),
                r"8&nbsp;GiB are $8 \cdot 2^{30}$&nbsp;bytes, 7&nbsp;% more than 8&nbsp;GB.",
            ),
            Misconception(
                "rounded up",
                floor(8 * 2**30 / (inputs * bits / 8 * copies)) + 1,
                "One more unit would no longer fit: round down.",
            ),
        ],
    )

    solution = r"""
    Each of the $M = <<M>>$ units has a weight for each of the $H^2 C = <<inputs>>$ inputs, and a
    weight of $b = <<bits>>$&nbsp;bits has $<<bits>>/8 = <<bits // 8>>$&nbsp;bytes:
    << working.weights >>
    << working.binary >>
    In training $n = <<copies>>$ arrays of this size are kept: << working.training >>
    One unit takes $<<copies>> \cdot <<bits // 8>> \cdot <<inputs>>
    = <<copies * (bits // 8) * inputs>>$&nbsp;bytes in training. Divide
    $8 \cdot 2^{30}$&nbsp;bytes by it and round down: $M' = <<units>>$.
    """

    def oracle(self):
        """NumPy counts the bytes of one row of weights; rows are added as long as they fit."""
        kind = {16: np.float16, 32: np.float32, 64: np.float64}[self.bits]
        row = np.broadcast_to(np.zeros(1, kind), (self.C, self.H, self.H)).nbytes
        room, fitting = 8 * 1024**3, 0
        for step in (2**k for k in range(20, -1, -1)):
            while (fitting + step) * row * self.copies <= room:
                fitting += step
        total = sum([row] * self.M)
        return {
            "weights": Fraction(total, 10**9),
            "binary": Fraction(total, 1024**3),
            "training": Fraction(total * len(range(self.copies)), 10**9),
            "units": fitting,
        }
