import re
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from examgen.text import Figure, TextError, figures

OFFSETS = [(Fraction(1, 2), 0), (0, 1), (Fraction(-1, 4), Fraction(3, 2)), (0, 0)]
CALLS = {
    "bilinear": lambda: figures["bilinear_figure"](Fraction(9, 4), 3, [[1, 2], [3, 4]]),
    "small conv": lambda: figures["conv_figure"](7, 3, stride=2, padding=1),
    "large conv": lambda: figures["conv_figure"](40, 5, stride=3, padding=4, dilation=3),
    "deform": lambda: figures["deform_figure"](OFFSETS, 5, (1, 1), kernel=2),
    "grid": lambda: figures["grid_figure"](np.arange(6).reshape(2, 3), "X"),
    "network": lambda: figures["network_figure"](*["conv 3 × 3"] * 7),
    "padding": lambda: figures["padding_figure"]([[1, 2], [3, 4]], 2),
    "pool": lambda: figures["pool_figure"](np.arange(16).reshape(4, 4), 2),
    "field": lambda: figures["receptive_field_figure"]([3, 5], [2, 1]),
    "separable": lambda: figures["separable_figure"](3),
    "slide": lambda: figures["slide_figure"]([[1, 2], [3, -4]], [[1]], (1, 0)),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_figure_is_sound_deterministic_and_fits_the_page(name: str) -> None:
    figure: Figure = CALLS[name]()
    assert figure == CALLS[name]()
    root = ElementTree.fromstring(figure.svg)
    assert float(root.attrib["width"].removesuffix("mm")) <= 140.5
    assert float(root.attrib["height"].removesuffix("mm")) <= 60
    assert len(figure.alt) > 20
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for place, most in (("x", width), ("y", height), ("cx", width), ("cy", height)):
        for element in root.iter():
            assert 0 <= float(element.attrib.get(place, 0)) <= most


def test_every_figure_is_drawn_here() -> None:
    assert len(figures) == 10


def texts(figure: Figure) -> list[str]:
    return [
        element.text or "" for element in ElementTree.fromstring(figure.svg).findall(".//{*}text")
    ]


def test_large_convolutions_stay_on_the_page_and_put_the_next_window_a_stride_on() -> None:
    for size in (14, 23, 40, 227):
        for stride in (1, 2, 4):
            figure = figures["conv_figure"](size, 5, stride=stride, padding=2, dilation=2)
            circles = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', figure.svg)
            first, after = circles[:5], circles[5:]
            cell = (float(first[1][0]) - float(first[0][0])) / 2
            assert float(after[0][0]) - float(first[0][0]) == pytest.approx(stride * cell, abs=0.1)
            assert {round(float(b[0]) - float(a[0]), 1) for a, b in pairwise(first)} == {
                round(2 * cell, 1)
            }


def test_answers_are_not_given_away() -> None:
    field = figures["receptive_field_figure"]([3, 5, 3], [2, 1, 1])
    assert "15" not in texts(field) and "15" not in field.alt
    assert "15" in texts(figures["receptive_field_figure"]([3, 5, 3], [2, 1, 1], reveal=True))
    assert texts(figures["separable_figure"](3)) == ["×", "=", "3 × 1", "1 × 3", "3 × 3"]
    wide = figures["receptive_field_figure"]([3, 5, 3], [1, 1, 1])
    strip = r'<rect x="([\d.]+)"'
    assert re.findall(strip, field.svg) == re.findall(strip, wide.svg)


def test_an_arrow_moves_right_by_the_second_offset_and_down_by_the_first() -> None:
    figure = figures["deform_figure"]([(0, 2)], 4, (1, 0), kernel=1)
    hollow, filled = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', figure.svg)[:2]
    assert float(filled[0]) > float(hollow[0])
    assert filled[1] == hollow[1]


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("conv_figure", (3, 5), "spans 5"),
        ("conv_figure", (8, 3, 0), "stride is 0"),
        ("grid_figure", ([[1, 2], [3]],), "not a matrix"),
        ("grid_figure", ([[0.5]],), "float"),
        ("grid_figure", ([[1]], "", ["a", "b"]), "row_names"),
        ("grid_figure", ([list(range(40))],), "does not fit the page"),
        ("slide_figure", ([[1]], [[1]], (1, 0)), "over the edge"),
        ("pool_figure", ([[1]], 2), "larger"),
        ("deform_figure", ([(0, 0)], 5), "9 offsets"),
        ("receptive_field_figure", ([3], [1, 2]), "one stride"),
    ],
)
def test_givens_that_make_no_figure(name: str, arguments: tuple[object, ...], words: str) -> None:
    with pytest.raises(TextError, match=words):
        figures[name](*arguments)
