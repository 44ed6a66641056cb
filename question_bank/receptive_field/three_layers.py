"""Multiple choice: distractors are generated from misconceptions, never typed in."""

import numpy as np

from examgen import Choice, Item, Misconception, MultipleChoice, engine


class ReceptiveField(Item):
    """Receptive field of a stack of three convolutions without padding."""

    topic = "receptive field"

    K1, K2, K3 = Choice(3, 5, 7, 9), Choice(3, 5, 7), Choice(3, 5, 7)
    S1, S2 = Choice(2, 3, 4), Choice(1, 2, 3)

    where = [S1 <= K1]  # else the windows of the first layer leave gaps

    stem = r"""
    An image passes through three convolutions without padding or dilation. Their kernels have
    sides <<K1>>, <<K2>>, <<K3>> and their strides are <<S1>>, <<S2>>, 1, in this order.
    """

    field = 1 + (K1 - 1) + (K2 - 1) * S1 + (K3 - 1) * S1 * S2
    side = MultipleChoice(
        field,
        tex="R",
        marks=2,
        prompt="One value of the last output depends on a square of the image. What is its side?",
        option="<<value>> pixels",
        misconceptions=[
            Misconception(
                "ignored strides",
                field.subs({S1: 1, S2: 1}),
                "One step of a later layer is several pixels of the image.",
            ),
            Misconception(
                "own stride",
                1 + (K1 - 1) * S1 + (K2 - 1) * S2 + (K3 - 1),
                "A layer's stride widens the fields of later layers, not its own.",
            ),
            Misconception(
                "strides added",
                1 + (K1 - 1) + (K2 - 1) * S1 + (K3 - 1) * (S1 + S2),
                "Strides in sequence multiply.",
            ),
            Misconception(
                "multiplied kernels",
                K1 * K2 * K3,
                "Fields grow by addition: neighbouring windows overlap.",
            ),
        ],
    )

    solution = r"""
    Each layer adds $K - 1$ of its own steps, and one step is as many pixels as the product of
    all strides before it:
    << working.side >>
    """

    def oracle(self):
        """Light one pixel of a row at a time and count those the first output can see."""
        rows = np.eye(200)[:, None, None, :]
        for kernel, stride in [(self.K1, self.S1), (self.K2, self.S2), (self.K3, 1)]:
            rows = engine.conv2d(rows, np.ones((1, 1, 1, kernel)), stride=stride)
        return {"side": np.count_nonzero(rows[:, 0, 0, 0])}
