"""Paper codes: every wrong character and every swap of neighbours is noticed."""

import pytest

from examgen.errors import ExamgenError
from examgen.exam.codes import ALPHABET, paper_code, parse
from examgen.exam.seeds import Stream

CODES = [paper_code(Stream(bytes([number]))) for number in range(60)]


def is_code(text):
    try:
        return bool(parse(text))
    except ExamgenError:
        return False


def test_alphabet_has_31_signs_that_cannot_be_mixed_up():
    assert len(set(ALPHABET)) == 31
    assert not set("0O1IL") & set(ALPHABET)


@pytest.mark.parametrize("code", CODES)
def test_every_single_wrong_character_is_noticed(code):
    assert parse(code) == code
    for place, sign in enumerate(code):
        for other in ALPHABET + "0O1IL":
            if sign not in ("-", other):
                assert not is_code(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("code", CODES)
def test_every_swap_is_noticed(code):
    signs = code.replace("-", "")
    for first in range(10):
        for second in range(first):
            swapped = list(signs)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            if swapped != list(signs):
                assert not is_code("".join(swapped))


def test_any_way_of_writing_a_code_is_read():
    code = CODES[0]
    assert len(code) == 11 and code[5] == "-"
    bare = code.replace("-", "")
    for text in (bare, bare.lower(), f" {bare[:3]} {bare[3:]}\n", code.replace("-", "–")):
        assert parse(text) == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ABC", "it has 3 characters, not 10"),
        ("", "it has 0 characters, not 10"),
        ("ABCDE-FGH0K", "'0' is in no code"),
        (CODES[0][:-1] + ("2" if CODES[0][-1] != "2" else "3"), "its check character"),
        ("A" * 10**6, "it has 1000000 characters"),
    ],
)
def test_errors_say_that_the_code_is_mistyped(text, reason):
    with pytest.raises(ExamgenError) as error:
        parse(text)
    assert "is mistyped" in str(error.value) and reason in str(error.value)
    assert len(str(error.value)) < 200
