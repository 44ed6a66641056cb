"""Vector, whole number and fraction: an image sampled finely in the middle, coarsely outside."""

from fractions import Fraction

import numpy as np

from examgen import (
    Choice,
    IntegerEntry,
    Item,
    Misconception,
    RationalEntry,
    VectorEntry,
    divides,
)


class Foveated(Item):
    """Samples in three nested square zones, their sum, and what they save."""

    title = "A fovea for a camera"
    topic = "receptive field"
    objective = "count the samples of nested zones with different steps, and what they save"
    serves = ["2c foveated-sampling"]

    A = Choice(120, 144, 160, 180, 192, 200, 216, 224, 240, 256, 280, 288, 300, 320)
    B = Choice(36, 40, 48, 56, 60, 64, 72, 80, 90, 96, 100, 120)
    C = Choice(8, 10, 12, 14, 16, 18, 20, 24, 30)
    p = Choice(4, 5, 6, 8, 10)
    q = Choice(2, 3, 4, 5)

    where = [
        divides(p, A),
        divides(p, B),
        divides(2 * p, A - B),
        divides(q, B),
        divides(q, C),
        divides(2 * q, B - C),
        p >= q + 1,
        B >= 2 * C,
        A >= 2 * B,
    ]

    stem = r"""
    A camera reads an image of $<<A>> \times <<A>>$ pixels as an eye does. In the middle, in a
    square of $<<C>> \times <<C>>$ pixels, it reads every pixel. Around it, up to the edge of a
    centred square of $<<B>> \times <<B>>$ pixels, it reads one pixel out of each block of
    $<<q>> \times <<q>>$ pixels; in the rest of the image, one out of each block of
    $<<p>> \times <<p>>$. The blocks fill these zones exactly.
    """

    zones = VectorEntry(
        [C**2, (B**2 - C**2) / q**2, (A**2 - B**2) / p**2],
        tex="n",
        marks=4,
        prompt="How many pixels does it read in the three zones, from the middle outwards?",
        misconceptions=[
            Misconception(
                "zones on top of each other",
                [C**2, B**2 / q**2, A**2 / p**2],
                "The inner square belongs to another zone: subtract its area.",
            ),
            Misconception(
                "one side of the block",
                [C**2, (B**2 - C**2) / q, (A**2 - B**2) / p],
                "A block has as many pixels as its side *squared*.",
            ),
        ],
    )

    total = IntegerEntry(
        zones[0] + zones[1] + zones[2],
        tex="N",
        marks=1,
        prompt="How many pixels does it read in all?",
        misconceptions=[
            Misconception(
                "two zones",
                zones[0] + zones[1],
                "There are three zones: the outermost is read as well.",
            ),
            Misconception(
                "at the coarsest step",
                A**2 / p**2,
                "Only the outermost zone is read at this step.",
            ),
        ],
    )

    factor = RationalEntry(
        A**2 / total,
        tex="f",
        marks=2,
        prompt="By what factor $f$ is this fewer than all pixels of the image?",
        misconceptions=[
            Misconception(
                "upside down", total / A**2, "The factor is all pixels over those that are read."
            ),
            Misconception(
                "share saved",
                1 - total / A**2,
                "This is the share of the pixels that is not read.",
            ),
            Misconception(
                "from side to side",
                A / total,
                "The image has $<<A>>^2 = <<A**2>>$ pixels.",
            ),
        ],
    )

    solution = r"""
    A zone is a square less the square inside it, and each block contributes one pixel:
    << working.zones[0] >>
    << working.zones[1] >>
    << working.zones[2] >>
    In all
    << working.total >>
    pixels, which is fewer by a factor of
    << working.factor >>
    A convolution, in contrast, works everywhere at the same step.
    """

    def oracle(self):
        """Mark the zone of each pixel, and collect the blocks that lie in a zone."""
        place = np.abs(np.arange(self.A) * 2 + 1 - self.A)
        ring = np.maximum.outer(place, place)
        zone = np.where(ring < self.C, 1, np.where(ring < self.B, 2, 3))
        rows, columns = np.meshgrid(range(self.A), range(self.A), indexing="ij")
        counts = []
        for number, size, step in ((1, self.C, 1), (2, self.B, self.q), (3, self.A, self.p)):
            first = (self.A - size) // 2
            inside = zone == number
            blocks = {
                (row, column)
                for row, column in zip(
                    ((rows[inside] - first) // step).tolist(),
                    ((columns[inside] - first) // step).tolist(),
                    strict=True,
                )
            }
            counts.append(len(blocks))
        return {
            "zones": counts,
            "total": sum(counts),
            "factor": Fraction(zone.size, sum(counts)),
        }
