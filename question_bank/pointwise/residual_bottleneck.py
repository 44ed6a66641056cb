"""A shape, whole numbers, a fraction and a percentage: the bottleneck block of a residual net."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    DecimalEntry,
    IntegerEntry,
    Item,
    Misconception,
    RationalEntry,
    ShapeEntry,
    different,
    engine,
    floor,
)


class ResidualBottleneck(Item):
    """The first 1 × 1 layer of a block, the weights of all three, and what plain layers take."""

    title = "A block with a waist"
    topic = "pointwise"
    objective = (
        "give shape, weights and work of a 1 × 1 convolution, and compare a residual bottleneck "
        "block with two plain layers"
    )
    serves = ["5c pointwise-cost", "5c resnet-bottleneck", "3a percent-reduction"]

    C = Choice(64, 72, 80, 96, 104, 120, 128, 144, 160, 200, 240, 256)
    r = Choice(2, 4, 8)
    H = Choice(7, 8, 10, 12, 14, 20, 24, 28, 30, 40)
    K = Choice(3, 5, 7)

    B = C / r
    where = [different(B, H)]

    stem = r"""
    A residual network works on $C = <<C>>$ channels of $H \times H$ values, $H = <<H>>$. A
    *bottleneck block* has three convolutions in a row: $1 \times 1$ to $B = C/r = <<B>>$ channels
    ($r = <<r>>$), $K \times K$ with $K = <<K>>$ from $B$ to $B$ channels, and $1 \times 1$ back to
    $C$ channels. Its input is added to its output, which takes no weights. All layers have
    stride&nbsp;1, keep the size of the maps and have no biases.
    """

    shape = ShapeEntry(
        (B, H, H),
        axes=("channels", "height", "width"),
        marks=1,
        prompt="What is the shape of the output of the first $1 \\times 1$ convolution?",
        misconceptions=[
            Misconception(
                "kept the channels", (C, H, H), "It has <<B>> filters, each of which gives a map."
            ),
            Misconception(
                "one value", (B, 1, 1), "A window of $1 \\times 1$ still slides over all places."
            ),
        ],
    )

    first = IntegerEntry(
        C * B,
        tex="N_1",
        marks=1,
        prompt="How many weights $N_1$ does it have?",
        misconceptions=[
            Misconception(
                "one weight a filter",
                B + 0,
                "A filter has a weight for each of the <<C>> channels.",
            ),
            Misconception(
                "weights at every place", C * B * H**2, "All places of the map share the weights."
            ),
            Misconception(
                "channels added", C + B, "Each of $B$ filters has $C$ weights: multiply."
            ),
        ],
    )

    macs = IntegerEntry(
        first * H**2,
        tex="M_1",
        marks=1,
        prompt="How many multiply–accumulates (MACs) $M_1$ does it take for one image?",
        misconceptions=[
            Misconception("one row", first * H, "The map has $H^2$ places, not $H$."),
        ],
    )

    block = IntegerEntry(
        2 * first + K**2 * B**2,
        tex="N",
        marks=2,
        prompt="How many weights $N$ does the whole block have?",
        misconceptions=[
            Misconception(
                "without the way back",
                first + K**2 * B**2,
                "The third layer has as many weights as the first: from $B$ to $C$ channels.",
            ),
            Misconception(
                "middle over all channels",
                2 * first + K**2 * B * C,
                "The $K \\times K$ layer reads and gives $B$ channels.",
            ),
            Misconception(
                "side not squared",
                2 * first + K * B**2,
                "A kernel has $K^2$ weights for each channel.",
            ),
        ],
    )

    factor = RationalEntry(
        2 * K**2 * C**2 / block,
        tex="f",
        marks=2,
        prompt=r"""
        A plain block has two $K \times K$ convolutions from $C$ to $C$ channels instead. How many
        times as many weights is this?
        """,
        misconceptions=[
            Misconception("one layer", K**2 * C**2 / block, "The plain block has two such layers."),
            Misconception(
                "upside down", block / (2 * K**2 * C**2), "The plain block has more weights."
            ),
        ],
    )

    saved = DecimalEntry(
        100 - 100 * block / (2 * K**2 * C**2),
        places=1,
        tex="s",
        unit="%",
        marks=1,
        carries=(0, 100),
        effort=150,  # four digits of a quotient, however the exact fraction looks
        prompt="By how many percent are the weights of the plain block reduced? Give one decimal "
        "place.",
        misconceptions=[
            Misconception(
                "what is left",
                100 * block / (2 * K**2 * C**2),
                "This is what the bottleneck block still has.",
            ),
            Misconception(
                "against the block",
                200 * K**2 * C**2 / block - 100,
                "The reduction is a share of what there was: of the plain block.",
            ),
        ],
    )

    tenths = floor(10 * saved + Fraction(1, 2))

    solution = r"""
    Each of the $B = <<B>>$ filters of the first layer gives a map of $H \times H$ values, with a
    weight for each of the $C$ channels:
    << working.first >>
    << working.macs >>
    The third layer has as many weights again, the middle one $K^2 B^2$:
    << working.block >>
    The plain block has $2 K^2 C^2 = <<2 * K**2 * C**2>>$ weights:
    << working.factor >>
    What is left is the share $N / (2 K^2 C^2)$ of the weights:
    $$s = 100\,\% - 100\,\% \cdot \frac{N}{2 K^2 C^2}
    = 100\,\% - 100\,\% \cdot \frac{<<block>>}{<<2 * K**2 * C**2>>}
    <% if 1000 * block % (2 * K**2 * C**2) %>\approx<% else %>=<% endif %>
    <<tenths // 10>>.<<tenths % 10>>\,\%$$
    What the block learns in its middle has to pass through <<B>> channels; the sum with its input
    lets all <<C>> channels go past.
    """

    def oracle(self):
        """Weights counted in arrays, products by a layer of ones on an image of ones."""
        B, C, K = int(self.B), self.C, self.K
        reduce, middle = np.ones((B, C, 1, 1), int), np.broadcast_to(1, (B, B, K, K))
        back, plain = np.broadcast_to(1, (C, B, 1, 1)), np.broadcast_to(1, (C, C, K, K))
        output = engine.conv2d(np.ones((C, self.H, self.H), int), reduce)
        few, many = reduce.size + middle.size + back.size, plain.size + plain.size
        return {
            "shape": output.shape,
            "first": reduce.size,
            "macs": output.sum(),
            "block": few,
            "factor": Fraction(many, few),
            "saved": Fraction(100 * (many - few), many),
        }
