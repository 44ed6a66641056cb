"""Advice: what authors miss, found without refuting the model."""

import json

import pytest
from click.testing import CliRunner
from good_model import GOOD, prove

from examgen.bank.check import table_lines
from examgen.cli import main


def choice(*distractors):
    """The good model as a choice among its key and these."""
    listed = ", ".join(distractors)
    part = f'side = MultipleChoice(out, marks=1, prompt="The side?", distractors=[{listed}])'
    return {"part": part, "wrong": ""}


def oracle(side):
    return f"def oracle(self):\n    return {{'side': {side}}}"


def test_a_good_model_needs_no_advice(tmp_path):
    assert prove(tmp_path).advice == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"stem": 'stem = "Side <<H>>, stride <<S>>."'},
            "parameter 'K' stands in no text: students cannot know it",
        ),
        (
            {"stem": 'stem = "Side <<H>>, kernel <<K>>, stride <<S>>: it is <<out>>."'},
            "part 'side': its key stands in the texts in 60 of 60 items",
        ),
        (
            {"stem": GOOD["stem"] + '\nserves = ["week 3"]'},
            "it says what it serves, but has no objective",
        ),
        (
            {"where": "where = [H <= 9]"},
            "only 8 usable items: too few for a class",
        ),
        (
            {"wrong": 'wrong = [Misconception("rounded up", ceiling((H - K) / S) + 1, "No.")]'},
            "% of the legal items are excluded: 'rounded up' gives the same as the key",
        ),
        (
            {"oracle": oracle("floor((self.H - self.K) / self.S) + 1")},
            "oracle() repeats the formula of the key",
        ),
        (
            {"oracle": oracle("floor((self.H - self.K + self.S) / self.S)")},
            "oracle() repeats the formula of the key",
        ),
        (
            {"part": 'side = IntegerEntry(out, marks=1, prompt="It?", effort=9 * H)'},
            "some items are much more work than others",
        ),
        (choice("out - 1", "out - 2", "out - 3"), "the key is the largest option in 60 of 60"),
        (choice("out + 1", "out + 2", "out + 3"), "the key is the smallest option in 60 of 60"),
        (
            choice("out + 1 / S", "out - 1 / S", "out + 1 / (2 * S)"),
            "the key is the only whole option in 60 of 60",
        ),
        (
            {
                "key": "out = 10**9 * floor((H - K) / S) + 10**9 + 1",
                "oracle": oracle("10**9 * len(range(0, self.H - self.K + 1, self.S)) + 1"),
            },
            "its keys have 10 digits, much for hand work",
        ),
    ],
)
def test_what_is_noticed(tmp_path, changes, said):
    proof = prove(tmp_path, **changes)
    assert said in "\n".join(proof.advice + proof.failures), (proof.advice, proof.failures)


def test_an_option_among_larger_and_smaller_ones_is_not_told_by_its_size(tmp_path):
    assert prove(tmp_path, **choice("out - 1", "out + 1", "out + 2")).advice == []


def test_a_value_within_an_expression_is_told(tmp_path):
    stem = 'stem = "The last start is <<H - K>>, of kernel <<K>>, stride <<S>>."'
    assert prove(tmp_path, stem=stem).advice == []


def test_a_value_in_a_row_is_told(tmp_path):
    rows = 'rows=["kernel <<K>>", "stride <<S>>"], options=["a", "b"]'
    part = f'pairs = Matching({rows}, marks=1, prompt="Which?", source="a book")'
    changes = {"stem": 'stem = "Side <<H>>."', "part": f"{GOOD['part']}\n{part}"}
    assert prove(tmp_path, **changes).advice == []


def test_strict_counts_advice(tmp_path):
    proof = prove(tmp_path, where="where = [H <= 9]")
    assert proof.passed
    assert proof.holds(strict=False)
    assert not proof.holds(strict=True)
    assert any("note: only 8 usable items" in line for line in table_lines(proof))


def test_a_failure_is_told_of_the_smallest_item(tmp_path):
    (message,) = prove(tmp_path, key="out = floor((H - K) / S) + 1 + floor(H / 20)").failures
    assert "Model(48): part 'side'" in message  # H = 20, K = 3, S = 2
    assert "with H=20 K=3 S=2" in message
    assert "reproduce: examgen check topic/model --rank 48" in message


def test_an_unnoticed_mutant_is_told_of_the_smallest_item(tmp_path):
    changes = {
        "parameters": "H = Int(8, 40)\nK, S = Choice(3, 5), Choice(1, 2)",
        "where": "where = [S <= 1]",
        "wrong": "wrong = []",
    }
    message = "\n".join(prove(tmp_path, **changes).failures)
    assert "the oracle does not notice the key altered" in message
    assert "Model(0)" in message
    assert "both are 6" in message


def test_json_for_programs():
    run = CliRunner().invoke(main, ["check", "shapes/layer_cost", "--json", "--samples", "20"])
    (found,) = json.loads(run.output)
    assert found["item"] == "shapes/layer_cost"
    assert found["passed"] is True
    assert found["proved"] == 20
    assert found["failures"] == found["advice"] == []
