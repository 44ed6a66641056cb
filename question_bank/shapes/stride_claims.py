"""True or false with fractions and numbers as corrections: what a large stride does, and where."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    Int,
    Item,
    Misconception,
    RationalEntry,
    TrueFalse,
    different,
    engine,
    floor,
)


class StrideClaims(Item):
    """Claims about a layer with a large stride: its positions, its values, and a small late map."""

    title = "What does the stride save?"
    topic = "output size"
    objective = (
        "judge claims about what a large stride saves early and costs late, and correct them"
    )
    serves = ["4b stride-claims", "4b downsample-ratio", "4b late-stride"]

    S = Choice(3, 4, 5)
    O = Int(20, 56, 4)  # noqa: E741 – the name of the output's width in the course
    C = Choice(24, 32, 48, 64, 96)
    Q = Int(7, 15)
    F = Choice(3, 5)
    a, b, c = Choice(0, 1, 2), Choice(0, 1, 2), Choice(0, 1, 2)

    W = S * O
    late = floor((Q - F) / S) + 1
    early = floor(Q / S)
    share, both, one = 1 / S**2, C / (3 * S**2), C / (3 * S)

    where = [different(F, S), different(C, 3 * S**2), F + S <= Q]

    def first_claim(self):
        return (Fraction(1, self.S**2), Fraction(1, self.S), Fraction(1, 2 * self.S))[self.a]

    def second_claim(self):
        return (self.both, self.share, self.one)[self.b]

    def third_claim(self):
        return (self.late, self.early, self.late - 1)[self.c]

    stem = r"""
    The first layer of a network reads 3 channels of $<<W>> \times <<W>>$ values and gives <<C>>
    channels. It has stride $S = <<S>>$ and is padded so that its maps have exactly
    $<<W>>/<<S>> = <<O>>$ values along each side. If a claim is false, give the right number in its
    place.
    """

    positions = TrueFalse(
        1 / S**2,
        claim=first_claim,
        entry=RationalEntry,
        tex="p",
        marks=2,
        prompt=r"""
        "The maps have $p = <% if a == 0 %>1/<<S**2>><% elif a == 1 %>1/<<S>><% else %>1/<<2 * S>>
        <% endif %>$ as many positions as the image."
        """,
        misconceptions=[
            Misconception(
                "one axis",
                1 / S,
                "The stride acts along rows *and* columns: <<S>> times fewer along each.",
            ),
            Misconception(
                "doubled",
                1 / (2 * S),
                r"Both axes multiply: $<<S>> \cdot <<S>>$, not $2 \cdot <<S>>$.",
            ),
        ],
    )

    amount = TrueFalse(
        C * positions / 3,
        claim=second_claim,
        entry=RationalEntry,
        tex="v",
        marks=2,
        prompt=r"""
        <% set claimed = [both, share, one][b] %>
        "All in all, the output has $v = <<claimed.numerator>><% if claimed.denominator > 1
        %>/<<claimed.denominator>><% endif %>$ times as many values as the image."
        """,
        misconceptions=[
            Misconception(
                "forgot the channels",
                1 / S**2,
                "The image has 3 channels, the output <<C>>.",
            ),
            Misconception(
                "one axis", C / (3 * S), "There are <<S>> times fewer positions along *each* axis."
            ),
        ],
    )

    later = TrueFalse(
        late,
        claim=third_claim,
        tex="L",
        marks=2,
        prompt=r"""
        "The same stride on a late map of $<<Q>> \times <<Q>>$, with kernels of
        $<<F>> \times <<F>>$ and no padding, would leave a side of $L = <% if c == 0 %><<late>>
        <% elif c == 1 %><<early>><% else %><<late - 1>><% endif %>$."
        """,
        misconceptions=[
            Misconception("forgot +1", late - 1, "The first window counts too: add 1."),
            Misconception(
                "divided the side",
                lambda item: None if item.early in (item.late, item.late - 1) else item.early,
                "Windows have to fit whole: $(<<Q>> - <<F>>)/<<S>>$ steps, rounded down, and one.",
            ),
        ],
    )

    solution = r"""
    1. Along each axis one in <<S>> positions is left, so $p = 1/<<S>>^2 = 1/<<S**2>>$.
    2. Each position has <<C>> values in place of 3:
       $v = <<C>>/3 \cdot 1/<<S**2>> = <<both.numerator>><% if both.denominator > 1
       %>/<<both.denominator>><% endif %>$, which is <% if C > 3 * S**2 %>more<% else %>less<% endif
       %> than the image has. A large stride saves positions, not necessarily memory.
    3. $L = \lfloor (<<Q>> - <<F>>)/<<S>> \rfloor + 1 = <<later>>$. So few places can hardly tell
       how parts lie to one another: large strides belong to early layers, where neighbouring
       values are alike.
    """

    def oracle(self):
        """Count positions and values of arrays; lay kernels on the late map one by one."""
        image = np.zeros((3, self.W, self.W), dtype=np.int8)
        kept = image[:, :: self.S, :: self.S]
        output = np.broadcast_to(kept[:1], (self.C, *kept.shape[1:]))
        late = engine.conv2d(np.ones((self.Q, self.Q)), np.ones((self.F, self.F)), stride=self.S)
        return {
            "positions": Fraction(kept[0].size, image[0].size),
            "amount": Fraction(output.size, image.size),
            "later": late.shape[0],
        }
