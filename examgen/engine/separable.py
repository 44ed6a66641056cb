"""Separable kernels: exact rank, factors, the nearest kernel of a lower rank, and what it costs."""

from fractions import Fraction
from math import gcd, prod
from typing import Any, NamedTuple

import numpy as np

from examgen.engine.exact import (
    Array,
    EngineError,
    Operand,
    narrow,
    objects,
    read,
    restore,
    whole_if_integral,
)
from examgen.engine.layout import per_axis, whole


class PrimitiveFactors(NamedTuple):
    """A kernel of rank 1 as scale · outer(column, row): the one form with primitive vectors.

    Both vectors are primitive (integers without a common divisor) and their first entries that
    are not 0 are positive; ``scale`` is an int or a Fraction.
    """

    scale: int | Fraction
    column: Array
    row: Array


class LowRank(NamedTuple):
    """The nearest matrix of a rank, columns @ rows, and how far away it is.

    ``columns`` (rows, r) and ``rows`` (r, columns) hold one pair of factors for each singular
    value kept, which is shared between the two by its square root; ``singular_values`` are all of
    the kernel's; ``error`` is the Frobenius norm of what is left.
    """

    columns: Array
    rows: Array
    singular_values: Array
    error: float


class SeparableCost(NamedTuple):
    """The multiplications of one 2-D kernel on one image: as it is, and as passes of 1-D kernels.

    ``column_first`` applies each column and then each row, ``row_first`` the other way round.
    """

    direct: int
    column_first: int
    row_first: int

    @property
    def saving(self) -> Fraction:
        """Direct multiplications for each one of the cheaper order of passes."""
        return Fraction(self.direct, min(self.column_first, self.row_first))


def rank(matrix: Any) -> int:
    """The rank of a matrix over the rationals.

    Shape (rows, columns), of integers and Fractions. A kernel is separable where it is at most 1.

    Raises EngineError (a ValueError) for floats (round them or use numpy.linalg.svd), symbols and
    other shapes.

    Source: Bareiss, "Sylvester's identity and multistep integer-preserving Gaussian elimination"
    (1968): all divisions are exact.
    """
    rows = _read_matrix("rank", matrix).scaled()[0].tolist()
    found, previous = 0, 1
    for column in range(len(rows[0])):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        top = rows[found]
        for r in range(found + 1, len(rows)):
            head, row = rows[r][column], rows[r]
            rows[r] = [
                (top[column] * value - head * above) // previous
                for value, above in zip(row, top, strict=True)
            ]
        previous, found = top[column], found + 1
        if found == len(rows):
            break
    return found


def rank_one_factors(kernel: Any) -> tuple[Array, Array] | None:
    """The column u and the row v with kernel = outer(u, v), or None where the rank exceeds 1.

    u is the primitive integer vector (greatest common divisor 1) whose first entry that is not 0
    is positive; v carries the rest of the scale, and is primitive too where the entries of the
    kernel have no common divisor. All other factorisations are (c u, v / c). A kernel of zeros
    gives u = (1, 0, …) and v = 0.

    Shapes: ``kernel`` (rows, columns), of integers and Fractions; u (rows,) is int64, v (columns,)
    is int64, or an object array of int and Fraction for a kernel of Fractions.

    Raises EngineError (a ValueError) for floats, symbols and other shapes.

    Source: the columns of a matrix of rank 1 are multiples of one vector.
    """
    operand = _read_matrix("rank_one_factors", kernel)
    integers, denominator = operand.scaled()
    rows = integers.tolist()
    column = next((list(c) for c in zip(*rows, strict=True) if any(c)), [1] + [0] * (len(rows) - 1))
    lead = next(value for value in column if value)
    divisor = gcd(*column) if lead > 0 else -gcd(*column)
    u = [value // divisor for value in column]
    first = next(r for r, value in enumerate(u) if value)
    if any(value % u[first] for value in rows[first]):
        return None
    v = [value // u[first] for value in rows[first]]
    if any(row != [a * b for b in v] for a, row in zip(u, rows, strict=True)):
        return None
    return narrow(objects(u, (len(u),))), restore(objects(v, (len(v),)), denominator, operand.kind)


def primitive_factors(kernel: Any) -> PrimitiveFactors | None:
    """The scale and the primitive vectors with kernel = scale · outer, or None at rank over 1.

    They are unique; the pairs (u, v) with kernel = outer(u, v) are (c scale column, row / c) for
    all c but 0. A kernel of zeros gives scale 0 and the vectors (1, 0, …).

    Shapes: ``kernel`` (rows, columns), of integers and Fractions; both vectors are int64 where
    they fit. Errors as in :func:`rank`. Independent of :func:`rank_one_factors`: the row is read
    off the first row of the kernel that is not 0, the column off its first column that is not 0.

    Source: the rows of a matrix of rank 1 are multiples of one vector, and so are its columns.
    """
    operand = _read_matrix("primitive_factors", kernel)
    integers, denominator = operand.scaled()
    rows = integers.tolist()
    column, row = _primitive(zip(*rows, strict=True)), _primitive(rows)
    top = next((r for r, value in enumerate(column) if value), 0)
    left = next((c for c, value in enumerate(row) if value), 0)
    scale = Fraction(rows[top][left], column[top] * row[left])
    if any(
        value != scale * a * b
        for a, line in zip(column, rows, strict=True)
        for b, value in zip(row, line, strict=True)
    ):
        return None
    vectors = [narrow(objects(vector, (len(vector),))) for vector in (column, row)]
    return PrimitiveFactors(whole_if_integral(scale / denominator), *vectors)


def _primitive(vectors: Any) -> list[int]:
    """The first of the vectors that is not 0, over its greatest common divisor; (1, 0, …) if none.

    Its sign is that of its first entry that is not 0.
    """
    lines = [list(vector) for vector in vectors]
    vector = next((line for line in lines if any(line)), [1] + [0] * (len(lines[0]) - 1))
    divisor = gcd(*vector)
    if next(value for value in vector if value) < 0:
        divisor = -divisor
    return [value // divisor for value in vector]


def rank_factors(kernel: Any) -> tuple[Array, Array]:
    """Columns (rows, r) and rows (r, columns) with kernel = columns @ rows exactly, r its rank.

    A kernel is so the sum of r separable ones, outer(columns[:, i], rows[i]), and of no fewer.
    The columns are the kernel's own that do not depend on those to their left, and the rows its
    reduced row echelon form; other factorisations are (columns M, M⁻¹ rows). A kernel of zeros
    gives one pair of factors of zeros.

    Shapes: ``kernel`` (rows, columns), of integers and Fractions; the factors are int64, or object
    arrays of int and Fraction. Errors as in :func:`rank`, which this is independent of.

    Source: Strang, "Linear algebra and learning from data" (2019), section I.1 (A = CR).
    """
    operand = _read_matrix("rank_factors", kernel)
    given = operand.values.tolist()
    lines = [[Fraction(value) for value in line] for line in given]
    pivots: list[int] = []
    for column in range(len(lines[0])):
        below = range(len(pivots), len(lines))
        found = next((r for r in below if lines[r][column]), None)
        if found is None:
            continue
        here = len(pivots)
        lines[here], lines[found] = lines[found], lines[here]
        lines[here] = [value / lines[here][column] for value in lines[here]]
        for r, line in enumerate(lines):
            if r != here and line[column]:
                head = line[column]
                lines[r] = [a - head * b for a, b in zip(line, lines[here], strict=True)]
        pivots.append(column)
    columns = operand.values[:, pivots or [0]]
    flat = [whole_if_integral(value) for line in lines[: max(1, len(pivots))] for value in line]
    rows = objects(flat, (max(1, len(pivots)), len(lines[0])))
    return columns, narrow(rows) if all(type(value) is int for value in flat) else rows


def low_rank(kernel: Any, rank: int) -> LowRank:
    """The matrix of at most that rank nearest to a kernel, by its singular values; floats.

    No matrix of that rank is closer in the Frobenius norm (nor in the spectral one); it is the
    only one where singular value number ``rank`` is larger than the next. In each pair of factors
    the entry of the column of largest size (the first of these) is positive.

    Shapes: ``kernel`` (rows, columns) of numbers, which are rounded to float64; ``rank`` from 1 to
    the lesser side. Raises EngineError (a ValueError) for other shapes and ranks, and symbols.

    Source: Eckart and Young, "The approximation of one matrix by another of lower rank" (1936).
    """
    operand = read("low_rank", "kernel", kernel)
    if operand.values.ndim != 2 or operand.kind == "symbol":
        raise EngineError(
            f"low_rank: the kernel must be numbers (rows, columns); it is {operand.kind} of shape "
            f"{operand.values.shape}"
        )
    if whole("low_rank", "rank", rank, low=1) > min(operand.values.shape):
        raise EngineError(
            f"low_rank: rank {rank} is more than a kernel of shape {operand.values.shape} has"
        )
    left, values, right = np.linalg.svd(operand.values.astype(np.float64), full_matrices=False)
    size = np.abs(left)  # rounded, so that entries equal but for rounding count as equal
    leading = np.argmax(size.round(12), axis=0)
    signs = np.where(left[leading, np.arange(len(values))] < 0, -1.0, 1.0)
    root = np.sqrt(values)
    columns, rows = (left * signs * root)[:, :rank], (right.T * signs * root).T[:rank]
    return LowRank(columns, rows, values, float(np.sqrt((values[rank:] ** 2).sum())))


def separable_cost(image: Any, kernel: Any, *, mode: str = "valid", rank: int = 1) -> SeparableCost:
    """The multiplications of correlating one image with one kernel, direct and in 1-D passes.

    ``image`` and ``kernel`` are sizes, one number or (height, width); ``rank`` is the number of
    separable kernels whose sum the kernel is, each costing a column pass and a row pass.
    ``mode`` "valid" computes outputs where the kernel fits, and the first pass all that the
    second needs; "same" as many outputs as pixels, in each pass. Multiplications with the zeros
    of a "same" padding count; additions do not.

    With H, W and k, l the sizes: direct kl per output; "same" passes r (k + l) HW; "valid" passes,
    the column first, r (k (H-k+1) W + l (H-k+1) (W-l+1)).

    Raises EngineError (a ValueError) for sizes that are not positive, a kernel larger than the
    image in mode "valid", and other modes.
    """
    height, width = per_axis("separable_cost", "image", image, low=1, axes=2)
    tall, wide = per_axis("separable_cost", "kernel", kernel, low=1, axes=2)
    whole("separable_cost", "rank", rank, low=1)
    if mode not in ("valid", "same"):
        raise EngineError(f"separable_cost: mode must be 'valid' or 'same', not {mode!r}")
    high, broad = (height, width) if mode == "same" else (height - tall + 1, width - wide + 1)
    if min(high, broad) < 1:
        raise EngineError(
            f"separable_cost: a kernel of {tall} × {wide} does not fit an image of "
            f"{height} × {width}"
        )
    return SeparableCost(
        direct=prod((tall, wide, high, broad)),
        column_first=rank * (tall * high * width + wide * high * broad),
        row_first=rank * (wide * height * broad + tall * high * broad),
    )


def _read_matrix(operation: str, matrix: Any) -> Operand:
    operand = read(operation, "matrix", matrix)
    if operand.values.ndim != 2:
        raise EngineError(
            f"{operation}: the matrix must be (rows, columns); its shape is {operand.values.shape}"
        )
    if operand.kind not in ("integer", "rational"):
        raise EngineError(f"{operation}: the matrix must hold integers or Fractions, exact numbers")
    return operand
