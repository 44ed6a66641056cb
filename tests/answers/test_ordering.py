"""Reading and judging the order of printed options."""

from fractions import Fraction

import pytest

from examgen.answers import Order, Unreadable, kind_from

CADB = (2, 0, 3, 1)


@pytest.mark.parametrize(
    "text",
    ["C, A, D, B", "CADB", "c a d b", "C-A-D-B", "C → A → D → B", "C -> A -> D -> B",
     "(C)(A)(D)(B)", "C; A; D and B", "C\nA\nD\nB", "C–A–D–B"],
)  # fmt: skip
def test_an_order(text: str) -> None:
    reading = Order(4).read(text)
    assert reading.value == CADB
    assert reading.alternatives == ()


@pytest.mark.parametrize("text", ["C > A > D > B", "C<A<D<B", "C ≤ A ≤ D ≤ B"])
def test_signs_between_letters_leave_the_direction_open(text: str) -> None:
    reading = Order(4).read(text)
    assert reading.value == CADB
    assert [other.value for other in reading.alternatives] == [(1, 3, 0, 2)]
    assert "taken as the first" in reading.notes[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("C, A", "an order gives each letter of A to D once; missing: B, D"),
        ("C, A, A, B", "given more than once: A; missing: D"),
        ("ABCDA", "given more than once: A"),
        ("A, B, C, E", "the letters are A to D, not 'E' at character 10"),
        ("1, 2, 3, 4", "the letters are A to D, not '1' at character 1"),
        ("A < B > C < D", "< and > in one answer"),
        ("А, B, C, D", "cyrillic capital letter a"),
        ("A" * 3000, "at most 2000 are read"),
    ],
)
def test_what_is_no_order(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        Order(4).read(text)
    assert message in error.value.message


@pytest.mark.parametrize(
    ("text", "all_or_nothing", "longest", "pairs"),
    [  # the key is ABCDE
        ("ABCDE", 1, 1, 1),
        ("BACDE", 0, "3/4", "9/10"),
        ("BCDEA", 0, "3/4", "6/10"),  # one option far away: little is lost in common, many pairs
        ("EABCD", 0, "3/4", "6/10"),
        ("CDEAB", 0, "2/4", "4/10"),
        ("BADCE", 0, "2/4", "8/10"),
        ("EDCAB", 0, "1/4", "1/10"),
        ("EDCBA", 0, 0, 0),
    ],
)
def test_scoring_rules(text: str, all_or_nothing: int, longest: str, pairs: str) -> None:
    rules = {"all-or-nothing": all_or_nothing, "longest-common": longest, "pairs": pairs}
    for scoring, credit in rules.items():
        kind = kind_from({"kind": "order", "count": 5, "scoring": scoring})
        judgement = kind.judge(kind.read(text), (0, 1, 2, 3, 4))
        assert judgement.credit == Fraction(credit), scoring
        verdict = "right" if text == "ABCDE" else "partial" if Fraction(credit) else "wrong"
        assert judgement.verdict == verdict


def test_the_evidence_names_what_stands_wrong() -> None:
    kind = Order(4)
    judgement = kind.judge(kind.read("C A D B"), (0, 1, 2, 3))
    assert judgement.evidence == (
        "C, A, D, B is not right: A must come before C, B must come before D"
    )
    assert kind.judge(kind.read("A B C D"), (0, 1, 2, 3)).evidence == "A, B, C, D is right"


def test_between_the_item_model_and_the_paper() -> None:
    kind = Order(4)
    offered = [3, 1, 0, 2]  # A is the option declared last, and so on
    ranks = [2, 0, 3, 1]  # the option declared second comes first
    printed = kind.as_printed(ranks, offered)
    assert printed is not None
    assert [offered[at] for at in printed] == [1, 3, 0, 2]  # from rank 0 to rank 3
    assert kind.as_declared(printed, offered) == ranks
    with pytest.raises(ValueError):
        kind.as_printed(ranks, [1, 1, 0, 0])  # an old record, which does not tell the places


def test_orders_round_trip() -> None:
    kind = Order(4, "longest-common")
    assert kind_from(kind.to_dict()) == kind
    assert kind.pack(CADB) == "CADB"
    assert kind.unpack("CADB") == CADB == kind.read(kind.show(CADB)).value
    assert "D, A, B, C" in kind.hint()


def test_settings_and_values_that_cannot_be() -> None:
    for settings in ({"count": 1}, {"count": 27}, {"count": 3, "scoring": "luck"}):
        with pytest.raises(ValueError):
            kind_from({"kind": "order", **settings})
    for packed in ("CAD", "CADD", "CADE", 3, None, ["C"]):
        with pytest.raises(ValueError):
            Order(4).unpack(packed)
