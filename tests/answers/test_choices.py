"""Reading and judging choices, and keeping essays."""

from fractions import Fraction

import pytest

from examgen.answers import EssayText, OneChoice, SeveralChoices, Unreadable, is_blank, kind_from


@pytest.mark.parametrize("text", ["B", "b", "(B)", "B)", "b.", "[b]", "answer: B", " B\n"])
def test_one_letter(text: str) -> None:
    assert OneChoice(4).read(text).value == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("E", "the letters are A to D, not 'E' at character 1"),
        ("AC", "choose one letter of A to D; this has 2 letters"),
        ("2", "the letters are A to D"),
        ("В", "cyrillic capital letter ve"),
        ("#NAME?", "spreadsheet"),
    ],
)
def test_what_is_no_letter(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        OneChoice(4).read(text)
    assert message in error.value.message


@pytest.mark.parametrize("text", ["A, C", "AC", "a c", "A and C", "C;A", "(A)(C)", "A\nC", "A+C"])
def test_several_letters(text: str) -> None:
    assert SeveralChoices(5).read(text).value == (1, 0, 1, 0, 0)


def test_none_of_several() -> None:
    assert SeveralChoices(3).read("None").value == (0, 0, 0)
    assert SeveralChoices(3).pack((0, 0, 0)) == "none"


@pytest.mark.parametrize(
    ("scoring", "text", "credit"),
    [
        ("all-or-nothing", "AC", 1),
        ("all-or-nothing", "A", 0),
        ("per-option", "A", Fraction(4, 5)),
        ("per-option", "BDE", 0),
        ("right-minus-wrong", "A", Fraction(1, 2)),
        ("right-minus-wrong", "AB", 0),
        ("right-minus-wrong", "ABC", Fraction(1, 2)),
        ("right-minus-wrong", "BDE", 0),
    ],
)
def test_scoring_rules(scoring: str, text: str, credit: Fraction) -> None:
    kind = kind_from({"kind": "several_choices", "count": 5, "scoring": scoring})
    assert kind.judge(kind.read(text), (1, 0, 1, 0, 0)).credit == credit


def test_choices_round_trip() -> None:
    one, several = OneChoice(26), SeveralChoices(4)
    for position in range(26):
        assert one.read(one.show(position)).value == position == one.unpack(one.pack(position))
    for bits in range(16):
        value = tuple(bits >> at & 1 for at in range(4))
        assert several.read(several.show(value)).value == value
        assert several.unpack(several.pack(value)) == several.coerce([bool(one) for one in value])
    for kind in (one, several, EssayText()):
        assert kind_from(kind.to_dict()) == kind


def test_settings_and_values_that_cannot_be() -> None:
    with pytest.raises(ValueError):
        OneChoice(27)
    with pytest.raises(ValueError):
        kind_from({"kind": "several_choices", "count": 3, "scoring": "luck"})
    with pytest.raises(ValueError):
        OneChoice(4).coerce(4)
    with pytest.raises(ValueError):
        SeveralChoices(3).coerce((1, 2, 0))
    with pytest.raises(ValueError):
        SeveralChoices(3).unpack("AE")


def test_essays_are_kept_for_a_human() -> None:
    kind = EssayText()
    reading = kind.read("Weights are shared.\r\nAlways\x00.")
    assert reading.value == "Weights are shared.\nAlways\x00."
    assert "\x00" not in reading.shown and "U+0000" in reading.shown
    assert kind.by_hand
    with pytest.raises(TypeError):
        kind.judge(reading, "")


def test_blanks() -> None:
    assert all(map(is_blank, ("", "  \n", "-", "–", "—", "\u00a0", "\ufeff", " " * 10**6)))
    assert not any(map(is_blank, ("0", "--", "none", "x" * 10**6)))
