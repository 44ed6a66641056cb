"""The sample exam: the simulator makes its submissions, and they are marked as it meant them."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from examgen.bank import Bank
from examgen.exam.assemble import models_asked
from examgen.exam.blueprint import read_blueprint
from examgen.exam.folder import ExamFolder
from examgen.exam.identity import identify
from examgen.exam.roster import read_roster
from examgen.grading import grade_exam

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def simulator():
    spec = importlib.util.spec_from_file_location("simulate", EXAMPLES / "simulate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sample(simulator):
    exam, bank = simulator.sample_exam()
    return exam, bank, simulator.simulate(exam.forms, bank)


@pytest.fixture(scope="module")
def outcome(sample, tmp_path_factory):
    """The committed submissions, graded in an exam folder that has the record but no PDFs."""
    exam, bank, _ = sample
    root = tmp_path_factory.mktemp("exam")
    write_record(root, exam, bank)
    return list(grade_exam(root, EXAMPLES / "submissions.csv").papers)


def write_record(root: Path, exam, bank: Bank) -> None:
    blueprint = read_blueprint(EXAMPLES / "blueprints" / "midterm.toml")
    sources = {name: bank.source(name) for name in models_asked(blueprint, bank)}
    identity = identify(blueprint, seed=403, secret=None, versions=None, sources=sources)
    students = read_roster(EXAMPLES / "roster.csv").students
    ExamFolder(root).write_record(blueprint, identity, students, exam.forms, sources=sources)


def test_the_submissions_are_those_of_the_simulator(simulator, sample):
    exam, _, sheets = sample
    made = simulator.table(exam.forms, exam.columns, sheets)
    assert (EXAMPLES / "submissions.csv").read_text("utf-8") == made, "run: make submissions"


def test_every_verdict_is_what_the_simulator_meant(sample, outcome):
    _, _, sheets = sample
    meant = {
        (code, column): (answer.verdict, answer.misconception)
        for code, sheet in sheets.items()
        for column, answer in sheet.items()
    }
    marks = {(mark.paper, mark.part): mark for paper in outcome for mark in paper.marks}
    wrong = []
    for place, (verdict, name) in meant.items():
        mark = marks[place]
        if mark.verdict != verdict or (name and name not in mark.reason):
            wrong.append(f"{place}: meant {verdict} {name}, got {mark.verdict}: {mark.reason}")
    assert not wrong, "\n".join(wrong)


def test_the_simulation_shows_every_sort_of_answer(sample):
    _, _, sheets = sample
    answers = [answer for sheet in sheets.values() for answer in sheet.values()]
    verdicts = Counter(answer.verdict for answer in answers)
    assert set(verdicts) == {
        "right", "misconception", "follow-through", "partial", "wrong", "blank", "unreadable",
        "essay",
    }  # fmt: skip
    assert all(count >= 5 for count in verdicts.values())
    assert len(sheets) == 28


def test_every_misconception_of_the_sample_exam_is_shown(sample):
    exam, _, sheets = sample
    shown, printed = set(), set()
    for form in exam.forms:
        for item in form.items:
            for part in item.parts:
                names = {(item.model, part.name, wrong.name) for wrong in part.misconceptions}
                printed |= names
                answer = sheets.get(form.code, {}).get(part.column)
                if answer and answer.misconception:
                    shown.add((item.model, part.name, answer.misconception))
    assert shown <= printed
    assert not printed - shown, sorted(printed - shown)


def test_absent_is_not_zero(outcome):
    grades = {paper.grade.student: paper.grade for paper in outcome}
    by_status = Counter(grade.status for grade in grades.values())
    assert by_status == {"marked": 28, "absent": 1, "withdrawn": 1}
    assert all(g.total is None for g in grades.values() if g.status != "marked")
