"""A list of pairs and fractions: what rounding and interpolating a position tell a gradient."""

from fractions import Fraction

from examgen import (
    Choice,
    Fractions,
    Item,
    ListEntry,
    Misconception,
    RationalEntry,
    different,
    engine,
    floor,
)


class Rounded(Item):
    """Two nearby sampling points: the pixels they are rounded to, and their bilinear samples."""

    title = "Rounding or interpolating"
    topic = "bilinear"
    objective = (
        "round sampling points to pixels and compare how rounded and interpolated readings "
        "follow a small step"
    )
    serves = ["6c round-vs-bilinear"]

    x, y = Fractions(11, 59, over=10), Fractions(11, 59, over=10)
    e = Fractions(1, 3, over=10)
    a, b = Choice(-4, -3, -2, 2, 3, 4), Choice(-4, -3, -2, 2, 3, 4)

    x1 = x + e

    where = [
        lambda item: all(10 * p % 5 for p in (item.x, item.y, item.x1)),  # none is in the middle
        floor(x) >= floor(x1),  # the same cell of four pixels
        different(floor(x), floor(y)),
        different(a, b),
    ]

    stem = r"""
    A tap of a deformable convolution reads the image $I$ at
    $(x, y) = (<<x | decimal>>, <<y | decimal>>)$ (column, row; pixel centres at whole numbers).
    Around this point the image is a plane: the pixels have the values
    $I = <<a>> x <% if b > 0 %>+ <<b>><% else %>- << -b>><% endif %> y + 50$. A gradient step
    may move the tap to $(<<x1 | decimal>>, <<y | decimal>>)$.
    """

    @staticmethod
    def nearest(x, y):
        return tuple(int((one + Fraction(1, 2)) // 1) for one in (x, y))

    @staticmethod
    def lower(x, y):
        return tuple(int(one // 1) for one in (x, y))

    def rounded_down(self):
        down, nearest = (
            [read(self.x, self.y), read(self.x1, self.y)] for read in (self.lower, self.nearest)
        )
        return None if down == nearest else down

    pixels = ListEntry(
        lambda item: [item.nearest(item.x, item.y), item.nearest(item.x1, item.y)],
        names=("column", "row"),
        marks=1,
        carries=(0, 100),
        prompt="If positions are rounded, which pixels are read, before and after the step? Give "
        "(column, row) for both.",
        misconceptions=[
            Misconception(
                "rounded down",
                rounded_down,
                "The *nearest* pixel is read: from one half on, it is the next one.",
            ),
            Misconception(
                "rows first",
                lambda item: [item.nearest(item.y, item.x), item.nearest(item.y, item.x1)],
                "The column $x$ comes first.",
            ),
        ],
    )

    jumps = floor(x1 + Fraction(1, 2)) - floor(x + Fraction(1, 2))

    jump = RationalEntry(
        a * jumps,
        tex="d",
        marks=1,
        prompt="By how much does the value that is read change, if positions are rounded? A fall "
        "is negative.",
        misconceptions=[
            Misconception(
                "as if interpolated",
                a * e,
                "A rounded position reads the value of one pixel; nothing in between is possible.",
            ),
            Misconception(
                "the other pixel",
                a * (1 - jumps),
                "Compare the pixels that are read before and after: only if they differ does the "
                "value change.",
            ),
        ],
    )

    change = RationalEntry(
        a * e,
        tex="d'",
        marks=2,
        prompt="And with bilinear interpolation?",
        misconceptions=[
            Misconception(
                "along y",
                b * e,
                "The step is along $x$, where neighbouring pixels differ by <<a>>.",
            ),
            Misconception("a whole pixel", a, "The step is $<<e | decimal>>$ pixels long, not 1."),
            Misconception("nothing", 0 * e, "The weights of all four pixels change with $x$."),
        ],
    )

    solution = r"""
    Rounded, the pixels are $<<pixels>>$. <% if jumps == 0 %>They are the same, so the value does
    not change: $d = 0$. However the offset is varied a little, the derivative is 0, and no gradient
    reaches it.<% else %>They are neighbours, so the value jumps by $d = <<jump>>$. Just before and
    just after the jump it is constant: the derivative is 0 there, and at the jump there is none.
    <% endif %>

    Interpolated, a plane is the plane itself between the pixels too. A step of $<<e | decimal>>$
    along $x$ changes it by $d' = <<a>> \cdot <<e | decimal>> = <<change>>$, and so does a step half
    as long by half as much: the derivative is <<a>>, and tells in which direction to move the tap.
    """

    def oracle(self):
        """Sample the image with the engine, and search for the pixel that is least far away."""
        image = [[self.a * x + self.b * y + 50 for x in range(10)] for y in range(10)]
        points = [(Fraction(x), Fraction(self.y)) for x in (self.x, self.x1)]
        grid = [(x, y) for x in range(10) for y in range(10)]
        pixels = [
            min(grid, key=lambda pixel: (pixel[0] - x) ** 2 + (pixel[1] - y) ** 2)
            for x, y in points
        ]
        read = [image[y][x] for x, y in pixels]
        before, after = (engine.bilinear_sample(image, x, y) for x, y in points)
        return {"pixels": pixels, "jump": read[1] - read[0], "change": after - before}
