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
    ("key", "text", "all_or_nothing", "per_option", "right_minus_wrong"),
    [
        ("AC", "AC", 1, 1, 1),
        ("AC", "A", 0, "4/5", "1/2"),
        ("AC", "AB", 0, "3/5", 0),
        ("AC", "ABC", 0, "4/5", "1/2"),
        ("AC", "ABCD", 0, "3/5", 0),
        ("AC", "ABCDE", 0, "2/5", 0),  # two right minus three wrong is not below 0
        ("AC", "B", 0, "2/5", 0),
        ("AC", "BDE", 0, 0, 0),
        ("AC", "none", 0, "3/5", 0),
        ("none", "none", 1, 1, 1),
        ("none", "A", 0, "4/5", 0),  # nothing is right to choose
        ("ABCDE", "ABCDE", 1, 1, 1),
        ("ABCDE", "ABCD", 0, "4/5", "4/5"),
        ("ABCDE", "none", 0, 0, 0),
    ],
)
def test_scoring_rules(
    key: str, text: str, all_or_nothing: int, per_option: str, right_minus_wrong: str
) -> None:
    rules = {
        "all-or-nothing": all_or_nothing,
        "per-option": per_option,
        "right-minus-wrong": right_minus_wrong,
    }
    for scoring, credit in rules.items():
        kind = kind_from({"kind": "several_choices", "count": 5, "scoring": scoring})
        judgement = kind.judge(kind.read(text), kind.unpack(key))
        assert judgement.credit == Fraction(credit), scoring
        verdict = "right" if key == text else "partial" if Fraction(credit) else "wrong"
        assert judgement.verdict == verdict


def test_the_evidence_tells_what_is_wrongly_chosen_and_left() -> None:
    kind = SeveralChoices(5, "per-option")
    evidence = kind.judge(kind.read("ABD"), (1, 0, 1, 0, 0)).evidence
    assert evidence == "A, B, D is not right; wrongly chosen: B, D; wrongly left: C"


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
