"""Every value of the source exam that was checked, from the item model that serves its family."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from source_values.question_1 import QUESTION_1
from source_values.question_2 import QUESTION_2
from source_values.question_3 import QUESTION_3
from source_values.question_4 import QUESTION_4
from source_values.question_5 import QUESTION_5
from source_values.question_6 import QUESTION_6
from source_values.served import BANK, exact, item_of

VALUES = json.loads(
    (Path(__file__).parents[1] / "source_values" / "values.json").read_text("utf-8")
)
TABLES = (QUESTION_1, QUESTION_2, QUESTION_3, QUESTION_4, QUESTION_5, QUESTION_6)
SERVED = {row: served for table in TABLES for row, served in table.items()}


def row(entry):
    return entry["family"], entry["quantity"]


COMPUTED = [entry for entry in VALUES if SERVED[row(entry)].value]


@pytest.mark.parametrize("entry", COMPUTED, ids=lambda e: f"{e['part']} {e['family']}")
def test_value(entry):
    found = exact(SERVED[row(entry)].value(**entry["params"]))
    expected = exact(entry["value"])
    if isinstance(entry["value"], float):
        found = round(found, len(str(entry["value"]).split(".")[1]))
    assert found == expected


def test_every_value_is_accounted_for():
    assert len(VALUES) == 174
    assert {row(entry) for entry in VALUES} == SERVED.keys()
    assert sum(map(len, TABLES)) == len(SERVED)
    means = Counter(
        "models" if served.value and served.models else "engine" if served.value else "words"
        for served in (SERVED[row(entry)] for entry in VALUES)
    )
    assert means == {"models": 160, "engine": 12, "words": 2}
    assert all(served.models or served.reason for served in SERVED.values())
    assert {name for served in SERVED.values() for name in served.models} <= set(BANK)


def wrong_values(item, part):
    return {wrong.name: value for wrong, value in item.wrong_answers(part)}


BUMP = {"b": [1, 2, 3], "k": [1, -1], "d": 2}
ALEXNET_CONV1 = {"W": 227, "F": 11, "S": 4}
SEPARABLE = {"X": [[1, 2, 0], [0, 1, 3], [2, 1, 1]], "u": [1, 2, 1], "v": [1, 2, 1], "k": 3, "n": 3}

# Wrong values that the source prints: the misconception of a model that tells a student why.
SLIPS = [
    ("pooling/shift", {"x": [0, 0, 9, 0, 0, 0, 0, 0]}, "y_two", "unchanged", (0, 9, 0, 0)),  # 1b
    ("convolution/shifted_signal", BUMP, "y", "flipped the kernel", (0, 1, 1, 1, -3, 0)),  # 3c
    ("shapes/unread_columns", ALEXNET_CONV1 | {"P": 0},
     "quotient", "positions over stride", Fraction(217, 4)),  # 4a: N/S
    ("shapes/layer_cost", {"H": 13, "K": 3, "S": 4, "P": 1, "D": 1, "C_in": 1, "C_out": 1},
     "height", "ignored padding", 3),  # 4b: a late stride
    ("downsampling/early_stride", ALEXNET_CONV1 | {"C_in": 3, "C_out": 96},
     "positions", "square of the stride", 16),  # 4b
    ("downsampling/early_stride", ALEXNET_CONV1 | {"C_in": 3, "C_out": 96},
     "numbers", "positions only", Fraction(3025, 51529)),  # 4b: 17 times fewer values
    ("separable/two_passes", SEPARABLE, "passes", "both passes alike", 6),  # 5b: 6, not 9
    ("separable/depthwise", {"K": 3, "C_in": 128, "C_out": 256, "H": 32},
     "ratio", "limit of many channels", Fraction(1, 9)),  # 5b: "9 times"
    ("pointwise/bottleneck", {"k": 5, "C": 256, "b": 64, "N": 64, "H": 10},
     "ratio", "ratio of the channels", 4),  # 5c
    ("pointwise/bottleneck_formula", {"N": 64, "C": 256, "B": 64, "K1": 3, "K2": 5},
     "direct", "one filter a branch", "8704"),  # 5c
    ("deformable/offset_branch", {"k": 3, "C_in": 256, "C_out": 1, "H": 32},
     "parameters", "offsets for parameters", 18),  # 6a
    ("deformable/offset_branch", {"k": 3, "C_in": 256, "C_out": 1, "H": 32},
     "ratio", "branch with one channel", 6),  # 6a
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "part", "misconception", "printed"), SLIPS)
def test_slips_of_the_source_are_known(name, values, part, misconception, printed):
    item = item_of(name, **values)
    assert wrong_values(item, part)[misconception] == printed
    assert item.key(part) != printed


# AlexNet's first layer divides exactly and has no padding: such slips give the right value.
HIDDEN = [
    ("shapes/layer_cost", {"H": 227, "K": 11, "S": 4, "P": 0, "D": 1, "C_in": 3, "C_out": 96},
     "height", {"ignored dilation", "ignored padding"}),
    ("shapes/size_formula", {"W": 227, "K": 11, "S": 4, "P": 0, "D": 1}, "side", {"rounded up"}),
    ("shapes/unread_columns", ALEXNET_CONV1 | {"P": 0}, "quotient", {"padded once"}),
    ("shapes/unread_columns", ALEXNET_CONV1 | {"P": 0}, "out", {"rounded up"}),
    ("shapes/derivation", ALEXNET_CONV1 | {"P": 0}, "offsets", {"padded once"}),
    ("shapes/derivation", ALEXNET_CONV1 | {"P": 0}, "used", {"rounded up twice"}),
    ("shapes/claimed_size", ALEXNET_CONV1 | {"P": 0, "twice": 2, "plus": 1},
     "size", {"padding on one side", "rounded up"}),
    ("shapes/pool_rounding", {"W": 227, "K": 11, "S": 4, "P": 0}, "down", {"rounded up"}),
    ("convolution/transposed_size", {"n": 227, "K": 11, "S": 4, "P": 0}, "m", {"rounded up"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "part", "hidden"), HIDDEN)
def test_misconceptions_that_alexnet_hides(name, values, part, hidden):
    item = item_of(name, **values)
    right = item.key(part)
    assert {wrong for wrong, value in wrong_values(item, part).items() if value == right} == hidden
    assert item.rank is None
    assert item.excluded() is not None


def test_a_masked_misconception_is_named():
    """The same layer of 227 pixels with two taps in five: legal, but padding plays no part."""
    layer = {"H": 227, "K": 6, "S": 4, "P": 0, "D": 2, "C_in": 3, "C_out": 96}
    why = BANK["shapes/layer_cost"].at(**layer).excluded()
    assert (why.part, why.misconception) == ("height", "ignored padding")
    assert str(why) == "part 'height': 'ignored padding' gives the same as the key"
    undilated = BANK["shapes/layer_cost"].at(**layer | {"K": 11, "D": 1}).excluded()
    assert undilated.misconception == "ignored dilation"
    formula = BANK["shapes/size_formula"].at(W=227, K=11, S=4, P=0, D=1).excluded()
    assert (formula.part, formula.misconception) == ("rule", "ignored dilation")
