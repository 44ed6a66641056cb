"""Marking rules with literal totals."""

from fractions import Fraction

import pytest

from examgen.errors import ExamgenError
from examgen.exam.grouping import Choose
from examgen.exam.marking import Marking
from examgen.grading.totals import Answered, counted, part_marks, question_marks, total_marks


@pytest.mark.parametrize(
    ("credit", "out_of", "step", "marks"),
    [
        (
            Fraction(1),
            Fraction(7, 3),
            Fraction(1, 2),
            Fraction(7, 3),
        ),  # full credit: all marks
        (Fraction(1, 2), Fraction(3), Fraction(1, 2), Fraction(3, 2)),
        (Fraction(1, 4), Fraction(3), Fraction(1, 2), Fraction(1)),  # 0.75 is half way and goes up
        (Fraction(1, 3), Fraction(2), Fraction(1, 2), Fraction(1, 2)),  # 0.67
        (Fraction(1, 3), Fraction(2), Fraction(1), Fraction(1)),
        (Fraction(3, 5), Fraction(1), Fraction(1, 4), Fraction(1, 2)),
        (Fraction(9, 10), Fraction(1, 3), Fraction(1), Fraction(0)),
        (Fraction(99, 100), Fraction(3, 4), Fraction(1, 2), Fraction(1, 2)),
        (
            Fraction(9, 10),
            Fraction(3, 4),
            Fraction(1),
            Fraction(3, 4),
        ),  # not above
        (Fraction(0), Fraction(3), Fraction(1, 2), Fraction(0)),
    ],
)
def test_marks_go_in_steps_half_up(credit, out_of, step, marks):
    assert part_marks(credit, out_of, choice=False, rules=Marking(step=step)) == marks


@pytest.mark.parametrize(
    ("penalty", "floor", "marks"),
    [
        (Fraction(0), "none", Fraction(0)),
        (Fraction(1, 4), "none", Fraction(-1)),
        (Fraction(1, 4), "question", Fraction(-1)),
        (Fraction(1, 4), "part", Fraction(0)),
        (Fraction(1, 3), "none", Fraction(-3, 2)),  # -1.33 to halves
    ],
)
def test_a_wrong_choice_loses_the_penalty(penalty, floor, marks):
    rules = Marking(penalty=penalty, floor=floor)
    assert part_marks(Fraction(0), Fraction(4), choice=True, rules=rules) == marks


def test_the_floor_stops_negative_marks():
    parts = [Fraction(-2), Fraction(1)]
    assert question_marks(parts, Marking(floor="question")) == 0
    assert question_marks(parts, Marking(floor="exam")) == -1
    both = {"a": Fraction(-3), "b": Fraction(1)}
    assert total_marks(both, Marking(floor="exam"), out_of=Fraction(10)) == 0
    assert total_marks(both, Marking(floor="none"), out_of=Fraction(10)) == -2


def test_bonus_counts_up_to_the_cap_and_the_total_is_rounded_once():
    questions = {"a": Fraction(9), "bonus": Fraction(4)}
    assert total_marks(questions, Marking(), out_of=Fraction(10)) == 10
    assert total_marks(questions, Marking(cap=Fraction(12)), out_of=Fraction(10)) == 12
    assert total_marks(questions, Marking(cap=Fraction(20)), out_of=Fraction(10)) == 13
    thirds = {"a": Fraction(1, 3), "b": Fraction(1, 3)}
    assert total_marks(thirds, Marking(), out_of=Fraction(10)) == Fraction(1, 2)  # 0.67
    assert total_marks(thirds, Marking(rounding=None), out_of=Fraction(10)) == Fraction(2, 3)


QUESTIONS = [
    Answered("one", 1, Fraction(5), True),
    Answered("two", 2, Fraction(1), True),
    Answered("three", 3, Fraction(4), True),
    Answered("four", 4, Fraction(0), False),
]


@pytest.mark.parametrize(
    ("take", "count", "declared", "names"),
    [
        ("best", 1, "", {"one", "three"}),
        ("best", 2, "", {"one", "two", "three"}),
        ("first", 1, "", {"one", "two"}),
        ("declared", 1, "3", {"one", "three"}),
        ("declared", 1, "Three", {"one", "three"}),
        ("declared", 2, "4; 2", {"one", "two", "four"}),
        ("declared", 2, "3", {"one", "two", "three"}),
        ("declared", 1, "", {"one", "two"}),
        ("best", 1, "nonsense is not looked at", {"one", "three"}),
    ],
)
def test_choosing_k_of_n(take, count, declared, names):
    choices = [Choose(("two", "three", "four"), count, take)]
    assert counted(QUESTIONS, choices, declared=declared) == names


def test_of_equal_questions_the_earlier_counts():
    equal = [Answered("b", 2, Fraction(3), True), Answered("a", 1, Fraction(3), True)]
    assert counted(equal, [Choose(("a", "b"), 1, "best")]) == {"a"}


@pytest.mark.parametrize(
    ("declared", "message"),
    [("1", "'1' is not a question to choose"), ("2 3", "only 1 of the questions 2, 3, 4")],
)
def test_a_bad_declaration_is_an_error(declared, message):
    with pytest.raises(ExamgenError, match=message):
        counted(QUESTIONS, [Choose(("two", "three", "four"), 1, "declared")], declared=declared)
