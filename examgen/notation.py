"""How exact values are printed in TeX: grouped digits, fractions, vectors, matrices and tensors."""

import re
from collections.abc import Callable
from fractions import Fraction

_STRUT = r"\vphantom{\bigg|}"  # keeps fractions in the rows of a matrix from touching


def numeral_tex(numeral: str) -> str:
    r"""A written number such as ``-12345.50`` or ``3e70`` in TeX: ``-12\,345.50``.

    Digits before the point stand in groups of three from five digits on; an exponent becomes a
    power of ten.
    """
    stem, _, exponent = numeral.partition("e")
    whole, point, places = stem.removeprefix("-").partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", r"\,")
    sign = "-" if stem.startswith("-") else ""
    power = rf" \cdot 10^{{{exponent}}}" if exponent else ""
    return f"{sign}{whole}{point}{places}{power}"


def number_tex(number: int | Fraction) -> str:
    r"""Such as ``34\,944`` or ``-\frac{2}{3}``."""
    over = numeral_tex(str(int(number.numerator)))
    if number.denominator == 1:
        return over
    sign = "-" if number < 0 else ""
    return rf"{sign}\frac{{{over.removeprefix('-')}}}{{{numeral_tex(str(number.denominator))}}}"


def entry_tex(value: object) -> str:
    """A number, or words in upright type; raises TypeError for anything else."""
    if isinstance(value, int | Fraction):
        return number_tex(value)
    if isinstance(value, str):
        escaped = re.sub(r"([#$%&_{}])", r"\\\1", value)
        return rf"\text{{{escaped}}}"
    if isinstance(value, float):
        raise TypeError(
            f"{value!r} is a float: print an int or a Fraction, such as <<a // b>>, "
            "or give a / b a name in the class body"
        )
    raise TypeError(f"a {type(value).__name__} cannot be printed in a text")


def value_tex(value: object, *, entry: Callable[..., str] = entry_tex) -> str:
    """A value, or nested tuples of values: vectors are row matrices, tensors lists of matrices.

    ``entry`` prints what is not a tuple. Raises ValueError for tuples that are not rectangular.
    """
    axes = len(_shape(value))
    if not isinstance(value, tuple):
        return entry(value)
    if axes > 2:
        layers = r",\; ".join(value_tex(layer, entry=entry) for layer in value)
        return rf"\left({layers}\right)"
    rows = [[entry(one) for one in row] for row in (value if axes == 2 else (value,))]
    body = r" \\ ".join(_row(row, apart=axes == 2) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def _row(entries: list[str], *, apart: bool) -> str:
    """A row of a matrix; with ``apart``, fractions are kept off the rows beside it."""
    if apart and any("frac{" in one for one in entries):
        # The braces keep TeX from spacing the last entry off the strut.
        entries = [*entries[:-1], f"{{{entries[-1]}}}{_STRUT}"]
    return " & ".join(entries)


def _shape(value: object) -> tuple[int, ...]:
    """The lengths of nested tuples, outermost first."""
    if not isinstance(value, tuple):
        return ()
    shapes = {_shape(one) for one in value}
    if len(shapes) != 1:
        raise ValueError(f"{value!r} is not a vector, matrix or tensor: its rows differ in length")
    return (len(value), *shapes.pop())
