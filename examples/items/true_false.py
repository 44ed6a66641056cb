"""True, or false with a correction: the claim is a formula that may go wrong."""

from examgen import Choice, Example, Int, Item, Misconception, TrueFalse


class TrueFalseItem(Item):
    """A claim about padding."""

    H = Int(10, 60)
    K = Choice(5, 7, 9)
    P = Choice(2, 3, 4)
    twice = Choice(1, 2)  # how often the claim counts the padding: 2 is right

    out = H - K + 2 * P + 1

    where = [2 * P < K]

    stem = r"""
    A kernel of side $K = <<K>>$ slides with stride 1 over a row of $H = <<H>>$ pixels with
    $P = <<P>>$ zeros at each end.
    """

    # The key is what is right, the claim what the prompt says; the student corrects a wrong claim.
    claim = H - K + twice * P + 1
    size = TrueFalse(
        out,
        claim=claim,
        marks=2,
        prompt="A colleague counts <<claim>> outputs. If that is false, how many are there?",
        misconceptions=[
            Misconception("forgot +1", out - 1, "The first place, at offset 0, counts too."),
            Misconception("padded once", out - P, "There are zeros at *both* ends."),
        ],
    )

    solution = "The padded row has $H + 2P$ pixels: $H - K + 2P + 1 = <<out>>$ outputs."

    examples = [
        Example({"size": "true"}, at={"H": 20, "K": 5, "P": 2, "twice": 2}, marks={"size": 2}),
        Example({"size": "false: 20"}, at={"H": 20, "K": 5, "P": 2, "twice": 1}, marks={"size": 2}),
    ]

    def oracle(self):
        row = [0] * self.P + [1] * self.H + [0] * self.P
        return {"size": sum(1 for at in range(len(row)) if at + self.K <= len(row))}
