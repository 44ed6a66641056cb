"""What the cover of a paper says of the exam, and the headings of its sections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from examgen.exam.blueprint import Blueprint
from examgen.language import ENGLISH, Language


@dataclass(frozen=True)
class SectionHeading:
    """The heading of a section: its marks, and the numbers of its questions.

    Bonus questions do not count, unless there are no others: then the section is a ``bonus``.
    """

    number: int
    title: str
    marks: Fraction
    first: int
    last: int
    bonus: bool = False


@dataclass(frozen=True)
class Heading:
    """What the cover says of the exam; empty texts and None are left out."""

    title: str
    course: str = ""
    institution: str = ""
    date: str = ""
    minutes: int | None = None
    instructions: tuple[str, ...] = ()
    total: Fraction | None = None  # None: the sum of the marks, bonus questions not counted
    sections: tuple[SectionHeading, ...] = ()

    @property
    def level(self) -> int:
        """The level of the headings of questions, below those of sections."""
        return 3 if self.sections else 2

    def section(self, question: int) -> SectionHeading | None:
        """The section that begins at the question of this number."""
        return next((one for one in self.sections if one.first == question), None)


def heading_of(
    blueprint: Blueprint, marks: Mapping[str, Fraction], language: Language = ENGLISH
) -> Heading:
    """What the cover of a paper says; ``marks`` are those of its questions by name."""
    return Heading(
        title=blueprint.title,
        course=blueprint.course,
        institution=blueprint.institution,
        date=blueprint.date,
        minutes=blueprint.minutes,
        instructions=(*blueprint.instructions, *choices_in_words(blueprint, language)),
        total=blueprint.total_of(marks),
        sections=tuple(_sections(blueprint, marks)),
    )


def choices_in_words(blueprint: Blueprint, language: Language = ENGLISH) -> Iterator[str]:
    """What the cover tells of each choice among questions, by their printed numbers."""
    numbers = {question.name: question.number for question in blueprint.questions}
    for choice in blueprint.choose:
        asked = sorted(numbers[name] for name in choice.questions)
        questions = language.listed([str(number) for number in asked])
        yield language.text(f"choose.{choice.take}", n=choice.count, questions=questions)


def _sections(blueprint: Blueprint, marks: Mapping[str, Fraction]) -> Iterator[SectionHeading]:
    numbers = {question.name: question.number for question in blueprint.questions}
    for number, section in enumerate(blueprint.sections, start=1):
        yield SectionHeading(
            number=number,
            title=section.title,
            marks=blueprint.section_marks(section, marks),
            first=numbers[section.questions[0]],
            last=numbers[section.questions[-1]],
            bonus=blueprint.bonus.issuperset(section.questions),
        )
