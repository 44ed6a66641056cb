"""Reading and judging single numbers."""

from fractions import Fraction

import numpy
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from examgen.answers import Decimal, Integer, Rational, Unreadable, kind_from

READ_AS = {
    "12": 12,
    " 12 ": 12,
    "+12": 12,
    "−5": -5,
    "– 5": -5,
    "1,728": 1728,
    "1 728": 1728,
    "1'728": 1728,
    "34\u202f944": 34944,
    "1,234,567": 1234567,
    "1.234.567": 1234567,
    "55.0": 55,
    "55.": 55,
    "54.5": Fraction(109, 2),
    "12,5": Fraction(25, 2),
    "1,234.5": Fraction(2469, 2),
    "1.234,5": Fraction(2469, 2),
    "1 234,5": Fraction(2469, 2),
    ".5": Fraction(1, 2),
    "1e10": 10**10,
    "1.5×10^9": 15 * 10**8,
    "1.5 x 10^{-1}": Fraction(3, 20),
    "10^9": 10**9,
    "10²": 100,
    "5×10³": 5000,
    "2·10⁻¹": Fraction(1, 5),
    "3/4": Fraction(3, 4),
    "3⁄4": Fraction(3, 4),
    "3/-4": Fraction(-3, 4),
    "(1/2)/(3/4)": Fraction(2, 3),
    "½": Fraction(1, 2),
    "1½": Fraction(3, 2),
    "-1 1/2": Fraction(-3, 2),
    "10 billion": 10**10,
    "2 million parameters": 2 * 10**6,
    "55 px": 55,
    "55 pixels.": 55,
    "12 MACs": 12,
    "x = 5": 5,
    "H_out=55": 55,
    "=5": 5,
}


@pytest.mark.parametrize("text", READ_AS)
def test_readable_numbers_are_read_exactly(text: str) -> None:
    assert Integer().read(text).value == READ_AS[text]
    assert Rational().read(text).value == READ_AS[text]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "blank"),
        ("((5)", "missing ')' for the '(' at character 1"),
        ("12²", "'²' (superscript two) at character 3"),
        ("10⁹⁹⁹", "the exponent is beyond 400"),
        ("10⁻", "an exponent was expected"),
        ("5·10²⁻", "an exponent was expected"),
        ("12 34", "two numbers in a row"),
        ("12k", "unknown word 'k' at character 3"),
        ("12 KB", "unknown word 'KB'"),
        ("5=5=5", "more than one '='"),
        ("2+3 = 5", "write only the result"),
        ("2x = 10", "write only the result"),
        ("x <= 5", "write only the result"),
        ("16*3", "not a calculation"),
        ("2^10", "not a calculation"),
        ("--5", "two signs"),
        ("3/0", "division by zero"),
        ("1/2/3", "a second '/'"),
        ("1 125/1000", "may be one number or two"),
        ("1_000", "unexpected '_' at character 2"),
        ("nan", "a number was expected"),
        ("0x10", "not a calculation"),
        ("５", "fullwidth digit five"),
        ("12,34,5", "groups of three"),
        ("1" * 61, "more than 60 digits"),
        ("1e401", "beyond 400"),
        ("75%", "unexpected '%'"),
    ],
)
def test_unreadable_numbers_say_why(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        Integer().read(text)
    assert message in error.value.message


@pytest.mark.parametrize(
    "text",
    [
        *("4-Mar", "Mar-04", "04-Mar-26", "2026-03-04", "2026-03-04 00:00:00", "04/03/2026"),
        *("4.3.2026", "12:30", "12:30:00", "#NAME?", "#REF!", "########", "1.23E+10", "1E-05"),
        "1234567890123450",  # was 1234567890123456
    ],
)
def test_what_a_spreadsheet_spoils_is_told_apart(text: str) -> None:
    for kind in (Integer(), Rational(), Decimal(places=2)):
        with pytest.raises(Unreadable) as error:
            kind.read(text)
        assert error.value.spoiled


def test_ambiguity_is_shown() -> None:
    reading = Rational().read("1,728")
    assert (reading.value, reading.alternatives[0].value) == (1728, Fraction(216, 125))
    assert "could also be read as 1.728" in reading.notes
    reading = Integer().read("34.944")
    assert (reading.value, reading.alternatives[0].value) == (Fraction(34944, 1000), 34944)
    assert Integer().read("1,728").alternatives == ()
    percent = Rational().read("75%")
    assert (percent.value, percent.alternatives[0].value) == (Fraction(3, 4), 75)


def test_positions_are_in_the_students_own_text() -> None:
    with pytest.raises(Unreadable) as error:
        Integer().read("\ufeff  12\u00a0\u0445")
    assert error.value.position == 7
    assert "cyrillic small letter ha" in error.value.message


def verdict(kind: Integer | Rational | Decimal, text: str, key: int | Fraction) -> str:
    return kind.judge(kind.read(text), key).verdict


def test_integers_are_exact() -> None:
    assert verdict(Integer(), "34944", 34944) == "right"
    assert verdict(Integer(), "34943", 34944) == "wrong"
    assert verdict(Integer(), "54.5", Fraction(109, 2)) == "right"  # a misconception without floor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2/3", "right"),
        ("4/6", "right"),
        ("0.667", "right"),
        ("0.6667", "right"),
        ("66.7%", "right"),
        ("0.666", "wrong"),
        ("0.67", "imprecise"),
        ("0.7", "wrong"),
        ("1", "wrong"),
        ("0.66", "wrong"),
        ("0.6670", "right"),  # a spreadsheet adds zeros
        ("0.66700", "right"),
        ("0.670", "wrong"),  # but no figures
    ],
)
def test_two_thirds_by_the_rule_of_rounding(text: str, expected: str) -> None:
    assert verdict(Rational(), text, Fraction(2, 3)) == expected


def test_whole_numbers_are_no_roundings_of_rationals() -> None:
    assert verdict(Rational(), "3086", Fraction(12345, 4)) == "wrong"
    assert verdict(Rational(), "3086.2", Fraction(12345, 4)) == "right"  # the tie, closed both ways
    assert verdict(Rational(), "3086.3", Fraction(12345, 4)) == "right"


def test_lowest_terms() -> None:
    kind = Rational(lowest_terms=True)
    assert verdict(kind, "2/3", Fraction(2, 3)) == "right"
    assert verdict(kind, "2/-3", Fraction(-2, 3)) == "right"
    assert verdict(kind, "4/6", Fraction(2, 3)) == "imprecise"
    assert verdict(kind, "0.667", Fraction(2, 3)) == "imprecise"
    assert verdict(kind, "0.5", Fraction(1, 2)) == "right"


@pytest.mark.parametrize(
    ("kind", "text", "key", "expected"),
    [
        (Decimal(places=2), "3.14", Fraction(314159, 100000), "right"),
        (Decimal(places=2), "3.1416", Fraction(314159, 100000), "right"),
        (Decimal(places=2), "3.1", Fraction(314159, 100000), "imprecise"),
        (Decimal(places=2), "3", Fraction(314159, 100000), "wrong"),
        (Decimal(places=2), "3.142", Fraction(314159, 100000), "right"),
        (Decimal(places=2), "3.143", Fraction(314159, 100000), "imprecise"),
        (Decimal(places=2), "3.15", Fraction(314159, 100000), "wrong"),
        (Decimal(places=3), "0.5", Fraction(1, 2), "right"),
        (Decimal(places=2), "0.00", Fraction(0), "right"),
        (Decimal(places=2), "0.00", Fraction(1, 1000), "right"),
        (Decimal(places=2), "1.01", Fraction(1015, 1000), "right"),
        (Decimal(places=2), "1.02", Fraction(1015, 1000), "right"),
        (Decimal(digits=3), "34900", Fraction(34944), "right"),
        (Decimal(digits=3), "3.49e4", Fraction(34944), "right"),
        (Decimal(digits=3), "35000", Fraction(34944), "imprecise"),
        (Decimal(digits=3), "34800", Fraction(34944), "wrong"),
        (Decimal(digits=3), "18.50", Fraction(1848, 100), "right"),  # a spreadsheet adds zeros
        (Decimal(digits=3), "18.5000", Fraction(1848, 100), "right"),
        (Decimal(digits=3), "18.0", Fraction(1848, 100), "wrong"),  # but no figures
        (Decimal(places=2), "0.670", Fraction(2, 3), "right"),
        (Decimal(places=2), "0.70", Fraction(2, 3), "wrong"),
        (Decimal(digits=3), "10.0", Fraction(9996, 1000), "right"),
        (Decimal(digits=3), "2/3", Fraction(2, 3), "right"),
        (Decimal(), "0", Fraction(0), "right"),
        (Decimal(), "0.001", Fraction(0), "wrong"),
    ],
)
def test_decimals_by_closed_intervals(
    kind: Decimal, text: str, key: Fraction, expected: str
) -> None:
    judgement = kind.judge(kind.read(text), key)
    assert judgement.verdict == expected
    assert judgement.credit == {"right": 1, "imprecise": Fraction(1, 2), "wrong": 0}[expected]


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (Decimal(places=1), "3", "3 is right as far as it goes, but not to the 1 decimal place"),
        (Decimal(digits=3), "3.1", "but not to the 3 significant figures asked for"),
        (Decimal(places=2), "3", "decimal places asked for: more than one figure is missing"),
        (Decimal(places=2), "10", "10 is not 3.14"),  # no rounding, although its 0 may be no figure
    ],
)
def test_what_is_too_coarse_is_told(kind: Decimal, text: str, told: str) -> None:
    assert told in kind.judge(kind.read(text), Fraction(314159, 100000)).evidence


def test_match_sees_that_a_rounding_swallows_a_wrong_answer() -> None:
    assert Decimal(places=1).match(Fraction(314, 100), Fraction(311, 100))
    assert not Decimal(places=2).match(Fraction(314, 100), Fraction(311, 100))
    assert not Rational().match(Fraction(667, 1000), Fraction(2, 3))


def test_values_come_in_exactly_or_not_at_all() -> None:
    for raw in (55, numpy.int64(55), numpy.float64(55.0), sympy.Integer(55), Fraction(110, 2)):
        value = Integer().coerce(raw)
        assert value == 55 and type(value) is int
    assert Rational().coerce(sympy.Rational(2, 3)) == Fraction(2, 3)
    for raw in (0.1, 2.0**53, float("nan"), float("inf"), sympy.Float(0.1), True, "5", None):
        with pytest.raises(TypeError):
            Rational().coerce(raw)
    with pytest.raises(ValueError):
        Rational().coerce(numpy.array([1, 2]))
    Integer().check_key(3)
    with pytest.raises(ValueError):
        Integer().check_key(Fraction(1, 2))


def test_print() -> None:
    assert Integer().tex(1234567) == r"1\,234\,567"
    assert Integer().tex(1728) == "1728"
    assert Rational().tex(Fraction(-2, 3)) == r"-\frac{2}{3}"
    assert Decimal(digits=3).show(Fraction(34944)) == "34900"
    assert Decimal(digits=3).show(Fraction(9996, 1000)) == "10.0"
    assert Decimal(places=2).show(Fraction(-1, 8)) == "-0.13"
    assert Decimal(places=2).tex(Fraction(123456)) == r"123\,456.00"


# Zeros after 15 digits are what a spreadsheet makes of the rest: such a number goes to a human.
whole = st.integers(-(10**50), 10**50).map(lambda number: number + (number % 10 == 0))
rationals = st.fractions(max_denominator=10**6) | whole


@given(rationals)
def test_what_is_shown_reads_back(number: Fraction | int) -> None:
    kind = Rational()
    value = kind.coerce(number)
    assert kind.read(kind.show(value)).value == value
    assert kind.unpack(kind.pack(value)) == value
    if value != 0:
        for decimal in (Decimal(places=3), Decimal(digits=4), Decimal()):
            if decimal.places is None or abs(Fraction(value)) < 10**50:
                assert decimal.judge(decimal.read(decimal.show(value)), value).verdict == "right"


@pytest.mark.parametrize(
    "kind", [Integer(), Rational(lowest_terms=True), Decimal(places=2), Decimal(digits=4)]
)
def test_kinds_survive_the_record(kind: Integer | Rational | Decimal) -> None:
    assert kind_from(kind.to_dict()) == kind
    assert kind.hint()


def test_contradictory_settings_are_refused() -> None:
    with pytest.raises(ValueError):
        Decimal(places=1, digits=2)
    with pytest.raises(ValueError):
        kind_from({"kind": "telepathy"})


@pytest.mark.parametrize(
    ("text", "value", "alternatives"),
    [
        ("34.944", 34944, [Fraction(34944, 1000)]),
        ("1,728", Fraction(1728, 1000), [1728]),
        ("0,5", Fraction(1, 2), []),
        ("1.234,5", Fraction(2469, 2), []),
        ("0.5", Fraction(1, 2), []),
        ("1.234.567", 1234567, []),
    ],
)
def test_decimal_commas_turn_the_likelier_reading_round(
    text: str, value: Fraction | int, alternatives: list[Fraction | int]
) -> None:
    reading = Rational().read(text, decimal_comma=True)
    assert reading.value == value
    assert [other.value for other in reading.alternatives] == alternatives


def test_a_point_in_a_course_of_decimal_commas_is_noted() -> None:
    assert "decimal point" in Rational().read("0.5", decimal_comma=True).notes[0]
    assert Rational().read("0,5", decimal_comma=True).notes == ()


def test_tolerances_are_closed_intervals() -> None:
    near = Decimal(absolute=Fraction(1, 100))
    assert verdict(near, "1.01", 1) == verdict(near, "0.99", 1) == "right"
    assert verdict(near, "1.0100001", 1) == "wrong"
    share = Decimal(relative=Fraction(1, 100))
    assert verdict(share, "0.101", Fraction(1, 10)) == "right"
    assert verdict(share, "-0.101", Fraction(-1, 10)) == "right"
    assert verdict(share, "0.1011", Fraction(1, 10)) == "wrong"
    both = Decimal(absolute=Fraction(1, 2), relative=Fraction(1, 100))
    assert verdict(both, "0.5", 0) == verdict(both, "202", 200) == "right"
    assert verdict(both, "202.1", 200) == "wrong"


def test_a_tolerance_that_swallows_a_wrong_answer_matches_it() -> None:
    wide = Decimal(relative=Fraction(1, 20))
    assert wide.match(Fraction(105), Fraction(100)) and wide.match(Fraction(95), Fraction(100))
    assert not wide.match(Fraction(106), Fraction(100))


def test_a_key_of_zero_needs_an_absolute_tolerance() -> None:
    for kind in (Decimal(relative=Fraction(1, 100)), Decimal(digits=3)):
        kind.check_key(1)
        with pytest.raises(ValueError, match="absolute"):
            kind.check_key(0)
    Decimal(absolute=Fraction(1, 100), relative=Fraction(1, 100)).check_key(0)
    Decimal(places=2).check_key(0)


@pytest.mark.parametrize("settings", [{"absolute": Fraction(0)}, {"relative": 0.1}])
def test_tolerances_are_exact_and_positive(settings: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError):
        Decimal(**settings)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        Decimal(places=2, absolute=Fraction(1, 2))


def test_the_declared_unit_may_follow() -> None:
    reading = Integer(unit="byte").read("384 bytes")
    assert (reading.value, reading.notes) == (384, ("unit ignored: 'bytes'",))
    with pytest.raises(Unreadable):
        Integer().read("384 bytes")
    kinds = (Integer(unit="byte"), Decimal(absolute=Fraction(1, 3), relative=Fraction(1, 100)))
    for kind in kinds:
        assert kind_from(kind.to_dict()) == kind
    assert set(Integer().to_dict()) == {"kind"}


@pytest.mark.parametrize(
    ("kind", "key", "text", "told"),
    [
        (Decimal(digits=3), Fraction(34944, 1000), "35",
         "Right as far as it goes: 2 significant figures, but 3 were asked for."),
        (Decimal(digits=3), Fraction(34944, 1000), "34.95",
         "Right to 3 significant figures, but not in the figures after them."),
        (Decimal(places=2), Fraction(34944, 1000), "34.9",
         "Right as far as it goes: 1 decimal place, but 2 were asked for."),
        (Decimal(places=2), Fraction(34944, 1000), "35",
         "Not precise enough: 0 decimal places, but 2 were asked for."),
        (Decimal(digits=3), Fraction(34944, 1000), "12", ""),
        (Rational(), Fraction(2, 3), "0.67",
         "Right as far as it goes, but rounded to 2 significant figures; asked for was the exact "
         "value or at least 3 significant figures."),
        (Rational(lowest_terms=True), Fraction(2, 3), "4/6",
         "Right in value, but the fraction can be reduced; lowest terms were asked for."),
    ],
)  # fmt: skip
def test_the_student_is_told_what_was_asked_and_what_was_given(kind, key, text, told):
    assert kind.judge(kind.read(text), kind.coerce(key)).told == told
