"""Shape, counts and a pair: a convolution whose channels are split into groups."""

import numpy as np

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    ShapeEntry,
    VectorEntry,
    different,
    engine,
    floor,
)


class GroupedCost(Item):
    """Weights, parameters and MACs of a grouped convolution, and the channels that one reads."""

    title = "A grouped convolution"
    topic = "channels"
    objective = (
        "count weights, parameters and multiply–accumulates of a grouped convolution, and tell "
        "which channels an output reads"
    )
    serves = ["4c grouped-conv-cost"]

    g = Choice(2, 4, 8)
    C_in, C_out = Choice(16, 32, 48, 64, 96), Choice(24, 32, 40, 64, 80, 128)
    K = Choice(3, 5)
    H = Choice(8, 10, 12, 14, 20)
    o = Int(1, 23)

    share, made = C_in / g, C_out / g
    group = floor(o * g / C_out)
    where = [
        different(C_in, C_out),
        group >= 1,
        different(share, K),
    ]

    stem = r"""
    A convolution layer has $C_\mathrm{in} = <<C_in>>$ input channels, $C_\mathrm{out} = <<C_out>>$
    output channels and kernels of $<<K>> \times <<K>>$ ($K = <<K>>$). Its channels are split into
    $g = <<g>>$ *groups* of neighbouring channels, and the filters of a group read the input
    channels of their own group only. Every output channel has one bias. The picture shows such a
    layer with four channels and two groups.

    << groups_figure((4, 4, 2)) >>
    """

    weight = ShapeEntry(
        (C_out, share, K, K),
        axes=("out", "in", "height", "width"),
        marks=2,
        prompt=r"""
        What is the shape of the weight tensor: filters, channels that a filter reads, kernel
        height, kernel width?
        """,
        misconceptions=[
            Misconception(
                "not grouped",
                (C_out, C_in, K, K),
                "A filter reads only the $<<C_in>> / <<g>> = <<share>>$ channels of its group.",
            ),
            Misconception(
                "filters divided too",
                (made, share, K, K),
                "These are the filters of *one* group; the tensor holds those of all groups.",
            ),
            Misconception(
                "swapped the channels",
                (C_in, made, K, K),
                "The filters come first: one for each *output* channel.",
            ),
        ],
    )

    params = IntegerEntry(
        weight[0] * weight[1] * weight[2] * weight[3] + C_out,
        tex="N",
        marks=2,
        prompt="How many parameters $N$ does the layer have, biases included?",
        misconceptions=[
            Misconception(
                "forgot the biases",
                weight[0] * weight[1] * weight[2] * weight[3],
                "Each of the <<C_out>> output channels has a bias.",
            ),
            Misconception(
                "biases divided too",
                weight[0] * weight[1] * weight[2] * weight[3] + made,
                "Grouping does not change the number of output channels, nor of their biases.",
            ),
            Misconception(
                "not grouped",
                C_out * C_in * K**2 + C_out,
                "A filter reads only the channels of its own group.",
            ),
            Misconception(
                "divided twice",
                C_out * C_in * K**2 / g**2 + C_out,
                "There are $g$ groups, each with a $g^2$-th of the weights: $1/g$ in all.",
            ),
        ],
    )

    macs = IntegerEntry(
        (params - C_out) * H**2,
        tex="M",
        marks=2,
        prompt=r"""
        The output maps have $H \times H$ positions, $H = <<H>>$. How many multiply–accumulates
        (MACs) $M$ does one image take? Count products with padded zeros; do not count biases.
        """,
        misconceptions=[
            Misconception(
                "counted the biases", params * H**2, "A bias is added and not multiplied."
            ),
            Misconception(
                "one row", (params - C_out) * H, "Every weight is used at all $H^2$ positions."
            ),
            Misconception(
                "divided again",
                (params - C_out) * H**2 / g,
                "The weights are counted by group already; each of them is used at all positions.",
            ),
        ],
    )

    span = VectorEntry(
        [group * share, group * share + share - 1],
        tex="c",
        marks=2,
        prompt=r"""
        Channels are numbered from 0. Which input channels does output channel <<o>> read? Give the
        pair $c$ of the first and the last of them.
        """,
        misconceptions=[
            Misconception(
                "counted to the next group",
                [group * share, group * share + share],
                "The last one is the first plus the number of channels *minus one*.",
            ),
            Misconception(
                "one group late",
                [group * share + share, group * share + 2 * share - 1],
                r"Groups are numbered from 0 too: the group is "
                r"$\lfloor <<o>> / <<made>> \rfloor = <<group>>$.",
            ),
            Misconception(
                "all channels",
                [0, C_in - 1],
                "Only a layer without groups reads all of them.",
            ),
            Misconception(
                "output channels of the group",
                [group * made, group * made + made - 1],
                "These are the *output* channels of the group.",
            ),
        ],
    )

    solution = r"""
    Each of the <<C_out>> filters reads $C_\mathrm{in} / g = <<C_in>> / <<g>> = <<share>>$ channels,
    so the weight tensor is
    $<<weight[0]>> \times <<weight[1]>> \times <<weight[2]>> \times <<weight[3]>>$. With one bias
    for each output channel,
    $$N = <<weight[0]>> \cdot <<weight[1]>> \cdot <<weight[2]>> \cdot <<weight[3]>> + <<C_out>>
    = <<params>>$$
    Each weight is used once at each of the $H^2$ positions:
    << working.macs >>
    Both the weights and the MACs are those of the layer without groups divided by $g$. A group has
    $C_\mathrm{out} / g = <<made>>$ output channels, so output channel <<o>> lies in group
    $\lfloor <<o>> / <<made>> \rfloor = <<group>>$, which reads the <<share>> channels from
    $<<group>> \cdot <<share>> = <<span[0]>>$ to <<span[1]>>.
    """

    def oracle(self):
        """Light one input channel at a time, and see which output channels answer."""
        per_group = self.C_in // self.g
        filters = np.ones((self.C_out, per_group, self.K, self.K))
        window = np.ones((self.C_in, self.K, self.K))
        once = engine.conv2d(window, filters, groups=self.g).sum()
        answers = [
            channel
            for channel in range(self.C_in)
            if engine.conv2d(
                np.eye(self.C_in)[channel][:, None, None],
                filters[:, :, :1, :1],
                groups=self.g,
            )[self.o, 0, 0]
        ]
        return {
            "weight": filters.shape,
            "params": filters.size + len(np.zeros(self.C_out)),
            "macs": np.full((self.H, self.H), once).sum(),
            "span": [min(answers), max(answers)],
        }
