"""All words of figures, labels and alternative texts, come from the language of the text."""

import inspect
import re
import runpy
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from drawn import CALLS, drawn

from examgen.language import ENGLISH, PLACEHOLDER, Language, Text, find_language
from examgen.text import Figure, expand, figures
from examgen.text.figures.words import grouped, pair, sentence, speaking

SCRIPT = Path(__file__).parents[2] / "scripts" / "draw_figures.py"
TABLE = "figure."
KEYS = {key for key in ENGLISH.texts if key.startswith(TABLE)}
WORD = re.compile(r"[^\W\d_]{2,}")
CODES = {"input", "zero", "reflect", "replicate", "circular"}  # given, but never shown
MORE = {  # what the other calls leave out
    "bilinear values": ("bilinear_figure", (Fraction(3, 2), 0, [[1, 2], [3, 4]]), {"reveal": True}),
    "graph layers": ("graph_figure", ({"a": ((3, 2, 1, 2), ["input"]), "b": ("", ["a"])},), {}),
    "borders": ("border_figure", ([1, 2, 3],), {}),
    "untitled": ("grid_figure", ([[1, 2]],), {}),
    "signal matrix": ("toeplitz_figure", ([1, 2], 4), {}),
    "spread": ("windows_figure", (5, 2), {"dilation": 2, "reveal": True}),
    "one square": ("conv_figure", (5, 2), {}),
}  # fmt: skip


class Marked(dict[str, Text]):
    """Texts of figures whose every letter is a hash, and the keys that were asked for."""

    def __init__(self) -> None:
        super().__init__({key: _hashed(text) for key, text in ENGLISH.texts.items()})
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Text:
        self.asked.add(key)
        return super().__getitem__(key)


def _hashed(text: Text) -> Text:
    if not isinstance(text, str):
        return {form: str(_hashed(words)) for form, words in text.items()}
    return re.sub(rf"({PLACEHOLDER.pattern})|[^\W\d_]", lambda found: found[1] or "#", text)


def sheets() -> Iterator[tuple[str, Figure, object]]:
    """Each call drawn, with what it is given, and drawn as for a solution."""
    for name, (function, arguments, options) in {**CALLS, **MORE}.items():
        reveals = "reveal" in inspect.signature(figures[function]).parameters
        for shown in [{}, {"reveal": True}] if reveals else [{}]:
            figure = figures[function](*arguments, **{**options, **shown})
            yield f"{name} {shown}", figure, [arguments, *options.values()]


def authored(given: object) -> Iterator[str]:
    """The words that a call gives, at any depth."""
    if isinstance(given, str):
        yield from WORD.findall(given)
    elif isinstance(given, Mapping):
        yield from authored([*given, *given.values()])
    elif isinstance(given, list | tuple):
        for part in given:
            yield from authored(part)


def words_of(figure: Figure) -> set[str]:
    """The words of two letters or more that are seen or heard."""
    root = ElementTree.fromstring(figure.svg)
    said = [element.text or "" for element in root.findall(".//{*}text")] + [figure.alt]
    return {word for text in said for word in WORD.findall(text)}


def test_no_figure_has_words_of_its_own_and_every_key_is_drawn() -> None:
    texts = Marked()
    with speaking(Language("qaa", texts)):
        for name, figure, given in sheets():
            assert "#" in figure.alt or "grids" in name, name
            assert words_of(figure) <= {*authored(given)} - CODES | {"max"}, name
    assert {key for key in texts.asked if key.startswith(TABLE)} == KEYS


def test_a_figure_of_a_text_speaks_the_language_of_the_text() -> None:
    text = expand("<< pool_figure([[1, 2], [3, 4]], 2) >>", {}, find_language("tr"))
    assert "öznitelik haritası" in str(text)
    assert "A feature map" in str(expand("<< pool_figure([[1, 2], [3, 4]], 2) >>", {}))


@pytest.mark.parametrize("tag", ["de", "tr"])
def test_figures_in_other_languages_are_not_cut(
    tag: str, check_layout: Callable[[str], None]
) -> None:
    with speaking(find_language(tag)):
        drawings = [figure.svg for _, figure, _ in sheets()]
        drawings += runpy.run_path(str(SCRIPT))["drawings"]().values()
    for svg in drawings:
        check_layout(svg)


@pytest.mark.parametrize("tag", ["de", "tr"])
def test_alternative_texts_in_other_languages_are_sentences(tag: str) -> None:
    with speaking(find_language(tag)):
        for name, figure, _ in sheets():
            assert re.fullmatch(r"[A-ZÇİÖŞÜ].{20,}\.", figure.alt), (name, figure.alt)
            assert not re.search(r"  |[,;:.] ?[,;.]|[{}]", figure.alt), (name, figure.alt)


def test_numbers_in_figures_follow_the_language() -> None:
    with speaking(find_language("tr")):
        assert "(2,25; 3)" in drawn("bilinear").svg
        assert "x = 2,25 ve y = 3" in drawn("bilinear").alt
        assert grouped(1234567) == "1\u2009234\u2009567"
        assert pair("1", "2") == "(1, 2)"
        assert sentence("işaret") == "İşaret"
    assert "(2.25, 3)" in drawn("bilinear").svg
    assert grouped(1234567) == "1,234,567"
    assert sentence("image") == "Image"
