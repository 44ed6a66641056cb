"""Whole numbers and a fraction: how much a window still sees after a shift of the image."""

from fractions import Fraction

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    RationalEntry,
    different,
    maximum,
)


class WindowAfterShift(Item):
    """Pixels that stay in a window after a shift, and those that a dilated window reads again."""

    title = "What a window still sees"
    topic = "equivariance"
    objective = (
        "count the pixels that a window, plain or dilated, still sees after a shift of the image"
    )
    serves = ["1c window-overlap-after-shift"]

    K = Choice(5, 6, 7, 8, 9)
    u, v = Int(1, 4), Int(1, 4)
    D = Choice(2, 3)
    p, q = Int(0, 3), Int(0, 3)

    where = [different(p + q, 0), different(p * D + q * D, u + v)]

    stem = r"""
    A unit has $K \times K$ weights, $K = <<K>>$, and reads a window of as many pixels. The image,
    much larger than the window, is shifted by <<u>> pixel<% if u > 1 %>s<% endif %> downwards and
    <<v>> pixel<% if v > 1 %>s<% endif %> to the right. The window stays where it is.
    """

    stay = IntegerEntry(
        (K - u) * (K - v),
        tex="s",
        marks=2,
        prompt="How many pixels of the image lie in the window both before and after the shift?",
        misconceptions=[
            Misconception(
                "area of the shift",
                K**2 - u * v,
                r"Whole strips leave the window: <<u>> of its rows and <<v>> of its columns.",
            ),
            Misconception(
                "corner twice",
                K**2 - K * u - K * v,
                r"The $<<u>> \cdot <<v>>$ pixels that lie in both strips leave only once.",
            ),
            Misconception(
                "only downwards",
                K * (K - u),
                "The shift to the right moves pixels out of the window as well.",
            ),
        ],
    )

    fresh = RationalEntry(
        1 - stay / K**2,
        tex="f",
        marks=1,
        prompt="What fraction $f$ of the window shows pixels that were not in it before?",
        misconceptions=[
            Misconception(
                "what stayed", stay / K**2, "This is the fraction that was there before."
            ),
            Misconception(
                "against what stayed",
                K**2 / stay - 1,
                "The fraction is taken of the whole window, of $K^2 = <<K**2>>$ pixels.",
            ),
        ],
    )

    again = IntegerEntry(
        (K - p) * (K - q),
        tex="t",
        marks=3,
        prompt=r"""
        Another unit has $<<K>> \times <<K>>$ weights with dilation&nbsp;<<D>>: it reads only every
        <<["second", "third"][D - 2]>> pixel of its rows, and only every
        <<["second", "third"][D - 2]>> row. The image is shifted by $(<<D * p>>, <<D * q>>)$ pixels
        (down, right). How many pixels of the image does it read both before and after?
        """,
        misconceptions=[
            Misconception(
                "ignored dilation",
                maximum(0, K - D * p) * maximum(0, K - D * q),
                "The taps are <<D>> pixels apart: a shift by <<D>> pixels moves the image on by "
                "one tap.",
            ),
            Misconception(
                "pixels between the taps",
                (D * (K - 1) + 1 - D * p) * (D * (K - 1) + 1 - D * q),
                "Between its taps there are pixels that the unit does not read.",
            ),
            Misconception(
                "area of the shift",
                K**2 - p * q,
                "Whole rows or columns of taps meet other pixels, not only a corner.",
            ),
        ],
    )

    solution = r"""
    Of the <<K>> rows of the window, $K - <<u>> = <<K - u>>$ stay inside, and of its columns
    $K - <<v>> = <<K - v>>$:
    << working.stay >>
    The other pixels of the window are new, a fraction of
    << working.fresh >>
    Yet *none* of the pixels that stayed meets the same weight as before. That a filter still
    answers to them, elsewhere, is due to the sharing of weights and not to the window being small.

    The taps of the dilated unit are <<D>> pixels apart, so the shift moves the image on by
    $(<<p>>, <<q>>)$ taps (down, right):
    << working.again >>
    A shift that is no multiple of <<D>> would have left it none of its pixels.
    """

    def reread(self, step, down, across):
        """How many pixels of a grid of taps are read again after a shift."""
        taps = {(step * i, step * j) for i in range(self.K) for j in range(self.K)}
        return len(taps & {(row + down, column + across) for row, column in taps})

    def oracle(self):
        """Intersect the sets of pixels that are read."""
        stay = self.reread(1, self.u, self.v)
        return {
            "stay": stay,
            "fresh": Fraction(self.K * self.K - stay, self.K * self.K),
            "again": self.reread(self.D, self.D * self.p, self.D * self.q),
        }
