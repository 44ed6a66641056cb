"""Several rows of one student, and rows after the deadline."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from examgen.cli import main
from examgen.errors import ExamgenError
from examgen.grading import summary
from examgen.grading.duplicates import latest, parse_deadline
from examgen.grading.moments import moment

TIMED = ("student", "submitted", *(f"1.{part}" for part in "abcdefg"))


def timed(exam, *entries):
    """Submissions from pairs of a time and the answer to 1.a, all of s1."""
    rows = [["s1", time, *exam.answers("s1", a=answer)[4:]] for time, answer in entries]
    exam.submit(*rows, header=TIMED)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-09-27 12:00:00 UTC", (2026, 9, 27, 12, 0)),  # Canvas
        ("2026-01-20T17:03:12+01:00", (2026, 1, 20, 16, 3, 12)),
        ("2026-01-20 17:03:12 +0130", (2026, 1, 20, 15, 33, 12)),  # Gradescope
        ("2026/09/27 3:00:00 PM GMT+3", (2026, 9, 27, 12, 0)),  # Google Forms
        ("2026/09/27 12:30:00 AM GMT+3", (2026, 9, 26, 21, 30)),
        ("8/24/2025 23:25:41", (2025, 8, 24, 23, 25, 41)),  # Google Forms, US
        ("27.9.2026 08:05", (2026, 9, 27, 8, 5)),
        ("9/27/26 15:00:12", (2026, 9, 27, 15, 0, 12)),  # Microsoft Forms, saved as CSV
        ("27 September 2026  3:05 PM", (2026, 9, 27, 15, 5)),  # Moodle
        ("Sunday, 27 September 2026, 3:05 PM", (2026, 9, 27, 15, 5)),
        ("Sonntag, 27. September 2026, 15:05", (2026, 9, 27, 15, 5)),
        ("27 Eylül 2026 15:05", (2026, 9, 27, 15, 5)),
        ("September 27, 2026 3:05 PM", (2026, 9, 27, 15, 5)),
    ],
)
def test_times_as_systems_write_them(text, utc):
    assert moment(text) == (datetime(*utc, tzinfo=UTC),) * 2


def test_day_and_month_that_could_be_swapped_are_both_kept():
    assert moment("8/4/2025 23:25:41") == (
        datetime(2025, 4, 8, 23, 25, 41, tzinfo=UTC),
        datetime(2025, 8, 4, 23, 25, 41, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-13-01 10:00", "31/2/2026 10:00", "2026-01-20", "12:30", "13:00 PM",
     "2026-01-20 13:00 PM", "2026-01-20 10:00 EST", "9" * 10_000, "1 Foo 2026 10:00"],
)  # fmt: skip
def test_what_is_no_time_is_not_guessed(text):
    assert moment(text) is None


@pytest.mark.parametrize(
    ("times", "place"),
    [
        (["2026-01-20 10:00", "2026-01-19 23:00", "2026-01-20 09:59"], 0),
        (["2026-01-20 10:00 UTC", "2026-01-20 10:30 GMT+1"], 0),
        (["1/2/2026 10:00", "1/3/2026 10:00"], 1),  # later either way
        (["2/1/2026 10:00", "1/2/2026 10:00"], None),
        (["2026-01-20 10:00", "2026-01-20 10:00"], None),
        (["2026-01-20 10:00", "2026-01-20 10:00", "2026-01-21 10:00"], 2),
        (["2026-01-20 10:00", ""], None),
    ],
)
def test_the_latest_of_several_times(times, place):
    assert latest(times) == place


def test_the_latest_goes_by_the_time_and_not_by_the_row(exam):
    timed(exam, ("2026-01-20 10:00", "12"), ("2026-01-20 09:00", "13"))
    whole = exam.grade(duplicates="latest")
    assert whole.marks[0].response == "12"
    assert whole.notes[0] == "rows 2 and 3 are of student 's1': row 2 counts"
    for second in ("2026-01-20 10:00", "", "soon", "1/20/2026 10:00"):
        timed(exam, ("2026-01-20 10:00", "12"), (second, "13"))
        with pytest.raises(ExamgenError, match="rows 2 and 3 are all of student 's1', and their"):
            exam.grade(duplicates="latest")


def test_without_times_the_last_row_is_the_latest_and_it_says_so(exam):
    whole = exam.grade(exam.answers("s1"), exam.answers("s1", a="12"), duplicates="latest")
    assert whole.marks[0].response == "12"
    assert "no column tells the time, so the last one" in whole.notes[0]


def test_the_best_of_several_rows_counts_whole(exam):
    rows = [
        exam.answers("s1", a="99", b="1"),  # 6 marks
        exam.answers("s1", c="9"),  # 9 marks
        exam.answers("s2"),
        exam.answers("s1", b="9"),  # 8 marks, though 1.c is right
    ]
    whole = exam.grade(*rows, duplicates="best")
    assert {grade.student: grade.total for grade in whole.grades}["s1"] == 9
    assert [m.response for m in whole.marks if m.student == "s1"][:3] == ["11", "121", "9"]
    (note,) = [note for note in whole.notes if "the best" in note]
    assert note == ("rows 2, 3 and 5 are of student 's1': row 3 counts, with 9 marks the best")


def test_a_row_a_part_follows_the_same_policy(exam):
    header = ("student", "part", "response", "submitted")
    rows = [["s1", "1.a", "11", "2026-01-20 10:00"], ["s1", "1.a", "12", "2026-01-20 09:00"]]
    exam.submit(*rows, header=header)
    assert exam.grade(duplicates="latest").marks[0].response == "11"
    for policy in ("refuse", "best"):
        with pytest.raises(ExamgenError, match=r"rows 2 and 3 answer part 1\.a of the"):
            exam.grade(duplicates=policy)


# ---- the deadline -----------------------------------------------------------------------

DEADLINE = "2026-01-20T17:00:00+01:00"


def test_late_answers_are_flagged_or_refused(exam):
    timed(exam, ("2026-01-20 16:12:30 UTC", "11"))
    whole = exam.grade_and_write(deadline=DEADLINE)
    assert (whole.grades[0].status, whole.grades[0].total, whole.grades[0].late) == (
        "marked", 11, 750,
    )  # fmt: skip
    assert "row 2: student 's1' was 13 min late" in whole.notes
    assert exam.table("grades.csv")[0]["minutes_late"] == "12.5"
    assert summary(whole.tally).startswith("3 students: 1 marked (1 late), 2 absent")
    whole = exam.grade_and_write(deadline=DEADLINE, late="refuse")
    assert (whole.grades[0].status, whole.grades[0].total) == ("late", None)
    assert exam.table("grades.csv")[0]["total"] == ""
    assert summary(whole.tally).startswith("3 students: 0 marked, 2 absent, 0 withdrawn, 0 void, 1")
    assert "row 2: student 's1' was 13 min late: not marked" in whole.notes


def test_in_time_in_the_deadlines_own_zone(exam):
    timed(exam, ("2026-01-20 17:00:00", "11"))
    assert exam.grade(deadline=DEADLINE, late="refuse").grades[0].late == 0
    timed(exam, ("2026-01-20 17:00:01", "11"))
    assert exam.grade(deadline=DEADLINE).grades[0].late == 1


def test_with_late_rows_refused_the_row_in_time_counts(exam):
    timed(exam, ("2026-01-20 16:00", "12"), ("2026-01-20 18:00", "11"))
    whole = exam.grade(deadline=DEADLINE, late="refuse")
    assert whole.marks[0].response == "12"
    assert "row 3 of student 's1': too late, so without effect" in whole.notes
    with pytest.raises(ExamgenError, match="rows 2 and 3 are all of student"):
        exam.grade(deadline=DEADLINE)


def test_a_time_that_cannot_be_read_is_told_and_not_held_against_the_student(exam):
    for text in ("soon", "", "20/1/26"):
        timed(exam, (text, "11"))
        whole = exam.grade(deadline=DEADLINE, late="refuse")
        assert whole.grades[0].status == "marked"
        assert any("whether it is late is not known" in note for note in whole.notes)
    timed(exam, ("1/2/2026 10:00", "11"))  # 2 January or 1 February
    assert any("late only with the day first" in n for n in exam.grade(deadline=DEADLINE).notes)


def test_a_table_without_times_is_noted_once(exam):
    exam.submit(exam.answers("s1"), exam.answers("s2"))
    notes = [note for note in exam.grade(deadline=DEADLINE).notes if "late" in note]
    assert notes == ["no column tells the time, so whether a row is late is not known"]
    assert not any("late" in note for note in exam.grade().notes)


def test_the_deadline_of_the_blueprint(exam):
    exam.blueprint("[marking]", f'deadline = {DEADLINE}\nlate = "refuse"\n[marking]')
    timed(exam, ("2026-01-20 16:12:30 UTC", "11"))
    assert exam.grade().grades[0].status == "late"
    assert exam.grade(late="flag").grades[0].status == "marked"
    assert exam.grade(deadline="2026-02-01T00:00Z").grades[0].late == 0


@pytest.mark.parametrize("wrong", ["2026-01-20T17:00:00", "2026-01-20", '"2026-01-20T17:00Z"'])
def test_a_deadline_in_the_blueprint_has_a_zone(exam, wrong):
    exam.blueprint("[marking]", f"deadline = {wrong}\n[marking]")
    timed(exam, ("2026-01-20 16:12:30 UTC", "11"))
    with pytest.raises(ExamgenError, match=r"exam.toml:4: .*'deadline' is a moment with its"):
        exam.grade()


@pytest.mark.parametrize("wrong", ["2026-01-20T17:00", "soon", "1/2/2026 10:00Z", ""])
def test_a_deadline_on_the_command_line_has_a_zone(exam, wrong):
    with pytest.raises(ExamgenError, match="write date, time and offset from UTC"):
        parse_deadline(wrong)
    path = exam.submit(exam.answers())
    done = CliRunner().invoke(main, ["grade", str(path), "--deadline", wrong])
    assert done.exit_code == 1 and "offset from UTC" in done.output
