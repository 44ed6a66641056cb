"""What a page of a PDF draws and where: rectangles and the sizes of letters, by its operators."""

from collections.abc import Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Matrix

MM = 25.4 / 72  # a point


class Rectangle(NamedTuple):
    """Millimetres from the upper left corner of the page."""

    x: float
    y: float
    width: float
    height: float


def rectangles(page: pikepdf.Page) -> Iterator[Rectangle]:
    """Every rectangle that the page adds to a path, turned by multiples of 90° at most."""
    left, _, _, top = map(float, page.mediabox.as_list())
    for operands, operator, matrix in _steps(page):
        if operator == "re":
            x, y, width, height = map(float, operands)
            corners = [matrix.transform(one) for one in ((x, y), (x + width, y + height))]
            (x1, x2), (y1, y2) = (sorted(pair) for pair in zip(*corners, strict=True))
            yield Rectangle((x1 - left) * MM, (top - y2) * MM, (x2 - x1) * MM, (y2 - y1) * MM)


def strokes(page: pikepdf.Page) -> Iterator[Rectangle]:
    """Every straight line from a point to the next, as a rectangle without width or height."""
    left, _, _, top = map(float, page.mediabox.as_list())
    start = (0.0, 0.0)
    for operands, operator, matrix in _steps(page):
        if operator in ("m", "l"):
            end = matrix.transform(tuple(map(float, operands)))
            if operator == "l":
                (x1, x2), (y1, y2) = (sorted(pair) for pair in zip(start, end, strict=True))
                yield Rectangle((x1 - left) * MM, (top - y2) * MM, (x2 - x1) * MM, (y2 - y1) * MM)
            start = end


def letter_sizes(page: pikepdf.Page) -> Iterator[float]:
    """The size in points of each text that the page shows, to a tenth."""
    size, placed = 0.0, Matrix()
    for operands, operator, matrix in _steps(page):
        if operator == "Tf":
            size = float(operands[1])
        elif operator == "Tm":
            placed = Matrix(*map(float, operands))
        elif operator in ("Tj", "TJ"):
            yield round(size * abs((placed @ matrix).d), 1)


def _steps(page: pikepdf.Page) -> Iterator[tuple[list[object], str, Matrix]]:
    """Each operator with its operands and the matrix from its units to points."""
    matrix, stack = Matrix(), []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "cm":
            matrix = Matrix(*map(float, operands)) @ matrix
        yield list(operands), name, matrix
