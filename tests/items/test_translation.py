"""Side files: the texts of an item model in another language, and what is wrong with them."""

import pytest

from examgen.bank.load import load_model
from examgen.bank.slips import place
from examgen.bank.translated import advice_on_translations
from examgen.errors import ExamgenError
from examgen.exam.printing import printed_item
from examgen.items.translation import missing_texts, translation
from examgen.items.wording import Wording
from examgen.language import ENGLISH, find_language, side_files
from examgen.text import TextError

TURKISH, GERMAN = find_language("tr"), find_language("de")
MODEL = r"""
from examgen import *
class Share(Item):
    n, border = Int(2, 9), Choice("zeros", "copies")
    half = n / 4
    stem = "There are <<n>> pixels, <<half|decimal>> in $x = 0.5$, with <<border>>."
    share = RationalEntry(n / 8, tex="r", unit="pixels", marks=1, prompt="Which share of <<n>>?",
        misconceptions=[Misconception("twice", n / 4, "Half of it: <<share>>.")])
    best = MultipleChoice("same", option="<<value>> size", marks=1, prompt="Which?",
        misconceptions=[Misconception("less", "smaller", "No.")])
    true = MultipleResponse([1, 0], options=["one of <<n>>", "two"], marks=1, prompt="All?")
    pairs = Matching(rows=["a", "b"], options=["c", "d"], marks=1, prompt="Pairs?")
    word = ShortText("equivariant", forms={"equivariant": ["equivariance"], "invariant": []},
        marks=1, prompt="Word?", otherwise="wrong")
    why = Essay(prompt="Why?", rubric={"says so": 1, "and more": 2}, model_answer="So <<n>>.")
    solution = "<<working.share>>"
    def oracle(self):
        return {}
"""
SIDE = r"""<!-- by hand -->
# title
Pay
# stem

<<n>> piksel vardır, <<half|decimal>> tanesi $x = 0.5$ içinde, kenarda <<border>>.

# share.prompt
<<n>> pikselin ne kadarı?
# share.unit
piksel
# share.misconceptions."twice": iki katı
Yarısı: <<share>>.
# best.prompt
Hangisi?
# best.option
boyut: <<value>>
# values."same"
aynı
# values."copies"
kopyalar
# true.options
- <<n>> içinden bir
- iki
  tane
# pairs.rows
1. bir
2. iki
# word.forms."equivariant"
eşdeğişken, eşdeğişkenlik
# why.rubric
- bunu söyler
- fazlasını da
# why.model_answer
Öyle <<n>>.
# solution
Çözüm: <<working.share>>
"""


@pytest.fixture
def write(tmp_path):
    def written(side=SIDE, language="tr"):
        path = tmp_path / "share.py"
        path.write_text(MODEL, encoding="utf-8")
        if side is not None:
            (tmp_path / f"share.{language}.md").write_text(side, encoding="utf-8")
        return load_model(path, "share")

    return written


def printed(model, language, **values):
    return printed_item(
        model.at(**{"n": 3, "border": "copies"} | values),
        question="q",
        number=1,
        title="",
        marks={name: part.marks for name, part in model.declaration.parts.items()},
        bonus=False,
        shuffle=lambda part, count: list(range(count)),
        language=language,
    )


def test_an_item_in_another_language(write):
    item = printed(write(), TURKISH)
    share, best, true, pairs, word, why = item.parts
    assert item.title == "Pay"
    assert item.stem == ("3 piksel vardır, $0{,}75$ tanesi $x = 0{,}5$ içinde, kenarda kopyalar.")
    assert (share.prompt, share.unit) == ("3 pikselin ne kadarı?", "piksel")
    (wrong,) = share.misconceptions
    assert (wrong.name, wrong.title, wrong.feedback) == (
        "twice", "iki katı", r"Yarısı: $\frac{3}{8}$.",
    )  # fmt: skip
    assert [option.text for option in best.options] == ["boyut: aynı", "boyut: smaller"]
    assert [option.value for option in best.options] == ["same", "smaller"]
    assert [option.text for option in true.options] == ["3 içinden bir", "iki\ntane"]
    assert pairs.rows == ("bir", "iki")
    assert word.kind["meanings"] == [
        ["equivariant", "equivariance", "eşdeğişken", "eşdeğişkenlik"],
        ["invariant"],
    ]
    assert [criterion.text for criterion in why.rubric] == ["bunu söyler", "fazlasını da"]
    assert why.model_answer == "Öyle 3."
    assert item.solution.startswith("Çözüm: $$r = ")
    assert r"\text{piksel}" in item.solution


def test_what_is_left_out_is_as_in_the_original(write):
    item = printed(write(), TURKISH)
    assert item.parts[2].prompt == "All?"
    assert [option.text for option in item.parts[3].options] == ["c", "d"]
    german = printed(write(), GERMAN)
    assert german.title == "Share"
    assert german.stem == "There are 3 pixels, $0{,}75$ in $x = 0{,}5$, with copies."


def test_the_original_does_not_change(write):
    assert printed(write(), ENGLISH) == printed(write(None), ENGLISH)


def test_a_dialect_takes_the_texts_of_its_language(write):
    assert printed(write(), find_language("tr-CY")).title == "Pay"
    model = write("# title\nBarış", "tr-CY")
    assert set(model.translations) == {"tr", "tr-cy"}
    assert printed(model, find_language("tr-CY")).title == "Barış"


def test_what_is_missing(write):
    model = write()
    assert missing_texts(model, TURKISH) == [
        'best.misconceptions."less"',
        "true.prompt",
        "pairs.prompt",
        "pairs.options",
        "word.prompt",
        'word.forms."invariant"',
        "why.prompt",
    ]
    assert "title" in missing_texts(model, GERMAN)
    (note,) = advice_on_translations(model)
    assert note == (
        'share.tr.md has no best.misconceptions."less", true.prompt, pairs.prompt and 4 more: '
        "printed as in the original"
    )
    assert list(advice_on_translations(model, asked="de")) == [
        note,
        "there are no texts in Deutsch (de)",
    ]


def test_a_value_that_is_not_told_and_a_language_that_there_is_not(write):
    model = write("# stem\n<<n>> piksel.", "tr")
    untold = "share.tr.md leaves out parameter 'border', which the original tells"
    assert untold in advice_on_translations(model)
    model = write("# title\nPay", "trk")
    assert any(
        note.startswith("share.trk.md: there is no language 'trk'; did you mean 'tr'?")
        for note in advice_on_translations(model)
    )


@pytest.mark.parametrize(
    ("side", "line", "message"),
    [
        ("# titel\nx", 1, "there is no text 'titel'; did you mean 'title'?"),
        (
            "# title\nx\n\n# shar.prompt\nx",
            4,
            "no text 'shar.prompt'; did you mean 'share.prompt'?",
        ),
        ('# share.misconceptions."twic"\nx', 1, "did you mean 'share.misconceptions.\"twice\"'?"),
        ("# title\nx\n# title\ny", 3, "'title' stands in this file twice"),
        ("# title\n\n# stem\nx", 1, "'title' has no text below it"),
        ("\nx\n# title\ny", 2, "a text stands below a heading such as '# stem'"),
        ("# title: Pay\nx", 1, "only a misconception has its name after a colon"),
        ("# share prompt\nx", 1, "'# share prompt' is no heading such as '# stem'"),
        ("# true.options\n- a", 1, "'true.options' has 2 texts, here are 1"),
        ("# true.options\n\nx\n- a", 3, "'true.options' is a list: begin each text with '- '"),
    ],
)
def test_mistakes_of_a_side_file(write, side, line, message):
    model = write(side)
    with pytest.raises(ExamgenError) as error:
        translation(model, TURKISH)
    assert str(error.value).startswith(f"{model.translations['tr']}:{line}  ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("side", "line", "message"),
    [
        ("# stem\n\nx\n<<bordr>>", 4, "'bordr' is undefined; did you mean 'border'?"),
        ("# stem\n<<n>>\n<<share>>", 3, "'share' is undefined here: it would tell a key"),
        ("# stem\n<<working.share>>", 2, "it would tell a key"),
        ("# stem\n\n\n{{n}}", 4, "write <<n>>"),
        ("# stem\n$x", 2, "is never closed"),
        ("# true.options\n- <<n>>\n- <<share>>", 3, "it would tell a key"),
    ],
)
def test_mistakes_in_a_text_of_a_side_file(write, side, line, message):
    model = write(side)
    with pytest.raises(TextError) as error:
        item = printed(model, TURKISH)
        raise AssertionError(item.stem)
    assert place(error.value, model.translations["tr"].with_name("share.py")) == (
        f"{model.translations['tr']}:{line}"
    )
    assert message in str(error.value)


def test_side_files(tmp_path):
    names = ("a.py", "a.tr.md", "a.de-CH.md", "ab.tr.md", "a.md", "b.py")
    for name in names:
        (tmp_path / name).write_text("")
    assert {tag: path.name for tag, path in side_files(tmp_path / "a.py").items()} == {
        "tr": "a.tr.md", "de-ch": "a.de-CH.md",
    }  # fmt: skip


def test_a_filled_text_is_blamed_on_its_line_in_the_side_file(write):
    model = write("# stem\n\nx\n\n$\\fraq{1}{2}$")
    wording = Wording(model.at(n=3, border="zeros"), TURKISH)
    error = wording.mistake("stem", wording.stem, TextError("bad", 3))
    assert error.place == f"{model.translations['tr']}:5"
