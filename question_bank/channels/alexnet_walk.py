"""Vectors of whole numbers: a network in the style of AlexNet, layer by layer."""

from examgen import (
    Choice,
    Int,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
)


class AlexnetWalk(Item):
    """Sides, parameters and work of the layers of a strided, pooled and grouped network."""

    title = "A walk through a larger network"
    topic = "channels"
    objective = (
        "follow sides, parameters and multiply–accumulates through a network with strides, "
        "overlapping pooling and groups"
    )
    serves = ["4c network-walkthrough", "4a shape-chain"]

    last = Int(3, 7)
    F, S = Choice(5, 7, 9, 11), Choice(2, 3, 4)
    C1, C2 = Choice(8, 16, 24, 32, tex="C_1"), Choice(32, 48, 64, tex="C_2")
    C3 = Choice(20, 40, 50, tex="C_3")
    g = Choice(2, 4)
    U = Choice(10, 20, 100)

    out1 = 2 * (2 * last + 1) + 1
    W = (out1 - 1) * S + F
    where = [S < F, different(C1, U), different(C2, C3)]

    stem = r"""
    A network reads colour images of 3 channels and $W \times W$ pixels, $W = <<W>>$. The table
    gives for each layer its channels or units (*out*), its kernel or window, the stride $S$, the
    padding $P$ and the number of groups $g$:

    | layer       | out    | kernel               | $S$   | $P$ | $g$   |
    |:------------|:------:|:--------------------:|:-----:|:---:|:-----:|
    | conv&nbsp;1 | <<C1>> | $<<F>> \times <<F>>$ | <<S>> | 0   | 1     |
    | pool&nbsp;1 |        | $3 \times 3$         | 2     | 0   |       |
    | conv&nbsp;2 | <<C2>> | $5 \times 5$         | 1     | 2   | <<g>> |
    | pool&nbsp;2 |        | $3 \times 3$         | 2     | 0   |       |
    | conv&nbsp;3 | <<C3>> | $3 \times 3$         | 1     | 1   | 1     |
    | dense       | <<U>>  |                      |       |     |       |

    The poolings take maxima. In conv&nbsp;2 the channels are split into <<g>> groups, and a filter
    reads the input channels of its own group only. The dense layer reads all values of conv&nbsp;3.
    Filters and units have one bias each.
    """

    s = VectorEntry(
        [out1, 2 * last + 1, 2 * last + 1, last, last],
        tex="s",
        marks=3,
        carries=(1, 500),
        prompt="Give the sides $s$ of the maps behind conv&nbsp;1, pool&nbsp;1, conv&nbsp;2, "
        "pool&nbsp;2 and conv&nbsp;3.",
        misconceptions=[
            Misconception(
                "pooling halves and rounds up",
                [out1, 2 * last + 2, 2 * last + 2, last + 1, last + 1],
                "Windows of 3 overlap: $(n - 3)/2 + 1$ of them fit, which is less than half.",
            ),
            Misconception(
                "padding ignored",
                [out1, 2 * last + 1, 2 * last - 3, last - 2, last - 4],
                "The padding of conv 2 and conv 3 makes up for what their kernels take off.",
            ),
            Misconception(
                "forgot +1",
                [out1 - 1, 2 * last - 1, 2 * last - 1, last - 2, last - 2],
                "A window already fits at offset 0: add 1 each time.",
            ),
        ],
    )

    p = VectorEntry(
        [
            (3 * F**2 + 1) * C1,
            (25 * C1 / g + 1) * C2,
            (9 * C2 + 1) * C3,
            (C3 * s[4] ** 2 + 1) * U,
        ],
        tex="p",
        marks=4,
        carries=(1, 10**9),
        prompt="How many parameters have conv&nbsp;1, conv&nbsp;2, conv&nbsp;3 and the dense "
        "layer, biases included? Give the vector $p$.",
        misconceptions=[
            Misconception(
                "groups ignored",
                [
                    (3 * F**2 + 1) * C1,
                    (25 * C1 + 1) * C2,
                    (9 * C2 + 1) * C3,
                    (C3 * s[4] ** 2 + 1) * U,
                ],
                "A filter of conv 2 reads the <<C1 // g>> channels of its group, not all <<C1>>.",
            ),
            Misconception(
                "dense layer reads channels only",
                [
                    (3 * F**2 + 1) * C1,
                    (25 * C1 / g + 1) * C2,
                    (9 * C2 + 1) * C3,
                    (C3 + 1) * U,
                ],
                "Nothing pools the last map: each unit has a weight for each of its values.",
            ),
            Misconception(
                "forgot the biases",
                [3 * F**2 * C1, 25 * C1 / g * C2, 9 * C2 * C3, C3 * s[4] ** 2 * U],
                "Each filter and each unit has a bias.",
            ),
        ],
    )

    m = VectorEntry(
        [
            (p[0] - C1) * s[0] ** 2,
            (p[1] - C2) * s[2] ** 2,
            (p[2] - C3) * s[4] ** 2,
            p[3] - U,
        ],
        tex="m",
        marks=3,
        carries=(1, 10**10),
        prompt="""
        How many multiply–accumulates (MACs) do the same four layers take for one image? Count
        products with padded zeros; do not count biases. Give the vector $m$.
        """,
        misconceptions=[
            Misconception(
                "input positions",
                [
                    (p[0] - C1) * W**2,
                    (p[1] - C2) * s[1] ** 2,
                    (p[2] - C3) * s[3] ** 2,
                    p[3] - U,
                ],
                "A weight is used once for each place of the *output*: conv 1 has a stride.",
            ),
            Misconception(
                "one row",
                [(p[0] - C1) * s[0], (p[1] - C2) * s[2], (p[2] - C3) * s[4], p[3] - U],
                "A map has as many rows as columns: square the side.",
            ),
            Misconception(
                "biases counted",
                [p[0] * s[0] ** 2, p[1] * s[2] ** 2, p[2] * s[4] ** 2, p[3]],
                "A bias is added, not multiplied.",
            ),
        ],
    )

    total = VectorEntry(
        [p[0] + p[1] + p[2] + p[3], m[0] + m[1] + m[2] + m[3]],
        tex="t",
        marks=1,
        prompt="How many parameters and how many MACs is this in all? Give the pair $t$.",
        misconceptions=[
            Misconception(
                "convolutions only",
                [p[0] + p[1] + p[2], m[0] + m[1] + m[2]],
                "The dense layer belongs to the network too.",
            ),
            Misconception(
                "dense layer only", [p[3], m[3]], "The convolutions have weights as well."
            ),
        ],
    )

    solution = r"""
    The first convolution gives $(<<W>> - <<F>>)/<<S>> + 1 = <<out1>>$ places along a side. A
    pooling with windows of 3 and stride&nbsp;2 gives $(n - 3)/2 + 1$, and the other convolutions
    are padded to keep the side:
    $$s = <<s>>$$
    A filter has a weight for each place of its kernel in each channel that it reads, which in
    conv&nbsp;2 are $<<C1>>/<<g>> = <<C1 // g>>$, and one bias. A dense unit has a weight for each
    of the $<<C3>> \cdot <<s[4]>>^2$ values before it:
    $$p = <<p>>$$
    Each weight of a convolution is used once for each place of its output, each weight of the dense
    layer once:
    $$m = <<m>>$$
    $$t = <<total>>$$
    The dense layer has a larger share of the parameters than of the work: each of its weights is
    used once, those of the convolutions again and again.
    """

    def oracle(self):
        """The engine's bookkeeping of the network."""
        network = engine.Network(
            "net",
            (3, self.W, self.W),
            [
                engine.Layer("conv", self.C1, self.F, stride=self.S, name="a"),
                engine.Layer("max_pool", kernel=3, stride=2, name="b"),
                engine.Layer("conv", self.C2, 5, padding=2, groups=self.g, name="c"),
                engine.Layer("max_pool", kernel=3, stride=2, name="d"),
                engine.Layer("conv", self.C3, 3, padding=1, name="e"),
                engine.Layer("linear", self.U, name="f"),
            ],
        )
        costs = network.costs()
        weighted = [costs[name] for name in "acef"]
        return {
            "s": [costs[name].shape[1] for name in "abcde"],
            "p": [layer.parameters for layer in weighted],
            "m": [layer.macs for layer in weighted],
            "total": [costs.parameters, costs.macs],
        }
