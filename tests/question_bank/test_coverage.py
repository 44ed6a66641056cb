"""What the bank covers: every part and most families of the source exam, each skill once."""

import math
import runpy
from fractions import Fraction
from pathlib import Path

import pytest

from examgen.bank.sample import census
from examgen.bank.twins import twins
from examgen.errors import ExamgenError

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "write_coverage.py"))
COVERAGE = SCRIPT["of_the_bank"]()


def test_the_page_is_of_today():
    page = SCRIPT["PAGE"].read_text(encoding="utf-8")
    assert SCRIPT["written"](COVERAGE) == page, "run scripts/write_coverage.py"


def test_every_part_is_served_by_an_essay_and_two_others():
    assert len(COVERAGE.parts) == 18
    for part in COVERAGE.parts:
        assert COVERAGE.essays[part], part
        assert len(COVERAGE.models_of(part)) >= 3, part


def test_families_and_models_are_many():
    assert len(COVERAGE.served) >= 72
    assert len(COVERAGE.marked_alone) >= 56


def test_what_is_not_served_has_a_reason():
    for family in COVERAGE.listed:
        assert bool(family.why) != bool(family.models), family.slug


@pytest.mark.parametrize("name", COVERAGE.bank)
def test_every_model_says_what_it_is_for(name):
    objective = COVERAGE.bank[name].objective
    assert objective[:1].islower() and not objective.endswith("."), name
    assert len(set(COVERAGE.bank[name].serves)) == len(COVERAGE.bank[name].serves) > 0


def test_no_two_models_ask_for_the_same_keys():
    """Half of the marks of both, or all of one: such a pair would count once."""
    for pair in twins(COVERAGE.bank):
        assert min(pair.shares) < Fraction(1, 2) and max(pair.shares) < 1, pair


def test_quantitative_models_have_a_thousand_variants_or_a_reason():
    assert list(COVERAGE.variants) == COVERAGE.quantitative, "run scripts/write_coverage.py --count"
    few = [name for name, one in COVERAGE.variants.items() if one.usable < 1000]
    assert few == list(COVERAGE.reasons)


@pytest.mark.parametrize("name", COVERAGE.quantitative)
def test_the_counted_variants_are_those_of_today(name):
    """The space is as it was, and a sample of it as usable: within four standard deviations."""
    counted = COVERAGE.variants[name]
    sample = census(COVERAGE.bank[name], most=0, tries=50)
    assert sample.size == counted.space, "run scripts/write_coverage.py --count"
    share = counted.usable / counted.space
    apart = sample.usable - sample.looked_at * share
    allowed = 4 * math.sqrt(sample.looked_at * share * (1 - share)) + 1
    assert apart >= -allowed
    assert apart <= allowed or counted.how == SCRIPT["AT_LEAST"]


@pytest.mark.parametrize(
    ("served", "told"),
    [
        ([], "does not say what it serves"),
        (["7a out-size"], "serves '7a'"),
        (["4a out-siz"], "did you mean 'out-size'"),
        (["4b out-size"], "belongs to 4a"),
    ],
)
def test_a_slip_is_told(served, told, monkeypatch):
    model = COVERAGE.bank["shapes/layer_cost"]
    monkeypatch.setattr(model, "serves", served)
    with pytest.raises(ExamgenError, match=told):
        SCRIPT["Coverage"]({"shapes/layer_cost": model})
