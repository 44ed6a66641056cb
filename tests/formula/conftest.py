from types import SimpleNamespace

import numpy as np
import pytest

from examgen.formula import Entry, Symbol


class Grid(Symbol):
    """A 2 × 3 array of integer symbols."""

    is_integer = True

    def __array__(self, dtype=None, copy=None):
        grid = np.empty((2, 3), dtype=object)
        for index in np.ndindex(2, 3):
            grid[index] = Entry(self, index)
        return grid


@pytest.fixture
def s():
    names = "H P D K S C_in C_out"
    symbols = {name: Symbol(name, is_integer=True) for name in names.split()}
    return SimpleNamespace(**symbols, a=Symbol("a"), X=Grid("X"), W=Grid("W"))


@pytest.fixture
def output_side(s):
    return (s.H + 2 * s.P - (s.D * (s.K - 1) + 1)) / s.S
