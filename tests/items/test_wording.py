"""Texts see what may be printed and no more; working prints symbols = numbers = value."""

import pytest

from examgen import (
    DecimalEntry,
    Fractions,
    Int,
    IntegerEntry,
    IntMatrix,
    Item,
    MatrixEntry,
    Misconception,
    MultipleChoice,
    MultipleResponse,
    RationalEntry,
    engine,
    floor,
)
from examgen.errors import ExamgenError
from examgen.items.wording import Wording


class Layer(Item):
    """Every sort of text."""

    H, K, S = Int(8, 40), Int(1, 5), Int(1, 3)
    t = Fractions(1, 3, over=4)
    X = IntMatrix(2, 2, low=-2, high=9)
    reach = K - 1
    stem = "A side of <<H>>, reaching <<reach>>, $X = <<X>>$, $t = <<t>>$."
    side = IntegerEntry(
        floor((H - (1 + reach)) / S) + 1,
        tex=r"H_\mathrm{out}",
        unit="pixels",
        marks=1,
        prompt="With stride <<S>>?",
        misconceptions=[Misconception("a", H - K, "Not <<side>> less <<reach>>.")],
    )
    share = RationalEntry(t * X[0, 0] - X[0, 1], tex="r", marks=1, prompt="?")
    Y = MatrixEntry(engine.conv2d(X, [[1, -1]]), marks=1, prompt="?")
    pick = MultipleChoice(
        side + 1,
        marks=1,
        prompt="?",
        option="<<value>> of <<H>>",
        misconceptions=[Misconception("b", side + 2, "One too many.")],
        distractors=[side + 9],
    )
    flags = MultipleResponse(
        lambda item: [item.K > 2, item.S == 1],
        options=["$K = <<K>>$ is large", "the stride is 1"],
        marks=1,
        prompt="Which hold?",
    )
    solution = "<< working.side >>\n<< working.share >>\n<< working.Y[1, 0] >>\n<<side>>"


def test_truth_values_may_be_written_out():
    class Said(Item):
        """Two claims."""

        n = Int(1, 2)
        stem = "Let $n = <<n>>$."
        flags = MultipleResponse(
            [True, False],
            options=["$n > 0$", "$n < 0$"],
            marks=1,
            prompt="Which hold?",
            misconceptions=[Misconception("signs", [False, True], "No.")],
        )
        solution = "The sign."

    item = Said.at(n=2)
    assert item.key(Said.flags) == (1, 0)
    assert [value for _, value in item.wrong_answers(Said.flags)] == [(0, 1)]


ITEM = Layer.at(H=20, K=3, S=2, t="3/4", X=[[8, -1], [-2, 5]])


def test_stem_prompt_and_options():
    text = Wording(ITEM)
    assert text.stem == (
        r"A side of 20, reaching 2, $X = \begin{pmatrix} 8 & -1 \\ -2 & 5 \end{pmatrix}$, "
        r"$t = \frac{3}{4}$."
    )
    assert text.prompt(Layer.side) == "With stride 2?"
    assert text.feedback(Layer.side) == ["Not 9 less 2."]
    assert text.options(Layer.pick) == [
        ("10 of 20", 10, None),
        ("11 of 20", 11, "b"),
        ("18 of 20", 18, None),
    ]
    assert text.options(Layer.flags) == [
        ("$K = 3$ is large", 0, None),  # the value is the option's place, and tells no key
        ("the stride is 1", 1, None),
    ]
    assert text.options(Layer.side) == []


def test_working_keeps_the_authors_form():
    solution = Wording(ITEM).solution
    assert r"\left\lfloor \frac{H - (1 + (K - 1))}{S} \right\rfloor + 1" in solution
    assert r"\left\lfloor \frac{20 - (1 + (3 - 1))}{2} \right\rfloor + 1" in solution
    assert r"= 9\ \text{pixels}" in solution
    assert r"r = t X_{1,1} - X_{1,2} = \frac{3}{4} \cdot 8 - (-1) = 7" in solution
    assert r"Y_{2,1} = X_{2,1} - X_{2,2} = -2 - 5 = -7" in solution
    assert solution.endswith("9")


@pytest.mark.parametrize("name", ["side", "working", "Y"])
def test_a_stem_cannot_print_a_key(name):
    body = {"stem": f"It is <<{name}>>.", "solution": "s", "__module__": __name__}
    leaky = type("Leaky", (Layer,), body)
    with pytest.raises(ExamgenError, match=f"stem: line 1: '{name}' is undefined"):
        _ = Wording(leaky.at(**ITEM.values)).stem


def test_a_rounded_value_is_about_equal():
    class Memory(Item):
        n = Int(1, 9)
        stem = "s"
        whole = DecimalEntry(n / 4, digits=3, tex="a", marks=1, prompt="?")
        rounded = DecimalEntry(n / 7, digits=3, tex="b", marks=1, prompt="?")
        solution = "<< working.whole >>\n<< working.rounded >>"

    solution = Wording(Memory.at(n=3)).solution
    assert r"a = \frac{n}{4} = \frac{3}{4} = 0.75" in solution
    assert r"b = \frac{n}{7} = \frac{3}{7} \approx 0.429" in solution


def test_a_function_has_no_working():
    body = {"stem": "s", "solution": "<< working.flags >>", "__module__": __name__}
    shown = type("Shown", (Layer,), body)
    with pytest.raises(ExamgenError, match="the key of 'flags' is a function"):
        _ = Wording(shown.at(**ITEM.values)).solution
