"""Two shapes and a decimal: the output of a layer with unequal sides, in two layouts."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    DecimalEntry,
    Int,
    Item,
    Misconception,
    ShapeEntry,
    different,
    engine,
    floor,
)


class RectangularLayer(Item):
    """Output shape of a rectangular convolution, channels first and last, and its memory."""

    title = "A layer with unequal sides"
    topic = "output size"
    objective = (
        "give the output shape of a layer with unequal sides in two layouts, and the memory it "
        "takes"
    )
    serves = ["4a out-shape-tuple", "4b activation-memory"]

    H, W = Int(24, 64, 4), Int(30, 90, 6)
    K_h, K_w = Choice(3, 5, 7), Choice(3, 5, 7, 9)
    S_h, S_w = Choice(1, 2), Choice(2, 3)
    P_h, P_w = Int(0, 2), Int(1, 3)
    C_in, C_out = Choice(2, 3, 4), Choice(8, 16, 24, 32)
    N = Choice(5, 10, 20, 50)

    where = [
        2 * P_h < K_h,
        2 * P_w < K_w,
        K_h - K_w < K_w,  # a kernel put the wrong way round still fits
        different(K_h, K_w),
        different(S_h, S_w),
        different(P_h, P_w),
    ]

    stem = r"""
    A convolution layer reads images of <<C_in>> channels, $H = <<H>>$ pixels high and $W = <<W>>$
    pixels wide, and makes <<C_out>> channels. Along the two axes it has:

    |        | kernel    | stride    | padding at each end |
    |:-------|:---------:|:---------:|:-------------------:|
    | height | <<K_h>>   | <<S_h>>   | <<P_h>>             |
    | width  | <<K_w>>   | <<S_w>>   | <<P_w>>             |

    The dilation is 1. Only whole windows are used.
    """

    high = floor((H + 2 * P_h - K_h) / S_h) + 1
    wide = floor((W + 2 * P_w - K_w) / S_w) + 1
    image = ShapeEntry(
        (C_out, high, wide),
        axes=("channels", "height", "width"),
        marks=3,
        prompt="Give the shape of the output for one image: channels, height, width.",
        misconceptions=[
            Misconception(
                "forgot +1",
                (C_out, high - 1, wide - 1),
                "A window already fits at offset 0: add 1 along each axis.",
            ),
            Misconception(
                "kept the channels",
                (C_in, high, wide),
                "A filter adds up all its input channels; there is one output channel for each of "
                "the <<C_out>> filters.",
            ),
            Misconception(
                "ignored the padding",
                (C_out, floor((H - K_h) / S_h) + 1, floor((W - K_w) / S_w) + 1),
                "The windows slide over the padded image of $<<H + 2 * P_h>> \\times "
                "<<W + 2 * P_w>>$ pixels.",
            ),
            Misconception(
                "swapped the axes of the kernel",
                (
                    C_out,
                    floor((H + 2 * P_w - K_w) / S_w) + 1,
                    floor((W + 2 * P_h - K_h) / S_h) + 1,
                ),
                "Along the height the kernel is <<K_h>> long and moves <<S_h>> at a time.",
            ),
            Misconception(
                "width before height",
                (C_out, wide, high),
                "The height comes before the width.",
            ),
        ],
    )

    batch = ShapeEntry(
        (N, image[1], image[2], image[0]),
        axes=("images", "height", "width", "channels"),
        marks=1,
        prompt="""
        The layer reads a batch of <<N>> images. Give the shape of the whole output with the
        channels *last*: images, height, width, channels.
        """,
        misconceptions=[
            Misconception(
                "channels first",
                (N, image[0], image[1], image[2]),
                "Here the channels of a pixel lie side by side: their axis is the last one.",
            ),
            Misconception(
                "images last",
                (image[1], image[2], image[0], N),
                "The axis of the images comes first in both layouts.",
            ),
            Misconception(
                "width before height",
                (N, image[2], image[1], image[0]),
                "Rows come before columns: the height is named first.",
            ),
        ],
    )

    numbers = batch[0] * batch[1] * batch[2] * batch[3]
    memory = DecimalEntry(
        4 * numbers / 10**6,
        digits=3,
        tex="m",
        unit="MB",
        marks=2,
        prompt=r"""
        Every value takes 4&nbsp;bytes. How much memory $m$ does this output take, in megabytes
        (1&nbsp;MB&nbsp;=&nbsp;$10^6$&nbsp;bytes)?
        """,
        misconceptions=[
            Misconception(
                "one byte each",
                numbers / 10**6,
                "A value takes 4 bytes, not one.",
            ),
            Misconception(
                "one image",
                4 * batch[1] * batch[2] * batch[3] / 10**6,
                "The output holds all <<N>> images of the batch.",
            ),
            Misconception(
                "bits",
                32 * numbers / 10**6,
                "A byte has 8 bits: this is the number of megabits.",
            ),
            Misconception(
                "divided by 1024 twice",
                4 * numbers / 2**20,
                "That gives mebibytes (MiB). Here a megabyte is $10^6$ bytes.",
            ),
        ],
    )

    solution = r"""
    Each axis is counted by itself. With the padding a column is $<<H + 2 * P_h>>$ pixels high and a
    row $<<W + 2 * P_w>>$ pixels wide, so

    $$\begin{aligned}
    H_\mathrm{out} &= \left\lfloor \frac{<<H + 2 * P_h>> - <<K_h>>}{<<S_h>>} \right\rfloor + 1
    = <<image[1]>> \\
    W_\mathrm{out} &= \left\lfloor \frac{<<W + 2 * P_w>> - <<K_w>>}{<<S_w>>} \right\rfloor + 1
    = <<image[2]>>
    \end{aligned}$$

    There is one output channel for each of the <<C_out>> filters, whatever the input has: the
    output of one image is $<<image[0]>> \times <<image[1]>> \times <<image[2]>>$. With the channels
    last a batch is $<<batch[0]>> \times <<batch[1]>> \times <<batch[2]>> \times <<batch[3]>>$.
    These are <<numbers>> values of 4&nbsp;bytes, or $<<memory | decimal>>$&nbsp;MB.
    """

    def oracle(self):
        """Run the layer on zeros that carry their padding, and look at the arrays."""
        padded = np.zeros((self.C_in, self.H + 2 * self.P_h, self.W + 2 * self.P_w))
        filters = np.zeros((self.C_out, self.C_in, self.K_h, self.K_w))
        image = engine.conv2d(padded, filters, stride=(self.S_h, self.S_w))
        batch = np.stack([np.moveaxis(image, 0, -1)] * self.N).astype(np.float32)
        return {
            "image": image.shape,
            "batch": batch.shape,
            "memory": Fraction(batch.nbytes, 10**6),
        }
