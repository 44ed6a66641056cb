"""The list of item models: narrowed by topic and by what they serve."""

import pytest

from examgen.bank import Bank
from examgen.bank.listing import listed
from examgen.errors import ExamgenError

MODEL = """
from examgen import *

class {name}(Item):
    {told}
    n = Int(1, 9)
    stem = solution = "s"
    twice = IntegerEntry(2 * n, prompt="?", marks=1)
"""
MODELS = {
    "sizes/twice": (
        'title = "Twice"\n    objective = "double a number"\n    serves = ["2a doubling"]'
    ),
    "sizes/again": 'serves = ["2a doubling", "3c sums"]',
    "other/plain": 'topic = "sums"',
}


@pytest.fixture
def bank(tmp_path):
    for name, told in MODELS.items():
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(MODEL.format(name=path.stem.capitalize(), told=told), encoding="utf-8")
    return Bank(tmp_path)


def names(lines):
    return [line.split(":")[0] for line in lines if not line.startswith(" ")]


def test_an_entry(bank):
    assert list(listed(bank, ["sizes/twice"])) == [
        "sizes/twice: Twice",
        "    double a number",
        "    topic sizes; serves 2a doubling",
    ]
    assert list(listed(bank, ["other"])) == ["other/plain: Plain", "    topic sums"]


@pytest.mark.parametrize(
    ("items", "options", "found"),
    [
        ([], {}, ["other/plain", "sizes/again", "sizes/twice"]),
        (["sizes"], {"serves": "3c"}, ["sizes/again"]),
        ([], {"serves": "doubling"}, ["sizes/again", "sizes/twice"]),
        ([], {"serves": "3c sums"}, ["sizes/again"]),
        ([], {"topic": "sums"}, ["other/plain"]),
    ],
)
def test_narrowed(bank, items, options, found):
    assert names(listed(bank, items, **options)) == found


@pytest.mark.parametrize(
    ("items", "options", "told"),
    [
        ([], {"serves": "dobling"}, "none of these item models serves 'dobling'; did you mean 'd"),
        (["other"], {"topic": "sizes"}, "none of these item models has the topic 'sizes'"),
        (["size"], {}, "no item model 'size'"),
        ([], {"topic": "sizs"}, "did you mean 'sizes'"),
    ],
)
def test_nothing_is_left(bank, items, options, told):
    with pytest.raises(ExamgenError, match=told):
        list(listed(bank, items, **options))
