"""Marking rules: rounding, passing and grades."""

from fractions import Fraction

import pytest

from examgen.exam.marking import Grade, Marking, Threshold, half_up


@pytest.mark.parametrize(
    ("marks", "step", "expected"),
    [
        (Fraction(5, 4), Fraction(1, 2), Fraction(3, 2)),
        (Fraction(6, 5), Fraction(1, 2), Fraction(1)),
        (Fraction(-1, 4), Fraction(1, 2), Fraction(0)),
        (Fraction(-1, 2), Fraction(1), Fraction(0)),
        (Fraction(7, 3), None, Fraction(7, 3)),
    ],
)
def test_halves_go_up(marks, step, expected):
    assert half_up(marks, step) == expected


def test_grades_and_pass_marks():
    marking = Marking(
        pass_mark=Threshold(Fraction(50), percent=True),
        grades=(
            Grade("A", Threshold(Fraction(90), True)),
            Grade("B", Threshold(Fraction(75), True)),
        ),
    )
    assert marking.passes(Fraction(30), Fraction(60)) is True
    assert marking.passes(Fraction(59, 2), Fraction(60)) is False
    assert [marking.grade(Fraction(m), Fraction(60)) for m in (60, 54, 53, 45, 44)] == [
        "A",
        "A",
        "B",
        "B",
        "",
    ]
    assert Marking().passes(Fraction(0), Fraction(60)) is None
    assert Marking(pass_mark=Threshold(Fraction(30))).passes(Fraction(30), Fraction(100)) is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"penalty": Fraction(2)},
        {"follow_through": Fraction(-1)},
        {"step": Fraction(0)},
        {"cap": Fraction(0)},
        {"floor": "x"},
    ],
)
def test_rules_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError):
        Marking(**wrong)
