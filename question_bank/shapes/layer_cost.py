"""Whole numbers, in parts that build on one another: what a convolution layer makes and costs."""

import numpy as np

from examgen import Choice, Int, IntegerEntry, Item, Misconception, engine, floor


class LayerCost(Item):
    """Output height, parameter count and MACs of a strided, dilated, padded convolution."""

    title = "One convolution layer: size, parameters, cost"
    topic = "output size"
    objective = (
        "compute output size, parameters and multiply–accumulates of a strided, dilated, "
        "padded convolution"
    )
    serves = ["4a out-size", "4c conv-params", "4c conv-macs", "5a dilated-out-size"]

    H = Int(12, 40)
    K = Choice(3, 5)
    S = Choice(2, 3)
    P = Int(2, 4)
    D = Choice(2, 3)
    C_in = Choice(3, 4, 8)
    C_out = Choice(8, 16, 32)

    reach = D * (K - 1) + 1
    where = [
        reach <= H,  # the kernel fits even without padding
        reach > 2 * P,  # padding never outweighs the kernel
    ]

    stem = r"""
    A convolution layer slides <<C_out>> square filters of side $K = <<K>>$ over an input of
    $<<C_in>> \times <<H>> \times <<H>>$ (channels&nbsp;× height&nbsp;× width), with stride
    $S = <<S>>$, zero padding $P = <<P>>$ on every side, dilation $D = <<D>>$ and one bias per
    filter. Where the division is not exact, the layer rounds down.

    << conv_figure(size=H, kernel=K, stride=S, padding=P, dilation=D) >>
    """

    out = floor((H + 2 * P - reach) / S) + 1
    height = IntegerEntry(
        out,
        tex=r"H_\mathrm{out}",
        marks=2,
        prompt=r"What is the output height $H_\mathrm{out}$?",
        misconceptions=[
            Misconception("forgot +1", out - 1, "A window already fits at offset 0: add 1."),
            Misconception(
                "ignored dilation",
                out.subs(D, 1),
                r"With $D = <<D>>$ the kernel spans $<<reach>>$ pixels, not $<<K>>$.",
            ),
            Misconception(
                "ignored padding",
                out.subs(P, 0),
                "The windows slide over the padded input, which is $H + 2P = <<H + 2 * P>>$ high.",
            ),
            Misconception(
                "ignored stride",
                out.subs(S, 1),
                "The window moves $S = <<S>>$ pixels at a time: divide by $S$ before adding 1.",
            ),
        ],
    )

    weights = C_out * C_in * K**2
    params = IntegerEntry(
        weights + C_out,
        tex="N",
        marks=2,
        prompt="How many parameters $N$ does the layer have, biases included?",
        misconceptions=[
            Misconception("forgot bias", weights, "Each of the <<C_out>> filters owns a bias too."),
            Misconception(
                "one bias for all", weights + 1, "Every filter has a bias of its own: <<C_out>>."
            ),
            Misconception(
                "flat filters",
                C_out * K**2 + C_out,
                "A filter is as deep as its input: it has $K^2$ weights for each of the <<C_in>> "
                "input channels.",
            ),
        ],
    )

    macs = IntegerEntry(
        (params - C_out) * height**2,
        tex="M",
        marks=3,
        prompt=r"""
        Use your answers above: how many multiply–accumulates (MACs) $M$ does one forward pass
        take? Products with the zeros of the padding count; adding a bias does not.
        """,
        misconceptions=[
            Misconception(
                "counted bias",
                params * height**2,
                "A bias is added, not multiplied: take the <<C_out>> biases out of $N$ first.",
            ),
            Misconception(
                "input positions",
                (params - C_out) * H**2,
                r"A weight is used once for each *output* position: $H_\mathrm{out}^2$ times.",
            ),
            Misconception(
                "one row only",
                (params - C_out) * height,
                r"The output is a square of $H_\mathrm{out} \times H_\mathrm{out}$ positions.",
            ),
            Misconception(
                "two operations each",
                2 * (params - C_out) * height**2,
                "A multiplication together with its addition is one MAC, not two.",
            ),
        ],
    )

    solution = r"""
    Dilation spreads the kernel over $D(K - 1) + 1 = <<reach>>$ pixels. Counting the positions at
    which it fits, one every $S = <<S>>$ pixels,
    << working.height >>
    Each of the $C_\mathrm{out} = <<C_out>>$ filters has $C_\mathrm{in} K^2$ weights, with
    $C_\mathrm{in} = <<C_in>>$, and one bias, so
    << working.params >>
    Every weight is used once at each of the $H_\mathrm{out}^2$ output positions:
    << working.macs >>
    """

    def oracle(self):
        """Convolve ones with ones: each output then counts the multiplications behind it."""
        side = self.H + 2 * self.P
        weight, bias = np.ones((self.C_out, self.C_in, self.K, self.K)), np.ones(self.C_out)
        output = engine.conv2d(
            np.ones((1, self.C_in, side, side)), weight, stride=self.S, dilation=self.D
        )
        return {
            "height": output.shape[2],
            "params": weight.size + bias.size,
            "macs": output.sum(),
        }
