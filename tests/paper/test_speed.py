"""What makes papers fast holds on to insides of WeasyPrint: that it works, and changes nothing."""

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, render_key, render_paper
from examgen.paper.faster import Kept, default_styles, write_once
from examgen.paper.faster.kept import LONGEST, Recent
from examgen.paper.faster.lines import _ASKED
from examgen.paper.fonts import weasyprint
from examgen.resources import bundled
from examgen.text import MathBoxes, to_html


@pytest.fixture(scope="module")
def library() -> ModuleType:
    return weasyprint()


PAGES = [1, 2, 1, 3]


@pytest.fixture(scope="module")
def unhurried() -> dict[str, list[str]]:
    """The digests of documents that WeasyPrint sets by itself."""
    program = Path(__file__).with_name("unhurried.py")
    told = subprocess.run([sys.executable, program], capture_output=True, check=True)
    digests: dict[str, list[str]] = json.loads(told.stdout)
    return digests


def digests_of(documents: list[bytes]) -> list[str]:
    return [sha256(document).hexdigest() for document in documents]


@pytest.mark.parametrize("render", [render_paper, render_key])
def test_the_bytes_are_those_of_weasyprint_by_itself(
    render: Any, sample: tuple[Form, Heading], unhurried: dict[str, list[str]]
) -> None:
    fast = Typesetter()
    first, again = (render(*sample, papers=fast) for _ in range(2))
    assert fast._fonts.kept.lines
    assert fast._fonts.kept.styles
    assert first == again
    assert digests_of([first]) == unhurried[render.__name__]


STYLES = """
@page { size: 12cm 10cm; margin: 10%; @top-left { content: string(head) counter(page); } }
@page :first { margin-top: 5%; @top-left { content: none; } }
@page :right { @bottom-right { content: "right"; font: italic 8pt "Exam Serif"; } }
@layer low, high;
@layer high { p { color: #040; } }
@layer low { p { color: #400; margin-left: 3em !important; } }
html { font: 10pt/1.3 "Exam Serif"; }
body { overflow: hidden; margin: 1%; }
h1 { string-set: head content(); font-size: 2em; border-bottom: 1pt solid; }
p { margin: 0.5em 5% 0 1em; text-align: justify; }
p:first-child::first-letter { font-size: 2em; float: left; }
p + p::before { content: counter(item) ". "; counter-increment: item; }
p.narrow { width: 40%; min-width: 3cm; box-sizing: border-box; padding: 3pt; border: 1pt solid; }
#one, .narrow { letter-spacing: 0.1em; }
p#one { --tint: #080; color: var(--tint); text-decoration: underline; }
aside { position: absolute; right: 0; top: 10%; width: 2cm; opacity: 0.5; background: #eee; }
table { border-collapse: collapse; width: 80%; }
td { border: 1pt solid; padding: 2pt 5%; }
td.thick { border-width: 3pt; }
table.apart { border-collapse: separate; table-layout: fixed; }
ul { columns: 2; list-style-position: inside; }
div.flex { display: flex; gap: 2mm; } div.flex > * { flex: 1; height: 1cm; }
div.cut { width: 3cm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
small { vertical-align: super; font-size: smaller; box-shadow: 1pt 1pt 2pt #888; }
ul { column-rule: 1pt solid #888; }
b { visibility: hidden; border: 1pt solid; background: #eee; }
i { background: linear-gradient(#fff, #aaa); outline: 1pt dotted; border-left: 2pt dotted; }
em { display: inline-block; transform: rotate(5deg); border-radius: 2pt; overflow: hidden; }
div.cut { border-image: linear-gradient(#000, #aaa) 1; border-width: 1pt; }
"""

BODY = """<h1>Heading</h1><p>First <em>paragraph</em> of some words that are set to both edges.</p>
<p class="narrow">A narrow one with <small>small</small> words, <b>bold</b> and <i>sloped</i>.</p>
<p><a id="here" name="there">x</a></p>
<p id="one" style="margin-top: {gap}mm">One with a style of its own, {number}</p>
<p style="margin-top: {gap}mm" lang="tr">Istanbul</p><aside>aside</aside>
<table><tr><th>a<td class="thick">{number}<tr><td>c<td>d</table>
<table class="apart"><tr><td>{number}<td>b</table>
<ul><li>one<li>two<li>three<li>four</ul>
<div class="flex"><span>a</span><p>b {number}</p></div>
<div class="cut">a line that is much too long for its box</div>"""


def test_whatever_a_theme_styles_the_bytes_are_the_same(
    library: ModuleType, unhurried: dict[str, list[str]]
) -> None:
    """Also where a page before was another, and where two pages share most of their styles."""
    shared = print_pages(library, Kept(), PAGES)
    assert digests_of(shared) == unhurried["pages"]
    assert shared == [print_pages(library, None, [number])[0] for number in PAGES]
    assert len(set(shared)) == 3


@pytest.mark.parametrize(
    "style",
    [
        "p::first-line { font-size: 20pt } b { padding-left: 1em }",
        ".worth { margin-left: 1VW }",
        "h2 { line-height: calc(100% + 2px) }",
        "@import 'other.css';",
        "@font-face { font-family: Mine; src: url(data:) }",
    ],
)
def test_papers_with_a_theme_that_cannot_share_are_set_by_weasyprint_alone(
    style: str, tmp_path: Path, sample: tuple[Form, Heading]
) -> None:
    (tmp_path / "style.css").write_text(style)
    papers = Typesetter(theme=tmp_path)
    assert papers._fonts.kept is None
    first, again = (render_paper(*sample, papers=papers) for _ in range(2))
    assert first == again
    (tmp_path / "style.css").write_text("h2 { color: #008; }")
    assert Typesetter(theme=tmp_path)._fonts.kept is not None


def test_what_stands_absolutely_may_have_a_background(
    tmp_path: Path, sample: tuple[Form, Heading]
) -> None:
    (tmp_path / "style.css").write_text(".worth { position: absolute; right: 0; background: #eee }")
    papers = Typesetter(theme=tmp_path)
    assert papers._fonts.kept is not None
    assert render_paper(*sample, papers=papers)


def print_pages(library: ModuleType, kept: Kept | None, numbers: list[int]) -> list[bytes]:
    fonts = library.text.fonts.FontConfiguration()
    fonts.kept = kept
    sheets = [
        library.CSS(filename=bundled("templates/style/fonts.css"), font_config=fonts),
        library.CSS(string=STYLES, font_config=fonts),
    ]
    pages = []
    for number in numbers:
        source = f"<html lang=en><title>T</title>{BODY.format(gap=number, number=number * 101)}"
        page = library.HTML(string=source)
        document = page.render(stylesheets=sheets, font_config=fonts)
        assert len(document.pages) > 1
        finisher = write_once if kept else None
        pages.append(document.write_pdf(finisher=finisher, pdf_identifier=b"i"))
    return pages


def test_a_second_paper_of_the_same_words_makes_nothing_anew(
    sample: tuple[Form, Heading],
) -> None:
    papers = Typesetter()
    render_paper(*sample, papers=papers)
    lines, styles = set(papers._fonts.kept.lines), set(papers._fonts.kept.styles)
    render_paper(*sample, papers=papers)
    assert set(papers._fonts.kept.lines) == lines
    assert set(papers._fonts.kept.styles) == styles


@pytest.mark.parametrize("render", [render_paper, render_key])
def test_running_text_asks_for_no_features_of_a_font(
    render: Any, sample: tuple[Form, Heading]
) -> None:
    """WeasyPrint never frees what it makes of them for each text: 70 kB a paper."""
    papers = Typesetter()
    render(*sample, papers=papers)
    assert set(papers._fonts.font_features) <= {b"tnum 1"}  # those of list markers


def test_what_no_paper_uses_is_forgotten() -> None:
    lines = Recent()
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
        for state, measures in papers._fonts.kept.lines.values()
        for value in [*state.values(), *measures, *map(plain, state["drawn"])]
    }
    assert kept <= {str, int, float, bool, type(None), list}


def plain(drawing: Any) -> str:
    """A drawing as text: fonts by their keys, glyphs by their numbers."""
    return repr(drawing._steps) + "".join(map(repr, _data(drawing)))


def _data(drawing: Any) -> list[Any]:
    assert vars(drawing).keys() == {"_fonts", "_steps"}
    glyphs = list(drawing._fonts.values())
    assert all(vars(one).keys() == {"to_unicode", "widths"} for one in glyphs)
    return [*drawing._fonts, *(vars(one) for one in glyphs)]


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
    thin, whole = default_styles(library, [sheet.read_text()]), library.html.UA_STYLESHEET
    assert _for_every_element(whole)
    assert not _for_every_element(thin)
    assert _margins(thin) == {"@top-left"}
    sheet.write_text("@page { @left-middle { content: 'x' } } aside { float: footnote }")
    theirs = default_styles(library, [sheet.read_text()])
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
