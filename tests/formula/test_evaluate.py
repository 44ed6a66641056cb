"""Exact values, one by one and compiled."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.formula import (
    Entry,
    Number,
    Symbol,
    Undefined,
    absolute,
    ceiling,
    compile_expressions,
    different,
    divides,
    equal,
    evaluate,
    floor,
    maximum,
    minimum,
)

A, B = Symbol("A"), Symbol("B")

CASES = [
    (A + B, 7, -2, 5),
    (A / B, 7, -2, Fraction(-7, 2)),
    (A / B, 6, -2, -3),
    (A // B, 7, -2, -4),
    (A % B, 7, -2, -1),
    (A / B * B, 7, 3, 7),
    (floor(A / B), Fraction(7, 2), -2, -2),
    (ceiling(A / B), 7, 2, 4),
    (ceiling(A / B), -7, 2, -3),
    (ceiling(A), Fraction(1, 2), 0, 1),
    (A**B, 2, 10, 1024),
    (A**B, 2, -2, Fraction(1, 4)),
    (A**B, -2, -1, Fraction(-1, 2)),
    (A**B, Fraction(9, 4), Fraction(-3, 2), Fraction(8, 27)),
    (A**B, 27, Fraction(1, 3), 3),
    (A**2 - B**3, Fraction(1, 2), 2, Fraction(-31, 4)),
    (A**B, 0, 0, 1),
    (absolute(A) - -B, -3, 4, 7),
    (maximum(A, B, 2), 1, -1, 2),
    (minimum(A, B), 1, Fraction(1, 2), Fraction(1, 2)),
    (Number(Fraction(4, 2)), 0, 0, 2),
    (A < B, 1, 1, False),
    (A <= B, 1, 1, True),
    (A > B, 2, Fraction(3, 2), True),
    (A >= B, 1, 2, False),
    (equal(A / 2, B), 2, 1, True),
    (different(A, B), 2, 1, True),
    (divides(A, B), 3, 12, True),
    (divides(A, B), 12, 3, False),
]

UNDEFINED = [
    (A / B, 1, 0),
    (A // B, 1, 0),
    (A % B, 1, 0),
    (divides(A, B), 0, 4),
    (A**B, 0, -1),
    (A**B, 2, 20_001),
    (A**B, Fraction(1, 2), 10**30),
    (A**B, 2, Fraction(1, 2)),
    (A**B, 8, Fraction(1, 10**9)),
    (A**B, -8, Fraction(1, 3)),
    (2**A * 2**B, 15_000, 15_000),
]


@pytest.mark.parametrize(("formula", "a", "b", "expected"), CASES)
def test_values(formula, a, b, expected):
    (compiled,) = compile_expressions([formula], [A, B])([a, b])
    for value in (evaluate(formula, {A: a, B: b}), compiled):
        assert value == expected and type(value) is type(expected)


@pytest.mark.parametrize(("formula", "a", "b"), UNDEFINED)
def test_without_a_value(formula, a, b):
    with pytest.raises(Undefined):
        evaluate(formula, {A: a, B: b})
    assert compile_expressions([formula, A], [A, B])([a, b]) == (None, a)


def test_entries_of_nested_tuples():
    X = Symbol("X")
    formula = Entry(X, (0, 1)) * Entry(X, (1, 0)) - Entry(X, (0, 1))
    grid = ((1, 2), (3, 4))
    assert evaluate(formula, {X: grid}) == 4
    assert compile_expressions([formula], [X])([grid]) == (4,)


def test_one_failure_leaves_the_others_alone():
    shared = A / B
    formulas = [shared, shared + 1, floor(shared), A + B, A // B + A, 1 / A, A + B, Number(3), A]
    compiled = compile_expressions(formulas, [A, B])
    assert compiled([6, 3]) == (2, 3, 2, 9, 8, Fraction(1, 6), 9, 3, 6)
    assert compiled([6, 0]) == (None, None, None, 6, None, Fraction(1, 6), 6, 3, 6)
    assert compiled([0, 3]) == (0, 1, 0, 3, 0, None, 3, 3, 0)


def test_equal_subformulas_are_computed_once():
    class Counting(int):
        products = 0

        def __mul__(self, other):
            Counting.products += 1
            return int(self) * int(other)

    compiled = compile_expressions([A * B + 1, A * B - 1, (A + 0) * B], [A, B])
    assert compiled([Counting(3), Counting(4)]) == (13, 11, 12)
    assert Counting.products == 1


def test_unknown_symbols():
    with pytest.raises(KeyError):
        evaluate(A + B, {A: 1})
    with pytest.raises(KeyError):
        compile_expressions([A + B], [A])
    assert compile_expressions([], [])([]) == ()


numbers = st.one_of(st.integers(-9, 9), st.fractions(-9, 9, max_denominator=6))


def formulas(leaves=st.sampled_from([A, B]) | st.integers(-3, 3).map(Number)):  # noqa: B008
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(
                lambda build, x, y: build(x, y),
                st.sampled_from([
                    lambda x, y: x + y, lambda x, y: x - y, lambda x, y: x * y, lambda x, y: x / y,
                    lambda x, y: x // y, lambda x, y: x % y, maximum, minimum,
                ]),
                inner, inner,
            ),
            inner.map(floor), inner.map(ceiling), inner.map(lambda x: -x), inner.map(abs),
        ),
        max_leaves=8,
    )  # fmt: skip


@given(st.lists(formulas(), min_size=1, max_size=3), numbers, numbers)
def test_compiled_and_single_values_agree(trees, a, b):
    compiled = compile_expressions(trees, [A, B])([a, b])
    for tree, value in zip(trees, compiled, strict=True):
        try:
            assert evaluate(tree, {A: a, B: b}) == value
        except Undefined:
            assert value is None


@given(formulas(st.sampled_from([A, B])))
def test_the_python_text_builds_the_same_tree(tree):
    names = {f.__name__: f for f in (floor, ceiling, absolute, maximum, minimum)}
    assert eval(repr(tree), names | {"A": A, "B": B}).same_tree(tree)
