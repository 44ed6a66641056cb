"""Formulas as answers: which symbols stay, what they equal, and what follows from them."""

from fractions import Fraction

import pytest

from examgen import Choice, FormulaEntry, Fractions, Int, IntegerEntry, Item, Misconception, floor
from examgen.items.wording import Wording
from examgen.paper.space import hint_on_paper, space_for


class Layers(Item):
    """A formula, one that builds on it, and a number from it."""

    K = Choice(3, 5)
    C_in, n = Int(1, 4), Int(2, 9)
    stem = "Filters of side <<K>>."
    weights = FormulaEntry(
        (K**2 * C_in + 1) * n,
        variables=[C_in, n],
        domain={C_in: (1, 512), n: range(1, 512)},
        prompt="As a formula in $<<C_in>>$?",
        marks=2,
        misconceptions=[
            Misconception("no bias", K**2 * C_in * n, "Add the biases."),
            Misconception("only for 5", lambda item: None if item.K == 3 else 7, "No."),
        ],
    )
    twice = FormulaEntry(2 * weights + K, variables=[n, C_in], prompt="Twice that?", marks=1)
    number = IntegerEntry(weights + 1, prompt="In numbers?", marks=1)
    solution = "It is $<<weights>>$: <<working.weights>> <<working.twice>> <<working.number>>"

    def oracle(self):
        return {}


ITEM = Layers.at(K=3, C_in=2, n=5)


def test_the_variables_stay_and_the_other_symbols_take_their_numbers():
    assert ITEM.key("weights") == "(9*C_in + 1)*n"
    assert ITEM.key("twice") == "2*((9*C_in + 1)*n) + 3"
    assert ITEM.key("number") == 96
    assert [value for _, value in ITEM.wrong_answers("weights")] == ["9*C_in*n", None]


def test_its_value_on_an_item_is_a_number():
    assert ITEM.weights == 95
    assert Layers.weights.number(ITEM, "n/2") == Fraction(5, 2)


def test_the_domain_is_that_of_the_parameter_or_a_wider_one():
    found = {one.name: (one.low, one.high) for one in Layers.weights.kind.variables}
    assert found == {"C_in": (1, 512), "n": (1, 511)}
    found = {one.name: (one.low, one.high) for one in Layers.twice.kind.variables}
    assert found == {"n": (2, 9), "C_in": (1, 4)}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("n(9 Cin + 1)", "right"),
        ("9·C_in·n + n", "right"),
        ("n + 9nC_in", "right"),
        ("9 C_in n", "wrong"),
        ("95", "wrong"),
    ],
)
def test_it_is_judged_as_a_formula(text, verdict):
    kind = Layers.weights.kind
    assert kind.judge(kind.read(text), ITEM.key("weights")).verdict == verdict


def test_the_students_own_formula_is_carried_as_a_tree_and_as_a_number():
    carried = ITEM.carry({"weights": "9*C_in*n"})
    assert carried.key("twice") == "2*(9*C_in*n) + 3"
    assert carried.key("number") == 91
    constant = ITEM.carry({"weights": 7})  # the text "7" comes back from JSON as a number
    assert (constant.key("twice"), constant.key("number")) == ("17", 8)
    with pytest.raises(ArithmeticError):
        ITEM.carry({"weights": "1/(n - 5)"}).key("number")


def test_it_is_printed_with_its_symbols():
    assert "$(9C_\\mathrm{in} + 1) n$" in Wording(ITEM).solution
    assert "(3^2C_\\mathrm{in} + 1) n" in Wording(ITEM).solution
    assert "C_\\mathrm{in}" not in Wording(ITEM).stem


def test_its_place_on_paper_is_wide():
    kind = Layers.weights.kind
    space = space_for(kind, Fraction(2))
    assert (space.style, space.width) == ("wide", 110)
    assert hint_on_paper(kind, space) == "a formula in C_in and n, such as floor(C_in/2) + 3*n^2"


def test_what_cannot_be_told_apart_excludes_an_item():
    class Same(Item):
        """On W = 1 .. 4 the misconception is the key."""

        W = Int(1, 4)
        stem = solution = "s"
        half = FormulaEntry(
            floor(W / 5),
            variables=[W],
            prompt="?",
            marks=1,
            misconceptions=[Misconception("nothing", 0 * W, "No.")],
        )

    assert "cannot be told from the key" in Same(0).excluded().reason


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"variables": []}, "needs variables"),
        ({"variables": [Int(1, 3, tex="w")]}, "leave its tex out"),
        ({"variables": [Choice("a", "b")]}, "does not take numbers"),
        ({"variables": [3]}, "a parameter of one number"),
        ({"domain": {Int(1, 2): (1, 5)}}, "the variables of the formula alone"),
    ],
)
def test_mistakes_of_authors(options, message):
    with pytest.raises(ValueError, match=message):
        FormulaEntry(1, **({"variables": [Int(1, 3)], "prompt": "?", "marks": 1} | options))


def test_more_mistakes_of_authors():
    W = Int(1, 9)
    with pytest.raises(ValueError, match="all values that it takes"):
        FormulaEntry(W, variables=[W], domain={W: (2, 9)}, prompt="?", marks=1)
    with pytest.raises(ValueError, match="all values that it takes"):
        FormulaEntry(W, variables=[W], domain={W: range(1, 10, 2)}, prompt="?", marks=1)
    with pytest.raises(ValueError, match="one expression"):
        FormulaEntry(lambda item: 1, variables=[W], prompt="?", marks=1)


def test_fractions_may_be_variables():
    x = Fractions(1, 9, over=10)
    part = FormulaEntry(1 - x, variables=[x], prompt="?", marks=1)
    x.__set_name__(None, "x")
    part.__set_name__(None, "part")
    (variable,) = part.kind.variables
    assert (variable.low, variable.high, variable.integer) == (0, 1, False)
