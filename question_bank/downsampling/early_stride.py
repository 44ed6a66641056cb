"""A whole number and fractions: what a strided first layer does to positions, values and cost."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Int, IntegerEntry, Item, Misconception, RationalEntry, engine, floor


class EarlyStride(Item):
    """Ratios of positions, of values and of the next layer's cost behind a large stride."""

    title = "A large stride in the first layer"
    topic = "downsampling"
    objective = (
        "compute how a strided first layer changes positions, values and the work of the next layer"
    )
    serves = ["4b downsample-ratio", "4b early-downsampling-savings"]

    W = Int(48, 128)
    F, S = Choice(5, 7, 9, 11), Choice(2, 3, 4)
    C_in, C_out = Choice(3, 4), Choice(32, 48, 64, 96)

    where = [S < F]

    stem = r"""
    The first layer of a network is a convolution with <<C_out>> filters of $F \times F$ pixels,
    $F = <<F>>$, and stride $S = <<S>>$. It has no padding and rounds down. The input images have
    $C_\mathrm{in} = <<C_in>>$ channels of
    $W \times W$ pixels, $W = <<W>>$. A *position* is a place in a map, whatever the number of
    channels; a *value* is one number in one channel.
    """

    out = IntegerEntry(
        floor((W - F) / S) + 1,
        tex="O",
        marks=1,
        prompt="What is the side $O$ of the output maps?",
        misconceptions=[
            Misconception(
                "forgot +1", floor((W - F) / S), "A window already fits at offset 0: add 1."
            ),
            Misconception(
                "divided by the stride",
                floor(W / S),
                "The last windows would stick out: only $W - F$ pixels are left to move along.",
            ),
            Misconception("stride 1", W - F + 1, "The window moves $S = <<S>>$ pixels at a time."),
        ],
    )

    positions = RationalEntry(
        W**2 / out**2,
        tex="p",
        marks=2,
        prompt="""
        By which factor $p$ does the number of positions fall from the input to the output?
        """,
        misconceptions=[
            Misconception("one axis", W / out, "A map has two axes, and both are shortened."),
            Misconception(
                "square of the stride",
                S**2,
                "Without padding, the border costs positions as well. Divide the counts.",
            ),
            Misconception(
                "upside down",
                out**2 / W**2,
                "A number *falls* by a factor above 1: divide what was by what is left.",
            ),
        ],
    )

    numbers = RationalEntry(
        C_out * out**2 / (C_in * W**2),
        tex="v",
        marks=2,
        prompt="""
        How many values $v$ does the output have for each value of the input?
        """,
        misconceptions=[
            Misconception(
                "positions only",
                out**2 / W**2,
                "The channels count as well: <<C_in>> before the layer, <<C_out>> behind it.",
            ),
            Misconception(
                "channels only",
                C_out / C_in,
                "Each channel has fewer positions behind the layer.",
            ),
            Misconception(
                "upside down",
                C_in * W**2 / (C_out * out**2),
                "Values of the *output* belong on top.",
            ),
            Misconception(
                "input channels left out",
                C_out * out**2 / W**2,
                "The input has <<C_in>> values at each position.",
            ),
        ],
    )

    saving = RationalEntry(
        (W - F + 1) ** 2 / out**2,
        tex="s",
        marks=2,
        prompt="""
        The next layer is a padded convolution that computes one position for each position of its
        input. By which factor $s$ does the stride&nbsp;<<S>> of the first layer make it cheaper
        than stride&nbsp;1 in the first layer would?
        """,
        misconceptions=[
            Misconception(
                "from the image",
                positions,
                "With stride&nbsp;1 the next layer would not read the $W^2$ pixels either, but "
                "$(W - F + 1)^2$ positions.",
            ),
            Misconception(
                "one axis",
                (W - F + 1) / out,
                "Both axes of the maps are shortened.",
            ),
            Misconception(
                "upside down",
                out**2 / (W - F + 1) ** 2,
                "Cheaper by a factor above 1: divide the larger cost by the smaller.",
            ),
        ],
    )

    solution = r"""
    A window fits at one place in $S$, so
    << working.out >>
    Positions are counted along both axes:
    << working.positions >>
    which is more than $S^2 = <<S**2>>$: without padding, the border costs positions as well. At
    each position there are <<C_in>> values before the layer and <<C_out>> behind it:
    << working.numbers >>
    <% if numbers > 1 %>
    The output holds *more* values than the image, in spite of the stride.
    <% else %>
    The output holds no more values than the image.
    <% endif %>
    With stride&nbsp;1 the first layer would give $W - F + 1 = <<W - F + 1>>$ positions along each
    axis. All else being equal, the cost of the next layer goes with the number of positions:
    << working.saving >>
    """

    def oracle(self):
        """Run the layer on zeros, with the stride and without, and count."""
        image, filters = np.zeros((self.W, self.W)), np.zeros((self.F, self.F))
        maps = engine.conv2d(image, filters, stride=self.S)
        dense = engine.conv2d(image, filters)
        before, behind = [image] * self.C_in, [maps] * self.C_out
        return {
            "out": len(maps),
            "positions": Fraction(image.size, maps.size),
            "numbers": Fraction(sum(m.size for m in behind), sum(m.size for m in before)),
            "saving": Fraction(dense.size, maps.size),
        }
