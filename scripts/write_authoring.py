"""Writes into docs/authoring.md what its commands print, and its reference from the docstrings.

Run it as python scripts/write_authoring.py. The commands run in an empty folder, on the files that
the page shows before them.
"""

import contextlib
import inspect
import re
import shlex
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import examgen
from examgen.cli import main
from examgen.items import Item
from examgen.items.parameters import Parameter
from examgen.items.parts import Part
from examgen.text import figures

PAGE = Path(__file__).parents[1] / "docs" / "authoring.md"
START, END = "<!-- reference: scripts/write_authoring.py -->\n", "<!-- end of reference -->\n"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
FILE = re.compile(r"(?:# |<!-- )(\S+\.(?:py|toml|md))(?: -->)?\n")
VARIES = re.compile(r"^(?:note|printing): .*\n", re.MULTILINE)  # from machine to machine
SECONDS = re.compile(r" +\d+\.\d$", re.MULTILINE)  # the last column of a table of proofs


def written(page: str, folder: Path) -> str:
    """The page with its commands run again in a folder, and its reference as the code has it."""
    before, rest = page.split(START)
    with contextlib.chdir(folder):
        told = BLOCK.sub(_block, before)
    return f"{told}{START}{reference()}\n{END}{rest.split(END)[1]}"


def _block(block: re.Match[str]) -> str:
    """A block of code: files are written down, commands are run and their output shown."""
    if block[1] != "console":
        if name := FILE.match(block[2]):
            path = Path(name[1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block[2].removeprefix(name[0]), encoding="utf-8")
        return block[0]
    commands = re.findall(r"^\$ examgen (.+)$", block[2], re.MULTILINE)
    shown = "".join(f"$ examgen {command}\n{_run(command)}" for command in commands)
    return f"```console\n{shown}```"


def _run(command: str) -> str:
    words = shlex.split(command)
    jobs = ["--jobs", "1"] if words[0] == "check" else []
    printed = CliRunner().invoke(main, [*words, *jobs]).output
    return SECONDS.sub("     0.1", VARIES.sub("", printed))


# ---- the reference ----------------------------------------------------------------------------


def reference() -> str:
    """Parameters, parts, conditions, texts and figures, each as its docstring tells."""
    names = {name: getattr(examgen, name) for name in examgen.__all__}
    classes = {name: one for name, one in names.items() if inspect.isclass(one)}
    sections = {
        "Parameters": [one for one in classes.values() if issubclass(one, Parameter)],
        "Parts": [Part, *(one for one in classes.values() if issubclass(one, Part))],
        "What else an item model holds": [
            Item, examgen.Misconception, examgen.Example, examgen.figure, examgen.Canvas,
        ],
        "Functions and conditions of formulas": [
            one for one in names.values() if inspect.isfunction(one) and one is not examgen.figure
        ],
        "Figures": list(figures.values()),
    }  # fmt: skip
    return "\n\n".join(f"### {title}\n\n{_entries(ones)}" for title, ones in sections.items())


def _entries(ones: list[Any]) -> str:
    return "\n\n".join("\n\n".join(_entry(one)) for one in ones)


def _entry(one: Any) -> Iterator[str]:
    """The call of a class or function, and its docstring."""
    yield f"**`{one.__name__}{_signature(one)}`**"
    yield re.sub(r"``(.*?)``", r"`\1`", inspect.getdoc(one) or "")


def _signature(one: Any) -> str:
    """How it is called, without types; of a part what it adds to all parts, and its defaults."""
    if one in (Item, examgen.figure):
        return ""
    shared = dict(inspect.signature(Part).parameters) if _is_kind(one) else {}
    words, named = [], False
    for option in inspect.signature(one).parameters.values():
        of_all = option.name in shared and option.default == shared[option.name].default
        if option.kind is option.VAR_KEYWORD or (of_all and option.name != "key"):
            continue
        if option.kind is option.KEYWORD_ONLY and not named:
            named = True
            words.append("*")
        word = option.name if option.kind is not option.VAR_POSITIONAL else f"*{option.name}"
        words.append(word if option.default is option.empty else f"{word}={_default(option)}")
    if words and words[-1] == "*":
        words.pop()
    return f"({', '.join(words)})"


def _is_kind(one: Any) -> bool:
    """Whether it is a kind of part, not the class of all parts."""
    return inspect.isclass(one) and issubclass(one, Part) and one is not Part


def _default(option: inspect.Parameter) -> str:
    """A default as an author would write it."""
    if type(option.default).__name__ == "_HAS_DEFAULT_FACTORY_CLASS":
        return "{}"
    return str(option.default) if isinstance(option.default, Fraction) else repr(option.default)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(written(PAGE.read_text("utf-8"), Path(scratch)), encoding="utf-8")
