"""Quantities with units: memory in MiB and kB, and work in MAC, of training one layer."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Item, Misconception, QuantityEntry, different, engine


class TrainingMemory(Item):
    """What one convolution layer takes in training: its output, its Adam states, its work."""

    title = "Memory and work of training a layer"
    topic = "training"
    objective = (
        "compute the memory of a convolution's outputs and optimiser states, and the work of a "
        "forward pass"
    )
    serves = ["4b activation-memory", "4c conv-macs", "1a train-memory"]

    N = Choice(8, 10, 12, 16, 20, 24, 32, 40)
    H = Choice(28, 32, 48, 56, 64)
    C_in = Choice(16, 24, 32, 48, 64)
    C_out = Choice(32, 48, 64, 96, 128)
    K = Choice(3, 5)

    where = [different(C_in, C_out)]  # else a swap cannot be seen

    stem = r"""
    A layer is trained with batches of $N = <<N>>$ images. It slides $<<K>> \times <<K>>$ kernels
    ($K = <<K>>$) with stride&nbsp;1 over $C_\mathrm{in} = <<C_in>>$ channels of
    $<<H>> \times <<H>>$ values ($H = <<H>>$), padded so that the output has the same sides, and
    gives $C_\mathrm{out} = <<C_out>>$ channels, each with one bias. All numbers are 32-bit
    floating-point numbers. One MAC is one multiplication together with its addition.
    """

    params = (K**2 * C_in + 1) * C_out

    output = QuantityEntry(
        N * C_out * H**2 * 4 / Fraction(2**20),
        unit="MiB",
        digits=3,
        tex="m_Y",
        marks=2,
        prompt=r"""
        How much memory $m_Y$ does the output of the layer take for one batch, in mebibytes
        (1&nbsp;MiB is $2^{20}$&nbsp;bytes)?
        """,
        misconceptions=[
            Misconception(
                "divided by a million",
                N * C_out * H**2 * 4 / Fraction(10**6),
                "These are megabytes (MB). A mebibyte is $2^{20} = 1\\,048\\,576$ bytes.",
            ),
            Misconception(
                "forgot the batch",
                C_out * H**2 * 4 / Fraction(2**20),
                "In training the outputs of all <<N>> images are kept for the backward pass.",
            ),
            Misconception(
                "counted bits",
                N * C_out * H**2 * 32 / Fraction(2**20),
                "These are bits: a byte has 8 of them, a number of 32&nbsp;bits has 4&nbsp;bytes.",
            ),
            Misconception(
                "channels of the input",
                N * C_in * H**2 * 4 / Fraction(2**20),
                "The output has <<C_out>> channels.",
            ),
        ],
    )

    states = QuantityEntry(
        4 * params * 4 / Fraction(1000),
        unit="kB",
        digits=3,
        tex="m_W",
        marks=3,
        prompt=r"""
        Adam keeps for each parameter, besides its value and its gradient, two running averages. How
        much memory $m_W$ do these four arrays take, in kilobytes (1&nbsp;kB is 1000&nbsp;bytes)?
        """,
        misconceptions=[
            Misconception(
                "values only",
                params * 4 / Fraction(1000),
                "Gradients and both averages are as large as the parameters themselves.",
            ),
            Misconception(
                "averages only",
                2 * params * 4 / Fraction(1000),
                "The values and their gradients are in memory as well.",
            ),
            Misconception(
                "no gradients",
                3 * params * 4 / Fraction(1000),
                "The gradients are an array of their own: four arrays in all.",
            ),
            Misconception(
                "flat filters",
                4 * (K**2 + 1) * C_out * 4 / Fraction(1000),
                "A filter has $K^2$ weights for *each* of the <<C_in>> input channels.",
            ),
        ],
    )

    work = QuantityEntry(
        N * H**2 * C_out * K**2 * C_in / Fraction(10**9),
        unit="GMAC",
        digits=3,
        tex="M",
        marks=3,
        prompt=r"""
        How much work $M$ is the forward pass of one batch, in $10^9$ MACs (GMAC)? Products with
        padded zeros count; adding the biases does not.
        """,
        misconceptions=[
            Misconception(
                "counted FLOPs",
                2 * N * H**2 * C_out * K**2 * C_in / Fraction(10**9),
                "A multiplication and its addition are *one* MAC.",
            ),
            Misconception(
                "one image",
                H**2 * C_out * K**2 * C_in / Fraction(10**9),
                "The batch has <<N>> images.",
            ),
            Misconception(
                "one input channel",
                N * H**2 * C_out * K**2 / Fraction(10**9),
                "Each output value sums over $K^2$ taps in *each* of the <<C_in>> input channels.",
            ),
        ],
    )

    solution = r"""
    A number of 32&nbsp;bits takes 4&nbsp;bytes. The output has $H^2$ values in each of
    $C_\mathrm{out}$ channels of each of $N$ images:
    << working.output >>
    A filter with its bias has $K^2 C_\mathrm{in} + 1$ parameters; the layer has
    $(K^2 C_\mathrm{in} + 1)\, C_\mathrm{out} = <<params>>$. Four arrays of that size are kept:
    << working.states >>
    Each of the $N\, C_\mathrm{out} H^2$ output values takes $K^2 C_\mathrm{in}$ MACs:
    << working.work >>
    """

    def oracle(self):
        """NumPy counts bytes of arrays; a convolution of ones counts products along one axis."""
        number = np.zeros(1, dtype=np.float32)
        output = np.broadcast_to(number, (self.N, self.C_out, self.H, self.H))
        kernel = np.broadcast_to(number, (self.C_out, self.C_in, self.K, self.K))
        bias = np.broadcast_to(number, self.C_out)
        along = engine.conv1d([1] * (self.H + self.K - 1), [1] * self.K).sum()
        return {
            "output": Fraction(output.nbytes, 1024) / 1024,
            "states": Fraction(sum(4 * [kernel.nbytes + bias.nbytes]), 1000),
            "work": Fraction(int(along) ** 2 * kernel[..., 0, 0].size * self.N, 10**9),
        }
