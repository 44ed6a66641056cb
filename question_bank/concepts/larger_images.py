"""Matching with reuse: by what factor does each quantity grow when the images become larger?"""

import numpy as np

from examgen import Choice, Item, Matching, Misconception, engine

# Quantities with the power of the image's side that they grow with.
QUANTITIES = (
    ("weights of the convolution", 0),
    ("side of the receptive field of the convolution", 0),
    ("side of the maps that the convolution gives", 1),
    ("multiplications of the convolution", 2),
    ("values that the convolution gives", 2),
    ("weights of the dense layer", 2),
    ("multiplications of the dense layer", 2),
    ("values that the dense layer gives", 0),
    ("weights of a layer with the same windows that are not shared", 2),
    ("weights of a dense layer that gives as many values as the convolution", 4),
)
ROWS = (0, 2, 5, 7, 9)  # shown with turn 0; a turn moves each row on by so many quantities


def _row(row):
    """The quantity in a row, which the parameter turn chooses."""
    return "".join(
        f"<% if (turn + {ROWS[row]}) % {len(QUANTITIES)} == {at} %>{text}<% endif %>"
        for at, (text, _) in enumerate(QUANTITIES)
    )


def _if_asked(quantity, text):
    """A text for the items in which a row asks for this quantity."""
    return f"<% if ({quantity} - turn) % {len(QUANTITIES)} in {ROWS} %>{text}<% endif %>"


UNSHARED = _if_asked(
    8,
    "; if windows are not shared, each of the $r^2$ times as many positions has weights of its own",
)
AS_MANY_VALUES = _if_asked(
    9,
    """* If a dense layer is to give as many values as the convolution, its inputs and its outputs
      grow by $r^2$ each, and its weights by $r^4 = <<r**4>>$.""",
)


class LargerImages(Item):
    """What grows, and how fast, when images are given with more pixels to the same layers."""

    title = "Larger images"
    topic = "concepts"
    objective = (
        "tell by which factor weights, work, outputs and receptive field grow with the side of "
        "the image"
    )
    serves = ["1a resolution-scaling", "3a which-depends-on-resolution"]

    r = Choice(2, 3, 4, 5)
    H = Choice(8, 10, 12, 14, 16)
    K = Choice(3, 5, 7)
    C = Choice(1, 3)
    M = Choice(4, 6, 8, 10)
    turn = Choice(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)

    stem = r"""
    Two layers are designed for images of $<<H>> \times <<H>>$ pixels and <<C>>
    <% if C == 1 %>channel<% else %>channels<% endif %>: a convolution with <<M>> kernels of
    $<<K>> \times <<K>>$, stride 1 and zero padding so that the maps are as large as the image, and
    a dense layer with <<M>> units. Then they are designed anew, with the same settings, for images
    of $<<r * H>> \times <<r * H>>$ pixels. Biases are not counted, products with padded zeros are.
    """

    def powers(self):
        """The power of the side that the quantity of each row grows with."""
        return [QUANTITIES[(self.turn + start) % len(QUANTITIES)][1] for start in ROWS]

    def answered(self, edit):
        """The places of options, where powers are edited; None where that changes nothing."""
        wrong = [edit(*QUANTITIES[(self.turn + start) % len(QUANTITIES)]) for start in ROWS]
        return None if wrong == self.powers() else [(0, 1, 2, 4).index(one) for one in wrong]

    factors = Matching(
        lambda item: [(0, 1, 2, 4).index(power) for power in item.powers()],
        marks=5,
        reuse=True,
        prompt="By what factor does each number grow? Letters may be used repeatedly.",
        rows=[_row(row) for row in range(len(ROWS))],
        options=[
            "1 (it stays the same)",
            "<<r>>",
            r"$<<r>>^2 = <<r**2>>$",
            r"$<<r>>^4 = <<r**4>>$",
        ],
        misconceptions=[
            Misconception(
                "weights of the convolution grow",
                lambda item: item.answered(
                    lambda text, power: 2 if text == QUANTITIES[0][0] else power
                ),
                "All positions share one kernel: more positions need no more weights.",
            ),
            Misconception(
                "linear in the side",
                lambda item: item.answered(lambda _, power: 1 if power == 2 else power),
                "The image grows along *both* sides, so its pixels grow with the square.",
            ),
            Misconception(
                "like for like forgotten",
                lambda item: item.answered(lambda _, power: 2 if power == 4 else power),
                "Inputs *and* outputs of this dense layer grow with the square; there is a weight "
                "for each pair.",
            ),
        ],
    )

    solution = rf"""
    With $r = <<r>>$ times the side, an image has $r^2 = <<r**2>>$ times the pixels.

    * The kernels of a convolution stay as they are: weights and receptive field do not change.
    * It has $r^2$ times the positions, so $r^2$ times the outputs and multiplications; a side of
      its maps grows by $r$.
    * A dense layer with <<M>> units has a weight, and a multiplication, for each pixel and unit:
      $r^2$ times as many, while the units stay <<M>>{UNSHARED}.
    {AS_MANY_VALUES}
    """

    def counted(self, side):
        """All quantities counted for images of this side."""
        image = np.ones((self.C, side, side), dtype=int)
        kernels = np.ones((self.M, self.C, self.K, self.K), dtype=int)
        maps = engine.conv2d(image, kernels, padding=self.K // 2)
        inputs = np.count_nonzero(image)
        return [
            kernels.size,
            kernels.shape[-1],
            maps.shape[-1],
            maps.size * kernels[0].size,
            maps.size,
            inputs * self.M,
            inputs * self.M,
            self.M,
            kernels[0].size * maps.size,
            inputs * maps.size,
        ]

    def oracle(self):
        """Count for both sizes of images, and take the ratio."""
        small, large = self.counted(self.H), self.counted(self.r * self.H)
        factors = [1, self.r, self.r**2, self.r**4]
        places = [(self.turn + start) % len(QUANTITIES) for start in ROWS]
        return {"factors": [factors.index(large[at] // small[at]) for at in places]}
