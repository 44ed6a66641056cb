"""A proof finds what authors do wrong, and says where."""

from pathlib import Path

import pytest
from good_model import prove

from examgen.bank import Bank
from examgen.errors import ExamgenError


def failure(proof) -> str:
    assert not proof.passed
    return "\n".join(proof.failures)


def test_a_good_model_is_proved(tmp_path):
    proof = prove(tmp_path)
    assert proof.failures == []
    assert proof.proved == 60
    assert proof.census.exact
    assert (proof.census.size, proof.census.legal, proof.census.usable) == (132, 132, 132)
    assert proof.mutants >= 7


def test_a_wrong_key_is_refuted(tmp_path):
    message = failure(prove(tmp_path, key="out = floor((H - K) / S) + 2"))
    assert "the key says" in message
    assert "the oracle derived" in message
    assert "key: floor((H - K)/S) + 2" in message
    assert "reproduce: examgen check topic/model --rank" in message


def test_a_key_that_is_right_only_sometimes(tmp_path):
    message = failure(prove(tmp_path, key="out = ceiling((H - K) / S) + 1"))
    assert "the oracle derived" in message


def test_a_key_that_fails_in_a_corner_of_a_large_space(tmp_path):
    """A range of 10,000 sides, each with 20 kernels, of which one corner is wrong."""
    parameters = "H = Int(40, 10_039)\nK, S = Int(1, 20), Choice(2, 3)"
    key = "out = floor((H - K) / S) + 1 + floor(H / 10_039) * floor(K / 20)"
    proof = prove(tmp_path, parameters=parameters, key=key)
    assert "with H=10039 K=20" in failure(proof)


@pytest.mark.parametrize(("sides", "proved"), [(30, 120), (10**6, 60)])
def test_every_item_is_proved_of_spaces_up_to_a_million(tmp_path, sides, proved):
    parameters = f"H = Int(8, {7 + sides})\nK, S = Choice(3, 5), Choice(2, 3)"
    proof = prove(tmp_path, parameters=parameters, exhaustive=True)
    assert proof.failures == []
    assert proof.proved == proved


def test_an_item_that_is_not_used_is_not_proved(tmp_path):
    proof = prove(tmp_path, where="where = [H > 20]", rank=3)
    assert "no student gets Model(3): not legal" in failure(proof)


def test_a_misconception_that_is_the_key_by_algebra(tmp_path):
    message = failure(
        prove(
            tmp_path,
            wrong='wrong = [Misconception("other words", floor((H - K + S) / S), "No.")]',
        )
    )
    assert "'other words': this formula is the key" in message


def test_an_oracle_that_runs_the_engine_function_of_the_key(tmp_path):
    part = (
        "side = IntegerEntry(lambda item: len(engine.conv1d([1] * item.H, [1] * item.K, "
        'stride=item.S)), marks=1, prompt="?")'
    )
    oracle = (
        "def oracle(self):\n"
        '    return {"side": engine.conv1d([1] * self.H, [1] * self.K, stride=self.S).size}'
    )
    message = failure(
        prove(tmp_path, part=part, oracle=oracle, wrong="", solution='solution = "<<side>>"')
    )
    assert "key and oracle both run engine.conv1d" in message


def test_an_oracle_that_reads_the_key(tmp_path):
    for name in ("side", "out"):
        folder = tmp_path / name
        folder.mkdir()
        oracle = f'def oracle(self):\n    return {{"side": self.{name}}}'
        assert f"oracle() reads the key '{name}'" in failure(prove(folder, oracle=oracle))


def test_a_problem_of_every_item_is_told_once(tmp_path):
    proof = prove(tmp_path, oracle="pass")
    assert len(proof.failures) == 1
    assert "oracle(self) that returns" in failure(proof)


def test_a_mutant_that_the_samples_cannot_refute(tmp_path):
    proof = prove(
        tmp_path,
        parameters="H = Choice(9, 11)\nK, S = Choice(3, 5), Choice(2, 4)",
        where="where = [divides(S, H - K)]",
    )
    assert "does not notice the key altered" in failure(proof)
    assert "floor" in failure(proof)


def test_parameters_that_a_function_does_not_read_are_not_swapped(tmp_path):
    part = 'side = IntegerEntry(lambda item: item.H, marks=1, prompt="?")'
    oracle = 'def oracle(self):\n    return {"side": len(range(self.H))}'
    solution = 'solution = "All of it."'
    proof = prove(tmp_path, part=part, oracle=oracle, solution=solution)
    assert proof.failures == []
    assert proof.mutants == 4  # one more, one less, and H for K and for S, but not K for S


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stem": 'stem = "Side <<G>>."'}, "'G' is undefined"),
        ({"stem": 'stem = "It is <<side>>."'}, "'side' is undefined here: it would tell a key"),
        (
            {"solution": r'solution = r"$\nosuchcommand$"'},
            "solution: line 1: the formula '\\nosuchcommand'",
        ),
        ({"oracle": 'def oracle(self):\n    return {"sid": 3}'}, "oracle() must derive side"),
        (
            {"oracle": 'def oracle(self):\n    return {"side": 2.5}'},
            "oracle() for part 'side': 2.5 is a float",
        ),
        ({"oracle": "pass"}, "has no oracle"),
        (
            {"where": "where = [H > 100]"},
            "'where' leaves no item: of 132 settings H > 100 holds for 0",
        ),
        ({"where": "where = K <= H"}, "'where' is a list of conditions"),
        ({"part": 'side = IntegerEntry(out, marks=1, prompt="?", carries=(0, 3))'}, "outside"),
    ],
)
def test_what_else_is_found(tmp_path, changes, message):
    assert message in failure(prove(tmp_path, **changes))


DECIMAL = {
    "key": "out = H / K",
    "wrong": 'wrong = [Misconception("plus one", out + 1, "No.")]',
    "oracle": 'def oracle(self):\n    return {"side": Fraction(self.H, self.K)}',
    "imports": "from fractions import Fraction\nfrom examgen import *",
}


def decimal(tolerance: str, **changes: str):
    part = f'side = DecimalEntry(out, marks=1, prompt="?", misconceptions=wrong, {tolerance})'
    return DECIMAL | {"part": part} | changes


@pytest.mark.parametrize("tolerance", ['absolute="1/2"', 'relative="0.01"'])
def test_a_tolerance_of_up_to_half_the_distance_to_a_misconception(tmp_path, tolerance):
    assert prove(tmp_path, **decimal(tolerance)).failures == []


ONE = "H, K, S = Choice(8), Choice(3), Choice(2)"
ZERO = {
    "key": "out = H - 8",
    "oracle": 'def oracle(self):\n    return {"side": len(range(8, self.H))}',
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            decimal('absolute="0.51"', parameters=ONE),
            "Model(0): part 'side': the tolerance 51/100 is wider than half the distance from the "
            "key 8/3 to 'plus one', 11/3",
        ),
        (
            decimal('relative="1/5"', parameters=ONE),
            "the tolerance 8/15 is wider than half the distance",
        ),
        (
            decimal("absolute=1", parameters=ONE),
            "the first is excluded: part 'side': 'plus one' cannot be told from the key",
        ),
        (decimal('relative="0.01"', **ZERO), "the key is 0: a decimal needs an absolute tolerance"),
        (decimal("digits=3", **ZERO), "the key is 0: a decimal needs an absolute tolerance"),
        (decimal("absolute=0.5"), 'a tolerance is exact: write "0.5" in quotes'),
        (decimal('places=2, absolute="0.5"'), "either tolerances or a number of figures"),
    ],
)
def test_a_tolerance_that_would_judge_wrongly_is_refused(tmp_path, changes, message):
    assert message in failure(prove(tmp_path, **changes))


def test_an_absolute_tolerance_serves_a_key_of_0(tmp_path):
    assert prove(tmp_path, **decimal('absolute="0.25"', **ZERO)).failures == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = ", "model.py:1  SyntaxError"),
        ("from examgen import *\nclass A(Item):\n    K = Int(3, 1)", "model.py:3  ValueError"),
        ("from examgen import *\nclass A(Item):\n    y = Int(0, 3) * 0.5", "keys are exact"),
        ("from examgen import Itme", "cannot import name 'Itme'"),
        ("y = 3", "defines 0: no subclass of Item"),
    ],
)
def test_a_file_that_cannot_be_loaded_says_where(tmp_path, text, message):
    (tmp_path / "model.py").write_text(text)
    with pytest.raises(ExamgenError) as error:
        Bank(tmp_path)["model"]
    assert message in str(error.value)


def test_a_bank_finds_models_by_name_and_topic(tmp_path):
    bank = Bank(Path(__file__).parents[2] / "question_bank")
    with pytest.raises(ExamgenError, match=r"there are: bilinear, .*concepts"):
        bank.topic("zzz")
    assert "shapes/layer_cost" in bank
    assert bank["shapes/layer_cost"].name == "shapes/layer_cost"
    with pytest.raises(ExamgenError, match="did you mean 'shapes/layer_cost'"):
        bank["shapes/layer_cots"]
    assert "bilinear/weights" in bank.topic("bilinear")
    with pytest.raises(ExamgenError, match="did you mean 'bilinear'"):
        bank.topic("biliner")
    assert bank.below("bilinear") == [name for name in bank if name.startswith("bilinear/")]
    with pytest.raises(ExamgenError, match="no such folder"):
        Bank(tmp_path / "nowhere")
    with pytest.raises(ExamgenError, match="no item models"):
        Bank(tmp_path)


def test_mutants_of_values_with_rows_of_two_lengths(tmp_path):
    """A pair and a set: ±1 in one number, and parameters swapped of which the key reads one."""
    part = (
        "side = VectorPairEntry(lambda item: ([1, item.H], [item.K, 0, 1]), lengths=(2, 3), "
        'marks=1, prompt="?")\n'
        'small = SetEntry(lambda item: range(item.S), marks=1, prompt="?")'
    )
    oracle = (
        "def oracle(self):\n"
        "    small = {one for one in range(9) if one < self.S}\n"
        '    return {"side": ([self.K, self.H * self.K], [1, 0, Fraction(1, self.K)]), '
        '"small": small}'
    )
    imports = "from fractions import Fraction\nfrom examgen import *"
    options = {"part": part, "oracle": oracle, "imports": imports, "wrong": ""}
    proof = prove(tmp_path, **options, solution='solution = "<<side>> <<small>>"')
    assert proof.failures == []
    assert proof.mutants == (2 + 3) + (2 + 2)  # the set does not read H and K


def test_a_set_that_is_always_empty_tells_nothing(tmp_path):
    part = 'side = SetEntry(lambda item: [], marks=1, prompt="?")'
    oracle = 'def oracle(self):\n    return {"side": []}'
    message = failure(
        prove(tmp_path, part=part, oracle=oracle, wrong="", solution='solution = "<<side>>"')
    )
    assert "does not notice the key altered: +1" in message


def test_a_mutant_that_only_reorders_a_set_is_the_key(tmp_path):
    part = 'side = SetEntry([(H, K), (K, H)], names=("a", "b"), marks=1, prompt="?")'
    oracle = 'def oracle(self):\n    return {"side": {(self.K, self.H), (self.H, self.K)}}'
    proof = prove(tmp_path, part=part, oracle=oracle, wrong="", solution='solution = "<<side>>"')
    assert proof.failures == []
    assert proof.equal_mutants == 1


# ---- open answers -----------------------------------------------------------------------------

OPEN = """
def right(self, number):
    return number {relation} self.H - self.K

side = IntegerEntry(out, accepts=right, marks=1, prompt="?", misconceptions=wrong)
"""


@pytest.mark.parametrize(
    ("relation", "oracle", "told"),
    [
        ("<=", "1", "part 'side': 'forgot +1', 2, is accepted"),
        ("> 1 +", "99", "part 'side': the key 3 is not accepted"),
        ("< 5 -", "self.H + 9", "part 'side': the oracle's answer 17 is not accepted"),
    ],
)
def test_what_an_open_part_must_accept_and_refuse(tmp_path, relation, oracle, told):
    changes = {"part": OPEN.format(relation=relation), "solution": 'solution = "<<side>>"'}
    told_of = failure(
        prove(tmp_path, **changes, oracle=f'def oracle(self):\n    return {{"side": {oracle}}}')
    )
    assert told in told_of


def test_an_open_part_is_proved_with_another_answer_of_the_oracle(tmp_path):
    changes = {"part": OPEN.format(relation="<= 40 +"), "wrong": "wrong = []"}
    oracle = 'def oracle(self):\n    return {"side": 1}'
    assert prove(tmp_path, **changes, oracle=oracle).failures == []
