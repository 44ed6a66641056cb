"""Slips of authors, as check tells them: file and line, what is wrong, and what may be meant."""

from fractions import Fraction

import pytest

from examgen import IntegerEntry
from examgen.bank.check import prove_named

GOOD = '''\
from examgen import Choice, Int, IntegerEntry, Item, Misconception, floor, maximum


class Model(Item):
    """A model."""

    H = Int(8, 40)
    K, S = Choice(3, 5), Choice(2, 3)

    where = [K < H]

    stem = r"""
    Side <<H>>,
    kernel <<K>>, stride <<S>>.
    """

    out = floor((H - K) / S) + 1

    side = IntegerEntry(
        out,
        marks=1,
        prompt="The side?",
        misconceptions=[Misconception("forgot +1", out - 1, "Add 1.")],
    )

    double = IntegerEntry(2 * side, marks=1, prompt="Twice?")

    solution = "<< working.side >>"

    def oracle(self):
        side = len(range(0, self.H - self.K + 1, self.S))
        return {"side": side, "double": side + side}
'''
SYMBOL = "in a class body it is a symbol, not yet a number: use floor, ceiling"
HIDDEN = "a comprehension in a class body cannot see the class's names"
OUT = "floor((H - K) / S) + 1"


def found(tmp_path, *changes):
    """The first failure of the good model with some of its text changed."""
    source = GOOD
    for old, new in changes:
        assert source.count(old) >= 1, old
        source = source.replace(old, new, 1)
    (tmp_path / "model.py").write_text(source, encoding="utf-8")
    proof = prove_named([tmp_path], "model", {"samples": 10})
    return proof.failures[0].replace(f"{tmp_path}/model.py", "") if proof.failures else ""


def test_the_model_as_it_stands_is_proved(tmp_path):
    assert found(tmp_path) == ""


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        # names
        ("(H - K)", "(HH - K)", 17, "name 'HH' is not defined; did you mean 'H'?"),
        ("Int(8", "Itn(8", 7, "name 'Itn' is not defined; did you mean 'Int'?"),
        ("Int(8", "Fractions(8", 7, "not defined; write: from examgen import Fractions"),
        (" Item,", " Itme,", 1, "cannot import name 'Itme' from 'examgen'; did you mean 'Item'?"),
        ("self.H -", "self.HH -", 31, "has no attribute 'HH'; did you mean 'H'?"),
        ("self.H -", "H -", 31, "name 'H' is not defined; did you mean self.H?"),
        (OUT, "double + 1", 17, "'double' is not defined; it stands below, in line 26: only what"),
        ("floor, maximum", "floor, Fraction", 1, "write: from fractions import Fraction"),
        ("side + side}", "Fraction(side)}", 32, "'Fraction' is not defined; write: from fractions"),
        (OUT, "math.ceil(H)", 17, "'math' is not defined; formulas take floor, ceiling, maximum"),
        (OUT, "np.ceil(H)", 17, "'np' is not defined; write: import numpy as np"),
        # symbols
        (OUT, "sum(range(H))", 17, SYMBOL),
        (OUT, "int((H - K) / S) + 1", 17, SYMBOL),
        (OUT, "len(H)", 17, SYMBOL),
        (OUT, "H[0]", 17, SYMBOL),
        (OUT, "[x for x in H]", 17, SYMBOL),
        (OUT, "1 if H > 3 else 2", 17, "not yet true or false: list it in `where`"),
        (OUT, "max(H, K)", 17, "use maximum or minimum instead of max or min"),
        (OUT, "sum(H for i in range(3))", 17, HIDDEN),
        (OUT, "sum([H * i for i in range(3)])", 17, HIDDEN),
        (OUT, "sum(HH * i for i in range(3))", 17, "did you mean 'H'?"),
        (OUT, "0.5 * H", 17, "0.5 is not exact: write Fraction(1, 2) or 1/2 of symbols"),
        ("        out,", "        lambda item: item.H / 2.5,", 19, "is a float, which is not"),
        ("        out,", "        lambda item: None,", 19, "does its function return a value?"),
        ("        out,", "        [out, out],", 19, "part 'side': (3, 3) is not an exact number"),
        ("        out,", "        lambda item: item.double,", 20, "does a key read itself,"),
        ("Int(8, 40)", "Int(40, 8)", 7, "there is no number from 40 to 8"),
        ("marks=1", "marks='two'", 19, "marks are a number such as 2, 0.5 or '1/3', not 'two'"),
        ("Choice(3, 5)", "Choice([3, 5])", 8, "list the values one by one, as Choice(3, 5, 7)"),
        # texts
        ("<<K>>", "<<K", 14, "stem: line 3: the template is wrong: unexpected '<'; is a << closed"),
        ("<<K>>", "$<<K>$", 14, "the template is wrong: unexpected char '$'; is a << closed"),
        ("<<K>>", "{{K}}", 14, "stem: line 3: {{K}} is for TeX here; write <<K>>"),
        ("<<K>>", "{% if K > 3 %}", 14, "{% if is for TeX here; write <% if … %>"),
        ("<<K>>", "$K = <<K>>", 14, "the formula opened by $ is never closed"),
        ("<<K>>", r"$\flor{<<K>>}$", 14, r"unsupported command: \flor; did you mean '\lfloor'?"),
        ("<<K>>", r"$\frac{1}{<<K>>$", 14, "stem: line 3: the formula"),
        ("<<K>>", "<<K|txe>>", 14, "No filter named 'txe'; did you mean 'tex'?"),
        ("<<K>>", "<% fi K %>", 14, "unknown tag 'fi'; did you mean 'elif'?"),
        ("<<K>>", "<<KK>>", 14, "stem: line 3: 'KK' is undefined; did you mean 'K'?"),
        ("<<K>>", "<<zz>>", 14, "stem: line 3: 'zz' is undefined; there are H, K, S, out"),
        ("<<K>>", "<<side>>", 14, "'side' is undefined here: it would tell a key"),
        ("<<K>>", "<<conv_figur(K)>>", 14, "did you mean 'conv_figure'?"),
        ("working.side", "working.sied", 28, "no part 'sied' to work out; did you mean 'side'?"),
        ("The side?", "The <<sdie>>?", 22, "side.prompt: line 1: 'sdie' is undefined"),
        ("Add 1.", "Add <<oen>>.", 23, "side: 'forgot +1': line 1: 'oen' is undefined"),
        ("    stem =", "    stme =", 4, "Model needs a stem; did you mean 'stme'?"),
        # what is declared
        ("    double =", "    key =", 26, "'key' is a name of the framework"),
        ("    where =", "    space = 3\n    where =", 10, "'space' is a name of the framework"),
        ("    def o", "    def legal(self):\n        pass\n\n    def o", 30, "'legal' is a name"),
        ("    K, S", "    H = Int(3, 5)\n    K, S", 8, "'H' is declared in line 7 already"),
        ("    double", "    side", 26, "'side' is declared in line 19 already"),
        ("[K < H]", "[H < K, K < 4]", 10, "of 132 settings H < K holds for 0, K < 4 holds for 66"),
        ("[K < H]", "[K == H]", 10, "not False: compare by equal(a, b)"),
        ("[K < H]", "[S < K < H]", 10, "write a <= b <= c as two conditions"),
        ("marks=1", "mark=1", 19, "there is no option 'mark'; did you mean 'marks'?"),
        ("prompt=", "promt=", 19, "there is no option 'promt'; did you mean 'prompt'?"),
        ("Int(8, 40)", "Int(8, hihg=40)", 7, "no option 'hihg'; did you mean 'high'?"),
        ("        marks=1,\n", "", 19, "a part needs 'marks'"),
        ("        out,", "        out, 1,", 19, "give options by their names, such as marks=2"),
        (', "Add 1.")', ")", 23, "Misconception(…) needs 'feedback'"),
        ('"Add 1."', '" "', 19, "part 'side': 'forgot +1' has no feedback"),
        ("[K < H]", "[K < H", 10, "SyntaxError: '[' was never closed"),
        ("out - 1", "out + 0", 19, "part 'side', 'forgot +1': this formula is the key"),
        # the oracle
        ("side + side}", "side}", 26, "part 'double': the key says"),
        ('{"side"', '{"sied"', 30, "it gives double, sied; did you mean 'side'?"),
        (', "double": side + side', "", 30, "oracle() must derive double, side; it gives side"),
        ("return {", "x = {", 30, 'oracle() must return {"part": value, …}, not None'),
        ("self.H - self.K", "self.out", 30, "oracle() reads the key 'out'"),
    ],
)  # fmt: skip
def test_a_slip(tmp_path, old, new, line, told):
    failure = found(tmp_path, (old, new))
    assert failure.startswith(f":{line}  "), failure
    assert told in failure


def test_a_maximum_of_an_array(tmp_path):
    told = found(
        tmp_path,
        ("Item,", "IntVector, Item,"),
        ("H = Int(8, 40)", "H = Int(8, 40); X = IntVector(3, low=1, high=9)"),
        (OUT, "maximum(0, X)"),
    )
    assert "is not a number or a formula of one number; an array needs a function of" in told


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("side = len(", "while True: self.S", 31),
        ("        out,", "        lambda item: sum(1 for _ in iter(int, 1)),", 20),
        ("[K < H]", "[lambda item: all(True for _ in iter(int, 1))]", 10),
    ],
)
def test_code_that_never_ends(tmp_path, monkeypatch, old, new, line):
    monkeypatch.setattr("examgen.bank.patience.LONGEST", 0.5)
    if old.startswith("side"):
        new += "\n        len("
    failure = found(tmp_path, (old, new))
    assert failure.startswith(f":{line}  Model("), failure
    assert "takes longer than 0.5 seconds: is there an endless loop?" in failure


def test_decimal_marks_are_exact():
    parts = [IntegerEntry(1, prompt="?", marks=marks) for marks in (0.3, "0.3", "3/10")]
    assert {part.marks for part in parts} == {Fraction(3, 10)}


def test_an_oracle_that_is_misspelt(tmp_path):
    told = "derived by another route than the keys; did you mean 'orcale'?"
    assert told in found(tmp_path, ("def oracle", "def orcale"))


def test_a_name_that_is_given_anew_by_a_formula_may_stay(tmp_path):
    assert found(tmp_path, ("    side =", "    out = out + 0\n    side =")) == ""


def test_a_key_that_reads_a_later_part(tmp_path):
    later = ("        out,", "        lambda item: item.double // 2,")
    told = "part 'side' reads 'double', which does not stand before it"
    failure = found(
        tmp_path,
        later,
        ("2 * side", "2 * H"),
        ("side + side", "2 * self.H"),
        ("len(range(0, self.H - self.K + 1, self.S))", "self.H"),
        ("out - 1", "out"),
    )
    assert failure.startswith(":19  Model") and told in failure
