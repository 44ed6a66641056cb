"""The pages under docs: their examples run, their figures are those the code draws."""

import doctest
import re
import runpy
import tomllib
from pathlib import Path
from textwrap import indent

import pytest

import examgen
from examgen import engine
from examgen.bank.check import prove_named
from examgen.exam.course import SETTINGS, find_course
from examgen.grading.examples import failed_examples

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
OPERATIONS = [n for n in engine.__all__ if callable(getattr(engine, n)) and n.islower()]
EXAMPLES = re.findall(r"^## (.+?)$|```python\n(.*?)```", PAGE, flags=re.MULTILINE | re.DOTALL)


def chapters():
    """The examples of each chapter, joined: they share their names, and the first chapter's."""
    found, title = {}, ""
    for heading, code in EXAMPLES:
        title = heading or title
        found[title] = found.get(title, "") + code
    return found


CHAPTERS = chapters()


def run(title, globs):
    test = doctest.DocTestParser().get_doctest(CHAPTERS[title], globs, title, "engine.md", 0)
    report = []
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test, out=report.append, clear_globs=False)
    assert not runner.failures, "".join(report)
    return test.globs


@pytest.mark.parametrize("title", [title for title in CHAPTERS if title])
def test_the_examples_of_a_chapter(title):
    run(title, run("", {}))


@pytest.mark.parametrize("name", engine.__all__)
def test_every_public_name_is_used_in_an_example_or_named(name):
    assert re.search(rf"`{name}`|\b{name}\b", PAGE), f"docs/engine.md does not show {name}"


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_an_example(name):
    code = "".join(CHAPTERS.values())
    assert re.search(rf"\b{name}\(", code), f"no example in docs/engine.md calls {name}"


FIGURE = re.compile(r"!\[([^]]*)\]\(figures/(\w+)\.svg\)")


def entries():
    """The page in pieces of a paragraph, its examples and its figures, as it is read."""
    found = [""]
    for block in re.split(r"\n{2,}(?=\S)", PAGE):
        begins = not block.startswith(("```", "!["))
        if begins and "```" in found[-1]:
            found.append("")
        found[-1] += block + "\n\n"
    return found


def entry_of(name):
    """The piece whose words introduce an operation: the first that names it outside examples."""
    return next(
        piece for piece in entries() if f"`{name}`" in re.sub(r"```.*?```", "", piece, flags=re.S)
    )


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_a_figure_where_it_is_introduced(name):
    piece = entry_of(name)
    assert f"{name}(" in piece, f"the example of {name} stands elsewhere"
    assert FIGURE.search(piece), f"no figure stands where docs/engine.md introduces {name}"


def test_every_example_has_a_figure():
    _, *examples = (piece for piece in entries() if "```python" in piece)  # the first sets up
    bare = [piece for piece in examples if not FIGURE.search(piece)]
    assert [piece.split("\n")[0] for piece in bare] == ["## Bad input"]


def test_a_figure_stands_once_and_says_what_it_shows():
    captions, stems = zip(*FIGURE.findall(PAGE), strict=True)
    assert len(set(captions)) == len(captions)
    assert len(set(stems)) == len(stems)
    assert all(re.fullmatch(r"[A-Z].{9,79}", caption) for caption in captions), captions


def test_the_figures_are_as_drawn():
    drawings = runpy.run_path(str(ROOT / "scripts" / "draw_figures.py"))["drawings"]()
    shown = set(re.findall(r"\(figures/(\w+)\.svg\)", PAGE))
    assert shown == set(drawings)
    for stem, svg in drawings.items():
        path = ROOT / "docs" / "figures" / f"{stem}.svg"
        assert path.read_text(encoding="utf-8") == svg + "\n", (
            f"run scripts/draw_figures.py: {stem}"
        )
        assert path.stat().st_size < 40_000


ANSWERS = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")


def test_what_the_page_on_answers_prints_is_what_the_code_prints():
    script = runpy.run_path(str(ROOT / "scripts" / "write_answers.py"))
    assert script["written"](ANSWERS) == ANSWERS, "run scripts/write_answers.py"
    assert len(script["COMMAND"].findall(ANSWERS)) >= 1


# ---- writing item models ----------------------------------------------------------------------

CODE = {word: re.compile(rf"```{word}\n(.*?)```", re.DOTALL) for word in ("python", "toml")}
AUTHORING = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")


def test_the_walk_prints_what_the_code_prints_and_the_reference_is_of_today(tmp_path):
    script = runpy.run_path(str(ROOT / "scripts" / "write_authoring.py"))
    assert script["written"](AUTHORING, tmp_path) == AUTHORING, "run scripts/write_authoring.py"
    assert AUTHORING.count("all proved") == 2 and AUTHORING.count("\nFAILED") == 2
    assert (tmp_path / "quiz" / "print" / "all.pdf").exists()


def test_every_name_that_authors_import_is_in_the_reference():
    for name in set(examgen.__all__) - {"engine"}:  # has a page of its own
        assert f"**`{name}" in AUTHORING, name


def test_the_settings_of_a_course_can_be_read(tmp_path):
    (settings,) = (code for code in CODE["toml"].findall(AUTHORING) if "banks" in code)
    for folder in ("my_bank", "colleagues/bank", "theme"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "examgen.toml").write_text(settings, encoding="utf-8")
    course = find_course(tmp_path)
    course.check_banks()
    assert set(tomllib.loads(settings)) == set(SETTINGS) and course.banks[0].name == "my_bank"


FRAME = """from fractions import Fraction

from examgen import *


class Model(Item):
    stem = "s"
    solution = "s"
    {part}
"""
PART = 'asked = IntegerEntry(3, marks=1, prompt="?", source="s")'


def recipes():
    """The recipes by their titles, each with its piece of a class body."""
    pieces = re.split(r"^## ", RECIPES, flags=re.MULTILINE)[1:]
    return {piece.split("\n")[0]: CODE["python"].findall(piece) for piece in pieces}


@pytest.mark.parametrize("title", recipes())
def test_a_recipe(title, tmp_path):
    (body,) = recipes()[title]
    part = "" if "Entry(" in body or "MultipleChoice(" in body else PART
    source = FRAME.format(part=part) + indent(body, "    ")
    (tmp_path / "model.py").write_text(source, encoding="utf-8")
    options = {"samples": 20, "with_mutants": True, "try_examples": failed_examples}
    proof = prove_named([tmp_path], "model", options)
    assert proof.failures == []
    assert proof.proved == min(20, proof.census.usable)


def test_there_are_recipes_enough():
    assert len(recipes()) >= 12
    for target in re.findall(r"\]\((\w+\.md)", RECIPES + AUTHORING):
        assert (ROOT / "docs" / target).exists(), target
