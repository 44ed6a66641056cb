"""Responses that refer to printed options or claims: marks, misconceptions, follow-through."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.exam.printing import printed_item
from examgen.grading.judge import judge_item
from examgen.grading.recompute import Recomputer

MODEL = """
from examgen.items import *

class Printed(Item):
    topic = "printed"
    n = Int(2, 20)
    stem = "Let $n = <<n>>$."
    order = Ordering(
        [100, n, 3 * n], options=["a hundred", "<<n>>", "three times"], marks=2,
        prompt="Smallest first?",
        misconceptions=[Misconception("largest first", [-100, -n, -3 * n], "Not the largest.")],
    )
    place = IntegerEntry(
        lambda item: item.order[0] + 1, marks=1, prompt="In which place is a hundred?",
    )
    again = Ordering(
        lambda item: [item.order[0], 1], options=["p", "q"], marks=1,
        prompt="And these?",
    )
    pairs = Matching(
        rows=["one", "n", "two n"], options=["1", "n", "2n", "neither"], marks=3, prompt="Which?",
        misconceptions=[Misconception("n and 2n exchanged", [None, 2, 1], "Twice is $2n$.")],
    )
    size = TrueFalse(
        n + 1, claim=n + 2, marks=2, prompt="It is <<n + 2>>.", verdict_share="1/4",
        misconceptions=[
            Misconception("two more", n + 2, "One, not two."),
            Misconception("none more", n, "One more."),
        ],
    )
    area = IntegerEntry(size**2, marks=2, prompt="The area?")
    flags = MultipleResponse(
        lambda item: [item.size > 3, item.size > 12, item.size < 2], options=["a", "b", "c"],
        marks=3, prompt="Which hold?",
    )
    count = IntegerEntry(lambda item: sum(item.flags), marks=1, prompt="How many hold?")
    taught = TrueFalse("They are learned.", marks=2, prompt="Designed by hand.")
    who = TrueFalse(
        "Fukushima", claim="LeCun", entry=ShortText, forms={"Fukushima": ["K. Fukushima"]},
        marks=2, prompt="It was LeCun.",
    )
    word = ShortText(
        "equivariant", forms={"linear": []}, marks=1, prompt="Word?", slips="review",
        misconceptions=[Misconception("stays", "invariant", "It moves.")],
    )
    solution = "None."
"""


@pytest.fixture(scope="module")
def judge(tmp_path_factory):
    """Judges responses by the part's name to the item n = 10, its options printed last to first."""
    folder = tmp_path_factory.mktemp("items")
    (folder / "printed.py").write_text(MODEL, "utf-8")
    item = Bank(folder)["printed"].at(n=10)
    printed = printed_item(
        item, question="q", number=1, title="t", bonus=False,
        marks={name: part.marks for name, part in item.declaration.parts.items()},
        shuffle=lambda part, count: list(range(count))[::-1],
    )  # fmt: skip
    columns = {part.name: part.column for part in printed.parts}
    with Recomputer(folder) as recompute:

        def judged(**responses):
            found = judge_item(
                printed,
                {columns[name]: text for name, text in responses.items()},
                follow_through=Fraction(1, 2),
                recompute=recompute,
            )
            return {name: found[name] for name in responses}

        yield judged


def found(judged):
    return judged.verdict, judged.credit


def test_an_order(judge):
    # printed: A three times (30), B 10, C a hundred
    assert found(judge(order="BAC")["order"]) == ("right", 1)
    assert found(judge(order="B, C, A")["order"]) == ("partial", Fraction(2, 3))
    named = judge(order="CAB")["order"]
    assert found(named) == ("misconception", 0)
    assert named.reason == "largest first: Not the largest."
    assert "A must come before C" in named.evidence


def test_an_order_that_may_be_meant_the_other_way_round_is_for_a_human(judge):
    assert found(judge(order="B < A < C")["order"]) == ("right", 1)
    turned = judge(order="C > A > B")["order"]
    assert (turned.verdict, turned.credit, turned.suggested) == ("undecided", None, 1)
    assert "ambiguous" in turned.why


def test_an_incomplete_order_is_for_a_human(judge):
    partial = judge(order="B, A")["order"]
    assert (partial.verdict, partial.credit) == ("unreadable", None)
    assert "missing: C" in partial.reason


def test_later_parts_follow_from_an_order(judge):
    assert found(judge(order="BAC", place="3")["place"]) == ("right", 1)
    follows = judge(order="BCA", place="2")["place"]  # a hundred in the second place
    assert found(follows) == ("follow-through", Fraction(1, 2))
    assert "1.a = B, C, A" in follows.evidence
    assert found(judge(order="B", place="2")["place"]) == ("wrong", 0)


def test_an_order_follows_from_an_order(judge):
    # the rank of a hundred is put in order with 1; printed: A that 1, B the rank
    assert found(judge(order="BAC", again="AB")["again"]) == ("right", 1)
    follows = judge(order="CBA", again="BA")["again"]
    assert found(follows) == ("follow-through", Fraction(1, 2))
    tied = judge(order="BCA", again="BA")["again"]
    assert (tied.verdict, tied.credit) == ("undecided", None)
    assert "has no value" in tied.why


def test_a_matching(judge):
    # printed: A neither, B 2n, C n, D 1
    assert found(judge(pairs="1D 2C 3B")["pairs"]) == ("right", 1)
    assert found(judge(pairs="1D 2C")["pairs"]) == ("partial", Fraction(2, 3))
    assert found(judge(pairs="D A B")["pairs"]) == ("partial", Fraction(2, 3))
    for text in ("DBC", "2B 3C", "1A 2B 3C"):
        named = judge(pairs=text)["pairs"]
        assert (named.verdict, named.names) == ("misconception", ("n and 2n exchanged",))
    assert judge(pairs="DBC")["pairs"].credit == Fraction(1, 3)


def test_a_claim(judge):
    assert found(judge(size="false: 11")["size"]) == ("right", 1)
    assert found(judge(size="F")["size"]) == ("partial", Fraction(1, 4))
    assert found(judge(size="F: 99")["size"]) == ("partial", Fraction(1, 4))


def test_misconceptions_of_a_claim(judge):
    believer = judge(size="true")["size"]
    assert (believer.verdict, believer.credit, believer.names) == (
        "misconception",
        0,
        ("two more",),
    )
    corrected = judge(size="false: 10")["size"]
    assert (corrected.credit, corrected.names) == (Fraction(1, 4), ("none more",))


def test_a_correction_that_cannot_be_read_waits_with_the_share_of_the_verdict(judge):
    for part, text, why in (
        ("size", "false: many", "could not be read"),
        ("taught", "F: no", "human"),
    ):
        waiting = judge(**{part: text})[part]
        assert (waiting.verdict, waiting.credit) == ("undecided", None)
        assert waiting.suggested == Fraction(1, 4 if part == "size" else 2)
        assert why in waiting.why


def test_a_claim_in_words(judge):
    assert found(judge(who="F: K Fukushma")["who"]) == ("right", 1)
    assert found(judge(who="F: LeCun")["who"]) == ("partial", Fraction(1, 2))  # the claim itself
    assert judge(who="F: Hinton")["who"].verdict == "undecided"
    assert found(judge(who="T")["who"]) == ("wrong", 0)


def test_later_parts_follow_from_a_claim(judge):
    assert found(judge(size="false: 11", area="121")["area"]) == ("right", 1)
    assert found(judge(size="false: 9", area="81")["area"]) == ("follow-through", Fraction(1, 2))
    believer = judge(size="true", area="144")["area"]  # who says true holds 12 right
    assert found(believer) == ("follow-through", Fraction(1, 2))
    assert found(judge(size="false", area="144")["area"]) == ("wrong", 0)


def test_several_choices_follow_and_are_followed(judge):
    # printed: A c, B b, C a; with 11 only a holds, with 13 a and b
    assert found(judge(size="F: 11", flags="C")["flags"]) == ("right", 1)
    follows = judge(size="F: 13", flags="BC", count="2")
    assert found(follows["flags"]) == ("follow-through", Fraction(1, 2))
    assert found(follows["count"]) == ("follow-through", Fraction(1, 2))


def test_a_word(judge):
    assert found(judge(word="Equivariant")["word"]) == ("right", 1)
    named = judge(word="invariant")["word"]
    assert (named.verdict, named.reason) == ("misconception", "stays: It moves.")
    slip = judge(word="equivarient")["word"]
    assert (slip.verdict, slip.credit, slip.suggested) == ("undecided", None, 1)
    other = judge(word="stationary")["word"]
    assert (other.verdict, other.credit) == ("undecided", None)
    assert found(judge(word="linear")["word"]) == ("wrong", 0)
