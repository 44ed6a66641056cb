"""Writes into docs/answers.md what the code prints today: python scripts/write_answers.py."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from examgen.answers.guide import GUIDES, as_markdown
from examgen.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "answers.md"
START, END = "<!-- kinds: scripts/write_answers.py -->\n", "<!-- end of kinds -->\n"
COMMAND = re.compile(r"(```console\n\$ examgen (.+?)\n).*?```", re.DOTALL)


def written(page: str) -> str:
    """The page with its commands run again, and its kinds as the code has them."""
    before, rest = page.split(START)
    kinds = f"{START}\n{as_markdown(GUIDES)}\n\n{END}"
    return COMMAND.sub(_run, before) + kinds + rest.split(END)[1]


def _run(command: re.Match[str]) -> str:
    printed = CliRunner().invoke(main, shlex.split(command[2])).output
    return f"{command[1]}{printed}```"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
