"""A student's own formula in later parts: as a tree in a formula, as a number in a number."""

from fractions import Fraction

import pytest

from examgen.bank.load import Bank
from examgen.exam.printing import printed_item
from examgen.grading.judge import judge_item
from examgen.grading.recompute import Recomputer
from examgen.resources import bundled


@pytest.fixture(scope="module")
def recompute():
    with Recomputer(bundled("question_bank")) as running:
        yield running


def judged(recompute, model, values, *responses):
    """The judgements of an item's parts, in order."""
    item = Bank(bundled("question_bank"))[model].at(**values)
    marks = {name: part.marks for name, part in item.declaration.parts.items()}
    printed = printed_item(
        item, question="q", number=1, title="T", marks=marks, bonus=False,
        shuffle=lambda part, count: list(range(count)),
    )  # fmt: skip
    columns = [part.column for part in printed.parts]
    given = dict(zip(columns, responses, strict=True))
    found = judge_item(printed, given, follow_through=Fraction(1, 2), recompute=recompute)
    return list(found.values())


STACK = ("receptive_field/stack_formula", {"K": 3, "L": 4, "C": 16})
SIZE = ("shapes/size_formula", {"W": 90, "K": 4, "S": 3, "P": 1, "D": 2})


def test_a_right_formula_in_other_words_is_no_rounded_answer(recompute):
    found = judged(recompute, *STACK, "1 + L + L", "C² (2L+1)²", "11520")
    assert [one.verdict for one in found] == ["right"] * 3


def test_a_misconception_is_carried_as_a_tree_and_then_as_a_number(recompute):
    found = judged(recompute, *STACK, "3L", "9 L^2 C^2", str((144 - 36) * 256))
    assert [one.verdict for one in found] == ["misconception", "follow-through", "follow-through"]
    assert "1.a = 3*L" in found[1].evidence


def test_any_wrong_formula_is_carried(recompute):
    found = judged(recompute, *STACK, "L^2 + 1", "C^2*(L^4 + 2L^2 + 1)", "0")
    assert [one.verdict for one in found] == ["wrong", "follow-through", "wrong"]


def test_a_number_of_an_own_formula_that_could_be_no_key_is_for_a_human(recompute):
    found = judged(recompute, *SIZE, "(W + 2P - 2K + 1)/S + 1", "88/3")
    assert [one.verdict for one in found] == ["misconception", "undecided"]
    assert "the key comes out as 88/3" in found[1].why


def test_an_own_formula_without_a_value_here_is_for_a_human(recompute):
    found = judged(recompute, *SIZE, "W/(S - 3)", "7")
    assert [one.verdict for one in found] == ["wrong", "undecided"]
    assert "has no value" in found[1].why


def test_an_own_formula_that_is_long(recompute):
    own = "+".join(f"L^{power}" for power in range(1, 60))
    found = judged(recompute, *STACK, own, f"C^2*({own})^2", "1")
    assert [one.verdict for one in found] == ["wrong", "follow-through", "wrong"]


def test_an_own_formula_that_grows_beyond_the_limits_is_for_a_human(recompute):
    own = "+".join(["L"] * 199)  # readable, but its square times C^2 has too many tokens
    found = judged(recompute, *STACK, own, "L C", "1")
    assert [one.verdict for one in found] == ["wrong", "undecided", "wrong"]
    assert "the key has no value" in found[1].why
