from fractions import Fraction

import numpy as np
import pytest

from examgen.text import Figure, Math, TextError, dedent, expand, value_tex


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        (Fraction(-3, 4), r"-\frac{3}{4}"),
        (np.int64(7), "7"),
        (np.True_, "1"),
        (np.array([[1, -2], [3, 4]]), r"\begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}"),
    ],
)
def test_a_value_in_tex(value: object, tex: str) -> None:
    assert value_tex(value) == tex


def test_formulas_stand_in_a_matrix_with_numbers() -> None:
    assert value_tex(((Math("a"), 1),)) == r"\begin{pmatrix} a & 1 \end{pmatrix}"


@pytest.mark.parametrize("value", [1.5, None, object(), ((1, 2), 3)])
def test_what_cannot_be_printed(value: object) -> None:
    with pytest.raises(TextError):
        value_tex(value)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<<n>> cats", "3 cats"),
        ("$K = <<n>>$", "$K = 3$"),
        ("$$<<n>>$$", "$$3$$"),
        ("<<big>> cats", r"$12\,345$ cats"),
        ("minus <<low>>", "minus $-2$"),
        ("half <<half>>, $x = <<half>>$", r"half $\frac{1}{2}$, $x = \frac{1}{2}$"),
        ("`K = <<half>>`", "`K = 1/2`"),
        (r"\$<<n>> and $a_<<n>>$", r"\$3 and $a_3$"),
        ("<<word>> `$` <<low>>", "same `$` $-2$"),
        ("<< 12345 >> $<< -1 >>$", r"$12\,345$ $-1$"),
        ("<% for i in [1, 2] %><<i>>,<% endfor %>", "1,2,"),
        ("so <<line>>.", "so $$a = b$$."),
        ("<<low>><<low>>", "$-2$$-2$"),
        ("$$<<line>>$$", "$$a = b$$"),
    ],
)
def test_a_value_takes_the_form_of_its_place(source: str, text: str) -> None:
    values = {
        "n": 3,
        "big": 12345,
        "low": -2,
        "half": Fraction(1, 2),
        "word": "same",
        "line": Math("a = b", display=True),
    }
    assert expand(source, values) == text


def test_indentation_is_taken_off() -> None:
    source = r"""
        One
          two
    """
    assert dedent(source) == "One\n  two"
    assert expand(source, {}) == "One\n  two"


def test_a_figure_is_a_picture_with_its_words() -> None:
    text = expand("<<f>>", {"f": Figure("<svg/>", "a [grid] of $x$")})
    assert text == r"![a \[grid\] of \$x\$](data:image/svg+xml;base64,PHN2Zy8+)"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("\n  a\n\n  <<heigth>>", 4, "did you mean 'height'?"),
        ("\n  <<half.numeratr>>", 2, "did you mean 'numerator'?"),
        ("a\n<% for %>", 2, "template"),
        ("\n  a\n  $x = <<height>>", 3, "never closed"),
        ("a\n<< conv_figure(size=3, kernel=0) >>", 2, "kernel is 0"),
        ("a\n<< conv_figure(sise=3) >>", 2, "sise"),
        ("$<< conv_figure(size=3, kernel=2) >>$", 1, "figure stands inside a formula"),
        ("<< 0.5 >>", 1, "float"),
        ("<< height / 0 >>", 1, "division"),
        ("so\n$x$$", 2, "never closed"),
        ("a $$ b $ c", 1, "never closed"),
        ("$a\n\nb$", 1, "blank line"),
        ("a $$$$ b", 1, "empty formula"),
        ("\n  a\n  $x = <<-height>>$", 3, "loses its minus sign"),
    ],
)
def test_a_mistake_names_its_line(source: str, line: int, words: str) -> None:
    with pytest.raises(TextError) as caught:
        expand(source, {"height": 5, "half": Fraction(1, 2)})
    assert caught.value.line == line
    assert words in caught.value.message


def test_an_expansion_does_not_remember_the_one_before() -> None:
    assert expand("<<n>> $<<n>>$", {"n": 1}) == "1 $1$"
    assert expand("<<n>> $<<n>>$", {"n": -1}) == "$-1$ $-1$"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(37, 10), "3.7"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 20), "0.05"),
        (4, "4"),
        (Fraction(123456, 5), r"24\,691.2"),
    ],
)
def test_a_fraction_as_a_decimal(value, printed):
    assert expand("$<<x | decimal>>$", {"x": value}) == f"${printed}$"


def test_a_decimal_that_does_not_end_is_refused():
    with pytest.raises(TextError, match="1/3 is no finite decimal"):
        expand("<<x | decimal>>", {"x": Fraction(1, 3)})
