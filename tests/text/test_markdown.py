import re

import pytest

from examgen.text import MathBoxes, MathMarkup, TextError, expand, to_html


def outline(markdown: str) -> str:
    """The HTML with each formula as its spoken words between guillemets."""
    page = to_html(markdown, MathBoxes())
    page = re.sub(r'<img class="math" [^>]*?alt="([^"]*)"[^>]*>', r"«\1»", page)
    page = re.sub(r'<img class="figure"[^>]*>', "FIGURE", page)
    return re.sub(r"\s*\n\s*", "", page)


@pytest.mark.parametrize(
    ("markdown", "page"),
    [
        ("Let $x_1$ be.", "<p>Let «x sub 1»&nbsp;be.</p>"),
        ("The $n$th $k$-bit, ($y$).", "<p>The {«n»th} {«k»-bit}, («y»).</p>"),
        (
            "First\n$$a = b$$\nthen *c*.",
            '<p>First</p><div class="display">«a equals b»</div><p>then <em>c</em>.</p>',
        ),
        ("$a$$b$", "<p>«a»«b»</p>"),
        ("$$a$$", '<div class="display">«a»</div>'),
        ("$$\na\n= b\n- c\n$$", '<div class="display">«a equals b minus c»</div>'),
        ("$a_1$ and $b_1$ and *c*", "<p>«a sub 1» and «b sub 1» and <em>c</em></p>"),
        ("`$x$` costs \\$5", "<p><code>$x$</code> costs $5</p>"),
        ("```\n$x$\n```", "<pre><code>$x$</code></pre>"),
        ("- a $$b$$", '<ul><li>a<div class="display">«b»</div></li></ul>'),
        (
            "|$|x|$|\n|-|\n|1|",
            "<table><thead><tr><th>«absolute value of x»</th></tr></thead>"
            "<tbody><tr><td>1</td></tr></tbody></table>",
        ),
        ("<b>a</b> & b", "<p>&lt;b&gt;a&lt;/b&gt; &amp;&nbsp;b</p>"),
    ],
)
def test_markdown_with_formulas(markdown: str, page: str) -> None:
    tied = re.sub(r'<span class="nobreak">(.*?)</span>', r"{\1}", outline(markdown))
    assert tied == page


def test_a_browser_keeps_punctuation_with_a_formula() -> None:
    page = to_html("By $S$. The $n$th of $k$ ($a$, $b$).", MathMarkup())
    tied = re.sub(r'<span class="nobreak">(.*?)</span>', r"{\1}", page)
    tied = re.sub(r"<math>.*?<mi>(.)</mi></math>", r"«\1»", tied)
    assert tied.strip() == "<p>By {«S».} The {«n»th} of «k» {(«a»,} {«b»).}</p>"


@pytest.mark.parametrize(
    ("markdown", "tex", "rest"),
    [
        ("$$a$$.", "a.", ""),
        ("$$a$$ , then", "a,", "then"),
        ("$$a.$$.", "a.", ""),
        (
            r"$$\begin{aligned} a &= b \end{aligned}$$.",
            r"\begin{aligned} a &= b. \end{aligned}",
            "",
        ),
        ("$$a$$ .5", "a", ".5"),
    ],
)
def test_punctuation_after_a_display_moves_into_it(markdown: str, tex: str, rest: str) -> None:
    boxes = MathBoxes()
    page = to_html(markdown, boxes)
    assert boxes.box(tex, display=True).url in page
    assert re.sub(r"<[^>]*>", "", page).strip() == rest


def test_a_figure_alone_is_a_block_and_among_words_it_is_not() -> None:
    figure = expand("<< grid_figure([[1, 2]]) >>", {})
    assert outline(figure) == '<div class="figure">FIGURE</div>'
    assert outline(f"see {figure} here") == "<p>see FIGURE here</p>"
    assert 'alt="A grid with the rows 1, 2."' in to_html(figure, MathBoxes())


def test_a_formula_no_engine_can_set_is_named_with_its_line() -> None:
    with pytest.raises(TextError, match=r"line 3: the formula .*\\foo.*unsupported command"):
        to_html("a\n\n$\\foo{1}$", MathBoxes())


def test_short_last_words_and_compounds_stay_whole() -> None:
    assert to_html("A map of stride 2.", MathBoxes()) == "<p>A map of stride&nbsp;2.</p>\n"
    assert "stride&nbsp;<img" in to_html("It has stride $S$.", MathBoxes())
    assert "&nbsp;" not in to_html("It has larger strides.", MathBoxes())
    tied = to_html("A 16-bit S-cell of a two-dimensional map", MathBoxes())
    assert re.findall("nobreak.>([^<]*)<", tied) == ["16-bit", "S-cell"]
    assert "nobreak" not in to_html('[a link](http://x.org/A-b "3-d")', MathBoxes()).split(">a")[0]


@pytest.mark.parametrize(
    "markdown",
    [
        '[a](http://x.org "t $y$")',
        "~~~\n$x$\n~~~",
        "[^1]: $x$",
        "**a $$z$$ b**",
        "[a $$y$$ b](u)",
        "`$\ue0109\ue011` $x$",
        "```\n$x$\n",
    ],
)
def test_a_formula_that_would_be_lost_is_an_error(markdown: str) -> None:
    with pytest.raises(TextError):
        to_html(markdown, MathBoxes())


def test_no_text_looks_like_a_formula_that_is_set() -> None:
    page = to_html("&#36;&#xe010;9&#xe011; &#0;0&#0; $x$", MathBoxes())
    assert page.count("<img") == 1


def test_a_formula_that_ends_with_a_space_of_its_own() -> None:
    assert "«5»" in outline("It is $5\\ .$ Or not.")
