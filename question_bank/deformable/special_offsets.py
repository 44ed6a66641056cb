"""Matching of rules for offsets to the ordinary convolution that they turn a layer into."""

import numpy as np

from examgen import Choice, Int, Item, Matching, Misconception, different, engine

# Rules for offsets, then what each makes of the layer, and two slips.
RULES = (
    r"$(\Delta r, \Delta c) = (<% if d > 2 %><<d - 1>><% endif %>r,\, "
    "<% if d > 2 %><<d - 1>><% endif %>c)$",
    r"$(\Delta r, \Delta c) = (<<down>>,\, <<right>>)$",
    r"$(\Delta r, \Delta c) = <% if way == 1 %>(c - r,\, -r - c)<% else %>(-c - r,\, r - c)"
    "<% endif %>$",
    r"$(\Delta r, \Delta c) = (-r,\, -c)$",
    r"$(\Delta r, \Delta c) = (0,\, <% if e > 2 %><<e - 1>><% endif %>c)$",
)
TEXTS = (
    "dilation <<d>> along both axes",
    "the ordinary convolution, its output moved by $(<< -down>>, << -right>>)$",
    "the ordinary convolution with the kernel turned by a quarter"
    "<% if way == 1 %> clockwise<% else %> counter-clockwise<% endif %>",
    r"a $1 \times 1$ convolution with the sum of all weights",
    "dilation <<e>> from left to right, none from top to bottom",
    "the ordinary convolution with the kernel turned by a quarter"
    "<% if way == 1 %> counter-clockwise<% else %> clockwise<% endif %>",
    "the ordinary convolution, its output moved by $(<<down>>, <<right>>)$",
)


class SpecialOffsets(Item):
    """Offsets that make a deformable layer dilated, shifted, rotated, or a single pixel wide."""

    title = "Offsets with a meaning"
    topic = "deformable"
    objective = (
        "recognise the ordinary convolution that a rule for the offsets turns a deformable "
        "layer into"
    )
    serves = ["6a deform-special-cases"]

    d = Choice(2, 3, 4)
    e = Choice(2, 3, 4)
    down, right = Int(-3, 3), Int(-3, 3)
    way = Choice(1, -1)
    turn = Choice(0, 1, 2, 3, 4)

    where = [
        different(d, e),
        different(down * right, 0),
        different(down, right),
        different(down, -right),
    ]

    stem = r"""
    A deformable layer has kernels of $3 \times 3$. Its tap $(r, c)$, with $r$ and $c$ from
    $-1, 0, 1$ (rows count downwards, columns to the right), reads the input at

    $$(\text{row}, \text{column}) + (r, c) + (\Delta r, \Delta c)\,,$$

    and multiplies it by the weight $w_{r,c}$. Somebody sets the offsets by a rule, the same at all
    positions.
    """

    def matched(self, *others):
        """The option of each row, or with other options in place of those of the named rules."""
        places = [(self.turn + row) % 5 for row in range(5)]
        return [dict(others).get(at, None if others else at) for at in places]

    meaning = Matching(
        lambda item: item.matched(),
        marks=5,
        prompt="What does the layer then compute? Match each rule; two descriptions are left over. "
        "Moves are written (down, right).",
        rows=[
            "".join(
                f"<% if (turn + {row}) % 5 == {at} %>{rule}<% endif %>"
                for at, rule in enumerate(RULES)
            )
            for row in range(5)
        ],
        options=TEXTS,
        misconceptions=[
            Misconception(
                "turned the other way",
                lambda item: item.matched((2, 5)),
                "Follow the upper middle tap, $(-1, 0)$: it reads at "
                "<% if way == 1 %>$(0, 1)$, on the right<% else %>$(0, -1)$, on the left<% endif %>"
                ", so its weight stands there now.",
            ),
            Misconception(
                "moved the other way",
                lambda item: item.matched((1, 6)),
                "The output moves *against* the offset: what reads further down shows what lies "
                "below, so it moves up, and the reverse.",
            ),
            Misconception(
                "axes exchanged",
                lambda item: item.matched((0, 4), (4, 0)),
                "$\\Delta c$ alone moves taps along the row only.",
            ),
        ],
    )

    solution = r"""
    Add the offset to the tap and look where it reads.

    * $(r, c) + (<% if d > 2 %><<d - 1>><% endif %>r, <% if d > 2 %><<d - 1>><% endif %>c)
      = (<<d>>r, <<d>>c)$: taps <<d>> pixels apart, dilation <<d>>.
    * $(r, c) + (0, <% if e > 2 %><<e - 1>><% endif %>c) = (r, <<e>>c)$: dilated from left to right
      only.
    * $(r, c) + (<<down>>, <<right>>)$: the ordinary layer, read $(<<down>>, <<right>>)$ further
      on. So its output moves the opposite way, by $(<< -down>>, << -right>>)$.
    * <% if way == 1 %>$(r, c) + (c - r, -r - c) = (c, -r)$: the upper tap $(-1, 0)$ reads at
      $(0, 1)$ on the right, the right one $(0, 1)$ at $(1, 0)$ below: clockwise<% else %>
      $(r, c) + (-c - r, r - c) = (-c, r)$: the upper tap $(-1, 0)$ reads at $(0, -1)$ on the left,
      the left one $(0, -1)$ at $(1, 0)$ below: counter-clockwise<% endif %>.
    * $(r, c) + (-r, -c) = (0, 0)$: all nine taps read one pixel, so their weights add up.
    """

    def offsets(self, rule):
        """The offset of each tap, in the order of a 3 × 3 kernel, by a rule."""
        grid = [(r, c) for r in (-1, 0, 1) for c in (-1, 0, 1)]
        moved = {
            0: lambda r, c: ((self.d - 1) * r, (self.d - 1) * c),
            1: lambda r, c: (self.down, self.right),
            2: lambda r, c: (self.way * c - r, -self.way * r - c),
            3: lambda r, c: (-r, -c),
            4: lambda r, c: (0, (self.e - 1) * c),
        }[rule]
        return [moved(r, c) for r, c in grid]

    def described(self, image, kernel):
        """What each description computes, far enough from the border."""
        plain = engine.conv2d(image, kernel, padding=1)
        moved = [np.roll(plain, (s * self.down, s * self.right), (0, 1)) for s in (-1, 1)]
        turned = [engine.conv2d(image, np.rot90(kernel, -s * self.way), padding=1) for s in (1, -1)]
        wide = engine.conv2d(image, kernel, padding=self.d, dilation=self.d)
        flat = engine.conv2d(image, kernel, padding=(1, self.e), dilation=(1, self.e))
        return [wide, moved[0], turned[0], image * kernel.sum(), flat, turned[1], moved[1]]

    def oracle(self):
        """Run the deformable layer on a random image, and see which output it is."""
        image = np.random.default_rng(1).integers(0, 50, (15, 15))
        kernel = np.array([[1, -2, 5], [3, 7, -4], [2, -1, 6]])
        inside = (slice(5, 10), slice(5, 10))
        outputs = [np.asarray(y).reshape(15, 15)[inside] for y in self.described(image, kernel)]
        found = []
        for row in range(5):
            offset = np.zeros((18, 15, 15), dtype=int)
            offset += np.array(self.offsets((self.turn + row) % 5)).reshape(18, 1, 1)
            given = engine.deform_conv2d(image, offset, kernel, padding=1)
            given = np.asarray(given).reshape(15, 15)[inside]
            found += [at for at, known in enumerate(outputs) if np.array_equal(known, given)]
        return {"meaning": found}
