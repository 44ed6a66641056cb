"""Questions taken together: choices among them, and the sections of a paper."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from examgen.errors import nearest
from examgen.exam.toml_table import TomlTable

TAKE = ("best", "first", "declared")


@dataclass(frozen=True)
class Choose:
    """A choice among questions: ``count`` of them count, the ``take`` ("best", "first", …) ones."""

    questions: tuple[str, ...]
    count: int
    take: str


@dataclass(frozen=True)
class Section:
    """Questions that follow each other under a heading; ``marks`` is what they must add up to."""

    title: str
    questions: tuple[str, ...]
    marks: Fraction | None


def read_choices(
    whole: TomlTable, bonus: Collection[str], names: Sequence[str]
) -> tuple[Choose, ...]:
    """The choices among the questions of these ``names``; those of ``bonus`` cannot be chosen."""
    choices = []
    used: set[str] = set()
    for table in whole.tables("choose"):
        table.only(("questions", "count", "take"))
        questions = _questions(table, names, used, "is chosen from twice")
        for name in questions:
            if name in bonus:
                table.fail(f"question '{name}' is a bonus; it cannot be in a choice", "questions")
        count = table.whole("count", 1) or 1
        if not count < len(questions):
            listed = f"the questions to choose from ({len(questions)})"
            table.fail(f"'count' must be less than {listed}", "count")
        choices.append(Choose(questions, count, table.word("take", TAKE, "best")))
    return tuple(choices)


def read_sections(
    whole: TomlTable, choices: Sequence[Choose], names: Sequence[str]
) -> tuple[Section, ...]:
    """The sections of a paper: none, or each question in one, in the order of the questions."""
    sections = []
    used: set[str] = set()
    tables = whole.tables("section")
    for table in tables:
        table.only(("title", "questions", "marks"))
        questions = _questions(table, names, used, "is in two sections")
        expected = tuple(names[len(used) - len(questions) : len(used)])
        if questions != expected:
            table.fail(
                "a section has the questions that follow the section before it, in their order: "
                f"{', '.join(expected)}, not {', '.join(questions)}",
                "questions",
            )
        for choice in choices:
            inside = set(choice.questions) & set(questions)
            if inside and len(inside) < len(choice.questions):
                table.fail(
                    f"the choice among {', '.join(choice.questions)} reaches beyond the section",
                    "questions",
                )
        sections.append(Section(table.text("title", None), questions, table.number("marks", None)))
    if tables and len(used) < len(names):
        tables[-1].fail(f"question '{names[len(used)]}' is in no section", "questions")
    return tuple(sections)


def _questions(
    table: TomlTable, names: Sequence[str], used: set[str], twice: str
) -> tuple[str, ...]:
    """The names of the questions in a table, which are then ``used``."""
    questions = tuple(" ".join(name.split()) for name in table.texts("questions"))  # as names are
    if not questions:
        table.fail(f"{table.name} needs 'questions': the names of at least one", "questions")
    for place, name in enumerate(questions):
        if name not in names:
            table.fail(f"no question is called '{name}'{nearest(name, names)}", "questions")
        if name in questions[:place]:
            table.fail(f"'questions' names '{name}' twice", "questions")
        if name in used:
            table.fail(f"question '{name}' {twice}", "questions")
        used.add(name)
    return questions
