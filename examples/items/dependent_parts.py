"""Numbers that build on one another: a wrong earlier answer is carried into the later keys."""

import numpy as np

from examgen import (
    Choice,
    Example,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    different,
    engine,
    floor,
)


class DependentParts(Item):
    """Output side and cost of a strided convolution."""

    H = Int(12, 40)
    K, S = Choice(3, 5), Choice(2, 3)
    C = Choice(4, 8, 16)

    # Conditions that an item must meet, as a list; a <= b <= c is two of them.
    where = [different(K, C)]

    stem = r"""
    A layer slides <<C>> kernels of side $K = <<K>>$ over a gray image of side $H = <<H>>$, with
    stride $S = <<S>>$ and without padding.
    """

    # An expression with a name is no part; texts and keys may use it.
    steps = floor((H - K) / S)

    side = IntegerEntry(
        steps + 1,
        marks=2,
        tex="O",
        prompt="What is the side $O$ of the output?",
        misconceptions=[
            Misconception("forgot +1", steps, "There is one place more than there are steps."),
            Misconception("ignored stride", H - K + 1, "The kernel moves <<S>> pixels at a time."),
        ],
    )

    # The key uses the part above. Who answers side wrongly is marked here by the own answer.
    macs = IntegerEntry(
        side**2 * K**2 * C,
        marks=3,
        tex="M",
        prompt="Use your answer: how many multiplications $M$ does the layer take?",
        misconceptions=[
            Misconception("one row", side * K**2 * C, "The output has $O$ rows of $O$ values."),
            Misconception("one kernel", side**2 * K**2, "There are <<C>> kernels."),
        ],
    )

    solution = r"<< working.side >> Each output takes $K^2$ multiplications: << working.macs >>"

    # Responses with the marks that they must get, tried by examgen check.
    examples = [
        Example(
            {"side": "12", "macs": "10,368"},
            at={"H": 26, "K": 3, "S": 2, "C": 8},
            marks={"side": 2, "macs": 3},
        ),
        Example(
            {"side": "11", "macs": "8712"},
            at={"H": 26, "K": 3, "S": 2, "C": 8},
            marks={"side": 0, "macs": 3},
        ),
    ]

    def oracle(self):
        """Convolve ones with ones: each output then counts its multiplications."""
        image, kernel = np.ones((self.H, self.H), int), np.ones((self.K, self.K), int)
        output = engine.conv2d(image, kernel, stride=self.S)
        return {"side": len(output), "macs": output.sum() * self.C}
