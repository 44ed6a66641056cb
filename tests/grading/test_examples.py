"""Examples in an item model: what passes, and what is told of one that does not."""

import pytest

from examgen import Example, Int, IntegerEntry, Item, Misconception, MultipleChoice
from examgen.grading.examples import failed_examples

AT = {"H": 6}


def model(*examples):
    class Square(Item):
        H = Int(3, 9)
        stem = "A square of side <<H>>."
        pixels = IntegerEntry(
            H * H,
            prompt="Pixels?",
            marks=2,
            misconceptions=[Misconception("border", 4 * H, "The inside counts too.", credit=0)],
        )
        double = IntegerEntry(2 * pixels, prompt="Twice that?", marks=3)
        side = MultipleChoice(H, prompt="Side?", marks=1, distractors=[H + 1, H + 2])
        solution = "s"

    Square.examples = examples
    return Square


def failures(*examples):
    return list(failed_examples(model(*examples)))


def test_what_is_as_expected_passes():
    assert not failures(
        Example({"pixels": "36", "double": "72"}, at=AT, marks={"pixels": 2, "double": 3}),
        Example({"pixels": "24"}, rank=3, verdicts={"pixels": "misconception", "double": "blank"}),
        Example({"pixels": "x y"}, at=AT, marks={"pixels": None}),
    )


def test_a_wrong_answer_is_carried_into_later_parts():
    assert not failures(
        Example({"pixels": "37", "double": "74"}, at=AT, marks={"pixels": 0, "double": 3})
    )


def test_options_have_the_letters_of_the_declaration():
    assert not failures(*(Example({"side": "A"}, rank=r, marks={"side": 1}) for r in (0, 2, 3, 5)))


@pytest.mark.parametrize(
    ("example", "told"),
    [
        (
            Example({"pixels": "24"}, at=AT, marks={"pixels": 2}),
            "'24' for part 'pixels' must get 2 marks, it gets 0 marks; it is misconception: "
            "border: The inside counts too.",
        ),
        (
            Example({"pixels": "36"}, at=AT, verdicts={"pixels": "wrong"}),
            "'36' for part 'pixels' must be wrong; it is right: Right.",
        ),
        (
            Example({"pixels": "3 6"}, at=AT, marks={"pixels": 0}),
            "must get 0 marks, it gets a human's decision; it is unreadable",
        ),
        (Example({"pixel": "36"}, at=AT, marks={"pixels": 2}), "no part 'pixel'; did you mean"),
        (Example({"pixels": "36"}, at={"h": 6}, marks={"pixels": 2}), "no parameter 'h'"),
        (Example({"pixels": "36"}, rank=7, marks={"pixels": 2}), "no item of rank 7"),
        (Example({"pixels": "16"}, at={"H": 4}, marks={"pixels": 2}), "is not used in exams"),
    ],
)
def test_what_is_told(example, told):
    (problem,) = failures(Example({}, rank=0, marks={"pixels": 0}), example)
    assert problem.startswith("example 2: ")
    assert told in problem


@pytest.mark.parametrize("options", [{}, {"rank": 1}, {"rank": 1, "at": AT, "marks": {"a": 1}}])
def test_an_example_that_is_of_no_item_or_expects_nothing(options):
    with pytest.raises(ValueError, match="an Example"):
        Example({"a": "1"}, **options)
