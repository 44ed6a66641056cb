"""Pairs of formulas of this domain whose relation is known by hand."""

import pytest

from examgen.answers.formulas import Formula
from examgen.equivalence import Variable

# names of the domain (whole numbers 1..64), key, equal forms, near misses
FAMILIES = [
    ("W F P S", "floor((W - F + 2P)/S) + 1",
     ["floor((W-F+2P+S)/S)", "1+⌊(2P+W-F)/S⌋", "(W+2P-F)//S+1", "floor((W+P+P-F)/S)+1"],
     ["ceil((W-F+2P)/S)+1", "floor((W-F+P)/S)+1", "floor((W-F+2P)/S)", "(W-F+2P)/S+1"]),
    ("W S", "ceil(W/S)",
     ["floor((W+S-1)/S)", "-floor(-W/S)", "⌈W/S⌉", "floor((W-1)/S)+1"],
     ["floor(W/S)", "floor(W/S)+1", "W/S", "floor((W+S)/S)"]),
    ("C K N", "(K^2*C + 1)*N",
     ["K^2CN + N", "N(CK²+1)", "K*K*C*N+N", "N + N*C*K^2"],
     ["K^2*C*N+1", "K*C*N+N", "K^2*C*N", "(K^2*C+1)*C"]),
    ("K D", "D*(K - 1) + 1",
     ["DK - D + 1", "K + (K-1)(D-1)", "1-D+K*D", "(K-1)*D+1"],
     ["D*K+1", "D*(K-1)", "D*(K+1)-1", "K*(D-1)+1"]),
    ("a b", "(1-a)*(1-b)",
     ["1-a-b+ab", "(a-1)(b-1)", "1-(a+b-ab)", "(1-b) - a(1-b)"],
     ["1-a-b-ab", "1-ab", "(1-a)b", "(1+a)(1-b)"]),
]  # fmt: skip
CASES = [
    (names, key, form, verdict)
    for names, key, equal, near in FAMILIES
    for verdict, forms in (("right", equal), ("wrong", near))
    for form in forms
]


@pytest.mark.parametrize(("names", "key", "form", "verdict"), CASES)
def test_a_form_is_right_and_a_near_miss_wrong(
    names: str, key: str, form: str, verdict: str
) -> None:
    """No wrong accept, no wrong reject, nothing left open."""
    kind = Formula(tuple(Variable(name, 1, 64) for name in names.split()))
    judged = kind.judge(kind.read(form), kind.coerce(key))
    assert (judged.verdict, form) == (verdict, form), judged.evidence


def test_agreement_at_nearly_every_point_is_no_proof() -> None:
    """floor((2/a)^3) and floor((3/a)^3) are both 0 from a = 4 on."""
    kind = Formula((Variable("a", 1),))
    judged = kind.judge(kind.read("floor((2/a)^3)"), kind.coerce("floor((3/a)^3)"))
    assert judged.verdict == "wrong"
