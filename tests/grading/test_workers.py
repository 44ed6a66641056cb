"""Papers marked by workers: the same bytes, and the same errors."""

import pytest

from examgen.errors import ExamgenError
from examgen.grading import workers

NAMES = ("marks.csv", "grades.csv", "review.csv", "notes.txt")


@pytest.fixture
def many(monkeypatch):
    """Makes any exam large enough for two workers."""

    def make():
        monkeypatch.setattr(workers, "LEAST_PAPERS", 1)
        monkeypatch.setattr(workers, "cores", lambda: 2)
        monkeypatch.setattr(workers, "_AT_ONCE", 1)

    return make


def test_workers_write_the_same_bytes(exam, many):
    rows = [
        exam.answers("s2", a="20", b="400", g="words"),
        exam.answers("s1", a="13", b="169", c="1"),
        exam.answers("s1", a="see the back"),
    ]
    exam.grade_and_write(*rows, duplicates="best")
    alone = [(exam.folder / "grades" / name).read_bytes() for name in NAMES]
    many()
    exam.grade_and_write(*rows, duplicates="best")
    assert [(exam.folder / "grades" / name).read_bytes() for name in NAMES] == alone


def test_an_error_in_a_worker_is_told_and_nothing_is_written(exam, many):
    record = exam.folder / "confidential" / "forms.jsonl"
    first, rest = record.read_text("utf-8").split("\n", 1)
    record.write_text(first + "\n" + rest.replace('"value":20', '"value":"x"', 1), "utf-8")
    many()
    with pytest.raises(ExamgenError, match=r"forms\.jsonl: line 2: part 1\.a is damaged"):
        exam.grade_and_write(exam.answers("s1"), exam.answers("s2"))
    assert not (exam.folder / "grades" / "marks.csv").exists()
