"""Whole numbers, backwards: filters, kernel side and channels from the counts of a summary."""

from math import isqrt

from examgen import Choice, Int, IntegerEntry, Item, Misconception, different, engine, floor


class FindTheLayer(Item):
    """Three convolutions of which only the parameter counts and some sizes are known."""

    title = "A summary with gaps"
    topic = "parameters"
    objective = (
        "recover filters, kernel side or channels of a convolution from its number of parameters"
    )
    serves = ["3a conv-params-inverse", "3a sharing-factor"]

    C = Choice(2, 3, 4, 5)
    K = Choice(3, 5, 7)
    F = Int(10, 40, 2)
    A = Choice(4, 6, 8, 12)
    Q = Choice(3, 5, 7, 9, 11)
    G = Int(8, 48, 4)
    B = Choice(6, 10, 14, 18, 24, 30)
    T = Choice(3, 5)
    M = Choice(8, 16, 20, 32)
    W = Int(16, 40)

    where = [different(C, K)]
    first = (K**2 * C + 1) * F
    second = (Q**2 * A + 1) * G
    third = (T**2 * B + 1) * M

    stem = r"""
    A program prints a summary of three convolutions, which belong to different networks. Kernels
    are square, and every filter has one bias, which is counted. Some numbers cannot be read:

    | layer | input channels | kernel side | filters | parameters |
    |:-----:|:--------------:|:-----------:|:-------:|-----------:|
    | 1     | <<C>>          | <<K>>       | $F$     | $<<first>>$ |
    | 2     | <<A>>          | $Q$         | <<G>>   | $<<second>>$ |
    | 3     | $B$            | <<T>>       | <<M>>   | $<<third>>$ |
    """

    filters = IntegerEntry(
        F,
        tex="F",
        marks=2,
        prompt="How many filters $F$ does layer&nbsp;1 have?",
        misconceptions=[
            Misconception(
                "flat filters",
                floor(first / (K**2 + 1)),
                "A filter is as deep as its input: $<<K>>^2$ weights for each of the <<C>> "
                "channels.",
            ),
            Misconception(
                "a bias for each channel",
                floor(first / ((K**2 + 1) * C)),
                "There is one bias for the whole filter, not one for each channel.",
            ),
            Misconception(
                "side for area",
                floor(first / (K * C + 1)),
                "A kernel has $<<K>>^2 = <<K**2>>$ weights for each channel.",
            ),
        ],
    )

    kernel = IntegerEntry(
        Q,
        tex="Q",
        marks=3,
        carries=(1, 15),
        prompt="What is the side $Q$ of the kernels of layer&nbsp;2?",
        misconceptions=[
            Misconception(
                "forgot the root",
                Q**2,
                "This is the number of weights in a kernel, $Q^2$.",
            ),
            Misconception(
                "forgot the channels",
                lambda item: isqrt(item.Q**2 * item.A),
                "A filter has $Q^2$ weights for each of the <<A>> channels: divide first.",
            ),
            Misconception(
                "root of everything",
                lambda item: isqrt(item.second),
                "The parameters belong to <<G>> filters; divide first.",
            ),
        ],
    )

    channels = IntegerEntry(
        B,
        tex="B",
        marks=2,
        prompt="How many input channels $B$ does layer&nbsp;3 have?",
        misconceptions=[
            Misconception(
                "forgot the kernel",
                T**2 * B,
                "These are the weights of a whole filter; divide by the $<<T>>^2 = <<T**2>>$ of "
                "one channel.",
            ),
            Misconception(
                "side for area",
                T * B,
                "A kernel has $<<T>>^2 = <<T**2>>$ weights for each channel.",
            ),
        ],
    )

    factor = IntegerEntry(
        (W - kernel + 1) ** 2,
        tex="f",
        marks=2,
        prompt=r"""
        Layer&nbsp;2 slides over maps of $<<W>> \times <<W>>$ values, with stride&nbsp;1 and without
        padding. At how many places is each of its weights used?
        """,
        misconceptions=[
            Misconception(
                "at every pixel",
                W**2,
                "Without padding a kernel fits at fewer places than the maps have values.",
            ),
            Misconception(
                "forgot +1",
                (W - kernel) ** 2,
                "A kernel already fits at offset 0: there are $<<W>> - Q + 1$ places along a side.",
            ),
            Misconception(
                "one side", W - kernel + 1, "There are this many places along *one* side."
            ),
        ],
    )

    solution = r"""
    A filter of layer&nbsp;1 has $<<K>>^2 \cdot <<C>> + 1 = <<K**2 * C + 1>>$ parameters, so
    $$F = \frac{<<first>>}{<<K**2 * C + 1>>} = <<filters>>$$
    A filter of layer&nbsp;2 has $<<second>> / <<G>> = <<second // G>>$. One of them is the bias;
    the others are $Q^2$ for each of the <<A>> channels:
    $$Q = \sqrt{\frac{<<second // G>> - 1}{<<A>>}} = \sqrt{<<Q**2>>} = <<kernel>>$$
    A filter of layer&nbsp;3 has $<<third>> / <<M>> = <<third // M>>$, of which all but one are
    $<<T>>^2$ for each channel:
    $$B = \frac{<<third // M>> - 1}{<<T**2>>} = <<channels>>$$
    A kernel of side <<Q>> fits at $<<W>> - <<Q>> + 1 = <<W - Q + 1>>$ places along a side:
    $$f = <<W - Q + 1>>^2 = <<factor>>$$
    This is the factor by which sharing cuts the number of weights: unshared, every place would
    have its own.
    """

    def oracle(self):
        """Build layers of every size until the count is that of the summary."""

        def parameters(channels, filters, kernel):
            layer = engine.Layer("conv", filters, kernel)
            return engine.Network("net", (channels, 64, 64), [layer]).costs().parameters

        def found(count, sizes):
            return next(size for size in range(1, 100) if sizes(size) == count)

        kernel = found(self.second, lambda q: parameters(self.A, self.G, q))
        places = [1 for row in range(self.W) for column in range(self.W)
                  if max(row, column) + kernel <= self.W]  # fmt: skip
        return {
            "filters": found(self.first, lambda f: parameters(self.C, f, self.K)),
            "kernel": kernel,
            "channels": found(self.third, lambda b: parameters(b, self.M, self.T)),
            "factor": len(places),
        }
