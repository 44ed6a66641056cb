"""From an item to what is printed and recorded of it."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from examgen.exam.record import Criterion, Option, PrintedItem, PrintedPart, WrongAnswer
from examgen.items import Essay, Item, MultipleChoice, MultipleResponse
from examgen.items.parts import Part
from examgen.items.wording import Wording

Shuffle = Callable[[str, int], list[int]]


def printed_item(
    item: Item,
    *,
    question: str,
    number: int,
    title: str,
    marks: Mapping[str, Fraction],
    bonus: bool,
    shuffle: Shuffle,
) -> PrintedItem:
    """The item filled in for one student; ``shuffle(part, count)`` is the order of its options."""
    wording = Wording(item)
    parts = []
    for position, (name, part) in enumerate(item.declaration.parts.items()):
        parts.append(
            PrintedPart(
                name=name,
                column=f"{number}.{chr(ord('a') + position)}",
                kind=part.kind.to_dict(),
                marks=marks[name],
                prompt=wording.prompt(part),
                tex=part.tex if part.has_tex else "",
                unit=part.unit,
                depends=item.depends(part),
                low=_packed((part.carries or (None, None))[0]),
                high=_packed((part.carries or (None, None))[1]),
                **_answer(item, part, wording, shuffle),
            )
        )
    return PrintedItem(
        question=question,
        number=number,
        title=title,
        model=item.name,
        rank=item.rank,
        parameters={name: _packed(value) for name, value in item.values.items()},
        stem=wording.stem,
        solution=wording.solution,
        parts=tuple(parts),
        bonus=bonus,
    )


def _answer(item: Item, part: Part, wording: Wording, shuffle: Shuffle) -> dict[str, Any]:
    """What is recorded of a part by its sort: an essay, a choice, or an entry."""
    if isinstance(part, Essay):
        return _essay(part, wording)
    if isinstance(part, MultipleChoice | MultipleResponse):
        return _choice(item, part, wording, shuffle)
    return {
        "key": part.kind.pack(item.key(part)),
        "misconceptions": _wrong_answers(item, part, wording, part.kind.pack),
    }


def _essay(part: Essay, wording: Wording) -> dict[str, Any]:
    return {
        "key": None,
        "rubric": tuple(Criterion(marks, text) for text, marks in part.rubric.items()),
        "model_answer": wording.model_answer(part),
    }


def _choice(item: Item, part: Part, wording: Wording, shuffle: Shuffle) -> dict[str, Any]:
    options = wording.options(part)
    order = shuffle(part.name, len(options))
    key: Any = order.index(0)
    if isinstance(part, MultipleResponse):
        key = tuple(int(options[place][1]) for place in order)

    def letters(value: Any) -> Any:
        if isinstance(part, MultipleResponse):
            return part.kind.pack(tuple(value[place] for place in order))
        printed = [options[place][1] for place in order]
        return part.kind.pack(printed.index(value))

    return {
        "key": part.kind.pack(key),
        "options": tuple(
            Option(text, _packed(value), name)
            for text, value, name in (options[place] for place in order)
        ),
        "misconceptions": _wrong_answers(item, part, wording, letters),
    }


def _wrong_answers(
    item: Item, part: Part, wording: Wording, pack: Callable[[Any], Any]
) -> tuple[WrongAnswer, ...]:
    return tuple(
        WrongAnswer(
            wrong.name, None if value is None else pack(value), feedback, Fraction(wrong.credit)
        )
        for (wrong, value), feedback in zip(
            item.wrong_answers(part), wording.feedback(part), strict=True
        )
    )


def _packed(value: Any) -> Any:
    """A parameter's value as JSON holds it without loss."""
    if isinstance(value, tuple):
        return [_packed(entry) for entry in value]
    return str(value) if isinstance(value, Fraction) else value
