"""Assembly: nobody's form depends on other questions, other students or later batches."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest

from examgen.errors import ExamgenError
from examgen.exam.assemble import assemble, models_asked
from examgen.exam.codes import parse
from examgen.exam.record import from_line, to_line
from examgen.exam.roster import Student

AREA = '[[question]]\nname = "area"\nitem = "plain/area"\n'
PICK = '[[question]]\nname = "pick"\nitem = "plain/choice"\n'
DRAWN = '[[question]]\nname = "drawn"\ntopic = "small"\nrepeats = true\n'
ESSAY = '[[question]]\nname = "essay"\nitem = "fixed/history"\n'


@pytest.fixture
def dealt(blueprint, bank):
    def build(text, students, *, seed=403, **options):
        return assemble(blueprint(text), bank, students, seed=seed, **options)

    return build


def by_student(assembly):
    """What each student is asked, by question, without the printed numbers."""
    return {
        form.student: {
            item.question: replace(
                item, number=0, parts=tuple(replace(part, column="") for part in item.parts)
            )
            for item in form.items
        }
        for form in assembly.forms
    }


@pytest.mark.parametrize(
    "after",
    [AREA + PICK + DRAWN, DRAWN + PICK + AREA, PICK + AREA + ESSAY + DRAWN, ESSAY + AREA],
)
def test_inserting_moving_or_removing_questions_changes_no_other_item(dealt, students, after):
    before, now = (by_student(dealt(text, students(12))) for text in (AREA + PICK + DRAWN, after))
    for student in before:
        kept = before[student].keys() & now[student].keys()
        assert kept
        assert all(before[student][name] == now[student][name] for name in kept)


def test_the_order_of_the_roster_changes_nothing(dealt, students):
    assert dealt(AREA + PICK, students(15)) == dealt(AREA + PICK, students(15)[::-1])


def test_later_batches_keep_every_form_byte_for_byte(dealt, students):
    text = AREA + PICK + DRAWN
    first = dealt(text, students(10))
    everybody = students(5, batch=2, start=11) + students(10)
    rebuilt = dealt(text, everybody)
    added = dealt(text, everybody, existing=first.forms)
    assert rebuilt.forms == added.forms
    assert [to_line(f) for f in added.forms[:10]] == [to_line(f) for f in first.forms]
    assert [f.student for f in added.forms[10:]] == ["s11", "s12", "s13", "s14", "s15"]
    areas = [form.items[0].rank for form in added.forms]
    assert len(set(areas)) == 15


def test_existing_forms_that_do_not_belong_are_refused(dealt, students):
    first = dealt(AREA, students(3))
    with pytest.raises(ExamgenError, match="students not listed: s3"):
        dealt(AREA, students(2), existing=first.forms)
    with pytest.raises(ExamgenError, match=r"of 's1' could not be dealt again"):
        dealt(AREA, students(3), seed=404, existing=first.forms)


def test_seed_and_secret_change_items_options_and_codes(dealt, students):
    plain = dealt(AREA + PICK, students(6))
    for other in (
        dealt(AREA + PICK, students(6), seed=404),
        dealt(AREA + PICK, students(6), secret=b"s" * 32),
    ):
        pairs = list(zip(plain.forms, other.forms, strict=True))
        assert all(one.code != two.code for one, two in pairs)
        assert any(one.items[0].rank != two.items[0].rank for one, two in pairs)


def test_codes_are_valid_and_all_different(dealt, students):
    forms = dealt(ESSAY, students(500)).forms
    assert len({form.code for form in forms}) == 500
    assert all(parse(form.code) == form.code for form in forms)


def test_numbers_go_by_batch_and_id(dealt):
    students = [Student("s10", "A"), Student("s9", "B"), Student("s1", "C", 2)]
    forms = dealt(ESSAY, students).forms
    assert [(f.number, f.student, f.batch) for f in forms] == [
        (1, "s9", 1), (2, "s10", 1), (3, "s1", 2),
    ]  # fmt: skip


def test_option_orders_are_a_stream_of_their_own(dealt, students):
    """Two parts with as many options are shuffled apart, and so are students with equal items."""
    text = PICK + "narrow = { K = 50 }\n"
    forms = dealt(text, students(40)).forms
    orders = [
        [tuple(option.text for option in part.options) for part in form.items[0].parts]
        for form in forms
    ]
    keys = [[part.key for part in form.items[0].parts] for form in forms]
    assert len({weights for weights, _ in orders}) > 30
    assert sum(weights == middle for weights, middle in keys) < 20
    assert set(Counter(key for pair in keys for key in pair)) == set("ABCDEF")


def test_versions_are_dealt_evenly_and_stay_when_students_come(dealt, students):
    first = dealt(AREA + PICK, students(10), versions=4)
    times = Counter(form.version for form in first.forms)
    assert sorted(times.values()) == [2, 2, 3, 3] and set(times) == {1, 2, 3, 4}
    items = {form.version: form.items for form in first.forms}
    assert all(form.items == items[form.version] for form in first.forms)
    assert len({form.items[0].rank for form in first.forms}) == 4
    assert len({form.code for form in first.forms}) == 10
    later = dealt(
        AREA + PICK, students(10) + students(6, batch=2, start=11),
        versions=4, existing=first.forms,
    )  # fmt: skip
    assert later.forms[:10] == first.forms
    assert set(Counter(form.version for form in later.forms).values()) == {4}


def test_without_versions_each_form_is_its_own(dealt, students):
    assert {form.version for form in dealt(AREA, students(3)).forms} == {0}


def test_columns_hold_every_part_that_may_be_drawn(dealt, students):
    assembly = dealt(AREA + DRAWN + ESSAY, students(1))
    assert assembly.columns == ("1.a", "1.b", "2.a", "2.b", "3.a")
    assert models(dealt(DRAWN, students(20))) == {"small/more", "small/seven"}


def models(assembly):
    return {item.model for form in assembly.forms for item in form.items}


def test_models_asked(blueprint, bank):
    assert models_asked(blueprint(AREA + DRAWN), bank) == (
        "plain/area", "small/more", "small/seven",
    )  # fmt: skip


def test_notes_name_the_question(dealt, students):
    (note,) = dealt(DRAWN, students(30)).notes
    assert note.startswith("question 'drawn': small/seven has 7 usable variants")


def test_titles_marks_and_bonus_are_the_blueprint_s(dealt, students):
    text = AREA + 'title = "A map"\nmarks = { edges = 4 }\nbonus = true\n'
    (form,) = dealt(text, students(1)).forms
    (item,) = form.items
    assert (item.title, item.marks, item.bonus) == ("A map", 6, True)
    assert dealt(AREA, students(1)).forms[0].items[0].title == "Area"


def test_forms_survive_the_record(dealt, students):
    for form in dealt(AREA + PICK + DRAWN + ESSAY, students(3)).forms:
        assert from_line(to_line(form)) == form


TWICE = AREA + "narrow = { H = 9, W = 3 }\n" + AREA.replace('"area"', '"again"')


def test_the_same_item_in_two_questions_is_refused(dealt, students):
    text = TWICE + "narrow = { H = 9, W = 3 }\n"
    with pytest.raises(ExamgenError) as error:
        dealt(text, students(3))
    assert "exam.toml:7: question 'again': on 3 of 3 papers it is the same item as" in str(
        error.value
    )
    assert "question 'area' (plain/area)" in str(error.value)


WRONG = [
    ('item = "plain/aera"', 4, "no item model 'plain/aera'; did you mean 'plain/area'?"),
    ('topic = "fixde"', 4, "no item model has the topic 'fixde'; did you mean 'fixed'?"),
    ('item = "plain/area"\nmarks = { pixel = 2 }', 5, "did you mean 'pixels'?"),
    ('item = "plain/area"\nmarks = { pixels = 0 }', 5, "part 'pixels' needs marks above 0"),
    ('item = "plain/area"\nmarks = { pixels = 0.3 }', 5, "not a multiple of the marking step 1/2"),
    ('item = "plain/area"\nmarks = 5', 5, "says 5 marks, but plain/area has 3 (pixels 2, edges 1)"),
    ('item = "fixed/history"\nmarks = { why = 5 }', 5, "an essay whose rubric has 4 marks, not 5"),
    ('item = "plain/area"\nnarrow = { Hh = 5 }', 5, "no parameter 'Hh'"),
    ('item = "plain/area"\nnarrow = { H = [5, 99] }', 5, "'H' cannot be 99; it takes 1, 2, …, 60"),
    ('item = "plain/area"\nnarrow = { H = { low = "x" } }', 5, "'H' cannot be narrowed to"),
    ('item = "plain/area"\n[question.narrow]\nW = 0', 6, "'W' cannot be 0"),
    ('item = "plain/area"\nnarrow = { H = 2 }', 3, "has 0 usable variants"),
    (
        'name = "x"\nitems = ["plain/area", "plain/choice"]',
        5,
        "different total marks: plain/area 3",
    ),
]


@pytest.mark.parametrize(("question", "line", "message"), WRONG)
def test_what_does_not_fit_is_named_with_its_line(dealt, students, question, line, message):
    with pytest.raises(ExamgenError) as error:
        dealt(f"[[question]]\n{question}\n", students(2))
    assert f"exam.toml:{line}: question '" in str(error.value)
    assert message in str(error.value)


def test_marks_that_do_not_add_up(blueprint, bank, students):
    plan = blueprint(AREA + ESSAY, head='[exam]\ntitle = "x"\ntotal = 8\n')
    with pytest.raises(ExamgenError) as error:
        assemble(plan, bank, students(1), seed=1)
    assert "exam.toml:3: the total is 8, but the questions' marks add up to 7: 'area' 3, 'essay' 4" in str(error.value)  # noqa: E501  # fmt: skip


def test_choices_count_once_and_need_equal_marks(blueprint, bank, students):
    head = '[exam]\ntitle = "x"\ntotal = 6\n[[choose]]\nquestions = ["area", "drawn"]\n'
    other = AREA.replace('"area"', '"second"')
    assert assemble(blueprint(AREA + DRAWN + other, head=head), bank, students(1), seed=1)
    with pytest.raises(ExamgenError, match=r"toml:5: .* need equal marks: 'area' 3, 'drawn' 4"):
        assemble(
            blueprint(AREA + ESSAY.replace("essay", "drawn"), head=head), bank, students(1), seed=1
        )
    with pytest.raises(ExamgenError, match="add up to 7: 'essay' 4, 1 of area, drawn: 1 × 3"):
        assemble(blueprint(AREA + DRAWN + ESSAY, head=head), bank, students(1), seed=1)


def test_hash_seed_does_not_matter(blueprint, bank, tmp_path):
    blueprint(AREA + PICK + DRAWN)
    program = (
        "import sys; from pathlib import Path\n"
        "from examgen.bank.load import Bank\n"
        "from examgen.exam.assemble import assemble\n"
        "from examgen.exam.blueprint import read_blueprint\n"
        "from examgen.exam.record import to_line\n"
        "from examgen.exam.roster import copies\n"
        "plan = read_blueprint(Path(sys.argv[1]))\n"
        "made = assemble(plan, Bank(Path(sys.argv[2])), copies(5), seed=1)\n"
        "print(*map(to_line, made.forms), *made.notes)\n"
    )
    folder = bank.source("plain/area").parent.parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "exam.toml"), str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1 and b"copy-005" in outputs.pop()
