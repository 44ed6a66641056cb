"""Writes the kinds into docs/answers.md: python scripts/write_kinds.py."""

from pathlib import Path

from examgen.answers.guide import GUIDES, as_markdown

PAGE = Path(__file__).parents[1] / "docs" / "answers.md"
START, END = "<!-- kinds: scripts/write_kinds.py -->\n", "<!-- end of kinds -->\n"


def written(page: str) -> str:
    """The page with its kinds as the code has them today."""
    before, rest = page.split(START)
    return f"{before}{START}\n{as_markdown(GUIDES)}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
