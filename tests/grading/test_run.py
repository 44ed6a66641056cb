"""Whole gradings: totals, status, odd sheets, review, tables."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from examgen.errors import ExamgenError
from examgen.grading import find_exam, summary


def by_student(outcome):
    return {grade.student: grade for grade in outcome.grades}


def test_totals_grades_and_absence(exam):
    outcome = exam.grade(
        exam.answers("s1"),
        exam.answers("s2", a="", b="", c="", d="", e="B", f="16"),
    )
    grades = by_student(outcome)
    first, second, third = grades["s1"], grades["s2"], grades["s3"]
    assert (first.total, first.out_of, first.grade, first.passed) == (11, 13, "CC", True)
    assert (second.total, second.grade, second.passed) == (Fraction(1, 2), "", False)
    assert (third.status, third.total, third.passed) == ("absent", None, None)
    assert "absent, so without marks: s3" in outcome.notes
    assert outcome.exit_status == 0


def test_a_blank_row_is_absent_unless_the_student_was_there(exam):
    blank = ["", "", "", "", "", "", ""]
    outcome = exam.grade(
        ["", "s1", "", "", *blank],
        ["", "s2", "", "Present", *blank[:-1], "-"],
        ["", "s3", "", "void", *blank],
    )
    grades = by_student(outcome)
    assert (grades["s1"].status, grades["s1"].total) == ("absent", None)
    assert (grades["s2"].status, grades["s2"].total) == ("marked", 0)
    assert (grades["s3"].status, grades["s3"].total) == ("void", None)
    assert {mark.verdict for mark in outcome.marks if mark.student == "s3"} == {"void"}


def test_withdrawn_with_answers_is_noted(exam):
    row = exam.answers("s1")
    row[3] = "withdrawn"
    outcome = exam.grade(row)
    assert by_student(outcome)["s1"].status == "withdrawn"
    assert any("row 2: there are answers" in note for note in outcome.notes)


def test_unknown_students_and_papers_are_listed_and_change_the_exit_status(exam):
    outcome = exam.grade(exam.answers("s1"), ["", "s9", "", "", *["1"] * 7])
    assert outcome.exit_status == 1
    assert any("row 3: no student 's9' in this exam" in note for note in outcome.notes)
    mistyped = exam.answers("s2")
    mistyped[0] = "ABCDE-FGHJK"
    outcome = exam.grade(mistyped)
    assert outcome.exit_status == 1
    assert by_student(outcome)["s2"].provisional
    assert outcome.review[0].part == "sheet"


def test_submissions_of_another_exam_are_refused(exam):
    with pytest.raises(ExamgenError, match="no row names a paper or student of this exam"):
        exam.grade(["", "x1", "", "", *["1"] * 7])


def test_duplicates_need_a_policy(exam):
    rows = [exam.answers("s1"), exam.answers("s2"), exam.answers("s1", a="12")]
    with pytest.raises(ExamgenError, match="rows 2 and 4 are all of student 's1'"):
        exam.grade(*rows)
    assert exam.grade(*rows, duplicates="first").marks[0].response == "11"
    latest = exam.grade(*rows, duplicates="latest")
    assert latest.marks[0].response == "12"
    assert "row 4 counts" in latest.notes[0]


def test_lost_leading_zeros_are_found_again(exam):
    exam.record([type(f)(**{**vars(f), "student": f"00{f.number}"}) for f in exam.forms])
    outcome = exam.grade(["", "2", "", "", *exam.answers("s2")[4:]])
    assert by_student(outcome)["002"].total == 11
    assert outcome.notes[0] == "row 2: student '2' taken for '002'"


# ---- sheets on the wrong paper ----------------------------------------------------------


def test_code_and_student_disagree(exam):
    row = exam.answers("s2")
    row[1] = "s1"  # the answers and the code are of s2
    outcome = exam.grade_and_write(row)
    (sheet,) = outcome.review
    assert (sheet.student, sheet.part, sheet.paper) == ("s1", "sheet", "33333-33338")
    assert "6 answers are right on that paper" in sheet.why
    assert "2 on 22222-2222K" in sheet.why  # the letters happen to agree
    grade = by_student(outcome)["s1"]
    assert (grade.total, grade.provisional) == (11, True)
    exam.review("s1", "sheet", marks="22222-2222K", comment="seen")
    grade = by_student(exam.grade())["s1"]
    assert (grade.paper, grade.provisional) == ("22222-2222K", False)
    assert grade.total < 11


def test_answers_that_fit_another_paper_far_better(exam):
    row = exam.answers("s2")
    row[:2] = exam.answers("s1")[:2]
    outcome = exam.grade_and_write(row)
    (sheet,) = outcome.review
    assert "fit paper 33333-33338 of student 's2' far better: 6 are right there, 2" in sheet.why
    assert sheet.why.endswith("; write the code of the paper that was answered as its marks")
    grade = by_student(outcome)["s1"]
    assert grade.provisional and grade.paper == "22222-2222K"
    exam.review("s1", "sheet", marks="33333-33338")
    grade = by_student(exam.grade())["s1"]
    assert (grade.total, grade.provisional) == (11, False)
    exam.grade_and_write()
    exam.review("s1", "sheet", marks="nonsense")
    with pytest.raises(ExamgenError, match=r"review.csv: row 2: .*is a code: .*mistyped"):
        exam.grade()


# ---- review -----------------------------------------------------------------------------


def test_filled_rows_are_applied_and_never_dropped(exam):
    exam.grade_and_write(exam.answers("s1", a="see the back", g="An essay"))
    assert [row["part"] for row in exam.table("review.csv")] == ["1.a", "1.g"]
    exam.review("s1", "1.a", marks="1,5", comment="=read it")
    grade = by_student(exam.grade_and_write())["s1"]
    assert (grade.total, grade.provisional) == (Fraction(21, 2), True)
    exam.review("s1", "1.g", marks="2")
    outcome = exam.grade_and_write()
    grade = by_student(outcome)["s1"]
    assert (grade.total, grade.provisional) == (Fraction(25, 2), False)
    assert outcome.marks[0].reason == "Marked by a person: =read it"
    # the answer is corrected, and no longer needs a human: what he gave still counts
    outcome = exam.grade_and_write(exam.answers("s1", a="11", g="An essay"))
    assert outcome.marks[0].marks == Fraction(3, 2)
    assert [row["marks"] for row in exam.table("review.csv")] == ["1,5", "2"]
    assert any("has changed since a person marked it" in note for note in outcome.notes)
    # even where the student turns out to be absent
    exam.grade_and_write(["", "s1", "", "absent", *[""] * 7])
    assert [row["marks"] for row in exam.table("review.csv")] == ["1,5", "2"]


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ("2.5", "row 2: 2.5 marks for part 1.a, which has 0 to 2"),
        ("1.3", "row 2: 1.3 marks: they go in steps of 1/2"),
        ("-1", "row 2: '-1' is not a number of marks"),
        ("one", "row 2: 'one' is not a number of marks"),
        ("1/0", "row 2: '1/0' is not a number of marks"),
    ],
)
def test_marks_of_a_human_are_checked(exam, marks, message):
    exam.grade_and_write(exam.answers("s1", a="see the back"))
    exam.review("s1", "1.a", marks=marks)
    with pytest.raises(ExamgenError) as caught:
        exam.grade()
    assert message in str(caught.value)


def test_a_filled_row_of_nobody_is_refused(exam):
    exam.grade_and_write(exam.answers("s1", a="see the back"))
    exam.review("s1", "1.a", marks="1", student="s7")
    with pytest.raises(ExamgenError, match=r"review.csv: row 2: the exam has no student 's7'"):
        exam.grade()


def test_an_essay_on_paper_with_marks_of_a_human_counts_as_answered(exam):
    question = '[[question]]\nname = "{}"\nitem = "chain"\n'
    exam.blueprint(question.format("chain"), question.format("chain") + question.format("other"))
    exam.blueprint("[[question]]\nname = \"chain", '[[choose]]\nquestions = ["chain", "other"]\n'
                   'take = "first"\n[[question]]\nname = "chain')  # fmt: skip
    form = exam.forms[0]
    essay, side = form.items[0].parts[6], form.items[0].parts[0]
    items = (
        replace(form.items[0], parts=(replace(essay, column="1.a"),)),
        replace(form.items[0], question="other", number=2, parts=(replace(side, column="2.a"),)),
    )
    exam.record([replace(form, items=items)])
    exam.submit([CODE, "s1", "", "", "", "11"], header=("paper", "student", "name", "status",
                                                        "1.a", "2.a"))  # fmt: skip
    exam.grade_and_write()
    assert exam.table("marks.csv")[0]["reason"].endswith(
        "(Does not count: other questions were chosen.)"
    )
    exam.review("s1", "1.a", marks="2")
    outcome = exam.grade()
    first, second = outcome.marks
    assert summary(outcome.tally).count("%") == 1  # the difficulty of what counts alone
    assert (first.marks, first.reason) == (2, "Marked by a person.")
    assert second.reason == "Right. (Does not count: other questions were chosen.)"


# ---- tables -----------------------------------------------------------------------------


def test_the_tables(exam):
    exam.grade_and_write(exam.answers("s1", a="=1+1", b="-5"))
    marks, grades = exam.table("marks.csv"), exam.table("grades.csv")
    assert len(marks) == 7
    assert (marks[0]["response"], marks[0]["verdict"], marks[0]["marks"]) == (
        "'=1+1", "unreadable", "",
    )  # fmt: skip
    assert (marks[1]["response"], marks[1]["marks"], marks[1]["out_of"]) == ("-5", "0", "3")
    assert marks[4] | {"evidence": ""} == {
        "paper": "22222-2222K", "student": "s1", "question": "chain", "part": "1.e",
        "response": "AC", "read_as": "A, C", "verdict": "right", "marks": "2", "out_of": "2",
        "reason": "Right.", "evidence": "",
    }  # fmt: skip
    assert grades[0] == {
        "student": "s1", "name": "Student 1", "paper": "22222-2222K", "total": "6",
        "out_of": "13", "percent": "46.15", "grade": "", "passed": "no", "status": "marked",
        "state": "provisional", "minutes_late": "", "q1": "6",
    }  # fmt: skip
    assert [grades[2][name] for name in ("total", "status", "state", "q1")] == [
        "", "absent", "", "",
    ]  # fmt: skip


def test_the_summary(exam):
    outcome = exam.grade(
        exam.answers("s1", a="10"), exam.answers("s2", a="20", b="1"), exam.answers("s3", b="")
    )
    lines = summary(outcome.tally).splitlines()
    assert lines[0] == "3 students: 3 marked, 0 absent, 0 withdrawn, 0 void"
    # 9, 6 and 8 marks: the squares of the deviations are 16/9, 25/9 and 1/9
    assert lines[1] == "total: mean 7.67 of 13, standard deviation 1.25, from 6 to 9"
    assert lines[3:5] == ["    0 %  1.g chain", "   33 %  1.a chain"]
    assert "    2 ×  forgot one (chain)" in lines


def test_grading_twice_and_under_another_hash_seed_gives_the_same_bytes(exam):
    exam.grade_and_write(exam.answers("s1", a="13", b="169"), exam.answers("s2", g="Words"))
    names = ("marks.csv", "grades.csv", "review.csv", "notes.txt")
    first = [(exam.folder / "grades" / name).read_bytes() for name in names]
    code = (
        "import sys; from pathlib import Path; from examgen.grading import grade_exam, write; "
        "f = Path(sys.argv[1]); write(grade_exam(f, f / 'submissions.csv'), f / 'grades')"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(exam.folder)],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "77"},
    )
    assert [(exam.folder / "grades" / name).read_bytes() for name in names] == first


def test_a_long_table_gives_the_same_marks(exam):
    wide = exam.grade(exam.answers("s1", b="44"))
    cells = zip("abcdefg", exam.answers("s1", b="44")[4:], strict=True)
    rows = [["s1", f"1.{part}", text] for part, text in cells]
    path = exam.submit(*rows, header=("student", "part", "response"))
    assert path and exam.grade().marks == wide.marks


# ---- finding the exam -------------------------------------------------------------------


def test_the_exam_is_found(exam, tmp_path, monkeypatch):
    beside = exam.submit(exam.answers())
    assert find_exam(beside) == exam.folder
    elsewhere = tmp_path / "answers.csv"
    elsewhere.write_text("student\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert find_exam(elsewhere).resolve() == exam.folder
    assert find_exam(elsewhere, exam.folder) == exam.folder
    (tmp_path / "other" / "confidential").mkdir(parents=True)
    (tmp_path / "other" / "confidential" / "forms.jsonl").write_text("", "utf-8")
    with pytest.raises(ExamgenError, match="several exam folders"):
        find_exam(elsewhere)
    with pytest.raises(ExamgenError, match="not an exam folder"):
        find_exam(elsewhere, tmp_path)
    with pytest.raises(ExamgenError, match="no such file"):
        find_exam(tmp_path / "none.csv")


def test_nothing_is_written_when_the_input_is_bad(exam):
    exam.submit(["", "s1", "", "here", *[""] * 7])
    with pytest.raises(ExamgenError):
        exam.grade_and_write()
    assert not (exam.folder / "grades").exists()


def test_lucky_letters_are_no_reason_to_doubt(exam):
    # six letters of four right on another paper tell less than three typed answers
    item = exam.forms[0].items[0]
    choice = item.parts[3]

    def form(old, letters):
        parts = tuple(
            replace(choice, name=f"c{place}", column=f"1.{name}", key=letter, depends=())
            for place, (name, letter) in enumerate(zip("abcdefg", letters, strict=True))
        )
        return replace(old, items=(replace(item, parts=parts),))

    exam.record([form(exam.forms[0], "AAAAAAA"), form(exam.forms[1], "BBBBBBB")])
    outcome = exam.grade([CODE, "s1", "", "", *"BBBBBBC"])
    assert outcome.review == []
    assert not by_student(outcome)["s1"].provisional


CODE = "22222-2222K"


# ---- what hostile input may not do -------------------------------------------------------


def test_no_answer_breaks_the_tables(exam):
    odd = ["a\rb", '=1+1,"x"\r\n;', "@x", "+cmd|' /C calc'!A0", "\t=x", "'", "=" * 20_000]
    for text in odd:
        exam.grade_and_write(exam.answers("s1", a=text, g=text))
        assert {len(row) for row in exam.table("marks.csv")} == {11}
        assert len(exam.table("marks.csv")) == 7
        review = exam.table("review.csv")
        assert [row["part"] for row in review] == ["1.a", "1.g"]
        assert review[1]["response"].removeprefix("'") == text.removeprefix("'")
        assert review[1]["response"][0] not in "=+@\t"
        exam.review("s1", "1.g", marks="1", comment=text[:9999])
        exam.grade_and_write()
        again = (exam.folder / "grades" / "review.csv").read_bytes()
        notes = exam.grade_and_write().notes
        assert (exam.folder / "grades" / "review.csv").read_bytes() == again
        assert not any("has changed" in note for note in notes)
        (exam.folder / "grades" / "review.csv").unlink()


def test_marks_of_a_human_that_do_not_count_are_noted(exam):
    exam.grade_and_write(exam.answers("s1", a="see the back"))
    exam.review("s1", "1.a", marks="1")
    outcome = exam.grade(["", "s1", "", "absent", *[""] * 7])
    assert any("1.a do not count: the status is 'absent'" in note for note in outcome.notes)


def test_a_review_that_a_spreadsheet_saved(exam):
    exam.record([type(f)(**{**vars(f), "student": f"00{f.number}"}) for f in exam.forms])
    row = ["", "2", "", "", *exam.answers("s2", a="see the back")[4:]]
    exam.grade_and_write(row)
    path = exam.folder / "grades" / "review.csv"
    text = path.read_text("utf-8-sig").replace("002", "2").replace(",", ";")
    path.write_bytes(text.replace("21;;;\n", "21;1,5;schön;\n").encode("cp1252"))
    outcome = exam.grade()
    assert outcome.marks[0].marks == Fraction(3, 2)
    assert any("Windows-1252" in note for note in outcome.notes)


def test_a_column_that_the_review_cannot_keep_is_refused(exam):
    exam.grade_and_write(exam.answers("s1", a="see the back"))
    path = exam.folder / "grades" / "review.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",comment", ",comment,mine"), "utf-8")
    with pytest.raises(ExamgenError, match="row 1: the column 'mine' would be lost"):
        exam.grade()


def test_a_record_that_was_changed_is_refused(exam):
    record = exam.folder / "confidential" / "forms.jsonl"
    good, row = record.read_text("utf-8"), exam.answers("s1")
    for old, new, message in (
        ('"kind":"integer"', '"kind":"magic"', "line 1: part 1.a is damaged: unknown answer kind"),
        ('"key":11', '"key":null', "line 1: part 1.a is damaged"),
        ('"value":10', '"value":"x"', "line 1: part 1.a is damaged"),
        ('"student":"s2"', '"student":"s1"', "damaged: there are 2 forms of 's1'"),
    ):
        assert old in good
        record.write_text(good.replace(old, new, 1), "utf-8")
        with pytest.raises(ExamgenError, match=message):
            exam.grade(row)
    record.write_text(good, "utf-8")
    digest = hashlib.sha256(record.read_bytes()).hexdigest()
    for known, refused in ((digest, False), ("0" * 64, True)):
        identity = {"seed": 1, "commitment": "", "versions": None, "blueprint": "", "items": {}}
        manifest = {"exam": identity, "sha256": {"confidential/forms.jsonl": known}}
        (exam.folder / "confidential" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        if refused:
            with pytest.raises(ExamgenError, match="not the record that was built"):
                exam.grade(row)
        else:
            assert exam.grade(row).exit_status == 0


def test_a_blueprint_of_other_questions_is_refused(exam):
    exam.blueprint('name = "chain"', 'name = "chains"')
    with pytest.raises(ExamgenError, match=r"'chains' is not on paper .*did you mean 'chain'"):
        exam.grade(exam.answers("s1"))


def test_an_item_copy_that_does_not_load_is_noted_and_tried_once(exam):
    (exam.folder / "confidential" / "items" / "chain.py").write_text("syntax error(", "utf-8")
    outcome = exam.grade(exam.answers("s1", a="13", b="1", c="1", f="1"))
    assert [row.part for row in outcome.review[:3]] == ["1.b", "1.c", "1.f"]
    assert all("could not be recomputed" in row.why for row in outcome.review[:3])
    assert "chain.py cannot be loaded" in outcome.notes[-1]


# ---- decimal commas ---------------------------------------------------------------------


@pytest.fixture
def thousandths(exam):
    """1.c of s1 has the key 1.728, and s1 writes it with a comma; grades a table with it."""
    form = exam.forms[0]
    item = form.items[0]
    share = replace(item.parts[2], key="216/125", depends=())
    item = replace(item, parts=(*item.parts[:2], share, *item.parts[3:]))
    exam.record([replace(form, items=(item,)), *exam.forms[1:]])

    def grade(delimiter, **options):
        path = exam.submit(exam.answers(c="1,728"))
        text = path.read_text("utf-8").replace('"1,728"', "1 728").replace(",", delimiter)
        cell = '"1,728"' if delimiter == "," else "1,728"
        path.write_text(text.replace("1 728", cell), "utf-8")
        outcome = exam.grade(**options)
        mark = outcome.marks[2]
        notes = [note for note in outcome.notes if "decimal" in note]
        return mark.verdict, mark.read_as, notes

    return grade


def test_a_comma_is_a_thousands_separator_unless_told(thousandths):
    assert thousandths(",") == ("undecided", "1728", [])  # 1.728 would be right: a human decides


def test_semicolons_imply_decimal_commas_and_a_note_says_so(thousandths, exam):
    verdict, read_as, (note,) = thousandths(";")
    assert (verdict, read_as) == ("right", "1.728")
    assert note.startswith("submissions.csv: read with decimal commas, as usual in a table with")
    verdict, _, (note,) = thousandths(";", decimal_comma=False)
    assert (verdict, note) == ("undecided", "submissions.csv: read with decimal points, as asked")
    exam.blueprint("[marking]", "decimal_comma = false\n[marking]")
    assert thousandths(";")[0] == "undecided"


def test_the_blueprint_or_the_command_line_says_decimal_commas(thousandths, exam):
    assert thousandths(",", decimal_comma=True)[:2] == ("right", "1.728")
    exam.blueprint("[marking]", "decimal_comma = true\n[marking]")
    verdict, read_as, notes = thousandths(",")
    assert (verdict, read_as) == ("right", "1.728")
    assert notes == ["submissions.csv: read with decimal commas, as the blueprint says"]
    assert thousandths(",", decimal_comma=False)[0] == "undecided"


def test_sheets_are_told_apart_with_decimal_commas_too(exam):
    def alike(form, key):
        part = replace(form.items[0].parts[2], depends=())
        parts = tuple(
            replace(part, name=f"c{place}", column=f"1.{letter}", key=key)
            for place, letter in enumerate("abcdefg")
        )
        return replace(form, items=(replace(form.items[0], parts=parts),))

    exam.record([alike(exam.forms[0], "1/4"), alike(exam.forms[1], "1125/1000")])
    row = [CODE, "s1", "", "", *["1,125"] * 7]
    (doubt,) = exam.grade(row, decimal_comma=True).review
    assert "far better: 7 are right there" in doubt.why
    assert exam.grade(row, decimal_comma=False).review == []


def test_notes_name_the_files_read_and_tell_all(exam):
    unknown = [["", f"u{number}", "", "", *["1"] * 7] for number in range(1100)]
    whole = exam.grade_and_write(exam.answers("s1"), *unknown)
    notes = (exam.folder / "grades" / "notes.txt").read_text("utf-8").splitlines()
    for line, path in zip(
        notes, ("submissions.csv", "confidential/forms.jsonl", "exam.toml"), strict=False
    ):
        name = path.rpartition("/")[2]
        digest = hashlib.sha256((exam.folder / path).read_bytes()).hexdigest()
        assert line == f"{name} sha256 {digest}"
    assert sum("no student 'u" in line for line in notes) == 1000
    assert "and 100 more rows of unknown papers or students" in notes
    lines = summary(whole.tally).splitlines()
    assert sum(line.startswith("note: ") for line in lines) == 31
    assert lines[-1] == "note: 972 more notes are in notes.txt"


def test_many_rows_of_one_student_are_told_in_short(exam):
    rows = [exam.answers("s1") for _ in range(50)]
    with pytest.raises(ExamgenError, match=r"rows 2, 3, .*, 21 and 30 more are all of student"):
        exam.grade(*rows)


def test_a_students_review_is_in_printed_order(exam):
    row = exam.answers("s2", a="see the back", c="I do not know", f="?", g="words")
    row[0] = exam.answers("s1")[0]
    outcome = exam.grade(row)
    parts = [row.part for row in outcome.review]
    assert parts == ["sheet", "1.a", "1.c", "1.f", "1.g"]
