"""Verdicts and marks of single parts, with the literal marks expected."""

from dataclasses import replace
from fractions import Fraction

import pytest

from examgen.grading.judge import judge_item
from examgen.grading.judged import without_dollars
from examgen.grading.recompute import Recomputed

HALF = Fraction(1, 2)


def found(mark):
    return mark.verdict, mark.marks


def test_right_answers_get_all_marks(exam):
    outcome = exam.grade(exam.answers())
    assert [(m.verdict, m.marks) for m in outcome.marks] == [
        ("right", 2), ("right", 3), ("right", 2), ("right", 1), ("right", 2), ("right", 1),
        ("blank", 0),
    ]  # fmt: skip


def test_blank_is_zero(one):
    assert found(one("a", a=" ")) == ("blank", 0)


def test_wrong_is_zero_and_shows_what_was_compared(one):
    mark = one("a", a="99")
    assert found(mark) == ("wrong", 0)
    assert "99" in mark.evidence and "11" in mark.evidence


@pytest.mark.parametrize("text", ["see the back", "12..5", "=1+1", "4-Mar", "#NAME?", "(3"])
def test_unreadable_waits_and_is_never_zero(one, text):
    mark = one("a", a=text)
    assert found(mark) == ("unreadable", None)
    assert mark.response == text


def test_a_misconception_is_named_with_its_feedback(one):
    mark = one("a", a="10")
    assert found(mark) == ("misconception", 0)
    assert mark.reason == "forgot one: Count the middle."


def test_a_misconception_may_earn_credit(one):
    assert found(one("a", a="12")) == ("misconception", Fraction(1, 2))


def test_follow_through_earns_its_share(one):
    mark = one("b", a="13", b="169")
    assert found(mark) == ("follow-through", Fraction(3, 2))
    assert mark.reason == "Right by follow-through: it follows from your own answer to 1.a."
    assert "1.a = 13" in mark.evidence and "121" in mark.evidence


def test_the_key_wins_over_follow_through_and_is_remarked(one):
    mark = one("b", a="13", b="121")
    assert found(mark) == ("right", 3)
    assert "although 1.a is not" in mark.evidence


@pytest.mark.parametrize("earlier", ["", "see the back"])
def test_nothing_follows_from_a_blank_or_unreadable_answer(one, earlier):
    assert found(one("b", a=earlier, b="169")) == ("wrong", 0)


def test_an_answer_out_of_range_is_not_carried(one):
    mark = one("b", a="101", b="10201")
    assert found(mark) == ("wrong", 0)
    assert "1.a = 101 is not carried forward: it lies outside 0 to 100" in mark.evidence


def test_a_fraction_is_not_carried_where_a_whole_number_belongs(one):
    mark = one("b", a="3/2", b="9")
    assert found(mark) == ("wrong", 0)
    assert "1.a = 3/2 is not carried forward" in mark.evidence


def test_misconceptions_come_after_the_key(one):
    mark = one("b", b="44")
    assert found(mark) == ("misconception", 0)
    assert mark.names == ("border",)


def test_misconceptions_at_the_students_own_inputs(one):
    mark = one("b", a="13", b="52")
    assert found(mark) == ("misconception", 0)
    assert mark.names == ("border",)
    assert "computed with 1.a = 13" in mark.evidence


def test_a_recomputed_key_without_a_value_goes_to_review(exam):
    outcome = exam.grade(exam.answers(a="7", c="5"))
    mark = outcome.marks[2]
    assert found(mark) == ("undecided", None)
    (row,) = outcome.review
    assert (row.part, row.why) == ("1.c", "recomputed with 1.a = 7, the key has no value")
    assert (row.suggested, row.key) == ("0", "3")
    assert outcome.grades[0].provisional


@pytest.mark.parametrize(
    ("side", "problem"), [("92", "needs too much memory"), ("93", "has no value")]
)
def test_a_computation_that_fails_goes_to_review(exam, side, problem):
    outcome = exam.grade(exam.answers(a=side, f="1"))
    assert found(outcome.marks[5]) == ("undecided", None)
    assert problem in outcome.review[-1].why


def test_a_computation_without_end_is_stopped_and_the_next_one_works(exam):
    first = exam.answers("s1", a="91", f="1")
    second = exam.answers("s2", a="30", f="35")
    outcome = exam.grade(first, second)
    assert found(outcome.marks[5]) == ("undecided", None)
    assert "takes too long" in outcome.review[-1].why
    assert found(outcome.marks[12]) == ("follow-through", HALF)


def test_a_choice_follows_through_by_the_value_of_the_option(one):
    mark = one("d", a="10", d="B")  # B reads 110 = 10 + 100
    assert found(mark) == ("follow-through", HALF)


def test_a_wrong_choice_is_named_and_loses_the_penalty(exam):
    exam.blueprint("[marking]", '[marking]\nfloor = "exam"')
    outcome = exam.grade(exam.answers(d="B"))
    mark = outcome.marks[3]
    assert found(mark) == ("misconception", -HALF)
    assert mark.reason == "lost one: Count again."
    assert found(exam.grade(exam.answers(d="C")).marks[3]) == ("wrong", -HALF)
    assert found(exam.grade(exam.answers(d="")).marks[3]) == ("blank", 0)


def test_several_choices_are_partly_right(one):
    assert found(one("e", e="A")) == ("partial", Fraction(3, 2))


def test_an_essay_waits_for_a_human(one):
    mark = one("g", g="Because of the middle.")
    assert found(mark) == ("essay", None)


def test_an_empty_essay_may_stand_on_the_paper_but_a_dash_is_nothing(one):
    assert found(one("g", g="")) == ("blank", None)
    assert found(one("g", g="-")) == ("blank", 0)


# ---- with a record made by hand ---------------------------------------------------------


def judged(item, recompute=None, **responses):
    given = {f"1.{part}": text for part, text in responses.items()}

    def nothing(item, part, carried):
        return Recomputed(problem="has no value")

    return judge_item(item, given, follow_through=Fraction(1), recompute=recompute or nothing)


def test_colliding_misconceptions_are_all_named(exam):
    item = exam.forms[0].items[0]
    side = item.parts[0]
    wrong = side.misconceptions[0]
    twins = (wrong, replace(wrong, name="forgot the middle", credit=HALF))
    item = replace(item, parts=(replace(side, misconceptions=twins), *item.parts[1:]))
    verdict = judged(item, a="10")["side"]
    assert verdict.names == ("forgot one", "forgot the middle")
    assert verdict.reason.startswith("one of: forgot one: Count the middle. | forgot the middle")
    assert verdict.credit == HALF


def test_only_another_reading_is_right_is_for_a_human(exam):
    item = exam.forms[0].items[0]
    share = replace(item.parts[2], key="1728/1000")
    item = replace(item, parts=(item.parts[0], item.parts[1], share, *item.parts[3:]))
    verdicts = [judged(item, c=text)["share"] for text in ("1,728", "1.728")]
    waiting = [verdict for verdict in verdicts if verdict.verdict == "undecided"]
    for verdict in waiting:
        assert verdict.credit is None and verdict.suggested == 1
    assert {verdict.verdict for verdict in verdicts} <= {"undecided", "right"}
    assert waiting


def test_mixed_earlier_answers_are_tried_and_the_rest_stays_at_the_key(exam):
    item = exam.forms[0].items[0]
    area = replace(item.parts[2], depends=("side", "area"))
    item = replace(item, parts=(item.parts[0], item.parts[1], area))
    asked = []

    def spy(item, part, carried):
        asked.append(dict(carried))
        return Recomputed(key=carried.get("side", 0) + carried.get("area", 0))

    # wrong side 13, wrong area 100, and an answer made from side 13 and the true area 121
    verdict = judged(item, spy, a="13", b="100", c="134")["share"]
    assert {"side": 13, "area": 100} in asked
    assert {"side": 13, "area": 121} in asked
    assert verdict.verdict == "follow-through"
    assert "1.a = 13" in verdict.evidence and "1.b" not in verdict.evidence


def test_what_follows_through_a_part_in_between_follows_too(exam):
    item = exam.forms[0].items[0]
    last = replace(item.parts[2], depends=("side", "area"))
    item = replace(item, parts=(item.parts[0], item.parts[1], last))

    def chained(item, part, carried):
        side = carried.get("side", 11)
        return Recomputed(key=side + carried.get("area", side**2))

    # side 13 is wrong, area 121 is the true one: 13 + 121, or by 13 alone 13 + 169
    for answer in ("134", "182"):
        verdict = judged(item, chained, a="13", b="121", c=answer)["share"]
        assert (verdict.verdict, verdict.credit) == ("follow-through", 1)
    assert judged(item, chained, a="13", b="121", c="180")["share"].verdict == "wrong"


def test_another_reading_that_follows_or_earns_credit_is_for_a_human(one, exam):
    mark = one("b", a="40", b="1.600")  # 1600 follows from 40; it was read as 1.6
    assert found(mark) == ("undecided", None)
    item = exam.forms[0].items[0]
    wrong = replace(item.parts[1].misconceptions[0], value=1600, credit=HALF)
    item = replace(item, parts=(item.parts[0], replace(item.parts[1], misconceptions=(wrong,))))
    verdict = judged(item, b="1.600")["area"]
    assert (verdict.verdict, verdict.credit, verdict.suggested) == ("undecided", None, HALF)


def test_points_between_thousands_do_not_stop_an_answer_from_being_carried(exam):
    item = exam.forms[0].items[0]
    side = replace(item.parts[0], high=10_000)
    item = replace(item, parts=(side, item.parts[1]))

    def squared(item, part, carried):
        return Recomputed(key=carried["side"] ** 2)

    verdict = judged(item, squared, a="1.024", b="1048576")["area"]
    assert verdict.verdict == "follow-through"


def test_an_imprecise_answer_may_follow_through_too(one):
    mark = one("c", a="14", c="1.7")  # 12/7 = 1.714…: half for the figures, half by follow-through
    assert found(mark) == ("imprecise", HALF)
    assert "your own answer to 1.a" in mark.reason


ARRAY = {"kind": "array", "shape": [4], "entry": {"kind": "integer"}}


def test_the_entries_that_follow_through_count(exam):
    item = exam.forms[0].items[0]
    row = replace(item.parts[1], kind=ARRAY, key=[1, 2, 3, 4], misconceptions=())
    item = replace(item, parts=(item.parts[0], row))

    def recomputed(item, part, carried):
        return Recomputed(key=[1, 20, 30, 40])

    verdict = judged(item, recomputed, a="13", b="[1, 20, 30, 41]")["area"]
    assert (verdict.verdict, verdict.credit) == ("partial", Fraction(3, 4))
    verdict = judged(item, recomputed, a="13", b="[1, 2, 3, 40]")["area"]  # the key fits better
    assert (verdict.verdict, verdict.credit) == ("partial", Fraction(3, 4))
    assert "recomputed" not in verdict.evidence


@pytest.mark.parametrize("text", ["[1, 2, 3]", "[0, 1, 2, 3, 4]", "[1 2; 3 4]", "1234"])
def test_another_number_of_entries_is_for_a_human(exam, text):
    item = exam.forms[0].items[0]
    row = replace(item.parts[0], kind=ARRAY, key=[1, 2, 3, 4], misconceptions=())
    verdict = judged(replace(item, parts=(row,)), a=text)["side"]
    assert (verdict.verdict, verdict.credit, verdict.suggested) == ("undecided", None, 0)
    assert "another shape" in verdict.why


def test_a_table_shows_no_dollars_where_a_formula_reads_as_it_stands():
    text = r"With $D = 3$ it spans $13$ pixels, $\frac{1}{2}$ of $H_1$; a price of 5$."
    shown = r"With D = 3 it spans 13 pixels, $\frac{1}{2}$ of $H_1$; a price of 5$."
    assert without_dollars(text) == shown


@pytest.mark.parametrize(
    "text",
    ["4-Mar", "Mar-04", "12:30", "12:30:00", "2026-03-04 00:00:00", "#NAME?", "########",
     "1E+10", "1,23E+10", "1234567890123450"],
)  # fmt: skip
@pytest.mark.parametrize("part", ["a", "c"])
def test_a_cell_that_a_spreadsheet_has_spoiled_goes_to_review(exam, part, text):
    whole = exam.grade(exam.answers(**{part: text}))
    (row,) = [row for row in whole.review if row.part == f"1.{part}"]
    assert row.why.startswith("spoiled by a spreadsheet")
    (mark,) = [mark for mark in whole.marks if mark.part == f"1.{part}"]
    assert found(mark) == ("unreadable", None)
