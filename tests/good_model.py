"""A good item model, and its proof with some of its statements changed."""

from pathlib import Path
from textwrap import dedent, indent

from examgen.bank.check import prove_named

GOOD = {
    "imports": "from examgen import *",
    "parameters": "H = Int(8, 40)\nK, S = Choice(3, 5), Choice(2, 3)",
    "where": "where = []",
    "stem": 'stem = "Side <<H>>, kernel <<K>>, stride <<S>>."',
    "key": "out = floor((H - K) / S) + 1",
    "wrong": 'wrong = [Misconception("forgot +1", out - 1, "Add 1.")]',
    "part": 'side = IntegerEntry(out, marks=1, prompt="The side?", misconceptions=wrong)',
    "solution": 'solution = "<< working.side >>"',
    "oracle": 'def oracle(self):\n    return {"side": len(range(0, self.H - self.K + 1, self.S))}',
}


def prove(tmp_path: Path, *, exhaustive: bool = False, rank: int | None = None, **changes: str):
    """The proof of the good item model with some of its statements changed."""
    text = GOOD | changes
    body = "\n".join(value for name, value in text.items() if name != "imports")
    source = f"{text['imports']}\n\nclass Model(Item):\n{indent(dedent(body), '    ')}\n"
    (tmp_path / "topic").mkdir()
    (tmp_path / "topic" / "model.py").write_text(source)
    options = {"samples": 60, "with_mutants": True, "exhaustive": exhaustive, "rank": rank}
    return prove_named([tmp_path], "topic/model", options)
