"""The one idea: symbols on the class, numbers on the instance."""

from fractions import Fraction

import numpy as np
import pytest

from examgen import (
    Choice,
    Fractions,
    Int,
    IntegerEntry,
    IntMatrix,
    Item,
    MatrixEntry,
    Misconception,
    MultipleChoice,
    RationalEntry,
    ShapeEntry,
    engine,
    floor,
)
from examgen.errors import ExamgenError


class Layer(Item):
    """A strided layer and what it costs."""

    H = Int(12, 40)
    K = Choice(3, 5)
    S = Choice(2, 3)
    C_out = Choice(8, 16)
    reach = K - 1
    where = [K <= H, lambda item: item.H != 13]
    stem = "A layer of side <<H>>."
    out = floor((H - K) / S) + 1
    height = IntegerEntry(
        out,
        marks=2,
        tex=r"H_\mathrm{out}",
        prompt="How high?",
        misconceptions=[
            Misconception("forgot +1", out - 1, "Add 1."),
            Misconception("ignored stride", out.subs(S, 1), "The stride is <<S>>."),
        ],
    )
    cells = IntegerEntry(height**2 * C_out, marks="1/2", prompt="How many values?")
    doubled = IntegerEntry(lambda item: 2 * item.cells, marks=1, prompt="Twice as many?")
    solution = "<< working.height >> then << working.cells >>"

    def oracle(self):
        side = len(range(0, self.H - self.K + 1, self.S))
        cells = sum(self.C_out for _ in range(side * side))
        return {"height": side, "cells": cells, "doubled": cells + cells}


def test_an_item_is_numbered_by_its_rank():
    assert Layer.space.size == 29 * 2 * 2 * 2
    assert Layer(0).values == {"H": 12, "K": 3, "S": 2, "C_out": 8}
    assert Layer(1).values == {"H": 12, "K": 3, "S": 2, "C_out": 16}
    assert Layer(231).values == {"H": 40, "K": 5, "S": 3, "C_out": 16}
    assert repr(Layer(7)) == "Layer(7)"
    with pytest.raises(ExamgenError, match="ranks are 0 to 231"):
        Layer(232)


def test_every_rank_comes_back_from_its_values():
    for rank in range(Layer.space.size):
        assert Layer.at(**Layer(rank).values).rank == rank


def test_attributes_are_numbers_on_an_item():
    item = Layer.at(H=227, K=11, S=4, C_out=96)
    assert item.rank is None
    assert (item.H, item.reach, item.height, item.cells, item.doubled) == (
        227, 10, 55, 290400, 580800,
    )  # fmt: skip
    assert repr(item) == "Layer.at(H=227, K=11, S=4, C_out=96)"


def test_a_later_part_follows_the_students_own_answer():
    item = Layer.at(H=20, K=3, S=2, C_out=8)
    assert item.height == 9
    own = item.carry({"height": 8})
    assert own.key("cells") == 512
    assert own.key("doubled") == 1024
    assert own.carry({"cells": 7}).key("doubled") == 14
    assert item.depends("height") == ()
    assert item.depends("cells") == ("height",)
    assert item.depends("doubled") == ("cells",)


def test_misconceptions_are_edits_of_the_key():
    item = Layer.at(H=20, K=3, S=2, C_out=8)
    assert [(wrong.name, value) for wrong, value in item.wrong_answers("height")] == [
        ("forgot +1", 8),
        ("ignored stride", 18),
    ]


def test_where_and_clashes_exclude_items():
    assert str(Layer.at(H=13, K=3, S=2, C_out=8).excluded()) == "not legal"
    assert Layer.at(H=20, K=3, S=2, C_out=8).excluded() is None
    clash = Layer.at(H=20, K=3, S=1, C_out=8).excluded()
    assert str(clash) == "part 'height': 'ignored stride' gives the same as the key"


def test_narrowing_keeps_ranks():
    narrow = Layer.space.narrow({"H": [16, 20], "K": 3, "C_out": {"low": 9}})
    assert narrow.size == 2 * 1 * 2 * 1
    values = [Layer(narrow.rank(index)).values for index in range(4)]
    assert {v["H"] for v in values} == {16, 20}
    assert {v["K"] for v in values} == {3}
    assert {v["C_out"] for v in values} == {16}
    assert len({tuple(v.values()) for v in values}) == 4


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({"C_aut": 8}, "no parameter 'C_aut'.*did you mean 'C_out'"),
        ({"H": 11}, "'H' cannot be 11; it takes 12, 13, …, 40"),
        ({"K": {"low": 6}}, "no value of 'K' is left; it takes 3, 5"),
        ({"K": {"lo": 6}}, "'low' and 'high', not 'lo'"),
    ],
)
def test_narrowing_says_what_is_wrong(wish, message):
    with pytest.raises(ExamgenError, match=message):
        Layer.space.narrow(wish)


def test_at_names_missing_and_unknown_parameters():
    with pytest.raises(ExamgenError, match="needs a value for S, C_out"):
        Layer.at(H=20, K=3)
    with pytest.raises(ExamgenError, match="no parameter 'C_oot'; did you mean 'C_out'"):
        Layer.at(C_oot=20)


class ByHand(Item):
    """A matrix by hand, its key computed by the engine on symbols."""

    X = IntMatrix(3, 3, low=0, high=4)
    W = IntMatrix(2, 2, low=-2, high=2)
    t = Fractions(1, 9, over=10)
    stem = "Slide $W = <<W>>$ over $X = <<X>>$."
    Y = MatrixEntry(
        engine.conv2d(X, W),
        marks=4,
        prompt="The output?",
        misconceptions=[Misconception("flipped", engine.conv2d(X, W[::-1, ::-1]), "Do not flip.")],
    )
    blend = RationalEntry((1 - t) * Y[0, 0] + t * Y[0, 1], marks=1, prompt="Between them?")
    solution = "<< working.Y[0, 0] >> $$Y = <<Y>>$$ << working.blend >>"

    def oracle(self):
        rows = [[(self.X[i : i + 2, j : j + 2] * self.W).sum() for j in (0, 1)] for i in (0, 1)]
        first, second = int(rows[0][0]), int(rows[0][1])
        return {"Y": rows, "blend": first + self.t * (second - first)}


def test_arrays_are_numpy_on_an_item():
    item = ByHand.at(X=[[1, 2, 0], [0, 1, 3], [2, 1, 1]], W=[[1, 0], [0, -1]], t="3/10")
    assert item.t == Fraction(3, 10)
    assert isinstance(item.X, np.ndarray)
    assert item.key("Y") == ((0, -1), (-1, 0))
    assert item.blend == Fraction(-3, 10)
    assert item.carry({"Y": ((10, 20), (0, 0))}).key("blend") == 13
    assert item.wrong_answers("Y")[0][1] == ((0, 1), (1, 0))


class Stack(Item):
    """A shape, and a later key that uses its lengths."""

    C, H = Int(2, 4), Int(5, 9)
    stem = "A stack of <<C>> maps."
    solution = "<< working.count >>"
    map = ShapeEntry((C, H, H - 2), axes=("C", "H", "W"), marks=1, prompt="The shape?")
    count = IntegerEntry(map[0] * map[1] * map[2], marks=1, prompt="How many values?")


def test_lengths_of_a_shape_are_used_by_later_keys():
    item = Stack.at(C=3, H=7)
    assert item.map == (3, 7, 5)
    assert item.count == 105
    assert item.depends("count") == ("map",)
    assert item.carry({"map": (2, 2, 2)}).key("count") == 8


def test_huge_spaces_have_exact_ranks():
    assert ByHand.space.size == 5**9 * 5**4 * 9
    rank = ByHand.space.size - 1
    assert ByHand(rank).values["X"] == ((4, 4, 4),) * 3
    assert ByHand.at(**ByHand(1234567890).values).rank == 1234567890


class Pick(Item):
    """A choice between texts."""

    n = Int(2, 9)
    stem = "A stride of <<n>>."
    even = MultipleChoice(
        lambda item: "even" if item.n % 2 == 0 else "odd",
        marks=1,
        prompt="Which is it?",
        distractors=["neither"],
        misconceptions=[
            Misconception("other", lambda item: "odd" if item.n % 2 == 0 else "even", "Divide.")
        ],
    )
    solution = "It is <<even>>."

    def oracle(self):
        return {"even": ["even", "odd"][len(range(self.n)) & 1]}


def test_a_choice_between_texts():
    item = Pick.at(n=4)
    assert item.even == "even"
    assert item.distractors(item.part("even")) == ["neither"]
    assert item.excluded() is None
