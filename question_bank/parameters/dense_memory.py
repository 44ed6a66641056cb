"""Whole numbers and decimals within a tolerance: the count, work and memory of a dense layer."""

from fractions import Fraction

import numpy as np

from examgen import Choice, DecimalEntry, IntegerEntry, Item, Misconception, engine


class DenseMemory(Item):
    """Parameters, work and memory of a dense layer that reads a whole image, and its outputs."""

    title = "A dense layer on an image"
    topic = "parameters"
    objective = (
        "count parameters and multiply–accumulates of a dense layer on an image, and the memory of "
        "parameters and outputs"
    )
    serves = ["1a fc-params", "1a fc-macs", "1a fc-memory"]

    H = Choice(40, 50, 60, 80)
    W = Choice(64, 72, 90, 100, 120)
    C = Choice(3, 4)
    n = Choice(50, 100, 200, 400)
    B = Choice(8, 16, 32, 64)
    b = Choice(2, 4, 8)

    stem = r"""
    The pixels of an image of $<<H>> \times <<W>>$ pixels with $C = <<C>>$ channels are joined to
    $n = <<n>>$ hidden units. Every unit has a weight for every value of the image, and one bias.
    A number takes $b = <<b>>$&nbsp;bytes.
    """

    params = IntegerEntry(
        (H * W * C + 1) * n,
        tex="N",
        marks=2,
        prompt="How many parameters $N$ does the layer have, biases included?",
        misconceptions=[
            Misconception("forgot bias", H * W * C * n, "Each of the <<n>> units owns a bias too."),
            Misconception(
                "a bias for each input",
                (n + 1) * H * W * C,
                "A bias belongs to a unit, not to an input: there are <<n>> of them.",
            ),
            Misconception(
                "forgot the channels",
                (H * W + 1) * n,
                r"A pixel has <<C>> values: a unit has $<<H>> \cdot <<W>> \cdot <<C>>$ weights.",
            ),
            Misconception(
                "added the sides",
                ((H + W) * C + 1) * n,
                r"The image has $<<H>> \cdot <<W>>$ pixels: multiply height and width.",
            ),
        ],
    )

    macs = IntegerEntry(
        (params - n) * B,
        tex="M",
        marks=2,
        prompt=r"""
        How many multiply–accumulates (MACs) $M$ does the forward pass of a batch of $B = <<B>>$
        images take? Adding a bias is not a MAC.
        """,
        misconceptions=[
            Misconception(
                "counted bias",
                params * B,
                "A bias is added, not multiplied: take the <<n>> biases out of $N$ first.",
            ),
            Misconception(
                "one image",
                params - n,
                "Each of the <<B>> images is multiplied by all weights.",
            ),
            Misconception(
                "two operations each",
                2 * (params - n) * B,
                "A multiplication together with its addition is one MAC, not two.",
            ),
        ],
    )

    memory = DecimalEntry(
        params * b / 10**6,
        relative="0.01",
        tex="m",
        unit="MB",
        marks=2,
        carries=(Fraction(1, 10**6), 10**9),
        prompt=r"""
        How much memory $m$ do the parameters take? Answer in megabytes,
        1&nbsp;MB&nbsp;$= 10^6$&nbsp;bytes.
        """,
        misconceptions=[
            Misconception(
                "binary megabytes",
                params * b / 2**20,
                "These are MiB, of $2^{20}$ bytes; the question asks for MB, of $10^6$ bytes.",
            ),
            Misconception(
                "one byte each", params / 10**6, "A parameter takes <<b>> bytes, not one."
            ),
            Misconception(
                "bits", 8 * params * b / 10**6, "These are megabits; a byte holds 8 bits."
            ),
        ],
    )

    outputs = DecimalEntry(
        n * B * b / 1000,
        relative="0.01",
        tex="m'",
        unit="kB",
        marks=2,
        prompt=r"""
        And how much memory $m'$ do the outputs of the layer take for that batch? Answer in
        kilobytes, 1&nbsp;kB&nbsp;=&nbsp;1000&nbsp;bytes.
        """,
        misconceptions=[
            Misconception(
                "one image",
                n * b / 1000,
                "Each of the <<B>> images has outputs of its own, which training keeps.",
            ),
            Misconception(
                "inputs",
                H * W * C * B * b / 1000,
                "These are the values that the layer reads; it gives <<n>> numbers an image.",
            ),
            Misconception(
                "numbers for bytes", n * B / 1000, "A number takes <<b>> bytes, not one."
            ),
        ],
    )

    solution = r"""
    A unit has $H W C = <<H>> \cdot <<W>> \cdot <<C>> = <<H * W * C>>$ weights and one bias, so the
    $n$ units have
    << working.params >>
    Every weight is used once for each image of the batch:
    << working.macs >>
    At $b = <<b>>$&nbsp;bytes for each parameter this makes
    << working.memory >>
    The outputs are few beside them:
    << working.outputs >>
    It is the parameters of a dense layer that fill the memory, not what it puts out.
    """

    def oracle(self):
        """The bookkeeping of a network with one layer, and the bytes of an array of outputs."""
        layer = engine.Layer("linear", self.n)
        costs = engine.Network("net", (self.C, self.H, self.W), [layer]).costs()
        outputs = np.zeros((self.B, self.n), f"f{self.b}")
        return {
            "params": costs.parameters,
            "macs": costs.macs * self.B,
            "memory": Fraction(costs.parameter_bytes(value_bytes=self.b), 10**6),
            "outputs": Fraction(outputs.nbytes, 1000),
        }
