"""The effort of items: formulas, functions that are followed, and what authors declare."""

from fractions import Fraction
from functools import lru_cache

import numpy as np
import pytest

from examgen import (
    Essay,
    Int,
    IntegerEntry,
    IntMatrix,
    IntVector,
    Item,
    Matching,
    MatrixEntry,
    MultipleChoice,
    RationalEntry,
    VectorEntry,
    engine,
)
from examgen.errors import ExamgenError
from examgen.items.effort import OPTION, POINT, READ, effort, efforts

OFTEN = {"prompt": "What?", "marks": 1}


class Chain(Item):
    """A product, what is made of it, and the same by functions."""

    a, b = Int(1, 99), Int(1, 99)
    stem, solution = "<<a>> and <<b>>", "<<working.product>>"
    product = IntegerEntry(a * b, **OFTEN)
    later = IntegerEntry(product + a, **OFTEN)
    followed = IntegerEntry(lambda item: item.product + item.a, **OFTEN)
    declared = IntegerEntry(lambda item: sum(range(item.a)), effort=3 * a, **OFTEN)
    half = IntegerEntry(lambda item: 1, effort=lambda item: Fraction(item.b, 2), **OFTEN)


def solving(item):
    """The steps of each part beside those of reading it."""
    return {name: steps - READ for name, steps in efforts(item).items()}


def test_a_part_is_read_worked_out_and_written():
    found = solving(Chain.at(a=23, b=45))  # 1035, 1058
    assert found["product"] == 16 + 4
    assert found["later"] == 8 + 4  # the product is given
    assert found["followed"] == 8 + 2 * 2 + 4  # two numbers are looked up
    assert found["declared"] == 69
    assert found["half"] == 23
    assert effort(Chain.at(a=23, b=45)) == sum(found.values()) + 5 * READ


def test_larger_numbers_are_more_work():
    steps = [efforts(Chain.at(a=n, b=n))["product"] for n in (7, 77, 777, 7777)]
    assert steps == sorted(set(steps))


class Sliding(Item):
    """A convolution by formula and by function, a maximum and a fraction by functions."""

    x, k = IntVector(4, low=-9, high=9), IntVector(2, low=-9, high=9)
    X = IntMatrix(2, 2, low=0, high=9)
    stem, solution = "<<x>>, <<k>>, <<X>>", "<<y>>"
    y = VectorEntry(engine.conv1d(x, k), **OFTEN)
    again = VectorEntry(lambda item: engine.conv1d(item.x, item.k), shape=(3,), **OFTEN)
    largest = MatrixEntry(lambda item: engine.max_pool2d(item.X, 2), shape=(1, 1), **OFTEN)
    mean = RationalEntry(lambda item: Fraction(int(item.X.sum()), 4), **OFTEN)
    text = IntegerEntry(lambda item: {3: 5}.get(len(str(item.x[0])), 7), **OFTEN)


def test_a_function_is_followed_through_the_engine():
    found = solving(Sliding.at(x=[2, 3, 4, 5], k=[6, 7], X=[[1, 2], [3, 4]]))
    assert found["y"] == 6 * 4 + 3 * 2 * 2 + 6  # 12 + 21, 18 + 28, 24 + 35
    assert found["again"] == found["y"] + 6 * 2


def test_a_function_that_cannot_be_followed_is_a_look_at_what_it_reads():
    found = solving(Sliding.at(x=[2, 3, 4, 5], k=[6, 7], X=[[1, 2], [3, 4]]))
    assert found["largest"] == 4 * 2 + 1  # the engine compares no symbols
    assert found["mean"] == 3 * 2 + 4 * 2 + 2  # 5/2
    assert found["text"] == 4 * 2 + 1


def test_following_changes_no_value():
    item = Sliding.at(x=[2, 3, 4, 5], k=[6, 7], X=[[1, 2], [3, 4]])
    efforts(item)
    assert item.key("again") == (33, 46, 59)
    assert np.array_equal(item.x, [2, 3, 4, 5]) and item.x.dtype == np.int64


@lru_cache
def doubled(number):
    return 2 * number


class Cached(Item):
    """A function that keeps what it computed."""

    a = Int(1, 9)
    stem, solution = "<<a>>", "<<twice>>"
    twice = IntegerEntry(lambda item: doubled(item.a), **OFTEN)


def test_counting_numbers_stay_out_of_an_author_s_cache():
    efforts(Cached.at(a=4))
    assert type(doubled(4)) is int


class Read(Item):
    """Parts that are read more than reckoned."""

    a = Int(2, 9)
    stem, solution = "<<a>>", "<<chosen>>"
    chosen = MultipleChoice(a * 3, distractors=[1, 2, 5], **OFTEN)
    matched = Matching(rows=["one", "two"], options=["1", "2", "3"], **OFTEN)
    why = Essay(prompt="Why?", rubric={"this": 1, "that": 2}, model_answer="So.", source="a book")


def test_options_rows_and_points():
    assert solving(Read.at(a=4)) == {
        "chosen": 4 * OPTION + 4,
        "matched": 5 * OPTION,
        "why": 2 * POINT,
    }


@pytest.mark.parametrize("steps", [0, -1, "ten"])
def test_an_effort_that_is_none(steps):
    part = IntegerEntry(5, effort=lambda item: steps, **OFTEN)
    model = type("Bad", (Item,), {"stem": "x", "solution": "x", "five": part})
    with pytest.raises(ExamgenError, match="part 'five': its effort is a number of steps above 0"):
        efforts(model(0))
