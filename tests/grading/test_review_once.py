"""An answer that several students gave waits in one row of the review, and one decision counts."""

from dataclasses import replace

import pytest

from examgen.errors import ExamgenError

CODES = ["22222-2222K", "33333-33338", "44444-4444V"]


@pytest.fixture
def alike(exam):
    """Three students with the same item."""
    item = exam.forms[0].items[0]
    exam.record([replace(form, items=(item,)) for form in exam.forms])
    return exam


def row(number, *, side="93", late="100", **cells):
    """A student whose 1.a is wrong, and whose 1.f a human must decide about."""
    own = {"a": side, "b": "", "c": "", "d": "", "e": "", "f": late, "g": "-"} | cells
    return [CODES[number - 1], f"s{number}", "", "", *own.values()]


def late_marks(outcome):
    return {mark.student: mark.marks for mark in outcome.marks if mark.part == "1.f"}


def reviewed(exam, part="1.f"):
    return [row for row in exam.table("review.csv") if row["part"] == part]


def test_one_row_for_one_answer_and_one_decision_for_all(alike):
    alike.grade_and_write(row(1), row(2, late=" 100 "), row(3))
    (only,) = reviewed(alike)
    assert only["student"] == "s1"
    assert only["also"] == f"2 more papers: {CODES[1]}, {CODES[2]}"
    alike.review("s1", "1.f", marks="1", comment="so be it")
    outcome = alike.grade_and_write()
    assert late_marks(outcome) == {"s1": 1, "s2": 1, "s3": 1}
    assert all("so be it" in mark.reason for mark in outcome.marks if mark.part == "1.f")
    (filled,) = reviewed(alike)
    assert filled == only | {"marks": "1", "comment": "so be it"} | {
        "suggested": filled["suggested"]
    }


def test_the_decision_stays_when_graded_again_and_when_more_submissions_come(alike):
    alike.grade_and_write(row(2), row(3, late="101"))
    assert [one["student"] for one in reviewed(alike)] == ["s2", "s3"]
    alike.review("s2", "1.f", marks="0.5")
    alike.grade_and_write()
    path = alike.folder / "grades" / "review.csv"
    before = path.read_bytes()
    outcome = alike.grade_and_write()
    assert path.read_bytes() == before
    outcome = alike.grade_and_write(row(1), row(2), row(3, late="101"))
    assert late_marks(outcome) == {"s1": 0.5, "s2": 0.5, "s3": None}
    assert [one["also"] for one in reviewed(alike)] == [f"1 more paper: {CODES[0]}", ""]
    # where the one in whose row it stands is absent, and where their answer changes
    outcome = alike.grade_and_write(row(1), ["", "s2", "", "absent", *[""] * 7], row(3))
    assert late_marks(outcome) == {"s1": 0.5, "s3": 0.5}
    outcome = alike.grade_and_write(row(1), row(2, late="102"), row(3))
    assert late_marks(outcome) == {"s1": 0.5, "s2": 0.5, "s3": 0.5}
    assert any("has changed since a person marked it" in note for note in outcome.notes)
    (kept,) = reviewed(alike)
    assert (kept["student"], kept["response"], kept["marks"]) == ("s2", "100", "0.5")
    assert late_marks(alike.grade_and_write(row(1), row(2), row(3))) == dict.fromkeys(
        ["s1", "s2", "s3"], 0.5
    )


def test_answers_that_follow_from_others_are_others(alike):
    alike.grade_and_write(row(1), row(2, side="92"), row(3, late="1e2"))
    assert [one["student"] for one in reviewed(alike)] == ["s1", "s2", "s3"]
    assert all(one["also"] == "" for one in reviewed(alike))


def test_other_items_have_other_answers(exam):
    exam.grade_and_write(row(1), row(2))
    assert [one["student"] for one in reviewed(exam)] == ["s1", "s2"]


def test_what_could_not_be_read_waits_for_each_student(alike):
    """It may point to what stands on the paper."""
    alike.grade_and_write(row(1, late="see the back"), row(2, late="see the back"))
    assert [one["student"] for one in reviewed(alike)] == ["s1", "s2"]


def test_a_row_may_count_for_its_own_student_only(alike):
    alike.grade_and_write(row(1), row(2), row(3))
    alike.review("s1", "1.f", marks="1", answer="")
    outcome = alike.grade_and_write()
    assert late_marks(outcome) == {"s1": 1, "s2": None, "s3": None}
    first, second = reviewed(alike)
    assert (first["student"], first["also"]) == ("s1", "")
    assert (second["student"], second["also"]) == ("s2", f"1 more paper: {CODES[2]}")
    alike.review("s2", "1.f", marks="0")
    assert late_marks(alike.grade_and_write()) == {"s1": 1, "s2": 0, "s3": 0}


def test_points_of_a_marker_come_before_the_decision_for_all(alike):
    (alike.folder / "points.csv").write_text("student,part,points\ns2,1.f,0.5\n", "utf-8")
    alike.grade_and_write(row(1), row(2), row(3))
    alike.review("s1", "1.f", marks="1")
    assert late_marks(alike.grade_and_write()) == {"s1": 1, "s2": 0.5, "s3": 1}


def test_two_decisions_about_one_answer_are_refused(alike):
    alike.grade_and_write(row(1), row(2, late="101"))
    same = reviewed(alike)[0]["answer"]
    alike.review("s1", "1.f", marks="1")
    alike.review("s2", "1.f", marks="0", answer=same)
    with pytest.raises(
        ExamgenError, match=r"rows \d and \d are about the same answer and give '1'"
    ):
        alike.grade()


def test_many_students_are_counted_and_few_are_listed(alike):
    form = alike.forms[0]
    alphabet = "23456789BCDFG"
    codes = [f"{letter * 5}-{letter * 4}" for letter in alphabet]
    forms = [
        replace(form, number=number, student=f"t{number}", code=code)
        for number, code in enumerate(codes, start=1)
    ]
    alike.record(forms)
    rows = [["", one.student, "", "", "93", "", "", "", "", "100", "-"] for one in forms]
    alike.grade_and_write(*rows)
    (only,) = reviewed(alike)
    assert only["also"] == f"12 more papers: {', '.join(codes[1:6])} and 7 more"
