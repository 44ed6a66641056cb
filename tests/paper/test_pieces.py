"""The small pieces of a paper: answer spaces, words for marks and time, the 2-D code, merging."""

import base64
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
import zxingcpp

from examgen.answers import kind_from
from examgen.exam.blueprint import read_blueprint
from examgen.exam.record import Form
from examgen.paper import (
    Heading,
    Typesetter,
    check_system,
    choices_in_words,
    fonts,
    merge,
    printable,
    render_paper,
)
from examgen.paper.code import SIDE, data_matrix, printed_side
from examgen.paper.environment import duration, marks_in_figures
from examgen.paper.keyview import KeyItem, KeyView
from examgen.paper.room import across, fits_beside, height, length
from examgen.paper.space import Space, hint_on_paper, space_for


@pytest.mark.parametrize("text", ["7K3M-9PQR-X2", "A", "0123456789" * 4])
def test_the_code_reads_back(text: str) -> None:
    modules = np.array(data_matrix(text))
    image = np.where(np.kron(modules, np.ones((6, 6), dtype=bool)), 0, 255).astype(np.uint8)
    found = zxingcpp.read_barcode(image)
    assert found is not None
    assert found.text == text
    assert found.format == zxingcpp.BarcodeFormat.DataMatrix
    assert modules.shape[0] == modules.shape[1]
    assert not modules[:2].any()  # quiet
    assert modules[2:-2, 2].all()  # the solid left edge of the symbol


def test_the_symbol_without_its_quiet_zone_has_the_stated_side() -> None:
    modules = data_matrix("7K3M-9PQR-X2")
    assert printed_side(modules) * 16 / 20 == pytest.approx(SIDE)


@pytest.mark.parametrize(
    ("marks", "printed"),
    [
        (Fraction(3), "3"),
        (Fraction(5, 2), "2½"),
        (Fraction(1, 4), "¼"),
        (Fraction(5, 3), "5/3"),
        (Fraction(0), "0"),
    ],
)
def test_marks_in_figures(marks: Fraction, printed: str) -> None:
    assert marks_in_figures(marks) == printed


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (180, "3 hours"),
        (60, "1 hour"),
        (45, "45 minutes"),
        (91, "1 hour 31 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_duration(minutes: int, words: str) -> None:
    assert duration(minutes) == words


def test_options_stand_side_by_side_when_short() -> None:
    assert across(("$1$", "$2$")) == 4
    assert across(("$1$", "the side of the kernel")) == 2
    assert across(("$1$", "x" * 50)) == 1
    assert across(("a", "![a](data:,)")) == 1
    assert across(("12", "13", "14", "15", "16")) == 5


def test_rows_of_options_are_balanced() -> None:
    matrix = r"$\begin{pmatrix} -2 & 12 & 3 \\ 2 & 1 & -2 \\ 0 & 3 & 1 \end{pmatrix}$"
    assert across((matrix,) * 5) == 3
    assert across((matrix,) * 4) == 4


def test_pictures_and_commands_are_not_counted_as_text() -> None:
    picture = f"![words](data:image/svg+xml;base64,{'QUJD' * 500})"
    assert length(f"one two {picture}") == len("one two")
    assert length(r"$\left\lfloor K \right\rfloor$") < 8


def test_a_hint_stands_beside_a_grid_that_leaves_room() -> None:
    hint = "in each cell a whole number, such as 12"
    assert fits_beside("y", 77, hint) and not fits_beside("y", 88, hint)
    assert not fits_beside(r"\frac{\partial L}{\partial x} + y + z + w", 77, hint)
    assert fits_beside("y", 65, 3 * hint)  # on two lines


def test_a_picture_is_as_high_as_it_says() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="15em" height="10em"></svg>'
    picture = f"![words](data:image/svg+xml;base64,{base64.b64encode(svg).decode()})"
    assert 38.8 < height(picture) < 50  # 10 em of 11 pt, and space around it
    assert height("x " * 400) > 3 * height("x " * 80)


@pytest.mark.parametrize(
    ("shape", "cells"),
    [([4], (1, 1, 4)), ([3, 2], (1, 3, 2)), ([2, 3, 4], (2, 3, 4)), ([10], (1, 1, 10))],
)
def test_small_arrays_get_cells(shape: list[int], cells: tuple[int, int, int]) -> None:
    kind = kind_from({"kind": "array", "shape": shape, "entry": {"kind": "integer"}})
    space = space_for(kind, Fraction(2))
    assert space.style == "grid"
    assert (space.slices, space.rows, space.columns) == cells
    assert 10 <= space.width / space.columns <= (25 if space.rows == 1 else 15)


def test_hints_on_paper_fit_the_space() -> None:
    matrix = kind_from({"kind": "array", "shape": [2, 2], "entry": {"kind": "integer"}})
    large = kind_from({"kind": "array", "shape": [19, 19], "entry": {"kind": "integer"}})
    choice = kind_from({"kind": "one_choice", "count": 4})
    assert hint_on_paper(matrix, space_for(matrix, Fraction(1))).startswith("in each cell a whole")
    assert "19" in hint_on_paper(large, space_for(large, Fraction(1)))
    assert "circle" in hint_on_paper(choice, space_for(choice, Fraction(1)))


def test_the_places_for_more_than_a_number() -> None:
    def space(**settings: Any) -> tuple[Space, str]:
        kind = kind_from(settings)
        found = space_for(kind, Fraction(2))
        return found, hint_on_paper(kind, found)

    number = {"kind": "decimal", "places": 2}
    quantity = {"kind": "quantity", "unit": "%", "number": number, "unit_credit": "1/2"}
    printed, hint = space(**quantity)
    assert (printed.style, printed.unit) == ("number", r"\mathrm{\%}")
    assert "%" not in hint and "2 decimal places" in hint
    required, hint = space(**quantity, unit_required=True)
    assert required.unit == ""
    assert "with its unit" in hint
    assert space(kind="interval")[0].brackets
    real, hint = space(kind="interval", integers=False, ends=True)
    assert not real.brackets
    assert hint.startswith("the brackets too")
    pair, _ = space(kind="vector_pair", lengths=[3, 5], names=["a", "b"])
    assert (pair.style, pair.axes, pair.lengths) == ("rows", ("a", "b"), (3, 5))
    assert space(kind="vector_pair", lengths=[3, 20], names=["a", "b"])[0].style == "box"
    members = {"names": ["F", "S"], "entry": {"kind": "integer"}, "scoring": "all-or-nothing"}
    for kind in ("set", "list"):
        found, hint = space(kind=kind, **members)
        assert found.style == "box"
        assert "(F, S)" in hint


@pytest.mark.parametrize("shape", [[30], [20, 2], [2, 20], [4, 8, 8], [2, 2, 2, 2]])
def test_large_arrays_get_one_box(shape: list[int]) -> None:
    kind = kind_from({"kind": "array", "shape": shape, "entry": {"kind": "integer"}})
    assert space_for(kind, Fraction(2)).style == "box"


def test_essays_get_lines_by_their_marks() -> None:
    essay = kind_from({"kind": "essay"})
    assert space_for(essay, Fraction(4)).rows == 10
    assert space_for(essay, Fraction(1, 2)).rows == 3


def test_spaces_for_what_is_answered_in_letters_and_words() -> None:
    order = kind_from({"kind": "order", "count": 5, "scoring": "pairs"})
    assert (space_for(order, Fraction(2)).style, space_for(order, Fraction(2)).columns) == (
        "order",
        5,
    )
    once = {"kind": "matches", "count": 4, "rows": 3, "scoring": "per-row", "reuse": False}
    for reuse, told in ((False, "at most once"), (True, "several rows")):
        kind = kind_from(once | {"reuse": reuse})
        assert told in hint_on_paper(kind, space_for(kind, Fraction(1)))


@pytest.mark.parametrize(
    ("correction", "style"),
    [
        ({"kind": "integer"}, "number"),
        ({"kind": "shape", "axes": ["H", "W"]}, "shape"),
        ({"kind": "array", "shape": [2], "entry": {"kind": "integer"}}, "grid"),
        ({"kind": "essay"}, "text"),
    ],
)
def test_a_claim_leaves_room_for_the_correction_of_its_kind(correction: dict, style: str) -> None:
    kind = kind_from({"kind": "true_or_false", "correction": correction, "verdict_share": "1/2"})
    space = space_for(kind, Fraction(1))
    assert space.style == "verdict"
    assert space.inner is not None
    assert space.inner.style == style


def test_the_key_of_letters_and_words(sample: tuple[Form, Heading]) -> None:
    order, pairs, size, shape, taught, word = KeyView.of(*sample).items[-1].parts
    assert (order.key, order.mistakes[0].value) == ("C, A, B", "C, B, A")
    assert not any(option.right for option in order.options)
    assert [(row.number, row.text, row.letter) for row in pairs.rows] == [
        (1, "convolution", "C"),
        (2, "pooling", "A"),
    ]
    assert pairs.key == "1C 2A"
    assert (size.key, size.tex) == (r"\text{false: } 55", "")
    assert shape.key == r"\text{true}"
    assert taught.key == "false: They are learned."
    assert (word.key, word.in_words) == ("equivariant", True)
    several = KeyView.of(*sample).items[2].parts[2]
    assert [option.right for option in several.options] == [False, True, False, True]


def test_a_misconception_is_printed_where_it_gives_an_answer(
    sample: tuple[Form, Heading],
) -> None:
    """One that gives none in this paper is left out; a long value gets a line of its own."""
    item = sample[0].items[1]
    output, *others = item.parts
    flipped, transposed = output.misconceptions
    assert transposed.value is None
    assert [one.name for one in KeyItem.of(item).parts[0].mistakes] == [flipped.name]
    long = {
        "kind": "set",
        "names": [],
        "entry": {"kind": "integer"},
        "scoring": "right-minus-wrong",
    }
    many = replace(flipped, name="all of them", value=list(range(1000, 1030)))
    few = replace(flipped, name="two of them", value=[1000, 1001])
    asked = replace(output, kind=long, key=[1000], misconceptions=(few, many))
    (part, *_) = KeyItem.of(replace(item, parts=(asked, *others))).parts
    assert [one.wide for one in part.mistakes] == [False, True]
    assert part.value_width < 46


def test_this_machine_can_make_papers() -> None:
    assert check_system() == []


def test_what_is_missing_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_loads", lambda name: name != "harfbuzz-subset")
    (line,) = check_system()
    assert "libharfbuzz-subset0" in line
    assert "apt-get install" in line


def test_merged_papers(tmp_path: Path, papers: Typesetter, sample: tuple) -> None:
    form, heading = sample
    content = render_paper(form, heading, papers=papers)
    paths = [tmp_path / name for name in ("1.pdf", "2.pdf")]
    for path in paths:
        path.write_bytes(content)
    with pikepdf.open(paths[0]) as one:
        pages = len(one.pages)
    for duplex, expected in ((False, 2 * pages), (True, 2 * (pages + pages % 2))):
        first, second = tmp_path / "a" / "all.pdf", tmp_path / "b" / "all.pdf"
        merge(paths, first, duplex=duplex)
        merge(paths, second, duplex=duplex)
        assert first.read_bytes() == second.read_bytes()
        with pikepdf.open(first) as merged:
            assert len(merged.pages) == expected
            assert all(page.Contents.read_bytes() is not None for page in merged.pages)


def test_a_blank_page_follows_a_paper_of_odd_length(tmp_path: Path) -> None:
    source = tmp_path / "one.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(source)
    merge([source, source], tmp_path / "all.pdf", duplex=True)
    with pikepdf.open(tmp_path / "all.pdf") as merged:
        assert [tuple(page.mediabox) for page in merged.pages] == [(0, 0, 595, 842)] * 4


def test_headings_may_leave_things_out() -> None:
    assert Heading(title="Quiz").instructions == ()


def test_the_cover_tells_of_choices(tmp_path: Path) -> None:
    lines = ["[exam]", 'title = "Quiz"']
    for names, rest in (('"a", "c"', ""), ('"b", "d", "e"', 'count = 2\ntake = "first"')):
        lines += ["[[choose]]", f"questions = [{names}]", rest]
    for name in "abcde":
        lines += ["[[question]]", f'name = "{name}"', 'item = "pooling/shift"']
    path = tmp_path / "quiz.toml"
    path.write_text("\n".join(lines))
    assert list(choices_in_words(read_blueprint(path))) == [
        "Of questions 1 and 3, answer one. If you answer more, the best one will count.",
        "Of questions 2, 4 and 5, answer 2. If you answer more, the first 2 in the paper will "
        "count.",
    ]


@pytest.mark.parametrize(
    "name",
    ["Ayşegül Çağlayan", "Zoe\u0308", "Nguyễn Văn Ân", "Ольга", "Ναταλία", "D’Arcy-Łuk", ""],
)
def test_names_the_font_holds(name: str) -> None:
    assert printable(name) == name


@pytest.mark.parametrize("name", ["王小明", "Wang 小明", "علي", "한지민"])
def test_names_with_a_letter_it_lacks(name: str) -> None:
    assert printable(name) == ""
