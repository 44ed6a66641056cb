"""Reading and judging true or false with a correction."""

from fractions import Fraction

import pytest

from examgen.answers import (
    Decimal,
    EssayText,
    Formula,
    Integer,
    Shape,
    TrueOrFalse,
    Unreadable,
    Words,
    kind_from,
)
from examgen.equivalence import Variable

SIZE = TrueOrFalse(Integer())


@pytest.mark.parametrize("text", ["true", "T", "TRUE", "t.", " True ", "correct", "right"])
def test_true(text: str) -> None:
    assert SIZE.read(text).value == (1,)


@pytest.mark.parametrize("text", ["false", "F", "FALSE", "f.", "wrong", "incorrect", "false:"])
def test_false_alone(text: str) -> None:
    assert SIZE.read(text).value == (0,)


@pytest.mark.parametrize(
    "text", ["false: 54", "F: 54", "false 54", "False, 54", "F=54", "false; 54.", "false - 54",
             "false → 54", "F. 54", "false\n54", "false: O = 54"],
)  # fmt: skip
def test_false_with_a_correction(text: str) -> None:
    if text.endswith("."):
        text = text[:-1]
    assert SIZE.read(text).value == (0, 54)


@pytest.mark.parametrize(
    ("letters", "right", "wrong", "unread"),
    [(("D", "Y"), "D d. T", "Y y F", "R W"), (("WR", "F"), "W r T", "F f.", "D Y")],
)
def test_the_letters_of_a_language(
    letters: tuple[str, str], right: str, wrong: str, unread: str
) -> None:
    kind = TrueOrFalse(Integer(), letters=letters)
    assert {kind.read(letter).value for letter in right.split()} == {(1,)}
    assert {kind.read(letter).value for letter in wrong.split()} == {(0,)}
    assert kind.read(f"{letters[1]}: 54").value == (0, 54)
    for letter in unread.split():
        with pytest.raises(Unreadable):
            kind.read(letter)
    assert kind_from(kind.to_dict()) == kind
    assert kind.to_dict()["letters"] == list(letters)
    assert "letters" not in SIZE.to_dict()


@pytest.mark.parametrize("letter", ["D", "Y", "W", "R"])
def test_in_english_the_letters_of_other_languages_are_unread(letter: str) -> None:
    with pytest.raises(Unreadable):
        SIZE.read(letter)


def test_a_sign_and_a_point_belong_to_the_correction() -> None:
    assert SIZE.read("false -54").value == (0, -54)


@pytest.mark.parametrize("text", ["false -54", "false-54", "F −54"])
def test_a_dash_before_the_correction_may_be_no_sign(text: str) -> None:
    assert [other.shown for other in SIZE.read(text).alternatives] == ["false: 54"]
    assert SIZE.read(f"{text[:-3]}: {text[-3:]}").alternatives == ()
    assert SIZE.read("false: -54").value == (0, -54)
    assert TrueOrFalse(Decimal(places=1)).read("false .5").value == (0, Fraction(1, 2))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("54", "'true' or 'false' was expected first, not '5' at character 1"),
        ("maybe", "'true' or 'false' was expected first, not 'm' at character 1"),
        ("true: 54", "after 'true' nothing was expected, but '5' at character 7"),
        ("tru", "'true' or 'false' was expected first"),
    ],
)
def test_what_is_neither(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        SIZE.read(text)
    assert message in error.value.message


HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "key", "verdict", "credit"),
    [
        ("true", (1,), "right", 1),
        ("false: 54", (1,), "wrong", 0),
        ("false", (1,), "wrong", 0),
        ("false: nonsense", (1,), "wrong", 0),  # the verdict is wrong whatever it says
        ("true", (0, 54), "wrong", 0),
        ("false: 54", (0, 54), "right", 1),
        ("false", (0, 54), "partial", HALF),
        ("false: 55", (0, 54), "partial", HALF),
        ("false: nonsense", (0, 54), "undecided", HALF),
    ],
)
def test_judging(text: str, key: tuple[int, ...], verdict: str, credit: Fraction) -> None:
    judgement = SIZE.judge(SIZE.read(text), key)
    assert (judgement.verdict, judgement.credit) == (verdict, credit)


@pytest.mark.parametrize(("share", "credits"), [(0, [0, 1]), ("1/4", ["1/4", 1]), (1, [1, 1])])
def test_the_share_of_the_verdict(share: str, credits: list[str]) -> None:
    kind = TrueOrFalse(Integer(), Fraction(share))
    found = [kind.judge(kind.read(text), (0, 54)).credit for text in ("false: 9", "false: 54")]
    assert found == [Fraction(one) for one in credits]


def test_partial_credit_of_the_correction_counts_within_its_share() -> None:
    kind = TrueOrFalse(Decimal(places=2, imprecise_credit=HALF))
    judgement = kind.judge(kind.read("false: 1.2"), (0, Fraction(123, 100)))
    assert (judgement.verdict, judgement.credit) == ("imprecise", Fraction(3, 4))


def test_corrections_of_other_kinds() -> None:
    shape = TrueOrFalse(Shape(("H", "W")))
    assert shape.judge(shape.read("false: 5 x 6"), (0, (5, 6))).verdict == "right"
    words = TrueOrFalse(Words((("max pooling",), ("average pooling",))))
    assert words.judge(words.read("F: Max-Pooling"), (0, "max pooling")).verdict == "right"
    formula = TrueOrFalse(Formula((Variable("W"), Variable("S"))))
    assert formula.judge(formula.read("false: 1 + W/S"), (0, "W/S + 1")).verdict == "right"
    other = formula.judge(formula.read("false: W/S"), (0, "W/S + 1"))
    assert (other.verdict, other.credit) == ("partial", HALF)


def test_a_correction_in_free_text_is_for_a_human() -> None:
    kind = TrueOrFalse(EssayText(), Fraction(1, 3))
    key = (0, "They are learned.")
    judgement = kind.judge(kind.read("false: no, by learning"), key)
    assert (judgement.verdict, judgement.credit) == ("undecided", Fraction(1, 3))
    assert kind.judge(kind.read("true"), key).verdict == "wrong"
    assert kind.judge(kind.read("false"), key).credit == Fraction(1, 3)


def test_between_the_item_model_and_the_paper() -> None:
    assert SIZE.as_printed(54, [54]) == (1,)
    assert SIZE.as_printed(54, [55]) == (0, 54)
    assert SIZE.as_declared((1,), [55]) == 55  # who says true holds the claim right
    assert SIZE.as_declared((0, 7), [55]) == 7
    assert SIZE.as_declared((0,), [55]) is None
    free = TrueOrFalse()
    assert free.as_printed(1, []) == (1,)
    assert free.as_printed("no", []) == (0, "no")


def test_values_round_trip() -> None:
    kind = TrueOrFalse(Shape(("H", "W")), Fraction(1, 3))
    assert kind_from(kind.to_dict()) == kind
    for value in ((1,), (0, (5, 6))):
        assert kind.unpack(kind.pack(value)) == value == kind.read(kind.show(value)).value
    assert kind.show((0, (5, 6))) == "false: 5 x 6"


def test_how_to_type_it() -> None:
    assert SIZE.hint() == "true, or false with a whole number, such as false: 12"
    assert SIZE.read("false: 12").value == (0, 12)


def test_values_that_cannot_be_keys() -> None:
    for value in ((0,), (2,), (1, 54), (0, 1, 2), (), 1, (0, "text")):
        with pytest.raises((TypeError, ValueError)):
            SIZE.check_key(value)
    with pytest.raises(ValueError):
        TrueOrFalse(Integer(), Fraction(3, 2))
