"""Formulas of which it cannot be proved that they equal the key, a carried key or a misconception.

On whole numbers a >= 3 all floors below are 0, but no rule proves one equal to another.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from examgen.answers import Formula
from examgen.equivalence import Variable
from examgen.grading.answer import kind_of
from examgen.grading.fit import Fit, right
from examgen.grading.judge import judge_item
from examgen.grading.recompute import Recomputed

KIND = Formula((Variable("a", 3),)).to_dict()
ONE, TWO, THREE = (f"floor({number}/(a + 100))" for number in (1, 2, 3))


@pytest.fixture
def verdict(exam):
    """The judgement of a formula, where 1.a was answered wrongly."""

    def judged(response, *, key, carried=None, misconception=None, side="13"):
        item = exam.forms[0].items[0]
        wrong = replace(item.parts[1].misconceptions[0], value=misconception)
        part = replace(item.parts[1], kind=KIND, key=key, misconceptions=(wrong,))
        item = replace(item, parts=(item.parts[0], part))

        def recompute(item, part, values):
            return Recomputed(key=carried, wrong=(("border", None),))

        given = {"1.a": side, "1.b": response}
        return judge_item(item, given, follow_through=Fraction(1, 2), recompute=recompute)["area"]

    return judged


def test_nothing_is_proved(verdict):
    found = verdict(ONE, key=TWO)
    assert (found.verdict, found.credit) == ("undecided", None)
    assert "no proof" in found.why


def test_square_brackets_that_may_be_a_floor_are_for_a_human(verdict):
    found = verdict("[a/2]", key="floor(a/2)", misconception="a/2")
    assert (found.verdict, found.credit) == ("undecided", None)
    assert "floor(a/2)" in found.reason


def test_what_follows_is_found_although_the_key_stays_open(verdict):
    found = verdict(ONE, key=TWO, carried=ONE)
    assert (found.verdict, found.credit) == ("follow-through", Fraction(1, 2))


def test_a_misconception_settles_what_the_key_leaves_open(verdict):
    found = verdict(ONE, key=TWO, misconception=ONE)
    assert (found.verdict, found.names) == ("misconception", ("border",))


def test_a_carried_key_that_stays_open_is_no_wrong(verdict):
    found = verdict(ONE, key="a", carried=TWO)
    assert (found.verdict, found.credit) == ("undecided", None)
    assert "recomputed with 1.a = 13" in found.why


def test_a_carried_key_that_stays_open_is_no_misconception_either(verdict):
    found = verdict(ONE, key="a", carried=TWO, misconception=ONE)
    assert (found.verdict, found.credit) == ("undecided", None)


def test_a_misconception_that_stays_open_is_no_wrong(verdict):
    found = verdict(ONE, key="a", misconception=TWO)
    assert (found.verdict, found.credit) == ("undecided", None)
    assert "'border'" in found.why


def test_what_is_refuted_everywhere_is_wrong(verdict):
    found = verdict("a + 1", key="a", carried="a + 2", misconception="2a")
    assert (found.verdict, found.credit) == ("wrong", 0)


def test_the_fit_of_a_sheet_takes_formulas(exam):
    form = exam.forms[0]
    item = form.items[0]
    part = replace(item.parts[1], kind=KIND, key="a + 1", misconceptions=())
    form = replace(form, items=(replace(item, parts=(item.parts[0], part)),))
    fit = Fit()
    for place in range(2):
        for part in form.items[0].parts:
            fit.add(place, part.column, kind_of(part), part.key)
    answers = {"1.a": "11", "1.b": "1 + a"}
    assert right(answers, form, decimal_comma=False) == 2
    others = {"1.a": "1", "1.b": "2a", "1.c": "1", "1.d": "1"}
    assert fit.better(others, 0, own=0, decimal_comma=False) is None
