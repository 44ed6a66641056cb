"""Three fixed documents against files in golden/: their HTML, and the text and pages of their PDF.

After a change that is meant, look at the pages, then renew the files and read their diff:
GOLDEN=renew pytest tests/paper/test_golden.py
"""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdf_text import Element, structure

from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, render_key, render_paper
from examgen.paper.render import lay_out_exercises

GOLDEN = Path(__file__).parent / "golden"
BLOCKS = {"H1", "H2", "H3", "P", "TH", "TD", "LBody", "Div", "Caption"}
DATA = re.compile(r"(data:image/\S+?;base64,)[A-Za-z0-9+/=]+")  # figures have tests of their own


class Recorder(Typesetter):
    """Keeps the HTML of the last document."""

    html = ""

    def source(self, template: str, **context: Any) -> str:
        self.html = super().source(template, **context)
        return self.html


def draw(name: str, form: Form, heading: Heading, papers: Typesetter) -> bytes:
    """The PDF of one of the three documents."""
    if name == "exercises":
        large = replace(form, edition="large", items=form.items[1:3])
        return lay_out_exercises(large, heading, papers=papers, with_solutions=True).pdf
    return {"paper": render_paper, "key": render_key}[name](form, heading, papers=papers)


def told(content: bytes) -> str:
    """The pages counted, and each block of text in reading order, pictures by their words."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        lines = [f"{len(pdf.pages)} pages", *lines_of(structure(pdf))]
    return "\n".join(lines) + "\n"


def lines_of(element: Element) -> Iterator[str]:
    kids = [kid for kid in element.kids if isinstance(kid, Element)]
    if element.tag == "LI" or not any(one.tag in BLOCKS for kid in kids for one in kid.below()):
        text = " ".join(" ".join(words(element)).split())
        if text:
            yield f"{element.tag}: {text}"
        return
    for kid in kids:
        yield from lines_of(kid)


def words(element: Element) -> Iterator[str]:
    if "/Alt" in element.node:
        yield f"[{element.node.Alt}]"
        return
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from words(kid)
        else:
            yield kid


@pytest.mark.parametrize("name", ["paper", "key", "exercises"])
def test_documents_are_as_they_were(name: str, sample: tuple[Form, Heading]) -> None:
    papers = Recorder()
    text = told(draw(name, *sample, papers))
    html = DATA.sub(r"\1…", papers.html)
    if os.environ.get("GOLDEN") == "renew":
        (GOLDEN / f"{name}.txt").write_text(text, encoding="utf-8")
        (GOLDEN / f"{name}.html").write_text(html, encoding="utf-8")
    assert html == (GOLDEN / f"{name}.html").read_text("utf-8")
    # Where lines are broken is no matter of the text.
    expected = (GOLDEN / f"{name}.txt").read_text("utf-8")
    squeezed = [["".join(line.split()) for line in one.splitlines()] for one in (text, expected)]
    assert squeezed[0] == squeezed[1]


def test_each_golden_file_is_of_a_document() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {"paper", "key", "exercises"}
