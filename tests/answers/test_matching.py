"""Reading and judging rows that are matched to printed options."""

from fractions import Fraction

import pytest

from examgen.answers import Matches, Unreadable, kind_from

KIND = Matches(count=4, rows=3)


@pytest.mark.parametrize(
    "text",
    ["1C 2A 3B", "1-C, 2-A, 3-B", "C A B", "CAB", "1: C; 2: A; 3: B", "1c2a3b",
     "1 = C\n2 = A\n3 = B",
     "3B 1C 2A", "(1) C (2) A (3) B", "1. C and 2. A and 3. B", "1→C, 2->A, 3→B", "C | A | B"],
)  # fmt: skip
def test_all_rows(text: str) -> None:
    assert KIND.read(text).value == (2, 0, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1C 3B", (2, -1, 1)), ("2A", (-1, 0, -1)), ("1C 2- 3B", (2, -1, 1)), ("1 2A 3", (-1, 0, -1))],
)
def test_blank_rows(text: str, value: tuple[int, ...]) -> None:
    reading = KIND.read(text)
    assert reading.value == value
    assert KIND.read(reading.shown).value == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("C A", "3 letters were expected, one a row, not 2; where rows stay blank"),
        ("1C 2E", "the letters are A to D, not 'E' at character 5"),
        ("1C 4A", "the rows are 1 to 3, not '4' at character 4"),
        ("1C 10A", "the rows are 1 to 3, not '1' at character 4"),
        ("1C 1A", "row 1 is given twice, again by '1' at character 4"),
        ("1CA", "row 1 has a second letter, in 'A' at character 3"),
        ("C1 A2 B3", "a row number was expected before 'C' at character 1"),
        ("1 2 3", "row numbers and letters were expected, such as 1D 2C"),
        ("1C 2C 3A", "C is given for rows 1 and 2, but each letter serves one row"),
        ("CCC", "C is given for rows 1, 2 and 3"),
        ("9" * 1500, "the rows are 1 to 3"),
    ],
)
def test_what_is_no_matching(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        KIND.read(text)
    assert message in error.value.message


def test_a_letter_may_serve_several_rows_where_the_item_says_so() -> None:
    kind = Matches(count=2, rows=3, reuse=True)
    assert kind.read("1A 2A 3B").value == (0, 0, 1)
    kind.check_key((0, 0, 1))
    assert "as often as it fits" in kind.hint()


@pytest.mark.parametrize(
    ("text", "per_row", "right_minus_wrong", "all_or_nothing"),
    [  # the key is 1A 2B 3C 4D
        ("ABCD", 1, 1, 1),
        ("ABDC", "1/2", 0, 0),
        ("1A 2B 3C", "3/4", "3/4", 0),
        ("1A 2B 3D", "1/2", "1/4", 0),
        ("1A 2C", "1/4", 0, 0),
        ("BADC", 0, 0, 0),
        ("1E", 0, 0, 0),
    ],
)
def test_scoring_rules(
    text: str, per_row: str, right_minus_wrong: str, all_or_nothing: str
) -> None:
    rules = {
        "per-row": per_row,
        "right-minus-wrong": right_minus_wrong,
        "all-or-nothing": all_or_nothing,
    }
    for scoring, credit in rules.items():
        kind = kind_from({"kind": "matches", "count": 5, "rows": 4, "scoring": scoring})
        judgement = kind.judge(kind.read(text), (0, 1, 2, 3))
        assert judgement.credit == Fraction(credit), scoring


def test_the_evidence_goes_by_rows() -> None:
    judgement = KIND.judge(KIND.read("1C 2B"), (2, 0, 1))
    assert judgement.verdict == "partial"
    assert judgement.evidence == "right: row 1; row 2 is A, not B; left blank: row 3"


def test_a_misconception_leaves_rows_open() -> None:
    exchanged = (0, 2, -1)
    assert KIND.judge(KIND.read("1A 2C 3B"), exchanged).verdict == "right"
    assert KIND.judge(KIND.read("1A 2C"), exchanged).verdict == "right"
    assert KIND.judge(KIND.read("1A 3B"), exchanged).credit == Fraction(1, 2)
    assert KIND.match((0, 2, 1), exchanged)
    assert not KIND.match((2, 0, 1), exchanged)


def test_between_the_item_model_and_the_paper() -> None:
    offered = [3, 1, 0, 2]
    printed = KIND.as_printed([2, None, 0], offered)
    assert printed == (3, -1, 2)  # the option declared third is printed as D
    assert KIND.as_declared(printed, offered) == [2, -1, 0]
    assert KIND.as_declared((-1, -1, 3), [0, 1, 2, 3]) == [-1, -1, 3]


def test_matchings_round_trip() -> None:
    kind = Matches(count=6, rows=3, scoring="right-minus-wrong", reuse=True)
    assert kind_from(kind.to_dict()) == kind
    assert KIND.pack((2, -1, 1)) == "C-B"
    assert KIND.unpack("C-B") == (2, -1, 1)
    assert KIND.show((2, -1, 1)) == "1C 3B"


def test_settings_and_values_that_cannot_be() -> None:
    for settings in (
        {"count": 2, "rows": 3},
        {"count": 3, "rows": 0},
        {"count": 3, "rows": 3, "scoring": "luck"},
    ):
        with pytest.raises(ValueError):
            kind_from({"kind": "matches", **settings})
    for key in ((0, 1, -1), (0, 0, 1), (0, 1, 4), (0, 1)):
        with pytest.raises(ValueError):
            KIND.check_key(key)
    for packed in ("CA", "CAE", 3, None):
        with pytest.raises(ValueError):
            KIND.unpack(packed)
