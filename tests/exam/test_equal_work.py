"""Equal work: bands of effort that depend on a question alone, and papers that keep within them."""

from fractions import Fraction

import pytest

from examgen.errors import ExamgenError
from examgen.exam.assemble import assemble
from examgen.exam.dealing import Band
from examgen.exam.equal_work import Work
from examgen.exam.signoff import sign_off
from examgen.items.effort import effort

HEAD = '[exam]\ntitle = "Convolution"\nequal_work = "15 %"\n'
AREA = '[[question]]\nname = "area"\nitem = "plain/area"\n'
PICK = '[[question]]\nname = "pick"\nitem = "plain/choice"\n'
BOTH = '[[question]]\nname = "both"\nitems = ["plain/area", "small/more"]\n'
APART = '[[question]]\nname = "apart"\nitems = ["plain/area", "small/seven"]\n'
WHY = '[[question]]\nname = "why"\nitem = "fixed/history"\n'


@pytest.fixture
def dealt(blueprint, bank):
    def build(text, students, *, head=HEAD, **options):
        return assemble(blueprint(text, head=head), bank, students, seed=403, **options)

    return build


def ranks(assembly):
    return {
        (form.student, item.question): (item.model, item.rank)
        for form in assembly.forms
        for item in form.items
    }


def steps(assembly, question):
    return [
        item.effort for form in assembly.forms for item in form.items if item.question == question
    ]


def test_each_question_keeps_within_its_band_and_so_do_papers(dealt, students):
    made = dealt(AREA + PICK + BOTH + WHY, students(60))
    for name, band in made.work.bands.items():
        assert band.high <= Fraction(115, 100) * band.low
        assert all(band.low <= one <= band.high for one in steps(made, name))
    assert set(made.work.bands) == {"area", "pick", "both", "why"}
    totals = [sum(item.effort for item in form.items) for form in made.forms]
    assert (made.work.lightest, made.work.heaviest) == (min(totals), max(totals))
    assert made.work.more <= Fraction(15, 100)


def test_without_it_every_item_may_be_dealt(dealt, students):
    made = dealt(AREA, students(60), head='[exam]\ntitle = "Convolution"\n')
    assert made.work.bands == {}
    assert made.work.more > Fraction(15, 100)


def test_what_is_recorded_is_the_effort_of_the_item(dealt, bank, students):
    (form,) = dealt(AREA + WHY, students(1)).forms
    for item in form.items:
        assert item.effort == effort(bank[item.model](item.rank)) > 0


@pytest.mark.parametrize("after", [BOTH + PICK + AREA, WHY + AREA, AREA])
def test_other_questions_change_no_item(dealt, students, after):
    before, now = (ranks(dealt(text, students(20))) for text in (AREA + PICK + BOTH, after))
    kept = before.keys() & now.keys()
    assert kept and all(before[one] == now[one] for one in kept)


def test_later_students_change_nothing(dealt, students):
    first = dealt(AREA + BOTH, students(10))
    later = dealt(AREA + BOTH, students(10) + students(8, batch=2, start=11), existing=first.forms)
    assert later.forms[:10] == first.forms
    assert later.work.more <= Fraction(15, 100)


def test_models_that_have_no_effort_in_common_are_named(dealt, students):
    with pytest.raises(ExamgenError) as error:
        dealt(APART, students(4))
    message = str(error.value)
    assert "exam.toml:4: question 'apart': its item models have no effort in common" in message
    assert "within 15 %: plain/area" in message and "small/seven 22 to 26 steps" in message
    assert "a wider equal_work of its own" in message


def test_too_few_items_within_the_band_say_so(dealt, students):
    """With 3 columns they take 72, 72, 72 and 64 steps, with 17 columns 84, 84, 85 and 73."""
    text = AREA + "narrow = { W = [3, 17], H = { low = 57 } }\n"
    dealt(text, students(8), head='[exam]\ntitle = "Convolution"\n')
    with pytest.raises(ExamgenError) as error:
        dealt(text, students(8))
    message = str(error.value)
    assert "plain/area has 5 usable variants (8 before exclusions), but 8 are needed" in message
    assert (
        "3 are excluded because: equal work is 64 to 73 steps, which an equal_work of " in message
    )
    assert "this question can widen; narrow it less" in message


WIDE = AREA + 'equal_work = "500 %"\n'


def test_a_question_may_be_allowed_more_where_the_papers_stay_equal(dealt, students):
    made = dealt(WIDE + PICK, students(40))
    band = made.work.bands["area"]
    assert band.high == 6 * band.low
    assert max(steps(made, "area")) > Fraction(115, 100) * min(steps(made, "area"))
    assert made.work.more <= Fraction(15, 100)


def test_papers_that_come_out_unequal_are_an_error_with_the_questions_to_blame(dealt, students):
    with pytest.raises(ExamgenError) as error:
        dealt(WIDE, students(40))
    message = str(error.value)
    assert "exam.toml:3: the heaviest paper has " in message
    assert "but equal_work allows 15 %; most apart are the questions 'area' " in message


def test_later_students_get_a_note_instead(dealt, students):
    head = HEAD.replace("15 %", "0 %")
    first = dealt(WIDE, students(1), head=head)
    made = dealt(
        WIDE, students(1) + students(30, batch=2, start=2), head=head, existing=first.forms
    )
    assert any("but equal_work allows 0 %" in note for note in made.notes)
    assert made.forms[0] == first.forms[0]


def test_a_proof_shows_what_may_be_dealt(bank, blueprint):
    signed = sign_off(blueprint(AREA, head=HEAD), bank)
    found = [variant.item.effort for variant in signed.variants]
    assert len(found) == 3 and max(found) <= Fraction(115, 100) * min(found)


def test_the_band_reaches_down_to_whole_steps():
    assert Band.above(100, Fraction(15, 100)) == Band(100, 115)
    assert Band.above(46, Fraction(15, 100)) == Band(46, 52)  # 52.9


def test_papers_recorded_without_effort():
    assert Work.of([]) == Work(0, 0)


@pytest.mark.parametrize("value", ["0.15", '"15"', '"-1 %"', "true"])
def test_what_is_no_share(blueprint, value):
    head = HEAD.replace('"15 %"', value)
    with pytest.raises(ExamgenError, match=r"toml:3: 'equal_work' is per cent, such as \"15 %\""):
        blueprint(AREA, head=head)
    with pytest.raises(ExamgenError, match=r"toml:6: 'equal_work' is per cent"):
        blueprint(AREA + f"equal_work = {value}\n", head=HEAD.replace('equal_work = "15 %"\n', ""))
