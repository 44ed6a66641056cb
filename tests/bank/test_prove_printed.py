"""Proofs of parts that print options or a claim, and of short texts."""

from pathlib import Path
from textwrap import dedent, indent

import pytest

from examgen.bank.check import prove_named

PARTS = {
    "order": """
        y = Ordering([a * b, a + b, 20], options=["ab", "a + b", "20"], marks=1, prompt="?",
                     misconceptions=[Misconception("falling", [-a * b, -a - b, -20], "No.")])
        def oracle(self):
            return {"y": [sum([self.a] * self.b), sum([self.a, self.b]), 20]}
    """,
    "matching": """
        y = Matching(lambda item: [item.a % 3, item.b % 3], rows=["a", "b"],
                     options=["0", "1", "2"], reuse=True, marks=1, prompt="?")
        def oracle(self):
            return {"y": [self.a - self.a // 3 * 3, self.b - self.b // 3 * 3]}
    """,
    "claim": """
        y = TrueFalse(a * b + a, claim=a * b + 3, marks=1, prompt="It is <<a * b + 3>>.",
                      misconceptions=[Misconception("sum", a + b, "No.")])
        solution = "<< working.y >>"
        def oracle(self):
            return {"y": sum([self.a] * (self.b + 1))}
    """,
    "word": """
        y = ShortText(lambda item: "even" if item.a % 2 == 0 else "odd", marks=1, prompt="?",
                      forms={"even": ["an even one"], "odd": []})
        def oracle(self):
            return {"y": ["even", "odd"][self.a - self.a // 2 * 2]}
    """,
}


def prove(tmp_path: Path, part: str, *changes: tuple[str, str]):
    """The proof of an item model with this part, its source changed."""
    source = dedent(part)
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    head = 'a, b = Int(2, 9), Int(2, 9)\nstem = "<<a>>, <<b>>"\nsolution = "None."\n'
    text = f"from examgen import *\n\nclass Model(Item):\n{indent(head + source, '    ')}\n"
    (tmp_path / "model.py").write_text(text)
    return prove_named([tmp_path], "model", {"samples": 60, "with_mutants": True})


@pytest.mark.parametrize("name", PARTS)
def test_a_good_model_is_proved(tmp_path, name):
    proof = prove(tmp_path, PARTS[name])
    assert proof.failures == []
    assert proof.proved > 30
    assert proof.mutants >= 3
    assert proof.equal_mutants == (name == "order")  # a * b and a + b with a and b exchanged


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("order", ("[sum([self.a] * self.b), sum", "[-sum([self.a] * self.b), sum")),
        ("matching", ("self.b - self.b // 3 * 3]", "0]")),
        ("claim", ("sum([self.a] * (self.b + 1))", "sum([self.a] * self.b)")),
        ("word", ('["even", "odd"]', '["odd", "even"]')),
    ],
)
def test_a_wrong_key_is_refuted(tmp_path, name, change):
    (first, *_) = prove(tmp_path, PARTS[name], change).failures
    assert "the key says" in first
    assert "the oracle derived" in first


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("order", ("a + b, 20]", "a + b, a + b]"), "part 'y': the key is undefined"),
        ("order", ('"a + b", "20"]', '"a + b"]'), "2 options, but 3 numbers"),
        ("matching", (", reuse=True", ""), "an option serves two rows: give reuse=True"),
        ("matching", ("item.b % 3]", "item.b]"), "options are positions from 0 to 2"),
        ("matching", ('"0", "1", "2"', '"0", "<<c>>", "2"'), "y: option: line 1: 'c' is undefined"),
        ("matching", ('"a", "b"', '"a", "<<c>>"'), "y: row: line 1: 'c' is undefined"),
        ("claim", ('"sum", a + b', '"sum", a * (b + 1)'), "this formula is the key"),
        ("claim", ("marks=1", "marks=1, verdict_share=2"), "verdict_share is from 0 to 1"),
        ("claim", ("claim=a * b + 3, marks=1", "marks=1, axes=3"), "axes: without a claim"),
        ("word", ('"odd": []', '"uneven": []'), "'odd' is none of the meanings even, uneven"),
        ("word", ('"odd": []', '"odd": ["Even"]'), "'Even' is a form of 'even' and of 'odd'"),
    ],
)
def test_what_is_found(tmp_path, name, change, message):
    assert message in "\n".join(prove(tmp_path, PARTS[name], change).failures)


def test_a_misconception_that_no_student_can_write(tmp_path):
    part = """
        y = Matching(rows=["a", "b"], options=["0", "1"], marks=1, prompt="?", source="a book",
                     misconceptions=[Misconception("twice", [1, 1], "No.")])
    """
    message = "\n".join(prove(tmp_path, part).failures)
    assert "'twice': '1B 2B' cannot be read: B is given for rows 1 and 2" in message


def test_keys_that_are_the_same_for_every_item(tmp_path):
    part = """
        y = Matching(rows=["a", "b"], options=["0", "1", "2"], marks=1, prompt="?",
                     misconceptions=[Misconception("next", [1, None], "No.")])
        z = ShortText("two", marks=1, prompt="1 + 1?", forms={"three": []})
        def oracle(self):
            return {"y": [0, 1], "z": "two"}
    """
    proof = prove(tmp_path, part)
    assert proof.failures == []
    assert proof.mutants == 4


def test_what_cites_its_source_needs_no_oracle_and_has_no_mutants(tmp_path):
    part = """
        y = Ordering([1962, 1980], options=["cells", "Neocognitron"], marks=1, prompt="?",
                     source="b")
        z = TrueFalse("They are learned.", marks=1, prompt="Designed.", source="b")
        w = ShortText("Fukushima", marks=1, prompt="Who?", source="b")
    """
    proof = prove(tmp_path, part)
    assert proof.failures == []
    assert proof.mutants == 0
