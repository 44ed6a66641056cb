"""The words of figures, labels and alternative texts, in the language of the paper."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from examgen.language import ENGLISH, Language

_SPEAKING: ContextVar[Language] = ContextVar("the language of figures", default=ENGLISH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Within it, figures have their words in this language."""
    token = _SPEAKING.set(language)
    try:
        yield
    finally:
        _SPEAKING.reset(token)


def say(key: str, **values: object) -> str:
    """The words of a key of the table [figure] in the language of figures."""
    return _SPEAKING.get().text(f"figure.{key}", **values)


def numeral(digits: str) -> str:
    """A number in digits with the decimal mark of the language of figures."""
    return _SPEAKING.get().numeral(digits)


def grouped(number: int) -> str:
    """A whole number in groups of three digits, which a comma separates only where it may."""
    digits = f"{number:,}"
    return digits.replace(",", "\u2009") if _SPEAKING.get().decimal_comma else digits


def pair(first: str, second: str) -> str:
    """Two numbers in brackets; a semicolon separates those with a decimal comma."""
    return f"({first}{';' if ',' in first + second else ','} {second})"


def sentence(words: str) -> str:
    """Words with a capital at their beginning."""
    first = "İ" if words[0] == "i" and "tr" in _SPEAKING.get().ranges else words[0].upper()
    return first + words[1:]


def settings_in_words(numbers: Iterable[object]) -> tuple[str, ...]:
    """A layer's kernel, stride, padding and dilation, or the first of them, each with its name."""
    names = ("with_kernel", "with_stride", "with_padding", "with_dilation")
    return tuple(
        say(name, number=str(number)) for name, number in zip(names, numbers, strict=False)
    )
