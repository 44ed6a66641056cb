"""Assembly: blueprint, bank and students become forms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from examgen.bank.load import Bank
from examgen.errors import ExamgenError
from examgen.exam.blueprint import Blueprint
from examgen.exam.codes import paper_code
from examgen.exam.dealing import deal
from examgen.exam.draws import Draw, draws_of
from examgen.exam.equal_work import Work, check_work, levelled
from examgen.exam.record import Form, PrintedItem
from examgen.exam.roster import Student, natural
from examgen.exam.seeds import Stream, derive, exam_key
from examgen.items import Item
from examgen.language import ENGLISH, Language


@dataclass(frozen=True)
class Assembly:
    """The forms of an exam in the order of their numbers, and what the instructor should know.

    ``columns`` are those of the table of answers, ``work`` says how much work by hand papers are.
    """

    forms: tuple[Form, ...]
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    work: Work


@dataclass(frozen=True)
class _Seat:
    """A student with what is theirs alone, whatever is asked."""

    student: Student
    code: str
    version: int
    edition: str
    options_key: bytes


def assemble(
    blueprint: Blueprint,
    bank: Bank,
    students: Sequence[Student],
    *,
    seed: int,
    secret: bytes | None = None,
    versions: int | None = None,
    edition: str = "standard",
    existing: Sequence[Form] = (),
    language: Language = ENGLISH,
) -> Assembly:
    """The form of every student; with ``versions``, that many forms dealt evenly to the class.

    Students are served by batch, then by a keyed hash of their id, so that neither the order of
    the roster nor a later batch changes a form; ``version`` is 0 where each has a form of its own.
    ``existing`` forms are kept as they stand, but for the ``edition`` that they are printed in.
    Raises `ExamgenError` where they do not belong to this exam, for too few variants, and for what
    does not fit in blueprint, bank or marks.
    """
    key = exam_key(seed, title=blueprint.title, secret=secret)
    served = sorted(students, key=lambda student: (student.batch, derive(key, "order", student.id)))
    recorded = {form.student: form for form in existing}
    if gone := sorted(recorded.keys() - {student.id for student in students}):
        raise ExamgenError(f"there are forms of students not listed: {', '.join(gone)}")
    draws = levelled(draws_of(blueprint, bank, language), blueprint)
    hands, notes = _deal(draws, key, versions or len(served))
    notes += _same_twice(draws, hands, dealt_before=bool(existing))
    codes = _codes(key, served)
    seats = {}
    for place, student in enumerate(served):
        version = place % versions + 1 if versions else 0
        label = ("version", version) if versions else ("student", student.id)
        options_key = derive(key, "options", *label)
        wanted = student.edition or edition
        seat = _Seat(student, codes[student.id], version, wanted, options_key)
        seats[student.id] = (seat, hands[version - 1 if versions else place])
    numbered = sorted(students, key=lambda student: (student.batch, natural(student.id)))
    printed = _Printed(draws)
    made = tuple(
        _form(printed, number, *seats[student.id], recorded.get(student.id))
        for number, student in enumerate(numbered, start=1)
    )
    columns = tuple(column for draw in draws for column in draw.columns)
    notes += check_work(made, blueprint, dealt_before=bool(existing))
    return Assembly(made, tuple(notes), columns, Work.of(made, draws))


def models_asked(blueprint: Blueprint, bank: Bank) -> tuple[str, ...]:
    """The names of the item models that a blueprint may ask, sorted."""
    draws = draws_of(blueprint, bank)
    return tuple(sorted({source.model.name for draw in draws for source in draw.sources}))


def _deal(
    draws: Sequence[Draw], key: bytes, count: int
) -> tuple[list[tuple[Item, ...]], list[str]]:
    """The items of each receiver, in the order of the questions."""
    notes, columns = [], []
    for draw in draws:
        question = draw.question
        try:
            dealt = deal(
                draw.sources, question=question.name, key=key, count=count, repeats=question.repeats
            )
        except ExamgenError as error:
            raise question.error(str(error)) from error
        columns.append(dealt.items)
        notes += [f"question '{question.name}': {note}" for note in dealt.notes]
    return list(zip(*columns, strict=True)), notes


def _same_twice(
    draws: Sequence[Draw], hands: Sequence[Sequence[Item]], *, dealt_before: bool
) -> list[str]:
    """Notes on papers that ask the very same item in two questions; an error in a new exam."""
    times: Counter[tuple[int, int, str]] = Counter()
    for hand in hands:
        for first, second in combinations(range(len(hand)), 2):
            one, other = hand[first], hand[second]
            if one.name == other.name and one.rank == other.rank:
                times[first, second, one.name] += 1
    notes = []
    for (first, second, model), papers in sorted(times.items()):
        name = draws[second].question.name
        message = (
            f"on {papers} of {len(hands)} papers it is the same item as question "
            f"'{draws[first].question.name}' ({model})"
        )
        if not dealt_before:
            raise draws[second].question.error(
                f"{message}; give it another name (its items are dealt by it), or narrow the two "
                "questions to different values"
            )
        notes.append(f"question '{name}': {message}")
    return notes


def _codes(key: bytes, served: Sequence[Student]) -> dict[str, str]:
    """A different paper code for each student; earlier batches choose first."""
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for student in served:
        stream = Stream(derive(key, "code", student.id))
        code = paper_code(stream)
        while code in taken:
            code = paper_code(stream)
        taken.add(code)
        codes[student.id] = code
    return codes


class _Printed:
    """The items of a paper as printed; those of a version are filled in once for all who get it."""

    def __init__(self, draws: Sequence[Draw]):
        self._draws = draws
        self._versions: dict[int, tuple[PrintedItem, ...]] = {}

    def of(self, seat: _Seat, items: Sequence[Item]) -> tuple[PrintedItem, ...]:
        """The items in the order of the questions, with the options in the order of this seat."""
        if seat.version in self._versions:
            return self._versions[seat.version]
        pairs = zip(self._draws, items, strict=True)
        printed = tuple(draw.printed(item, seat.options_key) for draw, item in pairs)
        if seat.version:
            self._versions[seat.version] = printed
        return printed


def _form(
    printed: _Printed, number: int, seat: _Seat, items: Sequence[Item], old: Form | None
) -> Form:
    """The form of a student: the recorded one, where today's blueprint and bank deal the same."""
    student = seat.student
    if old is None:
        return Form(
            number=number,
            code=seat.code,
            student=student.id,
            name=student.name,
            batch=student.batch,
            version=seat.version,
            items=printed.of(seat, items),
            edition=seat.edition,
        )
    dealt = (number, seat.code, seat.version, [(item.name, item.rank) for item in items])
    before = [(item.model, item.rank) for item in old.items]
    if dealt != (old.number, old.code, old.version, before):
        raise ExamgenError(
            f"the paper {old.code} of '{old.student}' could not be dealt again: the exam was built "
            "by another version of examgen or of the bank"
        )
    return replace(old, edition=seat.edition)
