"""What the template of a key sees of a form: the keys as printed text, and how they go wrong."""

from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase

from examgen.answers import Kind, SeveralChoices, TrueOrFalse, kind_from
from examgen.exam.record import Criterion, Form, Packed, PrintedItem, PrintedPart
from examgen.language import ENGLISH, Language
from examgen.paper import room
from examgen.paper.heading import Heading
from examgen.paper.view import letter, printable, total_marks


@dataclass(frozen=True)
class KeyOption:
    """One option of a choice, and whether it is right."""

    letter: str
    text: str
    right: bool


@dataclass(frozen=True)
class KeyRow:
    """One row that an option is matched to, with the letter of the right one."""

    number: int
    text: str
    letter: str


@dataclass(frozen=True)
class KeyMistake:
    """A misconception with its value in this item; ``value`` is TeX, or text as the key's is."""

    name: str
    value: str
    feedback: str
    credit: Fraction

    @property
    def wide(self) -> bool:
        """Whether the value has no room beside the feedback."""
        return room.is_wide(self.value)


@dataclass(frozen=True)
class KeyPart:
    """One part with its key; ``key`` is TeX, or a text where it is ``in_words``, or empty."""

    letter: str
    column: str
    marks: Fraction
    prompt: str
    tex: str
    unit: str
    key: str
    in_words: bool
    options: tuple[KeyOption, ...]
    across: int  # how many options stand on one line
    value_width: float  # em of the column of values
    mistakes: tuple[KeyMistake, ...]
    model_answer: str
    rubric: tuple[Criterion, ...]
    rows: tuple[KeyRow, ...]
    several: bool  # any number of options may be right
    open: bool  # other answers than the key are right too
    effort: int  # steps by hand


@dataclass(frozen=True)
class KeyItem:
    """One question with its keys and worked solution; texts are Markdown with TeX."""

    number: int
    title: str
    model: str
    rank: int | None
    stem: str
    solution: str
    marks: Fraction
    bonus: bool
    parts: tuple[KeyPart, ...]

    @classmethod
    def of(cls, item: PrintedItem, language: Language = ENGLISH) -> "KeyItem":
        """The keys of an item."""
        return cls(
            number=item.number,
            title=item.title,
            model=item.model,
            rank=item.rank,
            stem=item.stem,
            solution=item.solution,
            marks=item.marks,
            bonus=item.bonus,
            parts=tuple(_key_part(part, language) for part in item.parts),
        )


@dataclass(frozen=True)
class KeyView:
    """All that the template of a key is given."""

    heading: Heading
    total: Fraction
    code: str
    student: str
    name: str
    items: tuple[KeyItem, ...]

    @classmethod
    def of(cls, form: Form, heading: Heading, language: Language = ENGLISH) -> "KeyView":
        """The keys of a form."""
        return cls(
            heading=heading,
            total=total_marks(form, heading),
            code=form.code,
            student=form.student,
            name=printable(form.name),
            items=tuple(KeyItem.of(item, language) for item in form.items),
        )


def _key_part(part: PrintedPart, language: Language) -> KeyPart:
    kind = kind_from(part.kind)
    mistakes = tuple(
        KeyMistake(wrong.title or wrong.name, value, wrong.feedback, wrong.credit)
        for wrong in part.misconceptions
        if (value := _printed(kind, wrong.value, language))  # else it gives no answer here
    )
    return KeyPart(
        letter=letter(part),
        column=part.column,
        marks=part.marks,
        prompt=part.prompt,
        tex="" if isinstance(kind, TrueOrFalse) else part.tex,
        unit=part.unit,
        key=_printed(kind, part.key, language),
        in_words=kind.in_words,
        options=_options(kind, part) if kind.lettered else (),
        across=room.across(tuple(option.text for option in part.options)),
        value_width=room.column([one.value for one in mistakes if not one.wide]),
        mistakes=mistakes,
        model_answer=part.model_answer,
        rubric=part.rubric,
        rows=_rows(part),
        several=isinstance(kind, SeveralChoices),
        open=part.open,
        effort=part.effort,
    )


def _printed(kind: Kind, packed: Packed, language: Language) -> str:
    """A packed value as TeX, or as text where the kind has no formulas."""
    return "" if packed is None else kind.printed(kind.unpack(packed), language)


def _options(kind: Kind, part: PrintedPart) -> tuple[KeyOption, ...]:
    """The options as printed, the right ones marked."""
    right = kind.chosen(kind.unpack(part.key))
    return tuple(
        KeyOption(ascii_uppercase[at], option.text, at in right)
        for at, option in enumerate(part.options)
    )


def _rows(part: PrintedPart) -> tuple[KeyRow, ...]:
    """The rows as printed, each with the letter of its option."""
    letters = str(part.key) if part.rows else ""
    texts = zip(part.rows, letters, strict=True)
    return tuple(KeyRow(number, text, letter) for number, (text, letter) in enumerate(texts, 1))
