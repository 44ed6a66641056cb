"""Which text it was that could not be set."""

from collections.abc import Iterable, Iterator

from examgen.errors import ExamgenError
from examgen.exam.record import PrintedItem
from examgen.paper.keyview import KeyItem, KeyPart
from examgen.text import MathBoxes, TextError, to_html


def blame(items: Iterable[PrintedItem]) -> None:
    """Raise `ExamgenError` for the first text with a mistake, by question, item model and part."""
    boxes = MathBoxes()
    for item in items:
        for place, text in _texts(KeyItem.of(item)):
            try:
                to_html(text, boxes)
            except TextError as error:
                where = f"question {item.number} ({item.model}), {place}"
                raise ExamgenError(f"{where}: {error}") from error


def _texts(item: KeyItem) -> Iterator[tuple[str, str]]:
    """The texts of an item, each with what it is."""
    yield "stem", item.stem
    for part in item.parts:
        yield from ((f"part {part.letter}, {place}", text) for place, text in _of_part(part))
    yield "solution", item.solution


def _of_part(part: KeyPart) -> Iterator[tuple[str, str]]:
    yield "prompt", part.prompt
    if part.tex:
        yield "tex", f"${part.tex}$"
    yield "unit", part.unit
    yield from ((f"option {option.letter}", option.text) for option in part.options)
    yield from ((f"misconception '{one.name}'", one.feedback) for one in part.mistakes)
    yield "model answer", part.model_answer
    yield from (("rubric", criterion.text) for criterion in part.rubric)
