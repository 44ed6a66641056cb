"""Whole numbers: how deep a stack of equal layers must be to see a whole image."""

import numpy as np

from examgen import Choice, Int, IntegerEntry, Item, Misconception, ceiling, different, floor


class DepthToCover(Item):
    """Receptive field of a uniform stack, and the depth at which it covers the image."""

    title = "How many layers see the whole image?"
    topic = "receptive field"
    objective = (
        "compute the receptive field of a uniform stack and the depth at which it covers an image"
    )
    serves = ["3b depth-to-cover", "2a rf-uniform-stack"]

    W = Int(100, 260)
    K = Choice(3, 5, 7)
    L = Int(3, 8)
    S = Choice(2, 3, 4)

    where = [
        S <= K,  # windows leave no gaps
        different((W - 1) % (K - 1), 0),  # the depth has to be rounded
    ]

    stem = r"""
    An image has $W \times W$ pixels, $W = <<W>>$. Convolutions with kernels of side $K = <<K>>$,
    stride&nbsp;1 and dilation&nbsp;1 are stacked on it. Ignore the borders of the image.
    """

    field = IntegerEntry(
        1 + L * (K - 1),
        tex="R",
        marks=2,
        prompt="What is the side $R$ of the receptive field of a unit of layer $L = <<L>>$?",
        misconceptions=[
            Misconception(
                "grew by the kernel",
                K * L,
                "Neighbouring windows overlap: each layer adds $K - 1 = <<K - 1>>$ pixels.",
            ),
            Misconception(
                "multiplied kernels",
                K**L,
                "Fields grow by addition, not by multiplication: neighbouring windows overlap.",
            ),
            Misconception(
                "forgot the first pixel",
                L * (K - 1),
                "Before any layer a unit is one pixel: start from 1.",
            ),
        ],
    )

    def if_multiplied(self):
        """The depth at which K to its power reaches the image."""
        depth = 1
        while self.K**depth < self.W:
            depth += 1
        return depth

    depth = IntegerEntry(
        ceiling((W - 1) / (K - 1)),
        tex="L^*",
        marks=3,
        prompt=r"""
        How many such layers $L^*$ are needed at least for a unit of the last one to have a
        receptive field no smaller than the image?
        """,
        misconceptions=[
            Misconception(
                "rounded down",
                floor((W - 1) / (K - 1)),
                "This many layers fall just short of the image: round up.",
            ),
            Misconception(
                "grew by the kernel",
                ceiling(W / K),
                "Each layer adds $K - 1$ pixels to the field, not $K$.",
            ),
            Misconception(
                "multiplied kernels",
                if_multiplied,
                "Fields grow by $K - 1$ pixels a layer; they do not grow $K$-fold.",
            ),
        ],
    )

    def if_all_strided(self):
        """The depth when every layer has stride S."""
        span, step, depth = 1, 1, 0
        while span < self.W:
            span, step, depth = span + (self.K - 1) * step, step * self.S, depth + 1
        return depth

    strided = IntegerEntry(
        1 + ceiling((W - K) / ((K - 1) * S)),
        tex=r"L_S^*",
        marks=3,
        prompt=r"""
        Now the first layer gets stride $S = <<S>>$; all others keep stride&nbsp;1. How many layers
        $L_S^*$ are needed at least, the first one included?
        """,
        misconceptions=[
            Misconception(
                "ignored stride",
                ceiling((W - 1) / (K - 1)),
                "After the first layer one step is <<S>> pixels: the field grows <<S>> times as "
                "fast.",
            ),
            Misconception(
                "forgot the first layer",
                ceiling((W - K) / ((K - 1) * S)),
                "These are the layers *after* the first one: add 1.",
            ),
            Misconception(
                "strided every layer",
                if_all_strided,
                "Only the first layer has a stride. Jumps would multiply if all of them had.",
            ),
        ],
    )

    solution = r"""
    Every layer adds $K - 1$ pixels to the single pixel that one starts from:
    << working.field >>
    The image is covered when $1 + L(K - 1) \ge W$, and $L$ must be whole:
    << working.depth >>
    With stride $S = <<S>>$ in the first layer, that layer still sees $K$ pixels, but each later
    one adds $(K - 1)S = <<(K - 1) * S>>$ pixels. From $K + (L - 1)(K - 1)S \ge W$ follows
    << working.strided >>
    A stride (or a pooling layer) early on saves many layers.
    """

    def oracle(self):
        """Spread the taps of one unit, a layer at a time, and count the pixels it reaches."""
        taps = np.ones(self.K)

        def spread(reached, step=1):
            positions = np.zeros((len(reached) - 1) * step + 1)
            positions[::step] = reached
            return np.convolve(positions, taps) > 0

        stack = [np.asarray([True])]
        while len(stack) <= self.L or np.count_nonzero(stack[-1]) < self.W:
            stack.append(spread(stack[-1]))
        covering = [bool(np.count_nonzero(reached) >= self.W) for reached in stack]
        behind_stride = [bool(np.count_nonzero(spread(r, self.S)) >= self.W) for r in stack]
        return {
            "field": np.count_nonzero(stack[self.L]),
            "depth": covering.index(True),
            "strided": behind_stride.index(True) + 1,
        }
