"""The guide to answer kinds: every kind has one, and what it says is what happens."""

import re

import pytest

from examgen.answers import KINDS
from examgen.answers.guide import GUIDES, as_markdown, as_text, guides
from examgen.errors import ExamgenError

IDS = [guide.name for guide in GUIDES]


def test_every_kind_has_one_guide():
    assert sorted(IDS) == sorted(kind.kind for kind in KINDS), "add a Guide to answers/guide.py"


@pytest.mark.parametrize("guide", GUIDES, ids=IDS)
def test_what_is_said_to_be_read_is_read(guide):
    assert len(list(guide.readings())) == len(guide.read) > 0


@pytest.mark.parametrize("guide", GUIDES, ids=IDS)
def test_what_is_said_to_be_refused_is_refused(guide):
    assert [text for text, _ in guide.refusals()] == list(guide.refused)
    if not guide.refused:
        assert guide.sample.by_hand


@pytest.mark.parametrize("guide", GUIDES, ids=IDS)
def test_the_hint_gives_an_example_that_is_read(guide):
    _, such_as, example = guide.sample.hint().partition("such as ")
    if such_as:
        guide.sample.read(re.split(r", (?:or|a|in) | or ", example)[0])


@pytest.mark.parametrize("guide", GUIDES, ids=IDS)
def test_one_line_says_how_to_type_it_and_one_what_earns_marks(guide):
    for line in (guide.sample.hint(), guide.sample.partial()):
        assert 8 < len(line) < 110
        assert "\n" not in line
        assert not line.endswith(".")


def test_the_texts():
    assert "  not read   55x55         →  a shape needs 3 numbers, this has 2" in as_text(guides())
    assert "| `1 2 ⏎ 3 4` | [1, 2; 3, 4] |" in as_markdown(guides("array"))


def test_an_unknown_kind():
    with pytest.raises(ExamgenError, match="no answer kind 'ratonal'; did you mean 'rational'"):
        guides("ratonal")
