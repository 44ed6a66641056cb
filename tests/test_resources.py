"""Bundled files are found beside the package in a checkout, and inside it in a wheel."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from examgen.resources import bundled

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ["question_bank", "templates/paper.html", "templates/fonts/fonts.conf",
          "examples/blueprints/midterm.toml", "examples/items/number.py"]  # fmt: skip


@pytest.mark.parametrize("name", NEEDED)
def test_in_a_checkout(name):
    assert bundled(name) == ROOT / name and (ROOT / name).exists()


def test_what_is_missing_is_named():
    with pytest.raises(FileNotFoundError, match="not installed completely: 'templates/no' is miss"):
        bundled("templates/no")


def test_in_a_wheel(tmp_path):
    """Laid out as pyproject.toml says; a folder of the same name beside the package is not ours."""
    site = tmp_path / "site-packages"
    shutil.copytree(ROOT / "examgen", site / "examgen", ignore=shutil.ignore_patterns("*.pyc"))
    inside = site / "examgen" / "bundled"
    for name in ("question_bank", "templates"):
        shutil.copytree(ROOT / name, inside / name)
    for name in ("items", "blueprints"):
        shutil.copytree(ROOT / "examples" / name, inside / "examples" / name)
    (site / "templates").mkdir()
    (site / "templates" / "stray.html").write_text("", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    program = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "from examgen.resources import bundled\n"
        f"print(*(bundled(name) for name in {NEEDED}), sep='\\n')\n"
        "from examgen.bank import Bank\n"
        "from examgen.exam.assemble import models_asked\n"
        "from examgen.exam.blueprint import read_blueprint\n"
        "wanted = read_blueprint(bundled('examples/blueprints/midterm.toml'))\n"
        "models_asked(wanted, Bank(bundled('question_bank')))\n"
        "from examgen.paper.fonts import letters\n"
        "assert ord('ş') in letters()\n"
        "try: bundled('templates/stray.html')\n"
        "except FileNotFoundError: print('only its own')"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=empty, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [*(str(inside / name) for name in NEEDED), "only its own"]
