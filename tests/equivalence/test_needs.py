"""Formulas that are equal by algebra, but have no value where the key has one."""

import pytest

from examgen.answers import Formula
from examgen.equivalence import Variable

SIGNED = (Variable("W", -5, 20), Variable("S", 0, 4), Variable("x", -2, 2, integer=False))
LARGE = (Variable("W", 1, 10**6), Variable("F", 1, 10**6), Variable("n", 0, None))


def proof(variables, key, text, **options):
    kind = Formula(variables, **options)
    return kind.proof(kind.read(text).value, kind.coerce(key))


@pytest.mark.parametrize(
    ("key", "text", "at"),
    [
        ("1", "x/x", "at x = 0"),
        ("W + S", "(W^2 - S^2)/(W - S)", None),
        ("W", "S*W/S", "S = 0"),
        ("W", "W*S*S^-1", "S = 0"),
        ("x", "1/(1/x)", "x = 0"),
        ("floor(W/2)", "floor(W/(S - 3 - (S - 5)))", "right"),
        ("1/S", "S/S^2", "right"),
        ("1/S", "W/(S*W)", "W = 0"),
        ("W/S", "(W/S)^2/(W/S)", "W = 0"),
        ("max(W, 1)", "W^2/max(W, 1) - W^2/max(1, W) + max(1, W)", "right"),
        ("W + 6", "(W + 6)^2/(6 + W)", "right"),
        ("W", "mod(W*(S + 1), S + 1) + W", "right"),
        ("W", "mod(W*S, S) + W", "S = 0"),
        ("W + 1", "W + 1/(W - W)^0", "right"),
        ("W", "W/(S - S)^0*S^0", "right"),
        ("W/(x - x)^0", "W*x/x", "x = 0"),
    ],
)
def test_a_value_that_is_missing_is_named(key, text, at):
    found = proof(SIGNED, key, text)
    if at == "right":
        assert found.verdict == "equal", found
    else:
        assert (found.verdict, found.level) == ("undecided", "gap"), found
        assert "has no value and the key has one" in found.evidence
        assert at is None or at in found.evidence


def test_the_point_named_is_one_where_the_divisor_is_zero():
    found = proof(SIGNED[:2], "W + S", "(W^2 - S^2)/(W - S)")
    listed = found.evidence.partition("at ")[2].partition(" it has")[0]
    values = dict(part.split(" = ") for part in listed.split(", "))
    assert values["W"] == values["S"]


def test_large_domains():
    assert proof(LARGE, "W + F", "(W^2 - F^2)/(W - F)").level == "gap"
    assert proof(LARGE, "W/F", "W^2/(W*F)").verdict == "equal"
    assert proof(LARGE, "W*2^n", "W*2^(2n)/2^n").verdict == "equal"
    unsure = proof(LARGE, "W + 10^7 - F*n - 3", "(W + 10^7 - F*n - 3)^2/(W + 10^7 - F*n - 3)")
    assert (unsure.verdict, unsure.level) == ("undecided", "gap")


@pytest.mark.parametrize(
    ("key", "text", "verdict"),
    [
        ("log(x^2)", "2*log(x)", "undecided"),  # x may be negative
        ("x", "sqrt(x)^2", "undecided"),
        ("exp(W)", "exp(W/2)^2", "equal"),
        ("exp(W)*S", "S*exp(W + 1)/exp(1)", "equal"),
    ],
)
def test_roots_and_logarithms(key, text, verdict):
    found = proof(SIGNED, key, text, numeric=True)
    assert found.verdict == verdict, found
    assert (found.level == "gap") == (verdict == "undecided")


def test_every_point_of_a_domain_counts():
    """Not equal by algebra, and without a value at the one point W = 3."""
    names = (Variable("W", 1, 5),)
    found = proof(names, "floor(W/6)", "0*floor(1/(W - 3))*W")
    assert (found.verdict, found.level) == ("undecided", "gap")
    assert "at W = 3 it has no value" in found.evidence


def test_steps():
    odd = (Variable("K", 1, 9, step=2),)
    assert proof(odd, "floor(K/2)", "(K - 1)/2").verdict == "equal"
    assert proof((Variable("K", 1, 9),), "floor(K/2)", "(K - 1)/2").verdict == "unequal"
    assert [odd[0].value(number) % 2 for number in range(40)] == [1] * 40
    assert odd[0].value(2) == 9
    with pytest.raises(ValueError, match="steps"):
        Variable("K", None, 9, step=2)
