"""What is recorded of an item: keys and misconceptions as a student would have to answer."""

from fractions import Fraction

from examgen import (
    Essay,
    Int,
    IntegerEntry,
    Item,
    Misconception,
    MultipleChoice,
    MultipleResponse,
    RationalEntry,
)
from examgen.exam.printing import printed_item
from examgen.exam.record import Criterion, Option, WrongAnswer


class Mixed(Item):
    """One part of each sort."""

    n = Int(2, 20)
    stem = "Let $n = <<n>>$."
    side = IntegerEntry(n + 1, marks=1, prompt="Side?", tex="s", unit="px")
    half = RationalEntry(
        side / 2,
        marks=1,
        prompt="Half?",
        misconceptions=[
            Misconception("double", 2 * side, "Divide <<side>>.", credit=Fraction(1, 2)),
            Misconception("undefined", side / (n - n), "Never."),
        ],
    )
    pick = MultipleChoice(
        n,
        marks=1,
        prompt="Which?",
        option="<<value>> px",
        misconceptions=[Misconception("one more", n + 1, "No.")],
        distractors=[n + 5],
    )
    flags = MultipleResponse(
        lambda item: [True, item.n > 5, False],
        options=["first", "second", "third"],
        marks=1,
        prompt="Which hold?",
        misconceptions=[Misconception("all", lambda item: [1, 1, 1], "Not all.")],
    )
    why = Essay(prompt="Why?", rubric={"says so": 1, "gives <b>": "1/2"}, model_answer="$n=<<n>>$")
    solution = "It is <<side>>."


def record(order=lambda part, count: list(range(count))):
    return printed_item(
        Mixed.at(n=4),
        question="q",
        number=3,
        title="Mixed",
        marks={name: part.marks for name, part in Mixed.declaration.parts.items()},
        bonus=False,
        shuffle=order,
    )


def test_entries():
    side, half, *_ = record().parts
    assert (side.column, side.key, side.tex, side.unit) == ("3.a", 5, "s", "px")
    assert (half.column, half.key, half.depends, half.tex) == ("3.b", "5/2", ("side",), "")
    assert half.misconceptions == (
        WrongAnswer("double", 10, "Divide 5.", Fraction(1, 2)),
        WrongAnswer("undefined", None, "Never."),
    )
    assert (half.low, half.high) == (-(10**9), 10**9)


def test_a_choice_is_recorded_in_letters_as_printed():
    choice = record(lambda part, count: [2, 0, 1]).parts[2]
    assert choice.options == (Option("9 px", 9), Option("4 px", 4), Option("5 px", 5, "one more"))
    assert choice.key == "B"
    assert choice.misconceptions == (WrongAnswer("one more", "C", "No."),)


def test_several_choices_are_recorded_in_letters_as_printed():
    flags = record(lambda part, count: [2, 0, 1]).parts[3]
    assert [option.text for option in flags.options] == ["third", "first", "second"]
    assert flags.key == "B"
    assert flags.misconceptions == (WrongAnswer("all", "ABC", "Not all."),)


def test_an_essay_has_a_rubric_and_no_key():
    essay = record().parts[4]
    assert essay.key is None
    assert essay.marks == Fraction(3, 2)
    assert essay.rubric == (
        Criterion(Fraction(1), "says so"),
        Criterion(Fraction(1, 2), "gives <b>"),
    )
    assert essay.model_answer == "$n=4$"


def test_the_item():
    item = record()
    assert (item.model, item.rank, item.parameters) == ("mixed", 2, {"n": 4})
    assert (item.stem, item.solution, item.marks) == ("Let $n = 4$.", "It is 5.", Fraction(11, 2))
