"""Memory of grading: what it keeps of a large class is what it keeps of a small one."""

import gc
import tracemalloc
from dataclasses import replace

import pytest

from examgen.exam.codes import paper_code
from examgen.exam.seeds import Stream
from examgen.grading import grade_exam, workers, write

from .conftest import COLUMNS

ALLOWED = 100_000  # bytes; a list of the papers of so many students takes five times as much
FEW, MANY = 100, 800


@pytest.fixture
def kept(exam, monkeypatch):
    """Bytes that are kept when all but one of a class are marked."""
    monkeypatch.setattr(workers, "LEAST_PAPERS", 10**6)

    def last(papers, count):
        for number, paper in enumerate(papers, start=1):
            if number == count:
                gc.collect()
                last.kept = tracemalloc.get_traced_memory()[0]
            yield paper

    def measure(count, *, header, rows):
        codes = Stream(b"memory")
        forms = [
            replace(exam.forms[number % 3], number=number + 1, code=paper_code(codes), student=name)
            for number in range(count)
            if (name := f"{210_000 + number}")
        ]
        exam.record(forms)
        path = exam.submit(*(row for form in forms for row in rows(form)), header=header)
        del forms
        tracemalloc.start()
        outcome = grade_exam(exam.folder, path)
        write(replace(outcome, papers=last(outcome.papers, count)), exam.folder / "grades")
        tracemalloc.stop()
        return last.kept

    return measure


def wide(form):
    return [[form.code, form.student, "11", "121", "1/3", "A", "AC", "16", ""]]


def long(form):
    return [
        [form.code, form.student, "1.a", "11"],
        ["", form.student, "1.c", "1/3"],
        [form.code, "", "1.d", "A"],
    ]


@pytest.mark.parametrize(
    ("header", "rows"),
    [(("paper", "student", *COLUMNS), wide), (("paper", "student", "part", "response"), long)],
    ids=["wide", "long"],
)
def test_memory_does_not_grow_with_the_class(kept, header, rows):
    kept(FEW, header=header, rows=rows)  # what is kept once for all
    few, many = (kept(count, header=header, rows=rows) for count in (FEW, MANY))
    assert many - few < ALLOWED, f"{many - few} bytes more for {MANY - FEW} students more"
