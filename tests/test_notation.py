"""How values look in TeX, by hand, and that a screen reader is not told of struts."""

from fractions import Fraction

import pytest

from examgen.notation import number_tex, numeral_tex, value_tex
from examgen.text import MathBoxes

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("numeral", "tex"),
    [
        ("0", "0"),
        ("4096", "4096"),
        ("-12345", r"-12\,345"),
        ("123456.00", r"123\,456.00"),
        ("-0.123456", "-0.123456"),
        ("3e70", r"3 \cdot 10^{70}"),
        ("12e-25", r"12 \cdot 10^{-25}"),
    ],
)
def test_written_numbers(numeral: str, tex: str) -> None:
    assert numeral_tex(numeral) == tex


@pytest.mark.parametrize(
    ("number", "tex"),
    [
        (1728, "1728"),
        (-1234567, r"-1\,234\,567"),
        (Fraction(-7, 10), r"-\frac{7}{10}"),
        (Fraction(12345, 10001), r"\frac{12\,345}{10\,001}"),
        (Fraction(6, 3), "2"),
    ],
)
def test_numbers(number: int | Fraction, tex: str) -> None:
    assert number_tex(number) == tex


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        ("50 %", r"\text{50 \%}"),
        ((1, -2), r"\begin{pmatrix} 1 & -2 \end{pmatrix}"),
        ((1, HALF), r"\begin{pmatrix} 1 & \frac{1}{2} \end{pmatrix}"),
        (((1, 2), (3, 4)), r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
        (
            ((HALF, 2), (3, 4)),
            r"\begin{pmatrix} \frac{1}{2} & {2}\vphantom{\bigg|} \\ 3 & 4 \end{pmatrix}",
        ),
        (
            (((1,),), ((2,),)),
            r"\left(\begin{pmatrix} 1 \end{pmatrix},\; \begin{pmatrix} 2 \end{pmatrix}\right)",
        ),
    ],
)
def test_values(value: object, tex: str) -> None:
    assert value_tex(value) == tex


def test_entries_are_printed_as_asked() -> None:
    assert value_tex((1, 2), entry="<{}>".format) == r"\begin{pmatrix} <1> & <2> \end{pmatrix}"


@pytest.mark.parametrize("value", [((1, 2), (3,)), ((1, 2), 3), ()])
def test_what_is_not_rectangular(value: object) -> None:
    with pytest.raises(ValueError, match="not a vector, matrix or tensor"):
        value_tex(value)


@pytest.mark.parametrize(("value", "words"), [(0.5, "float"), (None, "NoneType")])
def test_what_is_not_exact(value: object, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        value_tex(value)


def test_fractions_stand_clear_of_each_other_and_are_spoken_as_before() -> None:
    box = MathBoxes().box(value_tex(((HALF, 3), (4, -HALF))))
    assert box.alt == "matrix 2 by 2: row 1: 1 over 2, 3; row 2: 4, negative 1 over 2"
    assert box.height_em > 2 * 1.9  # a row of fractions is 1.65 em high
