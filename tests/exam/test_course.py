"""The course folder: what examgen.toml says holds where a blueprint and a command say nothing."""

from pathlib import Path

import pytest

from examgen.errors import ExamgenError
from examgen.exam.blueprint import parse_blueprint
from examgen.exam.course import Course, find_course, read_course

EXAM = b'[exam]\ntitle = "Quiz"\n[[question]]\nitem = "a/b"\n'


def course(folder: Path, text: str) -> Course:
    (folder / "examgen.toml").write_text(text, encoding="utf-8")
    return find_course(folder)


def blueprint(text: bytes = EXAM):
    return parse_blueprint(Path("quiz.toml"), text)


def test_it_is_found_in_a_folder_above(tmp_path):
    course(tmp_path, 'banks = ["mine", "ours"]\n')
    below = tmp_path / "2026" / "quiz"
    below.mkdir(parents=True)
    assert find_course(below).banks == (tmp_path / "mine", tmp_path / "ours")


def test_without_one_nothing_is_set(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "is_file", lambda path: False)
    assert find_course(tmp_path) == Course()


def test_a_blueprint_takes_what_it_does_not_say(tmp_path):
    (tmp_path / "look").mkdir()
    text = 'institution = "METU"\ncourse = "CNN"\nsheet = "Letter"\ntheme = "look"\n'
    found = course(tmp_path, text)
    own = EXAM.replace(b"title", b'course = "Vision"\ntitle')
    filled = found.filled(blueprint(own))
    assert (filled.institution, filled.course) == ("METU", "Vision")
    assert (filled.paper.sheet, filled.paper.edition) == ("Letter", "standard")
    assert filled.paper.theme == tmp_path / "look"
    again = parse_blueprint(Path("record.toml"), filled.text.encode())
    assert (again.institution, again.course, again.paper.sheet) == ("METU", "Vision", "Letter")


def test_another_institution_makes_another_exam(tmp_path):
    plain = Course().filled(blueprint())
    assert plain.digest == blueprint().digest
    assert course(tmp_path, 'institution = "METU"').filled(blueprint()).digest != plain.digest


def test_errors_keep_the_lines_of_the_blueprint(tmp_path):
    found = course(tmp_path, 'institution = "METU"\ncourse = "CNN"\nedition = "large"\n')
    question = found.filled(blueprint()).questions[0]
    assert str(question.error("no", "item")) == "quiz.toml:4: question 'a/b': no"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('bank = ["x"]', "1: the file has no setting 'bank'; did you mean 'banks'?"),
        ('banks = "x"', "1: 'banks' is a list of texts"),
        ('\nsheet = "A5"', "2: 'sheet' is one of A4, Letter, not 'A5'"),
        ("institution = 3", "1: 'institution' is a text in quotes"),
        ('decimal_comma = "yes"', "1: 'decimal_comma' is true or false"),
        ('theme = "look"', "1: there is no folder 'look'"),
        ("theme = ", "1: not valid TOML"),
    ],
)
def test_mistakes_have_file_and_line(tmp_path, text, told):
    with pytest.raises(ExamgenError) as error:
        course(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'examgen.toml'}:{told}")


def test_a_bank_that_is_not_there(tmp_path):
    course(tmp_path, '# mine\nbanks = ["mine"]\n')
    with pytest.raises(ExamgenError, match=r"examgen.toml:2: there is no folder '.*mine'"):
        read_course(tmp_path / "examgen.toml").check_banks()
