"""Vectors of fractions: what grows when the image, the channels or the kernel of a layer grow."""

from fractions import Fraction

from examgen import Choice, Item, Misconception, VectorEntry, different, engine


class Scaling(Item):
    """Weights, work and outputs of a convolution and a dense layer, and their growth factors."""

    title = "What grows with what?"
    topic = "parameters"
    objective = (
        "compute weights, work and outputs of a network and how they grow with image, channels "
        "and kernel"
    )
    serves = ["1a resolution-scaling", "3a which-depends-on-resolution"]

    S = Choice(8, 12, 16, 20, 24)
    C, F = Choice(2, 3, 4), Choice(4, 5, 8, 10)
    n = Choice(10, 20, 50)
    K, Q = Choice(3, 5, 7), Choice(3, 5, 7, 9)
    r, m = Choice(2, 3, 4, 5), Choice(2, 3, 4)

    where = [different(K, Q)]

    stem = r"""
    A convolution with kernels of side $K = <<K>>$, stride&nbsp;1 and
    padding&nbsp;<<(K - 1) // 2>> on each side makes $F = <<F>>$ maps out of an image of
    $S \times S$ pixels, $S = <<S>>$, with $C = <<C>>$ channels. The maps, as large as the image,
    are read by a dense layer of $n = <<n>>$ units. There are no biases. Four numbers are of
    interest:

    * the weights of the convolution,
    * its multiply–accumulates (MACs), those with zeros of the padding included,
    * the values in its output,
    * the weights of the dense layer.
    """

    counts = VectorEntry(
        [K**2 * C * F, K**2 * C * F * S**2, S**2 * F, S**2 * F * n],
        tex="c",
        marks=4,
        prompt="Give these four numbers $c$, in this order.",
        misconceptions=[
            Misconception(
                "flat kernels",
                [K**2 * F, K**2 * F * S**2, S**2 * F, S**2 * F * n],
                "A kernel is as deep as its input: it has $K^2$ weights for each of the <<C>> "
                "channels.",
            ),
            Misconception(
                "dense layer on the image",
                [K**2 * C * F, K**2 * C * F * S**2, S**2 * F, S**2 * C * n],
                "The dense layer reads the <<F>> maps, not the image.",
            ),
        ],
    )

    image = VectorEntry(
        [1, r**2, r**2, r**2],
        tex="f",
        marks=2,
        prompt="The side $S$ of the image is multiplied by <<r>>. By what factors do the four "
        "numbers grow?",
        misconceptions=[
            Misconception(
                "sides for areas",
                [1, r, r, r],
                "The image grows along *both* sides: there are $<<r>>^2$ times as many positions.",
            ),
            Misconception(
                "all weights grow",
                [r**2, r**2, r**2, r**2],
                "A convolution uses the same weights at every position, however many there are.",
            ),
            Misconception(
                "dense layer from pixel to pixel",
                [1, r**2, r**2, r**4],
                "The number of units of the dense layer stays $n$; only its inputs grow.",
            ),
        ],
    )

    channels = VectorEntry(
        [m**2, m**2, m, m],
        tex="g",
        marks=2,
        prompt="Instead, both $C$ and $F$ are multiplied by <<m>>. By what factors do the four "
        "numbers grow?",
        misconceptions=[
            Misconception(
                "in proportion",
                [m, m, m, m],
                "Every map reads every channel: the convolution has a kernel for each *pair*.",
            ),
            Misconception(
                "all squared",
                [m**2, m**2, m**2, m**2],
                "The output has $F$ maps, whatever $C$: it grows by $<<m>>$ only.",
            ),
        ],
    )

    kernel = VectorEntry(
        [Q**2 / K**2, Q**2 / K**2, 1, 1],
        fractions=True,
        tex="h",
        marks=2,
        prompt=r"""
        Instead, the side of the kernels becomes $Q = <<Q>>$, with padding&nbsp;<<(Q - 1) // 2>>
        on each side. By what factors are the four numbers multiplied?
        """,
        misconceptions=[
            Misconception(
                "sides for areas",
                [Q / K, Q / K, 1, 1],
                "A kernel has $K^2$ weights: the factor is $Q^2 / K^2$.",
            ),
            Misconception(
                "output changes too",
                [Q**2 / K**2, Q**2 / K**2, Q**2 / K**2, Q**2 / K**2],
                "With this padding the maps stay as large as the image, whatever the kernel.",
            ),
        ],
    )

    solution = r"""
    There is a kernel of $K^2$ weights for each pair of a channel and a map; it is used at
    $S^2$ positions; and each unit of the dense layer reads all $S^2 F$ values of the maps:
    $$c = \left(K^2 C F,\; K^2 C F S^2,\; S^2 F,\; S^2 F n\right) = <<counts>>$$
    The factors can be read off these products. A side $S$ that is <<r>> times as long multiplies
    $S^2$ by $<<r>>^2$, but $S$ does not occur in the weights of the convolution:
    $$f = <<image>>$$
    With $C$ and $F$, the product $C F$ grows by $<<m>>^2$, $F$ alone by $<<m>>$:
    $$g = <<channels>>$$
    The kernel occurs in the first two numbers alone, as $K^2$:
    $$h = <<kernel>>$$
    """

    def recount(self, *, side=1, channels=1, kernel=None):
        """The four numbers of the network with some of its sizes changed."""
        kernel = kernel or self.K
        shape = (self.C * channels, self.S * side, self.S * side)
        layers = [
            engine.Layer("conv", self.F * channels, kernel, padding=(kernel - 1) // 2, bias=False),
            engine.Layer("linear", self.n, bias=False),
        ]
        conv, dense = engine.Network("net", shape, layers).costs().rows
        return [conv.parameters, conv.macs, conv.values, dense.parameters]

    def oracle(self):
        """Build the network and its three changed forms, and count again."""
        before = self.recount()

        def grown(after):
            return [Fraction(new, old) for new, old in zip(after, before, strict=True)]

        return {
            "counts": before,
            "image": grown(self.recount(side=self.r)),
            "channels": grown(self.recount(channels=self.m)),
            "kernel": grown(self.recount(kernel=self.Q)),
        }
