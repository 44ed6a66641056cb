"""Parts typed as more than a number: their keys, their texts, and what an author may get wrong."""

from fractions import Fraction

import numpy as np
import pytest

from examgen import (
    Choice,
    Int,
    IntegerEntry,
    IntervalEntry,
    IntVector,
    Item,
    ListEntry,
    Misconception,
    QuantityEntry,
    SetEntry,
    VectorPairEntry,
)
from examgen.errors import ExamgenError
from examgen.items.wording import Wording


class Everything(Item):
    """One part of each sort."""

    W = Int(8, 20)
    S = Choice(2, 3)
    p, q = IntVector(2, low=1, high=2), IntVector(3, low=1, high=2)
    stem = "A width of <<W>>."
    memory = QuantityEntry(
        W * 4 / Fraction(1024),
        unit="KiB",
        digits=3,
        tex="m",
        marks=1,
        prompt="?",
        misconceptions=[Misconception("kB for KiB", W * 4 / Fraction(1000), "1024.")],
    )
    seen = IntervalEntry((S, S + W), tex="I", marks=1, prompt="?")
    width = IntegerEntry(seen.high - seen.low + 1, tex="w", marks=1, prompt="?")
    open_end = IntervalEntry(
        lambda item: (None, Fraction(item.seen[1], 2), "()"),
        integers=False,
        ends=True,
        marks=1,
        prompt="?",
    )
    factors = VectorPairEntry(
        (p, q),
        marks=1,
        prompt="?",
        misconceptions=[
            Misconception("doubled", ([2 * p[0], 2 * p[1]], q), "Not twice."),
            Misconception("exchanged", lambda item: (item.q, item.p), "The other way."),
        ],
    )
    divisors = SetEntry(
        lambda item: {(a, item.W // a) for a in range(1, item.W + 1) if item.W % a == 0},
        names=("a", "b"),
        marks=1,
        prompt="?",
    )
    order = ListEntry([W, S, W], marks=1, prompt="?")
    solution = "<<working.memory>> <<working.width>> $<<seen>>$ <<factors>> <<divisors>>"


ITEM = Everything.at(W=10, S=3, p=[1, 2], q=[2, 2, 4])


def test_values() -> None:
    assert ITEM.memory == Fraction(40, 1024)
    assert ITEM.seen == (3, 13, "[]")
    assert ITEM.width == 11
    assert ITEM.open_end == ("-oo", Fraction(13, 2), "()")
    assert ITEM.factors == ((2, 4), (1, 1, 2))  # one of them stands for all with this product
    assert ITEM.divisors == ((1, 10), (2, 5), (5, 2), (10, 1))
    assert ITEM.order == (10, 3, 10)


def test_misconceptions_are_pairs_too() -> None:
    values = {wrong.name: value for wrong, value in ITEM.wrong_answers("factors")}
    assert values == {"doubled": ((4, 8), (1, 1, 2)), "exchanged": ((2, 2, 4), (1, 2))}


def test_later_parts_follow_from_own_answers() -> None:
    own = ITEM.carry({"seen": (3, 14, "[]")})
    assert own.key("width") == 12
    assert own.key("open_end") == ("-oo", 7, "()")
    assert ITEM.depends("width") == ITEM.depends("open_end") == ("seen",)


def test_a_misconception_within_the_precision_excludes_the_item() -> None:
    assert Everything.at(W=8, S=2, p=[1, 1], q=[1, 1, 1]).excluded() is None
    memory = Everything.declaration.parts["memory"]
    assert memory.same(Fraction(39, 1000), Fraction(3904, 10**5))
    assert not memory.same(Fraction(40, 1000), Fraction(40, 1024))


def test_texts_print_the_values() -> None:
    text = Wording(ITEM).solution
    assert r"\approx 0.0391\;\mathrm{KiB}" in text
    assert "w = I_{2} - I_{1} + 1 = 13 - 3 + 1 = 11" in text
    assert r"[3,\; 13]" in text
    assert r"u = \begin{pmatrix} 2 & 4 \end{pmatrix}" in text
    assert r"\{(1,\,10),\; (2,\,5),\; (5,\,2),\; (10,\,1)\}" in text


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (lambda: QuantityEntry(1, unit="mb", **ANY), "did you mean 'MB'"),
        (lambda: QuantityEntry(1, unit="MB", whole=True, places=2, **ANY), "whole number has no"),
        (lambda: QuantityEntry(1, unit="MB", places=2, digits=3, **ANY), "either places or digits"),
        (lambda: IntervalEntry((1, 2), ends=True, **ANY), "needs no 'ends'"),
        (lambda: VectorPairEntry(lambda item: None, **ANY), "needs lengths="),
        (lambda: VectorPairEntry(([1], [2]), tex="K", **ANY), "leave out tex"),
        (
            lambda: VectorPairEntry(
                ([1], [2, 3]), misconceptions=[Misconception("x", ([2, 3], [1]), "")], **ANY
            ),
            "give a function",
        ),
        (lambda: SetEntry([1], scoring="half", **ANY), "unknown scoring"),
    ],
)
def test_what_an_author_may_get_wrong(part, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        part()


ANY = {"marks": 1, "prompt": "?"}


def test_no_working_where_the_value_has_another_form_than_the_key() -> None:
    class Pair(Item):
        a = Int(1, 3)
        stem = "<<a>>"
        pair = VectorPairEntry(([a, 1], [2, a]), marks=1, prompt="?")
        solution = "<<working.pair[0]>>"

    with pytest.raises(ExamgenError, match="'pair' has no working"):
        _ = Wording(Pair.at(a=2)).solution


def test_a_pair_may_come_as_arrays() -> None:
    part = Everything.declaration.parts["factors"]
    assert part.coerce((np.array([1, 1]), np.array([3, 0, 6]))) == ((3, 3), (1, 0, 2))
