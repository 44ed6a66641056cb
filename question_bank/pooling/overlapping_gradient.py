"""Vectors of whole numbers and fractions: the gradient through overlapping pooling windows."""

from fractions import Fraction

from examgen import IntVector, Item, Misconception, VectorEntry, engine


class OverlappingGradient(Item):
    """Max and average pooling of a signal with overlapping windows, and their gradients."""

    title = "Back through overlapping windows"
    topic = "pooling"
    objective = "pass gradients back through overlapping windows of max and average pooling"
    serves = ["2b pool-backward"]

    x = IntVector(7, low=0, high=9)
    g = IntVector(3, low=-3, high=5)

    def windows(self, values=None):
        """The three windows of a signal of seven samples, or of the given one."""
        values = self.x if values is None else values
        return [[int(value) for value in values[start : start + 3]] for start in (0, 2, 4)]

    def largest(self):
        """The places of the largest samples of the three windows."""
        return [start + w.index(max(w)) for start, w in zip((0, 2, 4), self.windows(), strict=True)]

    def a_maximum_is_shared(self):
        """Whether maxima are clear, and exactly two windows share one."""
        clear = all(window.count(max(window)) == 1 for window in self.windows())
        return clear and len(set(self.largest())) == 2 and 0 not in self.g.tolist()

    where = [a_maximum_is_shared]

    stem = r"""
    The signal
    $$x = <<x>>$$
    is pooled with windows of 3 samples and stride 2, without padding, so that neighbouring windows
    share a sample.
    """

    m = VectorEntry(
        lambda item: engine.max_pool1d(item.x, 3, stride=2),
        shape=(3,),
        tex="m",
        marks=1,
        prompt="Give the result $m$ of max pooling.",
        misconceptions=[
            Misconception(
                "windows side by side",
                lambda item: [max(item.x[0:3]), max(item.x[3:6]), item.x[6]],
                "The stride is 2: the second window begins at the third sample.",
            ),
        ],
    )

    def spread(self, rule):
        """What the windows pass back to the samples, each by a rule from (window, gradient)."""
        back = [Fraction(0)] * 7
        for start, window, slope in zip((0, 2, 4), self.windows(), self.g.tolist(), strict=True):
            for tap, share in enumerate(rule(window, slope)):
                back[start + tap] += share
        return back

    def routed(self, window, slope):
        """The whole gradient for the largest sample of a window."""
        return [slope if value == max(window) else 0 for value in window]

    def overwritten(self):
        """The gradient of max pooling when a later window overwrites an earlier one."""
        back = [0] * 7
        for place, slope in zip(self.largest(), self.g.tolist(), strict=True):
            back[place] = slope
        return back

    d_max = VectorEntry(
        lambda item: item.spread(item.routed),
        shape=(7,),
        tex=r"\partial L / \partial x",
        marks=3,
        prompt=r"""
        The gradient of the loss with respect to the outputs is $\partial L / \partial m = <<g>>$.
        Give the gradient with respect to $x$.
        """,
        misconceptions=[
            Misconception(
                "did not add up",
                overwritten,
                "A sample that is the largest of *two* windows gets the sum of both gradients.",
            ),
            Misconception(
                "the whole window",
                lambda item: item.spread(lambda window, slope: [slope] * 3),
                "Only the largest sample of a window reaches its output.",
            ),
            Misconception(
                "times the value",
                lambda item: item.spread(
                    lambda window, slope: [
                        slope * value if value == max(window) else 0 for value in window
                    ]
                ),
                "The output *equals* the maximum, so its derivative with respect to it is 1.",
            ),
        ],
    )

    d_avg = VectorEntry(
        lambda item: item.spread(lambda window, slope: [Fraction(slope, 3)] * 3),
        shape=(7,),
        fractions=True,
        tex=r"\partial L / \partial x",
        marks=3,
        prompt=r"""
        Now *average* pooling is used in place of max pooling, with the same windows and the same
        gradient <<g>> with respect to its outputs. Give the gradient with respect to $x$.
        """,
        misconceptions=[
            Misconception(
                "not divided",
                lambda item: item.spread(lambda window, slope: [slope] * 3),
                "A sample enters an average with the weight $1/3$.",
            ),
            Misconception(
                "did not add up",
                lambda item: [Fraction(int(item.g[min(place // 2, 2)]), 3) for place in range(7)],
                "A sample in two windows gets a share of both gradients.",
            ),
            Misconception(
                "as for the maximum",
                lambda item: item.spread(item.routed),
                "All three samples of a window count alike in its average.",
            ),
        ],
    )

    solution = r"""
    The windows hold the samples 1 to 3, 3 to 5 and 5 to 7:
    $$m = <<m>>$$
    Max pooling passes the gradient of an output back to the largest sample of its window. One
    sample is the largest of two windows and gets the sum of both gradients:
    $$\frac{\partial L}{\partial x} = <<d_max>>$$
    Average pooling gives a third of the gradient to each sample of the window; samples 3 and 5 lie
    in two windows and get a third of either:
    $$\frac{\partial L}{\partial x} = <<d_avg>>$$
    """

    def oracle(self):
        """Push each sample a little, and see how the weighted sum of the outputs changes."""
        slopes = self.g.tolist()

        def weighted(values, pool):
            pooled = [pool(values[start : start + 3]) for start in (0, 2, 4)]
            return sum(slope * out for slope, out in zip(slopes, pooled, strict=True))

        def gradient(pool):
            values = [Fraction(value) for value in self.x.tolist()]
            step = Fraction(1, 8)  # less than the gap to the next value
            moved = [
                [value + step * (i == place) for i, value in enumerate(values)]
                for place in range(7)
            ]
            return [(weighted(one, pool) - weighted(values, pool)) / step for one in moved]

        return {
            "m": [sorted(self.x[start : start + 3])[-1] for start in (0, 2, 4)],
            "d_max": gradient(max),
            "d_avg": gradient(lambda window: sum(window) / 3),
        }
