"""Whole numbers: the largest layers whose parameters fit into a given memory."""

from examgen import Choice, IntegerEntry, Item, Misconception, ceiling, different, divides, floor


class MemoryBudget(Item):
    """How many units, filters and channels a memory allows."""

    title = "What fits into the memory?"
    topic = "parameters"
    objective = "find the largest layer whose parameters fit into a given memory"
    serves = ["1a mlp-budget-inverse"]

    D = Choice(50, 60, 75, 80, 100, 120, 125, 150, 200, 250)
    C = Choice(2, 3, 4, 5)
    b = Choice(2, 4, 8)
    M = Choice(30, 36, 40, 45, 48, 60, 72, 80, 90, 96, 100, 120, 150, 160, 180, 200, 240)
    K = Choice(3, 5, 7)
    u = Choice(10, 16, 20, 25)

    numbers = M * 10**6 / b
    each = numbers / u
    where = [
        different(floor(numbers / (D**2 * C)), floor(numbers / (D**2 * C + 1))),  # biases decide
        numbers / (D**2 * C) >= 20,
        (each - 1) / D**2 >= C + 1,  # more channels than now
        divides(b * u, M * 10**6),
    ]

    stem = r"""
    The parameters of a layer, weights and biases, may take $M = <<M>>$&nbsp;MB of
    memory (1&nbsp;MB&nbsp;$= 10^6$&nbsp;bytes); each parameter takes $b = <<b>>$&nbsp;bytes. The
    layer reads images with $C = <<C>>$ channels.
    """

    units = IntegerEntry(
        floor(M * 10**6 / (b * (D**2 * C + 1))),
        tex="n",
        marks=3,
        prompt=r"""
        The images have $D \times D$ pixels, $D = <<D>>$. A dense layer has a weight for every value
        of the image and one bias in each unit. How many units $n$ can it have at most?
        """,
        misconceptions=[
            Misconception(
                "ignored the biases",
                floor(M * 10**6 / (b * D**2 * C)),
                "Each unit also has a bias, and with the biases this many units no longer fit.",
            ),
            Misconception(
                "forgot the channels",
                floor(M * 10**6 / (b * (D**2 + 1))),
                "A pixel has <<C>> values, each with a weight of its own.",
            ),
            Misconception(
                "one byte each",
                floor(M * 10**6 / (D**2 * C + 1)),
                "A parameter takes <<b>> bytes.",
            ),
        ],
    )

    filters = IntegerEntry(
        floor(M * 10**6 / (b * (K**2 * C + 1))),
        tex="F",
        marks=2,
        prompt=r"""
        How many filters $F$ can a convolution have at most, with kernels of $<<K>> \times <<K>>$
        and one bias in each filter?
        """,
        misconceptions=[
            Misconception(
                "ignored the biases",
                floor(M * 10**6 / (b * K**2 * C)),
                r"A filter has $<<K>>^2 \cdot <<C>>$ weights *and* a bias.",
            ),
            Misconception(
                "flat filters",
                floor(M * 10**6 / (b * (K**2 + 1))),
                "A filter is as deep as its input: $K^2$ weights for each of the <<C>> channels.",
            ),
            Misconception(
                "rounded up",
                ceiling(M * 10**6 / (b * (K**2 * C + 1))),
                "The last filter would not fit entirely: round down.",
            ),
        ],
    )

    channels = IntegerEntry(
        floor((M * 10**6 / (b * u) - 1) / D**2),
        tex=r"C^*",
        marks=3,
        prompt=r"""
        Now a dense layer shall have <<u>> units, with a bias each, and read images of
        $<<D>> \times <<D>>$ pixels with more channels than now. How many channels $C^*$ can they
        have at most?
        """,
        misconceptions=[
            Misconception(
                "rounded up",
                ceiling((M * 10**6 / (b * u) - 1) / D**2),
                "With this many channels the layer is just too large: round down.",
            ),
            Misconception(
                "one byte each",
                floor((M * 10**6 / u - 1) / D**2),
                "A parameter takes <<b>> bytes.",
            ),
            Misconception(
                "a single unit",
                floor((M * 10**6 / b - 1) / D**2),
                "The memory is shared by <<u>> units, each with its own weights.",
            ),
        ],
    )

    solution = r"""
    The memory holds $10^6 M / b = <<numbers>>$ parameters. A unit of the dense layer has
    $D^2 C$ weights and a bias, so
    $$n = \left\lfloor \frac{<<numbers>>}{D^2 C + 1} \right\rfloor
    = \left\lfloor \frac{<<numbers>>}{<<D**2 * C + 1>>} \right\rfloor = <<units>>$$
    Without the biases $<<numbers>> / <<D**2 * C>>$ would allow
    <<numbers // (D**2 * C)>>. A filter has $K^2 C = <<K**2 * C>>$ weights and a bias, whatever the
    size of the image:
    $$F = \left\lfloor \frac{<<numbers>>}{K^2 C + 1} \right\rfloor
    = \left\lfloor \frac{<<numbers>>}{<<K**2 * C + 1>>} \right\rfloor = <<filters>>$$
    When <<u>> units share the memory, each has room for $<<numbers>> / <<u>> = <<each>>$
    parameters. One of them is the bias; every channel takes $D^2 = <<D**2>>$ others:
    $$C^* = \left\lfloor \frac{<<each>> - 1}{<<D**2>>} \right\rfloor = <<channels>>$$
    """

    def oracle(self):
        """Bisect over the number of units, of filters and of channels."""
        room = self.M * 10**6

        def largest(spent):
            low, high = 0, 10**8
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if spent(middle) <= room else (low, middle)
            return low

        pixels, window = self.D * self.D * self.C, self.K * self.K * self.C
        return {
            "units": largest(lambda n: (pixels * n + n) * self.b),
            "filters": largest(lambda n: (window * n + n) * self.b),
            "channels": largest(lambda c: (c * self.D * self.D + 1) * self.u * self.b),
        }
