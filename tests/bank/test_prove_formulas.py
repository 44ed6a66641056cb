"""The proof of formulas: against numbers that the oracle derives, on the whole declared domain."""

from textwrap import dedent

import pytest

from examgen.bank.check import prove_named

MODEL = """
from examgen import *

class Model(Item):
    W, K, S = Int(20, 40), Choice(3, 5, 7), Choice(2, 3)
    stem = "A filter."
    rule = FormulaEntry(
        {key},
        variables=[W, S],
        domain={{W: (20, 300), S: (1, 6)}},
        prompt="A formula?",
        marks=1,
        misconceptions=[Misconception("wrong", {wrong}, "No.")],
    )
    side = IntegerEntry(rule, prompt="A number?", marks=1)
    solution = "<<working.rule>>"

    def oracle(self):
        found = {oracle}
        return {{"rule": found, "side": len(range(0, self.W - self.K + 1, self.S))}}
"""
GOOD = {
    "key": "floor((W - K) / S) + 1",
    "wrong": "floor((W - K) / S)",
    "oracle": "len(range(0, self.W - self.K + 1, self.S))",
}


def prove(tmp_path, **changes):
    (tmp_path / "topic").mkdir()
    source = dedent(MODEL).format(**GOOD | changes)
    (tmp_path / "topic" / "model.py").write_text(source)
    return prove_named([tmp_path], "topic/model", {"samples": 40, "with_mutants": True})


def test_a_good_model_is_proved(tmp_path):
    proof = prove(tmp_path)
    assert proof.failures == []
    assert proof.proved == 40
    assert proof.mutants >= 8


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "floor((W - K) / S) + 2"}, "the oracle derived"),
        ({"key": "floor((W - K) / S) + 1 + floor(W / 100)"}, "the oracle derived"),
        ({"key": "floor((W - K) / S) + S // S + 4 // (S + 3) - 4 // 4 * 0"}, "derived"),
        ({"wrong": "floor((W - K + S) / S)"}, "this formula is the key"),
        ({"wrong": "ceiling((W - K + 1) / S)"}, "'wrong' cannot be told from the key"),
        ({"wrong": "floor((W - K) / S) + W / W"}, "'wrong'"),
        ({"oracle": "'floor((W - 3)/S) + 1'"}, "not a formula"),
        ({"oracle": "Model.rule.key.source"}, "not a formula"),
        ({"oracle": "self.rule"}, "reads the key"),
        ({"oracle": "3"}, "the oracle derived 3"),
    ],
)
def test_what_is_wrong_is_found(tmp_path, change, message):
    proof = prove(tmp_path, **change)
    assert not proof.passed
    assert message in "\n".join(proof.failures)
