"""Whole numbers, decimals to two places: fields in degrees, in pixels, and away from the fovea."""

from fractions import Fraction
from math import gcd

from examgen import (
    Choice,
    DecimalEntry,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    different,
    divides,
    floor,
)


class VisualAngle(Item):
    """A cell's field in pixels, its inputs against a dense unit's, and its growth outwards."""

    title = "How much does a cell see?"
    topic = "receptive field"
    objective = (
        "convert a receptive field from degrees to pixels, compare its inputs with a dense "
        "unit's, and let it grow outwards"
    )
    serves = ["2a visual-angle-to-pixels", "2a neuron-fanin", "2c eccentricity-rf"]

    A = Choice(20, 24, 30, 36, 40, 48)
    N = Choice(240, 360, 480, 600, 720, 960)
    t = Int(4, 40)
    g = Choice(1, 2, 4, 5, 8)  # of which 2 t / g is a finite decimal
    e = Choice(4, 5, 6, 8, 10, 12, 15)

    degrees = t / 10
    slope = g / 20
    where = [
        divides(A, N),
        divides(10 * A, t * N),  # the field has a whole number of pixels
        divides(t, 10 * A),  # and fits into the image a whole number of times
        t * N <= 40 * 10 * A,
        t * N >= 5 * 10 * A,
        different(t, 10),
        different(t, 2 * g),
    ]

    stem = r"""
    An image of one channel with $N \times N$ pixels, $N = <<N>>$, shows a square field of view that
    is $A = <<A>>$ degrees wide and high. Like a cell of the visual cortex, a unit sees only a
    square part of it, its receptive field.
    """

    side = IntegerEntry(
        degrees * N / A,
        tex="s",
        marks=2,
        carries=(1, 1000),
        prompt=r"""
        The receptive field of a unit in the middle of the image is <<degrees | decimal>> degrees
        wide. How many pixels $s$ is this along one side?
        """,
        misconceptions=[
            Misconception(
                "one degree",
                N / A,
                "This many pixels make up one degree; the field spans <<degrees | decimal>> "
                "degrees.",
            ),
            Misconception(
                "divided by the degrees",
                floor(N / A / degrees),
                "A wider field has *more* pixels: multiply pixels per degree by degrees.",
            ),
        ],
    )

    fewer = IntegerEntry(
        (N / side) ** 2,
        tex="f",
        marks=2,
        prompt=r"""
        A unit of a dense layer reads every pixel of the image. How many times as many weights does
        it have as the unit with this receptive field?
        """,
        misconceptions=[
            Misconception(
                "sides for areas",
                N / side,
                "Both image and field are squares: compare their areas.",
            ),
            Misconception(
                "all weights of the dense unit",
                N**2,
                "The dense unit has this many weights; compare them with those of the other unit.",
            ),
        ],
    )

    outer = DecimalEntry(
        degrees + slope * e,
        places=2,
        tex="w",
        unit="degrees",
        marks=1,
        prompt=r"""
        Fields grow outwards: the width of a field grows by <<slope | decimal>> degrees for each
        degree of distance from the middle, even beyond the edges of this image. How wide is a field
        <<e>> degrees from the middle?
        """,
        misconceptions=[
            Misconception(
                "growth alone",
                slope * e,
                "This is how much wider it is than in the middle, where the width is not 0.",
            ),
            Misconception(
                "times the distance",
                degrees * e,
                "The width grows by a fixed amount for each degree; it is not multiplied.",
            ),
        ],
    )

    double = DecimalEntry(
        degrees / slope,
        places=2,
        tex="e_2",
        unit="degrees",
        marks=2,
        prompt="How far from the middle, in degrees, is a field twice as wide as in the middle?",
        misconceptions=[
            Misconception(
                "twice the width over the slope",
                2 * degrees / slope,
                "Only the *increase* is made by the distance, and the width in the middle is there "
                "already.",
            ),
            Misconception(
                "upside down",
                slope / degrees,
                "Divide the increase that is needed by the increase for each degree.",
            ),
            Misconception(
                "the growth of one degree",
                1 / slope,
                "At this distance the field is *one degree* wider, not twice as wide.",
            ),
        ],
    )

    solution = r"""
    One degree is $N / A = <<N>> / <<A>> = <<N // A>>$ pixels, so
    $$s = <<degrees | decimal>> \cdot <<N // A>> = <<side>>$$
    The unit has $s^2 = <<side**2>>$ weights, and the dense unit $N^2$:
    $$f = \left(\frac{N}{s}\right)^2 = \left(\frac{<<N>>}{<<side>>}\right)^2 = <<fewer>>$$
    The width at the distance $e$ is $<<degrees | decimal>> + <<slope | decimal>>\,e$, and at
    $e = <<e>>$
    $$w = <<degrees | decimal>> + <<slope | decimal>> \cdot <<e>> = <<outer | decimal>>$$
    It has doubled where $<<slope | decimal>>\,e = <<degrees | decimal>>$, at
    $$e_2 = \frac{<<degrees | decimal>>}{<<slope | decimal>>} = <<double | decimal>>$$
    A convolution has fields of one size at all places: there is no fovea in it.
    """

    def oracle(self):
        """Count pixels by their angles, cut a grid into squares, and walk outwards in steps."""
        tenths = [10 * self.A * pixel for pixel in range(self.N)]  # the left edges, in 1/10N degree
        inside = sum(1 for edge in tenths if edge < self.t * self.N)
        shared = gcd(self.N, inside)
        dense, local = (self.N // shared) ** 2, (inside // shared) ** 2
        width, distance = Fraction(self.t, 10), Fraction(0)
        widths: list[Fraction] = []
        while len(widths) < self.e:
            width += Fraction(self.g, 20)
            widths.append(width)
        step = Fraction(1, self.g)
        grown = Fraction(0)
        while grown < Fraction(self.t, 10):
            grown += Fraction(1, 20)  # which takes a distance of 1 / g
            distance += step
        return {
            "side": inside,
            "fewer": Fraction(dense, local),
            "outer": widths[-1],
            "double": distance,
        }
