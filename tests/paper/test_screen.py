"""The HTML edition: the text of the paper, to be read aloud and filled in, in one file."""

import io
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from html_page import Page
from pdf_text import elements, page_text

from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, render_paper
from examgen.paper.environment import make_environment
from examgen.paper.render import exercises_page, paper_page, solutions_page
from examgen.paper.screen import Screen
from examgen.paper.view import StudentView
from examgen.text import MathBoxes

FIELDS = ("input", "textarea")


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen()


@pytest.fixture(scope="module")
def html(screen: Screen, sample: tuple[Form, Heading]) -> str:
    return paper_page(*sample, screen=screen)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


@pytest.fixture(scope="module")
def pdf(papers: Typesetter, sample: tuple[Form, Heading]) -> pikepdf.Pdf:
    form, heading = sample
    content = render_paper(replace(form, edition="html"), heading, papers=papers)
    return pikepdf.open(io.BytesIO(content))


def test_it_says_what_the_paper_says(page: Page, pdf: pikepdf.Pdf) -> None:
    printed = " ".join(word for one in pdf.pages for word in page_text(one)).split()
    words = [word for word in printed if word.isascii() and word.isalpha() and len(word) > 3]
    assert len(set(words)) > 120
    shown = " ".join(page.words)
    assert {word for word in words if word not in shown} == {
        "Page",
        "continued",
    }  # of head and foot


def test_formulas_and_figures_are_those_of_the_paper(page: Page, pdf: pikepdf.Pdf) -> None:
    tagged = Counter(tag for tag, _ in elements(pdf))
    assert len(page.all("math")) == tagged["/Formula"] > 50
    printed = sorted(words for tag, words in elements(pdf) if tag == "/Figure" and words)
    drawn = [one for one in page.all("svg") if one["role"] == "img"]
    shown = sorted(one["aria-label"] or "" for one in drawn)
    assert shown == [words for words in printed if not words.startswith("Data Matrix")]


def test_it_needs_nothing_else(html: str) -> None:
    assert not re.search(r'(src|href)="(?!data:)|url\((?!"data:)|@import|<script|<link', html)


def test_it_is_well_formed(html: str, page: Page) -> None:
    assert html.startswith("<!DOCTYPE html>")
    assert page.wrong == []
    assert page.all("html") == [{"lang": "en"}]
    ids = [one["id"] for _, one in page.elements if "id" in one]
    assert len(ids) == len(set(ids))


def test_headings_skip_no_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_field_has_a_label_of_its_own(
    screen: Screen, every_kind: Form, sample: tuple[Form, Heading], cases: list
) -> None:
    page = Page(paper_page(every_kind, sample[1], screen=screen))
    ids = {one["id"] for _, one in page.elements if "id" in one}
    labels = []
    for field in page.all(*FIELDS):
        named = field.get("aria-labelledby")
        for reference in [*(named or "").split(), field.get("aria-describedby")]:
            assert reference is None or reference in ids, reference
        labels.append(named or field["aria-label"])
    assert len(labels) == len(set(labels))
    for number, (kind, boxes) in enumerate(cases, start=1):
        of_part = [one for one in labels if re.search(rf"\b{number}\.a\b", str(one))]
        assert len(of_part) == len(boxes), kind


def test_the_spaces_on_paper_and_on_the_screen_are_the_same(screen: Screen) -> None:
    paper = make_environment(None, MathBoxes(), code=str)
    spaces = [
        set(one.get_template("answer_space.html").module.__dict__)
        for one in (paper, screen._environment)
    ]
    assert spaces[0] <= spaces[1]
    assert {"number", "grid"} <= spaces[0]


def test_what_students_do_not_see_changes_nothing(
    screen: Screen, sample: tuple[Form, Heading], html: str
) -> None:
    form, heading = sample
    items = tuple(
        replace(
            item,
            solution="other",
            rank=1,
            parts=tuple(replace(part, key=None, misconceptions=()) for part in item.parts),
        )
        for item in form.items
    )
    assert paper_page(replace(form, items=items), heading, screen=screen) == html
    assert StudentView.of(form, heading).code in html


def test_exercises_with_and_without_solutions(screen: Screen, sample: tuple[Form, Heading]) -> None:
    without = exercises_page(*sample, screen=screen, with_solutions=False)
    solved = exercises_page(*sample, screen=screen, with_solutions=True)
    assert "1216" not in without and "1216" in solved
    assert "1216" in solutions_page(*sample, screen=screen)
    for html in (without, solved):
        assert Page(html).wrong == []


def test_a_formula_that_cannot_be_set_is_named(
    screen: Screen, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    broken = replace(form.items[0], stem=r"Let $\notacommand x$ be.")
    with pytest.raises(Exception, match=r"'\\notacommand x' cannot be set: Unknown command"):
        paper_page(replace(form, items=(broken,)), heading, screen=screen)
