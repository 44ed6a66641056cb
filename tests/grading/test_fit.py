"""Which paper the answers of a sheet fit, by this process and by one that it hands the keys to."""

import pickle

import pytest

from examgen.answers import Decimal, Integer, Kind, OneChoice
from examgen.grading.fit import Fit

COLUMNS: dict[str, Kind] = {f"1.{letter}": Integer() for letter in "abcd"}
COLUMNS |= {"2.a": Decimal(places=2), "2.b": Decimal(places=2)}
KEYS = {  # paper: integers, and decimals as fractions; papers 2 and 3 are of one version
    0: [10, 11, 12, 13, "1/3", "1/4"],
    1: [20, 21, 22, 23, "2/3", "3/4"],
    2: [30, 31, 32, 33, "5/3", "5/4"],
    3: [30, 31, 32, 33, "5/3", "5/4"],
}


def fit_of(columns, keys):
    fit = Fit()
    for place, own in keys.items():
        for (column, kind), key in zip(columns.items(), own, strict=True):
            fit.add(place, column, kind, key)
    return fit


@pytest.fixture(params=["here", "handed over"])
def better(request):
    fit = fit_of(COLUMNS, KEYS)
    asked = pickle.loads(pickle.dumps(fit)) if request.param == "handed over" else fit

    def better(place, *answers, own):
        responses = dict(zip(COLUMNS, answers, strict=True))
        return asked.better(responses, place, own=own, decimal_comma=False)

    return better


def test_the_paper_that_the_answers_fit(better):
    second = ("20", "21", "22", "23", "0.67", "0.75")
    assert better(0, *second, own=0) == (1, 6)
    assert better(1, *second, own=6) is None


def test_decimals_are_right_where_they_are_near(better):
    assert better(0, "20", "-", "-", "-", "0.667", "0.75", own=0) == (1, 3)
    assert better(0, "20", "-", "-", "-", "0.65", "0.75", own=0) is None


def test_too_few_right_answers_are_no_better_fit(better):
    assert better(0, "20", "21", "-", "-", "-", "-", own=0) is None
    assert better(0, "20", "21", "22", "13", "0.33", "0.25", own=3) is None


def test_papers_of_one_version_fit_alike(better):
    third = ("30", "31", "32", "33", "1.67", "1.25")
    assert better(0, *third, own=0) == (2, 6)
    assert better(3, *third, own=0) is None  # whatever was thought of the marks


@pytest.mark.parametrize(("count", "found"), [(6, None), (10, (1, 10))])
def test_few_letters_alone_tell_too_little(count, found):
    """Six choices of four options are 12 bits, which luck may have right; ten are 20."""
    columns = {f"{number}": OneChoice(4) for number in range(count)}
    fit = fit_of(columns, {0: ["A"] * count, 1: ["B"] * count})
    responses = dict.fromkeys(columns, "B")
    assert fit.better(responses, 0, own=0, decimal_comma=False) == found
