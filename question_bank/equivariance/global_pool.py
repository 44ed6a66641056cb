"""Vectors of whole numbers and of fractions: global pooling before and after a shift."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Int, IntVector, Item, Misconception, VectorEntry, different, engine


class GlobalPool(Item):
    """A convolution and global pooling of a bump, of the bump moved, and of the bump cut off."""

    title = "Global pooling and the frame"
    topic = "equivariance"
    objective = (
        "compute maximum and mean of a feature map before and after a shift, and tell when the "
        "frame spoils invariance"
    )
    serves = ["1b global-pool-invariance"]

    n = Int(7, 10)
    b = IntVector(3, low=1, high=9)
    k = IntVector(2, low=-3, high=4)
    cut = Choice(1, 2)

    stem = r"""
    A signal has $n = <<n>>$ samples: a bump $(<<b[0]>>, <<b[1]>>, <<b[2]>>)$, and zeros. The
    kernel $k = <<k>>$ is slid over it (cross-correlation: not flipped), with stride&nbsp;1 and
    without padding. The outputs are then pooled over all places, once to their *maximum* and once
    to their *mean*.
    """

    def signal(self, *, start=1, cut=0):
        """The bump from a sample on, or so far to the right that some samples are cut off."""
        first = self.n - 3 + cut if cut else start
        wide = np.zeros(self.n + 3, dtype=int)
        wide[first : first + 3] = self.b
        return wide[: self.n]

    def outputs(self, x):
        """The outputs of the convolution, as a list."""
        return [int(value) for value in engine.conv1d(x, self.k)]

    def pooled(self, x):
        """Maximum and mean of the outputs."""
        outputs = self.outputs(x)
        return [max(outputs), Fraction(sum(outputs), len(outputs))]

    def the_cut_shows(self):
        """Whether cutting the bump off changes both pooled numbers."""
        before, after = self.pooled(self.signal()), self.pooled(self.signal(cut=self.cut))
        return before[0] != after[0] and before[1] != after[1]

    where = [
        different(k[0] * k[1], 0),
        different(k[0], k[1]),
        different(k[0] + k[1], 0),  # else the mean of the whole bump is 0
        the_cut_shows,
    ]

    y = VectorEntry(
        lambda item: item.outputs(item.signal())[:5],
        shape=(5,),
        tex="y",
        marks=2,
        prompt=r"""
        The bump stands on the samples number 2 to 4, the first sample being number 1. Give the
        first five outputs of the convolution.
        """,
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: [int(v) for v in np.convolve(item.signal(), item.k, "valid")][:5],
                "A layer does not flip its kernel: its first weight goes with the left-hand "
                "sample.",
            ),
            Misconception(
                "padded on the left",
                lambda item: [0, *item.outputs(item.signal())[:4]],
                "Without padding the first window covers the first *two* samples.",
            ),
        ],
    )

    g = VectorEntry(
        lambda item: [
            max(0, *item.y),
            Fraction(sum(int(value) for value in item.y), item.n - 1),
        ],
        shape=(2,),
        fractions=True,
        tex="g",
        marks=2,
        prompt="Give the pooled outputs (maximum, mean), over *all* outputs of the convolution.",
        misconceptions=[
            Misconception(
                "divided by the samples",
                lambda item: [
                    max(0, *item.y),
                    Fraction(sum(int(value) for value in item.y), item.n),
                ],
                "A window of two samples fits at $n - 1 = <<n - 1>>$ places.",
            ),
            Misconception(
                "did not divide",
                lambda item: [max(0, *item.y), sum(int(value) for value in item.y)],
                "The mean is the sum divided by the number of outputs.",
            ),
        ],
    )

    g_cut = VectorEntry(
        lambda item: item.pooled(item.signal(cut=item.cut)),
        shape=(2,),
        fractions=True,
        tex="g'",
        marks=3,
        prompt=r"""
        Then the bump moves to the right, until its last
        <% if cut == 1 %>sample has<% else %>two samples have<% endif %> left the signal. Give the
        pooled outputs now.
        """,
        misconceptions=[
            Misconception(
                "invariant",
                lambda item: item.pooled(item.signal()),
                "Global pooling is invariant only as long as the whole bump, and all windows that "
                "touch it, stay inside.",
            ),
            Misconception(
                "entered again",
                lambda item: item.pooled(np.roll(item.signal(start=item.n - 3), item.cut)),
                "What leaves on the right is lost; it does not enter on the left.",
            ),
            Misconception(
                "a zero beyond the end",
                lambda item: item.pooled(np.append(item.signal(cut=item.cut), 0)),
                "There is no padding: the last window ends on the last sample.",
            ),
        ],
    )

    solution = r"""
    The window meets the bump at four places and gives 0 elsewhere:
    $$y = <<y>>$$
    All other outputs are 0 too. The maximum is the largest of all outputs, zeros included; the mean
    is taken over $n - 1 = <<n - 1>>$ outputs:
    $$g = <<g>>$$
    As long as the windows that touch the bump stay inside, a shift moves the outputs along and
    changes neither number: convolution is equivariant, and pooling over *all* places makes it
    invariant. Once <% if cut == 1 %>a sample leaves<% else %>two samples leave<% endif %> the
    frame,
    $$g' = <<g_cut>>$$
    """

    def oracle(self):
        """Add up what each sample of the bump gives to the outputs that see it."""

        def spread(samples, first):
            outputs = [0] * (self.n + 4)
            for place, value in enumerate(samples, start=first):
                outputs[place] += int(value * self.k[0])
                if place:
                    outputs[place - 1] += int(value * self.k[1])
            return outputs[: self.n - 1]

        whole = spread(self.b, 1)
        rest = spread(self.b[: 3 - self.cut], self.n - 3 + self.cut)
        return {
            "y": whole[:5],
            "g": [sorted(whole)[-1], Fraction(sum(whole), len(whole))],
            "g_cut": [sorted(rest)[-1], Fraction(sum(rest), len(rest))],
        }
