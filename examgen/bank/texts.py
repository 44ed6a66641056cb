"""The texts of an item filled in and typeset: a mistake is told at its line of the file."""

from collections.abc import Iterator

from examgen.items import Essay, Item
from examgen.items.wording import Wording
from examgen.language import ENGLISH, Language
from examgen.text import Setting, TextError, to_html


def check_texts(item: Item, setting: Setting | None, language: Language = ENGLISH) -> None:
    """Fill in each text of an item in a language, and typeset it where ``setting`` is given.

    Raises TextError, which names the text and its line, for the first that is wrong.
    """
    wording = Wording(item, language)
    texts = list(_texts(wording))
    if setting is None:
        return
    for name, text in texts:
        try:
            to_html(text, setting)
        except TextError as error:
            raise wording.mistake(name, text, error) from error


def _texts(wording: Wording) -> Iterator[tuple[str, str]]:
    """The texts of an item, each with the name that a message begins with."""
    yield "stem", wording.stem
    for name, part in wording.item.declaration.parts.items():
        yield f"{name}.prompt", wording.prompt(part)
        wording.kind(part)
        yield from ((f"{name}: option", text) for text, _, _ in wording.options(part))
        yield from ((f"{name}: row", row) for row in wording.rows(part))
        told = zip(part.misconceptions, wording.feedback(part), strict=True)
        yield from ((f"{name}: '{wrong.name}'", text) for wrong, text in told)
        if isinstance(part, Essay):
            yield from ((f"{name}: rubric", criterion) for criterion in wording.rubric(part))
            yield f"{name}.model_answer", wording.model_answer(part)
    yield "solution", wording.solution
