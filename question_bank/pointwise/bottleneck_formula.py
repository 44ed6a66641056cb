"""Formulas in one symbol and a fraction: branches with and without a 1 × 1 bottleneck."""

from fractions import Fraction

import numpy as np

from examgen import Choice, FormulaEntry, IntegerEntry, Item, Misconception, RationalEntry, floor


class BottleneckFormula(Item):
    """Weights of two branches as functions of their width, and from where the bottleneck pays."""

    title = "When does a bottleneck pay?"
    topic = "pointwise"
    objective = (
        "write the weights of a module with and without bottlenecks as formulas and solve for "
        "the break-even point"
    )
    serves = ["5c bottleneck-breakeven"]

    N = Choice(4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 128)
    C = Choice(96, 112, 128, 144, 160, 192, 224, 240, 256)
    B = Choice(24, 32, 40, 48, 64, 80)
    K1, K2 = Choice(3, 5), Choice(5, 7)

    taps = K1**2 + K2**2
    where = [K1 < K2, taps * (C - B) < 2 * C * B]  # narrow modules do not need it

    stem = r"""
    A module has two branches side by side: convolutions with kernels of $<<K1>> \times <<K1>>$ and
    of $<<K2>> \times <<K2>>$, each from the <<C>> channels of the input to $N$ channels. In the
    other version each branch begins with a $1 \times 1$ convolution of its own to <<B>> channels.
    Biases are not counted. Your formulas must hold for all whole $N$ from 1 to 512.
    """

    direct = FormulaEntry(
        taps * C * N,
        variables=[N],
        domain={N: (1, 512)},
        tex="D",
        marks=1,
        prompt="Without the $1 \\times 1$ convolutions, how many weights $D$ does the module have?",
        misconceptions=[
            Misconception(
                "one filter a branch",
                taps * C + 0 * N,
                "Each branch gives $N$ channels, so it has $N$ kernels that span <<C>> channels.",
            ),
            Misconception(
                "flat kernels",
                taps * N,
                "Every kernel spans all <<C>> channels of the input.",
            ),
        ],
    )

    squeezed = FormulaEntry(
        2 * C * B + taps * B * N,
        variables=[N],
        domain={N: (1, 512)},
        tex="Q",
        marks=2,
        prompt="How many weights $Q$ does it have with them?",
        misconceptions=[
            Misconception(
                "one filter a branch",
                2 * C * B + taps * B + 0 * N,
                "The larger convolutions have $N$ kernels in each branch.",
            ),
            Misconception(
                "forgot the small layers",
                taps * B * N,
                "The $1 \\times 1$ convolutions have $<<C>> \\cdot <<B>>$ weights each.",
            ),
            Misconception(
                "shared the small layer",
                C * B + taps * B * N,
                "Each branch has a $1 \\times 1$ convolution of its own.",
            ),
            Misconception(
                "still all channels",
                2 * C * B + taps * C * N,
                "After the $1 \\times 1$ convolutions there are only <<B>> channels to span.",
            ),
        ],
    )

    saved = IntegerEntry(
        direct - squeezed,
        tex="E",
        marks=1,
        carries=(-(10**9), 10**9),
        prompt="How many weights $E = D - Q$ do the small layers save for $N = <<N>>$? "
        "(Negative if they cost more.)",
        misconceptions=[
            Misconception("wrong sign", squeezed - direct, "This is what they cost: $Q - D$."),
        ],
    )

    equal = RationalEntry(
        2 * C * B / (taps * (C - B)),
        tex="N_0",
        marks=2,
        prompt="For which (not necessarily whole) $N_0$ would both have equally many weights?",
        misconceptions=[
            Misconception(
                "one small layer",
                C * B / (taps * (C - B)),
                "Both branches have a $1 \\times 1$ convolution.",
            ),
            Misconception(
                "difference turned",
                2 * C * B / (taps * C),
                "The squeezed branches have weights that grow with $N$ too: $<<taps>> \\cdot <<B>>$"
                " for each.",
            ),
        ],
    )

    least = IntegerEntry(
        floor(equal) + 1,
        tex="N",
        marks=1,
        prompt="What is the least whole $N$ for which the bottleneck saves weights?",
        misconceptions=[
            Misconception(
                "rounded down", floor(equal), "There the bottleneck still costs more, or as much."
            ),
            Misconception(
                "one too many", floor(equal) + 2, "One channel fewer is enough: check $D$ and $Q$."
            ),
        ],
    )

    solution = r"""
    A convolution has kernel area times input channels times output channels weights:
    << working.direct >>
    << working.squeezed >>
    For $N = <<N>>$ the difference is << working.saved >>
    Both are lines in $N$: $D$ starts at 0, $Q$ at $2 \cdot <<C>> \cdot <<B>> = <<2 * C * B>>$, but
    $Q$ is less steep. They meet where $<<taps * C>> N_0 = <<2 * C * B>> + <<taps * B>> N_0$:
    << working.equal >>
    The bottleneck saves weights where $N$ is larger, so from $N = <<least>>$ on.
    """

    def count(self, N):
        """Entries of the weight arrays without and with the small layers."""
        kernels = (self.K1, self.K2)
        direct = [np.broadcast_to(0, (N, self.C, k, k)) for k in kernels]
        squeezed = [np.broadcast_to(0, (N, self.B, k, k)) for k in kernels]
        small = [np.broadcast_to(0, (self.B, self.C, 1, 1)) for _ in kernels]
        return sum(w.size for w in direct), sum(w.size for w in squeezed + small)

    def oracle(self):
        """Lay out the arrays; the difference is a line in N: find its zero from two points."""
        direct, squeezed = self.count(self.N)
        at1, at2 = (int(np.subtract(*self.count(N))) for N in (1, 2))
        least = 1
        while np.subtract(*self.count(least)) <= 0:
            least += 1
        return {
            "direct": direct,
            "squeezed": squeezed,
            "saved": direct - squeezed,
            "equal": 1 - Fraction(at1, at2 - at1),
            "least": least,
        }
