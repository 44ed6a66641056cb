"""Sections and choices: what is read, and the message for every mistake."""

import pytest

from examgen.bank import Bank
from examgen.errors import ExamgenError
from examgen.exam.blueprint import read_blueprint
from examgen.exam.draws import draws_of
from examgen.paper import heading_of

EXAM = """\
[exam]
title = "Sections"

[[choose]]
questions = ["hand", "pool"]

[[section]]
title = "Sizes"
marks = 9
questions = ["layer", "field"]

[[section]]
title = "By hand"
questions = ["hand", "pool", "more"]

[[question]]
name = "layer"
item = "shapes/layer_cost"

[[question]]
name = "field"
item = "receptive_field/three_layers"

[[question]]
name = "hand"
item = "convolution/by_hand"

[[question]]
name = "pool"
item = "pooling/by_hand"
marks = { M = 1, A = 2, B = 1 }

[[question]]
name = "more"
item = "convolution/by_hand"
bonus = true
"""


def read(tmp_path, text):
    path = tmp_path / "exam.toml"
    path.write_text(text, encoding="utf-8")
    return read_blueprint(path)


def test_sections_add_up_without_bonus_and_a_choice_once(tmp_path):
    plan = read(tmp_path, EXAM)
    marks = {draw.question.name: draw.total for draw in draws_of(plan, Bank.with_bundled(()))}
    sizes, hand = heading_of(plan, marks).sections
    assert (sizes.number, sizes.title, sizes.marks, sizes.first, sizes.last) == (
        1,
        "Sizes",
        9,
        1,
        2,
    )
    assert (hand.number, hand.marks, hand.first, hand.last) == (2, 4, 3, 5)


def test_spaces_in_names_count_once(tmp_path):
    text = EXAM.replace('"field"]', '"the  field"]').replace('"field"', '"the  field "')
    assert read(tmp_path, text).sections[0].questions == ("layer", "the field")


def test_a_section_of_bonus_alone_has_the_marks_of_its_bonus(tmp_path):
    text = EXAM.replace(
        ', "more"]', ']\n\n[[section]]\ntitle = "Extra"\nquestions = ["more"]\nmarks = 4'
    )
    plan = read(tmp_path, text)
    marks = {draw.question.name: draw.total for draw in draws_of(plan, Bank.with_bundled(()))}
    heading = heading_of(plan, marks)
    assert [(one.marks, one.bonus) for one in heading.sections] == [
        (9, False),
        (4, False),
        (4, True),
    ]
    assert heading.total == 13


MISTAKES = [
    ('["layer", "field"]', '["layer", "feild"]', 10, "did you mean 'field'?"),
    ('["layer", "field"]', '["field", "layer"]', 10, "in their order: layer, field, not field"),
    ('["layer", "field"]', '["layer", "layer"]', 10, "'questions' names 'layer' twice"),
    ('"hand", "pool", "more"', '"field", "hand", "pool", "more"', 14, "'field' is in two sections"),
    ('["layer", "field"]', "[]", 10, "section 1 needs 'questions': the names of at least one"),
    ('["layer", "field"]', '["layer", "field", "hand"]', 10, "reaches beyond the section"),
    ('["hand", "pool", "more"]', '["hand", "pool"]', 14, "question 'more' is in no section"),
    ('title = "By hand"\n', "", 12, "needs 'title'"),
    ("marks = 9", "mark = 9", 9, "did you mean 'marks'?"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), MISTAKES)
def test_mistakes_are_named_with_their_line(tmp_path, old, new, line, message):
    assert old in EXAM
    with pytest.raises(ExamgenError) as error:
        read(tmp_path, EXAM.replace(old, new))
    assert f"exam.toml:{line}: " in str(error.value) and message in str(error.value)


def test_marks_of_a_section_must_add_up(tmp_path):
    plan = read(tmp_path, EXAM.replace("marks = 9", "marks = 10"))
    with pytest.raises(ExamgenError, match=r"exam.toml:9: the section says 10 marks, .* up to 9: "):
        draws_of(plan, Bank.with_bundled(()))
