"""Pairs of vectors, judged by their outer product."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.answers import Unreadable, VectorPair, kind_from

PAIR = VectorPair((3, 3))
KEY = PAIR.coerce(([1, 2, 1], [1, 0, -1]))
WIDE = VectorPair((2, 3))
vectors = st.lists(st.fractions(-5, 5, max_denominator=6), min_size=3, max_size=3)


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2, 1] and [1, 0, -1]",
        "[1,2,1], [1,0,-1]",
        "[1 2 1] [1 0 −1]",
        "[[1,2,1],[1,0,-1]]",
        "[1, 2, 1]; [1, 0, -1]",
        "(1, 2, 1) x (1, 0, -1)",
        "[1, 2, 1] × [1, 0, -1]",
        "[1, 2, 1] ⊗ [1, 0, -1]",
        "[1, 2, 1]·[1, 0, -1]",
        "[1, 2, 1]^T [1, 0, -1]",
        "[1; 2; 1] [1, 0, -1]ᵀ",
        "[[1],[2],[1]], [1,0,-1]",
        "1 2 1\n1 0 -1",
        "1 2 1; 1 0 -1",
        "1, 2, 1 and 1, 0, -1",
        "u = [1, 2, 1], v = [1, 0, -1]",
        "u = (1, 2, 1)\nv = (1, 0, -1)",
        "u = 1 2 1; v = 1 0 -1",
        "v = [1, 0, -1], u = [1, 2, 1]",
        "[2, 4, 2] and [1/2, 0, -1/2]",
        "[-1, -2, -1], [-1, 0, 1]",
        "[0,5; 1; 0,5] and [2; 0; -2]",
        "[1/3, 2/3, 1/3], [3, 0, -3]",
    ],
)
def test_every_pair_with_the_right_product_is_right(text: str) -> None:
    reading = PAIR.read(text)
    assert reading.value == KEY
    assert PAIR.judge(reading, KEY).verdict == "right"


def test_what_was_read_is_shown_as_written() -> None:
    assert PAIR.read("[2,4,2] ⊗ [1/2,0,-1/2]").shown == "[2, 4, 2] and [1/2, 0, -1/2]"


@pytest.mark.parametrize(
    ("text", "credit", "told"),
    [
        ("[1,0,-1], [1,2,1]", 0, "the right one transposed: u and v are exchanged"),
        ("[1,2,1], [-1,0,1]", "1/2", "-1 times the right one; the sign is wrong"),
        ("[1,2,1], [2,0,-2]", "1/2", "the outer product is 2 times the right one"),
        ("[1/3,2/3,1/3], [1,0,-1]", "1/2", "the outer product is 1/3 times the right one"),
        ("[0,0,0], [1,0,-1]", 0, "one of the vectors is 0"),
        ("[2,4,2], [1,0,1]", "1/2", "row 1, column 1 of the product is 2, not 1; u is right up to"),
        (
            "[1,2,2], [3,0,-3]",
            "1/2",
            "row 1, column 1 of the product is 3, not 1; v is right up to",
        ),
        ("[1,2,2], [1,0,1]", 0, "row 1, column 3 of the product is 1, not -1"),
    ],
)
def test_what_is_wrong_is_named(text: str, credit: str, told: str) -> None:
    judged = PAIR.judge(PAIR.read(text), KEY)
    assert judged.verdict == ("partial" if judged.credit else "wrong")
    assert judged.credit == Fraction(credit)
    assert told in judged.evidence


def test_exchanged_vectors_of_two_lengths_are_read_and_wrong() -> None:
    key = WIDE.coerce(([1, 2], [1, 0, -1]))
    judged = WIDE.judge(WIDE.read("[1, 0, -1] and [1, 2]"), key)
    assert judged.evidence.endswith("u and v are exchanged")
    other = WIDE.judge(WIDE.read("[1, 0, 5] and [1, 2]"), key)
    assert other.evidence == "u needs 2 numbers, this has 3"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1, 2] and [1, 0, -1]", "u needs 3 numbers, this has 2"),
        ("[1, 2, 1] and [1, 0]", "v needs 3 numbers, this has 2"),
        ("[1, 2, 1]", "two vectors were expected"),
        ("[1,2,1], [1,0,-1], [1,1,1]", "two vectors were expected"),
        ("1 2 1 1 0 -1", "two vectors were expected"),
        ("1/4 [1,2,1] and [1,0,-1]", "numbers and rows are mixed"),
        ("[1, 2, 1 and [1, 0, -1]", "missing ']'"),
        ("[1, a, 1] and [1, 0, -1]", "a number was expected, not 'a' at character 5"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        PAIR.read(text)
    assert str(caught.value).startswith(message)


@given(vectors, vectors, vectors, vectors)
def test_values_are_equal_just_where_the_products_are(
    u: list[Fraction], v: list[Fraction], p: list[Fraction], q: list[Fraction]
) -> None:
    products = [np.outer(*pair).tolist() for pair in ((u, v), (p, q))]
    assert (PAIR.coerce((u, v)) == PAIR.coerce((p, q))) == (products[0] == products[1])
    again = PAIR.coerce(([-3 * one for one in u], [one / -3 for one in v]))
    assert again == PAIR.coerce((u, v))
    assert np.outer(*again).tolist() == products[0]  # type: ignore[arg-type]


def test_a_key() -> None:
    PAIR.check_key(KEY)
    with pytest.raises(ValueError, match="a vector of zeros"):
        PAIR.check_key(PAIR.coerce(([0, 0, 0], [1, 2, 3])))
    with pytest.raises(ValueError, match="vectors of 2 and 3"):
        WIDE.check_key(WIDE.coerce(([1, 2, 3], [1, 2])))
    with pytest.raises(ValueError, match="were expected"):
        PAIR.coerce(([1, 2], [1, 2]))


def test_the_kind_and_its_values_survive_the_record() -> None:
    kind = VectorPair((2, 3), ("a", "b"))
    assert kind_from(kind.to_dict()) == kind
    value = kind.coerce(([Fraction(1, 2), 1], np.array([2, 4, 6])))
    assert value == ((1, 2), (1, 2, 3))
    assert kind.unpack(kind.pack(value)) == value
    assert kind.read(kind.show(value)).value == value
    assert kind.tex(value).startswith(r"a = \begin{pmatrix} 1 & 2 \end{pmatrix}")
    assert "a = [1, 2], b = [1, 2, 3]" in kind.hint()
