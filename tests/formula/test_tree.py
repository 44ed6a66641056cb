"""Building formulas with Python's operators, NumPy and sympy."""

import math
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from examgen.formula import (
    Call,
    Difference,
    Entry,
    Number,
    Product,
    Sum,
    Symbol,
    as_expression,
    divides,
    equal,
    evaluate,
    floor,
    maximum,
    symbols_of,
)


def test_the_form_is_kept(s):
    assert repr(1 + (s.K - 1)) == "1 + (K - 1)"
    assert repr(s.P + s.H + s.P) == "P + H + P"
    assert repr((s.K**2) ** 3 - (s.H - s.P) * -s.S) == "(K**2)**3 - (H - P)*-S"
    assert repr(Fraction(1, 2) * s.K // 3 % s.S) == "Fraction(1, 2)*K//3%S"


def test_literal_zero_and_one_fold(s):
    K = s.K
    for same in (K + 0, 0 + K, K - 0, K * 1, 1 * K, K / 1, K**1, sum([K]), +K):
        assert same is K
    assert repr(0 * K + s.H) == "H"
    assert repr(-1 * K) == repr(0 - K) == "-K"
    assert repr(Product(Number(1), K)) == "1*K"


@pytest.mark.parametrize("wrong", [0.5, 2.0, np.float64(2), Decimal(1), 1j])
def test_inexact_numbers_are_refused(s, wrong):
    for build in (lambda: s.K + wrong, lambda: wrong * s.K, lambda: wrong >= s.K):
        with pytest.raises(TypeError, match=r"write Fraction\(1, 2\)"):
            build()


def test_truth_values_are_refused(s):
    with pytest.raises(TypeError, match="equal"):
        s.K * (s.K == 3)
    for condition in (lambda: 1 < s.K < 5, lambda: max(s.K, 3), lambda: bool(equal(s.K, 3))):
        with pytest.raises(TypeError, match="condition on symbols"):
            condition()
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(s.K)
    with pytest.raises(TypeError):
        s.K + "1"


def test_numpy_scalars_and_arrays(s):
    assert repr(np.int64(3) * s.K) == "3*K"
    assert repr(s.K + np.int64(3)) == "K + 3"
    assert [repr(entry) for entry in np.array([1, 2]) * s.K] == ["K", "2*K"]
    grid = np.asarray(s.X)
    assert repr((s.K * grid)[0, 1]) == "K*X[0, 1]"
    assert repr((grid * s.K)[0, 1]) == "X[0, 1]*K"
    assert repr((grid @ np.asarray(s.W).T)[1, 0]) == (
        "X[1, 0]*W[0, 0] + X[1, 1]*W[0, 1] + X[1, 2]*W[0, 2]"
    )
    assert repr(grid[0].sum()) == "X[0, 0] + X[0, 1] + X[0, 2]"
    assert repr(np.dot(grid[0], [0, 1, -1])) == "X[0, 1] + -X[0, 2]"
    assert repr((np.zeros(3, dtype=object) + grid[1])[2]) == "X[1, 2]"
    with pytest.raises(TypeError, match="exact"):
        np.array([0.5]) * s.K


def test_functions_of_python_and_numpy(s):
    assert repr(math.floor(s.K / 2)) == "floor(K/2)"
    assert repr(abs(-s.K)) == "absolute(-K)"
    assert repr(np.ceil(np.array([s.K / 2]))[0]) == "ceiling(K/2)"


def test_objects_that_stand_for_an_expression(s):
    class Named:
        def _expression_(self):
            return s.K - 1

    assert repr(2 * Named()._expression_()) == repr(as_expression(2) * Named()) == "2*(K - 1)"


def test_substitution(s, output_side):
    reach = s.D * (s.K - 1) + 1
    field = floor(output_side) + 1
    assert repr(field.subs(s.D, 1)) == "floor((H + 2*P - (K - 1 + 1))/S) + 1"
    assert repr(field.subs(reach, s.K)) == "floor((H + 2*P - K)/S) + 1"
    assert repr(field.subs({s.P: 0, s.S: 1})) == "floor(H - (D*(K - 1) + 1)) + 1"
    assert repr((s.H - s.K).subs({s.H: s.K, s.K: s.H})) == "K - H"
    assert field.subs(s.C_in, 3) is field
    assert repr((s.H <= s.K).subs(s.H, 2)) == "2 <= K"


def test_substitution_in_arrays(s):
    total = np.asarray(s.X)[:, 0].sum()
    assert repr(total.subs(s.X, s.W)) == "W[0, 0] + W[1, 0]"
    assert repr(total.subs(s.X, np.asarray(s.W)[:, ::-1])) == "W[0, 2] + W[1, 2]"
    assert repr(total.subs(Entry(s.X, (1, 0)), 5)) == "X[0, 0] + 5"


def test_shape_of_trees(s):
    tree = s.H + s.P * 2
    assert isinstance(tree, Sum) and tree.children[0] is s.H
    assert repr(Difference(*tree.children)) == "H - P*2"
    assert repr(Call("floor", s.K / 2).with_children([s.H])) == "floor(H)"
    assert repr(divides(s.S, s.H).with_children([s.H, s.S])) == "divides(H, S)"
    assert tree.same_tree(s.H + s.P * 2)
    assert not tree.same_tree(s.P * 2 + s.H)
    assert not tree.same_tree(s.H + s.P * 3)
    assert not s.H.same_tree(Symbol("H"))
    assert Entry(s.X, (0, 1)).same_tree(Entry(s.X, (0, 1)))


def test_symbols_come_in_order_of_appearance(s, output_side):
    assert output_side.free_symbols == (s.H, s.P, s.D, s.K, s.S)
    assert symbols_of(s.S * Entry(s.X, (0, 0)), s.K + s.S) == (s.S, s.X, s.K)


def test_declaration_on_the_class_value_on_the_instance():
    class Layer:
        K = Symbol()
        reach = 2 * (K - 1) + 1
        fits = reach <= 7

        def value_of(self, formula):
            return evaluate(formula, {Layer.K: 3})

    assert Layer.K.name == "K" and Layer.reach.name == "reach"
    assert repr(Layer.reach) == "2*(K - 1) + 1"
    assert Layer().reach == 5 and Layer().fits is True


def test_long_sums_need_no_recursion(s):
    total = sum([s.K] * 5000)
    assert evaluate(total, {s.K: 2}) == 10000
    assert repr(total.subs(s.K, s.H)).startswith("H + H")
    assert total.same_tree(sum([s.K] * 5000))


def test_maximum_needs_two_values(s):
    with pytest.raises(TypeError, match="two"):
        maximum(s.K)


def test_sympy_is_not_imported_without_need():
    code = "import sys, examgen.formula; assert 'sympy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
