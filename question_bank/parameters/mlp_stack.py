"""Vector, whole number and a decimal to one place: the parameters of a stack of dense layers."""

from fractions import Fraction

from examgen import (
    Choice,
    DecimalEntry,
    IntegerEntry,
    Item,
    Misconception,
    VectorEntry,
    engine,
    maximum,
)


class MlpStack(Item):
    """Parameters of three dense layers, their sum, and the share of the largest."""

    title = "Where do the parameters sit?"
    topic = "parameters"
    objective = "count the parameters of a stack of dense layers and the share of the largest"
    serves = ["1a mlp-stack-params"]

    d_0 = Choice(192, 256, 300, 400, 512, 784, 1024)
    d_1 = Choice(40, 50, 64, 100, 200, 300, 500)
    d_2 = Choice(30, 60, 80, 120, 250, 400, 600)
    d_3 = Choice(10, 20, 100)

    stem = r"""
    In a network of three dense layers, each unit has a weight for every unit of the layer
    before it, and one bias. The widths are:

    |           | input   | layer 1 | layer 2 | layer 3 |
    |:----------|:-------:|:-------:|:-------:|:-------:|
    | units     | <<d_0>> | <<d_1>> | <<d_2>> | <<d_3>> |
    """

    layers = VectorEntry(
        [(d_0 + 1) * d_1, (d_1 + 1) * d_2, (d_2 + 1) * d_3],
        tex="N",
        marks=3,
        prompt="How many parameters do the layers have? Give $N = (N_1, N_2, N_3)$.",
        carries=(1, 10**9),
        misconceptions=[
            Misconception(
                "forgot bias",
                [d_0 * d_1, d_1 * d_2, d_2 * d_3],
                "Every unit has a bias beside its weights.",
            ),
            Misconception(
                "a bias for each input",
                [d_0 * (d_1 + 1), d_1 * (d_2 + 1), d_2 * (d_3 + 1)],
                "Biases belong to the units of the layer itself, not to those it reads.",
            ),
            Misconception(
                "added the widths",
                [d_0 + 2 * d_1, d_1 + 2 * d_2, d_2 + 2 * d_3],
                "Each unit is joined to *every* unit before it: multiply the widths.",
            ),
        ],
    )

    total = IntegerEntry(
        layers[0] + layers[1] + layers[2],
        tex=r"N_\mathrm{all}",
        marks=1,
        prompt=r"How many parameters $N_\mathrm{all}$ does the network have?",
        misconceptions=[
            Misconception(
                "product of the widths",
                d_0 * d_1 * d_2 * d_3,
                "Weights join neighbouring layers only: add the layers up.",
            ),
            Misconception(
                "left out the last layer",
                layers[0] + layers[1],
                "The output layer has parameters too.",
            ),
        ],
    )

    share = DecimalEntry(
        100 * maximum(layers[0], layers[1], layers[2]) / total,
        places=1,
        tex="s",
        unit="%",
        marks=2,
        prompt="What share $s$ of all parameters does the largest layer hold? Answer in percent, "
        "to one decimal place.",
        misconceptions=[
            Misconception(
                "against the rest",
                100
                * maximum(layers[0], layers[1], layers[2])
                / (total - maximum(layers[0], layers[1], layers[2])),
                "The share is taken of *all* parameters, those of the largest layer included.",
            ),
            Misconception(
                "share of the others",
                100 - 100 * maximum(layers[0], layers[1], layers[2]) / total,
                "This is what the other two layers hold together.",
            ),
            Misconception(
                "share of the units",
                100 * maximum(d_1, d_2, d_3) / (d_1 + d_2 + d_3),
                "This is a share of the *units*; parameters are counted by links.",
            ),
        ],
    )

    solution = r"""
    With $d_l$ units in layer $l$ and $d_0$ inputs, a unit of layer $l$ has $d_{l-1}$ weights and a
    bias, so $N_l = (d_{l-1} + 1)\, d_l$:
    << working.layers[0] >>
    << working.layers[1] >>
    << working.layers[2] >>
    Together
    << working.total >>
    and the largest layer holds
    << working.share >>
    A dense layer is large where *two* wide layers meet.
    """

    def oracle(self):
        """The bookkeeping of the network."""
        chain = [engine.Layer("linear", width) for width in (self.d_1, self.d_2, self.d_3)]
        costs = engine.Network("net", (self.d_0,), chain).costs()
        counts = sorted(row.parameters for row in costs.rows)
        return {
            "layers": [row.parameters for row in costs.rows],
            "total": costs.parameters,
            "share": 100 - Fraction(100 * (counts[0] + counts[1]), costs.parameters),
        }
