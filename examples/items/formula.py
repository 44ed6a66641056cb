"""A formula in symbols, equal in any form, and a number that follows from it."""

from examgen import Choice, Example, FormulaEntry, Int, IntegerEntry, Item, Misconception


class Formula(Item):
    """Output size of a padded convolution of given kernel."""

    W = Int(10, 60)
    P = Int(1, 3)
    K = Choice(5, 7, 9)

    where = [2 * P < K]

    stem = r"""
    A kernel of side $<<K>>$ slides with stride 1 over a row of $W$ pixels with $P$ zeros at each
    end.
    """

    # W and P stay symbols; K, no variable, takes its number.
    size = FormulaEntry(
        W - K + 2 * P + 1,
        variables=[W, P],
        marks=2,
        tex="O",
        prompt="Give the number $O$ of outputs, as a formula in $W$ and $P$.",
        misconceptions=[
            Misconception("forgot +1", W - K + 2 * P, "There is one place more than steps."),
            Misconception("padded once", W - K + P + 1, "There are zeros at *both* ends."),
        ],
    )

    number = IntegerEntry(
        3 * size,
        marks=1,
        prompt="How many outputs do three kernels give for $W = <<W>>$ and $P = <<P>>$?",
        misconceptions=[Misconception("one kernel", 1 * size, "There are three.")],
    )

    solution = "$O = <<size>>$; three kernels give <<number>> outputs here."

    examples = [
        Example({"size": "W + 2(P - 2)"}, at={"W": 20, "P": 1, "K": 5}, marks={"size": 2}),
        Example(
            {"size": "W - 5 + 2P", "number": "51"},
            at={"W": 20, "P": 1, "K": 5},
            marks={"size": 0, "number": 1},
        ),
    ]

    def oracle(self):
        """Count the places; of a formula the oracle derives the number for this item."""
        width = self.W + 2 * self.P
        count = sum(1 for at in range(width) if at + self.K <= width)
        return {"size": count, "number": sum(3 * [count])}
