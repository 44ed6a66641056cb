"""Tagged PDF: what the checkers of others find, and what they do not look for."""

import html
import io
import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pytest
from pdf_text import Element, marked_text, page_text, structure

from examgen.exam.appearance import EDITIONS
from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, render_key, render_paper
from examgen.paper.heading import SectionHeading
from examgen.paper.render import lay_out_exercises, paper_page, render_solutions
from examgen.paper.screen import Screen

# What docs/accessibility.md says of these: false alarms, or no fault of the tag tree.
KNOWN = {"ORD-001", "FIG-012", "TBL-011", "PAG-001"}
DOCUMENTS = [*EDITIONS, "sections", "key", "exercises", "solutions"]
SECTIONS = Heading(
    title="CNN Fundamentals",
    sections=(
        SectionHeading(1, "Sizes", Fraction(7), 1, 1),
        SectionHeading(2, "And all the rest", Fraction(31), 2, 7),
    ),
)


@pytest.fixture(scope="module", params=DOCUMENTS)
def content(
    request: pytest.FixtureRequest, sample: tuple[Form, Heading], papers: Typesetter
) -> bytes:
    form, heading = sample
    if request.param == "key":
        return render_key(form, heading, papers=papers)
    if request.param == "exercises":
        return lay_out_exercises(form, heading, papers=papers, with_solutions=True).pdf
    if request.param == "solutions":
        return render_solutions(form, heading, papers=papers)
    if request.param == "sections":
        return render_paper(form, SECTIONS, papers=papers)
    return render_paper(replace(form, edition=request.param), heading, papers=papers)


@pytest.fixture(scope="module")
def pdf(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.fixture(scope="module")
def document(pdf: pikepdf.Pdf) -> Element:
    return structure(pdf)


@pytest.fixture
def path(content: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "document.pdf"
    file.write_bytes(content)
    return file


def test_pdfua_finds_nothing(path: Path) -> None:
    report = pdfua.validate(str(path))
    assert [(one.rule_id, one.message) for one in report.findings] == []


def test_outloud_finds_nothing_but_what_is_known(path: Path) -> None:
    result = outloud.check(str(path))
    assert result.error is None and result.stats["tagged"]
    found = [(one.rule, one.message) for one in result.findings if one.rule not in KNOWN]
    assert found == []


def test_what_is_known_is_told() -> None:
    page = (Path(__file__).parents[2] / "docs" / "accessibility.md").read_text("utf-8")
    assert {one for one in KNOWN if one in page} == KNOWN


def test_it_says_its_language_title_and_standard(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.MarkInfo.Marked and pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "CNN Fundamentals" in str(pdf.docinfo["/Title"])
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_formulas_and_figures_have_words(document: Element) -> None:
    pictures = [one for one in document.below() if one.tag in ("Formula", "Figure")]
    assert len(pictures) > 30
    assert all(str(one.node.get("/Alt", "")).strip() for one in pictures)


def test_headings_skip_no_level(document: Element) -> None:
    levels = [int(one.tag[1]) for one in document.below() if re.fullmatch(r"H\d", one.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lists_are_of_items_with_bodies(document: Element) -> None:
    lists = [one for one in document.below() if one.tag == "L"]
    for one in lists:
        assert {kid.tag for kid in one.kids} == {"LI"}
        for item in one.kids:
            tags = [kid.tag for kid in item.kids]
            assert tags in (["LBody"], ["Lbl", "LBody"]), tags


def test_tables_are_of_rows_and_say_what_their_headers_head(document: Element) -> None:
    for table in (one for one in document.below() if one.tag == "Table"):
        rows = [one for one in table.below() if one.tag == "TR"]
        assert rows
        headers = {str(one.node.ID) for one in table.below() if one.tag == "TH"}
        assert headers
        for row in rows:
            for cell in row.kids:
                if cell.tag == "TH":
                    assert cell.node.A.Scope in ("/Row", "/Column")
                else:
                    assert cell.tag == "TD"
                    assert {str(one) for one in cell.node.A.Headers} <= headers
                    assert cell.node.A.Headers


def test_nothing_is_empty(document: Element) -> None:
    leaves = ("P", "Span", "H1", "H2", "H3", "H4", "Lbl", "LBody")
    assert [one.tag for one in document.below() if one.tag in leaves and not one.kids] == []


def test_every_letter_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        assert None not in marked_text(page)


def test_running_heads_are_not_read(pdf: pikepdf.Pdf, document: Element) -> None:
    text = document.text()
    assert not re.search(r"Page \d+ of", text)
    assert text.count("7K3M-9PQR-X2") == 1
    assert any("Page 2 of" in "".join(page_text(page)) for page in pdf.pages)


@pytest.mark.parametrize("edition", EDITIONS)
def test_it_is_read_as_the_page_for_the_screen(
    edition: str, sample: tuple[Form, Heading], papers: Typesetter
) -> None:
    form, heading = sample
    content = render_paper(replace(form, edition=edition), heading, papers=papers)
    with pikepdf.open(io.BytesIO(content)) as printed:
        read = structure(printed).text()
    shown = paper_page(form, heading, screen=Screen())
    shown = re.sub(r"<(math|svg|head)\b.*?</\1>", "", shown, flags=re.DOTALL)
    shown = html.unescape(re.sub(r"<[^>]*>", "", shown))
    # Style sheets put points between the facts of the cover, and the institution in capitals.
    assert "".join(read.replace("·", "").casefold().split()) == "".join(shown.casefold().split())


def test_questions_stand_below_the_headings_of_their_sections(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    document = structure(pikepdf.open(io.BytesIO(render_key(sample[0], SECTIONS, papers=papers))))
    outline = [
        (one.tag, one.text().partition(".")[0])
        for one in document.below()
        if re.fullmatch(r"H\d", one.tag)
    ]
    assert {tag for tag, text in outline if text.startswith("(")} == {"H4"}
    assert [entry for entry in outline[1:] if entry[0] != "H4"] == [
        ("H2", "Section 1"), ("H3", "Question 1"),
        ("H2", "Section 2"), *(("H3", f"Question {number}") for number in (2, 3, 4, 5, 6, 7)),
    ]  # fmt: skip
