"""Pairs of formulas of this domain: none judged falsely, and how few stay undecided."""

from collections import Counter

import pytest
from equivalence.independent import evaluator, grid
from equivalence.pairs import FAMILIES

from examgen.answers import Formula
from examgen.answers.grammar import parse
from examgen.equivalence import Key, Variable, compare
from examgen.formula import Symbol

PAIRS = [
    pytest.param(family, text, verdict, id=f"{family.name}: {text}")
    for family in FAMILIES
    for texts, verdict in ((family.equal, "right"), (family.near, "wrong"))
    for text in texts
]


def verdict_on(family, text):
    kind = Formula(family.variables)
    return kind.judge(kind.read(text), kind.coerce(family.key))


@pytest.mark.parametrize(("family", "text", "verdict"), PAIRS)
def test_no_wrong_accept_and_no_wrong_reject(family, text, verdict):
    judged = verdict_on(family, text)
    assert judged.verdict in (verdict, "undecided"), judged.evidence


def test_at_most_two_percent_stay_undecided():
    found = Counter(
        verdict_on(family, text).verdict
        for family in FAMILIES
        for text in (*family.equal, *family.near)
    )
    assert found.total() >= 300
    assert found["undecided"] <= 0.02 * found.total()
    assert abs(found["right"] - found["wrong"]) <= 10


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_truth_by_another_reader_and_evaluator(family):
    """Equal at every point of the grid, or different at one, which is in the domain."""
    names = list(family.grid)
    points = grid(family.grid)
    for name, (low, high) in family.domain.items():
        assert low <= min(family.grid[name]) and max(family.grid[name]) <= high
    key = [evaluator(family.key, names)(*point) for point in points]
    for text in family.equal:
        values = evaluator(text, names)
        for point, wanted in zip(points, key, strict=True):
            assert values(*point) == wanted, (text, point)
    for text in family.near:
        values = evaluator(text, names)
        pairs = zip(points, key, strict=True)
        assert any(None not in (found := values(*p), w) and found != w for p, w in pairs), text


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_what_a_key_has_judged_before_changes_no_verdict(family):
    names = {one.name: Symbol(one.name, is_integer=one.integer) for one in family.variables}
    domain = dict(zip(names.values(), family.variables, strict=True))
    wanted = parse(family.key, names).tree
    key = Key(wanted, domain)
    trees = [parse(text, names).tree for text in (*family.near, *family.equal)]
    assert [key.compare(tree) for tree in trees] == [compare(t, wanted, domain) for t in trees]
    assert [key.compare(tree) for tree in trees[::-1]] == [key.compare(t) for t in trees][::-1]


def test_agreement_at_nearly_every_point_is_no_proof():
    """floor((2/a)^3) and floor((3/a)^3) are both 0 from a = 4 on."""
    kind = Formula((Variable("a", 1),))
    judged = kind.judge(kind.read("floor((2/a)^3)"), kind.coerce("floor((3/a)^3)"))
    assert judged.verdict == "wrong"
