"""The command line: quick help, one message for each mistake, and nothing written after one."""

import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pdf_text import page_text

from examgen.cli import main

MODEL = """
from examgen import *
class Area(Item):
    topic = "plain"
    H = Int(1, 6)
    stem = "A square map of side <<H>>."
    pixels = IntegerEntry(H * H, prompt="How many pixels?", marks=2)
    border = IntegerEntry(4 * H, prompt="How long is its border?", marks=1)
    solution = "<<working.pixels>>"
"""
BLUEPRINT = """[exam]
title = "Quiz"
[[question]]
item = "plain/area"
"""
HEAVY = {"sympy", "numpy", "weasyprint", "jinja2", "cattrs", "rich", "pikepdf", "fontTools"}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty working directory with a bank, a blueprint and a roster."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EXAMGEN_SECRET", raising=False)
    Path("bank/plain").mkdir(parents=True)
    Path("bank/plain/area.py").write_text(MODEL, encoding="utf-8")
    Path("exam.toml").write_text(BLUEPRINT, encoding="utf-8")
    Path("roster.csv").write_text("id,name\n7,Ada\n8,Bob\n", encoding="utf-8")
    Path("binary").write_bytes(bytes(range(256)) * 8)
    return tmp_path


def build(*arguments, blueprint="exam.toml"):
    words = ["build", *([blueprint] if blueprint else []), "--seed", "5", "--bank", "bank"]
    return CliRunner().invoke(main, [*words, *map(str, arguments)])


def refused(result):
    """The one message of a mistake; nothing else is said, and nothing written."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert not Path("exam-5").exists()
    assert result.output.startswith("Error: ") and result.output.endswith("\n")
    message = result.output.removeprefix("Error: ").removesuffix("\n")
    assert "\n" not in message and "Traceback" not in message
    return message


# ---- help -------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(words):
    program = (
        "import sys; from examgen.cli import main\n"
        f"try: main({words})\nexcept SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    *help_text, modules = run.stdout.splitlines()
    assert any(word in line for line in help_text for word in ("Usage", "version"))
    assert not HEAVY & set(modules.split())


def test_help_names_every_command_and_option():
    text = CliRunner().invoke(main, ["--help"]).output
    assert {"build", "grade", "check"} <= set(text.split())
    text = CliRunner().invoke(main, ["build", "--help"]).output
    options = "--seed --roster --copies --versions --out --secret-file --jobs --bank --force"
    assert set(options.split()) <= set(text.split())


# ---- mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--roster", "roster.csv", "--copies", 2], "give --roster or --copies, not both"),
        (["--roster", "rooster.csv"], "rooster.csv: cannot be read: No such file"),
        (["--roster", "bank"], "bank: cannot be read: Is a directory"),
        (["--roster", "binary"], "binary: "),
        (["--bank", "banc"], "banc: no such folder of item models"),
        (["--secret-file", "no"], "no: cannot be read: No such file"),
        (["--secret-file", "bank"], "bank: cannot be read: Is a directory"),
        (["--secret-file", "roster.csv", "--copies", 9], "plain/area has 6 usable variants, but 9"),
        (["--out", "roster.csv"], "roster.csv: is a file, not a folder"),
        (["--out", "bank"], "bank: holds files that are no exam; give another folder by --out"),
        (["--out", "bank", "--force"], "bank: holds files that are no exam"),
        (["--out", "roster.csv/exam"], "cannot be made: Not a directory"),
        (["--out", "/proc/exam"], "/proc/exam/confidential: cannot be made: "),
        (["--out", "x" * 300], "File name too long"),
    ],
)
def test_arguments_that_cannot_be_used(desk, arguments, message):
    Path("roster.csv").write_text("id,name\n7,Ada Lovelace\n", encoding="utf-8")
    result = build(*arguments)
    assert message in (result.output if "cannot be made" in message else refused(result))
    assert result.exit_code == 1 and result.output.count("Error") == 1


@pytest.mark.parametrize(
    ("blueprint", "message"),
    [
        ("exam.tmol", "exam.tmol: cannot be read: No such file or directory"),
        ("bank", "bank: cannot be read: Is a directory"),
        ("binary", "binary:2: not UTF-8 text"),
        ("roster.csv", "roster.csv:1: not valid TOML"),
    ],
)
def test_files_that_are_no_blueprint(desk, blueprint, message):
    assert message in refused(build(blueprint=blueprint))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('item = "plain/aera"', "exam.toml:4: question 'plain/aera': no item model 'plain/aera'; "
         "did you mean 'plain/area'?"),
        ('item = "plain/area"\nnarrow = { HH = 3 }', "exam.toml:5: question 'plain/area': "),
        ('item = "plain/area"\nmarks = 4', "exam.toml:5: question 'plain/area': says 4 marks"),
        ('item = "plain/area"\nmarks = { pixel = 4 }', "did you mean 'pixels'?"),
        ('item = "plain/area"\nmark = 4', "'mark'; did you mean 'marks'?"),
        ('topic = "plane"', "no item model has the topic 'plane'"),
    ],
)  # fmt: skip
def test_mistakes_in_a_blueprint(desk, lines, message):
    text = '[exam]\ntitle = "Quiz"\n[[question]]\n' + lines
    Path("exam.toml").write_text(text, encoding="utf-8")
    assert message in refused(build())


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ('title = "Quiz"\ntotal = 4', "exam.toml:3: the total is 4, but the questions' marks add"),
        ('title = "Quiz 中"', "the cover cannot be printed: no bundled font holds '中' (U+4E2D)"),
        ('title = "Quiz"\ninstructions = ["Use $\\\\frac$."]', "the cover cannot be printed: "),
    ],
)
def test_mistakes_in_the_head_of_a_blueprint(desk, head, message):
    text = BLUEPRINT.replace('title = "Quiz"', head)
    Path("exam.toml").write_text(text, encoding="utf-8")
    assert message in refused(build())


@pytest.mark.parametrize(
    ("roster", "message"),
    [
        ("id,name\n7,Ada\n8,Bob\n7,Eve\n", "roster.csv: rows 2 and 4 have the same id '7'"),
        ("id,name\n7,Ada\n,Bob\n", "roster.csv: row 3: the id is empty"),
        ("name\nAda\n", "roster.csv: row 1: no column of student numbers"),
        ("id,name\n", "roster.csv: no student below the header"),
        ("", "roster.csv: the first row is empty"),
        (
            "id,name\n7,Ada\n中8,Bob\n",
            "student '中8' cannot be printed: no bundled font holds '中'",
        ),
    ],
)
def test_mistakes_in_a_roster(desk, roster, message):
    Path("roster.csv").write_text(roster, encoding="utf-8")
    assert message in refused(build("--roster", "roster.csv"))


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("H * H", "H * K", "bank/plain/area.py:7  NameError: name 'K' is not defined"),
        ("H * H", "H * * H", "bank/plain/area.py:7  SyntaxError: "),
    ],
)
def test_a_model_that_its_author_broke_is_named_with_its_line(desk, right, wrong, message):
    Path("bank/plain/area.py").write_text(MODEL.replace(right, wrong), encoding="utf-8")
    assert refused(build()).startswith(f"exam.toml:4: question 'plain/area': {message}")


def test_wrong_options_are_explained(desk):
    for words in (["--copies", "0"], ["--seed", "x"], ["--jobs", "0"], ["--sead", "5"]):
        result = CliRunner().invoke(main, ["build", *words])
        assert result.exit_code == 2 and words[0] in result.output
        assert "Traceback" not in result.output


# ---- sign-off ---------------------------------------------------------------------------------


def test_a_proof_is_signed_and_what_changes_later_is_not_built(desk):
    words = ["proof", "exam.toml", "--bank", "bank"]
    made = CliRunner().invoke(main, words)
    assert made.exit_code == 0, made.output
    assert "3 variants to read in proof.pdf" in made.output
    digest = made.output.split()[-1]
    with pikepdf.open("proof.pdf") as pdf:
        assert digest in "".join(page_text(pdf.pages[0]))
    Path("exam.toml").write_text(BLUEPRINT + "marks = { border = 3 }\n", encoding="utf-8")
    assert "the blueprint, an item model or examgen has changed" in refused(
        build("--signed", digest)
    )
    Path("exam.toml").write_text(BLUEPRINT, encoding="utf-8")
    assert build("--signed", digest).exit_code == 0


# ---- secrets ----------------------------------------------------------------------------------


def test_a_secret_must_be_long(desk, monkeypatch):
    Path("secret").write_text("  too short  \n", encoding="utf-8")
    expected = "secret: a secret needs at least 16 characters, this has 9"
    assert refused(build("--secret-file", "secret")) == expected
    monkeypatch.setenv("EXAMGEN_SECRET", "short")
    expected = "EXAMGEN_SECRET: a secret needs at least 16 characters, this has 5"
    assert refused(build()) == expected


def test_the_secret_of_the_environment_is_that_of_a_file(desk, monkeypatch):
    Path("secret").write_text("sixteen letters and more\n", encoding="utf-8")
    from_file = build("--secret-file", "secret", "--out", "one")
    monkeypatch.setenv("EXAMGEN_SECRET", "sixteen letters and more")
    from_environment = build("--out", "two")
    assert from_file.exit_code == from_environment.exit_code == 0, from_environment.output
    assert "demo exam" not in from_file.output + from_environment.output
    papers = [[path.name for path in sorted(Path(out).rglob("*.pdf"))] for out in ("one", "two")]
    assert papers[0] == papers[1]
    monkeypatch.delenv("EXAMGEN_SECRET")
    result = build("--out", "one")
    assert "one: holds another exam: its secret is another one" in refused(result)
    assert "note: the seed alone makes a demo exam" in build("--out", "three").output


# ---- on a terminal ----------------------------------------------------------------------------


def test_a_bar_on_a_terminal(desk):
    pty = pytest.importorskip("pty")
    program = (
        "from examgen.cli import main; "
        "main(['build', 'exam.toml', '--seed', '5', '--bank', 'bank', '--copies', '2',"
        " '--jobs', '1'])"
    )
    shown = bytearray()

    def read(terminal):
        import os

        data = os.read(terminal, 1024)
        shown.extend(data)
        return data

    status = pty.spawn([sys.executable, "-c", program], read)
    text = shown.decode()
    assert status == 0, text
    assert "printing" in text and "━" in text and "printing: 1 of 2" not in text
    assert "  to print      exam-5/print/" in text


# ---- a bank of one's own ----------------------------------------------------------------------


def run(*words):
    result = CliRunner().invoke(main, [*map(str, words)])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_new_item_model_is_checked_as_it_was_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = run("new", "sizes/output_size", "--from", "dependent_parts")
    assert Path("examgen.toml").read_text("utf-8").startswith('banks = ["my_bank"]')
    commands = [line.split("  ")[1].split() for line in said.splitlines() if "  examgen" in line]
    assert [words[1] for words in commands] == ["preview", "try", "check"]
    for words in commands[1:]:
        assert "sizes/output_size" in run(*words[1:], *(["--jobs", "1"] * (words[1] == "check")))


def test_a_new_item_model_in_another_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = run("new", "square", "--bank", "other bank")
    assert "examgen check square --mutants --bank 'other bank'" in said
    assert not Path("examgen.toml").exists()
    assert "square" in run("try", "square", "--bank", "other bank")


def test_check_tells_of_an_example_that_fails(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("new", "square", "--from", "quantity")
    path = Path("my_bank/square.py")
    path.write_text(
        path.read_text("utf-8").replace('marks={"memory": 2}', 'marks={"memory": 1}', 1)
    )
    result = CliRunner().invoke(main, ["check", "square", "--jobs", "1"])
    assert result.exit_code == 1
    assert "square.py  example 1: '0.383 MiB' for part 'memory' must get 1 marks" in result.output


def test_what_the_course_says_need_not_be_said(desk):
    Path("examgen.toml").write_text(
        'banks = ["bank"]\ninstitution = "Middle East"\nsheet = "Letter"\n', encoding="utf-8"
    )
    run("build", "exam.toml", "--seed", "5")
    with pikepdf.open("exam-5/print/all.pdf") as pdf:
        assert "MIDDLE EAST" in " ".join(page_text(pdf.pages[0]))
        assert [float(x) for x in pdf.pages[0].mediabox[2:]] == [612, 792]


def test_a_course_that_names_no_bank_there_is(desk):
    Path("examgen.toml").write_text('\nbanks = ["bnak"]\n', encoding="utf-8")
    assert refused(build()) == "examgen.toml:2: there is no folder 'bnak'"


def test_examples_are_listed():
    assert "vector_pair " in run("examples")


def test_check_tells_what_is_not_translated(desk):
    oracle = 'def oracle(self):\n        return {"pixels": self.H * self.H, "border": 4 * self.H}\n'
    Path("bank/plain/area.py").write_text(f"{MODEL}    {oracle}", encoding="utf-8")
    check = ["check", "plain/area", "--bank", "bank", "--jobs", "1", "--samples", "4", "--strict"]
    result = CliRunner().invoke(main, [*check, "--language", "tr"])
    assert result.exit_code == 1
    assert "note: there are no texts in Türkçe (tr)" in result.output
    side = Path("bank/plain/area.tr.md")
    side.write_text("# stem\n<<H>>\n# pixels.prompt\n<<pixels>>\n", encoding="utf-8")
    result = CliRunner().invoke(main, [*check, "--language", "tr"])
    assert "FAIL plain/area: bank/plain/area.tr.md:4  Area(" in result.output
    assert "pixels.prompt: 'pixels' is undefined here: it would tell a key" in result.output
    result = CliRunner().invoke(main, [*check, "--language", "trk"])
    assert result.output.startswith("Error: there is no language 'trk'; did you mean 'tr'?")


def test_item_models_are_listed():
    told = run("items", "--serves", "5c")
    assert "pointwise/inception: An Inception module\n    count the weights" in told
    assert "shapes/layer_cost" not in told
