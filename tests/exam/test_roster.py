"""Rosters: read from whatever a registrar's system or a spreadsheet wrote."""

import pytest

from examgen.errors import ExamgenError
from examgen.exam.roster import Student, copies, natural, read_roster, roster_csv

TEXT = "id,name,section\n1001,Ayşe Yılmaz,A\n1002,Jürgen Groß,B\n"


@pytest.fixture
def read(tmp_path):
    def read(content, encoding="utf-8"):
        path = tmp_path / "roster.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_roster(path)

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends(read, encoding, delimiter, line_end):
    text = TEXT.replace(",", delimiter).replace("\n", line_end)
    roster = read(text, encoding)
    assert roster.students == (
        Student("1001", "Ayşe Yılmaz", 1, {"section": "A"}),
        Student("1002", "Jürgen Groß", 1, {"section": "B"}),
    )
    assert roster.notes == ()


def test_windows_text_is_read_and_said(read):
    roster = read("id;name\n7;Zoë Größe\n", "cp1252")
    assert roster.students[0].name == "Zoë Größe"
    assert "read as Windows-1252" in roster.notes[0]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Name,ID", "Ada King,7"),
        ("Student ID,Full Name", "7,Ada King"),
        ("email,student_no,NAME", "x@y,7,Ada King"),
        ("Matriculation Number,name", "7,Ada King"),
        ("Surname,First name,Student number", "King,Ada,7"),
        ("number,last_name,first_name", "7,King,Ada"),
        ("no,student id,name", "1,7,Ada King"),
        ("student,name,edition", "7,Ada King,large"),
        ("Student,ID,SIS Login ID,Section", "Ada King,7,ada,1"),
        ("Öğrenci No,Ad,Soyad", "7,Ada,King"),
        ("SEP=,\nid,name", "7,Ada King"),
        ("id,name", '" 7 ","Ada\n  King"'),
        ("id,name", "7,Ada\u00a0King"),
    ],
)
def test_columns_are_found_by_name(read, header, row):
    (student,) = read(f"{header}\n{row}\n").students
    assert (student.id, student.name) == ("7", "Ada King")


def test_other_columns_are_kept(read):
    (student,) = read("no,student id,name,,batch\n1,7,Ada,,2024\n").students
    assert student.extra == {"no": "1", "batch": "2024"}
    assert student.batch == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,name\n1,A\n2,B\n1,C\n", "rows 2 and 4 have the same id '1'"),
        ("id,name\ns1,A\nS1,B\n", "rows 2 and 3 have the same id 'S1'"),
        ("id,name\n1,A\n\n ,B\n", "row 4: the id is empty"),
        ("id,name\n1,A,x\n", "row 2 has 3 cells, the header 2"),
        ("id,name\n2.34567E+06,A\n", "row 2: '2.34567E+06' was a number before"),
        ("id,name\n1,A\x07\n", "row 2: column 'name' holds the control character U+0007"),
        ("studnet id,name\n1,A\n", "row 1: no column of student numbers: expected 'id'"),
        ("studnet id,name\n1,A\n", "did you mean 'studnet id'?"),
        ("1,Ada\n2,Bob\n", "found '1', 'Ada'"),
        ("id,mail\n1,A\n", "row 1: no column of names: expected 'name'"),
        ("id,surname\n1,A\n", "or 'first name' and 'last name'"),
        ("id,name,ID\n1,A,2\n", "there are two columns 'id'"),
        ("id,name\n", "no student below the header"),
        ("", "the first row is empty"),
        ('id,name\n1,"A\n2,B\n', "opened and never closed"),
        (b"PK\x03\x04rest", "Excel or OpenDocument file, not CSV"),
        ("id,name,edition\n1,A,huge\n", "'edition' is one of standard, accessible, large"),
        ("id,name,edition\n1,A,lagre\n", "row 2: 'edition' is one of"),
        ("id,name,exam_batch\n1,A,second\n", "row 2: 'exam_batch' is a whole number from 1"),
    ],
)
def test_mistakes_are_named_with_their_row(read, content, message):
    with pytest.raises(ExamgenError) as error:
        read(content)
    assert "roster.csv: " in str(error.value) and message in str(error.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(ExamgenError, match=r"none\.csv: cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")


def test_the_folder_roster_keeps_batches_and_reads_back(read):
    students = [
        Student("s10", "Ö, Ü", 1, {"section": "A"}),
        Student("s2", '=HYPERLINK("x")', 2),
        Student("s1", "-", 1, {"note": "late"}),
    ]
    text = roster_csv(students)
    assert text.startswith("id,name,section,note,exam_batch\ns1,")
    assert [(s.id, s.name, s.batch) for s in read(text).students] == [
        ("s1", "-", 1), ("s10", "Ö, Ü", 1), ("s2", '=HYPERLINK("x")', 2),
    ]  # fmt: skip


def test_rows_without_a_batch_are_the_newest(read):
    roster = read("id,name,exam_batch\na,,1\nb,,2\nc,,\n")
    assert [student.batch for student in roster.students] == [1, 2, 3]


def test_copies_keep_their_names_when_there_are_more():
    assert [student.id for student in copies(2)] == ["copy-001", "copy-002"]
    assert copies(1200)[:2] == copies(2)
    assert copies(1200)[-1] == Student("copy-1200", "")


def test_natural_order():
    ids = ["s10", "s2", "10", "9", "b1", "a"]
    assert sorted(ids, key=natural) == ["9", "10", "a", "b1", "s2", "s10"]


def test_editions_of_single_students(read):
    roster = read("id,name,Edition\n1,A,\n2,B,Large\n")
    assert [student.edition for student in roster.students] == ["", "large"]
    assert read(roster_csv(roster.students)).students == roster.students
    assert "edition" not in roster_csv(roster.students[:1])
