"""Editions and sheets of a student's paper: the same text, larger and in another typeface."""

import base64
import io
from collections import Counter
from dataclasses import replace

import pikepdf
import pytest
from pdf_shapes import Rectangle, letter_sizes, rectangles
from pdf_text import page_text

from examgen.exam.appearance import EDITIONS
from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, render_key, render_paper
from examgen.paper.render import lay_out_exercises

SVG = "http://www.w3.org/2000/svg"
CAPITALS = {"MIDDLE", "EAST", "TECHNICAL", "UNIVERSITY"}  # of the standard cover alone


@pytest.fixture(scope="module")
def editions(papers: Typesetter, sample: tuple[Form, Heading]) -> dict[str, pikepdf.Pdf]:
    form, heading = sample
    made = {
        edition: render_paper(replace(form, edition=edition), heading, papers=papers)
        for edition in EDITIONS
    }
    return {edition: pikepdf.open(io.BytesIO(content)) for edition, content in made.items()}


def words(pdf: pikepdf.Pdf) -> list[str]:
    """The words of a paper, as they come."""
    return " ".join(word for page in pdf.pages for word in page_text(page)).split()


def sizes(pdf: pikepdf.Pdf) -> Counter[float]:
    """How many texts are set in each size, in points; those in figures too."""
    return Counter(size for page in pdf.pages for size in letter_sizes(page))


def test_all_editions_ask_the_same(editions: dict[str, pikepdf.Pdf]) -> None:
    asked = {
        edition: [word for word in words(pdf) if word.isascii() and word.isalpha()]
        for edition, pdf in editions.items()
    }
    for edition in EDITIONS[1:]:
        assert set(asked["standard"]) - CAPITALS <= {*asked[edition]}, edition


@pytest.mark.parametrize(("edition", "least", "usual"), [("accessible", 12, 14), ("large", 14, 18)])
def test_no_letter_is_small(
    editions: dict[str, pikepdf.Pdf], edition: str, least: float, usual: float
) -> None:
    found = sizes(editions[edition])
    assert min(found) >= least
    assert max(found, key=lambda size: found[size]) == usual


@pytest.mark.parametrize(("edition", "least", "usual"), [("accessible", 12, 14), ("large", 14, 18)])
def test_no_letter_of_a_solution_is_small(
    edition: str, least: float, usual: float, papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    form = replace(form, edition=edition)
    sheet = lay_out_exercises(form, heading, papers=papers, with_solutions=True)
    with pikepdf.open(io.BytesIO(sheet.pdf)) as pdf:
        found = sizes(pdf)
    assert min(found) >= least
    assert max(found, key=lambda size: found[size]) == usual


def test_figures_scale_with_the_text(editions: dict[str, pikepdf.Pdf]) -> None:
    side = {edition: figure_side(pdf) for edition, pdf in editions.items()}
    assert side["standard"] == pytest.approx(20 * 25.4 / 96, rel=0.01)
    assert side["accessible"] == pytest.approx(side["standard"] * 14 / 11 * 1.33, rel=0.01)
    assert side["large"] == pytest.approx(174 / 330 * 20, rel=0.01)  # as wide as the text


def figure_side(pdf: pikepdf.Pdf) -> float:
    """Millimetres of a cell of the sample figure, 20 units wide, the one square of its size."""
    squares = (one for one in shapes_of(pdf) if abs(one.width - one.height) < 0.001 < one.width)
    ((side, count),) = Counter(round(one.width, 2) for one in squares).most_common(1)
    assert count >= 2 * 40  # it stands in two questions
    return side


def shapes_of(pdf: pikepdf.Pdf) -> list[Rectangle]:
    return [one for page in pdf.pages for one in rectangles(page)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_figure_too_wide_shrinks_in_proportion(
    edition: str, papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    svg = (
        f'<svg xmlns="{SVG}" width="60em" height="12em" viewBox="0 0 600 120">'
        '<rect x="0" y="0" width="600" height="120" fill="#ccc"/></svg>'
    )
    data = base64.b64encode(svg.encode()).decode()
    wide = f"![Wide.](data:image/svg+xml;base64,{data})"
    items = (replace(form.items[0], stem=wide),)
    content = render_paper(replace(form, items=items, edition=edition), heading, papers=papers)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        large = [one for one in shapes_of(pdf) if one.width > 100 and one.height > 20]
    drawn, *_ = (one for one in large if one.width == pytest.approx(5 * one.height))
    text_widths = {"standard": 155, "accessible": 170, "large": 174, "html": 170}
    assert drawn.width == pytest.approx(text_widths[edition])


def test_every_edition_is_tagged(editions: dict[str, pikepdf.Pdf]) -> None:
    for pdf in editions.values():
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("edition", EDITIONS)
def test_exercises_show_no_marks(
    edition: str, papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = replace(sample[0], edition=edition), replace(sample[1], instructions=())
    sheet = lay_out_exercises(form, heading, papers=papers, with_solutions=False)
    with pikepdf.open(io.BytesIO(sheet.pdf)) as pdf:
        assert not {"mark", "marks"} & {*words(pdf)}


def test_keys_are_of_the_standard_edition(papers: Typesetter, sample: tuple[Form, Heading]) -> None:
    form, heading = sample
    assert render_key(form, heading, papers=papers) == render_key(
        replace(form, edition="large"), heading, papers=papers
    )


def test_the_sheet(sample: tuple[Form, Heading]) -> None:
    form, heading = sample
    for edition in EDITIONS:
        content = render_paper(
            replace(form, edition=edition), heading, papers=Typesetter(sheet="Letter")
        )
        for page in pikepdf.open(io.BytesIO(content)).pages:
            assert [round(float(side)) for side in page.mediabox] == [0, 0, 612, 792]
