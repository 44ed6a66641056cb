"""Vectors and a whole number: how far max pooling tolerates a shift of its input."""

import numpy as np

from examgen import IntegerEntry, IntVector, Item, Misconception, VectorEntry, engine


class Shift(Item):
    """Max pooling of a signal, of the signal shifted by one sample and by two."""

    title = "Does pooling ignore a shift?"
    topic = "pooling"
    objective = "pool a signal before and after shifts and tell how far pooling tolerates them"
    serves = ["1b pooling-shift-tolerance"]

    x = IntVector(8, low=0, high=9)

    def few_ties(self):
        """Whether neighbours differ, so that every window has one largest value."""
        return all(a != b for a, b in zip(self.x[:-1], self.x[1:], strict=True))

    where = [few_ties]

    stem = r"""
    The signal

    $$x = <<x>>$$

    is max-pooled with windows of 2 samples and stride 2, without padding. Then $x$ is shifted to
    the right, by one sample and by two: zeros enter on the left, and what leaves on the right is
    lost.
    """

    def pooled(self, shift, *, window=2, function=max):
        """The four outputs after a shift to the right (to the left, if negative)."""
        values = self.x.tolist()
        moved = [0] * shift + values[: 8 - shift] if shift >= 0 else [*values[-shift:], 0]
        return [function(moved[start : start + window]) for start in (0, 2, 4, 6)]

    y = VectorEntry(
        lambda item: engine.max_pool2d(item.x.reshape(1, 8), (1, 2))[0],
        shape=(4,),
        tex="y",
        marks=2,
        prompt="Pool $x$. What is the result $y$?",
        misconceptions=[
            Misconception(
                "first of each window",
                lambda item: item.pooled(0, window=1),
                "That is subsampling; take the larger of the two samples.",
            ),
            Misconception(
                "smallest value",
                lambda item: item.pooled(0, function=min),
                "Max pooling keeps the *larger* value.",
            ),
            Misconception(
                "stride 1",
                lambda item: [max(item.x[i : i + 2]) for i in range(4)],
                "The windows do not overlap: the stride is 2.",
            ),
        ],
    )

    y_one = VectorEntry(
        lambda item: engine.max_pool2d([[0, *item.x.tolist()[:-1]]], (1, 2))[0],
        shape=(4,),
        tex="y'",
        marks=2,
        prompt="Shift $x$ by *one* sample and pool it. What is the result $y'$?",
        misconceptions=[
            Misconception(
                "unchanged",
                lambda item: item.y,
                "Pooling is not invariant: a maximum at the right end of its window moves on into "
                "the next one.",
            ),
            Misconception(
                "output shifted by one",
                lambda item: [0, *item.y[:-1]],
                "One step of the output is two samples of the input.",
            ),
            Misconception(
                "shifted to the left",
                lambda item: item.pooled(-1),
                "The signal moves to the right: a zero enters on the left.",
            ),
        ],
    )

    y_two = VectorEntry(
        [0, y[0], y[1], y[2]],
        tex="y''",
        marks=2,
        prompt="Shift $x$ by *two* samples and pool it. What is the result $y''$?",
        misconceptions=[
            Misconception(
                "unchanged",
                [y[0], y[1], y[2], y[3]],
                "A shift by a whole stride moves the output by one place.",
            ),
            Misconception(
                "output shifted by two",
                [0, 0, y[0], y[1]],
                "One step of the output is two samples of the input: it moves by one place.",
            ),
            Misconception(
                "shifted to the left",
                [y[1], y[2], y[3], 0],
                "The signal moves to the right, and so does the output.",
            ),
        ],
    )

    def changed(self):
        """How many outputs change; None where that is not another answer than the others here."""
        count = sum(int(a != b) for a, b in zip(self.y, self.y_one, strict=True))
        return None if count in (2, 4) else count

    kept = IntegerEntry(
        lambda item: sum(int(a == b) for a, b in zip(item.y, item.y_one, strict=True)),
        tex="n",
        marks=1,
        prompt="How many of the four outputs are the same in $y$ and in $y'$, place by place?",
        carries=(0, 4),
        misconceptions=[
            Misconception("counted the others", changed, "These are the outputs that *change*."),
            Misconception(
                "invariance",
                lambda item: None if np.array_equal(item.y, item.y_one) else 4,
                "Pooling tolerates a small shift in some windows at most. Invariance needs "
                "pooling over the whole signal.",
            ),
        ],
    )

    solution = r"""
    Each pair of samples gives its larger one:
    $$y = <<y>>$$
    Shifted by one sample, the pairs are made up differently:
    $$y' = <<y_one>>$$
    Shifted by two, a whole stride, the pairs stay together and move on by one place:
    $$y'' = <<y_two>>$$
    So max pooling is *equivariant* to shifts by a multiple of its stride. A shift by one sample
    leaves an output as it is only where the maximum stays inside its window and nothing larger
    comes in, or where an equal one takes its place: here in
    <% if kept == 0 %>none<% elif kept == 1 %>one<% else %><<kept>><% endif %> of the four places.
    Only pooling over *all* places is invariant, and that as long as the maximum is not shifted out
    of the signal.
    """

    def oracle(self):
        """Slice the shifted signals by hand."""
        results = []
        for shift in (0, 1, 2):
            moved = [0, 0, *self.x.tolist()][2 - shift : 10 - shift]
            results.append([max(a, b) for a, b in zip(moved[::2], moved[1::2], strict=True)])
        y, y_one, y_two = results
        same = [place for place in range(4) if y[place] == y_one[place]]
        return {"y": y, "y_one": y_one, "y_two": y_two, "kept": len(same)}
