"""A choice whose wrong options are misconceptions: each item makes its own distractors."""

from examgen import Choice, Example, Item, Misconception, MultipleChoice


class ChoiceOfOne(Item):
    """Receptive field of two stacked convolutions."""

    K1, K2 = Choice(3, 5, 7, 9), Choice(3, 5, 7)
    S = Choice(2, 3, 4, 5)

    where = [S < K1]

    stem = r"""
    Two convolutions follow each other: first $K_1 = <<K1>>$ with stride $S = <<S>>$, then
    $K_2 = <<K2>>$ with stride 1. Both are without dilation.
    """

    field = MultipleChoice(
        K1 + S * (K2 - 1),
        marks=1,
        prompt="How many pixels of a row does one unit of the second layer see?",
        option="<<value>> pixels",
        misconceptions=[
            Misconception("ignored stride", K1 + K2 - 1, "One step of layer 2 is <<S>> pixels."),
            Misconception("grew by the kernel", K1 + S * K2, "Layer 2 adds $K_2 - 1$ steps."),
            Misconception("multiplied", K1 * K2, "Windows overlap: fields grow by addition."),
        ],
        # distractors=[…] would add options that stand for no misconception
    )

    solution = "Layer 2 adds $K_2 - 1$ steps of $S$ pixels: << working.field >>"

    # In an example, options have the order of the declaration: A is the key.
    examples = [
        Example({"field": "A"}, at={"K1": 5, "K2": 3, "S": 2}, marks={"field": 1}),
        Example({"field": "B"}, at={"K1": 5, "K2": 3, "S": 2}, verdicts={"field": "misconception"}),
    ]

    def oracle(self):
        """Follow each tap of the second kernel down to the pixels, and count these."""
        seen = {self.S * tap + pixel for tap in range(self.K2) for pixel in range(self.K1)}
        return {"field": len(seen)}
