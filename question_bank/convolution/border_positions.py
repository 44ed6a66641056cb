"""Sets of whole numbers: outputs that read padding, and where equivariance fails at the border."""

import numpy as np

from examgen import Choice, Int, Item, Misconception, SetEntry, engine


class BorderPositions(Item):
    """Outputs of a zero-padded layer that do not follow when its input is shifted."""

    title = "Equivariant, but for the border"
    topic = "convolution"
    objective = (
        "find the outputs that read padding, and those at which zero padding breaks "
        "equivariance to a shift"
    )
    serves = ["3c boundary-equivariance-count"]

    n = Int(9, 60)
    K = Choice(3, 5, 7)
    D = Choice(1, 2, 3)
    d = Choice(1, 2, 3, 4)

    reach = D * (K - 1) // 2

    where = [reach <= 4, n >= 2 * reach + d + 2]

    stem = r"""
    A layer turns a signal of <<n>> values $x_0, \dots, x_{<<n - 1>>}$ into as many outputs. Its
    kernel has <<K>> taps<% if D > 1 %>, <<D>> places apart from one another<% endif %>; output $i$
    has its middle tap at $x_i$, and beyond both ends there are zeros. No weight and no value of
    the signal is 0, and none of the sums that follow is 0 or equal to another by chance.
    """

    def padded(self):
        return [i for i in range(self.n) if i < self.reach or i >= self.n - self.reach]

    def one_end(self):
        return list(range(self.reach))

    def one_more(self):
        return [i for i in range(self.n) if i <= self.reach or i >= self.n - self.reach - 1]

    reading = SetEntry(
        padded,
        marks=2,
        effort=10 + 4 * reach,
        prompt="Which outputs $i$ read padded zeros?",
        misconceptions=[
            Misconception(
                "one end only", one_end, "There are zeros beyond the other end of the signal too."
            ),
            Misconception(
                "one too many",
                one_more,
                "Output <<reach>> has its outermost tap at $x_0$: it reads no zero.",
            ),
        ],
    )

    def differing(self):
        """Left: windows that hold values, moved outputs that are 0; right: values that are lost."""
        left = range(max(0, self.d - self.reach), self.d)
        lost = range(self.n, self.n + self.d)
        taps = range(self.D, self.reach + 1, self.D)
        right = [i for i in range(self.n) if any(i + tap in lost for tap in taps)]
        return [*left, *right]

    def without_gaps(self):
        whole = [*range(max(0, self.d - self.reach), self.d), *self.right_end()]
        return None if whole == self.differing() else whole

    def right_end(self):
        return list(range(self.n - self.reach, self.n))

    def all_moved_in(self):
        moved_in = [*range(self.d), *range(self.n - self.reach, self.n)]
        return None if moved_in in (self.differing(), self.without_gaps()) else moved_in

    def all_padded(self):
        others = (self.differing(), self.without_gaps(), self.all_moved_in())
        return None if self.padded() in others else self.padded()

    failing = SetEntry(
        differing,
        marks=3,
        prompt=r"""
        The signal is shifted by <<d>> to the right: <<d>>
        <% if d == 1 %>zero comes<% else %>zeros come<% endif %> in at the left, the last
        <% if d == 1 %>value is<% else %><<d>> values are<% endif %> lost. The outputs of the old
        signal are shifted in the same way. At which $i$ does this differ from the outputs of the
        shifted signal?
        """,
        misconceptions=[
            Misconception(
                "nowhere",
                lambda item: [],
                "Equivariance holds where both windows hold the same values. At the border one of "
                "them holds zeros instead.",
            ),
            Misconception(
                "all that read padding",
                all_padded,
                "A padded zero does no harm where the shifted signal has a zero at that place too.",
            ),
            Misconception(
                "right end only",
                right_end,
                "Look at the left too: shifted outputs are 0 there, but windows of the shifted "
                "signal already reach its values.",
            ),
            Misconception(
                "gaps overlooked",
                without_gaps,
                "Only a tap that stands where a lost value would be makes a difference; "
                "neighbouring taps are at a distance of <<D>>.",
            ),
            Misconception(
                "all places that came in",
                all_moved_in,
                "Where the window holds only zeros, both are 0.",
            ),
        ],
    )

    solution = r"""
    The outer taps stand $<<D>> \cdot <<(K - 1) // 2>> = <<reach>>$ places to either side of the
    middle. So outputs <% if reach == 1 %>0 and <<n - 1>><% else %>0 to <<reach - 1>> and
    <<n - reach>> to <<n - 1>><% endif %> read padding:
    $$<<reading>>$$
    *Left.* The shifted outputs are 0 for $i < <<d>>$. The shifted signal has its first value at
    place <<d>>, which windows reach from <% if d > reach %>$i = <<d>> - <<reach>> = <<d - reach>>$
    <% else %>the very first, $i = 0$,<% endif %> on. Between, the two differ.

    *Right.* A shifted output $i$ comes from a window of the old signal, in which the last
    <% if d == 1 %>value was<% else %><<d>> values were<% endif %> still there. In the shifted
    signal <% if d == 1 %>it would stand at place $<<n>>$<% else %>they would stand at places
    $<<n>>$ to $<<n + d - 1>>$<% endif %>, but the layer finds zeros
    there. The two differ where one of the taps to the right of the middle stands at such a place;
    taps are <<D>> <% if D == 1 %>place<% else %>places<% endif %> apart.
    $$<<failing>>$$
    """

    def oracle(self):
        """Convolve random signals, shift before or after, and look where the results differ."""
        random = np.random.default_rng(self.n)
        reading, failing = set(), set()
        for _ in range(3):
            x = random.integers(1, 10**6, self.n)
            kernel = random.integers(1, 10**6, self.K)
            layer = {"padding": self.reach, "dilation": self.D}
            y = engine.conv1d(x, kernel, **layer)
            bordered = engine.conv1d(x + 1, kernel, **layer) - y - kernel.sum()
            moved = np.concatenate([np.zeros(self.d, dtype=int), x[: -self.d]])
            after = np.concatenate([np.zeros(self.d, dtype=int), y[: -self.d]])
            reading |= set(np.flatnonzero(bordered).tolist())
            failing |= set(np.flatnonzero(engine.conv1d(moved, kernel, **layer) - after).tolist())
        return {"reading": sorted(reading), "failing": sorted(failing)}
