"""Two engines set every formula of the bank: both can, and they agree on its size."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from fractions import Fraction

import pytest
from fontTools.ttLib import TTFont

from examgen.bank import Bank
from examgen.bank.sample import usable_items
from examgen.exam.printing import printed_item
from examgen.exam.record import PrintedItem
from examgen.paper.keyview import KeyItem
from examgen.resources import bundled
from examgen.text import MathBox, MathBoxes, MathMarkup
from examgen.text.mathbox import mathjax_box, spread
from examgen.text.scan import pieces


def formulas(item: PrintedItem) -> Iterator[tuple[str, bool]]:
    """Each formula of an item with its key and solution, and whether it is displayed."""
    keys = KeyItem.of(item)
    texts = [keys.stem, keys.solution]
    for part in keys.parts:
        texts += [part.prompt, part.model_answer, *(option.text for option in part.options)]
        texts += [mistake.feedback for mistake in part.mistakes]
        if not part.in_words:
            values = [part.key, *(mistake.value for mistake in part.mistakes)]
            yield from ((value, False) for value in values if value)
        if part.tex:
            yield f"{part.tex} =", False
    for text in texts:
        for piece in pieces(text):
            if piece.sort in ("inline", "display"):
                yield piece.content.strip(), piece.sort == "display"


@pytest.fixture(scope="module")
def bank_formulas() -> dict[tuple[str, bool], str]:
    """The formulas of an item of each model, of those that differ in digits alone the first."""
    found: dict[tuple[str, bool], tuple[str, str]] = {}
    bank = Bank.with_bundled([])
    for name in bank:
        (item,) = usable_items(bank[name], 1)
        marks = dict.fromkeys(item.declaration.parts, Fraction(1))
        printed = printed_item(
            item, question="q", number=1, title="t", marks=marks, bonus=False,
            shuffle=lambda _, count: list(range(count)),
        )  # fmt: skip
        for tex, display in formulas(printed):
            found.setdefault((re.sub(r"\d+", "7", tex), display), (tex, name))
    return {(tex, display): name for (_, display), (tex, name) in found.items()}


def test_both_engines_agree(bank_formulas: dict[tuple[str, bool], str]) -> None:
    assert len(bank_formulas) > 250
    boxes = MathBoxes()
    for (tex, display), name in bank_formulas.items():
        ours, other = boxes.box(tex, display), mathjax_box(spread(tex), display, "words")
        assert ours.url.startswith("math:"), f"{name}: mathra cannot set {tex}"
        assert agree(ours, other), f"{name}: {tex}: {ours}, not {other}"


def agree(one: MathBox, other: MathBox) -> bool:
    """Whether two boxes are of one size but for what the fonts differ in, STIX and Latin Modern."""
    return (
        abs(one.width_em - other.width_em) < 0.3 + 0.2 * other.width_em
        and abs(one.height_em - other.height_em) < 0.3 + 0.15 * other.height_em
        and abs(one.depth_em - other.depth_em) < 0.3 + 0.15 * other.depth_em
    )


def test_boxes_that_do_not_agree() -> None:
    fraction, plain = mathjax_box(r"\frac{a}{b}", True, ""), mathjax_box("a/b", True, "")
    assert not agree(fraction, plain)
    assert not agree(mathjax_box("x = 1", False, ""), mathjax_box("x = 1 + y", False, ""))


def test_every_formula_has_its_mathml(bank_formulas: dict[tuple[str, bool], str]) -> None:
    for tex, display in bank_formulas:
        mathml = MathMarkup().formula(tex, display=display)
        assert mathml.startswith("<math") and mathml.endswith("</math>")
        assert ('display="block"' in mathml) == display
        assert "merror" not in mathml


def test_the_font_of_formulas_in_browsers_has_all_their_letters(
    bank_formulas: dict[tuple[str, bool], str],
) -> None:
    with TTFont(bundled("templates/fonts/stix-two-math-400-normal.woff2")) as font:
        letters = {chr(code) for code in font.getBestCmap()}
        assert "MATH" in font  # how far brackets grow
    shown: set[str] = set()
    for tex, display in bank_formulas:
        mathml = MathMarkup().formula(tex, display=display).replace("&ApplyFunction;", "")
        for element in ElementTree.fromstring(mathml).iter():
            text = (element.text or "").strip()
            alone = element.tag.endswith("mi") and len(text) == 1
            upright = element.get("mathvariant") == "normal"
            shown.update(map(italic, text) if alone and not upright else text)
    assert {"𝐾", "𝛼", "∑", "⌊", "√"} & shown > {"𝐾"}
    assert shown - letters <= set("\u2061\u2062\u2063")  # that are not seen


def italic(letter: str) -> str:
    """The mathematical italic of a letter, as browsers set an identifier of one letter."""
    if letter == "h":
        return "ℎ"
    for first, italics, count in (("A", 0x1D434, 26), ("a", 0x1D44E, 26), ("α", 0x1D6FC, 25)):
        if 0 <= ord(letter) - ord(first) < count:
            return chr(italics + ord(letter) - ord(first))
    return letter
