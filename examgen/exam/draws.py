"""Draws: the questions of a blueprint joined to the bank, with all their marks adding up."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from examgen.bank.load import Bank
from examgen.errors import ExamgenError, nearest
from examgen.exam.blueprint import Blueprint, Question
from examgen.exam.dealing import Source, broken
from examgen.exam.printing import printed_item
from examgen.exam.record import PrintedItem
from examgen.exam.seeds import derive, shuffled
from examgen.items import Essay, Item
from examgen.items.parts import Part
from examgen.language import ENGLISH, Language


@dataclass(frozen=True)
class Draw:
    """A question ready to be dealt: its sources, and the marks of the parts of each item model."""

    question: Question
    sources: tuple[Source, ...]
    marks: Mapping[str, Mapping[str, Fraction]]  # by model, then by part
    language: Language = ENGLISH

    @property
    def total(self) -> Fraction:
        """The marks of the question, the same for each of its models."""
        return _sum(next(iter(self.marks.values())))

    def printed(self, item: Item, options_key: bytes) -> PrintedItem:
        """An item of this question as printed, its options in an order drawn from the key."""
        question = self.question
        try:
            return printed_item(
                item,
                question=question.name,
                number=question.number,
                title=question.title,
                marks=self.marks[item.name],
                bonus=question.bonus,
                language=self.language,
                shuffle=lambda part, count: shuffled(
                    derive(options_key, question.name, part), count
                ),
            )
        except Exception as error:
            raise question.error(str(broken(item, error))) from error

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its answers: ``3.a``, ``3.b``, … for the model with the most parts."""
        most = max(len(parts) for parts in self.marks.values())
        return tuple(f"{self.question.number}.{chr(ord('a') + place)}" for place in range(most))


def draws_of(blueprint: Blueprint, bank: Bank, language: Language = ENGLISH) -> tuple[Draw, ...]:
    """The questions of a blueprint as they can be dealt from this bank.

    Raises `ExamgenError` at the blueprint's line for whatever does not fit: an unknown item model,
    topic, part, parameter or value, and marks that do not add up.
    """
    step = blueprint.marking.step
    draws = tuple(_draw(question, bank, step, language) for question in blueprint.questions)
    totals = {draw.question.name: draw.total for draw in draws}
    _check_choices(blueprint, totals)
    _check_sections(blueprint, totals)
    _check_total(blueprint, totals)
    return draws


def _draw(question: Question, bank: Bank, step: Fraction, language: Language) -> Draw:
    key = "topic" if question.topic else "items" if len(question.items) > 1 else "item"
    try:
        names = bank.topic(question.topic) if question.topic else question.items
        models = [bank[name] for name in names]
    except ExamgenError as error:
        raise question.error(str(error), key) from error
    sources = tuple(_narrowed(question, model) for model in models)
    marks = {model.name: _part_marks(question, model, step) for model in models}
    totals = {name: _sum(parts) for name, parts in marks.items()}
    if len(set(totals.values())) > 1:
        listed = ", ".join(f"{name} {total}" for name, total in totals.items())
        raise question.error(
            f"the items it may draw have different total marks: {listed}; list items of equal "
            'marks: items = ["…", "…"]',
            key,
        )
    return Draw(question, sources, marks, language)


def _narrowed(question: Question, model: type[Item]) -> Source:
    space = model.space
    for parameter, wish in question.narrow.items():
        try:
            space = space.narrow({parameter: wish})
        except ExamgenError as error:
            raise question.error(f"{model.name}: {error}", "narrow", parameter) from error
        except (TypeError, ValueError) as error:
            takes = space.parameters[parameter].describe()
            raise question.error(
                f"{model.name}: '{parameter}' cannot be narrowed to {wish}; it takes {takes}",
                "narrow", parameter,
            ) from error  # fmt: skip
    return Source(model, space)


def _part_marks(question: Question, model: type[Item], step: Fraction) -> dict[str, Fraction]:
    parts = model.declaration.parts
    marks = {name: part.marks for name, part in parts.items()}
    if isinstance(question.marks, Mapping):
        for name, wish in question.marks.items():
            marks[name] = _overridden(question, model, parts.get(name), name, wish)
    elif question.marks is not None and question.marks != _sum(marks):
        raise question.error(
            f"says {question.marks} marks, but {model.name} has {_listed(marks)}; to change that, "
            f"give the marks of each part: marks = {{ {next(iter(marks))} = …, … }}",
            "marks",
        )
    for name, value in marks.items():
        if value % step:
            raise question.error(
                f"part '{name}' of {model.name} has {value} marks, which is not a multiple of the "
                f"marking step {step}",
                "marks", name,
            )  # fmt: skip
    return marks


def _overridden(
    question: Question, model: type[Item], part: Part | None, name: str, wish: Fraction
) -> Fraction:
    parts = model.declaration.parts
    if part is None:
        hint = nearest(name, parts)
        raise question.error(
            f"{model.name} has no part '{name}' (there are: {', '.join(parts)}){hint}",
            "marks", name,
        )  # fmt: skip
    if not wish:
        raise question.error(f"part '{name}' needs marks above 0", "marks", name)
    if isinstance(part, Essay) and wish != part.marks:
        raise question.error(
            f"part '{name}' is an essay whose rubric has {part.marks} marks, not {wish}",
            "marks", name,
        )  # fmt: skip
    return wish


def _check_choices(blueprint: Blueprint, totals: Mapping[str, Fraction]) -> None:
    for choice, table in zip(blueprint.choose, blueprint.table.tables("choose"), strict=True):
        marks = {name: totals[name] for name in choice.questions}
        if len(set(marks.values())) > 1:
            listed = ", ".join(f"'{name}' {total}" for name, total in marks.items())
            table.fail(f"questions to choose from need equal marks: {listed}", "questions")


def _check_sections(blueprint: Blueprint, totals: Mapping[str, Fraction]) -> None:
    tables = blueprint.table.tables("section")
    for section, table in zip(blueprint.sections, tables, strict=True):
        found = blueprint.section_marks(section, totals)
        if section.marks is not None and section.marks != found:
            listed = ", ".join(f"'{name}' {totals[name]}" for name in section.questions)
            table.fail(
                f"the section says {section.marks} marks, but its questions' marks add up to "
                f"{found}: {listed}",
                "marks",
            )


def _check_total(blueprint: Blueprint, totals: Mapping[str, Fraction]) -> None:
    found = blueprint.total_of(totals)
    if blueprint.total is None or blueprint.total == found:
        return
    chosen = {name for choice in blueprint.choose for name in choice.questions}
    parts = [
        f"'{question.name}' {totals[question.name]}"
        for question in blueprint.questions
        if not question.bonus and question.name not in chosen
    ] + [
        f"{choice.count} of {', '.join(choice.questions)}: {choice.count} × "
        f"{totals[choice.questions[0]]}"
        for choice in blueprint.choose
    ]
    blueprint.table.inner("exam").fail(
        f"the total is {blueprint.total}, but the questions' marks add up to {found}: "
        + ", ".join(parts),
        "total",
    )


def _listed(marks: Mapping[str, Fraction]) -> str:
    return f"{_sum(marks)} ({', '.join(f'{name} {value}' for name, value in marks.items())})"


def _sum(marks: Mapping[str, Fraction]) -> Fraction:
    return sum(marks.values(), Fraction(0))
