"""How typical responses are read: value, "read as", notes, other readings, and what is refused."""

from fractions import Fraction

import pytest

from examgen.answers import Array, Decimal, Formula, Integer, Kind, Rational, Shape, Unreadable
from examgen.equivalence import Variable

SPACES = "spaces are read as thousands separators"
MIXED = "the mixed number is read as 3/2"
SHARE = "the percentage is read as a share of 1"
COMMA, POINT = "the comma is read as a decimal comma", "the point is read as a decimal point"
BILLION = "'billion' read as a factor of 1000000000"
COMMAS = "commas are read as thousands separators"
THOUSANDS = "the comma is read as a thousands separator"
TURNED = "the point is read as a thousands separator"

# text, read as, notes, other readings: of an exact fraction
NUMBERS: list[tuple[str, str, list[str], list[str]]] = [
    ("1728", "1728", [], []),
    ("1,728", "1728", [THOUSANDS, "could also be read as 1.728"], ["1.728"]),
    ("1 728", "1728", [SPACES], []),
    ("1'728", "1728", ["apostrophes are read as thousands separators"], []),
    ("34\u2009944", "34944", [SPACES], []),  # thin space
    ("34\u202f944", "34944", [SPACES], []),  # narrow no-break space
    ("34\u00a0944", "34944", [SPACES], []),
    ("34.944", "34.944", ["could also be read as 34944"], ["34944"]),
    ("1,728,000", "1728000", [], []),
    ("1.728.000", "1728000", ["points are read as thousands separators"], []),
    ("1,728.5", "1728.5", [], []),
    ("1.728,5", "1728.5", [COMMA], []),
    ("0,728", "0.728", [COMMA], []),
    ("1,72", "1.72", [COMMA], []),
    ("1,7280", "1.7280", [COMMA], []),
    ("\ufeff12", "12", [], []),
    ("12\u200b", "12", [], []),
    (" \t12\r\n", "12", [], []),
    ("−5", "-5", [], []),
    ("– 5", "-5", [], []),
    (".5", "0.5", [], []),
    ("5.", "5", [], []),
    ("1e10", "10000000000", [], []),
    ("1e-3", "0.001", [], []),
    ("10 billion", "10000000000", [BILLION], []),
    ("10 billion parameters", "10000000000", [BILLION, "unit ignored: 'parameters'"], []),
    ("10²", "100", [], []),
    ("5×10³", "5000", [], []),
    ("2·10⁻¹", "0.2", [], []),
    ("2 x 10^{3}", "2000", [], []),
    ("3/4", "3/4", [], []),
    ("3⁄4", "3/4", [], []),
    ("3÷4", "3/4", [], []),
    ("6/8", "3/4", [], []),
    ("½", "1/2", [], []),
    ("1½", "3/2", [MIXED], []),
    ("1 ½", "3/2", [MIXED], []),
    ("1 1/2", "3/2", [MIXED], []),
    ("75%", "0.75", [SHARE, "could also be read as 75"], ["75"]),
    ("%75", "0.75", [SHARE, "could also be read as 75"], ["75"]),
    ("'75", "75", ["apostrophe ignored"], []),
    ("7.5 %", "0.075", [SHARE, "could also be read as 7.5"], ["7.5"]),
    ("H_out = 55 px", "55", ["'H_out =' ignored", "unit ignored: 'px'"], []),
    ("≈ 55", "55", ["'≈' ignored"], []),
]
# the same in a course that writes decimal commas
COMMA_NUMBERS: list[tuple[str, str, list[str], list[str]]] = [
    ("34.944", "34944", [TURNED, "could also be read as 34.944"], ["34.944"]),
    ("34,944", "34.944", ["could also be read as 34944"], ["34944"]),
    ("0,5", "0.5", [], []),
    ("0.5", "0.5", [POINT], []),
    ("1.234,5", "1234.5", [], []),
    ("1,234.5", "1234.5", [POINT], []),
    ("1 234,5", "1234.5", [], []),
]
SHAPES = [
    ("55x55x96", (55, 55, 96), []),
    ("(55, 55, 96)", (55, 55, 96), []),
    ("55×55×96", (55, 55, 96), []),
    ("55 X 55 X 96", (55, 55, 96), []),
    ("55 by 55 by 96", (55, 55, 96), []),
    ("[55 55 96]", (55, 55, 96), []),
    ("55·55·96", (55, 55, 96), []),
    ("55.0 x 55 x 96", (55, 55, 96), []),
    ("1,000x5x6", (1000, 5, 6), [COMMAS]),
]
ARRAYS = [
    ("[1, 2; 3, 4]", ((1, 2), (3, 4)), []),
    ("[[1,2],[3,4]]", ((1, 2), (3, 4)), []),
    ("1 2\n3 4", ((1, 2), (3, 4)), []),
    ("1\t2\r\n3\t4", ((1, 2), (3, 4)), []),
    ("((1, 2), (3, 4))", ((1, 2), (3, 4)), []),
    ("[½, −1; 1e2, .5]", ((Fraction(1, 2), -1), (100, Fraction(1, 2))), []),
    (
        "[0,5 1,5; 2,5 3,5]",
        tuple(tuple(Fraction(one, 2) for one in row) for row in ((1, 3), (5, 7))),
        ["commas between digits are read as decimal commas"],
    ),
]
# text, read as, notes, other readings: of a formula in F, P, S, W and Cin
FORMULAS: list[tuple[str, str, list[str], list[str]]] = [
    ("(W−F+2P)/S+1", "(W - F + 2*P)/S + 1", [], []),
    ("⌊(W-F)/S⌋", "floor((W - F)/S)", [], []),
    ("⌈W/S⌉", "ceil(W/S)", [], []),
    ("W//S", "floor(W/S)", ["// is read as the floor of the quotient"], []),
    ("√W", "W^(1/2)", [], []),
    ("W²", "W^2", [], []),
    ("W⁻¹", "W^(-1)", [], []),
    ("10²", "10^2", [], []),
    ("2^-1", "2^(-1)", [], []),
    ("2^3^2", "2^(3^2)", [], []),
    ("-W^2", "-W^2", [], []),
    ("3×4", "3*4", [], []),
    ("3·4", "3*4", [], []),
    ("W**2", "W^2", [], []),
    ("1½", "3/2", [MIXED], []),
    ("0.5*W", "1/2*W", [], []),
    ("w-f+2p", "W - F + 2*P", [f"'{one}' is read as {one.upper()}" for one in "wfp"], []),
    ("Cin*P", "Cin*P", [], []),
    ("C_in", "Cin", ["'C_in' is read as Cin"], []),
    ("CinP^2", "Cin*P^2", ["'CinP' is read as Cin·P"], []),  # not (Cin·P)^2
    ("floor(W)", "floor(W)", [], []),
    (
        "1/2W",
        "1/2*W",
        ["'/2W' is read from left to right", "could also be read as 1/(2*W)"],
        ["1/(2*W)"],
    ),
    ("\u200bW\u00a0+\u2009F", "W + F", [], []),
]
VARIABLES = tuple(Variable(name, 1, 64) for name in ("F", "P", "S", "W", "Cin"))


def told(kind: Kind, text: str, *, decimal_comma: bool = False) -> tuple[str, list[str], list[str]]:
    """What a mark tells about a reading."""
    reading = kind.read(text, decimal_comma=decimal_comma)
    return reading.shown, list(reading.notes), [other.shown for other in reading.alternatives]


@pytest.mark.parametrize(("text", "shown", "notes", "others"), NUMBERS)
def test_numbers(text: str, shown: str, notes: list[str], others: list[str]) -> None:
    assert told(Rational(), text) == (shown, notes, others)


@pytest.mark.parametrize(("text", "shown", "notes", "others"), COMMA_NUMBERS)
def test_numbers_where_the_course_writes_decimal_commas(
    text: str, shown: str, notes: list[str], others: list[str]
) -> None:
    assert told(Rational(), text, decimal_comma=True) == (shown, notes, others)
    assert told(Decimal(digits=3), text, decimal_comma=True) == (shown, notes, others)


def test_only_what_can_be_whole_is_another_reading_of_an_integer() -> None:
    assert told(Integer(), "1,728") == ("1728", [THOUSANDS], [])
    assert told(Integer(), "34.944", decimal_comma=True) == ("34944", [TURNED], [])
    assert told(Integer(), "34.944") == ("34.944", ["could also be read as 34944"], ["34944"])


@pytest.mark.parametrize(("text", "value", "notes"), SHAPES)
def test_shapes(text: str, value: tuple[int, ...], notes: list[str]) -> None:
    reading = Shape(("H", "W", "C")).read(text)
    assert (reading.value, list(reading.notes)) == (value, notes)
    assert reading.shown == " x ".join(map(str, value))


@pytest.mark.parametrize(("text", "value", "notes"), ARRAYS)
def test_arrays(text: str, value: object, notes: list[str]) -> None:
    reading = Array((2, 2), Rational()).read(text)
    assert (reading.value, list(reading.notes)) == (value, notes)


@pytest.mark.parametrize(("text", "shown", "notes", "others"), FORMULAS)
def test_formulas(text: str, shown: str, notes: list[str], others: list[str]) -> None:
    assert told(Formula(VARIABLES), text) == (shown, notes, others)


NUMBER, SHAPE, MATRIX = Rational(), Shape(("H", "W", "C")), Array((2, 2))
FORMULA, OTHER = Formula(VARIABLES[:4]), Formula(VARIABLES)


@pytest.mark.parametrize(
    ("kind", "text", "message", "position"),
    [
        (NUMBER, "((5)", "missing ')' for the '(' at character 1", 1),
        (NUMBER, "1/2/3", "only one '/' is read; there is a second '/' at character 4", 4),
        (NUMBER, "12 34", "two numbers in a row: the second begins with '3' at character 4", 4),
        (NUMBER, "√4", "a number was expected, not '√' (square root) at character 1", 1),
        (NUMBER, "2x = 10", "write only the result, or a name before the '=' at character 4", 4),
        (NUMBER, "\ufeff 1\u00a0O", "unknown word 'O' at character 5: write the number in full, "
         "without a unit", 5),
        (NUMBER, "5О", "unexpected 'О' (cyrillic capital letter o) at character 2", 2),
        (NUMBER, "５", "a number was expected, not '５' (fullwidth digit five) at character 1", 1),
        (NUMBER, "5\u202e6", "unexpected invisible character U+202E (right-to-left override) at "
         "character 2", 2),
        (NUMBER, "1e401", "the exponent is beyond 400: it begins with '4' at character 3", 3),
        (Integer(), "75%", "unexpected '%' at character 3", 3),
        (SHAPE, "55x55", "a shape needs 3 numbers, this has 2", None),
        (SHAPE, "1,000x5", "a shape needs 3 numbers, this has 2", None),
        (SHAPE, "(55,55,96", "missing ')' for the '(' at character 1", 1),
        (SHAPE, "55х55х96", "unexpected 'х' (cyrillic small letter ha) at character 3", 3),
        (MATRIX, "[1,2;3]", "row 2 has 1 number, row 1 has 2 numbers", None),
        (MATRIX, "[1,2,3,4]", "rows must be separated by ; or new lines", None),
        (MATRIX, "[1,2;3,4", "missing ']' for the '[' at character 1", 1),
        (FORMULA, "(W-F", "missing ')' for the '(' at character 1", 5),
        (FORMULA, "(W]", "missing ')' for the '(' at character 1, found ']' at character 3", 3),
        (FORMULA, "(W-F+Q)/S", "unknown name 'Q' at character 6 (allowed: F, P, S, W)", 6),
        (OTHER, "Cn*W", "unknown name 'Cn' at character 1 (allowed: F, P, S, W, Cin); "
         "did you mean 'Cin'?", 1),
        (FORMULA, "W₁", "unknown name 'W₁' at character 1 (allowed: F, P, S, W); "
         "did you mean 'W'?", 1),
        (FORMULA, "floor W", "function 'floor' needs brackets: floor(...)", 1),
        (FORMULA, "1 728", "two numbers in a row: the second begins with '7' at character 3", 3),
        (FORMULA, "½½", "two numbers in a row: the second begins with '½' (vulgar fraction one "
         "half) at character 2", 2),
        (FORMULA, "W-х", "unexpected 'х' (cyrillic small letter ha) at character 3", 3),
        (FORMULA, "W!", "factorials are not read: '!' at character 2", 2),
        (FORMULA, r"\frac{W}{S}", "write the formula without TeX: found '\\' at character 1", 1),
        (FORMULA, "W*", "something is missing at the end", 3),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(
    kind: Kind, text: str, message: str, position: int | None
) -> None:
    with pytest.raises(Unreadable) as refused:
        kind.read(text)
    assert (refused.value.message, refused.value.position) == (message, position)
