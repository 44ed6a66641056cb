"""True or false with numbers as corrections: receptive fields and depths that somebody claims."""

from examgen import Choice, Int, Item, Misconception, TrueFalse, ceiling, different


class ClaimedField(Item):
    """Three claims about stacks of equal layers, each right or a well-known slip."""

    title = "Does it see that much?"
    topic = "receptive field"
    objective = "judge claims about receptive fields and depths of stacks, and correct them"
    serves = ["2a receptive-field-claims"]

    K = Choice(3, 5, 7)
    L = Int(3, 8)
    D = Choice(2, 3)
    W = Int(40, 160, 4)
    a, b, c = Choice(0, 1, 2), Choice(0, 1, 2), Choice(0, 1, 2)

    plain = 1 + (K - 1) * L
    halved = 1 + (K - 1) + 2 * (K - 1) * (L - 1)
    needed = ceiling((W - 1) / ((K - 1) * D))

    def first_claim(self):
        return (self.plain, self.K * self.L, 1 + (self.K - 1) * (self.L - 1))[self.a]

    def second_claim(self):
        return (self.halved, self.plain, 2 * self.plain)[self.b]

    def third_claim(self):
        below = (self.W - 1) // ((self.K - 1) * self.D)
        return (self.needed, below, -(-self.W // (self.K * self.D)))[self.c]

    where = [
        lambda item: (item.W - 1) % ((item.K - 1) * item.D) > 0,
        different(needed, L),
        lambda item: item.needed - item.tall >= 2,
    ]

    stem = r"""
    All convolutions below have kernels of $<<K>> \times <<K>>$. Stride and dilation are 1 where
    nothing else is said. A receptive field is a square; it is given by its side, in pixels. If a
    claim is false, give the right number in its place.
    """

    plain_stack = TrueFalse(
        plain,
        claim=first_claim,
        tex="R",
        marks=2,
        prompt=r"""
        "A unit after <<L>> layers has a receptive field of $R = <% if a == 0 %><<plain>>
        <% elif a == 1 %><<K * L>><% else %><<1 + (K - 1) * (L - 1)>><% endif %>$."
        """,
        misconceptions=[
            Misconception(
                "sides added",
                K * L,
                "Windows overlap: each layer adds only $<<K>> - 1$ pixels to the one that a unit "
                "sees without any layer.",
            ),
            Misconception(
                "a layer too few",
                1 + (K - 1) * (L - 1),
                "The first layer counts: it alone sees <<K>> pixels.",
            ),
            Misconception(
                "sides multiplied",
                K**L,
                "With stride 1 a field grows by the same number of pixels in each layer.",
            ),
        ],
    )

    with_stride = TrueFalse(
        halved,
        claim=second_claim,
        tex="R",
        marks=2,
        prompt=r"""
        "If the first of the <<L>> layers has stride&nbsp;2, the field of a unit after the last one
        is $R = <% if b == 0 %><<halved>><% elif b == 1 %><<plain>><% else %><<2 * plain>>
        <% endif %>$."
        """,
        misconceptions=[
            Misconception(
                "forgot the stride",
                plain,
                "After stride 2 neighbouring units are 2 pixels apart: all later layers add "
                "$2 (<<K>> - 1)$ pixels.",
            ),
            Misconception(
                "all doubled",
                2 * plain,
                "The first layer itself still sees <<K>> pixels; its stride counts from the second "
                "layer on.",
            ),
        ],
    )

    enough = TrueFalse(
        needed,
        claim=third_claim,
        tex="L",
        marks=2,
        prompt=r"""
        "With dilation&nbsp;<<D>> in all layers, the least number of layers after which a field is
        <<W>> pixels wide or more is $L =
        <% if c == 0 %><<needed>><% elif c == 1 %><<needed - 1>><% else %><<tall>><% endif %>$."
        """,
        misconceptions=[
            Misconception(
                "rounded down",
                needed - 1,
                "With one layer fewer the field is narrower than <<W>> pixels: round up.",
            ),
            Misconception(
                "spans side by side",
                ceiling(W / (K * D)),
                "Each layer adds only $<<D>> \\cdot (<<K>> - 1)$ pixels.",
            ),
        ],
    )

    tall = ceiling(W / (K * D))

    solution = r"""
    A layer adds $<<K>> - 1$ steps to the side of the field. A step is one pixel, multiplied by the
    strides of all layers *below* and by the dilation of the layer itself.

    1. $R = 1 + <<L>> \cdot <<K - 1>> = <<plain>>$.
    2. $R = 1 + <<K - 1>> + <<L - 1>> \cdot 2 \cdot <<K - 1>> = <<halved>>$.
    3. $1 + <<D>> \cdot <<K - 1>>\,L \ge <<W>>$ holds for $L \ge <<W - 1>>/<<D * (K - 1)>>$, so from
       $L = <<needed>>$ on.
    """

    @staticmethod
    def field(layers):
        """The side of the set of pixels that a unit sees through (kernel, stride, dilation)."""
        seen = {0}
        for taps, stride, dilation in reversed(layers):
            seen = {unit * stride + tap * dilation for unit in seen for tap in range(taps)}
        return max(seen) + 1

    def oracle(self):
        """Walk back from a unit to the pixels; add layers until the field is wide enough."""
        plain, strided, dilated = (self.K, 1, 1), (self.K, 2, 1), (self.K, 1, self.D)
        layers = [dilated]
        while self.field(layers) < self.W:
            layers.append(dilated)
        return {
            "plain_stack": self.field([plain] * self.L),
            "with_stride": self.field([strided] + [plain] * (self.L - 1)),
            "enough": len(layers),
        }
