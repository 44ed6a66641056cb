"""Matrices and several choices: convolution against cross-correlation in two dimensions."""

from itertools import product

import numpy as np

from examgen import (
    Choice,
    IntMatrix,
    IntVector,
    Item,
    MatrixEntry,
    Misconception,
    MultipleResponse,
    different,
    engine,
)

# The kernels to choose from, as indices into (0, a, b, c), whose symmetries show in the pattern.
FAMILIES = (
    (  # the same after half a turn, or not quite
        ((1, 2, 3), (2, 0, 2), (3, 2, 1)),
        ((1, 2, 3), (2, 0, 2), (1, 2, 3)),
        ((1, 2, 3), (3, 0, 2), (3, 2, 1)),
    ),
    (  # the same in two mirrors, or in one
        ((1, 2, 1), (3, 2, 3), (1, 2, 1)),
        ((1, 2, 1), (3, 2, 3), (2, 3, 2)),
        ((1, 3, 1), (0, 2, 0), (3, 1, 3)),
    ),
    (  # symmetric matrices, some of them turned into themselves
        ((1, 2, 3), (2, 1, 2), (3, 2, 1)),
        ((1, 2, 3), (2, 1, 0), (3, 0, 2)),
        ((3, 1, 2), (1, 0, 2), (2, 2, 3)),
    ),
    (  # upside down, turned, or neither
        ((2, 1, 3), (3, 1, 3), (3, 1, 2)),
        ((2, 1, 3), (1, 3, 2), (2, 1, 3)),
        ((0, 1, 0), (2, 3, 2), (0, 1, 0)),
    ),
)


def _printed(number):
    """A kernel in item text, from its number among the four."""
    rows = (
        f"<% for row in kernels[{number}] %><% for place in row %>"
        "<<[0, v[0], v[1], v[2]][place]>><% if not loop.last %> & <% endif %><% endfor %>"
        r"<% if not loop.last %> \\ <% endif %><% endfor %>"
    )
    return rf"$\begin{{pmatrix}} {rows} \end{{pmatrix}}$"


class FlippedKernel(Item):
    """A correlation, the convolution with the same kernel, and kernels for which they agree."""

    title = "Convolution or cross-correlation?"
    topic = "convolution"
    objective = (
        "compute a cross-correlation and the convolution with the same kernel, and tell for "
        "which kernels they agree"
    )
    serves = ["3c corr-vs-conv"]

    X = IntMatrix(3, 3, low=0, high=5)
    K = IntMatrix(2, 2, low=-2, high=3)
    v = IntVector(3, low=1, high=9)
    kernels = Choice(*product(*FAMILIES))

    def agreeing(self, change):
        """Which of the four kernels are the same after a change."""
        return [int(np.array_equal(k, change(k))) for k in map(np.array, self.kernels)]

    def kernels_differ(self):
        """Whether the values tell the patterns apart, and one to three kernels agree."""
        agree = self.agreeing(lambda k: np.rot90(k, 2))
        values = self.v.tolist()
        return len({0, *values}) == 4 and 1 <= sum(agree) <= 3

    where = [
        kernels_differ,
        different(K[0, 0], K[1, 1]),
        different(K[0, 1], K[1, 0]),
        different(K[0, 0], K[0, 1]),
        different(K[0, 0], K[1, 0]),
    ]

    stem = r"""
    The layers of a network compute *cross-correlations*: they lay the kernel on the image as it is,
    multiply entry by entry and add up. In mathematics, a *convolution* first flips the kernel in
    both directions. Take

    << grids_figure(("image X", X), ("kernel K", K)) >>

    with stride 1 and without padding.
    """

    Y = MatrixEntry(
        lambda item: engine.conv2d(item.X, item.K),
        shape=(2, 2),
        tex="Y",
        marks=2,
        prompt="Give the cross-correlation $Y$ of $X$ with $K$.",
        misconceptions=[
            Misconception(
                "columns before rows",
                lambda item: engine.conv2d(item.X, item.K).T,
                "Moving the kernel to the right gives the next entry of the same *row*.",
            ),
        ],
    )

    flipped = MatrixEntry(
        lambda item: item.K[::-1, ::-1],
        shape=(2, 2),
        tex="K'",
        marks=1,
        prompt="Which kernel $K'$ has to be given to the layer to make it compute the convolution "
        "of $X$ with $K$?",
        misconceptions=[
            Misconception(
                "transposed", lambda item: item.K.T, "Transposing exchanges rows and columns."
            ),
            Misconception(
                "left and right only",
                lambda item: item.K[:, ::-1],
                "The kernel is flipped in *both* directions: this is half a turn.",
            ),
            Misconception(
                "quarter turn",
                lambda item: np.rot90(item.K),
                "Flipping in both directions is *half* a turn.",
            ),
        ],
    )

    Z = MatrixEntry(
        lambda item: engine.conv2d(item.X, item.flipped),
        shape=(2, 2),
        tex="Z",
        marks=2,
        prompt="Give this convolution $Z$.",
        misconceptions=[
            Misconception(
                "not flipped",
                lambda item: engine.conv2d(item.X, item.K),
                "This is the cross-correlation once more.",
            ),
        ],
    )

    agree = MultipleResponse(
        lambda item: item.agreeing(lambda kernel: np.rot90(kernel, 2)),
        marks=4,
        prompt="With which of these kernels do convolution and cross-correlation agree for *every* "
        "image?",
        options=[_printed(number) for number in range(4)],
        misconceptions=[
            Misconception(
                "symmetric matrices",
                lambda item: item.unless_known(item.agreeing(np.transpose)),
                "A symmetric matrix is its own mirror image in the diagonal; what counts is half a "
                "turn.",
            ),
            Misconception(
                "mirrored in one direction",
                lambda item: item.unless_known(
                    [
                        int(one or other)
                        for one, other in zip(
                            item.agreeing(np.fliplr), item.agreeing(np.flipud), strict=True
                        )
                    ]
                ),
                "The kernel is flipped in both directions *at once*; one mirror is not enough.",
            ),
        ],
    )

    def unless_known(self, marked):
        """Wrong marks; None where they happen to be the key."""
        right = self.agreeing(lambda kernel: np.rot90(kernel, 2))
        return None if marked == right else marked

    solution = r"""
    The kernel fits at four places. Laid in the upper left corner as it is, it gives
    $$Y_{1,1} = K_{1,1} X_{1,1} + K_{1,2} X_{1,2} + K_{2,1} X_{2,1} + K_{2,2} X_{2,2}
    = <<Y[0][0]>>$$
    and in all
    $$Y = <<Y>>$$
    Flipped in both directions, which is half a turn, the kernel becomes
    $$K' = <<flipped>> \qquad \text{and gives} \qquad Z = <<Z>>$$
    Both operations agree for every image when half a turn leaves the kernel as it is: entries that
    lie across the middle from one another have to be equal. This is so for
    <% set told = namespace(count=0) %>
    $$<% for flag in agree %><% if flag %><% if told.count %>, \quad <% endif %>
    <% set told.count = told.count + 1 %>
    \begin{pmatrix} <% for row in kernels[loop.index0] %><% for place in row %>
    <<[0, v[0], v[1], v[2]][place]>><% if not loop.last %> & <% endif %><% endfor %>
    <% if not loop.last %> \\ <% endif %><% endfor %> \end{pmatrix}<% endif %><% endfor %>$$
    Whether a network convolves or correlates makes no difference to what it can learn: the learnt
    kernels just come out flipped.
    """

    def oracle(self):
        """Add up shifted images; compare both operations on images of a single pixel."""

        def correlated(image, kernel):
            size = len(image) - len(kernel) + 1
            total = np.zeros((size, size), dtype=int)
            for (row, column), weight in np.ndenumerate(kernel):
                total += weight * image[row : row + size, column : column + size]
            return total

        def convolved(image, kernel):
            full = np.zeros((len(image) + len(kernel) - 1,) * 2, dtype=int)
            for (row, column), value in np.ndenumerate(image):
                full[row : row + len(kernel), column : column + len(kernel)] += value * kernel
            return full[len(kernel) - 1 : len(image), len(kernel) - 1 : len(image)]

        values = np.array([0, *self.v.tolist()])
        dots = np.eye(9, dtype=int).reshape(9, 3, 3)
        return {
            "Y": correlated(self.X, self.K),
            "flipped": [
                [int(convolved(dot, self.K)[0, 0]) for dot in row]
                for row in np.eye(4, dtype=int).reshape(2, 2, 2, 2)
            ],
            "Z": convolved(self.X, self.K),
            "agree": [
                all(
                    np.array_equal(correlated(dot, values[k]), convolved(dot, values[k]))
                    for dot in dots
                )
                for k in map(np.array, self.kernels)
            ],
        }
