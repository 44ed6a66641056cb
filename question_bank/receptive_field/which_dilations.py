"""A set of pairs and a set of numbers: dilations for a receptive field, and the gaps they leave."""

from itertools import product

from examgen import Choice, Int, Item, Misconception, SetEntry


class WhichDilations(Item):
    """All pairs of dilations for two layers that reach a given field, and pixels left unread."""

    title = "Which dilations?"
    topic = "receptive field"
    objective = (
        "find all dilations that give a wanted receptive field, and the pixels that they leave "
        "unread"
    )
    serves = ["2a rf-design-inverse", "3b rf-design-inverse", "5a gridding"]

    R = Int(9, 60)
    K1, K2 = Choice(2, 3, 4, 5, 6), Choice(2, 3, 4, 5, 6)
    S = Choice(1, 2, 3, 4)
    top = Choice(4, 5, 6, 7, 8, 9, 10)

    def few(self):
        """Whether a student can find all the pairs, and all the pixels that are left out."""
        return 2 <= len(self.pairs()) <= 5 and 1 <= len(self.holes()) <= 8

    where = [few, K1 + K2 >= 6]

    stem = r"""
    A row of pixels passes through two convolution layers: the first has kernels of $K_1 = <<K1>>$
    taps, stride&nbsp;<<S>> and dilation $D_1$, the second kernels of $K_2 = <<K2>>$ taps,
    stride&nbsp;1 and dilation $D_2$. Both dilations may be whole numbers from 1 to <<top>>. The
    receptive field of a unit of layer&nbsp;2 is counted from the first to the last pixel that it
    depends on.
    """

    def choose(self, fits):
        return [pair for pair in product(range(1, self.top + 1), repeat=2) if fits(*pair)]

    def side(self, first, second):
        return 1 + (self.K1 - 1) * first + (self.K2 - 1) * second * self.S

    def pairs(self):
        return self.choose(lambda a, b: self.side(a, b) == self.R)

    def strideless(self):
        return self.choose(lambda a, b: 1 + (self.K1 - 1) * a + (self.K2 - 1) * b == self.R)

    def multiplied(self):
        """Let the dilation of layer 1 widen the steps of layer 2, as a stride does."""
        steps = self.S * (self.K2 - 1)
        return self.choose(lambda a, b: 1 + (self.K1 - 1) * a + steps * a * b == self.R)

    def unless(self, wrong, *taken):
        """A wrong set, or None where it has no members or is one of those that are taken."""
        return None if not wrong or sorted(wrong) in taken else wrong

    def swapped(self):
        return [(b, a) for a, b in self.pairs()]

    fits = SetEntry(
        pairs,
        names=("D1", "D2"),
        marks=3,
        carries=(1, 20),
        effort=20 * top,  # for each $D_1$ a product, a difference and a quotient
        prompt="Find all $(D_1, D_2)$ for which the receptive field has exactly <<R>> pixels.",
        misconceptions=[
            Misconception(
                "forgot the stride",
                lambda item: item.unless(item.strideless(), item.pairs()),
                "The units of layer 1 are as many pixels apart as its stride says: a step of layer "
                "2 counts that often.",
            ),
            Misconception(
                "dilations multiplied",
                lambda item: item.unless(item.multiplied(), item.pairs()),
                "Dilation spreads the taps of *one* layer. How far its units are apart, and so the "
                "steps of the next layer, is decided by the stride.",
            ),
            Misconception(
                "layers exchanged",
                lambda item: item.unless(item.swapped(), item.pairs()),
                "The pair is $(D_1, D_2)$; the stride counts for the *second* layer.",
            ),
        ],
    )

    def chosen(self):
        """The pair with the largest second dilation among those that were found."""
        found = [tuple(pair) for pair in self.fits]
        if not found:
            raise ArithmeticError("no pair was found")
        return max(found, key=lambda pair: pair[1])

    def read(self):
        """The pixels that taps of layer 2 reach by taps of layer 1, counted from the first one."""
        first, second = self.chosen()
        step = second * self.S
        return sorted({first * i + step * j for i in range(self.K1) for j in range(self.K2)})

    def holes(self):
        return [pixel for pixel in range(self.read()[-1]) if pixel not in self.read()]

    def holes_of_first(self):
        """The gaps in the window of one unit of layer 1."""
        first, _ = self.chosen()
        window = range(0, first * self.K1, first)
        return [pixel for pixel in range(window[-1]) if pixel not in window]

    def holes_of_second(self):
        """Those of layer 2 alone, where one would write them down."""
        step = self.chosen()[1] * self.S
        window = range(0, step * self.K2, step)
        found = [pixel for pixel in range(window[-1]) if pixel not in window]
        return found if len(found) <= 9 else None

    unread = SetEntry(
        holes,
        marks=3,
        effort=6 * K1 * K2 + 2 * R,  # the pixels that are read, then those between them
        prompt="""
        Take the pair with the largest $D_2$. Number the pixels of the field from 0 on. Which of
        them does the unit *not* depend on?
        """,
        misconceptions=[
            Misconception(
                "window of layer 1",
                lambda item: item.unless(item.holes_of_first(), item.holes()),
                "These are the gaps of *one* unit of layer 1. A unit of layer 2 sees <<K2>> of "
                "them, and others may fill the gaps.",
            ),
            Misconception(
                "window of layer 2",
                lambda item: item.unless(
                    item.holes_of_second(), item.holes(), item.holes_of_first()
                ),
                "Each tap of layer 2 stands for a unit of layer 1, which sees <<K1>> pixels.",
            ),
        ],
    )

    solution = r"""
    A unit of layer&nbsp;2 depends on the pixels $D_1 i + <% if S > 1 %><<S>><% endif %> D_2 j$ from
    its first one on, with $i$ from 0 to $<<K1 - 1>>$ and $j$ from 0 to $<<K2 - 1>>$. The last one
    gives $<<R>> = 1 + <<K1 - 1>> \cdot D_1 + <<(K2 - 1) * S>> \cdot D_2$. Go through the
    values of $D_2$ and see for which ones $D_1$ is whole and allowed:
    $$<<fits>>$$
    For the pair with the largest $D_2$ write down all $<<K1>> \cdot <<K2>> = <<K1 * K2>>$ sums
    (some may coincide). What lies between them is not read:
    $$<<unread>>$$
    """

    def walked(self, first, second):
        """The pixels at which walks from a unit back through both layers end."""
        seen = {0}
        for taps, dilation, stride in ((self.K2, second, 1), (self.K1, first, self.S)):
            seen = {unit * stride + tap * dilation for unit in seen for tap in range(taps)}
        return seen

    def oracle(self):
        """Walk from a unit back through the taps of both layers, for every pair."""
        pairs = product(range(1, self.top + 1), repeat=2)
        fits = [pair for pair in pairs if max(self.walked(*pair)) + 1 == self.R]
        seen = self.walked(*max(fits, key=lambda pair: pair[1]))
        return {
            "fits": fits,
            "unread": sorted(set(range(max(seen))) - seen),
        }
