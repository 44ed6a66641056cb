"""Intervals and a set: the output-size formula solved for one of its sizes at a time."""

from examgen import Choice, Int, IntervalEntry, Item, Misconception, SetEntry, different, floor


class WhichWidths(Item):
    """All input widths, all filters and all strides that give a certain number of outputs."""

    title = "Solving for the other side"
    topic = "output size"
    objective = (
        "solve the output-size formula for all input widths, filters or strides that give a "
        "wanted number of outputs"
    )
    serves = ["4a out-size-solve-one"]

    O = Int(6, 24)  # noqa: E741 – the name of the output's width in the course
    F = Choice(3, 4, 5, 6, 7, 9, 11)
    S = Choice(3, 5, 6, 7)
    P = Choice(1, 2)
    extra = Choice(0, 1, 2)
    V, T = Int(30, 90, 3), Int(3, 9)

    W = (O - 1) * S + F - 2 * P + extra
    few = floor((V + 2 * P - F) / T) + 1  # outputs with another stride

    def several(self):
        """Whether more than one stride gives the number, but not too many."""
        return 2 <= len(self.same_count()) <= 4

    where = [2 * P < F, different(T, S), extra < S, F + extra >= S + 1, several]

    stem = r"""
    A convolution layer slides a filter of $F$ pixels over a row of $W$ pixels, with stride $S$ and
    $P = <<P>>$ zeros at *each* end. Where the filter no longer fits whole, the layer stops.
    Intervals are of whole numbers: both ends belong to them.
    """

    widths = IntervalEntry(
        ((O - 1) * S + F - 2 * P, O * S + F - 2 * P - 1),
        tex="W",
        marks=2,
        prompt="Let $F = <<F>>$ and $S = <<S>>$. For which $W$ does the layer give <<O>> values?",
        misconceptions=[
            Misconception(
                "one stride too far",
                (O * S + F - 2 * P, (O + 1) * S + F - 2 * P - 1),
                "From the first to the last of <<O>> windows there are $<<O>> - 1$ steps.",
            ),
            Misconception(
                "padding added",
                ((O - 1) * S + F + 2 * P, O * S + F + 2 * P - 1),
                "The windows have to fit into $W + 2P$ places, so $2P$ is taken off.",
            ),
            Misconception(
                "padding once",
                ((O - 1) * S + F - P, O * S + F - P - 1),
                "There are $P$ zeros at *each* end.",
            ),
            Misconception(
                "end left out of the step",
                ((O - 1) * S + F - 2 * P, O * S + F - 2 * P),
                "With that last width one more window fits.",
            ),
        ],
    )

    filters = IntervalEntry(
        (W + 2 * P - O * S + 1, W + 2 * P - (O - 1) * S),
        tex="F",
        marks=2,
        prompt="Now let $W = <<W>>$ and $S = <<S>>$. For which $F$ are there <<O>> values?",
        misconceptions=[
            Misconception(
                "padding forgotten",
                (W - O * S + 1, W - (O - 1) * S),
                "The row with its zeros has $W + 2P = <<W + 2 * P>>$ places.",
            ),
            Misconception(
                "one stride too many",
                (W + 2 * P - (O + 1) * S + 1, W + 2 * P - O * S),
                "From the first to the last of <<O>> windows there are $<<O>> - 1$ steps.",
            ),
            Misconception(
                "smallest one too small",
                (W + 2 * P - O * S, W + 2 * P - (O - 1) * S),
                "With that smallest filter one more window fits.",
            ),
        ],
    )

    def choose(self, fits):
        return [stride for stride in range(1, 10) if fits(stride)]

    def same_count(self):
        room = self.V + 2 * self.P - self.F
        return self.choose(lambda stride: room // stride + 1 == self.few)

    def without_one(self):
        room = self.V + 2 * self.P - self.F
        return self.choose(lambda stride: room // stride == self.few)

    def exactly(self):
        room = self.V + 2 * self.P - self.F
        return self.choose(lambda stride: room == (self.few - 1) * stride)

    strides = SetEntry(
        same_count,
        marks=2,
        prompt="And for $W = <<V>>$, $F = <<F>>$: which strides from 1 to 9 give <<few>> values?",
        misconceptions=[
            Misconception(
                "forgot +1", without_one, "The first window counts: there is one more than steps."
            ),
            Misconception(
                "exact divisions only",
                lambda item: (
                    None
                    if item.exactly() in (item.same_count(), item.without_one())
                    else item.exactly()
                ),
                "The division need not be exact: what is left at the end is not read.",
            ),
        ],
    )

    solution = r"""
    <<O>> windows take $(<<O>> - 1) S + F$ places, and one more window would take $S$ places more:
    $$(<<O>> - 1) S + F \;\le\; W + 2P \;\le\; <<O>>\,S + F - 1\,.$$
    With $F = <<F>>$, $S = <<S>>$, $P = <<P>>$ this says $W \in <<widths>>$. With $W = <<W>>$, solve
    both for $F$: $F \in <<filters>>$.

    For the strides, there is room for $W + 2P - F = <<V + 2 * P - F>>$ pixels of steps, and
    $\lfloor <<V + 2 * P - F>> / S \rfloor$ has to be $<<few>> - 1$: the strides are <<strides>>.
    """

    @staticmethod
    def windows(places, size, stride):
        """How many windows are laid on so many places, one after the other, as long as they fit."""
        count = start = 0
        while start + size <= places:
            count, start = count + 1, start + stride
        return count

    def oracle(self):
        """Lay windows for every width, filter and stride, and keep those that give the number."""
        P = 2 * self.P
        room = self.W + P
        widths = [
            w
            for w in range(self.W - 20, self.W + 20)
            if self.windows(w + P, self.F, self.S) == self.O
        ]
        filters = [f for f in range(1, room + 1) if self.windows(room, f, self.S) == self.O]
        counts = {s: self.windows(self.V + P, self.F, s) for s in range(1, 10)}
        return {
            "widths": (widths[0], widths[-1]),
            "filters": (filters[0], filters[-1]),
            "strides": [s for s in counts if counts[s] == counts[self.T]],
        }
