"""Languages are complete and fit one another, and templates have no words of their own."""

import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from examgen.answers.guide import GUIDES
from examgen.errors import ExamgenError
from examgen.language import ENGLISH, find_language, placeholders
from examgen.resources import bundled

ROOT = Path(__file__).parents[1]
OTHERS = sorted({path.stem for path in bundled("templates/i18n").glob("*.toml")} - {"en"})
TEMPLATES = [
    path
    for path in sorted(bundled("templates").rglob("*.html"))
    if path.parent.name not in ("gallery", "preview", "theme")
]
SPOKEN_TO_ALL = {"language.name", "language.decimal"}
ALIKE = {"paper.name", "paper.logo", "hint.percent", "hint.quantity", "response.false"}


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_has_the_texts_of_english_with_the_same_values(tag):
    texts = find_language(tag).texts
    assert set(texts) == set(ENGLISH.texts)
    own = (bundled("templates/i18n") / f"{tag}.toml").read_text("utf-8")
    for key, text in ENGLISH.texts.items():
        assert re.search(rf"^{re.escape(key.partition('.')[2])} = ", own, re.MULTILINE), key
        forms = [text] if isinstance(text, str) else text.values()
        least = frozenset.intersection(*(placeholders(form) for form in forms))
        assert least <= placeholders(texts[key]) <= placeholders(text), key


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_is_not_english(tag):
    texts = find_language(tag).texts
    same = {key for key, text in texts.items() if text == ENGLISH.texts[key]}
    assert same <= SPOKEN_TO_ALL | ALIKE


def test_every_text_is_used():
    sources = [*TEMPLATES, *(ROOT / "examgen").rglob("*.py")]
    code = "".join(path.read_text("utf-8") for path in sources)
    extents = {"proof.smallest", "proof.largest", "proof.random"}
    for key in ENGLISH.texts.keys() - extents:
        table, _, name = re.sub("_(reused|own|of_tuples)$", "", key).partition(".")
        assert re.search(rf'["\'.]{name}["\'{{]|\b{name}\b', code), key
        assert re.search(rf"[\"']{table}\.", code), key


class Words(HTMLParser):
    """The words of a template that a reader sees or hears."""

    def __init__(self, content):
        super().__init__()
        self.found = []
        self.feed(content)

    def handle_data(self, data):
        self.found.append(data)

    def handle_starttag(self, tag, attributes):
        heard = ("alt", "aria-label", "title", "placeholder")
        self.found += [value for name, value in attributes if name in heard and value]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_words_of_its_own(path):
    tree = Environment().parse(path.read_text("utf-8"))
    markup = "".join(
        one.data if isinstance(one, nodes.TemplateData) else "\0"
        for output in tree.find_all(nodes.Output)
        for one in output.nodes
    )
    markup = re.sub(r"^(?=\0?aria-label=)", "<input ", markup, flags=re.MULTILINE)  # in a macro
    markup = re.sub(r"<(/?h)\0", r"<\g<1>2", markup)  # headings of any level
    allowed = {"examgen build --signed"}  # the command
    seen = {" ".join(text.replace("\0", " ").split()) for text in Words(markup).found}
    assert {text for text in seen if re.search(r"[^\W\d_]{2}", text)} <= allowed
    said = {
        constant.value
        for constant in tree.find_all(nodes.Const)
        if isinstance(constant.value, str)
        and re.search(r"[a-z]{2} [a-z]|^[A-Z][a-z]+", constant.value)
    }
    assert said == set()


def test_no_style_sheet_has_words_of_its_own():
    for path in bundled("templates/style").glob("*.css"):
        for content in re.findall(r"content:([^;}]*)", path.read_text("utf-8")):
            assert not re.search(r'"[^"]*[A-Za-z]{2}[^"]*"', content), (path.name, content)


@pytest.mark.parametrize("tag", OTHERS)
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.title)
def test_hints_are_in_the_language_and_their_examples_are_read(tag, guide):
    language = find_language(tag)
    hint = guide.sample.hint(language)
    assert hint != guide.sample.hint()
    _, such_as, example = hint.partition(language.text("hint.such_as"))
    if such_as:
        typed = re.split(r"; yoksa |, oder keine|; birim: |, in MB| ya da | oder ", example)[0]
        guide.sample.read(typed, decimal_comma=language.decimal_comma)


def test_numbers():
    turkish = find_language("tr")
    (decimal,) = (guide.sample for guide in GUIDES if guide.name == "decimal")
    assert decimal.hint(turkish).endswith("örneğin 1,23")
    assert decimal.hint().endswith("such as 1.23")
    assert turkish.numeral("-12.50") == "-12,50"
    assert ENGLISH.numeral("-12.50") == "-12.50"
    assert turkish.text("paper.marks", n=Fraction(5, 2)) == "2½ puan"
    german = find_language("de")
    said = [german.text("paper.marks", n=n) for n in (1, 2, Fraction(1, 2))]
    assert said == ["1 Punkt", "2 Punkte", "½ Punkte"]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("0.75", "0{,}75"),
        (r"12\,345.5", r"12\,345{,}5"),
        ("f(1, 2)", "f(1, 2)"),
        ("(x, y) = (2.8, 0.5)", "(x, y) = (2{,}8; 0{,}5)"),
        ("0.25, 1", "0{,}25; 1"),
        (r"[1,\; 2.5)", r"[1;\; 2{,}5)"),
        ("1.", "1."),
        ("0{,}5", "0{,}5"),
    ],
)
def test_formulas_with_decimal_commas(tex, expected):
    assert find_language("de").formula(tex) == expected
    assert ENGLISH.formula(tex) == tex


@pytest.mark.parametrize(
    ("tag", "canonical", "ranges"),
    [("TR", "tr", ("tr",)), ("de-ch", "de-CH", ("de-ch", "de")), ("en", "en", ("en",))],
)
def test_tags(tag, canonical, ranges):
    language = find_language(tag)
    assert (language.tag, language.ranges) == (canonical, ranges)


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("trk", "there is no language 'trk'; did you mean 'tr'? (there are: de, en, tr;"),
        ("xx", "there is no language 'xx' (there are: de, en, tr;"),
        ("Türkçe", "'Türkçe' is no tag of a language, such as de, en, tr"),
        ("", "'' is no tag of a language"),
    ],
)
def test_unknown_languages(tag, message):
    with pytest.raises(ExamgenError) as error:
        find_language(tag)
    assert str(error.value).startswith(message)


def theme(tmp_path, **files):
    (tmp_path / "i18n").mkdir()
    for tag, text in files.items():
        (tmp_path / "i18n" / f"{tag.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_theme_changes_texts_and_brings_a_language(tmp_path):
    own = theme(
        tmp_path,
        tr='[paper]\nname = "Adınız"\n',
        fr='[language]\nname = "Français"\ndecimal = ","\n[paper]\nmarks = "{n} pts"\n',
        de_CH='[language]\ndecimal = "."\n',
    )
    assert find_language("tr", own).text("paper.name") == "Adınız"
    assert find_language("tr").text("paper.name") == "Ad soyad"
    french = find_language("fr-CA", own)
    assert french.text("paper.marks", n=3) == "3 pts"
    assert french.text("paper.student") == "Student number"
    swiss = find_language("de-CH", own)
    assert (swiss.decimal_comma, swiss.text("paper.name")) == (False, "Name")
    assert find_language("de-AT", own).decimal_comma


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[paper]\n\nnmae = "x"', ":3: there is no text 'paper.nmae'; did you mean 'paper.name'?"),
        ('[paper]\nmarks = "{m}"', ":2: 'paper.marks' has no value {m}"),
        ("[paper]\nname = 3", ":2: 'name' is a text, or its forms one and other"),
        ('[paper]\nmarks = { one = "x" }', ":2: 'marks' is a text, or its forms one and other"),
        ('name = "x"', ":1: 'name' stands in no table such as [paper]"),
        ("[paper", ": Expected ']' at the end of a table declaration"),
        ('[language]\ndecimal = ";"', ':2: \'decimal\' is "." or ","'),
    ],
)
def test_mistakes_in_the_texts_of_a_theme(tmp_path, text, message):
    own = theme(tmp_path, tr=text)
    with pytest.raises(ExamgenError) as error:
        find_language("tr", own)
    assert str(error.value).startswith(f"{own / 'i18n' / 'tr.toml'}{message}")
