"""Vectors of two and whole numbers: which pixels a unit sees when layers are padded."""

from examgen import (
    Int,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    ceiling,
    different,
    engine,
)


class Interval(Item):
    """First and last pixel that a unit of three padded layers sees, and what the border leaves."""

    title = "From which pixel to which?"
    topic = "receptive field"
    objective = (
        "find the first and last pixel that a unit of padded layers sees, and the first unit "
        "inside the row"
    )
    serves = ["2a rf-interval", "3b rf-interval"]

    K = IntVector(3, low=3, high=7)
    S = IntVector(3, low=1, high=3)
    P = IntVector(3, low=0, high=3)
    u = Int(1, 4)

    offset = P[0] + P[1] * S[0] + P[2] * S[0] * S[1]
    where = [
        K[0] >= 2 * P[0],
        K[1] >= 2 * P[1],
        K[2] >= 2 * P[2],
        P[1] + P[2] >= 1,
        S[0] >= 2,
        S[0] * S[1] * S[2] <= 8,
        offset >= u * S[0] * S[1] * S[2] + 1,  # the field hangs over the border
        different(offset % (S[0] * S[1] * S[2]), 0),
    ]

    stem = r"""
    A row of 500 pixels passes through three layers. Layer $l$ has kernels of $K_l$ weights, the
    stride $S_l$, and $P_l$ zeros of padding on each side of *its own* input:

    | layer $l$      |    1     |    2     |    3     |
    |:---------------|:--------:|:--------:|:--------:|
    | kernel $K_l$   | <<K[0]>> | <<K[1]>> | <<K[2]>> |
    | stride $S_l$   | <<S[0]>> | <<S[1]>> | <<S[2]>> |
    | padding $P_l$  | <<P[0]>> | <<P[1]>> | <<P[2]>> |

    Pixels and units are numbered from 0. A receptive field that hangs over the left end reaches
    pixels with negative numbers, which are not there.
    """

    field = VectorEntry(
        [
            K[0] + (K[1] - 1) * S[0] + (K[2] - 1) * S[0] * S[1],
            S[0] * S[1] * S[2],
        ],
        tex="(r, j)",
        marks=2,
        carries=(1, 10**4),
        prompt=r"""
        How many pixels $r$ does the receptive field of a unit of layer&nbsp;3 have, and how many
        pixels $j$ further on does that of its right neighbour begin?
        """,
        misconceptions=[
            Misconception(
                "ignored strides",
                [K[0] + (K[1] - 1) + (K[2] - 1), S[0] * S[1] * S[2]],
                "A step of layer 2 is $S_1$ pixels long, one of layer 3 is $S_1 S_2$.",
            ),
            Misconception(
                "added the strides",
                [K[0] + (K[1] - 1) * S[0] + (K[2] - 1) * S[0] * S[1], S[0] + S[1] + S[2]],
                "Strides in sequence multiply.",
            ),
            Misconception(
                "padding widens the field",
                [
                    K[0] + (K[1] - 1) * S[0] + (K[2] - 1) * S[0] * S[1] + 2 * (P[0] + P[1] + P[2]),
                    S[0] * S[1] * S[2],
                ],
                "Padding moves the fields to the left; it does not widen them.",
            ),
        ],
    )

    ends = VectorEntry(
        [u * field[1] - offset, u * field[1] - offset + field[0] - 1],
        tex="(a, b)",
        marks=3,
        carries=(-(10**4), 10**4),
        prompt=r"""
        Which are the first pixel $a$ and the last pixel $b$ of the receptive field of
        unit&nbsp;<<u>> of layer&nbsp;3? Do not cut it off at the end of the row.
        """,
        misconceptions=[
            Misconception(
                "ignored padding",
                [u * field[1], u * field[1] + field[0] - 1],
                "Padding on the left moves all fields to the left.",
            ),
            Misconception(
                "padding in pixels",
                [
                    u * field[1] - P[0] - P[1] - P[2],
                    u * field[1] - P[0] - P[1] - P[2] + field[0] - 1,
                ],
                "A zero before layer 2 stands for $S_1$ pixels, one before layer 3 for $S_1 S_2$.",
            ),
            Misconception(
                "counted from 1",
                [u * field[1] - offset, u * field[1] - offset + field[0]],
                "The field covers $r$ pixels, its first one included: the last is $r - 1$ further "
                "on.",
            ),
            Misconception(
                "fields side by side",
                [u * field[0] - offset, u * field[0] - offset + field[0] - 1],
                "Fields of neighbours overlap: they begin $j$ pixels apart, not $r$.",
            ),
        ],
    )

    seen = IntegerEntry(
        ends[1] + 1,
        tex="n",
        marks=1,
        prompt="How many pixels of the row does this unit see?",
        misconceptions=[
            Misconception(
                "the whole field",
                field[0],
                "The pixels with negative numbers are not there.",
            ),
            Misconception("one too few", ends[1], "Pixel 0 counts as well."),
        ],
    )

    inside = IntegerEntry(
        ceiling(offset / field[1]),
        tex="i",
        marks=2,
        prompt="Which is the first unit $i$ whose receptive field lies in the row as a whole?",
        misconceptions=[
            Misconception(
                "rounded down",
                ceiling(offset / field[1]) - 1,
                "The field of this unit still begins left of pixel 0.",
            ),
            Misconception(
                "in steps of the field",
                lambda item: (
                    -(-item.offset // int(item.field[0]))
                    if -(-item.offset // int(item.field[0])) not in {item.inside, item.inside - 1}
                    else None
                ),
                "Fields of neighbours begin $j$ pixels apart, not $r$.",
            ),
            Misconception(
                "padding for units",
                lambda item: (
                    item.offset if item.offset not in {item.inside, item.inside - 1} else None
                ),
                "The first field begins this many *pixels* left of the row; a unit is $j$ pixels.",
            ),
        ],
    )

    solution = r"""
    Jumps are products of strides, and each layer adds $K_l - 1$ steps of the layer before it:
    $$r = <<K[0]>> + <<K[1] - 1>> \cdot <<S[0]>> + <<K[2] - 1>> \cdot <<S[0] * S[1]>> = <<field[0]>>
    \qquad j = <<S[0]>> \cdot <<S[1]>> \cdot <<S[2]>> = <<field[1]>>$$
    Unit&nbsp;0 begins on the first zero of its padding, which lies $P_3$ places left of
    layer&nbsp;2; each of them is $S_1 S_2$ pixels wide, and so on. So it begins
    $$P_1 + P_2 S_1 + P_3 S_1 S_2 = <<P[0]>> + <<P[1]>> \cdot <<S[0]>> +
    <<P[2]>> \cdot <<S[0] * S[1]>> = <<offset>>$$
    pixels left of pixel&nbsp;0, and unit&nbsp;<<u>> begins $<<u>> \cdot <<field[1]>>$ pixels
    further on:
    $$a = <<u>> \cdot <<field[1]>> - <<offset>> = <<ends[0]>> \qquad
    b = a + r - 1 = <<ends[1]>>$$
    The row has the pixels 0 to $b$ of it, $<<seen>>$ in all. Unit $i$ begins inside when
    $<<field[1]>>\,i \ge <<offset>>$:
    $$i = \left\lceil \frac{<<offset>>}{<<field[1]>>} \right\rceil = <<inside>>$$
    """

    def oracle(self):
        """Follow the taps down from single units; look which units lose none of their pixels."""
        layers = list(zip(self.K.tolist(), self.S.tolist(), self.P.tolist(), strict=True))

        def reached(unit):
            places = {unit}
            for kernel, stride, padding in reversed(layers):
                places = {p * stride - padding + tap for p in places for tap in range(kernel)}
            return places

        field, after = reached(self.u), reached(self.u + 1)
        sets = engine.receptive_field_indices([(k, s, p) for k, s, p in layers], 500)
        full = max(len(pixels) for pixels in sets)
        return {
            "field": [len(field), min(after) - min(field)],
            "ends": [min(field), max(field)],
            "seen": len(sets[self.u]),
            "inside": next(unit for unit, pixels in enumerate(sets) if len(pixels) == full),
        }
