"""Matrices: an image and its shifted copy under one kernel."""

import numpy as np

from examgen import (
    Choice,
    IntMatrix,
    Item,
    MatrixEntry,
    Misconception,
    different,
    engine,
)

SHIFTS = {
    "one pixel down": (1, 0),
    "one pixel to the right": (0, 1),
    "one pixel down and one to the right": (1, 1),
}


class ShiftedImage(Item):
    """The response of a kernel to a spot, and to the spot moved along."""

    title = "The spot moves"
    topic = "equivariance"
    objective = (
        "compute what a kernel makes of an image and of its shifted copy, and show in two "
        "dimensions that the response moves along"
    )
    serves = ["3c corr2d-shift"]

    B = IntMatrix(2, 2, low=1, high=6)
    K = IntMatrix(2, 2, low=-2, high=3)
    move = Choice(*SHIFTS)

    where = [
        different(K[0, 0] * K[0, 1] * K[1, 0] * K[1, 1], 0),
        different(K[0, 0], K[1, 1]),  # else flipping the kernel goes unnoticed
        different(K[0, 1], K[1, 0]),  # and so does transposing it
        different(B[0, 1], B[1, 0]),
    ]

    def image(self, down=0, right=0):
        """The 5 × 5 image with its spot, moved."""
        image = np.zeros((5, 5), dtype=int)
        image[1 + down : 3 + down, 1 + right : 3 + right] = self.B
        return image

    def response(self, kernel):
        """What a kernel makes of the image."""
        return engine.conv2d(self.image(), kernel)

    def along(self, response, times=1):
        """A response moved as the spot is, or against it; zeros enter."""
        down, right = (times * step for step in SHIFTS[self.move])
        return np.pad(response, 1)[1 - down : 5 - down, 1 - right : 5 - right]

    stem = r"""
    An image of $5 \times 5$ pixels shows a spot on a ground of zeros. A layer slides the kernel $K$
    over it, which is not flipped, with stride&nbsp;1 and without padding.

    << grids_figure(("image", [[0, 0, 0, 0, 0], [0, B[0][0], B[0][1], 0, 0],
                               [0, B[1][0], B[1][1], 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]),
                    ("kernel K", K)) >>
    """

    Y = MatrixEntry(
        lambda item: item.response(item.K),
        shape=(4, 4),
        tex="Y",
        marks=3,
        prompt="Give the output $Y$.",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: item.response(item.K[::-1, ::-1]),
                "A layer lays the kernel on the image as it is.",
            ),
            Misconception(
                "transposed the kernel",
                lambda item: item.response(item.K.T),
                "A row of the kernel lies on a row of the image.",
            ),
        ],
    )

    moved = MatrixEntry(
        lambda item: item.along(item.Y),
        shape=(4, 4),
        tex="Y'",
        marks=2,
        prompt="The spot moves *<<move>>*. Give the output $Y'$ now.",
        misconceptions=[
            Misconception(
                "unchanged",
                lambda item: item.Y,
                "That would be invariance. A convolution without pooling is equivariant: its "
                "output moves along.",
            ),
            Misconception(
                "the other direction",
                lambda item: item.along(item.Y, -1),
                "The kernel finds the spot where it is now: the output moves as the spot does.",
            ),
        ],
    )

    solution = r"""
    Lay the kernel on every window and add up the four products; only windows that touch the spot
    give other values than 0:
    $$Y = <<Y>>$$
    When the spot moves *<<move>>*, every window finds what its neighbour found before. So the
    output is the old one, moved in the same way, and nothing has to be computed:
    $$Y' = <<moved>>$$
    The response stays within the output, so no value is lost.
    """

    def oracle(self):
        """The products of windows and kernel one by one, for both images."""
        down, right = SHIFTS[self.move]

        def slid(image):
            windows = np.lib.stride_tricks.sliding_window_view(image, (2, 2))
            return np.einsum("ijkl,kl->ij", windows, self.K)

        return {"Y": slid(self.image()), "moved": slid(self.image(down, right))}
