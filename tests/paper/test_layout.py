"""Where the answer boxes lie: every place to write in is told, and is where the page draws it."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import get_args, get_type_hints

import pikepdf
import pytest
from pdf_shapes import Rectangle, rectangles, strokes

from examgen.answers import KINDS, kind_from
from examgen.exam.appearance import EDITIONS
from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, render_paper
from examgen.paper.layout import Box, layout_lines
from examgen.paper.render import lay_out_paper
from examgen.paper.space import Space, space_for

Cases = list[tuple[dict, list[str]]]


@pytest.fixture(scope="module", params=EDITIONS)
def printed(
    request: pytest.FixtureRequest,
    every_kind: Form,
    sample: tuple[Form, Heading],
    papers: Typesetter,
) -> tuple[pikepdf.Pdf, tuple[Box, ...]]:
    """The pages and the boxes of an edition."""
    form = replace(every_kind, edition=request.param)
    document = lay_out_paper(form, sample[1], papers=papers)
    return pikepdf.open(io.BytesIO(document.pdf)), document.boxes


def test_every_answer_kind_and_every_style_is_among_these(cases: Cases) -> None:
    assert {kind["kind"] for kind, _ in cases} == {kind.kind for kind in KINDS}
    styles = {space_for(kind_from(kind), Fraction(4)).style for kind, _ in cases}
    assert styles == set(get_args(get_type_hints(Space)["style"]))


def test_every_part_has_its_boxes(
    printed: tuple[pikepdf.Pdf, tuple[Box, ...]], cases: Cases
) -> None:
    _, boxes = printed
    for number, (kind, labels) in enumerate(cases, start=1):
        found = [box.label for box in boxes if box.part == f"{number}.a"]
        assert list(dict.fromkeys(found)) == labels, kind
    assert [box.label for box in boxes if not box.part] == ["code"]


def test_boxes_lie_on_the_page_and_none_on_another(
    printed: tuple[pikepdf.Pdf, tuple[Box, ...]],
) -> None:
    pdf, boxes = printed
    for box in boxes:
        assert 1 <= box.page <= len(pdf.pages)
        assert 10 < box.left < box.right < 200
        assert 10 < box.top < box.bottom < 287
        assert box.right - box.left > 4 < box.bottom - box.top
    for one, other in combinations(boxes, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        assert one.page != other.page or min(across, down) < 0.01, (one, other)


def test_framed_boxes_are_where_their_frames_are_drawn(
    printed: tuple[pikepdf.Pdf, tuple[Box, ...]],
) -> None:
    pdf, boxes = printed
    framed = [box for box in boxes if box.label in ("value", "1", "2", "box", "low", "high")]
    assert len(framed) >= 16
    for box in framed:
        drawn = rectangles(pdf.pages[box.page - 1])
        assert any(near(one, box) for one in drawn), box


def test_cells_are_between_the_lines_drawn(printed: tuple[pikepdf.Pdf, tuple[Box, ...]]) -> None:
    pdf, boxes = printed
    cells = [box for box in boxes if "," in box.label]
    assert len(cells) == 14
    for box in cells:
        drawn = list(strokes(pdf.pages[box.page - 1]))
        for edge in edges(box):
            assert any(covers(one, edge) for one in drawn), (box, edge)


def near(one: Rectangle, box: Box) -> bool:
    sides = zip(one, (box.left, box.top, box.right - box.left, box.bottom - box.top), strict=True)
    return all(abs(drawn - told) < 0.01 for drawn, told in sides)


def edges(box: Box) -> Iterator[Rectangle]:
    width, height = box.right - box.left, box.bottom - box.top
    yield from (Rectangle(box.left, y, width, 0) for y in (box.top, box.bottom))
    yield from (Rectangle(x, box.top, 0, height) for x in (box.left, box.right))


def covers(stroke: Rectangle, edge: Rectangle) -> bool:
    """Whether a line drawn runs along an edge, reaching beyond its ends by less than its weight."""
    if stroke.width < stroke.height:
        stroke, edge = turned(stroke), turned(edge)
    on_it = abs(stroke.y - edge.y) < 0.01 and edge.height == 0
    beyond = edge.x - stroke.x, stroke.x + stroke.width - edge.x - edge.width
    return on_it and all(-0.01 < end < 0.4 for end in beyond)


def turned(one: Rectangle) -> Rectangle:
    return Rectangle(one.y, one.x, one.height, one.width)


def test_lines_of_the_file() -> None:
    box = Box(2, "3.b", "2,1", 10.004, 20.006, 23.0, 29.5)
    (line,) = layout_lines("7K3M", [box]).splitlines()
    assert json.loads(line) == {
        "paper": "7K3M", "page": 2, "part": "3.b", "box": "2,1",
        "x": 10.0, "y": 20.01, "width": 13.0, "height": 9.49,
    }  # fmt: skip


def test_the_names_of_boxes_do_not_reach_the_pdf(
    sample: tuple[Form, Heading], papers: Typesetter
) -> None:
    with pikepdf.open(io.BytesIO(render_paper(*sample, papers=papers))) as pdf:
        assert "/Dests" not in pdf.Root.get("/Names", {}) and "/Dests" not in pdf.Root
        out = io.BytesIO()
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.all, qdf=True)
    assert b"|lines" not in out.getvalue() and b"1.a|" not in out.getvalue()
