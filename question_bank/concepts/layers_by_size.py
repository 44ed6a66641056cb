"""Ordering by computed numbers: layers by how many parameters they have."""

import numpy as np

from examgen import Choice, Item, Misconception, Ordering


class LayersBySize(Item):
    """Four layers on the same input, ordered by their numbers of parameters."""

    title = "Which layer has more parameters?"
    topic = "concepts"
    objective = (
        "rank a dense, an ordinary, a pointwise and a depthwise separable layer by their "
        "numbers of parameters"
    )
    serves = ["3a layers-by-size"]

    H = Choice(4, 6, 8, 10, 12, 14)
    C = Choice(8, 16, 32, 64)
    K = Choice(3, 5, 7)
    N = Choice(16, 32, 64, 128)
    M = Choice(10, 20, 50, 100)

    dense = H**2 * C * M + M
    conv = K**2 * C * N + N
    pointwise = C * 4 * N + 4 * N
    separable = K**2 * C + C + C * N + N

    stem = r"""
    The input of a layer has $<<C>>$ channels of $<<H>> \times <<H>>$ values. Four layers are
    considered for it; every output channel, unit and intermediate channel has a bias.
    """

    order = Ordering(
        [dense, conv, pointwise, separable],
        marks=2,
        prompt="Order the layers by their numbers of parameters, the smallest first.",
        options=[
            "dense layer with <<M>> units",
            r"convolution, $<<K>> \times <<K>>$, <<N>> output channels",
            r"convolution, $1 \times 1$, <<4 * N>> output channels",
            r"depthwise $<<K>> \times <<K>>$, then $1 \times 1$ with <<N>> output channels",
        ],
        misconceptions=[
            Misconception(
                "kernels without channels",
                [dense, K**2 * N + N, 4 * N + 4 * N, K**2 * C + C + C * N + N],
                "A kernel of a convolution spans all $C = <<C>>$ input channels.",
            ),
            Misconception(
                "weights at every position",
                [dense, H**2 * conv, H**2 * pointwise, H**2 * separable],
                "All positions of a channel share one kernel; the size of the map does not enter.",
            ),
        ],
    )

    solution = r"""
    Each count is weights plus biases:

    * dense layer: $H^2 C M + M = <<dense>>$;
    * convolution: $K^2 C N + N = <<conv>>$;
    * $1 \times 1$ convolution: $C \cdot 4N + 4N = <<pointwise>>$;
    * depthwise, then $1 \times 1$: $K^2 C + C + C N + N = <<separable>>$,

    with $H = <<H>>$, $C = <<C>>$, $K = <<K>>$, $N = <<N>>$ and $M = <<M>>$.
    """

    def oracle(self):
        """Lay out the arrays of weights and biases, and count their entries."""
        shapes = [
            [(self.M, self.C, self.H, self.H), self.M],
            [(self.N, self.C, self.K, self.K), self.N],
            [(4 * self.N, self.C, 1, 1), 4 * self.N],
            [(self.C, 1, self.K, self.K), self.C, (self.N, self.C, 1, 1), self.N],
        ]
        return {"order": [sum(np.zeros(shape).size for shape in layer) for layer in shapes]}
