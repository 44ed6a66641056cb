"""A vector and whole numbers: the four branches of an Inception module, counted one by one."""

from examgen import (
    Choice,
    IntegerEntry,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
    maximum,
)


class Inception(Item):
    """Weights of each branch of an Inception module, its output channels, and what it saves."""

    title = "An Inception module"
    topic = "pointwise"
    objective = (
        "count the weights of the branches of an Inception module, its output channels and "
        "what its 1 × 1 layers save"
    )
    serves = ["5c inception-module"]

    C = Choice(64, 96, 128, 192, 256)
    n1 = Choice(16, 32, 64, tex="n_1")
    b2, n2 = Choice(16, 24, 32, 48, tex="b_2"), Choice(32, 64, 96, 128, tex="n_2")
    b3, n3 = Choice(4, 8, 12, 16, tex="b_3"), Choice(8, 16, 32, 48, tex="n_3")
    n4 = Choice(8, 16, 24, 32, tex="n_4")

    where = [
        different(b2, n1),
        b3 < n3,
        b3 < b2,
        b2 < n2,
        n3 < n2,
        different(n4, n3),
        different(n1, n4),
    ]

    stem = r"""
    An Inception module reads $<<C>>$ channels ($C = <<C>>$) in four branches side by side. All
    layers keep the size of the maps and have no biases. The outputs of the branches are stacked
    along the channel axis.

    | branch | first layer, to channels       | second layer, to channels      |
    |:------:|:-------------------------------|:-------------------------------|
    | 1      | $1 \times 1$, $n_1 = <<n1>>$   | —                              |
    | 2      | $1 \times 1$, $b_2 = <<b2>>$   | $3 \times 3$, $n_2 = <<n2>>$   |
    | 3      | $1 \times 1$, $b_3 = <<b3>>$   | $5 \times 5$, $n_3 = <<n3>>$   |
    | 4      | $3 \times 3$ max pooling       | $1 \times 1$, $n_4 = <<n4>>$   |
    """

    weights = VectorEntry(
        [C * n1, C * b2 + 9 * b2 * n2, C * b3 + 25 * b3 * n3, C * n4],
        tex="w",
        marks=4,
        prompt="How many weights does each branch have? Give the vector $w$ of the four numbers.",
        misconceptions=[
            Misconception(
                "1 × 1 in front left out",
                [C * n1, 9 * b2 * n2, 25 * b3 * n3, C * n4],
                r"The $1 \times 1$ convolutions in front of the larger kernels have weights too.",
            ),
            Misconception(
                "pooling with weights",
                [C * n1, C * b2 + 9 * b2 * n2, C * b3 + 25 * b3 * n3, 9 * C + C * n4],
                "A pooling has no weights.",
            ),
            Misconception(
                "larger kernels over all channels",
                [C * n1, C * b2 + 9 * C * n2, C * b3 + 25 * C * n3, C * n4],
                "The larger kernels read only the channels that the $1 \\times 1$ layer leaves.",
            ),
            Misconception(
                "sides not squared",
                [C * n1, C * b2 + 3 * b2 * n2, C * b3 + 5 * b3 * n3, C * n4],
                r"A $3 \times 3$ kernel has 9 weights per channel, a $5 \times 5$ kernel 25.",
            ),
        ],
    )

    total = IntegerEntry(
        weights[0] + weights[1] + weights[2] + weights[3],
        tex="N",
        marks=1,
        prompt="How many weights $N$ does the whole module have?",
        misconceptions=[
            Misconception(
                "pooling branch left out",
                weights[0] + weights[1] + weights[2],
                r"The fourth branch has the weights of its $1 \times 1$ convolution.",
            ),
            Misconception(
                "without branch 1",
                weights[1] + weights[2] + weights[3],
                r"The first branch has weights as well: a $1 \times 1$ convolution is a layer.",
            ),
        ],
    )

    channels = IntegerEntry(
        n1 + n2 + n3 + n4,
        tex=r"C_\mathrm{out}",
        marks=1,
        prompt="How many channels does the module put out?",
        misconceptions=[
            Misconception(
                "largest branch",
                maximum(n1, n2),
                "Stacking keeps the channels of all branches: add them up.",
            ),
            Misconception(
                "pooling keeps its channels",
                n1 + n2 + n3 + C,
                r"Behind the pooling a $1 \times 1$ convolution leaves <<n4>> channels.",
            ),
            Misconception(
                "inner channels too",
                n1 + b2 + n2 + b3 + n3 + n4,
                "The channels between two layers of a branch are not put out.",
            ),
        ],
    )

    plain = IntegerEntry(
        C * n1 + 9 * C * n2 + 25 * C * n3 - weights[0] - weights[1] - weights[2],
        tex="d",
        marks=2,
        prompt=r"""
        In a naive module branches 2 and 3 would have no $1 \times 1$ convolution in front. How many
        weights fewer, $d$, do branches 1 to 3 have thanks to these two layers?
        """,
        misconceptions=[
            Misconception(
                "their weights not counted",
                9 * (C - b2) * n2 + 25 * (C - b3) * n3,
                r"The two $1 \times 1$ layers have weights of their own, which lessen the saving.",
            ),
            Misconception(
                "the naive module",
                C * n1 + 9 * C * n2 + 25 * C * n3,
                "So many weights would the naive branches have: take away what they have here.",
            ),
            Misconception(
                "branch 2 only",
                C * n1 + 9 * C * n2 - weights[0] - weights[1],
                "Branch 3 saves weights as well.",
            ),
        ],
    )

    solution = r"""
    A $1 \times 1$ convolution has one weight for each pair of channels. Behind it the larger
    kernels read few channels only:
    << working.weights[1] >>
    << working.weights[2] >>
    Branch 1 has $C n_1 = <<weights[0]>>$ weights; in branch 4 the pooling has none, and the
    convolution behind it has $C n_4 = <<weights[3]>>$. Together these are
    << working.total >>
    Stacked, the channels of the branches add up:
    << working.channels >>
    In the naive module the larger kernels would read all $C$ channels:
    << working.plain >>
    """

    def oracle(self):
        """The module as a network whose layers are counted by the engine."""

        def conv(name, channels, kernel, source):
            layer = {"padding": kernel // 2, "bias": False, "inputs": (source,), "name": name}
            return engine.Layer("conv", channels, kernel, **layer)

        layers = [
            conv("1", self.n1, 1, "input"),
            conv("2a", self.b2, 1, "input"),
            conv("2", self.n2, 3, "2a"),
            conv("3a", self.b3, 1, "input"),
            conv("3", self.n3, 5, "3a"),
            engine.Layer("max_pool", None, 3, stride=1, padding=1, inputs=("input",), name="pool"),
            conv("4", self.n4, 1, "pool"),
            engine.Layer("concat", inputs=("1", "2", "3", "4"), name="out"),
        ]
        costs = engine.Network("module", (self.C, 8, 8), layers).costs()
        naive = [conv("1", self.n1, 1, "input"), conv("2", self.n2, 3, "input")]
        naive += [conv("3", self.n3, 5, "input")]
        branches = [("1",), ("2a", "2"), ("3a", "3"), ("4",)]
        weights = [sum(costs[name].parameters for name in branch) for branch in branches]
        before = engine.Network("naive", (self.C, 8, 8), naive).costs().parameters
        return {
            "weights": weights,
            "total": costs.parameters,
            "channels": costs["out"].shape[0],
            "plain": before - sum(weights[:3]),
        }
