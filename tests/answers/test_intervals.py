"""Reading and judging intervals."""

from fractions import Fraction
from typing import Any

import pytest

from examgen.answers import Interval, Unreadable, Value, kind_from

WHOLE = Interval()
REAL = Interval(integers=False)
ENDS = Interval(integers=False, ends=True)


@pytest.mark.parametrize(
    "text",
    [
        "[0, 3]",
        "[0,3]",
        "[0; 3]",
        "[0 3]",
        "[0, 4)",
        "(-1, 4)",
        "]-1, 4[",
        "(−1, 3]",
        "0..3",
        "0...3",
        "0…3",
        "0 to 3",
        "from 0 to 3",
        "0-3",
        "0 – 3",
        "0 ≤ x < 4",
        "0 <= x <= 3",
        "4 > i >= 0",
        "-1 < x < 4",
        "x >= 0 and x < 4",
        "x < 4, x > -1",
        "I = [0, 3]",
        "x ∈ [0, 3]",
        "pixels 0 to 3",
        "-0.5 < x < 3.5",
        "-0,5 < x < 3,5",
    ],
)
def test_the_ways_to_write_whole_numbers_from_0_to_3(text: str) -> None:
    assert WHOLE.read(text).value == (0, 3, "[]")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[0, 7/2)", (0, Fraction(7, 2), "[)")),
        ("(0.5; 3,5]", (Fraction(1, 2), Fraction(7, 2), "(]")),
        ("(-inf, 3]", ("-oo", 3, "(]")),
        ("(−∞, 3]", ("-oo", 3, "(]")),
        ("x ≤ 3", ("-oo", 3, "(]")),
        ("x > -2", (-2, "oo", "()")),
        ("[2, oo)", (2, "oo", "[)")),
        ("[2, ∞]", (2, "oo", "[)")),
        ("-∞ < x < ∞", ("-oo", "oo", "()")),
    ],
)
def test_ends_that_count(text: str, value: Value) -> None:
    assert ENDS.read(text).value == value


def test_ends_that_do_not_count() -> None:
    assert REAL.read("(0, 4)").value == REAL.read("[0, 4]").value == (0, 4, "[]")


def test_what_an_open_end_means_for_whole_numbers_is_shown() -> None:
    assert WHOLE.read("[0, 4)").shown == "[0, 4) = [0, 3]"
    assert WHOLE.read("0..3").notes == ("without brackets both ends are read as closed",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3", "an interval has two ends"),
        ("[3]", "an interval has two ends"),
        ("[0, 3", "there is no closing bracket for the '[' at character 1"),
        ("0, 3]", "unexpected ']' at character 5"),
        ("[0, 1, 2]", "unexpected ',' at character 6"),
        ("0 -3", "is this a dash or a sign?"),
        ("[0, 1,000]", "unexpected ',' at character 6"),
        ("0 < x > 4", "write one interval"),
        ("0 < x and y < 4", "write one interval"),
        ("0 < 4", "a name was expected, not '4'"),
        ("0 <", "a name is missing"),
        ("{0, 3}", "a number was expected, not '{'"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        WHOLE.read(text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("kind", "text", "verdict", "credit", "told"),
    [
        (WHOLE, "(1, 8)", "right", 1, "equals [2, 7]"),
        (WHOLE, "[2, 8]", "partial", "1/2", "the left end is right, the right end 8 is not 7"),
        (WHOLE, "(2, 7]", "partial", "1/2", "the left end 3 is not 2, the right end is right"),
        (WHOLE, "[3, 8]", "wrong", 0, "the whole is shifted by 1"),
        (WHOLE, "[7, 2]", "wrong", 0, "has the ends of [2, 7] exchanged"),
        (WHOLE, "x <= 7", "partial", "1/2", "the left end -inf is not 2"),
        (ENDS, "[2, 7]", "right", 1, "equals [2, 7]"),
        (ENDS, "[2, 7)", "partial", "3/4", "the right end is right in value, but must be closed"),
        (ENDS, "(2, 7)", "partial", "1/2", "the left end is right in value, but must be closed"),
        (ENDS, "(2, 6)", "partial", "1/4", "the right end 6 is not 7"),
    ],
)
def test_each_end_earns_its_half(
    kind: Interval, text: str, verdict: str, credit: str, told: str
) -> None:
    judged = kind.judge(kind.read(text), (2, 7, "[]"))
    assert (judged.verdict, judged.credit) == (verdict, Fraction(credit))
    assert told in judged.evidence


@pytest.mark.parametrize("raw", [(4, 3), (2, None, "[]"), ["-oo", Fraction(7, 2), "(]"]])
def test_values_survive_the_record(raw: Any) -> None:
    value = ENDS.coerce(raw)
    assert ENDS.unpack(ENDS.pack(value)) == value
    assert ENDS.read(ENDS.show(value)).value == value


def test_what_cannot_be_a_key() -> None:
    for kind, raw in ((WHOLE, (4, 3)), (ENDS, (3, 3, "[)")), (ENDS, ("oo", "oo"))):
        with pytest.raises(ValueError, match="is empty"):
            kind.check_key(kind.coerce(raw))
    WHOLE.check_key(WHOLE.coerce((3, 3)))
    with pytest.raises(ValueError, match="brackets"):
        ENDS.coerce((1, 2, "]["))
    with pytest.raises(TypeError, match="float"):
        ENDS.coerce((0.5, 2))


def test_the_kind_survives_the_record() -> None:
    assert kind_from(ENDS.to_dict()) == ENDS
    with pytest.raises(ValueError, match="needs no 'ends'"):
        Interval(integers=True, ends=True)


def test_tex() -> None:
    assert ENDS.tex(("-oo", Fraction(7, 2), "(]")) == r"(-\infty,\; \frac{7}{2}]"
