"""The blueprints that come with examgen: found by name, whole, and with the marks of the source."""

import shutil
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from examgen.bank import Bank
from examgen.errors import ExamgenError
from examgen.exam.blueprint import read_blueprint
from examgen.exam.dealing import deal
from examgen.exam.draws import draws_of
from examgen.exam.equal_work import levelled
from examgen.exam.ready import find_blueprint, ready_blueprints
from examgen.items.effort import effort

# The 18 parts of the source exam and their marks, as its paper states them.
SOURCE = {
    "1a": 8, "1b": 10, "1c": 7,
    "2a": 10, "2b": 8, "2c": 4,
    "3a": 8, "3b": 8, "3c": 4,
    "4a": 8, "4b": 10, "4c": 7,
    "5a": 12, "5b": 10, "5c": 6,
    "6a": 12, "6b": 8, "6c": 10,
}  # fmt: skip


def drawn(name):
    blueprint = read_blueprint(find_blueprint(Path(name)))
    return blueprint, draws_of(blueprint, Bank.with_bundled(()))


@pytest.mark.parametrize("name", ready_blueprints())
def test_marks_add_up_and_items_exist(name):
    blueprint, draws = drawn(name)
    assert len(draws) == len(blueprint.questions) >= 5
    assert (blueprint.paper.document == "exercises") == name.startswith("exercises-")


def test_the_whole_exam_has_the_marks_of_its_source():
    blueprint, draws = drawn("ceng403")
    parts = defaultdict(int)
    for draw in draws:
        parts[draw.question.name.partition("-")[0]] += draw.total
        for source in draw.sources:
            assert not any(part.kind.by_hand for part in source.model.declaration.parts.values())
    assert dict(parts) == SOURCE
    assert (blueprint.total, blueprint.minutes, len(blueprint.sections)) == (150, 180, 6)


def test_the_essays_have_the_marks_of_the_source():
    _, draws = drawn("ceng403-essay")
    assert [draw.total for draw in draws] == list(SOURCE.values())
    assert all(draw.question.name.startswith("essays/") for draw in draws)


def test_a_file_goes_before_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_blueprint(Path("quiz")) == ready_blueprints()["quiz"]
    shutil.copy(ready_blueprints()["quiz"], tmp_path / "quiz")
    assert find_blueprint(Path("quiz")) == Path("quiz")
    assert find_blueprint(Path("none.toml")) == Path("none.toml")  # whose reader says that it lacks
    with pytest.raises(ExamgenError, match=r"quizz: no file, .* did you mean 'quiz'\? \(there are"):
        find_blueprint(Path("quizz"))


@pytest.mark.parametrize("name", ["ceng403", "midterm", "quiz"])
def test_a_class_of_300_can_be_dealt(name):
    """No two students share an item, but where a question says so; papers are of equal work."""
    blueprint, draws = drawn(name)
    efforts = []
    for draw in levelled(draws, blueprint):
        question = draw.question
        dealt = deal(
            draw.sources, question=question.name, key=b"403", count=300, repeats=question.repeats
        )
        assert question.repeats or len({(one.name, one.rank) for one in dealt.items}) == 300
        if blueprint.equal_work:
            efforts.append(map(effort, dealt.items))
    assert sum(question.repeats for question in blueprint.questions) == 3 * (name == "ceng403")
    if blueprint.equal_work:
        assert blueprint.equal_work == Fraction(15, 100)
        totals = [sum(of_paper) for of_paper in zip(*efforts, strict=True)]
        assert max(totals) <= Fraction(115, 100) * min(totals)
        assert len(set(totals)) > 100  # papers do differ
