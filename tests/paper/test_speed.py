"""What makes papers fast holds on to insides of WeasyPrint: that it works, and changes nothing."""

import re
from types import ModuleType
from typing import Any

import pytest

from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, render_key, render_paper
from examgen.paper.defaults import default_styles
from examgen.paper.fonts import weasyprint
from examgen.paper.lines import _ASKED, LONGEST, Lines
from examgen.resources import bundled
from examgen.text import MathBoxes, to_html


@pytest.fixture(scope="module")
def library() -> ModuleType:
    return weasyprint()


class _Forgetful(dict):
    """Lines of which none is kept, so that WeasyPrint breaks and measures every one itself."""

    def __setitem__(self, key: Any, line: Any) -> None:
        pass


@pytest.mark.parametrize("render", [render_paper, render_key])
def test_without_what_is_shared_and_left_out_the_bytes_are_the_same(
    render: Any, library: ModuleType, sample: tuple[Form, Heading]
) -> None:
    plain = Typesetter()
    plain._fonts.lines = _Forgetful()
    plain._defaults = library.html.UA_STYLESHEET
    fast = Typesetter()
    first, again = (render(*sample, papers=fast) for _ in range(2))
    assert fast._fonts.lines
    assert first == again == render(*sample, papers=plain)


def test_a_second_paper_of_the_same_words_sets_no_line_anew(
    sample: tuple[Form, Heading],
) -> None:
    papers = Typesetter()
    render_paper(*sample, papers=papers)
    known = set(papers._fonts.lines)
    render_paper(*sample, papers=papers)
    assert set(papers._fonts.lines) == known


@pytest.mark.parametrize("render", [render_paper, render_key])
def test_running_text_asks_for_no_features_of_a_font(
    render: Any, sample: tuple[Form, Heading]
) -> None:
    """WeasyPrint never frees what it makes of them for each text: 70 kB a paper."""
    papers = Typesetter()
    render(*sample, papers=papers)
    assert set(papers._fonts.font_features) <= {b"tnum 1"}  # those of list markers


def test_a_line_that_no_paper_uses_is_forgotten() -> None:
    lines = Lines()
    for paper in range(5 * LONGEST):
        lines["in every paper"] = ()
        lines[f"of paper {paper}"] = ()
        assert lines["in every paper"] == ()
        lines.trim()
    assert "in every paper" in lines
    assert LONGEST < len(lines) <= 2 * LONGEST + 1


def test_what_is_kept_of_a_line_is_plain_data(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    render_paper(*sample, papers=papers)
    kept = {
        type(value)
        for state, measures in papers._fonts.lines.values()
        for value in [*state.values(), *measures]
    }
    assert kept <= {str, int, float, bool, type(None)}


class _Watched(dict):
    """A style that tells what it is asked for."""

    def __init__(self, style: Any) -> None:
        super().__init__(style)
        self.style, self.asked_for = style, set()
        self.font_config = style.font_config

    def __getitem__(self, name: str) -> Any:
        self.asked_for.add(name)
        return self.style[name]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"hyphens": "auto", "lang": "en"},
        {"hyphens": "manual", "overflow_wrap": "anywhere", "letter_spacing": 2.0},
        {"text_decoration_line": {"underline"}, "word_spacing": 3.0, "word_break": "break-all"},
        {"white_space": "pre-wrap", "font_language_override": "TRK"},
    ],
)
@pytest.mark.parametrize("width", [None, 0, 40.0, 400.0])
def test_lines_are_told_apart_by_all_that_they_depend_on(
    given: dict[str, Any], width: float | None, library: ModuleType
) -> None:
    fonts = library.text.fonts.FontConfiguration()
    style = library.css.InitialStyle(fonts)
    style.update({"font_family": ["Exam Serif"], **given})
    watched = _Watched(style)
    context = type("Context", (), {"dictionaries": {}})()
    text = "con\u00advo\u00adlu\u00adtion of an incomprehensibly long\tword with others"
    library.text.line_break.split_first_line(text, watched, context, width, 0)
    assert {"font_size", "white_space"} <= watched.asked_for <= set(_ASKED)


def test_the_same_word_in_another_size_is_another_line(
    papers: Typesetter, sample: tuple[Form, Heading], library: ModuleType
) -> None:
    render_paper(*sample, papers=papers)  # reads the fonts
    widths = []
    for size in (10.0, 20.0, 10.0):
        style = library.css.InitialStyle(papers._fonts)
        style.update({"font_family": ["Exam Serif"], "font_size": size})
        _, _, _, width, _, _ = library.layout.inline.split_first_line(
            "stride", style, None, None, 0
        )
        widths.append(width)
    assert widths[0] == widths[2] == pytest.approx(widths[1] / 2, rel=0.01)


def test_default_styles_of_every_element_and_of_unused_margins_are_left_out(
    library: ModuleType, tmp_path: Any
) -> None:
    sheet = tmp_path / "style.css"
    sheet.write_text("@page { @top-left { content: 'x' } }")
    thin, whole = default_styles(library, [sheet]), library.html.UA_STYLESHEET
    assert _for_every_element(whole)
    assert not _for_every_element(thin)
    assert _margins(thin) == {"@top-left"}
    sheet.write_text("@page { @left-middle { content: 'x' } } aside { float: footnote }")
    theirs = default_styles(library, [sheet])
    assert _margins(theirs) == {"@left-middle"}
    assert "footnote-call" in _for_every_element(theirs)
    assert len(_margins(whole)) == 16


def _for_every_element(sheet: Any) -> set[str]:
    """The pseudo-elements that a sheet styles on whatever element."""
    return {pseudo for *_, pseudo, _ in sheet.matcher.other_selectors if pseudo}


def _margins(sheet: Any) -> set[str]:
    names = {pseudo for _, selectors, _ in sheet.page_rules for _, pseudo, _ in selectors}
    return {name for name in names if name and re.match("@(top|bottom|left|right)-", name)}


def test_no_float_stands_beside_prompts() -> None:
    page = (bundled("templates/style") / "page.css").read_text()
    assert "float" not in re.sub(r"/\*.*?\*/", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_line_ends_after_its_first_word(
    library: ModuleType, papers: Typesetter, language: str
) -> None:
    """Before a formula that does not fit, at every width: WeasyPrint sets "In" on a line alone."""
    boxes = MathBoxes()
    told = to_html(
        "In a small model of the Neocognitron, eight S-cells read a row of ten pixels, which are 0 "
        "or 1. S-cell $i$ multiplies the pixels $i$, $i+1$, $i+2$ by the template",
        boxes,
    )
    styles = [papers._style_sheet(path) for path in papers._styles(("paper",))]
    for width in range(560, 620):
        source = (
            f'<html lang="{language}"><body style="margin: 0; width: {width}px; hyphens: auto; '
            f"font: 11pt 'Exam Serif'\">{told}"
        )
        page = library.HTML(string=source, url_fetcher=papers._fetcher)
        document = page.render(stylesheets=styles, font_config=papers._fonts, cache=boxes.cache)
        boxes_of_page = document.pages[0]._page_box.descendants()
        line = next(box for box in boxes_of_page if type(box).__name__ == "LineBox")
        words = "".join(getattr(one, "text", "") for one in line.descendants())
        assert len(words) > 60, f"{width} px: {words}"
