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
    assert late_marks(outcome) == {"s1": 0.5, "s2": None, "s3": 0.5}
    assert any("has changed since a person marked it" in note for note in outcome.notes)
    opened, kept = sorted(reviewed(alike), key=lambda one: one["marks"])
    assert (kept["student"], kept["response"], kept["marks"]) == ("s2", "100", "0.5")
    assert (opened["student"], opened["response"], opened["marks"]) == ("s2", "102", "")
    assert late_marks(alike.grade_and_write(row(1), row(2), row(3))) == dict.fromkeys(
        ["s1", "s2", "s3"], 0.5
    )


def test_an_answer_that_is_corrected_is_judged_anew_and_every_decision_stays(alike):
    alike.grade_and_write(row(1, late="100"), row(2, late="101"))
    alike.review("s1", "1.f", marks="1")
    alike.review("s2", "1.f", marks="0")
    right, wrong = row(1, late="-"), row(2, late="100")  # s2 copies what s1 had written
    outcome = alike.grade_and_write(right, wrong)
    assert late_marks(outcome)["s2"] == 1  # as a person decided about this answer
    s1 = next(mark for mark in outcome.marks if (mark.student, mark.part) == ("s1", "1.f"))
    assert (s1.verdict, s1.marks) == ("blank", 0)
    assert [(one["response"], one["marks"]) for one in reviewed(alike)] == [
        ("100", "1"),
        ("101", "0"),
    ]
    changed = row(1, late="103")
    assert late_marks(alike.grade_and_write(changed, wrong)) == {"s1": None, "s2": 1}
    table = reviewed(alike)
    assert {(one["response"], one["marks"]) for one in table} == {
        ("100", "1"),
        ("101", "0"),
        ("103", ""),
    }
    alike.review("s1", "1.f", of="103", marks="0.5")
    assert late_marks(alike.grade_and_write(changed, wrong)) == {"s1": 0.5, "s2": 1}
    assert len(reviewed(alike)) == 3
    assert late_marks(alike.grade_and_write(row(1), row(2, late="101"))) == {"s1": 1, "s2": 0}


def test_an_earlier_answer_that_changes_opens_the_later_one_again(alike):
    alike.grade_and_write(row(1))
    alike.review("s1", "1.f", marks="1")
    outcome = alike.grade_and_write(row(1, side="92"))
    assert late_marks(outcome) == {"s1": None}
    assert any("and is judged anew" in note for note in outcome.notes)
    assert late_marks(alike.grade_and_write(row(1))) == {"s1": 1}


def test_two_rows_of_which_one_is_about_any_answer_are_refused(alike):
    alike.grade_and_write(row(1))
    alike.review("s1", "1.f", marks="1")
    path = alike.folder / "grades" / "review.csv"
    line = path.read_text("utf-8-sig").splitlines()[-1]
    answer = reviewed(alike)[0]["answer"]
    with path.open("a", encoding="utf-8") as file:
        file.write(line.replace(answer, "") + "\n")
    with pytest.raises(ExamgenError, match=r"rows \d and \d are both about part 1\.f"):
        alike.grade()


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
