"""Marking rules: rounding, passing and grades."""

from fractions import Fraction as F

import pytest

from examgen.exam.marking import Grade, Marking, Threshold, half_up


@pytest.mark.parametrize(
    ("marks", "step", "expected"),
    [
        (F(5, 4), F(1, 2), F(3, 2)),
        (F(6, 5), F(1, 2), F(1)),
        (F(-1, 4), F(1, 2), F(0)),
        (F(-1, 2), F(1), F(0)),
        (F(7, 3), None, F(7, 3)),
    ],
)
def test_halves_go_up(marks, step, expected):
    assert half_up(marks, step) == expected


def test_grades_and_pass_marks():
    marking = Marking(
        pass_mark=Threshold(F(50), percent=True),
        grades=(Grade("A", Threshold(F(90), True)), Grade("B", Threshold(F(75), True))),
    )
    assert marking.passes(F(30), F(60)) is True
    assert marking.passes(F(59, 2), F(60)) is False
    assert [marking.grade(F(m), F(60)) for m in (60, 54, 53, 45, 44)] == ["A", "A", "B", "B", ""]
    assert Marking().passes(F(0), F(60)) is None
    assert Marking(pass_mark=Threshold(F(30))).passes(F(30), F(100)) is True


@pytest.mark.parametrize(
    "wrong",
    [{"penalty": F(2)}, {"follow_through": F(-1)}, {"step": F(0)}, {"cap": F(0)}, {"floor": "x"}],
)
def test_rules_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError):
        Marking(**wrong)
