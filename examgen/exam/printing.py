"""From an item to what is printed and recorded of it."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from examgen.answers import pack_exact
from examgen.exam.record import Criterion, Option, PrintedItem, PrintedPart, WrongAnswer
from examgen.items import Essay, Item
from examgen.items.effort import efforts
from examgen.items.parts import Part
from examgen.items.wording import Wording
from examgen.language import ENGLISH, Language

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
    language: Language = ENGLISH,
) -> PrintedItem:
    """The item filled in for one student; ``shuffle(part, count)`` is the order of its options.

    Its texts are in the ``language``, as far as the item model has them; without a ``title`` its
    own is printed.
    """
    wording = Wording(item, language)
    steps = efforts(item)
    parts = []
    for position, (name, part) in enumerate(item.declaration.parts.items()):
        parts.append(
            PrintedPart(
                name=name,
                column=f"{number}.{chr(ord('a') + position)}",
                kind=wording.kind(part).to_dict(),
                marks=marks[name],
                prompt=wording.prompt(part),
                tex=part.tex if part.has_tex else "",
                unit=wording.unit(part),
                depends=item.depends(part),
                open=part.accepts is not None,
                effort=steps[name],
                low=pack_exact(part.carries[0]) if part.carries else None,
                high=pack_exact(part.carries[1]) if part.carries else None,
                **_answer(item, part, wording, shuffle),
            )
        )
    return PrintedItem(
        question=question,
        number=number,
        title=title or wording.title,
        model=item.name,
        rank=item.rank,
        parameters={name: pack_exact(value) for name, value in item.values.items()},
        stem=wording.stem,
        solution=wording.solution,
        parts=tuple(parts),
        bonus=bonus,
    )


def _answer(item: Item, part: Part, wording: Wording, shuffle: Shuffle) -> dict[str, Any]:
    """What is recorded of a part by its sort: an essay, or a key with options in printed order."""
    if isinstance(part, Essay):
        return _essay(part, wording)
    declared = wording.options(part)
    order = shuffle(part.name, len(declared)) if declared else []
    options = tuple(
        Option(text, pack_exact(value), name)
        for text, value, name in (declared[place] for place in order)
    )

    def printed(value: Any) -> Any:
        offered = [option.value for option in options]
        response = part.kind.as_printed(pack_exact(value), offered)
        assert response is not None
        return part.kind.pack(response)

    return {
        "key": printed(item.key(part)),
        "options": options,
        "rows": wording.rows(part),
        "misconceptions": _wrong_answers(item, part, wording, printed),
    }


def _essay(part: Essay, wording: Wording) -> dict[str, Any]:
    return {
        "key": None,
        "rubric": tuple(
            Criterion(marks, text)
            for text, marks in zip(wording.rubric(part), part.rubric.values(), strict=True)
        ),
        "model_answer": wording.model_answer(part),
    }


def _wrong_answers(
    item: Item, part: Part, wording: Wording, pack: Callable[[Any], Any]
) -> tuple[WrongAnswer, ...]:
    return tuple(
        WrongAnswer(
            wrong.name,
            None if value is None else pack(value),
            feedback,
            Fraction(wrong.credit),
            wording.name_of(part, wrong),
        )
        for (wrong, value), feedback in zip(
            item.wrong_answers(part), wording.feedback(part), strict=True
        )
    )
