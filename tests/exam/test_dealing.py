"""Dealing: without replacement, evenly, and the same for those who were there before."""

from collections import Counter

import pytest

from examgen.errors import ExamgenError
from examgen.exam.dealing import Source, deal

KEY = b"k" * 32


@pytest.fixture
def sources(bank):
    return lambda *names, **narrow: [
        Source(bank[name], bank[name].space.narrow(narrow)) for name in names
    ]


def ranks(dealt):
    return [(item.name, item.rank) for item in dealt.items]


def hand(sources, count, question="q", repeats=False, key=KEY):
    return deal(sources, question=question, key=key, count=count, repeats=repeats)


def test_nobody_shares_an_item_until_the_space_is_used_up(sources):
    dealt = hand(sources("small/seven"), 7)
    assert {item.A for item in dealt.items} == set(range(7))
    assert dealt.notes == ()


def test_earlier_receivers_keep_their_items(sources):
    for names in (["plain/area"], ["plain/area", "plain/choice", "small/more"]):
        assert ranks(hand(sources(*names), 40))[:23] == ranks(hand(sources(*names), 23))


def test_question_and_key_change_the_items(sources):
    area = sources("plain/area")
    assert ranks(hand(area, 9)) != ranks(hand(area, 9, question="r"))
    assert ranks(hand(area, 9)) != ranks(hand(area, 9, key=b"l" * 32))


def test_models_are_dealt_evenly(sources):
    dealt = hand(sources("plain/area", "plain/choice", "small/more"), 31)
    times = Counter(item.name for item in dealt.items)
    assert sorted(times.values()) == [10, 10, 11]
    assert len(set(ranks(dealt))) == 31
    names = [item.name for item in dealt.items]
    assert names[:3] != names[3:6] or names[3:6] != names[6:9]


def test_narrowed_values_are_all_that_is_dealt(sources):
    dealt = hand(sources("plain/area", H=[7, 9], W={"low": 39}), 4)
    assert {(item.H, item.W) for item in dealt.items} == {(7, 39), (7, 40), (9, 39), (9, 40)}


def test_too_few_items_say_how_many_there_are(sources):
    with pytest.raises(ExamgenError) as error:
        hand(sources("small/seven"), 30)
    assert str(error.value) == (
        "small/seven has 7 usable variants (10 before exclusions), but 30 are needed; 3 are "
        "excluded because: not legal; narrow it less, or allow the same variant twice with "
        "repeats = true"
    )


def test_no_usable_item_is_an_error_even_with_repeats(sources):
    with pytest.raises(ExamgenError, match=r"has 0 usable variants .* but 1 is needed"):
        hand(sources("small/seven", A=[8]), 1, repeats=True)


def test_repeats_are_dealt_evenly_and_reported(sources):
    dealt = hand(sources("small/seven"), 30, repeats=True)
    times = Counter(item.A for item in dealt.items)
    assert sorted(times.values()) == [4] * 5 + [5] * 2
    assert dealt.notes == (
        "small/seven has 7 usable variants (10 before exclusions) for 30 papers: each is used up "
        "to 5 times",
    )
    assert ranks(dealt)[:9] == ranks(hand(sources("small/seven"), 9, repeats=True))


def test_a_model_without_parameters_is_the_same_for_all(sources):
    dealt = hand(sources("fixed/history"), 12)
    assert ranks(dealt) == [("fixed/history", 0)] * 12
    assert dealt.notes == ()


def test_the_search_is_bounded_and_says_so(sources, monkeypatch):
    monkeypatch.setattr("examgen.exam.dealing.MOST_TRIES", 50)
    with pytest.raises(ExamgenError, match=r"among the first 50 of 500 tried, but 60 are needed"):
        hand(sources("small/more"), 60)


def test_a_broken_model_is_named(sources):
    with pytest.raises(ExamgenError) as error:
        hand(sources("broken/divides"), 1)
    assert "broken/divides: Divides(" in str(error.value)
    assert "KeyError: 'no such key'; see: examgen check broken/divides" in str(error.value)
