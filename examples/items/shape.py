"""The shape of an array, with its axes."""

import numpy as np

from examgen import Choice, Int, Item, Misconception, ShapeEntry, different, engine


class ShapeOfOutput(Item):
    """Shape of the output of a convolution."""

    C, N = Choice(3, 8, 16), Choice(4, 12, 32)
    H, W = Int(10, 30), Int(10, 30)
    K = Choice(3, 5)

    where = [different(H, W)]

    stem = r"""
    A convolution (stride 1, no padding) with <<N>> kernels of side <<K>> is applied to
    $<<C>> \times <<H>> \times <<W>>$ values (channels, height, width).
    """

    # One length for each axis, in their order.
    shape = ShapeEntry(
        [N, H - K + 1, W - K + 1],
        axes=("C", "H", "W"),
        marks=2,
        prompt="Give the shape of the output.",
        misconceptions=[
            Misconception(
                "channels kept", [C, H - K + 1, W - K + 1], "Each kernel gives one channel."
            ),
            Misconception("size kept", [N, H, W], "Without padding the map shrinks."),
        ],
    )

    solution = "One channel for each kernel, and $H - K + 1$ places: $<<shape>>$."

    def oracle(self):
        """Run the layer."""
        weight = np.ones((self.N, self.C, self.K, self.K), dtype=int)
        output = engine.conv2d(np.ones((1, self.C, self.H, self.W), dtype=int), weight)
        return {"shape": output.shape[1:]}
