"""Whole numbers and vectors: a dense unit and a convolution read a signal and its shifted copy."""

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
)


class DenseOrConv(Item):
    """The answer of a dense unit and of a kernel to a bump, before and after a shift."""

    title = "A dense unit, a kernel and a shift"
    topic = "equivariance"
    objective = (
        "compute what a dense unit and a convolution answer to a signal and to its shifted copy"
    )
    serves = ["1c shift-mlp-vs-conv", "1c shift-changed-activations"]

    b = IntVector(3, low=1, high=6)
    w = IntVector(7, low=-2, high=4)
    k = IntVector(2, low=-3, high=3)
    d = Choice(1, 2)

    where = [different(k[0] * k[1], 0), different(k[0], k[1])]

    stem = r"""
    A signal of seven samples is read by a dense unit with the weights $w$ and no bias, and by a
    convolution with the kernel $k$ (not flipped), with stride&nbsp;1 and without padding:

    $$\begin{aligned}
    x &= <<[0, b[0], b[1], b[2], 0, 0, 0]>> \\
    w &= <<w>> \\
    k &= <<k>>
    \end{aligned}$$

    Then $x$ is shifted to the right by <% if d == 1 %>one sample; a zero enters<% else %>two
    samples; two zeros enter<% endif %> on the left. Call the result $Tx$.
    """

    def signal(self, shift):
        """The signal after a shift to the right (to the left, if negative)."""
        x = np.zeros(7, dtype=int)
        x[1 + shift : 4 + shift] = self.b
        return x

    def slid(self, shift):
        """The outputs of the convolution after a shift."""
        return engine.conv1d(self.signal(shift), self.k)

    h = IntegerEntry(
        lambda item: int(item.w @ item.signal(0)),
        tex=r"h",
        marks=1,
        carries=(-1000, 1000),
        prompt="What is the output $h$ of the dense unit for $x$?",
        misconceptions=[
            Misconception(
                "first three weights",
                lambda item: int(item.w[:3] @ item.b),
                "The first sample is 0: the bump meets the weights number 2 to 4.",
            ),
            Misconception(
                "sum of the signal",
                lambda item: int(item.b.sum()),
                "Each sample is multiplied by the weight of its place.",
            ),
        ],
    )

    h_moved = IntegerEntry(
        lambda item: int(item.w @ item.signal(item.d)),
        tex=r"h'",
        marks=2,
        prompt="What is its output $h'$ for $Tx$?",
        misconceptions=[
            Misconception(
                "weights moved along",
                lambda item: item.h,
                "The weights of a dense unit stay where they are; the bump now meets others.",
            ),
            Misconception(
                "shifted to the left",
                lambda item: int(item.w @ np.roll(item.signal(0), -item.d)),
                "The signal moves to the right.",
            ),
        ],
    )

    y = VectorEntry(
        lambda item: item.slid(0),
        shape=(6,),
        tex="y",
        marks=2,
        prompt="What is the output $y$ of the convolution for $x$?",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: np.convolve(item.signal(0), item.k, "valid"),
                "A layer does not flip its kernel: the first weight goes with the left-hand "
                "sample.",
            ),
            Misconception(
                "padded on the left",
                lambda item: [0, *item.slid(0)[:5]],
                "Without padding the first window covers the first *two* samples.",
            ),
        ],
    )

    y_moved = VectorEntry(
        lambda item: [0] * item.d + [int(value) for value in item.y[: 6 - item.d]],
        shape=(6,),
        tex="y'",
        marks=1,
        prompt="What is its output $y'$ for $Tx$?",
        misconceptions=[
            Misconception(
                "unchanged",
                lambda item: item.y,
                "Unchanged would be invariance. The output of a convolution moves along.",
            ),
            Misconception(
                "shifted to the left",
                lambda item: [*item.y[item.d :], *[0] * item.d],
                "The signal moves to the right, and so does the output.",
            ),
        ],
    )

    changed = IntegerEntry(
        lambda item: sum(int(a != b) for a, b in zip(item.y, item.y_moved, strict=True)),
        tex="n",
        marks=1,
        carries=(0, 6),
        prompt="In how many of the six places do $y$ and $y'$ hold different values?",
        misconceptions=[
            Misconception(
                "all that are not 0",
                lambda item: int(np.count_nonzero(item.y)),
                "Compare place by place: a value may be replaced by an equal one, and a 0 by a "
                "value.",
            ),
            Misconception(
                "equivariant, so none",
                0,
                "Equivariant does not mean unchanged: the values are the same, their *places* are "
                "not.",
            ),
        ],
    )

    solution = r"""
    The dense unit multiplies the bump by the weights number 2 to 4, and after the shift by those
    number <<2 + d>> to <<4 + d>>:
    $$h = <% for i in range(3) %><<b[i]>> \cdot
    <% if w[i + 1] < 0 %>(<<w[i + 1]>>)<% else %><<w[i + 1]>><% endif %>
    <% if i < 2 %> + <% endif %><% endfor %> = <<h>>$$
    $$h' = <% for i in range(3) %><<b[i]>> \cdot
    <% if w[i + 1 + d] < 0 %>(<<w[i + 1 + d]>>)<% else %><<w[i + 1 + d]>><% endif %>
    <% if i < 2 %> + <% endif %><% endfor %> = <<h_moved>>$$
    What was learnt for one place says nothing about another. The convolution uses $k$ at every
    place, so its output moves along with the input:
    $$y = <<y>> \qquad y' = <<y_moved>>$$
    Place by place, <% if changed == 6 %>all six values are different<% else %><<["two",
    "three", "four", "five"][changed - 2]>> of the six values are different<% endif %>: all
    activations of the bump have moved, none is new.
    """

    def oracle(self):
        """Run the dense unit on each sample alone, and the kernel as rows of a matrix."""
        before = [0, *self.b.tolist(), 0, 0, 0]
        after = ([0] * self.d + before)[:7]
        rows = engine.conv_matrix(self.k, input_shape=7)
        y, y_moved = rows @ np.array(before), rows @ np.array(after)
        return {
            "h": sum(weight * value for weight, value in zip(self.w.tolist(), before, strict=True)),
            "h_moved": sum(
                weight * value for weight, value in zip(self.w.tolist(), after, strict=True)
            ),
            "y": y,
            "y_moved": y_moved,
            "changed": np.count_nonzero(y - y_moved),
        }
