"""Formulas to sympy and back."""

from fractions import Fraction

import pytest
import sympy

from examgen.equivalence import prove_equal
from examgen.formula import (
    Entry,
    Expression,
    Relation,
    Symbol,
    absolute,
    as_expression,
    ceiling,
    divides,
    equal,
    evaluate,
    floor,
    from_sympy,
    maximum,
    minimum,
    to_sympy,
)


def test_there_and_back(s, output_side):
    entry = Entry(s.X, (1, 2))
    for formula in (
        floor(output_side) + 1,
        s.C_out * s.C_in * s.K**2 + s.C_out,
        ceiling(s.a / 2) - absolute(s.a),
        maximum(s.a, s.K, 1) * minimum(s.a, s.K),
        Fraction(2, 3) * s.a / s.K - entry,
        s.H // s.S + s.H % s.S,
        -s.a * (s.K - 1) ** 2,
        s.a ** Fraction(1, 2),
    ):
        back = from_sympy(to_sympy(formula))
        assert isinstance(back, Expression)
        assert prove_equal(back, formula), back


def test_printed_order(s, output_side):
    assert repr(from_sympy(to_sympy(floor(output_side) + 1))) == (
        "floor((H + 2*P - D*(K - 1) - 1)/S) + 1"
    )
    assert repr(from_sympy(to_sympy(-s.a * s.K))) in ("-K*a", "-(K*a)", "-(a*K)")


def test_relations(s):
    for relation in (s.H <= s.K, s.H > s.K, equal(s.H, s.K), divides(s.S, s.H)):
        back = from_sympy(to_sympy(relation))
        assert isinstance(back, Relation)
        for h, k in [(1, 2), (2, 2), (6, 3)]:
            values = {s.H: h, s.K: k, s.S: 3}
            assert evaluate(back, values) == evaluate(relation, values)


def test_symbols_of_one_name_stay_apart(s):
    other = Symbol("K", is_integer=True)
    assert to_sympy(other) != to_sympy(s.K)
    assert from_sympy(to_sympy(other)) is other
    assert to_sympy(s.K).is_integer and not to_sympy(s.a).is_integer


def test_authors_may_mix(s):
    assert repr(sympy.floor(s.K / 2) * s.K) == "floor(K/2)*K"
    assert repr(1 + s.K * sympy.Max(s.K, s.S)).startswith("1 + K*maximum(")
    assert repr(s.K + sympy.Rational(1, 2)) == "K + Fraction(1, 2)"
    assert repr(sympy.Integer(2) * s.K) == "2*K"
    assert as_expression(sympy.floor(s.K / 2) + 1).same_tree(floor(s.K / 2) + 1)


@pytest.mark.parametrize(
    "foreign", [sympy.Symbol("z"), sympy.Float("0.5"), sympy.pi, sympy.sin(1), sympy.I, sympy.zoo]
)
def test_what_has_no_place_is_refused(s, foreign):
    with pytest.raises(TypeError):
        from_sympy(foreign)
    with pytest.raises(TypeError):
        s.K + foreign
