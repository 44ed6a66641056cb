"""Sets and lists of numbers and of tuples."""

from fractions import Fraction

import pytest

from examgen.answers import Decimal, ListOf, Rational, SetOf, Unreadable, kind_from
from examgen.answers.members import Members

PAIRS = SetOf(("F", "S"))
NUMBERS = SetOf()
ORDERED = ListOf(("x", "y"))
KEY = ((1, 2), (3, 4))


@pytest.mark.parametrize(
    "text",
    [
        "{(1,2),(3,4)}",
        "{(3, 4), (1, 2)}",
        "(1,2) (3,4)",
        "(1 2)(3 4)",
        "(1,2), (3,4)",
        "(1,2) and (3,4)",
        "(1;2), (3;4)",
        "{[1,2],[3,4]}",
        "{1,2},{3,4}",
        "((1,2),(3,4))",
        "1 2\n3 4",
        "1, 2\n3, 4\n",
        "1,2; 3,4",
        "(1,2)\n(3,4)",
        "A = {(1,2),(3,4)}",
    ],
)
def test_the_ways_to_write_a_set_of_pairs(text: str) -> None:
    assert PAIRS.read(text).value == KEY


@pytest.mark.parametrize(
    "text",
    ["{1,3,5}", "1, 3, 5", "5 3 1", "1;3;5", "1\n3\n5", "1, 3 and 5", "[5,1,3]", "(1) (3) (5)"],
)
def test_the_ways_to_write_a_set_of_numbers(text: str) -> None:
    assert NUMBERS.read(text).value == (1, 3, 5)


@pytest.mark.parametrize(
    "text", ["none", "None.", "∅", "{}", "{ }", "()", "[]", "empty set", "A = {}"]
)
@pytest.mark.parametrize("kind", [PAIRS, NUMBERS, ORDERED])
def test_nothing(kind: Members, text: str) -> None:
    assert kind.read(text).value == ()
    assert kind.judge(kind.read(text), ()).verdict == "right"
    assert kind.read(kind.show(())).value == ()


def test_repetitions_do_not_count_and_are_told() -> None:
    reading = PAIRS.read("(1,2), (3,4), (1,2)")
    assert reading.value == KEY
    assert reading.notes == ("given more than once: (1, 2)",)


def test_one_member() -> None:
    assert PAIRS.read("1, 2").value == PAIRS.read("(1, 2)").value == ((1, 2),)
    assert NUMBERS.read("7").value == (7,)


def test_decimal_commas() -> None:
    halves = SetOf(entry=Rational())
    reading = halves.read("0,5; 1,5", decimal_comma=True)
    assert reading.value == (Fraction(1, 2), Fraction(3, 2))
    assert [other.value for other in reading.alternatives] == [(0, 1, 5)]
    assert [one.value for one in halves.read("0,5; 1,5").alternatives] == [reading.value]
    points = SetOf(("x", "y"), entry=Rational())
    assert points.read("(0,5; 2) (1; 1,5)").value == (
        (Fraction(1, 2), 2),
        (1, Fraction(3, 2)),
    )


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (PAIRS, "1,2,3,4", "each member needs brackets of its own, such as (1, 2)"),
        (PAIRS, "(1,2,3), (3,4)", "member 1 has 3 numbers, it needs 2"),
        (PAIRS, "(1,2), (3)", "member 2 has 1 number, it needs 2"),
        (PAIRS, "{(1,2), (3,4)", "missing '}'"),
        (PAIRS, "(1,2) oder (3,4)", "a number was expected, not 'o'"),
        (NUMBERS, "1 to 5", "a number was expected, not 't'"),
        (NUMBERS, "{{1,3},5}", "numbers and rows are mixed"),
        (NUMBERS, "1..5", "unexpected"),
    ],
)
def test_what_cannot_be_read_is_told(kind: Members, text: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        kind.read(text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "credit", "told"),
    [
        ("(3,4) (1,2)", 1, "equals {(1, 2), (3, 4)}"),
        ("(1,2)", "1/2", "1 of 2 members right; missing: (3, 4)"),
        ("(1,2) (3,4) (5,6)", "1/2", "2 of 2 members right; too much: (5, 6)"),
        ("(1,2) (5,6)", 0, "1 of 2 members right; missing: (3, 4); too much: (5, 6)"),
        ("(1,2) (3,4) (5,6) (7,8) (9,9)", 0, "too much: (5, 6), (7, 8), (9, 9)"),
        ("(1,2) (4,3)", 0, "coordinates exchanged: (4, 3)"),
        ("none", 0, "0 of 2 members right; missing: (1, 2), (3, 4)"),
    ],
)
def test_right_minus_wrong_and_never_below_nothing(text: str, credit: str, told: str) -> None:
    judged = PAIRS.judge(PAIRS.read(text), KEY)
    assert judged.credit == Fraction(credit)
    assert told in judged.evidence


def test_all_or_nothing() -> None:
    strict = SetOf(("F", "S"), scoring="all-or-nothing")
    assert strict.judge(strict.read("(1,2)"), KEY).verdict == "wrong"
    assert strict.judge(strict.read("(3,4) (1,2)"), KEY).credit == 1


def test_a_set_that_is_not_empty_where_it_should_be() -> None:
    judged = NUMBERS.judge(NUMBERS.read("1"), ())
    assert (judged.verdict, judged.credit) == ("wrong", 0)


@pytest.mark.parametrize(
    ("text", "credit", "told"),
    [
        ("[(1,2),(3,4),(5,6)]", 1, "equals"),
        ("(3,4) (1,2) (5,6)", "1/3", "2 of 3 members right; the right members in another order"),
        ("(5,6) (3,4) (1,2)", 0, "the right members in another order"),
        ("(3,4) (5,6)", "2/3", "2 of 3 members right; missing: (1, 2)"),
        ("(0,0) (1,2) (3,4) (5,6)", "2/3", "3 of 3 members right; too much: (0, 0)"),
        ("(2,1) (3,4) (5,6)", "1/3", "coordinates exchanged: (2, 1)"),
        ("(1,2) (3,4) (3,4) (5,6)", "2/3", "3 of 3 members right; given too often: (3, 4)"),
        ("(3,4) (1,2) (7,8)", 0, "too much: (7, 8); the right members in another order"),
    ],
)
def test_the_order_of_a_list_counts(text: str, credit: str, told: str) -> None:
    judged = ORDERED.judge(ORDERED.read(text), ((1, 2), (3, 4), (5, 6)))
    assert judged.credit == Fraction(credit)
    assert told in judged.evidence


def test_a_list_keeps_repetitions() -> None:
    assert ListOf().read("3, 1, 3").value == (3, 1, 3)
    judged = ListOf().judge(ListOf().read("3, 1"), (3, 1, 3))
    assert judged.credit == Fraction(2, 3)


def test_values_survive_the_record() -> None:
    kind = SetOf(("a", "b"), entry=Rational(), scoring="all-or-nothing")
    assert kind_from(kind.to_dict()) == kind
    assert kind_from(ListOf().to_dict()) == ListOf()
    value = kind.coerce({(Fraction(1, 2), 3), (0, 1)})
    assert value == ((0, 1), (Fraction(1, 2), 3))
    assert kind.unpack(kind.pack(value)) == value
    assert kind.read(kind.show(value)).value == value
    assert ORDERED.show(((3, 4), (1, 2))) == "[(3, 4), (1, 2)]"
    assert PAIRS.tex(KEY) == r"\{(1,\,2),\; (3,\,4)\}"
    assert PAIRS.hint() == "all of them as (F, S) in any order, such as {(1, 2), (3, 4)}, or none"


def test_keys_have_entries_of_their_kind() -> None:
    with pytest.raises(ValueError, match="integer"):
        PAIRS.check_key(((1, Fraction(1, 2)),))
    with pytest.raises(ValueError, match="a member is F, S"):
        PAIRS.coerce([(1, 2, 3)])
    with pytest.raises(ValueError, match="exact, not rounded"):
        SetOf(entry=Decimal())
    with pytest.raises(ValueError, match="unknown scoring"):
        SetOf(scoring="per-option")  # type: ignore[arg-type]
