"""Simulated students: answers to the sample exam, and what each was meant to be.

Seeded, so that it always writes the same file. What an answer is meant to be (right, a named
misconception, follow-through, …) is decided here from the item models alone, without
examgen.grading: a test holds the grader's verdicts against it.

    python examples/simulate.py        writes examples/submissions.csv
"""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from examgen.bank import Bank
from examgen.exam.assemble import Assembly, assemble
from examgen.exam.blueprint import read_blueprint
from examgen.exam.record import Form, PrintedItem, PrintedPart
from examgen.exam.roster import read_roster
from examgen.items import (
    DecimalEntry,
    Essay,
    FormulaEntry,
    Item,
    MultipleChoice,
    MultipleResponse,
    ShapeEntry,
)
from examgen.items.wording import Wording
from examgen.resources import bundled

HERE = Path(__file__).resolve().parent
SEED = 403
ABSENT, WITHDRAWN, EMPTY_HANDED = 7, 19, 26  # numbers of forms
UNREADABLE = ("see the back", "12..5", "(3", "?? 7 or 8", "x = ")
SPOILED = ("4-Mar", "#NAME?", "2026-04-03")


@dataclass(frozen=True)
class Answer:
    """One simulated response: its text, and the verdict and misconception it was meant to get."""

    text: str
    verdict: str
    misconception: str = ""


def simulate(forms: Sequence[Form], bank: Bank) -> dict[str, dict[str, Answer]]:
    """What every student writes: by paper code, then by column. Absent students write nothing."""
    todo: dict[tuple[str, str], list[str]] = {}
    return {
        form.code: dict(_sheet(form, bank, todo))
        for form in forms
        if form.number not in (ABSENT, WITHDRAWN)
    }


def table(
    forms: Sequence[Form], columns: Sequence[str], sheets: dict[str, dict[str, Answer]]
) -> str:
    """The submissions as a CSV text, a row for each student."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["paper", "student", "name", "status", *columns])
    status = {ABSENT: "absent", WITHDRAWN: "withdrawn", EMPTY_HANDED: "present"}
    for form in forms:
        sheet = sheets.get(form.code, {})
        cells = [sheet[column].text if column in sheet else "" for column in columns]
        writer.writerow([form.code, form.student, form.name, status.get(form.number, ""), *cells])
    return text.getvalue()


def _sheet(
    form: Form, bank: Bank, todo: dict[tuple[str, str], list[str]]
) -> Iterator[tuple[str, Answer]]:
    """One student's answers; ``todo`` are the misconceptions that nobody has shown yet."""
    stream = random.Random(f"{SEED} {form.student}")
    skill = stream.uniform(0.3, 0.95)
    for printed in form.items:
        model = bank[printed.model]
        item = model.at(**printed.parameters) if printed.rank is None else model(printed.rank)
        own: dict[str, Any] = {}
        showing = _unshown(item, printed, todo)
        for record in printed.parts:
            student = _Student(stream, skill, item, record, own)
            if form.number == EMPTY_HANDED:
                yield record.column, Answer("", "blank")
            elif record.name in showing:
                yield record.column, student.show(showing[record.name])
            else:
                yield record.column, student.answer()


def _unshown(
    item: Item, printed: PrintedItem, todo: dict[tuple[str, str], list[str]]
) -> dict[str, str]:
    """Misconceptions to show, by the name of their part, "" for a part that is to be right.

    They are struck off the list of those that nobody has shown yet. No part shows one after an
    earlier part that its key hangs on.
    """
    showing: dict[str, str] = {}
    wrong: set[str] = set()
    for record in printed.parts:
        part = item.part(record.name)
        names = [wrong.name for wrong in part.misconceptions]
        unshown = todo.setdefault((printed.model, part.name), names)
        student = _Student(random.Random(), 0, item, record, {})
        fit = [n for n in unshown if n in student.wrong and student.clear(student.wrong[n], n)]
        if fit and not wrong & _behind(item, part.name):
            unshown.remove(fit[0])
            wrong.add(part.name)
        showing[part.name] = fit[0] if part.name in wrong else ""
    return showing if wrong else {}


def _behind(item: Item, name: str) -> set[str]:
    """All earlier parts that the key of a part hangs on."""
    direct = item.depends(name)
    return set(direct).union(*(_behind(item, earlier) for earlier in direct))


class _Student:
    """One student at one part; ``own`` are the values written so far where they were wrong."""

    def __init__(
        self, stream: random.Random, skill: float, item: Item, record: PrintedPart,
        own: dict[str, Any],
    ):  # fmt: skip
        self.stream, self.skill, self.item, self.record = stream, skill, item, record
        self.part = part = item.part(record.name)
        self.own = own
        self.wrong: dict[str, Any] = {}
        self.carried: Any = None
        if not isinstance(part, Essay):
            self.key = item.key(part)
            self.wrong = {w.name: v for w, v in item.wrong_answers(part) if v is not None}
            self.carried = self._carried()

    def show(self, name: str) -> Answer:
        """Write what a misconception gives, or the key for ""."""
        if isinstance(self.part, Essay):
            return Answer("It depends: see below.", "essay")
        if not name:
            return self._write(self.key, "right")
        return self._write(self.wrong[name], "misconception", name)

    def answer(self) -> Answer:
        """Decide what to write, and note it for the later parts."""
        roll = self.stream.random()
        if isinstance(self.part, Essay):
            return Answer("It depends: see below.", "essay") if roll < 0.8 else Answer("", "blank")
        if roll < 0.03:
            return Answer(self.stream.choice(["", "-", "  "]), "blank")
        if roll < 0.06:
            choice = isinstance(self.part, MultipleChoice | MultipleResponse)
            texts = ("Z?",) if choice else UNREADABLE + SPOILED
            return Answer(self.stream.choice(texts), "unreadable")
        if self.carried is not None and roll < 0.75 and self.clear(self.carried, "carried"):
            return self._write(self.carried, "follow-through")
        if self.stream.random() < self.skill:
            return self._write(self.key, "right")
        name = self.stream.choice(sorted(self.wrong)) if self.wrong else ""
        if name and roll < 0.8 and self.clear(self.wrong[name], name):
            return self._write(self.wrong[name], "misconception", name)
        return self._slip()

    def _carried(self) -> Any:
        """The key recomputed from the student's own earlier answers, if that changes it."""
        before = [name for name in self.item.depends(self.part) if name in self.own]
        used = {name: self.own[name] for name in before if self._admitted(name)}
        if not used:
            return None
        kept = {n: self.item.key(n) for n in self.item.depends(self.part) if n not in used}
        try:
            value = self.item.carry(kept | used).key(self.part)
        except Exception:
            return None
        formula = isinstance(self.part, FormulaEntry)
        same = self.part.same(value, self.key) if formula else value == self.key
        return None if same else value

    def _admitted(self, name: str) -> bool:
        """Whether the student's value of an earlier part lies where that part says it may."""
        part, value = self.item.part(name), self.own[name]
        low, high = part.carries or (value, value)
        flat = _flat(value)
        whole = all(isinstance(entry, int) for entry in flat) or not part.is_integer
        trivial = 0 not in (low, high) and not any(flat) and any(_flat(self.item.key(name)))
        return whole and not trivial and all(low <= entry <= high for entry in flat)

    def clear(self, value: Any, source: str) -> bool:
        """Whether a value can only have been meant one way, and not when copied from elsewhere."""
        others = {name: wrong for name, wrong in self.wrong.items() if name != source}
        if self.carried is not None and source != "carried":
            others["carried"] = self.carried
        if self.own and self.item.depends(self.part) and source != "carried":
            return False  # several readings are possible once an earlier answer is wrong
        return all(not self.part.same(value, other) for other in [self.key, *others.values()])

    def _slip(self) -> Answer:
        """A wrong answer that no formula explains: partial where one entry of many is off."""
        if isinstance(self.part, MultipleChoice) or self.carried is not None:
            return Answer("", "blank")
        value, verdict = self._nudged()
        if self.clear(value, "slip"):
            return self._write(value, verdict)
        return Answer("", "blank")

    def _nudged(self) -> tuple[Any, str]:
        if isinstance(self.part, MultipleResponse):
            return (1 - self.key[0], *self.key[1:]), "partial"
        if isinstance(self.part, ShapeEntry):
            return (self.key[0] + 17, *self.key[1:]), "wrong"
        if isinstance(self.part, FormulaEntry):
            return self.part.coerce(f"{self.key} + 1009"), "wrong"
        if isinstance(self.key, tuple):
            return _plus(self.key, 31), "partial"
        return self.key + 1009, "wrong"

    def _write(self, value: Any, verdict: str, misconception: str = "") -> Answer:
        if verdict != "right":
            self.own[self.part.name] = value
        return Answer(self._text(value), verdict, misconception)

    def _text(self, value: Any) -> str:
        if isinstance(self.part, MultipleChoice):
            printed = [option.value for option in self.record.options]
            return chr(ord("A") + printed.index(_packed(value)))
        if isinstance(self.part, MultipleResponse):
            order = self._printed_order()
            letters = [chr(ord("A") + place) for place, flag in enumerate(order) if value[flag]]
            return self.stream.choice(["", " ", ", "]).join(letters) or "none"
        if isinstance(self.part, DecimalEntry):
            return _decimal(value, self.part)
        if isinstance(self.part, ShapeEntry):
            return self.stream.choice(["x", " × ", ", "]).join(map(str, value))
        if isinstance(value, tuple):
            return _array(value, self.stream)
        if isinstance(value, int) and value >= 1000:
            return self.stream.choice([f"{value}", f"{value:,}", f"{value:,}".replace(",", " ")])
        return str(value)

    def _printed_order(self) -> list[int]:
        """Which declared option stands at each printed place (the texts tell)."""
        declared = [text for text, _, _ in Wording(self.item).options(self.part)]
        return [declared.index(option.text) for option in self.record.options]


def _flat(value: Any) -> list[Any]:
    return [v for entry in value for v in _flat(entry)] if isinstance(value, tuple) else [value]


def _plus(value: Any, step: int) -> Any:
    """The array with its first entry changed."""
    first = value[0]
    return (_plus(first, step) if isinstance(first, tuple) else first + step, *value[1:])


def _packed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_packed(entry) for entry in value]
    return str(value) if isinstance(value, Fraction) else value


def _decimal(value: Any, part: DecimalEntry) -> str:
    """The value to the places or digits asked for, rounded half up, by whole-number arithmetic."""
    exact = Fraction(value)
    places = part.kind.places  # type: ignore[attr-defined]
    if places is None:
        places = part.kind.digits  # type: ignore[attr-defined]
        while abs(exact) >= 10 ** (part.kind.digits - places):  # type: ignore[attr-defined]
            places -= 1
    places = max(places, 0)
    scaled = (abs(exact) * 10**places * 2 + 1) // 2
    digits = f"{scaled:0{places + 1}d}"
    sign = "-" if exact < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _array(value: tuple[Any, ...], stream: random.Random) -> str:
    if not isinstance(value[0], tuple):
        return stream.choice(["[{}]", "({})", "{}"]).format(", ".join(map(str, value)))
    if isinstance(value[0][0], tuple):
        return "[" + ", ".join(_nested(layer) for layer in value) + "]"
    if stream.random() < 0.5:
        return _nested(value)
    return "[" + "; ".join(", ".join(map(str, row)) for row in value) + "]"


def _nested(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_nested(entry) for entry in value) + "]"
    return str(value)


def sample_exam() -> tuple[Assembly, Bank]:
    """The sample exam, dealt as ``make exam`` deals it."""
    bank = Bank(bundled("question_bank"))
    blueprint = read_blueprint(HERE / "blueprints" / "midterm.toml")
    students = read_roster(HERE / "roster.csv").students
    return assemble(blueprint, bank, students, seed=SEED), bank


def main() -> None:
    """Write the submissions beside this file."""
    exam, bank = sample_exam()
    text = table(exam.forms, exam.columns, simulate(exam.forms, bank))
    (HERE / "submissions.csv").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
