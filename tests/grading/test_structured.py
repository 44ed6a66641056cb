"""Answers that are more than a number, from the record to the mark, with their follow-through."""

from fractions import Fraction
from pathlib import Path

import pytest

from examgen.bank.load import Bank
from examgen.exam.printing import printed_item
from examgen.exam.record import Form, from_line, to_line
from examgen.grading.judge import judge_item
from examgen.grading.recompute import Recomputer

MODEL = """
from examgen import *

class Kinds(Item):
    W = Int(8, 20)
    stem = "<<W>>"
    memory = QuantityEntry(W * 1000, unit="B", whole=True, marks=1, prompt="?",
        misconceptions=[Misconception("bits", W * 8000, "A byte has 8 bits.")])
    kilo = QuantityEntry(memory / 1000, unit="kB", digits=2, marks=1, prompt="?")
    seen = IntervalEntry((W, W + 4), marks=1, prompt="?")
    width = IntegerEntry(seen.high - seen.low + 1, marks=1, prompt="?")
    below = IntervalEntry((2 * seen.low, 2 * seen.high), marks=1, prompt="?")
    factors = VectorPairEntry(([1, W], [1, 0, 2]), marks=1, prompt="?")
    corner = IntegerEntry(lambda item: item.factors[0][0] * item.factors[1][0], marks=1, prompt="?")
    pairs = SetEntry([(1, W), (2, W)], names=("a", "b"), marks=1, prompt="?")
    count = IntegerEntry(lambda item: len(item.pairs), marks=1, prompt="?")
    solution = "."
"""
NAMES = ("memory", "kilo", "seen", "width", "below", "factors", "corner", "pairs", "count")


@pytest.fixture(scope="module")
def mark(tmp_path_factory):
    """The judgements of some responses by part name, the others being blank."""
    folder: Path = tmp_path_factory.mktemp("items")
    (folder / "kinds.py").write_text(MODEL, "utf-8")
    item = Bank(folder)["kinds"].at(W=10)
    printed = printed_item(
        item,
        question="kinds",
        number=1,
        title="Kinds",
        marks={name: part.marks for name, part in item.declaration.parts.items()},
        bonus=False,
        shuffle=lambda part, count: list(range(count)),
    )
    form = from_line(to_line(Form(1, "22222-2222K", "s1", "One", 1, 0, (printed,))))
    columns = {part.name: part.column for part in form.items[0].parts}
    with Recomputer(folder) as recompute:
        yield lambda **responses: judge_item(
            form.items[0],
            {columns[name]: text for name, text in responses.items()},
            follow_through=Fraction(1, 2),
            recompute=recompute,
        )


def test_right_answers(mark) -> None:
    judged = mark(
        memory="10 kB", kilo="10", seen="10..14", width="5", below="[20, 28]",
        factors="u = [2, 20], v = [1/2, 0, 1]", corner="1", pairs="(2,10) (1,10)", count="2",
    )  # fmt: skip
    assert {name: one.verdict for name, one in judged.items()} == dict.fromkeys(NAMES, "right")
    assert judged["memory"].shown == "10 kB = 10000 B"


def test_a_quantity_is_carried_in_the_unit_asked_for(mark) -> None:
    judged = mark(memory="12 kB", kilo="12 kB")
    assert (judged["kilo"].verdict, judged["kilo"].credit) == ("follow-through", Fraction(1, 2))
    assert "1.a = 12 kB = 12000 B" in judged["kilo"].evidence


def test_a_misconception_may_be_written_in_another_unit(mark) -> None:
    assert mark(memory="80 kB")["memory"].names == ("bits",)
    assert mark(memory="10 kbit")["memory"].verdict == "wrong"


def test_an_interval_is_carried(mark) -> None:
    judged = mark(seen="[10, 16)", width="6", below="20 <= x <= 30")
    assert (judged["seen"].verdict, judged["seen"].credit) == ("partial", Fraction(1, 2))
    assert judged["width"].verdict == judged["below"].verdict == "follow-through"
    assert "1.c = [10, 16) = [10, 15]" in judged["width"].evidence


def test_an_empty_or_endless_interval_is_not_carried(mark) -> None:
    exchanged = mark(seen="[14, 10]", width="-3")["width"]
    assert exchanged.verdict == "wrong"
    assert "is not carried forward" in exchanged.evidence
    endless = mark(seen="x >= 10", width="5")
    assert endless["width"].verdict == "right"


def test_a_pair_of_vectors_is_carried_as_the_pair_that_stands_for_it(mark) -> None:
    judged = mark(factors="[3, 30] and [1, 0, 2]", corner="3")
    assert judged["factors"].credit == Fraction(1, 2)
    assert judged["corner"].verdict == "follow-through"
    assert mark(factors="[0, 0] and [1, 0, 2]", corner="0")["corner"].verdict == "wrong"


def test_a_set_is_carried(mark) -> None:
    judged = mark(pairs="(1,10)", count="1")
    assert (judged["pairs"].verdict, judged["pairs"].credit) == ("partial", Fraction(1, 2))
    assert judged["count"].verdict == "follow-through"


def test_an_empty_set_is_carried(mark) -> None:
    judged = mark(pairs="none", count="0")
    assert (judged["pairs"].verdict, judged["count"].verdict) == ("wrong", "follow-through")


def test_what_cannot_be_read_waits_for_a_person(mark) -> None:
    judged = mark(memory="10 apples", seen="10", factors="[1, 2]", pairs="1, 10, 2, 10")
    for name in ("memory", "seen", "factors", "pairs"):
        assert (judged[name].verdict, judged[name].credit) == ("unreadable", None)
