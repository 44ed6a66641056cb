"""What to know of the translations of an item model."""

from collections.abc import Iterable, Iterator

from examgen.bank.advice import parameters_in, texts_for_students
from examgen.bank.load import Bank
from examgen.errors import ExamgenError
from examgen.items import Item
from examgen.items.translation import Translation, missing_texts, translation
from examgen.language import ENGLISH, Language, find_language

_SHOWN = 3  # places that are named


def translated_into(model: type[Item]) -> tuple[Language, ...]:
    """The languages of an item model's side files; one that is not known has English words."""
    return tuple(map(_language, sorted(model.translations)))


def advice_on_translations(model: type[Item], *, asked: str = "") -> Iterator[str]:
    """What side files lack, and values that they do not tell; ``asked`` is a language to have."""
    for language in translated_into(model):
        path = model.translations[language.tag.casefold()]
        yield from _unknown(path.name, language.tag)
        yield from _missing(path.name, model, language)
        own = translation(model, language)
        assert own is not None
        for name in _untold(model, own):
            yield f"{path.name} leaves out parameter '{name}', which the original tells"
    if asked and asked.casefold() not in model.translations:
        language = find_language(asked)
        if translation(model, language) is None:
            yield f"there are no texts in {language.text('language.name')} ({language.tag})"


def untranslated(bank: Bank, names: Iterable[str], language: Language) -> Iterator[str]:
    """A note on which of these item models lack texts in the language of an exam."""
    if language.ranges[-1] == ENGLISH.tag:
        return
    lacking = [name for name in names if missing_texts(bank[name], language)]
    if lacking:
        listed = ", ".join(lacking[:5]) + (", …" if len(lacking) > 5 else "")
        yield (
            f"texts of {len(lacking)} item models are not all in {language.text('language.name')} "
            f"({listed}); see: examgen check --language {language.tag}"
        )


def _language(tag: str) -> Language:
    try:
        return find_language(tag)
    except ExamgenError:
        return Language(tag, ENGLISH.texts)


def _unknown(name: str, tag: str) -> Iterator[str]:
    try:
        find_language(tag)
    except ExamgenError as error:
        yield f"{name}: {error}"


def _missing(name: str, model: type[Item], language: Language) -> Iterator[str]:
    if missing := missing_texts(model, language):
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        yield f"{name} has no {', '.join(missing[:_SHOWN])}{more}: printed as in the original"


def _untold(model: type[Item], own: Translation) -> list[str]:
    """The parameters that a text for students tells in the original and nowhere translated."""
    original = texts_for_students(model)
    texts = {place: [text.content] for place, text in own.texts.items()}
    texts |= {place: [text.content for text in several] for place, several in own.lists.items()}
    told = parameters_in(model, [text for several in original.values() for text in several])
    now = [text for place in original for text in texts.get(place, original[place])]
    return sorted(told - parameters_in(model, now))
