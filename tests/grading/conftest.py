"""A small exam on disk: three students, one question of six parts that build on each other."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from examgen.bank.load import Bank
from examgen.exam.printing import printed_item
from examgen.exam.record import Form, to_line
from examgen.grading import Tally, grade_exam, write

MODEL = '''
import time
from examgen.items import *

def slow(item):
    """Takes long, or much memory, or fails, for values that only a student would carry."""
    if item.side == 90:
        time.sleep(60)
    if item.side == 91:
        while True:
            pass
    if item.side == 92:
        return len(bytearray(2**31))
    if item.side == 93:
        raise RuntimeError("an author did not think of this")
    print("noise that must not disturb the protocol")
    return item.side + 5

class Chain(Item):
    topic = "chain"
    W = Int(1, 50)
    stem = "A half of width <<W>>."
    side = IntegerEntry(
        2 * W + 1, prompt="How wide is the whole?", marks=2, carries=(0, 100),
        misconceptions=[
            Misconception("forgot one", 2 * W, "Count the middle."),
            Misconception("middle twice", 2 * W + 2, "Count the middle once.", credit="1/4"),
        ],
    )
    area = IntegerEntry(
        side**2, prompt="How large is it?", marks=3,
        misconceptions=[Misconception("border", 4 * side, "Not the border.")],
    )
    share = RationalEntry(12 / (side - 7), prompt="Which share?", marks=2)
    which = MultipleChoice(
        side + 100, prompt="Which is it?", marks=1, distractors=[1, 2],
        misconceptions=[Misconception("lost one", side + 99, "Count again.")],
    )
    flags = MultipleResponse(
        [1, 0, 1, 0], options=["p", "q", "r", "s"], prompt="Which hold?", marks=2,
    )
    late = IntegerEntry(slow, prompt="And later?", marks=1)
    words = Essay(prompt="Why?", rubric={"a": 1, "b": 1}, model_answer="Because.")
    solution = "<<working.side>>"
'''
BLUEPRINT = """
[exam]
title = "Chains"
[marking]
follow_through = "1/2"
penalty = "1/2"
pass = "50%"
grades = { AA = "90%", CC = "50%" }
[[question]]
name = "chain"
item = "chain"
"""
COLUMNS = ["1.a", "1.b", "1.c", "1.d", "1.e", "1.f", "1.g"]
CODES = {"s1": "22222-2222K", "s2": "33333-33338", "s3": "44444-4444V"}  # any distinct texts
RIGHT = {  # what is right for s1 (W = 5), s2 (W = 10), s3 (W = 20)
    "s1": ["11", "121", "3", "A", "AC", "16", "-"],
    "s2": ["21", "441", "6/7", "A", "AC", "26", "-"],
    "s3": ["41", "1681", "6/17", "A", "AC", "46", "-"],
}


class Whole:
    """All papers of an outcome at once."""

    def __init__(self, outcome):
        self.papers = list(outcome.papers)
        self.outcome = replace(outcome, papers=iter(self.papers))
        self.tally = Tally(outcome)
        for paper in self.papers:
            self.tally.add(paper)
        self.marks = [mark for paper in self.papers for mark in paper.marks]
        self.review = [row for paper in self.papers for row in paper.review]
        self.grades = [paper.grade for paper in self.papers]
        self.notes = self.tally.notes
        self.mapping = outcome.mapping
        self.exit_status = outcome.exit_status


class Exam:
    """An exam folder, and the ways in which tests use it."""

    def __init__(self, folder: Path):
        self.folder = folder
        items = folder / "confidential" / "items"
        items.mkdir(parents=True)
        (items / "chain.py").write_text(MODEL, "utf-8")
        (folder / "exam.toml").write_text(BLUEPRINT, "utf-8")
        model = Bank(items)["chain"]
        self.forms = []
        for number, (student, width) in enumerate({"s1": 5, "s2": 10, "s3": 20}.items(), start=1):
            item = model.at(W=width)
            marks = {name: part.marks for name, part in item.declaration.parts.items()}
            printed = printed_item(
                item, question="chain", number=1, title="Chain", marks=marks, bonus=False,
                shuffle=lambda part, count: list(range(count)),
            )  # fmt: skip
            name = f"Student {number}"
            self.forms.append(Form(number, CODES[student], student, name, 1, 0, (printed,)))
        self.record(self.forms)

    def record(self, forms):
        lines = "".join(to_line(form) + "\n" for form in forms)
        (self.folder / "confidential" / "forms.jsonl").write_text(lines, "utf-8")

    def blueprint(self, old, new):
        text = (self.folder / "exam.toml").read_text("utf-8")
        assert old in text
        (self.folder / "exam.toml").write_text(text.replace(old, new), "utf-8")

    def submit(self, *rows, header=("paper", "student", "name", "status", *COLUMNS)):
        """Write submissions from rows of cells."""
        file = io.StringIO()
        csv.writer(file).writerows([header, *rows])
        path = self.folder / "submissions.csv"
        path.write_text(file.getvalue(), "utf-8")
        return path

    def answers(self, student="s1", **cells):
        """A row of right answers but for those given, as ``a="12"``."""
        own = dict(zip("abcdefg", RIGHT[student], strict=True)) | cells
        return [CODES[student], student, "", "", *own.values()]

    def grade(self, *rows, **options):
        """The outcome of rows of answers (or of the file as it is)."""
        path = self.submit(*rows) if rows else self.folder / "submissions.csv"
        return Whole(grade_exam(self.folder, path, **options))

    def grade_and_write(self, *rows, **options):
        whole = self.grade(*rows, **options)
        write(whole.outcome, self.folder / "grades")
        return whole

    def table(self, name):
        """A written table as a list of dictionaries."""
        text = (self.folder / "grades" / name).read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def review(self, who, part, *, of=None, **cells):
        """Fill in cells of a row of the review, where there are several that of this response."""
        rows = self.table("review.csv")
        (row,) = [
            row
            for row in rows
            if (row["student"], row["part"]) == (who, part) and of in (None, row["response"])
        ]
        row.update(cells)
        path = self.folder / "grades" / "review.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture
def exam(tmp_path):
    return Exam(tmp_path / "exam")


@pytest.fixture
def one(exam):
    """The mark of one part of s1, other answers being right but for those given."""

    def mark(part, **cells):
        outcome = exam.grade(exam.answers(**cells))
        (found,) = [mark for mark in outcome.marks if mark.part == f"1.{part}"]
        return found

    return mark
