"""Vectors and a whole number: S-cells and C-cells of a Neocognitron, before and after a shift."""

from examgen import Choice, IntegerEntry, IntVector, Item, Misconception, VectorEntry, engine


class SimpleAndComplex(Item):
    """S-cells that match a template above a threshold, and C-cells that pool them."""

    title = "S-cells and C-cells"
    topic = "pooling"
    objective = (
        "compute which S-cells and C-cells of a small Neocognitron fire, before and after a shift"
    )
    serves = ["2b sc-cell-by-hand"]

    b = IntVector(9, low=0, high=1)
    k = IntVector(3, low=-1, high=2)
    theta = Choice(1, 2, 3, tex=r"\theta")

    stem = r"""
    In a small model of the Neocognitron, eight S-cells read a row of ten pixels, which are 0 or 1.
    S-cell $i$ multiplies the pixels $i$, $i + 1$, $i + 2$ by the template $k = <<k>>$, entry by
    entry, and adds up. It fires, $s_i = 1$, if the sum is at least the threshold
    $\theta = <<theta>>$; otherwise $s_i = 0$. Each of four C-cells reads two S-cells:
    the first $s_1$ and $s_2$, the second $s_3$ and $s_4$, and so on. It fires if at least one of
    them does. The pixels are
    $$x = \begin{pmatrix}<% for value in b %><<value>> & <% endfor %>0\end{pmatrix}$$
    """

    def pixels(self, shift=0):
        """The row after a shift to the right by one pixel, or as it is."""
        return [0] * shift + [*self.b.tolist(), 0][: 10 - shift]

    def fired(self, pixels, *, above=0, flip=False):
        """The S-cells, with the threshold raised, or with the template read backwards."""
        template = self.k[::-1] if flip else self.k
        sums = engine.conv1d(pixels, template)
        return [int(value >= self.theta + above) for value in sums]

    def pooled(self, cells):
        """The C-cells."""
        return [int(max(cells[i], cells[i + 1])) for i in (0, 2, 4, 6)]

    def cells_differ(self):
        """Whether the template is no mirror image of itself, and some cells fire, others do not."""
        cells = self.fired(self.pixels())
        return self.k[0] != self.k[2] and 2 <= sum(cells) <= 5 and 1 <= sum(self.pooled(cells)) <= 3

    def shift_shows(self):
        """Whether the shift changes what the C-cells answer."""
        return self.pooled(self.fired(self.pixels())) != self.pooled(self.fired(self.pixels(1)))

    where = [cells_differ, shift_shows]

    s = VectorEntry(
        lambda item: item.fired(item.pixels()),
        shape=(8,),
        tex="s",
        marks=3,
        carries=(0, 1),
        prompt="Which S-cells fire? Give $s = (s_1, \\dots, s_8)$, each of them 0 or 1.",
        misconceptions=[
            Misconception(
                "more than the threshold",
                lambda item: (
                    None
                    if item.fired(item.pixels()) == item.fired(item.pixels(), above=1)
                    else item.fired(item.pixels(), above=1)
                ),
                "A sum that *equals* the threshold is enough.",
            ),
            Misconception(
                "flipped the template",
                lambda item: item.fired(item.pixels(), flip=True),
                "The first entry of the template goes with the left-hand pixel.",
            ),
        ],
    )

    c = VectorEntry(
        lambda item: item.pooled([int(value) for value in item.s]),
        shape=(4,),
        tex="c",
        marks=2,
        prompt="Which C-cells fire? Give $c = (c_1, \\dots, c_4)$.",
        misconceptions=[
            Misconception(
                "both",
                lambda item: [int(min(item.s[i], item.s[i + 1])) for i in (0, 2, 4, 6)],
                "A C-cell fires if *at least one* of its two S-cells does.",
            ),
            Misconception(
                "first four S-cells",
                lambda item: item.s[:4],
                "C-cell $j$ reads the S-cells $2j - 1$ and $2j$.",
            ),
        ],
    )

    def unless_right(self, answer):
        """A wrong answer to the third part; None where it happens to be right."""
        right = self.pooled(self.fired(self.pixels(1)))
        return None if [int(value) for value in answer] == right else answer

    c_moved = VectorEntry(
        lambda item: item.pooled(item.fired(item.pixels(1))),
        shape=(4,),
        tex="c'",
        marks=3,
        carries=(0, 1),
        prompt=r"""
        Then all pixels move to the right by one; a 0 enters on the left, and the last 0 leaves.
        Which C-cells fire now?
        """,
        misconceptions=[
            Misconception(
                "unchanged",
                lambda item: item.unless_right(item.c),
                "A C-cell tolerates a shift only while the S-cell that fires stays one of its two.",
            ),
            Misconception(
                "moved as well",
                lambda item: (
                    None
                    if [0, *item.c[:3]] == [int(value) for value in item.c]
                    else item.unless_right([0, *item.c[:3]])
                ),
                "One step of the C-cells is two pixels; here the pixels move by one.",
            ),
        ],
    )

    kept = IntegerEntry(
        lambda item: sum(
            int(one == other) for one, other in zip(item.c, item.c_moved, strict=True)
        ),
        tex="n",
        marks=1,
        carries=(0, 4),
        prompt="How many of the four C-cells are in the same state as before the shift?",
        misconceptions=[
            Misconception(
                "those that changed",
                lambda item: (
                    None
                    if (same := sum(a == b for a, b in zip(item.c, item.c_moved, strict=True))) == 2
                    else 4 - int(same)
                ),
                "These are the cells that *changed*.",
            ),
        ],
    )

    solution = r"""
    An S-cell is a unit of a convolution with a threshold: its template slides over the pixels, and
    all S-cells share it. An S-cell fires where the sum is at least&nbsp;<<theta>>:
    $$s = <<s>>$$
    A C-cell pools: it takes the larger of two S-cells,
    $$c = <<c>>$$
    After the shift every S-cell does what its left neighbour did before (the first one reads the
    pixel that entered). The pairs are made up differently now:
    $$c' = <<c_moved>>$$
    So <% if kept == 0 %>none<% elif kept == 1 %>one<% else %><<kept>><% endif %> of the four
    C-cells <% if kept < 2 %>is<% else %>are<% endif %> as before. A C-cell is *tolerant* of a shift
    that leaves a firing S-cell in its pair, but not invariant. In the Neocognitron the templates
    are learnt too, but without a teacher, layer by layer; a convolutional network learns them from
    the gradient of a loss.
    """

    def oracle(self):
        """Match every window of three pixels by hand, and look for a 1 in each pair."""

        def cells(pixels):
            windows = [pixels[i : i + 3] for i in range(8)]
            products = [[a * b for a, b in zip(w, self.k.tolist(), strict=True)] for w in windows]
            return [1 if sum(terms) > self.theta - 1 else 0 for terms in products]

        def pairs(row):
            return [1 if 1 in row[i : i + 2] else 0 for i in range(0, 8, 2)]

        before = [*self.b.tolist(), 0]
        first, second = cells(before), cells([0, *before[:-1]])
        one, other = pairs(first), pairs(second)
        same = [place for place in range(4) if one[place] == other[place]]
        return {"s": first, "c": one, "c_moved": other, "kept": len(same)}
