"""Several options, each true or false: all that hold are to be ticked."""

from examgen import Choice, Int, Item, Misconception, MultipleResponse


class MultipleResponseItem(Item):
    """Which layers keep the side of a map."""

    H = Int(10, 60)
    P = Choice(1, 2, 3)
    K = Choice(3, 5, 7)
    D = Choice(2, 3)

    stem = "A map has side $H = <<H>>$. Layers slide over it with stride 1."

    def kept(self):
        """One truth value for each option: no formula, so the key is a function of the item."""
        lost = self.K - 1
        return [lost == 2 * self.P, self.D * lost == 2 * self.P, lost == self.P]

    def some(self):
        """A method as a condition: an item is used where at least one option holds."""
        return any(self.kept())

    where = [some]

    def one_side(self):
        lost = self.K - 1
        return [lost == self.P, self.D * lost == self.P, lost == 2 * self.P]

    keeps = MultipleResponse(
        kept,
        marks=3,
        scoring="per-option",  # or "all-or-nothing", "right-minus-wrong"
        prompt="Which of them give a map of the same side?",
        options=[
            r"kernel <<K>>, <<P>> zeros at each end",
            r"kernel <<K>> with dilation <<D>>, <<P>> zeros at each end",
            r"kernel <<K>>, <<P>> zeros at one end only",
        ],
        misconceptions=[
            Misconception("ends confused", one_side, "Zeros at *each* end count twice."),
        ],
    )

    solution = "The side is kept where the zeros make up for $D(K - 1)$ in all: <<keeps>> (1: yes)."

    def oracle(self):
        """Count the places of each kernel on the padded row."""

        def places(kernel, zeros):
            return sum(1 for at in range(self.H + zeros) if at + kernel <= self.H + zeros)

        wide = len(range(0, self.K * self.D, self.D)) * self.D - (self.D - 1)
        sides = [places(self.K, 2 * self.P), places(wide, 2 * self.P), places(self.K, self.P)]
        return {"keeps": [side == self.H for side in sides]}
