"""Open answers: any that the item model accepts is right, and what it cannot judge waits."""

import pytest

from examgen.bank import Bank
from examgen.grading.trial import trial

MODEL = """
from examgen import *

class Split(Item):
    n = Int(6, 12)
    stem = "<<n>>"
    solution = "<<pair>>"

    def right(self, pair):
        if pair[0] == 999:
            while True:
                pass
        return pair[0] + pair[1] == self.n and 0 < pair[0] < self.n

    pair = VectorEntry([1, n - 1], accepts=right, marks=2, prompt="?", carries=(0, 999),
        misconceptions=[Misconception("product", [1, n], "Their *sum* is asked for.")])
    first = IntegerEntry(10 * pair[0], marks=1, prompt="Ten times the first?")

    def near(self, number):
        return abs(number - self.pair[0]) <= 2

    close = IntegerEntry(pair[0] + 1, accepts=near, marks=1, prompt="A number near the first?")

    def oracle(self):
        return {"pair": [2, self.n - 2], "first": sum([self.pair[0]] * 10), "close": 1}
"""


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("open")
    (folder / "split.py").write_text(MODEL, encoding="utf-8")
    return Bank(folder)


def judged(bank, *responses):
    """The verdicts by part, for n = 8."""
    return trial(bank, "split", rank=2, responses=responses).judged


@pytest.mark.parametrize("pair", ["1, 7", "7, 1", "(3, 5)"])
def test_any_right_answer_is_right(bank, pair):
    one = judged(bank, f"pair={pair}")["pair"]
    assert (one.verdict, one.credit) == ("right", 1)


@pytest.mark.parametrize("pair", ["1, 6", "0, 8", "8, 0", "-1, 9", "1000000000000, 1"])
def test_what_is_not_accepted_earns_nothing(bank, pair):
    one = judged(bank, f"pair={pair}")["pair"]
    assert (one.verdict, one.credit) == ("wrong", 0)
    assert "is not right; " in one.evidence and "7] would be" in one.evidence


def test_a_misconception_is_named(bank):
    assert judged(bank, "pair=1, 8")["pair"].names == ("product",)


def test_later_parts_follow_the_answer_that_was_given(bank):
    both = judged(bank, "pair=3, 5", "first=30")
    assert both["pair"].verdict == "right"
    assert (both["first"].verdict, both["first"].credit) == ("right", 1)
    assert both["first"].reason == "Right, from your own answer."


def test_an_open_answer_follows_from_an_earlier_one(bank):
    assert judged(bank, "close=3")["close"].verdict == "right"
    assert judged(bank, "close=8")["close"].verdict == "wrong"
    assert judged(bank, "pair=7, 2", "close=8")["close"].verdict == "follow-through"


def test_what_takes_too_long_to_judge_waits_for_a_human(bank):
    one = judged(bank, "pair=999, 1")["pair"]
    assert one.credit is None
    assert "whether this answer is right takes too long" in one.why


def test_another_shape_waits_for_a_human(bank):
    assert judged(bank, "pair=1, 3, 4")["pair"].credit is None
