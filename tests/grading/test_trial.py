"""``examgen try``: an item without an exam, marked as grading marks it."""

from fractions import Fraction

import pytest
from click.testing import CliRunner

from examgen.bank.load import Bank
from examgen.cli import main
from examgen.errors import ExamgenError
from examgen.grading.trial import report, trial

MODEL = """
from examgen import *
class Area(Item):
    H = Int(2, 9)
    stem = "A square map."
    side = IntegerEntry(H + 1, prompt="Its side with a border?", marks=2, carries=(1, 100))
    area = IntegerEntry(side ** 2, prompt="Its area?", marks=3, misconceptions=[
        Misconception("perimeter", 4 * side, "Multiply the sides."),
    ])
    fits = MultipleChoice(H, distractors=[H + 1], prompt="Which is the side?", marks=1)
    why = Essay(prompt="Why?", rubric={"reason": 2}, model_answer="Because.")
    solution = "<<working.area>>"
"""


@pytest.fixture
def bank(tmp_path):
    folder = tmp_path / "bank"
    (folder / "maps").mkdir(parents=True)
    (folder / "maps" / "area.py").write_text(MODEL, encoding="utf-8")
    return Bank.with_bundled([folder])


def tried(bank, *responses, rank=3):
    return trial(bank, "maps/area", rank=rank, responses=responses)


def test_verdicts_and_marks(bank):
    found = tried(bank, "side=6", "area = 24", "why=so")
    verdicts = {name: one.verdict for name, one in found.judged.items()}
    assert verdicts == {"side": "right", "area": "misconception", "fits": "blank", "why": "essay"}
    marks = {part.name: found.marks(part) for part in found.printed.parts}
    assert marks == {"side": 2, "area": 0, "fits": 0, "why": None}


def test_a_later_part_follows_from_the_own_earlier_answer(bank):
    found = tried(bank, "side=10", "area=100")
    assert found.judged["area"].verdict == "follow-through"
    assert found.marks(found.printed.parts[1]) == Fraction(3)
    assert "recomputed with 1.a = 10" in report(found)


def test_an_unanswered_part_shows_key_and_hint(bank):
    text = report(tried(bank))
    assert "key        36" in text
    assert "type it    a whole number, such as 12" in text
    assert "    A  " in text
    assert text.startswith("Area(3) of maps/area: H = 5\n")


def test_what_cannot_be_read_waits_for_a_human(bank):
    text = report(tried(bank, "side=6 or 7"))
    assert "verdict    unreadable, waits for a human" in text
    assert "review     unreadable: " in text


def test_without_a_rank_it_is_always_the_same_usable_item(bank):
    first, again = tried(bank, rank=None), tried(bank, rank=None)
    assert first.item.rank == again.item.rank
    assert first.item.excluded() is None


@pytest.mark.parametrize(
    ("name", "rank", "response", "message"),
    [
        ("maps/aera", 0, "side=1", "no item model 'maps/aera'; did you mean 'maps/area'?"),
        ("maps/area", 8, "side=1", "ranks are 0 to 7"),
        ("maps/area", 0, "sied=1", "maps/area has no part 'sied'; did you mean 'side'?"),
        ("maps/area", 0, "q=1", "its parts are side, area, fits, why"),
        ("maps/area", 0, "12", "write PART=ANSWER, as side=12"),
    ],
)
def test_mistakes_are_named(bank, name, rank, response, message):
    with pytest.raises(ExamgenError) as caught:
        trial(bank, name, rank=rank, responses=[response])
    assert message in str(caught.value)


def test_a_part_answered_twice(bank):
    with pytest.raises(ExamgenError, match="part 'side' is answered twice"):
        tried(bank, "side=1", "side=2")


def test_the_commands(bank, tmp_path):
    run = CliRunner().invoke
    options = ["--rank", "3", "--bank", str(tmp_path / "bank")]
    shown = run(main, ["try", "maps/area", "side=6", *options])
    assert shown.exit_code == 0
    assert "verdict    right, 2 of 2 marks" in shown.output
    wrong = run(main, ["try", "nothing/here"])
    assert wrong.exit_code == 1
    assert wrong.output.startswith("Error: no item model 'nothing/here'")
