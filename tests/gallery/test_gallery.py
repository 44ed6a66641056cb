"""The gallery: every item model once, in one file that needs nothing else; faults are told."""

import re
import stat
from collections import Counter
from html import unescape

import pytest
from click.testing import CliRunner
from galleries import MODELS, TITLE, gallery_of, write_bank
from html_page import Page

from examgen.bank import Bank
from examgen.bank.sample import Census
from examgen.cli import main
from examgen.gallery import make, make_gallery
from examgen.gallery.card import usable
from examgen.preview.page import Pick


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return write_bank(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def made(shelf, tmp_path_factory):
    return gallery_of(shelf, tmp_path_factory.mktemp("out") / "gallery.html")


@pytest.fixture(scope="module")
def html(made):
    return made[0]


def card(html, name):
    """The HTML of one card."""
    return re.search(rf'<article class="card[^"]*" id="{name}".*?</article>', html, re.DOTALL)[0]


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_the_whole_bank(tmp_path):
    out = tmp_path / "gallery.html"
    make_gallery(out=out, say=(said := []).append)
    bank, html = Bank.with_bundled(()), out.read_text("utf-8")
    page = Page(html)
    assert [one["id"] for one in page.all("article")] == sorted(
        bank, key=lambda name: (bank[name].topic, name)
    )
    assert said[-1].startswith(f"{out}: {len(list(bank))} item models")
    assert not any(line.startswith("note") for line in said)
    assert html.count("<details>") == len(list(bank))
    assert_self_contained(html)
    ids = Counter(one["id"] for _, one in page.elements if "id" in one)
    assert max(ids.values()) == 1
    assert page.wrong == []
    drawn = [one for one in page.all("svg") if one.get("role") == "img"]
    assert len(drawn) >= 15 and all(one["aria-label"] for one in drawn)
    assert out.stat().st_size < 15_000_000


def assert_self_contained(html):
    """No file and no address of elsewhere is asked for."""
    addresses = re.findall(r"""(?:src|href|action|data)=["']?([^"'> ]*)""", html)
    assert addresses and all(one.startswith(("#", "data:")) for one in addresses)
    fetched = re.findall(r"url\(\s*[\"']?([^\"')]{0,20})", html)
    assert fetched and all(one.startswith("data:") for one in fetched)
    assert not re.search(r"@import|<iframe|<object|<embed|fetch\(|XMLHttpRequest", html)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'") and "http" not in policy


def test_what_a_card_tells(html):
    area = plain(card(html, "maps/area"))
    assert "Map and border maps/area Computes the area of a square" in area
    assert "Marks 5 Effort 49 steps by hand Usable variants 7 of 8 settings" in area
    assert "Answers (a) whole number (b) whole number" in area
    assert "Marked without a human Serves 1a square-area 2b borders" in area
    assert "A square map of side" in area


def test_the_keys_are_behind_a_click(html):
    for name in ("maps/area", "maps/wide", "words/why"):
        before, behind = card(html, name).split("<details>")
        assert "Worked solution" not in before and "Key" not in plain(before)
        assert "<summary>" in behind
    behind = plain(card(html, "maps/area").partition("<details>")[2])
    assert "perimeter" in behind and "Multiply the sides" in behind and "Worked solution" in behind
    assert "Parameter Values Count H 2, 3, 4, 5, 6, 7, 8, 9 8" in behind


def test_what_a_human_marks_is_told(html):
    why = card(html, "words/why")
    assert "Marked (b) by a human" in plain(why)
    behind = plain(why.partition("<details>")[2])
    assert "Weights are shared ." in behind and "1 mark Names locality" in behind
    machine = re.findall(r'<article class="card" id="([^"]*)"[^>]* data-machine>', html)
    assert machine == ["maps/wide", "maps/area"]


def test_the_filters_offer_what_there_is(html):
    offered = {
        name: re.findall(r'<option value="([^"]+)">([^<]*)', select)
        for name, select in re.findall(r'<select name="(\w+)">(.*?)</select>', html, re.DOTALL)
    }
    assert [text for _, text in offered["serves"]] == ["1a (1)", "2b (1)", "10c (1)"]
    assert [text for _, text in offered["kinds"]] == [
        "essay (1)", "one choice (1)", "whole number (2)",
    ]  # fmt: skip
    assert [unescape(text) for _, text in offered["topic"]] == [
        "<i>areas</i> & 'more' (1)", "areas (1)", "words (2)",
    ]  # fmt: skip


def test_a_title_is_text_whatever_it_looks_like(html):
    page = Page(html)
    assert page.wrong == []
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert TITLE in " ".join(page.words)
    assert "<i>areas" not in html


def test_a_broken_item_model_has_a_card_with_file_and_line(shelf, made):
    html, said = made
    path = shelf / "words" / "broken.py"
    broken = plain(card(html, "words/broken"))
    assert f"{path}:6 SyntaxError: '(' was never closed" in broken
    assert "6 H = Int(2, 9" in broken
    assert said[:-1] == [f"note: {path}:6  SyntaxError: '(' was never closed"]
    assert "4 item models" in said[-1] and "is not for students" in said[-1]
    assert "; 1 cannot be shown" in plain(html)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("    while True: pass\n    H = Int", "takes longer than 1 seconds"),
        ("    import os; os._exit(3)\n    H = Int", "ended its process (exit status 3)"),
        ("    H = 1 / 0 * Int", ":9  ZeroDivisionError: division by zero"),
    ],
)
def test_whatever_one_does_the_others_are_shown(tmp_path, monkeypatch, fault, told):
    monkeypatch.setattr(make, "SECONDS", 1)
    area = MODELS["maps/area"]
    bank = {"maps/area": area, "maps/bad": area.replace("    H = Int", fault)}
    html, said = gallery_of(write_bank(tmp_path, bank), tmp_path / "gallery.html")
    assert told in said[0] and str(tmp_path / "maps" / "bad.py") in said[0]
    assert "A square map of side" in plain(card(html, "maps/area"))
    assert told in unescape(card(html, "maps/bad"))


def test_the_same_seed_gives_the_same_bytes(shelf, tmp_path, html):
    again, _ = gallery_of(shelf, tmp_path / "again.html", jobs=1)
    assert again == html
    other, _ = gallery_of(shelf, tmp_path / "other.html", seed=5)
    variants = [re.search(r"variant (\d+)</p>", page)[0] for page in (html, other)]
    assert variants[0] != variants[1]


def test_it_shows_the_item_that_the_preview_shows(shelf, html):
    model = Bank(shelf)["maps/area"]
    assert f"maps/area, variant {Pick().item(model).rank}" in plain(html)


def test_only_the_owner_reads_it(shelf, tmp_path):
    gallery_of(shelf, tmp_path / "gallery.html")
    assert stat.S_IMODE((tmp_path / "gallery.html").stat().st_mode) == 0o600


def test_a_topic_is_enough_and_a_broken_one_is_no_obstacle(shelf, tmp_path):
    html, _ = gallery_of(shelf, tmp_path / "gallery.html", items=[], topic="words")
    assert [one["id"] for one in Page(html).all("article")] == ["words/broken", "words/why"]


def run(*arguments):
    return CliRunner().invoke(main, ["gallery", *map(str, arguments)])


def test_the_command(shelf, tmp_path):
    out = tmp_path / "page.html"
    result = run("maps/area", "--bank", shelf, "--out", out, "--seed", 3, "--jobs", 1)
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{out}: 1 item model, ")
    assert "the variant of seed 3" in plain(out.read_text("utf-8"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["maps/aera"], "no item model 'maps/aera'; did you mean 'maps/area'"),
        (["--topic", "poling"], "no item model has the topic 'poling'; did you mean 'pooling'"),
        (["maps", "--topic", "word"], "no item model has the topic 'word'"),
    ],
)
def test_what_there_is_not(shelf, tmp_path, arguments, told):
    result = run(*arguments, "--bank", shelf, "--out", tmp_path / "gallery.html")
    assert result.exit_code == 1
    assert told in result.output
    assert not (tmp_path / "gallery.html").exists()


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Census(40, 40, 30, 12), "12"),
        (Census(33_984, 500, 400, 226), "13 000 to 17 000"),
        (Census(33_984, 500, 500, 500), "33 000 to 33 984"),
        (Census(33_984, 500, 10, 0), "0 to 260"),
        (Census(6 * 10**18, 500, 400, 150), "1.5 × 10¹⁸ to 2.1 × 10¹⁸"),
    ],
)
def test_usable_variants_are_counted_or_between_bounds(found, told):
    assert usable(found).replace("\u202f", " ") == told
