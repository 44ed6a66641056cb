"""Several choices: which of five kernels are separable."""

from itertools import combinations

import numpy as np

from examgen import Choice, Int, IntMatrix, IntVector, Item, Misconception, MultipleResponse, engine

NAMED = (
    ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),  # Sobel
    ((-1, -1, -1), (0, 0, 0), (1, 1, 1)),  # Prewitt
    ((0, 0, 0), (0, 1, 0), (0, 0, 0)),  # identity
    ((0, 1, 0), (0, 2, 0), (0, 1, 0)),  # smoothing along a column
    ((1, -2, 1), (-2, 4, -2), (1, -2, 1)),  # second derivative along both axes
    ((0, 1, 0), (1, -4, 1), (0, 1, 0)),  # Laplacian
    ((1, 1, 1), (1, -8, 1), (1, 1, 1)),  # Laplacian with diagonals
    ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),  # sharpening
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),  # motion along the diagonal
    ((0, 1, 0), (1, 1, 1), (0, 1, 0)),  # a plus
    ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),  # emboss
)


class WhichSeparable(Item):
    """Five kernels, among them near misses: symmetric ones, singular ones, ones with zeros."""

    title = "Which kernels are separable?"
    topic = "separable"

    A = IntMatrix(2, 3, low=-3, high=3)
    d, spot = Choice(0, 0 + 1, -1), Int(0, 8)
    s = IntVector(3, low=-2, high=3)
    m = Choice(0, 2)
    B = IntMatrix(2, 3, low=-2, high=3)
    f = Choice(0, 1)
    Z = Choice(*NAMED)
    T = IntMatrix(2, 2, low=1, high=3)

    def kernels(self):
        """The five kernels, in the order of the options."""
        changed = np.outer(self.A[0], self.A[1])
        changed[divmod(self.spot, 3)] += self.d
        symmetric = np.outer(self.s, self.s) + self.m * np.diag([0, 1, 0])
        first, second = self.B[0], self.B[0] * 2 if self.f == 0 else self.B[1]
        singular = np.array([first, second, first + second])
        sparse = np.zeros((3, 3), dtype=int)
        sparse[::2, ::2] = self.T
        return [changed, symmetric, singular, np.array(self.Z), sparse]

    def no_kernel_is_zero(self):
        """Whether every kernel has more than one row and column that matter, or is a named one."""
        made = self.kernels()
        return all(np.count_nonzero(kernel) >= 4 for kernel in (made[0], made[1], made[2]))

    where = [no_kernel_is_zero]
