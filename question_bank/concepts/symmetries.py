"""Matching with reuse: functions that are equivariant, invariant or neither, by the moves named."""

from itertools import permutations

import numpy as np

from examgen import Choice, Item, Matching, Misconception

EQUIVARIANT, INVARIANT, NEITHER = 0, 1, 2
MOVES = (
    "cyclic shifts by one place",
    "cyclic shifts by two places",
    "reversal of the ring (the first value becomes the last)",
    "all permutations of the values",
)
# By slot: functions with what they are under each of the moves above.
SLOTS = (
    (
        ("each value replaced by the larger one of 0 and itself (ReLU)", "EEEE"),
        ("each value divided by the sum of all values", "EEEE"),
        ("each value plus the value opposite to it, 4 places on", "EEEN"),
    ),
    (
        ("each value replaced by the largest of itself and its two neighbours", "EEEN"),
        ("each value minus its right neighbour", "EENN"),
        ("each value plus half of both neighbours", "EEEN"),
        ("each value plus both neighbours, with zeros beyond both ends of the list", "NNEN"),
    ),
    (
        ("the mean of all values (global average pooling)", "IIII"),
        ("the largest of all values (global max-pooling)", "IIII"),
        ("the values sorted by size", "IIII"),
        ("the sum of the products of all pairs of neighbours", "IIIN"),
        ("the largest difference between neighbours, without its sign", "IIIN"),
    ),
    (
        ("the output of one dense unit with the weights 1, 2, …, 8", "NNNN"),
        ("each value plus its place number (1 to 8)", "NNNN"),
        ("values 1, 3, 5 and 7 doubled, the others as they are", "NENN"),
    ),
    (
        ("the largest of values 1 and 2, of 3 and 4, of 5 and 6, of 7 and 8 (max-pooling)", "NEEN"),
        ("values 1, 3, 5 and 7 alone", "NENN"),
    ),
)
CODES = "EIN"


def _row(row):
    """The function in a row: the slots turn through the rows."""
    texts = []
    for at, slot in enumerate(SLOTS):
        chosen = "".join(
            f"<% if {'abcde'[at]} == {which} %>{text}<% endif %>"
            for which, (text, _) in enumerate(slot)
        )
        texts.append(f"<% if (turn + {row}) % 5 == {at} %>{chosen}<% endif %>")
    return "".join(texts)


def _neighbours(x):
    return np.roll(x, 1), np.roll(x, -1)


def _applied(slot, which, x):
    """The chosen function of a slot applied to a signal on a ring."""
    left, right = _neighbours(x)
    functions = (
        (lambda: np.maximum(0, x), lambda: x / x.sum(), lambda: x + np.roll(x, 4)),
        (
            lambda: np.max([left, x, right], axis=0),
            lambda: x - right,
            lambda: x + (left + right) / 2,
            lambda: np.convolve(x, [1, 1, 1], "same"),
        ),
        (
            x.mean,
            x.max,
            lambda: np.sort(x),
            lambda: (x * right).sum(),
            lambda: abs(x - right).max(),
        ),
        (
            lambda: x @ np.arange(1, 9),
            lambda: x + np.arange(1, 9),
            lambda: x * [2, 1, 2, 1, 2, 1, 2, 1],
        ),
        (lambda: x.reshape(4, 2).max(axis=1), lambda: x[::2]),
    )
    return np.atleast_1d(functions[slot][which]())


class Symmetries(Item):
    """Five functions of a signal on a ring, classed by what a named kind of move does to them."""

    title = "Moves with the input, or stays?"
    topic = "concepts"
    objective = (
        "classify functions as equivariant, invariant or neither under a named group of moves"
    )
    serves = ["1b equi-inv-classify"]

    move = Choice(0, 1, 2, 3)
    turn = Choice(0, 1, 2, 3, 4)
    a, b, c = Choice(0, 1, 2), Choice(0, 1, 2, 3), Choice(0, 1, 2, 3, 4)
    d, e = Choice(0, 1, 2), Choice(0, 1)

    stem = f"""
    A signal of 8 values lies on a ring: the right neighbour of the last value is the first. The
    signal is moved by

    > {"".join(f"<% if move == {at} %>{text}<% endif %>" for at, text in enumerate(MOVES))}.

    A function of the signal is *equivariant* if its output then moves in the same way, and
    *invariant* if its output always stays as it is. Where the output has 4 values, it has to move
    half as far.
    """

    def classed(self, move):
        """What each row is under a move, by the table."""
        chosen = (self.a, self.b, self.c, self.d, self.e)
        codes = [slot[which][1][move] for slot, which in zip(SLOTS, chosen, strict=True)]
        return [CODES.index(codes[(self.turn + row) % 5]) for row in range(5)]

    def right(self):
        return self.classed(self.move)

    def as_for_shifts(self):
        """What one answers who always thinks of shifts by one place."""
        answer = self.classed(0)
        return None if answer == self.right() else answer

    def slot_as(self, slot, what):
        """One slot answered so, nothing said of the others; None where this is right."""
        row = (slot - self.turn) % 5
        if self.right()[row] == what:
            return None
        return [what if at == row else None for at in range(5)]

    classes = Matching(
        right,
        marks=5,
        reuse=True,
        prompt="What is each function with respect to *this* move? Letters may be used repeatedly.",
        rows=[_row(row) for row in range(5)],
        options=["equivariant", "invariant", "neither"],
        misconceptions=[
            Misconception(
                "pooling is invariant",
                lambda item: item.slot_as(4, INVARIANT),
                "Pooling over small windows tolerates some shifts, but its output is still a row "
                "of places: only pooling over *all* places is invariant.",
            ),
            Misconception(
                "answered for shifts by one place",
                as_for_shifts,
                "What a function is depends on the move: here the signal is moved by "
                f"{''.join(f'<% if move == {at} %>{t}<% endif %>' for at, t in enumerate(MOVES))}.",
            ),
            Misconception(
                "overlooked the ends",
                lambda item: item.slot_as(1, EQUIVARIANT) if item.b == 3 else None,
                "With zeros beyond both ends a value at an end lacks a neighbour there, but gets "
                "one when it is moved.",
            ),
        ],
    )

    solution = """
    Try it on a signal with one large value. If this value moves, does the same output appear at the
    place where it moved to (equivariant), does nothing change (invariant), or is it a new output?

    * Functions of single values, or of a value and a sum over all, follow every move.
    * Functions of neighbours follow moves that keep neighbours; one that tells left from right does
      not follow a reversal, and one with zeros beyond the ends does not follow a shift.
    * Functions of all values without regard to their places are invariant; if neighbours count,
      permutations change them.
    * Where places have numbers or weights of their own, nothing is kept.
    * Every second place is kept by a shift by two, not by one. The reversal turns places 1, 3, 5, 7
      into places 8, 6, 4, 2, but maps the pairs of the max-pooling to one another.
    """

    def moves(self):
        """The ways in which places are taken by this kind of move, for 8 places and for 4."""
        ring = np.arange(8)
        if self.move == 3:
            swaps = [np.array([1, 0, *range(2, 8)]), np.array([2, 0, 1, *range(3, 8)])]
            return [*swaps, np.roll(ring, 1)]
        return [np.roll(ring, 1), np.roll(ring, 2), ring[::-1]][self.move : self.move + 1]

    def halved(self, places):
        """The move of 4 places that goes with one of 8; None where there is none."""
        for move in permutations(range(4)):
            if all({2 * m, 2 * m + 1} == set(places[2 * at : 2 * at + 2].tolist())
                   for at, m in enumerate(move)):  # fmt: skip
                return np.array(move)
        return None

    def oracle(self):
        """Move signals without symmetry, and look whether the output moves along or stays."""
        chosen = (self.a, self.b, self.c, self.d, self.e)
        found = []
        for row in range(5):
            slot = (self.turn + row) % 5
            moved, stays = True, True
            for x in (
                np.array([5, -2, 7, 1, -4, 9, 2, 6.0]),
                np.array([-3, 8, 4, -6, 2, 11, 1, 7.0]),
            ):
                before = _applied(slot, chosen[slot], x)
                for places in self.moves():
                    after = _applied(slot, chosen[slot], x[places])
                    stays &= np.allclose(after, before)
                    way = {8: places, 4: self.halved(places)}.get(len(before))
                    moved &= way is not None and np.allclose(after, before[way])
            found.append(INVARIANT if stays else EQUIVARIANT if moved else NEITHER)
        return {"classes": found}
