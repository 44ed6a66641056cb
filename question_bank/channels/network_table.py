"""Vectors and whole numbers: a small network layer by layer, with batch normalisation."""

import numpy as np

from examgen import Choice, IntegerEntry, Item, Misconception, VectorEntry, different, engine


class NetworkTable(Item):
    """Parameters and MACs of each layer of a network that ends in a global pooling."""

    title = "A network in a table"
    topic = "channels"
    objective = (
        "count parameters and multiply–accumulates of a network layer by layer, batch "
        "normalisation included"
    )
    serves = ["4c network-walkthrough", "4c bn-params"]

    C0 = Choice(1, 3, tex="C_0")
    C1, C2 = Choice(8, 16, 24, 32, tex="C_1"), Choice(32, 48, 64, 96, tex="C_2")
    K1, K2 = Choice(3, 5, tex="K_1"), Choice(3, 5, tex="K_2")
    H = Choice(16, 20, 24, 32)
    U = Choice(10, 20, 50, 100)

    where = [
        different(C1, C2),
        different(C2, U),
    ]

    stem = r"""
    A network reads images of $C_0 = <<C0>>$ <% if C0 == 1 %>channel<% else %>channels<% endif %> and
    $H \times H$ pixels, $H = <<H>>$:

    | layer   | what it does                                                                        |
    |:--------|:------------------------------------------------------------------------------------|
    | conv 1  | $C_1 = <<C1>>$ filters of $K_1 \times K_1$, $K_1 = <<K1>>$, stride 1, padded to keep the size, no biases |
    | norm 1  | batch normalisation of the <<C1>> channels, then ReLU                               |
    | pool    | max pooling, $2 \times 2$, stride 2                                                 |
    | conv 2  | $C_2 = <<C2>>$ filters of $K_2 \times K_2$, $K_2 = <<K2>>$, stride 1, padded to keep the size, no biases |
    | norm 2  | batch normalisation of the <<C2>> channels, then ReLU                               |
    | average | global average pooling                                                              |
    | dense   | $U = <<U>>$ units with one bias each                                                |

    A batch normalisation *learns* a scale and a shift for each channel. It also keeps a moving mean
    and a moving variance for each channel, which are not learnt.
    """  # noqa: E501

    p = VectorEntry(
        [K1**2 * C0 * C1, 2 * C1, K2**2 * C1 * C2, 2 * C2, (C2 + 1) * U],
        tex="p",
        marks=4,
        prompt="""
        How many parameters are learnt in conv 1, norm 1, conv 2, norm 2 and dense? Give the vector
        $p$ of these five numbers.
        """,
        misconceptions=[
            Misconception(
                "moving statistics counted",
                [K1**2 * C0 * C1, 4 * C1, K2**2 * C1 * C2, 4 * C2, (C2 + 1) * U],
                "The moving mean and variance are measured, not learnt: two parameters for each "
                "channel.",
            ),
            Misconception(
                "dense before pooling",
                [
                    K1**2 * C0 * C1,
                    2 * C1,
                    K2**2 * C1 * C2,
                    2 * C2,
                    (C2 * (H / 2) ** 2 + 1) * U,
                ],
                "The global pooling leaves *one* value for each channel.",
            ),
            Misconception(
                "biases in the convolutions",
                [K1**2 * C0 * C1 + C1, 2 * C1, K2**2 * C1 * C2 + C2, 2 * C2, (C2 + 1) * U],
                "These convolutions have no biases: the shift of the normalisation does their "
                "work.",
            ),
            Misconception(
                "input channels of conv 2 forgotten",
                [K1**2 * C0 * C1, 2 * C1, K2**2 * C2, 2 * C2, (C2 + 1) * U],
                "A filter of conv 2 reads all <<C1>> channels.",
            ),
            Misconception(
                "dense without biases",
                [K1**2 * C0 * C1, 2 * C1, K2**2 * C1 * C2, 2 * C2, C2 * U],
                "Each of the <<U>> units has a bias.",
            ),
        ],
    )

    total = IntegerEntry(
        p[0] + p[1] + p[2] + p[3] + p[4],
        tex="N",
        marks=1,
        prompt="How many parameters $N$ does the network learn in all?",
        misconceptions=[
            Misconception(
                "convolutions and dense only",
                p[0] + p[2] + p[4],
                "Scales and shifts of the normalisations are learnt too.",
            ),
            Misconception(
                "without dense",
                p[0] + p[1] + p[2] + p[3],
                "The dense layer belongs to the network as well.",
            ),
        ],
    )

    m = VectorEntry(
        [p[0] * H**2, p[2] * (H / 2) ** 2, C2 * U],
        tex="m",
        marks=3,
        prompt="""
        How many multiply–accumulates (MACs) do conv 1, conv 2 and dense take for one image? Count
        products with padded zeros; do not count biases. Give the vector $m$.
        """,
        misconceptions=[
            Misconception(
                "pooling overlooked",
                [p[0] * H**2, p[2] * H**2, C2 * U],
                "Behind the pooling the maps have only $H/2 \\times H/2$ positions.",
            ),
            Misconception(
                "one row",
                [p[0] * H, p[2] * (H / 2), C2 * U],
                "A map has two sides: $H^2$ positions, then $(H/2)^2$.",
            ),
            Misconception(
                "parameters for MACs",
                [p[0], p[2], C2 * U],
                "A weight of a convolution is used at every position of the map.",
            ),
            Misconception(
                "one side halved",
                [p[0] * H**2, p[2] * H**2 / 2, C2 * U],
                "The pooling halves *both* sides: a quarter of the positions is left.",
            ),
        ],
    )

    solution = r"""
    A filter has $K^2$ weights for each channel that it reads; a normalisation learns two numbers
    for each channel; and the dense layer reads one value for each of the $C_2$ channels:
    << working.p[0] >>
    << working.p[2] >>
    << working.p[4] >>
    $$p = <<p>>$$
    The poolings learn nothing. In all,
    << working.total >>
    Every weight of a convolution is used at each position, $H^2$ of them in conv 1 and $(H/2)^2$
    in conv 2; a weight of the dense layer is used once:
    << working.m[0] >>
    << working.m[1] >>
    << working.m[2] >>
    The convolutions do nearly all of the work, since each of their weights is used many times.
    """

    def oracle(self):
        """Weight arrays counted by NumPy, and ones sent through the layers."""
        first = np.ones((self.C1, self.C0, self.K1, self.K1))
        second = np.ones((self.C2, self.C1, self.K2, self.K2))
        maps = engine.conv2d(np.ones((1, self.H, self.H)), np.ones((1, 1, 1, 1)))
        small = engine.max_pool2d(maps, 2)
        dense = np.ones((self.U, len(second)))
        norms = [np.ones((2, len(weight))) for weight in (first, second)]
        learnt = [first.size, norms[0].size, second.size, norms[1].size, dense.size + len(dense)]
        return {
            "p": learnt,
            "total": sum(learnt),
            "m": [(first.size * maps).sum(), (second.size * small).sum(), dense.sum()],
        }
