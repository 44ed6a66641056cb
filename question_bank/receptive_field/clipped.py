"""Whole numbers: outputs whose windows hang over the border of a padded image."""

from examgen import Choice, Int, IntegerEntry, Item, Misconception, ceiling, engine, floor


class Clipped(Item):
    """Outputs along a side, those that see no padding, and those of the map that see some."""

    title = "Windows that hang over the border"
    topic = "receptive field"
    objective = "count the outputs of a padded layer whose windows hang over the border"
    serves = ["2c padding-clipped-rf"]

    W = Int(20, 64)
    K = Choice(3, 5, 7)
    D = Choice(1, 2, 3)
    S = Choice(2, 3)
    P = Int(3, 7)

    reach = D * (K - 1) + 1
    where = [
        reach >= 2 * P,
        2 * reach <= W,
    ]

    stem = r"""
    A convolution with square kernels of side $K = <<K>>$<% if D > 1 %>, dilation $D = <<D>>$<%
    endif %> and stride $S = <<S>>$ reads an image of $W \times W$ pixels, $W = <<W>>$, with
    $P = <<P>>$ rows and columns of zeros on every side. Where the division is not exact, the layer
    rounds down.
    """

    out = IntegerEntry(
        floor((W + 2 * P - reach) / S) + 1,
        tex="O",
        marks=1,
        prompt="How many outputs $O$ are there along one side?",
        misconceptions=[
            Misconception(
                "forgot +1",
                floor((W + 2 * P - reach) / S),
                "A window already fits at offset 0: add 1.",
            ),
            Misconception(
                "ignored stride",
                W + 2 * P - reach + 1,
                "The window moves $S = <<S>>$ pixels at a time.",
            ),
        ],
    )

    first = ceiling(P / S)
    last = floor((W + P - reach) / S)
    inner = IntegerEntry(
        floor((W + P - reach) / S) - ceiling(P / S) + 1,
        tex="I",
        marks=3,
        prompt=r"""
        Along one side, the outputs are numbered from 0. Output $i$ reads from column
        $iS - P$ of the image on. For how many outputs $I$ do both the first and the last tap lie
        on the image, not on the padding?
        """,
        misconceptions=[
            Misconception(
                "left side only",
                floor((W + 2 * P - reach) / S) + 1 - ceiling(P / S),
                "Windows hang over the right border as well.",
            ),
            Misconception(
                "padding pixels for outputs",
                floor((W + 2 * P - reach) / S) + 1 - 2 * P,
                "How many outputs see the padding depends on the stride, not on $P$ alone.",
            ),
        ],
    )

    clipped = IntegerEntry(
        out**2 - inner**2,
        tex="B",
        marks=2,
        prompt=r"""
        How many of the $O \times O$ outputs have a tap on the padding?
        """,
        misconceptions=[
            Misconception(
                "corners twice",
                2 * out * (out - inner),
                "Outputs in the corners were counted both with their row and with their column.",
            ),
            Misconception(
                "one side",
                out - inner,
                "The map is a square: count its rows *and* its columns.",
            ),
            Misconception(
                "corners alone",
                (out - inner) ** 2,
                "An output hangs over the border already if it does so in one direction.",
            ),
        ],
    )

    solution = r"""
    The taps of a window span $<% if D > 1 %>D(K - 1) + 1 = <% endif %><<reach>>$ pixels, and
    the padded image is $W + 2P = <<W + 2 * P>>$ pixels wide:
    $$O = \left\lfloor \frac{<<W + 2 * P>> - <<reach>>}{<<S>>} \right\rfloor + 1 = <<out>>$$
    Output $i$ reads the columns from $iS - P$ to $iS - P + <<reach - 1>>$. The first is on the
    image if $<<S>>i \ge <<P>>$, so from $i = <<first>>$ on; the last is if
    $<<S>>i \le W - 1 + P - <<reach - 1>> = <<W + P - reach>>$, so up to $i = <<last>>$:
    $$I = <<last>> - <<first>> + 1 = <<inner>>$$
    An output sees no padding if this holds for its row and for its column. All others do:
    << working.clipped >>
    The nominal receptive field is the same for all units of a layer. Those at the border see less
    of the image.
    """

    def oracle(self):
        """Convolve an image of ones: an output that misses a tap falls short of the full count."""
        image = [[1] * self.W for _ in range(self.W)]
        kernel = [[1] * self.K for _ in range(self.K)]
        sums = engine.conv2d(image, kernel, stride=self.S, padding=self.P, dilation=self.D)
        full = sums == self.K**2
        middle = len(full) // 2
        return {
            "out": len(sums),
            "inner": full[middle].sum(),
            "clipped": full.size - full.sum(),
        }
