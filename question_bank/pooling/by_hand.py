"""Three matrices: max pooling and average pooling by hand, and the way back through a maximum."""

from fractions import Fraction

import numpy as np

from examgen import IntMatrix, Item, MatrixEntry, Misconception, engine


class ByHand(Item):
    """Max and average pooling of a 4 × 4 map, and the gradient that max pooling passes back."""

    title = "Pooling by hand"
    topic = "pooling"
    objective = "pool a map by maximum and by average, and pass a gradient back through the maximum"
    serves = ["2b pooling-by-hand", "2b pool-backward"]

    X = IntMatrix(4, 4, low=0, high=9)
    G = IntMatrix(2, 2, low=1, high=5)

    def windows(self):
        """The four windows, each as a list, in the order of the outputs."""
        return [self.X[y : y + 2, x : x + 2].ravel().tolist() for y in (0, 2) for x in (0, 2)]

    def maxima_are_clear(self):
        """Whether each largest value is there once, and transposing the result shows."""
        alone = all(window.count(max(window)) == 1 for window in self.windows())
        return alone and max(self.windows()[1]) != max(self.windows()[2])

    where = [maxima_are_clear]

    stem = r"""
    A feature map $X$ is pooled with windows of $2 \times 2$ and stride 2, without padding. The
    first window is shaded, the next one dashed.

    << pool_figure(X, 2) >>
    """

    def squares(self, function):
        """A 2 × 2 matrix of what a function makes of each window."""
        return np.array([function(window) for window in self.windows()], dtype=object).reshape(2, 2)

    M = MatrixEntry(
        lambda item: engine.max_pool2d(item.X, 2),
        shape=(2, 2),
        tex="M",
        marks=2,
        prompt="Give the result $M$ of max pooling.",
        misconceptions=[
            Misconception(
                "smallest value",
                lambda item: item.squares(min),
                "Max pooling keeps the *largest* value of each window.",
            ),
            Misconception(
                "upper left value",
                lambda item: item.squares(lambda window: window[0]),
                "That is subsampling. Look at all four values of a window.",
            ),
            Misconception(
                "added up",
                lambda item: item.squares(sum),
                "Max pooling keeps one value of each window and drops the others.",
            ),
            Misconception(
                "columns before rows",
                lambda item: item.squares(max).T,
                "The window moves to the right first: the upper right window gives $M_{1,2}$.",
            ),
        ],
    )

    A = MatrixEntry(
        lambda item: engine.avg_pool2d(item.X, 2),
        shape=(2, 2),
        fractions=True,
        tex="A",
        marks=3,
        prompt="Give the result $A$ of average pooling.",
        misconceptions=[
            Misconception(
                "forgot to divide",
                lambda item: item.squares(sum),
                "The average is the sum divided by the number of values, 4.",
            ),
            Misconception(
                "divided by the side",
                lambda item: item.squares(lambda window: Fraction(sum(window), 2)),
                "A window has $2 \\times 2 = 4$ values: divide by 4.",
            ),
            Misconception(
                "took the maximum",
                lambda item: item.squares(max),
                "All four values of a window count alike in its average.",
            ),
            Misconception(
                "middle of the range",
                lambda item: item.squares(lambda w: Fraction(min(w) + max(w), 2)),
                "The mean uses all four values, not only the smallest and the largest.",
            ),
        ],
    )

    def passed_back(self, rule):
        """A 4 × 4 matrix: each window's four entries as a rule gives them from window and G."""
        back = np.zeros((4, 4), dtype=object)
        for index, window in enumerate(self.windows()):
            y, x = divmod(index, 2)
            entries = rule(window, int(self.G[y, x]))
            back[2 * y : 2 * y + 2, 2 * x : 2 * x + 2] = np.array(entries).reshape(2, 2)
        return back

    B = MatrixEntry(
        lambda item: item.passed_back(
            lambda window, g: [g if value == max(window) else 0 for value in window]
        ),
        shape=(4, 4),
        marks=3,
        tex=r"\partial L / \partial X",
        prompt=r"""
        In training, the gradient of the loss with respect to the output of the *max* pooling is
        $$\frac{\partial L}{\partial M} = <<G>>$$
        Give the gradient with respect to $X$.
        """,
        misconceptions=[
            Misconception(
                "the whole window",
                lambda item: item.passed_back(lambda window, g: [g] * 4),
                "Only the largest value of a window reaches the output; a small change of the "
                "others changes nothing.",
            ),
            Misconception(
                "upper left corner",
                lambda item: item.passed_back(lambda window, g: [g, 0, 0, 0]),
                "The gradient goes to the place *where the maximum was*.",
            ),
            Misconception(
                "times the value",
                lambda item: item.passed_back(
                    lambda window, g: [g * v if v == max(window) else 0 for v in window]
                ),
                "The output *equals* the maximum, so its derivative with respect to it is 1.",
            ),
            Misconception(
                "maximum for gradient",
                lambda item: item.passed_back(
                    lambda window, g: [v if v == max(window) else 0 for v in window]
                ),
                "The place is right, but what comes back is the gradient, not the value.",
            ),
        ],
    )

    solution = r"""
    The four windows cover $X$ and do not overlap. The upper left one holds <<X[0][0]>>,
    <<X[0][1]>>, <<X[1][0]>> and <<X[1][1]>>: its largest value is <<M[0][0]>>, and its mean is
    $(<<X[0][0]>> + <<X[0][1]>> + <<X[1][0]>> + <<X[1][1]>>) / 4 = <<A[0][0]>>$. In all,
    $$M = <<M>> \qquad A = <<A>>$$
    The output of a window changes only with its largest value, at the rate 1. So max pooling passes
    each gradient back to the place of the maximum, and 0 to the others:
    $$\frac{\partial L}{\partial X} = <<B>>$$
    """

    def oracle(self):
        """Sort each window; sum by slices; and push each pixel a little to see what it changes."""
        fields = self.X.reshape(2, 2, 2, 2).swapaxes(1, 2)
        sums = self.X[::2, ::2] + self.X[::2, 1::2] + self.X[1::2, ::2] + self.X[1::2, 1::2]
        largest = np.sort(fields.reshape(2, 2, 4))[..., -1]
        back = np.zeros((4, 4), dtype=object)
        for index in np.ndindex(4, 4):
            pushed = self.X * 10
            pushed[index] += 1  # less than the gap to the next value
            changed = np.sort(pushed.reshape(2, 2, 2, 2).swapaxes(1, 2).reshape(2, 2, 4))[..., -1]
            back[index] = int(((changed - largest * 10) * self.G).sum())
        means = [Fraction(int(total), 4) for total in sums.ravel()]
        return {"M": largest, "A": np.array(means, dtype=object).reshape(2, 2), "B": back}
