import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import mathra
import pikepdf
import pytest
import quickjax

from examgen.text import MathBoxes, TextError, expand, mathbox, to_html
from examgen.text.drawing import FormulaImage, NotDrawable
from examgen.text.mathbox import spoken, spread

FORMULAS = [
    r"H_\mathrm{out} = \left\lfloor \frac{H + 2P - D(K - 1) - 1}{S} \right\rfloor + 1",
    r"\begin{pmatrix} 1 & -2 \\ 3 & \frac{1}{2} \end{pmatrix}",
    r"f(x) = \begin{cases} x & x > 0 \\ 0 & \text{else} \end{cases}",
    r"\begin{aligned} N &= 16 \cdot 3 \cdot 5^2 + 16 \\ &= 1216 \end{aligned}",
    r"12\,345 \times \tfrac{1}{2} \dots \qquad \sqrt{2}",
]


@pytest.mark.parametrize("tex", FORMULAS)
def test_mathra_sets_the_formulas_of_a_course(tex: str) -> None:
    assert MathBoxes().box(tex, display=True).url.startswith("math:")


@pytest.mark.parametrize("tex", FORMULAS)
def test_both_engines_agree_on_size(tex: str) -> None:
    box = MathBoxes().box(tex, display=True)
    svg = quickjax.MathJaxRenderer().render(tex, display=True)
    width, height = (float(side) for side in svg.split('viewBox="')[1].split('"')[0].split()[2:])
    assert box.width_em == pytest.approx(width / 1000, rel=0.25)
    assert box.height_em == pytest.approx(height / 1000, rel=0.35)


def test_a_box_stands_on_the_baseline() -> None:
    boxes = MathBoxes()
    assert boxes.box("x").depth_em == pytest.approx(0, abs=0.05)
    assert boxes.box("x_1").depth_em > 0.1
    assert boxes.box(r"\frac{1}{2}", display=True).height_em > boxes.box("x").height_em * 2


def test_mathjax_draws_what_mathra_cannot() -> None:
    box = MathBoxes().box(r"\textcolor{red}{x} + 1")
    assert box.url.startswith("data:image/svg+xml;base64,")
    assert box.alt == "x plus 1"
    assert 1.5 < box.width_em < 4


@pytest.mark.parametrize("tex", [r"\textcolor{red}{x}", r"\foo"])
def test_without_mathjax_what_mathra_cannot_set_is_an_error_that_says_so(
    tex: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mathbox, "_mathjax", lambda: None)
    with pytest.raises(TextError) as caught:
        MathBoxes().box(tex)
    assert f"'{tex}'" in str(caught.value)
    assert "pip install 'examgen[mathjax]'" in str(caught.value)


@pytest.mark.parametrize("tex", [r"\foo", r"\frac{1", r"x^{", r"\begin{matrix} 1"])
def test_a_formula_that_cannot_be_set_is_named(tex: str) -> None:
    with pytest.raises(TextError) as caught:
        MathBoxes().box(tex)
    assert f"'{tex}'" in str(caught.value)


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"C_\mathrm{out}", "C sub out"),
        (r"12\,345.", "12345"),
        (r"x \le 5\,.", "x is less than or equal to 5"),
        (r"\left\lfloor x \right\rfloor", "floor of x end floor"),
        (r"a = 1, \qquad b = 2", "a equals 1 comma; b equals 2"),
    ],
)
def test_a_formula_spoken(tex: str, words: str) -> None:
    assert spoken(tex) == words


DRAWN = [
    *FORMULAS,
    r"\frac{-1}{2}",
    r"\cancel{x} + \boxed{y} + \overline{z}",
    r"\xrightarrow{a} \underbrace{x + y}_{n}",
    r"\sqrt[3]{\frac{a}{b}} \widehat{xyz}",
    r"\phantom{x}",
]


@pytest.mark.parametrize("tex", DRAWN)
def test_all_that_mathra_draws_is_drawn_where_it_stands(tex: str) -> None:
    """Against its SVG read as XML."""
    svg = mathra.tex_to_svg(tex, display=True, strict=True)
    image = FormulaImage(svg)
    root = ElementTree.fromstring(svg)
    drawn = list(root.find("{*}g"))
    lines = image.operators.decode().splitlines()
    assert len(lines) == len(drawn)
    for line, element in zip(lines, drawn, strict=True):
        numbers = re.findall(r"-?\d*\.?\d+", re.sub(r"/\w+", "", line))
        told = [
            number
            for name, value in element.attrib.items()
            if name not in ("href", "stroke", "stroke-linecap")
            for number in re.findall(r"-?\d*\.?\d+", value)
        ]
        assert set(told) <= set(numbers)
    assert len(image.glyphs) == len({path.get("d") for path in root.findall("{*}defs/{*}path")})
    _, _, width, height = map(float, root.get("viewBox").split())
    assert (image.width, image.height) == (width / 1000, height / 1000)


@pytest.mark.parametrize("change", [("<rect ", "<circle "), ('y="0"/>', 'y="0" fill="red"/>')])
def test_what_else_a_picture_holds_is_not_left_out(change: tuple[str, str]) -> None:
    svg = mathra.tex_to_svg(r"\frac{x}{2} y", strict=True)
    assert change[0] in svg
    with pytest.raises(NotDrawable):
        FormulaImage(svg.replace(*change, 1))


@pytest.mark.parametrize("tex", ["7", "x + y", r"\frac{1}{2}"])
def test_a_formula_in_a_column_takes_its_room(tex: str) -> None:
    boxes = MathBoxes()
    alone, column = (re.search('src="(.*?)"', boxes.formula(tex, room=room))[1] for room in (0, 5))
    narrow = re.search('src="(.*?)"', boxes.formula(tex, room=0.1))[1]
    own, wide, least = (boxes.cache[url] for url in (alone, column, narrow))
    assert wide.get_intrinsic_size(1, 10)[:2] == (50, own.get_intrinsic_size(1, 10)[1])
    assert own.width < least.width < own.width + 1
    assert wide.operators == own.operators
    assert MathBoxes().formula(tex) == boxes.formula(tex)


def test_a_formula_of_mathjax_in_a_column_has_a_margin() -> None:
    boxes = MathBoxes()
    width = boxes.box(r"\textcolor{red}{x}").width_em
    margin = re.search(r"margin-right:([\d.]+)em", boxes.formula(r"\textcolor{red}{x}", room=6))
    assert width + float(margin[1]) == pytest.approx(6, abs=0.01)
    assert "margin" not in boxes.formula(r"\textcolor{red}{x}")


def test_a_url_does_not_depend_on_what_was_set_before() -> None:
    first, second = MathBoxes(), MathBoxes()
    second.box("y")
    second.box(r"\textcolor{red}{y}")
    for tex in ("x", r"\textcolor{red}{x}"):
        assert first.box(tex) == second.box(tex)
    assert first.box("x").url != first.box("x", display=True).url


def test_trim_forgets_codes_and_keeps_formulas() -> None:
    boxes = MathBoxes()
    box = boxes.box("x")
    code = boxes.modules([[True, False], [False, True]])
    assert code in boxes.cache
    boxes.trim()
    assert list(boxes.cache) == [box.url]
    boxes.trim(keep=0)
    assert not boxes.cache
    assert boxes.box("x") == box
    assert box.url in boxes.cache


def test_a_figure_stays_for_the_key_of_its_paper() -> None:
    text = expand("<< conv_figure(size=5, kernel=3) >>", {})
    boxes = MathBoxes()
    to_html(text, boxes)
    (url,) = boxes.cache
    boxes.trim()
    to_html(text, boxes)
    assert list(boxes.cache) == [url]
    boxes.trim()
    assert not boxes.cache


PAGE = """
import sys
from weasyprint import HTML
from examgen.text import MathBoxes, to_html
boxes = MathBoxes()
code = boxes.modules([[True, False, True], [False, True, True], [True, False, False]])
text = r"$x_1 + x_1$ and $$\\begin{pmatrix} 1 & 2 \\\\ 3 & \\cancel{4} \\end{pmatrix}$$"
page = to_html(text, boxes)
page += f'<img src="{code}" alt="code" style="width: 20mm">'
sys.stdout.buffer.write(HTML(string=page).write_pdf(cache=boxes.cache))
"""


def _pdf(hash_seed: str) -> bytes:
    environment = {"PYTHONHASHSEED": hash_seed, "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-c", PAGE], capture_output=True, check=True, env=environment
    ).stdout


def test_a_page_is_the_same_under_any_hash_seed_and_shares_its_glyphs() -> None:
    one, two = _pdf("1"), _pdf("2")
    assert one == two
    with pikepdf.open(io.BytesIO(one)) as pdf:
        page = pdf.pages[0]
        glyphs = [name for name in page.Resources.XObject if name.startswith("/g")]
        drawn = page.Contents.read_bytes() if not isinstance(page.Contents, pikepdf.Array) else b""
        assert len(glyphs) == len(set(glyphs)) >= 8
        assert drawn.count(b"1 re") >= 4
        assert max(drawn.count(f"{name} Do".encode()) for name in glyphs) >= 2


def test_rows_of_fractions_stand_apart_and_sound_the_same() -> None:
    rows = r"\begin{aligned} x &= %s \\ &= %s \end{aligned}"
    boxes = MathBoxes()
    plain = boxes.box(rows % ("a", "b"), display=True)
    one, two = (
        boxes.box(rows % (first, r"\frac{c}{d}"), display=True) for first in ("a", r"\frac{a}{b}")
    )
    fraction = boxes.box(r"\frac{a}{b}", display=True)
    assert two.height_em - one.height_em > fraction.height_em - plain.height_em / 2 + 0.2
    assert two.alt == "x equals a over b; equals c over d"


def test_the_rows_of_a_matrix_are_as_they_were() -> None:
    matrix = (
        r"\begin{aligned} x &= \begin{pmatrix} \frac12 \\ 1 \end{pmatrix} \\ &= 1 \end{aligned}"
    )
    assert spread(matrix) == matrix
