"""What is recorded of an item: keys and misconceptions as a student would have to answer."""

from fractions import Fraction

from examgen import (
    Essay,
    Int,
    IntegerEntry,
    Item,
    Matching,
    Misconception,
    MultipleChoice,
    MultipleResponse,
    Ordering,
    RationalEntry,
    ShortText,
    TrueFalse,
)
from examgen.exam.printing import printed_item
from examgen.exam.record import Criterion, Form, Option, WrongAnswer, from_line, to_line
from examgen.exam.seeds import derive, shuffled


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


class Printed(Item):
    """Parts that print options, and a claim."""

    n = Int(2, 20)
    stem = "Let $n = <<n>>$."
    order = Ordering(
        [n, 100, 3 * n],
        options=["<<n>>", "a hundred", "three times"],
        marks=1,
        prompt="Smallest first?",
        misconceptions=[
            Misconception("largest first", [-n, -100, -3 * n], "No."),
            Misconception("all the same", [n, n, n], "No."),
        ],
    )
    pairs = Matching(
        rows=["one", "<<n>>"],
        options=["1", "n", "neither"],
        marks=1,
        prompt="Which?",
        misconceptions=[Misconception("exchanged", [1, None], "No.")],
    )
    size = TrueFalse(
        n + 1,
        claim=n + 2,
        marks=1,
        prompt="It is <<n + 2>>.",
        misconceptions=[
            Misconception("two more", n + 2, "No."),
            Misconception("three more", n + 3, "No."),
        ],
    )
    taught = TrueFalse("They are learned.", marks=1, prompt="Designed by hand.", source="a book")
    holds = TrueFalse(True, marks=1, prompt="It is so.", source="a book")
    word = ShortText(
        lambda item: "even" if item.n % 2 == 0 else "odd",
        forms={"even": ["an even one"], "odd": [], "prime": []},
        marks=1,
        prompt="Even or odd?",
        misconceptions=[Misconception("takes it for a prime", "prime", "No.")],
    )
    solution = "None."


def printed(order):
    item = Printed.at(n=4)
    assert item.excluded() is None
    return {
        part.name: part
        for part in printed_item(
            item, question="q", number=3, title="t", bonus=False,
            marks={name: part.marks for name, part in Printed.declaration.parts.items()},
            shuffle=lambda part, count: (
                order if part == "order" else [(place - 1) % count for place in range(count)]
            ),
        ).parts
    }  # fmt: skip


def test_an_order_is_recorded_in_letters_as_printed():
    order = printed([1, 2, 0])["order"]  # printed: a hundred, three times (12), 4
    assert order.options == (Option("a hundred", 1), Option("three times", 2), Option("4", 0))
    assert order.key == "CBA"
    assert order.misconceptions == (
        WrongAnswer("largest first", "ABC", "No."),
        WrongAnswer("all the same", None, "No."),
    )


def test_a_matching_is_recorded_with_its_rows_and_letters_as_printed():
    pairs = printed([0, 1, 2])["pairs"]
    assert pairs.rows == ("one", "4")
    assert [option.text for option in pairs.options] == ["neither", "1", "n"]
    assert pairs.key == "BC"
    assert pairs.misconceptions == (WrongAnswer("exchanged", "C-", "No."),)


def test_a_claim_is_recorded_and_who_holds_it_answers_true():
    size = printed([0, 1, 2])["size"]
    assert [option.value for option in size.options] == [6]
    assert size.key == [0, 5]
    assert [wrong.value for wrong in size.misconceptions] == [[1], [0, 7]]
    assert printed([0, 1, 2])["taught"].key == [0, "They are learned."]
    assert printed([0, 1, 2])["holds"].key == [1]


def test_the_kind_of_a_short_text_does_not_tell_the_key():
    word = printed([0, 1, 2])["word"]
    assert word.key == "even"
    assert word.kind["meanings"] == [["even", "an even one"], ["odd"], ["prime"]]
    assert Printed.declaration.parts["word"].kind.to_dict() == word.kind


def test_the_record_keeps_rows_and_old_records_have_none():
    form = Form(1, "code", "s", "n", 1, 0, (record(),))
    line = to_line(form)
    assert from_line(line) == form
    old = line.replace(',"rows":[]', "")
    assert "rows" in line and "rows" not in old
    assert from_line(old) == form


def test_the_printed_order_is_right_no_more_often_than_by_chance():
    keys = [derive(b"secret", "options", str(number)) for number in range(360)]
    right = sum(printed(shuffled(key, 3))["order"].key == "ABC" for key in keys)
    assert 36 <= right <= 84  # a sixth is 60; 24 is more than three standard deviations
