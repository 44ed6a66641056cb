import base64
import inspect
import re
import runpy
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from drawn import CALLS, HALF, drawn
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.text import Figure, TextError, expand, figures
from examgen.text.figures.canvas import TINTS, width_of
from examgen.text.picture import FigureImage

SCRIPT = Path(__file__).parents[2] / "scripts" / "draw_figures.py"
DRAWN = runpy.run_path(str(SCRIPT))["drawings"]()
EM = 11 * 25.4 / 72  # millimetres
SHEETS = {**{name: drawn(name).svg for name in CALLS}, **{f"docs {k}": v for k, v in DRAWN.items()}}


@pytest.mark.parametrize("name", CALLS)
def test_every_figure_is_drawn_from_operators_at_its_size(name: str) -> None:
    url = "data:image/svg+xml;base64," + base64.b64encode(SHEETS[name].encode()).decode()
    width, height, ratio = FigureImage(url).get_intrinsic_size(96, 11)
    assert 0 < width <= 141 * 96 / 25.4 and ratio == pytest.approx(width / height)


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_cut_and_no_text_covers_another(
    name: str, check_layout: Callable[[str], None]
) -> None:
    check_layout(SHEETS[name])


@pytest.mark.parametrize("name", SHEETS)
def test_type_sizes_and_strokes_are_of_one_family(name: str) -> None:
    svg = SHEETS[name]
    assert {*re.findall(r'font-size="([\d.]+)"', svg)} <= {"9", "9.6", "10", "11", "12", "14", "16"}
    weights = {*re.findall(r'stroke-width="([\d.]+)"', svg)}
    assert weights <= {"0.4", "0.5", "0.7", "0.9", "1.4", "1.8", "2"}


@pytest.mark.parametrize("name", CALLS)
def test_a_figure_is_deterministic_fits_the_page_and_has_words(name: str) -> None:
    figure = drawn(name)
    assert figure == drawn(name)
    root = ElementTree.fromstring(figure.svg)
    assert float(root.attrib["width"].removesuffix("em")) * EM <= 140.5
    assert float(root.attrib["height"].removesuffix("em")) * EM <= 62
    assert re.fullmatch(r"[A-Z].{20,}\.", figure.alt), figure.alt
    assert not re.search(r"None|True|False|Fraction|[(\[{]{2}|-\d", figure.alt), figure.alt


def test_every_figure_is_drawn_here() -> None:
    assert {function for function, _, _ in CALLS.values()} == set(figures)


def test_every_figure_can_be_called_from_an_item_text() -> None:
    text = expand("<< windows_figure(size=7, kernel=3, stride=S) >>", {"S": 2})
    assert "A row of 7 pixels" in str(text)


def texts(figure: Figure) -> list[str]:
    return [
        element.text or "" for element in ElementTree.fromstring(figure.svg).findall(".//{*}text")
    ]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colours_differ_in_grey_print_and_black_is_legible_on_them() -> None:
    shades = [luminance(colour) for colour in TINTS]
    assert all(lighter - darker > 0.015 for lighter, darker in pairwise(shades)), shades
    assert all((shade + 0.05) / 0.05 > 7 for shade in shades)


def test_only_greys_and_the_tints_are_used() -> None:
    colours = {c for svg in SHEETS.values() for c in re.findall(r'(?:fill|stroke)="(#\w+)"', svg)}
    coloured = {c for c in colours if len(set(re.findall("..", c[1:]))) > 1 and len(c) == 7}
    assert coloured <= set(TINTS)
    assert coloured


# What an answer of the item looks like in a figure that is called with these givens.
ANSWERS = {
    "border": ("Padded", "−20, 3, 1, −20, 3, 1, −20"),
    "field": ("11",),
    "im2col": ("1, 2, 4, 5",),
    "index sets": ("sees",),
    "overlap": ("4", "2, 4, 2"),
    "profile": ("−5",),
    "slide over": ("0, 0; 3, −4",),
    "stamps": ("−2, −1",),
    "strip": ("−29",),
    "windows": ("Not read",),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_not_given_away(name: str) -> None:
    hidden, shown = drawn(name), drawn(name, reveal=True)
    for answer in ANSWERS[name]:
        assert answer not in texts(hidden)
        assert not re.search(rf"\b{answer}\b", hidden.alt)
        assert answer in shown.alt or answer in texts(shown), answer
    assert hidden.svg != shown.svg
    assert shown.alt.startswith(hidden.alt.rstrip(".")[: len(hidden.alt) // 2])


def test_reveal_is_off_unless_asked_for() -> None:
    for name, function in figures.items():
        parameters = inspect.signature(function).parameters
        if "reveal" in parameters:
            assert parameters["reveal"].default is False, name


def test_the_bars_of_a_hidden_field_do_not_tell_its_size() -> None:
    field = figures["receptive_field_figure"]([3, 5, 3], [2, 1, 1])
    wide = figures["receptive_field_figure"]([3, 5, 3], [1, 1, 1])
    strip = r'<rect x="([\d.]+)"'
    assert re.findall(strip, field.svg) == re.findall(strip, wide.svg)


LARGE = 302  # CSS pixels of a figure that the large edition prints unshrunk: 174 mm at 1.33 · 18 pt


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("receptive_field_figure", ([11, 5, 5, 5], [2, 2, 3, 2])),
        ("network_figure", ("input", "1 × 1", "k × k", "output")),
        ("network_figure", ("conv 3 × 3",) * 7),
        ("conv_figure", (40, 5, 3, 4, 3)),
        ("conv_figure", (64, 9, 7, 3)),
        ("conv_figure", (14, 3, 2, 1)),
    ],
)
def test_letters_are_not_shrunk_to_fit_the_page_of_the_large_edition(
    name: str, arguments: tuple[object, ...]
) -> None:
    root = ElementTree.fromstring(figures[name](*arguments).svg)
    assert float(root.attrib["viewBox"].split()[2]) <= LARGE


def test_each_bar_of_a_revealed_field_holds_its_number() -> None:
    shown = texts(figures["receptive_field_figure"]([3, 5], [2, 1], reveal=True))
    assert [word for word in shown if word.isdecimal()] == ["11", "5", "1"]


def test_variables_of_a_network_are_slanted_and_its_rows_even() -> None:
    svg = figures["network_figure"](*["k × k", "conv k × k"], *["conv 3 × 3, stride 2"] * 2).svg
    assert re.findall(r'font-style="italic">([^<]+)<', svg) == ["k × k"]
    tops = re.findall(r'<rect x="[\d.]+" y="([\d.]+)"', svg)
    assert len({*tops[:2]}) == len({*tops[2:]}) == 1 and len({*tops}) == 2


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


def test_an_arrow_moves_right_by_the_second_offset_and_down_by_the_first() -> None:
    figure = figures["deform_figure"]([(0, 2)], 4, (1, 0), kernel=1)
    hollow, filled = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', figure.svg)[:2]
    assert float(filled[0]) > float(hollow[0])
    assert filled[1] == hollow[1]


def test_a_point_on_the_tap_of_another_is_not_covered() -> None:
    figure = figures["deform_figure"]([(0, 1), (0, 0), (0, 0), (0, 0)], 4, (1, 0), kernel=2)
    circles = re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="(#\w+)"', figure.svg)[:8]
    assert circles[0] != circles[1]
    assert circles[1][:2] == circles[4][:2]  # the first point lies on the second tap
    assert [fill for _, _, fill in circles] == ["#fff"] * 4 + ["#000"] * 4


@settings(max_examples=60, deadline=None)
@given(row=st.lists(st.integers(-9, 99), min_size=2, max_size=6), data=st.data())
def test_the_value_of_the_kink_stands_clear_of_both_slopes(
    row: list[int], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(row) - 1))
    svg = figures["profile_figure"](row, at).svg
    pixels = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', svg)]
    written = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)', svg)[2 + 2 * at]
    assert written[2] == str(row[at]).replace("-", "−")
    half, bottom = width_of(written[2]) / 2, float(written[1])
    corners = [
        (float(written[0]) + side - pixels[at][0], y - pixels[at][1])
        for side in (-half, half)
        for y in (bottom, bottom - 7.5)
    ]
    for x, y in (pixels[n] for n in (at - 1, at + 1) if 0 <= n < len(row)):
        run, rise = x - pixels[at][0], y - pixels[at][1]
        assert len({down * run > across * rise for across, down in corners}) == 1


def test_six_pixels_keep_their_size_in_large_print() -> None:
    """Large print sets 11 units of a figure in 18 points, and has lines of 174 mm."""
    svg = figures["profile_figure"]([0, 9, 1, 8, 2, 7], 2).svg
    width = float(re.findall(r'viewBox="0 0 ([\d.]+) ', svg)[0])
    assert width * 18 / 11 <= 174 / 25.4 * 72
    assert {*re.findall(r'font-size="([\d.]+)"', svg)} == {"11"}


def test_unread_pixels_are_crossed_out_and_a_window_that_starts_in_the_padding_too() -> None:
    figure = figures["windows_figure"](8, 3, stride=2, reveal=True)
    assert "Not read: 7." in figure.alt
    assert figure.svg.count("<line") == 2
    figure = figures["windows_figure"](5, 2, stride=2, padding=1, ceil_mode=True, reveal=True)
    assert "Not read: none." in figure.alt
    assert figure.svg.count("<line") == 2


def test_equal_places_in_a_toeplitz_matrix_have_equal_colours() -> None:
    svg = figures["toeplitz_figure"]([5, 5], 4).svg
    fills = re.findall(r'fill="(#\w+)"', svg.replace('fill="#000"', ""))
    kernel, matrix = fills[:2], np.array(fills[2:]).reshape(3, 4)
    assert kernel[0] != kernel[1]
    assert {*matrix.diagonal()} == {kernel[0]}
    assert {*matrix.diagonal(1)} == {kernel[1]}
    assert {*matrix.diagonal(2), *matrix.diagonal(-1)} == {"#fff"}


@pytest.mark.parametrize(("size", "first"), [(8, 1), (9, 0)])
def test_a_unit_stands_over_the_middle_of_its_taps(size: int, first: int) -> None:
    svg = figures["index_sets_figure"]([(3, 2, "same")], size, 0).svg
    across = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    pixels, units = across[:size], across[size:]
    assert units == pixels[first::2]


def test_a_link_past_a_box_goes_over_it() -> None:
    top = re.findall(r'<polyline points="([^"]+)"', drawn("graph").svg)
    boxes = re.findall(r'<rect x="[\d.]+" y="([\d.]+)"', drawn("graph").svg)
    highest = min(float(y) for line in top for y in re.findall(r",([\d.]+)", line))
    assert highest < min(map(float, boxes))


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, tuple[str, list[str]]]:
    """Networks of up to seven layers, each reading one to three of those before it."""
    names, graph = ["input"], {}
    for number in range(draw(st.integers(1, 7))):
        reads = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        graph[f"n{number}"] = (draw(st.sampled_from(["", "3 × 3"])), reads)
        names.append(f"n{number}")
    return graph


def link_pieces(svg: str) -> list[tuple[float, ...]]:
    """The straight pieces (x, y, x, y) of all links."""
    pieces = [
        tuple(map(float, ends))
        for ends in re.findall(r'x1="(.+?)" y1="(.+?)" x2="(.+?)" y2="(.+?)"', svg)
    ]
    for line in re.findall(r'<polyline points="([^"]+)"', svg):
        corners = [tuple(map(float, corner.split(","))) for corner in line.split()]
        pieces += [one + other for one, other in pairwise(corners)]
    return pieces


@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_no_link_runs_through_a_box(
    graph: dict[str, tuple[str, list[str]]], check_layout: Callable[[str], None]
) -> None:
    try:
        svg = figures["graph_figure"](graph).svg
    except TextError as error:
        assert "does not fit the page" in str(error)
        return
    check_layout(svg)
    boxes = re.findall(r'<rect x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"', svg)
    for x, y, width, height in (map(float, box) for box in boxes):
        for x1, y1, x2, y2 in link_pieces(svg):
            beside = max(x1, x2) <= x + 0.1 or min(x1, x2) >= x + width - 0.1
            above = max(y1, y2) <= y + 0.1 or min(y1, y2) >= y + height - 0.1
            assert beside or above, (x1, y1, x2, y2)
    assert svg.count("<polygon") == sum(len(reads) for _, reads in graph.values())


SMALL = st.integers(1, 5)
NUMBER = st.integers(-99, 99) | st.fractions(-9, 9, max_denominator=9)
ROW = st.lists(NUMBER, min_size=2, max_size=7)
SQUARE = st.integers(2, 6).flatmap(
    lambda n: st.lists(st.lists(NUMBER, min_size=n, max_size=n), min_size=n, max_size=n)
)
FLAG = st.booleans()
RANDOM: dict[str, tuple[st.SearchStrategy[object], ...]] = {
    "bilinear_figure": (NUMBER, NUMBER, st.just([[1, -99], [HALF, 0]]), FLAG),
    "border_figure": (ROW, st.integers(1, 2)),
    "conv_figure": (st.integers(1, 300), SMALL, SMALL, st.integers(0, 3), st.integers(1, 3)),
    "im2col_figure": (SQUARE, SMALL, SMALL),
    "index_sets_figure": (
        st.lists(st.tuples(SMALL, SMALL, st.integers(0, 2)), min_size=1, max_size=3),
        st.integers(5, 20),
        st.integers(0, 2),
        FLAG,
    ),
    "overlap_figure": (SMALL, SMALL, SMALL, st.integers(0, 2), FLAG),
    "pool_figure": (SQUARE, SMALL, SMALL, st.integers(0, 2), FLAG),
    "profile_figure": (ROW, st.integers(0, 6), FLAG),
    "slide_figure": (
        *(SQUARE, SQUARE, st.tuples(st.integers(0, 2), st.integers(0, 2)), SMALL),
        *(st.integers(0, 2), FLAG, FLAG),
    ),
    "stamps_figure": (ROW, ROW, SMALL, FLAG),
    "strip_figure": (ROW, ROW, SMALL, st.integers(0, 2), st.integers(1, 3), FLAG),
    "toeplitz_figure": (SQUARE, st.tuples(SMALL, SMALL), SMALL, st.integers(0, 2)),
    "volume_figure": (st.integers(1, 12), st.integers(1, 12)),
    "windows_figure": (
        *(st.integers(1, 20), SMALL, SMALL, st.tuples(st.integers(0, 3), st.integers(0, 3))),
        *(st.integers(1, 3), FLAG, FLAG),
    ),
    "zero_insertion_figure": (SQUARE, SMALL, SMALL, st.integers(0, 2)),
}


@pytest.mark.parametrize("name", RANDOM)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_givens_are_drawn_well_or_refused(
    name: str, check_layout: Callable[[str], None], data: st.DataObject
) -> None:
    arguments = data.draw(st.tuples(*RANDOM[name]))
    try:
        figure = figures[name](*arguments)
    except TextError as error:
        assert str(error).strip(), name
    else:
        check_layout(figure.svg)


def refused(call: Callable[[], Figure]) -> str:
    with pytest.raises(TextError) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("bars_figure", ([1, 2],), "mapping from names"),
        ("bars_figure", ({"a": -1},), "'a' is -1, not an int or a Fraction of at least 0"),
        ("bilinear_figure", (0.5, 1), "x is 0.5, not an int or a Fraction"),
        ("bilinear_figure", (1, 1, [[1]]), "four pixels"),
        ("border_figure", ([[1], [2]],), "not one row"),
        ("border_figure", ([1, 2], 1, ["mirror"]), "mirror"),
        ("conv_figure", (3, 5), "spans 5"),
        ("conv_figure", (8, 3, 0), "stride is 0"),
        ("deform_figure", ([(0, 0)], 5), "9 offsets"),
        ("feature_maps_figure", ((3, 32),), "(channels, height, width)"),
        ("graph_figure", ({"a": (3, ["b"])},), "reads ['b']; before it are input"),
        ("graph_figure", ({"a": 3},), "'a' as (layer, names of its inputs)"),
        ("grid_figure", ([[1, 2], [3]],), "not a matrix"),
        ("grid_figure", ([[0.5]],), "float"),
        ("grid_figure", ([[1]], "", ["a", "b"]), "row_names"),
        ("grid_figure", ([list(range(40))],), "does not fit the page"),
        ("grids_figure", ("+",), "at least one grid"),
        ("grids_figure", ({"values": [[1]], "dar": ()},), "'dar'"),
        ("groups_figure", ((4, 6, 3),), "3 groups do not divide 4 and 6"),
        ("groups_figure", ((4, 6, 2), (5, 5, 1)), "reads 5 channels, the one before has 6"),
        ("groups_figure", ((4, 6),), "(input channels, output channels, groups)"),
        ("im2col_figure", ([[1, 2], [3, 4]], 2, 1, (0, 1)), "over the edge"),
        ("im2col_figure", ([[1]], 2), "im2col"),
        ("index_sets_figure", ([3], 5, 3), "not among the 3 units"),
        ("index_sets_figure", ([9], 5, 0), "receptive_field"),
        ("overlap_figure", (2, 0, 1), "kernel_size"),
        ("pool_figure", ([[1]], 2), "larger"),
        ("profile_figure", ([1, 2], 5), "at is 5"),
        ("receptive_field_figure", ([3], [1, 2]), "one stride"),
        ("slide_figure", ([[1]], [[1]], (1, 0)), "over the edge"),
        ("stamps_figure", (["a"], [1]), "not one row of numbers"),
        ("strip_figure", ([1], [1, 2]), "conv1d"),
        ("toeplitz_figure", ([[1], [2]], 3), "one row"),
        ("trace_figure", ("y = 1",), "a trace of the engine"),
        ("volume_figure", (2, 3), "larger than the volume"),
        ("volume_figure", ((2, 3), 1), "(depth, height, width)"),
        ("windows_figure", (3, 5), "spans 5"),
        ("windows_figure", (3, 1, 1, (1, 2, 3)), "padding"),
        ("zero_insertion_figure", ([1], 2, 1, 2), "less than the kernel"),
    ],
)
def test_givens_that_make_no_figure(name: str, arguments: tuple[object, ...], words: str) -> None:
    assert words in refused(lambda: figures[name](*arguments))


@pytest.mark.parametrize("name", ["feature_maps_figure", "groups_figure"])
def test_names_are_as_many_as_what_they_name(name: str) -> None:
    words = refused(lambda: figures[name]((4, 4, 2), (4, 6, 1), names=["one"]))
    assert words == "names: 1 names for 2"
