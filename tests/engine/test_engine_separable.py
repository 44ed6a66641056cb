"""Rank, rank-one factors and receptive fields against hand-worked values."""

from fractions import Fraction
from itertools import pairwise
from math import gcd

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.engine import (
    EngineError,
    conv2d,
    low_rank,
    primitive_factors,
    rank,
    rank_factors,
    rank_one_factors,
    receptive_field_indices,
    separable_cost,
)

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


class TestPrimitiveFactors:
    def test_by_hand(self):
        scale, column, row = primitive_factors([[6, -4], [-12, 8]])
        assert (scale, column.tolist(), row.tolist()) == (2, [1, -2], [3, -2])
        scale, column, row = primitive_factors([[0, 0], [0, Fraction(-3, 4)]])
        assert (scale, column.tolist(), row.tolist()) == (Fraction(-3, 4), [0, 1], [0, 1])
        scale, column, row = primitive_factors(np.array(BINOMIAL) * Fraction(1, 16))
        assert (scale, column.tolist(), row.tolist()) == (Fraction(1, 16), [1, 2, 1], [1, 2, 1])

    def test_zero(self):
        scale, column, row = primitive_factors([[0, 0, 0], [0, 0, 0]])
        assert (scale, column.tolist(), row.tolist()) == (0, [1, 0], [1, 0, 0])

    @given(vectors(3), vectors(4), st.fractions(-9, 9, max_denominator=9))
    def test_unique_up_to_scale(self, u, v, factor):
        """Whatever pair a kernel is made of, the vectors found are the same ones."""
        if not factor or not any(u) or not any(v):
            return
        kernel = np.outer(u, v)
        once = primitive_factors(kernel)
        scaled = primitive_factors(kernel.astype(object) * factor)
        assert (scaled.column.tolist(), scaled.row.tolist()) == (
            once.column.tolist(),
            once.row.tolist(),
        )
        assert scaled.scale == once.scale * factor
        assert (once.scale * np.outer(once.column, once.row) == kernel).all()
        for vector in (once.column.tolist(), once.row.tolist()):
            assert gcd(*vector) == 1
            assert next(value for value in vector if value) > 0

    @given(st.lists(vectors(3), min_size=3, max_size=3))
    def test_none_exactly_where_the_other_route_finds_none(self, kernel):
        found, pair = primitive_factors(kernel), rank_one_factors(kernel)
        assert (found is None) == (pair is None)
        if found is not None:
            assert (
                np.outer(found.scale * found.column, found.row).tolist() == np.outer(*pair).tolist()
            )


class TestRankFactors:
    @given(st.lists(vectors(4), min_size=3, max_size=3))
    def test_as_many_separable_kernels_as_the_rank(self, kernel):
        columns, rows = rank_factors(kernel)
        assert (columns.astype(object) @ rows.astype(object)).tolist() == kernel
        assert columns.shape[1] == len(rows) == max(1, rank(kernel))

    def test_fractions(self):
        kernel = [[Fraction(1, 2), 1, 0], [1, 2, Fraction(1, 3)]]
        columns, rows = rank_factors(kernel)
        assert rows.tolist() == [[1, 2, 0], [0, 0, 1]]
        assert columns.tolist() == [[Fraction(1, 2), 0], [1, Fraction(1, 3)]]

    def test_passes_one_after_the_other_are_the_convolution(self):
        kernel = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
        x = np.random.default_rng(2).integers(-9, 10, (6, 7))
        columns, rows = rank_factors(kernel)
        passes = [
            conv2d(conv2d(x, column[:, None]), row[None])
            for column, row in zip(columns.T, rows, strict=True)
        ]
        assert sum(passes).tolist() == conv2d(x, kernel).tolist()


class TestLowRank:
    def test_singular_values_by_hand(self):
        found = low_rank([[3, 0], [0, -2]], 1)
        assert found.singular_values.tolist() == pytest.approx([3, 2])
        assert (found.columns @ found.rows).tolist() == [
            pytest.approx([3, 0]),
            pytest.approx([0, 0]),
        ]
        assert found.error == pytest.approx(2)

    @given(
        st.lists(vectors(4), min_size=3, max_size=3), st.lists(vectors(4), min_size=3, max_size=3)
    )
    def test_no_other_of_that_rank_is_nearer(self, kernel, other):
        """Beside the columns of any other matrix, with the rows that suit them best."""
        kernel, other = np.array(kernel, dtype=float), np.array(other, dtype=float)
        for r in (1, 2, 3):
            found = low_rank(kernel, r)
            error = np.linalg.norm(kernel - found.columns @ found.rows)
            assert found.error == pytest.approx(error, abs=1e-9)
            basis = other[:, :r]
            rows = np.linalg.lstsq(basis, kernel, rcond=None)[0]
            assert error <= np.linalg.norm(kernel - basis @ rows) + 1e-9
        assert error == pytest.approx(0, abs=1e-9)

    def test_signs_are_settled(self):
        u, v = [-1, 2, -1], [3, -3]
        for sign in (1, -1):
            found = low_rank(sign * np.outer(u, v), 1)
            assert found.columns[1, 0] > 0
            assert found.rows[0, 0] * sign > 0

    def test_bad_input(self):
        with pytest.raises(EngineError, match="low_rank: rank 3 is more than"):
            low_rank([[1, 2], [3, 4]], 3)
        with pytest.raises(EngineError, match="low_rank: rank must be a whole number"):
            low_rank([[1, 2], [3, 4]], 0)
        with pytest.raises(EngineError, match="low_rank: the kernel must be numbers"):
            low_rank([1, 2], 1)


def counted(height, width, kernel):
    """The multiplications of a "valid" correlation, one by one; and the size of its output."""
    count = 0
    for top in range(height):
        for left in range(width):
            if top + kernel[0] <= height and left + kernel[1] <= width:
                count += sum(1 for _ in np.ndindex(*kernel))
    return count, (height - kernel[0] + 1, width - kernel[1] + 1)


class TestCost:
    @pytest.mark.parametrize(
        ("image", "kernel"),
        [((8, 9), (3, 3)), ((7, 5), (5, 2)), ((6, 6), (1, 4)), ((5, 5), (5, 5))],
    )
    @pytest.mark.parametrize("passes", [1, 2])
    def test_counting_them(self, image, kernel, passes):
        cost = separable_cost(image, kernel, rank=passes)
        assert cost.direct == counted(*image, kernel)[0]
        for found, first in ((cost.column_first, 0), (cost.row_first, 1)):
            one = [(kernel[0], 1), (1, kernel[1])]
            count, size = counted(*image, one[first])
            assert found == passes * (count + counted(*size, one[1 - first])[0])

    def test_same(self):
        cost = separable_cost(32, 5, mode="same")
        assert (cost.direct, cost.column_first, cost.row_first) == (25600, 10240, 10240)
        assert cost.saving == Fraction(5, 2)
        assert separable_cost(32, 5, mode="same", rank=3).saving == Fraction(5, 6)

    def test_valid_by_hand(self):
        cost = separable_cost((4, 6), 3)
        assert (cost.direct, cost.column_first, cost.row_first) == (72, 60, 72)

    def test_bad_input(self):
        with pytest.raises(EngineError, match="separable_cost: a kernel of 5 × 5 does not fit"):
            separable_cost(4, 5)
        with pytest.raises(EngineError, match="separable_cost: mode must be"):
            separable_cost(4, 3, mode="full")


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
