"""The values an item text prints, and how each is written in TeX."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from examgen.errors import ExamgenError


class TextError(ExamgenError):
    """A mistake in an item text; `line` counts from 1 in the text as its author wrote it."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.message = message
        self.line = line


@dataclass(frozen=True)
class Math:
    """A formula in TeX; with `display` it stands on a line of its own."""

    tex: str
    display: bool = False


@dataclass(frozen=True)
class Figure:
    """A picture as SVG source, and the words that replace it for a reader who cannot see it."""

    svg: str
    alt: str


def exact(value: object) -> object:
    """NumPy scalars and arrays as int, Fraction and nested tuples; anything else as it is."""
    if isinstance(value, np.ndarray):
        return tuple(exact(entry) for entry in value) if value.ndim else exact(value.item())
    if isinstance(value, np.integer | np.bool_ | bool):
        return int(value)
    if isinstance(value, list | tuple):
        return tuple(exact(entry) for entry in value)
    return value


def value_tex(value: object) -> str:
    """An exact value in TeX; vectors are row matrices, tensors a list of matrices.

    Raises TextError for a float (write a Fraction) and for anything that is not a value.
    """
    value = exact(value)
    if isinstance(value, Math):
        return value.tex
    if isinstance(value, int):
        return _integer_tex(value)
    if isinstance(value, Fraction):
        return _fraction_tex(value)
    if isinstance(value, str):
        return r"\text{" + value + "}"
    if isinstance(value, tuple):
        return _tuple_tex(value)
    if isinstance(value, float | np.floating):
        raise TextError(f"{value!r} is a float: print an int or a Fraction")
    raise TextError(f"a {type(value).__name__} cannot be printed in a text")


def depth(value: object) -> int:
    """How many tuples deep a value is nested: 0 for a number, 2 for a matrix."""
    return 1 + max(map(depth, value), default=0) if isinstance(value, tuple) else 0


def _integer_tex(value: int) -> str:
    digits = str(abs(value))
    if len(digits) > 4:
        digits = f"{abs(value):,}".replace(",", r"\,")
    return f"-{digits}" if value < 0 else digits


def _fraction_tex(value: Fraction) -> str:
    if value.denominator == 1:
        return _integer_tex(value.numerator)
    top, bottom = _integer_tex(abs(value.numerator)), _integer_tex(value.denominator)
    return ("-" if value < 0 else "") + rf"\frac{{{top}}}{{{bottom}}}"


def _tuple_tex(value: tuple[object, ...]) -> str:
    nested = depth(value)
    if nested == 1:
        return _matrix_tex([value])
    if any(depth(entry) != nested - 1 for entry in value):
        raise TextError(f"{value!r} is not a vector, matrix or tensor: its entries differ in depth")
    if nested == 2:
        return _matrix_tex([row for row in value if isinstance(row, tuple)])
    opening, closing = (r"\left(", r"\right)") if nested > 3 else ("", "")
    return opening + r",\; ".join(value_tex(entry) for entry in value) + closing


def _matrix_tex(rows: Sequence[tuple[object, ...]]) -> str:
    body = r" \\ ".join(" & ".join(map(value_tex, row)) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
