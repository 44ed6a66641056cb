"""The effort of the whole bank: every part of every item model has one, and it is sensible."""

import pytest

from examgen.bank.load import Bank
from examgen.bank.sample import usable_items
from examgen.items.effort import READ, effort, efforts
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))


@pytest.mark.parametrize("name", list(BANK))
def test_every_part_of_every_model(name):
    found = [efforts(item) for item in usable_items(BANK[name], 12)]
    for steps in found:
        assert list(steps) == list(BANK[name].declaration.parts)
        assert all(isinstance(one, int) and READ < one < 5000 for one in steps.values()), steps
    totals = [sum(steps.values()) for steps in found]
    assert max(totals) <= 3 * min(totals)  # else examgen check says so


def test_larger_layers_are_more_work():
    model = BANK["training/dense_memory"]
    steps = [
        effort(model.at(H=size, C=3, M=size, bits=32, copies=3)) for size in (17, 173, 1733, 17333)
    ]
    assert steps == sorted(set(steps))


def test_a_kernel_of_zeros_and_ones_is_less_work():
    model = BANK["convolution/by_hand"]
    image = [[2, 3, 4, 2], [3, 3, 2, 4], [2, 2, 3, 4], [4, 2, 3, 2]]
    plain, full = (model.at(X=image, W=kernel) for kernel in ([[0, 1], [-1, 0]], [[2, -2], [2, 2]]))
    assert effort(plain) < effort(full)


def test_the_same_item_costs_the_same():
    for name in ("shapes/layer_cost", "deformable/mask_purity", "pooling/by_hand"):
        (item,) = usable_items(BANK[name], 1)
        assert efforts(item) == efforts(type(item)(item.rank))
