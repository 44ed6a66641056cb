"""Starters: short, commented item models to be copied, and the new ones made from them."""

import re
from collections.abc import Mapping
from pathlib import Path

from examgen.bank.load import Bank
from examgen.errors import ExamgenError, nearest
from examgen.files import write_text
from examgen.resources import bundled

USUAL = "number"
_NAME = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)*")
_CLASS = re.compile(r"^class (\w+)\(Item\):", re.MULTILINE)
_SUMMARY = re.compile(r'\A"""(.+?)(?:"""|\n)')


def starters() -> Mapping[str, str]:
    """What can be copied: the first sentence of each, by its name."""
    folder = bundled("examples/items")
    found = {}
    for path in sorted(folder.glob("*.py")):
        summary = _SUMMARY.match(path.read_text("utf-8"))
        assert summary, path
        found[path.stem] = summary[1]
    return found


def new_model(name: str, *, start: str, folder: Path, bank: Bank) -> Path:
    """Write a new item model, a copy of ``start``, into a folder of the author's own; its path.

    ``start`` is a starter, or an item model of the ``bank``. The class is named after the
    file. Raises `ExamgenError` for a name that cannot be one, or that is taken.
    """
    name = name.removesuffix(".py")
    if not _NAME.fullmatch(name):
        raise ExamgenError(
            f"'{name}' cannot name an item model: write topic/name in small letters, digits and _, "
            "such as pooling/window_sizes"
        )
    source = _source(start, bank)
    path = folder / f"{name}.py"
    if path.exists():
        raise ExamgenError(f"{path} is there already: choose another name, or remove it")
    if name in bank:
        raise ExamgenError(f"'{name}' is an item model already, in {bank.source(name)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, _renamed(source.read_text("utf-8"), path.stem))
    return path


def _source(start: str, bank: Bank) -> Path:
    models = starters()
    if start in models:
        return bundled(f"examples/items/{start}.py")
    if start in bank:
        return bank.source(start)
    hint = nearest(start, [*models, *bank]) or "; examgen examples lists what can be copied"
    raise ExamgenError(f"there is no example '{start}'{hint}")


def _renamed(source: str, stem: str) -> str:
    """The source with its class, wherever it is named, called after the file."""
    found = _CLASS.search(source)
    if not found:
        raise ExamgenError("the item model to copy has no line such as: class Name(Item):")
    name = "".join(word.capitalize() for word in stem.split("_"))
    if re.search(rf"\b{name}\b", source.replace(found[1], "")):  # as an import: Choice, Ordering
        name += "Item"
    return re.sub(rf"\b{found[1]}\b", name, source)
