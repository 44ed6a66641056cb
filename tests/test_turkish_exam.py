"""An exam in Turkish from end to end: papers, keys, pages for a screen, proof and marks."""

import csv
import io
import json
import re
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pdf_text import page_text, structure

from examgen.cli import main

MODEL = r"""
from examgen import *
class Mean(Item):
    topic = "means"
    n, d = Int(2, 9), Int(1, 3)
    quarter = n / 4
    stem = "The mean is <<quarter|decimal>>, or $0.5$; <<conv_figure(size=5, kernel=3)>>"
    mean = DecimalEntry(n / 4, places=2, tex="m", marks=1, prompt="The mean?",
        misconceptions=[Misconception("twice", n / 2, "Half of it.")])
    share = RationalEntry(d / 8, marks=1, prompt="Its share?")
    count = IntegerEntry(1000 * n + 728, marks=1, prompt="How many?")
    bytes_ = QuantityEntry(n / 4, unit="MB", places=2, marks=1, prompt="How much?")
    right = TrueFalse(n, claim=n + 1, marks=1, prompt="It is <<n + 1>>.")
    several = MultipleResponse([0, 0], options=["one", "two"], marks=1, prompt="Which?")
    pairs = SetEntry(lambda item: [], marks=1, prompt="Which numbers?")
    solution = "<<working.mean>>"
"""
SIDE = """# title
Ortalama
# stem
Ortalama <<quarter|decimal>> ya da $0.5$; <<conv_figure(size=5, kernel=3)>>
# mean.misconceptions."twice": iki katı
Bunun yarısı.
"""
BLUEPRINT = """[exam]
title = "Ara sınav"
minutes = 90
language = "tr"
[[question]]
item = "means/mean"
narrow = { n = 5, d = 1 }
"""
ENGLISH_WORDS = re.compile(
    r"\b(Question|Page|marks?|Name|Student|Time|hour|Instructions|Title|Total|Key|Worked|solution|"
    r"variant|Answer|true|false|then|correct|such as|whole|number|fill|square|none|Confidential|"
    r"right|Exercise|equals|fraction|window|input|pixels|padding|lower|row|column)\b"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "bank/means").mkdir(parents=True)
    (folder / "bank/means/mean.py").write_text(MODEL, "utf-8")
    (folder / "bank/means/mean.tr.md").write_text(SIDE, "utf-8")
    (folder / "exam.toml").write_text(BLUEPRINT, "utf-8")
    return folder


def run(desk, *words):
    import os

    before = Path.cwd()
    os.chdir(desk)
    try:
        result = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    finally:
        os.chdir(before)
    return result


def build(desk, out, *more):
    options = ("--seed", 3, "--copies", 2, "--jobs", 1, "--bank", "bank", "--out", out)
    result = run(desk, "build", "exam.toml", *options, *more)
    assert result.exit_code == 0, result.output
    return desk / out


@pytest.fixture(scope="module")
def exam(desk):
    return build(desk, "exam", "--edition", "html")


def words(path):
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "tr"
        text = " ".join(" ".join(page_text(page)) for page in pdf.pages)
        alternatives = [str(one.node.Alt) for one in structure(pdf).below() if "/Alt" in one.node]
    return text, " | ".join(alternatives)


OWN = ["The mean?", "Its share?", "How many?", "How much?", "It is", "Which?", "Which numbers?"]


def without_own(text):
    for one in [*OWN, "one", "two"]:
        text = text.replace(one, "")
    return text


def test_a_paper_has_no_english_but_that_of_its_items(exam):
    (path, _) = sorted(exam.glob("print/0*.pdf"))
    text, alternatives = words(path)
    for word in ("Soru 1. Ortalama", "7 puan", "Süre: 1 saat 30 dakika", "Sayfa 1", "Ad soyad"):
        assert word in " ".join(text.split())
    assert ENGLISH_WORDS.findall(without_own(text)) == []
    assert "1 virgül 25" in alternatives
    assert "ilk penceresi köşededir" in alternatives
    assert ENGLISH_WORDS.findall(without_own(alternatives)) == []


def test_a_key_has_no_english_but_that_of_its_items(exam):
    path = sorted(exam.glob("confidential/keys/*.pdf"))[0]
    text, alternatives = words(path)
    assert "iki katı" in text
    assert "Bunun yarısı" in text
    assert "yanlış:" in alternatives
    assert "hiçbiri" in text
    assert ENGLISH_WORDS.findall(without_own(text)) == []
    assert ENGLISH_WORDS.findall(without_own(alternatives)) == []


def test_a_page_for_a_screen_is_in_the_language(exam):
    html = next(exam.glob("print/0*.html")).read_text("utf-8")
    assert html.startswith('<!DOCTYPE html>\n<html lang="tr">')
    assert 'aria-label="Yanıt 1.a"' in html
    assert "örneğin 1,23" in html
    assert "<mn>1,25</mn>" in html
    body = re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)
    assert ENGLISH_WORDS.findall(without_own(body)) == []


def test_the_record_holds_what_was_printed(exam):
    form = json.loads((exam / "confidential/forms.jsonl").read_text("utf-8").splitlines()[0])
    (item,) = form["items"]
    assert item["title"] == "Ortalama"
    assert item["stem"].startswith("Ortalama $1{,}25$ ya da $0{,}5$; ![")
    assert item["parts"][0]["misconceptions"][0]["title"] == "iki katı"
    assert (exam / "confidential/items/means/mean.tr.md").read_text("utf-8") == SIDE


def test_it_says_what_is_not_translated(desk):
    said = run(desk, "build", "exam.toml", "--seed", 3, "--bank", "bank", "--out", "b").output
    assert "texts of 1 item models are not all in Türkçe (means/mean)" in said


@pytest.mark.parametrize(
    ("column", "response", "verdict"),
    [
        ("1.a", "1,25", "right"),
        ("1.a", "1.25", "right"),
        ("1.a", "2,5", "misconception"),
        ("1.a", "1,250", "right"),  # above 1, since a comma is no thousands separator here
        ("1.b", "0,125", "right"),
        ("1.b", "1/8", "right"),
        ("1.b", "%12,5", "right"),
        ("1.c", "5728", "right"),
        ("1.c", "5.728", "right"),
        ("1.c", "5 728", "right"),
        ("1.d", "1,25 MB", "right"),
        ("1.e", "yanlış: 5", "right"),
        ("1.e", "YANLIŞ 5", "right"),
        ("1.e", "false: 5", "right"),
        ("1.e", "doğru", "wrong"),
        ("1.e", "Y: 5", "right"),
        ("1.e", "D", "wrong"),
        ("1.f", "hiçbiri", "right"),
        ("1.f", "none", "right"),
        ("1.g", "hiçbiri", "right"),
    ],
)
def test_responses_are_read_as_turkish_students_write(desk, exam, column, response, verdict):
    table = csv.reader(io.StringIO((exam / "submissions.csv").read_text("utf-8-sig")))
    header, first, *_ = table
    row = [response if name == column else cell for name, cell in zip(header, first, strict=True)]
    with (desk / "filled.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, row])
    result = run(desk, "grade", "filled.csv", "--exam", exam, "--out", "marks")
    assert result.exit_code == 0, result.output
    marks = csv.DictReader(io.StringIO((desk / "marks/marks.csv").read_text("utf-8-sig")))
    (found,) = (one for one in marks if one["part"] == column and one["response"].strip())
    assert found["verdict"] == verdict, found


def test_the_digest_of_a_proof_covers_the_texts(desk):
    def digest():
        result = run(desk, "proof", "exam.toml", "--bank", "bank", "--out", "proof.pdf")
        return re.search(r"--signed (\S+)", result.output)[1]

    before = digest()
    text, _ = words(desk / "proof.pdf")
    assert "Onay nüshası" in text or "onay nüshası" in text
    assert "en küçük değerler" in text or "en küçük değerler" in " ".join(text.split())
    side = desk / "bank/means/mean.tr.md"
    side.write_text(SIDE + "\n# several.prompt\nHangileri?\n", "utf-8")
    try:
        assert digest() != before
        (desk / "bank/means/mean.de.md").write_text("# title\nMittel\n", "utf-8")
        changed = digest()
        (desk / "bank/means/mean.de.md").unlink()
        assert digest() == changed
    finally:
        side.write_text(SIDE, "utf-8")
    assert digest() == before


def test_the_same_seed_makes_the_same_bytes(desk, exam):
    again = build(desk, "again", "--edition", "html")
    names = [path.relative_to(exam) for path in sorted(exam.glob("print/*"))]
    assert names
    for name in names:
        assert (again / name).read_bytes() == (exam / name).read_bytes()


def test_an_unknown_language_is_refused_with_its_line(desk):
    (desk / "bad.toml").write_text(BLUEPRINT.replace('"tr"', '"trk"'), "utf-8")
    result = run(desk, "build", "bad.toml", "--seed", 3, "--bank", "bank", "--out", "none")
    assert result.exit_code == 1
    assert result.output.startswith(
        "Error: bad.toml:4: there is no language 'trk'; did you mean 'tr'? (there are: de, en, tr;"
    )


def test_a_theme_has_words_of_its_own(desk):
    (desk / "theme/i18n").mkdir(parents=True)
    (desk / "theme/i18n/tr.toml").write_text('[paper]\nend = "Kolay gelsin"\n', "utf-8")
    exam = build(desk, "themed", "--theme", "theme")
    assert "Kolay gelsin" in words(sorted(exam.glob("print/0*.pdf"))[0])[0]
    assert (exam / "theme/i18n/tr.toml").is_file()
    (desk / "theme/i18n/tr.toml").write_text('[paper]\nendd = "x"\n', "utf-8")
    result = run(desk, "build", "exam.toml", "--seed", 3, "--bank", "bank", "--theme", "theme")
    assert "tr.toml:2: there is no text 'paper.endd'; did you mean 'paper.end'?" in result.output


def test_the_language_of_the_course(desk):
    (desk / "course").mkdir()
    (desk / "course/examgen.toml").write_text('banks = ["../bank"]\nlanguage = "tr"\n', "utf-8")
    plain = BLUEPRINT.replace('language = "tr"\n', "")
    (desk / "course/exam.toml").write_text(plain, "utf-8")
    here = desk / "course"
    built = run(here, "build", "exam.toml", "--seed", 3, "--jobs", 1, "--out", "exam")
    assert built.exit_code == 0, built.output
    assert "Sayfa 1" in words(next((here / "exam/print").glob("0*.pdf")))[0]
    assert 'language = "tr"' in (here / "exam/exam.toml").read_text("utf-8")
    assert "Ortalama" not in run(here, "try", "means/mean").output  # titles are not shown
    assert "ondalık" in run(here, "try", "means/mean").output
    exercises = run(here, "build", "--as", "exercises", "--topic", "means", "--seed", 1)
    assert "Alıştırmalar: means" in exercises.output
    (here / "examgen.toml").write_text('\nlanguage = "trk"\n', "utf-8")
    refused = run(here, "build", "exam.toml", "--seed", 3)
    assert refused.output.startswith("Error: examgen.toml:2: there is no language 'trk'")
