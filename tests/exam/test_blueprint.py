"""Blueprints: what is read, and the message for every mistake."""

from fractions import Fraction

import pytest

from examgen.errors import ExamgenError
from examgen.exam.blueprint import read_blueprint

GOOD = """\
[exam]
title = "CNN Fundamentals"
course = "CENG 403"
minutes = 180
total = 60
instructions = [
  "No calculators.",
  "total = 5 is not a setting here",
]

[marking]
step = 0.25
follow_through = "3/4"
floor = "none"
rounding = "none"
pass = "50%"
grades = { AA = "90%", BA = "85%" }

[[choose]]
questions = ["layer", "field"]

[[question]]
name = "layer"
item = "convolution/layer_cost"
marks = { height = 2, params = 2.5, macs = "1/2" }
narrow = { H = [16, 32], K = 3, eta = 0.3, C_out = { low = 8, high = 16.0 } }

[[question]]
topic = "convolution/field"
name = "field"
repeats = true

[[question]]
item = "concepts/history"
bonus = true
marks = 4
"""


def test_everything_is_read_exactly(tmp_path):
    path = tmp_path / "exam.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    plan = read_blueprint(path)
    assert (plan.title, plan.course, plan.minutes, plan.total) == (
        "CNN Fundamentals", "CENG 403", 180, Fraction(60),
    )  # fmt: skip
    assert plan.marking.step == Fraction(1, 4) and plan.marking.follow_through == Fraction(3, 4)
    assert plan.marking.rounding is None and plan.marking.penalty == 0
    assert [grade.name for grade in plan.marking.grades] == ["AA", "BA"]
    assert plan.choose[0].questions == ("layer", "field")
    assert (plan.choose[0].count, plan.choose[0].take) == (1, "best")
    layer, field, history = plan.questions
    assert layer.marks == {"height": Fraction(2), "params": Fraction(5, 2), "macs": Fraction(1, 2)}
    assert layer.narrow == {
        "H": [16, 32], "K": 3, "eta": Fraction(3, 10), "C_out": {"low": 8, "high": 16},
    }  # fmt: skip
    assert (field.topic, field.items, field.repeats, field.bonus) == (
        "convolution/field", (), True, False,
    )  # fmt: skip
    assert (history.name, history.number, history.marks) == ("concepts/history", 3, Fraction(4))
    assert history.bonus


def test_total_counts_a_choice_once_and_no_bonus(tmp_path):
    path = tmp_path / "exam.toml"
    path.write_text(GOOD, encoding="utf-8")
    marks = {"layer": Fraction(5), "field": Fraction(5), "concepts/history": Fraction(4)}
    assert read_blueprint(path).total_of(marks) == 5


def test_digest_is_of_what_is_said_not_how(blueprint):
    question = '[[question]]\nitem = "a"\nbonus = true\n'
    same = '# a remark\n[[question]]\nbonus=true\n\n\nitem="a"'
    assert blueprint(question).digest == blueprint(same).digest
    assert blueprint(question).digest != blueprint(question.replace("true", "false")).digest


def mistake(tmp_path, text):
    path = tmp_path / "exam.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExamgenError) as error:
        read_blueprint(path)
    message = str(error.value)
    assert message.startswith(f"{path}:")
    line, _, message = message.removeprefix(f"{path}:").partition(": ")
    return int(line), message


MISTAKES = [
    ('title = "CNN Fundamentals"\n', "titel = 5\n", 2, "did you mean 'title'?"),
    ('title = "CNN Fundamentals"\n', "", 1, "[exam] needs 'title'"),
    ('"CNN Fundamentals"', '""', 2, "'title' is empty"),
    ('"CNN Fundamentals"', "5", 2, "'title' is a text in quotes"),
    ("minutes = 180", "minutes = 0", 4, "'minutes' is a whole number of at least 1, not 0"),
    ("minutes = 180", "minutes = true", 4, "not true"),
    ("minutes = 180", 'decimal_comma = "yes"', 4, "'decimal_comma' is true or false"),
    ("step = 0.25", 'moderation = "a lot"', 12, "'moderation' is per cent such as"),
    ("total = 60", 'total = "sixty"', 5, "'total' is a number such as 2, 2.5"),
    ("total = 60", "total = -1", 5, "not -1"),
    ("total = 60", "total = inf", 5, "inf is not a number that an exam can use"),
    ("total = 60", "total = 1e999999999", 5, "write it plainly"),
    ("step = 0.25", "step = 0", 12, "'step' must be above 0"),
    ('"3/4"', '"3/0"', 13, "'follow_through' is a number"),
    ('"3/4"', "2", 13, "a share from 0 to 1, not 2"),
    ('floor = "none"', 'floor = "questions"', 14, "did you mean 'question'?"),
    ('"50%"', '"half"', 16, "'pass' is per cent such as"),
    ('"50%"', '"150%"', 16, "'pass' is per cent"),
    ('"85%"', '"95%"', 17, "must need less than 'AA' (90%)"),
    ('"85%"', "50", 17, "all grades in per cent, or all in marks"),
    ('["layer", "field"]', '["layer", "feild"]', 20, "did you mean 'field'?"),
    ('["layer", "field"]', '["layer"]', 19, "less than the questions to choose from (1)"),
    ('["layer", "field"]', '["layer", "layer"]', 20, "'questions' names 'layer' twice"),
    ('["layer", "field"]', '["layer", "concepts/history"]', 20, "is a bonus"),
    ('item = "convolution/layer_cost"\n', "", 22, "needs one of 'item', 'items' and 'topic'"),
    ('item = "convolution/layer_cost"\n', 'item = "a"\ntopic = "b"\n', 24, "it has item and topic"),
    ('item = "convolution/layer_cost"\n', 'items = ["a", "a"]\n', 24, "and none twice"),
    ('item = "concepts/history"\n', 'items = ["a", "b"]\n', 34, "give it a name"),
    ("params = 2.5", "params = [2]", 25, "'params' is a number"),
    ("narrow = {", "narrow = 3 # {", 26, "'narrow' is a table, not 3"),
    ("repeats = true", 'repeats = "yes"', 31, "'repeats' is true or false"),
    ("repeats = true", "repeat = true", 31, "did you mean 'repeats'?"),
    ('name = "field"', 'name = "layer"', 30, "questions 1 and 2 are both called 'layer'"),
    ('name = "field"', 'name = " "', 30, "'name' is empty"),
    ("[[choose]]", "[[chose]]", 19, "did you mean 'choose'?"),
    ("repeats = true", "repeats = yes", 31, "not valid TOML"),
    ("repeats = true", 'name = "again"', 31, "not valid TOML"),
    ('"CNN Fundamentals"', '"CNN Fundamentals', 2, "with the quote that it began with"),
    ("minutes = 180", "minutes = [0.5, { a = true }]", 4, "not [0.5, { a = true }]"),
    ("minutes = 180", "deadline = 2026-01-20", 4, "not 2026-01-20"),
    ("minutes = 180", "Minutes = 180", 4, "did you mean 'minutes'?"),
    ("[exam]", "[[exam]]", 1, "write [exam], once, not [[exam]]"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), MISTAKES)
def test_mistakes_are_named_with_their_line(tmp_path, old, new, line, message):
    assert GOOD.count(old) >= 1
    found = mistake(tmp_path, GOOD.replace(old, new, 1))
    assert found[0] == line
    assert message in found[1]


def test_files_that_are_no_blueprint(tmp_path):
    assert "needs a table [exam]" in mistake(tmp_path, "")[1]
    assert "has no question" in mistake(tmp_path, '[exam]\ntitle = "x"\n')[1]
    single = '[exam]\ntitle = "x"\n[question]\nitem = "a"\n'
    assert mistake(tmp_path, single) == (3, "write [[question]] above each question")
    assert "nested too deeply" in mistake(tmp_path, f"a = {'[' * 9000}")[1]
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[exam]\ntitle = "Évaluation"'.encode("latin-1"))
    with pytest.raises(ExamgenError, match=r"latin\.toml:2: not UTF-8"):
        read_blueprint(latin)
    with pytest.raises(ExamgenError, match="cannot be read: No such file"):
        read_blueprint(tmp_path / "missing.toml")


PAPER = '[exam]\ntitle = "T"\n[paper]\n{}\n[[question]]\nitem = "a/b"\n'


def test_paper_settings(tmp_path):
    path = tmp_path / "exam.toml"
    lines = 'edition = "large"\nsheet = "Letter"\ntheme = "our/theme"\nlogo = "seal.svg"'
    path.write_text(PAPER.format(lines), encoding="utf-8")
    paper = read_blueprint(path).paper
    assert (paper.edition, paper.sheet) == ("large", "Letter")
    assert paper.theme == tmp_path / "our/theme"
    assert paper.logo == tmp_path / "seal.svg"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('edition = "larg"', "large, html, not 'larg'; did you mean 'large'?"),
        ('sheet = "A5"', "4: 'sheet' is one of A4, Letter, not 'A5'"),
        ('theem = "x"', "did you mean 'theme'?"),
        ("logo = 3", "4: 'logo' is a text in quotes"),
    ],
)
def test_mistakes_in_paper_settings(tmp_path, line, message):
    path = tmp_path / "exam.toml"
    path.write_text(PAPER.format(line), encoding="utf-8")
    with pytest.raises(ExamgenError) as caught:
        read_blueprint(path)
    assert message in str(caught.value)


def test_how_students_write_decimals_and_how_far_markers_may_differ(blueprint):
    question = '[[question]]\nitem = "a"\n'
    plain = blueprint(question)
    assert plain.decimal_comma is None
    assert plain.marking.moderation.marks(Fraction(4)) == 1
    head = '[exam]\ntitle = "x"\ndecimal_comma = {}\n[marking]\nmoderation = {}\n'
    course = blueprint(question, head=head.format("true", '"20%"'))
    assert course.decimal_comma is True
    assert course.marking.moderation.marks(Fraction(5, 2)) == Fraction(1, 2)
    other = blueprint(question, head=head.format("false", "0.5"))
    assert other.decimal_comma is False
    assert other.marking.moderation.marks(Fraction(10)) == Fraction(1, 2)
