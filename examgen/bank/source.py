"""Where things stand in an author's file: class bodies and texts, found by its syntax tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path


class Source:
    """The syntax tree of an author's file; of one that cannot be parsed nothing is found."""

    def __init__(self, path: Path):
        try:
            self._tree = ast.parse(path.read_text("utf-8"))
        except (OSError, SyntaxError, ValueError):
            self._tree = ast.Module([], [])

    def declared(self) -> Iterator[tuple[str, int, bool]]:
        """The names that class bodies give, each with its line and whether it is a declaration.

        A declaration is a call, such as ``Int(1, 5)``, or a method.
        """
        for model in self._tree.body:
            if isinstance(model, ast.ClassDef):
                for statement in model.body:
                    yield from _names(statement)

    def line_of(self, name: str) -> int | None:
        """The line in which a class body first gives this name."""
        return next((line for one, line, _ in self.declared() if one == name), None)

    def repeated(self) -> tuple[str, int, int] | None:
        """A name that is declared twice, with both lines: the second replaces the first."""
        first: dict[str, int] = {}
        for name, line, declaration in self.declared():
            if not declaration:
                continue
            if name in first:
                return name, first[name], line
            first[name] = line
        return None

    def line_in(self, text: str, line: int) -> int | None:
        """The line of the file that is a line of one of its texts, both counted from 1."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Constant) and node.value == text:
                spread = (node.end_lineno or node.lineno) - node.lineno
                return node.lineno + (line - 1 if spread == text.count("\n") else 0)
        return None


def first_name(message: str) -> str:
    """The name that a message begins with, as ``part 'height'`` or ``oracle()``; else ``""``."""
    found = re.match(r"(?:part )?'(\w+)'|(\w+)\(\) ", message)
    return (found[1] or found[2]) if found else ""


def _names(statement: ast.stmt) -> Iterator[tuple[str, int, bool]]:
    if isinstance(statement, ast.FunctionDef):
        replaces = any(isinstance(one, ast.Attribute) for one in statement.decorator_list)
        yield statement.name, statement.lineno, not replaces  # @x.setter goes with x
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    for target in targets:
        names, values = _items(target), _items(statement.value)
        for place, one in enumerate(names):
            value = values[place] if len(values) == len(names) else statement.value
            if isinstance(one, ast.Name):
                yield one.id, one.lineno, _declares(value)


def _declares(value: ast.expr) -> bool:
    """Whether a value is made by a class, as those of parameters and parts are."""
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Name) and called.id[0].isupper()


def _items(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
