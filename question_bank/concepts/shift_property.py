"""A word: does a function move with its input, or not change at all?"""

import numpy as np

from examgen import Int, Item, Misconception, ShortText, engine

FUNCTIONS = {  # of a signal on a ring: the words for it, and whether it is invariant
    "each value replaced by the larger one of 0 and itself (ReLU)": False,
    "each value replaced by its difference from its right neighbour": False,
    "each value replaced by the mean of itself and its two neighbours": False,
    "each value replaced by the largest of itself and its two neighbours": False,
    "each value divided by the sum of all values": False,
    "the mean of all values (global average pooling)": True,
    "the largest of all values (global max-pooling)": True,
    "the values sorted by size": True,
    "the number of values that are above 3": True,
    "the sum of the squares of all values": True,
}
TEXTS = tuple(FUNCTIONS)


def _applied(number, x):
    """The function of this number applied to a signal on a ring."""
    ring = np.concatenate([x[-1:], x, x[:1]])
    return [
        lambda: np.maximum(0, x),
        lambda: engine.conv1d(np.append(x, x[0]), [1, -1]),
        lambda: engine.conv1d(ring, [1, 1, 1]) / 3,
        lambda: np.max([ring[:-2], ring[1:-1], ring[2:]], axis=0),
        lambda: x / x.sum(),
        lambda: x.mean(),
        lambda: x.max(),
        lambda: np.sort(x),
        lambda: np.count_nonzero(x > 3),
        lambda: (x**2).sum(),
    ][number]()


class ShiftProperty(Item):
    """Equivariant or invariant to cyclic shifts: ten functions, and a length of the signal."""

    title = "What shifts do to a function"
    topic = "concepts"
    objective = (
        "name what a cyclic shift does to the output of a function: it moves along, or it stays"
    )
    serves = ["1b equi-inv-classify"]

    f = Int(0, len(FUNCTIONS) - 1)
    n = Int(6, 12)

    stem = f"""
    A signal of <<n>> values lies on a ring: a shift moves every value one place on, and the last
    value to the first place. The function $f$ of the signal is

    > {"".join(f"<% if f == {number} %>{text}<% endif %>" for number, text in enumerate(TEXTS))}.
    """

    word = ShortText(
        lambda item: "invariant" if FUNCTIONS[TEXTS[item.f]] else "equivariant",
        marks=1,
        prompt="With one word: with respect to shifts, $f$ is …",
        forms={
            "equivariant": [
                "equivariance", "translation equivariant", "shift equivariant", "covariant",
            ],
            "invariant": ["invariance", "translation invariant", "shift invariant"],
            "linear": [],
        },
        misconceptions=[
            Misconception(
                "equivariant and invariant exchanged",
                lambda item: "equivariant" if FUNCTIONS[TEXTS[item.f]] else "invariant",
                "*Equivariant*: shift the input and the output shifts with it, $f(Tx) = T f(x)$. "
                "*Invariant*: the output stays as it is, $f(Tx) = f(x)$.",
            ),
        ],
    )  # fmt: skip

    solution = """
    <% if word == "invariant" %>
    The output says nothing about where a value stands: shift the input, and the output is the same,
    $f(Tx) = f(x)$. So $f$ is **invariant**.
    <% else %>
    The same rule is applied at each place of the ring: shift the input, and the output shifts with
    it, $f(Tx) = T f(x)$. So $f$ is **equivariant**. It is not invariant, for the output moves.
    <% endif %>
    """

    def oracle(self):
        """Shift a signal without symmetry, and look whether the output moves with it or stays."""
        x = np.arange(1, self.n + 1) ** 2 % 11 - 2
        before, after = (np.asarray(_applied(self.f, signal)) for signal in (x, np.roll(x, 1)))
        if np.allclose(before, after):
            return {"word": "invariant"}
        return {"word": "equivariant" if np.allclose(np.roll(before, 1), after) else "neither"}
