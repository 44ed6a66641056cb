"""What is wrong with an item model: in which of its texts, in which line of its file."""

import re
from pathlib import Path

from examgen.bank.load import explain, place

_AROUND = 3  # lines shown before and after the one at fault


def told(error: Exception, path: Path) -> str:
    """An error of the item model in a file, with the file and, where it can be found, the line."""
    text = explain(error)
    if str(path) in text:
        return text
    where = place(error, path)
    name = re.match(r"\w+", text)
    if where == str(path) and name and (line := _line_of(name[0], path)):
        where = f"{path}:{line}"
    return f"{where}  {text}"


def excerpt(message: str, path: Path) -> tuple[int, list[tuple[int, str]]]:
    """The line of a file that a message names, and the lines around it, numbered; else 0, none."""
    found = re.search(re.escape(str(path)) + r":(\d+)", message)
    if found is None or not path.is_file():
        return 0, []
    line = int(found[1])
    lines = path.read_text("utf-8", errors="replace").splitlines()
    first = max(1, line - _AROUND)
    return line, list(enumerate(lines[first - 1 : line + _AROUND], first))


def _line_of(name: str, path: Path) -> int | None:
    """The line in which a class body gives a name."""
    source = path.read_text("utf-8", errors="replace") if path.is_file() else ""
    found = re.search(rf"^[ \t]+{name}\b[^=\n]*=", source, re.MULTILINE)
    return source.count("\n", 0, found.start()) + 1 if found else None
