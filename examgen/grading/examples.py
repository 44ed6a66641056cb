"""The examples of an item model, judged as in grading: what each part gets, and what it should."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from examgen.errors import ExamgenError, nearest
from examgen.exam.export import number
from examgen.exam.marking import Marking
from examgen.exam.printing import printed_item
from examgen.exam.record import Packed, PrintedItem, PrintedPart
from examgen.grading.judge import judge_item
from examgen.grading.judged import Judged
from examgen.grading.recompute import Recomputed
from examgen.grading.trial import Trial
from examgen.grading.worker import recomputed
from examgen.items import Example, Item


def failed_examples(model: type[Item]) -> Iterator[str]:
    """What the responses of each example get that they should not; nothing, if all is well.

    Responses and formulas are both the author's, so they run in this process, without bounds.
    """
    for place, example in enumerate(model.examples, 1):
        try:
            for problem in _problems(model, example):
                yield f"example {place}: {problem}"
        except (ExamgenError, TypeError, ValueError) as error:
            yield f"example {place}: {error}"


def _problems(model: type[Item], example: Example) -> Iterator[str]:
    item = _item(model, example)
    _check_names(model, (*example.responses, *example.marks, *example.verdicts))
    printed = printed_item(
        item,
        question=item.name,
        number=1,
        title=item.title,
        marks={name: part.marks for name, part in item.declaration.parts.items()},
        bonus=False,
        shuffle=lambda part, count: list(range(count)),
    )

    def recompute(_: PrintedItem, part: str, carried: Mapping[str, Packed]) -> Recomputed:
        return Recomputed.of(recomputed(item, part, carried))

    columns = {part.column: example.responses.get(part.name, "") for part in printed.parts}
    judged = judge_item(
        printed, columns, follow_through=Marking().follow_through, recompute=recompute
    )
    trial = Trial(item, printed, example.responses, judged)
    for part in printed.parts:
        yield from _differences(example, part, judged[part.name], trial.marks(part))


def _item(model: type[Item], example: Example) -> Item:
    """The item of an example; one that no exam would use is refused."""
    item: Item = model.at(**example.at) if example.at is not None else model(example.rank or 0)
    if excluded := item.excluded():
        raise ExamgenError(f"{item!r} is not used in exams: {excluded}")
    return item


def _check_names(model: type[Item], names: Iterable[Any]) -> None:
    parts = model.declaration.parts
    for name in names:
        if name not in parts:
            hint = nearest(str(name), parts) or f" (there are: {', '.join(parts)})"
            raise ExamgenError(f"there is no part '{name}'{hint}")


def _differences(
    example: Example, part: PrintedPart, judged: Judged, marks: Fraction | None
) -> Iterator[str]:
    response = example.responses.get(part.name, "")
    told = f"it is {judged.verdict}: {judged.why or judged.reason}"
    if part.name in example.verdicts and example.verdicts[part.name] != judged.verdict:
        yield f"'{response}' for part '{part.name}' must be {example.verdicts[part.name]}; {told}"
    if part.name in example.marks:
        wanted = example.marks[part.name]
        expected = None if wanted is None else Fraction(wanted)
        if marks != expected:
            yield (
                f"'{response}' for part '{part.name}' must get {_marks(expected)}, "
                f"it gets {_marks(marks)}; {told}"
            )


def _marks(marks: Fraction | None) -> str:
    return "a human's decision" if marks is None else f"{number(marks)} marks"
