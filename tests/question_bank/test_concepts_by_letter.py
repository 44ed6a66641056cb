"""Concept items answered in letters or a word: their facts, and keys worked out by hand."""

from itertools import pairwise

import pytest

from examgen.bank.load import Bank
from examgen.bank.sample import usable_items
from examgen.items.wording import Wording
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
History = BANK["concepts/history"]
VisualCortex = BANK["concepts/visual_cortex"]
LayersBySize = BANK["concepts/layers_by_size"]
ShiftProperty = BANK["concepts/shift_property"]


def options(item, part):
    return [text for text, _, _ in Wording(item).options(item.part(part))]


def test_the_years_stand_in_order_and_two_years_apart():
    items = usable_items(History, 100)
    assert len(items) == 24
    for item in items:
        years = [item.root, 1980, item.learning, item.between, item.deep, item.late]
        assert min(after - before for before, after in pairwise(years)) >= 2
        assert item.order == (0, 1, 2, 3, 4, 5)
        assert len(set(options(item, "order"))) == 6


def test_who_came_before_whom():
    item = History.at(root=1962, learning=1989, between=2009, deep=2012, late=2017)
    found = options(item, "order")
    for text, place in (
        ("Hubel", 0),
        ("Neocog", 1),
        ("zip", 2),
        ("ImageNet data", 3),
        ("AlexN", 4),
    ):
        assert text in found[place]
    wrong = {wrong.name: value for wrong, value in item.wrong_answers("order")}
    assert wrong["Neocognitron trained by back-propagation"] == (0, 2, 1, 3, 4, 5)
    assert wrong["the data came after the network"] == (0, 1, 2, 4, 3, 5)


DESCRIBED = {
    "simple cell": "one orientation at one place",
    "complex cell": "anywhere within its field",
    "end-stopped (hypercomplex) cell": "limited length",
    "ocular dominance column": "same eye",
    "orientation column": "same orientation",
    "hypercolumn": "holds all orientations",
}


def test_each_term_is_matched_to_its_description():
    seen = set()
    for item in usable_items(VisualCortex, 100):
        rows, texts = Wording(item).rows(VisualCortex.terms), options(item, "terms")
        for row, place in zip(rows, item.terms, strict=True):
            assert DESCRIBED[row] in texts[place]
        seen |= set(rows)
        (left,) = set(range(5)) - set(item.terms)
        assert "holds" in texts[left]  # the description of the other column
    assert seen == set(DESCRIBED)


def test_layers_by_hand():
    """8 channels of 4 × 4: dense 8·16·10+10, 3 × 3 conv 72·16+16, 1 × 1 8·64+64, separable."""
    item = LayersBySize.at(H=4, C=8, K=3, N=16, M=10)
    assert [item.dense, item.conv, item.pointwise, item.separable] == [1290, 1168, 576, 224]
    assert item.order == (3, 2, 1, 0)
    assert "dense layer with 10 units" in options(item, "order")[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ReLU", "equivariant"),
        ("right neighbour", "equivariant"),
        ("mean of itself", "equivariant"),
        ("largest of itself", "equivariant"),
        ("divided by the sum", "equivariant"),
        ("global average pooling", "invariant"),
        ("global max-pooling", "invariant"),
        ("sorted", "invariant"),
        ("above 3", "invariant"),
        ("squares", "invariant"),
    ],
)
def test_what_shifts_do(text, word):
    items = [ShiftProperty.at(f=f, n=8) for f in range(10)]
    (item,) = (item for item in items if text in Wording(item).stem)
    assert item.word == word
    assert f"**{word}**" in Wording(item).solution
