"""A matrix, whole numbers and a fraction: symmetric kernels and their free weights."""

from fractions import Fraction
from itertools import product

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    IntMatrix,
    Item,
    MatrixEntry,
    Misconception,
    RationalEntry,
)

MIRROR = "exchanging left and right"
HALF_TURN = "turning it by 180 degrees"
TURN = "turning it by 90 degrees"
MIRRORS = "exchanging left and right, and exchanging top and bottom"
ALL = "turning it by 90 degrees, and exchanging left and right"
MOVES = {  # the maps of (row, column) that generate each, where n is the last index
    MIRROR: [lambda n, r, c: (r, n - c)],
    HALF_TURN: [lambda n, r, c: (n - r, n - c)],
    TURN: [lambda n, r, c: (c, n - r)],
    MIRRORS: [lambda n, r, c: (r, n - c), lambda n, r, c: (n - r, c)],
    ALL: [lambda n, r, c: (c, n - r), lambda n, r, c: (r, n - c)],
}
FREE = {  # the number of free weights of a kernel of side k
    MIRROR: lambda k: k * -(-k // 2),
    HALF_TURN: lambda k: -(-(k**2) // 2),
    TURN: lambda k: -(-(k**2) // 4),
    MIRRORS: lambda k: (-(-k // 2)) ** 2,
    ALL: lambda k: -(-k // 2) * (-(-k // 2) + 1) // 2,
}
WHY = (
    "<% set odd = layer[0] % 2 %><% set why = {"
    f"'{MIRROR}': 'the left half of each row' ~ (', with its middle,' if odd else '')"
    " ~ ' is free', "
    f"'{HALF_TURN}': 'weights come in pairs' ~ (', and the middle one is alone' if odd else ''), "
    f"'{TURN}': 'weights come in fours' ~ (', and the middle one is alone' if odd else ''), "
    f"'{MIRRORS}': 'the upper left quarter' ~ (', with middle row and column,' if odd else '')"
    " ~ ' is free', "
    f"'{ALL}': 'of the upper left quarter' ~ (', with middle row and column,' if odd else '')"
    " ~ ' only a triangle with its diagonal is free'"
    "} %>"
)


class SymmetricKernels(Item):
    """A kernel filled in by its symmetry, and the free weights and parameters of symmetric ones."""

    title = "Symmetric kernels"
    topic = "convolution"
    objective = "fill in a kernel by its symmetry and count the free weights of symmetric kernels"
    serves = ["3c symmetric-kernel-dof"]

    q = IntMatrix(2, 2, low=-3, high=5)
    move = Choice(TURN, MIRRORS)
    layer = Choice(*product((3, 4, 5, 6, 7, 8, 9), MOVES, (2, 3, 4), (5, 10, 20)))

    def entries_differ(self):
        """Whether the four given weights are different."""
        return len(set(self.q.ravel().tolist())) == 4 and self.layer[1] != self.move

    where = [entries_differ]

    stem = r"""
    A kernel is *symmetric* under a move when the move gives the same kernel
    again<% if ", and" in move or ", and" in layer[1] %>, and under two moves when each of them
    does so by itself<% endif %>. A layer with such kernels responds alike to a pattern and to the
    moved pattern.
    """

    def filled(self, move):
        """The kernel whose upper left quarter is given, by an operation on the quarters."""
        q = self.q
        right, below, across = {
            TURN: (np.rot90(q, -1), np.rot90(q, 1), np.rot90(q, 2)),
            MIRRORS: (q[:, ::-1], q[::-1], q[::-1, ::-1]),
            "copies": (q, q, q),
        }[move]
        return np.block([[q, right], [below, across]])

    K = MatrixEntry(
        lambda item: item.filled(item.move),
        shape=(4, 4),
        marks=3,
        tex="K",
        prompt=r"""
        A kernel $K$ of $4 \times 4$ weights is symmetric under *<<move>>*. Its upper left quarter
        is
        $$<<q>>$$
        Give the whole kernel.
        """,
        misconceptions=[
            Misconception(
                "the other symmetry",
                lambda item: item.filled(MIRRORS if item.move == TURN else TURN),
                "A turn carries the quarter around the middle; a mirror reflects it.",
            ),
            Misconception(
                "copied the quarter",
                lambda item: item.filled("copies"),
                "The quarter changes its orientation when it is moved.",
            ),
        ],
    )

    free = IntegerEntry(
        lambda item: FREE[item.layer[1]](item.layer[0]),
        tex="n",
        marks=2,
        carries=(1, 10**4),
        prompt=r"""
        How many of the weights of a kernel of $<<layer[0]>> \times <<layer[0]>>$ can be chosen
        freely if it has to be symmetric under *<<layer[1]>>*?
        """,
        misconceptions=[
            Misconception(
                "all of them",
                lambda item: item.layer[0] ** 2,
                "Weights that a move puts in each other's place have to be equal.",
            ),
            Misconception(
                "forgot the middle",
                lambda item: (
                    None
                    if item.layer[0] % 2 == 0
                    else FREE[item.layer[1]](item.layer[0] - 1)
                    if item.layer[1] in (MIRRORS, ALL)
                    else FREE[item.layer[1]](item.layer[0])
                    - (item.layer[0] if item.layer[1] == MIRROR else 1)
                ),
                "Weights that stay in their place, such as the middle one, are free as well.",
            ),
        ],
    )

    params = IntegerEntry(
        lambda item: item.layer[3] * (item.layer[2] * item.free + 1),
        tex="N",
        marks=2,
        prompt=r"""
        A layer has <<layer[3]>> filters on <<layer[2]>> input channels, all of whose kernels are
        symmetric like this, and a bias in each filter. How many parameters are to be learnt?
        """,
        misconceptions=[
            Misconception(
                "forgot bias",
                lambda item: item.layer[3] * item.layer[2] * item.free,
                "Each of the <<layer[3]>> filters has a bias.",
            ),
            Misconception(
                "flat filters",
                lambda item: item.layer[3] * (item.free + 1),
                "A filter has a kernel for each of the <<layer[2]>> channels.",
            ),
            Misconception(
                "a bias for each kernel",
                lambda item: item.layer[3] * item.layer[2] * (item.free + 1),
                "A filter has one bias, however many channels it reads.",
            ),
        ],
    )

    share = RationalEntry(
        lambda item: Fraction(item.free, item.layer[0] ** 2),
        tex="s",
        marks=1,
        prompt="What fraction $s$ of the weights of an ordinary layer of this size is this, biases "
        "aside?",
        misconceptions=[
            Misconception(
                "what is saved",
                lambda item: 1 - Fraction(item.free, item.layer[0] ** 2),
                "This is the fraction that need *not* be learnt.",
            ),
            Misconception(
                "upside down",
                lambda item: Fraction(item.layer[0] ** 2, item.free),
                "A fraction of the weights is below 1.",
            ),
        ],
    )

    solution = "\n".join(
        [
            WHY,
            r"""
The move carries the given quarter to the other three:
$$K = <<K>>$$
Under *<<layer[1]>>*, <<why[layer[1]]>>. A kernel of $<<layer[0]>> \times <<layer[0]>>$ has
$$n = <<free>>$$
free weights. A filter has as many for each of its <<layer[2]>> channels, and one bias:
$$N = <<layer[3]>> \cdot (<<layer[2]>> \cdot <<free>> + 1) = <<params>>$$
Of the $<<layer[0]>>^2$ weights of an ordinary kernel this is the fraction
$$s = \frac{<<free>>}{<<layer[0]**2>>}
<% if share.denominator < layer[0]**2 %>= <<share>><% endif %>$$
Sharing weights between places makes a layer equivariant to shifts; sharing them within a kernel
like this does the same for mirrors and turns.
""",
        ]
    )

    def orbits(self, side, move):
        """The sets of places that the generating maps carry into one another."""
        places = {(r, c): {(r, c)} for r in range(side) for c in range(side)}
        for step in MOVES[move] * side:
            for place in list(places):
                joined = places[place] | places[step(side - 1, *place)]
                for member in joined:
                    places[member] = joined
        return {frozenset(orbit) for orbit in places.values()}

    def oracle(self):
        """Join places that a move exchanges, and count what is left."""
        side, move, channels, filters = self.layer
        kernel = np.zeros((4, 4), dtype=int)
        for orbit in self.orbits(4, self.move):
            given = [self.q[r, c] for r, c in orbit if max(r, c) < 2]
            for r, c in orbit:
                kernel[r, c] = given[0]
        weights = [(f, c, o) for f in range(filters) for c in range(channels)
                   for o in self.orbits(side, move)]  # fmt: skip
        free = len(weights) // (filters * channels)
        return {
            "K": kernel,
            "free": free,
            "params": len(weights) + filters,
            "share": Fraction(len(weights), filters * channels * side * side),
        }
