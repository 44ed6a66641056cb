"""Sign-off: the variants that a colleague reads, and the digest that notices every change."""

import shutil
from pathlib import Path

import pytest

from examgen.bank.load import Bank
from examgen.errors import ExamgenError
from examgen.exam.signoff import check_signed, sign_off

AREA = '[[question]]\nitem = "plain/area"\n'


def digest(blueprint, bank, text=AREA):
    return sign_off(blueprint(text), bank).digest


def shown(signed):
    return [(one.extent, one.item.parameters) for one in signed.variants]


def test_small_large_and_random_values(bank, blueprint):
    small, large, other = shown(sign_off(blueprint(AREA), bank))
    assert small == ("smallest", {"H": 5, "W": 1})  # H = 4 and below are not legal
    assert large == ("largest", {"H": 60, "W": 40})
    assert other[0] == "random"
    assert other[1] not in (small[1], large[1])


def test_values_left_by_narrowing(bank, blueprint):
    narrowed = AREA + "narrow = { H = [7, 9], W = 3 }\n"
    assert shown(sign_off(blueprint(narrowed), bank)) == [
        ("smallest", {"H": 7, "W": 3}),
        ("largest", {"H": 9, "W": 3}),
    ]


def test_an_item_without_parameters_is_shown_once(bank, blueprint):
    (only,) = sign_off(blueprint('[[question]]\nitem = "fixed/history"\n'), bank).variants
    assert (only.extent, only.size) == ("smallest", 1)


def test_every_model_that_a_question_may_draw_is_shown(bank, blueprint):
    text = '[[question]]\nname = "two"\nitems = ["plain/area", "small/more"]\n'
    models = [one.item.model for one in sign_off(blueprint(text), bank).variants]
    assert models == ["plain/area"] * 3 + ["small/more"] * 3


def test_the_digest_is_the_same_for_the_same(bank, blueprint):
    assert digest(blueprint, bank) == digest(blueprint, bank, "# a comment\n" + AREA)


def test_the_digest_notices_marks(bank, blueprint):
    assert digest(blueprint, bank) != digest(blueprint, bank, AREA + "marks = { edges = 2 }\n")


def test_the_digest_notices_a_change_of_an_item_model_even_of_a_hidden_one(
    bank, blueprint, tmp_path
):
    folder = tmp_path / "copy"
    shutil.copytree(Path(bank.source("plain/area")).parents[1], folder)
    assert digest(blueprint, Bank(folder)) == digest(blueprint, bank)
    path = folder / "plain" / "area.py"
    path.write_text(path.read_text() + "\n# H may be 5 or more\n", encoding="utf-8")
    assert digest(blueprint, Bank(folder)) != digest(blueprint, bank)


def test_what_was_signed_is_accepted_in_any_spelling(bank, blueprint):
    exam = blueprint(AREA)
    signed = sign_off(exam, bank).digest
    for spelling in (signed, signed.upper(), signed.replace("-", "")):
        check_signed(exam, bank, spelling)


def test_what_has_changed_is_refused(bank, blueprint):
    signed = digest(blueprint, bank)
    changed = blueprint(AREA + "narrow = { W = 3 }\n")
    with pytest.raises(ExamgenError, match=r"what was signed .* has changed since") as caught:
        check_signed(changed, bank, signed)
    assert sign_off(changed, bank).digest in str(caught.value)


def test_a_part_of_the_digest_is_not_enough(bank, blueprint):
    exam = blueprint(AREA)
    with pytest.raises(ExamgenError, match="what was signed"):
        check_signed(exam, bank, sign_off(exam, bank).digest[:9])


def test_a_model_that_breaks_is_named(bank, blueprint):
    with pytest.raises(ExamgenError, match="broken/divides"):
        sign_off(blueprint('[[question]]\nitem = "broken/divides"\n'), bank)
