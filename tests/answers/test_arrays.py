"""Reading and judging arrays and shapes."""

from fractions import Fraction
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.answers import Array, Integer, Rational, Shape, Unreadable, kind_from

MATRIX = Array(shape=(2, 2))
KEY = ((1, 2), (3, 4))


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2; 3, 4]",
        "[[1,2],[3,4]]",
        "1 2; 3 4",
        "1 2\n3 4",
        "1 2\r\n3 4\r\n",
        "[[1 2]\n [3 4]]",
        "[[1,2],\n [3,4]]",
        "[1,2],[3,4]",
        "{{1,2},{3,4}}",
        "((1,2),(3,4))",
        "[1. 2.; 3. 4.]",
        "A = [1, 2; 3, 4]",
        "[1\u20092; 3\u20094;]",
    ],
)
def test_the_ways_to_write_a_matrix(text: str) -> None:
    assert MATRIX.read(text).value == KEY


@pytest.mark.parametrize(
    "text", ["1 2 3", "(1,2,3)", "[1,2,3]", "[1; 2; 3]", "1\n2\n3", "[[1,2,3]]", "1,2,3"]
)
def test_the_ways_to_write_a_vector(text: str) -> None:
    assert Array(shape=(3,)).read(text).value == (1, 2, 3)


def test_tensors() -> None:
    expected = (((1, 2), (3, 4)), ((5, 6), (7, 8)))
    for text in ("[[1,2;3,4],[5,6;7,8]]", "[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]"):
        assert Array(shape=(2, 2, 2)).read(text).value == expected
    assert Array(shape=(1, 1, 2, 2)).read("[1,2;3,4]").value == ((KEY,),)


def test_entries_are_exact() -> None:
    reading = Array(shape=(2, 2), entry=Rational()).read("[1/2, 0.25; 1½, (-1)]")
    assert reading.value == ((Fraction(1, 2), Fraction(1, 4)), (Fraction(3, 2), -1))
    assert reading.shown == "[1/2, 0.25; 3/2, -1]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 2 3 4", "rows must be separated by ; or new lines"),
        ("[1,2;3]", "row 2 has 1 number, row 1 has 2 numbers"),
        ("[1,2;3,4", "missing ']' for the '[' at character 1"),
        ("[1,2;3,4)", "missing ']' for the '[' at character 1"),
        ("1,2;3,4]", "no opening bracket for the ']' at character 8"),
        ("[1,,2;3,4]", "a number is missing before ',' at character 4"),
        ("[1 - 2; 3 4]", "signs"),
        ("[1-2; 3 4]", "unexpected '-'"),
        ("[[1,2],3]", "mixed"),
        ("[]", "a number is missing"),
        ("[" * 41 + "1" + "]" * 41, "deeper than 40"),
        (" ".join("1" * 401), "more than 400"),
        ("[a, b; c, d]", "a number was expected, not 'a' at character 2"),
    ],
)
def test_unreadable_matrices_say_why(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        MATRIX.read(text)
    assert message in error.value.message


@pytest.mark.parametrize(
    ("text", "credit", "evidence"),
    [
        ("[1,2;3,4]", 1, "all entries"),
        ("[1,2;3,5]", Fraction(3, 4), "row 2, column 2: 5 is not 4"),
        ("[1,3;2,4]", Fraction(1, 2), "transposed"),
        ("[2,1;4,3]", 0, "flipped left to right"),
        ("[3,4;1,2]", 0, "flipped top to bottom"),
        ("[4,3;2,1]", 0, "rotated by 180°"),
        ("[-1,-2;-3,-4]", 0, "opposite sign"),
        ("[1,2,3;4,5,6]", 0, "a 2 × 2 matrix was asked for, this is a 2 × 3 matrix"),
        ("5", 0, "this is a vector of 1 number"),
    ],
)
def test_matrices_are_judged_by_entries(text: str, credit: Fraction, evidence: str) -> None:
    judgement = MATRIX.judge(MATRIX.read(text), KEY)
    assert judgement.credit == credit
    assert judgement.verdict == {Fraction(1): "right", Fraction(0): "wrong"}.get(
        Fraction(credit), "partial"
    )
    assert evidence in judgement.evidence


def test_the_transpose_of_another_shape_is_named() -> None:
    kind = Array(shape=(2, 3))
    judgement = kind.judge(kind.read("1 4; 2 5; 3 6"), ((1, 2, 3), (4, 5, 6)))
    assert judgement.verdict == "wrong" and "transposed" in judgement.evidence


def test_rounded_entries_count_as_their_kind_says() -> None:
    kind = Array(shape=(2,), entry=Rational())
    assert kind.judge(kind.read("[0.667, 1]"), (Fraction(2, 3), 1)).verdict == "right"
    rough = kind.judge(kind.read("[0.67, 1]"), (Fraction(2, 3), 1))
    assert (rough.verdict, rough.credit) == ("imprecise", Fraction(3, 4))


@pytest.mark.parametrize(
    "text",
    ["55x55x96", "(55, 55, 96)", "55×55×96", "55 by 55 by 96", "55 55 96", "out = [55,55,96]"],
)
def test_the_ways_to_write_a_shape(text: str) -> None:
    kind = Shape(axes=("H", "W", "C"))
    assert kind.read(text).value == (55, 55, 96)


def test_commas_in_shapes_follow_the_number_of_axes() -> None:
    assert Shape(axes=("H", "W")).read("1,000x5").value == (1000, 5)
    assert Shape(axes=("C", "H", "W")).read("96,128x128").value == (96, 128, 128)
    assert Shape(axes=("N",)).read("1,728").value == (1728,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("55x55", "a shape needs 3 numbers, this has 2"),
        ("1 728 x 3", "separated in two ways"),
        ("(55, 55, 96", "missing ')' for the '(' at character 1"),
        ("55x55x", "a number is missing at the end"),
        ("HxWxC", "a number was expected"),
    ],
)
def test_unreadable_shapes_say_why(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        Shape().read(text)
    assert message in error.value.message


def test_shapes_are_all_or_nothing() -> None:
    kind = Shape(axes=("C", "H", "W"))
    assert kind.judge(kind.read("96x55x55"), (96, 55, 55)).verdict == "right"
    assert "another order" in kind.judge(kind.read("55x55x96"), (96, 55, 55)).evidence
    partly = kind.judge(kind.read("96x54x55"), (96, 55, 55))
    assert partly.credit == 0 and "right: C, W" in partly.evidence
    assert kind.read("54.5x1x1").value == (Fraction(109, 2), 1, 1)


def test_arrays_come_in_exactly() -> None:
    assert MATRIX.coerce(numpy.array([[1.0, 2], [3, 4]])) == KEY
    assert MATRIX.coerce([[1, 2], [3, 4]]) == KEY
    assert Shape().coerce(numpy.array([1, 2, 3])) == (1, 2, 3)
    with pytest.raises(ValueError):
        MATRIX.coerce([1, 2, 3, 4])
    with pytest.raises(ValueError):
        MATRIX.coerce([[1, 2], [3]])
    with pytest.raises(TypeError):
        MATRIX.coerce([[0.5, 2], [3, 4]])
    with pytest.raises(ValueError):
        Shape().check_key((1, 0, 2))


def test_print() -> None:
    assert MATRIX.tex(KEY) == r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    assert Array(shape=(3,)).tex((1, 2, 3)) == r"\begin{pmatrix} 1 & 2 & 3 \end{pmatrix}"
    assert Array(shape=(2, 2, 2)).show((KEY, KEY)) == "[[1, 2; 3, 4], [1, 2; 3, 4]]"
    assert Shape().tex((3, 224, 224)) == r"3 \times 224 \times 224"


@st.composite
def arrays(draw: st.DrawFn) -> tuple[tuple[int, ...], Any]:
    shape = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)))

    def fill(axes: tuple[int, ...]) -> Any:
        if not axes:
            return Rational().coerce(draw(st.fractions(-99, 99, max_denominator=9)))
        return tuple(fill(axes[1:]) for _ in range(axes[0]))

    return shape, fill(shape)


@given(arrays())
def test_what_is_shown_reads_back(case: tuple[tuple[int, ...], Any]) -> None:
    shape, value = case
    kind = Array(shape=shape, entry=Rational())
    reading = kind.read(kind.show(value))
    assert reading.value == value
    assert kind.judge(reading, value).verdict == "right"
    assert kind.unpack(kind.pack(value)) == value
    assert kind_from(kind.to_dict()) == kind


def test_kinds_survive_the_record() -> None:
    for kind in (MATRIX, Array(shape=(2, 3, 4), entry=Integer()), Shape(axes=("H", "W"))):
        assert kind_from(kind.to_dict()) == kind
        assert kind.hint()


@pytest.mark.parametrize("text", ["0,5; 0,25; 0,02", "0,5 0,25 0,02", "(0,5, 0,25, 0,02)"])
def test_decimal_commas_where_the_numbers_fit_only_so(text: str) -> None:
    kind = Array(shape=(3,), entry=Rational())
    reading = kind.read(text)
    assert reading.value == (Fraction(1, 2), Fraction(1, 4), Fraction(1, 50))
    assert "commas between digits are read as decimal commas" in reading.notes


def test_commas_still_separate_where_that_fits_or_nothing_does() -> None:
    assert Array(shape=(4,), entry=Rational()).read("1,2,3,4").value == (1, 2, 3, 4)
    assert Array(shape=(2, 2)).read("1,2;3,4").value == KEY
    assert Array(shape=(2,)).read("1,2;3,4").value == KEY  # whole numbers are asked for
    assert Array(shape=(4,), entry=Rational()).read("1,2,3").value == (1, 2, 3)


@pytest.mark.parametrize("text", ["1,024, 2,048", "1 024 2 000"])
def test_thousands_in_an_array_are_not_two_numbers(text: str) -> None:
    with pytest.raises(Unreadable, match="begins with a zero"):
        Array(shape=(4,)).read(text)


def test_a_shift_of_the_whole_is_named() -> None:
    kind = Array((2, 2))
    key = ((1, 2), (3, 4))
    evidence = kind.judge(kind.read("[0, 1; 0, 3]"), key).evidence
    assert "shifted right by one, filled with zeros" in evidence
    evidence = kind.judge(kind.read("[0, 0; 1, 2]"), key).evidence
    assert "shifted down by one, filled with zeros" in evidence
    vector = Array((3,))
    assert (
        "shifted left by one, cyclically" in vector.judge(vector.read("2 3 1"), (1, 2, 3)).evidence
    )


def test_decimal_commas_in_an_array() -> None:
    kind = Array((2,), entry=Rational())
    reading = kind.read("0,5; 1,25", decimal_comma=True)
    assert reading.value == (Fraction(1, 2), Fraction(5, 4))
    assert kind.read("1,5", decimal_comma=True).value == (1, 5)
