"""One choice out of several, its distractors made from misconceptions: a receptive field."""

import numpy as np

from examgen import Choice, Item, Misconception, MultipleChoice, engine


class ThreeLayers(Item):
    """Receptive field of a stack of three convolutions without padding."""

    title = "Receptive field of three layers"
    topic = "receptive field"
    objective = "compute the receptive field of three layers with strides"
    serves = ["2a rf-general-table", "3b rf-general-table"]

    K1, K2, K3 = Choice(3, 4, 5, 7, 9, 11), Choice(3, 4, 5, 7), Choice(2, 3, 4, 5, 7)
    S1, S2 = Choice(2, 3, 4, 5), Choice(1, 2, 3, 4)

    where = [S1 <= K1, S2 <= K2]  # else the windows of a layer leave gaps

    stem = r"""
    An image passes through three convolutions without padding or dilation. Their kernels have
    sides $K_1 = <<K1>>$, $K_2 = <<K2>>$ and $K_3 = <<K3>>$, and their strides are $S_1 = <<S1>>$,
    $S_2 = <<S2>>$ and 1. The picture is not to scale.

    << receptive_field_figure([K1, K2, K3], [S1, S2, 1]) >>
    """

    field = 1 + (K1 - 1) + (K2 - 1) * S1 + (K3 - 1) * S1 * S2
    side = MultipleChoice(
        field,
        tex="R",
        marks=2,
        prompt="One value of the last output depends on a square of the image. What is its side?",
        option="<<value>> pixels",
        misconceptions=[
            Misconception(
                "ignored strides",
                field.subs({S1: 1, S2: 1}),
                "One step of a later layer is several pixels of the image.",
            ),
            Misconception(
                "own stride",
                1 + (K1 - 1) * S1 + (K2 - 1) * S2 + (K3 - 1),
                "A layer's stride widens the fields of later layers, not its own.",
            ),
            Misconception(
                "strides added",
                1 + (K1 - 1) + (K2 - 1) * S1 + (K3 - 1) * (S1 + S2),
                "Strides in sequence multiply: a step of layer 3 is $S_1 S_2 = <<S1 * S2>>$ "
                "pixels.",
            ),
            Misconception(
                "multiplied kernels",
                K1 * K2 * K3,
                "Fields grow by addition: neighbouring windows overlap.",
            ),
        ],
    )

    solution = r"""
    Each layer adds $K - 1$ of its own steps to the field, and one step is as many pixels as the
    product of all strides before it: 1 pixel in layer&nbsp;1, $S_1 = <<S1>>$ in layer&nbsp;2 and
    $S_1 S_2 = <<S1 * S2>>$ in layer&nbsp;3. Starting from a single pixel,
    << working.side >>
    << receptive_field_figure([K1, K2, K3], [S1, S2, 1], reveal=True) >>
    """

    def oracle(self):
        """Light one pixel of a row at a time and count those the first output can see."""
        rows = np.eye(200)[:, None, None, :]
        for kernel, stride in [(self.K1, self.S1), (self.K2, self.S2), (self.K3, 1)]:
            rows = engine.conv2d(rows, np.ones((1, 1, 1, kernel)), stride=stride)
        return {"side": np.count_nonzero(rows[:, 0, 0, 0])}
