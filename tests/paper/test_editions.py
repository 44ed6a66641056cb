"""Editions and sheets of a student's paper: the same text, larger and in another typeface."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from pdf_text import page_text

from examgen.exam.appearance import EDITIONS
from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, render_key, render_paper

CAPITALS = {"MIDDLE", "EAST", "TECHNICAL", "UNIVERSITY"}  # of the standard cover alone
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


@pytest.fixture(scope="module")
def editions(papers: Typesetter, sample: tuple[Form, Heading]) -> dict[str, pikepdf.Pdf]:
    form, heading = sample
    items = [replace(item, stem=PICTURE.sub("", item.stem)) for item in form.items]
    form = replace(form, items=tuple(items))
    made = {
        edition: render_paper(replace(form, edition=edition), heading, papers=papers)
        for edition in EDITIONS
    }
    return {edition: pikepdf.open(io.BytesIO(content)) for edition, content in made.items()}


def words(pdf: pikepdf.Pdf) -> list[str]:
    """The words of a paper, as they come."""
    return " ".join(word for page in pdf.pages for word in page_text(page)).split()


def sizes(pdf: pikepdf.Pdf) -> dict[float, int]:
    """How many texts are set in each size, in points."""
    found: dict[float, int] = {}
    for page in pdf.pages:
        scale, size = 1.0, 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                size = float(operands[1])
            elif str(operator) == "Tm":
                scale = abs(float(operands[3]))
            elif str(operator) in ("Tj", "TJ"):
                points = round(size * scale * 0.75, 1)
                found[points] = found.get(points, 0) + 1
    return found


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


def test_every_edition_is_tagged(editions: dict[str, pikepdf.Pdf]) -> None:
    for pdf in editions.values():
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


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
