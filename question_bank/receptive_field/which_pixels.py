"""Intervals: which units and pixels one unit sees, and which units see one pixel."""

from examgen import (
    Choice,
    Int,
    IntervalEntry,
    Item,
    Misconception,
    ceiling,
    floor,
)


class WhichPixels(Item):
    """Two padded layers along one axis, followed down from a unit and up from a pixel."""

    title = "Which pixels, which units?"
    topic = "receptive field"
    objective = "follow a unit down to the pixels it sees, and a pixel up to the units that see it"
    serves = ["2a rf-interval", "3b rf-interval"]

    W = Int(24, 40)
    K1, S1, P1 = Choice(3, 5, 7), Choice(2, 3), Int(1, 2)
    K2, S2, P2 = Choice(3, 5), Choice(2, 3), Int(1, 2)
    i, x = Int(2, 4), Int(8, 20)

    out1 = floor((W + 2 * P1 - K1) / S1) + 1

    where = [
        2 * P1 < K1,
        2 * P2 < K2,
        S1 < K1,  # neighbouring windows overlap
        i * S2 - P2 + K2 <= out1,  # the unit sees no padded zero of layer 1, …
        (i * S2 - P2) * S1 >= P1,  # … and none of the row of pixels
        (i * S2 - P2 + K2 - 1) * S1 - P1 + K1 <= W,
        (x + P1) // S1 < out1,  # each window that would start before the pixel is there
    ]

    stem = r"""
    A row of $W = <<W>>$ pixels passes through two convolution layers:

    | layer |   kernel   |   stride   | zeros at each end |
    |:------|:----------:|:----------:|:-----------------:|
    | 1     | $K_1 = <<K1>>$ | $S_1 = <<S1>>$ | $P_1 = <<P1>>$ |
    | 2     | $K_2 = <<K2>>$ | $S_2 = <<S2>>$ | $P_2 = <<P2>>$ |

    Pixels and the units of each layer are numbered from 0 on. Answers are intervals of whole
    numbers: both ends belong to them.
    """

    below = IntervalEntry(
        (i * S2 - P2, i * S2 - P2 + K2 - 1),
        tex="A",
        marks=2,
        carries=(-100, 1000),
        prompt="Which units $A$ of layer&nbsp;1 does unit&nbsp;<<i>> of layer&nbsp;2 see?",
        misconceptions=[
            Misconception(
                "forgot the padding",
                (i * S2, i * S2 + K2 - 1),
                "The first window starts $P_2 = <<P2>>$ places *before* unit 0.",
            ),
            Misconception(
                "forgot the stride",
                (i - P2, i - P2 + K2 - 1),
                "Neighbouring windows start $S_2 = <<S2>>$ units apart.",
            ),
            Misconception(
                "one too far",
                (i * S2 - P2, i * S2 - P2 + K2),
                "$K_2 = <<K2>>$ units from the first one on end at the first plus $K_2 - 1$.",
            ),
        ],
    )

    pixels = IntervalEntry(
        (below.low * S1 - P1, below.high * S1 - P1 + K1 - 1),
        tex="B",
        marks=3,
        prompt="Which pixels $B$ does this unit of layer&nbsp;2 see?",
        misconceptions=[
            Misconception(
                "forgot the padding",
                (below.low * S1, below.high * S1 + K1 - 1),
                "Unit 0 of layer 1 starts $P_1 = <<P1>>$ places before pixel 0.",
            ),
            Misconception(
                "starts only",
                (below.low * S1 - P1, below.high * S1 - P1),
                "The last unit of layer 1 sees $K_1 = <<K1>>$ pixels, not only its first one.",
            ),
            Misconception(
                "one too far",
                (below.low * S1 - P1, below.high * S1 - P1 + K1),
                "$K_1$ pixels from the first one on end at the first plus $K_1 - 1$.",
            ),
        ],
    )

    above = IntervalEntry(
        (ceiling((x + P1 - K1 + 1) / S1), floor((x + P1) / S1)),
        tex="U",
        marks=3,
        prompt="Now the other way: which units $U$ of layer&nbsp;1 see pixel&nbsp;<<x>>?",
        misconceptions=[
            Misconception(
                "forgot the padding",
                (ceiling((x - K1 + 1) / S1), floor(x / S1)),
                "In the padded row the pixel stands $P_1$ places further on.",
            ),
            Misconception(
                "one unit too many",
                (ceiling((x + P1 - K1 + 1) / S1) - 1, floor((x + P1) / S1)),
                "The window of the first of these units ends before the pixel.",
            ),
            Misconception(
                "windows side by side",
                (floor((x + P1) / S1), floor((x + P1) / S1)),
                "Windows overlap, as $S_1 < K_1$: earlier ones reach the pixel too.",
            ),
        ],
    )

    solution = r"""
    Unit $i$ of a layer starts at $iS - P$ of what lies below it, and sees $K$ places from there:
    $$A = [\,i S_2 - P_2,\; i S_2 - P_2 + K_2 - 1\,] = <<below>>$$
    The pixels of $B = [B_1, B_2]$ go from the first one that the first unit of $A = [A_1, A_2]$
    sees to the last one that the last unit sees:
    <% set first, last = i * S2 - P2, i * S2 - P2 + K2 - 1 %>
    $$\begin{aligned}
    B_1 &= A_1 S_1 - P_1 = <<first>> \cdot <<S1>> - <<P1>> = <<first * S1 - P1>> \\
    B_2 &= A_2 S_1 - P_1 + K_1 - 1
    = <<last>> \cdot <<S1>> - <<P1>> + <<K1>> - 1 = <<last * S1 - P1 + K1 - 1>>
    \end{aligned}$$
    so that $B = <<pixels>>$. Unit $u$ of layer&nbsp;1 sees pixel $x = <<x>>$ if
    $u S_1 - P_1 \le x \le u S_1 - P_1 + K_1 - 1$, which is
    $$\frac{x + P_1 - K_1 + 1}{S_1} \le u \le \frac{x + P_1}{S_1}\,,$$
    and so $U = <<above>>$.
    """

    @staticmethod
    def _windows(width, kernel, stride, padding):
        """The places that each window covers, among them those of the padding."""
        places = list(range(-padding, width + padding))
        starts = range(0, len(places) - kernel + 1, stride)
        return [places[start : start + kernel] for start in starts]

    def oracle(self):
        """Lay all windows down and look which of them hold what."""
        first = self._windows(self.W, self.K1, self.S1, self.P1)
        second = self._windows(len(first), self.K2, self.S2, self.P2)
        below = second[self.i]
        pixels = sorted(pixel for unit in below for pixel in first[unit])
        above = [unit for unit, window in enumerate(first) if self.x in window]
        return {
            "below": (below[0], below[-1]),
            "pixels": (pixels[0], pixels[-1]),
            "above": (above[0], above[-1]),
        }
