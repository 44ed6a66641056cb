"""Which figures we draw ourselves: none that would look different."""

import base64

import pytest

from examgen.text.drawing import NotDrawable
from examgen.text.picture import FigureImage

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="20.0mm" viewBox="0 0 60 40" '
    'font-family="Exam Serif">{}</svg>'
)


def image(svg: str) -> FigureImage:
    """The image of a figure in a data URL."""
    return FigureImage("data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode())


def test_sizes_in_em_follow_the_text() -> None:
    width, height, _ = image(SVG.format("3.0em", "")).get_intrinsic_size(96, 18)
    assert (width, height) == (54, pytest.approx(75.59, abs=0.01))


@pytest.mark.parametrize(
    "element",
    [
        '<rect x="1" y="1" width="2" height="2" fill="#000" fill-opacity="0.5"/>',
        '<g><line x1="0" y1="0" x2="1" y2="1"/></g>',
        '<path d="M0 0L1 1" stroke="#000" stroke-width="1"/>',
        '<rect x="1" y="1" width="2" height="2" fill="#000" transform="scale(2)"/>',
        '<circle cx="1" cy="1" r="2" fill="#0000"/>',
    ],
)
def test_what_we_cannot_draw_is_left_to_weasyprint(element: str) -> None:
    with pytest.raises(NotDrawable):
        image(SVG.format("20.0mm", element))
