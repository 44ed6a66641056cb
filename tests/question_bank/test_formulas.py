"""The item models that ask for formulas, against values and formulas worked out by hand."""

import pytest

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))
SizeFormula = BANK["shapes/size_formula"]
StackFormula = BANK["receptive_field/stack_formula"]


def verdict(item, part, text):
    kind = item.part(part).kind
    return kind.judge(kind.read(text), item.key(part)).verdict


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"W": 64, "K": 3, "S": 2, "P": 1, "D": 2}, 31),
        ({"W": 227, "K": 4, "S": 5, "P": 3, "D": 4}, 45),
        ({"W": 100, "K": 7, "S": 3, "P": 4, "D": 3}, 30),
    ],
)
def test_output_size(values, expected):
    item = SizeFormula.at(**values)
    assert item.side == item.rule == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("floor((W + 2P - 2K + 1)/S) + 1", "right"),
        ("⌊(W − 2(K − 1) − 1 + 2P)/S⌋ + 1", "right"),
        ("floor((W - 2K + 2P + 1 + S)/S)", "right"),
        ("ceil((W + 2P - 2K + 2)/S)", "right"),
        ("(W + 2P - 2K + 1 - mod(W + 2P - 2K + 1, S))/S + 1", "right"),
        ("floor((W + 2P - 2K)/S) + 1", "wrong"),
        ("floor((W + 2P - 2K + 1)/S + 1/2) + 1", "wrong"),
        ("(W + 2P - 2K + 1)/S + 1", "wrong"),
    ],
)
def test_forms_of_the_output_size(text, expected):
    assert verdict(SizeFormula.at(W=64, K=3, S=2, P=1, D=2), "rule", text) == expected


def test_a_stack_of_three_by_three():
    item = StackFormula.at(K=3, L=2, C=64)
    assert (item.field, item.large, item.saved) == (5, 25 * 64**2, (25 - 18) * 64**2)
    assert verdict(item, "field", "2L + 1") == "right"
    assert verdict(item, "large", "(C (2L+1))^2") == "right"
    assert verdict(item, "large", "C^2 (4L^2 + 1)") == "wrong"


def test_a_wrong_field_is_carried_into_formula_and_number():
    item = StackFormula.at(K=3, L=2, C=16).carry({"field": "3*L"})
    assert verdict(item, "large", "9 L^2 C^2") == "right"
    item = item.carry({"large": "9*L^2*C^2"})
    assert item.saved == (36 - 18) * 256
