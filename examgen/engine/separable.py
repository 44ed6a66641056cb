"""Separable kernels: exact rank, and the column and row whose outer product a kernel is."""

from math import gcd
from typing import Any

from examgen.engine.exact import (
    Array,
    EngineError,
    Operand,
    narrow,
    objects,
    read,
    restore,
)


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


def _read_matrix(operation: str, matrix: Any) -> Operand:
    operand = read(operation, "matrix", matrix)
    if operand.values.ndim != 2:
        raise EngineError(
            f"{operation}: the matrix must be (rows, columns); its shape is {operand.values.shape}"
        )
    if operand.kind not in ("integer", "rational"):
        raise EngineError(f"{operation}: the matrix must hold integers or Fractions, exact numbers")
    return operand
