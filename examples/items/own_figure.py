"""A figure of one's own: a method that draws, called in the texts."""

import numpy as np

from examgen import Canvas, Int, IntegerEntry, Item, Misconception, engine, figure


class OwnFigure(Item):
    """Reading a step response off a drawing."""

    a, b = Int(1, 4), Int(6, 9)
    step = Int(2, 5)

    @figure
    def signal(self, reveal=False):
        """The signal as bars; in the solution the step is marked."""
        canvas = Canvas(width=24 * 8 + 10, height=130)  # in CSS pixels, y downwards
        for x in range(8):
            value = self.a if x < self.step else self.b
            canvas.rectangle(5 + 24 * x, 110 - 10 * value, 20, 10 * value, fill="#bbb")
            canvas.text(15 + 24 * x, 100 - 10 * value, value)
            canvas.text(15 + 24 * x, 120, x)
        if reveal:
            canvas.line((3 + 24 * self.step, 5), (3 + 24 * self.step, 110), dash="4 3")
        return canvas.figure("A signal of 8 values, as bars")

    stem = """
    A signal of 8 values:

    << signal() >>
    """

    edge = IntegerEntry(
        b - a,
        marks=1,
        carries=(-100, 100),
        prompt="The filter $(-1, 1)$ slides over it (not flipped). What is the largest output?",
        misconceptions=[
            Misconception("flipped", a - b, "The right neighbour counts with $+1$."),
            Misconception("height", 1 * b, "The filter takes the difference of two neighbours."),
        ],
    )

    solution = """
    Outputs are 0 but at the step, where the signal rises: << working.edge >>

    << signal(reveal=True) >>
    """

    def oracle(self):
        row = np.where(np.arange(8) < self.step, self.a, self.b)
        return {"edge": max(engine.conv1d(row, [-1, 1]))}
