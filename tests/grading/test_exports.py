"""Exports of learning systems, and tables whose columns the user names."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from examgen.cli import main
from examgen.errors import ExamgenError
from examgen.grading import grade_exam
from examgen.grading.headers import naming
from examgen.grading.read import read_submissions

COLUMNS = ["1.a", "1.b"]
CANVAS = (
    "name,id,sis_id,section,submitted,attempt,811: Q1a how wide?,1.0,812: Q1b which?,1.0,"
    'n correct,n incorrect,score\nAda,9,s1,A,2026-09-27 12:00:00 UTC,1,12,1.0,"3\\,4",1.0,2,0,2\n'
)
MOODLE = (
    "Nachname;Vorname;ID-Nummer;Status;Begonnen am;Beendet;Verbrauchte Zeit;1.a;Frage 1 (b)\n"
    "L;Ada;s1;Beendet;x;y;1 min;12;-\n"
)
GOOGLE = "Timestamp,Score,Student number,1.a how wide?,Question 1 part b\nt,4 / 5,s1,12,7\n"
MICROSOFT = (
    "ID,Start time,Completion time,Email,Name,Total points,Q. 1a\u00a0wide?,Points - Q. 1a wide?,"
    "1b,Feedback - 1b\n1,t,u,s1,Ada,,12,,7,\n"
)
GRADESCOPE = "First Name,SID,Submission ID,Submission Time,Status,1.a,1.b\nAda,s1,5,t,Graded,12,7\n"


def read(tmp_path, text, *, maps=(), id_column=""):
    path = tmp_path / "export.csv"
    path.write_text(text, "utf-8")
    named = naming(maps, id_column, columns=COLUMNS)
    submissions = read_submissions(path, columns=COLUMNS, named=named)
    sheets = list(submissions)
    return SimpleNamespace(sheets=sheets, notes=[*submissions.mapping, *submissions.notes])


def fails(tmp_path, text, **options):
    with pytest.raises(ExamgenError) as caught:
        read(tmp_path, text, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "system", "second"),
    [
        (CANVAS, "Canvas", "3,4"),
        (MOODLE, "Moodle", ""),
        (GOOGLE, "Google Forms", "7"),
        (MICROSOFT, "Microsoft Forms", "7"),
        (GRADESCOPE, "Gradescope", "7"),
    ],
)
def test_exports_are_known_by_their_header(tmp_path, text, system, second):
    found = read(tmp_path, text)
    (sheet,) = found.sheets
    assert sheet.student == "s1"
    assert sheet.responses == {"1.a": "12", "1.b": second}
    assert sheet.status == ""
    assert any(f"read as {system}" in note and "1.a = '" in note for note in found.notes)


def test_any_other_table_by_map_and_id_column(tmp_path):
    text = "who,width,height,remark\ns1,12,7,fine\n"
    found = read(tmp_path, text, maps=["q1a=Width", "1.b=height"], id_column="who")
    assert found.sheets[0].responses == {"1.a": "12", "1.b": "7"}
    assert found.notes[-1].endswith("ignored columns: 'remark'")


def test_a_points_possible_row_is_no_student(tmp_path):
    text = "Student,ID,w,1.b\n    Points Possible,,5,5\nAda,s1,12,7\n"
    found = read(tmp_path, text, maps=["1.a=w"])
    assert [sheet.row for sheet in found.sheets] == [3]
    assert "row 2: skipped" in found.notes[-1]


def test_what_cannot_be_mapped_is_refused(tmp_path):
    named = {"maps": ["1.a=widht"], "id_column": "who"}
    assert "did you mean 'width'?" in fails(tmp_path, "who,width,1.b\ns1,1,2\n", **named)
    assert "write PART=COLUMN" in fails(tmp_path, GOOGLE, maps=["1.a"])
    assert "no part '9.z'" in fails(tmp_path, GOOGLE, maps=["9.z=Score"])
    both = GOOGLE.replace("Question 1 part b", "1.a again")
    assert "part 1.a may be" in fails(tmp_path, both)
    assert "no column is of part 1.b" in fails(
        tmp_path, GOOGLE.replace("Question 1 part b", "Question 1 a list")
    )
    assert "--id-column" in fails(tmp_path, "width,1.b\n1,2\n", maps=["1.a=width"])


def test_the_command_takes_the_naming(exam):
    path = exam.submit(
        ["s1", "11", "121", "3", "A", "AC", "16", "-"],
        header=("who", "side", "1.b", "1.c", "1.d", "1.e", "1.f", "1.g"),
    )
    options = ["--map", "1.a=side", "--id-column", "who"]
    done = CliRunner().invoke(main, ["grade", str(path), "--exam", str(exam.folder), *options])
    assert done.exit_code == 0, done.output
    assert "1.a = 'side'" in done.output
    (mark,) = [row for row in exam.table("marks.csv") if row["part"] == "1.a"]
    assert mark["verdict"] == "right"


GRADEBOOK = (
    "Student,ID,SIS User ID,SIS Login ID,Section,1.a (811),1.b (812),Final Score\n"
    ",,,,,Manual Posting,Manual Posting,(read only)\n"
    "    Points Possible,,,,,5,5,(read only)\n"
    '"L, Ada",91,s1,ada@x,A,12,Manual Posting,\n'
)


def test_a_canvas_gradebook_with_its_rows_that_are_no_student(tmp_path):
    found = read(tmp_path, GRADEBOOK)
    (sheet,) = found.sheets
    assert (sheet.row, sheet.student) == (4, "s1")
    assert sheet.responses == {"1.a": "12", "1.b": "Manual Posting"}  # a student may write that
    assert [note[:14] for note in found.notes if "skipped" in note] == [
        "row 2: skipped", "row 3: skipped",
    ]  # fmt: skip


def test_moodle_has_the_text_of_the_question_beside_the_response(tmp_path):
    text = (
        "Last name,First name,Email address,Status,Started,Completed,Duration,Grade/10.00,"
        "Question 1a,Response 1a,Right answer 1a,Question 1b,Response 1b,Right answer 1b\n"
        "L,Ada,s1,Finished,x,y,1 min,10.00,How wide?,12,12,Which?,-,7\n"
        "Overall average,,,,,,,5.00,,,,,,\n"
    )
    found = read(tmp_path, text)
    (sheet,) = found.sheets
    assert sheet.responses == {"1.a": "12", "1.b": ""}
    assert sheet.status == ""  # Moodle's own says "Finished"
    assert "row 3: skipped" in found.notes[-1]


def test_status_and_chosen_are_read_from_foreign_tables(tmp_path):
    (sheet,) = read(tmp_path, GOOGLE.replace("Score", "Status").replace("4 / 5", "void")).sheets
    assert sheet.status == "void"
    (sheet,) = read(tmp_path, GRADESCOPE.replace("First Name", "Chosen")).sheets
    assert (sheet.chosen, sheet.status) == ("Ada", "")


def test_the_mapping_is_told_before_anything_is_marked(exam):
    path = exam.submit(["s1", *exam.answers("s1")[4:]], header=("who", *"abcdefg"))
    maps = [f"1.{part}={part}" for part in "abcdefg"]
    outcome = grade_exam(exam.folder, path, maps=maps, id_column="who")
    assert "1.a = 'a'" in outcome.mapping[0]
    record = exam.folder / "confidential" / "forms.jsonl"
    record.write_text(record.read_text("utf-8").replace('"value":10', '"value":"x"'), "utf-8")
    command = ["grade", str(path), "--exam", str(exam.folder), "--id-column", "who"]
    for text in maps:
        command += ["--map", text]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert done.output.index("1.a = 'a'") < done.output.index("part 1.a is damaged")
