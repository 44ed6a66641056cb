"""What the templates of a paper see of a form: what is printed, and nothing that gives a key away.

The student's template is given a `StudentView` and no form, so that keys, misconceptions,
feedback, solutions and rubrics cannot influence a byte of the student's PDF.
"""

import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction

from examgen.answers import TrueOrFalse, kind_from
from examgen.exam.record import Form, PrintedItem, PrintedPart
from examgen.language import ENGLISH, Language
from examgen.paper import room
from examgen.paper.fonts import letters
from examgen.paper.heading import Heading
from examgen.paper.space import Space, hint_on_paper, space_for

_ROOM_PER_MARK, _MOST_ROOM = 7, 48  # millimetres to work in on a sheet of exercises
_TOGETHER = 110  # millimetres of a stem that is kept on one page with its first part


@dataclass(frozen=True)
class StudentPart:
    """One part as printed for the student; texts are Markdown with TeX."""

    column: str
    letter: str
    marks: Fraction
    prompt: str
    tex: str
    unit: str
    hint: str
    options: tuple[str, ...]
    across: int  # how many options stand on one line
    space: Space
    rows: tuple[str, ...] = ()  # what the options are matched to
    correction: "StudentPart | None" = None  # the same part, with the place for a correction

    @property
    def room(self) -> int:
        """Millimetres to work in on a sheet of exercises, by the marks; none under lines."""
        if self.space.style in ("lines", "box", "circles", "squares", "order", "matches", "text"):
            return 0
        return min(_MOST_ROOM, 6 + round(self.marks * _ROOM_PER_MARK))

    @property
    def hint_below(self) -> bool:
        """Whether the hint of a grid stands below it, for it does not fit beside."""
        width = self.space.width * self.space.slices
        return self.space.style == "grid" and not room.fits_beside(self.tex, width, self.hint)


@dataclass(frozen=True)
class StudentItem:
    """One question as printed for the student."""

    number: int
    title: str
    stem: str
    together: bool  # whether the stem stays on one page with the first part
    marks: Fraction
    bonus: bool
    parts: tuple[StudentPart, ...]

    @classmethod
    def of(cls, item: PrintedItem, language: Language = ENGLISH) -> "StudentItem":
        """What the student may see of an item."""
        return cls(
            number=item.number,
            title=item.title,
            stem=item.stem,
            together=room.height(item.stem) <= _TOGETHER,
            marks=item.marks,
            bonus=item.bonus,
            parts=tuple(_student_part(part, language) for part in item.parts),
        )


@dataclass(frozen=True)
class StudentView:
    """All that the template of a student's paper is given; a nameless copy has no student either.

    An empty name with a student is one that cannot be printed: the student writes it.
    """

    heading: Heading
    total: Fraction
    code: str
    student: str
    name: str
    items: tuple[StudentItem, ...]

    @classmethod
    def of(cls, form: Form, heading: Heading, language: Language = ENGLISH) -> "StudentView":
        """What the student may see of a form."""
        return cls(
            heading=heading,
            total=total_marks(form, heading),
            code=form.code,
            student=form.student if form.name else "",
            name=printable(form.name),
            items=tuple(StudentItem.of(item, language) for item in form.items),
        )


def total_marks(form: Form, heading: Heading) -> Fraction:
    """What the exam is marked out of."""
    if heading.total is not None:
        return heading.total
    return sum((item.marks for item in form.items if not item.bonus), Fraction(0))


def printable(name: str) -> str:
    """A student's name, or an empty text where the bundled font lacks one of its letters."""
    composed = unicodedata.normalize("NFC", name)
    held = (
        letters().issuperset(map(ord, one))
        or letters().issuperset(map(ord, unicodedata.normalize("NFD", one)))
        for one in composed
    )
    return name if all(held) else ""


def letter(part: PrintedPart) -> str:
    """The letter of a part within its question: ``b`` for the column ``3.b``."""
    return part.column.rpartition(".")[2]


def _student_part(part: PrintedPart, language: Language) -> StudentPart:
    kind = kind_from(part.kind)
    space = space_for(kind, part.marks)
    texts = tuple(option.text for option in part.options)
    printed = StudentPart(
        column=part.column,
        letter=letter(part),
        marks=part.marks,
        prompt=part.prompt,
        tex=part.tex,
        unit=part.unit,
        hint=hint_on_paper(kind, space, language),
        options=texts,
        across=room.across(texts),
        space=space,
        rows=part.rows,
    )
    if not (isinstance(kind, TrueOrFalse) and space.inner):
        return printed
    hint = hint_on_paper(kind.correction, space.inner, language)
    return replace(printed, correction=replace(printed, space=space.inner, hint=hint))
