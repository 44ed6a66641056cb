"""The values an item text prints, and how each is written in TeX."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from examgen import notation
from examgen.errors import ExamgenError


class TextError(ExamgenError):
    """A mistake in an item text; `line` counts from 1 in the text as its author wrote it.

    Where it is known, `source` is that text, `name` says which text of an item it is, and `place`
    in which line of which file it stands, if that is not the file of the item model.
    """

    def __init__(
        self,
        message: str,
        line: int | None = None,
        *,
        name: str = "",
        source: str = "",
        place: str = "",
    ) -> None:
        told = "" if line is None or place else f"line {line}: "
        super().__init__((f"{name}: " if name else "") + told + message)
        self.message = message
        self.line = line
        self.source = source
        self.place = place


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
    """An exact value in TeX, as `examgen.notation` prints it; formulas may stand among the entries.

    Raises TextError for a float (write a Fraction) and for anything that is not a value.
    """
    try:
        return notation.value_tex(exact(value), entry=_entry_tex)
    except (TypeError, ValueError) as error:
        raise TextError(str(error)) from error


def decimal(value: int | Fraction) -> Math:
    """A number written as a decimal, such as 37/10 as 3.7; TextError where that is not exact."""
    return Math(notation.numeral_tex(decimal_digits(value)))


def decimal_digits(value: int | Fraction) -> str:
    """The digits of a number that is a finite decimal, such as ``-0.125``; else TextError."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > 20:
            raise TextError(f"{value} is no finite decimal: print it as a fraction")
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _entry_tex(value: object) -> str:
    return value.tex if isinstance(value, Math) else notation.entry_tex(value)
