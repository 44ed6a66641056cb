"""Intervals at the border: a field that reaches beyond the image, and units whose fields do not."""

from examgen import (
    Choice,
    Int,
    IntervalEntry,
    Item,
    Misconception,
    ceiling,
    floor,
    maximum,
    minimum,
)


class ClippedFields(Item):
    """Two padded layers along one axis: a unit near an end, clipped, and the units in between."""

    title = "Fields at the border"
    topic = "receptive field"
    objective = (
        "give the interval that a unit near the border sees, before and after clipping, and "
        "the units that see no padding"
    )
    serves = ["2a rf-interval", "3b rf-interval", "2c padding-clipped-rf"]

    out2 = Int(7, 16)
    K1, S1, P1 = Choice(3, 5, 7), Choice(2, 3), Int(1, 3)
    K2, S2, P2 = Choice(3, 5), Choice(1, 2), Int(1, 2)
    end, i = Choice(0, 1), Choice(0, 1, 2)

    out1 = (out2 - 1) * S2 + K2 - 2 * P2  # every unit and pixel is read, so that …
    W = (out1 - 1) * S1 + K1 - 2 * P1  # … a field is clipped by the image alone
    unit = i + end * (out2 - 1 - 2 * i)

    step = S1 * S2
    ahead = P1 + P2 * S1
    side = K1 + (K2 - 1) * S1

    where = [
        2 * P1 < K1,
        2 * P2 < K2,
        W <= 99,
        unit >= 1,
        ceiling(ahead / step) < floor((W - side + ahead) / step),
        lambda item: item.nominal[0] < 0 or item.nominal[1] >= item.W,
    ]

    stem = r"""
    A row of $W = <<W>>$ pixels passes through two convolution layers:

    | layer |   kernel   |   stride   | zeros at each end | units |
    |:------|:----------:|:----------:|:-----------------:|:-----:|
    | 1     | $K_1 = <<K1>>$ | $S_1 = <<S1>>$ | $P_1 = <<P1>>$ | <<out1>> |
    | 2     | $K_2 = <<K2>>$ | $S_2 = <<S2>>$ | $P_2 = <<P2>>$ | <<out2>> |

    Pixels and the units of each layer are numbered from 0 on. Answers are intervals of whole
    numbers: both ends belong to them. Places before pixel&nbsp;0 have negative numbers.
    """

    nominal = IntervalEntry(
        (unit * step - ahead, unit * step - ahead + side - 1),
        tex="N",
        marks=3,
        carries=(-1000, 1000),
        prompt=r"""
        If the row went on at both ends, and layer&nbsp;1 too, which places $N$ would
        unit&nbsp;<<unit>> of layer&nbsp;2 see?
        """,
        misconceptions=[
            Misconception(
                "forgot the padding",
                (unit * step, unit * step + side - 1),
                r"Unit 0 of layer 2 starts $P_2$ units of layer 1 before its unit 0, and that "
                r"starts $P_1$ pixels before pixel 0: $P_1 + P_2 S_1 = <<ahead>>$ pixels.",
            ),
            Misconception(
                "zeros of layer 2 taken for pixels",
                (unit * step - P1 - P2, unit * step - P1 - P2 + side - 1),
                "A padded zero of layer 2 stands for a unit of layer 1, that is, for $S_1$ pixels.",
            ),
            Misconception(
                "stride of layer 2 alone",
                (unit * S2 - ahead, unit * S2 - ahead + side - 1),
                "Neighbouring units of layer 2 are $S_1 S_2 = <<step>>$ pixels apart.",
            ),
            Misconception(
                "kernels added",
                (unit * step - ahead, unit * step - ahead + K1 + K2 - 2),
                "The $K_2$ units that layer 2 sees are $S_1$ pixels apart: the field has "
                "$K_1 + (K_2 - 1) S_1$ pixels.",
            ),
        ],
    )

    clipped = IntervalEntry(
        (maximum(0, nominal.low), minimum(W - 1, nominal.high)),
        tex="C",
        marks=1,
        prompt="Which of these are pixels of the row?",
        misconceptions=[
            Misconception(
                "clipped at the wrong place",
                (maximum(1, nominal.low), minimum(W, nominal.high)),
                "Pixels are numbered from 0 to $W - 1 = <<W - 1>>$.",
            ),
            Misconception(
                "moved into the row",
                (
                    maximum(0, nominal.low) - maximum(0, nominal.high - W + 1),
                    minimum(W - 1, nominal.high) + maximum(0, -nominal.low),
                ),
                "A field at the border is not moved, it is cut off: the rest of it holds zeros.",
            ),
        ],
    )

    inner = IntervalEntry(
        (ceiling(ahead / step), floor((W - side + ahead) / step)),
        tex="U",
        marks=3,
        prompt="Which units $U$ of layer&nbsp;2 see pixels only, with no place beyond the ends?",
        misconceptions=[
            Misconception(
                "forgot the width of the field",
                (ceiling(ahead / step), floor((W - 1 + ahead) / step)),
                "The *last* place of the field has to lie in the row too.",
            ),
            Misconception(
                "layer 2 alone",
                (ceiling(P2 / S2), floor((out1 - K2 + P2) / S2)),
                "These see no padded zero of layer 2, but units of layer 1 that see zeros.",
            ),
        ],
    )

    solution = r"""
    Neighbouring units of layer&nbsp;2 are $S_1 S_2 = <<step>>$ pixels apart, unit&nbsp;0 starts
    $P_1 + P_2 S_1 = <<ahead>>$ pixels before pixel&nbsp;0, and a field is
    $K_1 + (K_2 - 1) S_1 = <<side>>$ pixels wide. So unit $u$ sees the places from
    $<<step>>u - <<ahead>>$ to $<<step>>u - <<ahead>> + <<side - 1>>$, and for $u = <<unit>>$
    $$N = <<nominal>>\,.$$
    Pixels go from 0 to <<W - 1>>, which leaves $C = <<clipped>>$. A field lies within the row if
    $<<step>>u - <<ahead>> \ge 0$ and $<<step>>u - <<ahead>> + <<side - 1>> \le <<W - 1>>$, that is,
    $$\frac{<<ahead>>}{<<step>>} \le u \le \frac{<<W - side + ahead>>}{<<step>>}\,,
    \qquad U = <<inner>>\,.$$
    """

    def oracle(self):
        """Lay windows of places over places, far beyond both ends, and look at those of the row."""
        first = {
            u: [u * self.S1 - self.P1 + tap for tap in range(self.K1)] for u in range(-50, 150)
        }
        fields = [
            [place for tap in range(self.K2) for place in first[u * self.S2 - self.P2 + tap]]
            for u in range(self.out2)
        ]
        row = range(self.W)
        places = sorted(fields[self.unit])
        pixels = [place for place in places if place in row]
        inner = [u for u, field in enumerate(fields) if set(field) <= set(row)]
        return {
            "nominal": (places[0], places[-1]),
            "clipped": (pixels[0], pixels[-1]),
            "inner": (inner[0], inner[-1]),
        }
