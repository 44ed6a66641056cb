"""Figures of a convolution as a product of matrices: its Toeplitz matrix, its columns."""

from collections.abc import Sequence

import numpy as np

from examgen import engine
from examgen.text.figures.canvas import TINTS, at_least, checked_by_the_engine, in_words, rows_of
from examgen.text.figures.grids import cells_of
from examgen.text.figures.panels import Panel, draw_panels
from examgen.text.figures.words import say
from examgen.text.values import Figure, TextError


def toeplitz_figure(
    kernel: object, size: int | Sequence[int], stride: int = 1, padding: int = 0
) -> Figure:
    """A kernel and the matrix of its convolution, each weight in a colour of its own.

    `size` is the length of a signal, where the kernel is one row, or the (height, width) of an
    image. Cells without a weight are zero and left empty. The matrix is drawn in full: where a
    question asks for it, this is a figure for the solution.
    """
    weights = rows_of(kernel)
    one_axis = isinstance(size, int)
    numbered = np.arange(1, len(weights) * len(weights[0]) + 1)
    shaped = numbered if one_axis else numbered.reshape(len(weights), -1)
    if one_axis and len(weights) > 1:
        raise TextError(f"a signal of {size} wants a kernel of one row, not of {len(weights)}")
    with checked_by_the_engine():
        shape = (size,) if one_axis else tuple(size)  # type: ignore[arg-type]
        places = engine.conv_matrix(shaped, input_shape=shape, stride=stride, padding=padding)
    flat = [weight for row in weights for weight in row]
    matrix = [[flat[place - 1] if place else "" for place in row] for row in places.tolist()]
    panels = [
        Panel(say("kernel"), weights, fills=_tints(numbered.reshape(len(weights), -1))),
        Panel(say("matrix"), matrix, fills=_tints(places)),
    ]
    of = (
        say("a_signal", size=size)
        if one_axis
        else say("an_image", height=shape[0], width=shape[-1])
    )
    settings = {"stride": stride, "padding": padding}
    words = say("toeplitz", rows=in_words(weights), read=of, **settings)
    return draw_panels([panels]).figure(words)


def im2col_figure(
    image: object, kernel: int, stride: int = 1, at: tuple[int, int] = (0, 0), reveal: bool = False
) -> Figure:
    """An image with one window framed, and that window as a column of the matrix of windows.

    `at` is the (row, column) of the window's output; with `reveal` (for a solution) the other
    columns are filled in, too.
    """
    pixels = rows_of(image)
    at_least(1, kernel=kernel, stride=stride)
    at_least(0, row=at[0], column=at[1])
    with checked_by_the_engine():
        columns = engine.im2col(np.array(pixels, dtype=object), kernel, stride=stride)
    wide = (len(pixels[0]) - kernel) // stride + 1
    number = at[0] * wide + at[1]
    if at[1] >= wide or number >= columns.shape[1]:
        raise TextError(f"at={at}: the window reaches over the edge of the image")
    window = (at[0] * stride, at[1] * stride, kernel, kernel)
    matrix = [
        [value if reveal or column == number else "" for column, value in enumerate(row)]
        for row in rows_of(columns)
    ]
    column = (0, number, len(matrix), 1)
    image_panel = Panel(say("image"), pixels, dark=cells_of(window), frames=[window])
    columns_panel = Panel(say("windows_as_columns"), matrix, dark=cells_of(column), frames=[column])
    known = say("im2col_rows", rows=in_words(matrix)) if reveal else ""
    place = {"row": window[0], "column": window[1], "number": number}
    words = say("im2col", image=in_words(pixels), kernel=kernel, **place, rows=known)
    return draw_panels([[image_panel, "→", columns_panel]]).figure(words)


def _tints(places: np.ndarray) -> dict[tuple[int, int], str]:
    """The colour of each cell that holds the weight with a number from 1."""
    return {
        (row, column): TINTS[(place - 1) % len(TINTS)]
        for row, line in enumerate(places.tolist())
        for column, place in enumerate(line)
        if place
    }
