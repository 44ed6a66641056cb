"""A set of triples: all layers that give an output of a certain width without a remainder."""

from itertools import product

import numpy as np

from examgen import Choice, Int, Item, Misconception, SetEntry, engine

STRIDES, PADDINGS = (1, 2, 3, 4), (0, 1, 2)


class WhichLayers(Item):
    """The output-size formula solved for filter, stride and padding at once."""

    title = "Which layers fit?"
    topic = "output size"
    objective = "find all filters, strides and paddings that give a wanted output size exactly"
    serves = ["4a out-size-inverse-triples"]

    W = Int(15, 224)
    O = Int(5, 112)  # noqa: E741 – the name of the output's width in the course
    least = Choice(3, 5, 7)  # of the filters to choose from

    def few(self):
        """Whether a student can find all the layers, and each has to be looked for."""
        return 2 <= len(self.fitting()) <= 5

    where = [2 * O < W + 3, W < 4 * O + 4, few]  # the second: no stride above 4 is needed

    stem = r"""
    A convolution layer turns rows of $W = <<W>>$ pixels into rows of $O = <<O>>$ values. Its
    windows cover $F$ pixels, start $S$ pixels apart, and there are $P$ zeros at *each* end. Choose
    from $F \in \{<<least>>, <<least + 2>>, <<least + 4>>\}$, $S \in \{1, 2, 3, 4\}$ and
    $P \in \{0, 1, 2\}$.
    """

    def on_offer(self):
        """All triples that there are to choose from."""
        return product((self.least, self.least + 2, self.least + 4), STRIDES, PADDINGS)

    def layers(self, width):
        """The triples for which ``width(F, S, P)`` times S is reached exactly."""
        return [(F, S, P) for F, S, P in self.on_offer() if width(F, S, P)]

    def fitting(self):
        """The key: (W - F + 2P) / S + 1 is O."""
        return self.layers(lambda F, S, P: self.W - F + 2 * P == S * (self.O - 1))

    def rounded(self):
        return self.layers(lambda F, S, P: (self.W - F + 2 * P) // S + 1 == self.O)

    def padded_once(self):
        return self.layers(lambda F, S, P: self.W - F + P == S * (self.O - 1))

    def without_one(self):
        return self.layers(lambda F, S, P: self.W - F + 2 * P == S * self.O)

    fits = SetEntry(
        fitting,
        names=("F", "S", "P"),
        marks=4,
        carries=(0, 100),
        effort=200,  # 4 products S (O - 1), 9 sums W - F + 2P, and their comparison
        prompt=r"""
        Find all layers $(F, S, P)$ whose windows give exactly <<O>> values *and* leave no pixel or
        zero at the end of the padded row unread.
        """,
        misconceptions=[
            Misconception(
                "let it be rounded",
                rounded,
                "Where $(W - F + 2P)/S$ is no whole number, the end of the row is not read.",
            ),
            Misconception(
                "padded once", padded_once, "The zeros are at *each* end: the row grows by $2P$."
            ),
            Misconception(
                "forgot +1", without_one, "The first window, at offset 0, counts too: add 1."
            ),
        ],
    )

    solution = r"""
    The last of the $O$ windows starts $S(O - 1)$ places after the first, and must end where the
    padded row ends: $S(O - 1) + F = W + 2P$, that is,
    $$F - 2P = W - S(O - 1) = <<W>> - <<O - 1>>\,S\,.$$
    Go through the strides: for $S = 1, 2, 3, 4$ the right-hand side is
    $<<W - O + 1>>$, $<<W - 2 * (O - 1)>>$, $<<W - 3 * (O - 1)>>$ and $<<W - 4 * (O - 1)>>$. On the
    left, with $P = 0, 1, 2$, $F - 2P$ is one of $<<least>>, <<least - 2>>, <<least - 4>>$ for
    $F = <<least>>$, of $<<least + 2>>, <<least>>, <<least - 2>>$ for $F = <<least + 2>>$ and of
    $<<least + 4>>, <<least + 2>>, <<least>>$ for $F = <<least + 4>>$. Where both agree, a layer
    fits:
    $$<<fits>>$$
    """

    def oracle(self):
        """Convolve ones with each filter: every place read has a share in some output."""
        found = set()
        for F, S, P in self.on_offer():
            width = self.W + 2 * P
            if len(engine.conv1d(np.ones(width, dtype=int), [1] * F, stride=S)) != self.O:
                continue
            end = np.zeros(width, dtype=int)
            end[-1] = 1  # lights the last place alone
            if engine.conv1d(end, [1] * F, stride=S).any():
                found.add((F, S, P))
        return {"fits": found}
