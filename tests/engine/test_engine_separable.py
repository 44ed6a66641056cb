"""Rank, rank-one factors and receptive fields against hand-worked values."""

from fractions import Fraction
from itertools import pairwise
from math import gcd

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.engine import EngineError, rank, rank_one_factors, receptive_field_indices

BINOMIAL = [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


def vectors(n):
    return st.lists(st.integers(-20, 20), min_size=n, max_size=n)


class TestRank:
    @pytest.mark.parametrize(
        ("matrix", "expected"),
        [
            (BINOMIAL, 1),
            ([[0, 0], [0, 0]], 0),
            ([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 2),
            ([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], 2),
            ([[0, 1, 0], [1, -4, 1], [0, 1, 0]], 2),
            ([[0, 0, 1], [0, 2, 0], [3, 0, 0]], 3),
            ([[Fraction(1, 3), Fraction(1, 2)], [Fraction(2, 3), 1]], 1),
            ([[10**20, 1], [1, 0]], 2),
            ([[10**20, 10**20 + 1], [10**20 - 1, 10**20]], 2),  # determinant 1
            ([[0, 1, 2]], 1),
        ],
    )
    def test_by_hand(self, matrix, expected):
        assert rank(matrix) == expected
        assert rank(np.array(matrix, dtype=object).T) == expected

    @given(
        st.lists(vectors(4), min_size=3, max_size=3), st.lists(vectors(3), min_size=5, max_size=5)
    )
    def test_of_a_product(self, right, left):
        """Beside numpy's rank of the same small matrix, which is safe at these sizes."""
        product = np.array(left) @ np.array(right)
        assert rank(product) == np.linalg.matrix_rank(product.astype(float))


class TestRankOneFactors:
    def test_by_hand(self):
        u, v = rank_one_factors(BINOMIAL)
        assert (u.tolist(), v.tolist()) == ([1, 2, 1], [1, 2, 1])
        u, v = rank_one_factors([[0, 0, 0], [-2, 0, 4], [-3, 0, 6]])
        assert (u.tolist(), v.tolist()) == ([0, 2, 3], [-1, 0, 2])

    def test_scale_is_carried_by_the_row(self):
        u, v = rank_one_factors([[6, 6], [6, 6]])
        assert (u.tolist(), v.tolist()) == ([1, 1], [6, 6])
        u, v = rank_one_factors(
            [[Fraction(1, 16), Fraction(1, 8)], [Fraction(1, 8), Fraction(1, 4)]]
        )
        assert (u.tolist(), v.tolist()) == ([1, 2], [Fraction(1, 16), Fraction(1, 8)])

    def test_zero(self):
        u, v = rank_one_factors([[0, 0], [0, 0]])
        assert (u.tolist(), v.tolist()) == ([1, 0], [0, 0])

    @given(vectors(3), vectors(4))
    def test_outer_products_come_back(self, u, v):
        kernel = np.outer(u, v)
        column, row = rank_one_factors(kernel)
        assert np.array_equal(np.outer(column, row), kernel)
        assert gcd(*column.tolist()) == 1
        assert next(value for value in column if value) > 0

    @given(st.lists(vectors(3), min_size=3, max_size=3))
    def test_none_exactly_where_the_rank_exceeds_one(self, kernel):
        assert (rank_one_factors(kernel) is None) == (rank(kernel) > 1)

    def test_bad_input(self):
        with pytest.raises(EngineError, match="exact numbers"):
            rank([[1.0]])
        with pytest.raises(EngineError, match=r"must be \(rows, columns\)"):
            rank_one_factors([1, 2])


ALEXNET = [(11, 4), (3, 2), (5, 1, 2), (3, 2), (3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2)]


class TestReceptiveField:
    @pytest.mark.parametrize(("layers", "side"), [(1, 3), (2, 5), (3, 7), (4, 9), (5, 11)])
    def test_stack_of_three_by_three(self, layers, side):
        assert {len(f) for f in receptive_field_indices([3] * layers, 30)} == {side}

    def test_alexnet(self):
        fields = [receptive_field_indices(ALEXNET[:n], 483) for n in range(1, 9)]
        middle = [field[len(field) // 2] for field in fields]
        assert [f[-1] - f[0] + 1 for f in middle] == [11, 19, 51, 67, 99, 131, 163, 195]
        following = [field[len(field) // 2 + 1] for field in fields]
        jumps = [after[-1] - f[-1] for after, f in zip(following, middle, strict=True)]
        assert jumps == [4, 8, 8, 16, 16, 16, 16, 32]

    def test_alexnet_conv5_is_clipped_at_the_border(self):
        conv5 = receptive_field_indices(ALEXNET[:7], 227)
        assert (conv5[0][0], conv5[0][-1]) == (0, 98)
        assert (conv5[6][0], conv5[6][-1]) == (32, 194)

    def test_padding_on_13_pixels(self):
        short = sum(len(f) < 3 for f in receptive_field_indices([(3, 1, 1)], 13))
        assert 13**2 - (13 - short) ** 2 == 48

    def test_holes(self):
        (field,) = receptive_field_indices([(1, 2), (2,)], 4)
        assert field == (0, 2)
        fields = receptive_field_indices([(3, 1, 0, 2)], 7)
        assert all(b - a == 2 for field in fields for a, b in pairwise(field))

    def test_padding_on_one_side(self):
        assert receptive_field_indices([(2, 1, (1, 0))], 2) == ((0,), (0, 1))

    def test_bad_input(self):
        with pytest.raises(EngineError, match=r"layer 2: the kernel spans 5 \(kernel 5"):
            receptive_field_indices([3, 5], 6)
        with pytest.raises(EngineError, match=r"layer 1 must be \(kernel, stride"):
            receptive_field_indices([()], 6)
