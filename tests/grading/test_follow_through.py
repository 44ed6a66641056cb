"""The corner cases of errors carried forward, each with the verdict that is fair."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest

from examgen import IntegerEntry
from examgen.exam.marking import Marking
from examgen.exam.record import WrongAnswer
from examgen.grading.judge import judge_item
from examgen.grading.recompute import Recomputed
from examgen.grading.totals import part_marks

HALF = Fraction(1, 2)
INTEGER = {"kind": "integer"}
SHAPE = {"kind": "shape", "axes": ["H", "W"]}
VECTOR = {"kind": "array", "shape": [3], "entry": {"kind": "integer"}}


@pytest.fixture
def judged(exam):
    """Judges parts given as ``name=(key, depends, changes)`` with a formula of the last part."""
    item = exam.forms[0].items[0]
    model = replace(item.parts[0], misconceptions=(), low=None, high=None)

    def judge(parts, formula, *, follow_through=HALF, **responses):
        printed = []
        for name, (key, depends, changes) in parts.items():
            part = replace(model, name=name, column=f"1.{name}", key=key, depends=tuple(depends))
            printed.append(replace(part, **changes))
        asked = []

        def recompute(item, name, carried):
            asked.append(dict(carried))
            return formula(**carried)

        given = {f"1.{name}": text for name, text in responses.items()}
        verdicts = judge_item(
            replace(item, parts=tuple(printed)),
            given,
            follow_through=follow_through,
            recompute=recompute,
        )
        return verdicts[[*parts][-1]], asked

    return judge


def side_and_area(**changes):
    """Side 11, then its area; ``changes`` are those of the side."""
    return {"a": (11, "", changes), "b": (121, "a", {})}


def squared(a):
    return Recomputed(key=a * a)


def found(verdict):
    return verdict.verdict, verdict.credit


@pytest.mark.parametrize("earlier", ["", "-", "see the back", "12..5"])
def test_after_a_blank_or_unreadable_answer_only_the_truth_is_right(judged, earlier):
    right, asked = judged(side_and_area(), squared, a=earlier, b="121")
    assert found(right) == ("right", 1) and asked == []
    assert found(judged(side_and_area(), squared, a=earlier, b="144")[0]) == ("wrong", 0)


@pytest.mark.parametrize(
    ("kind", "key"), [(SHAPE, [3, -1]), (SHAPE, [3, 0]), (SHAPE, [3, "7/2"]), (INTEGER, "7/2")]
)
def test_a_recomputed_key_that_could_be_none_goes_to_review(judged, kind, key):
    parts = {"a": (11, "", {}), "b": ([3, 4] if kind is SHAPE else 3, "a", {"kind": kind})}
    answer = "3 x 9" if kind is SHAPE else "9"
    verdict, _ = judged(parts, lambda a: Recomputed(key=key), a="13", b=answer)
    assert found(verdict) == ("undecided", None)
    assert verdict.why.startswith("recomputed with 1.a = 13, the key comes out as ")


def test_a_recomputed_key_of_another_form_goes_to_review(judged):
    parts = {"a": (11, "", {}), "b": ([3, 4], "a", {"kind": SHAPE})}
    verdict, _ = judged(parts, lambda a: Recomputed(key=[3]), a="13", b="3 x 9")
    assert verdict.why == "recomputed with 1.a = 13, the key has no value"


@pytest.mark.parametrize("a", ["-3", "101"])
def test_what_lies_outside_the_declared_range_is_not_carried(judged, a):
    value = int(a) ** 2
    verdict, asked = judged(side_and_area(low=1, high=100), squared, a=a, b=str(value))
    assert found(verdict) == ("wrong", 0) and asked == []
    assert f"1.a = {a} is not carried forward: it lies outside 1 to 100" in verdict.evidence


def test_a_fraction_is_not_carried_into_a_whole_number_s_place(judged):
    verdict, asked = judged(side_and_area(), squared, a="7/2", b="49/4")
    assert found(verdict) == ("wrong", 0) and asked == []
    assert "1.a = 7/2 is not carried forward: asked for was a whole number" in verdict.evidence


def test_a_wrong_answer_that_leads_to_the_key_is_no_special_case(judged):
    def even(a):
        return Recomputed(key=a * a)  # -11 leads to 121 as well

    verdict, _ = judged(side_and_area(), even, a="-11", b="121")
    assert found(verdict) == ("right", 1)
    assert found(judged(side_and_area(), even, a="-11", b="120")[0]) == ("wrong", 0)


def test_the_truth_after_a_wrong_answer_is_right_and_remarked(judged):
    verdict, _ = judged(side_and_area(), squared, a="13", b="121")
    assert found(verdict) == ("right", 1)
    assert "right although 1.a is not" in verdict.evidence
    assert "although" not in judged(side_and_area(), squared, a="11", b="121")[0].evidence


# ---- chains and mixtures ----------------------------------------------------------------


def test_a_chain_uses_the_student_s_own_link(judged):
    parts = {"a": (11, "", {}), "b": (121, "a", {}), "c": (122, "b", {})}

    def formula(**carried):
        return Recomputed(key=carried["a"] ** 2 if "a" in carried else carried["b"] + 1)

    verdict, asked = judged(parts, formula, a="13", b="169", c="170")
    assert found(verdict) == ("follow-through", HALF)
    assert asked[-1] == {"b": 169}  # b is the student's; that it followed from a plays no part
    assert "1.b = 169" in verdict.evidence and "1.a" not in verdict.evidence
    assert found(judged(parts, formula, a="13", b="150", c="151")[0]) == ("follow-through", HALF)
    assert found(judged(parts, formula, a="13", b="150", c="170")[0]) == ("wrong", 0)


THREE = {name: (key, "", {}) for name, key in {"a": 1, "b": 10, "c": 100}.items()}
OWN = {"a": 2, "b": 20, "c": 200}


@pytest.mark.parametrize(
    "chosen", [subset for size in (1, 2, 3) for subset in combinations("abc", size)]
)
def test_any_mixture_of_three_own_answers_and_keys_follows_through(judged, chosen):
    parts = {**THREE, "d": (111, "abc", {})}
    meant = sum(OWN[name] if name in chosen else THREE[name][0] for name in "abc")
    responses = {name: str(value) for name, value in OWN.items()}
    verdict, asked = judged(
        parts, lambda a, b, c: Recomputed(key=a + b + c), **responses, d=str(meant)
    )
    assert found(verdict) == ("follow-through", HALF)
    told = {name for name in "abc" if f"1.{name} = {OWN[name]}" in verdict.evidence}
    assert told == set(chosen)
    assert len(asked) == 7


def test_of_many_own_answers_not_every_mixture_is_tried(judged):
    names = "abcdefgh"
    parts = {name: (1, "", {}) for name in names} | {"z": (8, names, {})}
    responses = dict.fromkeys(names, "2")
    verdict, asked = judged(
        parts, lambda **own: Recomputed(key=sum(own.values())), **responses, z="16"
    )
    assert found(verdict) == ("follow-through", HALF)
    assert len(asked) <= 8


# ---- rounded answers --------------------------------------------------------------------

ROUNDED = {
    "a": ("2/3", "", {"kind": {"kind": "decimal", "digits": 3}}),
    "b": ("2000/3", "a", {"kind": {"kind": "decimal", "digits": 4}}),
}


def recomputed(value):
    """A number as the child process tells it."""
    return Recomputed(key=int(value) if value.denominator == 1 else str(value))


def thousandfold(a):
    return recomputed(1000 * Fraction(a))


@pytest.mark.parametrize("b", ["666.7", "667", "667.0"])
def test_going_on_from_an_accepted_rounded_answer_is_not_punished_again(judged, b):
    verdict, _ = judged(ROUNDED, thousandfold, a="0.667", b=b)
    assert found(verdict) == ("right", 1)


def test_what_follows_from_neither_the_exact_nor_the_rounded_answer_is_wrong(judged):
    assert found(judged(ROUNDED, thousandfold, a="0.667", b="668.0")[0]) == ("wrong", 0)
    # rounded down by mistake: not accepted, so it is carried as a wrong answer
    verdict, _ = judged(ROUNDED, thousandfold, a="0.666", b="666.0")
    assert found(verdict) == ("follow-through", HALF)


def test_a_rounded_answer_at_the_edge_of_the_range_is_still_usable(judged):
    a = ("299/300", "", {"kind": {"kind": "decimal", "digits": 2}, "low": 0, "high": "299/300"})
    parts = {"a": a, "b": ("2990/3", "a", {"kind": {"kind": "decimal", "digits": 4}})}
    assert found(judged(parts, thousandfold, a="1.0", b="1000")[0]) == ("right", 1)


def test_a_rounded_and_a_wrong_answer_together_follow_through(judged):
    parts = {
        "a": ROUNDED["a"],
        "b": (3, "", {}),
        "c": ("2009/3", "ab", {"kind": {"kind": "decimal", "digits": 5}}),
    }

    def formula(a, b):
        return recomputed(1000 * Fraction(a) + b)

    verdict, _ = judged(parts, formula, a="0.667", b="5", c="672.00")
    assert found(verdict) == ("follow-through", HALF)


# ---- trivial values ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "a", "b"),
    [
        ({"low": 1, "high": 100}, "0", "0"),
        ({"low": -100, "high": 100}, "0", "0"),
        ({"kind": VECTOR, "key": [1, 2, 3], "low": -9, "high": 9}, "[0, 0, 0]", "0"),
    ],
)
def test_a_zero_that_makes_the_rest_trivial_is_not_carried(judged, changes, a, b):
    verdict, asked = judged(side_and_area(**changes), lambda a: Recomputed(key=0), a=a, b=b)
    assert found(verdict) == ("wrong", 0) and asked == []
    assert "is not carried forward" in verdict.evidence


@pytest.mark.parametrize(
    ("changes", "a"),
    [
        ({"low": 0, "high": 100}, "0"),
        ({"low": -9, "high": 0}, "0"),
        ({"kind": VECTOR, "key": [1, 2, 3], "low": -9, "high": 9}, "[0, 0, 1]"),
    ],
)
def test_a_zero_is_carried_where_the_range_says_so_or_it_is_not_all(judged, changes, a):
    verdict, _ = judged(side_and_area(**changes), lambda a: Recomputed(key=5), a=a, b="5")
    assert found(verdict) == ("follow-through", HALF)


def test_whole_numbers_are_carried_from_1_on_unless_the_item_says_else():
    plain = IntegerEntry(3, prompt="?", marks=1)
    assert plain.carries[0] == 1
    assert IntegerEntry(3, prompt="?", marks=1, carries=(0, 9)).carries == (0, 9)


# ---- misconceptions ---------------------------------------------------------------------


def test_a_misconception_named_before_is_not_named_again_where_it_only_leads_on(exam):
    item = exam.forms[0].items[0]
    area = replace(item.parts[1], misconceptions=(WrongAnswer("forgot one", 100, "Again."),))
    item = replace(item, parts=(item.parts[0], area))
    verdicts = judge_item(
        item, {"1.a": "10", "1.b": "100"}, follow_through=HALF,
        recompute=lambda item, part, carried: Recomputed(key=carried["side"] ** 2),
    )  # fmt: skip
    assert verdicts["side"].names == ("forgot one",)
    assert (verdicts["area"].verdict, verdicts["area"].names) == ("follow-through", ())


def test_misconceptions_that_collide_at_the_student_s_inputs_are_all_named(exam):
    item = exam.forms[0].items[0]
    border = item.parts[1].misconceptions[0]
    twin = replace(border, name="four sides", value=45)
    item = replace(
        item, parts=(item.parts[0], replace(item.parts[1], misconceptions=(border, twin)))
    )
    verdicts = judge_item(
        item, {"1.a": "13", "1.b": "52"}, follow_through=HALF,
        recompute=lambda *_: Recomputed(key=169, wrong=(("border", 52), ("four sides", 52))),
    )  # fmt: skip
    assert verdicts["area"].names == ("border", "four sides")
    assert verdicts["area"].reason.startswith("one of: border: ")
    assert "computed with 1.a = 13" in verdicts["area"].evidence


# ---- the share --------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "marks"), [("0", 0), ("1/3", 1), ("1", 3)])
def test_the_blueprint_says_what_follow_through_earns(exam, share, marks):
    exam.blueprint('follow_through = "1/2"', f'follow_through = "{share}"')
    mark = exam.grade(exam.answers(a="13", b="169")).marks[1]
    assert (mark.verdict, mark.marks, mark.out_of) == ("follow-through", marks, 3)


def test_follow_through_never_earns_more_than_the_part_has(judged):
    with pytest.raises(ValueError, match="a share from 0 to 1"):
        Marking(follow_through=Fraction(3, 2))
    parts = {"a": (11, "", {}), "b": ([1, 2, 3], "a", {"kind": VECTOR})}
    for answer, credit in (("[4, 5, 6]", 1), ("[4, 5, 0]", Fraction(2, 3)), ("[1, 5, 6]", HALF)):
        verdict, _ = judged(
            parts, lambda a: Recomputed(key=[4, 5, 6]), a="13", b=answer,
            follow_through=Fraction(1) if credit != HALF else Fraction(3, 4),
        )  # fmt: skip
        assert verdict.credit == credit
        assert part_marks(verdict.credit, Fraction(2), choice=False, rules=Marking()) <= 2
