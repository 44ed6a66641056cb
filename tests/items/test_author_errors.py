"""Errors of authors are caught when the class is created, and say what to do."""

import pytest

from examgen import Choice, Fractions, Int, IntegerEntry, Item, MatrixEntry, Misconception
from examgen.errors import ExamgenError


def make(**body):
    K = Int(1, 5)
    K.__set_name__(None, "K")
    filled = {
        "K": K,
        "stem": "s",
        "solution": "s",
        "y": IntegerEntry(K + 1, prompt="?", marks=1),
    } | body
    return type("Model", (Item,), {k: v for k, v in filled.items() if v is not None})


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"stem": None}, "needs a stem"),
        ({"solution": ""}, "needs a solution"),
        ({"y": None}, "has no part"),
        ({"space": Int(1, 2)}, "'space' is a name of the framework"),
        ({"working": Int(1, 2)}, "'working' is a name of the framework"),
        ({"where": ["K < 3"]}, "'where' holds comparisons"),
        ({"objective": ["count"]}, "'objective' is a text"),
        ({"serves": "2a sizes"}, "'serves' is a list of texts"),
        ({"serves": [2]}, "'serves' is a list of texts"),
        (
            {"y": IntegerEntry(Int(1, 3) + 1, prompt="?", marks=1)},
            "not a parameter or an earlier part of this item",
        ),
        (
            {
                "y": IntegerEntry(
                    3,
                    prompt="?",
                    marks=1,
                    misconceptions=[Misconception("a", 1, "x"), Misconception("a", 2, "x")],
                )
            },
            "two misconceptions of one name",
        ),
    ],
)
def test_the_class_is_refused(body, message):
    with pytest.raises(ExamgenError, match=message):
        make(**body)


def test_a_key_cannot_use_a_later_part():
    later = IntegerEntry(2, prompt="?", marks=1)
    with pytest.raises(ExamgenError, match="part 'y' is computed from 'z'"):
        make(y=IntegerEntry(later + 1, prompt="?", marks=1), z=later)


def test_mistakes_in_declarations():
    with pytest.raises(ValueError, match="no number from "):
        Int(5, 1)
    with pytest.raises(TypeError, match="not exact"):
        Choice(0.5, 1)
    with pytest.raises(ValueError, match="listed twice"):
        Choice(1, 2, 1)
    with pytest.raises(ValueError, match="marks must be positive"):
        IntegerEntry(1, prompt="?", marks=0)
    with pytest.raises(ValueError, match="give shape="):
        MatrixEntry(lambda item: [[1]], prompt="?", marks=1)
    with pytest.raises(TypeError, match="exact"):
        IntegerEntry(0.5 * Fractions(1, 3, over=4), prompt="?", marks=1)
