"""A whole number by a formula: the shortest complete item model."""

from examgen import Choice, Int, IntegerEntry, Item, Misconception


class Number(Item):
    """Side of the output of a convolution without padding."""

    # For those who choose: what a student who solves it can do, and what of your course it serves.
    objective = "compute the output size of a convolution without padding or stride"
    serves = ["week 3", "output size"]

    # Parameters: what differs from item to item. Their space is counted and dealt without repeats.
    H = Int(8, 40)
    K = Choice(3, 5, 7)

    # Markdown with TeX; << >> prints a value. The stem sees parameters, never a key.
    stem = "A kernel of side $K = <<K>>$ slides over a map of side $H = <<H>>$, without padding."

    # A part: its key is a formula of the parameters, a misconception is a wrong formula.
    side = IntegerEntry(
        H - K + 1,
        marks=1,
        tex="O",
        prompt="What is the side $O$ of the output?",
        misconceptions=[
            Misconception("forgot +1", H - K, "The kernel fits at offset 0 too: add 1."),
            Misconception("size kept", H, "Without padding the output is smaller than the input."),
        ],
    )

    # The solution sees the keys too; working.side shows symbols = numbers = value.
    solution = "The kernel fits at offsets $0, …, H - K$: << working.side >>"

    def oracle(self):
        """The same number by another route: put the kernel down wherever it fits, and count."""
        places = [at for at in range(self.H) if at + self.K <= self.H]
        return {"side": len(places)}
