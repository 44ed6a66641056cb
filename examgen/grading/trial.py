"""A trial: how responses to one item would be marked, without an exam around it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from examgen.bank.load import Bank
from examgen.bank.sample import usable_items
from examgen.errors import ExamgenError, nearest
from examgen.exam.export import number
from examgen.exam.marking import Marking
from examgen.exam.printing import printed_item
from examgen.exam.record import PrintedItem, PrintedPart
from examgen.exam.seeds import derive, shuffled
from examgen.grading.answer import kind_of
from examgen.grading.judge import judge_item
from examgen.grading.judged import Judged
from examgen.grading.recompute import Recomputer
from examgen.grading.totals import part_marks
from examgen.items import Item
from examgen.language import ENGLISH, Language

_RULES = Marking()
_OPTION = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Trial:
    """One item as printed, the responses by the part's name, and how they are judged."""

    item: Item
    printed: PrintedItem
    responses: Mapping[str, str]
    judged: Mapping[str, Judged]
    language: Language = ENGLISH

    def marks(self, part: PrintedPart) -> Fraction | None:
        """The marks of a part by the rules that a blueprint has by default; None: a human's."""
        judged = self.judged[part.name]
        if judged.credit is None or judged.verdict == "blank":
            return judged.credit
        lettered = kind_of(part).lettered
        return part_marks(judged.credit, part.marks, choice=lettered, rules=_RULES)

    def findings(self, part: PrintedPart) -> dict[str, str]:
        """What is to be told of the response to a part, by heading; what is empty is left out."""
        judged, marks = self.judged[part.name], self.marks(part)
        worth = f"{number(marks)} of {number(part.marks)} marks" if marks is not None else ""
        rows = {
            "read as": judged.shown,
            "verdict": f"{judged.verdict}, {worth or 'waits for a human'}",
            "reason": judged.reason,
            "evidence": judged.evidence,
            "review": judged.why,
        }
        return {name: text for name, text in rows.items() if text}


def trial(
    bank: Bank,
    name: str,
    *,
    rank: int | None,
    responses: Sequence[str],
    language: Language = ENGLISH,
) -> Trial:
    """The responses (each ``PART=ANSWER``) to an item of a model, judged as in grading.

    The item is printed, and decimals are read, as in the ``language``. Without a rank it is the
    first item of the model's sample. Raises `ExamgenError` for an unknown item model, rank or
    part, and for a response without a part.
    """
    model = bank[name]
    item = model(rank) if rank is not None else _first(model)
    printed = print_item(item, language)
    given = _given(printed, responses)
    columns = {part.column: given[part.name] for part in printed.parts if part.name in given}
    folder = bank.source(name).parents[name.count("/")]
    with Recomputer(folder) as recompute:
        judged = judge_item(
            printed,
            columns,
            follow_through=_RULES.follow_through,
            recompute=recompute,
            decimal_comma=language.decimal_comma,
        )
    return Trial(item, printed, given, judged, language)


def _first(model: type[Item]) -> Item:
    items = usable_items(model, 1)
    if not items:
        raise ExamgenError(f"{model.name} has no usable item: examgen check {model.name}")
    return items[0]


def print_item(item: Item, language: Language = ENGLISH, *, number: int = 1) -> PrintedItem:
    """The item as printed on no student's paper, its options always in the same order."""
    key = derive(b"", "trial", item.name, str(item.rank))
    return printed_item(
        item,
        question=item.name,
        number=number,
        title="",
        marks={name: part.marks for name, part in item.declaration.parts.items()},
        bonus=False,
        shuffle=lambda part, count: shuffled(derive(key, part), count),
        language=language,
    )


def _given(printed: PrintedItem, responses: Sequence[str]) -> dict[str, str]:
    """The responses by the part's name."""
    names = [part.name for part in printed.parts]
    given: dict[str, str] = {}
    for text in responses:
        name, equals, answer = text.partition("=")
        name = name.strip()
        if not equals:
            raise ExamgenError(f"'{text}' is no response; write PART=ANSWER, as {names[0]}=12")
        if name not in names:
            hint = nearest(name, names) or f"; its parts are {', '.join(names)}"
            raise ExamgenError(f"{printed.model} has no part '{name}'{hint}")
        if name in given:
            raise ExamgenError(f"part '{name}' is answered twice")
        given[name] = answer
    return given


def report(trial: Trial) -> str:
    """The trial in lines for a terminal."""
    values = ", ".join(f"{name} = {value_text(value)}" for name, value in trial.item.values.items())
    blocks = [f"{trial.item!r} of {trial.printed.model}: {values}"]
    blocks += ["\n".join(_part(trial, part)) for part in trial.printed.parts]
    return "\n\n".join(blocks)


def _part(trial: Trial, part: PrintedPart) -> Iterator[str]:
    kind = kind_of(part)
    yield f"{part.name}: {_plain(part.prompt)}"
    for place, row in enumerate(part.rows, 1):
        yield f"    {place}  {_plain(row)}"
    for letter, option in zip(_OPTION, part.options if kind.lettered else (), strict=False):
        yield f"    {letter}  {_plain(option.text)}"
    if part.name not in trial.responses:
        yield f"  type it    {kind.hint(trial.language)}"
        if part.key is not None:
            yield f"  key        {kind.show(kind.unpack(part.key))}"
        yield f"  marks      {number(part.marks)}"
        return
    yield f"  response   {trial.responses[part.name]}"
    for name, text in trial.findings(part).items():
        yield f"  {name:9}  {text}"


def _plain(markdown: str) -> str:
    """The first paragraph of a text in one line, pictures left out."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", markdown).strip()
    return " ".join(text.split("\n\n")[0].split())


def value_text(value: object) -> str:
    """A parameter's value in one line, arrays in brackets."""
    if isinstance(value, tuple):
        return f"[{', '.join(value_text(one) for one in value)}]"
    return str(value)
