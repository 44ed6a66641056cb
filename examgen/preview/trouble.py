"""What is wrong with an item model: in which of its texts, in which line of its file."""

import re
from collections.abc import Iterator
from pathlib import Path

from examgen.bank.load import explain, place
from examgen.errors import ExamgenError
from examgen.exam.record import PrintedItem
from examgen.text import Setting, TextError, to_html

_AROUND = 3  # lines shown before and after the one at fault


def check_texts(item: PrintedItem, setting: Setting) -> None:
    """Raise `ExamgenError` naming the first text of an item that cannot be set."""
    for name, text in _texts(item):
        try:
            to_html(text, setting)
        except TextError as error:
            raise ExamgenError(f"{name}: {error}") from error


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


def _texts(item: PrintedItem) -> Iterator[tuple[str, str]]:
    """The texts of an item, each with the name that a message begins with."""
    yield "stem", item.stem
    for part in item.parts:
        yield f"{part.name}.prompt", part.prompt
        yield from ((f"{part.name}: option", option.text) for option in part.options)
        yield from ((f"{part.name}: row", row) for row in part.rows)
        yield from ((f"{part.name}: '{one.name}'", one.feedback) for one in part.misconceptions)
        yield from ((f"{part.name}: rubric", criterion.text) for criterion in part.rubric)
        yield f"{part.name}.model_answer", part.model_answer
    yield "solution", item.solution


def _line_of(name: str, path: Path) -> int | None:
    """The line in which a class body gives a name."""
    source = path.read_text("utf-8", errors="replace") if path.is_file() else ""
    found = re.search(rf"^[ \t]+{name}\b[^=\n]*=", source, re.MULTILINE)
    return source.count("\n", 0, found.start()) + 1 if found else None
