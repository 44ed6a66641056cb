"""Submissions as people save them."""

import pytest

from examgen.errors import ExamgenError
from examgen.grading.read import read_submissions

COLUMNS = ["1.a", "1.b", "2.a"]


class Found:
    """All sheets of submissions, and the notes on them."""

    def __init__(self, submissions):
        self.sheets = list(submissions)
        self.notes = tuple(submissions.notes)


def read(tmp_path, content, **options):
    path = tmp_path / "answers.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Found(read_submissions(path, columns=COLUMNS, **options))


def fails(tmp_path, content, **options):
    with pytest.raises(ExamgenError) as caught:
        read(tmp_path, content, **options)
    return str(caught.value)


WIDE = "paper,student,name,status,1.a,1.b,2.a\nP1,s1,Özgür,,12,3×4,\n,s2,,absent,,,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    first, second = read(tmp_path, WIDE.replace(",", delimiter).encode(encoding)).sheets
    assert (first.row, first.paper, first.student) == (2, "P1", "s1")
    assert first.responses == {"1.a": "12", "1.b": "3×4", "2.a": ""}
    assert (second.student, second.status, second.empty) == ("s2", "absent", True)


def test_windows_text_is_read_with_a_warning(tmp_path):
    found = read(tmp_path, WIDE.encode("cp1252"))
    assert found.sheets[0].responses["1.b"] == "3×4"
    assert "Windows-1252" in found.notes[0] and "0xD6 in line 2" in found.notes[0]


@pytest.mark.parametrize(
    "header",
    ["id, 1.A ,1.B,2.a", "student,1.a,1.b,2.a", "Student,ID,1.a,1.b,2.a", "code,2.a,1.b,1.a"],
)
def test_headers_in_their_many_forms(tmp_path, header):
    cells = ",".join(str(place) for place in range(len(header.split(","))))
    (sheet,) = read(tmp_path, f"{header}\n{cells}\n").sheets
    assert set(sheet.responses) == set(COLUMNS)
    assert sheet.student or sheet.paper


def test_an_id_wins_over_a_column_student(tmp_path):
    (sheet,) = read(tmp_path, "Student,ID,1.a,1.b,2.a\nAda,007,1,2,3\n").sheets
    assert sheet.student == "007"


def test_a_row_a_part(tmp_path):
    text = "student,part,response,status\ns1,1.a,12,\ns2,1.A,9,\ns1,2.a,x,\ns3,,,present\n"
    first, second, third = read(tmp_path, text).sheets
    assert (first.row, first.responses) == (2, {"1.a": "12", "2.a": "x"})
    assert second.responses == {"1.a": "9"}
    assert (third.status, third.empty) == ("present", True)


def test_a_part_twice_in_a_long_table(tmp_path):
    text = "student,part,response\ns1,1.a,12\ns1,1.a,13\n"
    assert "rows 2 and 3 answer part 1.a" in fails(tmp_path, text)
    assert read(tmp_path, text, duplicates="first").sheets[0].responses == {"1.a": "12"}
    assert read(tmp_path, text, duplicates="latest").sheets[0].responses == {"1.a": "13"}


def test_an_export_of_ours_is_read_back(tmp_path):
    (sheet,) = read(tmp_path, "student,1.a,1.b,2.a\ns1,'=1+1,-5,'-x\n").sheets
    assert sheet.responses == {"1.a": "=1+1", "1.b": "-5", "2.a": "-x"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("student,1.a,1.b\ns1,1,2\n", "row 1: the column '2.a' is missing"),
        ("student,1.a,1.b,2a\ns1,1,2,3\n", "no column '2a'; did you mean '2.a'?"),
        ("studnt,1.a,1.b,2.a\ns1,1,2,3\n", "neither a column 'paper' nor 'student'"),
        ("student,1.a,1.a,1.b,2.a\ns1,1,2,3,4\n", "two columns '1.a'"),
        ("student,1.a,1.b,2.a\ns1,1,2,3,4\n", "row 2 has 5 cells, the header 4"),
        ('student,1.a,1.b,2.a\ns1,1,"2,3\ns2,1,2,3\n', "row 2: a quote"),
        ("student,1.a,1.b,2.a\ns1,1,2\0,3\n", "line 2 holds a NUL"),
        ("student,1.a,1.b,2.a\ns1,1," + "9" * 20_001 + ",3\n", "row 2: a cell is longer"),
        ("student,status,1.a,1.b,2.a\ns1,abcent,1,2,3\n", "did you mean 'absent'?"),
        ("student,part,response\ns1,3.a,1\n", "row 2: the exam has no part '3.a'"),
        ("student,part\ns1,1.a\n", "the column 'response' is missing"),
        ("student,1.a,1.b,2.a\n", "no answers below the header"),
        ("", "the first row is empty"),
        (b"PK\x03\x04rest", "Excel or OpenDocument"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        ("<html></html>", "web page"),
        (b"student,1.a\n\x81\x8d,1\n", "neither UTF-8 nor Windows text"),
    ],
)
def test_bad_files_are_refused_with_their_row(tmp_path, content, message):
    found = fails(tmp_path, content)
    assert message in found
    assert "answers.csv" in found


def test_a_column_of_the_roster_is_passed_over(tmp_path):
    text = "student,section,1.a,1.b,2.a\ns1,A,1,2,3\n"
    assert "no column 'section'" in fails(tmp_path, text)
    assert read(tmp_path, text, extra=["Section"]).sheets[0].responses["2.a"] == "3"


def test_a_missing_file(tmp_path):
    with pytest.raises(ExamgenError, match="cannot be read"):
        read_submissions(tmp_path / "no.csv", columns=COLUMNS)


def test_a_line_that_names_the_delimiter(tmp_path):
    for mark in ",;\t|":
        text = f"sep={mark}\r\n" + "student,1.a,1.b,2.a\r\ns1,1,2,3\r\n".replace(",", mark)
        assert read(tmp_path, text).sheets[0].responses["2.a"] == "3"
    for mark in ("", '"', "a", ",,", " "):
        assert "'sep=' must name" in fails(tmp_path, f"sep={mark}\nstudent,1.a,1.b,2.a\n")


def test_rows_that_end_early_are_noted(tmp_path):
    found = read(tmp_path, "student,1.a,1.b,2.a\ns1,1,2,3\ns2,1\n")
    assert found.sheets[1].responses == {"1.a": "1", "1.b": "", "2.a": ""}
    assert found.notes == (
        "answers.csv: row 3 with fewer cells than the header: the rest is read as empty",
    )


def test_messages_are_short_and_do_not_steer_the_terminal(tmp_path):
    odd = "\x1b[31m\u202e" + "x" * 10_000
    for text in (
        f"student,{odd},1.a,1.b,2.a\ns1,0,1,2,3\n",
        f"student,status,1.a,1.b,2.a\ns1,{odd},1,2,3\n",
        f"student,part,response\ns1,{odd},1\n",
    ):
        message = fails(tmp_path, text)
        assert len(message) < 500
        assert not {"\x1b", "\u202e"} & set(message)
    assert len(fails(tmp_path, ",".join(f"c{n}" for n in range(10_000)))) < 2000


def test_rows_of_one_paper_in_a_long_table_belong_together(tmp_path):
    text = (
        "paper,student,part,response\n22222-22222,s1,1.a,1\n22222 22222,,1.b,2\n"
        ",s1,2.a,3\n,s2,1.a,4\n"
    )
    first, second = read(tmp_path, text).sheets
    assert (first.paper, first.student) == ("22222-22222", "s1")
    assert first.responses == {"1.a": "1", "1.b": "2", "2.a": "3"}
    assert (second.paper, second.student) == ("", "s2")
