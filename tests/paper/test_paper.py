"""The papers: what they hold, what they never hold, and that they come out the same every time."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdf_text import elements, page_text

from examgen.errors import ExamgenError
from examgen.exam.record import Criterion, Form, PrintedItem, PrintedPart, WrongAnswer
from examgen.paper import Heading, Typesetter, render_key, render_paper
from examgen.paper.view import StudentView

OURS = {"Exam-Serif", "Exam-Sans", "Exam-Mono", "Exam-Symbols"}


@pytest.fixture(scope="module")
def paper(papers: Typesetter, sample: tuple[Form, Heading]) -> bytes:
    return render_paper(*sample, papers=papers)


@pytest.fixture(scope="module")
def key(papers: Typesetter, sample: tuple[Form, Heading]) -> bytes:
    return render_key(*sample, papers=papers)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def essay_of(form: Form) -> PrintedItem:
    """The question with an essay."""
    return next(
        item for item in form.items if any(part.kind["kind"] == "essay" for part in item.parts)
    )


def another_key(part: PrintedPart) -> PrintedPart:
    """The part with everything different that a student is not shown."""
    options = tuple(replace(option, value=-1, misconception="?") for option in part.options)
    return replace(
        part,
        name="renamed",
        key=None,
        options=options,
        misconceptions=(WrongAnswer("other", None, "other", Fraction(1, 3)),),
        depends=("other",),
        low=0,
        high=9,
        rubric=(Criterion(Fraction(1), "other"),),
        model_answer="other",
    )


def another_solution(item: PrintedItem) -> PrintedItem:
    """The item with everything different that a student is not shown."""
    return replace(
        item,
        question="other",
        model="other/model",
        rank=1,
        parameters={"H": 99},
        solution="Something else, $x^9$.",
        parts=tuple(another_key(part) for part in item.parts),
    )


def test_same_bytes_again_and_after_other_papers(
    papers: Typesetter, sample: tuple[Form, Heading], paper: bytes, key: bytes
) -> None:
    form, heading = sample
    render_paper(replace(form, code="OTHER", items=form.items[2:4]), heading, papers=papers)
    assert render_key(form, heading, papers=papers) == key
    assert render_paper(form, heading, papers=papers) == paper


def test_same_bytes_in_another_process_with_another_hash_seed(paper: bytes, key: bytes) -> None:
    program = f"""
import hashlib, runpy
made = runpy.run_path({str(Path(__file__).parent / "conftest.py")!r})
from examgen.paper import Typesetter, render_key, render_paper
papers = Typesetter()
form, heading = made["sample_form"](), made["sample_heading"]()
for render in (render_key, render_paper):
    print(hashlib.sha256(render(form, heading, papers=papers)).hexdigest())
"""
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == [hashlib.sha256(pdf).hexdigest() for pdf in (key, paper)]


def test_what_students_do_not_see_changes_no_byte_of_their_paper(
    papers: Typesetter, sample: tuple[Form, Heading], paper: bytes
) -> None:
    form, heading = sample
    changed = replace(form, items=tuple(another_solution(item) for item in form.items))
    assert render_paper(changed, heading, papers=papers) == paper


def test_what_students_see_changes_their_paper(
    papers: Typesetter, sample: tuple[Form, Heading], paper: bytes
) -> None:
    form, heading = sample
    first, *rest = form.items
    changed = replace(form, items=(replace(first, stem=first.stem.replace("16", "17")), *rest))
    assert render_paper(changed, heading, papers=papers) != paper


def test_every_embedded_font_is_ours(paper: bytes, key: bytes) -> None:
    for content in (paper, key):
        with opened(content) as pdf:
            fonts = [
                str(font.BaseFont)
                for page in pdf.pages
                for font in page.Resources.get("/Font", {}).values()
            ]
        assert fonts
        assert {
            name.split("+")[1].removesuffix("-Italic").removesuffix("-Bold") for name in fonts
        } <= OURS


def test_structure_for_screen_readers(paper: bytes, key: bytes) -> None:
    for content in (paper, key):
        with opened(content) as pdf:
            found = elements(pdf)
            assert str(pdf.Root.Lang) == "en"
            assert pdf.Root.MarkInfo.Marked
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
        tags = {tag for tag, _ in found}
        assert {"/H1", "/H2", "/H3", "/Formula", "/Figure", "/Table", "/TH", "/LI"} <= tags
        pictures = [words for tag, words in found if tag in ("/Figure", "/Formula")]
        assert all(pictures)


def test_formulas_are_spoken(paper: bytes) -> None:
    with opened(paper) as pdf:
        spoken = [words for tag, words in elements(pdf) if tag == "/Formula"]
    assert any(words and "sum" in words for words in spoken)


def test_the_file_says_no_more_than_the_title(paper: bytes) -> None:
    with opened(paper) as pdf:
        assert set(pdf.docinfo) <= {"/Title", "/Producer"}
        assert str(pdf.docinfo["/Title"]) == "CNN Fundamentals and Convolution Types"
        assert "/Names" not in pdf.Root
        assert "/Dests" not in pdf.Root
        alternatives = [words for _, words in elements(pdf) if words]
    assert [words for words in alternatives if "7K3M" in words] == [
        "Data Matrix of the paper code 7K3M-9PQR-X2"
    ]
    assert not any("2436789" in words for words in alternatives)


def test_an_anonymous_copy_has_blanks_to_fill_in(
    papers: Typesetter, sample: tuple[Form, Heading], paper: bytes
) -> None:
    form, heading = sample
    blank = render_paper(replace(form, name="", student="copy-1"), heading, papers=papers)
    other = render_paper(replace(form, name="", student="copy-2"), heading, papers=papers)
    assert blank == other != paper


def test_a_bare_heading_is_enough(papers: Typesetter, sample: tuple[Form, Heading]) -> None:
    form, _ = sample
    content = render_paper(form, Heading(title="Quiz"), papers=papers)
    with opened(content) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Quiz"


def test_pages_are_not_wasted(paper: bytes, key: bytes) -> None:
    with opened(paper) as student, opened(key) as confidential:
        assert len(student.pages) <= 6
        assert len(confidential.pages) <= 6


def test_the_bonus_is_left_out_of_the_total_and_said_so(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    items = tuple(replace(item, bonus=number == 0) for number, item in enumerate(form.items[:3]))
    view = StudentView.of(replace(form, items=items), heading)
    assert view.total == items[1].marks + items[2].marks
    page = papers._environment.get_template("paper.html").render(view=view)
    assert "(bonus)" in page
    assert "Total without the bonus" in page


def test_the_last_ruled_lines_stay_together(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    essay = essay_of(form)
    view = StudentView.of(replace(form, items=(essay,)), heading)
    page = papers._environment.get_template("paper.html").render(view=view)
    assert page.count('"line last"') == 3


def test_a_page_of_lines_says_whose_they_are(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    essay = essay_of(form)
    long = tuple(replace(part, marks=Fraction(30)) for part in essay.parts)
    form = replace(form, items=(replace(essay, parts=long),))
    printed = opened(render_paper(form, heading, papers=papers))
    _, first, *others = printed.pages
    told = [f"Question {essay.number}, continued" in list(page_text(page)) for page in others]
    assert told and all(told)
    assert f"Question {essay.number}, continued" not in list(page_text(first))


def test_files_are_small(paper: bytes, key: bytes) -> None:
    assert len(paper) < 150_000
    assert len(key) < 150_000


def test_a_letter_no_font_holds_is_refused_by_name(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    with pytest.raises(ExamgenError, match=r"'李' \(U\+674E\)"):
        render_paper(form, replace(heading, course="李雷"), papers=papers)


def test_a_name_no_font_holds_leaves_the_number_alone(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    form = replace(form, name="王小明", items=form.items[:1])
    view = StudentView.of(form, heading)
    assert (view.name, view.student) == ("", "2436789")
    numbered = render_paper(form, heading, papers=papers)
    assert numbered == render_paper(replace(form, name="李雷"), heading, papers=papers)
    assert numbered != render_paper(replace(form, name=""), heading, papers=papers)
    assert render_key(form, heading, papers=papers)


def test_the_key_of_an_open_part_tells_that_others_are_right(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    first, *others = form.items
    part, *parts = first.parts
    opened_up = replace(first, parts=(replace(part, open=True), *parts))
    content = render_key(replace(form, items=(opened_up, *others)), heading, papers=papers)
    with opened(content) as pdf:
        text = " ".join(word for page in pdf.pages for word in page_text(page))
    assert " ".join(text.split()).count("or any other right answer") == 1
