"""The pieces of a preview's page."""

import re
from html import unescape

import pytest
from previewed import MODEL, NAME, write_model

from examgen.bank.load import Bank
from examgen.language import find_language
from examgen.preview.page import (
    Pick,
    Source,
    item_piece,
    marks_piece,
    proof_piece,
    space_piece,
)

BORDER = "side = IntegerEntry(H + 1,"


@pytest.fixture
def source(tmp_path):
    write_model(tmp_path)
    return Source(NAME, (tmp_path,))


def changed(tmp_path, old, new):
    assert old in MODEL
    write_model(tmp_path, MODEL.replace(old, new))
    return Source(NAME, (tmp_path,))


def plain(html):
    """The text of a piece, pictures by their alternative texts."""
    html = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r" \1 ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_an_item_shows_what_students_see_and_what_they_do_not(source):
    text = plain(item_piece(source, Pick(rank=3)))
    assert "Question 1. Map and border (5 marks)" in text
    assert "A square map of side H equals 5" in text
    assert "Its area? " in text
    assert "Key 36 24 perimeter: Multiply the sides: S times S" in text
    assert "Area(3) H = 5" in text


def test_a_seed_draws_a_usable_item_and_always_the_same(source):
    drawn = {item_piece(source, Pick(seed=seed)) for seed in range(12)}
    again = {item_piece(source, Pick(seed=seed)) for seed in range(12)}
    ranks = {re.search(r'data-rank="(\d+)"', html)[1] for html in drawn}
    assert drawn == again
    assert len(ranks) > 3
    assert "1" not in ranks  # H = 3: the perimeter is the area


def test_an_item_that_no_student_gets_says_why(source):
    text = plain(item_piece(source, Pick(rank=1)))
    assert "No student gets this item: part 'area': 'perimeter' gives the same as the key" in text


def test_a_model_that_leaves_no_item_is_shown_all_the_same(tmp_path):
    nothing = changed(tmp_path, "    stem =", "    where = [H > 9]\n    stem =")
    assert "No student gets this item: not legal" in plain(item_piece(nothing, Pick()))
    assert "8 in the space 0 legal 0 usable" in plain(space_piece(nothing, Pick()))


def test_the_space_is_counted_and_items_are_linked(source):
    html = space_piece(source, Pick(rank=4))
    assert "8 in the space 8 legal 7 usable" in plain(html)
    assert "1 excluded: part area , 'perimeter' gives the same as the key" in plain(html)
    assert re.findall(r'href="/\?rank=(\d+)"', html) == ["0", "2", "3", "4", "5", "6", "7"]
    assert re.findall(r'class="shown".*?>(\d+)</a>', html) == ["4"]
    assert "7 9 10 100" in plain(html)  # rank, H, and both keys


def test_the_proof_tells_that_all_is_well(source):
    assert "Proved on 7 items" in plain(proof_piece(source))


def test_the_proof_tells_what_the_oracle_refutes(tmp_path):
    html = proof_piece(changed(tmp_path, BORDER, BORDER.replace("+ 1", "+ 2")))
    text = plain(html)
    assert re.search(r"part 'side': the key says (\d+), the oracle derived (?!\1)\d+", text)
    assert "Proved on" not in text
    rank = re.search(r"check maps/area --rank (\d+)", text)[1]
    assert f'href="/?rank={rank}"' in html


def test_answers_are_marked_with_reading_verdict_and_evidence(source):
    html = marks_piece(source, Pick(rank=3), {"side": "06", "area": "24"})
    side, area = (plain(one) for one in html.split("<template")[1:])
    assert "read as 6 verdict right, 2 of 2 marks" in side
    assert "verdict misconception, 0 of 3 marks" in area
    assert "perimeter: Multiply the sides: S times S" in area
    assert "evidence the value of 'perimeter'" in area


def test_only_what_was_typed_is_marked(source):
    html = marks_piece(source, Pick(rank=3), {"area": "49"})
    assert re.findall(r'data-part="(\w+)"', html) == ["area"]


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</template><script>", "<<H>>"],
)
def test_what_was_typed_is_escaped(source, hostile):
    html = marks_piece(source, Pick(rank=3), {"area": hostile})
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("</template>") == 1


def test_a_part_that_is_no_longer_there(source):
    text = plain(marks_piece(source, Pick(rank=3), {"width": "1"}))
    assert "maps/area has no part 'width'" in text


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("H = Int(2, 9)", "H = Int(2, 9", 6, "SyntaxError"),
        ("H = Int(2, 9)", "H = Int(9, 2)", 6, "a parameter needs at least one value"),
        ("4 * side", "4 * sied", 10, "sied"),
        ("H + 1, prompt", "1 / 0, prompt", 8, "ZeroDivisionError"),
    ],
)
def test_a_broken_model_is_told_with_file_line_and_excerpt(tmp_path, old, new, line, message):
    html = item_piece(changed(tmp_path, old, new), Pick())
    path = tmp_path / f"{NAME}.py"
    assert f"{path}:{line}" in html
    assert message in html
    assert re.search(rf'class="here"><b> *{line}</b>', html)


def test_the_other_pieces_tell_it_too(tmp_path):
    broken = changed(tmp_path, "9)", "9")
    assert "SyntaxError" in space_piece(broken, Pick())
    assert "SyntaxError" in proof_piece(broken)
    assert "SyntaxError" in marks_piece(broken, Pick(rank=0), {"side": "1"})


def test_a_rank_outside_the_space(source):
    assert "ranks are 0 to 7" in item_piece(source, Pick(rank=8))


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("<<H>>", "<<h>>", 7, "stem.*'h' is undefined"),
        ("<<H>>", "\\\\frac{<<H>>", 7, "stem.*the formula .* cannot be set"),
        ("Its area?", "$\\\\nothing$", 9, "area.*nothing"),
        ("S \\times", "S \\tines", 10, "area.*'perimeter'.*tines"),
        ("working.area", "working.aera", 12, "solution.*'aera'.*'area'"),
    ],
)
def test_a_slip_in_a_text_is_told_with_its_place(tmp_path, old, new, line, message):
    html = unescape(item_piece(changed(tmp_path, old, new), Pick()))
    assert re.search(rf"{re.escape(str(tmp_path))}/{NAME}\.py:{line}\b.*{message}", html)


@pytest.mark.parametrize("name", sorted(Bank.with_bundled([])))
def test_every_item_model_of_the_bank_is_shown(name):
    html = item_piece(Source(name), Pick(seed=1))
    assert 'class="problem"' not in html
    assert html.count('class="part"') == html.count('class="response"') > 0


def test_figures_keep_their_letters_in_the_fonts_of_the_page(tmp_path):
    html = item_piece(Source("convolution/by_hand"), Pick(rank=5))
    assert re.search(r'<svg class="figure" role="img" aria-label="[^"]+"', html)
    assert 'class="figure" src=' not in html


def test_an_item_in_another_language(tmp_path):
    write_model(tmp_path)
    side = tmp_path / f"{NAME}.tr.md"
    side.write_text("# stem\nKenarı $H = <<H>>$ olan bir kare.\n", encoding="utf-8")
    turkish = Source(NAME, (tmp_path,), find_language("tr"))
    text = plain(item_piece(turkish, Pick(rank=3)))
    assert "Kenarı H eşittir 5 olan bir kare." in text
    assert "Its area?" in text
    assert "Yanıt 36" in text
    assert "read as 36" in plain(marks_piece(turkish, Pick(rank=3), {"area": "36,0"}))
    assert "area.tr.md has no title" in plain(proof_piece(turkish))
    side.write_text("# stem\n\nEn <<W>>\n", encoding="utf-8")
    html = item_piece(turkish, Pick(rank=3))
    assert "area.tr.md:3" in plain(html)
    assert re.search(r'class="here"><b>\s*3</b>\s*En', html)
