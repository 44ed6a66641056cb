"""A whole number and an essay: why the weights of a convolution do not depend on the image."""

import numpy as np

from examgen import Choice, Essay, Int, IntegerEntry, Item, Misconception, engine


class ParameterSharing(Item):
    """Weights of a layer that does not share, and what justifies sharing them."""

    title = "Why weights are shared"
    topic = "concepts"
    objective = (
        "count the weights of a layer that does not share them, and explain what sharing saves "
        "and presupposes"
    )
    serves = ["1c position-detectors-cost", "3a essay"]

    H = Int(20, 60, 2)
    K = Choice(3, 5, 7)
    C_in = Choice(1, 3)
    C_out = Choice(4, 8, 16, 32)

    side = H - K + 1

    stem = r"""
    A convolution without padding (stride 1, no biases) looks for <<C_out>> patterns of
    $<<K>> \times <<K>>$ pixels in images of <<C_in>>
    <% if C_in == 1 %>channel<% else %>channels<% endif %> and $<<H>> \times <<H>>$ pixels. A
    colleague proposes a layer with the same windows that gives every window position weights of its
    own.
    """

    unshared = IntegerEntry(
        side**2 * K**2 * C_in * C_out,
        tex="N",
        marks=3,
        prompt="How many weights $N$ would the colleague's layer have?",
        misconceptions=[
            Misconception(
                "shared the weights",
                K**2 * C_in * C_out,
                "That is the convolution. Here each of the $<<side>>^2$ window positions has "
                "weights of its own.",
            ),
            Misconception(
                "a window at every pixel",
                H**2 * K**2 * C_in * C_out,
                "Without padding a window fits at $<<H>> - <<K>> + 1 = <<side>>$ positions along "
                "each side.",
            ),
            Misconception(
                "positions along one side",
                side * K**2 * C_in * C_out,
                r"Windows slide along both sides: $<<side>> \times <<side>>$ positions.",
            ),
            Misconception(
                "one pattern",
                side**2 * K**2 * C_in,
                "Each of the <<C_out>> patterns needs its own weights at every position.",
            ),
        ],
    )

    explain = Essay(
        prompt=r"""
        Explain how local connections and weight sharing each reduce the number of weights, why the
        number of weights of the convolution stays the same when the images become twice as wide
        and high, and what must hold for the images for sharing to be reasonable. Give one case in
        which it is not.
        """,
        rubric={
            "Local connections: a unit has weights only for its window, not for all pixels": 1,
            "Sharing: all positions of a channel use the same weights": 1,
            "The count depends on kernel and channels alone; images add positions, not weights": 2,
            "Sharing assumes that a pattern is as useful at one place as at any other": 1,
            "A fitting case against it, such as aligned faces or a fixed layout": 1,
        },
        model_answer=r"""
        In a dense layer every unit has a weight for every pixel. With *local connections* a unit
        has weights only for the $<<K>> \times <<K>>$ window below it, so its number of weights no
        longer grows with the image; but there still is a set of weights for every position, here
        <<unshared>> weights in all. With *sharing*, all positions of a channel use one set, which
        leaves $<<K>>^2 \cdot <<C_in>> \cdot <<C_out>> = <<K**2 * C_in * C_out>>$ weights.

        If the images become twice as wide and high, windows fit at more positions. Each new
        position uses the same weights again: computation and output grow, the number of weights
        stays the same. The colleague's layer would have to serve
        $(2 \cdot <<H>> - <<K>> + 1)^2 = <<2 * H - K + 1>>^2$ positions in place of $<<side>>^2$,
        with more than four times as many weights.

        Sharing is reasonable when a pattern that is worth detecting at one place is worth
        detecting everywhere, that is, when the statistics of the images do not depend on the
        position. It is not when places differ in kind: in aligned face pictures eyes occur only in
        the upper half, and unshared weights can make use of that.
        """,
    )

    solution = r"""
    With images of side $H = <<H>>$ and windows of side $K = <<K>>$, a window fits at
    $H - K + 1 = <<side>>$ positions along each side, so at $<<side>>^2 = <<side**2>>$ positions in
    all. At each of them, each of the $C_\mathrm{out} = <<C_out>>$ patterns needs
    $K^2 C_\mathrm{in}$ weights, here with $C_\mathrm{in} = <<C_in>>$:
    << working.unshared >>
    The convolution makes do with $K^2 C_\mathrm{in} C_\mathrm{out} = <<K**2 * C_in * C_out>>$
    weights, which it uses again at every position.
    """

    def oracle(self):
        """Convolve ones with ones: each output counts its connections, none of them shared."""
        image = np.ones((1, self.C_in, self.H, self.H))
        filters = np.ones((self.C_out, self.C_in, self.K, self.K))
        return {"unshared": engine.conv2d(image, filters).sum()}
