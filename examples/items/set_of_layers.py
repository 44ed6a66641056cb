"""A set: all answers are to be found, and their order does not count."""

from examgen import Example, Int, Item, Misconception, SetEntry

LAYERS = [(F, S) for F in (3, 5, 7) for S in (1, 2, 3, 4)]


class SetOfLayers(Item):
    """All layers that turn one size into another."""

    W, O = Int(12, 60), Int(4, 30)  # noqa: E741

    # A method may be a condition, too: it sees the item's numbers.
    def few(self):
        return 2 <= len(self.fitting()) <= 4

    where = [few]

    stem = r"""
    A layer without padding turns rows of <<W>> pixels into rows of <<O>> values. Choose its filter
    from $F \in \{3, 5, 7\}$ and its stride from $S \in \{1, 2, 3, 4\}$.
    """

    def fitting(self):
        return [(F, S) for F, S in LAYERS if (self.W - F) // S + 1 == self.O]

    def without_rest(self):
        return [(F, S) for F, S in LAYERS if self.W - F == S * (self.O - 1)]

    fits = SetEntry(
        fitting,
        names=("F", "S"),
        marks=3,
        prompt="Find all layers $(F, S)$ that fit; pixels may be left over at the end.",
        misconceptions=[
            Misconception("nothing left over", without_rest, "A rest is allowed here.")
        ],
    )

    solution = (
        r"All 12 layers have to be tried: $\lfloor (W - F)/S \rfloor + 1 = <<O>>$ for $<<fits>>$."
    )

    examples = [
        Example({"fits": "(5, 3), (3, 3)"}, at={"W": 20, "O": 6}, marks={"fits": 3}),
        Example({"fits": "(5, 3)"}, at={"W": 20, "O": 6}, verdicts={"fits": "misconception"}),
    ]

    def oracle(self):
        """Lay the windows of each layer down and count them."""
        count = {(F, S): len(range(0, self.W - F + 1, S)) for F, S in LAYERS}
        return {"fits": [layer for layer in LAYERS if count[layer] == self.O]}
