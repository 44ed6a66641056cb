"""Shapes in sequence: an image on its way through two convolutions and two poolings."""

import numpy as np

from examgen import Choice, IntegerEntry, Item, Misconception, ShapeEntry, different, engine, floor

CHW = ("channels", "height", "width")


class LenetWalk(Item):
    """Four shapes, each from the one before, and what the first dense layer has to read."""

    title = "A walk through a small network"
    topic = "output size"
    objective = (
        "follow the shape of an image through convolutions and poolings to the first dense layer"
    )
    serves = ["4a shape-chain"]

    C = Choice(1, 3)
    n = Choice(28, 30, 32, 36, 40, 44, 48)
    C1, K1, P1 = Choice(4, 6, 8, 12), Choice(5, 7), Choice(1, 2)
    Q1 = Choice(2, 3)
    C2, K2, P2 = Choice(10, 16, 20, 24), Choice(3, 5), Choice(0, 1)
    Q2 = Choice(2, 3)
    U = Choice(10, 20, 50, 100)

    where = [
        different(K1, 2 * P1 + 1),  # no convolution keeps the size
        different(K2, 2 * P2 + 1),
        different((n + 2 * P1 - K1 + 1 - Q1) % 2, 0),  # the first pooling leaves a column
    ]

    stem = r"""
    An image of <<C>>&nbsp;<% if C == 1 %>channel<% else %>channels<% endif %> and
    $<<n>> \times <<n>>$ pixels passes through these layers:

    | layer   | channels | kernel or window    | stride | padding on each side |
    |:--------|:--------:|:-------------------:|:------:|:--------------------:|
    | conv&nbsp;1 | <<C1>>   | $<<K1>> \times <<K1>>$ | 1   | <<P1>>               |
    | pool&nbsp;1 |      | $<<Q1>> \times <<Q1>>$ | 2   | 0                    |
    | conv&nbsp;2 | <<C2>>   | $<<K2>> \times <<K2>>$ | 1   | <<P2>>               |
    | pool&nbsp;2 |      | $<<Q2>> \times <<Q2>>$ | 2   | 0                    |
    | dense   | <<U>> units |                  |        |                      |

    The poolings take maxima; sizes are rounded down. Give each shape as channels, height, width.
    The dense layer reads all values of pool&nbsp;2 in one row, and each of its units has one bias.
    """

    def rounded_up(self, shape, window):
        """The shape after a pooling that rounds up; None where nothing is rounded."""
        channels, side, _ = shape
        up = -((window - side) // 2) + 1
        return (channels, up, up) if (side - window) % 2 else None

    wide = n + 2 * P1 - K1 + 1
    conv1 = ShapeEntry(
        (C1, wide, wide),
        axes=CHW,
        marks=1,
        prompt="What is the shape after conv&nbsp;1?",
        misconceptions=[
            Misconception(
                "forgot +1",
                (C1, wide - 1, wide - 1),
                "A window already fits at offset 0: add 1.",
            ),
            Misconception(
                "padding forgotten",
                (C1, wide - 2 * P1, wide - 2 * P1),
                "The windows slide over the padded image, which is $<<n + 2 * P1>>$ pixels wide.",
            ),
            Misconception(
                "channels multiplied",
                lambda item: (item.C * item.C1, item.wide, item.wide) if item.C > 1 else None,
                "A filter adds up its input channels: there are as many output channels as "
                "filters.",
            ),
            Misconception(
                "kept the size", (C1, n, n), "This padding is too narrow to keep the size."
            ),
        ],
    )

    pooled = floor((conv1[1] - Q1) / 2) + 1
    pool1 = ShapeEntry(
        (conv1[0], pooled, pooled),
        axes=CHW,
        marks=1,
        prompt="And after pool&nbsp;1?",
        misconceptions=[
            Misconception(
                "rounded up",
                lambda item: item.rounded_up(item.conv1, item.Q1),
                "Sizes are rounded down: a window that sticks out is not used.",
            ),
            Misconception(
                "forgot +1",
                (conv1[0], pooled - 1, pooled - 1),
                "A window already fits at offset 0: add 1.",
            ),
            Misconception(
                "channels halved",
                (floor(conv1[0] / 2), pooled, pooled),
                "Pooling treats each channel by itself; their number stays.",
            ),
        ],
    )

    narrow = pool1[1] + 2 * P2 - K2 + 1
    conv2 = ShapeEntry(
        (C2, narrow, narrow),
        axes=CHW,
        marks=1,
        prompt="After conv&nbsp;2?",
        misconceptions=[
            Misconception(
                "forgot +1",
                (C2, narrow - 1, narrow - 1),
                "A window already fits at offset 0: add 1.",
            ),
            Misconception(
                "channels multiplied",
                (C1 * C2, narrow, narrow),
                "A filter adds up its input channels: there are as many output channels as "
                "filters.",
            ),
            Misconception(
                "kept the size",
                (C2, pool1[1], pool1[2]),
                "This padding is too narrow to keep the size.",
            ),
        ],
    )

    left = floor((conv2[1] - Q2) / 2) + 1
    pool2 = ShapeEntry(
        (conv2[0], left, left),
        axes=CHW,
        marks=1,
        prompt="And after pool&nbsp;2?",
        misconceptions=[
            Misconception(
                "rounded up",
                lambda item: item.rounded_up(item.conv2, item.Q2),
                "Sizes are rounded down: a window that sticks out is not used.",
            ),
            Misconception(
                "forgot +1",
                (conv2[0], left - 1, left - 1),
                "A window already fits at offset 0: add 1.",
            ),
            Misconception(
                "channels halved",
                (floor(conv2[0] / 2), left, left),
                "Pooling treats each channel by itself; their number stays.",
            ),
        ],
    )
    features = IntegerEntry(
        pool2[0] * pool2[1] * pool2[2],
        tex="f",
        marks=1,
        prompt="How many values $f$ does the dense layer read?",
        misconceptions=[
            Misconception(
                "one channel",
                pool2[1] * pool2[2],
                "All channels are read, each with this many values.",
            ),
            Misconception(
                "one row",
                pool2[0] * pool2[1],
                "Each channel is a square of values: height times width.",
            ),
            Misconception(
                "channels only",
                pool2[0],
                "This would be so after a *global* pooling.",
            ),
        ],
    )
    dense = IntegerEntry(
        (features + 1) * U,
        tex="N",
        marks=2,
        prompt="How many parameters $N$ does the dense layer have, biases included?",
        misconceptions=[
            Misconception(
                "forgot bias", features * U, "Each of the <<U>> units has a bias as well."
            ),
            Misconception(
                "one bias for all", features * U + 1, "Every unit has a bias of its own: <<U>>."
            ),
            Misconception(
                "added", features + U, "Every unit has a weight for every value: multiply."
            ),
        ],
    )

    solution = r"""
    With side $W$, kernel $F$, padding $P$ and stride $S$, a layer makes maps of side
    $\lfloor (W + 2P - F) / S \rfloor + 1$:

    | layer  | side                                          | shape                           |
    |:-------|:----------------------------------------------|:--------------------------------|
    | conv&nbsp;1 | $<<n>> + 2 \cdot <<P1>> - <<K1>> + 1 = <<conv1[1]>>$ | $<<conv1[0]>> \times <<conv1[1]>> \times <<conv1[2]>>$ |
    | pool&nbsp;1 | $\lfloor (<<conv1[1]>> - <<Q1>>) / 2 \rfloor + 1 = <<pool1[1]>>$ | $<<pool1[0]>> \times <<pool1[1]>> \times <<pool1[2]>>$ |
    | conv&nbsp;2 | $<<pool1[1]>> + 2 \cdot <<P2>> - <<K2>> + 1 = <<conv2[1]>>$ | $<<conv2[0]>> \times <<conv2[1]>> \times <<conv2[2]>>$ |
    | pool&nbsp;2 | $\lfloor (<<conv2[1]>> - <<Q2>>) / 2 \rfloor + 1 = <<pool2[1]>>$ | $<<pool2[0]>> \times <<pool2[1]>> \times <<pool2[2]>>$ |

    A convolution has as many output channels as filters, and a pooling keeps them. The dense layer
    reads $f = <<pool2[0]>> \cdot <<pool2[1]>>^2 = <<features>>$ values, and each of its $U = <<U>>$
    units has a weight for each of them and a bias:
    << working.dense >>
    """  # noqa: E501

    def oracle(self):
        """Send zeros through the layers, and look at the arrays."""
        image = np.zeros((self.C, self.n, self.n))
        shapes = {}
        for name, filters, kernel, padding, window in (
            ("1", self.C1, self.K1, self.P1, self.Q1),
            ("2", self.C2, self.K2, self.P2, self.Q2),
        ):
            weight = np.zeros((filters, len(image), kernel, kernel))
            image = engine.conv2d(image, weight, padding=padding)
            shapes[f"conv{name}"] = image.shape
            image = engine.max_pool2d(image, window, stride=2)
            shapes[f"pool{name}"] = image.shape
        weights = np.zeros((self.U, image.size))
        return {**shapes, "features": image.size, "dense": weights.size + len(weights)}
