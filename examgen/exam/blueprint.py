"""The blueprint: which item models an exam asks, how many, with which marks (a TOML file)."""

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from examgen.errors import ExamgenError
from examgen.exam.grouping import Choose, Section, read_choices, read_sections
from examgen.exam.marking import Marking
from examgen.exam.settings import PaperSettings, read_marking, read_paper
from examgen.exam.toml_table import TomlTable, read_toml, show
from examgen.language import ENGLISH, Language, find_language

EXAM = (
    "title", "course", "institution", "language", "date", "minutes", "total", "instructions",
    "decimal_comma", "deadline", "late", "equal_work",
)  # fmt: skip
QUESTION = (
    "name", "title", "item", "items", "topic", "marks", "narrow", "repeats", "bonus",
    "equal_work",
)  # fmt: skip
LATE = ("flag", "refuse")  # what becomes of answers after the deadline


@dataclass(frozen=True)
class Question:
    """One question: the item models it may ask, their marks and the values they may take.

    ``name`` is the stable label from which its randomness derives; ``number`` is the printed one.
    ``marks`` overrides those of parts by name, or is the total that every item must have.
    ``equal_work`` is how far its items may differ in effort, where it is not as the exam has it.
    """

    name: str
    number: int
    title: str
    items: tuple[str, ...]
    topic: str
    marks: Mapping[str, Fraction] | Fraction | None
    narrow: Mapping[str, Any]
    repeats: bool
    bonus: bool
    equal_work: Fraction | None
    table: TomlTable = field(repr=False, compare=False)

    def error(self, message: str, *keys: str) -> ExamgenError:
        """The error at this question, or at one of its keys, with file and line."""
        line = self.table.line(*keys)
        return ExamgenError(f"{self.table.path}:{line}: question '{self.name}': {message}")


@dataclass(frozen=True)
class Blueprint:
    """An exam as its instructor planned it; ``text`` is the TOML that it was read from.

    ``language`` is the tag of the language of its papers. ``decimal_comma`` says whether students
    write ``3,14`` or ``3.14``; None leaves it open. ``equal_work`` is by what share the heaviest
    paper may be above the lightest; None is any.
    """

    path: Path
    text: str = field(repr=False)
    digest: str = field(repr=False)
    title: str
    course: str
    institution: str
    language: str
    date: str
    minutes: int | None
    total: Fraction | None
    instructions: tuple[str, ...]
    decimal_comma: bool | None
    deadline: datetime | None
    late: str
    equal_work: Fraction | None
    marking: Marking
    paper: PaperSettings
    choose: tuple[Choose, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    table: TomlTable = field(repr=False, compare=False)

    def language_in(self, theme: Path | None) -> Language:
        """The language of its papers, as it is bundled or in a theme; `ExamgenError` if unknown."""
        try:
            return find_language(self.language, theme)
        except ExamgenError as error:
            exam = self.table.inner("exam")
            if "language" in exam.data:
                exam.fail(str(error), "language")
            raise

    def decimal_comma_in(self, language: Language) -> bool | None:
        """Whether students write ``3,14``: as it says, else where its language does; None if open.

        A language with decimal points leaves it open, since many write commas all the same.
        """
        said = self.decimal_comma
        return said if said is not None else language.decimal_comma or None

    @property
    def bonus(self) -> frozenset[str]:
        """The names of the bonus questions."""
        return frozenset(question.name for question in self.questions if question.bonus)

    def section_marks(self, section: Section, marks: Mapping[str, Fraction]) -> Fraction:
        """The marks of a section without bonus, or where all of it is bonus, with it."""
        if self.bonus.issuperset(section.questions):
            return sum((marks[name] for name in section.questions), Fraction(0))
        return self.total_of(marks, section.questions)

    def total_of(
        self, marks: Mapping[str, Fraction], within: Container[str] | None = None
    ) -> Fraction:
        """The marks of the exam without bonus, from those of each question by name.

        Of a choice among questions only as many count as may be chosen. ``within`` restricts it to
        some questions, as those of a section.
        """
        counted = [q.name for q in self.questions if within is None or q.name in within]
        bonus = self.bonus
        choices = [choice for choice in self.choose if choice.questions[0] in counted]
        chosen = {name for choice in choices for name in choice.questions}
        plain = (marks[name] for name in counted if name not in bonus | chosen)
        of_choices = (marks[choice.questions[0]] * choice.count for choice in choices)
        return sum(plain, Fraction(0)) + sum(of_choices, Fraction(0))


def read_blueprint(path: Path) -> Blueprint:
    """The blueprint in a TOML file.

    Raises `ExamgenError` with file and line, what was expected and the nearest known word.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExamgenError(f"{path}: cannot be read: {error.strerror}") from error
    return parse_blueprint(path, content)


def parse_blueprint(path: Path, content: bytes) -> Blueprint:
    """The blueprint in the content of a TOML file; errors as in `read_blueprint`."""
    whole = read_toml(path, content)
    whole.only(("exam", "marking", "paper", "choose", "section", "question"))
    if "exam" not in whole.data:
        whole.fail("needs a table [exam] with the title")
    exam = whole.inner("exam")
    exam.only(EXAM)
    questions = _questions(whole)
    names = [question.name for question in questions]
    choices = read_choices(
        whole, {question.name for question in questions if question.bonus}, names
    )
    return Blueprint(
        path=path,
        text=content.decode("utf-8-sig"),
        digest=_digest(whole.data),
        title=exam.text("title", None),
        course=exam.text("course"),
        institution=exam.text("institution"),
        language=exam.text("language") or ENGLISH.tag,
        date=exam.text("date"),
        minutes=exam.whole("minutes", None),
        total=exam.number("total", None),
        instructions=exam.texts("instructions"),
        decimal_comma=exam.flag("decimal_comma") if "decimal_comma" in exam.data else None,
        deadline=_deadline(exam),
        late=exam.word("late", LATE, "flag"),
        equal_work=exam.percent("equal_work"),
        marking=read_marking(whole.inner("marking")),
        paper=read_paper(whole.inner("paper")),
        choose=choices,
        sections=read_sections(whole, choices, names),
        questions=questions,
        table=whole,
    )


def _deadline(exam: TomlTable) -> datetime | None:
    """The moment until which answers are in time, None without one."""
    deadline = exam.data.get("deadline")
    if deadline is None:
        return None
    if not isinstance(deadline, datetime) or deadline.tzinfo is None:
        exam.fail(
            "'deadline' is a moment with its offset from UTC and without quotes, such as "
            f"2026-01-20T17:00:00+01:00, not {show(deadline)}",
            "deadline",
        )
    return deadline


def _digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of what the file says, whatever its comments, spaces and order of keys."""
    canonical = json.dumps(data, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _questions(whole: TomlTable) -> tuple[Question, ...]:
    tables = whole.tables("question")
    if not tables:
        whole.fail("has no question: write [[question]] and the name of an item model", "question")
    questions = []
    names: dict[str, int] = {}
    for number, table in enumerate(tables, start=1):
        question = _question(table, number)
        if question.name in names:
            table.fail(
                f"questions {names[question.name]} and {number} are both called "
                f"'{question.name}': give one of them another name",
                "name",
            )
        names[question.name] = number
        questions.append(question)
    return tuple(questions)


def _question(table: TomlTable, number: int) -> Question:
    table.only(QUESTION)
    given = [key for key in ("item", "items", "topic") if key in table.data]
    if len(given) != 1:
        found = "none" if not given else " and ".join(given)
        table.fail(f"{table.name} needs one of 'item', 'items' and 'topic'; it has {found}", *given)
    items = (table.text("item", None),) if given == ["item"] else table.texts("items")
    if given == ["items"] and (not items or len(set(items)) < len(items)):
        table.fail("'items' names at least one item model, and none twice", "items")
    if given == ["items"] and "name" not in table.data:
        table.fail(f"{table.name} draws from several items: give it a name", "items")
    topic = table.text("topic", None) if given == ["topic"] else ""
    return Question(
        name=table.text("name", None if "name" in table.data else topic or items[0]),
        number=number,
        title=table.text("title"),
        items=tuple(sorted(items)),
        topic=topic,
        marks=_marks(table),
        narrow={name: _exact(value) for name, value in table.table("narrow").items()},
        repeats=table.flag("repeats"),
        bonus=table.flag("bonus"),
        equal_work=table.percent("equal_work"),
        table=table,
    )


def _marks(table: TomlTable) -> Mapping[str, Fraction] | Fraction | None:
    marks = table.data.get("marks")
    if isinstance(marks, dict):
        return {part: table.exact(value, "marks", part) for part, value in marks.items()}
    return None if marks is None else table.exact(marks, "marks")


def _exact(value: Any) -> Any:
    """A narrowed value with whole fractions as int: how item models hold their values."""
    if isinstance(value, dict):
        return {key: _exact(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_exact(inner) for inner in value]
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value
