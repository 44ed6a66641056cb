"""Matching of computed facts: four kinds of convolution by their weights, sizes and spans."""

import numpy as np

from examgen import Choice, Int, Item, Matching, Misconception, different, engine

KINDS = (
    "ordinary convolution",
    "unshared convolution",
    "dilated convolution, dilation&nbsp;<<D>>",
    "transposed convolution, stride&nbsp;<<S>>",
)


class WhichType(Item):
    """Four layers with the same kernel, recognised by what they need, give and see."""

    title = "Tell them by their numbers"
    topic = "convolution"
    objective = (
        "recognise ordinary, unshared, dilated and transposed convolutions by weights, output "
        "size and span"
    )
    serves = ["5a conv-type-matching"]

    n = Int(12, 40)
    K = Choice(3, 4, 5)
    D = Choice(2, 3)
    S = Choice(2, 3)
    turn = Choice(0, 1, 2, 3)

    valid = n - K + 1
    wide = n - D * (K - 1)
    up = (n - 1) * S + K

    where = [n >= D * (K - 1) + 4, different(K, D), different(K, S)]

    stem = r"""
    Four layers read a row of <<n>> values (one channel) and have kernels of <<K>> taps, without
    padding and without biases. Stride and dilation are 1 where nothing else is said. The *span* is
    counted from the first to the last input value that one output depends on, in the middle of the
    row.
    """

    def matched(self, *others):
        """The option of each row, or with other options in place of those of the named kinds."""
        places = [(self.turn + row) % 4 for row in range(4)]
        return [dict(others).get(at, None if others else at) for at in places]

    # What an output of the transposed layer depends on: at most so many of its inputs.
    few = (K - 1) // S + 1

    facts = Matching(
        lambda item: item.matched(),
        marks=4,
        prompt="Match each layer to its numbers. Two descriptions are left over.",
        rows=[
            "".join(f"<% if (turn + {row}) % 4 == {at} %>{text}<% endif %>"
                    for at, text in enumerate(KINDS))
            for row in range(4)
        ],
        options=[
            "<<K>>&nbsp;weights, <<valid>>&nbsp;outputs, span&nbsp;<<K>>",
            "<<K * valid>>&nbsp;weights, <<valid>>&nbsp;outputs, span&nbsp;<<K>>",
            "<<K>>&nbsp;weights, <<wide>>&nbsp;outputs, span&nbsp;<<D * (K - 1) + 1>>",
            "<<K>>&nbsp;weights, <<up>>&nbsp;outputs, span at most&nbsp;<<few>>",
            "<<K * n>>&nbsp;weights, <<valid>>&nbsp;outputs, span&nbsp;<<K>>",
            "<<K>>&nbsp;weights, <<n - D * K + 1>>&nbsp;outputs, span&nbsp;<<D * K>>",
        ],
        misconceptions=[
            Misconception(
                "a window at every value",
                lambda item: item.matched((1, 4)),
                "Without padding there are only $<<n>> - <<K>> + 1 = <<valid>>$ positions.",
            ),
            Misconception(
                "span of all taps",
                lambda item: item.matched((2, 5)),
                "<<K>> taps have <<K - 1>> gaps between them.",
            ),
            Misconception(
                "shared and unshared exchanged",
                lambda item: item.matched((0, 1), (1, 0)),
                "An ordinary convolution uses one kernel at all positions.",
            ),
            Misconception(
                "dilated and transposed exchanged",
                lambda item: item.matched((2, 3), (3, 2)),
                "Dilation spreads the taps and leaves fewer positions; a transposed convolution "
                "with stride spreads the *inputs* and gives more outputs.",
            ),
        ],
    )  # fmt: skip

    solution = r"""
    * *Ordinary*: one kernel of <<K>> weights at $<<n>> - <<K>> + 1 = <<valid>>$ positions.
    * *Unshared*: the same positions, a kernel for each:
      $<<K>> \cdot <<valid>> = <<K * valid>>$ weights.
    * *Dilated*: <<K>> weights, spread over $<<D>> \cdot (<<K>> - 1) + 1 = <<D * (K - 1) + 1>>$
      values, so $<<n>> - <<D * (K - 1) + 1>> + 1 = <<wide>>$ positions.
    * *Transposed*: <<K>> weights, stamped <<n>> times at steps of <<S>>:
      $(<<n>> - 1) \cdot <<S>> + <<K>> = <<up>>$ outputs. An output gets a share from at most
      <<few>> <% if few == 1 %>stamp<% else %>stamps<% endif %> that lie over it.
    """

    def measured(self):
        """Weights, outputs and span of each layer, from the engine's outputs and gradients."""
        x = np.eye(self.n, dtype=int)[:, None]
        kernel = np.ones((1, 1, self.K), dtype=int)
        own = np.ones((1, 1, self.n - self.K + 1, self.K), dtype=int)
        layers = [
            (kernel, engine.conv1d(x, kernel)),
            (own, np.stack([engine.unshared_conv1d(one[0], own[0, 0])[None] for one in x])),
            (kernel, engine.conv1d(x, kernel, dilation=self.D)),
            (kernel, engine.conv_transpose1d(x, kernel, stride=self.S)),
        ]
        for weights, y in layers:
            reach = [np.flatnonzero(column) for column in y[:, 0].T]
            span = max(lit[-1] - lit[0] + 1 for lit in reach if len(lit))
            yield weights.size, y.shape[-1], int(span)

    def oracle(self):
        """Light one input after the other, count outputs and weights, and find the description."""
        n, K, D = self.n, self.K, self.D
        printed = [
            (K, self.valid, K), (K * self.valid, self.valid, K), (K, self.wide, D * (K - 1) + 1),
            (K, self.up, self.few), (K * n, self.valid, K), (K, n - D * K + 1, D * K),
        ]  # fmt: skip
        places = [printed.index(facts) for facts in self.measured()]
        return {"facts": [places[(self.turn + row) % 4] for row in range(4)]}
