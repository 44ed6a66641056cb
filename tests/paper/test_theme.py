"""Themes: an instructor's templates and styles over ours, and what in them has no effect."""

import io
from pathlib import Path

import pikepdf
import pytest
from pdf_text import elements, page_text

from examgen.errors import ExamgenError
from examgen.exam.appearance import Appearance, theme_files
from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, check_theme, new_theme, render_key, render_paper

SVG = "http://www.w3.org/2000/svg"
LOGO = f'<svg xmlns="{SVG}" width="20" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    folder = tmp_path / "theme"
    new_theme(folder)
    return folder


def text(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return " ".join(word for page in pdf.pages for word in page_text(page))


def test_a_new_theme_is_a_theme(theme: Path) -> None:
    assert {path.name for path in theme.iterdir()} == {"paper.html", "style.css"}
    check_theme(theme)


def test_a_new_theme_is_made_in_a_new_folder(theme: Path) -> None:
    with pytest.raises(ExamgenError, match="is there already"):
        new_theme(theme)


def test_its_blocks_take_the_place_of_ours(theme: Path, sample: tuple[Form, Heading]) -> None:
    form, heading = sample
    printed = text(render_paper(form, heading, papers=Typesetter(theme=theme)))
    assert "Good luck!" in printed
    assert heading.title in printed
    assert "Good luck!" not in text(render_key(form, heading, papers=Typesetter(theme=theme)))


def test_its_style_is_read_last(theme: Path, sample: tuple[Form, Heading]) -> None:
    pages = {}
    for size in (11, 20):
        (theme / "style.css").write_text(f"html {{ font-size: {size}pt; }}", encoding="utf-8")
        content = render_paper(*sample, papers=Typesetter(theme=theme))
        pages[size] = len(pikepdf.open(io.BytesIO(content)).pages)
    assert pages[20] > 1.5 * pages[11]


def test_a_logo_is_a_figure_with_the_institution_as_its_text(
    theme: Path, sample: tuple[Form, Heading]
) -> None:
    before = render_paper(*sample, papers=Typesetter(theme=theme))
    (theme / "logo.svg").write_text(LOGO, encoding="utf-8")
    after = render_paper(*sample, papers=Typesetter(theme=theme))
    with pikepdf.open(io.BytesIO(after)) as pdf:
        alts = [alt for tag, alt in elements(pdf) if tag == "/Figure"]
    assert sample[1].institution in alts
    assert before != after


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("papr.html", "", "papr.html: a theme has no file of this name; did you mean 'paper.html'"),
        (
            "styles.css",
            "",
            "styles.css: a theme has no file of this name; did you mean 'style.css'",
        ),
        (
            "key.html",
            '{% extends "examgen/key.html" %}\n{% block quests %}{% endblock %}',
            "key.html:2: examgen/key.html has no block 'quests'; did you mean 'questions'?",
        ),
        ("key.html", "{% block head %}", "key.html:1: Unexpected end of template"),
    ],
)
def test_what_has_no_effect_is_refused(theme: Path, name: str, content: str, message: str) -> None:
    (theme / name).write_text(content, encoding="utf-8")
    with pytest.raises(ExamgenError) as caught:
        check_theme(theme)
    assert message in str(caught.value)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(ExamgenError, match="no such folder of a theme"):
        check_theme(tmp_path / "none")


def test_the_logo_of_a_blueprint_takes_the_place_of_the_themes(theme: Path, tmp_path: Path) -> None:
    (theme / "logo.png").write_bytes(b"old")
    (tmp_path / "Seal.SVG").write_text(LOGO, encoding="utf-8")
    files = theme_files(theme, tmp_path / "Seal.SVG")
    assert set(files) == {"paper.html", "style.css", "logo.svg"}
    with pytest.raises(ExamgenError, match="a logo is an SVG or PNG file"):
        theme_files(theme, tmp_path / "seal.jpg")


def test_two_appearances_are_told_apart_by_sheet_and_content() -> None:
    one = Appearance("A4", {"style.css": b"a"}).to_dict()
    assert one != Appearance("A4", {"style.css": b"b"}).to_dict()
    assert one != Appearance("Letter", {"style.css": b"a"}).to_dict()
    assert one == Appearance("A4", {"style.css": b"a"}).to_dict()
