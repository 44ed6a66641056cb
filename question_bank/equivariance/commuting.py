"""Three vectors and a whole number: does a map commute with a transformation of its input?"""

import numpy as np

from examgen import Choice, IntegerEntry, IntVector, Item, Misconception, VectorEntry

SHIFTS = {"shifts by one place to the right": 1, "shifts by two places to the right": 2}
MOVES = (*SHIFTS, "reverses the order of")
RULES = (
    r"y_i = x_i - x_{i+1}",
    r"y_i = x_i + 2 x_{i+1}",
    r"y_i = \max(x_i, x_{i+1})",
    r"y_i = \max(x_{i-1}, x_i, x_{i+1})",
    r"y_i = x_{i-1} - x_i + x_{i+1}",
    r"y_i = i \cdot x_i",
)


class Commuting(Item):
    """A map and a transformation of a ring of five numbers, applied in either order."""

    title = "In either order"
    topic = "equivariance"
    objective = (
        "apply a layer and a transformation in either order and compare the results place by place"
    )
    serves = ["1b commutation-check"]

    x = IntVector(5, low=0, high=9)
    rule = Choice(*RULES)
    move = Choice(*MOVES)

    stem = r"""
    Five numbers stand around a ring: $x_1$ follows on $x_5$, so $x_6$ is $x_1$ and $x_0$ is $x_5$.
    A layer $f$ makes $y = f(x)$ of them with
    $$<<rule>> \qquad (i = 1, \dots, 5).$$
    The transformation $T$ <<move>> the five numbers it is given (<% if "reverses" in move %>the
    first becomes the last<% else %>what leaves on the right enters on the left<% endif %>). The
    input is
    $$x = <<x>>$$
    """

    def layer(self, x):
        """The layer, with Python's negative indices closing the ring."""
        x = [int(value) for value in x]
        after = [*x[1:], x[0]]
        steps = {
            RULES[0]: lambda: [a - b for a, b in zip(x, after, strict=True)],
            RULES[1]: lambda: [a + 2 * b for a, b in zip(x, after, strict=True)],
            RULES[2]: lambda: [max(a, b) for a, b in zip(x, after, strict=True)],
            RULES[3]: lambda: [max(x[i - 1], x[i], after[i]) for i in range(5)],
            RULES[4]: lambda: [x[i - 1] - x[i] + after[i] for i in range(5)],
            RULES[5]: lambda: [(i + 1) * x[i] for i in range(5)],
        }
        return steps[self.rule]()

    def moved(self, x, *, times=1):
        """The transformation, applied some times (for a shift, −1 is the other direction)."""
        x = [int(value) for value in x]
        if self.move not in SHIFTS:
            return x[::-1] if times % 2 else x
        start = -SHIFTS[self.move] * times % 5
        return x[start:] + x[:start]

    def shifts(self):
        """Whether the transformation is a shift."""
        return self.move in SHIFTS

    def other_way(self, x):
        """The shift to the left; None for a reflection, which has no direction."""
        return self.moved(x, times=-1) if self.shifts() else None

    def places_are_told_apart(self):
        """Whether the input has four different values, and tells right from left."""
        x = self.x.tolist()
        return len(set(x)) >= 4 and x != x[::-1]

    where = [places_are_told_apart]

    y = VectorEntry(
        lambda item: item.layer(item.x),
        shape=(5,),
        tex="f(x)",
        marks=2,
        prompt="Give $f(x)$.",
        misconceptions=[
            Misconception(
                "the other neighbour",
                lambda item: item.layer(item.x[::-1])[::-1] if item.rule in RULES[:3] else None,
                "$x_{i+1}$ is the number to the *right* of $x_i$.",
            ),
        ],
    )

    first_moved = VectorEntry(
        lambda item: item.layer(item.moved(item.x)),
        shape=(5,),
        tex="f(Tx)",
        marks=2,
        prompt="Give $f(Tx)$: transform first, then apply the layer.",
        misconceptions=[
            Misconception(
                "did not transform",
                lambda item: item.y,
                "The layer reads the *transformed* input here.",
            ),
            Misconception(
                "to the left",
                lambda item: item.layer(item.moved(item.x, times=-1)) if item.shifts() else None,
                "The numbers move to the right.",
            ),
        ],
    )

    moved_after = VectorEntry(
        lambda item: item.moved(item.y),
        shape=(5,),
        tex="T f(x)",
        marks=1,
        prompt="Give $T f(x)$: apply the layer first, then transform.",
        misconceptions=[
            Misconception(
                "did not transform",
                lambda item: item.y,
                "The *output* of the layer is transformed here.",
            ),
            Misconception(
                "to the left",
                lambda item: item.other_way(item.y),
                "The numbers move to the right.",
            ),
        ],
    )

    def differing(self):
        """In how many places the two orders give different numbers."""
        pairs = zip(self.first_moved, self.moved_after, strict=True)
        return sum(int(a != b) for a, b in pairs)

    apart = IntegerEntry(
        differing,
        tex="n",
        marks=1,
        carries=(0, 5),
        prompt="In how many of the five places do $f(Tx)$ and $T f(x)$ differ?",
        misconceptions=[
            Misconception(
                "counted the others", lambda item: 5 - item.differing(), "These places *agree*."
            ),
        ],
    )

    solution = r"""
    The rule is applied at each of the five places, to the numbers as they stand there:
    $$f(x) = <<y>>$$
    Then to the transformed numbers; in the other order, the result is transformed instead:
    $$f(Tx) = <<first_moved>> \qquad T f(x) = <<moved_after>>$$
    <% if apart == 0 %>
    The two orders agree in all places, here and for every $x$: $f$ is *equivariant* to this
    transformation. The rule is the same for every place, and $T$ takes along the neighbours
    that it reads.
    <% elif "cdot" in rule %>
    They differ in <<apart>> places. A number that moves to another place is multiplied by another
    weight: a layer whose weights depend on the place is not equivariant.
    <% else %>
    They differ in <<apart>> places. The rule is the same for every place, but it tells the left
    neighbour from the right one, and a reflection exchanges them. Equivariance to shifts does not
    bring equivariance to reflections.
    <% endif %>
    """

    def oracle(self):
        """Transformations and linear rules as matrices; maxima over stacked rings."""
        ring, order = np.eye(5, dtype=int), np.arange(5)
        turn = ring[::-1] if not self.shifts() else ring[(order - SHIFTS[self.move]) % 5]
        before, after = ring[(order - 1) % 5], ring[(order + 1) % 5]

        def apply(x):
            linear = {
                RULES[0]: ring - after,
                RULES[1]: ring + 2 * after,
                RULES[4]: before - ring + after,
                RULES[5]: np.diag(order + 1),
            }
            if self.rule in linear:
                return linear[self.rule] @ x
            window = [x, after @ x, before @ x][: 2 if self.rule == RULES[2] else 3]
            return np.stack(window).max(axis=0)

        one, other = apply(turn @ self.x), turn @ apply(self.x)
        return {
            "y": apply(self.x),
            "first_moved": one,
            "moved_after": other,
            "apart": np.count_nonzero(one - other),
        }
