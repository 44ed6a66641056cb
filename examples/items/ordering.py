"""Options to be put in order: the key holds a number for each, the smallest comes first."""

import numpy as np

from examgen import Choice, Item, Misconception, Ordering


class OrderingItem(Item):
    """Layers by their numbers of weights."""

    H = Choice(4, 6, 8, 10)
    C = Choice(4, 8, 16, 32)
    K = Choice(3, 5, 7)
    M, N = Choice(10, 20, 50), Choice(16, 32, 64)

    stem = r"The input has <<C>> channels of $<<H>> \times <<H>>$ values. No layer has biases."

    order = Ordering(
        [H**2 * C * M, K**2 * C * N, K**2 * C + C * N],
        marks=2,
        scoring="pairs",  # or "all-or-nothing", "longest-common"
        prompt="Order the layers by their numbers of weights, the smallest first.",
        options=[
            "dense layer with <<M>> units",
            r"convolution of side <<K>> with <<N>> output channels",
            r"depthwise convolution of side <<K>>, then $1 \times 1$ with <<N>> output channels",
        ],
        misconceptions=[
            Misconception(
                "weights at every position",
                [H**2 * C * M, H**2 * K**2 * C * N, H**2 * (K**2 * C + C * N)],
                "All positions share one kernel: the size of the map does not enter.",
            ),
        ],
    )

    solution = """
    $H^2 C M = <<H**2 * C * M>>$, $K^2 C N = <<K**2 * C * N>>$ and
    $K^2 C + C N = <<K**2 * C + C * N>>$ weights.
    """

    def oracle(self):
        """Lay out the arrays of weights, and count their entries."""
        shapes = [
            [(self.M, self.C, self.H, self.H)],
            [(self.N, self.C, self.K, self.K)],
            [(self.C, 1, self.K, self.K), (self.N, self.C, 1, 1)],
        ]
        return {"order": [sum(np.zeros(shape).size for shape in layer) for layer in shapes]}
