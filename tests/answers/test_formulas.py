"""Formulas as students type them: readings, refusals, limits."""

import subprocess
import sys

import pytest
from equivalence.pairs import FAMILIES

from examgen.answers import Formula, Unreadable, kind_from
from examgen.answers.grammar import parse
from examgen.answers.typed import typed
from examgen.equivalence import Variable
from examgen.formula import Symbol

SIZES = (Variable("W", 1, 32), Variable("F", 1, 7), Variable("P", 0, 3), Variable("S", 1, 4))


def verdict(variables, key, text, **options):
    kind = Formula(variables, **options)
    return kind.judge(kind.read(text), kind.coerce(key)).verdict


def test_agreement_at_points_is_no_proof():
    a = (Variable("a", 3, None),)
    assert verdict(a, "floor((2/a)^3)", "floor((3/(2a))^3)") != "right"
    assert verdict(a, "floor(1/(a + 100))", "floor(2/(a + 100))") == "undecided"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("WF", "W*F"),
        ("WF^2", "W*F^2"),
        ("2^3^2", "2^(3^2)"),
        ("-2^2", "-2^2"),
        ("2^-1", "2^(-1)"),
        ("10²", "10^2"),
        ("W⁻¹", "W^(-1)"),
        ("1½", "3/2"),
        ("3×4", "3*4"),
        ("3·4", "3*4"),
        ("0.5 W", "1/2*W"),
        ("1e3 W", "1000*W"),
        ("75%", "3/4"),
        ("(12.5 %)*W", "1/8*W"),
        ("50% * W", "1/2*W"),
        ("w - f", "W - F"),
        ("{W+[F]}", "W + F"),
        ("|W - abs(F)|", "abs(W - abs(F))"),
        ("\ufeff W\u00a0− F", "W - F"),
        ("mod(W, S) + W//S", "mod(W, S) + floor(W/S)"),
    ],
)
def test_readings(text, shown):
    kind = Formula(SIZES)
    reading = kind.read(text)
    assert reading.shown == shown
    assert kind.read(shown).shown == shown


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_what_is_written_out_is_read_back_as_the_same_tree(family):
    names = {name: Symbol(name) for name in family.domain}
    for text in (family.key, *family.equal, *family.near):
        read = parse(text, names)
        for tree in (read.tree, *read.others):
            assert parse(typed(tree), names).tree.same_tree(tree), text


@pytest.mark.parametrize(
    "text",
    [
        *("√W", "√√W^3", "0.5", "W^0.5", "0.5^2", "-0.5^-0.25 W", "1½ W", "75%", "0.5^W^2"),
        *("W//S//F", "-(W//S)", "1e-80 W", "1.5e80", "W - -F", "--W", "-(-W)", "W - (F - S)"),
        *("W/(F/S)", "W/F/S", "W(F)(S)", "log2(W/3)", "log(W, 3)", "mod(W, 0.5)", "pi e W"),
        *("⌈W/2⌉ - |F - ⌊S/2⌋|", "max(W, -F, 2)^-2", "[W/2] + 1/2[S]", "(W^2)^3", "W^2^3"),
        *("sqrt(2)/2", ".25/.5/S"),
    ],
)
def test_odd_forms_are_read_back_as_the_same_tree(text):
    names = {name: Symbol(name) for name in "WFPS"}
    read = parse(text, names)
    for tree in (read.tree, *read.others):
        assert parse(typed(tree), names).tree.same_tree(tree)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("123456789" * 6 + "e15 W", "too large to be compared"),
        ("W" + "+1/3" * 132, "more than 400"),
        ("W" + "^0.5" * 14, "too large to be compared"),
    ],
)
def test_limits_hold_for_the_form_that_is_written_out(text, message):
    with pytest.raises(Unreadable, match=message):
        Formula(SIZES).read(text)


def test_what_stands_after_a_slash_is_ambiguous():
    reading = Formula(SIZES).read("1/2W")
    assert reading.shown == "1/2*W"
    assert [other.shown for other in reading.alternatives] == ["1/(2*W)"]


def test_square_brackets_may_be_a_floor():
    reading = Formula(SIZES).read("[(W - F)/S] + 1")
    assert reading.shown == "(W - F)/S + 1"
    assert [other.shown for other in reading.alternatives] == ["floor((W - F)/S) + 1"]
    assert "could also be read as floor((W - F)/S) + 1" in reading.notes
    assert Formula(SIZES).read("floor[W/S]").alternatives == ()
    both = Formula(SIZES).read("[1/2W]").alternatives
    assert [other.shown for other in both] == ["floor(1/2*W)", "1/(2*W)", "floor(1/(2*W))"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(W+1", "missing ')' for the '(' at character 1"),
        ("W+)", "unexpected ')' at character 3"),
        ("Q + 1", "unknown name 'Q' at character 1 (allowed: W, F, P, S)"),
        ("flor(W)", "did you mean 'floor'?"),
        ("int(W)", "unknown function 'int' at character 1 (allowed: floor, ceil,"),
        ("floor W", "function 'floor' needs brackets: floor(...)"),
        ("min(W)", "function 'min' takes 2 to 20 numbers, this has 1"),
        ("2 3", "two numbers in a row: the second begins with '3' at character 3"),
        ("W 2", "write * or ^ before a number that follows: see the '2' at character 3"),
        ("W +", "something is missing at the end"),
        ("W = F = 2", "more than one '='"),
        ("х", "cyrillic small letter ha"),
        (r"\frac{W}{S}", "write the formula without TeX"),
        ("W!", "factorials are not read"),
        ("W % S", "mod(a, b) for a remainder: see the '%' at character 3"),
        ("(W - W % S)/S", "mod(a, b) for a remainder: see the '%' at character 8"),
        ("7 % S", "mod(a, b) for a remainder: see the '%' at character 3"),
        ("W - 25%", "write 25/100 for 25 percent"),
        ("1/2%", "write 25/100 for 25 percent"),
        ("25% W", "write 25/100 for 25 percent"),
        ("25%%", "see the '%' at character 3"),
        ("(" * 60 + "W" + ")" * 60, "nested deeper than 40"),
        ("W^" * 100 + "W", "nested deeper than 40"),
        ("1" * 80, "more than 60 digits"),
        ("1e999999999", "the exponent is beyond 400"),
        ("W+" * 300 + "W", "more than 400"),
        ("__import__('os')", "unexpected '_' at character 1"),
        ("eval(W)", "unknown function 'eval'"),
        ("W.__class__", "unexpected"),
    ],
)
def test_refusals_say_where(text, message):
    with pytest.raises(Unreadable) as problem:
        Formula(SIZES).read(text)
    assert message in problem.value.message


@pytest.mark.parametrize("text", ["int(W)", "W px", "W if W"])
def test_no_hint_points_at_a_word_that_is_hardly_alike(text):
    with pytest.raises(Unreadable) as problem:
        Formula(SIZES).read(text)
    assert "did you mean" not in problem.value.message


@pytest.mark.parametrize("text", ["9^9^9^9", "9^(9^9)", "(W+F+P+S)^60", "((W+1)^8)^8", "W^W^W"])
def test_large_formulas_do_no_harm(text):
    assert verdict(SIZES, "floor((W - F + 2P)/S) + 1", text) in ("wrong", "undecided")


def test_round_trip():
    kind = Formula(SIZES, numeric=True)
    assert kind_from(kind.to_dict()) == kind
    key = kind.coerce("floor((W - F + 2P)/S) + 1")
    assert kind.unpack(kind.pack(key)) == key
    assert kind.tex(key) == r"\left\lfloor \frac{W - F + 2P}{S} \right\rfloor + 1"


def test_reading_answers_does_not_load_sympy():
    code = "import sys, examgen.answers; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
